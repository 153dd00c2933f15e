// The form of an answer: what is asked for, what is answered, where, in which words, and why.
#include "base/text.h"
#include "feature/consultation/consultation_pages_points_parts.h"
#include "platform/html/forms.h"

namespace ln::consultation::staff {

using html::Fragment;
using html::View;

constexpr std::size_t place_chars = 70;

static Fragment place_field(const View& view,
                            const draft::Draft& draft,
                            const Given& typed,
                            const Error* error) {
  html::Select select{.name = "clause",
                      .label = {.text = view("consultation.point.clause"_t), .is_optional = true},
                      .hint = view("consultation.point.clause_hint"_t),
                      .error = html::error_for(view, error, "clause"),
                      .value = typed.clause,
                      .options = {{"all", view("consultation.whole"_t)}}};
  std::vector<std::string> names;
  for (const draft::Clause& each : draft.clauses) {
    const std::string& words = each.heading.empty() ? each.text : each.heading;
    names.push_back(cited(view, each.key) + ": " + std::string(first_chars(words, place_chars)));
  }
  for (std::size_t i = 0; i < names.size(); ++i)
    select.options.push_back({draft.clauses[i].key, names[i]});
  return html::select(view, select);
}

Fragment answer_fields(const View& view,
                       const draft::Draft& draft,
                       const Given& typed,
                       std::string_view answer_word,
                       const Error* error) {
  Fragment body = html::input(view, {.name = "title",
                                     .label = {view("consultation.point.title"_t)},
                                     .error = html::error_for(view, error, "title"),
                                     .value = typed.title});
  html::Choices choices{.name = "answer",
                        .legend = {view("consultation.point.answer"_t)},
                        .error = html::error_for(view, error, "answer"),
                        .choices = {},
                        .values = {answer_word}};
  for (const Answer each : all_answers)
    choices.choices.push_back({.value = to_text(each), .text = view(key_of(each))});
  body += html::radios(view, choices);
  body += place_field(view, draft, typed, error);
  body += html::textarea(
      view, {.name = "wording",
             .label = {.text = view("consultation.point.wording"_t), .is_optional = true},
             .error = html::error_for(view, error, "wording"),
             .value = typed.wording,
             .rows = 3,
             .chars_max = static_cast<int>(wording_chars_max)});
  body += html::textarea(view, {.name = "reason",
                                .label = {view("consultation.point.reason"_t)},
                                .hint = view("consultation.point.reason_hint"_t),
                                .error = html::error_for(view, error, "reason"),
                                .value = typed.reason,
                                .rows = 5,
                                .chars_max = static_cast<int>(reason_chars_max)});
  return body;
}

}  // namespace ln::consultation::staff
