#include "core/ledger/ledger_collect.h"

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <string>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_alarm.h"
#include "core/ledger/ledger_jobs.h"
#include "core/ledger/ledger_pages.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_tree.h"
#include "engine/merkle/merkle_witness.h"
#include "platform/http/server.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::ledger {
namespace {

constexpr const char* origin = "langnghe.example/so-cai";

// Witnesses that answer as a test tells them; /one and /two each have a key.
struct Manner {
  merkle::Signer key;
  std::uint64_t seen = 0;       // what it claims to have seen; checked like a real one would
  std::chrono::seconds off{0};  // how wrong its clock is
  int status = 0;               // answers this instead
  std::string says = "99999\n";
  bool signs_other_text = false;
  const merkle::Signer* signs_as = nullptr;
  int asked = 0;
};
Manner *one_manner = nullptr, *two_manner = nullptr;

http::Response answer_of(Manner& manner, const std::string& body) {
  ++manner.asked;
  if (manner.status != 0) return http::text(manner.status, manner.says);
  const auto request = merkle::AddCheckpoint::parse(body);
  const auto note = request ? merkle::Note::parse(request->checkpoint) : std::nullopt;
  const auto head = note ? merkle::Checkpoint::parse(note->text) : std::nullopt;
  if (!head) return http::text(400, "");
  if (request->old_size != manner.seen) {
    http::Response response = http::text(409, merkle::size_line(manner.seen));
    response.content_type = merkle::size_line_type;
    return response;
  }
  manner.seen = head->size;
  const Instant at = test::monday + manner.off;
  const merkle::Signer& key = manner.signs_as != nullptr ? *manner.signs_as : manner.key;
  const std::string text = manner.signs_other_text ? "x\n" : note->text;
  return http::text(200, merkle::signature_lines(
                             {key.cosign(text, static_cast<std::uint64_t>(to_ms(at) / 1000))}));
}
Result<http::Pending> one(const http::Request& request) {
  return http::Pending::answer(answer_of(*one_manner, request.body));
}
Result<http::Pending> two(const http::Request& request) {
  return http::Pending::answer(answer_of(*two_manner, request.body));
}

merkle::Signer witness_key(const char* name, std::uint8_t seed) {
  return {name, merkle::Seed{seed}, merkle::KeyKind::witness};
}

// A city's ledger with two witnesses on a server of this process.
struct Town {
  test::World world;
  std::unique_ptr<Sealer> sealer =
      Sealer::open(world.database, {origin, "", "", [this] { return world.now; }}, world.random);
  Manner first{witness_key("mttq.example", 21)}, second{witness_key("bao.example", 22)};
  http::Router router;
  html::Site site;
  http::Broadcast broadcast;
  test::Folder scratch;
  std::optional<http::Server> server;

  explicit Town(const std::string& quorum = "all") {
    one_manner = &first;
    two_manner = &second;
    router.post("/one/add-checkpoint", one, {.csrf = false});
    router.post("/two/add-checkpoint", two, {.csrf = false});
    http::ServerOptions options{.port = 0, .rate_limit = false};
    options.upload_folder = (scratch.path / "uploads").string();
    options.clock = [] { return test::monday; };
    log::set_least(log::Level::error);
    server.emplace(std::move(options), router, world.database, world.random, site, broadcast);
    server->start();
    const std::string here = "http://127.0.0.1:" + std::to_string(server->port());
    const auto policy = merkle::Policy::parse(
        "log " + sealer->verifier().text() + "\nwitness mttq " + first.key.verifier().text() + " " +
        here + "/one\nwitness bao " + second.key.verifier().text() + " " + here +
        "/two/\ngroup both " + quorum + " mttq bao\nquorum both\n");
    REQUIRE(policy);
    world.write([&](db::Write& write) { save_policy(write, policy); });
    tick();
  }
  ~Town() { server->stop(1000); }

  // A minute later the newest head is published.
  void tick() {
    world.now += std::chrono::minutes(1);
    publish_now(world.database, world.now);
  }
  std::int64_t grow() {
    const Salts salts = draw(world.random);
    const CaseKey key = draw_case_key(world.random);
    Entry entry{.event = Event::received, .subject = {"feedback", ++cases}, .at = world.now};
    entry.case_key = &key;
    const auto done = world.write([&](db::Write& write) { return append(write, entry, salts); });
    return done.value().index;
  }
  // What each witness came to, in the order of the policy; "" when all is well.
  std::vector<std::string> ask() {
    std::vector<std::string> failures;
    for (const Asked& each : collect(world.database, {.clock = [] { return test::monday; }}))
      failures.push_back(each.failure);
    return failures;
  }
  std::string note() {
    return world.read([](db::Read& read) { return cosigned_note(read, *published_head(read)); });
  }
  merkle::Verdict verdict() {
    return world
        .read([&](db::Read& read) {
          return policy_of(read)->judge(cosigned_note(read, *published_head(read)));
        })
        .value();
  }
  Standing standing() {
    return world.read([](db::Read& read) { return standing_of(read); });
  }
  std::int64_t cases = 0;
};

const std::vector<std::string> well = {"", ""};

}  // namespace

