// Inviting bodies at the desk, and the letter that is printed once.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "engine/text/text.h"
#include "feature/consultation/consultation_actions_invitation.h"
#include "feature/consultation/consultation_pages_invitation.h"
#include "feature/consultation/consultation_pages_invited_parts.h"
#include "feature/consultation/consultation_pages_source_parts.h"
#include "platform/db/once.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/qr.h"
#include "platform/http/http_parse.h"

namespace ln::consultation::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Url invitations_url(const SourceDesk& desk) {
  return Url::in(desk.view(), "/staff/consultations/", desk.c.id.value, "/invitations");
}

// Code and secret of one letter, kept sealed under the token of its form.
struct LetterNote {
  SourceId source{};
  std::string secret{};
};
std::string packed_letter(const LetterNote& note, Instant now) {
  return std::to_string(note.source.value) + " " + std::to_string(to_ms(now)) + " " + note.secret;
}
// Null once letters_again_within is over.
std::optional<LetterNote> unpacked_letter(std::string_view text, Instant now) {
  const std::size_t first = text.find(' '), second = text.find(' ', first + 1);
  if (first == text.npos || second == text.npos) return std::nullopt;
  const auto id = parse_number(text.substr(0, first));
  const auto at = parse_number(text.substr(first + 1, second - first - 1));
  if (!id || !at || now - from_ms(*at) > letters_again_within) return std::nullopt;
  return LetterNote{SourceId{*id}, std::string(text.substr(second + 1))};
}
std::string key_of_letter(const SourceDesk& desk) {
  return "consultation.invite:" + std::to_string(desk.officer.id().value) + ":" + desk.once + ":" +
         desk.mark;
}

// The letter to the body, as it is printed and sent.
http::Response letter_to_body(const SourceDesk& desk,
                              const Invitation& invitation,
                              const std::string& secret) {
  const View view = desk.view();
  const Url own = Url::in(view, "/consultations/invitations/", invitation.code->text());
  const std::string address = view.site->base_url + std::string(own.view());
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p class="no-print">{}</p>)",
                       view("consultation.invite.letter"_t), view("consultation.letter.once"_t));
  body.add(R"(<p>{} <b lang="vi">{}</b></p><p>{} <b lang="vi">{}</b></p><p>{}</p>)",
           view("consultation.invite.to"_t), invitation.source.name,
           view("consultation.letter.about"_t), desk.c.title_vi,
           view.voice(invitation.kind == InvitedFor::view ? "consultation.invite.ask"_t
                                                          : "consultation.invite.ask_criticism"_t,
                      {{"day", view.voice.date(invitation.due_on)}}));
  body.add(R"(<p>{}</p><p>{} <b class="ref" id="code" translate="no">{}</b></p>)", address,
           view("consultation.sent.code"_t), invitation.code->shown());
  body.add(R"(<p>{} <b class="secret" id="secret" translate="no">{}</b></p>)",
           view("consultation.sent.secret"_t), people::shown_secret(secret));
  body.add(R"(<div class="qr">{}</div>)", html::qr(address, view("consultation.sent.qr"_t)));
  body.add(R"(<p class="no-print"><button type="button" )"
           R"(class="govuk-button govuk-button--secondary" data-print hidden>{}{}</button></p>)"
           R"(<p class="no-print"><a href="{}">{}</a></p>)",
           html::icon("printer"), view("consultation.letter.print"_t), invitations_url(desk),
           view("consultation.invited.title"_t));
  return source_response(desk, view("consultation.invite.letter"_t), std::move(body), nullptr,
                         true);
}

std::optional<http::Response> letter_before(const SourceDesk& desk, db::Read& read) {
  const auto before = db::Once::find(read, key_of_letter(desk));
  const auto note = before ? unpacked_letter(*before, desk.now) : std::nullopt;
  const auto invitation = note ? find_invitation(read, note->source) : std::nullopt;
  if (!invitation || invitation->source.consultation != desk.c.id) return std::nullopt;
  return letter_to_body(desk, *invitation, note->secret);
}

