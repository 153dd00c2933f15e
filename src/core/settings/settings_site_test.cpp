// The words and looks that an administrator gives the site.
#include "core/settings/settings_site.h"

#include <doctest/doctest.h>

#include "core/settings/settings_actions_site.h"
#include "core/settings/settings_pages_dress.h"
#include "core/settings/settings_store.h"
#include "feature/feedback/feedback_actions_settings.h"
#include "platform/file/picture_codec.h"
#include "test/office.h"

namespace ln::settings {
namespace {

struct SiteHall : test::Office {
  SiteHall() {
    write([&](db::Write& w) {
      add_account(w, "admin", "Quản Trị", people::Role::administrator, "01");
      add_account(w, "ward", "Quản Trị Phường", people::Role::administrator, "P1");
    });
  }
  // What one test puts on, the next must not wear.
  ~SiteHall() { show_site(SiteNow{}); }

  people::Administrator who(const std::string& login) {
    const auto staff = read([&](db::Read& r) {
      return people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now);
    });
    return *people::Administrator::of(*staff);
  }
  std::string value(std::string_view code) {
    return read([&](db::Read& r) { return site_value(r, code); });
  }
  Result<SiteNow> set(std::string_view code,
                      const std::string& wanted,
                      const std::string& login = "admin",
                      int days = 0) {
    const auto by = who(login);
    const SiteChange change{.code = std::string(code),
                            .value = wanted,
                            .seen = value(code),
                            .from = local_day(now) + std::chrono::days(days),
                            .reason = "Quyết định 12"};
    return write([&](db::Write& w) { return change_site(w, by, change, now); });
  }
};

std::string small_png() {
  const file::codec::Pixels pixels{120, 90, std::vector<std::uint8_t>(120UL * 90 * 4, 128)};
  return file::codec::encode_png(pixels);
}

std::string path_of_css(const std::string& body) {
  const std::size_t at = body.find("/site/theme-");
  return at == std::string::npos ? std::string() : body.substr(at, body.find('"', at) - at);
}

}  // namespace

TEST_CASE("contrast is what WCAG says it is, and a colour is read in one way only") {
  CHECK(contrast({0, 0, 0}, {255, 255, 255}) == doctest::Approx(21.0));
  CHECK(contrast({0x77, 0x77, 0x77}, {255, 255, 255}) == doctest::Approx(4.478).epsilon(0.001));
  CHECK(contrast({1, 2, 3}, {1, 2, 3}) == doctest::Approx(1.0));
  CHECK(parse_colour("#0f5953") == Colour{0x0f, 0x59, 0x53});
  for (const char* wrong : {"", "#", "0f5953", "#0F5953", "#0f595", "#0f59533", "#0f595g"})
    CHECK_FALSE(parse_colour(wrong));
}

TEST_CASE("the colours of the house go together, and pale ones are told apart") {
  CHECK(clashes(Theme{}).empty());
  const Theme blue{{0x08, 0x1f, 0x4d}, {0x1d, 0x4e, 0x9e}, {0xff, 0xc9, 0x4d}};
  CHECK(clashes(blue).empty());
  CHECK(theme_at(address_of(blue)) == blue);
  const Theme pale{{0x08, 0x1f, 0x4d}, {0x6f, 0xa8, 0xff}, {0x22, 0x44, 0x66}};
  const auto wrong = clashes(pale);
  REQUIRE(wrong.size() == 2);
  CHECK(wrong[0].field == "main");
  CHECK(wrong[0].ratio < contrast_min);
  CHECK(wrong[1].field == "accent");
  CHECK_FALSE(theme_at(address_of(pale)));
  for (const char* none : {"", "062f2c", "062f2c-0f5953-ffb93", "062f2c-0f5953_ffb938"})
    CHECK_FALSE(theme_at(none));
}

