// Who may erase a case, when, and what everybody sees of it afterwards.
#include <doctest/doctest.h>

#include <string>

#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "core/people/people_citizen_session.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_store_lists.h"
#include "test/city.h"

namespace ln::feedback {
namespace {

using people::Role;

// A public case, answered by nobody yet, and everybody who might want it gone.
struct Town : test::City {
  std::unique_ptr<ledger::Sealer> sealer;
  Sent sent;

  explicit Town(bool is_protected = false) : sent(prepared_town(is_protected)) {}

  Sent prepared_town(bool is_protected) {
    sealer = ledger::Sealer::open(database,
                                  {.origin = "x.example/ledger",
                                   .key_path = {},
                                   .second_path = {},
                                   .clock = [this] { return now; }},
                                  random);
    add_staff("head", Role::head, "01");
    add_staff("clerk", Role::clerk, "P1");
    add_staff("admin", Role::administrator, "01");
    add_staff("p2admin", Role::administrator, "P2");
    add_staff("omb", Role::ombudsman, "01");
    Typed typed;
    typed.about = is_protected ? "conduct" : "procedure";
    typed.unit = "P1";
    typed.title = "Quầy số ba qwertz";
    typed.body = "Chờ từ tám giờ đến trưa qwertz.";
    typed.is_protected = is_protected;
    typed.is_public = !is_protected;
    return send(typed);
  }
  Result<Feedback> by_sender(const std::string& secret) {
    const CitizenAct act{.citizen = people::Citizen(secret),
                         .code = sent.feedback.code,
                         .salts = ledger::draw(random),
                         .now = now,
                         .text = {}};
    return write([&](db::Write& w) { return erase(w, act); });
  }
  std::string outcome(const Result<Feedback>& done) {
    return done.ok() ? std::string(to_text(done.value().state))
                     : std::string(done.error().text.name());
  }
  std::string by_staff(const std::string& login) {
    const auto eraser = Eraser::of(staff(login));
    if (!eraser) return "no right";
    const EraseAct act{.eraser = *eraser,
                       .code = sent.feedback.code,
                       .because = ErasedBecause::unlawful,
                       .salts = ledger::draw(random),
                       .now = now};
    return outcome(write([&](db::Write& w) { return erase(w, act); }));
  }
  OfficerAct by_office() {
    return {.officer = officer("head"),
            .code = sent.feedback.code,
            .revision = current(sent).revision,
            .salts = ledger::draw(random),
            .now = now};
  }
  void decline_now() {
    const auto act = by_office();
    REQUIRE(write([&](db::Write& w) {
              return decline(w, act, DeclineReason::court, "Việc này tòa án đang xét xử rồi.");
            }).ok());
  }
  // And the year has passed in which the sender could have it looked at again. Of a protected case
  // it begins with the hour before which the refusal stands in the ledger.
  void decline_it() {
    decline_now();
    now += ledger::erasable_after + std::chrono::minutes(75);
  }
  void publish_it() {
    const auto act = by_office();
    REQUIRE(write([&](db::Write& w) {
              return publish(w, act, "Quầy số ba qwertz", "Chờ đến trưa qwertz");
            }).ok());
    index_published(database);
  }
  std::size_t faults() {
    return read([](db::Read& r) { return ledger::verify_all(r).size(); });
  }
  std::string payload() {
    const auto all = read(
        [&](db::Read& r) { return ledger::entries_of(r, {"feedback", sent.feedback.id.value}); });
    return all.back().payload;
  }
};

}  // namespace

TEST_CASE("while a case runs only its sender erases it, and the ledger holds their signature") {
  Town town;
  CHECK(town.by_staff("clerk") == "no right");
  CHECK(town.by_staff("head") == "no right");
  CHECK(town.by_staff("admin") == "feedback.error.erase_runs");
  CHECK(town.by_staff("omb") == "feedback.error.erase_runs");
  CHECK(town.outcome(town.by_sender("ABCD2345EFGH6789JKLM")) == "feedback.error.code_or_secret");
  CHECK_FALSE(town.current(town.sent).erased_at.has_value());
  CHECK(town.outcome(town.by_sender(town.sent.secret)) == "closed");
  const Feedback gone = town.current(town.sent);
  CHECK(gone.erased_because == ErasedBecause::by_sender);
  CHECK(gone.closed_by == "");  // Neither solved nor fallen silent.
  CHECK(gone.title + gone.body == "");
  CHECK(ledger::text_in(town.payload(), "reason") == "by_sender");
  CHECK(ledger::text_in(town.payload(), "sig").has_value());
  CHECK(town.outcome(town.by_sender(town.sent.secret)) == "feedback.error.erased");
  CHECK(town.by_staff("admin") == "feedback.error.erased");
  CHECK(town.faults() == 0);
}

TEST_CASE("a case that is over is erased by an administrator of its units or the ombudsman") {
  Town town;
  town.decline_it();
  CHECK(town.by_staff("clerk") == "no right");
  CHECK(town.by_staff("p2admin") == "feedback.error.no_such_case");
  CHECK(town.by_staff("admin") == "declined");
  CHECK(town.current(town.sent).erased_because == ErasedBecause::unlawful);
  CHECK(ledger::text_in(town.payload(), "reason") == "unlawful");
  CHECK(town.faults() == 0);
  // What was refused cannot be contested any more: there is nothing to look at.
  const CitizenAct act{.citizen = people::Citizen(town.sent.secret),
                       .code = town.sent.feedback.code,
                       .salts = ledger::draw(town.random),
                       .now = town.now,
                       .text = "Không đúng"};
  CHECK(town.outcome(town.write([&](db::Write& w) { return contest(w, act); })) ==
        "feedback.error.erased");
  const auto note_act = town.by_office();
  CHECK(town.outcome(town.write([&](db::Write& w) { return note(w, note_act, "Ghi thêm"); })) ==
        "feedback.error.erased");
}

TEST_CASE("declining and erasing are together no delete key") {
  Town town;
  town.decline_now();
  CHECK(town.by_staff("admin") == "feedback.error.erase_may_return");
  CHECK(town.by_staff("omb") == "feedback.error.erase_may_return");
  town.now += ledger::erasable_after - std::chrono::milliseconds(1);
  CHECK(town.by_staff("admin") == "feedback.error.erase_may_return");
  // Who writes it into the database all the same is found out.
  const ledger::Salts salts = ledger::draw(town.random);
  const auto append = [&](const Town& into) {
    return town.write([&](db::Write& w) {
      return ledger::append(w,
                            {.event = ledger::Event::erased,
                             .subject = {"feedback", into.sent.feedback.id.value},
                             .at = into.now,
                             .party = ledger::Party::office,
                             .reason = "unlawful"},
                            salts);
    });
  };
  REQUIRE(append(town).ok());
  const auto faults = town.read(ledger::verify_all);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].what == "an office erased a case that its sender could still bring back");
  // Its sender needs to wait for nothing.
  Town other;
  other.decline_now();
  CHECK(other.outcome(other.by_sender(other.sent.secret)) == "declined");
  CHECK(other.faults() == 0);
}

