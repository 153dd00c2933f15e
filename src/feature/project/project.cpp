#include "feature/project/project.h"

#include <algorithm>

#include "base/text.h"
#include "core/people/people_code.h"
#include "engine/text/text_typed.h"

namespace ln::project {
namespace {

constexpr std::string_view code_kind = "GP";

bool has_exactly(const people::Officer& officer, people::Role role, std::string_view unit_path) {
  return std::ranges::any_of(officer.staff().grants(), [&](const people::Grant& each) {
    return each.role == role && each.unit_path == unit_path;
  });
}

bool is_figure(char c) { return c >= '0' && c <= '9'; }

std::optional<std::int64_t> whole_of(std::string_view digits) {
  constexpr std::size_t digits_max = 15;
  if (digits.empty() || digits.size() > digits_max || !std::ranges::all_of(digits, is_figure))
    return std::nullopt;
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

Error price_error(TextKey text) { return {ErrorKind::invalid, text, {{"text", text}}}; }

std::string text_of(const Amounts& a) {
  return std::to_string(a.area) + " " + a.land_code + " " + std::to_string(a.price) + " " +
         std::to_string(a.structures) + " " + std::to_string(a.support) + " " +
         std::to_string(a.total());
}

}  // namespace

std::string_view to_text(ItemKind kind) {
  constexpr std::string_view words[] = {"decision", "plan", "prices", "notice"};
  return words[static_cast<std::size_t>(kind)];
}
std::string_view to_text(Outcome outcome) {
  constexpr std::string_view words[] = {"explained", "remedied", "erased"};
  return words[static_cast<std::size_t>(outcome)];
}
std::string_view to_text(LetterState state) {
  constexpr std::string_view words[] = {"waiting", "stopped", "in_force", "taken_back",
                                        "erased"};
  return words[static_cast<std::size_t>(state)];
}
TextKey key_of(ItemKind kind) {
  switch (kind) {
    case ItemKind::decision: return "project.item.decision"_t;
    case ItemKind::plan: return "project.item.plan"_t;
    case ItemKind::prices: return "project.item.prices"_t;
    case ItemKind::notice: return "project.item.notice"_t;
  }
  return {};
}
TextKey key_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::explained: return "project.outcome.explained"_t;
    case Outcome::remedied: return "project.outcome.remedied"_t;
    case Outcome::erased: return "project.outcome.erased"_t;
  }
  return {};
}

std::optional<Code> Code::parse(std::string_view text) {
  auto code = people::read_code(text, code_kind);
  return code ? std::optional(Code(*std::move(code))) : std::nullopt;
}
Code Code::draw(Random& random) { return Code(people::draw_letters(random, people::code_size)); }
std::string Code::shown() const { return people::shown_code(code_kind, text_); }

std::optional<std::int64_t> read_dong(std::string_view text) {
  text = trimmed(text);
  std::string digits;
  if (text.find('.') == std::string_view::npos) {
    digits = text;
  } else {
    // Groups of three from the right; the first has one to three figures.
    constexpr std::size_t group = 3;
    std::string_view rest = text;
    for (bool is_first = true;; is_first = false) {
      const std::size_t dot = std::min(rest.find('.'), rest.size());
      if (dot == 0 || dot > group || (!is_first && dot != group)) return std::nullopt;
      digits += rest.substr(0, dot);
      if (dot == rest.size()) break;
      rest.remove_prefix(dot + 1);
    }
  }
  const auto value = whole_of(digits);
  return value && *value <= dong_max ? value : std::nullopt;
}

std::optional<std::int64_t> read_area(std::string_view text) {
  text = trimmed(text);
  const std::size_t mark = std::min(text.find_first_of(",."), text.size());
  const auto whole = whole_of(text.substr(0, mark));
  if (!whole || *whole > area_max) return std::nullopt;
  std::int64_t hundredths = *whole * 100;
  if (mark < text.size()) {
    const std::string_view part = text.substr(mark + 1);
    const auto value = part.size() <= 2 ? whole_of(part) : std::nullopt;
    if (!value) return std::nullopt;
    hundredths += part.size() == 1 ? *value * 10 : *value;
  }
  return hundredths > 0 && hundredths <= area_max ? std::optional(hundredths) : std::nullopt;
}

Result<std::vector<Price>> read_prices(std::string_view text) {
  constexpr std::size_t code_max = 12, name_max = 100;
  std::vector<Price> all;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view row = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (row.empty()) continue;
    const std::size_t first = row.find(';'), last = row.rfind(';');
    if (first == std::string_view::npos || first == last)
      return price_error("project.error.price_row"_t);
    Price made{.code = text::tidied(row.substr(0, first)),
               .name = text::tidied(row.substr(first + 1, last - first - 1)),
               .price = read_dong(row.substr(last + 1)).value_or(0)};
    if (made.code.empty() || count_chars(made.code) > code_max || made.name.empty() ||
        count_chars(made.name) > name_max || made.price <= 0 || made.price > price_max)
      return price_error("project.error.price_row"_t);
    if (find_price(all, made.code) != nullptr) return price_error("project.error.price_twice"_t);
    all.push_back(std::move(made));
  }
  if (all.empty() || std::ssize(all) > prices_max)
    return price_error("project.error.price_count"_t);
  return all;
}

