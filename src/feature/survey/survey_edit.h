// Editing a form in steps that a person takes: about it, a question, its place. The rules of a
// draft.
//
// A draft is a form that need not be whole yet: it may have no question, or count none. Whatever
// somebody does to it, codes stay unique, questions stand in the order of their sections, and a
// condition names answers of a question that stands before; what would break that is refused with a
// sentence. So fault_in() finds only what is still missing. Pure: nothing here reads a database or
// a clock.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "feature/survey/survey.h"

namespace ln::survey {

// What somebody typed about a form. `sections` has a line "Vietnamese | English" for each.
struct TypedAbout {
  std::string name_vi{}, name_en{}, source{}, unconfirmed{};
  std::string formula{}, formula_vi{}, formula_en{}, formula_source{}, sections{};
  bool is_formula_unconfirmed = false;
};
// What somebody typed about a question. `options` has a line "Vietnamese | English | points" for
// each; `if_question` is the code of the question it depends on, empty when it is always asked, and
// `if_is` the answers, as numbers.
struct TypedQuestion {
  std::string vi{}, en{}, help_vi{}, help_en{}, matrix_vi{}, matrix_en{};
  std::string section{}, weight{}, min{}, max{}, options{}, if_question{};
  std::vector<std::string> if_is{};
  bool is_required = false, is_unconfirmed = false;
};
// Lines as they are typed, of what there is.
std::string lines_of(const std::vector<Words>& sections);
std::string lines_of(const std::vector<Option>& options);
TypedAbout typed_of(const Form& form);
TypedQuestion typed_of(const Question& question);

struct SayAbout {
  TypedAbout typed{};
};
struct Add {
  Kind kind = Kind::scale;
  TypedQuestion typed{};
};
struct Change {
  std::string question{};
  TypedQuestion typed{};
};
// One place up or down; over the edge of a section into the next one.
struct Move {
  std::string question{};
  bool is_up = true;
};
struct Copy {
  std::string question{};
};
struct TakeOut {
  std::string question{};
};
using Edit = std::variant<SayAbout, Add, Change, Move, Copy, TakeOut>;

// The form after the edit. Refuses (not_found) a question that is not there, (invalid) beside the
// fields what was typed wrong or would leave a condition without its answer, (conflict) a place or
// a taking out that would leave one without its question. `versions` are those of the form so far:
// a new question or option gets a number above all of the draft and of them, for what was answered
// under an old number must never mean something else.
Result<Form> edited(const Form& form, const Edit& edit, const std::vector<Form>& versions = {});
// Whether an answer of the question that another question's condition names has other words after
// the edit: the condition keeps its number and may now mean something else.
bool gives_new_meaning(const Form& before, const Form& after, std::string_view question);
// A form of which nothing was said yet but this, with one section when none is typed. `code` is
// made by code_for.
Result<Form> begun(std::string_view code, const TypedAbout& typed);
// "muc-hai-long" of "Mức hài lòng": a form's code, at most 40 letters. "form" when nothing is left.
std::string code_for(std::string_view name);

// The questions that `question` may depend on: those before it with answers to choose. All of them
// for a new one (null) at the end of the form.
std::vector<const Question*> possible_conditions(const Form& form, const Question* question);
// Those that depend on it.
std::vector<const Question*> dependants_of(const Form& form, std::string_view question);

}  // namespace ln::survey
