// What becomes of words, and what is found when somebody changes them; duties and counts.
#include <doctest/doctest.h>

#include "core/ledger/ledger_verify.h"
#include "feature/reception/reception_jobs.h"
#include "feature/reception/reception_store_check.h"
#include "test/reception_room.h"

namespace ln::reception {

TEST_CASE("words go ninety days after the result by the clock, and the row still counts") {
  Room room;
  const auto told = room.received();
  REQUIRE(room.try_result(told).ok());
  room.now += words_kept;
  CHECK(forget_words(room.database, room.random, room.now) == 0);
  room.now += std::chrono::seconds(1);
  CHECK(forget_words(room.database, room.random, room.now) == 1);
  CHECK(forget_words(room.database, room.random, room.now) == 0);
  const Turn gone = room.turn_now(told);
  CHECK(gone.erased_at.has_value());
  CHECK(gone.about + gone.name + gone.contact == "");
  CHECK(gone.state == TurnState::came);
  CHECK(gone.results == 1);
  CHECK(room.read([&](db::Read& r) { return words_of(r, told.turn.id); }).empty());
  CHECK(room.notices(told) == "");
  CHECK(refusal(room.try_log(told, Room::said())) == "reception.error.not_now");
  CHECK(refusal(room.try_contest(told)) == "reception.error.not_now");
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("words of a day that was cancelled, and of who never came, do not wait for ever") {
  Room room;
  room.announce_it(room.typed());
  const auto never = room.book_it();
  Typed next = room.typed();
  next.first = Room::day(11, 27);
  room.announce_it(next);
  const auto cancelled = room.book_it();
  REQUIRE(room.try_cancel().ok());
  room.now += std::chrono::days(100);
  CHECK(forget_words(room.database, room.random, room.now) == 2);
  CHECK(room.turn_now(never).erased_at.has_value());
  CHECK(room.turn_now(cancelled).erased_at.has_value());
}

TEST_CASE("a holder erases at once, also what is owed and what waits above") {
  Room room;
  const auto told = room.received();
  REQUIRE(room.try_result(told).ok());
  REQUIRE(room.try_contest(told).ok());
  Room::Told stranger = told;
  stranger.secret = "ABCDEFGHJKLMNPQRSTUV";
  const HolderAct wrong = room.holder(stranger), act = room.holder(told);
  CHECK(refusal(room.write([&](db::Write& w) { return erase(w, wrong); })) ==
        "reception.error.code_or_secret");
  REQUIRE(room.write([&](db::Write& w) { return erase(w, act); }).ok());
  CHECK(refusal(room.write([&](db::Write& w) { return erase(w, act); })) ==
        "reception.error.not_now");
  const auto contest = room.read([&](db::Read& r) { return find_contest(r, told.turn.id); });
  REQUIRE(contest.has_value());
  CHECK(contest->ruling == Ruling::erased);
  CHECK(room.read([&](db::Read& r) { return open_contests(r, "/1/", 10); }).empty());
  CHECK_FALSE(room.turn_now(told).is_owed());
  // Who was received gives no turn back.
  CHECK(refusal(room.write([&](db::Write& w) { return give_back(w, act); })) ==
        "reception.error.not_now");
}

TEST_CASE("who edits words or takes an entry away is found") {
  Room room;
  const auto told = room.received();
  REQUIRE(room.try_result(told).ok());
  CHECK(room.read(unfit_texts).empty());
  CHECK_THROWS(
      room.write([&](db::Write& w) { w.run("UPDATE reception_entry SET outcome = 'answered'"); }));
  CHECK_THROWS(room.write([&](db::Write& w) { w.run("DELETE FROM reception_entry"); }));
  CHECK_THROWS(room.write([&](db::Write& w) { w.run("UPDATE reception_words SET body = 'x'"); }));
  CHECK_THROWS(room.write([&](db::Write& w) { w.run("UPDATE reception_event SET words = 'x'"); }));
  room.write([&](db::Write& w) { w.run("UPDATE reception SET receiver = 'Phó chủ tịch'"); });
  CHECK(room.read(unfit_texts).size() == 2);  // announced and held
  room.write([&](db::Write& w) {
    w.run("UPDATE reception SET receiver = 'Chủ tịch Ủy ban nhân dân phường'");
    w.run("UPDATE reception_turn SET about = 'Chuyện khác hẳn'");
  });
  CHECK(room.read(unfit_texts).size() == 1);
  room.write([&](db::Write& w) {
    w.run("DELETE FROM reception_words WHERE what = 'result'");
    w.run("UPDATE reception SET starts_at = starts_at + 60000");
  });
  CHECK(room.read(unfit_texts).size() == 3);
}

TEST_CASE("duties are dated, with a source, and those not checked say so") {
  for (const Duty& each : duties()) CHECK_FALSE(each.source.empty());
  const Duty* old = duty_on(units::Kind::commune, Room::day(6, 30));
  REQUIRE(old != nullptr);
  CHECK(old->is_weekly);
  CHECK(owed_in(*old, Room::day(6, 1)) == 5);  // Mondays of June 2026
  const Duty* now = duty_on(units::Kind::commune, Room::day(7, 1));
  REQUIRE(now != nullptr);
  CHECK(owed_in(*now, Room::day(7, 1)) == 2);
  CHECK_FALSE(now->is_confirmed);
  CHECK(duty_on(units::Kind::counter, Room::day(7, 1)) == nullptr);
  CHECK_FALSE(read_duties("head\ncommune,2026-07-01,,0,month,no,x\n").has_value());
  CHECK_FALSE(read_duties("head\ncommune,2026-07-01,,2,year,no,x\n").has_value());
  CHECK_FALSE(read_duties("head\nvillage,2026-07-01,,2,month,no,x\n").has_value());
}

TEST_CASE("numbers of few people are told to nobody, nor is one that gives them away") {
  const auto told = [](std::int64_t came, std::int64_t on_time, std::int64_t late) {
    const ToldPeople all = told_of({.came = came, .on_time = on_time, .late = late});
    return std::string(all.came ? "came " : "") + (all.on_time ? "on_time " : "") +
           (all.late ? "late " : "");
  };
  CHECK(told(0, 0, 0) == "");
  CHECK(told(people_floor - 1, people_floor - 1, 0) == "");
  CHECK(told(people_floor, people_floor, 0) == "came on_time late ");
  // Nine were late, one got no result, or nine were in time: none follows from the others.
  CHECK(told(30, 21, 9) == "came ");
  CHECK(told(30, 19, 10) == "came ");
  CHECK(told(30, 9, 21) == "came ");
  CHECK(told(40, 20, 10) == "came on_time late ");
}

TEST_CASE("people are counted over quarters that have been over for thirty days") {
  const auto quarter = [](Day today) {
    const Quarter last = last_quarter(today);
    return to_iso(last.first) + " " + to_iso(last.end);
  };
  CHECK(quarter(Room::day(10, 30)) == "2026-04-01 2026-07-01");
  CHECK(quarter(Room::day(10, 31)) == "2026-07-01 2026-10-01");
  CHECK(quarter(Room::day(1, 5)) == "2025-07-01 2025-10-01");
  CHECK(quarter(Room::day(2, 1)) == "2025-10-01 2026-01-01");
  Room room;
  const auto told = room.received();
  const auto unit = room.units.at("P1").id;
  const auto people = room.read(
      [&](db::Read& r) { return people_of(r, unit, last_quarter(Room::day(2, 1, 2027))); });
  CHECK(people.came == 1);
  CHECK(people.on_time + people.late == 0);
}

TEST_CASE("one sender books three turns of one day and no more") {
  Bookers counted;
  for (int n = 0; n < bookings_of_sender_max; ++n)
    CHECK(counted.may_book(7, ReceptionId{1}, test::monday));
  CHECK_FALSE(counted.may_book(7, ReceptionId{1}, test::monday));
  CHECK(counted.may_book(7, ReceptionId{2}, test::monday));
  CHECK(counted.may_book(8, ReceptionId{1}, test::monday));
  CHECK(counted.may_book(7, ReceptionId{1}, test::monday + std::chrono::days(1)));
}

}  // namespace ln::reception
