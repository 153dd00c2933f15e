// Answers that are kept for everybody, seen from the pages of a case: never out of date, and never
// somebody's own.
#include <doctest/doctest.h>

#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_pages_case.h"
#include "test/feedback_town.h"

namespace ln::feedback {
namespace {

using test::Browser;
using test::FeedbackTown;

struct Kept : FeedbackTown {
  Kept() { sent = send_case("place", secret); }
  Feedback send_case(const std::string& about, std::string& its_secret) {
    Typed typed{};
    typed.about = about;
    typed.unit = "w1";
    typed.body = "Đèn ngõ 5 tắt ba hôm.";
    return FeedbackTown::send(typed, its_secret);
  }
  std::string address() const { return "/feedback/" + sent.code.text(); }
  std::int64_t views_counted() {
    views().flush(database);
    return find(sent.code.text()).view_count;
  }

  std::string secret;
  Feedback sent{.code = *Code::parse("22222222")};
};

TEST_CASE("a case looked at again is the same page, until somebody acts on it") {
  Kept town;
  Browser b(town, town.router, town.site);
  const std::string first = b.get(town.address()).body();
  const std::string tag = b.header("ETag");
  CHECK_FALSE(tag.empty());
  CHECK(b.header("Set-Cookie").empty());
  CHECK(b.get(town.address()).body() == first);
  CHECK(b.header("ETag") == tag);
  town.change(town.sent.code.text(), [&](Feedback& f) {
    f.state = State::accepted;
    f.accepted_at = town.now;
  });
  CHECK(b.get(town.address()).body() != first);
  CHECK(b.shows("Đã tiếp nhận"));
}

TEST_CASE("a page that is kept still tells the time") {
  Kept town;
  Browser b(town, town.router, town.site);
  b.get(town.address());
  CHECK_FALSE(b.shows("Quá hạn"));
  town.now = town.sent.due_at + std::chrono::minutes(1);
  b.get(town.address());
  CHECK(b.shows("Quá hạn"));
}

TEST_CASE("each look at a case counts, also when the page was kept") {
  Kept town;
  Browser b(town, town.router, town.site);
  const std::int64_t before = town.views_counted();  // The counter may hold those of other tests.
  for (int i = 0; i < 5; ++i) b.get(town.address());
  CHECK(town.views_counted() == before + 5);
}

TEST_CASE("languages and questions are kept apart") {
  Kept town;
  Browser b(town, town.router, town.site);
  b.get(town.address());
  b.get("/en" + town.address());
  CHECK(b.body().find("lang=\"en\"") != std::string::npos);
  b.get(town.address());
  CHECK(b.body().find("<html lang=\"vi\"") != std::string::npos);
  b.get(town.address() + "?done=1");
  CHECK(b.body().find("done=1") != std::string::npos);  // In the link to the other language.
}

TEST_CASE("what the holder sees is never kept for others, nor a protected case for anybody") {
  for (const char* about : {"place", "conduct"}) {
    Kept town;
    std::string secret;
    const Feedback sent = town.send_case(about, secret);
    const std::string address = "/feedback/" + sent.code.text();
    Browser holder(town, town.router, town.site);
    const int public_status = holder.get(address).status();
    CHECK(public_status == (sent.is_protected ? 404 : 200));
    holder.fill("secret", secret).press("Mở hồ sơ");
    REQUIRE(holder.get(address).status() == 200);
    CHECK(holder.shows("Đèn ngõ 5"));
    CHECK(holder.header("Cache-Control") == "no-store");
    CHECK(holder.header("ETag").empty());
    // The same shelf, another visitor; and with the mark of a visit.
    const std::string visit = holder.cookie("ln_visit");
    holder.forget_cookies();
    for (const bool is_marked : {false, true}) {
      if (is_marked) holder.set_cookie("ln_visit", visit);
      holder.get(address);
      CHECK(holder.status() == public_status);
      CHECK_FALSE(holder.shows("Đèn ngõ 5"));
    }
  }
}

TEST_CASE("a case opens by its secret from our own page, and from no other") {
  Kept town;
  Browser b(town, town.router, town.site);
  const std::string type = "application/x-www-form-urlencoded",
                    body = "csrf=&secret=" + town.secret;
  b.post(town.address() + "/open", type, body, {{"sec-fetch-site", "cross-site"}});
  CHECK(b.status() == 403);
  b.post(town.address() + "/open", type, body, {{"origin", "https://elsewhere.example"}});
  CHECK(b.status() == 403);
  b.post(town.address() + "/open", type, body, {{"sec-fetch-site", "same-origin"}});
  CHECK(b.status() == 200);
  CHECK(b.shows("Đèn ngõ 5"));
  b.post(town.address() + "/close", type, "csrf=");
  CHECK(b.status() == 403);
}

}  // namespace
}  // namespace ln::feedback
