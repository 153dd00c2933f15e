#include <doctest/doctest.h>

#include <string>

#include "app/share.h"
#include "app/viewed.h"
#include "core/people/people_citizen_session.h"
#include "test/city.h"

namespace ln::app {
namespace {

using test::Browser;

struct Street : test::City {
  Sent shown = send_to_all();
  Sent hidden = send(about("place", "Chuyện riêng của tôi"));
  Sent guarded = send(about("conduct", "Chuyện phải giữ kín"));

  Sent send_to_all() {
    add_staff("hoa", people::Role::head, "P1");
    feedback::Typed typed = about("place", "Đèn đường \"hỏng\" <ba> đêm");
    typed.is_public = true;
    const Sent sent = send(typed);
    publish(sent);
    return sent;
  }
  static feedback::Typed about(const char* what, const char* title) {
    feedback::Typed typed;
    typed.about = what;
    typed.unit = "P1";
    typed.title = title;
    typed.body = "Đèn trước số 12 hỏng ba đêm nay, xin sửa giúp.";
    return typed;
  }
  void publish(const Sent& sent) {
    const feedback::OfficerAct act{.officer = officer("hoa"),
                                   .code = sent.feedback.code,
                                   .revision = current(sent).revision,
                                   .salts = ledger::draw(random),
                                   .now = now};
    REQUIRE(write([&](db::Write& w) {
              return feedback::publish(w, act, sent.feedback.title, "Đèn hỏng ba đêm nay.");
            }).ok());
  }
  static std::string page_of(const Sent& sent) { return "/feedback/" + sent.feedback.code.text(); }
  Browser stranger() { return {*this, router, site}; }
  int answer(const std::string& path) {
    Browser reader = stranger();
    reader.get("/share?path=" + path);
    return reader.status();
  }
};

}  // namespace

TEST_CASE("a public page offers to be passed on: address, letter, and a code to print") {
  Street street;
  Browser reader = street.stranger();
  const std::string page = Street::page_of(street.shown);
  reader.get(page);
  CHECK(reader.shows("https://x.example" + page));
  CHECK(reader.body().find("mailto:?subject=") != std::string::npos);
  reader.follow("Mã QR của trang");
  CHECK(reader.status() == 200);
  CHECK(reader.address() ==
        "/share?path=" + std::string("%2Ffeedback%2F") + street.shown.feedback.code.text());
  CHECK(reader.shows("https://x.example" + page));
  CHECK(reader.shows("Đèn đường \"hỏng\" <ba> đêm"));
  CHECK(reader.body().find("<svg role=\"img\"") != std::string::npos);

  // In English it is the English page that is passed on, and what says how somebody came is not.
  reader.get("/en" + page + "?done=1");
  CHECK(reader.shows("https://x.example/en" + page));
  CHECK_FALSE(reader.shows("done=1"));
  reader.follow("QR code of the page");
  CHECK(reader.shows("https://x.example/en" + page));

  // What chooses the figures stays.
  reader.get("/figures/on_time?unit=P1");
  CHECK(reader.status() == 200);
  reader.follow("Mã QR của trang");
  CHECK(reader.status() == 200);
  CHECK(reader.shows("unit=P1"));
  for (const char* path : {"/figures", "/units/P1"}) CHECK(street.answer(path) == 200);
}

TEST_CASE("nothing but a page that everybody is given can be passed on") {
  Street street;
  CHECK(street.answer(Street::page_of(street.shown)) == 200);
  const std::string code = street.shown.feedback.code.text();
  for (const std::string& path : {std::string(),
                                  std::string("figures"),
                                  std::string("//evil.example/figures"),
                                  std::string("https://evil.example/"),
                                  std::string("/\\evil.example"),
                                  std::string("/nowhere"),
                                  std::string("/staff"),
                                  std::string("/staff/sign-in"),
                                  std::string("/staff/feedback/") + code,
                                  std::string("/register"),
                                  std::string("/feedback/new"),
                                  std::string("/feedback/find"),
                                  std::string("/share"),
                                  std::string("/share?path=/figures"),
                                  std::string("/live/figures"),
                                  std::string("/reply/none"),
                                  std::string("/ballots/slips/none"),
                                  std::string("/figures?from=letter"),
                                  std::string("/en/figures"),
                                  std::string("/feedback/") + code + "/receipt",
                                  std::string("/feedback/") + code + "?done=1",
                                  std::string("/feedback/") + code + "%23" + street.shown.secret,
                                  std::string("/fig%2575res"),
                                  "/figures?" + std::string(300, 'a'),
                                  Street::page_of(street.hidden),
                                  Street::page_of(street.guarded)}) {
    CAPTURE(path);
    CHECK(street.answer(path) == 404);
  }
  Browser nobody = street.stranger();
  nobody.get("/share");
  CHECK(nobody.status() == 404);
}

TEST_CASE("a page that is held by a secret offers nothing, and neither does one of staff") {
  Street street;
  Browser holder = street.stranger();
  holder.get(Street::page_of(street.shown));
  CHECK(holder.body().find("/share?path=") != std::string::npos);
  holder.set_cookie(people::case_cookie(street.shown.feedback.code.text()), street.shown.secret);
  holder.get(Street::page_of(street.shown));
  CHECK(holder.body().find("/share?path=") == std::string::npos);
  CHECK(holder.body().find("mailto:") == std::string::npos);
  // Who holds the case is answered as anybody else when it comes to passing it on.
  holder.get("/share?path=" + Street::page_of(street.shown));
  CHECK(holder.status() == 200);
  CHECK(holder.body().find(street.shown.secret) == std::string::npos);
  holder.get("/share?path=" + Street::page_of(street.hidden));
  CHECK(holder.status() == 404);

  Browser officer = street.stranger();
  officer.set_cookie(std::string(people::session_cookie), "token-of-hoa");
  officer.get("/staff/feedback/" + street.shown.feedback.code.text());
  CHECK(officer.status() == 200);
  CHECK(officer.body().find("/share?path=") == std::string::npos);
  officer.get("/share?path=/staff");
  CHECK(officer.status() == 404);
  officer.get("/share?path=/staff/rooms");
  CHECK(officer.status() == 404);
}

TEST_CASE(
    "a draft, a dialogue or a project is counted when it is given out, and not when asked for") {
  const auto made = [](const http::Request& request) -> Result<http::Response> {
    if (request.query.has("gone")) return Error{ErrorKind::not_found, "share.error.none"_t};
    return http::page(request.query.has("odd") ? 422 : 200, "");
  };
  test::World world;
  const auto look = [&](const char* route, const char* query) {
    http::Request request;
    request.route = route;
    request.path_values = {{"id", "7"}};
    if (*query != 0) request.query.add(query, "1");
    return count_look(request, views::Kind::project, made(request));
  };
  const auto counted = [&] {
    views::looks().flush(world.database, world.now);
    return world
        .read([](db::Read& r) {
          return r.one("SELECT views FROM views_total WHERE kind = 'project' AND number = 7",
                       [](const db::Row& row) { return row.integer(0); });
        })
        .value_or(0);
  };
  test::World other;  // Whatever other tests have looked at is written elsewhere.
  views::looks().flush(other.database, other.now);
  const auto answer = look("/projects/{id:number}", "");
  REQUIRE(answer.ok());
  CHECK(counted() == 1);
  answer.value().when_reused();  // A kept copy is a look as well.
  CHECK(counted() == 2);
  CHECK_FALSE(look("/projects/{id:number}", "gone").ok());
  CHECK(look("/projects/{id:number}", "odd").value().when_reused == nullptr);
  CHECK(look("/share", "").value().when_reused == nullptr);
  CHECK(counted() == 2);
}

TEST_CASE("most viewed says how it counts, and that there is nothing yet") {
  Street street;
  Browser reader = street.stranger();
  reader.get("/most-viewed");
  CHECK(reader.shows("Chưa có trang nào đủ lượt xem."));
  CHECK(reader.shows("Chưa có phản ánh công khai nào được người gửi xác nhận đã giải quyết."));
  const auto views = [&](std::int64_t count) {
    street.write([&](db::Write& w) {
      w.run("UPDATE feedback SET view_count = $1 WHERE id = $2", count, street.shown.feedback.id);
      w.run(
          "INSERT INTO project (unit_id, unit_path, name_vi, name_en, summary, created_by, "
          "created_at) VALUES (1, '/1/', 'Mở rộng đường', 'A wider road', 'x', 1, 0)");
      w.run(
          "INSERT INTO views_total (kind, number, views) VALUES ('project', 1, $1) "
          "ON CONFLICT (kind, number) DO UPDATE SET views = excluded.views",
          count);
    });
    reader.get("/en/most-viewed");
  };
  views(9);
  CHECK_FALSE(reader.shows("A wider road"));
  CHECK_FALSE(reader.shows("views"));
  views(10);
  CHECK(reader.shows("A wider road"));
  CHECK(reader.shows("Đèn đường"));
  CHECK(reader.shows("10 or more views"));
  const std::string at_ten = reader.body();
  for (const std::int64_t count : {11, 19}) {
    views(count);
    CHECK(reader.body() == at_ten);  // A single look is not told by an exact number.
  }
  views(20);
  CHECK(reader.shows("20 or more views"));
  reader.get("/register");
  CHECK(reader.body().find("href=\"/most-viewed\"") != std::string::npos);
}

TEST_CASE("what is said about a page stands with it once it is published") {
  Street street;
  const std::string page = "/units/P1";
  Browser b = street.stranger();
  b.get("/share?path=" + page);
  CHECK(b.shows("0 góp ý công khai"));
  b.follow("Góp ý về trang này");
  CHECK(b.address().starts_with("/feedback/new?kind=suggestion&page="));
  for (const test::Element& each : b.page().elements)
    if (each.attribute("name") == "about" && each.attribute("value") == "place") {
      b.choose(b.page().label_of(each));
      break;
    }
  b.press("Tiếp tục");
  b.press("Tiếp tục").fill("body", "Trang này nên có thêm ảnh chụp.").press("Tiếp tục");
  b.press("Tiếp tục");
  CHECK(b.shows("Góp ý về trang"));
  CHECK(b.shows("Trang của cơ quan, mã P1"));
  b.press("Gửi đi");
  CHECK(b.status() == 200);
  const auto sent = street.read([](db::Read& r) {
    return r.one("SELECT id FROM feedback ORDER BY id DESC LIMIT 1",
                 [](const db::Row& row) { return row.id<feedback::FeedbackId>(0); });
  });
  REQUIRE(sent.has_value());
  street.add_staff("thanh", people::Role::head, "01");
  Browser officer = street.stranger();
  officer.set_cookie(std::string(people::session_cookie), "token-of-thanh");
  const auto said = street.read([&](db::Read& r) { return *feedback::find(r, *sent); });
  officer.get("/staff/feedback/" + said.code.text());
  CHECK(officer.shows("Góp ý về trang"));
  CHECK(officer.shows("Trang của cơ quan, mã P1"));
  b.get("/share?path=" + page);
  CHECK(b.shows("0 góp ý công khai"));
  street.write([&](db::Write& w) {
    w.run(
        "UPDATE feedback SET published_at = $1, public_title = 'Thêm ảnh', public_body = 'x' "
        "WHERE id = $2",
        street.now, *sent);
  });
  b.get("/share?path=" + page);
  CHECK(b.shows("1 góp ý công khai"));
  CHECK(b.shows("Thêm ảnh"));
}

TEST_CASE("a case is about no other case's page, and a choice of figures is left out") {
  Street street;
  Browser b = street.stranger();
  b.get(Street::page_of(street.shown));
  CHECK_FALSE(b.shows("Góp ý về trang này"));
  b.get("/share?path=" + Street::page_of(street.shown));
  CHECK(b.status() == 200);
  CHECK_FALSE(b.shows("Góp ý về trang này"));
  b.get("/figures/on_time?unit=P1");
  b.follow("Góp ý về trang này");
  CHECK(b.shows("Số liệu công khai"));
  CHECK(b.address().find("P1") == std::string::npos);
}

}  // namespace ln::app
