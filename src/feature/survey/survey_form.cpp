// The rules of forms and of what is answered to them.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "engine/text/text_typed.h"
#include "feature/survey/survey.h"

namespace ln::survey {
namespace {

constexpr std::int64_t weight_max = 1'000, points_max = 100, number_max = 1'000'000;

bool is_code_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}
bool is_code(std::string_view code) {
  return !code.empty() && code.size() <= 40 && std::ranges::all_of(code, is_code_letter);
}

bool is_spoken(const Words& words) {
  const std::size_t chars = count_chars(words.vi);
  return chars > 0 && chars <= words_chars_max && count_chars(words.en) <= words_chars_max;
}

std::optional<Fault> fault_in_condition(const Form& form, const Question& question) {
  const Question* other = form.find(question.show_if->question);
  if (other == nullptr || other >= &question) return Fault{"survey.fault.show_if"_t, question.code};
  const auto classes = other->classes();
  for (const std::int64_t value : question.show_if->is)
    if (std::ranges::find(classes, value) == classes.end())
      return Fault{"survey.fault.show_if_value"_t, question.code};
  if (question.show_if->is.empty()) return Fault{"survey.fault.show_if_value"_t, question.code};
  return std::nullopt;
}

std::optional<Fault> fault_in_options(const Question& question) {
  const bool has_choice = question.kind == Kind::choice;
  if (has_choice != !question.options.empty() || (has_choice && question.options.size() < 2) ||
      question.options.size() > options_max)
    return Fault{"survey.fault.options"_t, question.code};
  std::set<std::int64_t> seen;
  for (const Option& each : question.options) {
    if (each.value < 0 || !seen.insert(each.value).second || !is_spoken(each.words))
      return Fault{"survey.fault.options"_t, question.code};
    if (each.points < 0 || each.points > points_max)
      return Fault{"survey.fault.points"_t, question.code};
  }
  return std::nullopt;
}

std::optional<Fault> fault_in_question(const Form& form, const Question& question) {
  if (!is_code(question.code)) return Fault{"survey.fault.code"_t, question.code};
  if (form.find(question.code) != &question) return Fault{"survey.fault.twice"_t, question.code};
  if (!is_spoken(question.words)) return Fault{"survey.fault.words"_t, question.code};
  if (count_chars(question.help.vi) > words_chars_max ||
      count_chars(question.help.en) > words_chars_max)
    return Fault{"survey.fault.help"_t, question.code};
  if (auto fault = fault_in_options(question)) return fault;
  if (question.kind == Kind::number &&
      (question.min < 0 || question.min >= question.max || question.max > number_max))
    return Fault{"survey.fault.range"_t, question.code};
  if (question.weight < 0 || question.weight > weight_max)
    return Fault{"survey.fault.weight"_t, question.code};
  if (question.weight > 0 && !can_count(form.formula.kind, question))
    return Fault{"survey.fault.formula"_t, question.code};
  return question.show_if ? fault_in_condition(form, question) : std::nullopt;
}

// What the formula makes of one answer, between 0 and 1.
double part_of(FormulaKind formula, const Question& question, std::int64_t value) {
  if (question.kind == Kind::yes_no) return value == 1 ? 1 : 0;
  if (formula == FormulaKind::top_two) return value >= 4 ? 1 : 0;
  if (formula == FormulaKind::scaled) return static_cast<double>(value - 1) / 4;
  std::int64_t most = 0, points = 0;
  for (const Option& each : question.options) {
    most = std::max(most, each.points);
    if (each.value == value) points = each.points;
  }
  return static_cast<double>(points) / static_cast<double>(most);
}

// Reads one answer; what is wrong with it, none when it is fine.
TextKey read_answer(const Question& question, const std::string& typed, Given& given) {
  if (typed.empty()) return question.is_required ? "survey.error.missing"_t : TextKey{};
  if (question.kind == Kind::text) {
    if (count_chars(typed) > answer_chars_max) return "survey.error.long"_t;
    given.texts.emplace(question.code, typed);
    return {};
  }
  const auto value = parse_number(typed);
  if (question.kind == Kind::number) {
    if (!value || *value < question.min || *value > question.max) return "survey.error.number"_t;
  } else {
    const auto classes = question.classes();
    if (!value || std::ranges::find(classes, *value) == classes.end())
      return "survey.error.choice"_t;
  }
  given.values.emplace(question.code, *value);
  return {};
}

}  // namespace

