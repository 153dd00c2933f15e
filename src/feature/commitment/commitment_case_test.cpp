// Promises of cases and of points of drafts, from the act to the page of the office that made them.
#include <doctest/doctest.h>

#include <string>

#include "core/ledger/ledger_verify.h"
#include "core/people/people_code.h"
#include "feature/commitment/commitment_actions.h"
#include "feature/commitment/commitment_actions_case.h"
#include "feature/commitment/commitment_store_check.h"
#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_store_answer.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "feature/feedback/feedback_jobs.h"
#include "test/draft_desk.h"

namespace ln::commitment {
namespace {

constexpr std::chrono::days one_day{1};
constexpr Day by_day{std::chrono::year(2026) / 12 / 5};
const std::string promised_text = "Tuần sau tổ điện thay dây và lắp bóng mới ở đầu ngõ 12.";

struct Ward : test::DraftDesk {
  feedback::OfficerAct officer_act(const feedback::Feedback& of, const std::string& login = "hoa") {
    return {.officer = officer(login),
            .code = of.code,
            .revision = now_is(of).revision,
            .salts = ledger::draw(random),
            .now = now};
  }
  using Office::now_is;
  // Public, in hand, and published where `is_read`.
  feedback::Feedback in_hand(feedback::Feedback of, bool is_read) {
    const auto given = officer_act(of);
    REQUIRE(
        write([&](db::Write& w) { return feedback::assign(w, given, accounts.at("nam")); }).ok());
    const auto shown = officer_act(of);
    if (is_read)
      REQUIRE(write([&](db::Write& w) {
                return feedback::publish(w, shown, "Đèn đường hỏng", "Đèn ngõ 12 không sáng.");
              }).ok());
    return now_is(of);
  }
  // Through the page of the desk.
  void promise_on_page(const feedback::Feedback& of) {
    auto head = browser("hoa");
    head.get(url(of, "/promise")).fill("text", promised_text);
    head.fill("day-day", "5").fill("day-month", "12").fill("day-year", "2026").press("Hẹn ngày");
    REQUIRE(now_is(of).state == feedback::State::promised);
  }
  void promise_by_act(const feedback::Feedback& of) {
    const auto act = officer_act(of);
    REQUIRE(
        write([&](db::Write& w) { return feedback::promise(w, act, promised_text, by_day); }).ok());
  }
  void answer_on_page(const feedback::Feedback& of) {
    auto handler = browser("nam");
    handler.get(url(of, "/answer")).fill("text", test::good_answer);
    handler.choose("Phản ánh đúng, đã khắc phục").fill("evidence", "Biên bản số 7 ngày 22/11");
    handler.press("Xem lại trước khi gửi").press("Gửi câu trả lời");
    REQUIRE(now_is(of).state == feedback::State::answered);
  }
  // A browser in which the case is open.
  struct Sender : test::Browser {
    Sender(Ward& ward, const feedback::Feedback& of) : Browser(ward, ward.router, ward.site) {
      get("/feedback/" + of.code.text()).fill("secret", ward.secrets.at(of.code.text()));
      press("Mở hồ sơ");
    }
  };
  Sender sender(const feedback::Feedback& of) { return Sender(*this, of); }
  std::vector<Commitment> promises_of(const feedback::Feedback& of) {
    return read([&](db::Read& r) { return of_source(r, Source::feedback, of.id.value); });
  }
  Commitment only(const feedback::Feedback& of) {
    const auto all = promises_of(of);
    REQUIRE(all.size() == 1);
    return all.front();
  }
  static std::string page(const Commitment& c, const std::string& more = "") {
    return "/commitments/" + std::to_string(c.id.value) + more;
  }
  std::int64_t follow() { return follow_cases(database, random, now); }
  bool is_whole() {
    return read(
        [](db::Read& r) { return ledger::verify_all(r).empty() && unfit_texts(r).empty(); });
  }
};

template <class T>
std::string word_of(const Result<T>& result) {
  return result.ok() ? "fine" : std::string(result.error().text.name());
}

}  // namespace

TEST_CASE("what is promised in a case is a commitment at once, and kept when its sender says so") {
  Ward ward;
  const auto lamp = ward.in_hand(ward.lamp(), true);
  ward.promise_on_page(lamp);
  const Commitment made = ward.only(lamp);
  CHECK(made.state == State::proposed);
  CHECK(made.text == promised_text);
  CHECK(made.due_on == by_day);
  CHECK(made.unit == ward.units.at("P1").id);
  // No job had to run, and none makes it again.
  CHECK(ward.follow() == 0);
  auto anybody = ward.browser("nobody");
  CHECK(anybody.get("/commitments").shows(promised_text));
  anybody.get("/feedback/" + lamp.code.text()).follow("cam kết số 1");
  CHECK(anybody.shows(promised_text));
  CHECK(anybody.shows("Trong câu trả lời phản ánh"));
  CHECK(anybody.get("/en" + ward.page(made)).shows("In the answer to a report,"));
  CHECK(anybody.body().find("/en/feedback/" + lamp.code.text()) != std::string::npos);
  CHECK(ward.browser("nam").get(ward.url(lamp)).shows("cam kết số 1"));
  // The sender confirms with the code and secret of the case.
  auto sender = ward.sender(lamp);
  sender.follow("Xác nhận lời hứa").press("Đúng, đã hứa như vậy");
  CHECK(sender.shows("Bạn đã xác nhận lời hứa này."));
  CHECK(ward.only(lamp).state == State::open);
  // Nobody says here that it is done: the case does.
  CHECK_FALSE(ward.browser("hoa").get("/staff" + ward.page(made)).shows("Báo đã làm"));
  ward.answer_on_page(lamp);
  CHECK(ward.only(lamp).state == State::declared);
  CHECK(anybody.get(ward.page(made)).shows("thay bóng đèn"));
  CHECK_FALSE(sender.get(ward.page(made, "/own?code=" + lamp.code.text())).shows("Chưa làm"));
  sender.follow("Mở phản ánh").press("Đã xong, tôi đồng ý");
  CHECK(ward.now_is(lamp).state == feedback::State::closed);
  CHECK(ward.only(lamp).state == State::kept);
  CHECK(anybody.get("/commitments?state=kept").shows(promised_text));
  CHECK(ward.read([&](db::Read& r) { return standing_of(r, "", local_day(ward.now)); })
            .kept_on_time == 1);
  CHECK(ward.is_whole());
}

TEST_CASE("a protected case, one about conduct and a held one never become public promises") {
  Ward ward;
  const auto conduct = ward.conduct();
  feedback::Typed guarded;
  guarded.about = "place";
  guarded.title = "Đèn hỏng bimatxyz";
  guarded.unit = "P1";
  guarded.body = "Đèn ngõ 12 hỏng đã ba tuần. bimatxyz";
  guarded.is_protected = true;
  const auto hidden = ward.send(guarded);
  ward.write([&](db::Write& w) {
    w.run(
        "UPDATE feedback SET state = 'promised', promised_on = $1, answered_at = received_at, "
        "is_public = 1, published_at = received_at WHERE id IN ($2, $3)",
        by_day, conduct.id, hidden.id);
    w.run(
        "INSERT INTO feedback_event (feedback_id, event, at, party, text, day, audience) "
        "SELECT id, 'promised', received_at, 'office', 'Sẽ sửa bimatxyz ngay tuần sau.', $1, "
        "'public' FROM feedback WHERE state = 'promised'",
        by_day);
  });
  CHECK(ward.follow() == 0);
  for (const auto& of : {conduct, hidden}) {
    const CaseStep step = draw_step(of.id.value, ward.random, ward.now);
    CHECK_FALSE(
        ward.write([&](db::Write& w) -> Result<bool> { return follow_case(w, step); }).value());
    CHECK(ward.promises_of(of).empty());
  }
  for (const char* login : {"nobody", "hoa", "nam", "tri", "thu", "hai", "thanh", "omb"}) {
    auto reader = ward.browser(login);
    CHECK_FALSE(reader.get("/commitments").shows("bimatxyz"));
    CHECK_FALSE(reader.get("/units/P1").shows("bimatxyz"));
    CHECK(reader.get("/api/v1/commitments").body().find("bimatxyz") == std::string::npos);
  }
}

TEST_CASE("of a case that its sender keeps private only office, day and outcome are told") {
  Ward ward;
  feedback::Typed typed;
  typed.about = "place";
  typed.title = "Đèn hỏng";
  typed.unit = "P1";
  typed.body = "Đèn trước nhà tôi hỏng đã ba tuần nay.";
  const auto own = ward.in_hand(ward.send(typed), false);
  ward.promise_on_page(own);
  const Commitment made = ward.only(own);
  CHECK(made.is_private());
  CHECK(made.due_on == by_day);
  auto sender = ward.sender(own);
  sender.follow("Xác nhận lời hứa").press("Đúng, đã hứa như vậy");
  CHECK(ward.only(own).state == State::open);
  const auto act = OfficeAct{.officer = ward.officer("hoa"),
                             .id = made.id,
                             .revision = ward.only(own).revision,
                             .salts = ledger::draw(ward.random),
                             .now = ward.now};
  CHECK(word_of(ward.write([&](db::Write& w) { return reword(w, act, promised_text, by_day); })) ==
        "commitment.error.not_now");
  REQUIRE(ward.write([&](db::Write& w) {
                return propose_change(w, act, "", by_day + one_day, "Chờ dây điện trước nhà ông.");
              })
              .ok());
  for (const char* login : {"nobody", "nam", "tri", "thu", "hai", "omb"})
    for (const std::string& address :
         {std::string("/commitments"), ward.page(made), "/en" + ward.page(made),
          "/api/v1/commitments/" + std::to_string(made.id.value)}) {
      auto reader = ward.browser(login);
      reader.get(address);
      for (const std::string& word : {promised_text, own.code.text(), std::string("trước nhà ông")})
        CHECK(reader.body().find(word) == std::string::npos);
    }
  CHECK(sender.get(ward.page(made, "/own?code=" + own.code.text())).shows("trước nhà ông"));
  ward.answer_on_page(own);
  CHECK(ward.only(own).state == State::declared);
  CHECK(ward.only(own).evidence.empty());
  CHECK(ward.is_whole());
}

TEST_CASE("another day that the sender consents to is the case's day as well") {
  Ward ward;
  const auto lamp = ward.in_hand(ward.lamp(), true);
  ward.promise_on_page(lamp);
  const Commitment made = ward.only(lamp);
  auto sender = ward.sender(lamp);
  sender.follow("Xác nhận lời hứa").press("Đúng, đã hứa như vậy");
  auto head = ward.browser("hoa");
  head.get("/staff" + ward.page(made)).fill("Hạn cuối", "2026-12-20");
  head.fill("Vì sao", "Nhà cung cấp giao dây muộn.").press("Xin đổi");
  CHECK(ward.now_is(lamp).promised_on == by_day);
  sender.get(ward.page(made, "/own?code=" + lamp.code.text())).press("Tôi đồng ý");
  CHECK(ward.only(lamp).changed_count == 1);
  CHECK(ward.now_is(lamp).promised_on == by_day + one_day * 15);
  CHECK(ward.sender(lamp).shows("Ngày hứa đã đổi"));
  // A change of the day is no other promise.
  CHECK(ward.follow() == 0);
  CHECK(ward.promises_of(lamp).size() == 1);
  CHECK(ward.is_whole());
}

TEST_CASE("an office that gives a promise up is overdue at once, and the sender may go on") {
  Ward ward;
  const auto lamp = ward.in_hand(ward.lamp(), true);
  ward.promise_on_page(lamp);
  auto head = ward.browser("hoa");
  head.get("/staff" + ward.page(ward.only(lamp)));
  head.fill("Vì sao", "Không còn kinh phí trong năm nay.").press("Không giữ được");
  CHECK(ward.only(lamp).state == State::broken);
  CHECK(feedback::is_overdue(ward.now_is(lamp), ward.now));
  auto sender = ward.sender(lamp);
  CHECK(sender.shows("Đơn vị báo không giữ được lời hứa"));
  sender.fill("Còn vướng gì?", "Đèn vẫn tắt.").press("Mở lại hồ sơ");
  CHECK(ward.now_is(lamp).state == feedback::State::reopened);
  CHECK(ward.only(lamp).state == State::broken);
  CHECK(ward.is_whole());
}

TEST_CASE("a sender who says not done opens the promise again, and a new letter is another one") {
  Ward ward;
  const auto lamp = ward.in_hand(ward.lamp(), true);
  ward.promise_by_act(lamp);
  CHECK(ward.follow() == 1);
  ward.answer_on_page(lamp);
  auto sender = ward.sender(lamp);
  sender.fill("Còn vướng gì?", "Đèn vẫn tắt, mời qua xem.").press("Mở lại hồ sơ");
  CHECK(ward.only(lamp).state == State::open);
  CHECK(ward.only(lamp).refused_count == 1);
  // What the sender wrote is for the office.
  CHECK_FALSE(ward.browser("nobody").get(ward.page(ward.only(lamp))).shows("mời qua xem"));
  const auto again = ward.officer_act(lamp);
  REQUIRE(
      ward.write([&](db::Write& w) { return feedback::assign(w, again, ward.accounts.at("nam")); })
          .ok());
  ward.promise_by_act(lamp);
  CHECK(ward.follow() == 1);
  CHECK(ward.promises_of(lamp).size() == 2);
  CHECK(ward.follow() == 0);
  ward.answer_on_page(lamp);
  for (const Commitment& each : ward.promises_of(lamp)) CHECK(each.state == State::declared);
  CHECK(ward.is_whole());
}

TEST_CASE("words go from the promise with those of the case, and what is held is told to nobody") {
  Ward ward;
  const auto lamp = ward.in_hand(ward.lamp(), true);
  ward.promise_on_page(lamp);
  const std::string page = ward.page(ward.only(lamp));
  CHECK(ward.browser("nobody").get(page).shows(promised_text));
  ward.write([&](db::Write& w) {
    w.run("UPDATE feedback SET published_at = NULL WHERE id = $1", lamp.id);
  });
  CHECK(ward.follow() == 1);
  CHECK(ward.follow() == 0);
  CHECK(ward.browser("nobody").get(page).status() == 200);
  for (const std::string& address : {page, std::string("/commitments"), "/api/v1" + page})
    CHECK_FALSE(ward.browser("nobody").get(address).shows(promised_text));
  CHECK(ward.is_whole());
  const auto listed = [&] {
    return ward.read([&](db::Read& r) { return standing_of(r, "", local_day(ward.now)).waiting; });
  };
  CHECK(listed() == 1);
  ward.write([&](db::Write& w) {
    w.run("UPDATE feedback SET about = 'conduct', object_unit_id = NULL WHERE id = $1", lamp.id);
  });
  CHECK(ward.follow() == 1);
  CHECK(ward.follow() == 0);
  CHECK(listed() == 0);
  CHECK(ward.browser("nobody").get(page).status() == 404);
  CHECK(ward.browser("hoa").get("/staff" + page).status() == 404);
  ward.now = at_local(by_day + one_day * 40);
  CHECK(pass_time(ward.database, ward.random, ward.now) == 0);
}

TEST_CASE("silence keeps a promise of a case once it closes the case, and not before") {
  Ward ward;
  const auto lamp = ward.in_hand(ward.lamp(), true);
  ward.promise_by_act(lamp);
  CHECK(ward.follow() == 1);
  ward.answer_on_page(lamp);
  ward.follow();
  CHECK(ward.only(lamp).state == State::declared);
  ward.now += silence_window + one_day;
  CHECK(pass_time(ward.database, ward.random, ward.now) == 0);
  CHECK(feedback::lapse_silent(ward.database, ward.random, ward.now) == 1);
  CHECK(pass_time(ward.database, ward.random, ward.now) == 1);
  CHECK(ward.only(lamp).state == State::kept);
  CHECK(ward.only(lamp).is_by_silence);
}

TEST_CASE("a new secret takes over the promise, and an erased case leaves no words of it") {
  Ward ward;
  const auto lamp = ward.in_hand(ward.lamp(), true);
  ward.promise_on_page(lamp);
  auto sender = ward.sender(lamp);
  sender.follow("Xác nhận lời hứa").press("Đúng, đã hứa như vậy");
  const std::string fresh = people::draw_secret(ward.random);
  ward.write([&](db::Write& w) {
    w.run("UPDATE feedback SET citizen_key = $1 WHERE id = $2",
          db::Blob{as_bytes(people::Citizen(fresh).public_key())}, lamp.id);
  });
  CHECK(ward.follow() == 1);
  CHECK(ward.follow() == 0);
  const auto opened = [&](const std::string& secret) {
    return word_of(ward.read([&](db::Read& r) {
      return open_asker(r, people::Citizen(secret), ward.only(lamp).id, lamp.code.text());
    }));
  };
  CHECK(opened(fresh) == "fine");
  CHECK(opened(ward.secrets.at(lamp.code.text())) == "commitment.error.code_or_secret");
  const auto asker =
      ward.read([&](db::Read& r) { return *find_asker(r, ward.only(lamp).id, lamp.code.text()); });
  CHECK(asker.has_confirmed);
  const auto gone =
      ward.database.erase([&](db::Write& w, const db::Erasure& permission) -> Result<Done> {
        w.run("UPDATE feedback SET erased_at = $1 WHERE id = $2", ward.now, lamp.id);
        forget_words(w, permission, lamp.id.value);
        return Done{};
      });
  REQUIRE(gone.ok());
  CHECK(opened(fresh) == "commitment.error.code_or_secret");
  CHECK(ward.only(lamp).text.empty());
  CHECK(ward.only(lamp).due_on == by_day);
  CHECK(ward.read(unfit_texts).empty());
  CHECK_FALSE(ward.browser("nobody").get(ward.page(ward.only(lamp))).shows(promised_text));
}

TEST_CASE("what is promised for a point is confirmed by whoever wrote a comment under it") {
  Ward desk;
  desk.make_open();
  const auto asks = desk.say("d2.1", "Nên công khai trong mười ngày.");
  const auto other = desk.say("d1.1", "Phạm vi nên rõ hơn.");
  const auto put = [&](const std::string& title, const test::DraftDesk::Told& told) {
    const auto made = desk.write([&](db::Write& w) {
      return consultation::place_in_new(w, desk.act(), desk.id, title, {*told.comment.code},
                                        consultation::draw_issue(desk.random));
    });
    REQUIRE(made.ok());
    return made.value();
  };
  const auto point = put("Rút thời hạn công khai", asks);
  auto head = desk.browser("hoa");
  const std::string form = "/staff/commitments/new?point=" + std::to_string(point.id.value);
  const Typed typed{.text = promised_text, .due_on = by_day, .point = point.id.value};
  const auto prepared = [&](const std::string& login) {
    return desk.read([&](db::Read& r) {
      return prepare(r, desk.officer(login), desk.units.at("P1"), typed, desk.random, desk.now);
    });
  };
  CHECK(word_of(prepared("hoa")) == "commitment.error.point_waits");
  consultation::EditAct act = desk.act();
  act.revision = point.revision;
  REQUIRE(desk.write([&](db::Write& w) {
                return consultation::answer_issue(
                    w, act, point.id,
                    {.answer = consultation::Answer::noted, .reason = "Sẽ làm từ tháng sau."},
                    ledger::draw(desk.random));
              })
              .ok());
  CHECK(word_of(prepared("hai")) == "commitment.error.not_head");
  CHECK(desk.browser("hai").get(form).status() == 404);
  head.get(form);
  CHECK(head.shows("Rút thời hạn công khai"));
  head.fill("Lời hứa", promised_text).fill("due_on", "2026-12-05").press("Hứa");
  const auto all =
      desk.read([&](db::Read& r) { return of_source(r, Source::consultation, desk.id.value); });
  REQUIRE(all.size() == 1);
  const Commitment made = all.front();
  CHECK(made.question_id == point.id.value);
  auto reader = desk.browser("nobody");
  const std::string draft = "/consultations/" + std::to_string(desk.id.value);
  for (const std::string& address :
       {draft, draft + "/answers", draft + "/answers/" + std::to_string(point.id.value)})
    CHECK(reader.get(address).shows(promised_text));
  CHECK(reader.get("/en" + draft).shows("Promised in answer to comments"));
  CHECK(reader.get(Ward::page(made)).shows("Rút thời hạn công khai"));
  // Who wrote under another point has no say in it.
  reader.get(Ward::page(made, "/own")).fill("Mã", other.comment.code->shown());
  reader.fill("Mã bí mật", other.secret).press("Mở");
  CHECK(reader.shows("Mã hoặc mã bí mật không đúng."));
  reader.fill("Mã", asks.comment.code->shown()).fill("Mã bí mật", asks.secret).press("Mở");
  reader.press("Đúng, đã hứa như vậy");
  CHECK(reader.shows("Bạn đã xác nhận lời hứa này."));
  CHECK(desk.read([&](db::Read& r) { return find(r, made.id); })->state == State::open);
  CHECK(desk.read([&](db::Read& r) { return askers_of(r, made.id).size(); }) == 1);
  CHECK(desk.is_whole());
}

TEST_CASE("the page of an office says what it promised, and each number leads to its list") {
  Ward ward;
  auto reader = ward.browser("nobody");
  CHECK(reader.get("/units/P1").shows("chưa hứa việc nào"));
  CHECK(reader.get("/en/units/P1").shows("have promised nothing yet"));
  const auto lamp = ward.in_hand(ward.lamp(), true);
  ward.promise_on_page(lamp);
  reader.get("/units/P1");
  CHECK(reader.shows("Lời hứa của cơ quan này"));
  const std::string list =
      "unit_id=" + std::to_string(ward.units.at("P1").id.value) + "&amp;state=waiting";
  CHECK(reader.body().find(list) != std::string::npos);
  CHECK(reader.get("/commitments?state=waiting").shows(promised_text));
  CHECK(reader.get("/units/P2").shows("chưa hứa việc nào"));
  // The unit above counts what stands below it.
  CHECK(reader.get("/units/01").body().find("state=waiting") != std::string::npos);
  ward.now = at_local(by_day + one_day, std::chrono::hours(9));
  CHECK(reader.get("/units/P1").body().find("state=overdue") != std::string::npos);
  CHECK(reader.get("/en/units/P1").shows("What this office promised"));
  pass_time(ward.database, ward.random, at_local(by_day + one_day * 40));
  ward.now = at_local(by_day + one_day * 40);
  CHECK(reader.get("/units/P1").body().find("state=broken") != std::string::npos);
}

}  // namespace ln::commitment
