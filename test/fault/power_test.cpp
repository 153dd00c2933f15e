// Power cuts: the real write path (database, sealer, key, second file) on a disk that keeps only
// what was synced. One run is recorded, then cut at many points, each several times with another
// luck; what every image of the disk must show is what callers had been told by then.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <future>

#include "base/log.h"
#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_files.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_verify.h"
#include "platform/db/once.h"
#include "test/fault/disk.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* origin = "langnghe.example/so-cai";

// What a caller was told: the key asked with, the place in the log, the leaf.
struct Told {
  std::string key;
  std::int64_t index = 0;
  std::string leaf;

  std::string word() const {
    return key + " " + std::to_string(index) + " " + to_hex(as_bytes(leaf));
  }
};

// A database with its ledger, in a folder that may be an image of what a cut has left.
class Ledger {
 public:
  Ledger(const std::string& folder, bool sync_full, Random& random)
      : database_(std::make_unique<db::Database>(
            db::Options{.path = folder + "/city.db", .sync_full = sync_full, .now = monday})) {
    sealer_ = ledger::Sealer::open(*database_,
                                   {.origin = origin,
                                    .key_path = folder + "/ledger.key",
                                    .second_path = folder + "/head",
                                    .clock = [] { return monday; }},
                                   random);
  }
  ~Ledger() { database_.reset(); }
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  db::Database& database() { return *database_; }
  ledger::Sealer& sealer() { return *sealer_; }

