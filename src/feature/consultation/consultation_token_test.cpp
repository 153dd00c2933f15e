// Tokens of a draft about those who work here: taken blindly or drawn from a box, spent once, and
// attacked by who wants two, by who swaps the key, and by who reads every table afterwards.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "core/ledger/ledger_verify.h"
#include "feature/consultation/consultation_store_check.h"
#include "test/engine.h"
#include "test/token_desk.h"

namespace ln::consultation {

TEST_CASE("one who works here takes one token, and it takes part as one of many") {
  TokenDesk desk;
  CHECK(desk.last_said()->what == "key");
  CHECK(desk.last_said()->comments == 25);
  CHECK(std::string(as_text(desk.last_said()->text)) == hash_of(desk.told_key()));
  desk.take_ten();
  const std::string token = desk.take("nv1");
  CHECK(desk.ask("nv1", std::string(256, '\1')) == "consultation.token.error.issued");
  // Whoever lost the answer asks again, with the same, and gets the same token.
  CHECK(desk.take("nv1") == token);
  CHECK(desk.ask("hai", std::string(256, '\1')) == "consultation.token.error.audience");
  CHECK(desk.ask("nv2", "short") == "consultation.token.error.blinded");
  CHECK(desk.count_of("issued") == 11);
  CHECK(desk.spend_it(token, mark_a) == "fine");
  CHECK(desk.spend_it(token, mark_b) == "consultation.token.error.spent");
  const bool by_a = desk.read([&](db::Read& r) { return is_by_token(r, desk.id, mark_a); });
  const bool by_b = desk.read([&](db::Read& r) { return is_by_token(r, desk.id, mark_b); });
  CHECK(by_a);
  CHECK_FALSE(by_b);
  CHECK(desk.spend_it(desk.take("nv2"), mark_a) == "consultation.token.error.twice");
  // A browser that spends nothing learns nothing of what was spent.
  CHECK(desk.spend_it(token, mark_a) == "consultation.token.error.twice");
  CHECK(desk.count_of("spent") == 1);
  const auto voter = desk.read([&](db::Read& r) { return find_participant(r, desk.id, mark_a); });
  CHECK_FALSE(voter.has_value());
  CHECK(desk.read(ledger::verify_all).empty());
}

TEST_CASE("nine have taken a token, and nothing is spent yet") {
  TokenDesk desk;
  std::vector<std::string> tokens;
  for (int n = 1; n <= 9; ++n) tokens.push_back(desk.take("nv" + std::to_string(n)));
  CHECK(desk.spend_it(tokens[0], mark_a) == "consultation.token.error.early");
  // Slips are a crowd of their own.
  const auto slips = desk.print(10);
  CHECK(desk.spend_it(tokens[0], mark_a) == "consultation.token.error.early");
  CHECK(desk.spend_it(slips[0], mark_b) == "fine");
  CHECK(desk.count_of("spent") == 1);
  desk.take("nv10");
  CHECK(desk.spend_it(tokens[0], mark_a) == "fine");
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
  const auto slips = desk.print(10);
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
  // Whoever printed one slip would know whose it is.
  for (const std::int64_t count : {0, 1, 9, 11, 25, 41, 50})
    CHECK(desk.refuse_print(count) == "consultation.token.error.count");
  CHECK(desk.refuse_print(20) == "consultation.token.error.too_many");
  CHECK(desk.refuse_print(10, "nam") == "consultation.error.none");
  CHECK(desk.refuse_print(10, "hai") == "consultation.error.none");
  const auto slips = desk.print(10);
  CHECK(desk.last_said()->what == "slips");
  CHECK(desk.last_said()->comments == 10);
  CHECK(desk.spend_it(people::shown_secret(slips[0]), mark_a) == "fine");
  CHECK(desk.spend_it(slips[0], mark_b) == "consultation.token.error.spent");
  CHECK(desk.spend_it(slips[1], mark_b) == "fine");
  // Half of the people are 12: the office cannot print those that others would take.
  CHECK(desk.refuse_print(10) == "consultation.token.error.too_many");
  for (int n = 1; n <= 15; ++n) desk.take("nv" + std::to_string(n));
  CHECK(desk.ask("nv16", std::string(256, '\1')) == "consultation.token.error.none_left");
  CHECK(desk.told_key().printed == 10);

  TokenDesk full;
  for (int n = 1; n <= 16; ++n) full.take("nv" + std::to_string(n));
  CHECK(full.refuse_print(10) == "consultation.token.error.too_many");
}

TEST_CASE("whoever changes the key, the slips or the people of a draft is found by the check") {
  const auto found_after = [](auto&& change, bool has_slips = true) {
    TokenDesk desk;
    if (has_slips) desk.print(10);
    desk.say("d1", "Nên công khai sớm hơn.");
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
    for (std::int64_t account = 1; account <= 16; ++account)
      note_issued(w, id, people::AccountId{account}, std::string(32, 'x'));
  }));
  const auto stuff = [](db::Write& w, ConsultationId id) {
    for (char c = 'a'; c < 'k'; ++c) insert_slip(w, id, std::string(32, c));
  };
  CHECK(found_after(stuff));
  CHECK(found_after(stuff, false));
  CHECK(found_after(
      [&](db::Write& w, ConsultationId id) {
        stuff(w, id);
        add_printed(w, id, 10);
      },
      false));
  // A line for a key of somebody's own.
  CHECK(found_after([](db::Write& w, ConsultationId id) {
    REQUIRE(ledger::announce(w, ledger::ConsultationFact{.at = at_local(test::last_day),
                                                         .what = "key",
                                                         .consultation = id.value,
                                                         .version = 1,
                                                         .comments = 25,
                                                         .closes = test::last_day,
                                                         .text = {}})
                .ok());
  }));
  CHECK(found_after([](db::Write& w, ConsultationId) {
    w.run("UPDATE consultation_token_key SET line = line - 1");
  }));
  CHECK(found_after([](db::Write& w, ConsultationId) {
    w.run("UPDATE consultation_comment SET strength = 'verified'");
  }));
  CHECK(found_after([](db::Write& w, ConsultationId) {
    w.run(
        "UPDATE consultation_token_key SET private_key = NULL, issued_count = 0, "
        "spent_count = 0, said_count = 0");
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
    for (int n = 1; n <= 16; ++n)
      people::set_disabled(w, people::AccountId{desk.accounts.at("nv" + std::to_string(n))},
                           desk.now);
  });
  CHECK(desk.open_for("P1") == "consultation.token.error.few");
  CHECK(desk.current().stage == Stage::editing);
}

