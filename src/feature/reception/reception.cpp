#include "feature/reception/reception.h"

#include <algorithm>

#include "base/check.h"
#include "base/embedded.h"
#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/people/people_code.h"
#include "engine/csv/csv.h"

namespace ln::reception {
namespace {

constexpr std::string_view turn_kind = "TD";
constexpr std::string_view duties_file = "data/reception/duties.csv";
constexpr std::size_t duty_cells = 7;
constexpr std::int64_t duty_max = 31;

std::optional<Day> duty_day(std::string_view text) {
  const auto at = ledger::instant_of(std::string(text) + "T00:00:00Z");
  if (!at) return std::nullopt;
  return Day(std::chrono::floor<std::chrono::days>(at->time_since_epoch()));
}

Error wrong_entry(std::string_view field, TextKey why) {
  return {ErrorKind::invalid, why, {{std::string(field), why}}};
}

std::chrono::year_month month_of(Day day) {
  const std::chrono::year_month_day date{day};
  return date.year() / date.month();
}

}  // namespace

std::string_view to_text(State state) {
  constexpr std::string_view words[] = {"announced", "held", "cancelled"};
  return words[static_cast<std::size_t>(state)];
}
std::string_view to_text(Happening happening) {
  constexpr std::string_view words[] = {"announced", "moved", "cancelled", "held"};
  return words[static_cast<std::size_t>(happening)];
}
std::string_view to_text(Way way) {
  constexpr std::string_view words[] = {"person", "online", "company"};
  return words[static_cast<std::size_t>(way)];
}
std::string_view to_text(TurnState state) {
  constexpr std::string_view words[] = {"booked", "cancelled", "came", "missed"};
  return words[static_cast<std::size_t>(state)];
}
std::string_view to_text(Sort sort) {
  constexpr std::string_view words[] = {"report", "request", "complaint", "denunciation"};
  return words[static_cast<std::size_t>(sort)];
}
std::string_view to_text(Outcome outcome) {
  constexpr std::string_view words[] = {"answered", "written", "passed",
                                        "promised", "case",    "lawful"};
  return words[static_cast<std::size_t>(outcome)];
}
std::string_view to_text(Ruling ruling) {
  constexpr std::string_view words[] = {"stands", "again", "erased"};
  return words[static_cast<std::size_t>(ruling)];
}
std::string_view to_text(Written what) {
  constexpr std::string_view words[] = {"summary", "result", "contest", "ruling"};
  return words[static_cast<std::size_t>(what)];
}
std::string_view to_text(Rhythm rhythm) {
  constexpr std::string_view words[] = {"once", "monthly", "weekly"};
  return words[static_cast<std::size_t>(rhythm)];
}

TextKey key_of(Happening happening) {
  switch (happening) {
    case Happening::announced: return "reception.event.announced"_t;
    case Happening::moved: return "reception.event.moved"_t;
    case Happening::cancelled: return "reception.event.cancelled"_t;
    case Happening::held: return "reception.event.held"_t;
  }
  return {};
}
TextKey key_of(Way way) {
  switch (way) {
    case Way::person: return "reception.way.person"_t;
    case Way::online: return "reception.way.online"_t;
    case Way::company: return "reception.way.company"_t;
  }
  return {};
}
TextKey key_of(TurnState state) {
  switch (state) {
    case TurnState::booked: return "reception.turn.booked"_t;
    case TurnState::cancelled: return "reception.turn.cancelled"_t;
    case TurnState::came: return "reception.turn.came"_t;
    case TurnState::missed: return "reception.turn.missed"_t;
  }
  return {};
}
TextKey key_of(Sort sort) {
  switch (sort) {
    case Sort::report: return "reception.sort.report"_t;
    case Sort::request: return "reception.sort.request"_t;
    case Sort::complaint: return "reception.sort.complaint"_t;
    case Sort::denunciation: return "reception.sort.denunciation"_t;
  }
  return {};
}
TextKey key_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::answered: return "reception.outcome.answered"_t;
    case Outcome::written: return "reception.outcome.written"_t;
    case Outcome::passed: return "reception.outcome.passed"_t;
    case Outcome::promised: return "reception.outcome.promised"_t;
    case Outcome::taken_up: return "reception.outcome.case"_t;
    case Outcome::lawful: return "reception.outcome.lawful"_t;
  }
  return {};
}

