#include "engine/triage/triage.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/embedded.h"
#include "core/units/units_csv.h"
#include "engine/text/text.h"
#include "engine/triage/triage_corpus.h"
#include "engine/triage/triage_model.h"
#include "engine/triage/triage_score.h"

using namespace ln;
using namespace ln::triage;

namespace {

std::vector<units::CsvRow> rows_of(std::string_view path,
                                   std::span<const std::string_view> columns) {
  const auto bytes = embedded::find(path);
  REQUIRE(bytes);
  auto rows = units::read_csv(*bytes, columns);
  REQUIRE(rows.ok());
  return std::move(rows).value();
}

struct Corpus {
  std::vector<Template> templates;
  std::vector<SlotValue> slots;
  std::map<std::string, std::string> about;  // "road": "place/road"
};
constexpr std::string_view city_columns[] = {
    "code",    "parent_code",   "about",          "name_vi",     "name_en",  "hint_vi",
    "hint_en", "deadline_kind", "deadline_count", "is_smallest", "unit_code"};

const Corpus& corpus() {
  static const Corpus made = [] {
    constexpr std::string_view topic_columns[] = {"topic", "text"};
    constexpr std::string_view slot_columns[] = {"slot", "value"};
    Corpus all;
    for (const auto& row : rows_of("data/topics.csv", city_columns))
      all.about[row.cells[0]] = row.cells[2] + "/" + row.cells[0];
    for (const auto& row : rows_of("data/triage/topics.csv", topic_columns))
      all.templates.push_back({all.about[row.cells[0]], row.cells[1]});
    for (const auto& row : rows_of("data/triage/slots.csv", slot_columns))
      all.slots.push_back({row.cells[0], row.cells[1]});
    return all;
  }();
  return made;
}

// The nth template of each topic goes to the test when n % parts == part.
struct Halves {
  std::vector<Example> learned, asked;
};
Halves halves(std::size_t part, std::size_t parts, std::size_t count) {
  std::map<std::string, std::size_t> seen;
  std::map<std::string, bool> is_asked;
  const auto all = expand(corpus().templates, corpus().slots, count);
  Halves made;
  for (const Example& each : all) {
    if (!is_asked.contains(each.group)) is_asked[each.group] = seen[each.label]++ % parts == part;
    (is_asked[each.group] ? made.asked : made.learned).push_back(each);
  }
  return made;
}

std::vector<Example> stripped(std::vector<Example> examples) {
  for (Example& each : examples) each.text = text::fold(each.text);
  return examples;
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

TEST_CASE("the corpus: a dozen templates for each topic there is") {
  std::map<std::string, std::set<std::string>> of_topic;
  for (const Template& each : corpus().templates) of_topic[each.label].insert(each.text);
  const auto topics = rows_of("data/topics.csv", city_columns);
  CHECK(of_topic.size() == topics.size());
  for (const auto& topic : topics) {
    CAPTURE(topic.cells[0]);
    CHECK(of_topic[topic.cells[2] + "/" + topic.cells[0]].size() >= 12);
  }
}

TEST_CASE("topics of texts from templates the model has never seen") {
  constexpr std::size_t parts = 4, count = 5;
  std::size_t asked = 0, right = 0, suggested = 0, suggested_right = 0;
  double f1 = 0, f1_stripped = 0;
  for (std::size_t part = 0; part < 2; ++part) {
    const Halves split = halves(part, parts, count);
    std::set<std::string> groups;
    for (const Example& each : split.learned) groups.insert(each.group);
    for (const Example& each : split.asked) CHECK_FALSE(groups.contains(each.group));
    const auto model = train(split.learned);
    REQUIRE(model);
    const Score marked = score(*model, split.asked), bare = score(*model, stripped(split.asked));
    asked += marked.examples;
    right += marked.right;
    suggested += marked.suggested;
    suggested_right += marked.suggested_right;
    f1 += marked.weighted_f1() / 2;
    f1_stripped += bare.weighted_f1() / 2;
  }
  MESSAGE("26 topics, unseen templates: weighted F1 ", f1, ", stripped ", f1_stripped, ", of ",
          asked, " right ", right, "; suggested ", suggested, ", right ", suggested_right);
  CHECK(f1 >= 0.64);
  CHECK(f1_stripped >= 0.58);
  CHECK(suggested * 100 >= asked * 15);
  CHECK(suggested_right * 100 >= suggested * 72);
}

TEST_CASE("topics of the sample city's reports, which were written by others") {
  constexpr std::string_view columns[] = {"about",     "topic", "kind",     "from",  "unit",
                                          "procedure", "fate",  "language", "title", "body"};
  const auto model = train(expand(corpus().templates, corpus().slots, 5));
  REQUIRE(model);
  std::vector<Example> reports;
  for (const auto& row : rows_of("data/sample/feedback.csv", columns))
    if (row.cells[7] == "vi" || row.cells[7].empty())
      if (!row.cells[1].empty())
        reports.push_back(
            {row.cells[8] + "\n" + row.cells[9], row.cells[0] + "/" + row.cells[1], ""});
  const Score marked = score(*model, reports), bare = score(*model, stripped(reports));
  MESSAGE("sample reports: ", reports.size(), " weighted F1 ", marked.weighted_f1(), ", stripped ",
          bare.weighted_f1(), ", coverage ", marked.coverage(), " precision ", marked.precision(),
          " size ", model->bytes().size());
  CHECK(marked.weighted_f1() >= 0.74);
  CHECK(bare.weighted_f1() >= 0.69);
  CHECK(marked.coverage() >= 0.3);
  CHECK(marked.precision() >= 0.85);
  CHECK(bare.precision() >= 0.8);
  CHECK(model->bytes().size() <= model_size_max);
}
