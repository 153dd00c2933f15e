#include "feature/reception/reception_pages_parts.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/people/people_citizen.h"
#include "core/units/units_name.h"
#include "core/units/units_store.h"
#include "feature/reception/reception_store_follow.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/qr.h"
#include "platform/html/spoken.h"
#include "platform/i18n/capital.h"

namespace ln::reception {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

bool speaks_english(const View& view) { return view.voice.language() == i18n::Language::en; }

std::string why_sentence(const View& view, const calendar::Step& step, const calendar::Due& due) {
  const std::string day = i18n::capitalised(view.voice.day_name(step.day));
  const std::string& name =
      speaks_english(view) && !step.name_en.empty() ? step.name_en : step.name_vi;
  const std::string reason = !name.empty()
                                 ? name
                                 : std::string(view(step.day_kind == calendar::DayKind::weekend
                                                        ? "feedback.due.weekend"_t
                                                        : "feedback.due.day_off"_t));
  switch (step.kind) {
    case calendar::StepKind::received:
      return view.voice("feedback.due.step.received"_t, {{"day", day}});
    case calendar::StepKind::counted:
      return view.voice(
          "feedback.due.step.counted"_t,
          {{"day", day}, {"number", std::to_string(due.why.front().remaining - step.remaining)}});
    case calendar::StepKind::skipped:
      return view.voice("feedback.due.step.skipped"_t, {{"day", day}, {"reason", reason}});
    case calendar::StepKind::moved:
      return view.voice("feedback.due.step.moved"_t, {{"day", day}, {"reason", reason}});
    case calendar::StepKind::paused: return {};
    case calendar::StepKind::due:
      return view.voice("feedback.due.step.due"_t, {{"at", view.voice.moment(due.at)}});
  }
  return {};
}

Fragment words_note(const View& view, TextKey heading, const Words& words) {
  return html::note(
      {.heading = view(heading),
       .body = fill(R"(<div lang="vi">{}</div><p class="small muted">{} · {}</p>)",
                    html::paragraphs(words.body), html::moment(view, words.written_at),
                    view.voice("reception.line"_t, {{"line", view.voice.number(words.line)}}))});
}

// What an outcome leads to.
Fragment outcome_link(const View& view, db::Read& read, const Entry& entry) {
  if (entry.passed_to.value != 0)
    return fill(R"( <span lang="vi">{}</span>)", unit_name(view, read, entry.passed_to));
  if (entry.commitment_id != 0)
    return fill(R"( <a href="{}">{}</a>)", Url::in(view, "/commitments/", entry.commitment_id),
                view.voice("reception.commitment_number"_t,
                           {{"number", view.voice.number(entry.commitment_id)}}));
  if (entry.case_id != 0)
    if (const auto found = find_case(read, entry.case_id))
      return fill(R"( <a href="{}" translate="no">{}</a>)",
                  Url::in(view, "/feedback/", found->code), found->code);
  return {};
}

Fragment entry_item(const View& view, db::Read& read, const Entry& entry, const Words* summary) {
  Fragment out = fill(R"(<p><b>{}</b> · {} · {}</p>)", view(key_of(entry.presence)),
                      html::moment(view, entry.written_at),
                      view.voice("reception.line"_t, {{"line", view.voice.number(entry.line)}}));
  if (entry.sort && entry.outcome)
    out.add("<p>{} · {}{}</p>", view(key_of(*entry.sort)), view(key_of(*entry.outcome)),
            outcome_link(view, read, entry));
  if (summary != nullptr) out.add(R"(<div lang="vi">{}</div>)", html::paragraphs(summary->body));
  if (entry.sort && is_lawful_only(*entry.sort))
    out.add("<p>{}</p>", view("reception.lawful_way"_t));
  return fill(R"(<li class="op">{}</li>)", out);
}

}  // namespace