std::optional<Code> Code::parse(std::string_view text) {
  auto code = people::read_code(text, turn_kind);
  return code ? std::optional(Code(*std::move(code))) : std::nullopt;
}
Code Code::draw(Random& random) { return Code(people::draw_letters(random, people::code_size)); }
std::string Code::shown() const { return people::shown_code(turn_kind, text_); }

bool is_lawful_only(Sort sort) { return sort == Sort::complaint || sort == Sort::denunciation; }

bool owes_result(Outcome outcome) {
  return outcome != Outcome::answered && outcome != Outcome::lawful;
}

Result<Done> check_entry(std::optional<Sort> sort,
                         std::optional<Outcome> outcome,
                         const std::string& summary) {
  if (!sort) return wrong_entry("sort", "reception.error.sort"_t);
  if (!outcome) return wrong_entry("outcome", "reception.error.outcome"_t);
  if (is_lawful_only(*sort)) {
    if (*outcome != Outcome::lawful) return wrong_entry("outcome", "reception.error.lawful_only"_t);
    if (!summary.empty()) return wrong_entry("summary", "reception.error.no_words"_t);
    return Done{};
  }
  if (*outcome == Outcome::lawful) return wrong_entry("outcome", "reception.error.not_lawful"_t);
  const std::size_t chars = count_chars(summary);
  if (chars < summary_chars_min) return wrong_entry("summary", "reception.error.short"_t);
  if (chars > summary_chars_max) return wrong_entry("summary", "reception.error.long"_t);
  return Done{};
}

std::vector<Day> days_of(const Rule& rule, const calendar::Holidays& holidays) {
  constexpr std::chrono::days one{1};
  std::vector<Day> all;
  const auto add = [&](Day day) {
    // No break of ours is longer (core/workdays).
    for (int n = 0; n < 40 && !holidays.is_working_day(day); ++n) day += one;
    if (all.size() < days_at_once && std::ranges::find(all, day) == all.end()) all.push_back(day);
  };
  if (rule.rhythm == Rhythm::once) return {rule.first};
  const auto last_month = month_of(rule.first) + std::chrono::months(rule.months);
  const std::chrono::year_month_day begins{rule.first};
  Day end{last_month / begins.day()};
  if (!(last_month / begins.day()).ok()) end = Day{last_month / std::chrono::last};
  if (rule.rhythm == Rhythm::monthly) {
    for (auto month = month_of(rule.first); month <= last_month; month += std::chrono::months(1)) {
      const Day day{month / std::chrono::day(rule.month_day)};
      if (day >= rule.first && day < end) add(day);
    }
    return all;
  }
  for (Day day = rule.first; day < end; day += one)
    if (std::chrono::weekday(day).iso_encoding() == rule.weekday) add(day);
  return all;
}

std::optional<std::vector<Duty>> read_duties(std::string_view csv) {
  std::vector<Duty> all;
  for (bool is_head = true; !csv.empty(); is_head = false) {
    const auto end = csv::record_end(csv).value_or(csv::RecordEnd{csv.size(), csv.size(), 1});
    const auto cells = csv::cells(csv.substr(0, end.size));
    csv.remove_prefix(end.with_break);
    if (is_head) continue;
    if (!cells || cells->size() != duty_cells) return std::nullopt;
    const auto kind = units::kind_of((*cells)[0]);
    const auto from = duty_day((*cells)[1]);
    const auto to = (*cells)[2].empty() ? std::nullopt : duty_day((*cells)[2]);
    const auto count = parse_number((*cells)[3]);
    const std::string &per = (*cells)[4], &sure = (*cells)[5];
    if (!kind || !from || (!(*cells)[2].empty() && !to) || !count || *count < 1 ||
        *count > duty_max || (per != "month" && per != "week") || (sure != "yes" && sure != "no") ||
        (*cells)[6].empty())
      return std::nullopt;
    all.push_back({*kind, *from, to, *count, per == "week", sure == "yes", (*cells)[6]});
  }
  return all;
}

