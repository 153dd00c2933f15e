#include <doctest/doctest.h>

#include <thread>

#include "core/units/units_actions_reorganise.h"
#include "feature/feedback/feedback_jobs_move.h"
#include "feature/reception/reception_actions_follow.h"
#include "feature/reception/reception_jobs.h"
#include "feature/reception/reception_store_check.h"
#include "test/reception_room.h"

namespace ln::reception {
namespace {

constexpr Day change_day{std::chrono::year(2026) / 12 / 1};
constexpr std::string_view new_wards =
    "level,code,name,type,parent_code\n"
    "1,01,Thành phố Hà Nội,Thành,\n"
    "3,N1,Phường Bắc,Phường,01\n"
    "3,P2,Phường Nam,Phường,01\n";
constexpr std::string_view wards_merged =
    "new_code,new_name,new_province,old_code,old_name,old_district,old_province,relation,note_vi\n"
    "N1,,,P1,,,,full,x\nN1,,,P2,,,,full,x\nP2,,,,,,,new,x\n";
constexpr std::string_view wards_divided =
    "new_code,new_name,new_province,old_code,old_name,old_district,old_province,relation,note_vi,"
    "address\n"
    "N1,,,P1,,,,partial,Nhập một phần,\n"
    "P2,,,P1,,,,partial,Nhập một phần,phố Hàng Than; ngõ 5\n"
    "P2,,,P2,,,,full,Nhập toàn bộ,\n";

// A ward that receives, in a city whose wards change on 1 December.
struct Changing : Room {
  void reorganise(std::string_view mapping) {
    const auto announced = write([&](db::Write& w) {
      return units::announce(w,
                             {.day = change_day,
                              .name = "Sắp xếp",
                              .source = "Nghị quyết mẫu",
                              .list = new_wards,
                              .mapping = mapping},
                             now);
    });
    REQUIRE(announced.ok());
  }
  // The day has come; roles follow, and then days of reception.
  std::int64_t pass(std::chrono::hours after = std::chrono::hours(9)) {
    now = at_local(change_day) + after;
    for (std::int64_t turn = 1; turn > 0;)
      turn = feedback::follow_reorganisation(database, random, now);
    return follow_units(database, now);
  }
  Typed on(Day day, const std::string& place = "Phòng tiếp công dân, tầng 1") {
    Typed what = typed();
    what.first = day;
    what.place = place;
    return what;
  }
  std::string unit_called(units::UnitId unit) {
    return read([&](db::Read& r) { return units::find(r, unit)->name; });
  }
  std::vector<Follow> follows() {
    return read([&](db::Read& r) { return follows_of(r, id); });
  }
  Result<Reception> try_settle(const std::string& code, const std::string& login) {
    const Settling settling{officer(login), id, current().revision, code, now};
    return write([&](db::Write& w) { return settle(w, settling); });
  }
  std::size_t count_turns() {
    return read([&](db::Read& r) { return turns_of(r, id, 0, 100).size(); });
  }
};

}  // namespace

TEST_CASE("a day to come goes to whoever took over, with its turns, and who booked is told") {
  Changing room;
  room.reorganise(wards_merged);
  room.announce_it(room.on(Room::day(12, 3)));
  const auto told = room.book_it();
  const Instant begins = room.current().starts_at;
  CHECK(follow_units(room.database, room.now) == 0);  // Its day has not come.
  CHECK(room.pass() == 1);
  const Reception after = room.current();
  CHECK(room.unit_called(after.unit) == "Phường Bắc");
  CHECK(room.unit_called(after.keeper) == "Phường Bắc");
  CHECK(after.starts_at == begins);
  CHECK(room.count_turns() == 1);
  CHECK(room.told_facts() == "announced followed ");
  CHECK(room.notices(told) == "reception.notice.followed ");
  CHECK(room.read(unfit_texts).empty());
  // The slip leads on: to whom, and where. The old link of the day answers.
  test::Browser holder(room, room.router, room.site);
  holder.get("/receptions/turns/" + told.turn.code->text()).fill("secret", told.secret).press("Mở");
  CHECK(
      holder.shows("Do sắp xếp đơn vị, buổi tiếp công dân của Phường Một từ ngày 01/12/2026 do "
                   "Phường Bắc tổ chức"));
  CHECK(holder.shows("Phòng tiếp công dân, tầng 1"));
  holder.get(room.url());
  CHECK(holder.shows("Phường Một → Phường Bắc"));
  // Roles went along: the same clerk says that it is held, the same head signs.
  room.now = begins;
  REQUIRE(room.try_hold().ok());
  REQUIRE(room.try_log(told, Room::said()).ok());
  CHECK(room.try_result(told).ok());
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("what is owed goes to whoever took over, and the day that was held stays where it was") {
  Changing room;
  room.reorganise(wards_merged);
  const units::UnitId old = room.units.at("P1").id;
  const auto told = room.received();
  CHECK(room.pass() == 1);
  const Reception after = room.current();
  CHECK(after.unit == old);
  CHECK(room.unit_called(after.keeper) == "Phường Bắc");
  CHECK(room.turn_now(told).is_owed());
  CHECK(room.notices(told) == "reception.notice.followed_owed ");
  room.now += std::chrono::days(30);
  room.read([&](db::Read& r) {
    CHECK(count_overdue(r, after.keeper, room.now) == 1);
    CHECK(count_overdue(r, old, room.now) == 0);
    // Held is what the old unit held.
    const auto months = months_of(r, old, Room::day(11, 1), room.now);
    REQUIRE(months.size() == 1);
    CHECK(months.front().held == 1);
    CHECK(months_of(r, after.keeper, Room::day(11, 1), room.now).empty());
  });
  test::Browser anybody(room, room.router, room.site);
  anybody.get("/receptions/units/N1");
  CHECK(anybody.status() == 200);
  anybody.get("/receptions/units/P1");
  CHECK(anybody.status() == 200);
  CHECK(anybody.shows("Phường Một"));
  CHECK(room.try_result(told).ok());
  CHECK_FALSE(room.turn_now(told).is_owed());
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("an objection waits for whoever stands above the unit that took over") {
  Changing room;
  room.reorganise(wards_merged);
  const auto told = room.received();
  REQUIRE(room.try_result(told).ok());
  REQUIRE(room.try_contest(told).ok());
  CHECK(room.pass() == 1);
  CHECK(refusal(room.try_decide(told, Ruling::again, "hoa")) == "reception.error.none");
  REQUIRE(room.try_decide(told, Ruling::again).ok());
  CHECK(room.turn_now(told).is_owed());
  CHECK(room.try_result(told, result_words, "hoa").ok());
}

TEST_CASE("a day of a divided unit goes by its place, else a person says where it belongs") {
  Changing room;
  room.reorganise(wards_divided);
  room.announce_it(room.on(Room::day(12, 3), "Nhà văn hóa, phố Hàng Than"));
  const ReceptionId placed = room.id;
  room.announce_it(room.on(Room::day(12, 4)));
  const ReceptionId open = room.id;
  const auto told = room.book_it();
  CHECK(room.pass() == 2);
  room.id = placed;
  CHECK(room.unit_called(room.current().keeper) == "Phường Nam");
  CHECK(room.follows().back().is_certain);
  room.id = open;
  CHECK(room.unit_called(room.current().keeper) == "Phường Bắc");
  CHECK_FALSE(room.follows().back().is_certain);
  // Whoever heads neither is told of nothing, nor may the head of the one named first push it on
  // another; a unit that took nothing over is refused.
  CHECK(refusal(room.try_settle("P2", "hoa")) == "reception.error.none");
  CHECK(refusal(room.try_settle("P2", "thu")) == "reception.error.none");
  CHECK(refusal(room.try_settle("01", "thanh")) == "reception.error.settle_unit");
  test::Browser head(room, room.router, room.site);
  room.sign_in(head, "thanh");
  head.get("/staff/receptions");
  CHECK(head.shows("Có buổi tiếp công dân chưa rõ về đơn vị nào sau sắp xếp"));
  head.get("/staff/receptions/undetermined");
  CHECK(head.shows("Phường Một"));
  CHECK_FALSE(head.shows("Nhà văn hóa, phố Hàng Than"));
  head.press("Xác định");
  CHECK(head.status() == 422);
  CHECK(head.shows("Chọn một trong các đơn vị kế tiếp"));
  head.choose("Phường Nam").press("Xác định");
  CHECK(head.status() == 200);
  CHECK(head.shows("Đã ghi: buổi này về đơn vị vừa chọn"));
  CHECK(head.shows("Không còn buổi nào chưa rõ"));
  CHECK(room.unit_called(room.current().keeper) == "Phường Nam");
  CHECK(room.unit_called(room.current().unit) == "Phường Nam");
  CHECK(room.notices(told) == "reception.notice.followed reception.notice.followed ");
  CHECK(refusal(room.try_settle("N1", "thanh")) == "reception.error.not_now");
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("a day that stays where it is tells nobody again") {
  Changing room;
  room.reorganise(wards_divided);
  room.announce_it(room.on(Room::day(12, 4)));
  const auto told = room.book_it();
  CHECK(room.pass() == 1);
  REQUIRE(room.try_settle("N1", "thanh").ok());
  CHECK(room.notices(told) == "reception.notice.followed ");
  CHECK(room.follows().back().is_certain);
  CHECK(room.follows().back().from == room.follows().back().to);
  test::Browser anybody(room, room.router, room.site);
  anybody.get(room.url());
  CHECK(anybody.shows("Đã xác nhận đơn vị tiếp nhận sau sắp xếp"));
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("a day that is over and that nobody held is told to nobody, and waits for nobody") {
  Changing room;
  room.reorganise(wards_divided);
  room.announce_it(room.on(Room::day(12, 4)));
  const auto told = room.book_it();
  CHECK(room.pass() == 1);
  room.now = room.current().day_ends_at() + std::chrono::hours(9);
  test::Browser head(room, room.router, room.site);
  room.sign_in(head, "thanh");
  head.get("/staff/receptions");
  CHECK_FALSE(head.shows("Có buổi tiếp công dân chưa rõ về đơn vị nào sau sắp xếp"));
  head.get("/staff/receptions/undetermined");
  CHECK(head.shows("Không còn buổi nào chưa rõ"));
  REQUIRE(room.try_settle("P2", "thanh").ok());
  CHECK(room.notices(told) == "reception.notice.followed ");
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("a question that is open stays open when the unit named first ends as well") {
  Changing room;
  room.reorganise(wards_divided);
  room.announce_it(room.on(Room::day(12, 10)));
  CHECK(room.pass() == 1);
  CHECK_FALSE(room.follows().back().is_certain);
  constexpr Day again{std::chrono::year(2026) / 12 / 8};
  REQUIRE(room.write([&](db::Write& w) {
                return units::announce(
                    w,
                    {.day = again,
                     .name = "Sắp xếp lần hai",
                     .source = "Nghị quyết mẫu",
                     .list = "level,code,name,type,parent_code\n"
                             "1,01,Thành phố Hà Nội,Thành,\n"
                             "3,C1,Phường Giữa,Phường,01\n3,P2,Phường Nam,Phường,01\n",
                     .mapping = "new_code,new_name,new_province,old_code,old_name,old_district,"
                                "old_province,relation,note_vi\nC1,,,N1,,,,full,x\n"},
                    room.now);
              })
              .ok());
  room.now = at_local(again) + std::chrono::hours(9);
  for (std::int64_t turn = 1; turn > 0;)
    turn = feedback::follow_reorganisation(room.database, room.random, room.now);
  CHECK(follow_units(room.database, room.now) == 1);
  CHECK(room.unit_called(room.current().keeper) == "Phường Giữa");
  CHECK_FALSE(room.follows().back().is_certain);
  // Both may be right: what became of the one named first, and the other.
  REQUIRE(room.try_settle("P2", "thanh").ok());
  CHECK(room.unit_called(room.current().unit) == "Phường Nam");
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("a day after the change goes to the new unit, also when the clock comes late") {
  Changing room;
  room.reorganise(wards_merged);
  room.announce_it(room.on(Room::day(12, 2)));
  const auto told = room.book_it();
  CHECK(room.pass(std::chrono::hours(24 * 4)) == 1);
  CHECK(room.unit_called(room.current().keeper) == "Phường Bắc");
  CHECK(room.unit_called(room.current().unit) == "Phường Bắc");
  CHECK(room.follows().back().is_ahead);
  CHECK(room.notices(told).empty());  // It is over: nothing is to come of it.
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("who works in the new unit finds the day that the old one held") {
  Changing room;
  room.reorganise(wards_merged);
  const auto told = room.received();
  CHECK(room.pass() == 1);
  test::Browser clerk(room, room.router, room.site);
  room.sign_in(clerk, "thu");
  clerk.get("/staff/receptions?past=1");
  CHECK(clerk.body().find("/staff/receptions/" + std::to_string(room.id.value) + "\"") !=
        std::string::npos);
  static_cast<void>(told);
}

TEST_CASE("the line of a handing tells that a person settled it, and not who") {
  Follow follow{.from = units::UnitId{4}, .to = units::UnitId{5}, .is_certain = true};
  CHECK(statement_of(follow) == "4 5 past certain clock");
  follow.settled_by = 17;
  CHECK(statement_of(follow) == "4 5 past certain person");
}

TEST_CASE("a booking names the unit that has the day by then") {
  Changing room;
  room.reorganise(wards_merged);
  room.announce_it(room.on(Room::day(12, 3)));
  const auto prepared = room.try_prepare(Room::wish());
  REQUIRE(prepared.ok());
  CHECK(room.pass() == 1);
  REQUIRE(room.try_book(prepared.value()).ok());
  const std::string payload = room.read([](db::Read& r) {
    return *r.one(
        "SELECT payload FROM ledger_entry WHERE subject_kind = 'reception_turn' ORDER BY id DESC "
        "LIMIT 1",
        [](const db::Row& row) { return row.text(0); });
  });
  CHECK(payload.find("\"N1\"") != std::string::npos);
  CHECK(payload.find("\"P1\"") == std::string::npos);
}

TEST_CASE("of days and turns that follow a reorganisation nothing is lost and nothing goes twice") {
  Changing room;
  room.reorganise(wards_merged);
  const auto told = room.received();
  std::vector<ReceptionId> ids{room.id};
  for (unsigned day = 2; day <= 11; ++day) {
    if (day == 5 || day == 6) continue;
    room.announce_it(room.on(Room::day(12, day)));
    room.book_it();
    ids.push_back(room.id);
  }
  room.announce_it(room.on(Room::day(11, 27)));  // Over before anybody said that it is held.
  const ReceptionId missed = room.id;
  room.now = at_local(change_day) + std::chrono::hours(1);
  for (std::int64_t turn = 1; turn > 0;)
    turn = feedback::follow_reorganisation(room.database, room.random, room.now);
  std::int64_t went[2] = {};
  {
    std::thread other([&] { went[1] = follow_units(room.database, room.now); });
    went[0] = follow_units(room.database, room.now);
    other.join();
  }
  CHECK(went[0] + went[1] == std::ssize(ids));
  CHECK(follow_units(room.database, room.now) == 0);
  CHECK(follow_units(room.database, room.now + std::chrono::days(40)) == 0);
  for (const ReceptionId each : ids) {
    room.id = each;
    CHECK(room.follows().size() == 1);
    CHECK(room.count_turns() == 1);
    CHECK(room.unit_called(room.current().keeper) == "Phường Bắc");
  }
  room.id = missed;
  CHECK(room.follows().empty());
  CHECK(room.current().keeper == room.units.at("P1").id);
  CHECK(room.notices(told) == "reception.notice.followed_owed ");
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("a day that was given to another unit without a line is found") {
  Changing room;
  room.reorganise(wards_merged);
  room.announce_it(room.on(Room::day(12, 3)));
  CHECK(room.pass() == 1);
  REQUIRE(room.read(unfit_texts).empty());
  const units::UnitId city = room.units.at("01").id;
  room.write([&](db::Write& w) {
    w.run("UPDATE reception SET keeper_id = $1 WHERE id = $2", city, room.id);
  });
  const auto faults = room.read(unfit_texts);
  REQUIRE(faults.size() == 1);
  CHECK(std::string(faults.front().what).find("not kept by whom") != std::string::npos);
}

}  // namespace ln::reception
