// Tampering is done as an attacker would: with sqlite3 on the file, around the program.
#include "core/ledger/ledger_sealer.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/log.h"
#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_verify.h"
#include "test/world.h"

namespace ln::ledger {
namespace {

namespace fs = std::filesystem;
using test::monday;

// A city on disk, in a folder that goes away.
class City {
 public:
  City() {
    log::set_least(log::Level::error);
    std::string pattern = (fs::temp_directory_path() / "ledger-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
  }
  ~City() {
    close();
    fs::remove_all(folder_);
  }
  std::string path(const char* name) const { return (folder_ / name).string(); }

  void open(std::string origin = "langnghe.example/so-cai") {
    database_ = std::make_unique<db::Database>(
        test::on_engine({.path = path("city.db"), .sync_full = false, .now = monday}));
    sealer_ = Sealer::open(
        *database_,
        {std::move(origin), path("ledger.key"), path("ledger.head"), [] { return monday; }},
        random_);
  }
  void close() {
    database_.reset();
    sealer_.reset();
  }
  // Why it does not open; empty when it does.
  std::string refusal(std::string origin = "langnghe.example/so-cai") {
    close();
    try {
      open(std::move(origin));
      return "";
    } catch (const db::Failure& failure) {
      close();
      return failure.what();
    }
  }
  void receive(std::int64_t from, std::int64_t to) {
    for (std::int64_t id = from; id <= to; ++id) {
      const CaseKey key = draw_case_key(random_);
      const Salts salts = draw(random_);
      Entry entry{.event = Event::received, .subject = {"feedback", id}, .at = monday};
      entry.case_key = &key;
      entry.registers = citizen_.public_key();
      const auto done =
          database_->write([&](db::Write& write) { return append(write, entry, salts); });
      REQUIRE(done.ok());
    }
  }
  void tamper(const std::string& sql) {
    close();
    test::tamper(path("city.db"), sql);
  }
  // What verify_all finds, without opening a Sealer.
  std::string faults() {
    close();
    db::Database database(test::on_engine({.path = path("city.db"), .now = monday}));
    std::string all;
    for (const Fault& fault : database.read([](db::Read& read) { return verify_all(read); }))
      all += std::to_string(fault.id) + " " + fault.what + "\n";
    return all;
  }
  Sealer& sealer() { return *sealer_; }
  db::Database& database() { return *database_; }

 private:
  fs::path folder_;
  SeededRandom random_{7};
  CitizenKey citizen_ = CitizenKey::from_secret("23456789ABCDEFGHJKLM");
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<Sealer> sealer_;
};

bool says(const std::string& refusal, const char* words) {
  return refusal.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("a log goes on where it stopped, under the same key") {
  City city;
  city.open();
  city.receive(1, 5);
  const std::string vkey = city.sealer().verifier().text();
  const auto before = city.database().read([](db::Read& read) { return head(read); });
  REQUIRE(city.refusal() == "");
  CHECK(city.sealer().verifier().text() == vkey);
  city.receive(6, 7);
  CHECK(city.sealer().second_syncs() == 2);
  const auto after = city.database().read([](db::Read& read) { return head(read); });
  CHECK(before->size == 5);
  CHECK(after->size == 7);
  struct stat about{};
  REQUIRE(::stat(city.path("ledger.key").c_str(), &about) == 0);
  CHECK((about.st_mode & 0777U) == 0600U);
  CHECK(city.faults() == "");
}

TEST_CASE("a database restored from a backup is refused") {
  if (test::is_on_postgres()) return;  // About SQLite's files.
  City city;
  city.open();
  city.receive(1, 3);
  city.database().copy_to(city.path("backup.db"));
  city.receive(4, 4);
  city.close();
  fs::copy_file(city.path("backup.db"), city.path("city.db"), fs::copy_options::overwrite_existing);
  fs::remove(city.path("city.db-wal"));
  fs::remove(city.path("city.db-shm"));
  CHECK(says(city.refusal(), "is older than the ledger's second file"));
  CHECK(city.faults() == "");  // It is whole, only old.
}

TEST_CASE("a database ahead of the second file is fine") {
  City city;
  city.open();
  city.receive(1, 3);
  city.close();
  fs::copy_file(city.path("ledger.head"), city.path("old.head"));
  REQUIRE(city.refusal() == "");
  city.receive(4, 9);
  city.close();
  fs::rename(city.path("old.head"), city.path("ledger.head"));
  CHECK(city.refusal() == "");
  // It was brought up to date at once.
  city.close();
  const SecondFile second(city.path("ledger.head"));
  CHECK(
      second.last(load_key(city.path("ledger.key"), "langnghe.example/so-cai")->verifier())->size ==
      9);
}

TEST_CASE("a torn write of the second file leaves the head before it") {
  City city;
  city.open();
  city.receive(1, 3);
  const merkle::Verifier verifier = city.sealer().verifier();
  city.close();
  // The start wrote to the first place, the batches to the second, first and second.
  std::fstream file(city.path("ledger.head"), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(2048 + 30);
  file << "torn";
  file.close();
  CHECK(SecondFile(city.path("ledger.head")).last(verifier)->size == 2);
  CHECK(city.refusal() == "");
  city.close();
  std::ofstream(city.path("ledger.head"), std::ios::binary) << "nonsense";
  CHECK(says(city.refusal(), "holds no head that this log has signed"));
}

TEST_CASE("changed, removed and added rows are found at start and by the self-check") {
  struct Attack {
    const char* sql;
    const char* at_start;  // empty: the entries, which the start does not read, were changed
    const char* in_check;
  };
  for (const auto& [sql, at_start, in_check] : {
           Attack{"UPDATE ledger_leaf SET leaf = zeroblob(65) WHERE id = 2", "are not those",
                  "2 the leaf does not open to the entry"},
           Attack{"DELETE FROM ledger_leaf WHERE id = 2",
                  "leaves of the ledger are missing, from 0", "3 a leaf before it is missing"},
           Attack{"DELETE FROM ledger_leaf WHERE id = 4", "is older than",
                  "entries without a leaf"},
           Attack{"INSERT INTO ledger_leaf VALUES (5, zeroblob(65))", "are not those",
                  "5 a leaf of no known form"},
           Attack{"INSERT INTO ledger_leaf VALUES (5, x'01')", "are not those",
                  "5 a leaf without an entry"},
           Attack{"DELETE FROM ledger_head", "no signed head", "there is no signed head"},
           Attack{"UPDATE ledger_head SET note = replace(note, '4', '5') WHERE size = 4",
                  "is not signed", "the head of 4 is not signed by this log"},
           Attack{"DELETE FROM ledger_entry WHERE id = 2", "", "2 a leaf without an entry"},
           Attack{"UPDATE ledger_entry SET payload = replace(payload, '2026', '2025') WHERE id = 3",
                  "", "3 the leaf does not open to the entry"},
           Attack{"UPDATE ledger_entry SET event = 'answered' WHERE id = 3", "",
                  "3 the payload names another event"},
           Attack{"UPDATE ledger_entry SET seq = 1, event = 'asked' WHERE id = 3", "",
                  "3 an event of its case is missing before it"},
       }) {
    CAPTURE(sql);
    City city;
    city.open();
    city.receive(1, 4);
    city.tamper(sql);
    CHECK(says(city.faults(), in_check));
    const std::string refusal = city.refusal();
    CAPTURE(refusal);
    CHECK((*at_start == '\0' ? refusal.empty() : says(refusal, at_start)));
  }
}

TEST_CASE("only a leaf of an event is ever signed") {
  City city;
  city.open();
  city.receive(1, 1);
  const auto put = [&](const std::string& leaf, bool with_entry) {
    static_cast<void>(city.database().write([&](db::Write& write) -> Result<Done> {
      write.run("INSERT INTO ledger_leaf (id, leaf) VALUES (2, $1)", db::Blob{as_bytes(leaf)});
      if (with_entry)
        write.run(
            "INSERT INTO ledger_entry (id, at, event, subject_kind, subject_id, seq, party, "
            "payload) VALUES (2, $1, 'asked', 'feedback', 1, 1, 'office', '{}')",
            monday);
      return Done{};
    }));
  };
  const std::string telltale = "\x02{\"name\":\"Nguyen Van A\",\"telephone\":\"0912345678\"}";
  CHECK_THROWS_AS(put(telltale, false), db::Failure);
  CHECK_THROWS_AS(put(telltale, true), db::Failure);
  CHECK_THROWS_AS(put('\x01' + std::string(64, 'x'), false), db::Failure);
  CHECK_THROWS_AS(put('\x01' + std::string(63, 'x'), true), db::Failure);
  CHECK_THROWS_AS(put("", true), db::Failure);
  CHECK_THROWS_AS(put('\x01' + std::string(16'384, 'x'), true), db::Failure);
  CHECK(city.database().read([](db::Read& read) { return head(read); })->size == 1);
  // What was refused is gone, and the next one who speaks is heard.
  city.receive(2, 2);
  CHECK(city.faults() == "");
}

TEST_CASE("a forged act of a citizen is found even when the whole chain is rewritten") {
  City city;
  city.open();
  city.receive(1, 1);
  const auto stored =
      city.database().read([](db::Read& read) { return entries_of(read, {"feedback", 1}); });
  const auto leaf = city.database().read([](db::Read& read) { return leaf_at(read, 0); });
  // An office with the database and the log's key writes a perfect entry, but cannot sign it.
  Entry rated{.event = Event::rated, .subject = {"feedback", 1}, .at = monday};
  rated.party = Party::citizen;
  const std::string payload = payload_of(rated, 1, merkle::hash_leaf(as_bytes(*leaf)), Salts{});
  const auto done = city.database().write([&](db::Write& write) -> Result<Done> {
    const auto key = case_key_of(write, {"feedback", 1});
    const Leaf forged =
        merkle::make_leaf(merkle::tag_of(*key, 1), merkle::commit_to(merkle::Salt{}, payload));
    write.run("INSERT INTO ledger_leaf (id, leaf) VALUES (2, $1)", db::Blob{forged});
    write.run(
        "INSERT INTO ledger_entry (id, at, event, subject_kind, subject_id, seq, party, payload) "
        "VALUES (2, $1, 'rated', 'feedback', 1, 1, 'citizen', $2)",
        monday, payload);
    return Done{};
  });
  REQUIRE(done.ok());
  // The forger brought no salt, which only an erasure explains.
  CHECK(city.faults() ==
        "2 what opens it is gone, and its case was never erased\n"
        "2 the citizen has not signed it\n");
}

TEST_CASE("another key, another name and a key others can read are refused") {
  City city;
  city.open();
  city.receive(1, 1);
  CHECK(says(city.refusal("khac.example/so-cai"), "A log keeps its name for ever"));
  fs::rename(city.path("ledger.key"), city.path("kept.key"));
  CHECK(says(city.refusal(), "is missing"));
  CHECK_FALSE(fs::exists(city.path("ledger.key")));
  SeededRandom random(9);
  static_cast<void>(make_key(city.path("ledger.key"), "langnghe.example/so-cai", random));
  CHECK(says(city.refusal(), "is not the one this log began with"));
  CHECK_THROWS_AS(make_key(city.path("ledger.key"), "langnghe.example/so-cai", random),
                  db::Failure);
  fs::rename(city.path("kept.key"), city.path("ledger.key"));
  fs::permissions(city.path("ledger.key"), fs::perms::group_read, fs::perm_options::add);
  CHECK(says(city.refusal(), "can be read by others"));
  fs::permissions(city.path("ledger.key"), fs::perms::group_read, fs::perm_options::remove);
  CHECK(city.refusal() == "");
}

}  // namespace ln::ledger