const std::vector<Duty>& duties() {
  static const std::vector<Duty> all = [] {
    const auto file = embedded::find(duties_file);
    CHECK(file.has_value());
    auto read = read_duties(*file);
    CHECK(read.has_value());
    return *std::move(read);
  }();
  return all;
}

const Duty* duty_on(units::Kind kind, Day day) {
  for (const Duty& each : duties())
    if (each.kind == kind && each.from <= day && (!each.to || day <= *each.to)) return &each;
  return nullptr;
}

std::int64_t owed_in(const Duty& duty, Day month) {
  if (!duty.is_weekly) return duty.count;
  const Day end{(month_of(month) + std::chrono::months(1)) / std::chrono::day(1)};
  std::int64_t weeks = 0;
  for (Day day = month; day < end; day += std::chrono::days(1))
    if (std::chrono::weekday(day) == std::chrono::Monday) ++weeks;
  return weeks * duty.count;
}

Quarter last_quarter(Day today) {
  constexpr unsigned months_in = 3;
  const std::chrono::year_month_day date{today - quarter_rests};
  const unsigned month = static_cast<unsigned>(date.month());
  const auto running = date.year() / std::chrono::month((month - 1) / months_in * months_in + 1);
  return {Day{(running - std::chrono::months(months_in)) / std::chrono::day(1)},
          Day{running / std::chrono::day(1)}};
}

ToldPeople told_of(const People& people) {
  const auto is_few = [](std::int64_t count) { return count > 0 && count < people_floor; };
  ToldPeople told;
  if (people.came < people_floor) return told;
  told.came = people.came;
  const std::int64_t rest = people.came - people.on_time - people.late;
  if (is_few(people.on_time) || is_few(people.late) || is_few(rest)) return told;
  told.on_time = people.on_time;
  told.late = people.late;
  return told;
}

std::string_view band_of(std::int64_t free, std::int64_t places) {
  constexpr std::int64_t few_of = 3;
  if (free <= 0) return "none";
  return free * few_of <= places ? "few" : "many";
}

std::string statement_of(const Follow& f) {
  return std::to_string(f.from.value) + " " + std::to_string(f.to.value) + " " +
         (f.is_ahead ? "ahead" : "past") + " " + (f.is_certain ? "certain" : "open") + " " +
         (f.settled_by == 0 ? "clock" : "person");
}

std::string statement_of(const Reception& r) {
  return r.receiver + "\n" + r.place + "\n" + std::to_string(r.turn_minutes) + " " +
         std::to_string(r.places);
}

std::string statement_of(const Turn& turn) {
  return std::to_string(turn.reception.value) + " " + std::string(to_text(turn.way)) + " " +
         std::to_string(turn.case_id) + "\n" + turn.about + "\n" + turn.name + "\n" + turn.contact;
}

std::string statement_of(const Entry& entry, std::string_view summary) {
  return std::to_string(entry.number) + " " + std::string(to_text(entry.presence)) + " " +
         (entry.sort ? std::string(to_text(*entry.sort)) : "-") + " " +
         (entry.outcome ? std::string(to_text(*entry.outcome)) : "-") + " " +
         std::to_string(entry.passed_to.value) + " " + std::to_string(entry.commitment_id) + " " +
         std::to_string(entry.case_id) + "\n" + std::string(summary);
}

}  // namespace ln::reception
