#include "feature/insight/insight_signal.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "core/people/people_session.h"
#include "feature/insight/insight_actions_signal.h"
#include "feature/insight/insight_jobs_signal.h"
#include "feature/insight/insight_store_signal.h"
#include "test/city.h"

namespace ln::insight {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int wards = 10, cases_each = 44;
constexpr int cheat = 3;  // the ward that games

// One case of October as the month sees it.
struct Lived {
  Instant received{}, due{}, answered{};
  std::string question{}, letter{};
  int transfers = 0;
  std::optional<Instant> rated{};
  int score = 4;
  bool by_staff = false;
};

// Ten wards that work honestly in October, and whatever a test makes of the third.
struct Month10 : test::City {
  std::int64_t serial = 0;
  const Day first{std::chrono::year(2026) / 10 / 1};

  Month10() {
    write([&](db::Write& w) {
      for (int i = 0; i < wards; ++i) {
        const std::string code = ward(i);
        units.emplace(code, units::insert(w, {.code = code,
                                              .valid_from = Day{days(0)},
                                              .name = "Phường Số " + std::to_string(i),
                                              .kind = units::Kind::commune,
                                              .type = "Phường",
                                              .parent = &units.at("01")}));
      }
    });
    add_staff("head", people::Role::head, ward(cheat));
    add_staff("other", people::Role::head, ward(4));
    add_staff("mayor", people::Role::head, "01");
    add_staff("front", people::Role::supervisor, "01");
    add_staff("keeper", people::Role::administrator, "01");
  }
  static std::string ward(int i) { return "W" + std::to_string(i); }

