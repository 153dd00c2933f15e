#include "core/workdays/workdays_actions.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/workdays/workdays_store.h"
#include "engine/merkle/merkle_leaf.h"

namespace ln::workdays {
namespace {

using calendar::DayKind;
using calendar::Holidays;
using std::chrono::days;

bool is_weekend(Day day) {
  const std::chrono::weekday weekday(day);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

std::optional<Day> day_from(std::string_view day, std::string_view month, std::string_view year) {
  const auto number = [](std::string_view text) {
    text = trimmed(text);
    if (text.size() == 2 && text[0] == '0') text.remove_prefix(1);
    return parse_number(text);
  };
  const auto d = number(day), m = number(month), y = number(year);
  if (!d || !m || !y || *d > 31 || *m > 12 || *y < year_min || *y > year_max) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*y)),
                                         std::chrono::month(static_cast<unsigned>(*m)),
                                         std::chrono::day(static_cast<unsigned>(*d)));
  return date.ok() ? std::optional(Day{date}) : std::nullopt;
}

// "2026-11-24".
std::optional<Day> day_from(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  return day_from(iso.substr(8, 2), iso.substr(5, 2), iso.substr(0, 4));
}

bool is_one_line(std::string_view text) { return text.find_first_of("\n\t") == std::string::npos; }

void check_source(const Edit& edit, FieldErrors& errors) {
  const std::size_t chars = count_chars(edit.source);
  if (chars < source_chars_min || chars > source_chars_max || !is_one_line(edit.source))
    errors.add("source", "workdays.error.source"_t);
}

// How many days in a row are off around `day`.
int break_around(const Holidays& holidays, Day day) {
  int length = 1;
  for (const int step : {-1, 1})
    for (Day each = day + days(step); length <= break_days_max && !holidays.is_working_day(each);
         each += days(step))
      ++length;
  return length;
}

bool is_so_already(const Edit& edit, const Holidays& holidays) {
  const calendar::NamedDay* named = holidays.find(edit.day);
  if (named == nullptr || !edit.kind) return named == nullptr && !edit.kind;
  return named->kind == *edit.kind && named->name_vi == edit.name_vi &&
         named->name_en == edit.name_en && named->source == edit.source;
}

// Everything but that it is so already, which a table may say.
void check(const Edit& edit, const Holidays& holidays, FieldErrors& errors) {
  const int year = static_cast<int>(std::chrono::year_month_day(edit.day).year());
  if (year < year_min || year > year_max) errors.add("day", "workdays.error.day"_t);
  if (edit.kind) {
    const bool is_work = *edit.kind == DayKind::makeup_work;
    if (is_work && !is_weekend(edit.day)) errors.add("kind", "workdays.error.work_on_weekend"_t);
    if (!is_work && *edit.kind != DayKind::holiday && is_weekend(edit.day))
      errors.add("kind", "workdays.error.off_already"_t);
    const auto is_long = [](std::string_view name) {
      return count_chars(name) > name_chars_max || !is_one_line(name);
    };
    if (edit.name_vi.empty() || is_long(edit.name_vi))
      errors.add("name_vi", "workdays.error.name"_t);
    if (is_long(edit.name_en)) errors.add("name_en", "workdays.error.name"_t);
  }
  check_source(edit, errors);
  if (!errors.empty()) return;
  Holidays after = holidays;
  apply(after, edit);
  if (!after.is_working_day(edit.day) && break_around(after, edit.day) > break_days_max)
    errors.add("day", "workdays.error.break"_t);
}

Result<std::vector<Edit>> checked(Edit edit, const Calendar& calendar) {
  FieldErrors errors;
  check(edit, calendar.days(), errors);
  if (errors.empty() && is_so_already(edit, calendar.days()))
    errors.add("day", "workdays.error.so_already"_t);
  if (!errors.empty()) return errors.take();
  return std::vector<Edit>{std::move(edit)};
}

Error at_table(TextKey text) { return {ErrorKind::invalid, text, {{"table", text}}}; }

ledger::CalendarFact fact_of(const std::vector<Edit>& edits, Instant now) {
  ledger::CalendarFact fact{.at = now};
  for (const Edit& each : edits) {
    const std::string words = each.name_vi + "\n" + each.name_en + "\n" + each.source + "\n";
    fact.days.push_back(
        {each.day, std::string(word_of(each.kind)), merkle::sha256(as_bytes(words))});
  }
  return fact;
}

}  // namespace

