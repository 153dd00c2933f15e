// Visitors who mean harm, or whose lines do: drips, crowds, floods, and requests that two servers
// would read differently.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <thread>
#include <vector>

#include "base/log.h"
#include "platform/http/server.h"
#include "test/fault/served.h"
#include "test/folder.h"
#include "test/wire.h"
#include "test/world.h"

namespace ln::test {
namespace {

namespace fs = std::filesystem;

Result<http::Pending> echo(const http::Request& request, Random&) {
  return http::Pending::answer(http::text(200, request.body));
}
Result<http::Response> hello(const http::Request&) { return http::text(200, "xin chào\n"); }
Result<http::Pending> full(const http::Request&) {
  return http::Pending::commit(
      [](db::Write&) -> Result<Done> { throw db::Failure("disk", db::Failure::Kind::full); },
      [](const Result<Done>&, std::string_view) { return http::text(200, ""); });
}

// A server of the platform alone, with bounds a test can reach.
struct Small {
  World world;
  http::Router router;
  SystemRandom random;
  html::Site site;
  http::Broadcast broadcast;
  Folder scratch;
  fs::path uploads = scratch.path / "uploads";
  std::optional<http::Server> server;

  explicit Small(http::ServerOptions options = {}) {
    router.get("/hello", hello);
    router.post("/api/echo", echo, {.body_max = 64 * 1024, .csrf = false});
    router.post("/api/files", echo, {.body_max = 16 * 1024 * 1024, .csrf = false});
    router.post("/full", full, {.body_max = 64 * 1024, .csrf = false});
    options.port = 0;
    options.rate_limit = false;
    options.upload_folder = uploads.string();
    options.clock = [] { return monday; };
    log::set_least(log::Level::error);
    server.emplace(std::move(options), router, world.database, random, site, broadcast);
    server->start();
  }
  ~Small() { server->stop(1000); }
  std::string ask(const std::string& bytes) const { return Wire(server->port()).ask(bytes); }
  std::uintmax_t uploaded() const {
    std::uintmax_t size = 0;
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator(uploads)) {
      const auto one = entry.file_size(gone);
      if (!gone) size += one;
    }
    return size;
  }
};

const std::string chunked_head =
    "POST /api/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

}  // namespace

