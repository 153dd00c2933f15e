// A project in an office: its prices, forty households with their letters, and whoever asks and
// answers.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "core/ledger/ledger_sealer.h"
#include "core/people/people_code.h"
#include "feature/project/project_actions.h"
#include "feature/project/project_actions_household.h"
#include "test/office.h"

namespace ln::project {

inline constexpr std::chrono::days a_day{1};
inline constexpr const char* file_head =
    "ho,chu_ho,dia_chi,thua_dat,dien_tich,loai_dat,vat_kien_truc,ho_tro\n";
inline constexpr const char* price_text =
    "ONT; Đất ở nông thôn; 12.000.000\nCLN; Đất trồng cây lâu năm; 250.000";
inline constexpr const char* good_words =
    "Đã đo lại ngày 20/11 cùng chủ hộ: số đo trong biên bản là đúng.";

template <class T>
std::string error_of(const Result<T>& result) {
  return result.ok() ? "fine" : std::string(result.error().text.name());
}

struct Ground : test::Office {
  std::unique_ptr<ledger::Sealer> sealer = ledger::Sealer::open(
      database, {"langnghe.example/so-cai", "", "", [this] { return now; }}, random);
  ProjectId id{};
  std::vector<Letter> letters{};

  people::Staff staff(const std::string& login) {
    const std::string token = login + " at " + std::to_string(to_ms(now));
    write([&](db::Write& w) {
      if (!people::find_session(w, people::hash_of(token)))
        REQUIRE(people::open_session(w, people::AccountId{accounts.at(login)}, token, now).ok());
    });
    const auto found = read(
        [&](db::Read& r) { return people::SignIn::staff_of(r, people::hash_of(token), now, now); });
    REQUIRE(found.has_value());
    return *found;
  }
  people::Officer officer(const std::string& login) { return *people::Officer::of(staff(login)); }
  // A browser in which somebody is signed in now; "" is nobody. Whose sign-in time has ended signs
  // in again.
  struct AtDesk : Person {
    AtDesk(Ground& ground, const std::string& login)
        : Person(ground, login.empty() ? "nobody" : login) {
      if (login.empty()) return;
      ground.staff(login);
      set_cookie(std::string(people::session_cookie),
                 login + " at " + std::to_string(to_ms(ground.now)));
    }
  };
  AtDesk at_desk(const std::string& login) { return AtDesk(*this, login); }
  ItemTyped item(ItemKind kind, const std::string& text) const {
    return {.kind = kind,
            .document = "1207/QĐ-UBND",
            .title = "Văn bản của dự án mở rộng đường",
            .text = text,
            .dated_on = local_day(now)};
  }
  Typed typed() const {
    return {.name_vi = "Mở rộng đường Ven Sông đoạn qua phường Một",
            .name_en = "Widening Riverside Road in ward One",
            .summary = "Đường rộng từ 7 m lên 21 m, thu hồi đất của các hộ hai bên đường.",
            .decision = item(ItemKind::decision, "Phê duyệt dự án mở rộng đường Ven Sông.")};
  }
  OfficeAct act(const std::string& login) {
    const auto p = read([&](db::Read& r) { return find(r, id); });
    return {.officer = officer(login),
            .id = id,
            .revision = p ? p->revision : 0,
            .salts = ledger::draw(random),
            .now = now};
  }
  void announce_it() {
    const auto made = prepare(officer("hoa"), units.at("P1"), typed(), random, now);
    REQUIRE(made.ok());
    const auto done = write([&](db::Write& w) { return announce(w, made.value()); });
    REQUIRE(done.ok());
    id = done.value().id;
  }
  Result<Item> publish_it(ItemKind kind, const std::string& text, const std::string& as = "hoa") {
    const OfficeAct doing = act(as);
    return write([&](db::Write& w) { return publish(w, doing, item(kind, text)); });
  }
  Result<Round> open_it(const std::string& as = "hoa", int days = 10) {
    const OfficeAct doing = act(as);
    return write([&](db::Write& w) { return open_round(w, doing, local_day(now) + a_day * days); });
  }
  Result<Round> close_it(const std::string& as = "hoa") {
    const OfficeAct doing = act(as);
    return write([&](db::Write& w) { return close_round(w, doing); });
  }
  static std::string row(int n) {
    const std::string number = std::to_string(n);
    return "H-" + number + ",Chủ Hộ Kín" + number + ",Ngõ Kín" + number + ",\"Tờ 5, thửa Kín" +
           number + "\",\"1" + number + ",5\",ONT,85.000.000,20.000.000\n";
  }
  static std::string rows(int count) {
    std::string text = file_head;
    for (int n = 1; n <= count; ++n) text += row(n);
    return text;
  }
  Result<std::vector<Letter>> take_it_in(const std::string& text, const std::string& as = "thu") {
    const auto file = read(
        [&](db::Read& r) { return read_file(text, prices_in_force(r, id), numbers_of(r, id)); });
    REQUIRE(file.ok());
    const OfficeAct doing = act(as);
    const auto p = read([&](db::Read& r) { return find(r, id); });
    TRY(const std::vector<Letter> made, prepare_letters(doing, *p, file.value(), random));
    return write([&](db::Write& w) { return take_in(w, doing, made); });
  }
  // The household takes a secret that was never printed.
  void own_it(std::size_t n) {
    const std::string secret = people::draw_secret(random);
    const auto key = people::Citizen(secret).key().public_key();
    const HouseholdAct doing = by(n);
    REQUIRE(write([&](db::Write& w) { return change_secret(w, doing, key); }).ok());
    letters[n].secret = secret;
  }
  // Announced, with prices and `count` households that have secrets of their own.
  void begin(int count = 40) {
    begin_printed(count);
    for (std::size_t n = 0; n < letters.size(); ++n) own_it(n);
  }
  // The same, but only the printed secrets are there.
  void begin_printed(int count) {
    announce_it();
    REQUIRE(publish_it(ItemKind::prices, price_text).ok());
    auto made = take_it_in(rows(count));
    REQUIRE(made.ok());
    letters = std::move(made).value();
  }
  HouseholdAct by(std::size_t n, const std::string& secret = "") {
    return {.citizen = people::Citizen(secret.empty() ? letters[n].secret : secret),
            .code = *letters[n].household.code,
            .salts = ledger::draw(random),
            .now = now};
  }
  Result<Question> ask_it(std::size_t n, const std::string& body, std::int64_t seq = 1) {
    const HouseholdAct doing = by(n);
    const Asking asking{.seq = seq, .body = body, .question = Code::draw(random)};
    return write([&](db::Write& w) { return ask(w, doing, asking); });
  }
  Result<Question> answer_it(const Question& q,
                             const std::optional<Amounts>& after = {},
                             const std::string& as = "nam",
                             const std::string& words = good_words) {
    const OfficeAct doing = act(as);
    const Answer given{.code = *q.code, .words = words, .after = after};
    return write([&](db::Write& w) { return project::answer(w, doing, given); });
  }
  Line line_of(std::size_t n) {
    return read([&](db::Read& r) { return lines_of(r, letters[n].household.id); }).front();
  }
  // Another area for the only line of a household.
  Amounts larger(std::size_t n) {
    Amounts after = line_of(n).amounts;
    after.area += 500;
    return after;
  }
  std::string url(const std::string& more = "") const {
    return "/projects/" + std::to_string(id.value) + more;
  }
  std::string file_url(std::size_t n) const {
    return "/projects/files/" + letters[n].household.code->text();
  }
};

}  // namespace ln::project
