#include "feature/feedback/feedback_pages_invitation.h"

#include <memory>
#include <string>

#include "base/text.h"
#include "feature/feedback/feedback_actions_invitation.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_store_invitation.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::feedback {
namespace {

using html::Fragment;
using html::Url;
using html::View;

Url invite_url(const View& view, const Feedback& feedback) {
  return Url::in(view, "/staff/feedback/", feedback.code.text(), "/invite");
}

TextKey state_of(const Invitation& invitation, Instant now) {
  if (invitation.answered_at) return "feedback.invitation.answered"_t;
  if (invitation.withdrawn_at) return "feedback.invitation.withdrawn"_t;
  return invitation.is_open(now) ? "feedback.invitation.open"_t : "feedback.invitation.expired"_t;
}

// The page as it is shown before and after the transaction.
struct Sheet {
  const http::Request* request;
  people::Officer officer;
  Feedback feedback;
  std::vector<Invitation> all;
  Instant now;
  std::string link{};  // of the one that was made this moment

  View view() const { return people::view_of(*request, officer.staff()); }
};

Result<Sheet> sheet_of(const http::Request& request,
                       db::Read& read,
                       const people::Officer& officer,
                       Instant now) {
  TRY(Feedback feedback, staff::visible_case(read, officer, request.path_text("code")));
  if (!may_act(officer, Task::ask, feedback))
    return Error{ErrorKind::forbidden, "feedback.error.not_your_part"_t};
  auto all = invitations_of(read, feedback.id);
  return Sheet{&request, officer, std::move(feedback), std::move(all), now};
}

Fragment act_form(const Sheet& sheet,
                  const Invitation& invitation,
                  std::string_view act,
                  TextKey text) {
  const View view = sheet.view();
  Fragment body = html::hidden("act", act);
  body += html::hidden("invitation", std::to_string(invitation.id));
  body += html::hidden("revision", std::to_string(sheet.feedback.revision));
  body += html::button({.text = view(text), .kind = html::ButtonKind::secondary, .once = true});
  return html::form(view, {.action = invite_url(view, sheet.feedback), .body = std::move(body)});
}

Fragment invitation_item(const Sheet& sheet, const Invitation& each) {
  const View view = sheet.view();
  Fragment body = html::fill(
      R"(<p><b>{}</b> · {}</p><p class="small muted">{}</p><div class="quote">{}</div>)",
      view(state_of(each, sheet.now)), html::moment(view, each.answered_at.value_or(each.at)),
      view.voice("feedback.invitation.until"_t, {{"moment", view.voice.moment(each.expires_at)}}),
      html::paragraphs(each.text));
  if (each.answered_at)
    body.add(R"(<h3 class="h-s">{}</h3><div class="quote">{}</div>)",
             view("feedback.invitation.said"_t), html::paragraphs(each.answer));
  if (each.is_open(sheet.now))
    body += act_form(sheet, each, "withdraw", "feedback.invitation.withdraw"_t);
  if (each.released_at)
    body.add("<p>{}</p>", view.voice("feedback.invitation.released"_t,
                                     {{"moment", view.voice.moment(*each.released_at)}}));
  else if (each.answered_at && each.purpose == InvitedAs::named) {
    if (may_release(sheet.officer, sheet.feedback))
      body.add("<p>{}</p>{}", view("feedback.invitation.release_hint"_t),
               act_form(sheet, each, "release", "feedback.invitation.release"_t));
    else
      body.add("<p>{}</p>", view("feedback.invitation.release_later"_t));
  }
  return html::card({.heading = each.addressee, .body = std::move(body)});
}

Fragment invite_form(const Sheet& sheet,
                     InvitedAs purpose,
                     const http::Fields& typed,
                     const Error* error) {
  const View view = sheet.view();
  const bool is_named = purpose == InvitedAs::named;
  Fragment fields = html::hidden("act", "invite");
  fields += html::hidden("revision", std::to_string(sheet.feedback.revision));
  if (is_named)
    fields += html::note({.kind = html::NoteKind::warn,
                          .heading = view("feedback.invitation.named_title"_t),
                          .body = html::fill("<p>{}</p>", view("feedback.invitation.named"_t))});
  fields += html::input(view, {.name = "addressee",
                               .label = {view("feedback.invitation.addressee"_t)},
                               .hint = view(is_named ? "feedback.invitation.addressee_named"_t
                                                     : "feedback.invitation.addressee_body"_t),
                               .error = html::error_for(view, error, "addressee"),
                               .value = typed.text("addressee")});
  fields += html::textarea(view, {.name = "text",
                                  .label = {view("feedback.invitation.text"_t)},
                                  .hint = view("feedback.invitation.text_hint"_t),
                                  .error = html::error_for(view, error, "text"),
                                  .value = typed.text("text"),
                                  .rows = 7,
                                  .chars_max = static_cast<int>(invitation_chars_max)});
  std::vector<std::string> numbers, words;
  for (const int days : invitation_days) {
    numbers.push_back(std::to_string(days));
    words.push_back(view.voice.counted("feedback.invitation.for_days"_t, days));
  }
  std::vector<html::Choice> choices;
  for (std::size_t i = 0; i < numbers.size(); ++i)
    choices.push_back({.value = numbers[i], .text = words[i]});
  const std::string_view chosen = typed.text("days");
  fields += html::radios(view, {.name = "days",
                                .legend = {view("feedback.invitation.days"_t), html::Size::s},
                                .error = html::error_for(view, error, "days"),
                                .choices = std::move(choices),
                                .values = {chosen.empty() ? std::string_view("14") : chosen},
                                .arrangement = html::Arrangement::in_line});
  fields += html::button({.text = view("feedback.invitation.make"_t), .once = true});
  return html::form(view, {.action = invite_url(view, sheet.feedback), .body = std::move(fields)});
}

Fragment link_note(const Sheet& sheet) {
  const View view = sheet.view();
  return html::note(
      {.kind = html::NoteKind::ok,
       .heading = view("feedback.invitation.made"_t),
       .body = html::fill(R"(<p>{}</p><p class="hash" id="link" translate="no">{}</p>)",
                          view("feedback.invitation.once"_t), sheet.link),
       .is_status = true});
}

std::string sheet_html(const Sheet& sheet, const http::Fields& typed, const Error* error) {
  const View view = sheet.view();
  const std::string code = sheet.feedback.code.shown();
  Fragment body = html::breadcrumbs(view,
                                    {{view("feedback.staff.queue"_t), Url::in(view, "/staff")},
                                     {code, staff::case_url(view, sheet.feedback)}},
                                    view("feedback.invitation.title"_t));
  body += html::error_summary(view, error);
  if (!sheet.link.empty()) body += link_note(sheet);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("feedback.invitation.title"_t),
           view("feedback.invitation.lead"_t));
  for (const Invitation& each : sheet.all) body += invitation_item(sheet, each);
  if (const auto purpose = invitable(sheet.feedback); !purpose)
    body += html::nothing_here(view("feedback.invitation.not_this"_t));
  else if (sheet.link.empty())
    body += invite_form(sheet, *purpose, typed, error);
  return html::page(view, {.title = std::string(view("feedback.invitation.title"_t)) + " · " + code,
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = error != nullptr,
                           .is_unlisted = true});
}

