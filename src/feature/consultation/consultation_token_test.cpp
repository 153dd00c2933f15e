// Tokens of a draft about those who work here: taken blindly or drawn from a box, spent once, and
// attacked by who wants two, by who swaps the key, and by who reads every table afterwards.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "core/ledger/ledger_verify.h"
#include "core/people/people_citizen.h"
#include "core/people/people_code.h"
#include "engine/blind/blind_client.h"
#include "feature/consultation/consultation_actions_decide.h"
#include "feature/consultation/consultation_actions_token.h"
#include "feature/consultation/consultation_store_check.h"
#include "test/draft_desk.h"
#include "test/engine.h"

namespace ln::consultation {
namespace {

using test::Browser;

struct TokenDesk : test::DraftDesk {
  blind::KeyPair key = [this] { return blind::make_key(random); }();

  TokenDesk() {
    write([&](db::Write& w) {
      for (int n = 1; n <= 8; ++n)
        add_account(w, "nv" + std::to_string(n), "Nhân Viên", people::Role::clerk, "P1");
    });
    make();
    REQUIRE(open_for("P1") == "fine");
  }
  std::string open_for(const std::string& unit) {
    const auto done = write([&](db::Write& w) {
      return open_for_staff(w, act(), id, test::last_day, {units.at(unit), key});
    });
    return done.ok() ? "fine" : std::string(done.error().text.name());
  }
  people::Staff staff(const std::string& login) {
    return *read([&](db::Read& r) {
      return people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now, now);
    });
  }
  TokenKey told_key() {
    return *read([&](db::Read& r) { return find_token_key(r, id); });
  }
  // The signature of `blinded`, or the word of the refusal.
  std::string ask(const std::string& login, const std::string& blinded) {
    const IssueAct asked{.staff = staff(login), .id = id, .blinded = blinded, .now = now};
    const auto signature = read([&](db::Read& r) { return prepare_issue(r, asked); });
    if (!signature.ok()) return std::string(signature.error().text.name());
    const auto done = write([&](db::Write& w) { return issue(w, asked); });
    return done.ok() ? signature.value() : std::string(done.error().text.name());
  }
  // A whole token, as the browser makes it.
  std::string take(const std::string& login) {
    const std::string message = blind::prepare(as_text(random.bytes<32>()), random);
    const auto blinded = blind::blind(told_key().public_key, message, random);
    const auto signature = blind::finalize(told_key().public_key, message,
                                           ask(login, blinded.value().message), blinded->inverse);
    REQUIRE(signature);
    return blind::text_of({id.value, message, *signature});
  }
  std::vector<std::string> print(std::int64_t count) {
    SlipsAct slips{.officer = officer("hoa"), .id = id, .now = now};
    for (std::int64_t n = 0; n < count; ++n) slips.secrets.push_back(people::draw_secret(random));
    REQUIRE(write([&](db::Write& w) { return print_slips(w, slips); }).ok());
    return slips.secrets;
  }
  std::string refuse_print(std::int64_t count, const std::string& login = "hoa") {
    const SlipsAct slips{.officer = officer(login),
                         .id = id,
                         .secrets = std::vector<std::string>(static_cast<std::size_t>(count)),
                         .now = now};
    const auto done = write([&](db::Write& w) { return print_slips(w, slips); });
    return done.ok() ? "fine" : std::string(done.error().text.name());
  }
  std::string spend_it(const std::string& typed, const std::string& mark) {
    const auto brought = read([&](db::Read& r) { return prepare_spending(r, id, typed); });
    if (!brought.ok()) return std::string(brought.error().text.name());
    const auto done = write([&](db::Write& w) { return spend(w, id, brought.value(), mark, now); });
    return done.ok() ? "fine" : std::string(done.error().text.name());
  }
  std::int64_t count_of(const char* what) {
    const auto only = [](const db::Row& row) { return row.integer(0); };
    return *read([&](db::Read& r) {
      const std::string name = what;
      if (name == "issued") return r.one("SELECT count(*) FROM consultation_token_issued", only);
      if (name == "spent") return r.one("SELECT count(*) FROM consultation_token_spent", only);
      if (name == "slips") return r.one("SELECT count(*) FROM consultation_token_slip", only);
      return r.one("SELECT count(*) FROM ledger_entry", only);
    });
  }
  void close() {
    now = at_local(test::last_day + std::chrono::days(1));
    REQUIRE(close_due(database, now) == 1);
  }
  std::string address(const std::string& more = "/token") const {
    return "/consultations/" + std::to_string(id.value) + more;
  }
};

const std::string mark_a(32, 'a'), mark_b(32, 'b'), mark_c(32, 'c');

}  // namespace