Fragment renew_forms(const SourceDesk& desk, const std::vector<CountedInvitation>& all) {
  const View view = desk.view();
  Fragment list;
  for (const CountedInvitation& each : all) {
    Fragment fields = html::hidden("once", desk.once);
    fields += html::hidden("revision", std::to_string(each.invitation.revision));
    fields.add(R"(<button type="submit" class="govuk-button govuk-button--secondary btn--quiet">)"
               R"({}<span class="vh"> {}</span></button>)",
               view("consultation.invite.renew"_t), each.invitation.source.name);
    if (each.invitation.withdrawn_at) continue;
    list.add(R"(<li><span lang="vi">{}</span> {}</li>)", each.invitation.source.name,
             html::form(view, {.action = Url::in(view, "/staff/consultations/", desk.c.id.value,
                                                 "/invitations/", each.invitation.source.id.value),
                               .body = std::move(fields)}));
  }
  return html::details(
      view("consultation.invite.lost"_t),
      fill(R"(<p>{}</p><ul class="plain">{}</ul>)", view("consultation.invite.lost_lead"_t), list));
}

// The way to what one body replied, and to taking its invitation back.
Fragment body_links(const SourceDesk& desk, const std::vector<CountedInvitation>& all) {
  if (all.empty()) return {};
  return fill(R"(<h2 class="h-m">{}</h2><ul>{}</ul>)", desk.view()("consultation.invite.each"_t),
              [&](Fragment& list) {
                for (const CountedInvitation& each : all)
                  list.add(R"(<li><a href="{}" lang="vi">{}</a></li>)",
                           Url::in(desk.view(), "/staff/consultations/", desk.c.id.value,
                                   "/invitations/", each.invitation.source.id.value),
                           each.invitation.source.name);
              });
}

// Nothing is chosen beforehand: the ledger fixes it, and who is in a hurry would take what stands
// there.
Fragment asked_for_field(const View& view, std::string_view chosen, const Error* error) {
  std::vector<html::Choice> choices;
  for (const InvitedFor each : all_invited_for)
    choices.push_back({.value = to_text(each), .text = view(key_of(each))});
  return html::radios(view, {.name = "kind",
                             .legend = {.text = view("consultation.invite.kind"_t)},
                             .hint = view("consultation.invite.kind_hint"_t),
                             .error = html::error_for(view, error, "kind"),
                             .choices = choices,
                             .values = {chosen}});
}

http::Response show_invitations(const SourceDesk& desk,
                                db::Read& read,
                                const InvitedTyped& typed,
                                const std::string& day,
                                const Error* error) {
  const View view = desk.view();
  const auto all = invitations_of(read, desk.c.id);
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("consultation.invited.title"_t),
           view("consultation.invite.lead"_t));
  body += all.empty() ? html::nothing_here(view("consultation.invited.none"_t))
                      : invited_table(view, all, day_of_invited(read, desk.c.id, desk.now));
  body += body_links(desk, all);
  if (!desk.is_decided) {
    body.add(R"(<h2 class="h-m">{}</h2>)", view("consultation.invite.title"_t));
    Fragment fields = html::input(view, {.name = "name",
                                         .label = {view("consultation.invited.body"_t)},
                                         .error = html::error_for(view, error, "name"),
                                         .value = typed.name});
    fields += asked_for_field(view, desk.request.form.text("kind"), error);
    fields += html::input(view, {.name = "due_on",
                                 .label = {view("consultation.invited.due"_t)},
                                 .hint = view("consultation.invite.due_hint"_t),
                                 .error = html::error_for(view, error, "due_on"),
                                 .value = day,
                                 .type = "date"});
    fields += html::hidden("once", desk.once);
    fields += html::button({.text = view("consultation.invite.do"_t), .once = true});
    body += html::form(view, {.action = invitations_url(desk), .body = std::move(fields)});
    if (!all.empty()) body += renew_forms(desk, all);
  }
  return source_response(desk, view("consultation.invited.title"_t), std::move(body), error);
}

