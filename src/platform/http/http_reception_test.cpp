#include "platform/http/http_reception.h"

#include <doctest/doctest.h>

#include "test/world.h"

using namespace ln;

namespace {

Result<http::Pending> nothing(const http::Request&) {
  return http::Pending::answer(http::text(200, ""));
}

Result<http::Response> empty_page(const http::Request&) { return http::text(200, ""); }

// What becomes of a sent note when its batch fails in the way of `kind`.
struct Failing {
  SeededRandom random{1};
  html::Site site;
  http::Router router;
  std::optional<http::Reception> reception;

  Failing() {
    for (const char* path : {"/note", "/api/v1/note"}) router.post(path, nothing, {.csrf = false});
    http::ReceptionOptions options;
    options.rate_limit = false;
    reception.emplace(options, router, random, site);
  }

  http::Response answer(std::string_view path, db::Failure::Kind kind) {
    http::Visit visit;
    reception->greet(visit, "POST", path, 1, test::monday);
    REQUIRE_FALSE(visit.ready);
    REQUIRE_FALSE(http::parse_fields("body=%C4%90%C3%A8n+t%E1%BA%AFt", visit.request.form));
    const auto pending = http::Pending::answer(http::text(200, ""));
    const auto failure = std::make_exception_ptr(db::Failure("broken", kind));
    return reception->finish(visit, pending, failure, "");
  }
};

bool says(const http::Response& response, std::string_view words) {
  return response.body.find(words) != std::string::npos;
}

TEST_CASE(
    "when nobody knows whether it was saved, the page says so and sends the same form again") {
  Failing server;
  const auto vi = server.answer("/note", db::Failure::Kind::unknown);
  CHECK(vi.status == 503);
  CHECK(says(vi, "Chưa rõ đã lưu hay chưa"));
  CHECK(says(vi, R"(name="body" value="Đèn tắt")"));
  CHECK(says(vi, R"(action="/note")"));
  const auto en = server.answer("/en/note", db::Failure::Kind::unknown);
  CHECK(says(en, "We do not know if it was saved"));
  CHECK(says(en, R"(action="/en/note")"));
  const auto machine = server.answer("/en/api/v1/note", db::Failure::Kind::unknown);
  CHECK(machine.status == 503);
  CHECK(says(machine, R"("code":"error.not_known.machine")"));
}

TEST_CASE("only what is certain not to be saved is told to be so") {
  Failing server;
  for (const auto kind : {db::Failure::Kind::busy, db::Failure::Kind::conflict}) {
    const auto busy = server.answer("/en/note", kind);
    CHECK(busy.status == 503);
    CHECK(says(busy, "Nothing was sent."));
  }
  const auto away = server.answer("/en/note", db::Failure::Kind::lost);
  CHECK(away.status == 503);
  CHECK(says(away, "The database does not answer"));
  CHECK(says(away, "Nothing was sent."));
  CHECK(says(away, R"(name="body" value="Đèn tắt")"));
  CHECK(says(server.answer("/note", db::Failure::Kind::lost), "Cơ sở dữ liệu không trả lời"));
  CHECK(says(server.answer("/en/api/v1/note", db::Failure::Kind::lost),
             R"("code":"error.away.machine")"));
  const auto full = server.answer("/en/note", db::Failure::Kind::full);
  CHECK(full.status == 503);
  CHECK(says(full, "Not saved"));
  CHECK(server.answer("/en/note", db::Failure::Kind::corrupt).status == 500);
}

TEST_CASE("an address that only takes a form leads who looks at it to the page of the form") {
  SeededRandom random{1};
  const html::Site site;
  http::Router router;
  router.get("/case/{code}", empty_page);
  for (const char* path : {"/case/{code}/open", "/lonely", "/api/v1/note"})
    router.post(path, nothing);
  http::ReceptionOptions options;
  options.rate_limit = false;
  http::Reception reception(options, router, random, site);
  const auto ask = [&](std::string_view method, std::string_view path) {
    http::Visit visit;
    reception.greet(visit, method, path, 1, test::monday);
    REQUIRE(visit.ready);
    std::string leads;
    for (const auto& [name, value] : visit.ready->headers)
      if (name == "Location") leads = value;
    return std::to_string(visit.ready->status) + " " + leads;
  };
  CHECK(ask("GET", "/case/7/open") == "303 /case/7");
  CHECK(ask("GET", "/en/case/a%20%C4%91/open") == "303 /case/a%20%C4%91");  // the dress adds "/en"
  CHECK(ask("PUT", "/case/7/open") == "405 ");
  CHECK(ask("GET", "/lonely") == "405 ");       // nothing stands above it
  CHECK(ask("GET", "/api/v1/note") == "405 ");  // a program is told
}

}  // namespace
