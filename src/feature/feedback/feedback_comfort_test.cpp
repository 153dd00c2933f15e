// What makes the work of staff lighter, and the walls it must not go around.
#include <doctest/doctest.h>

#include <string>

#include "core/ledger/ledger_public_actions.h"
#include "core/people/people_actions.h"
#include "feature/feedback/feedback_actions_absence.h"
#include "feature/feedback/feedback_actions_bulk.h"
#include "feature/feedback/feedback_actions_filter.h"
#include "feature/feedback/feedback_actions_review.h"
#include "feature/feedback/feedback_store_comfort.h"
#include "feature/feedback/feedback_store_lists.h"
#include "feature/feedback/feedback_template.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

using test::good_answer;

struct Office : test::Office {
  people::Officer officer(const std::string& login) {
    return read([&](db::Read& r) {
      return *people::Officer::of(
          *people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now, now));
    });
  }
  OfficerAct act(const std::string& login, const Feedback& of) {
    return {.officer = officer(login),
            .code = of.code,
            .revision = now_is(of).revision,
            .salts = ledger::draw(random),
            .now = now};
  }
  // "ok", or the key of the refusal.
  template <class Body>
  std::string outcome(Body body) {
    const auto result = write(body);
    return result.ok() ? "ok" : std::string(result.error().text.name());
  }
  std::vector<std::string> bulk(const std::string& login,
                                const std::vector<Feedback>& cases,
                                const BulkChoice& choice) {
    std::vector<OfficerAct> acts;
    for (const Feedback& each : cases) acts.push_back(act(login, each));
    const auto done = write([&](db::Write& w) { return act_on_all(w, acts, choice); });
    REQUIRE(done.ok());
    std::vector<std::string> words;
    for (const BulkOutcome& each : done.value())
      words.push_back(each.refused ? std::string(each.refused->text.name()) : "ok");
    return words;
  }
  std::size_t lines_of(const Feedback& of) {
    return read([&](db::Read& r) {
      std::size_t count = 0;
      for (const Event& event : events_of(r, of.id)) count += event.ledger_index ? 1U : 0U;
      return count;
    });
  }
  void want_second(const char* unit, bool wants = true) {
    write([&](db::Write& w) { set_needs_second(w, units.at(unit).id, wants, now, 1); });
  }
  Answer given() { return {good_answer, Outcome::confirmed, "Biên bản", {}}; }
  std::string away(const std::string& who, const std::string& substitute) {
    const Day today = local_day(now);
    const Absence absence{.account = people::AccountId{accounts.at(who)},
                          .substitute = people::AccountId{accounts.at(substitute)},
                          .first = today,
                          .last = today + std::chrono::days(3)};
    const auto by = officer(who);
    return outcome([&](db::Write& w) { return record_absence(w, by, absence, now); });
  }
  std::int64_t given_to(const std::string& by, const Feedback& of, const std::string& to) {
    const OfficerAct how = act(by, of);
    REQUIRE(outcome([&](db::Write& w) { return assign(w, how, accounts.at(to)); }) == "ok");
    return now_is(of).officer_id;
  }
};

}  // namespace

TEST_CASE("many cases at once: each has its own outcome, event and line in the ledger") {
  Office office;
  const Feedback one = office.lamp(), two = office.lamp(), over = office.lamp();
  const OfficerAct act = office.act("hoa", over);
  REQUIRE(office.outcome([&](db::Write& w) {
    return decline(w, act, DeclineReason::duplicate, "Đã có phản ánh cùng nội dung này rồi.");
  }) == "ok");
  const std::size_t before = office.lines_of(one);
  CHECK(office.bulk("tri", {one, over, two},
                    {.task = Task::assign, .account = office.accounts.at("nam")}) ==
        std::vector<std::string>{"ok", "feedback.error.not_now", "ok"});
  CHECK(office.now_is(one).officer_id == office.accounts.at("nam"));
  CHECK(office.now_is(two).officer_id == office.accounts.at("nam"));
  CHECK(office.lines_of(one) == before + 1);
  CHECK(office.lines_of(two) == before + 1);
  CHECK(office.now_is(over).state == State::declined);
}

