// What a slip, a database and a change of it tell of an answer, and what they must not.
#include <doctest/doctest.h>

#include <string>

#include "feature/survey/survey_store_check.h"
#include "test/survey_street.h"

namespace ln::survey {
namespace {

// A page without what is drawn for it: its code and the keys of its form.
std::string same_but(std::string body, const std::string& code) {
  for (std::size_t at = body.find(code); at != std::string::npos; at = body.find(code))
    body.erase(at, code.size());
  for (const std::string_view mark : {R"(name="once")", R"(name="csrf")"})
    if (const std::size_t at = body.find(mark); at != std::string::npos)
      body.erase(body.rfind('<', at), body.find('>', at) - body.rfind('<', at));
  return body;
}

}  // namespace

TEST_CASE("a slip answers once, may change its answer, and shows nobody what was said") {
  Street street;
  street.open(street.plan());
  REQUIRE(street.print(2).ok());
  auto page = street.anybody();
  const std::string slip = "/surveys/slip/" + street.secrets[0];
  page.get("/surveys/slip");
  page.fill("Mã trên phiếu", people::shown_secret(street.secrets[0])).press("Mở phiếu");
  CHECK(page.address() == slip);
  page.choose("Rất hài lòng", "q-polite").press("Gửi câu trả lời");
  CHECK(page.status() == 422);
  CHECK(page.shows("Trả lời câu này"));
  CHECK(page.shows("Chọn bạn trả lời với tư cách nào"));
  CHECK(page.body().find(R"(name="q-polite" type="radio" value="5" checked)") != std::string::npos);
  fill_in(page);
  page.press("Gửi câu trả lời");
  CHECK(page.status() == 200);
  CHECK(page.shows("Đã nhận câu trả lời"));
  CHECK(page.shows("Dấu vân tay"));
  // Of a slip that has answered the page is that of one that has not, but for its code.
  page.get("/surveys/slip/" + street.secrets[1]);
  const std::string fresh = same_but(page.body(), street.secrets[1]);
  page.get(slip);
  CHECK(same_but(page.body(), street.secrets[0]) == fresh);
  CHECK(page.shows("Đã trả lời bằng phiếu này?"));
  fill_in(page);
  page.choose("Rất không hài lòng", "q-polite").press("Gửi câu trả lời");
  CHECK(page.shows("Đã nhận câu trả lời"));
  const auto counts = street.read([&](db::Read& r) { return counts_of(r, street.survey); });
  std::int64_t polite = 0;
  for (const Count& each : counts)
    if (each.question == "polite") {
      CHECK(each.value == 1);
      polite += each.count;
    }
  CHECK(polite == 1);
  CHECK(street.read([&](db::Read& r) { return used_of(r, street.survey); }) == 1);
  page.get("/en" + slip);
  CHECK(page.shows("Answered with this slip before?"));
  // One sentence for a code that never was, and for one that is over.
  page.get("/surveys/slip/" + people::draw_secret(street.random));
  CHECK(page.status() == 404);
  CHECK(page.shows("Mã phiếu không đúng"));
  street.close();
  page.get("/surveys/slip/" + street.secrets[1]);
  CHECK(page.status() == 404);
  CHECK(page.shows("Mã phiếu không đúng"));
}

TEST_CASE("who says the same again is told nothing of it") {
  Street street;
  street.open(street.plan());
  REQUIRE(street.print(1).ok());
  const auto lines = [&] {
    return street.read([](db::Read& r) {
      return *r.one("SELECT count(*) FROM ledger_entry WHERE subject_kind = 'survey_answer'",
                    [](const db::Row& row) { return row.integer(0); });
    });
  };
  auto page = street.anybody();
  page.get("/surveys/slip/" + street.secrets[0]);
  fill_in(page);
  page.press("Gửi câu trả lời");
  CHECK(lines() == 1);
  // Who guesses what the slip said, rightly or wrongly, gets a line and the same sentence.
  const auto right = street.say(street.saying(street.secrets[0], 4));
  const auto again = street.say(street.saying(street.secrets[0], 4));
  const auto wrong = street.say(street.saying(street.secrets[0], 1));
  REQUIRE(right.ok());
  REQUIRE(again.ok());
  REQUIRE(wrong.ok());
  CHECK(lines() == 4);
  CHECK(again.value().line == right.value().line + 1);
  CHECK(wrong.value().line == again.value().line + 1);
  CHECK(street.read([&](db::Read& r) { return used_of(r, street.survey); }) == 1);
}

TEST_CASE("whoever has a slip and the database cannot try out what it said once it is over") {
  const Form form{.code = "f", .version = 1, .questions = {{.code = "a", .kind = Kind::yes_no}}};
  const Given given{.values = {{"a", 1}}, .texts = {{"b", "Chị Hoa"}}};
  CHECK(statement_of(form, given, "x") != statement_of(form, given, "y"));
  CHECK(statement_of(form, given, "x").find("Hoa") == std::string::npos);
  CHECK(statement_of(form, given, "x") == "f 1\nparty person\na 1\nnonce 78\n");
}

TEST_CASE("answers that are not those of the ledger give no figures") {
  const auto faults_after = [](auto change) {
    Street street;
    street.open(street.plan());
    REQUIRE(street.print(20).ok());
    for (int n = 0; n < 15; ++n)
      REQUIRE(street.say(street.saying(street.secrets[n], 1 + n % 5)).ok());
    REQUIRE(street.say(street.saying(street.secrets[0], 5)).ok());
    street.write([&](db::Write& w) { change(w); });
    const auto faults = street.read([](db::Read& r) { return unfit_answers(r); });
    street.now = at_local(street.current().closes_on + std::chrono::days(2));
    CHECK(close_due(street.database, street.now) == (faults.empty() ? 1 : 0));
    auto page = street.anybody();
    page.get(street.url());
    CHECK(page.shows("không khớp với sổ cái") == !faults.empty());
    if (faults.empty()) CHECK(street.read([](db::Read& r) { return unfit_answers(r); }).empty());
    return std::ssize(faults);
  };
  CHECK(faults_after([](db::Write& w) {
          w.run("UPDATE survey_cluster SET size = 1 WHERE survey_id = 0");
        }) == 0);
  CHECK(faults_after([](db::Write& w) {
          w.run("UPDATE survey_value SET value = 5 WHERE question = 'fair'");
        }) == 15);
  CHECK(faults_after([](db::Write& w) {
          w.run("UPDATE survey_answer SET score = 10000 WHERE way = 'slip'");
        }) == 15);
}

TEST_CASE("a change in the same minute is part of a rush, and how many changed is kept") {
  Street street;
  street.open(street.plan());
  REQUIRE(street.print(40).ok());
  for (int n = 0; n < 30; ++n) {
    REQUIRE(street.say(street.saying(street.secrets[n], 5)).ok());
    street.now += std::chrono::minutes(1);
  }
  CHECK(street.read([&](db::Read& r) { return rush_of(r, street.survey); }).most_in_a_minute == 1);
  for (int n = 0; n < 12; ++n) REQUIRE(street.say(street.saying(street.secrets[n], 1)).ok());
  const Rush rush = street.read([&](db::Read& r) { return rush_of(r, street.survey); });
  CHECK(rush.most_in_a_minute == 12);
  street.close();
  CHECK(street.read([&](db::Read& r) { return rush_of(r, street.survey); }).most_in_a_minute == 12);
  const Survey over = street.current();
  const auto figures =
      street.read([&](db::Read& r) { return figures_now(r, over, *find_form(r, over.form)); });
  CHECK(figures.changed == 12);
}

}  // namespace ln::survey