// What the transaction left, for the page after it.
struct After {
  std::optional<Feedback> feedback{};
  std::vector<Invitation> all{};
};

http::Response answer_for(Sheet sheet,
                          const Result<Feedback>& result,
                          const After& after,
                          const std::string& link) {
  const http::Request& request = *sheet.request;
  if (after.feedback) {
    sheet.feedback = *after.feedback;
    sheet.all = after.all;
  }
  if (result.ok()) {
    if (link.empty())
      return http::see_other(std::string(invite_url(sheet.view(), sheet.feedback).view()));
    sheet.link = link;
    return http::page(200, sheet_html(sheet, {}, nullptr)).with_header("Cache-Control", "no-store");
  }
  if (result.error().kind == ErrorKind::invalid)
    return http::page(422, sheet_html(sheet, request.form, &result.error()));
  if (result.error().kind == ErrorKind::conflict && after.feedback &&
      may_see(*after.feedback, sheet.officer))
    return http::page(409, sheet_html(sheet, request.form, &result.error()));
  return http::error_response(request, result.error());
}

// --- whoever has the link -----------------------------------------------------------------------

std::string guest_html(const View& view, std::string_view title, Fragment body, bool has_errors) {
  return html::page(view, {.title = title,
                           .body = html::columns({.body = std::move(body), .is_narrow = true}),
                           .has_errors = has_errors,
                           .is_unlisted = true});
}

http::Response over(const View& view) {
  Fragment body = html::fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)",
                             view("feedback.invitation.over_title"_t),
                             view("feedback.invitation.error.over"_t));
  return http::page(
      404, guest_html(view, view("feedback.invitation.over_title"_t), std::move(body), false));
}

std::string reply_html(const View& view,
                       const Invitation& invitation,
                       std::string_view token,
                       std::string_view typed,
                       const Error* error) {
  const std::string until = view.voice.moment(invitation.expires_at);
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p>{}</p><h2 class="h-m">{}</h2>
<div class="quote" lang="vi">{}</div>)",
           view("feedback.invitation.reply_title"_t),
           view.voice("feedback.invitation.to"_t, {{"name", invitation.addressee}}),
           view(invitation.purpose == InvitedAs::named ? "feedback.invitation.reply_named"_t
                                                       : "feedback.invitation.reply_body"_t),
           view("feedback.invitation.asks"_t), html::paragraphs(invitation.text));
  Fragment fields = html::textarea(
      view, {.name = "text",
             .label = {view("feedback.invitation.answer"_t)},
             .hint = view.voice("feedback.invitation.answer_hint"_t, {{"moment", until}}),
             .error = html::error_for(view, error, "text"),
             .value = typed,
             .rows = 8,
             .chars_max = static_cast<int>(invited_answer_chars_max)});
  fields += html::button({.text = view("feedback.invitation.send"_t), .once = true});
  body += html::form(view, {.action = Url::in(view, "/reply/", token), .body = std::move(fields)});
  return guest_html(view, view("feedback.invitation.reply_title"_t), std::move(body),
                    error != nullptr);
}

}  // namespace