TEST_CASE("nothing that a citizen is answered with can be done to many at once") {
  Office office;
  const Feedback lamp = office.lamp();
  for (const Task task : {Task::answer, Task::decline, Task::promise, Task::redirect, Task::ask,
                          Task::extend, Task::publish}) {
    const std::vector<OfficerAct> acts = {office.act("hoa", lamp)};
    CHECK(office.outcome([&](db::Write& w) { return act_on_all(w, acts, {.task = task}); }) ==
          "feedback.bulk.no_task");
  }
  const std::vector<OfficerAct> many(bulk_cases_max + 1, office.act("hoa", lamp));
  CHECK(office.outcome([&](db::Write& w) { return act_on_all(w, many, {.task = Task::accept}); }) ==
        "feedback.bulk.many");
}

TEST_CASE("many at once goes around no wall: each role, protected cases, cases of others") {
  Office office;
  const Feedback lamp = office.lamp(), conduct = office.conduct();
  const BulkChoice to_nam{.task = Task::assign, .account = office.accounts.at("nam")};
  CHECK(office.bulk("thu", {lamp}, to_nam).front() == "feedback.error.not_your_part");
  CHECK(office.bulk("lan", {lamp}, to_nam).front() == "feedback.error.not_your_part");
  CHECK(office.bulk("hai", {lamp}, to_nam).front() == "feedback.error.no_such_case");
  // The ward complained about cannot even learn that there is such a case.
  CHECK(office.bulk("hoa", {conduct}, to_nam).front() == "feedback.error.no_such_case");
  BulkChoice away{.task = Task::transfer, .reason = "Việc của phường hai."};
  away.unit = office.units.at("P2");
  CHECK(office.bulk("hoa", {conduct}, away).front() == "feedback.error.no_such_case");
  CHECK(office.bulk("thanh", {conduct, lamp}, away) ==
        std::vector<std::string>{"feedback.bulk.by_hand", "ok"});
  CHECK(office.now_is(conduct).unit == office.units.at("01").id);
  // What somebody looked at before it changed is not acted on.
  const OfficerAct stale = office.act("hai", lamp);
  const OfficerAct first = office.act("hai", lamp);
  REQUIRE(office.outcome([&](db::Write& w) { return accept(w, first); }) == "ok");
  const auto late =
      office.write([&](db::Write& w) { return act_on_all(w, {stale}, {.task = Task::accept}); });
  REQUIRE(late.ok());
  CHECK(late.value().front().refused->text.name() == "feedback.error.changed_meanwhile");
}

TEST_CASE("the pages say beforehand what will be refused, and for which case") {
  Office office;
  const Feedback one = office.lamp(), two = office.lamp();
  auto triage = office.browser("tri");
  triage.get("/staff");
  triage.choose(one.code.shown()).choose(two.code.shown());
  triage.choose("Giao người xử lý", "do").press("Tiếp tục");
  REQUIRE(triage.status() == 200);
  triage.press("Xem lại trước khi làm");
  CHECK(triage.status() == 422);
  triage.choose("Cán bộ Nam", "officer").press("Xem lại trước khi làm");
  CHECK(triage.shows("Cán bộ Nam"));
  CHECK(office.now_is(one).officer_id == 0);  // nothing is done yet
  // Meanwhile a colleague acts on one of them.
  office.do_assign(two, "lan");
  triage.press("Làm với 2 việc");
  CHECK(triage.shows("Đã làm với 1 việc"));
  CHECK(triage.shows("1 việc không làm được"));
  CHECK(office.now_is(one).officer_id == office.accounts.at("nam"));
  CHECK(office.now_is(two).officer_id == office.accounts.at("lan"));
  const Feedback conduct = office.conduct();
  auto head = office.browser("hoa");
  head.get("/staff/bulk?do=accept&case=" + conduct.code.text() + "&case=" + one.code.text());
  CHECK(head.shows("Làm với") == false);
  CHECK(head.body().find("bimatxyz") == std::string::npos);
  head.get("/staff/bulk?do=accept&all=1&tab=open");
  CHECK(head.status() == 200);
  CHECK(head.get("/staff/bulk?do=answer&case=" + one.code.text()).status() == 422);
}

