// A session of dialogue in an office, with whoever asks and whoever runs it.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "core/ledger/ledger_sealer.h"
#include "feature/dialogue/dialogue_actions.h"
#include "test/office.h"

namespace ln::dialogue {

inline constexpr std::chrono::days a_day{1};
inline const std::string said =
    "Phường sẽ thông cống ngõ 12 trước Tết, có giám sát của tổ dân phố.";

struct Hall : test::Office {
  std::unique_ptr<ledger::Sealer> sealer = ledger::Sealer::open(
      database, {"langnghe.example/so-cai", "", "", [this] { return now; }}, random);
  DialogueId id{};

  people::Officer officer(const std::string& login) {
    const std::string token = login + " at " + std::to_string(to_ms(now));
    write([&](db::Write& w) {
      if (!people::find_session(w, people::hash_of(token)))
        REQUIRE(people::open_session(w, people::AccountId{accounts.at(login)}, token, now).ok());
    });
    const auto staff = read(
        [&](db::Read& r) { return people::SignIn::staff_of(r, people::hash_of(token), now, now); });
    REQUIRE(staff.has_value());
    return *people::Officer::of(*staff);
  }
  Typed typed() const {
    return {.topic_vi = "Thoát nước và vỉa hè phường Một",
            .topic_en = "Drains and pavements of ward One",
            .summary = "Đường ngập mỗi khi mưa, vỉa hè bị chiếm: ai làm gì, bao giờ xong.",
            .leader = "Chủ tịch phường Trưởng Hoa",
            .place = "Nhà văn hóa phường Một",
            .stream = "https://xem.example/doi-thoai",
            .closes_at = now + a_day * 6,
            .starts_at = now + a_day * 7};
  }
  Result<Announcement> try_prepare(const std::string& login, const Typed& what) {
    return prepare(officer(login), units.at("P1"), what, random, now);
  }
  void announce_it() {
    const auto made = try_prepare("hoa", typed());
    REQUIRE(made.ok());
    const auto done = write([&](db::Write& w) { return announce(w, made.value()); });
    REQUIRE(done.ok());
    id = done.value().id;
  }
  Dialogue session() {
    return *read([&](db::Read& r) { return find(r, id); });
  }
  struct Told {
    Question question;
    std::string secret;
  };
  Told ask_it(const std::string& body, const std::string& clerk = "") {
    const auto who = officer(clerk.empty() ? "thu" : clerk);
    const auto prepared = read([&](db::Read& r) {
      return prepare_question(r, id, {.body = body, .clerk = clerk.empty() ? nullptr : &who},
                              random, now);
    });
    REQUIRE(prepared.ok());
    const auto done = write([&](db::Write& w) { return ask(w, prepared.value(), now); });
    REQUIRE(done.ok());
    return {done.value().question, prepared.value().secret};
  }
  Question now_is(const Told& told) {
    return *read([&](db::Read& r) { return find_question(r, told.question.id); });
  }
  RunAct run(const std::string& login = "hoa", const Told* told = nullptr) {
    return {.officer = officer(login),
            .id = id,
            .revision = told == nullptr ? session().revision : now_is(*told).revision,
            .salts = ledger::draw(random),
            .now = now};
  }
  AskerAct by(const Told& told, const std::string& secret = "") {
    return {.citizen = people::Citizen(secret.empty() ? told.secret : secret),
            .code = *told.question.code,
            .salts = ledger::draw(random),
            .now = now};
  }
  // Does `what` with everything it needs; each act is drawn outside the transaction.
  template <class What>
  auto on_session(What what, const std::string& login = "hoa") {
    const RunAct act = run(login);
    return write([&](db::Write& w) { return what(w, act); });
  }
  template <class What>
  auto on_question(const Told& told, What what, const std::string& login = "hoa") {
    const RunAct act = run(login, &told);
    return write([&](db::Write& w) { return what(w, act); });
  }
  Result<Question> answer_it(const Told& told, const std::string& words = said) {
    return on_question(told, [&](db::Write& w, const RunAct& act) {
      return dialogue::answer(w, act, *told.question.code, words);
    });
  }
  void go_live() {
    now = session().starts_at;
    REQUIRE(on_session(start).ok());
  }
  std::string url(const std::string& more = "") const {
    return "/dialogues/" + std::to_string(id.value) + more;
  }
};

template <class T>
std::string error_of(const Result<T>& result) {
  return result.ok() ? "fine" : std::string(result.error().text.name());
}

inline const std::string minutes_text =
    "Biên bản buổi đối thoại: phường sẽ thông cống ngõ 12 trước Tết, tổ dân phố giám sát.";

}  // namespace ln::dialogue
