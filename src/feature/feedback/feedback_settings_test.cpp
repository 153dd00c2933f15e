// Topics that an administrator changes.
#include "feature/feedback/feedback_settings.h"

#include <doctest/doctest.h>

#include "core/ledger/ledger_public_actions.h"
#include "core/settings/settings_store.h"
#include "engine/merkle/merkle_leaf.h"
#include "feature/feedback/feedback_actions_settings.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_settings.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

constexpr std::chrono::days one_day{1};

TopicSetting lamp_topic() {
  return {.topic = {.code = "lamp",
                    .about = About::place,
                    .name_vi = "Đèn đường",
                    .name_en = "Street lamp",
                    .deadline = {calendar::Measure::working_days, 3},
                    .unit_code = "P1"},
          .questions = {{.topic_code = "lamp",
                         .code = "side",
                         .text_vi = "Bên nào đường?",
                         .text_en = "Which side?",
                         .form = AnswerForm::choice,
                         .is_required = true,
                         .choices_vi = {"Bên trái", "Bên phải"},
                         .choices_en = {"Left", "Right"}}}};
}

struct CityHall : test::Office {
  CityHall() {
    write([&](db::Write& w) {
      add_account(w, "admin", "Quản Trị", people::Role::administrator, "01");
      add_account(w, "ward", "Quản Trị Phường", people::Role::administrator, "P1");
    });
  }
  people::Administrator who(const std::string& login) {
    const auto staff = read([&](db::Read& r) {
      return people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now);
    });
    return *people::Administrator::of(*staff);
  }
  TopicChange wish(const TopicSetting& setting) {
    return {.setting = setting,
            .seen = value(setting.topic.code),
            .from = local_day(now),
            .reason = "Quyết định 12"};
  }
  Result<std::int64_t> set(const TopicChange& change, const std::string& login = "admin") {
    const auto admin = who(login);
    return write([&](db::Write& w) { return change_topic(w, admin, change, now); });
  }
  Result<Done> take_back(std::int64_t id) {
    const auto admin = who("admin");
    return write([&](db::Write& w) { return undo_change(w, admin, id, now); });
  }
  std::string value(const std::string& code) {
    return read([&](db::Read& r) { return topic_value(r, code); });
  }
  Result<Prepared> tell(const std::string& side) {
    Typed typed;
    typed.about = "place";
    typed.topic = "lamp";
    typed.unit = "P1";
    typed.body = "Đèn ngõ 12 không sáng ba tuần nay.";
    if (!side.empty()) typed.extras = {{"side", side}};
    return read([&](db::Read& r) { return prepare(r, typed, random, now); });
  }
};

std::string fields_of_refusal(const auto& result) {
  if (result.ok()) return "fine";
  std::string out;
  for (const FieldError& each : result.error().fields) out += each.field + " ";
  return out;
}

}  // namespace

TEST_CASE("a value reads back as the setting it was written from, and nothing else does") {
  const std::string value = value_of(lamp_topic());
  const auto back = read_topic_value("lamp", value);
  REQUIRE(back.ok());
  CHECK(value_of(back.value()) == value);
  CHECK(back.value().questions.at(0).choices_en.at(1) == "Right");
  CHECK_FALSE(read_topic_value("lamp", value + " ").ok());
  CHECK_FALSE(read_topic_value("lamp", "{}").ok());
  CHECK_FALSE(read_topic_value("lamp", "").ok());
  std::string more = value;
  more.insert(1, R"("a":1,)");
  CHECK_FALSE(read_topic_value("lamp", more).ok());
}

TEST_CASE("an answer is what its question asks for") {
  TopicQuestion question{.form = AnswerForm::number};
  CHECK(wrong_with_answer(question, "12").is_none());
  CHECK_FALSE(wrong_with_answer(question, "mười hai").is_none());
  question.form = AnswerForm::day;
  CHECK(wrong_with_answer(question, "24/11/2026").is_none());
  CHECK(wrong_with_answer(question, "01/02/2026").is_none());
  for (const char* wrong : {"2026", "31/2/2026", "24/11/26", "1/1", "/", "//", "a/b/c"})
    CHECK_FALSE(wrong_with_answer(question, wrong).is_none());
  question.form = AnswerForm::choice;
  question.choices_vi = {"Bên trái", "Bên phải"};
  CHECK(wrong_with_answer(question, "Bên trái").is_none());
  CHECK_FALSE(wrong_with_answer(question, "Ở giữa").is_none());
}

