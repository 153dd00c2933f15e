#include "feature/feedback/feedback_pages_case_view.h"

#include <algorithm>
#include <ranges>

#include "core/units/units_store.h"
#include "core/units/units_store_procedures.h"
#include "core/units/units_store_reorganise.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_case_parts.h"
#include "feature/feedback/feedback_pages_due.h"
#include "feature/feedback/feedback_pages_erase.h"
#include "feature/feedback/feedback_pages_held.h"
#include "feature/feedback/feedback_pages_invitation.h"
#include "feature/feedback/feedback_pages_pressure.h"
#include "feature/feedback/feedback_pages_receipt.h"
#include "feature/feedback/feedback_store_invitation.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback {
namespace {

using html::Fragment;
using html::Url;

std::string title_of(const html::View& view, const CaseShown& shown) {
  const Feedback& f = shown.feedback;
  if (shown.is_holder) return f.title;
  if (f.published_at) return with_spoken_marks(view, f.public_title);
  return view.voice("feedback.case.title"_t, {{"code", f.code.shown()}});
}

Fragment news_notes(const html::View& view, const CaseNews& news) {
  Fragment out = html::error_summary(view, news.error, {{"text", std::string(news.act)}});
  const auto told = [&](html::NoteKind kind, TextKey text) {
    out +=
        html::note({.kind = kind, .body = html::fill("<p>{}</p>", view(text)), .is_status = true});
  };
  if (news.is_done) told(html::NoteKind::ok, "feedback.case.done"_t);
  if (news.is_too_late) told(html::NoteKind::warn, "feedback.case.too_late"_t);
  return out;
}

Fragment case_head(const html::View& view, const CaseShown& shown) {
  const Feedback& f = shown.feedback;
  Fragment badges = state_badge(view, f);
  badges += due_badge(view, f, shown.now);
  if (f.is_protected)
    badges += html::badge(html::Tone::plain, "shield-check", view("feedback.case.protected"_t));
  if (f.recurrence > 1)
    badges += html::badge(
        html::Tone::soon, "rotate-ccw",
        view.voice("feedback.case.recurrence"_t, {{"number", std::to_string(f.recurrence)}}));
  return html::fill(R"(<h1 class="h-l" lang="{}">{}</h1><p class="row">{} {}</p>)",
                    f.in_english ? "en" : "vi", title_of(view, shown), badges,
                    html::code(f.code.shown()));
}

// The text: the sender's own for them, the published one for everybody else, or that there is none.
Fragment story(const html::View& view, const CaseShown& shown) {
  const Feedback& f = shown.feedback;
  Fragment out = html::fill(R"(<h2 class="h-m sp">{}</h2>)", view("feedback.case.story"_t));
  const bool is_told = shown.is_holder || f.published_at;
  if (!is_told) {
    // A stone where a text stood.
    for (const Moderation& row : shown.moderations | std::views::reverse) {
      if (row.picture.value != 0 || row.change != Change::withdrawn) continue;
      out +=
          html::note({.kind = html::NoteKind::stop,
                      .body = html::fill("<p>{}</p><p>{}</p>",
                                         view.voice("feedback.moderation.taken_down"_t,
                                                    {{"day", view.voice.date(local_day(row.at))}}),
                                         view(key_of(row.reason.value_or(HideReason::privacy))))});
      return out;
    }
    out.add("<p>{}</p>",
            view(f.is_public ? "feedback.case.not_yet_public"_t : "feedback.case.not_public"_t));
    return out;
  }
  out.add(R"(<div class="quote" lang="{}">{}</div>)", f.in_english ? "en" : "vi",
          html::paragraphs(shown.is_holder ? f.body : with_spoken_marks(view, f.public_body)));
  for (const auto& [question, answer] : shown.extras)
    out.add("<p><b>{}</b> {}</p>", question, answer);
  out += case_files(view, shown, shown.files);
  // Nothing in them can be covered, so they are nobody's but the holder's and the office's.
  if (shown.closed_file_count > 0)
    out.add(R"(<p class="small muted">{}</p>)",
            shown.is_holder
                ? std::string(view("feedback.case.files_closed"_t))
                : view.voice.counted("feedback.case.files_apart"_t, shown.closed_file_count));
  return out;
}

// What was hidden and why: the same for everybody, and never what it was.
Fragment hidden_part(const html::View& view, const CaseShown& shown) {
  if (shown.moderations.empty()) return {};
  Fragment out = html::fill(R"(<h2 class="h-m sp" id="hidden">{}</h2>)",
                            view("feedback.moderation.of_case"_t));
  if (shown.is_holder) out.add("<p>{}</p>", view("feedback.moderation.yours"_t));
  out += moderation_list(view, shown.moderations);
  out.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/moderation"),
          view("feedback.moderation.title"_t));
  return out;
}

