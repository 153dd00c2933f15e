// A promise from the day it is made to the day it is kept or broken, through rules, actions, pages.
#include "feature/commitment/commitment.h"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <tuple>

#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "feature/commitment/commitment_actions.h"
#include "feature/commitment/commitment_store.h"
#include "feature/commitment/commitment_store_check.h"
#include "test/office.h"

namespace ln::commitment {
namespace {

auto numbers_of(const Tally& t) {
  return std::tuple(t.all, t.waiting, t.overdue, t.declared, t.kept_on_time, t.kept_late, t.broken,
                    t.changed, t.by_silence);
}

constexpr std::chrono::days a_day{1};
constexpr Day due{std::chrono::year(2026) / 12 / 20};
const std::string promise = "Sửa xong cống ngõ 12 và trả lại mặt đường.";

struct Desk : test::Office {
  std::unique_ptr<ledger::Sealer> sealer = ledger::Sealer::open(
      database, {"langnghe.example/so-cai", "", "", [this] { return now; }}, random);
  CommitmentId id{};
  std::string code, secret;

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
  Result<Prepared> try_prepare(const std::string& login, const Typed& typed) {
    const auto who = officer(login);
    return read([&](db::Read& r) { return prepare(r, who, units.at("P1"), typed, random, now); });
  }
  void make() {
    const auto prepared = try_prepare("hoa", {.text = promise, .due_on = due});
    REQUIRE(prepared.ok());
    const auto made =
        write([&](db::Write& w) { return commitment::make(w, prepared.value(), now); });
    REQUIRE(made.ok());
    id = made.value().id;
    code = prepared.value().code;
    secret = prepared.value().secret;
  }
  Commitment now_is() {
    return *read([&](db::Read& r) { return find(r, id); });
  }
  OfficeAct office(const std::string& login = "hoa") {
    return {.officer = officer(login),
            .id = id,
            .revision = now_is().revision,
            .salts = ledger::draw(random),
            .now = now};
  }
  Result<Commitment> say(Act what, const std::string& words = "", const std::string& key = "") {
    const AskerAct act =
        draw(people::Citizen(key.empty() ? secret : key), code, now_is(), random, now);
    return write([&](db::Write& w) { return perform(w, act, what, words); });
  }
  Result<Commitment> say_done() {
    const OfficeAct act = office();
    return write([&](db::Write& w) {
      return declare(w, act, "Ngày 18/12 đã thông cống và vá đường.", "https://p1.example/cong");
    });
  }
  void go_to(Day day) { now = at_local(day, std::chrono::hours(9)); }
  std::string page(const std::string& more = "") {
    return "/commitments/" + std::to_string(id.value) + more;
  }
};

template <class T>
std::string error_of(const Result<T>& result) {
  return result.ok() ? "fine" : std::string(result.error().text.name());
}

// Who may do what, and what follows; times at which nothing has run out.
std::string whole_table(bool is_late) {
  std::string out;
  const Instant declared = test::monday;
  for (const State state : all_states)
    for (const Act act : all_acts) {
      Commitment c{.due_on = local_day(test::monday), .state = state, .declared_at = declared};
      const bool on_change = act == Act::consent || act == Act::decline_change;
      if (on_change) c.next_due_on = c.due_on;
      std::string line;
      const Instant now = is_late ? declared + std::chrono::days(40) : declared;
      for (const Party party : all_parties)
        if (const auto next = next_state(c, act, party, now); next.ok())
          line += " " + std::string(to_text(party)) + "→" + std::string(to_text(next.value()));
      if (!line.empty())
        out += std::string(to_text(state)) + " " + std::string(to_text(act)) + line + "\n";
    }
  return out;
}

}  // namespace

TEST_CASE("a unit promises and declares, and only an asker or silence makes it kept") {
  CHECK(whole_table(false) ==
        R"(proposed confirm citizen→open
proposed object citizen→proposed
proposed reword office→proposed
proposed declare office→declared
proposed admit office→broken
open confirm citizen→open
open object citizen→open
open declare office→declared
open admit office→broken
open propose_change office→open
open consent citizen→open
open decline_change citizen→open
declared accept citizen→kept
declared refuse citizen→open
kept refuse citizen→open
broken declare office→declared
)");
  const std::string late = whole_table(true);
  CHECK(late.find("declared lapse_kept clock→kept") != late.npos);
  CHECK(late.find("open lapse_broken clock→broken") != late.npos);
  CHECK(late.find("kept refuse") == late.npos);
}

TEST_CASE("only who heads the unit promises in its name, with a text and a day to come") {
  Desk desk;
  CHECK(error_of(desk.try_prepare("nam", {.text = promise, .due_on = due})) ==
        "commitment.error.not_head");
  CHECK(error_of(desk.try_prepare("hai", {.text = promise, .due_on = due})) ==
        "commitment.error.not_head");
  CHECK(desk.try_prepare("thanh", {.text = promise, .due_on = due}).ok());
  CHECK(error_of(desk.try_prepare("hoa", {.text = "Sẽ làm", .due_on = due})) ==
        "commitment.error.text_short");
  CHECK(error_of(desk.try_prepare("hoa", {.text = promise})) == "commitment.error.due");
  CHECK(error_of(desk.try_prepare("hoa", {.text = promise, .due_on = local_day(desk.now)})) ==
        "commitment.error.due_past");
  CHECK(error_of(desk.try_prepare("hoa", {.text = promise, .due_on = due + a_day * 731})) ==
        "commitment.error.due_far");
  CHECK(error_of(desk.try_prepare("hoa",
                                  {.text = promise, .due_on = due, .question = "DT-2222-2222"})) ==
        "commitment.error.question");
}

TEST_CASE("both sides confirm the text, and nobody confirms without the secret") {
  Desk desk;
  desk.make();
  CHECK(desk.now_is().state == State::proposed);
  CHECK(error_of(desk.say(Act::confirm, "", "22222222222222222222")) ==
        "commitment.error.code_or_secret");
  CHECK(error_of(desk.say(Act::object)) == "commitment.error.words_short");
  REQUIRE(desk.say(Act::object, "Đã hứa sửa cả ngõ 14 nữa.").ok());
  const OfficeAct later = desk.office();
  CHECK(error_of(desk.write([&](db::Write& w) {
          return reword(w, later, promise + " Cả ngõ 14.", due + a_day);
        })) == "commitment.error.only_sooner");
  const OfficeAct act = desk.office();
  REQUIRE(
      desk.write([&](db::Write& w) { return reword(w, act, promise + " Cả ngõ 14.", due); }).ok());
  REQUIRE(desk.say(Act::confirm).ok());
  CHECK(desk.now_is().state == State::open);
  CHECK(error_of(desk.say(Act::confirm)) == "commitment.error.not_now");
  // What was confirmed is not reworded any more.
  const OfficeAct again = desk.office();
  CHECK(error_of(desk.write([&](db::Write& w) { return reword(w, again, promise, due); })) ==
        "commitment.error.not_now");
  // Each event has its line, and those of the asker are signed with their key.
  const auto askers = desk.read([&](db::Read& r) { return askers_of(r, desk.id); });
  const auto chain = desk.read([&](db::Read& r) {
    return ledger::entries_of(r, {"commitment_asker", askers.at(0).id.value});
  });
  REQUIRE(chain.size() == 3);
  CHECK(ledger::is_signed_by(chain[2].payload, people::Citizen(desk.secret).key().public_key()));
  CHECK(desk.read([&](db::Read& r) { return events_of(r, desk.id).size(); }) == 4);
  CHECK(desk.read([](db::Read& r) { return ledger::verify_all(r); }).empty());
}

TEST_CASE("what is overdue shows itself without anybody's doing") {
  Desk desk;
  desk.make();
  REQUIRE(desk.say(Act::confirm).ok());
  auto anybody = desk.browser("nobody");
  desk.now = at_local(due + a_day) - std::chrono::milliseconds(1);
  CHECK_FALSE(anybody.get("/commitments").shows("Quá hạn 1 ngày"));
  desk.now += std::chrono::milliseconds(1);
  // No job ran and nobody wrote anything.
  CHECK(anybody.get("/commitments").shows("Quá hạn 1 ngày"));
  CHECK(anybody.shows("1 cam kết đang quá hạn"));
  CHECK(anybody.get("/en" + desk.page()).shows("1 day overdue"));
  CHECK(anybody.get("/commitments?state=overdue").shows(promise));
  CHECK_FALSE(anybody.get("/commitments?state=kept").shows(promise));
  const auto line_count = [&] {
    return desk.read([&](db::Read& r) { return events_of(r, desk.id).size(); });
  };
  const auto before = line_count();
  CHECK(pass_time(desk.database, desk.random, desk.now) == 1);
  CHECK(pass_time(desk.database, desk.random, desk.now) == 0);
  CHECK(line_count() == before + 1);
  // Long after, it is broken; and stays so in the figures when it is done after all.
  desk.now = at_local(due + a_day) + broken_after - std::chrono::milliseconds(1);
  CHECK(error_of(next_state(desk.now_is(), Act::lapse_broken, Party::clock, desk.now)) ==
        "commitment.error.not_now");
  CHECK(pass_time(desk.database, desk.random, desk.now) == 0);
  desk.now += std::chrono::milliseconds(1);
  CHECK(pass_time(desk.database, desk.random, desk.now) == 1);
  CHECK(desk.now_is().state == State::broken);
  REQUIRE(desk.say_done().ok());
  REQUIRE(desk.say(Act::accept).ok());
  CHECK(desk.now_is().state == State::kept);
  const auto tally = desk.read([&](db::Read& r) { return tallies(r, "", desk.now); });
  CHECK(tally.at(desk.units.at("P1").id.value).kept_late == 1);
  CHECK(tally.at(desk.units.at("P1").id.value).kept_on_time == 0);
}

TEST_CASE("the unit says done, the asker says not done, and it is open again") {
  Desk desk;
  desk.make();
  REQUIRE(desk.say(Act::confirm).ok());
  desk.go_to(due - a_day);
  const OfficeAct bare = desk.office();
  CHECK(error_of(desk.write([&](db::Write& w) { return declare(w, bare, "Xong", ""); })) ==
        "commitment.error.words_short");
  CHECK(error_of(desk.write([&](db::Write& w) {
          return declare(w, bare, "Đã làm xong hết rồi.", "javascript:alert(1)");
        })) == "commitment.error.link");
  REQUIRE(desk.say_done().ok());
  CHECK(desk.now_is().state == State::declared);
  CHECK(error_of(desk.say(Act::refuse)) == "commitment.error.words_short");
  REQUIRE(desk.say(Act::refuse, "Mặt đường chưa vá, nước vẫn đọng.").ok());
  CHECK(desk.now_is().state == State::open);
  CHECK(desk.now_is().refused_count == 1);
  desk.go_to(due + a_day);
  auto anybody = desk.browser("nobody");
  CHECK(anybody.get(desk.page()).shows("Mặt đường chưa vá, nước vẫn đọng."));
  CHECK(anybody.shows("Quá hạn 1 ngày"));
  // Declared again, and nobody objects: kept, and counted apart.
  REQUIRE(desk.say_done().ok());
  desk.now += silence_window - std::chrono::milliseconds(1);
  CHECK(pass_time(desk.database, desk.random, desk.now) == 0);
  desk.now += std::chrono::milliseconds(1);
  CHECK(pass_time(desk.database, desk.random, desk.now) == 1);
  CHECK(desk.now_is().state == State::kept);
  CHECK(desk.now_is().is_by_silence);
  CHECK(error_of(desk.say(Act::refuse, "Đến giờ vẫn chưa làm gì.")) == "commitment.error.not_now");
  CHECK(anybody.get(desk.page()).shows("Đã làm, nhưng trễ hạn"));
}

TEST_CASE("a promise changes with the consent of whoever confirmed it, and with nothing else") {
  Desk desk;
  desk.make();
  REQUIRE(desk.say(Act::confirm).ok());
  const Day later = due + a_day * 30;
  const auto ask = [&] {
    const OfficeAct act = desk.office();
    return desk.write([&](db::Write& w) {
      return propose_change(w, act, promise, later, "Mưa lớn, nhà thầu dừng thi công.");
    });
  };
  REQUIRE(ask().ok());
  CHECK(desk.now_is().due_on == due);
  CHECK(error_of(ask()) == "commitment.error.not_now");
  REQUIRE(desk.say(Act::decline_change).ok());
  CHECK(desk.now_is().due_on == due);
  CHECK_FALSE(desk.now_is().has_change());
  REQUIRE(ask().ok());
  // Consent is to the change that was read, not to one that came meanwhile.
  const AskerAct read_before =
      draw(people::Citizen(desk.secret), desk.code, desk.now_is(), desk.random, desk.now);
  REQUIRE(desk.say(Act::decline_change).ok());
  const OfficeAct worse = desk.office();
  REQUIRE(desk.write([&](db::Write& w) {
                return propose_change(w, worse, promise, later + a_day * 300, "Thêm thời gian.");
              })
              .ok());
  CHECK(error_of(desk.write([&](db::Write& w) {
          return perform(w, read_before, Act::consent, "");
        })) == "commitment.error.changed");
  REQUIRE(desk.say(Act::decline_change).ok());
  REQUIRE(ask().ok());
  // Nobody goes back and forth about a text they confirmed.
  CHECK(error_of(desk.say(Act::object, "Không đúng như đã hứa.")) == "commitment.error.not_now");
  // Silence is no consent.
  desk.go_to(due + a_day);
  pass_time(desk.database, desk.random, desk.now);
  CHECK(desk.now_is().due_on == due);
  CHECK(desk.now_is().is_overdue(desk.now));
  REQUIRE(desk.say(Act::consent).ok());
  CHECK(desk.now_is().due_on == later);
  CHECK(desk.now_is().changed_count == 1);
  CHECK_FALSE(desk.now_is().is_overdue(desk.now));
  auto anybody = desk.browser("nobody");
  CHECK(anybody.get("/commitments?state=changed").shows("đã đổi 1 lần, có đồng ý"));
  CHECK(desk.read([](db::Read& r) { return ledger::verify_all(r); }).empty());
}

TEST_CASE("an officer of another unit, a handler or an old page cannot touch a promise") {
  Desk desk;
  desk.make();
  for (const char* login : {"nam", "hai", "tri", "thu"}) {
    const OfficeAct act = desk.office(login);
    CHECK(error_of(desk.write([&](db::Write& w) {
            return admit(w, act, "Không có kinh phí năm nay.");
          })) == "commitment.error.none");
  }
  OfficeAct old = desk.office();
  --old.revision;
  CHECK(error_of(desk.write([&](db::Write& w) {
          return admit(w, old, "Không có kinh phí năm nay.");
        })) == "commitment.error.changed");
  CHECK(desk.browser("hai").get("/staff" + desk.page()).status() == 404);
  CHECK(desk.browser("nam").get("/staff/commitments/new").status() == 403);
  CHECK(desk.browser("nobody").get("/staff/commitments").shows("Mật khẩu"));
}

TEST_CASE("what was promised can be proved to anybody, and an edit does not fit the log") {
  Desk desk;
  desk.make();
  REQUIRE(desk.say(Act::confirm).ok());
  auto anybody = desk.browser("nobody");
  const auto events = desk.read([&](db::Read& r) { return events_of(r, desk.id); });
  REQUIRE(events.size() == 2);
  anybody.get(desk.page("/lines/" + std::to_string(events[0].line)));
  CHECK(anybody.status() == 200);
  CHECK(anybody.body().starts_with("c2sp.org/tlog-proof@v1"));
  // The asker's own line is theirs: nobody takes its proof.
  CHECK(anybody.get(desk.page("/lines/" + std::to_string(events[1].line))).status() == 404);
  CHECK(anybody.get("/commitments/99/lines/" + std::to_string(events[0].line)).status() == 404);
  CHECK(desk.read(unfit_texts).empty());
  desk.write([&](db::Write& w) {
    w.run("UPDATE commitment SET text = 'Sẽ xem xét việc sửa cống.' WHERE id = $1", desk.id);
  });
  CHECK(desk.read(unfit_texts).size() == 1);
  desk.write([&](db::Write& w) { w.run("DELETE FROM commitment WHERE id = $1", desk.id); });
  const auto faults = desk.read(unfit_texts);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].id == events[0].line + 1);
}

