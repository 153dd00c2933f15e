// Announcing a session, and taking in what is asked in the hall.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/people/people_units.h"
#include "core/units/units_store.h"
#include "feature/dialogue/dialogue_actions.h"
#include "feature/dialogue/dialogue_pages_parts.h"
#include "feature/dialogue/dialogue_pages_sent.h"
#include "feature/dialogue/dialogue_pages_staff.h"
#include "platform/db/once.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"
#include "platform/http/once_key.h"

namespace ln::dialogue::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

// "2026-12-01T08:30" of a clock in Hanoi, as a field for a moment sends it; null for anything else.
std::optional<Instant> moment_in(std::string_view text) {
  constexpr std::size_t size = 16;
  const auto at =
      text.size() == size ? ledger::instant_of(std::string(text) + ":00Z") : std::nullopt;
  if (!at) return std::nullopt;
  return *at - vietnam_offset;
}

struct NewForm {
  const http::Request& request;
  const people::Officer& officer;
  std::vector<units::Unit> units{};
  std::string unit{}, topic_vi{}, topic_en{}, summary{}, leader{}, place{}, stream{};
  std::string closes{}, starts{};

  View view() const { return people::view_of(request, officer.staff()); }
};

Result<NewForm> form_for(const http::Request& request,
                         db::Read& read,
                         const people::Officer& officer,
                         Instant now) {
  NewForm form{.request = request, .officer = officer};
  form.units = people::headed_units(read, officer, local_day(now));
  if (form.units.empty()) return Error{ErrorKind::forbidden, "dialogue.error.not_head"_t};
  return form;
}

Fragment one_line(const View& view,
                  const Error* error,
                  std::string_view name,
                  TextKey label,
                  const std::string& value,
                  bool is_optional = false,
                  std::string_view type = "text") {
  return html::input(view, {.name = name,
                            .label = {.text = view(label), .is_optional = is_optional},
                            .hint = type == "datetime-local" ? view("dialogue.new.moment_hint"_t)
                                                             : std::string_view(),
                            .error = html::error_for(view, error, name),
                            .value = value,
                            .type = type});
}

http::Response show_form(const NewForm& form, const Error* error) {
  const View view = form.view();
  html::Select unit{.name = "unit", .label = {view("dialogue.new.unit"_t)}, .value = form.unit};
  for (const units::Unit& each : form.units) unit.options.push_back({each.code, each.name});
  Fragment fields = html::select(view, unit);
  fields += one_line(view, error, "topic_vi", "dialogue.new.topic_vi"_t, form.topic_vi);
  fields += one_line(view, error, "topic_en", "dialogue.new.topic_en"_t, form.topic_en, true);
  fields += html::textarea(view, {.name = "summary",
                                  .label = {view("dialogue.new.summary"_t)},
                                  .error = html::error_for(view, error, "summary"),
                                  .value = form.summary,
                                  .rows = 4,
                                  .chars_max = static_cast<int>(summary_chars_max)});
  fields += one_line(view, error, "leader", "dialogue.leader"_t, form.leader);
  fields += one_line(view, error, "place", "dialogue.place"_t, form.place);
  fields +=
      one_line(view, error, "starts", "dialogue.starts"_t, form.starts, false, "datetime-local");
  fields +=
      one_line(view, error, "closes", "dialogue.closes"_t, form.closes, false, "datetime-local");
  fields += one_line(view, error, "stream", "dialogue.stream"_t, form.stream, true, "url");
  fields += html::button({.text = view("dialogue.new.do"_t), .once = true});
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>{})", view("dialogue.new.title"_t),
           view("dialogue.new.lead"_t),
           html::form(
               view, {.action = Url::in(view, "/staff/dialogues/new"), .body = std::move(fields)}));
  return http::form_page(view, {.title = view("dialogue.new.title"_t),
                                .here = "/staff/dialogues",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

Result<Dialogue> session_for(const http::Request& request,
                             db::Read& read,
                             const people::Officer& officer) {
  auto d = find(read, DialogueId{request.path_number("id")});
  if (!d || !may_take_in(officer, d->unit_path))
    return Error{ErrorKind::not_found, "dialogue.error.none"_t};
  return *std::move(d);
}

http::Response framed(const View& view, Fragment body, const Error* error, bool is_once) {
  return http::form_page(view, {.title = view("dialogue.hall.title"_t),
                                .here = "/staff/dialogues",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true,
                                .is_narrow = true,
                                .is_once = is_once});
}

Url hall_url(const View& view, DialogueId id) {
  return Url::in(view, "/staff/dialogues/", id.value, "/hall");
}

http::Response show_hall(const View& view,
                         const Dialogue& d,
                         const std::string& typed,
                         const std::string& once,
                         const Error* error) {
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p><a href="{}" lang="vi">{}</a></p><p>{}</p>)",
           view("dialogue.hall.title"_t), Url::in(view, "/staff/dialogues/", d.id.value),
           d.topic_vi, view("dialogue.hall.lead"_t));
  if (!d.takes_in_hall()) {
    body += html::note({.body = fill("<p>{}</p>", view("dialogue.ask.closed"_t))});
    return framed(view, std::move(body), error, false);
  }
  Fragment fields = html::textarea(view, {.name = "body",
                                          .label = {view("dialogue.hall.body"_t)},
                                          .hint = view("dialogue.ask.body_hint"_t),
                                          .error = html::error_for(view, error, "body"),
                                          .value = typed,
                                          .chars_max = static_cast<int>(body_chars_max)});
  fields += html::hidden("once", once);
  fields += html::button({.text = view("dialogue.hall.do"_t), .once = true});
  body += html::form(view, {.action = hall_url(view, d.id), .body = std::move(fields)});
  return framed(view, std::move(body), error, false);
}

