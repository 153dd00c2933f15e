#include "feature/feedback/feedback_pages_staff_triage.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_place.h"
#include "feature/feedback/feedback_held.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_similar.h"
#include "feature/feedback/feedback_store_triage.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

struct Bench {
  const View& view;
  db::Read& read;
  const people::Officer& officer;
  const Feedback& feedback;
  Instant now;
};

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& each : words) out += (out.empty() ? "" : ", ") + each;
  return out;
}

// Of a probability never the whole: a model is not certain.
std::int64_t percent(double share) {
  return std::min<std::int64_t>(99, static_cast<std::int64_t>(share * 100 + 0.5));
}

// A button that does `task` with one hidden choice.
Fragment press(const Bench& b,
               Task task,
               std::string_view name,
               std::string_view value,
               std::string_view text,
               const Fragment& more = {}) {
  Fragment body = html::hidden("revision", std::to_string(b.feedback.revision));
  if (!name.empty()) body += html::hidden(name, value);
  body += more;
  body += html::button({.text = text, .kind = html::ButtonKind::secondary, .once = true});
  return html::form(b.view, {.action = Url::in(b.view, "/staff/feedback/", b.feedback.code.text(),
                                               "/", to_text(task)),
                             .body = std::move(body)});
}

std::string_view name_of_topic(const View& view, const Topic& topic) {
  return view.voice.language() == i18n::Language::en ? topic.name_en : topic.name_vi;
}

std::string text_of(const Feedback& f) {
  return f.body.starts_with(f.title) ? f.body : f.title + "\n" + f.body;
}

// What the model thinks it is about. It is asked within what the citizen said it is about, and says
// nothing when it is not sure.
Fragment topic_part(const Bench& b, std::optional<Topic>& likeliest) {
  if (b.feedback.in_english) return {};
  const auto model = model_of(b.read, Learned::topic);
  if (!model && !trained_at(b.read, Learned::topic))
    return html::fill(R"(<p class="small">{}</p>)", b.view("feedback.triage.learning"_t));
  if (!model) return {};
  const std::string text = text_of(b.feedback);
  const std::string family = std::string(to_text(b.feedback.about)) + "/";
  const triage::Guess guess = model->suggest(text, 2, family);
  Fragment out = html::fill(R"(<h3 class="h-s">{}</h3>)", b.view("feedback.triage.topic"_t));
  if (guess.abstains) {
    out.add(R"(<p class="small">{}</p>)", b.view("feedback.triage.unsure"_t));
    return out;
  }
  for (const triage::Suggestion& each : guess.best) {
    const auto topic = find_topic(b.read, std::string_view(each.label).substr(family.size()));
    if (!topic || each.probability < 0.1) continue;
    if (!likeliest) likeliest = topic;
    const std::string share = b.view.voice.number(percent(each.probability));
    const std::string words = joined(model->why(text, each.label));
    out.add(R"(<p><b>{}</b> · {}</p>)", name_of_topic(b.view, *topic),
            b.view.voice("feedback.triage.share"_t, {{"share", share}}));
    if (!words.empty())
      out.add(R"(<p class="small">{} <span lang="vi">{}</span></p>)",
              b.view("feedback.triage.because"_t), words);
    if (topic->id == b.feedback.topic)
      out.add(R"(<p class="small">{}</p>)", b.view("feedback.triage.is_so"_t));
    else
      out += press(b, Task::classify, "topic", topic->code,
                   b.view.voice("feedback.triage.take_topic"_t,
                                {{"topic", std::string(name_of_topic(b.view, *topic))}}));
  }
  return out;
}

// An office it might belong to, why, and the press that sends it there.
Fragment office_part(const Bench& b,
                     const units::Unit& unit,
                     TextKey heading,
                     const std::string& reason,
                     const Fragment& why = {}) {
  if (unit.id == b.feedback.unit) return {};
  return html::fill(R"(<h3 class="h-s">{}</h3><p lang="vi"><b>{}</b></p>{}{}{})", b.view(heading),
                    unit.name, html::fill(R"(<p class="small">{}</p>)", reason), why,
                    press(b, Task::transfer, "unit", unit.code,
                          b.view("feedback.triage.take_unit"_t), html::hidden("text", reason)));
}

// The commune that the place names, when the case is with another office.
Fragment named_part(const Bench& b, const std::optional<units::Unit>& named) {
  if (!named) return {};
  return office_part(b, *named, "feedback.triage.named"_t,
                     b.view.voice("feedback.triage.named_reason"_t, {{"unit", named->name}}));
}

