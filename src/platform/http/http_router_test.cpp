#include <doctest/doctest.h>

#include "platform/http/http.h"

using namespace ln;
using http::Method;

namespace {

Result<http::Response> nothing(const http::Request&) { return http::page(200, ""); }
Result<http::Response> reading(const http::Request&, db::Read&) { return http::page(200, ""); }
Result<http::Response> timed(const http::Request&, Random&, Instant) { return http::page(200, ""); }
Result<http::Pending> posting(const http::Request&) {
  return http::Pending::answer(http::page(200, ""));
}

http::Router sample() {
  http::Router router;
  router.get("/", nothing);
  router.get("/units", reading);
  router.get("/units/{code}", reading);
  router.get("/units/map", timed);
  router.get("/units/{code}/{valid_from:date}", reading);
  router.get("/units/{code}/{page:number}", reading);
  router.get("/units/{code}/{word}", reading);
  router.get("/feedback/new", nothing);
  router.post("/feedback/{code}/accept", posting);
  router.get("/feedback/{code}", reading);
  router.get("/a/{x}/c", nothing);
  router.get("/a/b/{y}", nothing);
  return router;
}

std::string where(const http::Router& router, std::string_view path, Method method = Method::get) {
  const auto match = router.match(method, path);
  if (match.route == nullptr) return match.other_method ? "405" : "404";
  std::string out(match.route->pattern);
  for (const auto& [name, value] : match.path_values) {
    out += ' ';
    out += name;
    out += '=';
    out += value;
  }
  return out;
}

}  // namespace

TEST_CASE("a path finds the most literal pattern, and the narrowest kind of hole") {
  const http::Router router = sample();
  CHECK(where(router, "/") == "/");
  CHECK(where(router, "/units") == "/units");
  CHECK(where(router, "/units/map") == "/units/map");
  CHECK(where(router, "/units/00070") == "/units/{code} code=00070");
  CHECK(where(router, "/units/1/2025-07-01") ==
        "/units/{code}/{valid_from:date} code=1 valid_from=2025-07-01");
  CHECK(where(router, "/units/1/12") == "/units/{code}/{page:number} code=1 page=12");
  CHECK(where(router, "/units/map/2025-02-30") == "/units/{code}/{word} code=map word=2025-02-30");
  CHECK(where(router, "/units/1/-3") == "/units/{code}/{word} code=1 word=-3");
  CHECK(where(router, "/feedback/new") == "/feedback/new");
  CHECK(where(router, "/feedback/HN-1") == "/feedback/{code} code=HN-1");
  // A literal that leads nowhere does not hide the hole beside it.
  CHECK(where(router, "/a/b/c") == "/a/b/{y} y=c");
  CHECK(where(router, "/a/z/c") == "/a/{x}/c x=z");
  CHECK(where(router, "/a/z/d") == "404");
}

TEST_CASE("what no pattern matches is 404, and the wrong method is 405 with the right ones") {
  const http::Router router = sample();
  CHECK(where(router, "/nowhere") == "404");
  CHECK(where(router, "/units/") == "404");
  CHECK(where(router, "//") == "404");
  CHECK(where(router, "") == "404");
  CHECK(where(router, "units") == "404");
  CHECK(where(router, "/units/1/2025-07-01/x") == "404");
  std::string deep;
  for (int i = 0; i < 40; ++i) deep += "/x";
  CHECK(where(router, deep) == "404");
  CHECK(where(router, "/feedback/HN-1/accept") == "405");
  CHECK(where(router, "/units", Method::post) == "405");
  CHECK(router.allowed("/feedback/HN-1/accept") == "POST");
  CHECK(router.allowed("/units") == "GET, HEAD");
  CHECK(router.allowed("/nowhere") == "");
}

TEST_CASE("a route knows whether its handler reads the database") {
  const http::Router router = sample();
  CHECK_FALSE(router.match(Method::get, "/").route->reads);
  CHECK_FALSE(router.match(Method::get, "/units/map").route->reads);
  CHECK(router.match(Method::get, "/units").route->reads);
}
