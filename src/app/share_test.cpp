#include <doctest/doctest.h>

#include <string>

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

}  // namespace ln::app
