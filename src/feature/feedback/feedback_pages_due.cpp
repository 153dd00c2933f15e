#include "feature/feedback/feedback_pages_due.h"

#include <utility>

#include "feature/feedback/feedback_actions_recount.h"
#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_deadline.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/i18n/capital.h"

namespace ln::feedback {
namespace {

using calendar::DayKind;
using calendar::Measure;
using calendar::StepKind;

// Two hours and a half are read more easily than 150 minutes.
std::string duration(const i18n::Voice& voice, int minutes) {
  std::string hours = voice.counted("feedback.due.hours"_t, minutes / 60);
  if (minutes % 60 == 0) return hours;
  const std::string rest = voice.counted("feedback.due.minutes"_t, minutes % 60);
  return minutes < 60 ? rest : hours + " " + rest;
}

// What the day is called when it has a name, else that it is a weekend.
std::string off_reason(const i18n::Voice& voice, const calendar::Step& step) {
  const std::string& name =
      voice.language() == i18n::Language::en && !step.name_en.empty() ? step.name_en : step.name_vi;
  if (!name.empty()) return name;
  return std::string(voice(step.day_kind == DayKind::weekend ? "feedback.due.weekend"_t
                                                             : "feedback.due.day_off"_t));
}

std::string sentence_of(const i18n::Voice& voice,
                        const calendar::Step& step,
                        const calendar::Due& due,
                        Measure measure) {
  const std::string day = i18n::capitalised(voice.day_name(step.day));
  const bool in_hours = measure == Measure::working_hours;
  switch (step.kind) {
    case StepKind::received:
      return voice(in_hours ? "feedback.due.step.received_hours"_t : "feedback.due.step.received"_t,
                   {{"day", day}});
    case StepKind::counted: {
      if (in_hours)
        return voice("feedback.due.step.counted_hours"_t,
                     {{"day", day}, {"left", duration(voice, step.remaining)}});
      const int number = due.why.front().remaining - step.remaining;
      return voice("feedback.due.step.counted"_t,
                   {{"day", day}, {"number", std::to_string(number)}});
    }
    case StepKind::skipped:
      return voice("feedback.due.step.skipped"_t,
                   {{"day", day}, {"reason", off_reason(voice, step)}});
    case StepKind::moved:
      return voice("feedback.due.step.moved"_t,
                   {{"day", day}, {"reason", off_reason(voice, step)}});
    case StepKind::paused:
      return voice("feedback.due.step.paused"_t,
                   {{"day", day}, {"added", duration(voice, step.remaining)}});
    case StepKind::due: return voice("feedback.due.step.due"_t, {{"at", voice.moment(due.at)}});
  }
  return {};
}

// "Hạn trả lời dời từ … sang …, vì 24/11/2026 nghỉ: Ngày Văn hóa."
std::string moved_sentence(const html::View& view, std::string_view text) {
  const auto moved = read_moved(text);
  if (!moved) return std::string(view("feedback.case.due_moved"_t));
  const bool is_english = view.voice.language() == i18n::Language::en;
  std::string days;
  for (const calendar::NamedDay& each : moved->because) {
    const std::string& name = is_english && !each.name_en.empty() ? each.name_en : each.name_vi;
    days += (days.empty() ? "" : "; ") + view.voice.date(each.day);
    if (!name.empty()) days += " (" + name + ")";
  }
  return view.voice("feedback.due.later.moved"_t, {{"was", view.voice.moment(moved->was)},
                                                   {"is", view.voice.moment(moved->is)},
                                                   {"days", days}});
}

bool is_off(StepKind kind) { return kind == StepKind::skipped || kind == StepKind::moved; }

html::Tone tone_of(State state) {
  switch (state) {
    case State::closed: return html::Tone::ok;
    case State::asked: return html::Tone::soon;
    case State::declined:
    case State::redirected: return html::Tone::plain;
    default: return html::Tone::info;
  }
}

std::string_view icon_of(State state) {
  switch (state) {
    case State::received: return "inbox";
    case State::accepted: return "check";
    case State::assigned: return "user-round";
    case State::asked: return "message-circle-question";
    case State::answered: return "reply";
    case State::promised: return "calendar-clock";
    case State::declined: return "ban";
    case State::redirected: return "arrow-up-right";
    case State::reopened: return "rotate-ccw";
    case State::closed: return "circle-check";
  }
  return "info";
}

}  // namespace

std::vector<std::string> why_sentences(const i18n::Voice& voice,
                                       const calendar::Due& due,
                                       Measure measure) {
  std::vector<std::string> sentences;
  for (const calendar::Step& step : due.why)
    sentences.push_back(sentence_of(voice, step, due, measure));
  return sentences;
}

html::Fragment why_list(const html::View& view, const calendar::Due& due, Measure measure) {
  return html::fill(R"(<ol class="why">{}</ol>)", [&](html::Fragment& list) {
    for (const calendar::Step& step : due.why) {
      const std::optional<std::string_view> css_class =
          is_off(step.kind) ? std::optional<std::string_view>("off") : std::nullopt;
      list.add(R"(<li class="{}">{}</li>)", css_class, sentence_of(view.voice, step, due, measure));
    }
  });
}

html::Fragment why_details(const html::View& view,
                           const calendar::Due& due,
                           Measure measure,
                           const std::vector<std::string>& later) {
  html::Fragment body = why_list(view, due, measure);
  if (!later.empty())
    body.add(R"(<p><b>{}</b></p><ul class="why">{}</ul>)", view("feedback.due.later"_t),
             [&](html::Fragment& list) {
               for (const std::string& each : later) list.add("<li>{}</li>", each);
             });
  return html::details(view("feedback.due.why"_t), body);
}

std::vector<std::string> moves_since(const html::View& view,
                                     const std::vector<Event>& events,
                                     Instant since) {
  std::vector<std::string> out;
  std::optional<Instant> asked;
  for (const Event& event : events) {
    if (event.at < since) continue;
    if (event.event == "asked") asked = event.at;
    if (asked && (event.event == "replied" || event.reason == "no_reply"))
      out.push_back(view.voice("feedback.due.later.paused"_t,
                               {{"from", view.voice.moment(*std::exchange(asked, {}))},
                                {"to", view.voice.moment(event.at)}}));
    if (event.event == "reopened" || event.event == "contested")
      out.push_back(
          view.voice("feedback.due.later.again"_t, {{"at", view.voice.moment(event.at)}}));
    if (event.event != "extended") continue;
    if (event.reason == urgent_word)
      out.push_back(
          view.voice("feedback.due.later.urgent"_t, {{"at", view.voice.moment(event.at)}}));
    else if (event.reason == "calendar")
      out.push_back(moved_sentence(view, event.text));
    else if (event.day)
      out.push_back(view.voice(
          "feedback.due.later.extended"_t,
          {{"at", view.voice.moment(event.at)}, {"day", view.voice.day_name(*event.day)}}));
  }
  return out;
}

html::Fragment moved_body(const html::View& view, std::string_view text) {
  return html::fill("<p>{}</p>", moved_sentence(view, text));
}

std::string limit_of(const i18n::Voice& voice, const calendar::Deadline& deadline) {
  switch (deadline.measure) {
    case Measure::working_hours:
      return voice.counted("feedback.due.limit.working_hours"_t, deadline.count);
    case Measure::working_days:
      return voice.counted("feedback.due.limit.working_days"_t, deadline.count);
    case Measure::calendar_days:
      return voice.counted("feedback.due.limit.calendar_days"_t, deadline.count);
  }
  return {};
}

html::Fragment state_badge(const html::View& view, const Feedback& feedback) {
  // Closed by silence is never shown as solved.
  if (feedback.state == State::closed && feedback.closed_by == "silence")
    return html::badge(html::Tone::plain, "hourglass", view("feedback.state.closed_silent"_t));
  return html::badge(tone_of(feedback.state), icon_of(feedback.state),
                     view(key_of(feedback.state)));
}

html::Fragment due_badge(const html::View& view, const Feedback& feedback, Instant now) {
  if (is_overdue(feedback, now))
    return html::badge(html::Tone::late, "circle-alert", view("feedback.due.overdue"_t));
  if (is_late_with_extension(feedback, now))
    return html::badge(html::Tone::soon, "calendar-clock", view("feedback.due.late_extended"_t));
  const bool waits = !is_over(feedback.state) && feedback.state != State::answered &&
                     feedback.state != State::promised && feedback.state != State::asked;
  if (waits && calendar::working_days_left(now, feedback.due_at, *holidays()) <= 1)
    return html::badge(html::Tone::soon, "clock", view("feedback.due.soon"_t));
  return {};
}

std::string_view name_of(const html::View& view, const Topic& topic) {
  const bool english = view.voice.language() == i18n::Language::en;
  return english && !topic.name_en.empty() ? topic.name_en : topic.name_vi;
}

}  // namespace ln::feedback