TEST_CASE("a template has known holes alone, and fills them for the case") {
  CHECK(check_template("Tên", "Mã {code}, hạn {due}.").ok());
  const auto wrong = [](const char* text) {
    const auto fine = check_template("Tên", text);
    return fine.ok() ? std::string("ok") : std::string(fine.error().text.name());
  };
  CHECK(wrong("Chào {name}") == "feedback.error.template_hole");
  CHECK(wrong("Chào {code") == "feedback.error.template_hole");
  CHECK(wrong("Chào code}") == "feedback.error.template_hole");
  CHECK(wrong("Chào {{code}}") == "feedback.error.template_hole");
  CHECK(wrong("") == "feedback.error.text_empty");
  CHECK(check_template("", "a").error().text.name() == "feedback.error.template_name");
  CHECK(fill_template("{code}/{today}/{due}", {"HN-1", "thứ Hai", "sáng nay", "phường", "đèn",
                                               "hôm nay"}) == "HN-1/hôm nay/thứ Hai");
  CHECK(is_little_else("Kính gửi ông bà, phường đã nhận phản ánh và đang xử lý.",
                       "Kính gửi ông bà,\nphường đã nhận phản ánh"));
  CHECK_FALSE(is_little_else("Kính gửi ông bà, phường đã nhận. " + std::string(good_answer),
                             "Kính gửi ông bà, phường đã nhận."));
}

TEST_CASE("a head keeps the texts of the unit, an officer begins with one, and the coach sees it") {
  Office office;
  const Feedback lamp = office.lamp();
  office.do_assign(lamp, "nam");
  auto head = office.browser("hoa");
  head.get("/staff/practice");
  head.fill("name", "Mở đầu").fill("text", "Kính gửi {nguoi}").press("Lưu câu soạn sẵn");
  CHECK(head.status() == 422);
  CHECK(head.shows("Có chỗ trống không tự điền được"));
  head.fill("text", "Phường nhận phản ánh {code} ngày {received}, hạn trả lời {due}.");
  head.press("Lưu câu soạn sẵn");
  REQUIRE(head.status() == 200);
  CHECK(head.shows("Mở đầu"));
  auto handler = office.browser("nam");
  CHECK(handler.get("/staff/practice").status() == 403);
  handler.get(Office::url(lamp, "/answer")).choose("Mở đầu", "template").press("Dùng câu này");
  REQUIRE(handler.status() == 200);
  CHECK(handler.body().find("Phường nhận phản ánh " + lamp.code.shown()) != std::string::npos);
  CHECK(handler.body().find("{due}") == std::string::npos);
  handler.choose("Chưa có cơ sở", "outcome").press("Xem lại trước khi gửi");
  CHECK(handler.shows("Gần như chỉ có câu soạn sẵn"));
  // Another ward has none of it, and may not change it.
  auto other = office.browser("hai");
  CHECK(other.get("/staff/practice/texts/1").status() == 404);
  CHECK(other.get("/staff/practice?unit=P1").status() == 404);
  office.browser("thanh").get("/staff/practice/texts/1");
  // The public log has the fingerprint, not the text.
  const auto told = [&] {
    return office.read([](db::Read& r) { return ledger::last_fact(r, ledger::settings_kind); });
  };
  REQUIRE(told());
  CHECK(told()->payload.find(R"("list":"template")") != std::string::npos);
  CHECK(told()->payload.find("Phường nhận") == std::string::npos);
  const auto before = told()->payload;
  head.follow("Sửa câu soạn sẵn").press("Xóa câu này");
  CHECK(told()->payload != before);
  CHECK_FALSE(head.shows("Mở đầu"));
}

