#include "app/cli_verify.h"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "app/commands.h"
#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_opening.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store_tree.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::app {
namespace {

constexpr Instant due = test::monday + std::chrono::hours(48);

// Files as two parties bring them: a receipt, an answer in time, one that was late, whom to
// believe.
struct Table : test::World {
  test::Folder folder;
  std::unique_ptr<ledger::Sealer> sealer =
      ledger::Sealer::open(database, {"so-cai.example", "", "", [this] { return now; }}, random);
  std::string said;  // what the last command told, in English

  Table() {
    play(1, due);
    play(2, due + std::chrono::seconds(1));
    bring("policy", merkle::Policy::of(sealer->verifier(), "").text());
    bring("nonsense", "index 0\n");
  }
  void bring(const std::string& name, const std::string& bytes) {
    std::ofstream(folder.path / name, std::ios::binary) << bytes;
  }
  std::string at(const std::string& name) const { return (folder.path / name).string(); }

  void play(std::int64_t id, Instant answered) {
    const ledger::CaseKey key = ledger::draw_case_key(random);
    ledger::Entry entry{
        .event = ledger::Event::received, .subject = {"feedback", id}, .at = now, .due = due};
    entry.case_key = &key;
    entry.registers = ledger::PublicKey{};
    add(entry);
    add({.event = ledger::Event::answered, .subject = entry.subject, .at = answered});
    const auto receipts =
        read([&](db::Read& from) { return ledger::receipts_of(from, entry.subject, "ABCD2345"); });
    const std::string name = std::to_string(id);
    bring("claim" + name, receipts.at(0).text());
    bring("answer" + name, receipts.at(1).text());
    bring("case" + name, ledger::bundle_of(receipts));
  }
  void add(const ledger::Entry& entry) {
    const ledger::Salts salts = ledger::draw(random);
    REQUIRE(write([&](db::Write& to) { return ledger::append(to, entry, salts); }).ok());
  }
  int referee(std::vector<std::string> words) {
    std::vector<std::string_view> views(words.begin(), words.end());
    std::istringstream in;
    std::ostringstream out;
    Console console{in, out, out, false, i18n::Voice(i18n::Language::en)};
    const int status = verify_lateness(Arguments(views, options_of("verify")), console);
    said = out.str();
    return status;
  }
  bool told(std::string_view part) const { return said.find(part) != std::string::npos; }
};

}  // namespace

TEST_CASE("verify --late ends with 0 in time, 1 late or not shown, 2 when it cannot tell") {
  Table table;
  const auto file = [&](const std::string& name) { return table.at(name); };
  const std::string policy = "--policy=" + file("policy");
  // In time, to the second; a case as a whole does as well.
  CHECK(table.referee({"--late", file("claim1"), "--answer", file("answer1"), policy}) == 0);
  CHECK(table.told("NOT LATE by the city's own word"));
  CHECK(table.told("no witnesses"));
  CHECK(table.referee({"--late", file("case1"), "--answer", file("case1"), policy}) == 0);
  // One second late; nothing shown; another case.
  CHECK(table.referee({"--late", file("claim2"), "--answer", file("answer2"), policy}) == 1);
  CHECK(table.told("LATE by the city's own word"));
  CHECK(table.referee({"--late", file("claim1"), policy, "--now", "2027-01-01T00:00:00Z"}) == 1);
  CHECK(table.told("LATE unless"));
  CHECK(table.referee({"--late", file("claim1"), "--answer", file("answer2"), policy}) == 1);
  CHECK(table.told("does not follow in this case"));
  CHECK(table.referee({"--late", file("claim1"), policy, "--now", "2026-11-23T03:00:00Z"}) == 0);
  CHECK(table.told("NOT LATE YET"));
  // No claim, nobody to believe, a file that is none, the answer in the place of the claim.
  CHECK(table.referee({"--late", file("nonsense"), policy}) == 2);
  CHECK(table.referee({"--late", file("claim1"), "--answer", file("answer1")}) == 2);
  CHECK(table.told("could not be checked"));
  CHECK(table.referee({"--late", file("claim1"), "--answer", file("nonsense"), policy}) == 2);
  CHECK(table.referee({"--late", file("answer1"), policy}) == 2);
  CHECK_THROWS_AS(table.referee({"--late", file("nowhere"), policy}), Misuse);
}

}  // namespace ln::app