TEST_CASE("every colour of the house in the style sheet is exchanged, and nothing else") {
  const Theme blue{{0x08, 0x1f, 0x4d}, {0x1d, 0x4e, 0x9e}, {0xff, 0xc9, 0x4d}};
  const std::string plain = "a{color:#0f5953;border:#b3261e}#x{background:#062f2c80}b{top:1px}#";
  const std::string css = dressed_css(plain, blue);
  CHECK(css == "a{color:#1d4e9e;border:#b3261e}#x{background:#081f4d80}b{top:1px}#");
  CHECK(dressed_css("a{src:url(b.woff2),url(/c)}i{fill:url(#d)}", blue) ==
        "a{src:url(/a/b.woff2),url(/c)}i{fill:url(#d)}");
}

TEST_CASE("values of the site read back, and nothing else does") {
  const SiteTexts texts{.city_vi = "Thành phố \"Huế\"", .contact_en = "Call 1022"};
  REQUIRE(read_texts_value(value_of(texts)).ok());
  CHECK(value_of(read_texts_value(value_of(texts)).value()) == value_of(texts));
  CHECK(read_theme_value(value_of(Theme{})).value() == Theme{});
  CHECK(read_emblem_value(emblem_value("ab")).value() == "ab");
  for (const char* wrong : {"", "{}", "[]", "1", R"({"picture":1})", R"({"main":"#000000"})"}) {
    CHECK_FALSE(read_texts_value(wrong).ok());
    CHECK_FALSE(read_theme_value(wrong).ok());
    CHECK_FALSE(read_emblem_value(wrong).ok());
  }
}

TEST_CASE("the words of the site change in the browser, everywhere, and go back with one press") {
  SiteHall hall;
  auto admin = hall.browser("admin");
  admin.get("/staff/administration").follow("Câu chữ của trang");
  admin.fill("city_vi", "Thành phố {Huế}")
      .fill("contact_vi", "Tổng đài 1022 <b>")
      .press("Ghi thay đổi");
  CHECK(admin.status() == 422);
  CHECK(admin.shows("không có dấu ngoặc nhọn"));
  CHECK(admin.body().find("Tổng đài 1022") != std::string::npos);
  admin.fill("city_vi", "Thành phố Huế").fill("lead_vi", "Huế nghe mọi người.");
  admin.fill("city_en", "City of Huế").fill("reason", "Quyết định 12").press("Ghi thay đổi");
  CHECK(admin.shows("Đã ghi."));
  auto citizen = hall.browser("nobody");
  citizen.get("/");
  CHECK(citizen.shows("Thành phố Huế"));
  CHECK(citizen.shows("Huế nghe mọi người."));
  CHECK(citizen.shows("Tổng đài 1022 <b>"));
  citizen.get("/en/");
  CHECK(citizen.shows("City of Huế"));
  CHECK_FALSE(citizen.shows("Huế nghe mọi người."));
  admin.get("/staff/administration/site/texts").press("Trở về như trước");
  CHECK_FALSE(hall.browser("nobody").get("/").shows("Huế nghe mọi người."));
}

TEST_CASE("colours are shown before they are put on, and refused with their ratio") {
  SiteHall hall;
  auto admin = hall.browser("admin");
  admin.get("/staff/administration").follow("Màu sắc");
  admin.fill("main", "#6fa8ff").press("Xem thử");
  CHECK(admin.status() == 422);
  CHECK(admin.shows("chỉ tương phản 2,"));
  CHECK(admin.shows("cần ít nhất 4,5:1"));
  admin.fill("ground", "#081f4d")
      .fill("main", "#1d4e9e")
      .fill("accent", "#ffc94d")
      .press("Xem thử");
  CHECK(admin.status() == 200);
  const std::string tried = path_of_css(admin.body());
  CHECK(tried.starts_with("/site/theme-081f4d-1d4e9e-ffc94d."));
  // Only there.
  CHECK(path_of_css(hall.browser("nobody").get("/").body()).empty());
  admin.press("Ghi thay đổi");
  CHECK(admin.status() == 422);  // The reason is missing, the colours stay.
  CHECK(admin.body().find("#1d4e9e") != std::string::npos);
  admin.fill("reason", "Quyết định 12").press("Ghi thay đổi");
  CHECK(path_of_css(hall.browser("nobody").get("/").body()) == tried);
  auto citizen = hall.browser("nobody");
  citizen.get(tried);
  CHECK(citizen.status() == 200);
  CHECK(citizen.header("Content-Type") == "text/css; charset=utf-8");
  CHECK(citizen.body().find("#1d4e9e") != std::string::npos);
  CHECK(citizen.body().find("#0f5953") == std::string::npos);
  // Its fonts and pictures are found.
  const std::string css = citizen.body();
  std::size_t named = 0;
  for (std::size_t at = css.find("url("); at != std::string::npos; at = css.find("url(", at + 1)) {
    const std::string of = css.substr(at + 4, css.find(')', at) - at - 4);
    CHECK(of.starts_with("/a/"));
    ++named;
  }
  CHECK(named > 0);
  CHECK(citizen.get("/site/theme-6fa8ff-6fa8ff-6fa8ff.css").status() == 404);
  CHECK(citizen.get("/site/none").status() == 404);
  // The page keeps its strict policy, and one press goes back.
  CHECK(
      hall.browser("nobody").get("/").header("Content-Security-Policy").find("style-src 'self';") !=
      std::string::npos);
  admin.get("/staff/administration/site/theme").press("Trở về như trước");
  CHECK(path_of_css(hall.browser("nobody").get("/").body()).empty());
}

TEST_CASE("an emblem is drawn anew, shown to its administrator alone, and then to everybody") {
  SiteHall hall;
  auto admin = hall.browser("admin");
  const std::string png = small_png();
  admin.get("/staff/administration").follow("Biểu trưng");
  admin.attach("file", "x.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>");
  admin.press("Xem thử");
  CHECK(admin.status() == 422);
  admin.get("/staff/administration/site/emblem").attach("file", "emblem.png", png);
  admin.press("Xem thử");
  REQUIRE(admin.status() == 200);
  CHECK(admin.body().find("/site/emblem-") != std::string::npos);
  CHECK(hall.browser("nobody").get("/").body().find("/site/emblem-") == std::string::npos);
  admin.fill("reason", "Quyết định 12").press("Dùng hình này");
  CHECK(admin.shows("Đã ghi."));
  auto citizen = hall.browser("nobody");
  citizen.get("/");
  const std::size_t at = citizen.body().find("/site/emblem-");
  REQUIRE(at != std::string::npos);
  const std::string path = citizen.body().substr(at, citizen.body().find('"', at) - at);
  citizen.get(path);
  CHECK(citizen.status() == 200);
  CHECK(citizen.header("Content-Type").starts_with("image/"));
  CHECK(citizen.get(path + "x").status() == 404);
  admin.get("/staff/administration/site/emblem").press("Trở về như trước");
  CHECK(hall.browser("nobody").get("/").body().find("/site/emblem-") == std::string::npos);
}

TEST_CASE("what was set is there again after a start, on its day, and only for who may") {
  SiteHall hall;
  const std::string blue =
      value_of(Theme{{0x08, 0x1f, 0x4d}, {0x1d, 0x4e, 0x9e}, {0xff, 0xc9, 0x4d}});
  CHECK(hall.set(theme_code, blue, "ward").error().kind == ErrorKind::forbidden);
  CHECK(hall.set(theme_code, value_of(Theme{{1, 1, 1}, {255, 255, 255}, {1, 1, 1}})).error().kind ==
        ErrorKind::invalid);
  CHECK(hall.set(emblem_code, emblem_value("ab")).error().kind == ErrorKind::invalid);
  CHECK_FALSE(hall.set("none", "{}").ok());
  REQUIRE(hall.set(theme_code, blue, "admin", 1).ok());
  CHECK(apply_due_site(hall.database, hall.now) == 0);
  CHECK(apply_due_site(hall.database, hall.now + std::chrono::days(1)) == 1);
  CHECK(hall.value(theme_code) == blue);
  show_site(SiteNow{});
  refresh_site(hall.database);
  CHECK(html::dress().ground == "#081f4d");
  for (const char* login : {"ward", "hoa", "omb"})
    for (const char* page : {"texts", "theme", "emblem"})
      CHECK(hall.browser(login).get(std::string("/staff/administration/site/") + page).status() ==
            403);
}

}  // namespace ln::settings