TEST_CASE("an answer waits for a second officer, who is not its author, and the clock goes on") {
  Office office;
  office.want_second("P1");
  const Feedback lamp = office.lamp();
  office.do_assign(lamp, "nam");
  const Answer given = office.given();
  const OfficerAct by_nam = office.act("nam", lamp);
  // There is no way around it.
  CHECK(office.outcome([&](db::Write& w) { return answer(w, by_nam, given); }) ==
        "feedback.error.needs_second");
  REQUIRE(office.outcome([&](db::Write& w) { return put_forward(w, by_nam, given); }) == "ok");
  Feedback waits = office.now_is(lamp);
  CHECK(waits.state == State::assigned);
  CHECK_FALSE(waits.answered_at.has_value());
  CHECK(waits.due_at == lamp.due_at);
  const auto approve = [&](const char* login) {
    const OfficerAct by = office.act(login, lamp);
    return office.outcome([&](db::Write& w) { return approve_review(w, by); });
  };
  CHECK(approve("nam") == "feedback.error.own_review");
  CHECK(approve("thu") == "feedback.error.not_your_part");
  CHECK(approve("tri") == "feedback.error.not_your_part");
  CHECK(approve("hai") == "feedback.error.no_such_case");
  // The second reader of an older form is told, and nothing is overwritten.
  const OfficerAct stale = office.act("lan", lamp);
  const OfficerAct by_hoa = office.act("hoa", lamp);
  REQUIRE(office.outcome([&](db::Write& w) {
    return return_review(w, by_hoa, "Thiếu ngày sửa xong.");
  }) == "ok");
  CHECK(office.outcome([&](db::Write& w) { return approve_review(w, stale); }) ==
        "feedback.error.changed_meanwhile");
  CHECK(approve("lan") == "feedback.error.no_review");  // it was given back
  const OfficerAct again = office.act("nam", lamp);
  REQUIRE(office.outcome([&](db::Write& w) { return put_forward(w, again, given); }) == "ok");
  CHECK(approve("lan") == "ok");
  CHECK(office.now_is(lamp).state == State::answered);
  CHECK(office.now_is(lamp).answered_at == office.now);
  CHECK_FALSE(office.read([&](db::Read& r) { return review_of(r, lamp.id); }).has_value());
}

TEST_CASE("what waits goes with no case to another unit, and is none of the accused's business") {
  Office office;
  office.want_second("P1");
  office.want_second("01");
  const Feedback lamp = office.lamp(), conduct = office.conduct();
  const Answer given = office.given();
  office.do_assign(lamp, "nam");
  REQUIRE(office.given_to("thanh", conduct, "thanh") == office.accounts.at("thanh"));
  const OfficerAct by_head = office.act("hoa", lamp);
  REQUIRE(office.outcome([&](db::Write& w) { return put_forward(w, by_head, given); }) == "ok");
  const OfficerAct by_city = office.act("thanh", conduct);
  REQUIRE(office.outcome([&](db::Write& w) { return put_forward(w, by_city, given); }) == "ok");
  const auto listed = [&](const char* login) {
    auto browser = office.browser(login);
    browser.get("/staff/reviews");
    return std::string(browser.shows("Đèn đường hỏng") ? "lamp " : "") +
           (browser.body().find("bimatxyz") != std::string::npos ? "conduct" : "");
  };
  CHECK(listed("nam") == "lamp ");
  CHECK(listed("hai") == "");
  CHECK(listed("thanh") == "lamp conduct");
  CHECK(office.browser("hoa").get(Office::url(conduct, "/review")).status() == 404);
  const OfficerAct move = office.act("hoa", lamp);
  REQUIRE(office.outcome([&](db::Write& w) {
    return transfer(w, move, office.units.at("P2"), "Việc của phường hai.");
  }) == "ok");
  CHECK(listed("nam") == "");
  CHECK(office.browser("hai").get(Office::url(lamp, "/review")).status() == 404);
}

