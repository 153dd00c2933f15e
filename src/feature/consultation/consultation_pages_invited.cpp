// Who was asked for their view, for everybody.
#include <string>
#include <utility>

#include "feature/consultation/consultation_pages_invitation.h"
#include "feature/consultation/consultation_pages_invited_parts.h"
#include "feature/consultation/consultation_pages_parts.h"
#include "feature/consultation/consultation_store_answer.h"
#include "platform/html/charts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::consultation {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Fragment punctuality_badge(const View& view, const Invitation& invitation, Day today) {
  const int late = days_late(invitation, today);
  switch (punctuality_of(invitation, today)) {
    case Punctuality::waits:
      return html::badge(html::Tone::plain, "clock", view("consultation.invited.waits"_t));
    case Punctuality::overdue:
      return html::badge(html::Tone::late, "circle-alert",
                         view.voice.counted("consultation.invited.overdue"_t, late));
    case Punctuality::late:
      return html::badge(html::Tone::soon, "calendar-clock",
                         view.voice.counted("consultation.invited.late"_t, late));
    case Punctuality::in_time:
      return html::badge(html::Tone::ok, "check", view("consultation.invited.in_time"_t));
  }
  return {};
}

Day day_of_invited(db::Read& read, ConsultationId id, Instant now) {
  const auto decision = find_decision(read, id);
  return local_day(decision ? decision->decided_at : now);
}

Fragment invited_table(const View& view, const std::vector<CountedInvitation>& all, Day today) {
  const html::Column columns[] = {{view("consultation.invited.body"_t)},
                                  {view("consultation.invited.due"_t)},
                                  {view("consultation.invited.state"_t)},
                                  {view("consultation.count"_t), true}};
  Fragment rows;
  for (const CountedInvitation& each : all) {
    Fragment cells;
    html::add_head_cell(cells, fill(R"(<span lang="vi">{}</span>)", each.invitation.source.name));
    html::add_cell(cells, columns[1], view.voice.date(each.invitation.due_on));
    html::add_cell(cells, columns[2], punctuality_badge(view, each.invitation, today));
    html::add_cell(cells, columns[3], view.voice.number(each.comments));
    rows.add("<tr>{}</tr>", cells);
  }
  return html::table({.caption = view("consultation.invited.title"_t),
                      .columns = columns,
                      .rows = std::move(rows)});
}

Result<http::Response> invited_page(const http::Request& request, db::Read& read, Instant now) {
  TRY(const Opened open, opened(request, read));
  const View& view = request.view;
  const Consultation& c = open.consultation;
  const auto all = invitations_of(read, c.id);
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)",
                       view("consultation.invited.title"_t), view("consultation.invited.lead"_t));
  body += all.empty() ? html::nothing_here(view("consultation.invited.none"_t))
                      : invited_table(view, all, day_of_invited(read, c.id, now));
  auto response = http::page(
      200,
      html::page(view, {.title = view("consultation.invited.title"_t),
                        .here = "/consultations",
                        .body = html::columns(
                            {.before = html::breadcrumbs(
                                 view,
                                 {{view("consultation.title"_t), Url::in(view, "/consultations")},
                                  {title_of(view, c).text, page_of(view, c)}},
                                 view("consultation.invited.title"_t)),
                             .body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

}  // namespace ln::consultation