Fragment side(const html::View& view, const CaseShown& shown) {
  Fragment out = html::card({.icon_name = "clock",
                             .heading = view("feedback.case.times"_t),
                             .body = case_times(view, shown)});
  out += html::card({.icon_name = "info",
                     .heading = view("feedback.case.facts"_t),
                     .body = case_facts(view, shown)});
  out += chain_card(view, shown.chain, shown.feedback);
  if (shown.is_holder && shown.feedback.published_at) out += case_link_card(view, shown);
  if (shown.is_holder) {
    out += pressure_card(view, shown.feedback, shown.is_asked_about_pressure);
    out += intake_card(view, shown.feedback, shown.intake, shown.now);
    out += case_own_side(view, shown);
    out += proofs_card(view, shown.feedback);
    out += erase_card(view, shown.feedback);
    return out;
  }
  Fragment open = html::fill("<p>{}</p>", view("feedback.case.yours_hint"_t));
  open += secret_form(view, shown.feedback.code, {});
  out += html::card({.icon_name = "key-round",
                     .heading = view("feedback.case.yours"_t),
                     .body = std::move(open),
                     .is_tinted = true});
  return out;
}

}  // namespace

CaseShown gather_case(
    db::Read& read, Feedback feedback, bool is_holder, bool english, Instant now) {
  CaseShown shown{.feedback = std::move(feedback), .is_holder = is_holder, .now = now};
  const Feedback& f = shown.feedback;
  if (const auto topic = find_topic(read, f.topic)) shown.topic = *topic;
  gather_statement(read, shown);
  gather_page(read, shown);
  const auto name_unit = [&](units::UnitId id) {
    if (id.value == 0 || shown.unit_names.contains(id)) return;
    const auto unit = units::find(read, id);
    if (!unit) return;
    shown.unit_names.emplace(id, english && !unit->name_en.empty() ? unit->name_en : unit->name);
    if (auto heirs = units::became(read, *unit, local_day(now)); !heirs.empty())
      shown.unit_heirs.emplace(id, std::move(heirs));
  };
  name_unit(f.unit);
  // Whom a conduct case is about is nobody's business but the sender's before it is verified.
  if (is_holder || f.about != About::conduct) name_unit(f.object_unit);
  if (f.procedure_id != 0)
    if (const auto found = units::find_procedure(read, units::ProcedureId{f.procedure_id}))
      shown.procedure = english && !found->name_en.empty() ? found->name_en : found->name;
  if (f.recurs_of.value != 0)
    if (const auto earlier = find(read, f.recurs_of);
        earlier && !earlier->is_protected && !earlier->held_as)
      shown.earlier = earlier->code.text();
  // Only what is over or has come before can be part of one: most pages ask nothing.
  if (f.recurrence > 1 || is_over(f.state)) shown.chain = chain_of(read, f);
  for (Event& event : events_of(read, f.id)) {
    if (event.audience == Audience::staff) continue;
    if (!is_holder && event.audience != Audience::public_) continue;
    if (!is_holder && !f.published_at) event.text.clear();
    name_unit(event.unit);
    shown.events.push_back(std::move(event));
  }
  shown.closed_file_count =
      gather_files(read, {"feedback", f.id.value}, is_holder, shown.files) +
      gather_files(read, {"feedback_answer", f.id.value}, is_holder, shown.answer_files);
  // As in the log: of a case about conduct nothing before it was answered.
  if (is_holder || f.about != About::conduct || f.answered_at)
    shown.moderations = moderations_of(read, f.id);
  if (f.about == About::conduct && (is_holder || f.published_at))
    shown.replies = released_replies(read, f.id);
  if (is_holder || (f.is_public && f.published_at)) shown.commitment = commitment_of(read, f.id);
  if (is_holder) gather_own(read, english, shown);
  if (is_holder) gather_parts(read, english, shown);
  return shown;
}

