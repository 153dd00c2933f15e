#include "feature/feedback/feedback_pages_staff_events.h"

#include <string>
#include <utility>
#include <vector>

#include "feature/feedback/feedback_actions_absence.h"
#include "feature/feedback/feedback_actions_move.h"
#include "feature/feedback/feedback_actions_review.h"
#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_invitation.h"
#include "feature/feedback/feedback_pages_moved.h"
#include "feature/feedback/feedback_part.h"
#include "feature/feedback/feedback_store.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

struct Chronicle {
  const View& view;
  db::Read& read;
  const Feedback& feedback;
  Names& names;
};

struct EventLook {
  TextKey title;
  std::string_view icon_name;
};

EventLook look_of(std::string_view event) {
  const std::pair<std::string_view, EventLook> looks[] = {
      {"received", {"feedback.staff.event.received"_t, "inbox"}},
      {"accepted", {"feedback.staff.event.accepted"_t, "flag"}},
      {"assigned", {"feedback.staff.event.assigned"_t, "user-round"}},
      {parted_word, {"feedback.event.parted"_t, "list"}},
      {rejoined_word, {"feedback.event.rejoined"_t, "users"}},
      {"joined", {"feedback.event.joined"_t, "users"}},
      {"split", {"feedback.event.split"_t, "users"}},
      {escalated_word, {"feedback.event.escalated"_t, "trending-up"}},
      {supervised_word, {"feedback.event.supervised"_t, "eye"}},
      {disputed_word, {"feedback.event.disputed"_t, "scale"}},
      {kept_word, {"feedback.event.kept"_t, "circle-check"}},
      {invited_word, {"feedback.event.invited"_t, "external-link"}},
      {invited_answer_word, {"feedback.event.invited_answer"_t, "reply"}},
      {urgent_word, {"feedback.event.urgent"_t, "triangle-alert"}},
      {"classified", {"feedback.event.classified"_t, "list"}},
      {reason_reorganised, {"feedback.case.event.reorganised"_t, "arrow-right"}},
      {reason_settled, {"feedback.case.event.settled"_t, "arrow-right"}},
      {"transferred", {"feedback.staff.event.transferred"_t, "arrow-right"}},
      {"asked", {"feedback.staff.event.asked"_t, "message-circle-question"}},
      {"replied", {"feedback.staff.event.replied"_t, "message-circle"}},
      {corrected_word, {"feedback.event.corrected"_t, "pencil"}},
      {"answered", {"feedback.staff.event.answered"_t, "reply"}},
      {"promised", {"feedback.staff.event.promised"_t, "calendar-clock"}},
      {day_changed_word, {"feedback.event.day_changed"_t, "calendar-clock"}},
      {given_up_word, {"feedback.event.given_up"_t, "circle-x"}},
      {"declined", {"feedback.staff.event.declined"_t, "ban"}},
      {"redirected", {"feedback.staff.event.redirected"_t, "external-link"}},
      {"contested", {"feedback.staff.event.contested"_t, "scale"}},
      {"rated", {"feedback.staff.event.rated"_t, "star"}},
      {"reopened", {"feedback.staff.event.reopened"_t, "rotate-ccw"}},
      {"closed", {"feedback.staff.event.closed"_t, "circle-check"}},
      {"lapsed", {"feedback.staff.event.lapsed"_t, "hourglass"}},
      {"published", {"feedback.staff.event.published"_t, "eye"}},
      {"redacted", {"feedback.staff.event.redacted"_t, "eye-off"}},
      {"hiding_contested", {"feedback.case.event.hiding_contested"_t, "scale"}},
      {"opened_identity", {"feedback.staff.event.opened_identity"_t, "key-round"}},
      {"noted", {"feedback.staff.event.noted"_t, "pencil"}},
      {review_asked_word, {"feedback.staff.event.review_asked"_t, "eye"}},
      {review_returned_word, {"feedback.staff.event.review_returned"_t, "rotate-ccw"}},
      {"rekeyed", {"feedback.event.rekeyed"_t, "key-round"}},
      {"erased", {"feedback.case.event.erased"_t, "trash-2"}},
  };
  for (const auto& [word, look] : looks)
    if (word == event) return look;
  return {"feedback.staff.event.other"_t, "info"};
}

