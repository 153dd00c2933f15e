#include "feature/feedback/feedback_pages_case_parts.h"

#include <algorithm>
#include <chrono>
#include <ranges>
#include <utility>

#include "core/attachment/attachment_cover.h"
#include "core/attachment/attachment_pages.h"
#include "core/attachment/attachment_store.h"
#include "core/notice/notice_letter.h"
#include "feature/feedback/feedback_actions_move.h"
#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_due.h"
#include "feature/feedback/feedback_pages_page.h"
#include "feature/feedback/feedback_pages_why.h"
#include "feature/feedback/feedback_part.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/share.h"
#include "platform/html/spoken.h"

namespace ln::feedback {
namespace {

using html::Fragment;
using html::Url;

struct EventLook {
  std::string_view icon;
  TextKey title;
};

EventLook look_of(std::string_view event) {
  if (event == reason_reorganised) return {"arrow-right", "feedback.case.event.reorganised"_t};
  if (event == reason_settled) return {"arrow-right", "feedback.case.event.settled"_t};
  if (event == "received") return {"inbox", "feedback.case.event.received"_t};
  if (event == "accepted") return {"check", "feedback.case.event.accepted"_t};
  if (event == "assigned") return {"user-round", "feedback.case.event.assigned"_t};
  if (event == parted_word) return {"list", "feedback.event.parted"_t};
  if (event == rejoined_word) return {"users", "feedback.event.rejoined"_t};
  if (event == "joined") return {"users", "feedback.event.joined"_t};
  if (event == escalated_word) return {"trending-up", "feedback.event.escalated"_t};
  if (event == supervised_word) return {"eye", "feedback.event.supervised"_t};
  if (event == disputed_word) return {"scale", "feedback.event.disputed"_t};
  if (event == kept_word) return {"circle-check", "feedback.event.kept"_t};
  if (event == invited_word) return {"external-link", "feedback.event.invited"_t};
  if (event == "split") return {"users", "feedback.event.split"_t};
  if (event == "transferred") return {"arrow-right", "feedback.case.event.transferred"_t};
  if (event == "asked") return {"message-circle-question", "feedback.case.event.asked"_t};
  if (event == "replied") return {"message-circle", "feedback.case.event.replied"_t};
  if (event == corrected_word) return {"pencil", "feedback.event.corrected"_t};
  if (event == urgent_word) return {"triangle-alert", "feedback.event.urgent"_t};
  if (event == "extended") return {"calendar-clock", "feedback.case.event.extended"_t};
  if (event == "answered") return {"reply", "feedback.case.event.answered"_t};
  if (event == "promised") return {"calendar-clock", "feedback.case.event.promised"_t};
  if (event == day_changed_word) return {"calendar-clock", "feedback.event.day_changed"_t};
  if (event == given_up_word) return {"circle-x", "feedback.event.given_up"_t};
  if (event == "declined") return {"ban", "feedback.case.event.declined"_t};
  if (event == "redirected") return {"arrow-up-right", "feedback.case.event.redirected"_t};
  if (event == "contested") return {"scale", "feedback.case.event.contested"_t};
  if (event == "hiding_contested") return {"scale", "feedback.case.event.hiding_contested"_t};
  if (event == "rated") return {"star", "feedback.case.event.rated"_t};
  if (event == "reopened") return {"rotate-ccw", "feedback.case.event.reopened"_t};
  if (event == "closed") return {"circle-check", "feedback.case.event.closed"_t};
  if (event == "lapsed") return {"hourglass", "feedback.case.event.lapsed"_t};
  if (event == "opened_identity") return {"eye", "feedback.case.event.opened_identity"_t};
  if (event == "rekeyed") return {"key-round", "feedback.event.rekeyed"_t};
  if (event == "erased") return {"trash-2", "feedback.case.event.erased"_t};
  return {"info", "feedback.case.event.other"_t};
}

std::string_view unit_name(const CaseShown& shown, units::UnitId id) {
  const auto found = shown.unit_names.find(id);
  return found == shown.unit_names.end() ? std::string_view() : std::string_view(found->second);
}

// The word of a list that stands with an act: why it was declined, what was found.
TextKey reason_of(const Event& event) {
  if (event.event == "declined")
    if (const auto reason = from_word(all_decline_reasons, event.reason)) return key_of(*reason);
  if (event.event == "answered")
    if (const auto outcome = from_word(all_outcomes, event.reason)) return key_of(*outcome);
  return {};
}

Fragment event_body(const html::View& view, const CaseShown& shown, const Event& event) {
  Fragment body;
  if (const TextKey reason = reason_of(event); !reason.is_none())
    body.add("<p><b>{}</b></p>", view(reason));
  if (event.event == "extended" && event.reason == "calendar") return moved_body(view, event.text);
  if (shown_word(event) == escalated_word || shown_word(event) == supervised_word)
    return html::fill("<p>{}</p>", view.voice("feedback.event.put_before"_t,
                                              {{"unit", unit_name(shown, event.unit)},
                                               {"day", view.voice.day_name(*event.day)}}));
  if (shown_word(event) == disputed_word)
    body.add("<p>{}</p>",
             view.voice("feedback.event.decides"_t, {{"unit", unit_name(shown, event.unit)}}));
  if (event.day)
    body.add("<p>{}</p>", view.voice(event.event == "extended" ? "feedback.case.extended_to"_t
                                                               : "feedback.case.promised_on"_t,
                                     {{"day", view.voice.day_name(*event.day)}}));
  body += html::paragraphs(event.text);
  if (event.event == "answered") body += case_files(view, shown, shown.answer_files);
  return body;
}

std::string event_meta(const html::View& view, const CaseShown& shown, const Event& event) {
  std::string meta;
  if (event.party == "citizen")
    meta = view("feedback.case.sender"_t);
  else if (event.party == "clock")
    meta = view("feedback.case.clock"_t);
  else
    meta = unit_name(shown, event.unit.value != 0 ? event.unit : shown.feedback.unit);
  return meta + (meta.empty() ? "" : " · ") + view.voice.moment(event.at);
}

// What the holder is asked to judge or to answer, above the buttons: nobody should agree to an
// answer that stands further down the page.
Fragment what_was_said(const html::View& view, const CaseShown& shown, std::string_view word) {
  for (const Event& event : shown.events | std::views::reverse) {
    if (event.event != word) continue;
    return html::fill(
        R"(<div class="quote"><p><b>{}</b></p>{}{}<p class="muted">{}</p></div>)",
        view(look_of(event.event).title),
        [&](Fragment& out) {
          if (const TextKey reason = reason_of(event); !reason.is_none())
            out.add("<p><b>{}</b></p>", view(reason));
        },
        html::paragraphs(event.text), event_meta(view, shown, event));
  }
  return {};
}

// A form for one act: what it means, a text, a button.
struct ActForm {
  std::string_view act;  // last word of its address, and the id of its field
  TextKey label, hint, send;
  int chars_max = 0;
  bool is_main = false;
};

// The same form stands on the page of a letter once for each part of it.
std::string field_id(const CaseShown& shown, std::string_view act) {
  return shown.part_number == 0 ? std::string(act)
                                : std::string(act) + "-" + std::to_string(shown.part_number);
}

Fragment act_form(const html::View& view,
                  const CaseShown& shown,
                  const CaseNews& news,
                  const ActForm& form) {
  const bool is_this = news.act == form.act;
  const std::string id = field_id(shown, form.act);
  Fragment fields = html::textarea(
      view, {.name = "text",
             .label = {view(form.label), html::Size::s},
             .hint = view(form.hint),
             .error = is_this ? html::error_for(view, news.error, "text") : std::string_view(),
             .value = is_this ? news.typed : std::string_view(),
             .id = id,
             .rows = 4,
             .chars_max = form.chars_max});
  fields +=
      html::button({.text = view(form.send),
                    .kind = form.is_main ? html::ButtonKind::primary : html::ButtonKind::secondary,
                    .once = true});
  return html::form(
      view, {.action = Url::in(view, "/feedback/", shown.feedback.code.text(), "/", form.act),
             .body = std::move(fields)});
}

bool may(const CaseShown& shown, Act act) {
  return next_state(shown.feedback, act, Party::citizen, shown.now).ok();
}

Fragment answer_acts(const html::View& view, const CaseShown& shown, const CaseNews& news) {
  Fragment out;
  const bool may_accept = may(shown, Act::approve) && !waits_for_parts(shown);
  if (may(shown, Act::approve)) out += what_was_said(view, shown, "answered");
  if (may(shown, Act::approve) && !may_accept)
    out.add("<p>{}</p>", view("feedback.part.closes_together"_t));
  if (may_accept) {
    out += html::form(view,
                      {.action = Url::in(view, "/feedback/", shown.feedback.code.text(), "/accept"),
                       .body = html::button({.text = view("feedback.act.accept"_t),
                                             .icon_before = "check",
                                             .is_big = true,
                                             .once = true})});
  }
  if (may(shown, Act::reopen))
    out += html::details(
        view("feedback.act.reopen"_t),
        act_form(view, shown, news,
                 {"reopen", "feedback.act.reopen_label"_t, "feedback.act.reopen_hint"_t,
                  "feedback.act.reopen_send"_t, static_cast<int>(reason_chars_max)}),
        news.act == "reopen");
  return out;
}

int days_taken(const CaseShown& shown) {
  const Instant until = shown.feedback.closed_at.value_or(shown.now);
  return static_cast<int>((local_day(until) - local_day(shown.feedback.received_at)).count());
}

}  // namespace

TextKey case_event_title(std::string_view event) { return look_of(event).title; }

Fragment case_files(const html::View& view,
                    const CaseShown& shown,
                    std::span<const attachment::Attachment> files) {
  if (files.empty()) return {};
  return html::fill(R"(<ul class="files">{}</ul>)", [&](Fragment& list) {
    int number = 0;
    for (const attachment::Attachment& file : files) {
      const bool is_open = file.visibility == attachment::Visibility::published;
      if (is_open && file.kind == attachment::Kind::picture) {
        list.add(R"(<li><a href="{}"><img src="{}" alt="{}" loading="lazy"></a></li>)",
                 attachment::url_of(file), attachment::url_of(file, attachment::Part::thumbnail),
                 view.voice("feedback.picture.public"_t, {{"number", std::to_string(++number)}}));
        continue;
      }
      const Url url =
          is_open ? attachment::url_of(file)
                  : Url::path("/feedback/", shown.feedback.code.text(), "/files/", file.token);
      list.add(R"(<li><a href="{}">{} {} ({})</a>{}</li>)", url,
               html::icon(file.kind == attachment::Kind::picture ? "image" : "paperclip"),
               file.name, view.voice.bytes(file.size), attachment::player(file, url));
    }
  });
}

Fragment case_times(const html::View& view, const CaseShown& shown) {
  const Feedback& f = shown.feedback;
  std::vector<html::Fact> all = {
      {view("feedback.case.received_at"_t), html::moment(view, f.received_at)}};
  if (f.accepted_at)
    all.push_back({view("feedback.case.accepted_at"_t), html::moment(view, *f.accepted_at)});
  const bool is_promised = f.state == State::promised && f.promised_on;
  if (is_promised)
    all.push_back({view("feedback.case.promise_due"_t), html::day(view, *f.promised_on)});
  else if (!is_over(f.state))
    all.push_back({view("feedback.case.due_at"_t), html::moment(view, f.due_at)});
  if (f.last_answered_at)
    all.push_back({view("feedback.case.answered_at"_t), html::moment(view, *f.last_answered_at)});
  if (f.state == State::answered && f.last_answered_at)
    all.push_back({view("feedback.case.silence_at"_t),
                   html::moment(view, *f.last_answered_at + silence_closes_after)});
  if (f.closed_at)
    all.push_back({view("feedback.case.closed_at"_t), html::moment(view, *f.closed_at)});
  Fragment taken;
  taken.add_text(view.voice.counted("feedback.case.days"_t, days_taken(shown)));
  all.push_back({view("feedback.case.taken"_t), std::move(taken)});
  Fragment out = html::facts(all);
  if (shown.stated_at)
    out.add(R"(<p class="small">{}</p>)",
            view.voice("exchange.counted_from"_t, {{"at", view.voice.moment(*shown.stated_at)}}));
  out += why_of_case(view, f, shown.topic, shown.stated_at, shown.events);
  if (f.due_at != f.first_due_at && !is_over(f.state))
    out.add(R"(<p class="small">{}</p>)", view("feedback.case.due_moved"_t));
  return out;
}

namespace {

// The name of an office, and what it is called now when it has ended.
Fragment unit_with_heirs(const html::View& view, const CaseShown& shown, units::UnitId id) {
  Fragment out = html::fill("{}", unit_name(shown, id));
  const auto heirs = shown.unit_heirs.find(id);
  if (heirs == shown.unit_heirs.end()) return out;
  out.add(R"( <span class="muted">({} {})</span>)", view("feedback.case.unit_now"_t),
          [&](Fragment& list) {
            std::string_view comma;
            for (const units::Unit& heir : heirs->second) {
              list.add(R"({}<a href="{}">{}</a>)", std::exchange(comma, ", "),
                       Url::in(view, "/units/", heir.code), heir.name);
            }
          });
  return out;
}

}  // namespace

Fragment case_facts(const html::View& view, const CaseShown& shown) {
  const Feedback& f = shown.feedback;
  std::vector<html::Fact> all;
  const auto add = [&](TextKey term, std::string_view value) {
    if (!value.empty()) all.push_back({view(term), html::fill("{}", value)});
  };
  all.push_back({view("feedback.case.unit"_t), unit_with_heirs(view, shown, f.unit)});
  add("feedback.case.about"_t, view(key_of(f.about)));
  add("feedback.case.kind"_t, view(key_of(f.kind)));
  if (!shown.topic.code.empty()) add("feedback.case.topic"_t, name_of(view, shown.topic));
  add("feedback.case.procedure"_t, shown.procedure);
  if (f.object_unit != f.unit && shown.unit_names.contains(f.object_unit))
    all.push_back({view("feedback.case.object"_t), unit_with_heirs(view, shown, f.object_unit)});
  if (shown.is_holder) {
    add("feedback.case.place"_t, f.place);
    if (f.position) all.push_back({view("feedback.case.position"_t), position_link(*f.position)});
    add("feedback.case.counter"_t, f.counter);
    add("feedback.case.dossier"_t, f.dossier);
    if (f.happened_on) add("feedback.case.happened_on"_t, view.voice.date(*f.happened_on));
  }
  if (Fragment page = page_link(view, shown.page); !page.empty())
    all.push_back({view("feedback.page.about"_t), std::move(page)});
  if (!shown.earlier.empty()) {
    const auto code = Code::parse(shown.earlier);
    all.push_back(
        {view("feedback.case.earlier"_t), html::fill(R"(<a href="{}" translate="no">{}</a>)",
                                                     Url::in(view, "/feedback/", shown.earlier),
                                                     code ? code->shown() : shown.earlier)});
  }
  return html::facts(all);
}

Fragment case_timeline(const html::View& view, const CaseShown& shown) {
  // Items borrow their words: kept here until the list is made.
  std::vector<std::string> metas, lines;
  metas.reserve(shown.events.size());
  lines.reserve(shown.events.size());
  std::vector<html::TimelineItem> items;
  for (const Event& event : shown.events | std::views::reverse) {
    const EventLook look = look_of(shown_word(event));
    metas.push_back(event_meta(view, shown, event));
    if (shown.is_holder && event.joins_before)
      metas.back() += " · " + view.voice("feedback.case.joins"_t,
                                         {{"before", view.voice.moment(*event.joins_before)}});
    lines.push_back(
        event.ledger_index
            ? view.voice("feedback.case.line"_t, {{"line", view.voice.number(*event.ledger_index)}})
            : std::string());
    const bool is_office = event.party == "office";
    items.push_back(
        {.kind = items.empty() && !is_over(shown.feedback.state) ? html::TimelineKind::now
                 : is_office                                     ? html::TimelineKind::office
                                                                 : html::TimelineKind::outside,
         .icon_name = look.icon,
         .title = view(event.reason == "calendar" ? "feedback.case.event.moved"_t : look.title),
         .body = event_body(view, shown, event),
         .meta = metas.back(),
         .proof = shown.is_holder && event.ledger_index
                      ? std::optional(Url::in(view, "/feedback/", shown.feedback.code.text(),
                                              "/receipt/", std::to_string(*event.ledger_index)))
                      : std::nullopt,
         .proof_text = lines.back()});
  }
  return html::timeline(view, items);
}

Fragment case_acts(const html::View& view, const CaseShown& shown, const CaseNews& news) {
  const Feedback& f = shown.feedback;
  Fragment acts;
  if (may(shown, Act::reply)) {
    acts += what_was_said(view, shown, "asked");
    acts += act_form(view, shown, news,
                     {"reply", "feedback.act.reply_label"_t, "feedback.act.reply_hint"_t,
                      "feedback.act.reply_send"_t, static_cast<int>(body_chars_max), true});
  }
  if (may(shown, Act::contest))
    acts += act_form(view, shown, news,
                     {"contest", "feedback.act.contest_label"_t, "feedback.act.contest_hint"_t,
                      "feedback.act.contest_send"_t, static_cast<int>(reason_chars_max), true});
  acts += answer_acts(view, shown, news);
  if (!shown.moderations.empty() && shown.moderations.back().change != Change::contested &&
      !f.erased_at)
    acts += html::details(
        view("feedback.act.unhide"_t),
        act_form(view, shown, news,
                 {"unhide", "feedback.act.unhide_label"_t, "feedback.act.unhide_hint"_t,
                  "feedback.act.unhide_send"_t, static_cast<int>(reason_chars_max)}),
        news.act == "unhide");
  Fragment links;
  if (f.answered_at)
    links.add(R"(<li><a href="{}">{} {}</a></li>)",
              Url::in(view, "/feedback/", f.code.text(), "/ratings"), html::icon("star"),
              view("feedback.act.rate"_t));
  // A protected case is not confirmed to exist, so no other case can point at it.
  if (is_over(f.state) && !f.is_protected)
    links.add(R"(<li><a href="{}">{} {}</a></li>)",
              Url::in(view, "/feedback/new").with("recurs_of", f.code.text()),
              html::icon("rotate-ccw"), view("feedback.act.again"_t));
  if (!links.empty()) acts.add(R"(<ul class="plain">{}</ul>)", links);
  if (acts.empty()) return {};
  return html::card(
      {.icon_name = "send", .heading = view("feedback.act.heading"_t), .body = std::move(acts)});
}

Fragment case_notices_link(const html::View& view, const CaseShown& shown) {
  if (!shown.notices_key) return {};
  return html::fill(R"(<p><a href="{}">{}</a></p>)",
                    Url::in(view, "/notices/", notice::shown_key(*shown.notices_key)),
                    view("feedback.case.notices"_t));
}

Fragment secret_form(const html::View& view, const Code& code, std::string_view error) {
  Fragment fields = html::input(view, {.name = "secret",
                                       .label = {view("feedback.find.secret"_t)},
                                       .hint = view("feedback.find.secret_hint"_t),
                                       .error = error,
                                       .width = 30,
                                       .autocomplete = "off",
                                       .autocapitalize = "characters",
                                       .spellcheck = false,
                                       .more_class = "code-input"});
  fields += html::button({.text = view("feedback.locked.open"_t)});
  return html::form(view, {.action = Url::in(view, "/feedback/", code.text(), "/open"),
                           .body = std::move(fields),
                           .is_opened_by_secret = true});
}

int gather_files(db::Read& read,
                 const attachment::Owner& owner,
                 bool is_holder,
                 std::vector<attachment::Attachment>& into) {
  int closed_count = 0;
  for (attachment::Attachment& file : attachment::list(read, owner)) {
    if (file.removed_at) continue;
    const bool is_picture = file.kind == attachment::Kind::picture;
    closed_count += is_picture ? 0 : 1;
    if (is_holder || (is_picture && file.visibility == attachment::Visibility::published)) {
      into.push_back(std::move(file));
    } else if (auto covered = attachment::shown_for(read, file.id)) {
      into.push_back(*std::move(covered));
    }
  }
  return closed_count;
}

html::Fragment case_link_card(const html::View& view, const CaseShown& shown) {
  const Url page = Url::in(view, "/feedback/", shown.feedback.code.text());
  return html::card({.icon_name = "link-2",
                     .heading = view("share.title"_t),
                     .body = html::address_to_copy(view, page)});
}

html::Fragment case_share(const html::View& view, const CaseShown& shown, std::string_view title) {
  if (shown.is_holder || !shown.feedback.published_at) return {};
  return html::share(view, Url::in(view, "/feedback/", shown.feedback.code.text()), title);
}

}  // namespace ln::feedback
