// A city that has lost its newest rows for good goes on as a log under a new name.
#include <doctest/doctest.h>

#include <filesystem>

#include "app/backup.h"
#include "core/ledger/ledger_origin.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "platform/file/file.h"
#include "test/city_on_disk.h"
#include "test/engine.h"
#include "test/wire.h"

namespace ln::app {
namespace {

namespace fs = std::filesystem;
using test::CityOnDisk;
using test::says;

constexpr const char* new_name = "langnghe.example/ledger-2";

// On the engine of this run.
db::Options fresh_place() {
  static int count = 0;
  db::Options place = test::on_engine({.path = ":memory:"});
  if (test::is_on_postgres()) place.schema = "origin_" + std::to_string(++count);
  return place;
}

struct Lost : CityOnDisk {
  explicit Lost(const db::Options& at = fresh_place()) : CityOnDisk(at.url, at.schema) {
    receive(3);
    backup = make_backup({.data = data, .to = to, .now = now, .url = url, .schema = schema});
    receive(2);
  }
  Backup backup;
  std::string fresh = (place.path / "fresh").string();
  db::Options target = fresh_place();

  RestoreWish wish() const {
    return {.from = backup.path,
            .data = fresh,
            .head = data + "/head",
            .new_origin = new_name,
            .clock = [] { return test::monday + std::chrono::hours(1); },
            .url = target.url,
            .schema = target.url.empty() ? schema_default : target.schema};
  }
  static std::string refusal(const RestoreWish& wish) {
    const Restored restored = restore(wish);
    const auto* said = std::get_if<Said>(&restored);
    return said == nullptr ? "" : said->in(i18n::Voice(i18n::Language::en));
  }
};

}  // namespace

TEST_CASE("an old backup says what to do, and goes on as a log under a new name") {
  Lost lost;
  RestoreWish plain = lost.wish();
  plain.new_origin.reset();
  plain.key = lost.data + "/ledger.key";
  CHECK(says(Lost::refusal(plain), "begin a ledger under a new name with --new-origin"));

  const Restored restored = restore(lost.wish());
  REQUIRE(std::holds_alternative<RestoredCity>(restored));
  const auto& made = std::get<RestoredCity>(restored);
  CHECK(made.lost == 2);
  CHECK(made.old_origin == "langnghe.example/ledger");
  CHECK(made.vkey.starts_with("langnghe.example/ledger-2+"));
  CHECK((fs::status(lost.fresh + "/ledger.key").permissions() & fs::perms(077)) == fs::perms::none);

  lost.close();
  lost.data = lost.fresh;
  lost.url = lost.target.url;
  lost.schema = lost.wish().schema;
  // Under the old name it does not start; under the new one it goes on.
  CHECK_THROWS_WITH_AS(lost.open(), doctest::Contains("A log keeps its name for ever"),
                       db::Failure);
  lost.origin = new_name;
  lost.open();
  lost.receive(1);
  db::Database& database = lost.city->database();
  CHECK(database.read(ledger::verify_all).empty());
  const auto former = database.read(ledger::former_logs);
  REQUIRE(former.size() == 1);
  CHECK(former[0].kept == 3);
  CHECK(former[0].last.size == 5);
  CHECK(database.read(ledger::find_log)->vkey == made.vkey);
  CHECK(database.read(ledger::leaf_count) == 5);  // Three, the beginning, and a new one.
  // And it can be backed up and restored like any other.
  const Backup again = make_backup(
      {.data = lost.data, .to = lost.to, .now = lost.now, .url = lost.url, .schema = lost.schema});
  CHECK(check_backup(again.path).leaves == 5);
  CHECK(again.key_id != lost.backup.key_id);
}

TEST_CASE("a new log is refused over a forged last head, the old name, and the old one's files") {
  Lost lost;
  RestoreWish wish = lost.wish();
  const merkle::Signer stranger("langnghe.example/ledger", lost.random.bytes<32>());
  const std::string text = merkle::Checkpoint{"langnghe.example/ledger", 9, merkle::Hash{1}}.text();
  const std::string forged = (lost.place.path / "forged").string();
  file::write_file_durably(forged, merkle::Note{text, {stranger.sign(text)}}.serialise());
  wish.head = forged;
  CHECK(says(Lost::refusal(wish), "holds no head that this ledger signed"));
  CHECK_FALSE(fs::exists(lost.fresh + "/langnghe.db"));

  wish = lost.wish();
  for (const char* name : {"langnghe.example/ledger", "", "two words", "a+b"}) {
    wish.new_origin = name;
    CHECK(says(Lost::refusal(wish), "needs another name than langnghe.example/ledger"));
  }
  wish.new_origin = std::string(201, 'a');
  CHECK(says(Lost::refusal(wish), "at most 200 bytes"));
  wish = lost.wish();
  wish.key = lost.data + "/ledger.key";
  CHECK(says(Lost::refusal(wish), "Leave out --key"));
  wish = lost.wish();
  wish.head.reset();
  CHECK(says(Lost::refusal(wish), "--nothing-newer"));
  fs::create_directories(lost.fresh);
  fs::copy_file(lost.data + "/head", lost.fresh + "/head");
  CHECK(says(Lost::refusal(wish), "begins in a fresh folder"));
  CHECK_FALSE(fs::exists(lost.fresh + "/ledger.key"));
}

TEST_CASE("a city whose key is lost goes on under a new name with every leaf") {
  Lost lost;
  const Backup whole = make_backup({.data = lost.data,
                                    .to = lost.to,
                                    .now = lost.now + std::chrono::seconds(1),
                                    .url = lost.url,
                                    .schema = lost.schema});
  RestoreWish wish = lost.wish();
  wish.from = whole.path;
  const Restored restored = restore(wish);
  REQUIRE(std::holds_alternative<RestoredCity>(restored));
  CHECK(std::get<RestoredCity>(restored).lost == 0);
}

}  // namespace ln::app
