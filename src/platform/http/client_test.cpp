#include "platform/http/client.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>

#include "base/log.h"
#include "platform/http/server.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::http {
namespace {

Result<Pending> echo(const Request& request) {
  return Pending::answer(text(200, std::string(request.header("content-type")) + "\n" +
                                       std::string(request.header("host")) + "\n" + request.body));
}
Result<Pending> away(const Request&) { return Pending::answer(see_other("/echo")); }
Result<Pending> large(const Request&) {
  return Pending::answer(text(200, std::string(50'000, 'x')));
}

struct Running {
  test::World world;
  Router router;
  html::Site site;
  Broadcast broadcast;
  test::Folder scratch;
  std::optional<Server> server;
  Running() {
    router.post("/echo", echo, {.csrf = false});
    router.post("/away", away, {.csrf = false});
    router.post("/large", large, {.csrf = false});
    ServerOptions options{.port = 0, .rate_limit = false};
    options.upload_folder = (scratch.path / "uploads").string();
    options.clock = [] { return test::monday; };
    log::set_least(log::Level::error);
    server.emplace(std::move(options), router, world.database, world.random, site, broadcast);
    server->start();
  }
  ~Running() { server->stop(1000); }
  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(server->port()) + path;
  }
};

}  // namespace

TEST_CASE("the address of another server is taken apart, or refused") {
  CHECK(parse_target("https://w.example/a/b") == Target{true, "w.example", "443", "/a/b"});
  CHECK(parse_target("http://w.example") == Target{false, "w.example", "80", "/"});
  CHECK(parse_target("http://127.0.0.1:8081/") == Target{false, "127.0.0.1", "8081", "/"});
  CHECK(parse_target("https://[::1]:8443/x") == Target{true, "::1", "8443", "/x"});
  for (const char* wrong : {"",
                            "w.example",
                            "ftp://w.example",
                            "HTTPS://w.example",
                            "https://",
                            "https:///x",
                            "https://a b/",
                            "https://a@b/",
                            "https://a/?q",
                            "https://a/#f",
                            "https://a/\r\nX: y",
                            "https://a\r\n/",
                            "https://a:0/",
                            "https://a:65536/",
                            "https://a:/",
                            "https://a:x/",
                            "https://[::1/",
                            "https://[::1]x/",
                            "https://[g]/",
                            "https://a/\xC3\xA9"})
    CHECK_FALSE(parse_target(wrong));
  CHECK_FALSE(parse_target("https://a/" + std::string(2'000, 'x')));
}

TEST_CASE("many are asked at once, and each answer stands by its question") {
  const Running here;
  const std::string host = here.url("").substr(7);
  const std::vector<Ask> asks = {{here.url("/echo"), "một"},
                                 {here.url("/nowhere"), "x"},
                                 {here.url("/away"), "x"},
                                 {"http://127.0.0.1:1/", "x"},
                                 {"nowhere", "x"},
                                 {here.url("/large"), "x"},
                                 {here.url("/echo"), "hai", "text/x.other"}};
  const auto heard = post_all(asks, {.body_max = 40'000});
  REQUIRE(heard.size() == asks.size());
  CHECK(heard[0].status == 200);
  CHECK(heard[0].body == "text/plain; charset=utf-8\n" + host + "\nmột");
  CHECK(heard[0].content_type == "text/plain; charset=utf-8");
  CHECK(heard[0].failure.empty());
  CHECK(heard[1].status == 404);
  CHECK(heard[2].status == 303);  // Not followed.
  CHECK(heard[3].status == 0);
  CHECK_FALSE(heard[3].failure.empty());
  CHECK(heard[4].failure == "not an address");
  CHECK(heard[5].status == 0);  // More than was allowed.
  CHECK_FALSE(heard[5].failure.empty());
  CHECK(heard[6].body == "text/x.other\n" + host + "\nhai");
}

TEST_CASE("who does not answer is not waited for beyond the limit, nor when we stop") {
  // A socket that accepts and says nothing.
  const int deaf = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::bind(deaf, reinterpret_cast<sockaddr*>(&place), sizeof place) == 0);
  REQUIRE(::listen(deaf, 8) == 0);
  socklen_t size = sizeof place;
  REQUIRE(::getsockname(deaf, reinterpret_cast<sockaddr*>(&place), &size) == 0);
  const std::string url = "http://127.0.0.1:" + std::to_string(ntohs(place.sin_port));
  const Ask ask{url, "x"};
  CHECK(post_all({&ask, 1}, {.time = std::chrono::milliseconds(50)})[0].failure ==
        "no answer in time");
  std::stop_source stop;
  stop.request_stop();
  CHECK(post_all({&ask, 1}, {.time = std::chrono::hours(1)}, stop.get_token())[0].status == 0);
  // https to who speaks none of it is no answer either.
  const Ask secure{"https" + url.substr(4), "x"};
  CHECK(post_all({&secure, 1}, {.time = std::chrono::milliseconds(50)})[0].status == 0);
  ::close(deaf);
}

}  // namespace ln::http