TEST_CASE("who drips the head or the body is cut at a deadline that no byte moves") {
  const Small here({.request_timeout_ms = 300});
  const std::string head = "POST /api/echo HTTP/1.1\r\nHost: x\r\n";
  for (const std::string& begun : {head, head + "Content-Length: 60000\r\n\r\n"}) {
    Wire wire(here.server->port());
    REQUIRE(wire.send(begun + (begun == head ? "X-Slow: " : "")));
    // Ends when the server has had enough: it takes no more.
    while (wire.send("x")) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    CHECK(status_in(here.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")) == 200);
  }
}

TEST_CASE("a chunk larger than what may come is refused before it comes") {
  const Small here;
  for (const std::string& size :
       std::vector<std::string>{"FFFFFFFFFFFFFFFF", "7FFFFFFFFFFFFFFF", "8000000000000000", "10001",
                                "FFFFFFFFFFFFFFFFF", "-1", ""}) {
    CAPTURE(size);
    const std::string answer = here.ask(chunked_head + size + "\r\n");
    const int status = status_in(answer);
    CHECK((status == 413 || status == 400));
    CHECK(header_in(answer, "Connection") == "close");
  }
  CHECK(body_of(here.ask(chunked_head + "5\r\nabcde\r\n0\r\n\r\n")) == "abcde");
}

TEST_CASE("what two servers could read as one request or as two is refused, once") {
  const Small here;
  const std::string second = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string heads[] = {
      "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
      "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
      "Transfer-Encoding : chunked\r\n",
      "Transfer-Encoding: chunked, identity\r\n",
      "Transfer-Encoding: identity, chunked\r\n",
      "Transfer-Encoding: xchunked\r\n",
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
      "Content-Length: 5\r\nContent-Length: 6\r\n",
      "Content-Length: 5, 6\r\n",
      "Content-Length: +5\r\n",
      "Content-Length: -5\r\n",
      "Content-Length: 0x5\r\n",
      "Content-Length: 99999999999999999999\r\n",
      "Host: y\r\nContent-Length: 0\r\n",
      "X y: z\r\nContent-Length: 0\r\n",
      "Content-Length\r\n",
  };
  for (const std::string& lines : heads) {
    CAPTURE(lines);
    Wire wire(here.server->port());
    wire.send("POST /api/echo HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n0\r\n\r\n" + second);
    const std::string all = wire.rest();
    CHECK(status_in(all) == 400);
    CHECK(all.find("HTTP/1.1 ", 1) == std::string::npos);
    CHECK_FALSE(says(all, "xin chào"));
  }
  Wire old(here.server->port());
  old.send("POST /api/echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + second);
  CHECK(status_in(old.rest()) == 400);
}

TEST_CASE("a flood of half-sent uploads fills no disk, and leaves nothing when it goes") {
  constexpr std::int64_t bound = 8 * 1024 * 1024;
  const Small here({.uploads_size_max = bound});
  const std::string head =
      "POST /api/files HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=B\r\n"
      "Content-Length: 4000000\r\n\r\n--B\r\n"
      "Content-Disposition: form-data; name=\"f\"; filename=\"a.jpg\"\r\n\r\n";
  const std::string bytes(1024 * 1024, 'x');
  int refused = 0;
  {
    std::vector<std::unique_ptr<Wire>> flood;
    for (int i = 0; i < 24; ++i) {
      flood.push_back(std::make_unique<Wire>(here.server->port()));
      flood.back()->send(head);
      flood.back()->send(bytes);
      CHECK(here.uploaded() <= static_cast<std::uintmax_t>(bound));
    }
    // Those for whom there was no room are told; eight have room at the most.
    while (refused < 16) {
      for (auto& wire : flood) {
        if (wire == nullptr || !wire->has_answer()) continue;
        CHECK(status_in(wire->answer()) == 503);
        wire.reset();
        ++refused;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    CHECK(here.uploaded() <= static_cast<std::uintmax_t>(bound));
    CHECK(status_in(here.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")) == 200);
  }
  CHECK(refused >= 16);
  while (here.uploaded() > 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  const std::string body =
      "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.jpg\"\r\n\r\n" + bytes +
      "\r\n--B--\r\n";
  CHECK(status_in(here.ask("POST /api/files HTTP/1.1\r\nHost: x\r\n"
                           "Content-Type: multipart/form-data; boundary=B\r\nContent-Length: " +
                           std::to_string(body.size()) + "\r\n\r\n" + body)) == 200);
}

TEST_CASE("who could not be stored is told so in their language and keeps what they wrote") {
  const Small here;
  const std::string typed = "body=%C4%90%C6%B0%E1%BB%9Dng+%22h%E1%BB%8Fng%22&csrf=abc";
  const std::string answer = here.ask(post("/full?step=2", typed));
  CHECK(status_in(answer) == 503);
  CHECK(header_in(answer, "Retry-After") == "60");
  CHECK(says(answer, "Chưa lưu được"));
  CHECK(says(answer, R"(action="/full?step=2")"));
  CHECK(says(answer, R"(name="body" value="Đường &quot;hỏng&quot;")"));
  CHECK_FALSE(says(answer, R"(value="abc")"));
  CHECK(says(answer, "Gửi lại"));
  const std::string english = here.ask(post("/en/full", typed));
  CHECK(says(english, "Not saved"));
  CHECK(says(english, R"(action="/en/full")"));
  // A password stands in no page.
  const std::string secret = here.ask(post("/full", "login=an&password=bi-mat"));
  CHECK(status_in(secret) == 503);
  CHECK_FALSE(says(secret, "bi-mat"));
  CHECK(says(secret, "quay lại trang trước"));
}

TEST_CASE("ten thousand who say nothing cost little and keep nobody from an answer") {
  constexpr rlim_t wanted = 10'000, spare = 500;
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  rlimit raised = before;
  raised.rlim_cur = std::min<rlim_t>(before.rlim_max, wanted + spare);
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &raised) == 0);
  const std::size_t count = std::min<std::size_t>(wanted, raised.rlim_cur - spare);
  const Folder place;
  const std::string folder = (place.path / "data").string();
  log::set_least(log::Level::error);
  make_city(folder);
  {
    Served served({.folder = folder});
    REQUIRE(served.serves());
    const std::string json = R"({"about":"place","body":"Đông người quá"})";
    REQUIRE(try_ask(served.port(), submission("before-them", json)));
    const std::int64_t empty = served.memory();
    std::vector<std::unique_ptr<Wire>> crowd;
    for (std::size_t i = 0; i < count; ++i) crowd.push_back(std::make_unique<Wire>(served.port()));
    // The last one has been let in when it is answered.
    CHECK(status_in(crowd.back()->ask("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")) == 200);
    const auto answer = try_ask(served.port(), submission("among-them", json));
    CHECK((answer && status_in(*answer) == 201));
    const std::int64_t each = (served.memory() - empty) / static_cast<std::int64_t>(count);
    MESSAGE(count, " connections, bytes for each: ", each);
#ifndef __SANITIZE_ADDRESS__  // Which keeps what is freed.
    CHECK(each < 32 * 1024);
#endif
    crowd.clear();
    CHECK(served.stop() == 0);
  }
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
}

}  // namespace ln::test