TEST_CASE("one who works here takes one token, and it takes part as one of many") {
  TokenDesk desk;
  CHECK(desk.last_said()->what == "key");
  CHECK(desk.last_said()->comments == 13);
  CHECK(std::string(as_text(desk.last_said()->text)) == hash_of(desk.told_key()));
  const std::string token = desk.take("nv1");
  CHECK(desk.ask("nv1", std::string(256, '\1')) == "consultation.token.error.issued");
  CHECK(desk.ask("hai", std::string(256, '\1')) == "consultation.token.error.audience");
  CHECK(desk.ask("nv2", "short") == "consultation.token.error.blinded");
  CHECK(desk.count_of("issued") == 1);
  CHECK(desk.spend_it(token, mark_a) == "fine");
  CHECK(desk.spend_it(token, mark_b) == "consultation.token.error.spent");
  const bool by_a = desk.read([&](db::Read& r) { return is_by_token(r, desk.id, mark_a); });
  const bool by_b = desk.read([&](db::Read& r) { return is_by_token(r, desk.id, mark_b); });
  CHECK(by_a);
  CHECK_FALSE(by_b);
  CHECK(desk.spend_it(desk.take("nv2"), mark_a) == "consultation.token.error.twice");
  CHECK(desk.read(ledger::verify_all).empty());
}

TEST_CASE("no token is spent that was not given for this draft") {
  TokenDesk desk;
  SeededRandom random(41);
  const blind::KeyPair own = blind::make_key(random);
  const std::string message = blind::prepare("mine", random).substr(0, 32) + std::string(32, 'm');
  const auto blinded = blind::blind(own.public_key, message, random);
  const auto forged =
      blind::finalize(own.public_key, message,
                      blind::sign(own.private_key, blinded->message).value(), blinded->inverse);
  CHECK(desk.spend_it(blind::text_of({desk.id.value, message, *forged}), mark_a) ==
        "consultation.token.error.unknown");
  const std::string token = desk.take("nv1");
  std::string bent = token;
  bent[bent.size() / 2] = bent[bent.size() / 2] == 'A' ? 'B' : 'A';
  CHECK(desk.spend_it(bent, mark_a) == "consultation.token.error.unknown");
  CHECK(desk.spend_it("", mark_a) == "consultation.token.error.unknown");
  CHECK(desk.spend_it("ABCD EFGH JKLM NPQR STUV", mark_a) == "consultation.token.error.unknown");
  const auto slips = desk.print(1);
  // The next draft has a key of its own: nothing of the first is worth anything there.
  const ConsultationId first = desk.id;
  desk.make();
  desk.key = own;
  REQUIRE(desk.open_for("01") == "fine");
  CHECK(desk.spend_it(token, mark_a) == "consultation.token.error.other");
  CHECK(desk.spend_it(slips[0], mark_a) == "consultation.token.error.other");
  auto renamed = *blind::read_token(token);
  renamed.draft = desk.id.value;
  CHECK(desk.spend_it(blind::text_of(renamed), mark_a) == "consultation.token.error.unknown");
  CHECK(desk.count_of("spent") == 0);
  CHECK(first != desk.id);
}

