// A ward that receives: an office, a day of reception, and those who come.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_public_grassroots.h"
#include "core/ledger/ledger_sealer.h"
#include "core/notice/notice_store.h"
#include "feature/reception/reception_actions.h"
#include "feature/reception/reception_work.h"
#include "test/office.h"

namespace ln::reception {

inline constexpr const char* said_words =
    "Người dân nói ngõ 12 ngập mỗi khi mưa; phường hẹn kiểm tra cống.";
inline constexpr const char* result_words =
    "Phường đã nhận việc: đội thoát nước nạo vét cống ngõ 12 trước ngày 20/12.";

struct Room : test::Office {
  std::unique_ptr<ledger::Sealer> sealer = ledger::Sealer::open(
      database, {"langnghe.example/so-cai", "", "", [this] { return now; }}, random);
  ReceptionId id{};

  std::string token_of(const std::string& login) const {
    return login + "-in-" + std::to_string(to_ms(now));
  }
  people::Officer officer(const std::string& login) {
    const std::string token = token_of(login);
    write([&](db::Write& w) {
      if (!people::find_session(w, people::hash_of(token)))
        REQUIRE(people::open_session(w, people::AccountId{accounts.at(login)}, token, now).ok());
    });
    const auto staff = read(
        [&](db::Read& r) { return people::SignIn::staff_of(r, people::hash_of(token), now, now); });
    REQUIRE(staff.has_value());
    return *people::Officer::of(*staff);
  }
  // Somebody at their desk, signed in a moment ago.
  void sign_in(test::Browser& browser, const std::string& login) {
    officer(login);
    browser.set_cookie(std::string(people::session_cookie), token_of(login));
  }
  static Day day(int month, unsigned of_month, int year = 2026) {
    return Day{std::chrono::year(year) / month / of_month};
  }
  // Thursday, 26 November, 8 to 9 o'clock: three turns of twenty minutes.
  Typed typed() const {
    return {.receiver = "Chủ tịch Ủy ban nhân dân phường",
            .place = "Phòng tiếp công dân, tầng 1",
            .rhythm = Rhythm::once,
            .first = day(11, 26),
            .from = std::chrono::hours(8),
            .to = std::chrono::hours(9),
            .turn_minutes = 20,
            .places = 3};
  }
  Result<std::vector<Reception>> try_announce(const Typed& what,
                                              const std::string& login = "hoa",
                                              const std::string& unit = "P1") {
    auto made = prepare(officer(login), units.at(unit), what, now);
    if (!made.ok()) return made.error();
    return write([&](db::Write& w) { return announce(w, made.value()); });
  }
  std::vector<Reception> announce_it(const Typed& what,
                                     const std::string& login = "hoa",
                                     const std::string& unit = "P1") {
    auto made = try_announce(what, login, unit);
    REQUIRE(made.ok());
    id = made.value().front().id;
    return std::move(made).value();
  }
  Reception current() {
    return *read([&](db::Read& r) { return find(r, id); });
  }
  DayAct by(const std::string& login) { return {officer(login), id, current().revision, now}; }
  Result<Reception> try_move(Instant to, const std::string& reason = "Họp Hội đồng nhân dân") {
    const DayAct act = by("hoa");
    return write([&](db::Write& w) { return move_day(w, act, to, reason); });
  }
  Result<Reception> try_cancel(const std::string& reason = "Bão số 12, nghỉ toàn thành phố",
                               const std::string& login = "hoa") {
    const DayAct act = by(login);
    return write([&](db::Write& w) { return cancel_day(w, act, reason); });
  }
  Result<Reception> try_hold(const std::string& login = "thu") {
    const DayAct act = by(login);
    return write([&](db::Write& w) { return hold_day(w, act); });
  }
  // An announced day, and the clock at its first turn.
  void hold_it() {
    now = current().starts_at;
    REQUIRE(try_hold().ok());
  }

