#include "platform/http/server.h"

#include <brotli/decode.h>
#include <doctest/doctest.h>
#include <zlib.h>

#include <filesystem>
#include <latch>
#include <thread>

#include "base/log.h"
#include "base/text.h"
#include "platform/html/asset.h"
#include "test/folder.h"
#include "test/wire.h"
#include "test/world.h"

using namespace ln;
using test::body_of;
using test::header_in;
using test::post;
using test::says;
using test::status_in;
using test::Wire;
namespace fs = std::filesystem;

namespace {

const std::string long_text = [] {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "Thông tin " + std::to_string(i) + " của trang này.\n";
  return text;
}();

Result<http::Response> hello(const http::Request& request) {
  return http::text(200, "xin chào " + request.path + "\n");
}
Result<http::Response> note_page(const http::Request& request, db::Read& read) {
  const auto id = request.path_number("id");
  const auto text = read.one(
      "SELECT body FROM http_note WHERE id = $1", [](const db::Row& row) { return row.text(0); },
      id);
  if (!text) return Error{ErrorKind::not_found, "error.not_found.body"_t};
  return http::page(200, *text);
}
Result<http::Response> long_page(const http::Request&) {
  auto response = http::page(200, long_text);
  response.cacheable = true;
  return response;
}
Result<http::Response> form_page(const http::Request& request) {
  return http::page(200, "csrf=" + std::string(request.view.csrf_token) + ";");
}
Result<http::Response> broken_page(const http::Request&) {
  throw std::runtime_error("the machine is broken");
}
Result<http::Response> events(const http::Request&) {
  http::Response response;
  response.sse_channel = "figures";
  return response;
}

Result<http::Pending> add_note(const http::Request& request, db::Read&) {
  const std::string body(request.form.text("body"));
  const std::size_t files = request.uploads.size();
  return http::Pending::commit(
      [body](db::Write& write) -> Result<std::int64_t> {
        if (body.empty()) return Error{ErrorKind::invalid, "error.invalid.body"_t};
        return *write.returning(
            "INSERT INTO http_note (body) VALUES ($1) RETURNING id",
            [](const db::Row& row) { return row.integer(0); }, body);
      },
      [files](const Result<std::int64_t>& id, std::string_view) {
        if (!id.ok()) return http::text(http::status_of(id.error().kind), "refused");
        return http::text(201, std::to_string(id.value()) + " " + std::to_string(files));
      });
}
Result<http::Pending> throw_in_commit(const http::Request&) {
  return http::Pending::commit(
      [](db::Write&) -> Result<Done> { throw db::Failure("disk", db::Failure::Kind::full); },
      [](const Result<Done>&, std::string_view) { return http::text(200, ""); });
}
Result<http::Pending> echo(const http::Request& request, Random&) {
  return http::Pending::answer(http::text(200, request.body));
}
Result<http::Pending> go(const http::Request&) {
  return http::Pending::answer(http::see_other("/hello"));
}

// A handler that waits until the test lets it go on.
struct Gate {
  std::latch entered{1}, open{1};
};
Gate* gate = nullptr;
Result<http::Pending> wait_at_gate(const http::Request&) {
  gate->entered.count_down();
  gate->open.wait();
  return http::Pending::answer(http::text(200, "through"));
}

const std::vector<db::Migration> note_table = {
    {"0000_note", "CREATE TABLE http_note (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT"}};

struct Running {
  http::Router router;
  db::Database database;
  SystemRandom random;
  html::Site site;
  http::Broadcast broadcast;
  test::Folder scratch;
  std::string folder = (scratch.path / "uploads").string();
  std::optional<http::Server> server;
  explicit Running(http::ServerOptions options = {.rate_limit = false},
                   std::size_t queue_max = 1000)
      : database(test::on_engine(
            {.path = ":memory:", .queue_max = queue_max, .migrations = note_table})) {
    const http::RouteLimits api{.body_max = 64 * 1024, .csrf = false};
    router.get("/hello", hello);
    router.get("/notes/{id:number}", note_page);
    router.get("/long", long_page);
    router.get("/form", form_page);
    router.get("/broken", broken_page);
    router.get("/events", events);
    router.post("/notes", add_note);
    router.post("/api/notes", add_note, {.body_max = 16 * 1024 * 1024, .csrf = false});
    router.post("/api/echo", echo, api);
    router.post("/api/full", throw_in_commit, api);
    router.post("/api/go", go, api);
    router.post("/api/wait", wait_at_gate, {.runs = http::Runs::on_worker, .csrf = false});
    options.port = 0;
    options.upload_folder = folder;
    options.clock = [] { return test::monday; };
    log::set_least(log::Level::error);
    server.emplace(std::move(options), router, database, random, site, broadcast);
    server->start();
  }
  ~Running() { server->stop(1000); }
  Wire connect() const { return Wire(server->port()); }
  std::string ask(const std::string& bytes) const { return connect().ask(bytes); }
  std::string get(const std::string& path, const std::string& lines = "") const {
    return ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n");
  }
};

}  // namespace

