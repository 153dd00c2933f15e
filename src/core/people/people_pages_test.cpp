#include "core/people/people_pages.h"

#include <doctest/doctest.h>

#include <string>

#include "core/people/people_actions.h"
#include "core/people/people_password.h"
#include "core/units/units_store.h"
#include "test/world.h"

namespace ln::people {
namespace {

constexpr std::string_view right = "một câu dễ nhớ";

// One person at a browser, without the server between.
struct Desk : test::World {
  html::Site site{.city = "units.error.csv"_t,
                  .base_url = "https://x.example",
                  .nav = {},
                  .staff_nav = {},
                  .is_sample = false};
  std::string cookie;
  i18n::Language language = i18n::Language::vi;

  Desk() {
    presence().forget(presence().all());
    REQUIRE(write([&](db::Write& w) -> Result<Done> {
              const auto city = units::insert(w, {.code = "01",
                                                  .valid_from = Day{std::chrono::days(0)},
                                                  .name = "Thành phố Hà Nội",
                                                  .kind = units::Kind::city,
                                                  .type = "Thành phố"});
              TRY(const AccountId id,
                  add_account(w,
                              {.login = "hoa",
                               .name = "Nguyễn Thị <Hoa>",
                               .password_hash = hash_password(right, random, test_cost)},
                              now));
              return grant(w, id, Role::head, city.id, now);
            }).ok());
  }

  http::Request request(std::initializer_list<std::pair<std::string, std::string>> form = {}) {
    http::Request made;
    for (const auto& [name, value] : form) made.form.add(name, value);
    if (!cookie.empty()) made.headers.emplace_back("cookie", "ln_staff=" + cookie);
    made.view.site = &site;
    made.view.voice = i18n::Voice(language);
    made.view.path = "/staff/account";
    made.view.csrf_token = "token";
    made.view.now = now;
    return made;
  }
  // What the server does with a prepared write.
  http::Response answer(Result<http::Pending> prepared) {
    REQUIRE(prepared.ok());
    http::Pending pending = std::move(prepared).value();
    if (pending.ready()) return *pending.ready();
    static_cast<void>(database.write([&](db::Write& w) -> Result<Done> {
      if (pending.work()(w)) return Done{};
      return Error{ErrorKind::conflict, "people.error.role"_t};
    }));
    return pending.finish("");
  }
  http::Response send_sign_in(std::string login, std::string password, std::string next = "") {
    const auto asked =
        request({{"login", login}, {"password", password}, {"next", std::move(next)}});
    auto response = answer(read([&](db::Read& r) { return sign_in(asked, r, random, now); }));
    if (const std::string set = header(response, "Set-Cookie"); set.starts_with("ln_staff="))
      cookie = set.substr(9, set.find(';') - 9);
    return response;
  }
  http::Response change(std::string present, std::string next, std::string again) {
    const auto asked = request({{"present", present}, {"new", next}, {"again", again}});
    return answer(read([&](db::Read& r) {
      return change_password_page(asked, r, staff_of(asked, r, now).value(), random, now);
    }));
  }
  bool is_signed_in() {
    const auto asked = request();
    return read([&](db::Read& r) { return staff_of(asked, r, now).ok(); });
  }
  static std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers)
      if (key == name) return value;
    return "";
  }
};