  // Words in no order that two letters share.
  std::string words(int count) {
    static constexpr const char* all[] = {
        "đèn", "đường", "ngõ",  "cống",  "rác",  "vỉa",  "hè",    "chợ",  "trường", "cây",
        "cầu", "nước",  "điện", "xe",    "biển", "hố",   "gạch",  "sơn",  "lan",    "can",
        "nắp", "bờ",    "kè",   "tổ",    "ngày", "sáng", "chiều", "thợ",  "đội",    "khu",
        "phố", "nhà",   "mái",  "tường", "cửa",  "sân",  "bãi",   "hàng", "rào",    "mương",
        "ống", "bơm",   "dây",  "cột",   "bóng", "loa",  "ghế",   "vườn", "hoa",    "lá"};
    std::string out;
    for (int i = 0; i < count; ++i)
      out += (out.empty() ? "" : " ") + std::string(all[random.below(std::size(all))]);
    return out;
  }
  Lived honest(int i) {
    Lived made;
    made.received = at_local(first + days(i % 24), hours(8) + minutes(random.below(500)));
    made.due = made.received + days(7);
    const bool is_late = random.below(5) == 0;
    made.answered = made.received + (is_late ? days(8) : days(1)) + minutes(random.below(1200));
    if (local_day(made.answered) >= first + days(31)) made.answered = made.received + hours(30);
    made.question = words(15);
    made.letter = words(30) + ".\n\nBiên bản số " + std::to_string(random.below(100000));
    if (random.below(10) < 6) {
      made.rated = made.answered + hours(2) + minutes(random.below(3000));
      made.by_staff = random.below(20) == 0;
      made.score = static_cast<int>(3 + random.below(3));
    }
    return made;
  }
  void keep(db::Write& w, const units::Unit& unit, const Lived& of) {
    const std::string code = "T" + std::to_string(10'000'000 + ++serial);
    const std::string key(32, 'k');
    const auto id = w.returning(
        "INSERT INTO feedback (code, citizen_key, kind, sender, about, unit_id, unit_path, title, "
        "body, is_public, is_protected, language, state, received_at, due_at, first_due_at, "
        "answered_at, last_answered_at, transfer_count) VALUES ($1, $2, 'report', 'person', "
        "'place', $3, $4, 'x', $5, 1, 0, 'vi', 'answered', $6, $7, $7, $8, $8, $9) RETURNING id",
        [](const db::Row& row) { return row.integer(0); }, code.substr(0, 8) + code.substr(8),
        db::Blob{as_bytes(key)}, unit.id, unit.path, of.question, of.received, of.due, of.answered,
        of.transfers);
    w.run(
        "INSERT INTO feedback_event (feedback_id, event, at, party, text, reason, audience) "
        "VALUES ($1, 'answered', $2, 'office', $3, 'confirmed', 'public')",
        *id, of.answered, of.letter);
    if (!of.rated) return;
    w.run(
        "INSERT INTO satisfaction_rating (feedback_id, unit_id, score, solved, sender, "
        "entered_by, first_at, changed_at) VALUES ($1, $2, $3, 'yes', 'person', $4, $5, $5)",
        *id, unit.id, of.score, of.by_staff ? std::optional<std::int64_t>(1) : std::nullopt,
        *of.rated);
  }
  // `game` changes the cases of the one ward; number and case.
  void live(const std::function<void(int, Lived&)>& game) {
    write([&](db::Write& w) {
      for (int i = 0; i < wards; ++i)
        for (int n = 0; n < cases_each; ++n) {
          Lived made = honest(n);
          if (i == cheat && game) game(n, made);
          keep(w, units.at(ward(i)), made);
        }
    });
  }
  // The words of what was found of the one ward; that nobody else is accused is checked.
  std::set<std::string> found() {
    CHECK(find_signals(database, now));
    std::set<std::string> kinds;
    for (const KeptSignal& each :
         read([&](db::Read& r) { return signals_within(r, units.at("01").path, 100); })) {
      CAPTURE(to_text(each.kind));
      CHECK(each.unit == units.at(ward(cheat)).id);
      kinds.insert(std::string(to_text(each.kind)));
    }
    return kinds;
  }
  bool finds(Formality kind, const std::function<void(int, Lived&)>& game) {
    live(game);
    return found().contains(std::string(to_text(kind)));
  }
  SignalId signal() {
    const auto all = read([&](db::Read& r) { return signals_within(r, units.at("01").path, 1); });
    REQUIRE(all.size() == 1);
    return all.front().id;
  }
  struct Person : test::Browser {
    Person(Month10& city, const std::string& login) : Browser(city, city.router, city.site) {
      set_cookie(std::string(people::session_cookie), "token-of-" + login);
    }
  };
  Person browser(const std::string& login) { return Person(*this, login); }
};

const auto in_minutes = [](int, Lived& of) { of.answered = of.received + minutes(4); };
constexpr const char* words_enough = "Đó là ngày diễn tập, việc đã được sửa từ hôm trước.";

}  // namespace

TEST_CASE("nobody is accused in a month of honest work") {
  Month10 city;
  city.live({});
  CHECK(city.found().empty());
  CHECK(city.read([&](db::Read& r) { return counted_units(r, city.first); }) == wards);
}

TEST_CASE("staff who rate themselves are seen on a database") {
  Month10 city;
  CHECK(city.finds(Formality::staff_entered, [](int, Lived& of) {
    of.rated = of.answered + hours(3);
    of.by_staff = true;
    of.score = 5;
  }));
}

TEST_CASE("a burst of ratings is seen on a database") {
  Month10 city;
  const Instant noon = at_local(city.first + days(28), hours(12));
  CHECK(city.finds(Formality::burst, [&](int n, Lived& of) {
    if (n < 20) of.rated = noon + seconds(20 * n);
  }));
}

TEST_CASE("ratings before the answer can have been read are seen on a database") {
  Month10 city;
  CHECK(city.finds(Formality::early_rating,
                   [](int, Lived& of) { of.rated = of.answered + seconds(30); }));
}

TEST_CASE("cherry-picked invitations are seen on a database") {
  Month10 city;
  CHECK(city.finds(Formality::picked_invitation, [](int n, Lived& of) {
    of.by_staff = false;
    of.due = n % 2 == 0 ? of.answered + days(1) : of.answered - days(1);
    of.rated = n % 2 == 0 ? std::optional(of.answered + hours(5)) : std::nullopt;
  }));
}

