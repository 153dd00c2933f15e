#include "feature/consultation/consultation_pages_points.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/text.h"
#include "feature/consultation/consultation_actions_letter.h"
#include "feature/consultation/consultation_pages_inbox.h"
#include "feature/consultation/consultation_pages_letter.h"
#include "feature/consultation/consultation_pages_points_parts.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::consultation::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t points_on_page = 25;
constexpr std::size_t blockers_shown = 30;

Fragment blocker_line(const PointDesk& desk, const Blocker& blocker) {
  const View view = desk.view();
  const std::string text =
      view.voice(key_of(blocker.kind), {{"count", view.voice.number(blocker.count)}});
  if (blocker.issue.value == 0) return fill("<li>{}</li>", text);
  return fill(R"(<li>{} <a href="{}" lang="vi">{}</a></li>)", text, desk.url_of(blocker.issue),
              blocker.title);
}

Fragment gate_part(const PointDesk& desk, const Error* error) {
  const View view = desk.view();
  Fragment out = fill(R"(<h2 class="h-m" id="gate">{}</h2>)", view("consultation.gate.title"_t));
  if (!desk.gate.empty()) {
    Fragment list;
    for (std::size_t i = 0; i < desk.gate.size() && i < blockers_shown; ++i)
      list += blocker_line(desk, desk.gate[i]);
    if (desk.gate.size() > blockers_shown)
      list.add("<li>{}</li>", view.voice.counted("consultation.gate.more"_t,
                                                 std::ssize(desk.gate) -
                                                     static_cast<std::int64_t>(blockers_shown)));
    out += html::note({.kind = html::NoteKind::stop,
                       .heading = view("consultation.gate.shut"_t),
                       .body = fill("<ul>{}</ul>", list)});
  } else {
    out += html::note(
        {.kind = html::NoteKind::ok, .body = fill("<p>{}</p>", view("consultation.gate.clear"_t))});
  }
  out += desk.withdrawn;
  Fragment body = html::textarea(view, {.name = "note",
                                        .label = {view("consultation.gate.note"_t)},
                                        .hint = view("consultation.gate.note_hint"_t),
                                        .error = html::error_for(view, error, "note"),
                                        .value = desk.note,
                                        .rows = 3,
                                        .chars_max = static_cast<int>(decision_chars_max)});
  body += html::hidden("revision", std::to_string(desk.c.revision));
  body += html::button({.text = view("consultation.gate.decide"_t), .once = true});
  out += html::form(view,
                    {.action = Url::in(view, "/staff/consultations/", desk.c.id.value, "/decide"),
                     .body = std::move(body)});
  return out;
}

Fragment points_table(const PointDesk& desk, db::Read& read) {
  const View view = desk.view();
  if (desk.rows.empty()) return html::nothing_here(view("consultation.points.none"_t));
  const html::Column columns[] = {{view("consultation.table.number"_t)},
                                  {view("consultation.table.place"_t)},
                                  {view("consultation.table.content"_t)},
                                  {view("consultation.count"_t), true},
                                  {view("consultation.table.answer"_t)}};
  const auto from = first_row(desk.request.query.number("from").value_or(0), points_on_page,
                              std::ssize(desk.rows));
  Fragment rows;
  for (const TableRow& row : std::span(desk.rows).subspan(
           static_cast<std::size_t>(from),
           static_cast<std::size_t>(std::min(points_on_page, std::ssize(desk.rows) - from)))) {
    Fragment cells;
    html::add_head_cell(cells, fill("{}", view.voice.number(row.number)));
    html::add_cell(cells, columns[1], place_of(view.voice, row.issue.clause));
    html::add_cell(cells, columns[2],
                   fill(R"(<a href="{}" lang="vi">{}</a>{})", desk.url_of(row.issue.id),
                        row.issue.title, letter_note(view, read, row.issue.id)));
    html::add_cell(cells, columns[3], view.voice.number(row.behind.comments));
    html::add_cell(cells, columns[4], answer_badge(view, row.issue));
    rows.add("<tr>{}</tr>", cells);
  }
  Fragment out = html::table({.caption = view("consultation.points.title_all"_t),
                              .columns = columns,
                              .rows = std::move(rows)});
  out += rows_pager(view, desk.url(), {from, points_on_page, std::ssize(desk.rows)});
  return out;
}

http::Response show_points(const PointDesk& desk, db::Read& read, const Error* error) {
  const View view = desk.view();
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p><p><a href="{}">{}</a></p>)",
           view("consultation.points.title_all"_t), view("consultation.points.lead"_t),
           answers_url(view, desk.c.id), view("consultation.answers.title"_t));
  body += decision_part(view, read, desk.c, true);
  body += points_table(desk, read);
  if (!desk.decision) {
    body += grouping_part(desk, read);
    body += inbox_part(desk, read, error);
    body += gate_part(desk, error);
  }
  return desk_response(desk, view("consultation.points.title_all"_t), std::move(body), error);
}

}  // namespace

Result<http::Response> points_page(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Instant now) {
  TRY(const PointDesk desk, point_desk(request, read, officer, now));
  return show_points(desk, read, nullptr);
}

Result<http::Pending> points_post(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Random& random,
                                  Instant now) {
  TRY(const PointDesk desk, point_desk(request, read, officer, now));
  const std::string_view step = request.form.text("step");
  if (step == "place" || step == "place_found") {
    const auto fine = check_placing(desk, step == "place");
    if (!fine.ok()) return http::Pending::answer(show_points(desk, read, &fine.error()));
    const std::string back(inbox_url(desk, inbox_asked(desk)).view());
    if (step == "place") return place_post(desk, random, back);
    const auto counted = check_found(desk, read);
    if (!counted.ok()) return http::Pending::answer(show_points(desk, read, &counted.error()));
    return place_found_post(desk, read, random);
  }
  if (step != "suggest") return Error{ErrorKind::not_found, "consultation.error.none"_t};
  const std::string back(desk.url().at("grouping").view());
  return http::Pending::commit(
      [act = desk.act(), id = desk.c.id](db::Write& write) { return ask_grouping(write, act, id); },
      [&request, back](const Result<Done>& done, std::string_view) {
        return done.ok() ? http::see_other(back) : http::error_response(request, done.error());
      });
}

Result<http::Pending> decide_post(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Instant now) {
  TRY(const PointDesk desk, point_desk(request, read, officer, now));
  if (desk.decision) return Error{ErrorKind::conflict, "consultation.error.decided"_t};
  if (!desk.gate.empty()) {
    const Error shut{ErrorKind::conflict, "consultation.gate.shut"_t, {}};
    return http::Pending::answer(show_points(desk, read, &shut));
  }
  const std::size_t chars = count_chars(trimmed(desk.note));
  if (chars < decision_chars_min || chars > decision_chars_max) {
    const Error wrong{ErrorKind::invalid,
                      "consultation.error.decision"_t,
                      {{"note", "consultation.error.decision"_t}}};
    return http::Pending::answer(show_points(desk, read, &wrong));
  }
  const std::string back(desk.url().view());
  return http::Pending::commit([act = desk.act(), id = desk.c.id, note = desk.note](
                                   db::Write& write) { return decide(write, act, id, note); },
                               [&request, back](const Result<Decision>& done, std::string_view) {
                                 return done.ok() ? http::see_other(back)
                                                  : http::error_response(request, done.error());
                               });
}

}  // namespace ln::consultation::staff