TEST_CASE("when a draft closes its key is destroyed, and with it who was given a token") {
  TokenDesk desk;
  desk.take_ten();
  const std::string late = desk.take("nv2");
  REQUIRE(desk.spend_it(desk.take("nv1"), mark_a) == "fine");
  const auto slips = desk.print(10);
  CHECK_FALSE(desk.told_key().private_key.empty());
  desk.now = at_local(test::last_day + std::chrono::days(1));
  CHECK(desk.spend_it(late, mark_b) == "consultation.error.closed");
  CHECK(desk.spend_it(slips[0], mark_b) == "consultation.error.closed");
  REQUIRE(close_due(desk.database, desk.now) == 1);
  CHECK(desk.last_said()->what == "tokens");
  CHECK(desk.last_said()->comments == 0);  // fewer than ten are not told
  CHECK(desk.told_key().private_key.empty());
  CHECK(desk.told_key().issued == 12);
  CHECK(desk.told_key().spent == 1);
  CHECK(desk.count_of("issued") + desk.count_of("spent") + desk.count_of("slips") == 0);
  CHECK(desk.count_of("holders") == 0);
  CHECK(desk.spend_it(slips[0], mark_b) == "consultation.error.closed");
  CHECK(desk.read(unfit_tokens).empty());
  CHECK(scrub_token_keys(desk.database));
  CHECK_FALSE(scrub_token_keys(desk.database));
  CHECK(desk.read(ledger::verify_all).empty());
}

namespace {

// What stands in every table that taking, spending and commenting touch, in the order in which the
// rows lie; on PostgreSQL, whose transaction numbers tell that order (decision 46), in any order.
std::vector<std::string> everything(TokenDesk& desk) {
  std::vector<std::string> out;
  desk.read([&](db::Read& r) {
    const auto add = [&](const char* table) {
      return [&out, table, from = out.size()](const db::Row& row) {
        out.push_back(std::string(table) + " " + std::to_string(out.size() - from) + " " +
                      std::to_string(row.integer(0)) + " " + to_hex(as_bytes(row.text(1))));
      };
    };
    r.each("SELECT account_id, blinded FROM consultation_token_issued", add("issued"));
    r.each("SELECT consultation_id, hash FROM consultation_token_spent", add("spent"));
    r.each("SELECT consultation_id, hash FROM consultation_token_slip", add("slip"));
    r.each("SELECT consultation_id, mark FROM consultation_token_holder", add("holder"));
    r.each("SELECT printed_count, public_key FROM consultation_token_key", add("key"));
    r.each("SELECT id, mark FROM consultation_participant", add("participant"));
    r.each("SELECT revision, title_vi FROM consultation", add("consultation"));
    r.each("SELECT id, body FROM consultation_comment", add("comment"));
    r.each("SELECT id, leaf FROM ledger_leaf", add("leaf"));
    r.each("SELECT id, payload FROM ledger_entry", add("entry"));
    r.each("SELECT id, login FROM people_account", add("account"));
    return 0;
  });
  if (test::is_on_postgres()) {
    for (std::string& each : out) {
      const std::size_t at = each.find(' ');
      each.erase(at, each.find(' ', at + 1) - at);
    }
    std::ranges::sort(out);
  }
  return out;
}

}  // namespace

TEST_CASE("whoever reads every table cannot tell who took which token or when") {
  // Two offices in which the same people take tokens in opposite order and spend them in one.
  std::vector<std::string> tables[2];
  for (int turn = 0; turn < 2; ++turn) {
    TokenDesk desk;
    const std::int64_t lines = desk.count_of("ledger"), revision = desk.current().revision;
    std::map<int, std::string> tokens;
    for (int n = 1; n <= 12; ++n) {
      const int who = turn == 0 ? n : 13 - n;
      tokens[who] = desk.take("nv" + std::to_string(who));
    }
    for (int n = 1; n <= 5; ++n)
      REQUIRE(desk.spend_it(tokens[n], std::string(32, static_cast<char>('a' + n))) == "fine");
    // No line, no counter and no time grows with them.
    CHECK(desk.count_of("ledger") == lines);
    CHECK(desk.current().revision == revision);
    tables[turn] = everything(desk);
  }
  CHECK(tables[0].size() > 50);
  CHECK(tables[0] == tables[1]);
}

}  // namespace ln::consultation
