// Promises as two parties bring them: with a city, or with a receipt and a policy.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "app/cli_verify.h"
#include "app/commands.h"
#include "base/log.h"
#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_jobs.h"
#include "core/ledger/ledger_jobs_batch.h"
#include "core/ledger/ledger_opening.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store_tree.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::app {
namespace {

// A log in a file that verify can open, with a case that waits.
struct Table {
  Instant now = test::monday;
  SeededRandom random{18};
  test::Folder folder;
  db::Options place =
      test::on_engine({.path = (folder.path / "langnghe.db").string(), .now = test::monday});
  db::Database database{place};
  std::unique_ptr<ledger::Sealer> sealer =
      ledger::Sealer::open(database, {"so-cai.example", "", "", [this] { return now; }}, random);
  std::string said;  // what the last command told, in English

  Table() {
    log::set_least(log::Level::error);
    receive(1);
    receive(2);
    for (std::int64_t id = 1; id <= 2; ++id)
      bring("promise" + std::to_string(id), database.read([&](db::Read& read) {
        return ledger::promise_of(read, {"feedback", id}, "ABCD2345").value().file();
      }));
    bring("policy", merkle::Policy::of(sealer->verifier(), "").text());
    const merkle::Signer other("so-cai.example", merkle::Seed{9});
    bring("strange", merkle::Policy::of(other.verifier(), "").text());
  }
  void bring(const std::string& name, const std::string& bytes) {
    std::ofstream(folder.path / name, std::ios::binary) << bytes;
  }
  std::string at(const std::string& name) const { return (folder.path / name).string(); }
  void receive(std::int64_t id) {
    const ledger::CaseKey key = ledger::draw_case_key(random);
    const ledger::Salts salts = ledger::draw(random);
    const ledger::Entry entry{.event = ledger::Event::received,
                              .subject = {"feedback", id},
                              .at = now,
                              .case_key = &key,
                              .registers = ledger::PublicKey{},
                              .waits = true};
    REQUIRE(database.write([&](db::Write& to) { return ledger::append(to, entry, salts); }).ok());
  }
  // The batch joins and is published; what it holds of the first case is brought.
  void join(Instant when) {
    now = when;
    CHECK(ledger::join_batch(database, "feedback", random, now) == 16);
    ledger::publish_now(database, now);
    for (std::int64_t id = 1; id <= 2; ++id)
      bring("receipt" + std::to_string(id), database.read([&](db::Read& read) {
        return ledger::receipts_of(read, {"feedback", id}, "ABCD2345").at(0).text();
      }));
  }
  int rule(const std::string& file, std::vector<std::string> words, bool with_city = false) {
    std::vector<std::string_view> views(words.begin(), words.end());
    std::istringstream in;
    std::ostringstream out;
    Console console{in, out, out, false, i18n::Voice(i18n::Language::en)};
    std::ifstream bytes(at(file), std::ios::binary);
    const auto promise = ledger::Promise::parse(std::string(std::istreambuf_iterator(bytes), {}));
    REQUIRE(promise.has_value());
    const int status = verify_promise(*promise, Arguments(views, options_of("verify")),
                                      with_city ? &place : nullptr, console);
    said = out.str();
    return status;
  }
  bool told(std::string_view part) const { return said.find(part) != std::string::npos; }
};

}  // namespace

TEST_CASE("verify PROMISE ends with 0 kept or not due, 1 broken or late, 2 when it cannot tell") {
  Table table;
  const std::string policy = "--policy=" + table.at("policy");
  const std::string before = "--now=2026-11-23T02:59:00Z", after = "--now=2026-11-23T03:00:00Z";
  CHECK(table.rule("promise1", {before}, true) == 0);
  CHECK(table.told("NOT YET"));
  CHECK(table.told("case ABCD2345"));
  CHECK(table.rule("promise1", {after}, true) == 1);
  CHECK(table.told("BROKEN"));
  table.join(test::monday + std::chrono::minutes(46));
  CHECK(table.rule("promise1", {after}, true) == 0);
  CHECK(table.told("KEPT"));
  CHECK(table.rule("promise1", {policy, "--receipt", table.at("receipt1")}) == 0);
  CHECK(table.told("the city's word alone"));
  // Another line, nothing shown, nobody to believe, another log.
  CHECK(table.rule("promise1", {policy, "--receipt", table.at("receipt2")}) == 2);
  CHECK(table.told("another line"));
  CHECK(table.rule("promise1", {policy}) == 3);
  CHECK(table.rule("promise1", {}) == 2);
  CHECK(table.rule("promise1", {"--policy=" + table.at("strange")}) == 2);
  CHECK(table.told("not signed by this ledger"));
}

TEST_CASE("verify PROMISE finds that a line came after its hour") {
  Table table;
  table.join(test::monday + std::chrono::minutes(61));
  CHECK(table.rule("promise1", {"--now=2026-11-23T05:00:00Z"}, true) == 1);
  CHECK(table.told("LATE"));
}

TEST_CASE("the other program judges a promise in the same way") {
  Table table;
  const std::string tool = "python3 tools/verify_ledger.py promise ";
  const auto run = [&](const std::string& words) {
    return WEXITSTATUS(std::system((tool + words + " >/dev/null 2>&1").c_str()));
  };
  table.join(test::monday + std::chrono::minutes(46));
  const std::string policy = " --policy " + table.at("policy");
  CHECK(run(table.at("promise1") + policy + " --receipt " + table.at("receipt1")) == 0);
  CHECK(run(table.at("promise1") + policy + " --receipt " + table.at("receipt2")) == 2);
  CHECK(run(table.at("promise1") + " --policy " + table.at("strange") + " --receipt " +
            table.at("receipt1")) == 1);
  CHECK(run(table.at("receipt1") + policy + " --receipt " + table.at("receipt1")) == 2);
}

}  // namespace ln::app
