// The rules of a draft: what a person may do to it, and that whatever they do leaves a form.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/embedded.h"
#include "base/random.h"
#include "feature/survey/survey_actions_draft.h"

namespace ln::survey {
namespace {

Form new_draft() {
  const auto made = begun("tried", {.name_vi = "Thử",
                                    .source = "Phường Một",
                                    .formula = "scaled",
                                    .formula_vi = "Trung bình",
                                    .sections = "Một | One\nHai"});
  REQUIRE(made.ok());
  return made.value();
}

Form after(const Form& form, const Edit& edit) {
  const auto done = edited(form, edit);
  REQUIRE_MESSAGE(done.ok(), (done.ok() ? "" : done.error().text.name()));
  return done.value();
}

std::string refusal(const Form& form, const Edit& edit) {
  const auto done = edited(form, edit);
  if (done.ok()) return "";
  const Error& error = done.error();
  if (error.fields.empty()) return std::string(error.text.name());
  return error.fields.front().field + ": " + std::string(error.fields.front().text.name());
}

TypedQuestion asks(const std::string& vi, const std::string& section = "0") {
  return {.vi = vi, .section = section};
}

// "q1" is yes or no, "q2" a choice of three, "q3" is asked only after its second.
Form three() {
  Form form = after(new_draft(), Add{Kind::yes_no, asks("Có hài lòng không?")});
  TypedQuestion choice = asks("Vì sao?");
  choice.options = "Chờ lâu | Waiting | 1\nThái độ | Conduct\nGiá | Price | 3";
  form = after(form, Add{Kind::choice, choice});
  TypedQuestion text = asks("Ai?", "1");
  text.if_question = "q2";
  text.if_is = {"1"};
  return after(form, Add{Kind::text, text});
}

std::vector<std::string> codes(const Form& form) {
  std::vector<std::string> all;
  for (const Question& each : form.questions) all.push_back(each.code);
  return all;
}

}  // namespace

TEST_CASE("a form's code is made of its name") {
  CHECK(code_for("Mức hài lòng, quý III") == "muc-hai-long-quy-iii");
  CHECK(code_for("???") == "form");
  CHECK(code_for(std::string(300, 'a')).size() <= 40);
}

TEST_CASE("what is typed about a form is checked beside each field") {
  const auto bad = begun(
      "tried",
      {.name_vi = " ", .name_en = std::string(501, 'a'), .formula = "magic", .sections = "|One"});
  REQUIRE_FALSE(bad.ok());
  std::vector<std::string> fields;
  for (const FieldError& each : bad.error().fields) fields.push_back(each.field);
  CHECK(fields == std::vector<std::string>{"name_vi", "name_en", "source", "sections", "formula",
                                           "formula_vi"});
  const Form form = new_draft();
  CHECK(form.sections.size() == 2);
  CHECK(form.sections[0].en == "One");
  REQUIRE(fault_in(form));
  CHECK(fault_in(form)->text == "survey.fault.count"_t);
}

TEST_CASE("options keep their numbers when their words are corrected, moved or joined by others") {
  Form form = three();
  TypedQuestion typed = typed_of(*form.find("q2"));
  typed.options = "Mới | New\nThái độ | Conduct\nChờ quá lâu | Waiting | 1\nGiá | Price | 3";
  form = after(form, Change{"q2", typed});
  const auto& options = form.find("q2")->options;
  REQUIRE(options.size() == 4);
  CHECK(options[1].value == 1);
  CHECK(options[3].value == 2);
  CHECK(options[3].points == 3);
  // The first line lost its words where it stood, so it is the one that was written anew.
  CHECK(options[0].value == 0);
  CHECK(options[2].value == 3);
  // The condition still names "Thái độ"; without it there would be nothing to depend on.
  form = three();
  typed.options = "Chờ lâu\nGiá";
  CHECK(refusal(form, Change{"q2", typed}) == "options: survey.draft.error.option_needed");
}

TEST_CASE("each field of a question is refused in its own words") {
  const Form form = three();
  const auto with_options = [&](const std::string& lines) {
    TypedQuestion typed = asks("Câu");
    typed.options = lines;
    return refusal(form, Add{Kind::choice, typed});
  };
  CHECK(with_options("Một") == "options: survey.draft.error.options");
  CHECK(with_options("Một\nMột") == "options: survey.draft.error.option_twice");
  CHECK(with_options("Một\n| Two") == "options: survey.draft.error.option_words");
  CHECK(with_options("Một\nHai | Two | 101") == "options: survey.draft.error.points");
  CHECK(with_options("Một\nHai | Two | 3 | 4") == "options: survey.draft.error.points");
  CHECK(refusal(form, Add{Kind::scale, asks("")}) == "vi: survey.draft.error.words");
  CHECK(refusal(form, Add{Kind::scale, asks("Câu", "2")}) == "section: survey.draft.error.section");
  TypedQuestion typed = asks("Câu");
  typed.weight = "1001";
  CHECK(refusal(form, Add{Kind::scale, typed}) == "weight: survey.draft.error.weight");
  typed.weight = "1";
  CHECK(refusal(form, Add{Kind::text, typed}) == "weight: survey.draft.error.not_counted");
  CHECK(refusal(form, Add{Kind::scale, typed}).empty());
  typed = asks("Câu");
  CHECK(refusal(form, Add{Kind::number, typed}) == "min: survey.draft.error.number");
  typed.min = "5";
  typed.max = "5";
  CHECK(refusal(form, Add{Kind::number, typed}) == "max: survey.fault.range");
  typed = asks("Câu", "1");
  typed.if_question = "q1";
  CHECK(refusal(form, Add{Kind::text, typed}) == "if_is: survey.draft.error.if_is");
  typed.if_is = {"7"};
  CHECK(refusal(form, Add{Kind::text, typed}) == "if_is: survey.draft.error.if_is");
  typed.if_question = "q3";
  CHECK(refusal(form, Add{Kind::text, typed}) == "if_question: survey.draft.error.if_question");
  typed.if_question = "gone";
  CHECK(refusal(form, Add{Kind::text, typed}) == "if_question: survey.draft.error.if_question");
  typed = typed_of(*form.find("q1"));
  typed.if_question = "q2";
  typed.if_is = {"1"};
  CHECK(refusal(form, Change{"q1", typed}) == "if_question: survey.draft.error.if_question");
  typed = asks("Câu");
  typed.help_en = "Only English";
  CHECK(refusal(form, Add{Kind::text, typed}) == "help_vi: survey.draft.error.words");
}

TEST_CASE("questions move in and between sections, and never before what they depend on") {
  Form form = three();
  CHECK(codes(after(form, Move{"q1", false})) == std::vector<std::string>{"q2", "q1", "q3"});
  CHECK(codes(after(form, Move{"q1", true})) == codes(form));  // first of all
  CHECK(codes(after(form, Move{"q3", false})) == codes(form));
  // Over the edge of its section.
  form = after(form, Move{"q3", true});
  CHECK(form.find("q3")->section == 0);
  CHECK(refusal(form, Move{"q3", true}) == "survey.draft.error.needed_before");
  CHECK(refusal(form, Move{"q2", false}) == "survey.draft.error.needed_before");
  CHECK(refusal(form, TakeOut{"q2"}) == "survey.draft.error.needed");
  CHECK(codes(after(after(form, TakeOut{"q3"}), TakeOut{"q2"})) == std::vector<std::string>{"q1"});
  CHECK(refusal(form, Move{"gone", true}) == "survey.draft.error.no_question");
  const Form twin = after(form, Copy{"q3"});
  CHECK(codes(twin) == std::vector<std::string>{"q1", "q2", "q3", "q4"});
  CHECK(twin.find("q4")->show_if->question == "q2");
}

TEST_CASE("sections are written anew, moved and taken away with their questions in mind") {
  const Form form = three();
  TypedAbout typed = typed_of(form);
  typed.sections = "Một | First\nHai\nBa";
  CHECK(after(form, SayAbout{typed}).find("q3")->section == 1);
  typed.sections = "Hai\nMột";
  CHECK(refusal(form, SayAbout{typed}) == "sections: survey.draft.error.section_order");
  typed.sections = "Một";
  CHECK(refusal(form, SayAbout{typed}) == "sections: survey.draft.error.section_used");
  typed.sections = "";
  CHECK(refusal(form, SayAbout{typed}) == "sections: survey.draft.error.sections");
}

TEST_CASE("a form's file gives back the whole form, and so do the program's own") {
  int seen = 0;
  for (const embedded::File& file : embedded::all()) {
    if (!file.path.starts_with("data/forms/")) continue;
    const auto read = read_form(file.bytes);
    REQUIRE(read.form);
    const std::string written = file_of(*read.form);
    const auto again = read_form(written);
    REQUIRE(again.form);
    CHECK(file_of(*again.form) == written);
    CHECK(codes(*again.form) == codes(*read.form));
    ++seen;
    for (const Question& each : read.form->questions) {
      const Question& twin = *again.form->find(each.code);
      CHECK(twin.weight == each.weight);
      CHECK(twin.matrix.vi == each.matrix.vi);
      CHECK(twin.is_required == each.is_required);
      CHECK(twin.is_unconfirmed == each.is_unconfirmed);
      CHECK(twin.options.size() == each.options.size());
      // What a person sees in the fields and saves unchanged, changes nothing.
      const Form same = after(*again.form, Change{each.code, typed_of(each)});
      CHECK(file_of(same) == written);
    }
    CHECK(file_of(after(*again.form, SayAbout{typed_of(*again.form)})) == written);
  }
  CHECK(seen == 3);
}

namespace {

// An edit as somebody might try it, sensible or not.
Edit any_edit(Random& random, const Form& form) {
  const auto some = [&](std::size_t count) {
    return static_cast<std::size_t>(random.below(count));
  };
  const std::string code = form.questions.empty() || random.below(20) == 0
                               ? "gone"
                               : form.questions[some(form.questions.size())].code;
  TypedQuestion typed{.vi = random.below(15) == 0 ? "" : "Câu " + std::to_string(some(9)),
                      .en = random.below(2) == 0 ? "" : "Question",
                      .help_vi = random.below(3) == 0 ? "Giải thích" : "",
                      .matrix_vi = random.below(3) == 0 ? "Bảng " + std::to_string(some(2)) : "",
                      .section = std::to_string(some(4)),
                      .weight = std::to_string(random.below(3) == 0 ? some(9) : 0),
                      .min = std::to_string(some(5)),
                      .max = std::to_string(some(9)),
                      .is_required = random.below(2) == 0,
                      .is_unconfirmed = random.below(4) == 0};
  for (std::size_t n = 0; n < some(6); ++n)
    typed.options += "Ý " + std::to_string(some(9)) + " | | " + std::to_string(some(3)) + "\n";
  if (random.below(2) == 0) {
    typed.if_question = code;
    typed.if_is = {std::to_string(some(4)), std::to_string(some(4))};
  }
  TypedAbout about = typed_of(form);
  about.sections.clear();
  for (std::size_t n = 0; n < 2 + some(3); ++n)
    about.sections += "Phần " + std::to_string(some(5)) + "\n";
  about.formula = to_text(all_formulas[some(3)]);
  switch (random.below(9)) {
    case 0: return SayAbout{about};
    case 1: return Move{code, true};
    case 2: return Move{code, false};
    case 3: return Copy{code};
    case 4: return TakeOut{code};
    case 5:
    case 6: return Change{code, typed};
    default: return Add{all_kinds[some(5)], typed};
  }
}

// What somebody can only still add or set right on one page, and no broken sentence of the format.
bool is_only_unfinished(const Fault& fault) {
  return fault.text == "survey.fault.count"_t || fault.text == "survey.fault.nothing_counted"_t ||
         fault.text == "survey.fault.formula"_t;
}

}  // namespace

TEST_CASE("whatever is done to a draft, it can be read, and what is missing is named") {
  int accepted = 0, refused = 0, whole = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    SeededRandom random(seed);
    Form form = new_draft();
    for (int n = 0; n < 60; ++n) {
      const auto done = edited(form, any_edit(random, form));
      if (!done.ok()) {
        CHECK_FALSE(done.error().text.is_none());
        ++refused;
        continue;
      }
      ++accepted;
      form = done.value();
      const std::string written = file_of(form);
      const auto draft = read_draft(written);
      REQUIRE(draft.form);
      CHECK(file_of(*draft.form) == written);
      const auto read = read_form(written);
      if (read.form) {
        ++whole;
        continue;
      }
      REQUIRE_MESSAGE(is_only_unfinished(*read.fault), read.fault->text.name());
      CHECK_FALSE(read.fault->where.empty());
    }
  }
  CHECK(accepted > 500);
  CHECK(refused > 500);
  CHECK(whole > 100);
}

}  // namespace ln::survey