TEST_CASE(
    "of a protected case administrators learn nothing; the ombudsman and its sender erase it") {
  Town town(true);
  town.decline_it();
  CHECK(town.by_staff("admin") == "feedback.error.no_such_case");
  CHECK(town.by_staff("omb") == "declined");
  CHECK_FALSE(town.read([&](db::Read& r) { return contact_of(r, town.sent.feedback.id); }));
  Town other(true);
  CHECK(other.outcome(other.by_sender(other.sent.secret)) == "closed");
  CHECK(other.faults() == 0);
}

TEST_CASE("an office that erases a running case behind the program's back is found out") {
  Town town;
  const ledger::Salts salts = ledger::draw(town.random);
  const auto append = [&](std::string_view reason, std::int64_t id) {
    return town.write([&](db::Write& w) {
      return ledger::append(w,
                            {.event = ledger::Event::erased,
                             .subject = {"feedback", id},
                             .at = town.now,
                             .party = ledger::Party::office,
                             .reason = reason},
                            salts);
    });
  };
  REQUIRE(append("unlawful", town.sent.feedback.id.value).ok());
  const auto faults = town.read(ledger::verify_all);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].what == "an office erased a case that was not over");
}

TEST_CASE("an erased case is in no queue and no ranking, and stays in the register to be counted") {
  Town town;
  town.publish_it();
  const auto listed = [&](Tab tab) {
    QueueFilter filter;
    filter.top = town.units.at("01").path;
    filter.tab = tab;
    filter.now = town.now;
    return town.read([&](db::Read& r) { return queue(r, filter).size(); });
  };
  CHECK(listed(Tab::open) == 1);
  REQUIRE(town.by_sender(town.sent.secret).ok());
  CHECK(listed(Tab::open) == 0);
  CHECK(listed(Tab::over) == 1);
  views().count(town.sent.feedback.id);
  views().flush(town.database);
  CHECK(town.current(town.sent).view_count == 0);
  CHECK(town.read([&](db::Read& r) { return most_viewed(r, Instant{}, 5); }).empty());
  CHECK(town.read([&](db::Read& r) { return published(r, {}); }).size() == 1);
}

