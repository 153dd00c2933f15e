// Who was asked for their view, for everybody.
#include <algorithm>
#include <string>
#include <utility>

#include "core/attachment/attachment_pages.h"
#include "core/attachment/attachment_store.h"
#include "feature/consultation/consultation_actions_invitation.h"
#include "feature/consultation/consultation_pages_answer_parts.h"
#include "feature/consultation/consultation_pages_invitation.h"
#include "feature/consultation/consultation_pages_invited_parts.h"
#include "feature/consultation/consultation_pages_parts.h"
#include "feature/consultation/consultation_store_answer.h"
#include "platform/html/charts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/http/http_range.h"

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
    case Punctuality::withdrawn: {
      const Day day = local_day(*invitation.withdrawn_at);
      Invitation before = invitation;
      before.withdrawn_at.reset();
      Fragment both;
      if (punctuality_of(before, day) != Punctuality::waits)
        both = punctuality_badge(view, before, day);
      both.add(" {}", html::badge(html::Tone::plain, "x",
                                  view.voice("consultation.invited.withdrawn_on"_t,
                                             {{"day", view.voice.date(day)}})));
      return both;
    }
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
    Fragment name = fill(R"(<span lang="vi">{}</span>)", each.invitation.source.name);
    if (each.invitation.kind == InvitedFor::social_criticism)
      name.add(" {}",
               html::badge(html::Tone::info, "landmark", view(key_of(each.invitation.kind))));
    html::add_head_cell(cells, name);
    html::add_cell(cells, columns[1], view.voice.date(each.invitation.due_on));
    Fragment state = punctuality_badge(view, each.invitation, today);
    if (each.invitation.withdrawn_at)
      state.add(R"(<p class="small" lang="vi">{}</p>)", each.invitation.withdrawn_reason);
    html::add_cell(cells, columns[2], state);
    html::add_cell(cells, columns[3], view.voice.number(each.comments));
    rows.add("<tr>{}</tr>", cells);
  }
  return html::table({.caption = view("consultation.invited.title"_t),
                      .columns = columns,
                      .rows = std::move(rows)});
}

std::vector<attachment::Attachment> files_of_replies(db::Read& read,
                                                     const std::vector<Comment>& replies) {
  std::vector<attachment::Attachment> all;
  for (const Comment& each : replies)
    for (attachment::Attachment& file : attachment::list(read, {reply_files_owner, each.id.value}))
      if (!file.removed_at) all.push_back(std::move(file));
  return all;
}

Fragment file_links(const View& view,
                    const std::vector<attachment::Attachment>& files,
                    CommentId reply,
                    const Url& page) {
  Fragment list;
  for (const attachment::Attachment& each : files)
    if (each.owner_id == reply.value)
      list.add(R"(<li>{} <a href="{}">{}</a> ({})</li>)", html::icon("paperclip"),
               Url::path(std::string(page.view()) + "/files/" + each.token), each.name,
               view.voice.bytes(each.size));
  if (list.empty()) return {};
  return fill(R"(<ul class="files">{}</ul>)", list);
}

Fragment withheld_files(const View& view, db::Read& read, const Comment& comment) {
  if (comment.channel != Channel::invited || comment.state == Sight::withdrawn) return {};
  const auto count = std::ssize(files_of_replies(read, {comment}));
  if (count == 0) return {};
  return fill(R"(<p class="small">{} {}</p>)", html::icon("paperclip"),
              view.voice.counted("consultation.comment.files"_t, count));
}

Fragment withdrawn_count(const View& view, db::Read& read, ConsultationId id) {
  const auto count = std::ranges::count_if(
      invitations_of(read, id),
      [](const CountedInvitation& each) { return each.invitation.withdrawn_at.has_value(); });
  if (count == 0) return {};
  return fill(R"(<p class="small"><a href="{}">{}</a></p>)",
              Url::in(view, "/consultations/", id.value, "/invited"),
              view.voice.counted("consultation.invited.withdrawn_count"_t, count));
}

Result<http::Response> file_of_reply(const http::Request& request,
                                     db::Read& read,
                                     SourceId invitation) {
  const Error none{ErrorKind::not_found, "consultation.error.no_file"_t};
  const auto file = attachment::find(read, request.path_text("token"));
  if (!file || file->owner_kind != reply_files_owner) return none;
  const auto reply = find_comment(read, CommentId{file->owner_id});
  if (!reply || reply->source != invitation.value) return none;
  auto response = attachment::file_response(read, *file, attachment::Part::whole);
  if (!response) return none;
  return http::part_of(request, *std::move(response));
}

Result<http::Response> invited_page(const http::Request& request, db::Read& read, Instant now) {
  TRY(const Opened open, opened(request, read));
  const View& view = request.view;
  const Consultation& c = open.consultation;
  const auto all = invitations_of(read, c.id);
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)",
                       view("consultation.invited.title"_t), view("consultation.invited.lead"_t));
  constexpr std::int64_t on_page = 25;
  const auto from = first_row(request.query.number("from").value_or(0), on_page, std::ssize(all));
  const auto to = std::min(from + on_page, std::ssize(all));
  body += all.empty() ? html::nothing_here(view("consultation.invited.none"_t))
                      : invited_table(view, {all.begin() + from, all.begin() + to},
                                      day_of_invited(read, c.id, now));
  body += rows_pager(view, Url::in(view, "/consultations/", c.id.value, "/invited"),
                     {from, on_page, std::ssize(all)});
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
