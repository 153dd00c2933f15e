#include "feature/feedback/feedback_pages_escalated.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/people/people_session.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_dispute.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_store_escalation.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t rows_max = 25;
constexpr std::int64_t first_rung = 1;

// Of all subtrees of the officer, newest first.
std::vector<PutUp> put_before_officer(db::Read& read,
                                      const people::Officer& officer,
                                      std::int64_t before,
                                      std::int64_t limit) {
  std::vector<PutUp> all;
  for (const std::string& top : officer.tops())
    for (PutUp& each : put_before(read, top, first_rung, before, limit))
      all.push_back(std::move(each));
  std::erase_if(all, [&](const PutUp& each) { return !may_see(each.feedback, officer); });
  const auto newest = [](const PutUp& each) { return -each.escalation.id; };
  std::ranges::sort(all, {}, newest);
  const auto twice = std::ranges::unique(all, {}, newest);  // one subtree may lie in another
  all.erase(twice.begin(), twice.end());
  return all;
}

// What the unit above can do: a word to those who are late, and taking the case over.
Fragment acts_on(const View& view, const people::Officer& officer, const Feedback& feedback) {
  const auto at = [&](std::string_view task) {
    return Url::in(view, "/staff/feedback/", feedback.code.text(), "/", task);
  };
  return html::fill("{}", [&](Fragment& out) {
    if (may_act(officer, Task::note, feedback))
      out.add(R"(<a href="{}">{}</a><br>)", at("note"), view("feedback.escalated.press"_t));
    if (may_act(officer, Task::transfer, feedback))
      out.add(R"(<a href="{}">{}</a>)", at("transfer"), view("feedback.escalated.take"_t));
  });
}

Fragment row_of(const View& view,
                const people::Officer& officer,
                const PutUp& each,
                Names& names,
                Instant now) {
  const Feedback& feedback = each.feedback;
  const Url url = case_url(view, feedback);
  const auto cell = [&](TextKey label, const Fragment& body) {
    return html::fill(R"(<td data-l="{}">{}</td>)", view(label), body);
  };
  const auto said = [](std::string_view text) { return html::fill("{}", text); };
  Fragment cells =
      cell("feedback.escalated.late_office"_t,
           html::fill(R"(<span lang="vi">{}</span>)", names.of_unit(each.escalation.from)));
  cells += cell("feedback.escalated.was_due"_t,
                html::fill("{}<br>{}", due_day(view, each.escalation.due_at, now),
                           clock_of(view, feedback, now).words));
  cells += cell("feedback.staff.column_state"_t, said(state_name(view, feedback.state)));
  cells += cell("feedback.escalated.since"_t, html::moment(view, each.escalation.at));
  cells += cell("feedback.staff.column_code"_t,
                html::fill(R"(<a href="{}" translate="no">{}</a>)", url, feedback.code.shown()));
  cells += cell("feedback.escalated.acts"_t, acts_on(view, officer, feedback));
  return html::fill(
      R"(<tr class="is-late"><th scope="row" class="what"><a href="{}" lang="{}">{}</a></th>)"
      "{}</tr>",
      url, lang_of(view, feedback), feedback.title, cells);
}

Fragment table(const View& view,
               db::Read& read,
               const people::Officer& officer,
               const std::vector<PutUp>& rows,
               Instant now) {
  Names names(read);
  return html::fill(
      R"(<table class="tbl tbl--stack queue"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>)",
      [&](Fragment& out) {
        for (const TextKey key :
             {"feedback.staff.column_what"_t, "feedback.escalated.late_office"_t,
              "feedback.escalated.was_due"_t, "feedback.staff.column_state"_t,
              "feedback.escalated.since"_t, "feedback.staff.column_code"_t,
              "feedback.escalated.acts"_t})
          out.add(R"(<th scope="col">{}</th>)", view(key));
      },
      [&](Fragment& out) {
        for (const PutUp& each : rows) out += row_of(view, officer, each, names, now);
      });
}

}  // namespace

Result<http::Response> escalated_page(const http::Request& request,
                                      db::Read& read,
                                      people::Officer officer,
                                      Instant now) {
  const View view = people::view_of(request, officer.staff());
  auto rows =
      put_before_officer(read, officer, request.query.number("before").value_or(0), rows_max + 1);
  const bool has_more = rows.size() > static_cast<std::size_t>(rows_max);
  if (has_more) rows.erase(rows.begin() + rows_max, rows.end());
  const std::string_view title = view("feedback.escalated.title"_t);
  Fragment body =
      html::breadcrumbs(view, {{view("feedback.staff.queue"_t), Url::in(view, "/staff")}}, title);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", title, view("feedback.escalated.lead"_t));
  body += rows.empty() ? html::nothing_here(view("feedback.escalated.nothing"_t))
                       : table(view, read, officer, rows, now);
  if (has_more)
    body += html::pager(
        view,
        {.next = Url::in(view, "/staff/escalated").with("before", rows.back().escalation.id)});
  return http::page(
      200, html::page(view, {.title = title,
                             .here = "/staff",
                             .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                             .is_staff = true,
                             .is_unlisted = true}));
}

Fragment put_before_notes(const View& view, db::Read& read, const people::Officer& officer) {
  Fragment out;
  if (!put_before_officer(read, officer, 0, 1).empty())
    out.add(R"(<p><a href="{}">{} {}</a></p>)", Url::in(view, "/staff/escalated"),
            html::icon("trending-up"), view("feedback.escalated.title"_t));
  out += disputes_note(view, read, officer);
  return out;
}

}  // namespace ln::feedback::staff
