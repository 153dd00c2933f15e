#include "feature/feedback/feedback_routing.h"

#include <doctest/doctest.h>

#include <string>

#include "base/text.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_stop.h"
#include "engine/merkle/merkle.h"
#include "feature/feedback/feedback_actions_routing.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_store_routing.h"
#include "platform/db/recent.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

using test::Office;

Rule about_lamps() {
  Rule rule;
  rule.name = "Đèn về thành phố";
  rule.about = About::place;
  rule.words = "đèn đường, cot den";
  rule.to_unit = "01";
  return rule;
}

struct Town : Office {
  Town() {
    add("admin", "01");
    add("p1admin", "P1");
    write([](db::Write& w) {
      insert_topic(w,
                   {.code = "slow",
                    .about = About::place,
                    .name_vi = "Việc lâu",
                    .name_en = "Slow",
                    .deadline = {calendar::Measure::working_days, 60}},
                   1);
      insert_topic(w,
                   {.code = "quick",
                    .about = About::place,
                    .name_vi = "Việc nhỏ",
                    .name_en = "Quick",
                    .deadline = {calendar::Measure::working_days, 1}},
                   2);
    });
  }
  void add(const char* login, const char* unit) {
    write([&](db::Write& w) {
      add_account(w, login, "Quản Trị", people::Role::administrator, unit);
    });
  }
  void put(const Rule& rule, bool is_on = true) {
    write([&](db::Write& w) {
      const RuleId id = insert_rule(w, rule);
      switch_rule(w, id, is_on, now, 1);
      db::forget_recent(w);
    });
  }
  std::string unit_code(const Feedback& of) {
    return read([&](db::Read& r) { return units::find(r, of.unit)->code; });
  }
};

}  // namespace

TEST_CASE("a rule fits by what it is about, topic, place and whole words, marks or none") {
  const Rule rule = about_lamps();
  CHECK(fits(rule, {About::place, "", "P1", "Den duong ngõ 12 tắt"}));
  CHECK(fits(rule, {About::place, "road", "", "CỘT ĐÈN nghiêng"}));
  CHECK_FALSE(fits(rule, {About::place, "", "P1", "Đèn tắt"}));
  CHECK_FALSE(fits(rule, {About::place, "", "P1", "cot dendu"}));
  CHECK_FALSE(fits(rule, {About::policy, "", "P1", "đèn đường"}));
  Rule narrow = rule;
  narrow.topic_code = "road";
  narrow.place_unit = "P2";
  CHECK(fits(narrow, {About::place, "road", "P2", "đèn đường"}));
  CHECK_FALSE(fits(narrow, {About::place, "", "P2", "đèn đường"}));
  CHECK_FALSE(fits(narrow, {About::place, "road", "P1", "đèn đường"}));
}

TEST_CASE("the first rule that is on is followed, and no other") {
  Rule first = about_lamps(), second = about_lamps();
  first.name = "1";
  second.name = "2";
  second.is_on = true;
  const RuleFacts facts{About::place, "", "P1", "đèn đường"};
  const Rule both[] = {first, second};
  REQUIRE(first_fit(both, facts) != nullptr);
  CHECK(first_fit(both, facts)->name == "2");
  first.is_on = true;
  const Rule on[] = {first, second};
  CHECK(first_fit(on, facts)->name == "1");
  CHECK(first_fit({}, facts) == nullptr);
}

TEST_CASE("a rule needs a name, a condition and something to do") {
  CHECK(check_rule(about_lamps()).ok());
  const auto wrong = check_rule(Rule{});
  REQUIRE_FALSE(wrong.ok());
  CHECK(wrong.error().fields.size() == 3);
  Rule only_words = about_lamps();
  only_words.about.reset();
  only_words.words = " , ,";
  CHECK_FALSE(check_rule(only_words).ok());
}

TEST_CASE("what is sent follows the rules; what is about an official never does") {
  Town town;
  CHECK(town.unit_code(town.lamp()) == "P1");
  Rule rule = about_lamps();
  rule.words = "đèn";
  town.put(rule, false);
  CHECK(town.unit_code(town.lamp()) == "P1");
  town.put(rule);
  const Feedback lamp = town.lamp();
  CHECK(town.unit_code(lamp) == "01");
  CHECK(lamp.object_unit == town.units.at("P1").id);
  Rule any = rule;
  any.about.reset();
  any.words = "bimatxyz";
  any.to_unit = "P1";
  town.put(any);
  const Feedback conduct = town.conduct();
  CHECK(town.unit_code(conduct) == "01");  // above the unit complained about, as ever
}

TEST_CASE("no rule declines, hides or delays") {
  Town town;
  const Feedback before = town.lamp();
  Rule rule = about_lamps();
  rule.words = "đèn";
  rule.to_unit = "P2";
  rule.to_topic = "slow";
  town.put(rule);
  const Feedback after = town.lamp();
  CHECK(after.state == State::received);
  CHECK(after.is_public == before.is_public);
  CHECK(after.is_protected == before.is_protected);
  CHECK(after.topic.value != 0);
  CHECK(after.due_at == before.due_at);  // sixty days are not waited for
  CHECK(town.read([&](db::Read& r) { return find(r, after.code); }));
  // A rule with every field set still has no word for anything but unit and topic.
  town.write([](db::Write& w) {
    w.run("DELETE FROM feedback_rule");
    db::forget_recent(w);
  });
  rule.to_topic = "quick";
  town.put(rule);
  CHECK(town.lamp().due_at < before.due_at);  // nearer it may be
  // What names a unit or a topic that is no more, changes nothing.
  town.write([](db::Write& w) {
    w.run("UPDATE feedback_rule SET to_unit = 'gone', to_topic = 'gone'");
    db::forget_recent(w);
  });
  const Feedback plain = town.lamp();
  CHECK(plain.unit == before.unit);
  CHECK(plain.topic == before.topic);
}