TEST_CASE("a new topic is asked for, with its question, and taken back it is switched off") {
  CityHall hall;
  const auto made = hall.set(hall.wish(lamp_topic()));
  REQUIRE(made.ok());
  // The question must be answered, and by one of its list.
  CHECK(fields_of_refusal(hall.tell("")) == "extra_side ");
  CHECK(fields_of_refusal(hall.tell("Ở giữa")) == "extra_side ");
  const auto prepared = hall.tell("Bên trái");
  REQUIRE(prepared.ok());
  const auto sent = hall.write([&](db::Write& w) { return submit(w, prepared.value(), hall.now); });
  REQUIRE(sent.ok());
  // The public log says it, without a word of it.
  const auto last =
      hall.read([](db::Read& r) { return ledger::last_fact(r, ledger::settings_kind); });
  REQUIRE(last);
  const auto fact = ledger::parse_fact(last->payload);
  REQUIRE(fact);
  CHECK(std::get<ledger::SettingsFact>(*fact).code == "lamp");
  CHECK(std::get<ledger::SettingsFact>(*fact).value ==
        merkle::sha256(as_bytes(value_of(lamp_topic()))));

  // The question changes; the case keeps the one it was asked.
  TopicSetting other = lamp_topic();
  other.questions[0].text_vi = "Phía nào?";
  const auto changed = hall.set(hall.wish(other));
  REQUIRE(changed.ok());
  const auto kept = hall.read([&](db::Read& r) { return asked_of(r, sent.value().feedback.id); });
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].question_vi == "Bên nào đường?");

  // Only the last change can be taken back, and each only once.
  CHECK(hall.take_back(made.value()).error().kind == ErrorKind::conflict);
  REQUIRE(hall.take_back(changed.value()).ok());
  CHECK(hall.value("lamp") == value_of(lamp_topic()));
  CHECK(hall.take_back(changed.value()).error().kind == ErrorKind::conflict);
  CHECK(hall.take_back(4711).error().kind == ErrorKind::not_found);
}

TEST_CASE("a topic that is taken back is offered no more, and its cases keep it") {
  CityHall hall;
  const auto made = hall.set(hall.wish(lamp_topic()));
  REQUIRE(made.ok());
  REQUIRE(hall.take_back(made.value()).ok());
  CHECK_FALSE(hall.read([](db::Read& r) { return find_topic(r, "lamp"); }));
  CHECK(hall.read([](db::Read& r) { return find_topic_setting(r, "lamp"); }));
  CHECK(fields_of_refusal(hall.tell("Bên trái")) == "topic ");
}

TEST_CASE("a change that is dated waits for its day, and can be withdrawn until then") {
  CityHall hall;
  REQUIRE(hall.set(hall.wish(lamp_topic())).ok());
  TopicSetting slower = lamp_topic();
  slower.topic.deadline.count = 9;
  TopicChange later = hall.wish(slower);
  later.from = local_day(hall.now) + one_day;
  const auto waits = hall.set(later);
  REQUIRE(waits.ok());
  CHECK(hall.value("lamp") == value_of(lamp_topic()));
  CHECK(apply_due_settings(hall.database, hall.now) == 0);
  CHECK(hall.set(later).error().kind == ErrorKind::conflict);
  REQUIRE(hall.take_back(waits.value()).ok());
  CHECK(apply_due_settings(hall.database, hall.now + one_day) == 0);

  REQUIRE(hall.set(later).ok());
  const auto before = hall.tell("Bên trái");
  CHECK(apply_due_settings(hall.database, hall.now + one_day) == 1);
  CHECK(apply_due_settings(hall.database, hall.now + one_day) == 0);
  CHECK(hall.value("lamp") == value_of(slower));
  // New cases alone have the new limit.
  CHECK(hall.tell("Bên trái").value().feedback.due_at > before.value().feedback.due_at);
}

