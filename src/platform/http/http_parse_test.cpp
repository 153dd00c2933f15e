#include "platform/http/http_parse.h"

#include <doctest/doctest.h>

#include "base/text.h"
#include "platform/http/http_guard.h"
#include "platform/http/http_press.h"

using namespace ln;
using http::Coding;
using http::Plus;

namespace {

http::Fields fields_of(std::string_view text) {
  http::Fields fields;
  REQUIRE_FALSE(http::parse_fields(text, fields).has_value());
  return fields;
}

int status_of(std::string_view text) {
  http::Fields fields;
  const auto refused = http::parse_fields(text, fields);
  return refused ? refused->status : 200;
}

}  // namespace

TEST_CASE("a form is read as browsers write it") {
  const auto fields = fields_of("a=1&b=x+y%2Bz&c&=empty&&a=2&d=%c4%91%C6%B0%E1%BB%9Dng");
  CHECK(fields.text("a") == "1");
  CHECK(fields.all("a").size() == 2);
  CHECK(fields.number("a") == 1);
  CHECK(fields.text("b") == "x y+z");
  CHECK(fields.has("c"));
  CHECK(fields.text("") == "empty");
  CHECK(fields.text("d") == "đường");
  CHECK_FALSE(fields.has("e"));
  CHECK(fields_of("p=100%&q=%4&r=%zz").text("p") == "100%");
  CHECK(fields_of("p=100%&q=%4&r=%zz").text("q") == "%4");
  CHECK(fields_of("p=100%&q=%4&r=%zz").text("r") == "%zz");
  CHECK(fields_of("").items().empty());
}

TEST_CASE("Vietnamese typed in parts arrives composed, whichever way it was sent") {
  // "Đường hỏng" with the horn, the grave and the hook as characters of their own.
  const auto fields = fields_of("t=%C4%90u%CC%9Bo%CC%9B%CC%80ng+ho%CC%89ng");
  CHECK(fields.text("t") == "Đường hỏng");
  CHECK(fields_of("t=Đu\u031Bo\u031B\u0300ng").text("t") == "Đường");
}

TEST_CASE("lines end in one way and control characters of word processors are dropped") {
  CHECK(fields_of("t=a%0D%0Ab%0Dc%0Ad%0B%7F%09e").text("t") == "a\nb\nc\nd\te");
}

TEST_CASE("what nobody sees is dropped from forms: turned reading, spaces of no width") {
  CHECK(fields_of("t=a%E2%80%AEgpj.exe%E2%81%A9%E2%80%8B%EF%BB%BF%C2%85b").text("t") ==
        "agpj.exeb");
  // What stood on both sides of it comes together before NFC.
  CHECK(fields_of("t=o%E2%80%8B%CC%82").text("t") == "ô");
}

TEST_CASE("broken text and forms beyond every bound are refused with a status of their own") {
  CHECK(status_of("t=%ff") == 400);
  CHECK(status_of("t=%C0%80") == 400);
  CHECK(status_of("t=%ED%A0%80") == 400);
  CHECK(status_of("t=%E1%BB") == 400);
  CHECK(status_of("%FF=t") == 400);
  CHECK(status_of("t=a%00b") == 400);
  std::string many;
  for (int i = 0; i < 200; ++i) many += "a=1&";
  CHECK(status_of(many) == 200);
  CHECK(status_of(many + "a=1") == 413);
  CHECK(status_of(std::string(100, 'n') + "=1") == 200);
  CHECK(status_of(std::string(101, 'n') + "=1") == 413);
  CHECK(status_of("v=" + std::string(http::field_value_max, 'v')) == 200);
  CHECK(status_of("v=" + std::string(http::field_value_max + 1, 'v')) == 413);
  http::Fields pasted;
  const std::string table = "v=" + std::string(2 * http::field_value_max, 'v');
  CHECK_FALSE(http::parse_fields(table, pasted, 2 * http::field_value_max).has_value());
  CHECK(pasted.text("v").size() == 2 * http::field_value_max);
  CHECK(http::parse_fields(table + "v", pasted, 2 * http::field_value_max).has_value());
}

