#include "platform/http/http_range.h"

#include <doctest/doctest.h>

#include <string>

namespace ln::http {
namespace {

std::string header_of(const Response& response, std::string_view name) {
  for (const auto& [each, value] : response.headers)
    if (each == name) return value;
  return {};
}

Response asked_for(const std::string& range, const std::string& body = "0123456789") {
  Request request;
  if (!range.empty()) request.headers.emplace_back("range", range);
  Response whole;
  whole.content_type = "audio/ogg";
  whole.body = body;
  return part_of(request, std::move(whole));
}

}  // namespace

TEST_CASE("a player gets the bytes it asks for, and is told which they are") {
  struct Case {
    const char* range;
    const char* body;
    const char* told;
  };
  for (const Case& each :
       {Case{"bytes=0-3", "0123", "bytes 0-3/10"}, Case{"bytes=4-", "456789", "bytes 4-9/10"},
        Case{"bytes=-3", "789", "bytes 7-9/10"}, Case{"bytes=0-0", "0", "bytes 0-0/10"},
        Case{"bytes=8-99", "89", "bytes 8-9/10"}, Case{"bytes=-99", "0123456789", "bytes 0-9/10"},
        Case{"bytes=3-99999999999999999999", "3456789", "bytes 3-9/10"}}) {
    CAPTURE(each.range);
    const Response got = asked_for(each.range);
    CHECK(got.status == 206);
    CHECK(got.body == each.body);
    CHECK(got.content_type == "audio/ogg");
    CHECK(header_of(got, "Content-Range") == each.told);
  }
}

TEST_CASE("what is no range of ours gets the whole, and what lies behind the end gets nothing") {
  for (const char* range : {"", "items=0-3", "bytes=", "bytes=-", "bytes=3-1", "bytes=a-b",
                            "bytes=0-1,4-5", "bytes 0-3"}) {
    CAPTURE(range);
    const Response got = asked_for(range);
    CHECK(got.status == 200);
    CHECK(got.body == "0123456789");
    CHECK(header_of(got, "Accept-Ranges") == "bytes");
    CHECK(header_of(got, "Content-Range").empty());
  }
  for (const char* range : {"bytes=10-", "bytes=99-100", "bytes=-0"}) {
    CAPTURE(range);
    const Response got = asked_for(range);
    CHECK(got.status == 416);
    CHECK(got.body.empty());
    CHECK(header_of(got, "Content-Range") == "bytes */10");
  }
  CHECK(asked_for("bytes=0-", "").status == 416);
}

}  // namespace ln::http
