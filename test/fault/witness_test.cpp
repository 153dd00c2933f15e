// Witnesses as the programs they are: over HTTP, beside a real city, lied to, and cut off from
// power.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "app/clock.h"
#include "app/doctor.h"
#include "base/log.h"
#include "base/text.h"
#include "core/ledger/ledger_files.h"
#include "core/witness/witness_actions.h"
#include "engine/merkle/merkle_policy.h"
#include "platform/file/file.h"
#include "test/fault/disk.h"
#include "test/fault/served.h"
#include "test/folder.h"
#include "test/small_log.h"
#include "test/wire.h"
#include "test/world.h"

namespace ln::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* city_origin = "langnghe.example/ledger";

std::string bytes_in(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// `langnghe witness` for one log.
struct Bystander {
  std::string folder;
  std::unique_ptr<Served> process;
  Bystander(std::string where, const std::string& name, const std::string& vkey)
      : folder(std::move(where)),
        process(std::make_unique<Served>(Served::Options{
            .folder = folder, .command = "witness", .more = {"--name", name, "--log", vkey}})) {
    REQUIRE(process->serves());
  }
  std::string vkey() const {
    return merkle::Signer::parse(trimmed(bytes_in(folder + "/witness.key")))->verifier().text();
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(process->port()); }
  std::string add(const std::string& body) const {
    const auto answer =
        try_ask(process->port(), "POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                                     std::to_string(body.size()) + "\r\n\r\n" + body);
    REQUIRE(answer);
    return *answer;
  }
};

std::string get(std::uint16_t port, const std::string& path) {
  const auto answer = try_ask(port, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
  REQUIRE(answer);
  return *answer;
}

std::string submit(std::uint16_t port, const std::string& key) {
  const auto answer = try_ask(
      port,
      submission("case-" + key, R"({"about":"place","body":"Đèn đường hỏng, )" + key + R"("})"));
  REQUIRE(answer);
  return *answer;
}

std::string vkey_of(const std::string& city) {
  return ledger::load_key(city + "/ledger.key", city_origin)->verifier().text();
}

std::vector<std::string> policy_words(const std::string& folder, const std::string& text) {
  std::ofstream(folder + "/policy") << text;
  return {"--policy", folder + "/policy"};
}

// How many images of a disk, cut at every moment of a witness's life, let it sign a second tree of
// a size for which somebody has its signature, or do not let it start at all.
int count_broken(Disk::Obeys obeys) {
  SmallLog log, lie;
  log.grow(40);
  lie.grow(40, "lie");
  log::set_least(log::Level::error);
  const auto options = [&](const std::string& folder) {
    return witness::Options{
        .places = {folder + "/witness.key", folder + "/witness.state", folder + "/evidence"},
        .name = "mttq.example",
        .logs = {log.key().verifier()},
        .clock = [] { return monday; }};
  };
  const Folder scratch;
  const std::string folder = (fs::canonical(scratch.path) / "disk").string();
  fs::create_directory(folder);
  Disk disk(folder, obeys);
  {
    SeededRandom random(3);
    witness::Witness witness(options(folder), random);
    for (std::uint64_t size = 0; size < 12; ++size) {
      const auto answer = witness.add_checkpoint(log.request(size, size + 1));
      REQUIRE(answer.outcome == witness::Outcome::cosigned);
      disk.mark(std::to_string(size + 1));
    }
  }
  SeededRandom luck(4);
  int looked_at = 0, broken = 0;
  std::uint64_t told = 0;  // the largest size that was answered before the cut
  for (std::size_t point = 0; point <= disk.size(); ++point) {
    if (point > 0 && disk.events()[point - 1].kind == Disk::Kind::mark)
      told = static_cast<std::uint64_t>(*parse_number(disk.events()[point - 1].name));
    for (int again = 0; again < 4; ++again) {
      const std::string left = (scratch.path / ("left" + std::to_string(looked_at++))).string();
      fs::create_directory(left);
      disk.image(point, luck, left);
      SeededRandom random(5);
      try {
        witness::Witness after(options(left), random);
        if (told == 0) continue;  // Nobody has its signature yet.
        const bool signs =
            after.add_checkpoint(lie.request(told, told)).outcome == witness::Outcome::cosigned ||
            after.add_checkpoint(lie.request(0, told)).outcome == witness::Outcome::cosigned;
        const auto next = after.add_checkpoint(log.request(told, told + 2));
        // It may have stored one more, of which nobody has heard.
        const bool goes_on =
            next.outcome == witness::Outcome::cosigned ||
            (next.outcome == witness::Outcome::other_size && next.seen_size == told + 1);
        broken += signs || !goes_on ? 1 : 0;
      } catch (const file::Failure&) {
        ++broken;
      }
    }
  }
  CHECK(looked_at > 200);
  return broken;
}

}  // namespace

TEST_CASE("a witness answers with each status of the specification") {
  Folder scratch;
  SmallLog log, lie, stranger("la.example", 3);
  log.grow(40);
  lie.grow(5).grow(40, "lie");
  stranger.grow(3);
  const Bystander witness((scratch.path / "w").string(), "mttq.example", log.vkey());
  const std::string good = witness.add(log.request(0, 10));
  CHECK(status_in(good) == 200);
  CHECK(header_in(good, "Content-Type") == "text/plain; charset=utf-8");
  merkle::Note note = *merkle::Note::parse(log.head(10));
  note.signatures = *merkle::parse_signature_lines(body_of(good));
  const auto key = merkle::Verifier::parse(witness.vkey());
  REQUIRE(key);
  CHECK(merkle::verify(note, {&*key, 1})->size() == 1);

  CHECK(status_in(witness.add("old 10\n")) == 400);
  CHECK(status_in(witness.add(log.request(11, 10))) == 400);
  CHECK(status_in(witness.add(std::string(70'000, 'x'))) == 413);
  SmallLog thief("so-cai.example", 7);
  CHECK(status_in(witness.add(thief.grow(20).request(10, 20))) == 403);
  CHECK(status_in(witness.add(stranger.request(0, 3))) == 404);
  const std::string stale = witness.add(log.request(0, 20));
  CHECK(status_in(stale) == 409);
  CHECK(header_in(stale, "Content-Type") == "text/x.tlog.size");
  CHECK(body_of(stale) == "10\n");
  CHECK(status_in(witness.add(merkle::AddCheckpoint{10, log.proof(9, 20), log.head(20)}.text())) ==
        422);
  CHECK(status_in(witness.add(lie.request(10, 20))) == 422);
  CHECK_FALSE(fs::exists(witness.folder + "/evidence"));
  CHECK(status_in(witness.add(lie.request(10, 10))) == 422);
  CHECK_FALSE(fs::is_empty(witness.folder + "/evidence"));
  CHECK(witness.process->says("split_view"));
  CHECK(status_in(witness.add(log.request(10, 10))) == 200);
  CHECK(status_in(witness.add(log.request(10, 20))) == 200);

  const std::string at = "/" + to_hex(merkle::sha256(as_bytes("so-cai.example"))) + "/checkpoint";
  const std::string seen = get(witness.process->port(), at);
  CHECK(status_in(seen) == 200);
  CHECK(merkle::open_checkpoint(body_of(seen), log.key().verifier())->size == 20);
  CHECK(merkle::verify(*merkle::Note::parse(body_of(seen)), {&*key, 1})->size() == 1);
  CHECK(status_in(get(witness.process->port(), "/" + std::string(64, '0') + "/checkpoint")) == 404);
  // What it has seen, and what it keeps against this log, is had from its page.
  const std::string page = get(witness.process->port(), "/en/");
  CHECK(says(page, witness.vkey()));
  CHECK(says(page, "so-cai.example"));
  CHECK(says(page, "A ledger has signed two different histories"));
  const std::string name = to_hex(merkle::sha256(as_bytes("so-cai.example"))) + "-10.notes";
  CHECK(says(page, "/evidence/" + name));
  const std::string proof = get(witness.process->port(), "/evidence/" + name);
  CHECK(body_of(proof) == bytes_in(witness.folder + "/evidence/" + name));
  CHECK(says(header_in(proof, "Content-Disposition"), name));
  for (const char* other :
       {"/evidence/witness.key", "/evidence/..%2Fwitness.key", "/evidence/x-1.notes", "/evidence/"})
    CHECK(status_in(get(witness.process->port(), other)) >= 400);
  CHECK(says(get(witness.process->port(), "/metrics"), "langnghe_split_views 1"));
  CHECK(says(get(witness.process->port(), "/metrics"),
             "langnghe_witnessed_size{log=\"so-cai.example\"} 20"));
  CHECK(status_in(get(witness.process->port(), "/verify.html")) == 200);
  CHECK(body_of(get(witness.process->port(), "/tools/verify_ledger.py")) ==
        bytes_in("tools/verify_ledger.py"));
}

TEST_CASE("a witness killed and started again remembers, and with a damaged memory it does not") {
  Folder scratch;
  SmallLog log, lie;
  log.grow(40);
  lie.grow(40, "lie");
  const std::string folder = (scratch.path / "w").string();
  {
    const Bystander witness(folder, "mttq.example", log.vkey());
    REQUIRE(status_in(witness.add(log.request(0, 10))) == 200);
  }  // SIGKILL
  {
    const Bystander again(folder, "mttq.example", log.vkey());
    CHECK(status_in(again.add(lie.request(0, 10))) == 409);
    CHECK(status_in(again.add(lie.request(10, 10))) == 422);
    CHECK(status_in(again.add(log.request(10, 11))) == 200);
  }
  std::ofstream(folder + "/witness.state", std::ios::app) << "x";
  Served broken({.folder = folder,
                 .command = "witness",
                 .more = {"--name", "mttq.example", "--log", log.vkey()}});
  CHECK_FALSE(broken.serves());
  CHECK(broken.wait() == 1);
  CHECK(says(broken.log(), "is damaged or belongs to another witness"));
}

TEST_CASE("a city shows what its witnesses have signed, and goes on without them") {
  Folder scratch;
  const std::string city = (scratch.path / "city").string();
  log::set_least(log::Level::error);
  make_city(city);
  const std::string vkey = vkey_of(city);
  const Bystander one((scratch.path / "w1").string(), "mttq.example", vkey);
  auto two = std::make_unique<Bystander>((scratch.path / "w2").string(), "bao.example", vkey);
  const std::string text = "log " + vkey + " http://127.0.0.1/ledger\nwitness mttq " + one.vkey() +
                           " " + one.url() + "\nwitness bao " + two->vkey() + " " + two->url() +
                           "\ngroup ca-hai all mttq bao\nquorum ca-hai\n";
  const auto policy = merkle::Policy::parse(text);
  REQUIRE(policy);
  const auto words = policy_words(scratch.path.string(), text);
  const auto judged = [&](const Served& server) {
    return policy->judge(body_of(get(server.port(), "/ledger/checkpoint")));
  };
  {
    Served server({.folder = city, .more = words});
    REQUIRE(server.serves());
    CHECK(becomes([&] { return judged(server)->has_quorum; }));
    CHECK(body_of(get(server.port(), "/ledger/policy")) == text);
    CHECK(status_in(submit(server.port(), "first")) == 201);
    CHECK(status_in(submit(server.port(), "second")) == 201);
  }
  {
    Served server({.folder = city, .more = words});
    REQUIRE(server.serves());
    CHECK(becomes([&] { return judged(server)->has_quorum; }));
    CHECK(judged(server)->checkpoint.size == 4);  // two cases, keys and deadlines
    const std::string page = get(server.port(), "/en/ledger");
    CHECK(says(page, "– enough"));
    CHECK(says(page, "mttq"));
    CHECK(status_in(submit(server.port(), "third")) == 201);
  }
  two.reset();  // One witness is gone; each start publishes a head, as a tick does.
  for (int start = 0; start < 3; ++start) {
    Served server({.folder = city, .more = words});
    REQUIRE(server.serves());
    CHECK(becomes([&] { return judged(server)->witnesses.size() == 1; }));
    CHECK(server.says("witness_failed"));
    CHECK(status_in(submit(server.port(), "alone" + std::to_string(start))) == 201);
  }
  Served server({.folder = city, .more = words});
  REQUIRE(server.serves());
  CHECK(server.says("witness_quorum_missing"));
  CHECK(server.says("witness_silent"));
  CHECK(says(get(server.port(), "/ledger"), "Chưa đủ nhân chứng ký"));
  CHECK(becomes([&] {
    return says(get(server.port(), "/metrics"), "langnghe_witness_quorum_missed_ticks 3");
  }));
  CHECK(says(get(server.port(), "/metrics"), "langnghe_witness_missed_ticks{witness=\"bao\"} 3"));
  CHECK(says(get(server.port(), "/metrics"), "langnghe_witness_missed_ticks{witness=\"mttq\"} 0"));
  CHECK(says(get(server.port(), "/readyz"), "warning: witnesses: too few"));
  bool is_told = false;
  for (const app::Finding& each : app::examine({.data = city, .quick = true, .now = app::now()}))
    is_told = is_told || (each.check == "witnesses" && each.level == app::Finding::Level::warning);
  CHECK(is_told);
  CHECK(status_in(submit(server.port(), "last")) == 201);
}

TEST_CASE("two cities with one name and key and two histories are caught by one witness") {
  Folder scratch;
  const std::string one = (scratch.path / "one").string(), two = (scratch.path / "two").string();
  log::set_least(log::Level::error);
  make_city(one);
  fs::copy(one, two, fs::copy_options::recursive);
  const std::string vkey = vkey_of(one);
  REQUIRE(vkey_of(two) == vkey);
  const Bystander witness((scratch.path / "w").string(), "mttq.example", vkey);
  const auto words =
      policy_words(scratch.path.string(), "log " + vkey + "\nwitness mttq " + witness.vkey() + " " +
                                              witness.url() + "\nquorum mttq\n");
  for (const std::string& each : {one, two}) {
    Served server({.folder = each});
    REQUIRE(server.serves());
    REQUIRE(status_in(submit(server.port(), each == one ? "to-one" : "to-two")) == 201);
  }
  const auto log = *merkle::Verifier::parse(vkey);
  Served honest({.folder = one, .more = words});
  REQUIRE(honest.serves());
  CHECK(becomes(
      [&] { return says(body_of(get(honest.port(), "/ledger/checkpoint")), "— mttq.example "); }));
  CHECK_FALSE(fs::exists(witness.folder + "/evidence"));
  Served liar({.folder = two, .more = words});
  REQUIRE(liar.serves());
  // Its own administrators are told, and the witness is not taken for one that is away.
  CHECK(liar.says("witness_sees_other_history"));
  CHECK(says(get(liar.port(), "/readyz"), "warning: witness_sees_other_history: mttq"));
  CHECK(says(get(liar.port(), "/metrics"), "langnghe_witness_sees_other_history 1"));
  CHECK(says(get(honest.port(), "/metrics"), "langnghe_witness_sees_other_history 0"));
  const std::string lie = body_of(get(liar.port(), "/ledger/checkpoint"));
  CHECK_FALSE(says(lie, "— mttq.example "));
  CHECK(witness.process->says("split_view"));
  std::string evidence;
  for (const auto& each : fs::directory_iterator(witness.folder + "/evidence"))
    evidence += bytes_in(each.path());
  const std::size_t end = evidence.find("--\n");
  const auto first = merkle::open_checkpoint(evidence.substr(0, end), log);
  const auto second =
      merkle::open_checkpoint(evidence.substr(end + 3, evidence.size() - end - 6), log);
  REQUIRE((first && second));
  CHECK(first->size == 4);  // keys twice and deadlines before it
  CHECK(second->size == 4);
  CHECK(first->root != second->root);
  CHECK(second->root == merkle::open_checkpoint(lie, log)->root);
}

TEST_CASE("a folder that was taken back with all its files is found by its witness at the start") {
  Folder scratch;
  const std::string city = (scratch.path / "city").string(), old = (scratch.path / "old").string();
  log::set_least(log::Level::error);
  make_city(city);
  const std::string vkey = vkey_of(city);
  const Bystander witness((scratch.path / "w").string(), "mttq.example", vkey);
  const auto words =
      policy_words(scratch.path.string(), "log " + vkey + "\nwitness mttq " + witness.vkey() + " " +
                                              witness.url() + "\nquorum mttq\n");
  const auto serve = [&](int cases) {
    Served server({.folder = city, .more = words});
    REQUIRE(server.serves());
    for (int n = 0; n < cases; ++n)
      REQUIRE(status_in(submit(server.port(), "case" + std::to_string(n))) == 201);
    // What was published at this start is signed before the next one.
    REQUIRE(becomes([&] {
      return says(body_of(get(server.port(), "/ledger/checkpoint")), "— mttq.example ");
    }));
    REQUIRE(server.stop() == 0);
  };
  serve(2);
  serve(0);  // Publishes what was received, and the witness signs it.
  fs::copy(city, old, fs::copy_options::recursive);
  serve(3);
  serve(0);
  fs::remove_all(city);
  fs::rename(old, city);
  // The second file went back as well, so the city has no memory of its own of what it signed.
  Served rolled_back({.folder = city, .more = words});
  REQUIRE(rolled_back.serves());
  CHECK(rolled_back.says("witness_sees_other_history"));
  CHECK(says(get(rolled_back.port(), "/readyz"), "warning: witness_sees_other_history: mttq"));
}

TEST_CASE("a power cut at any moment lets a witness sign no two trees of one size") {
  CHECK(count_broken({}) == 0);
}

// The tests of the test: each way of waiting less for the disk makes a witness forget.

TEST_CASE("on a disk that obeys no sync of files a power cut makes a witness forget") {
  CHECK(count_broken({.other_file_sync = false}) > 0);
}

TEST_CASE("on a disk that obeys no sync of folders a power cut makes a witness forget") {
  CHECK(count_broken({.folder_sync = false}) > 0);
}

}  // namespace ln::test
