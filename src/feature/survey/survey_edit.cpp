#include "feature/survey/survey_edit.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "engine/text/text.h"
#include "engine/text/text_typed.h"

namespace ln::survey {
namespace {

using Versions = std::vector<Form>;

constexpr std::size_t code_letters_max = 40, sections_max = 20;
constexpr std::int64_t edit_weight_max = 1'000, edit_points_max = 100, edit_number_max = 1'000'000;

std::string line_of(std::string_view typed) {
  std::string out = text::tidied(typed);
  std::ranges::replace_if(out, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return out;
}

// "a | b | c" in its pieces; a fourth is left in the third, where no rule accepts it.
std::array<std::string, 3> pieces_of(std::string_view line) {
  std::array<std::string, 3> out;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::size_t end =
        i + 1 == out.size() ? line.size() : std::min(line.find('|'), line.size());
    out[i] = line_of(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return out;
}

std::vector<std::array<std::string, 3>> lines_in(std::string_view typed) {
  std::vector<std::array<std::string, 3>> all;
  while (!typed.empty()) {
    const std::size_t end = std::min(typed.find('\n'), typed.size());
    const std::string_view line = trimmed(typed.substr(0, end));
    typed.remove_prefix(std::min(end + 1, typed.size()));
    if (!line.empty()) all.push_back(pieces_of(line));
  }
  return all;
}

bool is_long(std::string_view words) { return count_chars(words) > words_chars_max; }

// Which of the old lines each new one is: the one with the same Vietnamese words, or else the one
// that stood at its place and has lost its words: then they were only written anew. So a condition
// keeps the answer it names, and a question its section, when somebody corrects a word.
std::vector<std::optional<std::size_t>> same_lines(const std::vector<Words>& before,
                                                   const std::vector<Words>& after) {
  std::vector<std::optional<std::size_t>> all(after.size());
  std::set<std::size_t> taken;
  for (std::size_t i = 0; i < after.size(); ++i)
    for (std::size_t old = 0; old < before.size() && !all[i]; ++old)
      if (before[old].vi == after[i].vi && taken.insert(old).second) all[i] = old;
  for (std::size_t i = 0; i < after.size() && i < before.size(); ++i)
    if (!all[i] && taken.insert(i).second) all[i] = i;
  return all;
}

void put_in_order(Form& form) { std::ranges::stable_sort(form.questions, {}, &Question::section); }

bool holds(const Form& form, const Question& question) {
  if (!question.show_if) return true;
  const Question* other = form.find(question.show_if->question);
  if (other == nullptr || other >= &question) return false;
  const auto classes = other->classes();
  return !question.show_if->is.empty() &&
         std::ranges::all_of(question.show_if->is, [&](std::int64_t value) {
           return std::ranges::find(classes, value) != classes.end();
         });
}
bool conditions_hold(const Form& form) {
  return std::ranges::all_of(form.questions,
                             [&](const Question& each) { return holds(form, each); });
}

// The number of "q12"; 0 for codes of other kinds and beyond what an edit could have given.
std::int64_t code_number(std::string_view code) {
  if (!code.starts_with('q')) return 0;
  const auto number = parse_number(code.substr(1));
  return number && *number > 0 && *number < edit_number_max ? *number : 0;
}

// One above all numbers that were given: answers under an old code keep their meaning.
std::string free_code(const Form& form, const Versions& versions) {
  std::int64_t highest = 0;
  const auto look = [&](const Form& each) {
    for (const Question& question : each.questions)
      highest = std::max(highest, code_number(question.code));
  };
  look(form);
  for (const Form& each : versions) look(each);
  for (std::int64_t n = highest + 1;; ++n)
    if (std::string code = "q" + std::to_string(n); form.find(code) == nullptr) return code;
}

std::int64_t free_option(const Question& question, const Versions& versions) {
  std::int64_t next = 0;
  const auto look = [&](const Question& each) {
    for (const Option& option : each.options) next = std::max(next, option.value + 1);
  };
  look(question);
  for (const Form& each : versions)
    if (const Question* before = each.find(question.code)) look(*before);
  return next;
}

// --- about the form -----------------------------------------------------------------------------

void read_words(FieldErrors& errors, std::string_view field, const Words& words, bool is_needed) {
  const std::string vi = std::string(field) + "_vi", en = std::string(field) + "_en";
  if (is_needed && words.vi.empty()) errors.add(vi, "survey.draft.error.words"_t);
  if (is_long(words.vi)) errors.add(vi, "survey.draft.error.long"_t);
  if (is_long(words.en)) errors.add(en, "survey.draft.error.long"_t);
}

std::vector<Words> sections_in(FieldErrors& errors, std::string_view typed) {
  std::vector<Words> all;
  for (const auto& line : lines_in(typed)) {
    if (line[0].empty() || !line[2].empty() || is_long(line[0]) || is_long(line[1])) {
      errors.add("sections", "survey.draft.error.sections"_t);
      return {};
    }
    all.push_back({line[0], line[1]});
  }
  if (all.empty() || all.size() > sections_max)
    errors.add("sections", "survey.draft.error.sections"_t);
  return all;
}

// Moves the questions to where their sections stand now.
void follow_sections(FieldErrors& errors, Form& form, const std::vector<Words>& before) {
  const auto same = same_lines(before, form.sections);
  for (Question& each : form.questions) {
    const auto found = std::ranges::find(same, std::optional(each.section));
    if (found == same.end()) return errors.add("sections", "survey.draft.error.section_used"_t);
    each.section = static_cast<std::size_t>(found - same.begin());
  }
  put_in_order(form);
  if (!conditions_hold(form)) errors.add("sections", "survey.draft.error.section_order"_t);
}

Result<Form> said(Form form, const TypedAbout& typed) {
  FieldErrors errors;
  form.name = {line_of(typed.name_vi), line_of(typed.name_en)};
  read_words(errors, "name", form.name, true);
  form.source = line_of(typed.source);
  if (form.source.empty()) errors.add("source", "survey.draft.error.source"_t);
  if (is_long(form.source)) errors.add("source", "survey.draft.error.long"_t);
  form.unconfirmed = line_of(typed.unconfirmed);
  if (is_long(form.unconfirmed)) errors.add("unconfirmed", "survey.draft.error.long"_t);
  const auto before = form.sections;
  form.sections = sections_in(errors, typed.sections);
  if (errors.empty()) follow_sections(errors, form, before);
  if (const auto kind = from_word(all_formulas, typed.formula))
    form.formula.kind = *kind;
  else
    errors.add("formula", "survey.draft.error.formula"_t);
  form.formula.name = {line_of(typed.formula_vi), line_of(typed.formula_en)};
  read_words(errors, "formula", form.formula.name, true);
  form.formula.source = line_of(typed.formula_source);
  if (is_long(form.formula.source)) errors.add("formula_source", "survey.draft.error.long"_t);
  form.formula.is_unconfirmed = typed.is_formula_unconfirmed;
  if (!errors.empty()) return errors.take();
  return form;
}

// --- one question -------------------------------------------------------------------------------

// The options, each with the number it had: answers and conditions go by it.
void read_options(FieldErrors& errors,
                  Question& question,
                  std::string_view typed,
                  const Versions& versions) {
  const auto bad = [&](TextKey text) { errors.add("options", text); };
  const auto lines = lines_in(typed);
  if (lines.size() < 2 || lines.size() > options_max) return bad("survey.draft.error.options"_t);
  std::vector<Words> before, after;
  for (const Option& each : question.options) before.push_back(each.words);
  std::vector<Option> all;
  std::set<std::string> names;
  for (const auto& line : lines) {
    const auto points = line[2].empty() ? std::optional<std::int64_t>(0) : parse_number(line[2]);
    if (!points || *points > edit_points_max) return bad("survey.draft.error.points"_t);
    if (line[0].empty() || is_long(line[0]) || is_long(line[1]))
      return bad("survey.draft.error.option_words"_t);
    if (!names.insert(line[0]).second) return bad("survey.draft.error.option_twice"_t);
    after.push_back({line[0], line[1]});
    all.push_back({.points = *points, .words = after.back()});
  }
  std::int64_t next = free_option(question, versions);
  const auto same = same_lines(before, after);
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i].value = same[i] ? question.options[*same[i]].value : next++;
  question.options = std::move(all);
}

void read_range(FieldErrors& errors, Question& question, const TypedQuestion& typed) {
  const auto min = parse_number(trimmed(typed.min)), max = parse_number(trimmed(typed.max));
  if (!min || *min > edit_number_max) return errors.add("min", "survey.draft.error.number"_t);
  if (!max || *max > edit_number_max) return errors.add("max", "survey.draft.error.number"_t);
  if (*min >= *max) return errors.add("max", "survey.fault.range"_t);
  question.min = *min;
  question.max = *max;
}

void read_condition(FieldErrors& errors, Question& question, const TypedQuestion& typed) {
  question.show_if.reset();
  if (typed.if_question.empty()) return;
  ShowIf condition{.question = typed.if_question};
  for (const std::string& each : typed.if_is)
    if (const auto value = parse_number(each)) condition.is.push_back(*value);
  if (condition.is.empty()) return errors.add("if_is", "survey.draft.error.if_is"_t);
  question.show_if = std::move(condition);
}

void read_weight(FieldErrors& errors,
                 const Form& form,
                 Question& question,
                 std::string_view typed) {
  const std::string_view digits = trimmed(typed);
  const auto weight = digits.empty() ? std::optional<std::int64_t>(0) : parse_number(digits);
  if (!weight || *weight > edit_weight_max)
    return errors.add("weight", "survey.draft.error.weight"_t);
  question.weight = *weight;
  if (*weight > 0 && !can_count(form.formula.kind, question))
    errors.add("weight", "survey.draft.error.not_counted"_t);
}

void read_question(FieldErrors& errors,
                   const Form& form,
                   Question& question,
                   const TypedQuestion& typed,
                   const Versions& versions) {
  question.words = {line_of(typed.vi), line_of(typed.en)};
  if (question.words.vi.empty()) errors.add("vi", "survey.draft.error.words"_t);
  if (is_long(question.words.vi)) errors.add("vi", "survey.draft.error.long"_t);
  if (is_long(question.words.en)) errors.add("en", "survey.draft.error.long"_t);
  question.help = {line_of(typed.help_vi), line_of(typed.help_en)};
  read_words(errors, "help", question.help, !question.help.en.empty());
  question.matrix = {};
  if (question.kind == Kind::scale) {
    question.matrix = {line_of(typed.matrix_vi), line_of(typed.matrix_en)};
    read_words(errors, "matrix", question.matrix, !question.matrix.en.empty());
  }
  if (question.kind == Kind::choice) read_options(errors, question, typed.options, versions);
  if (question.kind == Kind::number) read_range(errors, question, typed);
  const auto section = parse_number(typed.section);
  if (!section || *section >= std::ssize(form.sections))
    errors.add("section", "survey.draft.error.section"_t);
  else
    question.section = static_cast<std::size_t>(*section);
  read_weight(errors, form, question, typed.weight);
  read_condition(errors, question, typed);
  question.is_required = typed.is_required;
  question.is_unconfirmed = typed.is_unconfirmed;
}

// What became of conditions, beside the field that did it.
void check_conditions(FieldErrors& errors, const Form& form, std::string_view code) {
  if (const Question* own = form.find(code); !holds(form, *own)) {
    const Question* other = form.find(own->show_if->question);
    if (other == nullptr || other >= own || other->classes().empty())
      errors.add("if_question", "survey.draft.error.if_question"_t);
    else
      errors.add("if_is", "survey.draft.error.if_is"_t);
  }
  for (const Question* each : dependants_of(form, code)) {
    if (each->code == code || holds(form, *each)) continue;
    if (form.find(code) < each)
      errors.add("options", "survey.draft.error.option_needed"_t);
    else
      errors.add("section", "survey.draft.error.needed_before"_t);
    return;
  }
}

// `form` with the question in place of the one with its code, or as a new one.
Result<Form> with(Form form,
                  Question question,
                  const TypedQuestion& typed,
                  const Versions& versions) {
  FieldErrors errors;
  read_question(errors, form, question, typed, versions);
  if (!errors.empty()) return errors.take();
  const std::string code = question.code;
  if (form.find(code) == nullptr)
    form.questions.push_back(std::move(question));
  else
    *std::ranges::find(form.questions, code, &Question::code) = std::move(question);
  put_in_order(form);
  check_conditions(errors, form, code);
  if (!errors.empty()) return errors.take();
  return form;
}

Error no_question() { return {ErrorKind::not_found, "survey.draft.error.no_question"_t}; }

// --- edits --------------------------------------------------------------------------------------

Result<Form> apply(const Form& form, const SayAbout& edit, const Versions&) {
  return said(form, edit.typed);
}

Result<Form> apply(const Form& form, const Add& edit, const Versions& versions) {
  if (form.questions.size() >= questions_max)
    return Error{ErrorKind::conflict, "survey.fault.count"_t};
  return with(form, {.code = free_code(form, versions), .kind = edit.kind}, edit.typed, versions);
}

Result<Form> apply(const Form& form, const Change& edit, const Versions& versions) {
  const Question* found = form.find(edit.question);
  if (found == nullptr) return no_question();
  return with(form, *found, edit.typed, versions);
}

Result<Form> apply(const Form& form, const Move& edit, const Versions&) {
  const Question* found = form.find(edit.question);
  if (found == nullptr) return no_question();
  const auto at = static_cast<std::size_t>(found - form.questions.data());
  Form out = form;
  Question& own = out.questions[at];
  const std::size_t other = edit.is_up ? at - 1 : at + 1;  // wraps to beyond the end
  if (other < out.questions.size() && out.questions[other].section == own.section) {
    std::swap(own, out.questions[other]);
  } else {
    const std::size_t edge = edit.is_up ? 0 : out.sections.size() - 1;
    if (own.section == edge) return form;  // it stands first or last already
    own.section = edit.is_up ? own.section - 1 : own.section + 1;
  }
  if (!conditions_hold(out))
    return Error{ErrorKind::conflict, "survey.draft.error.needed_before"_t};
  return out;
}

Result<Form> apply(const Form& form, const Copy& edit, const Versions& versions) {
  const Question* found = form.find(edit.question);
  if (found == nullptr) return no_question();
  if (form.questions.size() >= questions_max)
    return Error{ErrorKind::conflict, "survey.fault.count"_t};
  Form out = form;
  Question twin = *found;
  twin.code = free_code(form, versions);
  out.questions.insert(out.questions.begin() + (found - form.questions.data()) + 1,
                       std::move(twin));
  return out;
}

Result<Form> apply(const Form& form, const TakeOut& edit, const Versions&) {
  const Question* found = form.find(edit.question);
  if (found == nullptr) return no_question();
  if (!dependants_of(form, edit.question).empty())
    return Error{ErrorKind::conflict, "survey.draft.error.needed"_t};
  Form out = form;
  out.questions.erase(out.questions.begin() + (found - form.questions.data()));
  return out;
}

}  // namespace

std::string lines_of(const std::vector<Words>& sections) {
  std::string out;
  for (const Words& each : sections) {
    out += each.vi;
    if (!each.en.empty()) out += " | " + each.en;
    out += "\n";
  }
  return out;
}

std::string lines_of(const std::vector<Option>& options) {
  std::string out;
  for (const Option& each : options) {
    out += each.words.vi;
    if (!each.words.en.empty() || each.points > 0) out += " | " + each.words.en;
    if (each.points > 0) out += " | " + std::to_string(each.points);
    out += "\n";
  }
  return out;
}

TypedAbout typed_of(const Form& form) {
  return {.name_vi = form.name.vi,
          .name_en = form.name.en,
          .source = form.source,
          .unconfirmed = form.unconfirmed,
          .formula = std::string(to_text(form.formula.kind)),
          .formula_vi = form.formula.name.vi,
          .formula_en = form.formula.name.en,
          .formula_source = form.formula.source,
          .sections = lines_of(form.sections),
          .is_formula_unconfirmed = form.formula.is_unconfirmed};
}

TypedQuestion typed_of(const Question& question) {
  TypedQuestion typed{.vi = question.words.vi,
                      .en = question.words.en,
                      .help_vi = question.help.vi,
                      .help_en = question.help.en,
                      .matrix_vi = question.matrix.vi,
                      .matrix_en = question.matrix.en,
                      .section = std::to_string(question.section),
                      .weight = std::to_string(question.weight),
                      .min = std::to_string(question.min),
                      .max = std::to_string(question.max),
                      .options = lines_of(question.options),
                      .is_required = question.is_required,
                      .is_unconfirmed = question.is_unconfirmed};
  if (!question.show_if) return typed;
  typed.if_question = question.show_if->question;
  for (const std::int64_t each : question.show_if->is) typed.if_is.push_back(std::to_string(each));
  return typed;
}

Result<Form> edited(const Form& form, const Edit& edit, const std::vector<Form>& versions) {
  return std::visit([&](const auto& each) { return apply(form, each, versions); }, edit);
}

bool gives_new_meaning(const Form& before, const Form& after, std::string_view question) {
  const Question* const old = before.find(question);
  const Question* const now = after.find(question);
  if (old == nullptr || now == nullptr) return false;
  const auto words = [](const Question& in, std::int64_t value) {
    const auto found = std::ranges::find(in.options, value, &Option::value);
    return found == in.options.end() ? std::string_view() : std::string_view(found->words.vi);
  };
  for (const Question* each : dependants_of(after, question))
    for (const std::int64_t value : each->show_if->is)
      if (words(*old, value) != words(*now, value)) return true;
  return false;
}

Result<Form> begun(std::string_view code, const TypedAbout& typed) {
  return said({.code = std::string(code)}, typed);
}

std::string code_for(std::string_view name) {
  std::string code;
  for (const char c : text::fold(name)) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_letter)
      code += c;
    else if (!code.empty() && code.back() != '-')
      code += '-';
  }
  // Room for a number at its end.
  if (code.size() > code_letters_max - 4) code.resize(code_letters_max - 4);
  while (!code.empty() && code.back() == '-') code.pop_back();
  return code.empty() ? "form" : code;
}

std::vector<const Question*> possible_conditions(const Form& form, const Question* question) {
  std::vector<const Question*> all;
  for (const Question& each : form.questions) {
    if (&each == question) break;
    if (!each.classes().empty()) all.push_back(&each);
  }
  return all;
}

std::vector<const Question*> dependants_of(const Form& form, std::string_view question) {
  std::vector<const Question*> all;
  for (const Question& each : form.questions)
    if (each.show_if && each.show_if->question == question) all.push_back(&each);
  return all;
}

}  // namespace ln::survey
