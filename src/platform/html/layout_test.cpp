#include "platform/html/layout.h"

#include <doctest/doctest.h>

#include <string>

#include "platform/html/asset.h"
#include "platform/html/error_page.h"
#include "platform/html/sentence.h"

namespace ln::html {
namespace {

const Site& site() {
  static const Site made = {.city = "site.name"_t,
                            .nav = {{"/", "error.home"_t}, {"/register", "site.pages"_t}},
                            .staff_nav = {{"/staff", "site.staff"_t}},
                            .footer = {{"site.pages"_t, {{"/about", "site.menu"_t}}}},
                            .sign_in_path = "/sign-in",
                            .account_path = "/staff/account"};
  return made;
}

View reader(i18n::Language language, std::string_view path) {
  return {.site = &site(), .voice = i18n::Voice(language), .path = path};
}

bool has(const std::string& page, std::string_view part) {
  return page.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("layout: a whole document in the reader's language") {
  View view = reader(i18n::Language::vi, "/register");
  view.query = "q=a&p=2";
  const std::string vi = page(view, {.title = "Sổ <b>", .here = "/register"});
  CHECK(vi.starts_with("<!doctype html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">"));
  CHECK(has(vi, "<title>Sổ &lt;b&gt; – Lắng Nghe</title>"));
  CHECK(has(vi, R"(<a href="/register" aria-current="page">)"));
  CHECK_FALSE(has(vi, R"(<a href="/" aria-current)"));
  CHECK(has(vi, R"(href="/en/register?q=a&amp;p=2" lang="en" hreflang="en">English</a>)"));
  CHECK(has(vi, R"(<a href="#main" class="govuk-skip-link">)"));
  CHECK(has(vi, R"(<main id="main" tabindex="-1">)"));
  CHECK(has(vi, R"(<a href="/about">Menu</a>)"));
  CHECK_FALSE(has(vi, "class=\"demo\""));
  CHECK_FALSE(has(vi, "style="));
  CHECK_FALSE(has(vi, "/a/not-built"));

  view.voice = i18n::Voice(i18n::Language::en);
  const std::string en = page(view, {.title = "Register", .here = "/register"});
  CHECK(has(en, "<html lang=\"en\">"));
  CHECK(has(en, R"(<a href="/en/register" aria-current="page">)"));
  CHECK(has(en, R"(href="/register?q=a&amp;p=2" lang="vi" hreflang="vi">Tiếng Việt</a>)"));
}

TEST_CASE("layout: only a sample city says that it is one") {
  Site sample = site();
  sample.is_sample = true;
  View view = reader(i18n::Language::vi, "/");
  view.site = &sample;
  CHECK(has(page(view, {.title = "x"}), "class=\"demo\""));
}

TEST_CASE("layout: staff see their own menu and their name") {
  View view = reader(i18n::Language::vi, "/staff");
  CHECK(has(page(view, {.title = "x"}), R"(<a class="hide-s" href="/sign-in">)"));
  view.staff_name = "Hà <i>";
  const std::string staff = page(view, {.title = "x", .here = "/staff", .is_staff = true});
  CHECK(has(staff, "Hà &lt;i&gt;"));
  CHECK(has(staff, R"(<a href="/staff" aria-current="page">)"));
  CHECK_FALSE(has(staff, "href=\"/register\""));
  CHECK_FALSE(has(staff, "href=\"/about\""));
  CHECK_FALSE(has(staff, "/sign-in"));
}

TEST_CASE("layout: a page with mistakes says so in its title") {
  const View view = reader(i18n::Language::vi, "/");
  CHECK(has(page(view, {.title = "Gửi", .has_errors = true}), "<title>Lỗi: Gửi – Lắng Nghe<"));
  CHECK(has(page(view, {.title = "x", .refresh_s = 30}), R"(http-equiv="refresh" content="30">)"));
}

TEST_CASE("layout: error pages say what to do next, in both languages") {
  for (const auto language : {i18n::Language::vi, i18n::Language::en}) {
    const View view = reader(language, "/nowhere");
    for (const int status :
         {400, 401, 403, 404, 405, 408, 409, 413, 422, 429, 431, 500, 503, 418}) {
      CAPTURE(status);
      const std::string shown = error_page(view, {.status = status, .request_id = "r-<1>"});
      CHECK(has(shown, view(error_title(status))));
      CHECK(has(shown, std::string(R"(<p class="lead">)") + std::string(view(error_text(status)))));
      CHECK(has(shown, R"(<meta name="robots" content="noindex">)"));
      CHECK(has(shown, "r-&lt;1&gt;") == (status >= 500));
      CHECK(has(shown, "log-in") == (status == 401));
    }
  }
  CHECK(error_title(599) == error_title(500));
  CHECK(error_title(418) == error_title(400));
  // Nothing is broken here when somebody sends a method that nobody knows.
  CHECK(error_title(501) == error_title(405));
  CHECK(error_text(501) == error_text(405));
}

TEST_CASE(
    "layout: an error leads officers back to their work, and others to where codes are typed") {
  Site own;
  own.staff_nav = {{"/staff", "site.nav.queue"_t}};
  own.lookup = {"/feedback/find", "site.footer.find"_t};
  View view = reader(i18n::Language::en, "/staff/feedback/X/answer");
  view.site = &own;
  const std::string refused = error_page(view, {.status = 404});
  CHECK(has(refused, R"(<p><a href="/en/staff">)"));
  CHECK_FALSE(has(refused, "/feedback/find"));
  view.path = "/nowhere";
  const std::string lost = error_page(view, {.status = 404});
  CHECK(has(lost, R"(<p><a href="/en/feedback/find">)"));
  CHECK_FALSE(has(lost, R"(<p><a href="/en/staff">)"));
  CHECK_FALSE(has(error_page(view, {.status = 403}), "/feedback/find"));
}

TEST_CASE("layout: a page that cannot be asked for again has no link to the other language") {
  const View view = reader(i18n::Language::vi, "/feedback/new/x/send");
  CHECK(has(page(view, {.title = "a"}), "hreflang"));
  CHECK_FALSE(has(page(view, {.title = "a", .is_once = true}), "hreflang"));
}

TEST_CASE("layout: columns") {
  const auto one = columns({.body = fill("<p>a</p>")});
  CHECK(one.view() == "<div class=\"wrap form-page\"><p>a</p></div>");
  const auto two = columns({.body = fill("<p>a</p>"), .side = fill("<p>b</p>"), .side_label = "c"});
  CHECK(has(std::string(two.view()), R"(<aside class="side" aria-label="c"><p>b</p></aside>)"));
}

TEST_CASE("asset: plain names lead to hashed ones") {
  for (const char* name :
       {"main.css", "main.js", "token.js", "icons.svg", "icon.svg", "bvp-latin-400.woff2"}) {
    CAPTURE(name);
    CHECK(asset(name).view().starts_with("/a/" + std::string(name).substr(0, 4)));
  }
  CHECK(asset("main.css").view().ends_with(".css"));
  CHECK(asset("nothing.css").view() == "/a/not-built");
}

TEST_CASE("sentence: holes take pieces of HTML, words are escaped") {
  const View view = reader(i18n::Language::en, "/");
  CHECK(sentence(view, "site.title"_t, {{"page", fill("<b>{}</b>", "a<b")}}).view() ==
        "<b>a&lt;b</b> – Lắng Nghe");
  CHECK(sentence(view, "site.title"_t, {{"page", "<i>"}}).view() == "&lt;i&gt; – Lắng Nghe");
  CHECK(sentence(view, "form.errors"_t, 1234, {}).view() == "There are 1,234 things to fix");
  CHECK(sentence(view, "form.errors"_t, 1, {}).view() == "There is 1 thing to fix");
}

}  // namespace ln::html
