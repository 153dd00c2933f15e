#include "feature/feedback/feedback_pages_held.h"

#include "base/text.h"
#include "core/attachment/attachment_pages.h"
#include "core/attachment/attachment_store.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_held.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_pages_case_parts.h"
#include "feature/feedback/feedback_pages_due.h"
#include "feature/feedback/feedback_pages_form_steps.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"
#include "platform/http/http_range.h"

namespace ln::feedback {
namespace {

using html::Fragment;
using html::Url;

TextKey name_of(Sort sort) {
  return sort == Sort::complaint ? "feedback.held.complaint"_t : "feedback.held.denunciation"_t;
}

TextKey heading_of(Part part) {
  switch (part) {
    case Part::what: return "feedback.held.part.what"_t;
    case Part::address: return "feedback.held.part.address"_t;
    case Part::how: return "feedback.held.part.how"_t;
    case Part::reception: return "feedback.held.part.reception"_t;
    case Part::secret: return "feedback.held.part.secret"_t;
    case Part::send_within: return "feedback.held.part.send_within"_t;
    case Part::taken_up: return "feedback.held.part.taken_up"_t;
    case Part::settled: return "feedback.held.part.settled"_t;
  }
  return {};
}

Instant beginning_of(Day day) { return at_local(day, std::chrono::hours(8)); }

// The last day, or the day by which the office must act, with how it is counted.
Fragment dated(const html::View& view,
               TextKey key,
               const calendar::Due& due,
               calendar::Measure measure) {
  Fragment out = html::fill("<p><b>{}</b></p>",
                            view.voice(key, {{"day", view.voice.day_name(local_day(due.at))}}));
  out += why_details(view, due, measure);
  return out;
}

// One passage: its heading, its sentence, its date when it has one, and where it is from.
Fragment passage_part(const html::View& view, const Passage& passage, const Fragment& more) {
  Fragment out = html::fill("<h3>{}</h3><p>{}</p>{}", view(heading_of(passage.part)),
                            in_language(view, passage.text_vi, passage.text_en), more);
  out.add(R"(<p class="small muted">{} <span lang="vi">{}</span>. {}{}</p>)",
          view("feedback.held.source"_t), passage.source,
          view.voice("feedback.held.valid_from"_t, {{"day", view.voice.date(passage.valid_from)}}),
          passage.is_confirmed ? Fragment()
                               : html::fill(" <b>{}</b>", view("feedback.held.unconfirmed"_t)));
  return out;
}

std::string unit_name(db::Read& read, units::UnitId id) {
  const auto unit = id.value == 0 ? std::nullopt : units::find(read, id);
  return unit ? unit->name : std::string();
}

// What the public page says of one sort: the passages alone, without anybody's dates.
Fragment law_part(const html::View& view, Sort sort, Day day) {
  Fragment out = html::fill("<h2>{}</h2>", view(name_of(sort)));
  for (const Passage& each : passages_on(sort, day)) out += passage_part(view, each, {});
  return out;
}

Fragment reading_list(const html::View& view, const std::vector<HeldReading>& readings) {
  if (readings.empty()) return html::fill("<p>{}</p>", view("feedback.held.never_read"_t));
  return html::fill("<ul>{}</ul>", [&](Fragment& list) {
    for (const HeldReading& each : readings)
      list.add("<li>{}: {}</li>", html::moment(view, each.at), each.reason);
  });
}

// The names of the files, each with the way to it.
Fragment file_part(const html::View& view, db::Read& read, const Held& held) {
  const auto files = attachment::list(read, {"feedback_held", held.id.value});
  if (files.empty()) return {};
  return html::fill(R"(<h2 class="h-m">{}</h2><ul>{}</ul>)", view("feedback.form.story.files"_t),
                    [&](Fragment& list) {
                      for (const attachment::Attachment& file : files)
                        list.add(R"(<li><a href="{}">{}</a></li>)",
                                 Url::path("/feedback/", held.code.text(), "/files/", file.token),
                                 file.name);
                    });
}

Fragment discard_part(const html::View& view, const Held& held) {
  Fragment inside = html::fill("<p>{}</p>", view("feedback.held.discard_text"_t));
  inside += html::form(view, {.action = Url::in(view, "/feedback/", held.code.text(), "/discard"),
                              .body = html::button({.text = view("feedback.held.discard"_t),
                                                    .kind = html::ButtonKind::warning,
                                                    .once = true})});
  return html::details(view("feedback.held.discard"_t), inside);
}

std::string own_page(const html::View& view, db::Read& read, const Held& held, bool is_done) {
  Fragment body;
  if (held.erased_at) {
    body.add(R"(<h1>{}</h1><p class="lead">{}</p>)", view("feedback.held.gone"_t),
             view("feedback.held.gone_text"_t));
    return html::page(view, {.title = view("feedback.held.gone"_t),
                             .body = html::columns({.body = std::move(body), .is_narrow = true}),
                             .is_unlisted = true});
  }
  if (is_done)
    body += html::note({.kind = html::NoteKind::ok,
                        .body = html::fill("<p>{}</p>", view("feedback.held.kept_heading"_t)),
                        .is_status = true});
  body.add(R"(<p>{}</p><h1 class="h-l">{}</h1>)", html::code(held.code.shown()), held.title);
  body += html::note(
      {.kind = html::NoteKind::warn,
       .heading = view.voice("feedback.held.is_held"_t, {{"sort", view(name_of(held.sort))}}),
       .body = html::fill("<p>{}</p>", view("feedback.held.not_lodged_text"_t))});
  body.add(R"(<h2 class="h-m">{}</h2><div class="quote">{}</div><p></p>)",
           view("feedback.held.text_kept"_t), html::paragraphs(held.body));
  if (!held.place.empty()) body.add("<p>{}</p>", held.place);
  body += file_part(view, read, held);
  body += way_part(view, held.sort, unit_name(read, held.unit), held.received_at, held.happened_on);
  body.add(R"(<h2 class="h-m sp">{}</h2>{})", view("feedback.held.readings"_t),
           reading_list(view, held_readings(read, held.code)));
  body += discard_part(view, held);
  const std::string& code = held.code.text();
  Fragment side = html::card({.icon_name = "fingerprint",
                              .heading = view("feedback.receipt.card"_t),
                              .body = html::fill(R"(<p>{}</p><p><a href="{}">{}</a></p>)",
                                                 view("feedback.receipt.danger_text"_t),
                                                 Url::in(view, "/feedback/", code, "/receipt"),
                                                 view("feedback.receipt.title"_t))});
  side += kept_card(view);
  side += html::form(view, {.action = Url::in(view, "/feedback/", code, "/close"),
                            .body = html::button({.text = view("feedback.held.close"_t),
                                                  .kind = html::ButtonKind::secondary})});
  return html::page(view, {.title = view("feedback.held.title"_t),
                           .body = html::columns({.body = std::move(body),
                                                  .side = std::move(side),
                                                  .side_label = view("feedback.form.side"_t)}),
                           .is_unlisted = true});
}

std::optional<Held> held_of(const http::Request& request, db::Read& read, const Code& code) {
  const auto citizen = people::citizen_of(request, code.text());
  if (!citizen) return std::nullopt;
  auto held = open_held(read, *citizen, code);
  return held.ok() ? std::optional(std::move(held).value()) : std::nullopt;
}

}  // namespace

Fragment way_part(const html::View& view,
                  Sort sort,
                  std::string_view unit,
                  Instant from,
                  const std::optional<Day>& learned_on) {
  Fragment out = html::fill(R"(<h2 class="h-m sp">{}</h2>)", view("feedback.held.way"_t));
  if (!unit.empty()) out.add("<p>{}</p>", view.voice("feedback.held.named"_t, {{"unit", unit}}));
  std::optional<Instant> taken_up;
  for (const Passage& each : passages_on(sort, local_day(from))) {
    Fragment more;
    const auto due_from = [&](Instant start) {
      return calendar::due(start, *each.limit, {}, *holidays());
    };
    if (each.limit && each.part == Part::send_within && learned_on)
      more = dated(view, "feedback.held.until"_t, due_from(beginning_of(*learned_on)),
                   each.limit->measure);
    if (each.limit && each.part == Part::taken_up) {
      const calendar::Due due = due_from(from);
      taken_up = due.at;
      more = dated(view, "feedback.held.by"_t, due, each.limit->measure);
    }
    // Counted from the last day on which it may be taken up: the latest that is lawful.
    if (each.limit && each.part == Part::settled)
      more =
          dated(view, "feedback.held.by"_t, due_from(taken_up.value_or(from)), each.limit->measure);
    out += passage_part(view, each, more);
  }
  out.add(
      R"(<p class="small">{}</p>)",
      view.voice("feedback.held.counted_from"_t, {{"day", view.voice.day_name(local_day(from))}}));
  return html::fill(R"(<div class="prose">{}</div>)", out);
}

Fragment kept_card(const html::View& view) {
  return html::card(
      {.icon_name = "shield-check",
       .heading = view("feedback.held.card"_t),
       .body = html::fill("<p>{}</p><p>{}</p><p>{}</p>", view("feedback.held.card_who"_t),
                          view("feedback.held.card_name"_t), view("feedback.held.card_long"_t)),
       .is_tinted = true});
}

Fragment turned_part(const html::View& view,
                     const Feedback& feedback,
                     const std::vector<HeldReading>& readings,
                     Instant now) {
  if (!feedback.held_as) return {};
  Fragment out =
      html::note({.kind = html::NoteKind::warn,
                  .heading = view.voice("feedback.held.is_held"_t,
                                        {{"sort", view(name_of(*feedback.held_as))}}),
                  .body = html::fill("<p>{}</p><p>{}</p>", view("feedback.held.turned"_t),
                                     view("feedback.held.not_lodged_text"_t))});
  out += way_part(view, *feedback.held_as, {}, now, feedback.happened_on);
  out.add(R"(<h2 class="h-m sp">{}</h2>{})", view("feedback.held.readings"_t),
          reading_list(view, readings));
  return out;
}

std::optional<http::Response> held_page(const http::Request& request,
                                        db::Read& read,
                                        const Code& code) {
  const auto held = held_of(request, read, code);
  if (!held) return std::nullopt;
  return http::page(200, own_page(request.view, read, *held, request.query.has("done")));
}

std::optional<http::Response> held_file(const http::Request& request,
                                        db::Read& read,
                                        const Code& code,
                                        const attachment::Attachment& file) {
  const auto held = held_of(request, read, code);
  if (!held || file.owner_kind != "feedback_held" || file.owner_id != held->id.value)
    return std::nullopt;
  auto response = attachment::file_response(read, file, attachment::Part::whole);
  if (!response) return std::nullopt;
  return http::part_of(request, *std::move(response));
}

Result<http::Pending> discard_post(const http::Request& request,
                                   db::Read& read,
                                   Random& random,
                                   Instant now,
                                   people::Citizen who) {
  const auto code = Code::parse(request.path_text("code"));
  if (!code || !open_held(read, who, *code).ok())
    return Error{ErrorKind::not_found, "feedback.error.code_or_secret"_t};
  const CitizenAct act{
      .citizen = who, .code = *code, .salts = ledger::draw(random), .now = now, .text = {}};
  return http::Pending::commit(
      [act](db::Write& write) { return erase_held(write, act); },
      [&request, code = *code](const Result<Held>& done, std::string_view) {
        if (!done.ok() && done.error().kind != ErrorKind::conflict)
          return http::error_response(request, done.error());
        return http::see_other("/feedback/" + code.text());
      });
}

Result<http::Response> not_feedback_page(const http::Request& request,
                                         db::Read& read,
                                         Instant now) {
  const html::View& view = request.view;
  const Day today = local_day(now);
  // Counted to the end of last month: a number that grew today would tell that somebody came today.
  const std::chrono::year_month_day date{today};
  const Day first{date.year() / date.month() / 1};
  const HeldCounts counts = count_held(read, at_local(first));
  Fragment text =
      html::fill(R"(<h1>{}</h1><p class="lead">{}</p>)", view("feedback.not_feedback.title"_t),
                 view("feedback.not_feedback.lead"_t));
  text.add("<ul><li>{}</li><li>{}</li><li>{}</li></ul>", view("feedback.not_feedback.is_report"_t),
           view("feedback.not_feedback.is_complaint"_t),
           view("feedback.not_feedback.is_denunciation"_t));
  text.add("<h2>{}</h2><ul><li>{}</li><li>{}</li><li>{}</li><li>{}</li></ul>",
           view("feedback.not_feedback.here"_t), view("feedback.not_feedback.here_asks"_t),
           view("feedback.not_feedback.here_keeps"_t), view("feedback.held.card_who"_t),
           view("feedback.held.card_long"_t));
  for (const Sort sort : {Sort::complaint, Sort::denunciation}) text += law_part(view, sort, today);
  text.add("<h2>{}</h2><p>{}</p><p>{}</p>", view("feedback.not_feedback.count"_t),
           view.voice("feedback.not_feedback.counts"_t,
                      {{"complaints", view.voice.number(counts.complaints)},
                       {"denunciations", view.voice.number(counts.denunciations)},
                       {"day", view.voice.date(first)}}),
           view("feedback.not_feedback.count_why"_t));
  if (const auto as_of = words_as_of())
    text.add(R"(<p class="small muted">{}</p>)",
             view.voice("feedback.not_feedback.words"_t, {{"day", view.voice.date(*as_of)}}));
  return http::page(
      200, html::page(view, {.title = view("feedback.not_feedback.title"_t),
                             .here = "/help",
                             .body = html::columns(
                                 {.body = html::fill(R"(<div class="prose">{}</div>)", text)})}));
}

}  // namespace ln::feedback
