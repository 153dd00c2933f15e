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
