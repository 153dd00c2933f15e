// The rules of forms, answers and figures.
#include "feature/survey/survey.h"

#include <doctest/doctest.h>

#include "base/embedded.h"
#include "feature/survey/survey_result.h"
#include "feature/survey/survey_store.h"
#include "platform/i18n/i18n.h"
#include "test/world.h"

namespace ln::survey {
namespace {

Form shipped(std::string_view code) {
  const auto file = embedded::find("data/forms/" + std::string(code) + ".json");
  REQUIRE(file.has_value());
  auto read = read_form(*file);
  REQUIRE_MESSAGE(read.form.has_value(), read.fault->where);
  return *read.form;
}

std::string one_question(const std::string& more) {
  return R"({"format":"langnghe form 1","code":"one","version":1,"name":{"vi":"Một","en":"One"},)"
         R"("source":"thử","formula":{"kind":"scaled","name":{"vi":"Trung bình"}},)"
         R"("sections":[{"vi":"Phần","questions":[)" +
         more + "]}]}";
}
const std::string solved =
    R"({"code":"solved","kind":"yes_no","vi":"Đã giải quyết chưa?","required":true,"weight":1})";

TextKey fault_of(const std::string& body) {
  const auto read = read_form(body);
  return read.fault ? read.fault->text : TextKey{};
}

Survey asked(Plan plan = Plan::census) {
  return {.id = SurveyId{3}, .plan = plan, .frame_size = 500, .stage = Stage::closed};
}

}  // namespace

TEST_CASE("the forms that ship can be read, name their sources and what nobody has confirmed") {
  for (const char* code : {"one-stop-nine", "sipas-services", "counter-conduct"}) {
    const Form form = shipped(code);
    CHECK_FALSE(form.source.empty());
    CHECK_FALSE(form.unconfirmed.empty());
    CHECK(form.formula.is_unconfirmed);
    for (const Question& each : form.questions) CHECK_FALSE(each.words.en.empty());
  }
  CHECK(shipped("one-stop-nine").counted().size() == 9);
  CHECK(shipped("sipas-services").counted().size() == 10);
}

TEST_CASE("a form that breaks a rule is refused with its sentence and its place") {
  CHECK(fault_of(one_question(solved)).is_none());
  CHECK(fault_of("{}") == "survey.fault.format"_t);
  CHECK(fault_of(one_question(solved + "," + solved)) == "survey.fault.twice"_t);
  CHECK(fault_of(one_question(R"({"code":"a","kind":"dance","vi":"Câu"})")) ==
        "survey.fault.kind"_t);
  CHECK(fault_of(one_question(R"({"code":"a b","kind":"text","vi":"Câu"},)" + solved)) ==
        "survey.fault.code"_t);
  CHECK(fault_of(one_question(R"({"code":"a","kind":"text","vi":""},)" + solved)) ==
        "survey.fault.words"_t);
  CHECK(fault_of(one_question(R"({"code":"a","kind":"choice","vi":"Câu","options":[]},)" +
                              solved)) == "survey.fault.options"_t);
  CHECK(fault_of(one_question(R"({"code":"a","kind":"choice","vi":"Câu","options":)"
                              R"([{"vi":"A"},{"value":1,"vi":"B"}]},)" +
                              solved)) == "survey.fault.options"_t);
  CHECK(fault_of(one_question(R"({"code":"a","kind":"text","vi":"Câu","weight":1},)" + solved)) ==
        "survey.fault.formula"_t);
  CHECK(fault_of(one_question(R"({"code":"a","kind":"number","vi":"Câu","min":5,"max":5},)" +
                              solved)) == "survey.fault.range"_t);
  CHECK(fault_of(one_question(
            R"({"code":"a","kind":"text","vi":"Câu","show_if":{"question":"solved","is":[1]}},)" +
            solved)) == "survey.fault.show_if"_t);
  CHECK(
      fault_of(one_question(
          solved +
          R"(,{"code":"a","kind":"text","vi":"Câu","show_if":{"question":"solved","is":[7]}})")) ==
      "survey.fault.show_if_value"_t);
  const auto read = read_form(one_question(R"({"code":"lost","kind":"text","vi":""},)" + solved));
  CHECK(read.fault->where == "lost");
}

TEST_CASE("what is not asked is dropped, and what is asked must be there") {
  const Form form = shipped("sipas-services");
  TypedAnswer typed{.all = {{"used", "0"}, {"access_place", "5"}, {"visits", "3"}},
                    .party = "person"};
  const auto none = check_answer(form, typed);
  REQUIRE(none.ok());
  CHECK(none.value().values == Values{{"used", 0}});
  CHECK_FALSE(score_of(form, none.value().values).has_value());
  typed.all["used"] = "1";
  const auto some = check_answer(form, typed);
  REQUIRE_FALSE(some.ok());
  CHECK(some.error().fields.size() == 9);  // of ten on the scale, one was answered
  typed.all["access_place"] = "6";
  typed.party = "ghost";
  const auto wrong = check_answer(form, typed);
  CHECK(wrong.error().fields.front().field == "party");
  CHECK(wrong.error().fields[1].text == "survey.error.choice"_t);
}

TEST_CASE("a formula counts as its name says") {
  Form form = shipped("counter-conduct");
  Values values{{"polite", 5}, {"helpful", 3}, {"fair", 4}, {"prompt", 1}, {"clear", 4}};
  // (2·1 + 2·0.5 + 2·0.75 + 1·0 + 1·0.75) / 8
  CHECK(score_of(form, values) == 6563);
  form.formula.kind = FormulaKind::top_two;
  CHECK(score_of(form, values) == 6250);  // (2 + 0 + 2 + 0 + 1) / 8
  values = {{"prompt", 5}};
  CHECK_FALSE(score_of(form, values).has_value());  // an eighth was answered
  const Form nine = shipped("one-stop-nine");
  values.clear();
  for (const Question* each : nine.counted()) values[each->code] = 2;
  CHECK(score_of(nine, values) == score_max);
  values["attitude"] = 0;
  CHECK(score_of(nine, values) == 8889);  // 16 of 18
}

TEST_CASE("150 of 302 prints 49,7 % with its interval, and never the 61.31 % of the newspaper") {
  const Form form = *read_form(one_question(solved)).form;
  Counted counted{.invited = 500,
                  .counts = {{Way::slip, "solved", 0, 0, 152}, {Way::slip, "solved", 0, 1, 150}},
                  .scores = {{Way::slip, Party::person, 0, 302, 302, 1'500'000, 15'000'000'000}}};
  const Figures figures = figures_of(asked(), form, counted);
  CHECK(figures.answers == 302);
  const QuestionFigures& question = figures.questions.front();
  REQUIRE(question.satisfied.has_value());
  CHECK(stats::tenths_of_percent(*question.satisfied) == 497);
  CHECK(i18n::Voice(i18n::Language::vi).percent(stats::ratio(*question.satisfied)) == "49,7%");
  CHECK(question.interval.low == doctest::Approx(0.4407).epsilon(0.001));
  CHECK(question.interval.high == doctest::Approx(0.5527).epsilon(0.001));
  CHECK(figures.index.value == doctest::Approx(0.496689).epsilon(1e-5));
  const std::string csv = counts_csv(asked(), figures);
  CHECK(csv.find("3,slip,*,solved,1,150\n") != std::string::npos);
  CHECK(csv.find("3,slip,*,*,index,0.496689\n") != std::string::npos);
  CHECK(csv.find("61.31") == std::string::npos);
  // 198 kept silent: whatever they think lies between 30 and 69.6 %.
  CHECK(figures.if_all_answered->low == doctest::Approx(0.3));
  CHECK(figures.if_all_answered->high == doctest::Approx(0.696));
}

TEST_CASE("no count under ten is told, nor can it be had from the others") {
  const Form form = shipped("counter-conduct");
  const auto counted = [&](std::int64_t ones, std::int64_t twos, std::int64_t fives) {
    Counted all{.invited = 400};
    for (const Question& each : form.questions) {
      if (each.kind != Kind::scale) continue;
      all.counts.push_back({Way::slip, each.code, 0, 1, ones});
      all.counts.push_back({Way::slip, each.code, 0, 2, twos});
      all.counts.push_back({Way::slip, each.code, 0, 5, fives});
    }
    const std::int64_t n = ones + twos + fives;
    all.scores = {{Way::slip, Party::person, 0, n, n, n * 8'000, n * 64'000'000}};
    return all;
  };
  const Figures figures = figures_of(asked(), form, counted(3, 20, 200));
  const QuestionFigures& first = figures.questions.front();
  CHECK_FALSE(first.counts[0].has_value());
  CHECK_FALSE(first.counts[1].has_value());  // it would give the other back
  CHECK(first.counts[4] == 200);
  CHECK(first.satisfied->part == 200);
  const std::string csv = counts_csv(asked(), figures);
  CHECK(csv.find("polite,1,\n") != std::string::npos);
  CHECK(csv.find("polite,2,\n") != std::string::npos);
  // Nine people: not even how many.
  const Figures few = figures_of(asked(), form, counted(0, 0, 9));
  CHECK_FALSE(few.answers.has_value());
  CHECK(few.questions.empty());
  CHECK(few.index.verdict == Verdict::too_few);
  CHECK(counts_csv(asked(), few).find(",9\n") == std::string::npos);
}

TEST_CASE("an index of one question is withheld where it would give back a hidden count") {
  const Form form =
      *read_form(one_question(R"({"code":"how","kind":"scale","vi":"Mức","weight":1})")).form;
  Counted counted{.invited = 400,
                  .counts = {{Way::slip, "how", 0, 1, 4},
                             {Way::slip, "how", 0, 2, 15},
                             {Way::slip, "how", 0, 5, 200}},
                  .scores = {{Way::slip, Party::person, 0, 219, 219, 1'900'000, 18'000'000'000}}};
  CHECK(figures_of(asked(), form, counted).index.verdict == Verdict::hidden);
  counted.counts[0].count = 0;
  counted.scores[0].answers = counted.scores[0].count = 215;
  CHECK(figures_of(asked(), form, counted).index.has_value());
}

TEST_CASE("an index is no equation for a hidden count") {
  const Form form = shipped("counter-conduct");
  const auto counted = [&](std::int64_t ones, std::int64_t twos) {
    Counted all{.invited = 400};
    std::int64_t sum = 0;
    for (const Question* each : form.counted()) {
      const bool is_first = each == form.counted().front();
      const std::int64_t low = is_first ? ones : 0, more = is_first ? twos : 0;
      all.counts.push_back({Way::slip, each->code, 0, 1, low});
      all.counts.push_back({Way::slip, each->code, 0, 2, more});
      all.counts.push_back({Way::slip, each->code, 0, 5, 200 - low - more});
      sum += each->weight * (250 * more + 1'000 * (200 - low - more));
    }
    sum = sum * 10 / 8;
    all.scores = {{Way::slip, Party::person, 0, 200, 200, sum, sum / 200 * sum}};
    return all;
  };
  const Figures hidden = figures_of(asked(), form, counted(3, 9));
  CHECK(hidden.index.has_value());
  CHECK(hidden.index.sum == 0);
  CHECK(hidden.index.step == doctest::Approx(0.02));
  const std::string csv = counts_csv(asked(), hidden);
  CHECK(csv.find("score_sum") == std::string::npos);
  CHECK(csv.find("3,slip,*,*,index_step,0.020000\n") != std::string::npos);
  // Whichever of the two few it was, the same is published.
  CHECK(counts_csv(asked(), figures_of(asked(), form, counted(9, 3))) == csv);
  const Figures shown = figures_of(asked(), form, counted(0, 0));
  CHECK(shown.index.step == 0);
  CHECK(shown.index.sum == 200 * score_max);
}

TEST_CASE("who was not asked, or said too little to be scored, is not told where they are few") {
  const Form form = shipped("sipas-services");
  const auto counted = [&](std::int64_t no, std::int64_t bad) {
    const std::int64_t yes = 200 - no;
    Counted all{.invited = 300,
                .counts = {{Way::slip, "used", 0, 0, no}, {Way::slip, "used", 0, 1, yes}},
                .scores = {{Way::slip, Party::person, 0, 200, yes, yes * 9'000, yes * 81'000'000}}};
    for (const Question* each : form.counted()) {
      all.counts.push_back({Way::slip, each->code, 0, 1, bad});
      all.counts.push_back({Way::slip, each->code, 0, 4, 50});
      all.counts.push_back({Way::slip, each->code, 0, 5, yes - bad - 50});
    }
    return all;
  };
  const Figures few = figures_of(asked(), form, counted(5, 0));
  CHECK(few.index.verdict == Verdict::hidden);
  const std::string csv = counts_csv(asked(), few);
  CHECK(csv.find("scored") == std::string::npos);
  CHECK(csv.find(",195\n") == std::string::npos);
  CHECK(csv.find(",5\n") == std::string::npos);
  for (const QuestionFigures& each : few.questions) {
    if (!form.find(each.code)->show_if) continue;
    CHECK_FALSE(each.asked.has_value());
    CHECK_FALSE(each.silent.has_value());
  }
  // Twelve were not asked, which all may know; then it is no cover for the three.
  const Figures told = figures_of(asked(), form, counted(12, 3));
  for (const QuestionFigures& each : told.questions) {
    const Question* question = form.find(each.code);
    if (!question->show_if || question->weight == 0) continue;
    CHECK(each.asked == 188);
    CHECK(each.silent == 0);
    CHECK_FALSE(each.counts[0].has_value());
    CHECK_FALSE(each.counts[3].has_value());
    CHECK(each.counts[4] == 135);
  }
  // Those who have no score are left out of what the silent could have changed.
  const Figures whole = figures_of(asked(), form, counted(12, 0));
  CHECK(whole.index.scored == 188);
  CHECK(whole.if_all_answered->low == doctest::Approx(0.9 * 188 / 288));
  CHECK(whole.if_all_answered->high == doctest::Approx((0.9 * 188 + 100) / 288));
}

TEST_CASE("parties are told apart only where each is nobody or ten, and clerks never count") {
  const Form form = shipped("counter-conduct");
  Counted counted{.invited = 400,
                  .scores = {{Way::slip, Party::person, 0, 200, 200, 1'600'000, 12'900'000'000},
                             {Way::slip, Party::business, 0, 9, 9, 9'000, 9'000'000},
                             {Way::clerk, Party::person, 0, 300, 300, 3'000'000, 30'000'000'000}}};
  const Figures hidden = figures_of(asked(), form, counted);
  CHECK(hidden.parties.empty());
  CHECK(hidden.answers == 209);
  CHECK(hidden.index.value < 0.8);
  CHECK(hidden.other_ways.back().first == Way::clerk);
  CHECK(hidden.other_ways.back().second.value == 1);
  counted.scores[1] = {Way::slip, Party::business, 0, 10, 10, 10'000, 10'000'000};
  const Figures told = figures_of(asked(), form, counted);
  REQUIRE(told.parties.size() == 3);
  CHECK(told.parties[2].second.answers == 10);
}

TEST_CASE("an index of clusters is as wide as they differ, and concludes nothing when too wide") {
  const Form form = shipped("counter-conduct");
  Counted counted{.invited = 400,
                  .scores = {{Way::slip, Party::person, 1, 60, 60, 600'000, 6'000'000'000},
                             {Way::slip, Party::person, 2, 60, 60, 240'000, 960'000'000},
                             {Way::slip, Party::person, 3, 60, 60, 420'000, 2'940'000'000}}};
  const auto people = figures_of(asked(), form, counted).index;
  const auto clusters = figures_of(asked(Plan::clusters), form, counted).index;
  CHECK(people.verdict == Verdict::concluded);
  CHECK(clusters.verdict == Verdict::too_wide);
  CHECK(clusters.has_value());
  counted.scores.resize(1);
  CHECK(figures_of(asked(Plan::clusters), form, counted).index.verdict == Verdict::one_group);
}

TEST_CASE("a slip's code is found however it is typed, and nothing else is one") {
  const auto hash = slip_hash("ABCD-EFGH-JKLM-NPQR-STUV");
  REQUIRE(hash.has_value());
  CHECK(slip_hash("abcd efgh jklm npqr stuv") == hash);
  CHECK_FALSE(slip_hash("ABCD-EFGH-JKLM-NPQR-STU").has_value());
  CHECK_FALSE(slip_hash("ABCD-EFGH-JKLM-NPQR-STU0").has_value());
  CHECK_FALSE(slip_hash("").has_value());
}

}  // namespace ln::survey