TEST_CASE("slips are printed in public, never more than people, and each is spent once") {
  TokenDesk desk;
  const auto slips = desk.print(3);
  CHECK(desk.last_said()->what == "slips");
  CHECK(desk.last_said()->comments == 3);
  CHECK(desk.refuse_print(0) == "consultation.token.error.count");
  CHECK(desk.refuse_print(41) == "consultation.token.error.count");
  CHECK(desk.refuse_print(11) == "consultation.token.error.too_many");
  CHECK(desk.refuse_print(1, "nam") == "consultation.error.none");
  CHECK(desk.refuse_print(1, "hai") == "consultation.error.none");
  CHECK(desk.spend_it(people::shown_secret(slips[0]), mark_a) == "fine");
  CHECK(desk.spend_it(slips[0], mark_b) == "consultation.token.error.spent");
  CHECK(desk.spend_it(slips[1], mark_b) == "fine");
  desk.print(10);
  CHECK(desk.ask("nv1", std::string(256, '\1')) == "consultation.token.error.none_left");
  CHECK(desk.told_key().printed == 13);
}

TEST_CASE("whoever changes the key, the slips or the people of a draft is found by the check") {
  const auto found_after = [](auto&& change) {
    TokenDesk desk;
    desk.print(2);
    REQUIRE(desk.read(unfit_tokens).empty());
    desk.write([&](db::Write& w) { change(w, desk.id); });
    return !desk.read(unfit_tokens).empty();
  };
  SeededRandom random(8);
  const std::string other = blind::make_key(random).public_key;
  CHECK(found_after([&](db::Write& w, ConsultationId) {
    w.run("UPDATE consultation_token_key SET public_key = $1", db::Blob{as_bytes(other)});
  }));
  CHECK(found_after([](db::Write& w, ConsultationId) {
    w.run("UPDATE consultation_token_key SET audience_count = 500");
  }));
  CHECK(found_after([](db::Write& w, ConsultationId id) { add_printed(w, id, 1); }));
  CHECK(found_after([](db::Write& w, ConsultationId id) {
    for (std::int64_t account = 1; account <= 12; ++account)
      note_issued(w, id, people::AccountId{account});
  }));
  CHECK(found_after(
      [](db::Write& w, ConsultationId) { w.run("DELETE FROM consultation_token_key"); }));
  CHECK_FALSE(found_after([](db::Write&, ConsultationId) {}));
}

TEST_CASE("a draft for fewer than ten people, or for another unit, gives no tokens") {
  TokenDesk desk;
  desk.make();
  CHECK(desk.open_for("P2") == "consultation.token.error.unit");
  desk.write([&](db::Write& w) {
    for (const char* each : {"nv1", "nv2", "nv3", "nv4"})
      people::set_disabled(w, people::AccountId{desk.accounts.at(each)}, desk.now);
  });
  CHECK(desk.open_for("P1") == "consultation.token.error.few");
  CHECK(desk.current().stage == Stage::editing);
}

TEST_CASE("when a draft closes its key is destroyed, and with it who was given a token") {
  TokenDesk desk;
  const std::string late = desk.take("nv2");
  REQUIRE(desk.spend_it(desk.take("nv1"), mark_a) == "fine");
  desk.print(2);
  CHECK_FALSE(desk.told_key().private_key.empty());
  desk.now = at_local(test::last_day + std::chrono::days(1));
  CHECK(desk.spend_it(late, mark_b) == "consultation.error.closed");
  REQUIRE(close_due(desk.database, desk.now) == 1);
  CHECK(desk.last_said()->what == "tokens");
  CHECK(desk.last_said()->comments == 0);  // fewer than ten are not told
  CHECK(desk.told_key().private_key.empty());
  CHECK(desk.told_key().issued == 2);
  CHECK(desk.told_key().spent == 1);
  CHECK(desk.count_of("issued") + desk.count_of("spent") + desk.count_of("slips") == 0);
  CHECK(scrub_token_keys(desk.database));
  CHECK_FALSE(scrub_token_keys(desk.database));
  CHECK(desk.read(ledger::verify_all).empty());
}