TEST_CASE("one look at how a unit stands is what its promises add up to, and lists come in pages") {
  Desk desk;
  desk.go_to(due);
  desk.write([&](db::Write& w) {
    for (int i = 0; i < 200; ++i) {
      const units::Unit& unit = desk.units.at(i % 2 == 0 ? "P1" : "P2");
      const Day last = due + a_day * (i / 10 % 2 == 0 ? 3 : -1);
      Commitment c{.unit = unit.id,
                   .unit_path = unit.path,
                   .text = promise,
                   .due_on = last,
                   .state = all_states.at(static_cast<std::size_t>(i / 2 % 5)),
                   .created_at = desk.now};
      c.id = insert(w, c);
      c.changed_count = i % 3 == 0 ? 2 : 0;
      if (c.state == State::declared || c.state == State::kept)
        c.declared_at = at_local(last + a_day) - std::chrono::milliseconds(i / 20 % 2);
      c.is_by_silence = c.state == State::kept && i % 7 == 0;
      if (c.state == State::broken || i % 50 == 6) c.broken_at = desk.now;
      REQUIRE(save(w, c));
    }
  });
  desk.read([&](db::Read& r) {
    const auto all = tallies(r, "", desk.now);
    REQUIRE(all.size() == 2);
    for (const char* code : {"P1", "P2"}) {
      const units::Unit& unit = desk.units.at(code);
      const Tally standing = standing_of(r, unit.path, local_day(desk.now));
      CHECK(numbers_of(standing) == numbers_of(all.at(unit.id.value)));
      CHECK((standing.overdue > 0 && standing.kept_late > 0 && standing.kept_on_time > 0));
    }
    return 0;
  });
  auto anybody = desk.browser("nobody");
  const auto listed = [&] {
    std::vector<std::string> ids;
    const std::string mark = "href=\"/commitments/";
    for (std::size_t at = 0; (at = anybody.body().find(mark, at)) != std::string::npos; ++at)
      ids.push_back(anybody.body().substr(at, anybody.body().find('"', at + mark.size()) - at));
    return ids;
  };
  // What is chosen stays chosen on the next page, and no promise is on both or on neither.
  const std::string chosen =
      "unit_id=" + std::to_string(desk.units.at("P1").id.value) + "&state=waiting";
  anybody.get("/commitments?" + chosen);
  std::vector<std::string> ids = listed();
  CHECK(ids.size() == 12);
  CHECK_FALSE(anybody.shows("Về trang đầu"));
  anybody.follow("Trang sau");
  CHECK(anybody.address().find("state=waiting") != std::string::npos);
  const std::vector<std::string> more = listed();
  ids.insert(ids.end(), more.begin(), more.end());
  CHECK(ids.size() == 20);
  CHECK(std::set(ids.begin(), ids.end()).size() == 20);
  anybody.follow("Về trang đầu");
  CHECK(anybody.address().find("state=waiting") != std::string::npos);
  CHECK(listed().size() == 12);
  // The overdue stand before the rest once, not on every page.
  CHECK(anybody.get("/commitments").shows("40 cam kết đang quá hạn"));
  CHECK(listed().size() == 4 + 12);
  anybody.follow("Trang sau");
  CHECK_FALSE(anybody.shows("40 cam kết đang quá hạn"));
  CHECK(listed().size() == 12);
}