http::Response handed_over(const View& view, DialogueId id, const SentNote& note) {
  return framed(view, slip(view, note, hall_url(view, id), view("dialogue.hall.next"_t)), nullptr,
                true);
}

}  // namespace

Result<http::Response> new_page(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Instant now) {
  TRY(const NewForm form, form_for(request, read, officer, now));
  return show_form(form, nullptr);
}

Result<http::Pending> new_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now) {
  TRY(NewForm form, form_for(request, read, officer, now));
  const auto of = [&](std::string_view name) { return std::string(request.form.text(name)); };
  form.unit = of("unit");
  form.topic_vi = of("topic_vi");
  form.topic_en = of("topic_en");
  form.summary = of("summary");
  form.leader = of("leader");
  form.place = of("place");
  form.stream = of("stream");
  form.closes = of("closes");
  form.starts = of("starts");
  const auto unit = std::ranges::find(form.units, form.unit, &units::Unit::code);
  if (unit == form.units.end()) return Error{ErrorKind::forbidden, "dialogue.error.not_head"_t};
  const auto made = prepare(officer, *unit,
                            {.topic_vi = form.topic_vi,
                             .topic_en = form.topic_en,
                             .summary = form.summary,
                             .leader = form.leader,
                             .place = form.place,
                             .stream = form.stream,
                             .closes_at = moment_in(form.closes),
                             .starts_at = moment_in(form.starts)},
                            random, now);
  if (!made.ok()) {
    if (made.error().kind != ErrorKind::invalid) return made.error();
    return http::Pending::answer(show_form(form, &made.error()));
  }
  return http::Pending::commit(
      [made = made.value()](db::Write& write) { return announce(write, made); },
      [&request](const Result<Dialogue>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        return http::see_other(
            std::string(Url::in(request.view, "/staff/dialogues/", done.value().id.value).view()));
      });
}

Result<http::Response> hall_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Random& random,
                                 Instant) {
  TRY(const Dialogue d, session_for(request, read, officer));
  return show_hall(people::view_of(request, officer.staff()), d, "",
                   http::once_key(request.form, random), nullptr);
}

Result<http::Pending> hall_post(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Random& random,
                                Instant now) {
  const View view = people::view_of(request, officer.staff());
  TRY(const Dialogue d, session_for(request, read, officer));
  const std::string typed(request.form.text("body"));
  const std::string once = http::once_key(request.form, random);
  const std::string key = "dialogue.hall:" + once;
  if (const auto before = db::Once::find(read, key))
    if (const auto note = unpacked(*before))
      return http::Pending::answer(handed_over(view, d.id, *note));
  const auto prepared =
      prepare_question(read, d.id, {.body = typed, .clerk = &officer}, random, now);
  if (!prepared.ok()) {
    if (prepared.error().kind == ErrorKind::not_found) return prepared.error();
    return http::Pending::answer(show_hall(view, d, typed, once, &prepared.error()));
  }
  return http::Pending::commit(
      [prepared = prepared.value(), key, now](db::Write& write) -> Result<SentNote> {
        if (const auto before = db::Once::find(write, key))
          if (auto note = unpacked(*before)) return *std::move(note);
        TRY(const Asked asked, ask(write, prepared, now));
        SentNote note = note_of(asked, prepared.secret);
        db::Once::save(write, key, packed(note), now);
        return note;
      },
      [&request, officer, id = d.id](const Result<SentNote>& note, std::string_view) {
        if (!note.ok()) return http::error_response(request, note.error());
        return handed_over(people::view_of(request, officer.staff()), id, note.value());
      });
}

}  // namespace ln::dialogue::staff