TEST_CASE("whoever reads every table cannot tell who took which token or when") {
  // Two offices in which the same people take and spend tokens in opposite order.
  std::vector<std::int64_t> orders[2];
  for (int turn = 0; turn < 2; ++turn) {
    TokenDesk desk;
    const std::int64_t lines = desk.count_of("ledger"), revision = desk.current().revision;
    std::vector<std::string> tokens;
    for (int n = 1; n <= 5; ++n)
      tokens.push_back(desk.take("nv" + std::to_string(turn == 0 ? n : 6 - n)));
    for (std::size_t n = 0; n < tokens.size(); ++n)
      REQUIRE(desk.spend_it(tokens[n], std::string(32, static_cast<char>('a' + n))) == "fine");
    // No line, no counter and no time grows with them.
    CHECK(desk.count_of("ledger") == lines);
    CHECK(desk.current().revision == revision);
    if (test::is_on_postgres()) return;
    const auto first = [](const db::Row& row) { return row.integer(0); };
    orders[turn] = desk.read([&](db::Read& r) {
      return r.all("SELECT account_id FROM consultation_token_issued", first);
    });
    // Nothing of what was spent was seen when it was given: neither message nor signature.
    const auto hashes = desk.read([](db::Read& r) {
      return r.all("SELECT hash FROM consultation_token_spent",
                   [](const db::Row& row) { return row.text(0); });
    });
    CHECK(std::ranges::is_sorted(hashes));
  }
  CHECK(orders[0].size() == 5);
  CHECK(orders[0] == orders[1]);
}

TEST_CASE("comments by token are told apart for a whole draft alone, and from ten on") {
  TokenDesk desk;
  const auto say_as = [&](Strength strength, const std::string& clause, int count) {
    for (int n = 0; n < count; ++n) {
      const auto prepared = desk.read([&](db::Read& r) {
        return prepare(
            r, desk.id,
            {.clause = clause, .body = "Ý kiến số " + std::to_string(n), .strength = strength},
            desk.random, desk.now);
      });
      REQUIRE(desk.write([&](db::Write& w) { return send(w, prepared.value(), desk.now); }).ok());
    }
  };
  Browser anybody(desk, desk.router, desk.site);
  const std::string label = "Cán bộ, công chức, bằng phiếu";
  say_as(Strength::verified, "d1", 9);
  CHECK_FALSE(anybody.get(desk.address("")).shows(label));
  say_as(Strength::verified, "d2", 1);
  CHECK(anybody.get(desk.address("")).shows(label));
  // One without a name more, and the rest would be one person.
  say_as(Strength::anonymous, "d2", 1);
  CHECK_FALSE(anybody.get(desk.address("")).shows(label));
  say_as(Strength::anonymous, "d2", 9);
  CHECK(anybody.get(desk.address("")).shows(label));
  CHECK_FALSE(anybody.get(desk.address("/clauses/d1")).shows(label));
  anybody.get("/api/v1" + desk.address(""));
  CHECK(anybody.body().find(R"("verified":10)") != std::string::npos);
  CHECK(anybody.body().find(R"("verified":9)") == std::string::npos);
  CHECK(anybody.body().find(R"("verified":1,)") == std::string::npos);
  CHECK(anybody.body().find(R"("line":)") != std::string::npos);
  CHECK(anybody.body().find(R"("issued")") == std::string::npos);
}

