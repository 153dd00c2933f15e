#include "feature/consultation/consultation_pages_points_parts.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_pages_invited_parts.h"
#include "feature/consultation/consultation_store_letter.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::consultation::staff {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

EditAct PointDesk::act() const {
  return {.officer = officer, .revision = request.form.number("revision").value_or(0), .now = now};
}

Result<PointDesk> point_desk(const http::Request& request,
                             db::Read& read,
                             const people::Officer& officer,
                             Instant now) {
  auto c = find(read, ConsultationId{request.path_number("id")});
  if (!c || c->stage == Stage::editing || !may_edit(officer, c->unit_path))
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  auto gate = gate_of(read, *c, now);
  return PointDesk{
      .request = request,
      .officer = officer,
      .c = *c,
      .rows = table_of(read, c->id),
      .issues = issues_of(read, c->id),
      .gate = std::move(gate),
      .decision = find_decision(read, c->id),
      .now = now,
      .title = std::string(request.form.text("new_title")),
      .note = std::string(request.form.text("note")),
      .withdrawn = withdrawn_count(people::view_of(request, officer.staff()), read, c->id)};
}

namespace {

// Of more points a page would be nothing but the list of their names.
constexpr std::size_t points_to_choose_max = 40;

Fragment place_item(const PointDesk& desk, db::Read& read, const Comment& each, bool is_first) {
  const View view = desk.view();
  const std::string text =
      view.voice("consultation.points.choose"_t, {{"code", each.code->shown()}});
  // The first box is where the error summary leads.
  const std::string id = is_first ? std::string("comment") : "c-" + each.code->text();
  const bool may_choose = each.state != Sight::withdrawn && !desk.decision;
  return comment_item(
      view, each, desk.c.version,
      may_choose ? html::checkboxes(view, {.name = "comment",
                                           .choices = {{.value = each.code->text(), .text = text}},
                                           .id = id,
                                           .arrangement = html::Arrangement::small})
                 : Fragment(),
      spans_in(own_words_in(read, each.id), each.body.size()));
}

// Where they go: a list of the points, or with many of them the number one has in the table.
Fragment point_choice(const PointDesk& desk, const Error* error) {
  const View view = desk.view();
  if (desk.issues.size() > points_to_choose_max)
    return html::input(
        view, {.name = "issue_number",
               .label = {.text = view("consultation.points.number"_t), .is_optional = true},
               .hint = view("consultation.points.number_hint"_t),
               .error = html::error_for(view, error, "issue_number"),
               .value = desk.request.form.text("issue_number"),
               .width = 5,
               .inputmode = "numeric"});
  html::Select select{.name = "issue",
                      .label = {view("consultation.points.place_to"_t)},
                      .options = {{"", view("consultation.points.new"_t)}}};
  std::vector<std::string> ids, names;
  for (const Issue& each : desk.issues) {
    ids.push_back(std::to_string(each.id.value));
    names.push_back(place_of(view.voice, each.clause) + ": " +
                    std::string(first_chars(each.title, 80)));
  }
  for (std::size_t i = 0; i < ids.size(); ++i) select.options.push_back({ids[i], names[i]});
  return html::select(view, select);
}

}  // namespace

Fragment place_form(const PointDesk& desk,
                    db::Read& read,
                    const PlaceForm& form,
                    const Error* error) {
  const View view = desk.view();
  Fragment body;
  bool is_first = true;
  for (const PlaceList& list : form.lists) {
    if (list.comments.empty()) continue;
    Fragment items;
    for (const Comment& each : list.comments) {
      items += place_item(desk, read, each, is_first);
      is_first = false;
    }
    body.add(R"({}<ul class="plain">{}</ul>)", list.heading, items);
  }
  if (desk.decision) return body;
  body += point_choice(desk, error);
  body += html::input(view,
                      {.name = "new_title",
                       .label = {.text = view("consultation.points.title"_t), .is_optional = true},
                       .hint = view("consultation.points.title_hint"_t),
                       .error = html::error_for(view, error, "new_title"),
                       .value = desk.title});
  body += html::button({.text = view("consultation.points.place"_t),
                        .kind = html::ButtonKind::secondary,
                        .name = "step",
                        .value = "place",
                        .once = true});
  if (form.found_count > 0) {
    const std::string text = view.voice.counted("consultation.inbox.place"_t, form.found_count);
    body += html::hidden("found", form.found);
    body += html::button({.text = text,
                          .kind = html::ButtonKind::secondary,
                          .name = "step",
                          .value = "place_found",
                          .once = true});
  }
  return html::form(view, {.action = form.action, .body = std::move(body)});
}

