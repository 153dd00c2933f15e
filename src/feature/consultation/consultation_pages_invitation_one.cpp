// One invited body at the desk: its replies with their files, and the end of its invitation.
#include <utility>

#include "feature/consultation/consultation_actions_invitation.h"
#include "feature/consultation/consultation_pages_invitation.h"
#include "feature/consultation/consultation_pages_invited_parts.h"
#include "feature/consultation/consultation_pages_source_parts.h"
#include "feature/consultation/consultation_store_source.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::consultation::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t shown_replies = 15;

// An invitation of the consultation on the desk.
Result<Invitation> invitation_on(const SourceDesk& desk, db::Read& read) {
  auto there = find_invitation(read, SourceId{desk.request.path_number("number")});
  if (!there || there->source.consultation != desk.c.id)
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  return *std::move(there);
}

Url body_url(const SourceDesk& desk, const Invitation& invitation) {
  return Url::in(desk.view(), "/staff/consultations/", desk.c.id.value, "/invitations/",
                 invitation.source.id.value);
}

Fragment replies_part(const SourceDesk& desk, db::Read& read, const Invitation& invitation) {
  const View view = desk.view();
  auto replies = comments_from(read, invitation.source.id,
                               desk.request.query.number("after").value_or(0), shown_replies + 1);
  if (replies.empty()) return html::nothing_here(view("consultation.invite.no_reply"_t));
  const bool has_more = std::ssize(replies) > shown_replies;
  if (has_more) replies.pop_back();
  const auto files = files_of_replies(read, replies);
  Fragment out = fill(R"(<ul class="plain">{}</ul>)", [&](Fragment& list) {
    for (const Comment& each : replies)
      list += comment_item(view, each, desk.c.version,
                           file_links(view, files, each.id, body_url(desk, invitation)));
  });
  if (has_more)
    out += html::pager(view,
                       {.next = body_url(desk, invitation).with("after", replies.back().id.value)});
  return out;
}

Fragment withdrawal_form(const SourceDesk& desk,
                         const Invitation& invitation,
                         const std::string& typed,
                         const Error* error) {
  const View view = desk.view();
  Fragment fields = html::textarea(view, {.name = "reason",
                                          .label = {view("consultation.invite.reason"_t)},
                                          .hint = view("consultation.invite.reason_hint"_t),
                                          .error = html::error_for(view, error, "reason"),
                                          .value = typed,
                                          .rows = 3,
                                          .chars_max = static_cast<int>(withdrawal_chars_max)});
  fields += html::hidden("revision", std::to_string(invitation.revision));
  fields += html::button({.text = view("consultation.invite.withdraw_do"_t),
                          .kind = html::ButtonKind::secondary,
                          .once = true});
  return fill(
      R"(<h2 class="h-m sp">{}</h2><p>{}</p>{})", view("consultation.invite.withdraw"_t),
      view("consultation.invite.withdraw_lead"_t),
      html::form(view, {.action = Url::in(view, "/staff/consultations/", desk.c.id.value,
                                          "/invitations/", invitation.source.id.value, "/withdraw"),
                        .body = std::move(fields)}));
}

http::Response show_body(const SourceDesk& desk,
                         db::Read& read,
                         const Invitation& invitation,
                         const std::string& typed,
                         const Error* error) {
  const View view = desk.view();
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l" lang="vi">{}</h1><p>{} {}</p>)", invitation.source.name,
           view.voice("consultation.reply.until"_t, {{"day", view.voice.date(invitation.due_on)}}),
           punctuality_badge(view, invitation, day_of_invited(read, desk.c.id, desk.now)));
  if (invitation.withdrawn_at)
    body += html::note(
        {.heading = view("consultation.invited.withdrawn"_t),
         .body = fill(R"(<p lang="vi">{}</p><p class="small">{}</p>)", invitation.withdrawn_reason,
                      html::moment(view, *invitation.withdrawn_at))});
  body.add(R"(<h2 class="h-m">{}</h2>{})", view("consultation.invite.replies"_t),
           replies_part(desk, read, invitation));
  if (!desk.is_decided && !invitation.withdrawn_at)
    body += withdrawal_form(desk, invitation, typed, error);
  body.add(R"(<p><a href="{}">{}</a></p>)",
           Url::in(view, "/staff/consultations/", desk.c.id.value, "/invitations"),
           view("consultation.invited.title"_t));
  return source_response(desk, invitation.source.name, std::move(body), error);
}

}  // namespace

Result<http::Response> invitation_page(const http::Request& request,
                                       db::Read& read,
                                       people::Officer officer,
                                       Random& random,
                                       Instant now) {
  TRY(const SourceDesk desk, source_desk(request, read, officer, random, now));
  TRY(const Invitation invitation, invitation_on(desk, read));
  return show_body(desk, read, invitation, "", nullptr);
}

Result<http::Response> invitation_file(const http::Request& request,
                                       db::Read& read,
                                       people::Officer officer,
                                       Random& random,
                                       Instant now) {
  TRY(const SourceDesk desk, source_desk(request, read, officer, random, now));
  TRY(const Invitation invitation, invitation_on(desk, read));
  return file_of_reply(request, read, invitation.source.id);
}

Result<http::Pending> withdrawal_post(const http::Request& request,
                                      db::Read& read,
                                      people::Officer officer,
                                      Random& random,
                                      Instant now) {
  TRY(const SourceDesk desk, source_desk(request, read, officer, random, now));
  TRY(const Invitation invitation, invitation_on(desk, read));
  const std::string typed(request.form.text("reason"));
  EditAct act = desk.act();
  act.revision = request.form.number("revision").value_or(0);
  auto reason = check_withdrawal(typed);
  // Beside the words, which a page about the error alone would lose.
  const TextKey stale = "consultation.error.changed"_t;
  if (reason.ok() && !invitation.withdrawn_at && invitation.revision != act.revision)
    reason = Error{ErrorKind::conflict, stale, {{"reason", stale}}};
  if (!reason.ok())
    return http::Pending::answer(show_body(desk, read, invitation, typed, &reason.error()));
  const std::string back(body_url(desk, invitation).view());
  return http::Pending::commit(
      [act, id = invitation.source.id, typed, salts = ledger::draw(random)](db::Write& write) {
        return withdraw_invitation(write, act, id, typed, salts);
      },
      [&request, back](const Result<Invitation>& done, std::string_view) {
        return done.ok() ? http::see_other(back) : http::error_response(request, done.error());
      });
}

}  // namespace ln::consultation::staff