TEST_CASE("praise beside staff is seen on a database") {
  Month10 city;
  CHECK(city.finds(Formality::pressed_rating, [](int n, Lived& of) {
    of.rated = of.answered + hours(2) + minutes(90 * n % 2000);
    of.by_staff = n % 2 == 0;
    of.score = n % 2 == 0 ? 5 : 2;
  }));
}

TEST_CASE("ratings as even as a table are seen on a database") {
  Month10 city;
  Day day = city.first;
  CHECK(city.finds(Formality::even_counts, [&](int n, Lived& of) {
    if (n % 2 == 0 && n > 0) day += days(1);
    while (std::chrono::weekday(day).iso_encoding() > 5) day += days(1);
    of.rated = at_local(day, hours(9 + 4 * (n % 2)));
    of.by_staff = false;
  }));
}

TEST_CASE("cases closed in minutes are seen on a database") {
  Month10 city;
  CHECK(city.finds(Formality::closed_in_minutes, in_minutes));
}

TEST_CASE("answers shorter than the question are seen on a database") {
  Month10 city;
  CHECK(city.finds(Formality::short_answer,
                   [&](int, Lived& of) { of.letter = city.words(6) + "\n\n1"; }));
}

TEST_CASE("answers without evidence are seen on a database") {
  Month10 city;
  CHECK(city.finds(Formality::no_evidence, [&](int, Lived& of) { of.letter = city.words(40); }));
}

TEST_CASE("cases sent around are seen on a database") {
  Month10 city;
  CHECK(city.finds(Formality::forwarding_loop, [](int, Lived& of) { of.transfers = 4; }));
}

TEST_CASE("copied answers are seen on a database, also with other numbers in them") {
  Month10 city;
  const std::string letter = city.words(30);
  CHECK(city.finds(Formality::copied_answer, [&](int n, Lived& of) {
    of.letter = letter + ".\n\nBiên bản số " + std::to_string(n);
  }));
}

TEST_CASE("a month is looked at once, three days after it is over, by the rules of that day") {
  Month10 city;
  city.live(in_minutes);
  const Instant later = city.now;
  city.now = at_local(Day{std::chrono::year(2026) / 11 / 3}, hours(20));
  CHECK_FALSE(find_signals(city.database, city.now));
  city.now = later;
  CHECK(city.found() == std::set<std::string>{"closed_in_minutes"});
  CHECK_FALSE(find_signals(city.database, city.now));
  Month10 other;
  other.live(in_minutes);
  const auto keeper = people::Administrator::of(other.staff("keeper"));
  const RuleAct off{.kind = Formality::closed_in_minutes,
                    .rule = {.is_on = false, .threshold = 10},
                    .reason = "Diễn tập cả tháng",
                    .now = other.now};
  REQUIRE(other.write([&](db::Write& w) { return change_rule(w, *keeper, off); }).ok());
  CHECK(other.found().empty());
}

TEST_CASE("months that went by while a server was off are looked at one after the other") {
  Month10 city;
  CHECK(find_signals(city.database, city.now));
  city.now = at_local(Day{std::chrono::year(2027) / 2 / 10}, hours(20));
  for (const unsigned month : {11U, 12U, 1U}) {
    CHECK(find_signals(city.database, city.now));
    const Day first{std::chrono::year(month > 1 ? 2026 : 2027) / std::chrono::month(month) / 1};
    CHECK(city.read([&](db::Read& r) { return last_counted(r); }) == first);
  }
  CHECK_FALSE(find_signals(city.database, city.now));
}

TEST_CASE("cases about conduct, protected, held and erased ones are behind no signal") {
  Month10 city;
  city.live(in_minutes);
  city.write([&](db::Write& w) {
    w.run("UPDATE feedback SET is_protected = 1 WHERE unit_id = $1",
          city.units.at(Month10::ward(cheat)).id);
  });
  CHECK(city.found().empty());
}

