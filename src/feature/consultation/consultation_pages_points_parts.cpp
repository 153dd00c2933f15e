#include "feature/consultation/consultation_pages_points_parts.h"

#include <utility>

#include "base/text.h"
#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_pages_invited_parts.h"
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

Fragment place_form(const PointDesk& desk,
                    const Url& action,
                    const std::vector<Comment>& comments,
                    const Error* error) {
  const View view = desk.view();
  Fragment list;
  bool is_first = true;
  for (const Comment& each : comments) {
    const std::string text =
        view.voice("consultation.points.choose"_t, {{"code", each.code->shown()}});
    // The first box is where the error summary leads.
    const std::string id = is_first ? std::string("comment") : "c-" + each.code->text();
    is_first = false;
    const bool may_choose = each.state != Sight::withdrawn && !desk.decision;
    list += comment_item(
        view, each, desk.c.version,
        may_choose
            ? html::checkboxes(view, {.name = "comment",
                                      .choices = {{.value = each.code->text(), .text = text}},
                                      .id = id,
                                      .arrangement = html::Arrangement::small})
            : Fragment());
  }
  Fragment body = fill(R"(<ul class="plain">{}</ul>)", list);
  if (desk.decision) return body;
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
  body += html::select(view, select);
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
  return html::form(view, {.action = action, .body = std::move(body)});
}

Result<Done> check_placing(const http::Fields& form) {
  const TextKey none = "consultation.error.choose_comments"_t;
  if (form.all("comment").empty()) return Error{ErrorKind::invalid, none, {{"comment", none}}};
  if (!form.text("issue").empty()) return Done{};
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
  const IssueId to{form.number("issue").value_or(0)};
  const bool is_new = form.text("issue").empty();
  return http::Pending::commit(
      [act = desk.act(), id = desk.c.id, codes, to, is_new, title = desk.title,
       draws = draw_issue(random)](db::Write& write) -> Result<Done> {
        if (is_new) {
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