Result<std::vector<Edit>> read_day(const Typed& typed, const Calendar& calendar) {
  const auto day = day_from(typed.day, typed.month, typed.year);
  const auto kind = kind_of(typed.kind);
  Edit edit{.day = day.value_or(Day{}),
            .kind = kind,
            .name_vi = std::string(trimmed(typed.name_vi)),
            .name_en = std::string(trimmed(typed.name_en)),
            .source = std::string(trimmed(typed.source))};
  if (day && kind) return checked(std::move(edit), calendar);
  FieldErrors errors;
  if (!day) errors.add("day", "workdays.error.day"_t);
  if (!kind) errors.add("kind", "workdays.error.kind"_t);
  if (edit.name_vi.empty()) errors.add("name_vi", "workdays.error.name"_t);
  check_source(edit, errors);
  return errors.take();
}

Result<Table> read_table(std::string_view csv, const Calendar& calendar) {
  calendar::Table read = calendar::read_table(csv);
  if (read.days.empty() && read.bad_lines.empty()) return at_table("workdays.error.table_empty"_t);
  if (read.days.size() + read.bad_lines.size() > rows_max)
    return at_table("workdays.error.table_long"_t);
  Table out{.edits = {}, .bad_lines = std::move(read.bad_lines)};
  Holidays days = calendar.days();
  for (std::size_t i = 0; i < read.days.size(); ++i) {
    calendar::NamedDay& row = read.days[i];
    Edit edit{row.day, row.kind, std::move(row.name_vi), std::move(row.name_en),
              std::move(row.source)};
    FieldErrors errors;
    check(edit, days, errors);
    if (!errors.empty()) {
      out.bad_lines.push_back(read.lines[i]);
      continue;
    }
    if (is_so_already(edit, days)) continue;
    apply(days, edit);
    out.edits.push_back(std::move(edit));
  }
  std::ranges::sort(out.bad_lines);
  if (!out.bad_lines.empty()) return out;
  if (out.edits.empty()) return at_table("workdays.error.table_same"_t);
  return out;
}

Result<std::vector<Edit>> read_removal(std::string_view day,
                                       std::string_view source,
                                       const Calendar& calendar) {
  const auto parsed = day_from(day);
  if (!parsed) return Error{ErrorKind::not_found, "workdays.error.day"_t};
  return checked({.day = *parsed, .source = std::string(trimmed(source))}, calendar);
}

Calendar with(const Calendar& calendar, const std::vector<Edit>& edits) {
  std::vector<Change> changes = calendar.changes();
  std::int64_t id = calendar.revision();
  for (const Edit& each : edits) changes.push_back({.id = ++id, .edit = each});
  return Calendar(std::move(changes));
}

bool may_change(const people::Administrator& administrator) {
  return std::ranges::any_of(administrator.staff().grants(), [](const people::Grant& grant) {
    return grant.role == people::Role::administrator &&
           std::ranges::count(grant.unit_path, '/') == 2;  // "/1/": nothing stands above
  });
}

Result<Shared> change(db::Write& write,
                      const people::Administrator& administrator,
                      const std::vector<Edit>& edits,
                      std::int64_t revision,
                      Instant now) {
  if (!may_change(administrator)) return Error{ErrorKind::forbidden, "workdays.error.city_only"_t};
  const Shared before = load(write);
  if (before->revision() != revision)
    return Error{ErrorKind::conflict, "workdays.error.changed_meanwhile"_t};
  if (before->changes().size() + edits.size() > changes_max)
    return Error{ErrorKind::too_many, "workdays.error.too_many"_t};
  FieldErrors errors;
  Holidays days = before->days();
  for (const Edit& each : edits) {
    check(each, days, errors);
    apply(days, each);
  }
  if (!errors.empty()) return errors.take();
  // The log refuses before anything is written.
  for (const ledger::CalendarFact& part : ledger::parts_of(fact_of(edits, now))) {
    TRY([[maybe_unused]] const std::int64_t line, ledger::announce(write, part));
  }
  for (const Edit& each : edits) insert(write, each, administrator.id().value, now);
  return load(write);
}

}  // namespace ln::workdays