TEST_CASE("a signal shows its arithmetic and cases to those who lead and watch, to nobody else") {
  Month10 city;
  city.live(in_minutes);
  REQUIRE_FALSE(city.found().empty());
  const std::string address = "/staff/signals/" + std::to_string(city.signal().value);
  for (const char* login : {"head", "mayor", "front"}) {
    auto page = city.browser(login);
    page.get("/staff/signals");
    CHECK(page.shows("Trả lời trong vài phút"));
    page.get(address);
    CHECK(page.shows("44 trong 44 (100"));
    CHECK(page.shows("không phải kết luận"));
    CHECK(page.shows("Các việc đứng sau"));
  }
  CHECK(city.browser("mayor").get("/en" + address).shows("Answered within minutes"));
  CHECK(city.browser("other").get(address).status() == 404);
  CHECK_FALSE(city.browser("other").get("/staff/signals").shows("Trả lời trong vài phút ·"));
  CHECK(city.browser("keeper").get(address).status() == 403);
}

TEST_CASE("the head disputes a signal once, and only a supervisor decides") {
  Month10 city;
  city.live(in_minutes);
  REQUIRE_FALSE(city.found().empty());
  const SignalId id = city.signal();
  const std::string address = "/staff/signals/" + std::to_string(id.value);
  auto head = city.browser("head");
  head.get(address).fill("text", "ngắn").press("Gửi phản bác");
  CHECK(head.status() == 422);
  CHECK(head.shows("Hãy viết từ 20 đến 3.000 chữ cái."));
  head.fill("text", words_enough).press("Gửi phản bác");
  CHECK(head.shows(words_enough));
  CHECK(head.shows("chờ quyết định"));
  CHECK_FALSE(head.shows("Quyết định của người giám sát"));
  const Head same = *Head::of(city.staff("head"));
  const auto twice =
      city.write([&](db::Write& w) { return dispute(w, same, {id, words_enough, city.now}); });
  REQUIRE_FALSE(twice.ok());
  CHECK(twice.error().kind == ErrorKind::conflict);
  auto front = city.browser("front");
  front.get(address).fill("text", words_enough).press("Quyết định");
  CHECK(front.shows("Hãy chọn một trong hai."));
  front.choose("Đã được giải thích").press("Quyết định");
  CHECK(front.shows("đã được giải thích"));
  const auto decided = city.read([&](db::Read& r) { return find_dispute(r, id); });
  REQUIRE(decided.has_value());
  CHECK(decided->decision == Decision::explained);
}

TEST_CASE("a supervisor who stands below no unit reads and decides signals of the whole city") {
  Month10 city;
  city.live(in_minutes);
  REQUIRE_FALSE(city.found().empty());
  const SignalId id = city.signal();
  const std::string address = "/staff/signals/" + std::to_string(id.value);
  city.add_staff("front-7", people::Role::supervisor, Month10::ward(7));
  city.add_staff("both", people::Role::supervisor, Month10::ward(7));
  const auto& ward = city.units.at(Month10::ward(cheat));
  city.write([&](db::Write& w) {
    REQUIRE(
        people::grant(w, city.accounts.at("both"), people::Role::handler, ward.id, city.now).ok());
  });
  auto front = city.browser("front-7"), both = city.browser("both");
  CHECK(front.get("/staff/signals").body().find("\"" + address + "\"") != std::string::npos);
  CHECK(front.get(address).shows("44 trong 44 (100"));
  // Who works where the signal is about is not independent of it.
  CHECK(both.get("/staff/signals").body().find("\"" + address + "\"") == std::string::npos);
  CHECK(both.get(address).status() == 404);
  // What came to need protection stands behind no signal, for them as for anybody.
  const std::string code = city.read([&](db::Read& r) { return cases_of(r, id, 1).front().code; });
  CHECK(front.get(address).body().find(code) != std::string::npos);
  CHECK(front.body().find("/staff/feedback/") == std::string::npos);
  city.write(
      [&](db::Write& w) { w.run("UPDATE feedback SET is_protected = 1 WHERE code = $1", code); });
  CHECK(front.get(address).body().find(code) == std::string::npos);
  city.browser("head").get(address).fill("text", words_enough).press("Gửi phản bác");
  front.get(address).choose("Đã được giải thích").fill("text", words_enough).press("Quyết định");
  CHECK(front.shows("đã được giải thích"));
  const auto other = people::Supervisor::of(city.staff("both"));
  const auto refused = city.write([&](db::Write& w) {
    return decide_dispute(w, *other, {id, Decision::stands, words_enough, city.now});
  });
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ErrorKind::not_found);
}

