#include "engine/triage/triage.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/text/text.h"
#include "engine/text/text_similar.h"
#include "engine/triage/triage_corpus.h"
#include "engine/triage/triage_model.h"
#include "engine/triage/triage_score.h"
#include "test/triage_quality.h"

using namespace ln;
using namespace ln::triage;

namespace {

// A line of the numbers that matter.
std::string shown(const Score& score) {
  const auto number = [](double value) { return std::to_string(value).substr(0, 5); };
  return "of " + std::to_string(score.examples) + " right " + std::to_string(score.right) +
         ", weighted F1 " + number(score.weighted_f1()) + ", mean of labels " +
         number(score.macro_f1()) + ", without the others " + number(score.macro_f1_named()) +
         ", suggested " + number(score.coverage()) + ", right " + number(score.precision()) +
         ", calibration error " + number(score.calibration_error) + ", Brier " +
         number(score.brier);
}

std::vector<Example> two_topics() {
  std::vector<Example> examples;
  const std::string light[] = {"đèn đường tắt tối om", "bóng đèn cháy", "cột đèn không sáng"};
  const std::string waste[] = {"rác chất đống hôi thối", "đổ rác trộm", "xe rác không đến"};
  for (int n = 0; n < 10; ++n)
    for (std::size_t i = 0; i < 3; ++i) {
      const std::string group = std::to_string(n * 3 + static_cast<int>(i));
      examples.push_back({light[i] + " số " + group, "light", "l" + group});
      examples.push_back({waste[i] + " số " + group, "waste", "w" + group});
    }
  return examples;
}

}  // namespace

TEST_CASE("a text is known by its words, with and without diacritics") {
  const auto model = train(two_topics());
  REQUIRE(model);
  for (const auto* text : {"Đèn trước nhà tắt rồi", "den truoc nha tat roi", "bong den chay"}) {
    const Guess guess = model->suggest(text);
    CHECK(guess.best[0].label == "light");
    CHECK_FALSE(guess.abstains);
  }
  CHECK(model->suggest("RÁC hôi quá").best[0].label == "waste");
  const auto why = model->why("Kính gửi phường, đèn đường trước nhà tôi", "light");
  REQUIRE_FALSE(why.empty());
  CHECK(std::ranges::any_of(
      why, [](const std::string& words) { return words.find("đèn") != std::string::npos; }));
  CHECK(model->why("đèn", "nothing known").empty());
}

TEST_CASE("a text of unknown words gets no suggestion") {
  const auto model = train(two_topics());
  REQUIRE(model);
  CHECK(model->suggest("xyzzy qwrt").abstains);
  CHECK(model->suggest("").abstains);
  CHECK(model->why("", "light").empty());
}

TEST_CASE("whoever knows the family is told of no other") {
  auto examples = two_topics();
  for (Example& each : examples)
    each.label = (each.label == "light" ? "place/" : "office/") + each.label;
  const auto model = train(examples);
  REQUIRE(model);
  CHECK(model->suggest("đèn đường tắt").best.size() == 2);
  const Guess guess = model->suggest("đèn đường tắt", 3, "office/");
  REQUIRE(guess.best.size() == 1);
  CHECK(guess.best[0].label == "office/waste");
  CHECK(guess.best[0].probability == 1);
  const Guess none = model->suggest("đèn đường tắt", 3, "policy/");
  CHECK(none.best.empty());
  CHECK(none.abstains);
}

TEST_CASE("what cannot be learned gives no model, and what was hardly seen is never sure") {
  CHECK_FALSE(train({}));
  const Example one[] = {{"đèn tắt", "light", "1"}};
  CHECK_FALSE(train(one));
  // Two examples: a model, but nothing was held back that could say how sure it may be.
  const Example two[] = {{"đèn tắt", "light", "1"}, {"rác hôi", "waste", "2"}};
  const auto model = train(two);
  REQUIRE(model);
  CHECK(model->threshold() > 1);
  CHECK(model->suggest("đèn tắt").abstains);
}