// What was said or decided. Why an identity was opened concerns the ombudsman and the sender.
Fragment event_body(Chronicle& d, const Event& event) {
  Fragment out;
  if (event.audience == Audience::staff && event.event == "noted")
    out.add(R"(<p class="row">{}</p>)",
            html::badge(html::Tone::plain, "eye-off", d.view("feedback.staff.internal"_t)));
  if (event.event == "assigned" && event.reason == stand_in_word)
    out.add("<p>{}</p>", d.view("feedback.staff.stand_in"_t));
  if (shown_word(event) == escalated_word || shown_word(event) == supervised_word)
    return html::fill("<p>{}</p>", d.view.voice("feedback.event.put_before"_t,
                                                {{"unit", d.names.of_unit(event.unit)},
                                                 {"day", d.view.voice.day_name(*event.day)}}));
  if (shown_word(event) == disputed_word)
    out.add("<p>{}</p>",
            d.view.voice("feedback.event.decides"_t, {{"unit", d.names.of_unit(event.unit)}}));
  if (shown_word(event) == "transferred")
    out.add(R"(<p lang="vi">{}</p>)", d.names.of_unit(event.unit));
  if (const auto outcome = from_word(all_outcomes, event.reason))
    out.add("<p><b>{}</b></p>", d.view(key_of(*outcome)));
  if (const auto reason = from_word(all_decline_reasons, event.reason))
    out.add("<p><b>{}</b></p>", d.view(key_of(*reason)));
  if (const auto because = from_word(all_erased_because, event.reason))
    out.add("<p><b>{}</b></p>", d.view(key_of(*because)));
  if (event.day) out.add("<p>{}</p>", html::day(d.view, *event.day));
  if (event.event == "extended" && event.reason == "calendar")
    return moved_body(d.view, event.text);
  if (event.event != "opened_identity") out += html::paragraphs(event.text);
  return out;
}

}  // namespace

Fragment timeline(const View& view, db::Read& read, const Feedback& feedback, Names& names) {
  Chronicle d{view, read, feedback, names};
  std::vector<Event> events = events_of(d.read, d.feedback.id);
  std::vector<std::string> metas, proofs;
  for (const Event& event : events) {
    const std::string& name = d.names.of_account(event.officer_id);
    const std::string_view who = event.party == "citizen" ? d.view("feedback.staff.by_citizen"_t)
                                 : event.party == "clock" ? d.view("feedback.staff.by_clock"_t)
                                                          : std::string_view(name);
    metas.push_back(std::string(who) + (who.empty() ? "" : " · ") + d.view.voice.moment(event.at));
    if (event.joins_before)
      metas.back() += " · " + d.view.voice("feedback.case.joins"_t,
                                           {{"before", d.view.voice.moment(*event.joins_before)}});
    const std::string line = d.view.voice.number(event.ledger_index.value_or(0));
    proofs.push_back(d.view.voice("feedback.staff.line"_t, {{"line", line}}));
  }
  std::vector<html::TimelineItem> items;
  for (std::size_t i = events.size(); i-- > 0;) {
    const EventLook look = look_of(shown_word(events[i]));
    items.push_back(
        {.kind = events[i].party == "citizen" ? html::TimelineKind::outside
                                              : html::TimelineKind::office,
         .icon_name = look.icon_name,
         .title =
             d.view(events[i].reason == "calendar" ? "feedback.case.event.moved"_t : look.title),
         .body = event_body(d, events[i]),
         .meta = metas[i],
         .proof = events[i].ledger_index ? std::optional(Url::in(d.view, "/ledger")) : std::nullopt,
         .proof_text = proofs[i]});
  }
  return html::fill(R"(<h2 class="h-m sp" id="events">{}</h2>{})",
                    d.view("feedback.staff.events"_t), html::timeline(d.view, items));
}

}  // namespace ln::feedback::staff
