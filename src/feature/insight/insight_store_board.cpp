#include "feature/insight/insight_store_board.h"

#include <map>
#include <utility>

#include "core/ledger/ledger_store.h"
#include "core/units/units_store.h"
#include "feature/insight/insight_store_settled.h"

namespace ln::insight {
namespace {

using OwnById = std::map<std::int64_t, OwnCounts>;

// The classes of open data, each in the quarter in which its stretch ended: what a dashboard prints
// is what the addresses of its figures give.
void add_quarters(db::Read& read, const Board& board, OwnById& own) {
  const Day first = board.quarters.front().first;
  const Day last = board.sunday.value_or(first - std::chrono::days(1));
  for (const What what : {What::cases, What::ratings})
    each_told(read, what, first, last, [&](const ToldRow& row) {
      std::size_t q = board.quarters.size() - 1;
      while (q > 0 && row.to < board.quarters[q].first) --q;
      add_told(own[row.unit].quarters[q], what, row.outcome, row.count);
    });
}

// By whole days since it came in.
void add_ages(db::Read& read, OwnById& own, Instant now) {
  const auto before = [&](int days) { return now - std::chrono::days(days); };
  read.each(
      "SELECT unit_id, "
      "sum(CASE WHEN received_at >= $1 THEN 1 ELSE 0 END), "
      "sum(CASE WHEN received_at < $1 AND received_at >= $2 THEN 1 ELSE 0 END), "
      "sum(CASE WHEN received_at < $2 AND received_at >= $3 THEN 1 ELSE 0 END), "
      "sum(CASE WHEN received_at < $3 AND received_at >= $4 THEN 1 ELSE 0 END), "
      "sum(CASE WHEN received_at < $4 THEN 1 ELSE 0 END) "
      "FROM feedback WHERE state IN ('received','accepted','assigned','asked','promised',"
      "'reopened') AND about <> 'conduct' AND is_protected = 0 AND entered_by IS NULL "
      "AND held_as IS NULL "
      "GROUP BY unit_id",
      [&](const db::Row& row) {
        Ages& ages = own[row.integer(0)].ages;
        for (std::size_t a = 0; a < age_classes; ++a)
          ages[a] = row.integer(static_cast<int>(a) + 1);
      },
      before(age_limits[0]), before(age_limits[1]), before(age_limits[2]), before(age_limits[3]));
}

// Of the last four quarters. Ratings and cases are told in classes of their own, so of few people
// more may have rated than were answered by then; the page says nothing of those.
void add_responses(OwnById& own) {
  for (auto& [unit, counts] : own)
    for (std::size_t q = board_quarters / 2; q < board_quarters; ++q) {
      counts.response.asked += counts.quarters[q].answered;
      counts.response.rated += counts.quarters[q].ratings.count();
      counts.response.satisfied += satisfied_of(counts.quarters[q].ratings).part;
    }
}

// When people write, each letter once, whatever parts it was cut into.
// Whole weeks that end with the last Sunday: no day can be found by looking again tomorrow.
Rhythm count_rhythm(db::Read& read, Instant now) {
  const Day today = local_day(now);
  const Day end = today - std::chrono::days(std::chrono::weekday(today).iso_encoding() - 1);
  Rhythm rhythm{};
  // 1 January 1970 was a Thursday; a Monday is three days later in a week that began on it.
  read.each(
      "SELECT ((received_at + 25200000) / 10800000 + 24) % 56, count(*) FROM feedback "
      "WHERE received_at >= $1 AND received_at < $2 AND about <> 'conduct' "
      "AND is_protected = 0 AND entered_by IS NULL AND held_as IS NULL AND NOT EXISTS "
      "(SELECT 1 FROM feedback_part p WHERE p.feedback_id = feedback.id) "
      "GROUP BY ((received_at + 25200000) / 10800000 + 24) % 56",
      [&](const db::Row& row) {
        rhythm[static_cast<std::size_t>(row.integer(0)) % rhythm.size()] += row.integer(1);
      },
      at_local(end - rhythm_period), at_local(end));
  return rhythm;
}

// With the units themselves, and all that stand above them.
std::vector<OwnCounts> with_units(db::Read& read, OwnById own, Day today) {
  std::vector<OwnCounts> all;
  std::map<std::int64_t, units::Unit> above;
  for (const units::Unit& city : units::of_kind(read, units::Kind::city, today))
    above.emplace(city.id.value, city);
  for (auto& [id, counts] : own) {
    auto unit = units::find(read, units::UnitId{id});
    if (!unit) continue;
    for (units::Unit& each : units::ancestors(read, *unit)) above.emplace(each.id.value, each);
    counts.unit = *std::move(unit);
    all.push_back(std::move(counts));
  }
  for (auto& [id, unit] : above)
    if (!own.contains(id)) all.push_back({.unit = std::move(unit)});
  return all;
}

}  // namespace

Board count_board(db::Read& read, Instant now) {
  Board board{
      .at = now, .sunday = last_open_week(read), .quarters = board_quarters_on(local_day(now))};
  OwnById own;
  add_quarters(read, board, own);
  add_ages(read, own, now);
  Ages city{};
  for (const auto& [unit, counts] : own)
    for (std::size_t a = 0; a < age_classes; ++a) city[a] += counts.ages[a];
  board.age_groups = age_groups(city);
  for (auto& [unit, counts] : own) counts.ages = grouped(counts.ages, board.age_groups);
  add_responses(own);
  board.rhythm = told_rhythm(count_rhythm(read, now));
  board.units = board_units_of(with_units(read, std::move(own), local_day(now)));
  board.leaf_count = ledger::leaf_count(read);
  return board;
}

}  // namespace ln::insight