  // Hands one job to the writer; `answered` hears what the caller is told, once it is durable.
  // Each job writes a case's entry and a row that tells where it stands.
  void send(std::int64_t number, Random& random, std::function<void(const Told*)> answered) {
    struct Job {
      std::int64_t number;
      ledger::CaseKey key;
      ledger::Salts salts;
      std::string filler;
      Told told;
    };
    const auto job = std::make_shared<Job>();
    job->number = number;
    job->key = ledger::draw_case_key(random);
    job->salts = ledger::draw(random);
    job->filler.assign(random.below(16'000), 'x');
    job->told.key = "power-" + std::to_string(number);
    const bool queued = database_->submit(
        {.work =
             [job](db::Write& write) {
               ledger::Entry entry{.event = ledger::Event::received,
                                   .subject = {"feedback", job->number},
                                   .at = monday};
               entry.case_key = &job->key;
               entry.registers =
                   ledger::CitizenKey::from_secret("23456789ABCDEFGHJKLM").public_key();
               const auto done = ledger::append(write, entry, job->salts);
               job->told.index = done.value().index;
               job->told.leaf = std::string(as_text(done.value().leaf));
               db::Once::save(write, job->told.key, job->told.word() + " " + job->filler, monday);
               return true;
             },
         .done = [job, answered = std::move(answered)](
                     const std::exception_ptr& failure,
                     const db::Seal&) { answered(failure ? nullptr : &job->told); }});
    REQUIRE(queued);
  }

 private:
  std::unique_ptr<ledger::Sealer> sealer_;
  std::unique_ptr<db::Database> database_;
};

// Opens a folder, sends bursts of jobs, closes; three times over, so that the log is begun anew,
// moved into the database and taken away.
void live(Disk& disk, const std::string& folder, bool sync_full) {
  SeededRandom random(20261124);
  std::int64_t number = 0;
  for (int life = 0; life < 3; ++life) {
    Ledger ledger(folder, sync_full, random);
    for (int burst = 0; burst < 25; ++burst) {
      const auto size = static_cast<std::ptrdiff_t>(1 + random.below(12));
      std::vector<std::promise<bool>> answers(static_cast<std::size_t>(size));
      for (auto& answer : answers)
        ledger.send(++number, random, [&](const Told* told) {
          if (told != nullptr) disk.mark(told->word());
          answer.set_value(told != nullptr);
        });
      for (auto& answer : answers) REQUIRE(answer.get_future().get());
    }
  }
}

// Everything that is wrong with a folder, in which these words had been said; empty when nothing.
std::string faults_of(const std::string& folder, const std::vector<std::string>& told) {
  SeededRandom random(7);
  try {
    const auto key = ledger::load_key(folder + "/ledger.key", origin);
    const auto second =
        key ? ledger::SecondFile(folder + "/head").last(key->verifier()) : std::nullopt;
    Ledger ledger(folder, true, random);
    std::string wrong;
    ledger.database().read([&](db::Read& read) {
      for (const ledger::Fault& fault : ledger::verify_all(read)) wrong += fault.what + "\n";
      for (const std::string& word : told) {
        const std::string name = word.substr(0, word.find(' '));
        const auto kept = db::Once::find(read, name);
        if (!kept || !kept->starts_with(word + " ")) wrong += name + " is lost\n";
        const std::size_t at = word.find(' ') + 1;
        const std::int64_t index = std::stoll(word.substr(at));
        const auto leaf = ledger::leaf_at(read, index);
        if (!leaf || to_hex(as_bytes(*leaf)) != word.substr(word.rfind(' ') + 1))
          wrong += name + " has another leaf\n";
        // Who was told so could show a database that went back behind it.
        if (!second || static_cast<std::int64_t>(second->size) <= index)
          wrong += "the second file does not know of " + name + "\n";
      }
      const auto count = [](const db::Row& row) { return row.integer(0); };
      if (read.one("SELECT count(*) FROM db_once", count) !=
          read.one("SELECT count(*) FROM ledger_entry", count))
        wrong += "there are other entries than rows\n";
    });
    // It goes on from there.
    std::promise<bool> answer;
    ledger.send(1'000'000, random, [&](const Told* it) { answer.set_value(it != nullptr); });
    if (!answer.get_future().get()) wrong += "it takes nothing new\n";
    return wrong;
  } catch (const db::Failure& failure) {
    return std::string("does not open: ") + failure.what() + "\n";
  }
}

struct Cuts {
  int images = 0;
  int broken = 0;
  std::string first;  // what was wrong with the first broken one
};

// Cuts a recorded life at `points` places, most of them anywhere and some during the first start.
Cuts cut(const Disk& disk, std::size_t points) {
  SeededRandom random(20261125);
  Cuts cuts;
  std::vector<std::string> told;
  std::vector<std::size_t> at_points;
  for (std::size_t i = 0; i < points; ++i) at_points.push_back(random.below(disk.size() + 1));
  // The first start is cut wherever a file was made, named or synced.
  for (std::size_t i = 0; i < disk.size() && disk.events()[i].kind != Disk::Kind::mark; ++i)
    if (disk.events()[i].kind != Disk::Kind::write) at_points.push_back(i + 1);
  for (const std::size_t point : at_points) {
    told.clear();
    for (std::size_t at = 0; at < point; ++at)
      if (disk.events()[at].kind == Disk::Kind::mark) told.push_back(disk.events()[at].name);
    const Folder folder;
    disk.image(point, random, folder.path.string());
    const std::string wrong = faults_of(folder.path.string(), told);
    ++cuts.images;
    if (wrong.empty()) continue;
    if (cuts.broken++ == 0)
      cuts.first = "cut before event " + std::to_string(point) + ":\n" + wrong.substr(0, 600);
  }
  return cuts;
}

Cuts live_and_cut(Disk::Obeys obeys, bool sync_full, std::size_t points) {
  log::set_least(log::Level::error);
  const Folder folder;
  const std::string place = fs::canonical(folder.path).string();
  Disk disk(place, obeys);
  live(disk, place, sync_full);
  return cut(disk, points);
}

std::size_t many() { return std::getenv("LN_LONG") != nullptr ? 1000 : 40; }

}  // namespace

TEST_CASE("a power cut takes nothing that was acknowledged") {
  const Cuts cuts = live_and_cut({}, true, many());
  INFO(cuts.first);
  CHECK(cuts.images > 0);
  CHECK(cuts.broken == 0);
}

// The tests of the test: each way of waiting less for the disk loses something.

TEST_CASE("with synchronous = NORMAL a power cut loses what was acknowledged") {
  CHECK(live_and_cut({}, false, 24).broken > 0);
}

TEST_CASE("on a disk that obeys no sync of the database a power cut loses what was acknowledged") {
  CHECK(live_and_cut({.file_sync = false}, true, 24).broken > 0);
}

TEST_CASE("when the second file is not synced a power cut makes it forget heads") {
  CHECK(live_and_cut({.other_file_sync = false}, true, 24).broken > 0);
}

TEST_CASE("when folders are not synced a power cut loses files") {
  CHECK(live_and_cut({.folder_sync = false}, true, 24).broken > 0);
}

}  // namespace ln::test
