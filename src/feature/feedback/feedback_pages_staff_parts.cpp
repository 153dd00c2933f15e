#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_store_lists.h"

#include <algorithm>

#include "base/text.h"
#include "core/people/people_store.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_foreign.h"
#include "feature/feedback/feedback_store_intake.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Tone;

constexpr int ping_pong_count = 3;  // transfers from which they are pointed out

std::int64_t hours_between(Instant from, Instant to) {
  return std::chrono::ceil<std::chrono::hours>(to - from).count();
}

Clock late_clock(const html::View& view, Instant due, Instant now) {
  const auto days = (local_day(now) - local_day(due)).count();
  if (days > 0)
    return {Tone::late, view.voice.counted("feedback.staff.late_days"_t, days), true, due};
  return {Tone::late,
          view.voice.counted("feedback.staff.late_hours"_t,
                             std::max<std::int64_t>(1, hours_between(due, now))),
          true, due};
}

Clock running_clock(const html::View& view, Instant due, Instant now) {
  if (now > due) return late_clock(view, due, now);
  const int days = calendar::working_days_left(now, due, *holidays());
  const Tone tone = days <= soon_days ? Tone::soon : Tone::plain;
  if (days > 0) return {tone, view.voice.counted("feedback.staff.left_days"_t, days), true, due};
  return {tone, view.voice.counted("feedback.staff.left_hours"_t, hours_between(now, due)), true,
          due};
}

std::string_view icon_of(State state) {
  switch (state) {
    case State::received: return "inbox";
    case State::accepted: return "flag";
    case State::assigned: return "user-round";
    case State::asked: return "hourglass";
    case State::answered: return "reply";
    case State::promised: return "calendar-clock";
    case State::declined: return "ban";
    case State::redirected: return "external-link";
    case State::reopened: return "rotate-ccw";
    case State::closed: return "circle-check";
  }
  return "info";
}

}  // namespace

Result<Feedback> visible_case(db::Read& read,
                              const people::Officer& officer,
                              std::string_view code) {
  const auto parsed = Code::parse(code);
  auto found = parsed ? find(read, *parsed) : std::nullopt;
  if (!found || !may_see(*found, officer))
    return Error{ErrorKind::not_found, "feedback.error.no_such_case"_t};
  return *std::move(found);
}

const std::string& Names::of_account(std::int64_t id) {
  const auto [at, is_new] = accounts_.try_emplace(id);
  if (is_new && id != 0)
    if (const auto account = people::find_account(*read_, people::AccountId{id}))
      at->second = account->name;
  return at->second;
}

const std::string& Names::of_unit(units::UnitId id) {
  const auto [at, is_new] = units_.try_emplace(id.value);
  if (is_new)
    if (const auto unit = units::find(*read_, id)) at->second = unit->name;
  return at->second;
}

Clock clock_of(const html::View& view, const Feedback& feedback, Instant now) {
  switch (feedback.state) {
    case State::received:
    case State::accepted:
    case State::assigned:
    case State::reopened: return running_clock(view, feedback.due_at, now);
    case State::promised: {
      const Day day = feedback.promised_on.value_or(local_day(now));
      return running_clock(view, promise_ends_at(day, feedback.hours), now);
    }
    default: return {};
  }
}

std::string due_day(const html::View& view, Instant due, Instant now) {
  if (local_day(due) != local_day(now)) return view.voice.day_name(local_day(due));
  const std::string time = view.voice.time(due);
  return view.voice("feedback.staff.today_at"_t, {{"time", time}});
}

std::string_view state_name(const html::View& view, State state) {
  return view(state == State::asked ? "feedback.staff.state_asked"_t : key_of(state));
}

Fragment state_badge(const html::View& view, const Feedback& feedback) {
  const bool is_done = feedback.state == State::closed || feedback.state == State::answered;
  return html::badge(is_done ? Tone::ok : Tone::info, icon_of(feedback.state),
                     state_name(view, feedback.state));
}

Fragment marks(const html::View& view, const Feedback& feedback) {
  Fragment out;
  if (feedback.urgent_at && !is_over(feedback.state))
    out += html::badge(Tone::late, "triangle-alert", view("feedback.staff.urgent"_t));
  if (feedback.kind != Kind::report)
    out += html::badge(Tone::plain, feedback.kind == Kind::praise ? "star" : "message-circle",
                       view(key_of(feedback.kind)));
  if (feedback.is_protected)
    out += html::badge(Tone::info, "lock", view("feedback.staff.protected"_t));
  if (feedback.recurrence > 1)
    out += html::badge(Tone::soon, "history",
                       view.voice.counted("feedback.staff.recurrence"_t, feedback.recurrence));
  if (feedback.transfer_count >= ping_pong_count)
    out += html::badge(Tone::soon, "refresh-cw",
                       view.voice.counted("feedback.staff.transfers"_t, feedback.transfer_count));
  return out;
}