std::vector<std::int64_t> Question::classes() const {
  switch (kind) {
    case Kind::scale: return {1, 2, 3, 4, 5};
    case Kind::yes_no: return {0, 1};
    case Kind::choice: {
      std::vector<std::int64_t> all;
      for (const Option& each : options) all.push_back(each.value);
      return all;
    }
    case Kind::number:
    case Kind::text: break;
  }
  return {};
}

const Question* Form::find(std::string_view question) const {
  const auto found = std::ranges::find(questions, question, &Question::code);
  return found == questions.end() ? nullptr : &*found;
}

std::vector<const Question*> Form::counted() const {
  std::vector<const Question*> all;
  for (const Question& each : questions)
    if (each.weight > 0) all.push_back(&each);
  return all;
}

bool can_count(FormulaKind formula, const Question& question) {
  if (question.kind == Kind::yes_no) return true;
  if (formula != FormulaKind::points) return question.kind == Kind::scale;
  return question.kind == Kind::choice &&
         std::ranges::any_of(question.options, [](const Option& each) { return each.points > 0; });
}

std::optional<Fault> fault_in(const Form& form) {
  if (!is_code(form.code)) return Fault{"survey.fault.code"_t, "code"};
  if (!is_spoken(form.name)) return Fault{"survey.fault.words"_t, "name"};
  if (form.source.empty()) return Fault{"survey.fault.source"_t, "source"};
  if (!is_spoken(form.formula.name)) return Fault{"survey.fault.words"_t, "formula"};
  if (form.questions.empty() || form.questions.size() > questions_max)
    return Fault{"survey.fault.count"_t, "sections"};
  for (const Words& each : form.sections)
    if (!is_spoken(each)) return Fault{"survey.fault.words"_t, "sections"};
  for (const Question& each : form.questions)
    if (auto fault = fault_in_question(form, each)) return fault;
  if (form.counted().empty()) return Fault{"survey.fault.nothing_counted"_t, "weight"};
  return std::nullopt;
}

bool is_asked(const Form& form, const Question& question, const Values& values) {
  if (!question.show_if) return true;
  const Question* other = form.find(question.show_if->question);
  if (other == nullptr || !is_asked(form, *other, values)) return false;
  const auto found = values.find(question.show_if->question);
  return found != values.end() &&
         std::ranges::find(question.show_if->is, found->second) != question.show_if->is.end();
}

Result<Given> check_answer(const Form& form, const TypedAnswer& typed) {
  Given given;
  FieldErrors errors;
  if (const auto party = from_word(all_parties, typed.party))
    given.party = *party;
  else
    errors.add("party", "survey.error.party"_t);
  for (const Question& each : form.questions) {
    if (!is_asked(form, each, given.values)) continue;
    const auto found = typed.all.find(each.code);
    const std::string words =
        found == typed.all.end() ? std::string() : text::tidied(found->second);
    const TextKey wrong = read_answer(each, words, given);
    if (!wrong.is_none()) errors.add("q-" + each.code, wrong);
  }
  if (!errors.empty()) return errors.take();
  if (given.values.empty() && given.texts.empty())
    return Error{ErrorKind::invalid, "survey.error.nothing"_t};
  return given;
}

std::optional<std::int64_t> score_of(const Form& form, const Values& values) {
  double sum = 0, weight = 0, all = 0;
  for (const Question* each : form.counted()) {
    if (!is_asked(form, *each, values)) continue;
    const auto own = static_cast<double>(each->weight);
    all += own;
    const auto found = values.find(each->code);
    if (found == values.end()) continue;
    weight += own;
    sum += own * part_of(form.formula.kind, *each, found->second);
  }
  if (weight == 0 || weight * 2 < all) return std::nullopt;
  return static_cast<std::int64_t>(sum / weight * static_cast<double>(score_max) + 0.5);
}

std::string statement_of(const Form& form, const Given& given, std::string_view nonce) {
  std::string out = form.code + " " + std::to_string(form.version) + "\nparty " +
                    std::string(to_text(given.party)) + "\n";
  for (const Question& each : form.questions) {
    if (const auto value = given.values.find(each.code); value != given.values.end())
      out += each.code + " " + std::to_string(value->second) + "\n";
  }
  return out + "nonce " + to_hex(as_bytes(nonce)) + "\n";
}

}  // namespace ln::survey