TEST_CASE("a header's parameters are found beside each other and inside quotes") {
  const std::string_view header = R"(form-data; name="a;b=\"c\""; filename="C:\x\y.jpg"; z=1)";
  CHECK(http::header_parameter(header, "name") == "a;b=\"c\"");
  CHECK(http::header_parameter(header, "filename") == "C:\\x\\y.jpg");
  CHECK(http::header_parameter(header, "Z") == "1");
  CHECK_FALSE(http::header_parameter(header, "form-data").has_value());
  CHECK_FALSE(http::header_parameter(R"(x; name="open)", "name").has_value());
  CHECK(http::cookie_value("a=1; ln_visit=xyz;b=2", "ln_visit") == "xyz");
  CHECK(http::cookie_value("aln_visit=1; ln_visit2=2", "ln_visit").empty());
}

TEST_CASE("a day in a path is a day of the calendar") {
  CHECK(to_iso(http::parse_day("2024-02-29").value()) == "2024-02-29");
  for (const char* wrong : {"2025-02-29", "2025-13-01", "2025-1-01", "2025-01-1x", "", "20250101"})
    CHECK_FALSE(http::parse_day(wrong).has_value());
}

TEST_CASE("a form's token is good for its own cookie and no other") {
  const http::FormGuard guard("key");
  const std::string token = guard.token("visit-1", 7);
  CHECK(guard.is_valid(token, "visit-1"));
  CHECK(guard.token("visit-1", 8) != token);
  CHECK(guard.is_valid(guard.token("visit-1", 8), "visit-1"));
  CHECK_FALSE(guard.is_valid(token, "visit-2"));
  CHECK_FALSE(guard.is_valid(token, ""));
  CHECK_FALSE(guard.is_valid("", "visit-1"));
  CHECK_FALSE(http::FormGuard("other key").is_valid(token, "visit-1"));
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    CHECK_FALSE(guard.is_valid(changed, "visit-1"));
  }
}

TEST_CASE("a sender who asks too fast is told how long to wait, and then may go on") {
  SeededRandom random(1);
  http::RateLimiter limiter(random, {.read = {1200, 600}, .send = {30, 3}});
  using Kind = http::RateLimiter::Kind;
  const Instant now = from_ms(1'000'000'000'000);
  const std::array<std::uint8_t, 4> here = {10, 0, 0, 1}, there = {10, 0, 0, 2};
  const auto sender = limiter.sender(here, now);
  for (int i = 0; i < 3; ++i) CHECK(limiter.wait_s(sender, Kind::send, now) == 0);
  CHECK(limiter.wait_s(sender, Kind::send, now) == 2);
  CHECK(limiter.wait_s(sender, Kind::read, now) == 0);
  CHECK(limiter.wait_s(limiter.sender(there, now), Kind::send, now) == 0);
  const Instant later = now + std::chrono::seconds(2);
  CHECK(limiter.wait_s(sender, Kind::send, later) == 0);
  CHECK(limiter.wait_s(sender, Kind::send, later) == 2);
}

TEST_CASE("a sender's hash changes with the day, and one household of IPv6 is one sender") {
  SeededRandom random(1);
  http::RateLimiter limiter(random, {});
  const Instant now = from_ms(1'000'000'000'000);
  std::array<std::uint8_t, 16> a = {0x20, 1, 2, 3, 4, 5, 6, 7, 1}, b = a;
  b[15] = 9;
  CHECK(limiter.sender(a, now) == limiter.sender(b, now));
  b[7] = 8;
  CHECK(limiter.sender(a, now) != limiter.sender(b, now));
  CHECK(limiter.sender(a, now) != limiter.sender(a, now + std::chrono::days(1)));
}

TEST_CASE("the best coding that both sides know is taken") {
  CHECK(http::best_coding("gzip, deflate, br") == Coding::brotli);
  CHECK(http::best_coding("gzip, br;q=0") == Coding::gzip);
  CHECK(http::best_coding("gzip;q=0.5") == Coding::gzip);
  CHECK(http::best_coding("gzip;q=0.000, identity") == Coding::identity);
  CHECK(http::best_coding("") == Coding::identity);
  CHECK(http::is_named_in("\"a\", W/\"b\"", "\"b\""));
  CHECK_FALSE(http::is_named_in("\"ab\"", "\"b\""));
  CHECK(http::with_coding("\"b\"", Coding::brotli) == "\"b-br\"");
}
