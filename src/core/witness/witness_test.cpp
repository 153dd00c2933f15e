#include "core/witness/witness.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/log.h"
#include "core/witness/witness_actions.h"
#include "core/witness/witness_store.h"
#include "platform/file/file.h"
#include "test/folder.h"
#include "test/small_log.h"
#include "test/world.h"

namespace ln::witness {
namespace {

using test::SmallLog;

const merkle::Signer own("mttq.example", merkle::Seed{9}, merkle::KeyKind::witness);

std::string bytes_in(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Memory memory_of(const SmallLog& log, std::uint64_t size) {
  auto note = *merkle::Note::parse(log.head(size));
  note.signatures.push_back(own.cosign(note.text, 1'800'000'000));
  return {{log.key().verifier().name,
           Seen{*merkle::Checkpoint::parse(note.text), note.serialise(), 1'800'000'000}}};
}

Outcome outcome_of(const std::string& body, const SmallLog& log, const Memory& memory) {
  return judge(body, {log.key().verifier()}, memory).outcome;
}

// A witness in a folder of its own.
struct Place {
  test::Folder folder;
  SmallLog log;
  Instant now = test::monday;
  SeededRandom random{5};
  Place() {
    log::set_least(log::Level::error);
    log.grow(40);
  }
  std::string path(const char* name) const { return (folder.path / name).string(); }
  Places places() const { return {path("key"), path("state"), path("evidence")}; }
  Witness open() {
    return Witness({places(), "mttq.example", {log.key().verifier()}, [this] { return now; }},
                   random);
  }
};

}  // namespace

TEST_CASE("a witness believes a log it meets from size 0, and then only what continues it") {
  SmallLog log;
  log.grow(300);
  CHECK(outcome_of(log.request(0, 0), log, {}) == Outcome::cosigned);
  CHECK(outcome_of(log.request(0, 1), log, {}) == Outcome::cosigned);
  CHECK(outcome_of(log.request(0, 300), log, {}) == Outcome::cosigned);
  for (const std::uint64_t size : {1U, 2U, 3U, 7U, 8U, 255U, 256U, 257U, 299U}) {
    const Memory seen = memory_of(log, size);
    CHECK(outcome_of(log.request(size, 300), log, seen) == Outcome::cosigned);
    CHECK(outcome_of(log.request(size, size), log, seen) == Outcome::cosigned);
    CHECK(outcome_of(log.request(0, 300), log, seen) == Outcome::other_size);
    CHECK(judge(log.request(0, 300), {log.key().verifier()}, seen).seen_size == size);
  }
}

TEST_CASE("a witness refuses what is malformed, unsigned, unknown, old or not proven") {
  SmallLog log;
  log.grow(40);
  const Memory seen = memory_of(log, 20);
  CHECK(outcome_of("", log, seen) == Outcome::malformed);
  CHECK(outcome_of(log.request(21, 20), log, seen) == Outcome::malformed);
  // An extension line, which other cosigners would not sign.
  merkle::Note longer{merkle::Checkpoint{"so-cai.example", 30, log.root(30)}.text() + "more\n", {}};
  longer.signatures.push_back(log.key().sign(longer.text));
  CHECK(outcome_of("old 20\n\n" + longer.serialise(), log, seen) == Outcome::malformed);

  SmallLog stranger("la.example"), thief("so-cai.example", 2);
  stranger.grow(40);
  thief.grow(40);
  CHECK(outcome_of(stranger.request(0, 30), log, seen) == Outcome::unknown_log);
  CHECK(outcome_of(thief.request(20, 30), log, seen) == Outcome::not_signed);
  std::string spoiled = log.head(30);  // Our log's signature, of another text.
  const std::string other = log.head(31);
  spoiled.replace(spoiled.find("— "), std::string::npos, other.substr(other.find("— ")));
  CHECK(outcome_of("old 20\n\n" + spoiled, log, seen) == Outcome::not_signed);
  // A second signature beside the good one: a stranger's counts for nothing, a wrong one spoils.
  CHECK(outcome_of(log.request(20, 30) + "— so-cai.example AAAAAAA=\n", log, seen) ==
        Outcome::cosigned);
  CHECK(outcome_of(log.request(20, 30) + other.substr(other.find("— ")), log, seen) ==
        Outcome::not_signed);

  const auto with = [&](std::uint64_t old_size, merkle::Proof proof, std::uint64_t size) {
    return merkle::AddCheckpoint{old_size, std::move(proof), log.head(size)}.text();
  };
  merkle::Proof good = log.proof(20, 30);
  CHECK(outcome_of(with(20, good, 30), log, seen) == Outcome::cosigned);
  merkle::Proof wrong = good;
  wrong.back()[0] ^= 1;
  CHECK(outcome_of(with(20, wrong, 30), log, seen) == Outcome::wrong_proof);
  CHECK(outcome_of(with(20, {}, 30), log, seen) == Outcome::wrong_proof);
  CHECK(outcome_of(with(20, good, 31), log, seen) == Outcome::wrong_proof);
  good.push_back(merkle::Hash{});
  CHECK(outcome_of(with(20, good, 30), log, seen) == Outcome::wrong_proof);
  CHECK(outcome_of(with(20, log.proof(19, 30), 30), log, seen) == Outcome::wrong_proof);
  CHECK(outcome_of(with(20, {merkle::Hash{}}, 20), log, seen) == Outcome::wrong_proof);
  CHECK(outcome_of(with(0, {merkle::Hash{}}, 20), log, {}) == Outcome::wrong_proof);
  CHECK(outcome_of(log.request(19, 30), log, seen) == Outcome::other_size);
  CHECK(outcome_of(log.request(19, 19), log, seen) == Outcome::other_size);
  // The empty tree is one tree only.
  merkle::Note empty{merkle::Checkpoint{"so-cai.example", 0, merkle::Hash{}}.text(), {}};
  empty.signatures.push_back(log.key().sign(empty.text));
  CHECK(outcome_of("old 0\n\n" + empty.serialise(), log, {}) == Outcome::wrong_proof);
}

TEST_CASE("a witness knows a split view whatever size the log claims to start from") {
  SmallLog log, lie;
  log.grow(20);
  lie.grow(12).grow(40, "lie");
  const Memory seen = memory_of(log, 20);
  const auto judged = [&](std::uint64_t old_size, std::uint64_t size) {
    return judge(lie.request(old_size, size), {log.key().verifier()}, seen);
  };
  CHECK(judged(20, 20).outcome == Outcome::split_view);
  CHECK(judged(20, 20).is_split);
  CHECK(judged(12, 20).outcome == Outcome::other_size);
  CHECK(judged(12, 20).is_split);
  CHECK(judged(20, 30).outcome == Outcome::wrong_proof);
  CHECK_FALSE(judged(20, 30).is_split);
  CHECK_FALSE(judge(log.request(20, 20), {log.key().verifier()}, seen).is_split);
}

TEST_CASE("the memory of a witness is read whole or not at all") {
  SmallLog log, other("kia.example", 3);
  log.grow(7);
  other.grow(9);
  Memory memory = memory_of(log, 7);
  memory.merge(memory_of(other, 9));
  const std::string text = write_memory(memory);
  CHECK(read_memory(text, own.verifier()) == memory);
  CHECK(read_memory(write_memory({}), own.verifier()) == Memory{});
  for (std::size_t cut = 0; cut < text.size(); ++cut)
    REQUIRE_FALSE(read_memory(text.substr(0, cut), own.verifier()));
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    REQUIRE_FALSE(read_memory(changed, own.verifier()));
  }
  CHECK_FALSE(read_memory(text + "x", own.verifier()));
  const merkle::Signer stranger("mttq.example", merkle::Seed{8}, merkle::KeyKind::witness);
  CHECK_FALSE(read_memory(text, stranger.verifier()));
}

TEST_CASE("a small file of keys is read, with comments and empty lines") {
  const SmallLog a, b("kia.example", 2);
  const auto keys = keys_in("# Hà Nội\n" + a.vkey() + "\n\n " + b.vkey() + " \r\n# hết");
  REQUIRE(keys);
  CHECK(*keys == std::vector{a.key().verifier(), b.key().verifier()});
  CHECK(keys_in("")->empty());
  std::size_t line = 0;
  CHECK_FALSE(keys_in(a.vkey() + "\n\nxyz\n", &line));
  CHECK(line == 3);
  CHECK_FALSE(keys_in(own.verifier().text(), &line));
}

TEST_CASE("a witness makes its key once, readable by its owner alone, and remembers over a start") {
  Place place;
  const std::string first = place.open().verifier().text();
  struct stat about{};
  REQUIRE(::stat(place.path("key").c_str(), &about) == 0);
  CHECK((about.st_mode & 0777U) == 0600);
  {
    Witness witness = place.open();
    CHECK(witness.verifier().text() == first);
    const auto answer = witness.add_checkpoint(place.log.request(0, 10));
    CHECK(answer.outcome == Outcome::cosigned);
    const auto lines = merkle::parse_signature_lines(answer.lines);
    REQUIRE(lines);
    merkle::Note note = *merkle::Note::parse(place.log.head(10));
    note.signatures = *lines;
    const auto good = merkle::verify(note, {&witness.verifier(), 1});
    REQUIRE((good && good->size() == 1));
    CHECK(good->front().time == static_cast<std::uint64_t>(to_ms(test::monday) / 1000));
  }
  place.now -= std::chrono::hours(1);  // A clock that was set back.
  Witness witness = place.open();
  CHECK(witness.add_checkpoint(place.log.request(0, 20)).seen_size == 10);
  CHECK(witness.add_checkpoint(place.log.request(10, 20)).outcome == Outcome::cosigned);
  const auto kept = witness.checkpoint(address_of("so-cai.example"));
  REQUIRE(kept);
  const auto times = merkle::verify(*merkle::Note::parse(*kept), {&witness.verifier(), 1});
  CHECK(times->front().time == static_cast<std::uint64_t>(to_ms(test::monday) / 1000));
  CHECK_FALSE(witness.checkpoint(address_of("la.example")));
  const auto seen = witness.seen();
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].origin == "so-cai.example");
  CHECK(seen[0].size == 20);
  CHECK(seen[0].cosigned_at == test::monday);
}

TEST_CASE("a witness does not start without what it has sworn to remember") {
  Place place;
  place.open().add_checkpoint(place.log.request(0, 10));
  const std::string state = bytes_in(place.path("state")), key = bytes_in(place.path("key"));
  const auto why = [&] {
    try {
      place.open();
    } catch (const file::Failure& failure) {
      return std::string(failure.what());
    }
    return std::string();
  };
  CHECK(why() == "");
  file::write_file_durably(place.path("state"), state.substr(0, state.size() / 2));
  CHECK(why().find("is damaged or belongs to another witness") != std::string::npos);
  std::filesystem::remove(place.path("state"));
  CHECK(why().find("memory") != std::string::npos);
  CHECK(why().find("is missing") != std::string::npos);
  file::write_file_durably(place.path("state"), state);
  std::filesystem::remove(place.path("key"));
  CHECK(why().find("key") != std::string::npos);
  CHECK(why().find("is missing") != std::string::npos);
  file::write_file_durably(place.path("key"), key, file::Readers::everybody);
  CHECK(why().find("can be read by others") != std::string::npos);
  file::write_file_durably(place.path("key"), "PRIVATE+KEY+x\n");
  CHECK(why().find("does not hold the key of a witness") != std::string::npos);
  const merkle::Signer other("khac.example", merkle::Seed{4}, merkle::KeyKind::witness);
  file::write_file_durably(place.path("key"), other.text());
  CHECK(why().find("belongs to the witness khac.example") != std::string::npos);
  file::write_file_durably(place.path("key"), key);
  CHECK(why() == "");
}

TEST_CASE("evidence of a split view is kept once, with both heads and both signed by the log") {
  Place place;
  SmallLog lie;
  lie.grow(8).grow(40, "lie");
  Witness witness = place.open();
  witness.add_checkpoint(place.log.request(0, 10));
  CHECK(witness.add_checkpoint(lie.request(10, 10)).outcome == Outcome::split_view);
  CHECK(witness.add_checkpoint(lie.request(3, 10)).outcome == Outcome::other_size);
  std::vector<std::filesystem::path> files;
  for (const auto& each : std::filesystem::directory_iterator(place.path("evidence")))
    files.push_back(each.path());
  REQUIRE(files.size() == 1);
  const std::string text = bytes_in(files[0]);
  const std::size_t first_end = text.find("--\n"), second_end = text.find("--\n", first_end + 3);
  REQUIRE(second_end == text.size() - 3);
  const auto& log = place.log.key().verifier();
  const auto one = merkle::open_checkpoint(text.substr(0, first_end), log);
  const auto two =
      merkle::open_checkpoint(text.substr(first_end + 3, second_end - first_end - 3), log);
  REQUIRE((one && two));
  CHECK(one->size == 10);
  CHECK(two->size == 10);
  CHECK(one->root == place.log.root(10));
  CHECK(two->root == lie.root(10));
  CHECK(witness.add_checkpoint(place.log.request(10, 11)).outcome == Outcome::cosigned);
}

TEST_CASE("what one log says twice leaves room for what another does") {
  Place place;
  std::filesystem::create_directories(place.path("evidence"));
  for (std::size_t i = 0; i < evidence_max; ++i)
    std::ofstream(place.path("evidence") + "/" + address_of("khac.example/so-cai") + "-" +
                  std::to_string(i) + ".notes");
  SmallLog lie;
  lie.grow(8).grow(40, "lie");
  Witness witness = place.open();
  witness.add_checkpoint(place.log.request(0, 10));
  CHECK(witness.add_checkpoint(lie.request(10, 10)).outcome == Outcome::split_view);
  const auto files = std::filesystem::directory_iterator(place.path("evidence"));
  CHECK(std::distance(begin(files), end(files)) == static_cast<std::ptrdiff_t>(evidence_max) + 1);
  // Nor does it hide that on the page: the largest of each log are listed, and all are counted.
  CHECK(witness.evidence().size() == evidence_max + 1);
  const auto shown = shown_of(witness.evidence());
  CHECK(shown.size() == evidence_shown_max + 1);
  CHECK(std::ranges::count(shown, address_of("khac.example/so-cai") + "-999.notes") == 1);
  CHECK(std::ranges::count(shown, address_of("khac.example/so-cai") + "-979.notes") == 0);
}

TEST_CASE("nothing is signed or remembered when it cannot be stored") {
  Place place;
  Witness witness = place.open();
  witness.add_checkpoint(place.log.request(0, 10));
  std::filesystem::remove(place.path("state"));
  std::filesystem::create_directory(place.path("state"));  // A file cannot take its place.
  CHECK_THROWS_AS(witness.add_checkpoint(place.log.request(10, 20)), file::Failure);
  std::filesystem::remove(place.path("state"));
  CHECK(witness.add_checkpoint(place.log.request(20, 30)).seen_size == 10);
  CHECK(witness.add_checkpoint(place.log.request(10, 20)).outcome == Outcome::cosigned);
}

TEST_CASE("a witness killed between storing and answering signs no other tree of that size") {
  Place place;
  place.open();
  SmallLog lie;
  lie.grow(40, "lie");
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    Witness witness = place.open();
    witness.add_checkpoint(place.log.request(0, 20));
    ::raise(SIGKILL);  // Stored; nobody has heard.
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  Witness witness = place.open();
  CHECK(witness.add_checkpoint(lie.request(0, 20)).outcome == Outcome::other_size);
  CHECK(witness.add_checkpoint(lie.request(20, 20)).outcome == Outcome::split_view);
  CHECK(witness.add_checkpoint(place.log.request(20, 20)).outcome == Outcome::cosigned);
}

}  // namespace ln::witness
