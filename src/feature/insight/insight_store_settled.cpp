#include "feature/insight/insight_store_settled.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "core/units/units_store.h"
#include "engine/text/text.h"

namespace ln::insight {
namespace {

constexpr int months_told = 12;

// The counts of several stretches of time side by side, by unit.
template <std::size_t periods>
using ByUnit = std::map<std::int64_t, std::array<Counts, periods>>;

// Fills one Figures from column `period` of the counts; what has nothing there is left out.
template <std::size_t periods>
void fill_figures(Figures& figures,
                  const ByUnit<periods>& by_unit,
                  const std::vector<std::pair<std::string, units::Unit>>& named,
                  std::size_t period) {
  for (const auto& [key, unit] : named) {
    const Counts& counts = by_unit.at(unit.id.value)[period];
    if (counts.received == 0 && counts.ratings.count() == 0) continue;
    figures.city.add(counts);
    figures.units.push_back({unit, counts});
  }
  std::vector<stats::Share> shares;
  for (const UnitCounts& each : figures.units) shares.push_back(each.counts.on_time_share());
  const std::vector<stats::Band> bands = stats::bands_of(shares);
  for (std::size_t i = 0; i < bands.size(); ++i) figures.units[i].band = bands[i];
}

// In Vietnamese alphabetical order.
template <std::size_t periods>
std::vector<std::pair<std::string, units::Unit>> named(db::Read& read,
                                                       const ByUnit<periods>& by_unit) {
  std::vector<std::pair<std::string, units::Unit>> all;
  for (const auto& [id, counts] : by_unit)
    if (auto unit = units::find(read, units::UnitId{id})) {
      std::string key = text::sort_key(units::bare_name(unit->name, unit->type));
      all.emplace_back(std::move(key), *std::move(unit));
    }
  std::ranges::stable_sort(all, {}, [](const auto& each) { return each.first; });
  return all;
}

Day month_of(Day day) {
  const std::chrono::year_month_day date(day);
  return Day(date.year() / date.month() / 1);
}

std::vector<Month> empty_months(Day last) {
  const std::chrono::year_month_day date(last);
  std::vector<Month> all;
  for (int back = months_told - 1; back >= 0; --back)
    all.push_back({Day((date.year() / date.month() - std::chrono::months(back)) / 1), {}});
  return all;
}

std::pair<std::string, std::string> range_of(const Asking& asking) {
  if (!asking.unit) return {"/", "0"};  // '0' comes just after '/'.
  if (!asking.with_below) return {asking.unit->path, asking.unit->path + "!"};
  const auto [first, second] = units::subtree_range(asking.unit->path);
  return {std::string(first), std::string(second)};
}

}  // namespace

void each_told(db::Read& read,
               What what,
               Day first,
               Day last,
               const std::function<void(const ToldRow&)>& take) {
  read.each(
      "SELECT c.unit_id, c.to_day, c.sender, m.outcome, count(*) FROM insight_class c "
      "JOIN insight_member m ON m.class_id = c.id "
      "WHERE c.what = $1 AND c.to_day >= $2 AND c.to_day <= $3 "
      "GROUP BY c.unit_id, c.to_day, c.sender, m.outcome",
      [&](const db::Row& row) {
        take({.unit = row.integer(0),
              .to = row.day(1),
              .sender = row.text(2),
              .outcome = row.integer(3),
              .count = row.integer(4)});
      },
      to_text(what), first, last);
}

Figures count_told(db::Read& read, Day first, Day last) {
  Figures figures{.from = at_local(first), .to = at_local(last + std::chrono::days(1))};
  ByUnit<1> by_unit;
  for (const What what : {What::cases, What::ratings})
    each_told(read, what, first, last, [&](const ToldRow& row) {
      add_told(by_unit[row.unit].front(), what, row.outcome, row.count);
    });
  fill_figures(figures, by_unit, named(read, by_unit), 0);
  return figures;
}

Settled count_settled(db::Read& read, Instant now) {
  Settled made{.sunday = last_open_week(read)};
  const Day last = made.sunday.value_or(last_sunday_before(local_day(now)));
  made.months = empty_months(last);
  made.senders = {{"person", {}}, {"organisation", {}}, {"business", {}}, {"", {}}};
  // How many days each holds, and how many days before the last one it ended.
  struct Window {
    Figures& figures;
    int days, ended = 0;
    bool holds(Day day, Day last_day) const {
      const Day end = last_day - std::chrono::days(ended);
      return day > end - std::chrono::days(days) && day <= end;
    }
  };
  constexpr int year_days = 365, month_days = 30, weeks_days = 91;
  const std::array windows = {Window{made.month, month_days}, Window{made.quarter, 90},
                              Window{made.year, year_days}, Window{made.weeks, weeks_days},
                              Window{made.weeks_before, weeks_days, weeks_days}};
  for (const Window& each : windows) {
    each.figures.to = at_local(last - std::chrono::days(each.ended - 1));
    each.figures.from = at_local(last - std::chrono::days(each.ended + each.days - 1));
  }
  const Day first = std::min(last - std::chrono::days(year_days - 1), made.months.front().first);
  ByUnit<windows.size()> by_unit;
  for (const What what : {What::cases, What::ratings})
    each_told(read, what, first, last, [&](const ToldRow& row) {
      for (std::size_t i = 0; i < windows.size(); ++i)
        if (windows[i].holds(row.to, last))
          add_told(by_unit[row.unit][i], what, row.outcome, row.count);
      for (Month& month : made.months)
        if (month.first == month_of(row.to)) add_told(month.counts, what, row.outcome, row.count);
      if (what == What::ratings || !windows.front().holds(row.to, last)) return;
      for (SenderCounts& each : made.senders)
        if (each.sender == row.sender) add_told(each.counts, what, row.outcome, row.count);
    });
  const auto units = named(read, by_unit);
  for (std::size_t i = 0; i < windows.size(); ++i)
    fill_figures(windows[i].figures, by_unit, units, i);
  return made;
}

std::vector<std::pair<std::int64_t, std::int64_t>> outcomes_of(db::Read& read,
                                                               const Asking& asking) {
  const auto [first, second] = range_of(asking);
  return read.all(
      "SELECT m.outcome, count(*) FROM insight_class c JOIN unit u ON u.id = c.unit_id "
      "JOIN insight_member m ON m.class_id = c.id "
      "WHERE c.what = $1 AND c.to_day >= $2 AND c.to_day <= $3 AND u.path >= $4 AND u.path < $5 "
      "GROUP BY m.outcome ORDER BY m.outcome",
      [](const db::Row& row) { return std::pair(row.integer(0), row.integer(1)); },
      to_text(asking.what), asking.first, asking.last, first, second);
}

std::vector<StretchRow> stretches_of(db::Read& read, const Asking& asking, std::size_t stretches) {
  const auto [first, second] = range_of(asking);
  const std::int64_t by_week = asking.unit && !asking.with_below ? 0 : 1;
  // So many rows always hold what is asked for, but perhaps not all of the stretch after it.
  constexpr std::int64_t outcomes_max = outcome_end;
  std::vector<StretchRow> rows = read.all(
      "SELECT CASE WHEN $6 = 1 THEN c.to_day - 6 ELSE c.from_day END, c.to_day, m.outcome, "
      "count(*) FROM insight_class c JOIN unit u ON u.id = c.unit_id "
      "JOIN insight_member m ON m.class_id = c.id "
      "WHERE c.what = $1 AND c.to_day >= $2 AND c.to_day <= $3 AND u.path >= $4 AND u.path < $5 "
      "GROUP BY 1, 2, 3 ORDER BY 2 DESC, 1 DESC, 3 LIMIT $7",
      [](const db::Row& row) {
        return StretchRow{row.day(0), row.day(1), row.integer(2), row.integer(3)};
      },
      to_text(asking.what), asking.first, asking.last, first, second, by_week,
      outcomes_max * static_cast<std::int64_t>(stretches));
  std::size_t seen = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool is_new = i == 0 || rows[i].from != rows[i - 1].from || rows[i].to != rows[i - 1].to;
    if (is_new && ++seen > stretches) {
      rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(i), rows.end());
      break;
    }
  }
  return rows;
}

