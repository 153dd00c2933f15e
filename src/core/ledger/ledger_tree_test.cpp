// The stored tree of a log as large as the specification's example: 70,000 lines.
#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "base/text.h"
#include "core/ledger/ledger_jobs.h"
#include "core/ledger/ledger_pages.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_tree.h"
#include "engine/merkle/merkle_policy.h"
#include "test/world.h"

namespace ln::ledger {
namespace {

constexpr std::int64_t line_count = 70'000;

std::string leaf_of(std::int64_t index, std::string_view log = "") {
  std::string leaf = "\x01 line " + std::to_string(index) + std::string(log);
  leaf.resize(65, 'x');
  return leaf;
}

void insert_line(db::Write& to, std::int64_t index, std::string_view log = "") {
  to.run("INSERT INTO ledger_leaf (id, leaf) VALUES ($1, $2)", index + 1,
         db::Blob{as_bytes(leaf_of(index, log))});
  to.run(
      "INSERT INTO ledger_entry (id, at, event, subject_kind, subject_id, seq, party, payload) "
      "VALUES ($1, 0, 'received', 'feedback', $1, 0, 'citizen', '{}')",
      index + 1);
}

// A published log, made in three batches of odd sizes. Nothing opens its leaves.
struct Large : test::World {
  std::unique_ptr<Sealer> sealer = open();
  std::int64_t size = 0;

