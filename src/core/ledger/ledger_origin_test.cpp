#include "core/ledger/ledger_origin.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_files.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/ledger/ledger_verify.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::ledger {
namespace {

constexpr const char* old_name = "langnghe.example/cu";
constexpr const char* new_name = "langnghe.example/moi";

// A city that has lost what it had signed for after three leaves.
struct Lost : test::World {
  test::Folder folder;
  const std::string old_key = (folder.path / "old.key").string();
  const std::string new_key = (folder.path / "new.key").string();
  std::unique_ptr<Sealer> sealer = open(old_name, old_key);
  const merkle::Signer old = load_key(old_key, old_name).value();

  Lost() { receive(1, 3); }
  ~Lost() { database.set_seal_hook({}); }  // The sealer goes first.

  std::unique_ptr<Sealer> open(const std::string& origin, const std::string& key) {
    return Sealer::open(database, {origin, key, "", [this] { return now; }}, random);
  }
  void receive(std::int64_t from, std::int64_t to) {
    for (std::int64_t id = from; id <= to; ++id) {
      const CaseKey key = draw_case_key(random);
      const Salts salts = draw(random);
      Entry entry{.event = Event::received, .subject = {"feedback", id}, .at = now};
      entry.case_key = &key;
      entry.registers = PublicKey{};
      REQUIRE(write([&](db::Write& to_) { return append(to_, entry, salts); }).ok());
    }
  }
  // A head as the old log signed it, or as somebody else would.
  static std::string head_by(const merkle::Signer& signer, std::uint64_t size, const Hash& root) {
    const std::string text = merkle::Checkpoint{signer.verifier().name, size, root}.text();
    return merkle::Note{text, {signer.sign(text)}}.serialise();
  }
  Hash root_of(std::int64_t size) {
    return read([&](db::Read& from) { return root_at(from, size); }).value();
  }
  Result<OriginFact> fact(const std::optional<std::string>& note) {
    return read([&](db::Read& from) { return origin_after(from, note, now); });
  }
  void begin(const std::optional<std::string>& note) {
    const auto made = fact(note);
    REQUIRE(made.ok());
    begin_with(made.value());
  }
  void begin_with(const OriginFact& its_fact) {
    database.set_seal_hook({});
    sealer.reset();
    begin_over(database, make_key(new_key, new_name, random), its_fact);
  }
  std::string faults() {
    std::string all;
    for (const Fault& fault : read([](db::Read& from) { return verify_all(from); }))
      all += std::to_string(fault.id) + " " + fault.what + "\n";
    return all;
  }
};

}  // namespace

TEST_CASE("a log under a new name begins with the last head of the old one, and goes on") {
  Lost city;
  const std::string last = Lost::head_by(city.old, 5, Hash{9});
  // A receipt that somebody has from before.
  const auto receipt = city.read([](db::Read& from) { return prove(from, 1, head(from).value()); });
  const Leaf leaf = [&] {
    const auto bytes = city.read([](db::Read& from) { return leaf_at(from, 1); });
    Leaf made;
    std::ranges::copy(*bytes, made.begin());
    return made;
  }();
  city.begin(last);
  CHECK(city.faults() == "");
  const auto line = city.read([](db::Read& from) { return leaf_at(from, 3); });
  REQUIRE(line);
  const std::string root = to_base64(Hash{9});
  CHECK(line->starts_with("\x02{\"k\":\"origin\",\"kept\":3,\"old\":{\"key\":\"" +
                          city.old.verifier().text() + "\",\"note\":\"langnghe.example/cu\\n5\\n" +
                          root));
  CHECK(line->find("\"origin\":\"langnghe.example/cu\",\"root\":\"" + root + "\",\"size\":5}") !=
        std::string::npos);
  const auto former = city.read([](db::Read& from) { return former_logs(from); });
  REQUIRE(former.size() == 1);
  CHECK(former[0].kept == 3);
  CHECK(former[0].last.size == 5);
  CHECK(former[0].key == city.old.verifier());

  // The old name signs nothing more; the new one does.
  CHECK_THROWS_WITH_AS(city.open(old_name, city.old_key),
                       doctest::Contains("A log keeps its name for ever"), db::Failure);
  city.sealer = city.open(new_name, city.new_key);
  city.receive(4, 300);
  CHECK(city.faults() == "");
  const auto newest = city.read([](db::Read& from) { return head(from); });
  CHECK(newest->size == 301);
  CHECK(merkle::open_checkpoint(newest->note, city.sealer->verifier()));
  // The old receipt holds under the old head, and the same leaf stands in the new log.
  const auto before = merkle::open_checkpoint(receipt.checkpoint, city.old.verifier());
  REQUIRE(before);
  CHECK(merkle::is_included(1, before->size, merkle::hash_leaf(leaf), receipt.proof, before->root));
  CHECK(city.read([&](db::Read& from) { return prove(from, 1, *newest); }).index == 1);
}