TEST_CASE("two trainings give the same bytes, in one go or in pieces, and a model its own") {
  const auto examples = two_topics();
  const auto model = train(examples);
  REQUIRE(model);
  Training pieces(examples);
  std::size_t steps = 1;
  while (pieces.step()) ++steps;
  CHECK(steps == 12);  // two labels, six rounds
  CHECK(pieces.take()->bytes() == model->bytes());
  const auto again = Model::read(model->bytes());
  REQUIRE(again);
  CHECK(again->bytes() == model->bytes());
  CHECK(again->suggest("đèn tắt").best[0].probability ==
        model->suggest("đèn tắt").best[0].probability);
}

TEST_CASE("a model cut short, longer or spoilt is none") {
  const std::string bytes = train(two_topics())->bytes();
  REQUIRE(Model::read(bytes));
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{7}, std::size_t{20}, std::size_t{300'000}, bytes.size() - 1})
    CHECK_FALSE(Model::read(std::string_view(bytes).substr(0, std::min(size, bytes.size() - 1))));
  CHECK_FALSE(Model::read(bytes + "x"));
  std::string spoilt = bytes;
  spoilt[12] = spoilt[13] = spoilt[14] = spoilt[15] = '\xFF';  // a temperature that is no number
  CHECK_FALSE(Model::read(spoilt));
  spoilt = bytes;
  spoilt[8] = '\xFF';  // labels
  CHECK_FALSE(Model::read(spoilt));
  spoilt = bytes;
  spoilt[bytes.size() / 2] ^= 1;  // more or fewer rows than bits, or another weight
  const auto other = Model::read(spoilt);
  CHECK((!other || other->bytes() == spoilt));
}

TEST_CASE("memory is bounded: examples beyond the limit are left out from the end") {
  auto examples = two_topics();
  const auto whole = train(examples, {.features_max = 4'000});
  REQUIRE(whole);
  examples.resize(examples.size() * 3 / 4);
  const auto less = train(examples, {.features_max = 4'000});
  REQUIRE(less);
  CHECK(whole->bytes() == less->bytes());
}

TEST_CASE("the manners of writing") {
  CHECK(written("Đèn tắt, tối. Không sửa", Manner::in_haste, 0) == "đèn tắt,tối.không sửa");
  CHECK(written("Đèn tắt", Manner::without_marks, 0) == "den tat");
  CHECK(written("Đèn không được sửa", Manner::in_short, 0) == "đèn ko dc sửa");
  const std::string text = "Những người phường nghiêng thường khuyên";
  const std::string wrong = written(text, Manner::mistyped, 7);
  CHECK(wrong != text);
  CHECK(wrong == written(text, Manner::mistyped, 7));
  const Template one[] = {{"x", "{a} và {b}"}};
  const SlotValue slots[] = {{"a", "một"}};
  CHECK(expand(one, slots, 1)[0].text == "một và {b}");
}

TEST_CASE("a score: errors by label, how sure it was, and scores put together") {
  const auto model = train(two_topics());
  REQUIRE(model);
  const Example asked[] = {{"đèn đường tắt", "light", ""},
                           {"bóng đèn cháy", "light", ""},
                           {"rác hôi", "light", ""},  // its label is wrong
                           {"xe rác không đến", "waste", ""}};
  const Score whole = score(*model, asked);
  CHECK(whole.examples == 4);
  CHECK(whole.right == 3);
  REQUIRE(whole.labels.size() == 2);
  CHECK(whole.labels[0].f1() == doctest::Approx(4.0 / 5));
  CHECK(whole.labels[1].f1() == doctest::Approx(2.0 / 3));
  // Sure of all four and wrong in one: far from right by about a quarter.
  CHECK(whole.calibration_error == doctest::Approx(0.25).epsilon(0.2));
  CHECK(whole.brier == doctest::Approx(0.5).epsilon(0.2));
  const Score halves[] = {score(*model, std::span(asked).first(1)),
                          score(*model, std::span(asked).subspan(1))};
  const Score joined = together(halves);
  CHECK(joined.right == whole.right);
  CHECK(joined.macro_f1() == doctest::Approx(whole.macro_f1()));
  CHECK(joined.brier == doctest::Approx(whole.brier));
  CHECK(joined.log_loss == doctest::Approx(whole.log_loss));
  CHECK(together({}).examples == 0);
  // Of a label that was never asked for only the wrong answers count, and it is in no mean.
  const Example unknown[] = {{"đèn", "what-other", ""}, {"đèn", "light", ""}};
  CHECK(score(*model, unknown).macro_f1() == doctest::Approx(1.0 / 3));
  CHECK(score(*model, unknown).macro_f1_named() == doctest::Approx(2.0 / 3));
}

TEST_CASE("the corpus: forty situations and more for each topic there is") {
  std::map<std::string, std::set<std::string>> of_topic;
  for (const Template& each : test::triage_corpus().templates)
    of_topic[each.label].insert(each.text);
  const auto topics = test::shipped_rows("data/topics.csv", test::topic_columns);
  CHECK(of_topic.size() == topics.size());
  for (const auto& topic : topics) {
    CAPTURE(topic.cells[0]);
    CHECK(of_topic[topic.cells[2] + "/" + topic.cells[0]].size() >= 60);
  }
}

TEST_CASE("no situation of the corpus is told twice, and none is a report of the sample city") {
  constexpr double alike = 0.4;  // of the pairs of syllables; cases are near-copies from 0.5
  std::vector<text::Shingles> told, reports;
  for (const Template& each : test::triage_corpus().templates)
    told.push_back(text::pairs_of(each.text));
  for (const Example& each : test::sample_reports()) reports.push_back(text::pairs_of(each.text));
  for (std::size_t i = 0; i < told.size(); ++i) {
    CAPTURE(test::triage_corpus().templates[i].text);
    for (std::size_t other = 0; other < i; ++other)
      if (text::likeness(told[i], told[other]) >= alike)
        FAIL_CHECK("twice: " << test::triage_corpus().templates[other].text);
    for (const text::Shingles& report : reports)
      if (text::likeness(told[i], report) >= alike) FAIL_CHECK("a report of the sample city");
  }
}

TEST_CASE("topics of texts from templates the model has never seen") {
  // Each template is learned from, in two manners, or asked about, once.
  const test::TriageHalves halves = test::halves_by_template(0);
  CHECK(halves.learned.size() / 2 + halves.asked.size() == test::triage_corpus().templates.size());
  std::set<std::string> learned;
  for (const Example& each : halves.learned) learned.insert(text::fold(each.text));
  for (const Example& each : halves.asked) CHECK_FALSE(learned.contains(text::fold(each.text)));
  const auto unseen = test::quality_of_unseen(1);
  MESSAGE("26 topics, unseen templates: ", shown(unseen.marked),
          "; stripped: ", shown(unseen.stripped));
  CHECK(unseen.marked.macro_f1() >= 0.81);
  CHECK(unseen.marked.macro_f1_named() >= 0.82);
  CHECK(unseen.stripped.macro_f1() >= 0.76);
  CHECK(unseen.marked.coverage() >= 0.90);
  CHECK(unseen.marked.precision() >= 0.85);
  CHECK(unseen.marked.calibration_error <= 0.06);
  CHECK(unseen.marked.brier <= 0.29);
}

TEST_CASE("topics of the sample city's reports, which were written by others") {
  const auto& corpus = test::triage_corpus();
  const auto model = train(expand(corpus.templates, corpus.slots, 2));
  REQUIRE(model);
  const auto sample = test::quality_of(*model, test::sample_reports());
  MESSAGE("sample reports: ", shown(sample.marked), "; stripped: ", shown(sample.stripped),
          "; size ", sample.model_size);
  CHECK(sample.marked.weighted_f1() >= 0.81);
  CHECK(sample.marked.macro_f1_named() >= 0.83);
  CHECK(sample.stripped.weighted_f1() >= 0.78);
  CHECK(sample.marked.coverage() >= 0.95);
  CHECK(sample.marked.precision() >= 0.81);
  CHECK(sample.marked.calibration_error <= 0.09);
  CHECK(sample.model_size <= model_size_max);
}