TEST_CASE("witnesses cosign each published head, and what changed since is proven to them") {
  Town town;
  CHECK_FALSE(town.verdict().has_quorum);
  CHECK(town.ask() == well);
  CHECK(town.verdict().has_quorum);
  CHECK(town.ask().empty());  // Both have signed this tick.
  CHECK(town.first.asked == 1);
  // The log's own line comes first.
  const std::string note = town.note();
  CHECK(note.find(std::string("— ") + origin) < note.find("— bao.example"));

  for (int i = 0; i < 5; ++i) town.grow();
  town.tick();
  CHECK_FALSE(town.verdict().has_quorum);
  CHECK(town.ask() == well);
  CHECK(town.first.asked == 2);  // From the size that was cosigned, so it is not asked twice.
  CHECK(town.verdict().checkpoint.size == 5);
  CHECK(town.verdict().has_quorum);

  // Nothing happened: the head still bears the old lines, and is sent again for a fresh time.
  town.tick();
  CHECK(town.verdict().has_quorum);
  CHECK(town.ask() == well);
  CHECK(town.first.asked == 3);
  CHECK(town.standing().missed == 0);
}

TEST_CASE("a witness that has seen another size says so and is asked from there") {
  Town town;
  for (int i = 0; i < 7; ++i) town.grow();
  town.tick();
  town.first.seen = 3;
  CHECK(town.ask() == well);
  CHECK(town.first.asked == 2);
  // It has seen more than was ever published: somebody signs in our name.
  town.tick();
  town.first.seen = 8;
  const auto failures = town.ask();
  CHECK(failures[0].find("it has seen 8 lines") != std::string::npos);
  CHECK(failures[1].empty());
}

TEST_CASE("a cosignature counts when the witness itself made it, for this head, about now") {
  Town town("any");
  const merkle::Signer stranger = witness_key("mttq.example", 30);
  const merkle::Signer imitator = witness_key("kia.example", 21);
  const auto first_failure = [&] {
    town.tick();
    const auto failures = town.ask();
    REQUIRE(failures.size() == 2);
    CHECK(failures[1].empty());  // One liar does not spoil the other's word.
    CHECK(town.verdict().witnesses.size() == 1);
    return failures[0];
  };
  town.first.off = std::chrono::minutes(6);
  CHECK(first_failure() == "its time is not about now");
  town.first.off = -std::chrono::minutes(6);
  CHECK(first_failure() == "its time is not about now");
  town.first.off = std::chrono::seconds(0);
  town.first.signs_as = &stranger;
  CHECK(first_failure() == "its answer is not signed with its key");
  town.first.signs_as = &imitator;
  CHECK(first_failure() == "its answer is not signed with its key");
  town.first.signs_as = nullptr;
  town.first.signs_other_text = true;
  CHECK(first_failure() == "its signature is not good");
  town.first.signs_other_text = false;
  for (const int status : {400, 403, 404, 422, 500, 302}) {
    town.first.status = status;
    CHECK(first_failure() == "it answered " + std::to_string(status));
  }
  town.first.status = 200;  // With a body that is no signature.
  CHECK(first_failure() == "its answer is no signature");
  town.first.status = 0;
  town.tick();
  CHECK(town.ask() == well);
  CHECK(town.verdict().witnesses.size() == 2);
}