TEST_CASE("the server answers pages, health and what is not there, with its safety headers") {
  const Running here;
  const std::string page = here.get("/hello?x=1");
  CHECK(says(page, "HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 02:00:00 GMT\r\n"));
  CHECK(body_of(page) == "xin chào /hello\n");
  CHECK(header_in(page, "X-Content-Type-Options") == "nosniff");
  CHECK(header_in(page, "Referrer-Policy") == "same-origin");
  CHECK(header_in(page, "Strict-Transport-Security") == "");
  CHECK(body_of(here.get("/healthz")) == "ok\n");
  const std::string missing = here.get("/nowhere");
  CHECK(status_in(missing) == 404);
  CHECK(says(header_in(missing, "Content-Security-Policy"),
             "default-src 'none'; img-src 'self'; media-src 'self'"));
  CHECK(says(missing, "<html lang=\"vi\""));
  CHECK(says(missing, "Không tìm thấy"));
  CHECK(header_in(missing, "Cache-Control") == "no-store");
  const std::string english = here.get("/en/nowhere");
  CHECK(says(english, "<html lang=\"en\""));
  CHECK(says(english, "Page not found"));
  CHECK(header_in(english, "Content-Language") == "en");
  CHECK(body_of(here.get("/en/hello")) == "xin chào /hello\n");
  CHECK(status_in(here.get("/english")) == 404);
  CHECK(says(here.get("/api/nowhere"),
             R"({"error":{"code":"error.not_found.body","message":"Xem lại)"));
  CHECK(says(here.get("/api/nowhere", "Accept-Language: en-GB\r\n"), "Check the address"));
}

TEST_CASE("a machine that breaks says 500 with the number of the incident, and lives on") {
  const Running here;
  const std::string answer = here.get("/broken");
  CHECK(status_in(answer) == 500);
  CHECK(says(answer, "Mã lỗi để báo cho người trực: "));
  CHECK_FALSE(says(answer, "machine is broken"));
  CHECK(status_in(here.ask(post("/api/full", "", ""))) == 503);
  CHECK(status_in(here.get("/hello")) == 200);
}

TEST_CASE("a write is answered when it is durable, and read back") {
  const Running here;
  const std::string answer = here.ask(post("/api/notes", "body=n%C6%B0%E1%BB%9Bc+y%E1%BA%BFu"));
  CHECK(status_in(answer) == 201);
  CHECK(body_of(answer) == "1 0");
  CHECK(body_of(here.get("/notes/1")) == "nước yếu");
  CHECK(status_in(here.ask(post("/api/notes", "body="))) == 422);
  CHECK(status_in(here.get("/notes/2")) == 404);
  CHECK(status_in(here.get("/notes/x")) == 404);
  CHECK(header_in(here.ask(post("/api/go", "")), "Location") == "/hello");
  CHECK(header_in(here.ask(post("/en/api/go", "")), "Location") == "/en/hello");
}

TEST_CASE("a form must come from one of our pages") {
  const Running here;
  const std::string page = here.get("/form");
  const std::string set = header_in(page, "Set-Cookie");
  REQUIRE(says(set, "ln_visit="));
  CHECK(says(set, "; Path=/; HttpOnly; SameSite=Lax"));
  CHECK_FALSE(says(set, "Secure"));
  const std::string cookie = "Cookie: " + set.substr(0, set.find(';')) + "\r\n";
  const std::string body = body_of(page);
  const std::string token = body.substr(5, body.find(';') - 5);
  const auto send = [&](const std::string& sent, const std::string& lines) {
    return here.ask(post("/notes", "body=x&csrf=" + sent, lines));
  };
  CHECK(status_in(send(token, cookie)) == 201);
  const std::string refused = send("", cookie);
  CHECK(status_in(refused) == 403);
  CHECK(says(refused, "Chưa có gì được lưu"));
  CHECK(status_in(send(token, "")) == 403);
  CHECK(status_in(send(token, "Cookie: ln_visit=AAAAAAAAAAAAAAAAAAAAAA\r\n")) == 403);
  CHECK(status_in(send(token, cookie + "Sec-Fetch-Site: cross-site\r\n")) == 403);
  CHECK(status_in(send(token, cookie + "Origin: https://evil.example\r\n")) == 403);
  CHECK(status_in(send(token, cookie + "Origin: null\r\n")) == 403);
  CHECK(status_in(send(token, cookie + "Sec-Fetch-Site: same-origin\r\nOrigin: http://x\r\n")) ==
        201);
  // The second page keeps the cookie and has a token of its own.
  const std::string again = here.get("/form", cookie);
  CHECK(header_in(again, "Set-Cookie") == "");
  CHECK(body_of(again) != body);
  // A page without a form sets no cookie.
  CHECK(header_in(here.get("/nowhere"), "Set-Cookie") == "");
}

TEST_CASE("a page for everybody is compressed, marked, and not sent twice") {
  const Running here;
  const std::string plain = here.get("/long");
  CHECK(body_of(plain) == long_text);
  CHECK(header_in(plain, "Cache-Control") == "public, no-cache");
  CHECK(header_in(plain, "Vary") == "Accept-Encoding");
  const std::string tag = header_in(plain, "ETag");
  const std::string same = here.get("/long", "If-None-Match: W/\"no\", " + tag + "\r\n");
  CHECK(status_in(same) == 304);
  CHECK(body_of(same).empty());
  CHECK(status_in(here.get("/long", "If-None-Match: \"other\"\r\n")) == 200);

  const std::string brotli = here.get("/long", "Accept-Encoding: gzip, br\r\n");
  CHECK(header_in(brotli, "Content-Encoding") == "br");
  CHECK(header_in(brotli, "ETag") != tag);
  const std::string pressed = body_of(brotli);
  CHECK(pressed.size() < long_text.size() / 4);
  std::string back(long_text.size() + 1, '\0');
  std::size_t size = back.size();
  REQUIRE(BrotliDecoderDecompress(pressed.size(), as_bytes(pressed).data(), &size,
                                  reinterpret_cast<std::uint8_t*>(back.data())) ==
          BROTLI_DECODER_RESULT_SUCCESS);
  CHECK(back.substr(0, size) == long_text);

  const std::string gzip = body_of(here.get("/long", "Accept-Encoding: gzip\r\n"));
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 31) == Z_OK);
  stream.next_in = const_cast<Bytef*>(as_bytes(gzip).data());
  stream.avail_in = static_cast<uInt>(gzip.size());
  stream.next_out = reinterpret_cast<Bytef*>(back.data());
  stream.avail_out = static_cast<uInt>(back.size());
  CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  CHECK(back.substr(0, stream.total_out) == long_text);
  inflateEnd(&stream);
}