Url day_url(const View& view, ReceptionId id) { return Url::in(view, "/receptions/", id.value); }
Url turn_url(const View& view, const Code& code) {
  return Url::in(view, "/receptions/turns/", code.text());
}
Url unit_url(const View& view, std::string_view unit_code) {
  return Url::in(view, "/receptions/units/", unit_code);
}

std::string unit_name(const View& view, db::Read& read, units::UnitId id) {
  const auto unit = units::find(read, id);
  if (!unit) return {};
  return units::name_in(*unit, speaks_english(view));
}

Fragment day_badge(const View& view, const Reception& r, std::int64_t free, Instant now) {
  if (r.state == State::cancelled)
    return html::badge(html::Tone::late, "ban", view("reception.state.cancelled"_t));
  if (r.was_not_held(now))
    return html::badge(html::Tone::late, "circle-x", view("reception.state.not_held"_t));
  if (!r.takes_bookings(now))
    return r.state == State::held
               ? html::badge(html::Tone::ok, "circle-check", view("reception.state.held"_t))
               : html::badge(html::Tone::plain, "clock", view("reception.state.over"_t));
  const std::string_view band = band_of(free, r.places);
  if (band == "none") return html::badge(html::Tone::soon, "users", view("reception.state.full"_t));
  return html::badge(html::Tone::info, "calendar-clock",
                     view(band == "few" ? "reception.free_few"_t : "reception.free_many"_t));
}

std::string hours_of(const View& view, const Reception& r) {
  return view.voice.time(r.starts_at) + "–" + view.voice.time(r.ends_at()) + " " +
         view.voice.day_name(local_day(r.starts_at));
}

Fragment day_item(
    const View& view, db::Read& read, const Reception& r, const Url& to, Instant now) {
  return fill(R"(<li><h3 class="h-s"><a href="{}">{}</a></h3><ul class="c-meta"><li>{}</li>)"
              R"(<li lang="vi">{}{}</li><li lang="vi">{}</li></ul></li>)",
              to, i18n::capitalised(hours_of(view, r)),
              day_badge(view, r, free_of(read, r, now), now), html::icon("landmark"),
              unit_name(view, read, r.unit), r.receiver);
}

Fragment day_facts(const View& view, const Reception& r) {
  const html::Fact facts[] = {
      {view("reception.receiver"_t), fill(R"(<span lang="vi">{}</span>)", r.receiver)},
      {view("reception.when"_t), fill("{}", hours_of(view, r))},
      {view("reception.place"_t), fill(R"(<span lang="vi">{}</span>)", r.place)},
      {view("reception.turns"_t),
       fill("{}",
            view.voice("reception.turns_of"_t, {{"count", view.voice.number(r.places)},
                                                {"minutes", view.voice.number(r.turn_minutes)}}))}};
  return html::facts(facts, true);
}

Fragment day_history(const View& view, db::Read& read, const Reception& r) {
  Fragment list;
  for (const Event& each : events_of(read, r.id)) {
    Fragment more;
    if (each.what == Happening::moved)
      more.add(" {}",
               view.voice("reception.moved_to"_t, {{"at", view.voice.moment(each.starts_at)}}));
    if (!each.words.empty()) more.add(R"(<br><span lang="vi">{}</span>)", each.words);
    list.add(R"(<li>{} · {} · <a href="{}">{}</a>{}</li>)", view(key_of(each.what)),
             html::moment(view, each.at), Url::in(view, "/ledger/facts/", each.line),
             view.voice("reception.line"_t, {{"line", view.voice.number(each.line)}}), more);
  }
  for (const Follow& each : follows_of(read, r.id)) {
    const bool is_same = each.from == each.to;
    list.add(
        R"(<li>{} · {} · <a href="{}">{}</a><br><span lang="vi">{}{}</span></li>)",
        view(is_same ? "reception.event.confirmed"_t : "reception.event.followed"_t),
        html::moment(view, each.at), Url::in(view, "/ledger/facts/", each.line),
        view.voice("reception.line"_t, {{"line", view.voice.number(each.line)}}),
        is_same ? std::string() : unit_name(view, read, each.from) + " → ",
        unit_name(view, read, each.to));
  }
  return fill(R"(<h2 class="h-m sp">{}</h2><ul>{}</ul>)", view("reception.history"_t), list);
}