TEST_CASE("a new log can begin twice, each time over what is left") {
  Lost city;
  city.begin(Lost::head_by(city.old, 4, Hash{1}));
  const std::string third_key = (city.folder.path / "third.key").string();
  city.sealer = city.open(new_name, city.new_key);
  city.receive(4, 4);
  city.database.set_seal_hook({});
  city.sealer.reset();
  // Nothing newer than the database is known: its own head is the last.
  const auto made = city.fact(std::nullopt);
  REQUIRE(made.ok());
  begin_over(city.database, make_key(third_key, "langnghe.example/ba", city.random), made.value());
  CHECK(city.faults() == "");
  const auto former = city.read([](db::Read& from) { return former_logs(from); });
  REQUIRE(former.size() == 2);
  CHECK(former[1].kept == 5);
  CHECK(former[1].last.size == 5);
  CHECK(former[1].key.name == new_name);
}

TEST_CASE("a last head that the old log has not signed, or not of these leaves, is refused") {
  Lost city;
  const merkle::Signer stranger(old_name, city.random.bytes<32>());
  CHECK(city.fact("a letter").error().text == "ledger.origin.not_signed"_t);
  CHECK(city.fact(Lost::head_by(stranger, 5, Hash{9})).error().text ==
        "ledger.origin.not_signed"_t);
  std::string altered = Lost::head_by(city.old, 5, Hash{9});
  altered[altered.find("\n5\n") + 1] = '6';
  CHECK(city.fact(altered).error().text == "ledger.origin.not_signed"_t);
  CHECK(city.fact(Lost::head_by(city.old, 2, Hash{9})).error().text == "ledger.origin.forged"_t);
  CHECK(city.fact(Lost::head_by(city.old, 3, city.root_of(2))).error().text ==
        "ledger.origin.forged"_t);
  CHECK(city.fact(Lost::head_by(city.old, 2, city.root_of(2))).ok());
  // What a stranger has written below a good head is not said again.
  const std::string good = Lost::head_by(city.old, 5, Hash{9});
  const auto signed_twice = city.fact(good + "— evil.example/words " + "AAAAAAAA\n");
  REQUIRE(signed_twice.ok());
  CHECK(signed_twice.value().note == good);
}

TEST_CASE("an audit sees a last head of other leaves than were kept") {
  Lost city;
  OriginFact fact = city.fact(Lost::head_by(city.old, 2, city.root_of(2))).value();
  fact.note = Lost::head_by(city.old, 2, Hash{7});
  city.begin_with(fact);
  CHECK(city.faults() ==
        "0 the last head of the log langnghe.example/cu is not of the leaves kept of it\n");
}

TEST_CASE("an audit sees when the leaves that were kept are of another log than is said") {
  Lost city;
  const merkle::Signer stranger("nguoi.la/so", city.random.bytes<32>());
  OriginFact fact = city.fact(std::nullopt).value();
  fact.key = stranger.verifier().text();
  fact.note = Lost::head_by(stranger, 3, city.root_of(3));
  CHECK_THROWS_AS(city.begin_with(fact), db::Failure);
  // Who has the database can say that it was the stranger's, but not sign its heads.
  city.write([&](db::Write& to) {
    to.run("UPDATE ledger_log SET origin = $1, vkey = $2 WHERE id = 1", stranger.verifier().name,
           fact.key);
  });
  begin_over(city.database, load_key(city.new_key, new_name).value(), fact);
  CHECK(city.faults().find("0 the head of 3 is not signed by this log\n") != std::string::npos);
}

TEST_CASE("an audit sees a beginning at another place than it says, and one nobody has signed") {
  Lost city;
  const OriginFact fact = city.fact(std::nullopt).value();
  city.begin_with(fact);
  city.sealer = city.open(new_name, city.new_key);
  REQUIRE(city.write([&](db::Write& to) { return announce(to, fact); }).ok());
  CHECK(city.faults().find("5 a log that begins at another place than it says\n") !=
        std::string::npos);
  // What is signed by nobody who may is no fact, so that nothing with it is ever sealed.
  const merkle::Signer stranger(old_name, city.random.bytes<32>());
  OriginFact forged = fact;
  forged.note = Lost::head_by(stranger, 9, Hash{9});
  CHECK_FALSE(parse_fact(text_of(forged)).has_value());
  std::string text = text_of(fact);
  const std::size_t at = text.find("\"size\":3");
  REQUIRE(at != std::string::npos);
  text[at + 7] = '4';
  CHECK_FALSE(parse_fact(text).has_value());
}

}  // namespace ln::ledger