TEST_CASE(
    "second eyes on pages: the author is told to wait, the reader gives back, then approves") {
  Office office;
  office.want_second("P1");
  const Feedback lamp = office.lamp();
  office.do_assign(lamp, "nam");
  auto nam = office.browser("nam");
  nam.get(Office::url(lamp, "/answer"))
      .fill("text", good_answer)
      .choose("Phản ánh đúng, đã khắc phục")
      .press("Xem lại");
  nam.attach("files", "bien-ban.txt", "Biên bản số 7").press("Gửi để người thứ hai đọc");
  REQUIRE(nam.shows("Câu trả lời đang chờ người thứ hai đọc"));
  nam.follow("Đọc câu trả lời");
  CHECK(nam.shows("Người viết không tự duyệt"));
  auto citizen = test::Browser(office, office.router, office.site);
  citizen.get("/feedback/" + lamp.code.text())
      .fill("secret", office.secrets.at(lamp.code.text()))
      .press("Mở hồ sơ");
  CHECK_FALSE(citizen.shows("thay bóng đèn"));
  auto lan = office.browser("lan");
  lan.get("/staff/reviews").follow("Đèn đường hỏng").press("Trả lại để sửa");
  CHECK(lan.status() == 422);
  lan.fill("text", "Ghi rõ ai đã kiểm tra.").press("Trả lại để sửa");
  nam.get(Office::url(lamp));
  CHECK(nam.shows("Ghi rõ ai đã kiểm tra"));
  nam.get(Office::url(lamp, "/answer"));
  CHECK(nam.body().find("thay bóng đèn") != std::string::npos);
  nam.press("Xem lại").press("Gửi để người thứ hai đọc");
  lan.get(Office::url(lamp, "/review")).press("Duyệt và gửi");
  CHECK(office.now_is(lamp).state == State::answered);
  lan.get(Office::url(lamp));
  CHECK(lan.shows("bien-ban.txt"));
  citizen.get("/feedback/" + lamp.code.text());
  CHECK(citizen.shows("thay bóng đèn"));
  CHECK_FALSE(citizen.shows("Ghi rõ ai"));
}

TEST_CASE("what is given to somebody who is away goes to who stands in, without more rights") {
  Office office;
  const Feedback one = office.lamp(), in_hand = office.lamp();
  office.do_assign(in_hand, "nam");
  CHECK(office.away("nam", "nam") == "feedback.error.absence_substitute");
  CHECK(office.away("nam", "omb") == "feedback.error.absence_substitute");
  REQUIRE(office.away("nam", "lan") == "ok");
  CHECK(office.given_to("hoa", one, "nam") == office.accounts.at("lan"));
  // What was in hand goes too, once, by acts of the clock in the ledger.
  const std::size_t lines = office.lines_of(in_hand);
  CHECK(hand_over_absent(office.database, office.random, office.now) == 1);
  CHECK(office.now_is(in_hand).officer_id == office.accounts.at("lan"));
  CHECK(office.lines_of(in_hand) == lines + 1);
  CHECK(hand_over_absent(office.database, office.random, office.now) == 0);
  // A substitute who may not see the case is passed over: the head of the unit gets it.
  const Feedback other = office.lamp();
  REQUIRE(office.away("lan", "hai") == "ok");
  CHECK(office.given_to("hoa", other, "lan") == office.accounts.at("hoa"));
  CHECK(office.given_to("hoa", office.lamp(), "nam") == office.accounts.at("hoa"));
  // After the leave it is as before.
  office.now += std::chrono::days(4);
  CHECK(office.read([&](db::Read& r) {
    return stand_in(r, people::AccountId{office.accounts.at("nam")}, one, office.now).value;
  }) == office.accounts.at("nam"));
}

TEST_CASE("two who stand in for each other end at the head, and a case about the unit above it") {
  Office office;
  REQUIRE(office.away("nam", "lan") == "ok");
  REQUIRE(office.away("lan", "nam") == "ok");
  CHECK(office.given_to("hoa", office.lamp(), "nam") == office.accounts.at("hoa"));
  // The city's head is away and names the head of the ward complained about.
  const Feedback conduct = office.conduct();
  REQUIRE(office.away("thanh", "hoa") == "ok");
  CHECK(office.given_to("thanh", conduct, "thanh") == office.accounts.at("thanh"));
  CHECK(hand_over_absent(office.database, office.random, office.now) == 0);
  CHECK(office.now_is(conduct).officer_id == office.accounts.at("thanh"));
}

TEST_CASE("leave is recorded and ended on a page") {
  Office office;
  auto nam = office.browser("nam");
  nam.get("/staff/leave").choose("Cán bộ Lan", "substitute");
  nam.fill("first-day", "23").fill("first-month", "11").fill("first-year", "2026");
  nam.fill("last-day", "20").fill("last-month", "11").fill("last-year", "2026");
  nam.press("Lưu ngày nghỉ");
  CHECK(nam.status() == 422);
  CHECK(nam.shows("Ngày cuối không được trước ngày đầu"));
  nam.fill("last-day", "27").press("Lưu ngày nghỉ");
  CHECK(nam.shows("Người thay: Cán bộ Lan"));
  // Nobody ends somebody else's.
  const auto by_lan = office.officer("lan");
  CHECK(office.outcome([&](db::Write& w) {
    return end_absence(w, by_lan, AbsenceId{1}, office.now);
  }) == "feedback.error.absence_gone");
  nam.press("Bỏ ngày nghỉ này");
  CHECK(nam.shows("Bạn chưa ghi ngày nghỉ nào"));
}