// The office that handled what read like this, as far as the model is sure; else where cases of
// the topic go. Communes look alike by their words: of them the place says which.
Fragment unit_part(const Bench& b, const std::optional<Topic>& topic) {
  const auto model = model_of(b.read, Learned::unit);
  if (model && !b.feedback.in_english) {
    const std::string text = text_of(b.feedback);
    const std::string family = std::string(to_text(b.feedback.about)) + "/";
    const triage::Guess guess = model->suggest(text, 1, family);
    if (!guess.abstains && !guess.best.empty()) {
      const triage::Suggestion& best = guess.best.front();
      const std::string_view code = std::string_view(best.label).substr(family.size());
      if (code == commune_label) return {};
      if (const auto unit = units::find_on(b.read, code, local_day(b.now))) {
        const std::string share = b.view.voice.number(percent(best.probability));
        const Fragment why =
            html::fill(R"(<p class="small">{} <span lang="vi">{}</span></p>)",
                       b.view("feedback.triage.because"_t), joined(model->why(text, best.label)));
        return office_part(b, *unit, "feedback.triage.unit"_t,
                           b.view.voice("feedback.triage.learned_reason"_t, {{"share", share}}),
                           why);
      }
    }
  }
  if (!topic || topic->unit_code.empty()) return {};
  const auto unit = units::find_on(b.read, topic->unit_code, local_day(b.now));
  if (!unit) return {};
  return office_part(b, *unit, "feedback.triage.unit"_t,
                     b.view.voice("feedback.triage.unit_reason"_t,
                                  {{"topic", std::string(name_of_topic(b.view, *topic))}}));
}

Fragment similar_part(const Bench& b) {
  const auto similar = similar_open(b.read, b.feedback, places_of(b.officer), b.now);
  if (similar.empty()) return {};
  const bool may_merge = is_open_to(b.officer, Task::merge, b.feedback, b.now);
  Fragment out = html::fill(R"(<h3 class="h-s">{}</h3>)", b.view("feedback.triage.similar"_t));
  for (const Similar& each : similar) {
    const Feedback& f = each.feedback;
    const std::string share =
        b.view.voice.number(static_cast<std::int64_t>(each.likeness * 100 + 0.5));
    out.add(R"(<p><a href="{}" lang="vi">{}</a></p><p class="small">{} · {} · {}
<span lang="vi">{}</span></p>)",
            case_url(b.view, f), f.title, f.code.shown(),
            b.view.voice("feedback.triage.alike"_t, {{"share", share}}),
            b.view("feedback.triage.because"_t), joined(each.words));
    if (may_merge)
      out += press(b, Task::merge, "into", f.code.text(),
                   b.view.voice("feedback.triage.put_with"_t, {{"code", f.code.shown()}}));
  }
  return out;
}

// What it is put with already, or who is put with it.
Fragment together_part(const Bench& b, bool& stands_alone) {
  Fragment out;
  const auto into = merged_into(b.read, b.feedback.id);
  const auto members = members_of(b.read, b.feedback.id);
  stands_alone = !into && members.empty();
  if (const auto lead = into ? find(b.read, *into) : std::nullopt;
      lead && may_see(*lead, places_of(b.officer))) {
    out.add(R"(<p>{} <a href="{}">{}</a></p>)", b.view("feedback.triage.put_with_now"_t),
            case_url(b.view, *lead), lead->code.shown());
    if (is_open_to(b.officer, Task::split, b.feedback, b.now))
      out += press(b, Task::split, "", "", b.view("feedback.triage.take_apart"_t));
  }
  if (!members.empty())
    out.add("<p>{}</p>", b.view.voice.counted("feedback.triage.members"_t,
                                              static_cast<std::int64_t>(members.size())));
  return out;
}

// Words that make a form ask make this card ask too; which it is an officer says, and nothing else.
Fragment nature_part(const Bench& b) {
  const auto found = suspicion_of(b.feedback.title, b.feedback.body, b.now);
  if (!found || !is_open_to(b.officer, Task::decline, b.feedback, b.now)) return {};
  std::string phrases;
  for (const std::string& each : found->phrases)
    phrases += (phrases.empty() ? "“" : ", “") + each + "”";
  return html::fill(R"(<p>{}</p><p><a href="{}">{}</a></p>)",
                    b.view.voice("feedback.triage.nature"_t, {{"phrases", phrases}}),
                    html::Url::in(b.view, "/staff/feedback/", b.feedback.code.text(), "/decline"),
                    b.view("feedback.triage.nature_link"_t));
}

}  // namespace

Fragment triage_card(const View& view,
                     db::Read& read,
                     const people::Officer& officer,
                     const Feedback& feedback,
                     Instant now) {
  if (!is_open_to(officer, Task::classify, feedback, now)) return {};
  const Bench bench{view, read, officer, feedback, now};
  bool stands_alone = true;
  std::optional<Topic> topic;
  Fragment body = nature_part(bench);
  body += together_part(bench, stands_alone);
  body += topic_part(bench, topic);
  if (!topic) topic = find_topic(read, feedback.topic);
  if (is_open_to(officer, Task::transfer, feedback, now)) {
    body += named_part(bench, commune_named(read, feedback.place, local_day(now)));
    body += unit_part(bench, topic);
  }
  if (stands_alone) body += similar_part(bench);
  if (body.empty()) return {};
  body.add(R"(<p class="small">{}</p>)", view("feedback.triage.person_decides"_t));
  return html::card({.icon_name = "circle-help",
                     .heading = view("feedback.triage.heading"_t),
                     .body = std::move(body)});
}

}  // namespace ln::feedback::staff
