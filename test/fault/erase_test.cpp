// kill -9 between an erasure and the job that finishes it: the next start finishes it.
#include <doctest/doctest.h>

#include <string>

#include "platform/json/json.h"
#include "test/fault/served.h"
#include "test/folder.h"
#include "test/wire.h"

namespace ln::test {
namespace {

std::string erasure(const std::string& code, const std::string& secret) {
  return "POST /api/v1/feedback/" + code +
         "/erase HTTP/1.1\r\nHost: x\r\nX-Feedback-Secret: " + secret +
         "\r\nContent-Length: 0\r\n\r\n";
}

}  // namespace

TEST_CASE("an erasure that was acknowledged before kill -9 is finished by the next start") {
  const Folder place;
  const std::string data = (place.path / "data").string(), word = "zqunmistakablezq";
  make_city(data);
  {
    Served server({.folder = data});
    REQUIRE(server.serves());
    const auto sent = try_ask(
        server.port(), submission("erase-me-please-0001",
                                  R"({"about":"place","body":"Đèn đường hỏng )" + word + R"("})"));
    REQUIRE((sent && status_in(*sent) == 201));
    const auto answer =
        json::parse(body_of(*sent), {.size_max = 65'536, .form = json::Form::as_sent});
    REQUIRE(answer.ok());
    const auto text = [&](const char* name) {
      return std::string(answer.value().root().text(name).value_or(""));
    };
    const auto erased = try_ask(server.port(), erasure(text("code"), text("secret")));
    REQUIRE((erased && status_in(*erased) == 200));
    server.kill();
  }
  CHECK(place.bytes().find(word) != std::string::npos);
  Served server({.folder = data});
  REQUIRE(server.serves());
  CHECK(server.says("erasures_finished"));
  server.kill();  // No orderly end that would tidy up.
  CHECK(place.bytes().find(word) == std::string::npos);
}

}  // namespace ln::test