Fragment followed_note(const View& view, db::Read& read, const Reception& r) {
  const auto all = follows_of(read, r.id);
  if (all.empty()) return {};
  const Follow& last = all.back();
  Fragment words = fill(
      "<p>{}</p>", view.voice(last.is_ahead ? "reception.followed"_t : "reception.followed_owed"_t,
                              {{"from", unit_name(view, read, all.front().from)},
                               {"to", unit_name(view, read, last.to)},
                               {"day", view.voice.date(local_day(last.at))}}));
  if (!last.is_certain) words.add("<p>{}</p>", view("reception.followed_open"_t));
  return html::note({.kind = html::NoteKind::warn, .body = std::move(words)});
}

Fragment why_due(const View& view, const calendar::Due& why, Instant due) {
  if (why.at != due) return {};
  Fragment list;
  for (const calendar::Step& step : why.why) {
    const bool is_off =
        step.kind == calendar::StepKind::skipped || step.kind == calendar::StepKind::moved;
    const std::optional<std::string_view> css_class =
        is_off ? std::optional<std::string_view>("off") : std::nullopt;
    list.add(R"(<li class="{}">{}</li>)", css_class, why_sentence(view, step, why));
  }
  return html::details(view("feedback.due.why"_t), fill(R"(<ol class="why">{}</ol>)", list));
}

Fragment owed_badge(const View& view, const Turn& turn, Instant now) {
  if (turn.is_overdue(now))
    return html::badge(html::Tone::late, "triangle-alert", view("reception.result.overdue"_t));
  if (turn.is_owed())
    return html::badge(
        html::Tone::soon, "clock",
        view.voice("reception.result.due"_t, {{"at", view.voice.moment(*turn.due_at)}}));
  if (turn.results > 0)
    return turn.is_late
               ? html::badge(html::Tone::soon, "history", view("reception.result.late"_t))
               : html::badge(html::Tone::ok, "circle-check", view("reception.result.given"_t));
  return html::badge(html::Tone::plain, "user-round", view(key_of(turn.state)));
}

Fragment turn_story(const View& view, db::Read& read, const Turn& turn) {
  const auto words = words_of(read, turn.id);
  Fragment list;
  for (const Entry& entry : entries_of(read, turn.id)) {
    const auto summary = std::ranges::find_if(words, [&](const Words& each) {
      return each.what == Written::summary && each.number == entry.number;
    });
    list += entry_item(view, read, entry, summary == words.end() ? nullptr : &*summary);
  }
  Fragment out;
  if (!list.empty())
    out.add(R"(<h2 class="h-m sp">{}</h2><ul class="plain">{}</ul>)", view("reception.log"_t),
            list);
  for (const Words& each : words) {
    if (each.what == Written::result) out += words_note(view, "reception.result.title"_t, each);
    if (each.what == Written::contest) out += words_note(view, "reception.contest.said"_t, each);
    if (each.what == Written::ruling) out += words_note(view, "reception.contest.ruling"_t, each);
  }
  return out;
}

std::int64_t place_in(const http::Request& request) {
  constexpr std::int64_t from_max = 100'000;
  return std::clamp(request.query.number("from").value_or(0), std::int64_t{0}, from_max);
}

Result<Reception> asked_day(const http::Request& request, db::Read& read) {
  auto found = find(read, ReceptionId{request.path_number("id")});
  if (!found) return Error{ErrorKind::not_found, "reception.error.none"_t};
  return *std::move(found);
}

}  // namespace ln::reception