TEST_CASE("a slip is spent without a script, without a session, and the comment bears it") {
  TokenDesk desk;
  auto head = desk.browser("hoa");
  head.get("/staff" + desk.address("")).follow("Phiếu giấy để bốc");
  head.fill("In bao nhiêu phiếu", "99").press("In phiếu");
  CHECK(head.status() == 422);
  CHECK(head.shows("Hãy ghi một số từ 1 đến 40."));
  head.fill("In bao nhiêu phiếu", "2").press("In phiếu");
  const std::string before = R"(<span class="secret" translate="no">)";
  const std::size_t at = head.body().find(before);
  REQUIRE(at != std::string::npos);
  const std::string letters = head.body().substr(at + before.size(), 24);
  CHECK_FALSE(head.get("/staff" + desk.address("/slips")).shows(letters));
  // Beside a session the page takes no notice of the slip.
  CHECK(head.get(desk.address()).shows("Máy này đang đăng nhập"));
  head.post(desk.address(), "application/x-www-form-urlencoded", "token=" + letters);
  CHECK(desk.count_of("spent") == 0);

  Browser clean(desk, desk.router, desk.site);
  clean.get(desk.address("")).follow("Góp ý bằng phiếu, không ai biết là ai");
  clean.fill("Phiếu của bạn", "ABCD").press("Dùng phiếu");
  CHECK(clean.status() == 422);
  CHECK(clean.shows("Đây không phải phiếu hợp lệ."));
  clean.fill("Phiếu của bạn", letters).press("Dùng phiếu");
  CHECK(clean.shows("Phiếu đã được nhận"));
  clean.get(desk.address("/clauses/d2"));
  CHECK(clean.shows("được tính là của cán bộ, công chức, bằng phiếu"));
  clean.fill("Ý kiến của bạn", "Ba mươi ngày là quá lâu.").press("Gửi ý kiến");
  CHECK(clean.shows("Đã nhận ý kiến của bạn"));
  CHECK(desk.read([&](db::Read& r) { return comments_by_token(r, desk.id); }) == 1);
  // Somebody else, with the same slip, and somebody without any.
  Browser other(desk, desk.router, desk.site);
  other.get(desk.address());
  other.fill("Phiếu của bạn", letters).press("Dùng phiếu");
  CHECK(other.status() == 409);
  CHECK(other.shows("Phiếu này đã được dùng."));
  other.get(desk.address("/clauses/d2"));
  CHECK(other.shows("không được tính là bằng phiếu"));
  other.fill("Ý kiến của bạn", "Tôi là người dân.").press("Gửi ý kiến");
  CHECK(desk.read([&](db::Read& r) { return comments_by_token(r, desk.id); }) == 1);
  // The browser of the token, once it is signed in, is nobody's either.
  clean.set_cookie(std::string(people::session_cookie), "token-of-nv1");
  clean.get(desk.address("/clauses/d2"));
  CHECK_FALSE(clean.shows("Tôi góp ý với tư cách cán bộ"));
  clean.fill("Ý kiến của bạn", "Gửi kèm phiên đăng nhập.").press("Gửi ý kiến");
  CHECK(desk.read([&](db::Read& r) { return comments_by_token(r, desk.id); }) == 1);
}

TEST_CASE("the page signs what a script blinded, once, and shows no name") {
  TokenDesk desk;
  auto nv = desk.browser("nv1");
  nv.get("/staff" + desk.address());
  CHECK(nv.body().find("data-token=\"" + to_base64(as_bytes(desk.told_key().public_key))) !=
        std::string::npos);
  CHECK(nv.shows("Cách này cần JavaScript."));
  const std::string before = "name=\"csrf\" value=\"";
  const std::size_t at = nv.body().find(before) + before.size();
  const std::string csrf = nv.body().substr(at, nv.body().find('"', at) - at);
  const std::string message = blind::prepare(std::string(32, 'n'), desk.random);
  const auto blinded = blind::blind(desk.told_key().public_key, message, desk.random);
  const std::string form = "csrf=" + csrf + "&blinded=" + blind::to_base64url(blinded->message);
  nv.post("/staff" + desk.address(), "application/x-www-form-urlencoded", form);
  REQUIRE(nv.status() == 200);
  const std::string head = R"({"signature":")";
  REQUIRE(nv.body().starts_with(head));
  const auto answer =
      blind::from_base64url(nv.body().substr(head.size(), nv.body().size() - head.size() - 2));
  CHECK(blind::finalize(desk.told_key().public_key, message, answer.value(), blinded->inverse));
  nv.post("/staff" + desk.address(), "application/x-www-form-urlencoded", form);
  CHECK(nv.status() == 409);
  CHECK(nv.body().find("Mỗi người chỉ được một phiếu.") != std::string::npos);
  CHECK(nv.get("/staff" + desk.address()).shows("Bạn đã lấy phiếu cho dự thảo này."));
  CHECK(desk.browser("hai").get("/staff" + desk.address()).shows("lấy ý kiến của đơn vị khác"));
  Browser nobody(desk, desk.router, desk.site);
  nobody.get("/staff" + desk.address());
  CHECK(nobody.body().find("data-token=") == std::string::npos);
}

}  // namespace ln::consultation
