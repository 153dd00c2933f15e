#include "platform/html/url.h"

#include <doctest/doctest.h>

#include "platform/html/view.h"

namespace ln::html {
namespace {

const View vi{};
const View en{.voice = i18n::Voice(i18n::Language::en)};

}  // namespace

TEST_CASE("url: pieces are encoded, literals keep their slashes") {
  CHECK(Url::path("/feedback/", std::string("HN-1234"), "/slip").view() ==
        "/feedback/HN-1234/slip");
  CHECK(Url::path("/units/", std::string("a/b?c#d%")).view() == "/units/a%2Fb%3Fc%23d%25");
  CHECK(Url::path("/units/", std::string("Hà")).view() == "/units/H%C3%A0");
  CHECK(Url::path("/feedback/", 12).view() == "/feedback/12");
  CHECK(Url::path("/a b\t<\"").view() == "/a%20b%09%3C%22");
}

TEST_CASE("url: only paths of this site") {
  for (const char* bad : {"", "x", "//evil.example", "/\\evil.example", "javascript:alert(1)",
                          "https://evil.example", " /x"}) {
    CAPTURE(bad);
    CHECK_FALSE(Url::is_path(bad));
  }
  CHECK(Url::is_path("/"));
  CHECK(Url::is_path("/a//b"));
}

TEST_CASE("url: pages keep the reader's language") {
  CHECK(Url::in(vi, "/register").view() == "/register");
  CHECK(Url::in(en, "/register").view() == "/en/register");
  CHECK(Url::in(en, "/").view() == "/en");
  CHECK(Url::in(vi, "/").view() == "/");
  View view = en;
  view.path = "/register";
  view.query = "q=%C4%91&p=2";
  CHECK(Url::other_language(view).view() == "/register?q=%C4%91&p=2");
  view.voice = vi.voice;
  CHECK(Url::other_language(view).view() == "/en/register?q=%C4%91&p=2");
  view.query = "q=\"><script>";
  CHECK(Url::other_language(view).view() == "/en/register?q=%22%3E%3Cscript%3E");
}

TEST_CASE("url: queries and places") {
  const Url url = Url::path("/register");
  CHECK(url.with("q", "đèn & đường").with("page", 2).view() ==
        "/register?q=%C4%91%C3%A8n%20%26%20%C4%91%C6%B0%E1%BB%9Dng&page=2");
  CHECK(url.at("body").view() == "/register#body");
  CHECK(Url::anchor("a b").view() == "#a%20b");
  CHECK(Url::phone("024 3.825-1234").view() == "tel:02438251234");
}

TEST_CASE("url: elsewhere means https") {
  CHECK(Url::external("https://hanoi.gov.vn/a?b=c#d").has_value());
  for (const char* bad :
       {"http://x.vn", "javascript:alert(1)", "https://", "https:///x", "https://x.vn/a b",
        "https://x.vn/\"", "HTTPS://x.vn", "//x.vn", "https://x.vn/\n"}) {
    CAPTURE(bad);
    CHECK_FALSE(Url::external(bad).has_value());
  }
}

}  // namespace ln::html
