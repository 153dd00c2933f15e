// Which days are off: the rule of the law, and the tables.
#include <algorithm>
#include <array>
#include <set>

#include "base/check.h"
#include "base/embedded.h"
#include "base/text.h"
#include "engine/calendar/calendar.h"
#include "engine/calendar/calendar_lunar.h"

namespace ln::calendar {
namespace {

using std::chrono::days;

constexpr std::string_view labour_code = "Bộ luật Lao động 2019 Điều 112";
constexpr std::string_view in_lieu = "Bộ luật Lao động 2019 Điều 111 khoản 3";
constexpr std::string_view culture_day = "Nghị quyết 28/2026/QH16";

bool is_weekend(Day day) {
  const std::chrono::weekday weekday(day);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

Day date(int year, unsigned month, unsigned day) {
  return Day(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day));
}

int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day(day).year()); }

std::vector<NamedDay> holidays_of(int year) {
  std::vector<NamedDay> out;
  const auto add = [&](Day day, const char* name_vi, const char* name_en,
                       std::string_view source = labour_code) {
    out.push_back({day, DayKind::holiday, name_vi, name_en, std::string(source)});
  };
  add(date(year, 1, 1), "Tết Dương lịch", "New Year's Day");
  for (int i = -1; i < 4; ++i) add(tet(year) + days(i), "Tết Nguyên đán", "Lunar New Year");
  add(hung_kings_day(year), "Giỗ Tổ Hùng Vương", "Hùng Kings' Commemoration Day");
  add(date(year, 4, 30), "Ngày Chiến thắng", "Victory Day");
  add(date(year, 5, 1), "Quốc tế Lao động", "International Labour Day");
  const Day national = date(year, 9, 2);
  add(national, "Quốc khánh", "National Day");
  // The Labour Code of 2019, in force since 2021, added the day before or after.
  const Day beside = is_weekend(national - days(1)) ? national + days(1) : national - days(1);
  if (year >= 2021) add(beside, "Quốc khánh", "National Day");
  if (year >= 2026)
    add(date(year, 11, 24), "Ngày Văn hóa Việt Nam", "Vietnamese Culture Day", culture_day);
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
  return out;
}

// Two digits or four at `at`; -1 for anything else.
int digits_at(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = digits_at(text, 0, 4);
  const int month = digits_at(text, 5, 2);
  const int day = digits_at(text, 8, 2);
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  const std::chrono::year_month_day parsed = std::chrono::year(year) /
                                             std::chrono::month(static_cast<unsigned>(month)) /
                                             std::chrono::day(static_cast<unsigned>(day));
  if (!parsed.ok()) return std::nullopt;
  return Day(parsed);
}

std::optional<DayKind> parse_kind(std::string_view text) {
  for (const DayKind kind :
       {DayKind::holiday, DayKind::swap_off, DayKind::comp_off, DayKind::makeup_work})
    if (text == to_text(kind)) return kind;
  return std::nullopt;
}

// The fields of one line; a field in quotes may hold commas and doubled quotes.
std::vector<std::string> split(std::string_view line) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool doubled = quoted && line.substr(i).starts_with("\"\"");
    if (doubled) {
      out.back() += '"';
      ++i;
    } else if (line[i] == '"') {
      quoted = !quoted;
    } else if (line[i] == ',' && !quoted) {
      out.emplace_back();
    } else {
      out.back() += line[i];
    }
  }
  return out;
}

std::optional<NamedDay> parse_row(std::string_view line) {
  std::vector<std::string> fields = split(line);
  if (fields.size() != 5 || fields[2].empty() || !is_utf8(line)) return std::nullopt;
  const std::optional<Day> day = parse_day(fields[0]);
  const std::optional<DayKind> kind = parse_kind(fields[1]);
  if (!day || !kind) return std::nullopt;
  return NamedDay{*day, *kind, std::move(fields[2]), std::move(fields[3]), std::move(fields[4])};
}

}  // namespace

std::string_view to_text(DayKind kind) {
  switch (kind) {
    case DayKind::working: return "working";
    case DayKind::weekend: return "weekend";
    case DayKind::holiday: return "holiday";
    case DayKind::swap_off: return "swap_off";
    case DayKind::comp_off: return "comp_off";
    case DayKind::makeup_work: return "makeup_work";
  }
  CHECK(false);
  return "";
}

Table read_table(std::string_view csv) {
  Table out;
  std::size_t number = 0;
  while (!csv.empty()) {
    const std::size_t end = std::min(csv.find('\n'), csv.size());
    std::string_view line = csv.substr(0, end);
    csv.remove_prefix(std::min(end + 1, csv.size()));
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (number == 1 || line.empty()) continue;
    if (auto row = parse_row(line)) {
      out.days.push_back(*std::move(row));
      out.lines.push_back(number);
    } else {
      out.bad_lines.push_back(number);
    }
  }
  return out;
}

Holidays Holidays::by_law(int first, int last) {
  Holidays out;
  for (int year = first; year <= last; ++year)
    for (NamedDay& each : holidays_of(year)) out.add(std::move(each));
  // Days in lieu come when all holidays are known: one must not fall on the next holiday.
  std::vector<NamedDay> lieu;
  std::set<Day> taken;
  for (const auto& [day, named] : out.days_) {
    if (!is_weekend(day)) continue;
    Day free = day + days(1);
    while (is_weekend(free) || out.days_.contains(free) || taken.contains(free)) free += days(1);
    taken.insert(free);
    lieu.push_back({free, DayKind::comp_off, "Nghỉ bù " + named.name_vi,
                    "Day off in lieu of " + named.name_en, std::string(in_lieu)});
  }
  for (NamedDay& each : lieu) out.add(std::move(each));
  return out;
}

Holidays Holidays::built_in() {
  Holidays out = by_law(2018, 2060);
  for (const embedded::File& file : embedded::all())
    if (file.path.starts_with("data/calendar/off_")) out.overlay(read_table(file.bytes).days);
  return out;
}

void Holidays::overlay(const std::vector<NamedDay>& table) {
  std::set<int> whole_years;
  for (const NamedDay& each : table)
    if (each.kind == DayKind::holiday) whole_years.insert(year_of(each.day));
  std::erase_if(days_,
                [&](const auto& entry) { return whole_years.contains(year_of(entry.first)); });
  for (const NamedDay& each : table) add(each);
}

void Holidays::add(NamedDay day) {
  const Day key = day.day;
  days_.insert_or_assign(key, std::move(day));
}

const NamedDay* Holidays::find(Day day) const {
  const auto found = days_.find(day);
  return found == days_.end() ? nullptr : &found->second;
}

DayKind Holidays::kind_of(Day day) const {
  if (const NamedDay* named = find(day)) return named->kind;
  return is_weekend(day) ? DayKind::weekend : DayKind::working;
}

bool Holidays::is_working_day(Day day) const {
  const DayKind kind = kind_of(day);
  return kind == DayKind::working || kind == DayKind::makeup_work;
}

}  // namespace ln::calendar