TEST_CASE("a sender is told what goes, asked once more, and reads that it is gone") {
  for (const bool in_english : {false, true}) {
    CAPTURE(in_english);
    Town town;
    town.publish_it();
    const std::string code = town.sent.feedback.code.text();
    const std::string page = (in_english ? "/en/feedback/" : "/feedback/") + code;
    test::Browser browser(town, town.router, town.site);
    browser.get(page + "/erase");
    CHECK(browser.status() == 404);
    browser.set_cookie(people::case_cookie(code), "ABCD2345EFGH6789JKLM");
    browser.get(page + "/erase");
    CHECK(browser.status() == 404);
    browser.set_cookie(people::case_cookie(code), town.sent.secret);
    browser.get(page).follow(in_english ? "See what would be erased" : "Xem những gì sẽ bị xóa");
    CHECK(browser.status() == 200);
    CHECK(browser.shows(in_english ? "is still being dealt with" : "chưa xử lý xong"));
    const std::string send = in_english ? "Erase for good" : "Xóa vĩnh viễn";
    browser.press(send);
    CHECK(browser.status() == 422);
    CHECK_FALSE(town.current(town.sent).erased_at.has_value());
    browser.choose(in_english ? "I understand, and want to erase this feedback for good"
                              : "Tôi hiểu và muốn xóa vĩnh viễn phản ánh này");
    browser.press(send);
    CHECK(browser.status() == 200);
    CHECK(browser.shows(in_english ? "Erased. You can close" : "Đã xóa. Bạn có thể đóng"));
    // Everybody else: the tombstone, and nothing of the words.
    browser.forget_cookies();
    browser.get(page);
    CHECK(browser.status() == 200);
    CHECK(browser.shows(in_english ? "This feedback was erased" : "Phản ánh này đã được xóa"));
    CHECK(browser.shows(in_english ? "Erased by its sender" : "Người gửi tự xóa"));
    CHECK(browser.body().find("qwertz") == std::string::npos);
    browser.get(in_english ? "/en/register" : "/register");
    CHECK(browser.shows(in_english ? "This feedback was erased" : "Phản ánh này đã được xóa"));
    CHECK(browser.body().find("qwertz") == std::string::npos);
  }
}

TEST_CASE("a protected case that was erased is still not there for anybody without its secret") {
  Town town(true);
  const std::string code = town.sent.feedback.code.text();
  REQUIRE(town.by_sender(town.sent.secret).ok());
  test::Browser browser(town, town.router, town.site);
  CHECK(browser.get("/feedback/" + code).status() == 404);
  CHECK_FALSE(browser.shows("đã được xóa"));
  browser.set_cookie(people::case_cookie(code), town.sent.secret);
  CHECK(browser.get("/feedback/" + code).status() == 200);
  CHECK(browser.shows("Phản ánh này đã được xóa"));
}

TEST_CASE("an administrator gives a reason from the list, and sees no word of the case") {
  for (const bool in_english : {false, true}) {
    CAPTURE(in_english);
    Town town;
    test::Browser browser(town, town.router, town.site);
    const std::string page = in_english ? "/en/staff/erasure" : "/staff/erasure";
    const std::string code = town.sent.feedback.code.shown();
    browser.set_cookie(std::string(people::session_cookie), "token-of-clerk");
    CHECK(browser.get(page).status() == 403);
    browser.set_cookie(std::string(people::session_cookie), "token-of-admin");
    browser.get(page).fill("code", code).press(in_english ? "Continue" : "Tiếp tục");
    CHECK(browser.status() == 422);
    CHECK(browser.shows(in_english ? "still being dealt with" : "chưa xử lý xong"));
    town.decline_now();
    browser.get(page).fill("code", code).press(in_english ? "Continue" : "Tiếp tục");
    CHECK(browser.status() == 422);
    CHECK(browser.shows(in_english ? "For a year after" : "Trong một năm sau"));
    // A year later their sessions are long over.
    town.now += ledger::erasable_after;
    for (const char* login : {"admin", "head"})
      town.write([&](db::Write& w) {
        REQUIRE(
            people::open_session(w, town.accounts.at(login), std::string("late-") + login, town.now)
                .ok());
      });
    browser.set_cookie(std::string(people::session_cookie), "late-admin");
    browser.get(page).fill("code", code).press(in_english ? "Continue" : "Tiếp tục");
    CHECK(browser.status() == 200);
    CHECK(browser.body().find("qwertz") == std::string::npos);
    const std::string send = in_english ? "Erase for good" : "Xóa vĩnh viễn";
    browser.press(send);
    CHECK(browser.status() == 422);
    browser.choose(in_english ? "What it was kept for is done" : "Đã xong mục đích lưu giữ");
    browser.press(send);
    CHECK(browser.status() == 200);
    CHECK(browser.shows(code));
    CHECK(town.current(town.sent).erased_because == ErasedBecause::purpose_done);
    browser.set_cookie(std::string(people::session_cookie), "late-head");
    browser.get((in_english ? "/en/staff/feedback/" : "/staff/feedback/") +
                town.sent.feedback.code.text());
    CHECK(browser.status() == 200);
    CHECK(browser.body().find("qwertz") == std::string::npos);
  }
}