std::vector<html::Fact> intake_facts(const html::View& view,
                                     db::Read& read,
                                     const Feedback& feedback,
                                     Names& names) {
  if (feedback.entered_by == 0 || feedback.is_protected) return {};
  std::vector<html::Fact> facts;
  facts.push_back({view("feedback.staff.fact_entered"_t),
                   html::fill("{}", names.of_account(feedback.entered_by))});
  if (const auto foreign = foreign_of(read, feedback.id)) {
    const auto source = find_source(read, foreign->source);
    const std::string& system = source ? source->name : foreign->source;
    facts.push_back({view("exchange.fact_system"_t), html::fill("{}", system)});
    if (!foreign->code.empty())
      facts.push_back({view("exchange.fact_code"_t), html::code(foreign->code)});
    facts.push_back({view("exchange.fact_received"_t), html::moment(view, foreign->stated_at)});
    if (!foreign->state.empty())
      facts.push_back({view("exchange.fact_state"_t),
                       html::fill(R"(<span lang="vi">{}</span>)", foreign->state)});
  }
  const auto intake = intake_of(read, feedback.id);
  if (!intake) return facts;
  facts.push_back(
      {view("feedback.intake.channel"_t), html::fill("{}", view(key_of(intake->channel)))});
  if (intake->stated_at)
    facts.push_back({view("feedback.intake.stated"_t), html::moment(view, *intake->stated_at)});
  else if (intake->stated_on)
    facts.push_back({view("feedback.intake.stated"_t), html::day(view, *intake->stated_on)});
  return facts;
}

std::string excerpt(std::string_view text, std::size_t chars) {
  text = trimmed(text);
  if (count_chars(text) <= chars) return std::string(text);
  std::string_view cut = first_chars(text, chars);
  if (const std::size_t space = cut.find_last_of(" \n"); space != std::string_view::npos)
    cut = cut.substr(0, space);
  return std::string(cut) + "…";
}

std::string excerpt_after(std::string_view title, std::string_view body, std::size_t chars) {
  constexpr std::string_view cut_off = "…";
  const bool is_cut = title.ends_with(cut_off);
  if (is_cut) title.remove_suffix(cut_off.size());
  body = trimmed(body);
  if (title.empty() || !body.starts_with(title)) return excerpt(body, chars);
  body.remove_prefix(title.size());
  while (!body.empty() && std::string_view(" \n.,;:").find(body.front()) != std::string_view::npos)
    body.remove_prefix(1);
  return (is_cut && !body.empty() ? std::string(cut_off) : "") + excerpt(body, chars);
}

html::Url case_url(const html::View& view, const Feedback& feedback) {
  return html::Url::in(view, "/staff/feedback/", feedback.code.text());
}

TextKey name_of(Task task) {
  switch (task) {
    case Task::accept: return "feedback.task.accept"_t;
    case Task::assign: return "feedback.task.assign"_t;
    case Task::transfer: return "feedback.task.transfer"_t;
    case Task::ask: return "feedback.task.ask"_t;
    case Task::note: return "feedback.task.note"_t;
    case Task::answer: return "feedback.task.answer"_t;
    case Task::promise: return "feedback.task.promise"_t;
    case Task::decline: return "feedback.task.decline"_t;
    case Task::extend: return "feedback.task.extend"_t;
    case Task::redirect: return "feedback.task.redirect"_t;
    case Task::publish: return "feedback.task.publish"_t;
    case Task::classify: return "feedback.task.classify"_t;
    case Task::merge: return "feedback.task.merge"_t;
    case Task::split: return "feedback.task.split"_t;
    case Task::hurry: return "feedback.task.hurry"_t;
  }
  return {};
}

TextKey name_of(Task task, const Feedback& feedback) {
  return task == Task::publish && feedback.published_at ? "feedback.staff.change_public"_t
                                                        : name_of(task);
}

html::Fragment choice(std::string_view value, std::string_view chosen, std::string_view text) {
  return html::fill(R"(<option value="{}" selected="{}">{}</option>)", value, value == chosen,
                    text);
}

}  // namespace ln::feedback::staff