bool has(const std::string& body, std::string_view words) {
  return body.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("sign-in sets a cookie scripts cannot read and goes where the person wanted to go") {
  Desk desk;
  const auto in = desk.send_sign_in("hoa", std::string(right), "/staff/queue?page=2");
  CHECK(in.status == 303);
  CHECK(Desk::header(in, "Location") == "/staff/queue?page=2");
  CHECK(has(Desk::header(in, "Set-Cookie"), "HttpOnly"));
  CHECK(has(Desk::header(in, "Set-Cookie"), "SameSite=Lax"));
  CHECK(desk.is_signed_in());
}

TEST_CASE("what a browser did without a session is forgotten when somebody signs in and out") {
  Desk desk;
  const auto forgotten = [](const http::Response& response) {
    std::string names;
    for (const auto& [key, value] : response.headers)
      if (key == "Set-Cookie" && has(value, "Max-Age=0"))
        names += value.substr(0, value.find('=')) + " ";
    return names;
  };
  const std::string marks =
      "ln_visit=AAAAAAAAAAAAAAAAAAAAAA; ln_part=ab; ln_token_7=cd; ln_case_AB34CD56=ef; other=1; "
      "ln_case_\x01;ln_part2=";
  auto asked = desk.request({{"login", "hoa"}, {"password", std::string(right)}});
  asked.headers.emplace_back("cookie", marks);
  const auto in =
      desk.answer(desk.read([&](db::Read& r) { return sign_in(asked, r, desk.random, desk.now); }));
  CHECK(in.status == 303);
  CHECK(forgotten(in) == "ln_visit ln_part ln_token_7 ln_case_AB34CD56 ln_part2 ");
  auto leaving = desk.request();
  leaving.headers.emplace_back("cookie", marks);
  const auto out = desk.answer(sign_out_page(leaving));
  CHECK(forgotten(out) == "ln_staff ln_visit ln_part ln_token_7 ln_case_AB34CD56 ln_part2 ");
  // Whoever mistypes the password has not signed in.
  auto wrong = desk.request({{"login", "hoa"}, {"password", "no"}});
  wrong.headers.emplace_back("cookie", marks);
  const auto refused =
      desk.answer(desk.read([&](db::Read& r) { return sign_in(wrong, r, desk.random, desk.now); }));
  CHECK(forgotten(refused).empty());
}

TEST_CASE("a page that needs a sign-in leads there and back; a form sent without one is not lost") {
  Desk desk;
  desk.site.sign_in_path = "/staff/sign-in";
  http::Request asked = desk.request();
  asked.path = "/staff/queue";
  asked.raw_query = "page=2&state=assigned";
  const auto refused = desk.read([&](db::Read& read) { return staff_of(asked, read, desk.now); });
  REQUIRE_FALSE(refused.ok());
  const auto sent = http::error_response(asked, refused.error());
  CHECK(sent.status == 303);
  CHECK(Desk::header(sent, "Location") ==
        "/staff/sign-in?next=%2Fstaff%2Fqueue%3Fpage%3D2%26state%3Dassigned");
  asked.method = http::Method::post;
  CHECK(http::error_response(asked, refused.error()).status == 401);
  asked.method = http::Method::get;
  CHECK(http::error_response(asked, {ErrorKind::forbidden, "people.error.role_missing"_t}).status ==
        403);
  asked.path = "/api/v1/x";
  CHECK(http::error_response(asked, refused.error()).status == 401);
}

TEST_CASE("who leads begins at the desk, unless they asked for a page") {
  Desk desk;
  CHECK(Desk::header(desk.send_sign_in("hoa", std::string(right), "/staff"), "Location") ==
        "/staff/desk");
  CHECK(Desk::header(desk.send_sign_in("hoa", std::string(right), "/en/staff"), "Location") ==
        "/en/staff/desk");
  CHECK(Desk::header(desk.send_sign_in("hoa", std::string(right), "/staff/feedback"), "Location") ==
        "/staff/feedback");
  desk.write([&](db::Write& w) { w.run("UPDATE people_role SET role = 'handler'"); });
  CHECK(Desk::header(desk.send_sign_in("hoa", std::string(right), "/staff"), "Location") ==
        "/staff");
}

TEST_CASE("sign-in leads nowhere but to this site") {
  Desk desk;
  for (const char* elsewhere : {"https://evil.example", "//evil.example", "/\\evil.example",
                                "javascript:alert(1)", "/a b", "/staff/sign-out", "evil", ""})
    CHECK(Desk::header(desk.send_sign_in("hoa", std::string(right), elsewhere), "Location") ==
          "/staff/desk");
}

TEST_CASE("a wrong password shows the form again with the login, never the password") {
  Desk desk;
  const auto wrong = desk.send_sign_in("hoa", "sai mật khẩu rồi");
  CHECK(wrong.status == 422);
  CHECK(has(wrong.body, "Tên đăng nhập hoặc mật khẩu không đúng."));
  CHECK(has(wrong.body, "value=\"hoa\""));
  CHECK_FALSE(has(wrong.body, "sai mật khẩu"));
  CHECK(desk.cookie.empty());
  CHECK(desk.send_sign_in("nobody", "sai mật khẩu rồi").status == 422);
  CHECK(desk.send_sign_in("", "").status == 422);
  CHECK(desk.send_sign_in("hoa", std::string(1'000, 'x')).status == 422);
}

TEST_CASE("a locked login is told until when, in both languages") {
  Desk desk;
  for (int i = 0; i < 5; ++i) desk.send_sign_in("hoa", "sai mật khẩu rồi");
  const auto locked = desk.send_sign_in("hoa", std::string(right));
  CHECK(locked.status == 429);
  CHECK(has(locked.body, "Hãy thử lại sau 09:15 thứ\u00A0Hai 23/11/2026"));
  desk.language = i18n::Language::en;
  CHECK(has(desk.send_sign_in("hoa", std::string(right)).body, "Try again after 09:15"));
  CHECK(desk.cookie.empty());
}

TEST_CASE("signing out clears the cookie and ends the session, signed in or not") {
  Desk desk;
  desk.send_sign_in("hoa", std::string(right));
  for (int twice = 0; twice < 2; ++twice) {
    const auto asked = desk.request();
    const auto out = desk.answer(sign_out_page(asked));
    CHECK(out.status == 303);
    CHECK(has(Desk::header(out, "Set-Cookie"), "ln_staff=;"));
    CHECK(has(Desk::header(out, "Set-Cookie"), "Max-Age=0"));
    CHECK_FALSE(desk.is_signed_in());
  }
}

TEST_CASE("the account page shows name, login and roles, escaped") {
  Desk desk;
  desk.send_sign_in("hoa", std::string(right));
  const auto asked = desk.request();
  const auto page = desk.read([&](db::Read& read) {
    return account_page(asked, read, staff_of(asked, read, desk.now).value());
  });
  REQUIRE(page.ok());
  CHECK(has(page.value().body, "Nguyễn Thị &lt;Hoa&gt;"));
  CHECK(has(page.value().body, "Lãnh đạo đơn vị – <span lang=\"vi\">Thành phố Hà Nội</span>"));
  CHECK_FALSE(has(page.value().body, "argon2"));
}

TEST_CASE("the password is changed by who knows the present one, and guesses count") {
  Desk desk;
  desk.send_sign_in("hoa", std::string(right));
  CHECK(has(desk.change("", "câu mới dài hơn", "câu mới dài hơn").body,
            "Hãy nhập mật khẩu hiện tại."));
  CHECK(has(desk.change(std::string(right), "ngắn", "ngắn").body, "ít nhất 12 ký tự"));
  CHECK(has(desk.change(std::string(right), "câu mới dài hơn", "câu mới dài").body,
            "Hai lần nhập không giống nhau."));
  for (int i = 0; i < 4; ++i) {
    const auto wrong = desk.change("sai mật khẩu rồi", "câu mới dài hơn", "câu mới dài hơn");
    CHECK(wrong.status == 422);
    CHECK(has(wrong.body, "Mật khẩu hiện tại không đúng."));
  }
  CHECK(desk.change("sai mật khẩu rồi", "câu mới dài hơn", "câu mới dài hơn").status == 429);
  CHECK(desk.change(std::string(right), "câu mới dài hơn", "câu mới dài hơn").status == 429);
  desk.now += std::chrono::minutes(15);
  const auto changed = desk.change(std::string(right), "câu mới dài hơn", "câu mới dài hơn");
  CHECK(Desk::header(changed, "Location") == "/staff/account?saved=password");
  CHECK(desk.is_signed_in());
  CHECK(desk.send_sign_in("hoa", "câu mới dài hơn").status == 303);
}

TEST_CASE("the language chosen is the one after signing in") {
  Desk desk;
  desk.send_sign_in("hoa", std::string(right));
  const auto choose = [&](std::string language) {
    const auto asked = desk.request({{"language", std::move(language)}});
    const auto staff =
        desk.read([&](db::Read& read) { return staff_of(asked, read, desk.now).value(); });
    return desk.answer(choose_language_page(asked, staff));
  };
  CHECK(Desk::header(choose("en"), "Location") == "/en/staff/account?saved=language");
  CHECK(Desk::header(desk.send_sign_in("hoa", std::string(right)), "Location") == "/en/staff/desk");
  CHECK(choose("fr").status == 422);
}

}  // namespace ln::people
