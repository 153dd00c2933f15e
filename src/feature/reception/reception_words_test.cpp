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
  Bookers all;
  for (int n = 0; n < bookings_of_sender_all_max; ++n)
    CHECK(all.may_book(7, ReceptionId{n + 1}, test::monday));
  CHECK_FALSE(all.may_book(7, ReceptionId{9}, test::monday));
  CHECK(all.may_book(8, ReceptionId{9}, test::monday));
}

TEST_CASE("states, debts and erasures follow from the lines, and who edits them is found") {
  Room room;
  room.received();
  // Faults after a change of one row; none once it is undone.
  const auto faults = [&](db::Sql<> change, db::Sql<> undo) {
    room.write([&](db::Write& w) { w.run(change); });
    const auto found = room.read(unfit_texts).size();
    room.write([&](db::Write& w) { w.run(undo); });
    CHECK(room.read(unfit_texts).empty());
    return found;
  };
  CHECK(faults("UPDATE reception SET state = 'cancelled'", "UPDATE reception SET state = 'held'") ==
        1);
  CHECK(faults("UPDATE reception SET moved_count = 1", "UPDATE reception SET moved_count = 0") ==
        1);
  CHECK(faults("UPDATE reception_turn SET due_at = due_at + 86400000",
               "UPDATE reception_turn SET due_at = due_at - 86400000") == 1);
  CHECK(faults("UPDATE reception_turn SET results = 1", "UPDATE reception_turn SET results = 0") ==
        1);
  CHECK(faults("UPDATE reception_turn SET is_late = 1", "UPDATE reception_turn SET is_late = 0") ==
        1);
  CHECK(faults("UPDATE reception_turn SET erased_at = 1",
               "UPDATE reception_turn SET erased_at = NULL") == 1);
  // A day that nobody announced.
  room.write([&](db::Write& w) {
    w.run(
        "INSERT INTO reception (unit_id, unit_path, receiver, place, starts_at, turn_minutes, "
        "places, state, created_by, created_at) "
        "SELECT unit_id, unit_path, receiver, place, starts_at + 864000000, 20, 3, 'announced', "
        "created_by, created_at FROM reception");
  });
  CHECK(room.read(unfit_texts).size() == 1);
}

