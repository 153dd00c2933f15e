// No case is lost or counted twice: Hanoi with its 58 wards nobody mapped, and the whole nation.
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "core/units/units_actions.h"
#include "core/units/units_actions_reorganise.h"
#include "core/units/units_reorganise_csv.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_jobs_move.h"
#include "feature/feedback/feedback_store_move.h"
#include "test/world.h"

namespace ln::feedback {
namespace {

constexpr Day change_day = units::two_tier_day;
constexpr Day day_before = change_day - std::chrono::days(1);

std::string file(const std::string& name) {
  std::ifstream in(LN_SOURCE "/test/nation/" + name, std::ios::binary);
  REQUIRE(in.good());
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

// A case as far as it must not be lost.
struct Known {
  std::string old_code;
  units::UnitId unit;
  Instant due_at;
};

struct Land : test::World {
  std::map<FeedbackId, Known> sent;

  Land() { now = at_local(Day{std::chrono::year(2025) / 6 / 20}, std::chrono::hours(9)); }

  // One case for each commune there is; a second one for each `second`.
  void send_everywhere(const std::set<std::string>& second) {
    const auto communes =
        read([&](db::Read& r) { return units::of_kind(r, units::Kind::commune, local_day(now)); });
    std::vector<std::string> codes;
    for (const units::Unit& each : communes) {
      codes.push_back(each.code);
      if (second.contains(each.code)) codes.push_back(each.code);
    }
    constexpr std::size_t at_once = 500;
    for (std::size_t from = 0; from < codes.size(); from += at_once)
      write([&](db::Write& w) {
        for (std::size_t i = from; i < std::min(codes.size(), from + at_once); ++i) {
          Typed typed;
          typed.about = "place";
          typed.unit = codes[i];
          typed.body = "Đèn đường tắt ba tuần";
          const auto prepared = prepare(w, typed, random, now);
          REQUIRE(prepared.ok());
          const auto done = submit(w, prepared.value(), now);
          REQUIRE(done.ok());
          const Feedback& f = done.value().feedback;
          sent[f.id] = {codes[i], f.unit, f.due_at};
        }
      });
  }
  void move_all() {
    now = at_local(change_day) + std::chrono::hours(9);
    while (follow_reorganisation(database, random, now) > 0) {
    }
  }
};

// What must hold whatever the mapping says. `ways`: the new codes that lines name for an old one.
void check_kept(Land& land,
                const std::map<std::string, std::vector<std::string>>& ways,
                std::size_t undetermined_wanted) {
  std::map<FeedbackId, std::int64_t> acts;
  std::map<units::UnitId, std::int64_t> by_unit;
  std::size_t undetermined = 0;
  land.read([&](db::Read& r) {
    r.each(
        "SELECT feedback_id, count(*) FROM feedback_event WHERE event = 'transferred' "
        "GROUP BY feedback_id",
        [&](const db::Row& row) { acts[row.id<FeedbackId>(0)] = row.integer(1); });
    CHECK(*r.one("SELECT count(*) FROM feedback", [](const db::Row& row) {
      return row.integer(0);
    }) == static_cast<std::int64_t>(land.sent.size()));
    CHECK(*r.one("SELECT count(*) FROM ledger_entry WHERE event = 'transferred'",
                 [](const db::Row& row) { return row.integer(0); }) ==
          static_cast<std::int64_t>(land.sent.size()));
    std::size_t wrong = 0;
    for (const auto& [id, known] : land.sent) {
      const auto now = find(r, id);
      REQUIRE(now.has_value());
      const auto unit = units::find(r, now->unit);
      const auto moves = moves_of(r, id);
      const bool is_whole = unit && unit->is_valid_on(change_day) && now->due_at == known.due_at &&
                            now->unit_path == unit->path && acts[id] == 1 && moves.size() == 1 &&
                            moves[0].from == known.unit && moves[0].to == now->unit;
      if (!is_whole) ++wrong;
      if (!is_whole)
        MESSAGE(known.old_code, " moves ", moves.size(), " acts ", acts[id], " unit ",
                unit ? unit->code : "-", " due ", now->due_at == known.due_at, " from ",
                !moves.empty() && moves[0].from == known.unit, " state ", to_text(now->state),
                " id ", id.value);
      ++by_unit[now->unit];
      if (moves.size() != 1) continue;
      undetermined += moves[0].is_undetermined() ? 1 : 0;
      // Only one line speaks of it: then it is there, and nobody needs to be asked.
      const auto way = ways.find(known.old_code);
      if (way != ways.end() && way->second.size() == 1)
        wrong += unit->code == way->second[0] && moves[0].is_certain ? 0 : 1;
      else
        wrong += moves[0].is_undetermined() ? 0 : 1;
    }
    CHECK(wrong == 0);
    std::int64_t all = 0;
    for (const auto& [unit, count] : count_not_closed(r)) {
      CHECK(by_unit[unit] == count);
      all += count;
    }
    CHECK(all == static_cast<std::int64_t>(land.sent.size()));
  });
  CHECK(undetermined == undetermined_wanted);
}

std::map<std::string, std::vector<std::string>> ways_in(std::string_view mapping) {
  std::map<std::string, std::vector<std::string>> ways;
  const auto lines = units::read_mapping(mapping);
  for (const units::Mapped& line : lines.value()) ways[line.old_code].push_back(line.new_code);
  return ways;
}

TEST_CASE("Hanoi, 1 July 2025: each case of 584 communes is in one of 126, or at the city, once") {
  Land land;
  REQUIRE(land.write([](db::Write& w) { return units::install_hanoi(w); }).ok());
  const auto ways = ways_in(*embedded::find("data/units/mapping_old2025_new2025.csv"));
  std::set<std::string> split;
  for (const auto& [code, to] : ways)
    if (to.size() > 1) split.insert(code);
  CHECK(split.size() == 198);
  land.send_everywhere(split);
  CHECK(land.sent.size() == 584 + 198);
  land.move_all();
  // Two of each split ward, one of each of the 58 that the mapping does not know.
  check_kept(land, ways, 2 * 198 + 58);
}

TEST_CASE("the nation, 1 July 2025: 10,047 communes become 3,321, and no case is lost or doubled") {
  Land land;
  const std::string before = file("units_2025-03-02.csv"), after = file("units_2025-07-01.csv"),
                    mapping = file("mapping_old2025_new2025.csv");
  REQUIRE(land.write([&](db::Write& w) {
                return units::import_units(w, before, {Day{std::chrono::year(2025) / 3 / 2}});
              })
              .ok());
  const auto announced = land.write([&](db::Write& w) {
    return units::announce(w,
                           {.day = change_day,
                            .name = "Sắp xếp",
                            .source = "Nghị quyết 202/2025/QH15",
                            .list = after,
                            .mapping = mapping},
                           land.now);
  });
  REQUIRE(announced.ok());
  const units::Plan& plan = announced.value().plan;
  CHECK(plan.splits.size() > 400);
  CHECK(plan.undetermined.size() == 14);
  const auto count = [&](units::Kind kind, Day day) {
    return land.read([&](db::Read& r) { return units::of_kind(r, kind, day).size(); });
  };
  CHECK(count(units::Kind::commune, day_before) == 10'047);
  CHECK(count(units::Kind::commune, change_day) == 3'321);
  CHECK(count(units::Kind::city, change_day) == 34);
  CHECK(count(units::Kind::district, change_day) == 0);
  const auto ways = ways_in(mapping);
  std::size_t split = 0;
  std::set<std::string> known;
  const auto listed = units::read_list(before);
  for (const units::Listed& each : listed.value())
    if (each.kind == units::Kind::commune) known.insert(each.code);
  for (const std::string& code : known)
    if (const auto way = ways.find(code); way == ways.end() || way->second.size() > 1) ++split;
  land.send_everywhere({});
  CHECK(land.sent.size() == 10'047);
  land.move_all();
  check_kept(land, ways, split);
}

}  // namespace
}  // namespace ln::feedback