TEST_CASE("everything that is wrong with a topic is told at once") {
  CityHall hall;
  TopicChange change{.setting = lamp_topic(), .from = local_day(hall.now) - one_day};
  Topic& topic = change.setting.topic;
  topic.code = "Đèn";
  topic.name_vi = "";
  topic.deadline.count = 0;
  topic.parent_code = "lamp";
  topic.unit_code = "P9";
  change.setting.questions[0].choices_en.pop_back();
  CHECK(fields_of_refusal(hall.read([&](db::Read& r) {
          return check_topic_change(r, change, hall.now);
        })) == "code name_vi count q1_choices_vi parent unit from reason ");
  // A topic cannot stand below itself.
  REQUIRE(hall.set(hall.wish(lamp_topic())).ok());
  TopicSetting child = lamp_topic();
  child.topic.code = "lamp-old";
  child.topic.parent_code = "lamp";
  REQUIRE(hall.set(hall.wish(child)).ok());
  TopicSetting loop = lamp_topic();
  loop.topic.parent_code = "lamp-old";
  CHECK(fields_of_refusal(hall.set(hall.wish(loop))) == "parent ");
  CHECK(fields_of_refusal(hall.set(hall.wish(lamp_topic()))) == "reason ");
}

TEST_CASE("only an administrator of the city changes topics, and of the value they saw") {
  CityHall hall;
  CHECK(hall.set(hall.wish(lamp_topic()), "ward").error().kind == ErrorKind::forbidden);
  REQUIRE(hall.set(hall.wish(lamp_topic())).ok());
  TopicSetting one = lamp_topic(), two = lamp_topic();
  one.topic.hint_vi = "Một";
  two.topic.hint_vi = "Hai";
  const TopicChange first = hall.wish(one), second = hall.wish(two);
  REQUIRE(hall.set(first).ok());
  CHECK(hall.set(second).error().kind == ErrorKind::conflict);
  // In the browser nothing that was typed is lost.
  auto admin = hall.browser("admin");
  admin.get("/staff/administration/topics/lamp")
      .fill("hint_vi", "Ba")
      .fill("reason", "Quyết định 3");
  REQUIRE(hall.set(hall.wish(two)).ok());
  admin.press("Ghi thay đổi");
  CHECK(admin.status() == 409);
  CHECK(admin.shows("Người khác vừa thay đổi mục này."));
  CHECK(admin.body().find(R"(value="Ba")") != std::string::npos);
  CHECK(admin.press("Ghi thay đổi").shows("Đã ghi."));
  CHECK(hall.browser("ward").get("/staff/administration").status() == 403);
  CHECK(hall.browser("hoa").get("/staff/administration").status() == 403);
  CHECK(hall.browser("omb").get("/staff/administration/topics/lamp").status() == 403);
}

TEST_CASE("the history of changes is read page by page") {
  CityHall hall;
  for (int n = 0; n < 53; ++n) {
    TopicSetting setting = lamp_topic();
    setting.topic.hint_vi = "Lần " + std::to_string(n);
    REQUIRE(hall.set(hall.wish(setting)).ok());
  }
  auto admin = hall.browser("admin");
  admin.get("/staff/administration");
  const auto rows = [&] {
    std::size_t count = 0;
    for (std::size_t at = admin.body().find("Quyết định 12"); at != std::string::npos;
         at = admin.body().find("Quyết định 12", at + 1))
      ++count;
    return count;
  };
  CHECK(rows() == 50);
  admin.follow("Trang sau");
  CHECK(rows() == 3);
  CHECK_FALSE(admin.shows("Trang sau"));
  admin.follow("Trang trước");
  CHECK(rows() == 50);
}

TEST_CASE("an administrator changes a topic in the browser, sees it in the history and undoes it") {
  CityHall hall;
  auto admin = hall.browser("admin");
  admin.get("/staff/administration/topics/new")
      .fill("code", "lamp")
      .fill("name_vi", "Đèn đường")
      .fill("name_en", "Street lamp")
      .fill("count", "0")
      .press("Ghi thay đổi");
  CHECK(admin.status() == 422);
  CHECK(admin.shows("Thời hạn là một số từ 1 đến 365."));
  admin.fill("count", "3").fill("reason", "Quyết định 12").press("Ghi thay đổi");
  CHECK(admin.shows("Đã ghi."));
  CHECK(admin.shows("Quyết định 12"));
  CHECK(hall.read([](db::Read& r) { return find_topic(r, "lamp"); }));
  admin.press("Lấy lại như trước: lamp");
  CHECK_FALSE(hall.read([](db::Read& r) { return find_topic(r, "lamp"); }));
  CHECK(admin.get("/staff/administration/topics").shows("Đã ngừng dùng"));
}

}  // namespace ln::feedback