TEST_CASE("the ten days run from the turn, whenever somebody gets round to the log") {
  Room room;
  room.announce_it(room.typed());
  const auto told = room.book_it();
  room.hold_it();
  const auto unlogged = [&] {
    return room.read(
        [&](db::Read& r) { return count_unlogged(r, room.units.at("P1").id, room.now); });
  };
  CHECK(unlogged() == 0);
  const Instant turn = room.current().turn_at(1);
  room.now = room.current().day_ends_at() + std::chrono::days(20);
  // The day is over: what nobody wrote is the unit's debt, and said in public.
  CHECK(unlogged() == 1);
  REQUIRE(room.try_log(told, Room::said()).ok());
  CHECK(unlogged() == 0);
  CHECK(room.turn_now(told).came_at == turn);
  CHECK(to_iso(local_day(*room.turn_now(told).due_at)) == "2026-12-10");
  CHECK(room.turn_now(told).is_overdue(room.now));
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("of a complaint what was booked goes too, and a contest is not ended that way") {
  Room room;
  const auto told = room.received();
  const TypedEntry lawful{.presence = "came", .sort = "denunciation", .outcome = "lawful"};
  REQUIRE(room.try_result(told).ok());
  REQUIRE(room.try_contest(told).ok());
  CHECK(refusal(room.try_log(told, lawful)) == "reception.error.not_now");
  REQUIRE(room.try_decide(told, Ruling::stands).ok());
  REQUIRE(room.try_log(told, lawful).ok());
  const Turn after = room.turn_now(told);
  CHECK(after.about + after.name + after.contact == "");
  CHECK(room.read([&](db::Read& r) { return words_of(r, told.turn.id); }).empty());
  CHECK(room.notices(told) == "");
  CHECK(room.read([](db::Read& r) { return owed_scrub(r); }).size() == 1);
  CHECK(room.read(unfit_texts).empty());
  // Its holder erases it all the same: the destruction takes the place of the scrub.
  const HolderAct act = room.holder(told);
  REQUIRE(room.write([&](db::Write& w) { return erase(w, act); }).ok());
  CHECK(room.read([](db::Read& r) { return owed_destruction(r, 9); }).size() == 1);
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("who is said not to have come, of whom nothing is said, and who waits may contest") {
  Room room;
  room.announce_it(room.typed());
  const auto missed = room.book_it(), silent = room.book_it(), owed = room.book_it();
  room.hold_it();
  REQUIRE(room.try_log(owed, Room::said()).ok());
  room.now = room.current().turn_at(3);
  CHECK(refusal(room.try_contest(missed)) == "reception.error.not_now");  // The day is not over.
  REQUIRE(room.try_log(missed, {.presence = "missed"}).ok());
  REQUIRE(room.try_contest(missed, "Tôi có đến, không ai gọi").ok());
  CHECK(refusal(room.try_contest(silent)) == "reception.error.not_now");
  room.now = room.current().day_ends_at();
  REQUIRE(room.try_contest(silent, "Tôi có đến, không ai ghi").ok());
  CHECK(refusal(room.try_contest(owed)) == "reception.error.not_now");
  const Instant due = *room.turn_now(owed).due_at;
  room.now = due + std::chrono::days(20);
  REQUIRE(room.try_contest(owed, "Quá hạn đã lâu rồi").ok());
  // What is overdue gets no new days by being contested, and a late result stays late.
  REQUIRE(room.try_decide(owed, Ruling::again).ok());
  CHECK(room.turn_now(owed).due_at == due);
  REQUIRE(room.try_result(owed).ok());
  CHECK(room.turn_now(owed).is_late);
  // Who was said not to have come is owed a result when whoever stands above says so.
  REQUIRE(room.try_decide(missed, Ruling::again).ok());
  CHECK(room.turn_now(missed).is_owed());
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("a day that is moved leaves its trace where it stood, and stays within one date") {
  Room room;
  room.announce_it(room.typed());
  Typed other = room.typed();
  other.first = Room::day(11, 27);
  const ReceptionId first = room.id;
  room.announce_it(other);
  room.id = first;
  CHECK(refusal(room.try_move(at_local(Room::day(11, 27), std::chrono::hours(14)))) ==
        "reception.error.move_to");
  CHECK(refusal(room.try_move(at_local(Room::day(11, 30), std::chrono::minutes(23 * 60 + 30)))) ==
        "reception.error.move_to");
  REQUIRE(room.try_move(at_local(Room::day(12, 1), std::chrono::hours(8))).ok());
  const auto month = [&](int of) {
    for (const Month& each : room.read([&](db::Read& r) {
           return months_of(r, room.units.at("P1").id, Room::day(10, 1), room.now);
         }))
      if (each.first == Room::day(of, 1)) return each;
    return Month{};
  };
  CHECK(month(11).moved == 1);
  CHECK(month(11).announced == 1);  // The other one has not come yet.
  // On the very day, an hour before: who came meets nobody.
  room.now = room.current().starts_at - std::chrono::hours(1);
  REQUIRE(room.try_move(at_local(Room::day(12, 2), std::chrono::hours(8))).ok());
  CHECK(month(12).moved == 0);
  CHECK(month(12).not_held == 1);
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("free turns are those whose time has not come, and told in bands") {
  Room room;
  room.announce_it(room.typed());
  const auto free = [&] {
    return room.read([&](db::Read& r) { return free_of(r, room.current(), room.now); });
  };
  CHECK(free() == 3);
  room.hold_it();
  CHECK(free() == 2);  // The first one begins at this very moment.
  room.book_it();
  CHECK(free() == 1);
  room.now = room.current().turn_at(3);
  CHECK(free() == 0);
  CHECK(band_of(0, 3) == "none");
  CHECK(band_of(1, 3) == "few");
  CHECK(band_of(2, 3) == "many");
  CHECK(band_of(-1, 3) == "none");
}

TEST_CASE("who meets online leaves a contact, and a complaint is booked without a word") {
  Room room;
  room.announce_it(room.typed());
  Booking booking = Room::wish("");
  CHECK(refusal(room.try_prepare(booking)) == "fine");
  booking.way = "online";
  booking.contact = "";
  CHECK(refusal(room.try_prepare(booking)) == "reception.error.contact_online");
}

}  // namespace ln::reception