TEST_CASE("a promise is made, confirmed, done and accepted by pages alone, without any script") {
  Desk desk;
  auto head = desk.browser("hoa");
  head.get("/staff/commitments").follow("Ghi cam kết mới");
  head.fill("Lời hứa", "Sẽ làm").press("Hứa");
  CHECK(head.status() == 422);
  CHECK(head.shows("Hãy ghi rõ lời hứa, ít nhất 15 ký tự."));
  head.fill("Lời hứa", promise).fill("due_on", "2026-12-20").press("Hứa");
  CHECK(head.shows("Phiếu cho người được hứa"));
  const auto made = desk.read([](db::Read& r) { return list(r, {.today = due}); });
  REQUIRE(made.size() == 1);
  desk.id = made[0].id;
  const auto word_in = [&](const std::string& id) {
    const std::string mark = "id=\"" + id + "\" translate=\"no\">";
    const std::size_t at = head.body().find(mark) + mark.size();
    return head.body().substr(at, head.body().find('<', at) - at);
  };
  const std::string code = word_in("code"), secret = word_in("secret");
  auto asker = desk.browser("nobody");
  asker.get("/commitments").follow(promise);
  asker.follow("Tôi là người được hứa");
  asker.fill("Mã", code).fill("Mã bí mật", "2222 2222").press("Mở");
  CHECK(asker.shows("Mã hoặc mã bí mật không đúng."));
  asker.fill("Mã", code).fill("Mã bí mật", secret).press("Mở");
  asker.press("Đúng, đã hứa như vậy");
  CHECK(asker.shows("Bạn đã xác nhận lời hứa này."));
  const std::string own = asker.address();
  head.get("/staff" + desk.page());
  head.fill("Đã làm gì, ở đâu, khi nào", "Ngắn").press("Báo đã làm");
  CHECK(head.status() == 422);
  head.fill("Đã làm gì, ở đâu, khi nào", "Ngày 18/12 đã vá đường.").press("Báo đã làm");
  CHECK(head.shows("Đơn vị báo đã làm, chờ người hỏi"));
  asker.get(own).press("Chưa làm");
  CHECK(asker.status() == 422);
  asker.fill("Còn thiếu điều gì?", "Mặt đường còn lún.").press("Chưa làm");
  CHECK(asker.shows("Đang thực hiện"));
  asker.press("Cất mã bí mật khỏi máy này");
  CHECK(asker.shows("Mặt đường còn lún."));
  asker.get(own);
  CHECK_FALSE(asker.shows("Bạn đã xác nhận lời hứa này."));
}

}  // namespace ln::commitment