TEST_CASE("a program erases with the secret alone, and reads that it is erased") {
  Town town;
  test::Browser browser(town, town.router, town.site);
  const std::string address = "/api/v1/feedback/" + town.sent.feedback.code.text();
  browser.post(address + "/erase", "application/json", "",
               {{"x-feedback-secret", "ABCD2345EFGH6789JKLM"}});
  CHECK(browser.status() == 404);
  browser.post(address + "/erase", "application/json", "",
               {{"x-feedback-secret", town.sent.secret}});
  CHECK(browser.status() == 200);
  CHECK(browser.body().find(R"("erased_because":"by_sender")") != std::string::npos);
  CHECK(browser.body().find("qwertz") == std::string::npos);
  browser.post(address + "/erase", "application/json", "",
               {{"x-feedback-secret", town.sent.secret}});
  CHECK(browser.status() == 409);
  browser.get(address);
  CHECK(browser.status() == 200);
  CHECK(browser.body().find(R"("erased_because":"by_sender")") != std::string::npos);
  browser.get("/feedback/" + town.sent.feedback.code.text() + "/ratings");
  CHECK(browser.status() == 404);
}

TEST_CASE("a program reads on which day a case was erased; the moment is for its sender alone") {
  Town town;
  town.now += std::chrono::hours(26) + std::chrono::seconds(7);
  test::Browser browser(town, town.router, town.site);
  const std::string address = "/api/v1/feedback/" + town.sent.feedback.code.text();
  const std::vector<std::pair<std::string, std::string>> secret = {
      {"x-feedback-secret", town.sent.secret}};
  browser.post(address + "/erase", "application/json", "", secret);
  REQUIRE(browser.status() == 200);
  const std::string moment = to_iso(town.now), day = to_iso(local_day(town.now));
  const auto says = [&](const std::string& text) {
    return browser.body().find(text) != std::string::npos;
  };
  CHECK(says(moment));
  CHECK(says("\"erased_on\":\"" + day + "\""));
  browser.get(address);
  CHECK(says("\"erased_on\":\"" + day + "\""));
  CHECK(says("\"event\":\"received\""));
  CHECK_FALSE(says(moment));
  CHECK_FALSE(says("\"event\":\"erased\""));
  // A published one is listed.
  Town shown;
  shown.publish_it();
  shown.now += std::chrono::hours(26) + std::chrono::seconds(7);
  REQUIRE(shown.by_sender(shown.sent.secret).ok());
  test::Browser reader(shown, shown.router, shown.site);
  reader.get("/api/v1/feedback?limit=5");
  CHECK(reader.body().find("\"erased_on\":\"" + day + "\"") != std::string::npos);
  CHECK(reader.body().find(moment) == std::string::npos);
}

TEST_CASE("whoever holds the secret of an erased case is told why nothing more can be done") {
  for (const bool is_protected : {false, true}) {
    CAPTURE(is_protected);
    Town town(is_protected);
    REQUIRE(town.by_sender(town.sent.secret).ok());
    test::Browser browser(town, town.router, town.site);
    const std::string address = "/api/v1/feedback/" + town.sent.feedback.code.text();
    for (const char* act : {"accept", "reopen", "contest", "reply", "erase", "ratings"}) {
      CAPTURE(act);
      const std::string sent = act == std::string("ratings") ? R"({"score":4,"solved":"yes"})"
                                                             : R"({"text":"Chưa xong"})";
      browser.post(address + "/" + act, "application/json", sent,
                   {{"x-feedback-secret", town.sent.secret}});
      CHECK(browser.status() == 409);
      CHECK(browser.body().find("đã được xóa") != std::string::npos);
      browser.post(address + "/" + act, "application/json", sent,
                   {{"x-feedback-secret", "ABCD2345EFGH6789JKLM"}});
      CHECK(browser.status() == 404);
      CHECK(browser.body().find("đã được xóa") == std::string::npos);
      browser.post(address + "/" + act, "application/json", sent);
      CHECK(browser.status() == 404);
    }
  }
}

TEST_CASE("erasures of whole days are counted in public, by day and reason") {
  Town town;
  REQUIRE(town.by_sender(town.sent.secret).ok());
  test::Browser browser(town, town.router, town.site);
  CHECK(browser.get("/figures/erasures.csv").body() == "day,reason,count\r\n");
  town.now += std::chrono::days(1);
  CHECK(browser.get("/figures/erasures.csv").body() ==
        "day,reason,count\r\n2026-11-23,by_sender,1\r\n");
  CHECK(browser.get("/figures/events").shows("Người gửi tự xóa"));
  CHECK(browser.get("/en/figures/events").shows("Erased by its sender"));
}

}  // namespace ln::feedback