ClassRows class_rows_of(db::Read& read,
                        const Asking& asking,
                        std::int64_t after,
                        std::int64_t limit) {
  const auto [first, second] = range_of(asking);
  ClassRows made;
  std::vector<std::int64_t> classes;
  made.rows = read.all(
      "SELECT u.code, u.valid_from, c.from_day, c.to_day, t.code, c.sender, m.outcome, count(*), "
      "c.id FROM insight_class c JOIN unit u ON u.id = c.unit_id "
      "LEFT JOIN feedback_topic t ON t.id = c.topic_id "
      "JOIN insight_member m ON m.class_id = c.id "
      "WHERE c.what = $1 AND c.to_day >= $2 AND c.to_day <= $3 AND u.path >= $4 AND u.path < $5 "
      "AND c.id > $6 "
      "GROUP BY c.id, m.outcome, u.code, u.valid_from, c.from_day, c.to_day, t.code, c.sender "
      "ORDER BY c.id, m.outcome LIMIT $7",
      [&](const db::Row& row) {
        classes.push_back(row.integer(8));
        return class_row_from(row);
      },
      to_text(asking.what), asking.first, asking.last, first, second, after, limit);
  if (std::ssize(made.rows) < limit || classes.front() == classes.back()) return made;
  // The last class may be cut in two: it comes whole with the next part.
  const auto whole = std::ranges::find(classes, classes.back()) - classes.begin();
  made.next = classes[static_cast<std::size_t>(whole - 1)];
  made.rows.erase(made.rows.begin() + whole, made.rows.end());
  return made;
}

}  // namespace ln::insight
