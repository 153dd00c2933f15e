// Several nodes on one PostgreSQL: the real program, three times, and one of them is killed.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/text.h"
#include "core/ledger/ledger_jobs_batch.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "platform/json/json.h"
#include "test/engine.h"
#include "test/folder.h"
#include "test/wire.h"
#include "test/world.h"

namespace ln {
namespace {

namespace fs = std::filesystem;

std::string whole(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool comes_true(const std::function<bool()>& condition) {
  for (int tries = 0; tries < 3000; ++tries) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

// What the schema of the city is named after; each test has a city of its own.
std::string city = "_city";

// The program with some words, on the database of this run.
class Program {
 public:
  Program(std::vector<std::string> words, fs::path log) : log_(std::move(log)) {
    words.insert(words.begin(), LN_BINARY "/langnghe");
    const db::Options place = test::on_engine({.path = "nodes"});
    words.insert(words.end(), {"--schema", place.schema + city});
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    process_ = fork();
    if (process_ != 0) return;
    setenv("LANGNGHE_DB", place.url.c_str(), 1);
    const int file = open(log_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(file, STDOUT_FILENO);
    dup2(file, STDERR_FILENO);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  ~Program() {
    if (process_ != 0) end(SIGKILL);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  int wait() {
    int status = 0;
    waitpid(std::exchange(process_, 0), &status, 0);
    return status;
  }
  int end(int signal) {
    kill(process_, signal);
    return wait();
  }
  std::string said() const { return whole(log_); }

 private:
  fs::path log_;
  pid_t process_ = 0;
};

struct Node {
  explicit Node(const fs::path& folder)
      : program(
            {"serve", "--data", folder.string(), "--listen", "127.0.0.1:0", "--rate-limit", "off"},
            folder.string() + ".log") {
    const fs::path file = folder / "port";
    REQUIRE_MESSAGE(comes_true([&] { return whole(file).ends_with("\n"); }), program.said());
    port = static_cast<std::uint16_t>(std::stoi(whole(file)));
  }
  Program program;
  std::uint16_t port = 0;
};

// One request on a connection of its own; empty when nothing listens, or it breaks off.
std::string ask(std::uint16_t port, const std::string& request) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer;
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0 &&
      ::send(socket, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
    char bytes[4096];
    for (ssize_t count = 0; (count = ::recv(socket, bytes, sizeof(bytes), 0)) > 0;)
      answer.append(bytes, static_cast<std::size_t>(count));
  }
  ::close(socket);
  return answer;
}

std::string sending(const std::string& key) {
  const std::string body =
      R"({"about":"place","body":"Đèn đường hỏng đã ba tuần, tối om, trẻ em đi học rất sợ.",)"
      R"("unit":"01"})";
  return "POST /api/v1/feedback HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
         "Content-Type: application/json\r\nIdempotency-Key: " +
         key + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// People who send to one node each; what they were told.
class Crowd {
 public:
  Crowd(std::vector<std::uint16_t> ports, std::size_t each) {
    for (std::size_t person = 0; person < ports.size() * 2; ++person)
      people_.emplace_back([this, person, each, port = ports[person % ports.size()]] {
        for (std::size_t i = 0; i < each; ++i) send(port, person, i);
      });
  }
  std::size_t count() {
    const std::scoped_lock lock(mutex_);
    return codes_.size();
  }
  std::vector<std::string> codes() {
    for (std::jthread& person : people_) person.join();
    return codes_;
  }

 private:
  void send(std::uint16_t port, std::size_t person, std::size_t i) {
    const std::string answer = ask(
        port, sending("key-of-person-" + std::to_string(person) + "-" + std::to_string(i) + "-x"));
    if (!answer.starts_with("HTTP/1.1 201")) return;
    const auto document = json::parse(test::body_of(answer), {.size_max = 100'000});
    if (!document.ok()) return;  // Broken off: nobody has read it.
    const auto code = document.value().root().text("code");
    const std::scoped_lock lock(mutex_);
    if (code) codes_.emplace_back(*code);
  }

  std::mutex mutex_;
  std::vector<std::string> codes_;
  std::vector<std::jthread> people_;
};

TEST_CASE("three nodes on one database: one is killed, and no receipt is lost or doubled") {
  if (!test::is_on_postgres()) return;  // SQLite has one node.
  city = "_city";
  const test::Folder folder;
  const fs::path a = folder.path / "a", b = folder.path / "b", c = folder.path / "c";
  Program sample({"sample", "hanoi", "--data", a.string(), "--cases", "20"}, a.string() + ".log");
  const int status = sample.wait();
  REQUIRE_MESSAGE(status == 0, sample.said());
  Node first(a);
  {
    Program stranger({"serve", "--data", b.string(), "--listen", "127.0.0.1:0"},
                     folder.path / "stranger.log");
    CHECK(stranger.wait() != 0);
    CHECK(stranger.said().find("ledger.key is missing") != std::string::npos);
  }
  for (const fs::path& other : {b, c}) {
    fs::create_directories(other);
    fs::copy_file(a / "ledger.key", other / "ledger.key");
  }
  Node second(b), third(c);
  Crowd crowd({first.port, second.port, third.port}, 40);
  REQUIRE(comes_true([&] { return crowd.count() >= 60; }));
  second.program.end(SIGKILL);
  const std::vector<std::string> codes = crowd.codes();
  CHECK(codes.size() >= 160);
  CHECK(std::set<std::string>(codes.begin(), codes.end()).size() == codes.size());
  for (const std::uint16_t port : {first.port, third.port})
    CHECK(ask(port,
              "GET /feedback/" + codes.back() + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
              .starts_with("HTTP/1.1 200"));
  CHECK(first.program.end(SIGTERM) == 0);
  CHECK(third.program.end(SIGTERM) == 0);

  db::Options place = test::on_engine({.path = "nodes"});
  place.schema += city;
  place.now = test::monday;
  db::Database database(place);
  database.read([&](db::Read& read) {
    const auto stored =
        read.all("SELECT code FROM feedback", [](const db::Row& row) { return row.text(0); });
    for (const std::string& code : codes) CHECK(std::ranges::count(stored, code) == 1);
    const auto faults = ledger::verify_all(read);
    CHECK(faults.empty());
    CHECK(ledger::head(read)->size == ledger::leaf_count(read));
    const auto received = read.one(
        "SELECT count(*) - (SELECT count(*) FROM ledger_secret WHERE is_dummy = 1) + "
        "(SELECT count(*) FROM ledger_waiting WHERE event = 'received') "
        "FROM ledger_entry WHERE event = 'received' AND subject_kind = 'feedback'",
        [](const db::Row& row) { return row.integer(0); });
    CHECK(received == static_cast<std::int64_t>(stored.size()));
  });
}

TEST_CASE("what was acknowledged is in the next answer of every node, although they keep answers") {
  if (!test::is_on_postgres()) return;  // SQLite has one node.
  city = "_kept";
  const test::Folder folder;
  const fs::path a = folder.path / "a", b = folder.path / "b";
  db::Options place = test::on_engine({.path = "nodes"});
  place.schema += city;
  place.now = test::monday;
  Program sample({"sample", "hanoi", "--data", a.string(), "--cases", "5"}, a.string() + ".log");
  const int status = sample.wait();
  REQUIRE_MESSAGE(status == 0, sample.said());
  fs::create_directories(b);
  fs::copy_file(a / "ledger.key", b / "ledger.key");
  Node first(a), second(b);
  db::Database writer(place);
  const auto code = writer.read([](db::Read& read) {
    return read.one("SELECT code FROM feedback WHERE published_at IS NOT NULL ORDER BY id LIMIT 1",
                    [](const db::Row& row) { return row.text(0); });
  });
  REQUIRE(code);
  const std::string page =
      "GET /feedback/" + *code + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  for (int n = 0; n < 60; ++n) {
    const std::string words = "Bản công khai thứ " + std::to_string(n) + " của chuyện này.";
    test::write(writer, [&](db::Write& write) {
      write.run("UPDATE feedback SET public_body = $1 WHERE code = $2", words, *code);
    });
    for (int again = 0; again < 3; ++again)
      for (const std::uint16_t port : {first.port, second.port})
        CHECK(ask(port, page).find(words) != std::string::npos);
  }
  CHECK(first.program.end(SIGTERM) == 0);
  CHECK(second.program.end(SIGTERM) == 0);
}

TEST_CASE("of several nodes one lets the batch of an hour join") {
  if (!test::is_on_postgres()) return;  // SQLite has one node.
  const test::Folder folder;
  const std::string key = (folder.path / "ledger.key").string();
  const db::Options place = test::on_engine({.path = (folder.path / "c.db").string()});
  struct Sealing {
    Sealing(const db::Options& where, const std::string& key_path, std::uint64_t seed)
        : random(seed), database(where) {
      sealer = ledger::Sealer::open(
          database, {"x.example/so", key_path, "", [] { return test::monday; }}, random);
    }
    SeededRandom random;
    db::Database database;
    std::unique_ptr<ledger::Sealer> sealer;
  };
  Sealing one(place, key, 1), two(place, key, 2);
  CHECK(ledger::join_batch(one.database, "feedback", one.random, test::monday) == 0);
  for (int hour = 1; hour <= 12; ++hour) {
    const Instant now = test::monday + std::chrono::hours(hour);
    std::int64_t joined = 0;
    std::thread other(
        [&] { joined = ledger::join_batch(two.database, "feedback", two.random, now); });
    const std::int64_t ours = ledger::join_batch(one.database, "feedback", one.random, now);
    other.join();
    CHECK(ours + joined == std::int64_t{ledger::batch_lines});
  }
  one.database.read([](db::Read& r) {
    CHECK(ledger::leaf_count(r) == 12 * std::int64_t{ledger::batch_lines});
    CHECK(ledger::verify_all(r).empty());
  });
}

}  // namespace
}  // namespace ln
