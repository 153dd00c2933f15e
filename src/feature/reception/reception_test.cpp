#include <doctest/doctest.h>

#include "core/ledger/ledger_verify.h"
#include "core/workdays/workdays.h"
#include "feature/reception/reception_store_check.h"
#include "test/reception_room.h"

namespace ln::reception {
namespace {

std::string days_in(const std::vector<Reception>& all) {
  std::string text;
  for (const Reception& each : all) text += to_iso(local_day(each.starts_at)).substr(5) + " ";
  return text;
}

const char* const no_day = "reception.error.none";

}  // namespace

TEST_CASE("days by a rule move to the next working day and stand once") {
  Room room;
  Typed monthly = room.typed();
  monthly.rhythm = Rhythm::monthly;
  monthly.first = Room::day(11, 23);
  monthly.month_day = 15;
  monthly.months = 4;
  // 15 February 2027 is in the Tết holiday, 15 March a Monday.
  const auto days = room.announce_it(monthly);
  CHECK(days.size() == 4);
  for (const Reception& each : days)
    CHECK(workdays::current()->days().is_working_day(local_day(each.starts_at)));
  CHECK(days_in(days).starts_with("12-15 01-15 02-"));
  CHECK(days_in(days).ends_with("03-15 "));
  Typed weekly = room.typed();
  weekly.receiver = "Bí thư Đảng ủy phường";
  weekly.rhythm = Rhythm::weekly;
  weekly.first = Room::day(11, 23);
  weekly.weekday = 2;
  weekly.months = 1;
  // Tuesday, 24 November, is the Vietnamese Culture Day.
  CHECK(days_in(room.announce_it(weekly)) == "11-25 12-01 12-08 12-15 12-22 ");
  // The same rule again announces nothing twice; what is new in a longer one is added.
  CHECK(refusal(room.try_announce(weekly)) == "reception.error.announced");
  weekly.months = 2;
  CHECK(room.try_announce(weekly).value().size() >= 4);
}

TEST_CASE("only a head announces, and each wrong field is told beside it") {
  Room room;
  CHECK(refusal(room.try_announce(room.typed(), "thu")) == "reception.error.not_head");
  CHECK(refusal(room.try_announce(room.typed(), "hai")) == "reception.error.not_head");
  CHECK(refusal(room.try_announce(room.typed(), "thanh")) == "fine");
  Typed wrong{.receiver = "A", .place = "", .turn_minutes = 3, .places = 0};
  const auto refused = room.try_announce(wrong);
  REQUIRE_FALSE(refused.ok());
  std::string fields;
  for (const FieldError& each : refused.error().fields) fields += each.field + " ";
  CHECK(fields == "receiver place rhythm first from to turn_minutes places ");
  wrong = room.typed();
  wrong.places = 4;
  CHECK(refusal(room.try_announce(wrong)) == "reception.error.places_fit");
  wrong = room.typed();
  wrong.rhythm = Rhythm::monthly;
  wrong.month_day = 31;
  wrong.months = 13;
  CHECK(room.try_announce(wrong).error().fields.size() == 2);
  wrong.rhythm = Rhythm::weekly;
  wrong.months = 2;
  wrong.weekday = 6;
  CHECK(refusal(room.try_announce(wrong)) == "reception.error.weekday");
  wrong = room.typed();
  wrong.first = Room::day(11, 23);
  CHECK(refusal(room.try_announce(wrong)) == "reception.error.no_days");  // It is nine o'clock.
}

TEST_CASE("each happening of a day is a line in clear") {
  Room room;
  room.announce_it(room.typed());
  REQUIRE(room.try_move(at_local(Room::day(11, 27), std::chrono::hours(14))).ok());
  CHECK(room.told_facts() == "announced moved ");
  room.hold_it();
  CHECK(room.told_facts() == "announced moved held ");
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("a day that was moved tells who booked, and keeps their turns") {
  Room room;
  room.announce_it(room.typed());
  const auto told = room.book_it();
  Booking silent = Room::wish();
  silent.contact = "";
  const auto other = room.book_it(silent);
  CHECK(refusal(room.try_move(at_local(Room::day(11, 28), std::chrono::hours(8)))) ==
        "reception.error.move_to");  // a Saturday
  CHECK(refusal(room.try_move(room.now)) == "reception.error.move_to");
  CHECK(refusal(room.try_move(at_local(Room::day(11, 27), std::chrono::hours(8)), "Bận")) ==
        "reception.error.short");
  CHECK(room.notices(told) == "");
  REQUIRE(room.try_move(at_local(Room::day(11, 27), std::chrono::hours(14))).ok());
  REQUIRE(room.try_move(at_local(Room::day(11, 30), std::chrono::hours(14))).ok());
  CHECK(room.notices(told) == "reception.notice.moved reception.notice.moved ");
  CHECK(room.notices(other) == "");
  CHECK(room.current().moved_count == 2);
  CHECK(refusal(room.try_move(at_local(Room::day(12, 1), std::chrono::hours(14)))) ==
        "reception.error.moved_enough");
  CHECK(*room.turn_now(told).words_until == room.current().day_ends_at() + words_kept);
  test::Browser holder(room, room.router, room.site);
  holder.get("/receptions/turns/" + told.turn.code->text()).fill("secret", told.secret).press("Mở");
  CHECK(holder.shows("Buổi này đã dời"));
  CHECK(holder.shows("14:00 thứ\u00a0Hai 30/11/2026"));
}

TEST_CASE("a day is cancelled before it begins, and who does not come has not held it") {
  Room room;
  room.announce_it(room.typed());
  const auto told = room.book_it();
  CHECK(refusal(room.try_cancel("Bão số 12, nghỉ toàn thành phố", "thu")) == no_day);
  CHECK(refusal(room.try_cancel("Bận")) == "reception.error.short");
  REQUIRE(room.try_cancel().ok());
  CHECK(room.notices(told) == "reception.notice.cancelled ");
  CHECK(refusal(room.try_cancel()) == "reception.error.not_now");
  CHECK(refusal(room.try_hold()) == "reception.error.not_now");
  CHECK(refusal(room.try_prepare(Room::wish())) == "reception.error.closed");
  CHECK_FALSE(room.turn_now(told).is_owed());

  Typed next = room.typed();
  next.first = Room::day(11, 27);
  room.announce_it(next);
  room.now = room.current().starts_at + std::chrono::minutes(1);
  CHECK(refusal(room.try_cancel()) == "reception.error.not_now");
  CHECK(refusal(room.try_move(room.now + std::chrono::hours(3))) == "reception.error.not_now");
  room.now = room.current().day_ends_at();
  CHECK(refusal(room.try_hold()) == "reception.error.not_now");
  CHECK(room.current().was_not_held(room.now));
  const auto months = room.read([&](db::Read& r) {
    return months_of(r, room.units.at("P1").id, local_day(room.now), room.now);
  });
  REQUIRE(months.size() == 1);
  CHECK(months.front().announced == 2);
  CHECK(months.front().cancelled == 1);
  CHECK(months.front().not_held == 1);
  CHECK(months.front().held == 0);
}

TEST_CASE("of two who want the last turn one is told that the day is full") {
  Room room;
  room.announce_it(room.typed());
  CHECK(room.book_it().turn.slot == 1);
  const auto second = room.book_it();
  CHECK(second.turn.slot == 2);
  // Both saw one free turn.
  const auto one = room.try_prepare(Room::wish()), other = room.try_prepare(Room::wish());
  REQUIRE(one.ok());
  REQUIRE(other.ok());
  CHECK(room.try_book(one.value()).value().turn.slot == 3);
  CHECK(refusal(room.try_book(other.value())) == "reception.error.full");
  // What is given back is free again.
  const HolderAct act = room.holder(second);
  REQUIRE(room.write([&](db::Write& w) { return give_back(w, act); }).ok());
  CHECK(room.try_book(other.value()).value().turn.slot == 2);
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("turns whose time has passed are booked by nobody but at the counter") {
  Room room;
  room.announce_it(room.typed());
  room.hold_it();
  CHECK(room.book_it().turn.slot == 2);  // The first turn begins at this very moment.
  CHECK(room.walk_in().turn.slot == 1);  // Who stands there takes it.
  CHECK(room.walk_in().turn.slot == 3);
  // All turns are taken: nobody who came is sent away.
  CHECK(room.walk_in().turn.slot == 4);
  CHECK(refusal(room.try_book(room.try_prepare(Room::wish()).value())) == "reception.error.full");
  room.now = room.current().turn_at(3);
  CHECK(refusal(room.try_prepare(Room::wish())) == "reception.error.closed");
  Booking booking = Room::wish();
  const people::Officer elsewhere = room.officer("hai");
  booking.clerk = &elsewhere;
  CHECK(refusal(room.try_prepare(booking)) == no_day);
  const people::Officer above = room.officer("thanh");
  booking.clerk = &above;
  CHECK(refusal(room.try_prepare(booking)) == no_day);
}

TEST_CASE("at the counter somebody is taken in only while the day is held") {
  Room room;
  room.announce_it(room.typed());
  Booking booking = Room::wish();
  const people::Officer clerk = room.officer("thu");
  booking.clerk = &clerk;
  CHECK(refusal(room.try_prepare(booking)) == "reception.error.not_held");
}

TEST_CASE("what is typed into a booking is checked beside its field") {
  Room room;
  room.announce_it(room.typed());
  const auto wrong = room.try_prepare({.about = "Ngập",
                                       .name = std::string(name_chars_max + 1, 'a'),
                                       .contact = "ở nhà",
                                       .way = "boat",
                                       .case_code = "7K2M9QPR"});
  REQUIRE_FALSE(wrong.ok());
  std::string fields;
  for (const FieldError& each : wrong.error().fields) fields += each.field + " ";
  CHECK(fields == "about name contact way case_code ");
  Booking booking = Room::wish(std::string(about_chars_max + 1, 'a'));
  CHECK(refusal(room.try_prepare(booking)) == "reception.error.long");
  room.id = ReceptionId{99};
  CHECK(refusal(room.try_prepare(Room::wish())) == no_day);
}

TEST_CASE("a case is tied to a turn only when its secret comes too") {
  Room room;
  const auto lamp = room.lamp();
  const auto guarded = room.conduct();
  room.announce_it(room.typed());
  Booking booking = Room::wish();
  booking.case_code = lamp.code.shown();
  CHECK(refusal(room.try_prepare(booking)) == "reception.error.case");
  booking.case_secret = "ABCDEFGHJKLMNPQRSTUV";
  CHECK(refusal(room.try_prepare(booking)) == "reception.error.case");
  booking.case_secret = room.secrets.at(lamp.code.text());
  const auto tied = room.book_it(booking);
  CHECK(tied.turn.case_id == lamp.id.value);
  // A protected case is tied to nothing, even by its own sender.
  booking.case_code = guarded.code.shown();
  booking.case_secret = room.secrets.at(guarded.code.text());
  const auto refused = room.try_prepare(booking);
  if (room.now_is(guarded).is_protected)
    CHECK(refusal(refused) == "reception.error.case");
  else
    CHECK(refused.ok());
}

TEST_CASE("a result is owed ten working days after somebody came, and a correction takes no debt") {
  Room room;
  const auto told = room.received();
  // From Thursday, 26 November: the tenth working day is Thursday, 10 December.
  const Turn owed = room.turn_now(told);
  REQUIRE(owed.is_owed());
  CHECK(to_iso(local_day(*owed.due_at)) == "2026-12-10");
  CHECK_FALSE(owed.is_overdue(*owed.due_at));
  CHECK(owed.is_overdue(*owed.due_at + std::chrono::seconds(1)));
  CHECK_FALSE(owed.words_until.has_value());
  REQUIRE(room.try_log(told, Room::said("answered")).ok());
  CHECK(room.turn_now(told).due_at == owed.due_at);
  const auto entries = room.read([&](db::Read& r) { return entries_of(r, told.turn.id); });
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].outcome == Outcome::written);
  CHECK(entries[1].outcome == Outcome::answered);
  CHECK(refusal(room.try_log(told, {.presence = "missed"})) == "reception.error.came_already");
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("the log is written by the very unit, on a day that is held") {
  Room room;
  room.announce_it(room.typed());
  const auto told = room.book_it();
  CHECK(refusal(room.try_log(told, Room::said())) == "reception.error.not_held");
  room.hold_it();
  for (const char* login : {"hai", "thanh"})
    CHECK(refusal(room.try_log(told, Room::said(), login)) == no_day);
  CHECK(refusal(room.try_log(told, {.presence = "booked"})) == "reception.error.presence");
  CHECK(refusal(room.try_log(told, {.presence = "came"})) == "reception.error.sort");
  CHECK(refusal(room.try_log(told, {.presence = "came", .sort = "report"})) ==
        "reception.error.outcome");
  TypedEntry entry = Room::said();
  entry.summary = "Ngập.";
  CHECK(refusal(room.try_log(told, entry)) == "reception.error.short");
  entry.summary = std::string(summary_chars_max + 1, 'a');
  CHECK(refusal(room.try_log(told, entry)) == "reception.error.long");
  const TurnAct old = room.at(told, "thu");
  room.now = room.current().turn_at(2) - std::chrono::seconds(1);
  CHECK(refusal(room.try_log(told, {.presence = "missed"})) == "reception.error.too_early");
  room.now = room.current().turn_at(2);
  CHECK(refusal(room.try_log(told, {.presence = "missed", .summary = "Đợi mãi không thấy ai"})) ==
        "reception.error.missed_words");
  REQUIRE(room.try_log(told, {.presence = "missed"}).ok());
  CHECK(room.turn_now(told).state == TurnState::missed);
  CHECK(refusal(room.write([&](db::Write& w) { return enter(w, old, Room::said()); })) ==
        "reception.error.changed");
  // They came late after all: another entry says so.
  REQUIRE(room.try_log(told, Room::said("answered")).ok());
  CHECK(room.turn_now(told).state == TurnState::came);
  CHECK(room.turn_now(told).words_until == room.current().starts_at + words_kept);
  // While whoever stands above reads them, the words stay.
  REQUIRE(room.try_contest(told).ok());
  REQUIRE(room.try_log(told, Room::said("answered")).ok());
  CHECK_FALSE(room.turn_now(told).words_until.has_value());
}

TEST_CASE("of a complaint or denunciation the lawful way is told and no word is kept") {
  Room room;
  const auto told = room.received();
  TypedEntry entry = Room::said();
  for (const char* sort : {"complaint", "denunciation"}) {
    entry.sort = sort;
    entry.outcome = "written";
    CHECK(refusal(room.try_log(told, entry)) == "reception.error.lawful_only");
    entry.outcome = "lawful";
    CHECK(refusal(room.try_log(told, entry)) == "reception.error.no_words");
  }
  entry.sort = "report";
  CHECK(refusal(room.try_log(told, entry)) == "reception.error.not_lawful");
  // It was written down as a report first: what was said goes.
  CHECK(room.read([&](db::Read& r) { return words_of(r, told.turn.id); }).size() == 1);
  REQUIRE(room.try_log(told, {.presence = "came", .sort = "complaint", .outcome = "lawful"}).ok());
  CHECK(room.read([&](db::Read& r) { return words_of(r, told.turn.id); }).empty());
  CHECK(room.read(unfit_texts).empty());
  // And back again: what was dropped stays dropped, and is no fault.
  REQUIRE(room.try_log(told, Room::said()).ok());
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("what was passed on, promised or made a case is tied to what there is") {
  Room room;
  const auto lamp = room.lamp();
  const auto told = room.received();
  TypedEntry entry = Room::said("passed");
  CHECK(refusal(room.try_log(told, entry)) == "reception.error.passed_to");
  entry.passed_to = "P1";
  CHECK(refusal(room.try_log(told, entry)) == "reception.error.passed_to");
  entry.passed_to = "P2";
  REQUIRE(room.try_log(told, entry).ok());
  entry = Room::said("promised");
  entry.commitment = 7;
  CHECK(refusal(room.try_log(told, entry)) == "reception.error.commitment");
  entry = Room::said("case");
  CHECK(refusal(room.try_log(told, entry)) == "reception.error.entry_case");
  entry.case_code = lamp.code.text();
  REQUIRE(room.try_log(told, entry).ok());
  const auto entries = room.read([&](db::Read& r) { return entries_of(r, told.turn.id); });
  CHECK(entries.at(1).passed_to == room.units.at("P2").id);
  CHECK(entries.at(2).case_id == lamp.id.value);
}

TEST_CASE("the head gives the written result, late or in time, and the holder is told") {
  Room room;
  const auto told = room.received();
  CHECK(refusal(room.try_result(told, result_words, "thu")) == no_day);
  CHECK(refusal(room.try_result(told, result_words, "thanh")) == no_day);
  CHECK(refusal(room.try_result(told, "Đã nhận.")) == "reception.error.short");
  const Instant due = *room.turn_now(told).due_at;
  room.now = due + std::chrono::seconds(1);
  const auto standing = [&] {
    return room.read([&](db::Read& r) { return standings(r, room.now, 0, 10).front().overdue; });
  };
  CHECK(standing() == 1);
  REQUIRE(room.try_result(told).ok());
  CHECK(standing() == 0);
  CHECK(room.turn_now(told).is_late);
  CHECK(room.notices(told) == "reception.notice.result ");
  CHECK(refusal(room.try_result(told)) == "reception.error.not_now");
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("a result is contested once, in time, and decided above") {
  Room room;
  const auto told = room.received();
  CHECK(refusal(room.try_contest(told)) == "reception.error.not_now");  // It is still owed.
  REQUIRE(room.try_result(told).ok());
  CHECK(refusal(room.try_contest(told, "Sai")) == "reception.error.short");
  Room::Told stranger = told;
  stranger.secret = "ABCDEFGHJKLMNPQRSTUV";
  CHECK(refusal(room.try_contest(stranger)) == "reception.error.code_or_secret");
  REQUIRE(room.try_contest(told).ok());
  CHECK(refusal(room.try_contest(told)) == "reception.error.not_now");
  CHECK_FALSE(room.turn_now(told).words_until.has_value());
  for (const char* login : {"hoa", "hai", "thu"})
    CHECK(refusal(room.try_decide(told, Ruling::again, login)) == no_day);
  CHECK(refusal(room.try_decide(told, Ruling::erased)) == "reception.error.not_now");
  CHECK(refusal(room.try_decide(told, Ruling::again, "thanh", "Vâng")) == "reception.error.short");
  REQUIRE(room.try_decide(told, Ruling::again).ok());
  CHECK(refusal(room.try_decide(told, Ruling::stands)) == "reception.error.not_now");
  CHECK(room.turn_now(told).is_owed());
  REQUIRE(room.try_result(told, "Đội thoát nước làm xong ngày 18/12, có biên bản kèm.").ok());
  CHECK(room.turn_now(told).results == 2);
  CHECK(refusal(room.try_contest(told)) == "reception.error.not_now");
  CHECK(room.read(unfit_texts).empty());
}

TEST_CASE("after fifteen days nobody contests, and what stands is kept ninety days") {
  Room room;
  const auto told = room.received();
  REQUIRE(room.try_result(told).ok());
  const Instant given = room.now;
  room.now = given + contest_window;
  CHECK(refusal(room.try_contest(told)) == "reception.error.not_now");
  room.now -= std::chrono::seconds(1);
  REQUIRE(room.try_contest(told).ok());
  REQUIRE(room.try_decide(told, Ruling::stands).ok());
  CHECK(room.turn_now(told).words_until == room.now + words_kept);
}

TEST_CASE("nobody above the city: another head of it decides, and not who answered") {
  Room room;
  room.write([&](db::Write& w) {
    room.add_account(w, "bac", "Trưởng Bắc", people::Role::head, "01");
    room.add_account(w, "van", "Văn thư Vân", people::Role::clerk, "01");
  });
  room.announce_it(room.typed(), "thanh", "01");
  const auto told = room.book_it();
  room.now = room.current().starts_at;
  REQUIRE(room.try_hold("van").ok());
  REQUIRE(room.try_log(told, Room::said(), "van").ok());
  REQUIRE(room.try_result(told, result_words, "thanh").ok());
  REQUIRE(room.try_contest(told).ok());
  CHECK(refusal(room.try_decide(told, Ruling::stands, "thanh")) == no_day);
  CHECK(refusal(room.try_decide(told, Ruling::stands, "van")) == no_day);
  CHECK(room.try_decide(told, Ruling::stands, "bac").ok());
}

}  // namespace ln::reception