TEST_CASE("a head of another ward cannot dispute, and a decision needs a dispute") {
  Month10 city;
  city.live(in_minutes);
  REQUIRE_FALSE(city.found().empty());
  const SignalId id = city.signal();
  const Head other = *Head::of(city.staff("other"));
  const auto refused =
      city.write([&](db::Write& w) { return dispute(w, other, {id, words_enough, city.now}); });
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ErrorKind::not_found);
  const auto front = people::Supervisor::of(city.staff("front"));
  const auto early = city.write([&](db::Write& w) {
    return decide_dispute(w, *front, {id, Decision::stands, words_enough, city.now});
  });
  REQUIRE_FALSE(early.ok());
  CHECK(early.error().kind == ErrorKind::conflict);
}

TEST_CASE("who leads the unit decides no dispute about it, although a supervisor too") {
  Month10 city;
  city.live(in_minutes);
  REQUIRE_FALSE(city.found().empty());
  const SignalId id = city.signal();
  const Head head = *Head::of(city.staff("head"));
  REQUIRE(city.write([&](db::Write& w) { return dispute(w, head, {id, words_enough, city.now}); })
              .ok());
  const auto top =
      city.read([&](db::Read& r) { return units::find_on(r, "01", local_day(city.now)); });
  city.write([&](db::Write& w) {
    REQUIRE(people::grant(w, head.id(), people::Role::supervisor, top->id, city.now).ok());
  });
  const auto both = people::Supervisor::of(city.staff("head"));
  REQUIRE(both);
  const auto decided = city.write([&](db::Write& w) {
    return decide_dispute(w, *both, {id, Decision::explained, words_enough, city.now});
  });
  REQUIRE_FALSE(decided.ok());
  CHECK(decided.error().kind == ErrorKind::forbidden);
}

TEST_CASE("a threshold is changed by an administrator of the city, with a reason and a line") {
  Month10 city;
  auto keeper = city.browser("keeper");
  keeper.get("/staff/signals/rules?kind=closed_in_minutes");
  CHECK(keeper.shows("trong vòng 10 phút"));
  keeper.fill("threshold", "0").fill("reason", "Theo biên bản họp").press("Đổi ngưỡng");
  CHECK(keeper.status() == 422);
  CHECK(keeper.shows("Ngưỡng là số từ 1 đến 100."));
  keeper.fill("threshold", "30").press("Đổi ngưỡng");
  CHECK(keeper.shows("trong vòng 30 phút"));
  CHECK(city.read([](db::Read& r) {
    return rule_of(signal_rules(r), Formality::closed_in_minutes).threshold;
  }) == 30);
  keeper.get("/staff/administration");
  CHECK(keeper.shows("Ngưỡng dấu hiệu"));
  city.add_staff("ward-keeper", people::Role::administrator, Month10::ward(1));
  const auto ward = people::Administrator::of(city.staff("ward-keeper"));
  const RuleAct act{.kind = Formality::burst,
                    .rule = {.threshold = 50},
                    .reason = "Không muốn bị nêu",
                    .now = city.now};
  const auto refused = city.write([&](db::Write& w) { return change_rule(w, *ward, act); });
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ErrorKind::forbidden);
}

}  // namespace ln::insight