// Writes the invitation, or its new key, once for each form; and shows the letter.
template <class Write>
http::Pending letter_pending(const SourceDesk& desk, InvitationDraws draws, Write write_it) {
  struct Letter {
    Invitation invitation;
    std::string secret;
  };
  return http::Pending::commit(
      [key = key_of_letter(desk), draws = std::move(draws), write_it,
       now = desk.now](db::Write& write) -> Result<Letter> {
        if (const auto before = db::Once::find(write, key))
          if (const auto note = unpacked_letter(*before, now))
            if (auto there = find_invitation(write, note->source))
              return Letter{*std::move(there), note->secret};
        TRY(Invitation made, write_it(write, draws));
        db::Once::save(write, key, packed_letter({made.source.id, draws.secret}, now), now);
        return Letter{std::move(made), draws.secret};
      },
      [desk](const Result<Letter>& done, std::string_view) {
        return done.ok() ? letter_to_body(desk, done.value().invitation, done.value().secret)
                         : http::error_response(desk.request, done.error());
      });
}

}  // namespace

Result<http::Response> invitations_page(const http::Request& request,
                                        db::Read& read,
                                        people::Officer officer,
                                        Random& random,
                                        Instant now) {
  TRY(const SourceDesk desk, source_desk(request, read, officer, random, now));
  return show_invitations(desk, read, {}, "", nullptr);
}

Result<http::Pending> invitations_post(const http::Request& request,
                                       db::Read& read,
                                       people::Officer officer,
                                       Random& random,
                                       Instant now) {
  TRY(SourceDesk desk, source_desk(request, read, officer, random, now));
  desk.mark = mark_of_words(request.form.text("name"));
  if (auto before = letter_before(desk, read)) return http::Pending::answer(*std::move(before));
  const std::string day(request.form.text("due_on"));
  const auto kind = from_word(all_invited_for, request.form.text("kind"));
  const InvitedTyped typed{.name = std::string(request.form.text("name")),
                           .due_on = http::parse_day(day),
                           .kind = kind.value_or(InvitedFor::view)};
  auto tidy = check_invited(typed, local_day(now));
  const TextKey unknown = "consultation.error.invited_for"_t;
  if (tidy.ok() && !kind) tidy = Error{ErrorKind::invalid, unknown, {{"kind", unknown}}};
  const auto all = invitations_of(read, desk.c.id);
  const bool is_there =
      tidy.ok() && std::ranges::any_of(all, [&](const CountedInvitation& each) {
        return !each.invitation.withdrawn_at &&
               text::marked(each.invitation.source.name) == text::marked(tidy.value().name);
      });
  const TextKey again = "consultation.error.invited_again"_t;
  if (is_there) tidy = Error{ErrorKind::conflict, again, {{"name", again}}};
  if (!tidy.ok())
    return http::Pending::answer(show_invitations(desk, read, typed, day, &tidy.error()));
  return letter_pending(
      desk, draw_invitation(random),
      [act = desk.act(), id = desk.c.id, typed](db::Write& write, const InvitationDraws& draws) {
        return invite(write, act, id, typed, draws);
      });
}

Result<http::Pending> invitation_post(const http::Request& request,
                                      db::Read& read,
                                      people::Officer officer,
                                      Random& random,
                                      Instant now) {
  TRY(SourceDesk desk, source_desk(request, read, officer, random, now));
  const SourceId id{request.path_number("number")};
  desk.mark = std::to_string(id.value);
  if (auto before = letter_before(desk, read)) return http::Pending::answer(*std::move(before));
  const auto there = find_invitation(read, id);
  if (!there || there->source.consultation != desk.c.id)
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  EditAct act = desk.act();
  act.revision = request.form.number("revision").value_or(0);
  return letter_pending(desk, draw_invitation(random),
                        [act, id](db::Write& write, const InvitationDraws& draws) {
                          return renew_invitation(write, act, id, draws);
                        });
}

}  // namespace ln::consultation::staff
