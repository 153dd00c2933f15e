#include "feature/feedback/feedback_pages_watch.h"

#include <doctest/doctest.h>

#include <string>

#include "app/routes.h"
#include "app/site.h"
#include "core/people/people_actions.h"
#include "core/people/people_store.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_watch.h"
#include "test/browser.h"

namespace ln::feedback {
namespace {

using people::Role;

// A ward, the ombudsman, a supervisor, a head, and one protected case with a sealed contact.
struct Watch : test::World {
  http::Router router = app::make_routes();
  html::Site site = app::make_site("https://x.example", false);
  std::optional<Feedback> sealed, declined;

  Watch() {
    const auto units = write([&](db::Write& w) {
      const units::Unit city = add_unit(w, "01", "Thành phố Hà Nội", nullptr);
      const units::Unit ward = add_unit(w, "P1", "Phường Một", &city);
      add_account(w, "omb", Role::ombudsman, city);
      add_account(w, "other", Role::ombudsman, city);
      add_account(w, "sup", Role::supervisor, ward);
      add_account(w, "head", Role::head, city);
      return Result<Done>(Done{});
    });
    REQUIRE(units.ok());
    sealed = send("conduct", "Chuyện kín qwxz");
    write([&](db::Write& w) {
      insert_contact(w, sealed->id, Contact{.plain = {}, .sealed = "langnghe sealed 1 gyzmo"});
    });
    declined = send("place", "Chuyện riêng vkpt");
  }
  units::Unit add_unit(db::Write& w,
                       const char* code,
                       const char* name,
                       const units::Unit* parent) {
    return units::insert(w, {.code = code,
                             .valid_from = Day{std::chrono::days(0)},
                             .name = name,
                             .kind = parent == nullptr ? units::Kind::city : units::Kind::commune,
                             .type = "Phường",
                             .parent = parent});
  }
  void add_account(db::Write& w, const std::string& login, Role role, const units::Unit& unit) {
    const auto id = people::add_account(
        w, {.login = login, .name = "Người " + login, .password_hash = "none"}, now);
    REQUIRE(people::grant(w, id.value(), role, unit.id, now).ok());
    REQUIRE(people::open_session(w, id.value(), "token-of-" + login, now).ok());
  }
  Feedback send(const char* about, const char* body) {
    Typed typed;
    typed.about = about;
    typed.unit = "P1";
    typed.body = body;
    const auto prepared = read([&](db::Read& r) { return prepare(r, typed, random, now); });
    REQUIRE(prepared.ok());
    return write([&](db::Write& w) { return submit(w, prepared.value(), now); }).value().feedback;
  }
  struct Person : test::Browser {
    Person(Watch& watch, const std::string& login)
        : test::Browser(watch, watch.router, watch.site) {
      set_cookie(std::string(people::session_cookie), "token-of-" + login);
    }
  };
  std::string url(const char* more = "") const {
    return "/staff/protected/" + sealed->code.text() + more;
  }
};

}  // namespace

TEST_CASE("an identity is opened with a reason, once, for a day, and everybody is told") {
  Watch watch;
  Watch::Person omb(watch, "omb");
  omb.get("/staff");
  CHECK(omb.address() == "/staff/protected");
  CHECK(omb.shows(watch.sealed->code.shown()));
  CHECK_FALSE(omb.shows("qwxz"));
  CHECK(omb.get(watch.url("/sealed")).status() == 403);
  omb.get(watch.url()).fill("text", "ngắn").press("Mở niêm phong");
  CHECK(omb.status() == 422);
  omb.fill("text", "Tòa án yêu cầu bằng văn bản 12").press("Mở niêm phong");
  CHECK(omb.status() == 200);
  CHECK(omb.shows("Đã mở trong 24 giờ"));
  CHECK(omb.shows("Người omb: Tòa án yêu cầu bằng văn bản 12"));
  CHECK(omb.get(watch.url("/sealed")).body() == "langnghe sealed 1 gyzmo");
  CHECK(omb.header("content-disposition").find("attachment") != std::string::npos);
  // It is open to whoever gave the reason, not to a colleague who gave none.
  CHECK(Watch::Person(watch, "other").get(watch.url("/sealed")).status() == 403);

  // In the citizen's timeline and in the ledger.
  const auto events = watch.read([&](db::Read& r) { return events_of(r, watch.sealed->id); });
  CHECK(events.back().event == "opened_identity");
  CHECK(events.back().audience == Audience::holder);
  CHECK(events.back().joins_before.has_value());  // With the batch of its hour.

  // Who handles the case learns that it was opened, not why: the reason may name the sender.
  Watch::Person head(watch, "head");
  head.get("/staff/feedback/" + watch.sealed->code.text());
  CHECK(head.shows("qwxz"));
  CHECK_FALSE(head.shows("văn bản 12"));

  watch.now += std::chrono::hours(25);
  watch.write([&](db::Write& w) {
    const auto account = people::find_account(w, "omb");
    REQUIRE(people::open_session(w, account->id, "token-later", watch.now).ok());
  });
  omb.set_cookie(std::string(people::session_cookie), "token-later");
  CHECK(omb.get(watch.url("/sealed")).status() == 403);
}

TEST_CASE("only the ombudsman comes near sealed identities; only the supervisor supervises") {
  Watch watch;
  for (const char* login : {"head", "sup"}) {
    Watch::Person other(watch, login);
    CHECK(other.get("/staff/protected").status() == 403);
    CHECK(other.get(watch.url()).status() == 403);
    CHECK(other.get(watch.url("/sealed")).status() == 403);
  }
  CHECK(Watch::Person(watch, "head").get("/staff/supervision").status() == 403);
  CHECK(Watch::Person(watch, "omb").get("/staff/supervision").status() == 403);
  CHECK(Watch::Person(watch, "omb").get("/staff/feedback/" + watch.sealed->code.text()).status() ==
        403);
}

TEST_CASE("the supervisor reads of late cases without protected ones and without private words") {
  Watch watch;
  watch.now = watch.declined->due_at + std::chrono::hours(1);
  watch.write([&](db::Write& w) {
    const auto account = people::find_account(w, "sup");
    REQUIRE(people::open_session(w, account->id, "token-later", watch.now).ok());
  });
  Watch::Person sup(watch, "sup");
  sup.set_cookie(std::string(people::session_cookie), "token-later");
  sup.get("/staff");
  CHECK(sup.address() == "/staff/supervision");
  CHECK(sup.shows("Không có việc nào"));
  sup.get("/staff/supervision?concern=late");
  CHECK(sup.shows(watch.declined->code.shown()));
  CHECK(sup.shows("Chưa đăng nội dung"));
  CHECK_FALSE(sup.shows("vkpt"));
  CHECK_FALSE(sup.shows(watch.sealed->code.shown()));
  CHECK(sup.get("/en/staff/supervision?concern=late&unit=P1&before=1").shows("nothing here"));
  // A unit is named as people name it; one that nobody knows is not taken for the whole city.
  CHECK(sup.get("/staff/supervision?concern=late&unit=phuong+mot")
            .shows(watch.declined->code.shown()));
  sup.follow(watch.declined->code.shown());
  CHECK(sup.address() == "/feedback/" + watch.declined->code.text());
  CHECK(sup.status() == 200);
  CHECK_FALSE(sup.shows("vkpt"));
  sup.get("/staff/supervision?concern=late&unit=khong+co");
  CHECK(sup.shows("Không tìm thấy đơn vị này"));
  CHECK_FALSE(sup.shows(watch.declined->code.shown()));
}

TEST_CASE("a promise that was not kept is among what the supervisor sees as late") {
  Watch watch;
  const Day today = local_day(watch.now);
  const auto late = [&] {
    return watch.read([&](db::Read& r) {
      return watched(r, {.concern = Concern::late, .now = watch.now}).size();
    });
  };
  watch.write([&](db::Write& w) {
    Feedback row = *watch.declined;
    row.state = State::promised;
    row.accepted_at = row.answered_at = watch.now;
    row.due_at = watch.now - std::chrono::days(9);
    row.promised_on = today;
    save(w, row);
  });
  CHECK(late() == 0);
  watch.now += std::chrono::days(1);
  CHECK(late() == 1);
}

}  // namespace ln::feedback