TEST_CASE("HEAD is GET without the body") {
  const Running here;
  Wire wire = here.connect();
  wire.send("HEAD /long HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string head = wire.answer(false);
  CHECK(status_in(head) == 200);
  CHECK(header_in(head, "Content-Length") == std::to_string(long_text.size()));
  CHECK(body_of(wire.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")) == "xin chào /hello\n");
}

TEST_CASE("requests sent in one breath are answered in their order on one connection") {
  const Running here;
  Wire wire = here.connect();
  std::string all;
  for (int i = 0; i < 40; ++i)
    all += i % 3 == 0 ? post("/api/notes", "body=" + std::to_string(i))
                      : "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";
  wire.send(all);
  for (int i = 0; i < 40; ++i) CHECK(status_in(wire.answer()) == (i % 3 == 0 ? 201 : 200));
  const std::string last = wire.ask("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(header_in(last, "Connection") == "close");
  CHECK(wire.rest().empty());
  Wire old = here.connect();
  CHECK(header_in(old.ask("GET /hello HTTP/1.0\r\n\r\n"), "Connection") == "close");
  CHECK(old.rest().empty());
}

TEST_CASE("what is no proper request is refused in words") {
  const Running here;
  const auto status = [&](const std::string& bytes) { return status_in(here.ask(bytes)); };
  const std::string host = "Host: x\r\n";
  CHECK(status("nonsense\r\n\r\n") == 400);
  CHECK(status("GET /hello HTTP/1.1\r\n\r\n") == 400);
  CHECK(status("GET /hello HTTP/1.1\r\n" + host + host + "\r\n") == 400);
  CHECK(status("GET hello HTTP/1.1\r\n" + host + "\r\n") == 400);
  CHECK(status("GET /%ff HTTP/1.1\r\n" + host + "\r\n") == 400);
  CHECK(status("GET /a%2Fb HTTP/1.1\r\n" + host + "\r\n") == 400);
  CHECK(status("GET /hello%00 HTTP/1.1\r\n" + host + "\r\n") == 400);
  CHECK(status("GET /hello?q=%ff HTTP/1.1\r\n" + host + "\r\n") == 400);
  CHECK(status("BREW /hello HTTP/1.1\r\n" + host + "\r\n") == 501);
  CHECK(status("PATCH /hello HTTP/1.1\r\n" + host + "\r\n") == 405);
  CHECK(status("POST /hello HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n") == 405);
  CHECK(header_in(here.get("/notes"), "Allow") == "POST");
  CHECK(status("POST /api/echo HTTP/1.1\r\n" + host +
               "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == 400);
  CHECK(status("POST /api/echo HTTP/1.1\r\n" + host +
               "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc") == 400);
  CHECK(status("POST /api/echo HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip\r\n\r\nabc") == 400);
  CHECK(status("POST /api/echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n") ==
        400);
  CHECK(status(post("/api/notes", "body=%ff")) == 400);
  CHECK(says(here.ask(post("/api/notes", "body=%ff")), "không phải UTF-8"));
}

TEST_CASE("heads and bodies beyond their bounds are answered, then the connection ends") {
  const Running here;
  const std::string long_line = "X-Long: " + std::string(20'000, 'x') + "\r\n";
  CHECK(status_in(here.get("/hello", long_line)) == 431);
  CHECK(status_in(here.get("/" + std::string(20'000, 'x'))) == 431);
  CHECK(status_in(here.get("/hello", "X-Long: " + std::string(12'000, 'x') + "\r\n")) == 200);
  // Told by the Content-Length, before the body is sent …
  Wire told = here.connect();
  const std::string answer =
      told.ask("POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n");
  CHECK(status_in(answer) == 413);
  CHECK(header_in(answer, "Connection") == "close");
  // … and counted when it is not told. The sender is still sending when it is answered.
  Wire counted = here.connect();
  counted.send("POST /api/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "1000\r\n" + std::string(4096, 'x') + "\r\n";
  for (int i = 0; i < 100; ++i) counted.send(chunk);
  CHECK(status_in(counted.rest()) == 413);
  // It is let finish: a connection reset under its hands would take the answer along.
  for (int i = 0; i < 1000; ++i) REQUIRE(counted.send(chunk));
}

TEST_CASE("a body may come in chunks, and may wait to be asked for") {
  const Running here;
  Wire wire = here.connect();
  wire.send("POST /api/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nxin");
  wire.send("\r\n6;a=b\r\n chào\r\n0\r\nTrailer: x\r\n\r\n");
  CHECK(body_of(wire.answer()) == "xin chào");
  wire.send(
      "POST /api/echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  CHECK(wire.until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  CHECK(body_of(wire.ask("ok")) == "ok");
  // Nobody is asked to send what would be refused.
  wire.send(
      "POST /nowhere HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  CHECK(status_in(wire.answer()) == 404);
}

TEST_CASE("files of a form are on disk while the request runs and gone afterwards") {
  const Running here;
  std::string body = "--B\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\nảnh\r\n";
  body += "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.jpg\"\r\n\r\n";
  body += std::string(3'000'000, '\xFF') + "\r\n--B--\r\n";
  const auto send = [&](std::size_t size) {
    return "POST /api/notes HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; "
           "boundary=B\r\n"
           "Content-Length: " +
           std::to_string(size) + "\r\n\r\n" + body.substr(0, size);
  };
  CHECK(body_of(here.ask(send(body.size()))) == "1 1");
  CHECK(status_in(here.ask(send(body.size() - 5))) == 400);
  CHECK(fs::is_empty(here.folder));
}

TEST_CASE("who drips bytes is cut, who says nothing is let go") {
  const Running here({.request_timeout_ms = 60, .idle_timeout_ms = 120, .rate_limit = false});
  Wire slow = here.connect();
  slow.send("GET /hello HTTP/1.1\r\nHo");
  const std::string answer = slow.rest();
  CHECK(status_in(answer) == 408);
  CHECK(says(answer, "Connection: close"));
  Wire half = here.connect();
  half.send("POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
  CHECK(status_in(half.rest()) == 408);
  Wire silent = here.connect();
  CHECK(silent.rest().empty());
  Wire idle = here.connect();
  CHECK(status_in(idle.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")) == 200);
  CHECK(idle.rest().empty());
}

TEST_CASE("listeners hear the newest event, and a heartbeat when there is none") {
  Running here({.sse_heartbeat_ms = 20, .rate_limit = false});
  here.broadcast.publish("figures", "update", "{\"n\":1}");
  Wire wire = here.connect();
  wire.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string head = wire.until("\r\n\r\n");
  CHECK(header_in(head, "Content-Type") == "text/event-stream");
  CHECK(header_in(head, "Cache-Control") == "no-store");
  CHECK(header_in(head, "Content-Length") == "");
  CHECK(wire.until("\n\n") == "retry: 3000\n\n");
  CHECK(wire.until("\n\n") == "id: 1\nevent: update\ndata: {\"n\":1}\n\n");
  CHECK(wire.until("\n\n") == ":\n\n");
  for (int i = 2; i <= 50; ++i) {
    here.broadcast.publish("other", "update", "{}");
    here.broadcast.publish("figures", "update", "{\"n\":" + std::to_string(i) + "}");
  }
  CHECK(says(wire.until("\"n\":50}\n\n"), "id: 50\n"));
  here.server->stop(10'000);
  const std::string rest = wire.rest();  // Ends: a stopping server lets its listeners go.
  CHECK_FALSE(says(rest, "data:"));
}

TEST_CASE("a server that is full of listeners says so") {
  const Running here({.sse_max = 0, .rate_limit = false});
  const std::string answer = here.get("/events");
  CHECK(status_in(answer) == 503);
  CHECK(header_in(answer, "Retry-After") != "");
}

TEST_CASE("a write that finds the queue full is told to come back, and reading goes on") {
  const Running here({.rate_limit = false}, 0);
  const std::string answer = here.ask(post("/api/notes", "body=x"));
  CHECK(status_in(answer) == 503);
  CHECK(header_in(answer, "Retry-After") == "2");
  CHECK(says(answer, "error.unavailable.body"));
  CHECK(status_in(here.get("/hello")) == 200);
}

TEST_CASE("who asks too often waits, and is told how long") {
  const Running here({.rates = {.read = {60, 3}, .send = {30, 2}}});
  for (int i = 0; i < 3; ++i) CHECK(status_in(here.get("/hello")) == 200);
  const std::string answer = here.get("/hello");
  CHECK(status_in(answer) == 429);
  CHECK(header_in(answer, "Retry-After") == "1");
  CHECK(status_in(here.get("/healthz")) == 200);
  for (int i = 0; i < 2; ++i) CHECK(status_in(here.ask(post("/api/notes", "body=x"))) == 201);
  CHECK(status_in(here.ask(post("/api/notes", "body=x"))) == 429);
}

TEST_CASE("behind a proxy each sender is counted by the address the proxy saw") {
  const Running here({.rates = {.read = {60, 1}}, .behind_proxy = true});
  const auto from = [&](const std::string& chain) {
    return status_in(here.get("/hello", "X-Forwarded-For: " + chain + "\r\n"));
  };
  CHECK(from("10.0.0.1") == 200);
  CHECK(from("10.0.0.2, 10.0.0.1") == 429);
  CHECK(from("10.0.0.1, 10.0.0.2") == 200);
}

TEST_CASE("a stopping server finishes what it began, and lets nobody in") {
  Gate here_gate;
  gate = &here_gate;
  Running here;
  Wire idle = here.connect();
  CHECK(status_in(idle.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")) == 200);
  Wire busy = here.connect();
  busy.send(post("/api/wait", ""));
  here_gate.entered.wait();
  std::thread stopping([&] { here.server->stop(10'000); });
  CHECK(idle.rest().empty());  // Closed while the other one is still being served.
  here_gate.open.count_down();
  const std::string answer = busy.answer();
  CHECK(body_of(answer) == "through");
  CHECK(header_in(answer, "Connection") == "close");
  stopping.join();
  CHECK(busy.rest().empty());
}

TEST_CASE("an address that is taken is refused at start") {
  const Running here;
  const http::Router router;
  const http::ServerOptions options{.port = here.server->port(),
                                    .upload_folder = here.folder,
                                    .clock = [] { return test::monday; }};
  SystemRandom random;
  html::Site site;
  http::Broadcast broadcast;
  test::World world;
  http::Server second(options, router, world.database, random, site, broadcast);
  CHECK_THROWS_AS(second.start(), std::runtime_error);
}

TEST_CASE("built files are kept for ever by browsers, in the coding they like best") {
  const Running here;
  const std::string missing = here.get("/a/nothing.css");
  CHECK(status_in(missing) == 404);
  CHECK(status_in(here.get("/a/../main.css")) == 404);
  const std::string path(html::asset("main.css").view());
  const std::string plain = here.get(path);
  CHECK(status_in(plain) == 200);
  CHECK(header_in(plain, "Content-Type") == "text/css; charset=utf-8");
  CHECK(header_in(plain, "Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(header_in(plain, "Content-Encoding") == "");
  const std::string pressed = here.get(path, "Accept-Encoding: gzip, br\r\n");
  CHECK(header_in(pressed, "Content-Encoding") == "br");
  CHECK(body_of(pressed).size() < body_of(plain).size() / 2);
  const std::string tag = header_in(pressed, "ETag");
  CHECK(tag != header_in(plain, "ETag"));
  const std::string known = "Accept-Encoding: br\r\nIf-None-Match: " + tag + "\r\n";
  CHECK(status_in(here.get(path, known)) == 304);
}