TEST_CASE("a filter is kept for oneself, or by the head for everybody in the unit") {
  Office office;
  auto nam = office.browser("nam"), hoa = office.browser("hoa"), hai = office.browser("hai");
  nam.get("/staff?tab=overdue&who=mine").follow("Lưu bộ lọc này");
  CHECK_FALSE(nam.shows("Dùng chung cho mọi người"));  // only a head shares
  nam.press("Lưu");
  CHECK(nam.status() == 422);
  nam.fill("name", "Trễ của tôi").press("Lưu");
  CHECK(nam.address() == "/staff?tab=overdue&who=mine");
  CHECK(nam.shows("Trễ của tôi"));
  hoa.get("/staff?about=place").follow("Lưu bộ lọc này");
  CHECK_FALSE(hoa.shows("Trễ của tôi"));
  hoa.fill("name", "Hiện trường").choose("Dùng chung cho mọi người ở Phường Một").press("Lưu");
  nam.get("/staff").follow("Hiện trường");
  CHECK(nam.address() == "/staff?tab=open&about=place");
  CHECK_FALSE(hai.get("/staff").shows("Hiện trường"));
  // Nobody shares for a unit they do not head, nor takes away what is not theirs.
  const auto by_nam = office.officer("nam"), by_hai = office.officer("hai");
  CHECK(office.outcome([&](db::Write& w) {
    return save_filter(w, by_nam, "Tên", {{"tab", "open"}}, office.units.at("P1"), office.now);
  }) == "feedback.error.not_your_part");
  CHECK(office.outcome([&](db::Write& w) { return remove_filter(w, by_nam, FilterId{2}); }) ==
        "feedback.error.filter_gone");
  CHECK(office.outcome([&](db::Write& w) { return remove_filter(w, by_hai, FilterId{1}); }) ==
        "feedback.error.filter_gone");
  hoa.get("/staff/filters").press("Xóa bộ lọc");
  CHECK_FALSE(nam.get("/staff").shows("Hiện trường"));
  CHECK(nam.shows("Trễ của tôi"));
}

TEST_CASE("heads see who has how much in hand, and nobody else does") {
  Office office;
  const Feedback one = office.lamp(), two = office.lamp(), asked = office.lamp();
  office.do_assign(one, "nam");
  office.do_assign(asked, "nam");
  const OfficerAct act = office.act("nam", asked);
  REQUIRE(office.outcome([&](db::Write& w) { return ask(w, act, "Cột đèn số mấy?"); }) == "ok");
  const Feedback conduct = office.conduct();
  const auto loads = [&](const std::string& login, const char* unit, Instant at) {
    QueueFilter filter{.top = office.units.at(unit).path, .own = {}, .now = at};
    filter.soon_until = at + std::chrono::days(30);
    for (const std::string& place : places_of(office.officer(login)))
      filter.own += "," + place + ",";
    std::string out;
    for (const Workload& each : office.read([&](db::Read& r) { return workloads(r, filter); }))
      out += std::to_string(each.open) + "/" + std::to_string(each.soon) + "/" +
             std::to_string(each.overdue) + " ";
    return out;
  };
  CHECK(loads("hoa", "P1", office.now) == "2/1/0 1/1/0 ");
  CHECK(loads("hoa", "P1", office.now + std::chrono::days(60)) == "2/0/1 1/0/1 ");
  // The city sees its own case too, the ward that it is about does not, wherever it looks.
  CHECK(loads("thanh", "01", office.now) == "2/2/0 2/1/0 ");
  CHECK(loads("hoa", "01", office.now) == "2/1/0 1/1/0 ");
  CHECK(office.browser("nam").get("/staff/workload").status() == 403);
  auto hoa = office.browser("hoa");
  hoa.get("/staff/workload");
  CHECK(hoa.shows("Cán bộ Nam"));
  CHECK(hoa.shows("Chưa giao"));
}

}  // namespace ln::feedback
