// What the server counts of itself, and what it tells of slow requests.
#include "platform/http/server_meter.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>

#include "base/log.h"
#include "platform/http/server.h"
#include "test/folder.h"
#include "test/wire.h"
#include "test/world.h"

using namespace ln;
using test::body_of;
using test::says;
using test::status_in;
using test::Wire;

namespace {

Result<http::Response> small_page(const http::Request& request) {
  return http::text(200, request.path);
}
// Takes longer than three milliseconds, whatever the machine is doing.
Result<http::Response> slow_page(const http::Request&) {
  const auto begun = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - begun < std::chrono::milliseconds(4)) {
  }
  return http::text(200, "at last");
}
Result<http::Pending> slow_note(const http::Request& request) {
  static_cast<void>(slow_page(request));
  return http::Pending::commit(
      [](db::Write&) -> Result<Done> { return Done{}; },
      [](const Result<Done>&, std::string_view) { return http::text(201, "noted"); });
}

struct Counted {
  http::Router router;
  db::Database database{{.path = ":memory:"}};
  SystemRandom random;
  html::Site site;
  http::Broadcast broadcast;
  test::Folder scratch;
  std::optional<http::Server> server;

  explicit Counted(http::ServerOptions options = {.rate_limit = false}) {
    router.get("/case/{code}", small_page);
    router.get("/slow/{code}", slow_page);
    router.post("/note", slow_note, {.csrf = false});
    options.port = 0;
    options.upload_folder = (scratch.path / "uploads").string();
    options.clock = [] { return test::monday; };
    server.emplace(std::move(options), router, database, random, site, broadcast);
    server->start();
  }
  ~Counted() { server->stop(1000); }
  std::string get(const std::string& path, const std::string& lines = "") const {
    return Wire(server->port()).ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n");
  }
  // The request is counted after its answer was sent: waits until `done` is true of the figures.
  template <class Done>
  http::ServerFigures figures_when(Done done) const {
    for (;;) {
      http::ServerFigures figures = server->figures();
      if (done(figures)) return figures;
      std::this_thread::yield();
    }
  }
};

std::uint64_t all_of(const http::ServerFigures& figures) {
  std::uint64_t all = 0;
  for (const auto& route : figures.routes)
    for (const std::uint64_t count : route.by_class) all += count;
  return all;
}

// Standard error, kept in a file while it lives.
class CaughtLog {
 public:
  CaughtLog() : before_(::dup(STDERR_FILENO)) {
    const int file = ::open(path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ::dup2(file, STDERR_FILENO);
    ::close(file);
    log::set_least(log::Level::warning);
  }
  ~CaughtLog() {
    ::dup2(before_, STDERR_FILENO);
    ::close(before_);
  }
  CaughtLog(const CaughtLog&) = delete;
  CaughtLog& operator=(const CaughtLog&) = delete;
  std::string text() const {
    std::ifstream in(path_);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  test::Folder folder_;
  std::string path_ = (folder_.path / "log").string();
  int before_;
};

}  // namespace

TEST_CASE("requests are counted by route pattern and class of status, never by their path") {
  const Counted here;
  here.get("/case/SECRET22");
  here.get("/case/SECRET33");
  here.get("/nowhere/SECRET44");
  here.get("/healthz");
  const auto figures = here.figures_when([](const auto& f) { return all_of(f) == 4; });
  REQUIRE(figures.routes.size() == 3 + http::request_kinds);
  CHECK(figures.routes[0].pattern == "/case/{code}");
  CHECK(figures.routes[0].by_class == std::array<std::uint64_t, 4>{2, 0, 0, 0});
  const auto& none = figures.routes[3 + static_cast<std::size_t>(http::RequestKind::read)];
  CHECK(none.by_class == std::array<std::uint64_t, 4>{0, 0, 1, 0});
  const auto& probe = figures.routes[3 + static_cast<std::size_t>(http::RequestKind::probe)];
  CHECK(probe.by_class == std::array<std::uint64_t, 4>{1, 0, 0, 0});
  CHECK(figures.took[static_cast<std::size_t>(http::RequestKind::read)].count() == 3);
}

TEST_CASE("what the rate limit refuses is counted") {
  const Counted here({.rates = {.read = {60, 1}, .send = {60, 1}}});
  CHECK(status_in(here.get("/case/A")) == 200);
  CHECK(status_in(here.get("/case/A")) == 429);
  CHECK(here.server->figures().limited == 1);
}

TEST_CASE("a slow request is told with its route and where the time went, and without its path") {
  CaughtLog caught;
  const Counted here({.rate_limit = false, .slow_ms = 2});
  CHECK(status_in(here.get("/slow/SECRET22")) == 200);
  CHECK(status_in(Wire(here.server->port()).ask(test::post("/note", "body=SECRET33"))) == 201);
  here.figures_when([](const auto& f) { return f.slow == 2 && all_of(f) == 2; });
  const std::string log = caught.text();
  CHECK(says(log, "\"event\":\"slow\""));
  CHECK(says(log, "\"route\":\"/slow/{code}\",\"status\":200"));
  CHECK(says(log, "\"method\":\"POST\",\"route\":\"/note\",\"status\":201"));
  for (const char* part : {"queue_ms", "prepare_ms", "commit_ms", "render_ms"})
    CHECK(says(log, part));
  CHECK_FALSE(says(log, "SECRET"));
}

TEST_CASE("a request within the threshold is not told, and 0 tells of none") {
  CaughtLog caught;
  {
    const Counted patient({.rate_limit = false, .slow_ms = 60'000});
    patient.get("/slow/A");
    patient.figures_when([](const auto& f) { return all_of(f) == 1; });
    CHECK(patient.server->figures().slow == 0);
  }
  const Counted silent({.rate_limit = false, .slow_ms = 0});
  silent.get("/slow/A");
  silent.figures_when([](const auto& f) { return all_of(f) == 1; });
  CHECK(caught.text().empty());
}

TEST_CASE("stages that were not passed through take no time, and none is negative") {
  using std::chrono::milliseconds;
  const http::Moment start = http::exactly_now();
  http::Stages read{.begun = start, .answered = start + milliseconds(9)};
  read.close_gaps();
  CHECK(read.queue_us() == 0);
  CHECK(http::us_between(read.committed, read.answered) == 9'000);
  // The coarse clock may lie a little before the exact one.
  http::Stages write{.begun = start,
                     .received = start - milliseconds(2),
                     .prepared = start + milliseconds(4),
                     .taken = start + milliseconds(10),
                     .committed = start + milliseconds(12),
                     .answered = start + milliseconds(13)};
  write.close_gaps();
  CHECK(write.received == start);
  CHECK(http::us_between(write.preparing, write.prepared) == 4'000);
  CHECK(write.queue_us() == 6'000);
}

TEST_CASE("a probe knows whether who asks is on this machine, and not behind a proxy") {
  http::ServerOptions options{.rate_limit = false};
  options.probes = {{"/readyz", [](const http::Request&, bool is_near) {
                       return http::text(is_near ? 200 : 503, "");
                     }}};
  const Counted here(options);
  CHECK(status_in(here.get("/readyz")) == 200);
  for (const char* header : {"X-Forwarded-For: 10.0.0.9", "Forwarded: for=10.0.0.9",
                             "X-Real-IP: 10.0.0.9", "Via: 1.1 x"})
    CHECK(status_in(here.get("/readyz", std::string(header) + "\r\n")) == 503);
}