TEST_CASE("a witness that has seen another history is told from one that cannot be reached") {
  Town town;
  using Kind = Asked::Kind;
  const auto kinds = [&](bool asks_all) {
    std::vector<Kind> all;
    const CollectOptions options{.clock = [] { return test::monday; }};
    const auto answers =
        asks_all ? compare(town.world.database, options) : collect(town.world.database, options);
    for (const Asked& each : answers) all.push_back(each.kind);
    note_histories(answers, true);
    return all;
  };
  town.first.status = 422;
  town.second.status = 500;
  CHECK(kinds(false) == std::vector{Kind::sees_other_history, Kind::failed});
  CHECK(other_histories() == std::vector<std::string>{"mttq"});
  // Silence takes back nothing; a signature does.
  town.first.status = 500;
  CHECK(kinds(false) == std::vector{Kind::failed, Kind::failed});
  CHECK(other_histories() == std::vector<std::string>{"mttq"});
  town.first.status = town.second.status = 0;
  CHECK(kinds(false) == std::vector{Kind::cosigned, Kind::cosigned});
  CHECK(other_histories().empty());
  // Another head of one size is answered with 409 by others than our own witness, with the size or
  // with none; a 409 that names another size is none.
  town.grow();
  town.tick();
  CHECK(kinds(false) == std::vector{Kind::cosigned, Kind::cosigned});
  town.first.status = 409;
  town.first.says = "1\n";
  CHECK(kinds(true) == std::vector{Kind::sees_other_history, Kind::cosigned});
  town.first.says = "";
  CHECK(kinds(true) == std::vector{Kind::sees_other_history, Kind::cosigned});
  CHECK(other_histories() == std::vector<std::string>{"mttq"});
  town.first.status = 0;
  CHECK(kinds(true) == std::vector{Kind::cosigned, Kind::cosigned});
  CHECK(other_histories().empty());
  // At a start those are asked too who have signed this tick: one of them has seen more since.
  CHECK(kinds(false).empty());
  town.second.seen += 5;
  CHECK(kinds(true) == std::vector{Kind::cosigned, Kind::ahead});
  CHECK(other_histories() == std::vector<std::string>{"bao"});
  // Where there are several nodes another may just have published.
  set_other_history("bao", false);
  note_histories({{"bao", "it has seen 5 lines, more than were published", Kind::ahead}}, false);
  CHECK(other_histories().empty());
}

TEST_CASE("three ticks without enough witnesses are an alarm, and the next good one ends it") {
  Town town;
  const auto page = [&] {
    static const html::Site site = {.city = "site.name"_t};
    http::Request request;
    request.path = "/ledger";
    request.view = {.site = &site, .voice = i18n::Voice(i18n::Language::en), .path = request.path};
    return town.world.read([&](db::Read& read) { return ledger_page(request, read); }).value().body;
  };
  const auto has = [](const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
  };
  CHECK(has(page(), "has not signed yet"));
  town.ask();
  CHECK(has(page(), "– enough"));
  CHECK_FALSE(has(page(), "has not signed yet"));
  town.second.status = 500;
  for (int missed = 0; missed < 3; ++missed) {
    town.tick();
    CHECK(town.standing().missed == missed);
    CHECK_FALSE(has(page(), "Too few witnesses have signed"));
    town.ask();
  }
  town.tick();
  CHECK(town.standing().is_alarming());
  CHECK(town.standing().witnesses[0].missed == 0);
  CHECK(town.standing().witnesses[1].missed == 3);
  CHECK(has(page(), "Too few witnesses have signed"));
  CHECK(has(page(), "silent for three seals in a row"));
  town.second.status = 0;
  CHECK(town.ask().back().empty());
  CHECK(town.standing().missed == 0);
  CHECK_FALSE(has(page(), "Too few witnesses have signed"));
}

TEST_CASE("receipts carry the cosigned head as soon as it covers their leaf") {
  Town town;
  const std::int64_t leaf = town.grow();
  const auto quorum_of = [&](std::int64_t index) {
    return town.world.read([&](db::Read& read) {
      const auto head = head_for(read, index);
      const merkle::Receipt receipt = prove(read, index, *head);
      return policy_of(read)->judge(receipt.checkpoint).value();
    });
  };
  CHECK_FALSE(quorum_of(leaf).has_quorum);
  town.tick();
  town.ask();
  CHECK(quorum_of(leaf).has_quorum);
  CHECK(quorum_of(leaf).checkpoint.size == 1);
  // A newer head that nobody has signed yet does not take the witnesses from an older leaf.
  const std::int64_t newer = town.grow();
  town.tick();
  CHECK(quorum_of(leaf).has_quorum);
  CHECK(quorum_of(leaf).checkpoint.size == 1);
  CHECK_FALSE(quorum_of(newer).has_quorum);
  const std::uint64_t seen = quorum_of(leaf).witnesses.at(0).time;
  town.ask();
  CHECK(quorum_of(newer).checkpoint.size == 2);
  CHECK(quorum_of(newer).has_quorum);
  // Nor does a newer one that they have signed, nor their signing the same one again: whoever must
  // show that something was there by a date shows the first they saw of it.
  CHECK(quorum_of(leaf).checkpoint.size == 1);
  town.tick();
  town.ask();
  CHECK(quorum_of(leaf).witnesses.at(0).time == seen);
  CHECK(quorum_of(newer).checkpoint.size == 2);
}

TEST_CASE("cosignatures are never changed or taken away") {
  Town town;
  town.ask();
  const std::string before = town.note();
  CHECK_THROWS_AS(
      town.world.write([](db::Write& write) { write.run("DELETE FROM ledger_cosignature"); }),
      db::Failure);
  CHECK_THROWS_AS(town.world.write([](db::Write& write) {
    write.run("UPDATE ledger_cosignature SET line = 'x'");
  }),
                  db::Failure);
  CHECK(town.note() == before);
}

}  // namespace ln::ledger
