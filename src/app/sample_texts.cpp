#include "app/sample_texts.h"

#include <algorithm>
#include <stdexcept>

#include "base/embedded.h"
#include "core/units/units_csv.h"
#include "engine/text/text.h"

namespace ln::app {
namespace {

constexpr std::string_view report_columns[] = {"about",     "topic", "kind",     "from",  "unit",
                                               "procedure", "fate",  "language", "title", "body"};
constexpr std::string_view line_columns[] = {"purpose", "fits", "language", "text", "evidence"};
constexpr std::string_view slot_columns[] = {"slot", "used_in", "value"};
constexpr std::string_view name_columns[] = {"part", "value"};

std::vector<units::CsvRow> rows_of(std::string_view name,
                                   std::span<const std::string_view> columns) {
  const std::string path = "data/sample/" + std::string(name) + ".csv";
  const auto bytes = embedded::find(path);
  if (!bytes) throw std::logic_error("the executable lacks " + path);
  auto rows = units::read_csv(*bytes, columns);
  if (!rows.ok()) throw std::logic_error(path + " is wrong: " + rows.error().fields.at(0).field);
  return std::move(rows).value();
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

const std::string& pick(std::span<const std::string> among, Random& random) {
  return among[random.below(among.size())];
}

std::string digits(std::uint64_t value, std::size_t count) {
  const std::string text = std::to_string(value);
  return text.size() < count ? std::string(count - text.size(), '0') + text : text;
}

// "Phường Ba Đình" as it stands inside a sentence.
std::string inside_sentence(const units::Unit& unit) {
  if (unit.type == "Phường") return "phường" + unit.name.substr(unit.type.size());
  if (unit.type == "Xã") return "xã" + unit.name.substr(unit.type.size());
  return unit.name;
}

// "phố Hàng Bài" as a foreigner writes it.
std::string in_english(const std::string& street) {
  for (const auto& [vietnamese, before, after] :
       {std::tuple<std::string_view, std::string_view, std::string_view>{"phố ", "", " Street"},
        {"đường ", "", " Road"},
        {"ngõ ", "Lane ", ""},
        {"ngách ", "Lane ", ""}})
    if (street.starts_with(vietnamese))
      return std::string(before) + street.substr(vietnamese.size()) + std::string(after);
  return street;
}

bool is_letter(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

const SampleTexts& SampleTexts::built_in() {
  static const SampleTexts all;
  return all;
}

SampleTexts::SampleTexts() {
  for (units::CsvRow& row : rows_of("feedback", report_columns)) {
    std::vector<std::string>& c = row.cells;
    const bool is_plain = c[7] == "vi" && !text::has_marks(c[9]);
    reports_.push_back({c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], is_plain});
  }
  for (units::CsvRow& row : rows_of("answers", line_columns)) {
    std::vector<std::string>& c = row.cells;
    lines_.push_back({c[0], split(c[1]), c[2], c[3], c[4]});
  }
  for (const units::CsvRow& row : rows_of("slots", slot_columns))
    slots_[row.cells[0] + "@" + row.cells[1]].push_back(row.cells[2]);
  for (const units::CsvRow& row : rows_of("staff", name_columns))
    names_[row.cells[0]].push_back(row.cells[1]);
}

const SampleLine& SampleTexts::line(std::string_view purpose,
                                    std::string_view wanted,
                                    std::string_view language,
                                    Random& random) const {
  const auto pick_one = [&](std::string_view fit, std::string_view spoken) -> const SampleLine* {
    std::vector<const SampleLine*> found;
    for (const SampleLine& each : lines_)
      if (each.purpose == purpose && each.language == spoken &&
          std::ranges::find(each.fits, fit) != each.fits.end())
        found.push_back(&each);
    return found.empty() ? nullptr : found[random.below(found.size())];
  };
  if (const SampleLine* found = pick_one(wanted, language)) return *found;
  if (const SampleLine* found = pick_one("any", language)) return *found;
  // What offices write among themselves is Vietnamese, whatever the sender writes.
  if (const SampleLine* found = pick_one("any", "vi")) return *found;
  throw std::logic_error("data/sample/answers.csv has no line to " + std::string(purpose));
}

std::span<const std::string> SampleTexts::values(std::string_view slot,
                                                 std::span<const std::string> places) const {
  for (const std::string& place : places)
    if (const auto found = slots_.find(std::string(slot) + "@" + place); found != slots_.end())
      return found->second;
  return {};
}

std::string SampleTexts::name(Random& random) const {
  const std::string sex = random.below(2) == 0 ? "f" : "m";
  return pick(names_.at("family"), random) + " " + pick(names_.at("middle_" + sex), random) + " " +
         pick(names_.at("given_" + sex), random);
}

SampleSlots::SampleSlots(const units::Unit& place, Instant written_at)
    : places_{place.code, place.type == "Phường" ? "ward" : "commune", ""},
      written_on_(local_day(written_at)) {
  set("ward", std::string(units::bare_name(place.name, place.type)));
  set("unit", inside_sentence(place));
}

void SampleSlots::set(std::string_view slot, std::string value) {
  words_.insert_or_assign(std::string(slot), std::move(value));
}

void SampleSlots::forget(std::string_view slot) {
  if (const auto found = words_.find(slot); found != words_.end()) words_.erase(found);
}

std::string SampleSlots::draw(std::string_view slot, Random& random) {
  if (slot == "date")
    return short_date(written_on_ - std::chrono::days(2 + static_cast<int>(random.below(20))));
  if (slot == "slip")
    return "H26-" + digits(random.below(9'000) + 1'000, 4) + "-" + digits(random.below(10'000), 4);
  if (slot == "pole")
    return "ST" + digits(random.below(40) + 1, 2) + "/" + std::to_string(random.below(30) + 1);
  if (slot == "phone") return "0900 000 " + digits(random.below(1'000), 3);
  if (slot == "road") return in_english(fill("{street}", random));
  const auto values = SampleTexts::built_in().values(slot, places_);
  if (values.empty())
    throw std::logic_error("data/sample/slots.csv has no word for " + std::string(slot));
  return fill(pick(values, random), random);
}

std::string SampleSlots::fill(std::string_view text, Random& random) {
  std::string out;
  while (true) {
    const std::size_t open = text.find('{');
    out += text.substr(0, open);
    if (open == std::string_view::npos) return out;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) throw std::logic_error("a slot is left open");
    const std::string slot(text.substr(open + 1, close - open - 1));
    if (!words_.contains(slot)) words_[slot] = draw(slot, random);
    out += words_.at(slot);
    text.remove_prefix(close + 1);
  }
}

std::string without_marks(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t length = 0;
    while (length < text.size() && is_letter(text[length]) == is_letter(text[0])) ++length;
    const std::string_view run = text.substr(0, length);
    out += text::has_marks(run) ? text::fold(run) : std::string(run);
    text.remove_prefix(length);
  }
  return out;
}

std::string typed_in_haste(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool drops = text[i] == ' ' && i > 0 && (text[i - 1] == ',' || text[i - 1] == '.');
    if (!drops) out += text[i];
  }
  if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z')
    out[0] = static_cast<char>(out[0] - 'A' + 'a');
  while (out.ends_with('.')) out.pop_back();
  return out;
}

std::string short_date(Day day) {
  const std::chrono::year_month_day date(day);
  return std::to_string(static_cast<unsigned>(date.day())) + "/" +
         std::to_string(static_cast<unsigned>(date.month()));
}

}  // namespace ln::app