TEST_CASE("an administrator of the city tries a rule on past cases before it is on") {
  Town town;
  town.lamp();
  town.lamp();
  town.conduct();
  auto admin = town.browser("admin");
  admin.get("/staff/routing");
  CHECK(admin.shows("Chưa có quy tắc nào"));
  admin.press("Thêm, chưa bật");
  CHECK(admin.status() == 422);
  admin.get("/staff/routing")
      .fill("name", "Đèn về Phường Hai")
      .fill("words", "đèn")
      .fill("to_unit", "P9")
      .press("Thêm, chưa bật");
  CHECK(admin.status() == 422);
  admin.fill("to_unit", "P2").press("Thêm, chưa bật");
  CHECK(admin.shows("2 trong 2 vụ việc gần đây đã đi khác."));
  CHECK(admin.shows("Đang tắt"));
  CHECK_FALSE(admin.shows("Ba tuần nay"));  // no word of a case
  CHECK_FALSE(admin.shows("Đèn đường hỏng"));
  CHECK(town.unit_code(town.lamp()) == "P1");
  admin.press("Bật quy tắc");
  CHECK(admin.shows("Đang bật"));
  CHECK(town.unit_code(town.lamp()) == "P2");
  admin.press("Tắt quy tắc");
  CHECK(town.unit_code(town.lamp()) == "P1");
  admin.press("Bỏ quy tắc");
  CHECK(admin.shows("Chưa có quy tắc nào"));
  auto english = town.browser("admin");
  english.get("/en/staff/routing");
  CHECK(english.shows("Routing rules"));
  for (const char* login : {"p1admin", "hoa", "tri"}) {
    auto other = town.browser(login);
    other.get("/staff/routing");
    CHECK(other.status() >= 400);
  }
}

TEST_CASE("what was typed for a rule stays when it cannot be written") {
  Town town;
  auto admin = town.browser("admin");
  admin.get("/staff/routing").fill("name", "Đèn về thành phố").fill("words", "đèn đường");
  admin.fill("to_unit", "01");
  ledger::stop_writing("a test");
  admin.press("Thêm, chưa bật");
  ledger::resume_writing();
  CHECK(admin.status() == 503);
  CHECK(admin.body().find("Đèn về thành phố") != std::string::npos);
  CHECK(admin.body().find("đèn đường") != std::string::npos);
  admin.press("Thêm, chưa bật");
  CHECK(admin.status() == 200);
  REQUIRE(town.read(all_rules).size() == 1);
  // A rule that another has removed meanwhile is no page any more.
  auto slow = town.browser("admin");
  slow.get("/staff/routing").follow("Thử trên các vụ việc");
  town.write([&](db::Write& w) { remove_rule(w, all_rules(w).front().id); });
  slow.press("Bật quy tắc");
  CHECK(slow.status() == 404);
}

TEST_CASE("each change of a rule is a line of the public log and a row of the history") {
  Town town;
  auto admin = town.browser("admin");
  admin.get("/staff/routing")
      .fill("name", "Đèn về Phường Hai")
      .fill("words", "đèn")
      .fill("to_unit", "P2")
      .press("Thêm, chưa bật");
  const auto last_value = [&] {
    const auto fact =
        town.read([](db::Read& r) { return ledger::last_fact(r, ledger::settings_kind); });
    REQUIRE(fact);
    const auto told = std::get<ledger::SettingsFact>(*ledger::parse_fact(fact->payload));
    CHECK(told.list == "rule");
    CHECK(told.code == "rule-1");
    return told.value;
  };
  const auto value_now = [&] {
    const auto rule = town.read([](db::Read& r) { return find_rule(r, RuleId{1}); });
    return merkle::sha256(as_bytes(rule ? value_of(*rule) : "{}"));
  };
  CHECK(last_value() == value_now());
  const auto added = last_value();
  for (const char* act : {"Bật quy tắc", "Tắt quy tắc", "Bỏ quy tắc"}) {
    admin.get("/staff/routing/1").press(act);
    CHECK(last_value() == value_now());
  }
  CHECK(last_value() != added);
  admin.get("/staff/administration");
  CHECK(admin.shows("Quy tắc chuyển: rule-1"));
  CHECK(admin.shows("Đèn về Phường Hai"));
  CHECK_FALSE(admin.shows("Lấy lại như trước"));
}

TEST_CASE("a rule is moved up, and is asked before the one that stood there") {
  Town town;
  Rule first = about_lamps(), second = about_lamps();
  first.name = "Về thành phố";
  first.words = second.words = "đèn";
  second.name = "Về Phường Hai";
  second.to_unit = "P2";
  town.put(first);
  town.put(second);
  CHECK(town.unit_code(town.lamp()) == "01");
  auto admin = town.browser("admin");
  admin.get("/staff/routing").press("Đưa lên trước: Về Phường Hai");
  CHECK(admin.status() == 200);
  CHECK(town.unit_code(town.lamp()) == "P2");
  CHECK_FALSE(admin.shows("Đưa lên trước: Về Phường Hai"));  // it is the first one now
  admin.press("Đưa lên trước: Về thành phố");
  CHECK(town.unit_code(town.lamp()) == "01");
}

}  // namespace ln::feedback
