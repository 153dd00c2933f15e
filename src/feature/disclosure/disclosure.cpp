#include "feature/disclosure/disclosure.h"

#include "base/check.h"
#include "base/embedded.h"
#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/people/people_code.h"
#include "engine/csv/csv.h"

namespace ln::disclosure {
namespace {

constexpr std::string_view items_file = "data/disclosure/items.csv";
constexpr std::size_t item_cells = 8;
constexpr std::int64_t term_max = 365;
constexpr std::string_view question_kind = "CK";

std::optional<Day> day_in_cell(std::string_view text) {
  const auto at = ledger::instant_of(std::string(text) + "T00:00:00Z");
  if (!at) return std::nullopt;
  return Day(std::chrono::floor<std::chrono::days>(at->time_since_epoch()));
}

}  // namespace

std::string_view to_text(Sight sight) {
  constexpr std::string_view words[] = {"shown", "hidden", "withdrawn"};
  return words[static_cast<std::size_t>(sight)];
}
std::string_view to_text(HideReason reason) {
  constexpr std::string_view words[] = {"privacy", "insult", "forbidden"};
  return words[static_cast<std::size_t>(reason)];
}
TextKey key_of(HideReason reason) {
  switch (reason) {
    case HideReason::privacy: return "disclosure.hidden.privacy"_t;
    case HideReason::insult: return "disclosure.hidden.insult"_t;
    case HideReason::forbidden: return "disclosure.hidden.forbidden"_t;
  }
  return {};
}

std::optional<std::vector<Item>> read_items(std::string_view csv) {
  std::vector<Item> all;
  for (bool is_head = true; !csv.empty(); is_head = false) {
    const auto end = csv::record_end(csv).value_or(csv::RecordEnd{csv.size(), csv.size(), 1});
    const auto cells = csv::cells(csv.substr(0, end.size));
    csv.remove_prefix(end.with_break);
    if (is_head) continue;
    if (!cells || cells->size() != item_cells) return std::nullopt;
    const auto from = day_in_cell((*cells)[1]);
    const auto to = (*cells)[2].empty() ? std::nullopt : day_in_cell((*cells)[2]);
    const auto days = parse_number((*cells)[3]);
    if (!from || (!(*cells)[2].empty() && !to) || !days || *days < 1 || *days > term_max)
      return std::nullopt;
    all.push_back({(*cells)[0], *from, to, static_cast<int>(*days), (*cells)[4], (*cells)[5],
                   (*cells)[6], (*cells)[7]});
  }
  return all;
}

const std::vector<Item>& items() {
  static const std::vector<Item> all = [] {
    const auto file = embedded::find(items_file);
    CHECK(file.has_value());
    auto read = read_items(*file);
    CHECK(read.has_value());
    return *std::move(read);
  }();
  return all;
}

const Item* item_on(std::string_view code, Day day) {
  for (const Item& each : items())
    if (each.code == code && each.from <= day && (!each.to || day <= *each.to)) return &each;
  return nullptr;
}

const Item* item_of(std::string_view code) {
  for (const Item& each : items())
    if (each.code == code) return &each;
  return nullptr;
}

bool Post::can_be_read() const {
  constexpr std::string_view scheme = "https://";
  if (link.starts_with(scheme) && link.find('.', scheme.size() + 1) != std::string::npos)
    return true;
  std::string words = body;
  std::erase_if(words, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  return count_chars(words) >= readable_chars_min;
}

std::optional<Code> Code::parse(std::string_view text) {
  auto code = people::read_code(text, question_kind);
  return code ? std::optional(Code(*std::move(code))) : std::nullopt;
}
Code Code::draw(Random& random) { return Code(people::draw_letters(random, people::code_size)); }
std::string Code::shown() const { return people::shown_code(question_kind, text_); }

}  // namespace ln::disclosure