const Price* find_price(const std::vector<Price>& prices, std::string_view code) {
  const auto found = std::ranges::find(prices, code, &Price::code);
  return found == prices.end() ? nullptr : &*found;
}

Figures figures_of(std::int64_t households, std::int64_t raised, std::int64_t remedied) {
  const auto is_small = [](std::int64_t count) { return count < floor_of_households; };
  Figures figures;
  if (is_small(raised) || is_small(households - raised)) return figures;
  figures.raised = raised;
  const auto tells = [&](std::int64_t count) { return count > 0 && is_small(count); };
  if (!tells(remedied) && !tells(raised - remedied)) figures.remedied = remedied;
  return figures;
}

Result<Done> may_reissue(const std::vector<Reissue>& letters, Instant now) {
  if (std::ssize(letters) >= letters_max)
    return Error{ErrorKind::conflict, "project.error.letters_full"_t};
  // One that waits after all that time waited for a server that was down.
  if (!letters.empty() &&
      (now < letters.back().asked_at + std::chrono::days(letters_apart_days) ||
       letters.back().state == LetterState::waiting))
    return Error{ErrorKind::conflict, "project.error.letter_soon"_t};
  return Done{};
}

std::int64_t letters_on_a_day(std::int64_t households) {
  return std::max(letters_a_day, households / households_a_letter);
}

std::optional<std::int64_t> printed_of(std::int64_t letters) {
  constexpr std::int64_t step = 10;
  return letters < floor_of_households ? std::nullopt : std::optional(letters / step * step);
}

Result<Done> may_open(const std::vector<Round>& rounds) {
  if (!rounds.empty() && !rounds.back().is_closed())
    return Error{ErrorKind::conflict, "project.error.round_open"_t};
  if (std::ssize(rounds) >= rounds_max)
    return Error{ErrorKind::conflict, "project.error.rounds_full"_t};
  return Done{};
}

Result<Done> may_take_in(const std::vector<Round>& rounds) {
  if (!rounds.empty() && !rounds.back().is_closed())
    return Error{ErrorKind::conflict, "project.error.files_round"_t};
  return Done{};
}

Result<Done> may_close(const Round& round, bool is_waiting, Instant now) {
  if (round.is_closed()) return Error{ErrorKind::conflict, "project.error.changed"_t};
  if (round.takes_questions(now)) return Error{ErrorKind::conflict, "project.error.still_asks"_t};
  if (is_waiting) return Error{ErrorKind::conflict, "project.error.unanswered"_t};
  return Done{};
}

bool may_lead(const people::Officer& officer, std::string_view unit_path) {
  return officer.may(people::Role::head, unit_path);
}
bool may_import(const people::Officer& officer, std::string_view unit_path) {
  return has_exactly(officer, people::Role::clerk, unit_path);
}
bool may_answer(const people::Officer& officer, std::string_view unit_path) {
  return has_exactly(officer, people::Role::handler, unit_path);
}
bool may_enter(const people::Officer& officer, std::string_view unit_path) {
  return may_lead(officer, unit_path) || may_import(officer, unit_path) ||
         may_answer(officer, unit_path);
}

std::string statement_of(const Project& p, const Item& item) {
  return std::to_string(p.id.value) + " " + std::to_string(item.number) + " " +
         std::string(to_text(item.kind)) + " " + to_iso(item.dated_on) + "\n" + item.document +
         "\n" + item.title + "\n" + item.text;
}

std::string statement_of(const Line& line) {
  return std::to_string(line.seq) + " " + line.parcel + "\n" + text_of(line.amounts);
}

std::string statement_of(const Household& household, const std::vector<Line>& lines) {
  std::string text = std::to_string(household.project.value) + " " + household.number + "\n" +
                     household.holder + "\n" + household.address;
  for (const Line& each : lines) text += "\n" + statement_of(each);
  return text;
}

std::string statement_of(const Correction& correction) {
  return text_of(correction.before) + "\n=>\n" + text_of(correction.after);
}

std::string statement_of(const Reissue& letter) {
  // With the key: a row that somebody changes afterwards comes into force for nobody.
  return to_iso(local_day(letter.works_at)) + " " + to_hex(as_bytes(letter.citizen_key)) + "\n" +
         letter.reason;
}

}  // namespace ln::project