// Where what was promised is kept in public. Its holder confirms it there with the secret of the
// case.
Fragment commitment_part(const html::View& view, const CaseShown& shown) {
  if (!shown.commitment) return {};
  Fragment out = commitment_link(view, *shown.commitment);
  if (shown.is_holder)
    out.add(R"(<p><a href="{}">{}</a></p>)",
            Url::in(view, "/commitments/", *shown.commitment, "/own")
                .with("code", shown.feedback.code.text()),
            view("commitment.case_own"_t));
  return out;
}

std::string case_html(const html::View& view, const CaseShown& shown, const CaseNews& news) {
  Fragment body = news_notes(view, news);
  body += case_head(view, shown);
  if (shown.is_holder) body += turned_part(view, shown.feedback, shown.readings, shown.now);
  if (shown.is_holder) body += case_acts(view, shown, news);
  body += commitment_part(view, shown);
  body += story(view, shown);
  body += case_letter_parts(view, shown);
  body += replies_part(view, shown.replies);
  body += hidden_part(view, shown);
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("feedback.case.timeline"_t));
  body += case_timeline(view, shown);
  const std::string title = title_of(view, shown);
  body += case_share(view, shown, title);
  return html::page(
      view, {.title = title,
             .body = html::columns({.body = std::move(body),
                                    .side = side(view, shown),
                                    .side_label = view("feedback.case.side"_t)}),
             .has_errors = news.error != nullptr,
             // What is not published is for those who have the address, not for search engines.
             .is_unlisted = shown.is_holder || !shown.feedback.published_at});
}

std::string locked_html(const html::View& view, const Code& code, bool is_wrong) {
  const Error wrong{ErrorKind::invalid,
                    "feedback.error.code_or_secret"_t,
                    {{"secret", "feedback.error.code_or_secret"_t}}};
  const Error* error = is_wrong ? &wrong : nullptr;
  Fragment body = html::error_summary(view, error);
  body.add("<h1>{}</h1><p>{}</p><p>{}</p>", view("feedback.locked.title"_t),
           view("feedback.locked.why"_t), html::code(code.shown()));
  body += secret_form(view, code, html::error_for(view, error, "secret"));
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/feedback/find"),
           view("feedback.locked.other"_t));
  return html::page(view, {.title = view("feedback.locked.title"_t),
                           .body = html::columns({.body = std::move(body), .is_narrow = true}),
                           .has_errors = is_wrong,
                           .is_unlisted = true});
}

std::string find_html(const html::View& view, std::string_view code, const Error* error) {
  Fragment fields = html::input(view, {.name = "code",
                                       .label = {view("feedback.find.code"_t)},
                                       .hint = view("feedback.find.code_hint"_t),
                                       .error = html::error_for(view, error, "code"),
                                       .value = code,
                                       .width = 20,
                                       .autocomplete = "off",
                                       .autocapitalize = "characters",
                                       .spellcheck = false,
                                       .more_class = "code-input"});
  fields +=
      html::input(view, {.name = "secret",
                         .label = {.text = view("feedback.find.secret"_t), .is_optional = true},
                         .hint = view("feedback.find.secret_hint"_t),
                         .error = html::error_for(view, error, "secret"),
                         .width = 30,
                         .autocomplete = "off",
                         .autocapitalize = "characters",
                         .spellcheck = false,
                         .more_class = "code-input"});
  fields += html::button({.text = view("feedback.find.send"_t), .icon_after = "arrow-right"});
  Fragment body = html::error_summary(view, error);
  body.add("<h1>{}</h1><p>{}</p>", view("feedback.find.title"_t), view("feedback.find.lead"_t));
  body += html::form(view, {.action = Url::in(view, "/feedback/find"), .body = std::move(fields)});
  body.add(R"(<p>{} <a href="{}">{}</a></p>)", view("feedback.find.lost"_t),
           Url::in(view, "/recover"), view("feedback.recover.title"_t));
  return html::page(view, {.title = view("feedback.find.title"_t),
                           .here = "/feedback/find",
                           .body = html::columns({.body = std::move(body), .is_narrow = true}),
                           .has_errors = error != nullptr});
}

}  // namespace ln::feedback
