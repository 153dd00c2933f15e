#include <doctest/doctest.h>

#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_settings.h"
#include "feature/feedback/feedback_store_settings.h"
#include "test/office.h"

using namespace ln;
using namespace ln::feedback;
using namespace std::chrono_literals;

TEST_CASE("what cannot wait is due in four working hours, and everybody is told why") {
  test::Office city;
  const Feedback lamp = city.lamp();
  auto page = city.browser("tri");
  page.get(test::Office::url(lamp)).follow("Xử lý khẩn");
  page.fill("text", "no").press("Xử lý khẩn");
  CHECK(page.status() == 422);
  page.fill("text", "Dây điện đứt, sát lối vào trường học.").press("Xử lý khẩn");
  const Feedback now_is = city.now_is(lamp);
  REQUIRE(now_is.urgent_at);
  // Monday 9:00: three hours before noon, one after it.
  CHECK(now_is.due_at == test::monday + 5h);
  CHECK(now_is.first_due_at == lamp.first_due_at);
  page.get(test::Office::url(lamp));
  CHECK(page.shows("Khẩn"));
  CHECK_FALSE(page.shows("Vì sao không thể chờ"));
  test::Browser sender(city, city.router, city.site);
  sender.get("/feedback/find").fill("code", lamp.code.shown());
  sender.fill("secret", city.secrets.at(lamp.code.text())).press("Mở hồ sơ");
  CHECK(sender.shows("Dây điện đứt, sát lối vào trường học."));
  CHECK(sender.shows("hạn được tính lại theo mức khẩn"));
}

TEST_CASE("an urgent date only comes nearer, once, and only while the clock runs") {
  Feedback feedback{.code = *Code::parse("22222222")};
  const Topic topic{.deadline = {calendar::Measure::working_hours, 3}};
  feedback.due_at = due_of(topic, test::monday, "").at;
  CHECK_FALSE(may_hurry(feedback, topic, test::monday).ok());
  feedback.due_at = test::monday + 24h * 7;
  CHECK(may_hurry(feedback, topic, test::monday).ok());
  feedback.urgent_at = test::monday;
  CHECK_FALSE(may_hurry(feedback, topic, test::monday).ok());
  feedback.urgent_at.reset();
  for (const State state : {State::asked, State::answered, State::promised, State::closed}) {
    feedback.state = state;
    CHECK_FALSE(may_hurry(feedback, topic, test::monday).ok());
  }
}

TEST_CASE("the value of a topic from before there was an urgent limit still reads") {
  TopicSetting setting;
  setting.topic.code = "lamp";
  setting.topic.name_vi = "Đèn";
  setting.topic.name_en = "Lamp";
  std::string value = value_of(setting);
  const std::string urgent = R"(,"urgent":{"count":4,"measure":"working_hours"})";
  const std::size_t at = value.find(urgent);
  REQUIRE(at != std::string::npos);
  value.erase(at, urgent.size());
  const auto read = read_topic_value("lamp", value);
  REQUIRE(read.ok());
  CHECK(read.value().topic.urgent.count == 4);
}

TEST_CASE("what is due to the hour stays due to the hour after a pause") {
  Feedback feedback{.code = *Code::parse("22222222")};
  const Topic topic{.urgent = {calendar::Measure::working_hours, 4}};
  feedback.due_at = urgent_due_of(topic, test::monday, "").at;
  REQUIRE(feedback.due_at == test::monday + 5h);  // Monday, 14:00
  const calendar::Pause pause{test::monday + 1h, test::monday + 2h};
  feedback.urgent_at = test::monday;
  CHECK(due_after_pause(feedback, topic, pause) == test::monday + 6h);
  // What is counted in days is due when the office closes.
  feedback.urgent_at.reset();
  CHECK(due_after_pause(feedback, topic, pause) == promise_ends_at(local_day(test::monday), ""));
  // So is what was put off to the end of a day.
  feedback.urgent_at = test::monday;
  feedback.extended_from = feedback.due_at;
  feedback.due_at = promise_ends_at(local_day(test::monday), "");
  const Day wednesday = local_day(test::monday) + std::chrono::days(2);  // Tuesday is a holiday
  CHECK(due_after_pause(feedback, topic, pause) == promise_ends_at(wednesday, ""));
}

TEST_CASE("an urgent case that was asked about is due hours later, not at the end of the day") {
  test::Office city;
  const Feedback lamp = city.lamp();
  city.do_assign(lamp, "nam");
  auto triage = city.browser("tri");
  triage.get(test::Office::url(lamp)).follow("Xử lý khẩn");
  triage.fill("text", "Dây điện đứt, sát lối vào trường học.").press("Xử lý khẩn");
  REQUIRE(city.now_is(lamp).due_at == test::monday + 5h);
  auto nam = city.browser("nam");
  nam.get(test::Office::url(lamp, "/ask")).fill("text", "Dây đứt ở số nhà nào?");
  nam.press("Hỏi thêm người dân");
  REQUIRE(city.now_is(lamp).state == State::asked);
  city.now += 1h;
  const CitizenAct act{.citizen = people::Citizen(city.secrets.at(lamp.code.text())),
                       .code = lamp.code,
                       .salts = ledger::draw(city.random),
                       .now = city.now,
                       .text = "Trước số nhà 12."};
  REQUIRE(city.write([&](db::Write& w) { return reply(w, act); }).ok());
  CHECK(city.now_is(lamp).due_at == test::monday + 6h);
}