  std::unique_ptr<Sealer> open() {
    return Sealer::open(database, {"so-cai.example", "", "", [this] { return now; }}, random);
  }
  void grow_to(std::int64_t wanted) {
    write([&](db::Write& to) {
      for (std::int64_t i = size; i < wanted; ++i) insert_line(to, i);
    });
    size = wanted;
  }
  Result<http::Response> get(const std::string& path) {
    static const html::Site site = {.city = "site.name"_t, .base_url = "https://so-cai.example"};
    http::Request request;
    request.path = path;
    request.view = {.site = &site, .voice = i18n::Voice(i18n::Language::vi), .path = request.path};
    return read([&](db::Read& from) {
      if (path == "/ledger/policy") return policy_file(request, from);
      if (path == "/ledger/checkpoint") return checkpoint_file(request, from);
      return tile_file(request, from);
    });
  }
  bool is_served(const std::string& path) { return get("/ledger/" + path).ok(); }
  std::string bytes(const std::string& path) { return get("/ledger/" + path).value().body; }
};

Large& large() {
  static Large world;
  if (world.size == 0) {
    world.grow_to(300);
    world.grow_to(66'001);
    world.grow_to(line_count);
    publish_now(world.database, world.now);
  }
  return world;
}

std::string header(const http::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return value;
  return "";
}

}  // namespace

TEST_CASE("a reader rebuilds the whole log and its head from tiles alone") {
  Large& world = large();
  const auto head =
      merkle::open_checkpoint(world.bytes("checkpoint"), world.sealer->verifier()).value();
  REQUIRE(head.size == line_count);
  merkle::Edge edge;
  const auto take = [&](const std::string& place) {
    const std::string bundle = world.bytes("tile/entries/" + place);
    const std::string hashes = world.bytes("tile/0/" + place);
    std::size_t at = 0;
    for (std::size_t i = 0; at < bundle.size(); ++i) {
      const std::size_t length = static_cast<unsigned char>(bundle[at]) * 256U +
                                 static_cast<unsigned char>(bundle[at + 1]);
      const std::string leaf = bundle.substr(at + 2, length);
      REQUIRE(leaf == leaf_of(static_cast<std::int64_t>(edge.size())));
      REQUIRE(hashes.substr(32 * i, 32) == as_text(merkle::hash_leaf(as_bytes(leaf))));
      edge.append(merkle::hash_leaf(as_bytes(leaf)));
      at += 2 + length;
    }
  };
  for (int n = 0; n < 273; ++n) {
    std::string digits = std::to_string(n);
    take(digits.insert(0, 3 - digits.size(), '0'));
  }
  take("273.p/112");
  CHECK(edge.root() == head.root);
  // The tiles above hold the roots of the full tiles below.
  const std::string level_1 = world.bytes("tile/1/000") + world.bytes("tile/1/001.p/17");
  for (std::uint64_t n = 0; n < 273; ++n)
    CHECK(level_1.substr(32 * n, 32) ==
          as_text(world.read([&](db::Read& read) { return subtrees(read)({8, n}); })));
  CHECK(world.bytes("tile/2/000.p/1") ==
        as_text(world.read([&](db::Read& read) { return subtrees(read)({16, 0}); })));
}

TEST_CASE("what is not published, empty or misnamed is not served") {
  Large& world = large();
  for (const char* path :
       {"tile/0/000", "tile/0/272", "tile/0/273.p/1", "tile/0/273.p/112", "tile/1/000",
        "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/273.p/112", "tile/0/000.p/255"}) {
    CAPTURE(path);
    CHECK(world.is_served(path));
  }
  for (const char* path :
       {"tile/0/273", "tile/0/273.p/113", "tile/0/274.p/1", "tile/0/273.p/0", "tile/1/001",
        "tile/1/001.p/18", "tile/2/000", "tile/2/000.p/2", "tile/3/000.p/1", "tile/3/000.p/0",
        "tile/63/000", "tile/64/000", "tile/0/00", "tile/entries/274", "tile/0/x000/000",
        "tile/0/x999/x999/999.p/1"}) {
    CAPTURE(path);
    CHECK_FALSE(world.is_served(path));
  }
  // Lines that are in the tree and not under a published head yet.
  world.now += std::chrono::minutes(1);
  world.grow_to(line_count + 3);
  CHECK_FALSE(world.is_served("tile/0/273.p/115"));
  CHECK(world.get("/ledger/checkpoint").value().body.find("\n70000\n") != std::string::npos);
  world.now += std::chrono::minutes(9);
  publish_tick(world.database, tick_default, world.now);
  CHECK(world.is_served("tile/0/273.p/115"));
  CHECK(world.is_served("tile/0/273.p/112"));  // of the head before
}

TEST_CASE("tiles may be kept for ever, heads for seconds, and any page may read them") {
  Large& world = large();
  const http::Response tile = world.get("/ledger/tile/0/000").value();
  CHECK(tile.content_type == "application/octet-stream");
  CHECK(tile.body.size() == 8'192);
  CHECK(header(tile, "Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(header(tile, "Access-Control-Allow-Origin") == "*");
  const http::Response head = world.get("/ledger/checkpoint").value();
  CHECK(head.content_type == "text/plain; charset=utf-8");
  CHECK(header(head, "Cache-Control") == "public, max-age=5");
  const http::Response policy = world.get("/ledger/policy").value();
  CHECK(policy.content_type == "text/plain; charset=utf-8");
  const auto read = merkle::Policy::parse(policy.body);
  REQUIRE(read);
  CHECK(read->judge(head.body)->has_quorum);
  CHECK(read->logs()[0].url == "https://so-cai.example/ledger");
}

TEST_CASE("every line has a proof under the published head and under its own") {
  Large& world = large();
  for (const std::int64_t index :
       {std::int64_t{0}, std::int64_t{255}, std::int64_t{256}, std::int64_t{65'535},
        std::int64_t{65'536}, std::int64_t{66'000}, std::int64_t{69'887}, std::int64_t{69'888},
        std::int64_t{69'999}}) {
    CAPTURE(index);
    world.read([&](db::Read& read) {
      const Hash leaf = merkle::hash_leaf(as_bytes(leaf_of(index)));
      for (const Head& head :
           {head_for(read, index).value(), first_head_over(read, index).value()}) {
        const merkle::Receipt receipt = prove(read, index, head);
        const auto checkpoint =
            merkle::open_checkpoint(receipt.checkpoint, world.sealer->verifier()).value();
        CHECK(merkle::is_included(static_cast<std::uint64_t>(index), checkpoint.size, leaf,
                                  receipt.proof, checkpoint.root));
      }
    });
  }
}

TEST_CASE("a thread that proved lines of one log proves those of another") {
  // Both have subtrees in the same places that stand in no crown, with other hashes.
  constexpr std::int64_t count = 600;
  for (const std::string_view log : {"one", "another"}) {
    test::World world;
    const auto sealer = Sealer::open(
        world.database, {"so-cai.example", "", "", [&] { return world.now; }}, world.random);
    world.write([&](db::Write& to) {
      for (std::int64_t i = 0; i < count; ++i) insert_line(to, i, log);
    });
    world.read([&](db::Read& read) {
      const Head head = first_head_over(read, count - 1).value();
      REQUIRE(head.size == count);
      for (const std::int64_t index : {0, 200, 511, 512, 575, 576, 599}) {
        CAPTURE(index);
        const merkle::Receipt receipt = prove(read, index, head);
        CHECK(merkle::is_included(static_cast<std::uint64_t>(index), count,
                                  merkle::hash_leaf(as_bytes(leaf_of(index, log))), receipt.proof,
                                  head.root));
      }
    });
  }
}

TEST_CASE("a log without crowns gets them at the next start, and goes on") {
  test::World world;
  const auto open = [&] {
    return Sealer::open(world.database, {"so-cai.example", "", "", [&] { return world.now; }},
                        world.random);
  };
  {
    // As a database of an earlier program: leaves and a head, and no crowns.
    world.write([&](db::Write& to) {
      for (std::int64_t i = 0; i < 600; ++i) insert_line(to, i);
    });
    CHECK(world.read([](db::Read& read) { return crown_count(read, 1); }) == 0);
  }
  CHECK_THROWS_AS(open(), db::Failure);  // leaves that nobody signed
  CHECK(world.read([](db::Read& read) { return crown_count(read, 1); }) == 2);
}

}  // namespace ln::ledger