  struct Told {
    Turn turn;
    std::string secret;
  };
  static Booking wish(const std::string& about = "Ngõ 12 ngập nước mỗi khi mưa") {
    return {.about = about,
            .name = "Bác Tư",
            .contact = "0912 345 678",
            .way = "person",
            .worked_bits = work_bits_max};  // What it costs is tested by itself.
  }
  Result<Prepared> try_prepare(const Booking& booking) {
    return read([&](db::Read& r) { return prepare_booking(r, id, booking, random, now); });
  }
  Result<Booked> try_book(const Prepared& prepared) {
    return write([&](db::Write& w) { return book(w, prepared, now); });
  }
  Told book_it(const Booking& booking = wish()) {
    const auto prepared = try_prepare(booking);
    REQUIRE(prepared.ok());
    const auto booked = try_book(prepared.value());
    REQUIRE(booked.ok());
    return {booked.value().turn, prepared.value().secret};
  }
  Told walk_in(const std::string& login = "thu") {
    const people::Officer clerk = officer(login);
    Booking booking = wish();
    booking.clerk = &clerk;
    return book_it(booking);
  }
  Turn turn_now(const Told& told) {
    return *read([&](db::Read& r) { return find_turn(r, told.turn.id); });
  }
  TurnAct at(const Told& told, const std::string& login) {
    return {officer(login),       id, *told.turn.code, turn_now(told).revision,
            ledger::draw(random), now};
  }
  HolderAct holder(const Told& told) {
    return {people::Citizen(told.secret), *told.turn.code, ledger::draw(random), now};
  }
  static TypedEntry said(const std::string& outcome = "written") {
    return {.presence = "came", .sort = "report", .outcome = outcome, .summary = said_words};
  }
  Result<Turn> try_log(const Told& told, const TypedEntry& what, const std::string& login = "thu") {
    const TurnAct act = at(told, login);
    return write([&](db::Write& w) { return enter(w, act, what); });
  }
  Result<Turn> try_result(const Told& told,
                          const std::string& words = result_words,
                          const std::string& login = "hoa") {
    const TurnAct act = at(told, login);
    return write([&](db::Write& w) { return give_result(w, act, words); });
  }
  Result<Turn> try_contest(const Told& told,
                           const std::string& words = "Tôi hỏi bao giờ hết ngập") {
    const HolderAct act = holder(told);
    return write([&](db::Write& w) { return contest(w, act, words); });
  }
  Result<Turn> try_decide(const Told& told,
                          Ruling ruling,
                          const std::string& login = "thanh",
                          const std::string& words = "Văn bản chưa nói ngày xong.") {
    const TurnAct act = at(told, login);
    return write([&](db::Write& w) { return decide(w, act, ruling, words); });
  }
  // Booked, came, and a written result is owed.
  Told received() {
    announce_it(typed());
    Told told = book_it();
    hold_it();
    REQUIRE(try_log(told, said()).ok());
    return told;
  }
  // What notices about a turn say.
  std::string notices(const Told& told) {
    std::string all;
    for (const notice::Notice& each : read([&](db::Read& r) {
           return notice::told_about(r, {"reception_turn", told.turn.id.value});
         }))
      all += std::string(each.text.name()) + " ";
    return all;
  }
  // The facts of this room, the oldest first.
  std::string told_facts() {
    std::string all;
    for (const ledger::Stored& each :
         read([](db::Read& r) { return ledger::facts_before(r, 1'000'000, 1'000); }))
      if (const auto fact = ledger::parse_grassroots(each.payload);
          fact && fact->room == "reception")
        all = fact->what + " " + all;
    return all;
  }
  std::string url(const std::string& more = "") const {
    return "/receptions/" + std::to_string(id.value) + more;
  }
  std::string desk(const Told& told) const {
    return "/staff/receptions/" + std::to_string(id.value) + "/turns/" + told.turn.code->text();
  }
};

template <class T>
std::string refusal(const Result<T>& result) {
  return result.ok() ? "fine" : std::string(result.error().text.name());
}

}  // namespace ln::reception
