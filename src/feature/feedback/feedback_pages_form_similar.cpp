#include "feature/feedback/feedback_pages_form_similar.h"

#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_store.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::feedback {

html::Fragment similar_choice(const html::View& view, const std::vector<Similar>& similar) {
  if (similar.empty()) return {};
  html::Fragment list;
  std::vector<std::string> values, texts;
  for (const Similar& each : similar) {
    const Feedback& f = each.feedback;
    list.add(R"(<li><p><a href="{}" lang="vi">{}</a></p><p class="row">{}
<span class="muted small">{}</span></p></li>)",
             html::Url::in(view, "/feedback/", f.code.text()), f.public_title,
             state_badge(view, f.state), view.voice.date(local_day(f.received_at)));
    if (is_over(f.state)) continue;
    values.push_back(f.code.text());
    texts.push_back(view.voice("feedback.form.similar.same"_t, {{"title", f.public_title}}));
  }
  html::Fragment out = html::fill(R"(<h2 class="h-m">{}</h2><p>{}</p><ul class="plain">{}</ul>)",
                                  view("feedback.form.similar.heading"_t),
                                  view("feedback.form.similar.lead"_t), list);
  if (values.empty()) return out;
  std::vector<html::Choice> choices;
  for (std::size_t i = 0; i < values.size(); ++i)
    choices.push_back({.value = values[i], .text = texts[i]});
  choices.push_back({.value = "none", .text = view("feedback.form.similar.other"_t)});
  out += html::radios(view, {.name = "joins",
                             .legend = {view("feedback.form.similar.question"_t), html::Size::s},
                             .hint = view("feedback.form.similar.hint"_t),
                             .choices = std::move(choices)});
  return out;
}

std::optional<FeedbackId> chosen_similar(db::Read& read, std::string_view typed) {
  const auto code = Code::parse(typed);
  const auto found = code ? find(read, *code) : std::nullopt;
  if (!found || !found->published_at || !may_be_grouped(*found)) return std::nullopt;
  return found->id;
}

}  // namespace ln::feedback