Result<IssueId> chosen_point(const PointDesk& desk) {
  const http::Fields& form = desk.request.form;
  if (!form.text("issue").empty()) return IssueId{form.number("issue").value_or(-1)};
  const std::string_view typed = trimmed(form.text("issue_number"));
  if (typed.empty()) return IssueId{0};
  const auto number = parse_number(typed);
  const auto row = std::ranges::find_if(
      desk.rows, [&](const TableRow& each) { return number && each.number == *number; });
  const TextKey none = "consultation.error.issue_number"_t;
  if (row == desk.rows.end()) return Error{ErrorKind::invalid, none, {{"issue_number", none}}};
  return row->issue.id;
}

Result<Done> check_placing(const PointDesk& desk, bool needs_choice) {
  const http::Fields& form = desk.request.form;
  const TextKey none = "consultation.error.choose_comments"_t;
  if (needs_choice && form.all("comment").empty())
    return Error{ErrorKind::invalid, none, {{"comment", none}}};
  TRY(const IssueId to, chosen_point(desk));
  if (to.value != 0) return Done{};
  if (check_issue_title(std::string(form.text("new_title"))).ok()) return Done{};
  const TextKey wrong = "consultation.error.issue_title"_t;
  return Error{ErrorKind::invalid, wrong, {{"new_title", wrong}}};
}

Result<http::Pending> place_post(const PointDesk& desk, Random& random, const std::string& back) {
  const http::Fields& form = desk.request.form;
  std::vector<Code> codes;
  for (const std::string_view each : form.all("comment")) {
    const auto code = Code::parse(each);
    if (!code) return Error{ErrorKind::not_found, "consultation.error.code_or_secret"_t};
    codes.push_back(*code);
  }
  TRY(const IssueId to, chosen_point(desk));
  return http::Pending::commit(
      [act = desk.act(), id = desk.c.id, codes, to, title = desk.title,
       draws = draw_issue(random)](db::Write& write) -> Result<Done> {
        if (to.value == 0) {
          TRY([[maybe_unused]] const Issue made, place_in_new(write, act, id, title, codes, draws));
        } else {
          const auto issue = find_issue(write, to);
          if (!issue || issue->consultation != id)
            return Error{ErrorKind::not_found, "consultation.error.no_issue"_t};
          TRY([[maybe_unused]] const std::int64_t moved, place_comments(write, act, to, codes));
        }
        return Done{};
      },
      [&request = desk.request, back](const Result<Done>& done, std::string_view) {
        return done.ok() ? http::see_other(back) : http::error_response(request, done.error());
      });
}

http::Response desk_response(const PointDesk& desk,
                             std::string_view title,
                             Fragment body,
                             const Error* error) {
  const View view = desk.view();
  return http::page(
      error == nullptr ? 200 : http::status_of(error->kind),
      html::page(
          view,
          {.title = title,
           .here = "/staff/consultations",
           .body = html::columns(
               {.before = html::breadcrumbs(
                    view,
                    {{view("consultation.title"_t), Url::in(view, "/staff/consultations")},
                     {desk.c.title_vi, Url::in(view, "/staff/consultations/", desk.c.id.value)}},
                    title),
                .body = std::move(body)}),
           .is_staff = true,
           .has_errors = error != nullptr,
           .is_unlisted = true}));
}

}  // namespace ln::consultation::staff