Result<http::Response> invite_page(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Instant now) {
  TRY(const Sheet sheet, sheet_of(request, read, officer, now));
  return http::page(200, sheet_html(sheet, request.form, nullptr));
}

Result<http::Pending> invite_post(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Random& random,
                                  Instant now) {
  TRY(Sheet sheet, sheet_of(request, read, officer, now));
  const std::string act_word(request.form.text("act"));
  const OfficerAct act{.officer = officer,
                       .code = sheet.feedback.code,
                       .revision = request.form.number("revision").value_or(0),
                       .salts = ledger::draw(random),
                       .now = now};
  const Invite wish{.addressee = std::string(trimmed(request.form.text("addressee"))),
                    .text = std::string(trimmed(request.form.text("text"))),
                    .days = request.form.number("days").value_or(0),
                    .token = to_hex(random.bytes<link_token_size / 2>())};
  const std::int64_t id = request.form.number("invitation").value_or(0);
  // A word that no form of ours sends must do nothing, least of all withdraw.
  if (act_word != "invite" && act_word != "release" && act_word != "withdraw")
    return http::Pending::answer(http::error_response(request, 400));
  const bool is_new = act_word == "invite";
  const std::string link =
      is_new ? request.view.site->base_url + "/reply/" + wish.token : std::string();
  auto after = std::make_shared<After>();
  return http::Pending::commit(
      [act, act_word, wish, id, is_new, after](db::Write& write) -> Result<Feedback> {
        auto result = is_new                  ? invite(write, act, wish)
                      : act_word == "release" ? release_invited_reply(write, act, id)
                                              : take_back_invitation(write, act, id);
        after->feedback = find(write, act.code);
        if (after->feedback) after->all = invitations_of(write, after->feedback->id);
        return result;
      },
      [sheet = std::move(sheet), after, link](const Result<Feedback>& result, std::string_view) {
        return answer_for(sheet, result, *after, link);
      });
}

Result<http::Response> reply_page(const http::Request& request, db::Read& read, Instant now) {
  const std::string_view token = request.path_text("token");
  const auto link = link_hash(token);
  const auto invitation = link ? invitation_with(read, *link) : std::nullopt;
  if (!invitation || !invitation->is_open(now)) return over(request.view);
  return http::page(200, reply_html(request.view, *invitation, token, {}, nullptr))
      .with_header("Cache-Control", "no-store");
}

Result<http::Pending> reply_post(const http::Request& request, db::Read& read, Instant now) {
  const std::string token(request.path_text("token"));
  const auto link = link_hash(token);
  auto invitation = link ? invitation_with(read, *link) : std::nullopt;
  if (!invitation || !invitation->is_open(now)) return http::Pending::answer(over(request.view));
  const std::string text(trimmed(request.form.text("text")));
  return http::Pending::commit(
      [link = *link, text, now](db::Write& write) {
        return answer_invitation(write, link, text, now);
      },
      [&request, token, invitation = *std::move(invitation), text](const Result<Done>& done,
                                                                   std::string_view) {
        const View& view = request.view;
        if (done.ok())
          return http::page(
              200, guest_html(view, view("feedback.invitation.thanks"_t),
                              html::fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)",
                                         view("feedback.invitation.thanks"_t),
                                         view("feedback.invitation.thanks_text"_t)),
                              false));
        if (done.error().kind == ErrorKind::not_found) return over(view);
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        return http::page(422, reply_html(view, invitation, token, text, &done.error()));
      });
}

Fragment replies_part(const View& view, const std::vector<Invitation>& replies) {
  if (replies.empty()) return {};
  Fragment out =
      html::fill(R"(<h2 class="h-m sp">{}</h2>)", view("feedback.invitation.reply_of"_t));
  for (const Invitation& each : replies)
    out.add(R"(<div class="quote" lang="vi">{}</div><p class="small muted">{}</p>)",
            html::paragraphs(each.answer), html::moment(view, *each.answered_at));
  return out;
}

Fragment invitations_card(const View& view,
                          db::Read& read,
                          const people::Officer& officer,
                          const Feedback& feedback,
                          Instant now) {
  if (!may_act(officer, Task::ask, feedback)) return {};
  const auto all = invitations_of(read, feedback.id);
  if (all.empty() && !invitable(feedback)) return {};
  Fragment body;
  if (!all.empty())
    body.add("<ul>{}</ul>", [&](Fragment& list) {
      for (const Invitation& each : all)
        list.add("<li>{}: {}</li>", each.addressee, view(state_of(each, now)));
    });
  body.add(R"(<p><a href="{}">{}</a></p>)", invite_url(view, feedback),
           view(feedback.about == About::conduct ? "feedback.invitation.go_named"_t
                                                 : "feedback.invitation.go_body"_t));
  return html::card({.icon_name = "external-link",
                     .heading = view("feedback.invitation.title"_t),
                     .body = std::move(body)});
}

}  // namespace ln::feedback
