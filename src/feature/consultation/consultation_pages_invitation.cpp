// The page of a body that was invited: its letter's code in the address, its secret by hand.
#include "feature/consultation/consultation_pages_invitation.h"

#include <utility>

#include "base/text.h"
#include "core/attachment/attachment_prepare.h"
#include "core/people/people_citizen_session.h"
#include "core/people/people_pages_secret.h"
#include "feature/consultation/consultation_actions_invitation.h"
#include "feature/consultation/consultation_pages_invited_parts.h"
#include "feature/consultation/consultation_pages_parts.h"
#include "feature/consultation/consultation_store_answer.h"
#include "feature/consultation/consultation_store_source.h"
#include "platform/db/once.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"
#include "platform/http/once_key.h"

namespace ln::consultation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::size_t option_words = 70;

Error no_letter() { return {ErrorKind::not_found, "consultation.error.code_or_secret"_t}; }

Url letter_url(const View& view, std::string_view code) {
  return Url::in(view, "/consultations/invitations/", code);
}

http::Response letter_page(const View& view, Fragment body, const Error* error) {
  return http::form_page(view, {.title = view("consultation.reply.title"_t),
                                .here = "/consultations",
                                .body = std::move(body),
                                .error = error,
                                .is_narrow = true});
}

// Asks for the secret; the same page whether the code exists or not.
http::Response ask_secret(const View& view, std::string_view code, const Error* error) {
  Fragment fields = people::secret_field(view, view("consultation.own.secret"_t),
                                         view("consultation.own.secret_hint"_t), error);
  fields += html::button({.text = view("consultation.own.open"_t), .once = true});
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1>{})", view("consultation.reply.title"_t),
           html::form(view, {.action = Url::in(view, "/consultations/invitations/", code, "/open"),
                             .body = std::move(fields)}));
  return letter_page(view, std::move(body), error);
}

constexpr std::int64_t sent_on_page = 15;

// What the page shows once it is open.
struct ReplySheet {
  Invitation invitation;
  Consultation c;
  draft::Draft draft;
  std::vector<Comment> sent;  // a page of them
  bool has_more = false;
  std::vector<attachment::Attachment> files;  // of all of them
  bool is_decided = false;
  Day day{};  // day_of_invited()
  std::string once{};
  Said typed{};
};

Result<ReplySheet> reply_sheet(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now) {
  const auto code = Code::parse(request.path_text("code"));
  const auto citizen = people::citizen_of(request);
  if (!code || !citizen) return no_letter();
  TRY(Invitation invitation, open_invitation(read, *citizen, *code));
  auto c = find(read, invitation.source.consultation);
  const auto version = c ? find_version(read, c->id, c->version) : std::nullopt;
  auto draft = version ? draft::parse(draft::split(version->text)) : std::nullopt;
  if (!draft) return no_letter();
  ReplySheet sheet{.invitation = std::move(invitation),
                   .c = *c,
                   .draft = *std::move(draft),
                   .sent = {},
                   .has_more = false,
                   .files = {},
                   .is_decided = find_decision(read, c->id).has_value(),
                   .day = day_of_invited(read, c->id, now)};
  sheet.sent = comments_from(read, sheet.invitation.source.id,
                             request.query.number("after").value_or(0), sent_on_page + 1);
  sheet.has_more = std::ssize(sheet.sent) > sent_on_page;
  if (sheet.has_more) sheet.sent.pop_back();
  sheet.files = files_of_replies(read, sheet.sent);
  sheet.once = http::once_key(request.form, random);
  return sheet;
}

Fragment place_select(const View& view, const ReplySheet& sheet, const Error* error) {
  html::Select select{.name = "clause",
                      .label = {view("consultation.reply.place"_t)},
                      .error = html::error_for(view, error, "clause"),
                      .value = sheet.typed.clause,
                      .options = {{"all", view("consultation.whole"_t)}}};
  std::vector<std::string> names;
  for (const draft::Clause& each : sheet.draft.clauses) {
    const std::string& words = each.heading.empty() ? each.text : each.heading;
    names.push_back(cited(view, each.key) + ": " + std::string(first_chars(words, option_words)));
  }
  for (std::size_t i = 0; i < names.size(); ++i)
    select.options.push_back({sheet.draft.clauses[i].key, names[i]});
  return html::select(view, select);
}

Fragment reply_form(const View& view, const ReplySheet& sheet, const Error* error) {
  Fragment body = place_select(view, sheet, error);
  body += html::textarea(view, {.name = "body",
                                .label = {view("consultation.form.body"_t)},
                                .hint = view("consultation.reply.body_hint"_t),
                                .error = html::error_for(view, error, "body"),
                                .value = sheet.typed.body,
                                .chars_max = static_cast<int>(body_chars_max)});
  body += html::textarea(
      view, {.name = "wording",
             .label = {.text = view("consultation.form.wording"_t), .is_optional = true},
             .hint = view("consultation.form.wording_hint"_t),
             .error = html::error_for(view, error, "wording"),
             .value = sheet.typed.wording,
             .chars_max = static_cast<int>(wording_chars_max)});
  body += html::file_upload(
      view, {.name = "files",
             .label = {.text = view("consultation.reply.files"_t), .is_optional = true},
             .hint = view("consultation.reply.files_hint"_t),
             .error = html::error_for(view, error, "files"),
             .accept = attachment::accept,
             .is_multiple = true,
             .size_max = static_cast<std::int64_t>(attachment::size_max),
             .files_max = static_cast<int>(attachment::count_max)});
  body += html::hidden("once", sheet.once);
  body += html::hidden("version", std::to_string(sheet.c.version));
  body += html::button(
      {.text = view("consultation.reply.send"_t), .icon_before = "send", .once = true});
  return html::form(view, {.action = Url::in(view, "/consultations/invitations/",
                                             sheet.invitation.code->text(), "/reply"),
                           .body = std::move(body),
                           .is_multipart = true});
}

// What was sent, each with its own page and its files.
Fragment sent_part(const View& view, const ReplySheet& sheet) {
  if (sheet.sent.empty()) return {};
  Fragment out = fill(R"(<h2 class="h-m">{}</h2><p>{}</p><ul class="plain">{}</ul>)",
                      view("consultation.reply.sent"_t), view("consultation.reply.sent_lead"_t),
                      [&](Fragment& list) {
                        for (const Comment& each : sheet.sent) {
                          Fragment more =
                              fill(R"(<p class="small"><a href="{}">{}</a></p>)",
                                   Url::in(view, "/consultations/comments/", each.code->text()),
                                   each.code->shown());
                          more += file_links(view, sheet.files, each.id,
                                             letter_url(view, sheet.invitation.code->text()));
                          list += comment_item(view, each, sheet.c.version, more);
                        }
                      });
  if (sheet.has_more)
    out += html::pager(view, {.next = letter_url(view, sheet.invitation.code->text())
                                          .with("after", sheet.sent.back().id.value)});
  return out;
}

http::Response show_reply(const View& view, const ReplySheet& sheet, const Error* error) {
  const Day today = sheet.day;
  const html::Spoken title = title_of(view, sheet.c);
  Fragment body = html::error_summary(view, error);
  body.add(R"(<p class="eyebrow" lang="vi">{}</p><h1 class="h-l">{}</h1>)",
           sheet.invitation.source.name, view("consultation.reply.title"_t));
  const std::string until =
      view.voice("consultation.reply.until"_t, {{"day", view.voice.date(sheet.invitation.due_on)}});
  body.add(R"(<p><a href="{}" lang="{}">{}</a></p><p>{} {}</p>)", page_of(view, sheet.c),
           title.lang, title.text, sheet.invitation.withdrawn_at ? std::string() : until,
           punctuality_badge(view, sheet.invitation, today));
  if (!sheet.is_decided && !sheet.invitation.withdrawn_at && today > sheet.invitation.due_on &&
      !sheet.invitation.replied_at)
    body += html::note({.kind = html::NoteKind::warn,
                        .body = fill("<p>{}</p>", view("consultation.reply.late"_t))});
  body += sent_part(view, sheet);
  if (sheet.invitation.withdrawn_at) {
    body += html::note({.kind = html::NoteKind::warn,
                        .heading = view("consultation.reply.withdrawn"_t),
                        .body = fill(R"(<p lang="vi">{}</p>)", sheet.invitation.withdrawn_reason)});
  } else if (sheet.is_decided) {
    body += html::note({.body = fill("<p>{}</p>", view("consultation.reply.decided"_t))});
  } else {
    body.add(R"(<h2 class="h-m sp">{}</h2>)",
             view(sheet.sent.empty() ? "consultation.reply.first"_t : "consultation.reply.more"_t));
    body += reply_form(view, sheet, error);
  }
  body += html::form(view, {.action = Url::in(view, "/consultations/invitations/",
                                              sheet.invitation.code->text(), "/close"),
                            .body = html::button({.text = view("consultation.own.close"_t),
                                                  .kind = html::ButtonKind::secondary})});
  return letter_page(view, std::move(body), error);
}

}  // namespace

Result<http::Response> reply_page(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  Instant now) {
  const auto sheet = reply_sheet(request, read, random, now);
  if (!sheet.ok()) return ask_secret(request.view, request.path_text("code"), nullptr);
  return show_reply(request.view, sheet.value(), nullptr);
}

Result<http::Pending> reply_form_post(const http::Request& request,
                                      db::Read& read,
                                      Random&,
                                      Instant) {
  const View& view = request.view;
  const std::string_view act = request.path_text("act");
  const auto code = Code::parse(request.path_text("code"));
  if (!code) return no_letter();
  if (act == "open")
    return http::Pending::answer(people::open_own(
        request,
        {code->text(), letter_url(view, code->text()), "consultation.error.code_or_secret"_t},
        [&](const people::Citizen& by) { return open_invitation(read, by, *code).ok(); },
        [&](const Error& wrong) { return ask_secret(view, code->text(), &wrong); }));
  if (act == "close")
    return http::Pending::answer(people::close_own(code->text(), Url::in(view, "/consultations")));
  return no_letter();
}

Result<http::Pending> reply_post(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now) {
  const View& view = request.view;
  const auto code = Code::parse(request.path_text("code"));
  if (!code) return no_letter();
  TRY(ReplySheet sheet, reply_sheet(request, read, random, now));
  const http::Fields& form = request.form;
  sheet.typed = {.clause = std::string(form.text("clause")),
                 .body = std::string(form.text("body")),
                 .wording = std::string(form.text("wording")),
                 .in_english = view.voice.language() == i18n::Language::en};
  const people::Citizen citizen = *people::citizen_of(request);
  const std::string page(letter_url(view, code->text()).view());
  const std::string key = "consultation.reply:" + code->text() + ":" + sheet.once;
  if (db::Once::find(read, key)) return http::Pending::answer(http::see_other(page));
  auto reply = prepare_reply(read, citizen, *code, sheet.typed, random, now);
  if (reply.ok()) {
    // Slow, and refused beside its field: only for words that are fine.
    auto files = attachment::prepare(request.uploads, "files", 0, random);
    if (files.ok())
      reply.value().files = std::move(files).value();
    else
      reply = files.error();
  }
  if (reply.ok()) {
    const auto fits = check_files(read, reply.value().source, reply.value().files);
    if (!fits.ok()) reply = fits.error();
  }
  const TextKey moved = "consultation.error.new_version"_t;
  if (reply.ok() && form.number("version") != sheet.c.version)
    reply = Error{ErrorKind::conflict, moved};
  if (!reply.ok()) return http::Pending::answer(show_reply(view, sheet, &reply.error()));
  return http::Pending::commit(
      [reply = reply.value(), citizen, key, now](db::Write& write) -> Result<Done> {
        if (db::Once::find(write, key)) return Done{};
        TRY([[maybe_unused]] const Sent sent, send_reply(write, citizen, reply, now));
        db::Once::save(write, key, "sent", now);
        return Done{};
      },
      [&request, page](const Result<Done>& done, std::string_view) {
        return done.ok() ? http::see_other(page) : http::error_response(request, done.error());
      });
}

Result<http::Response> reply_file(const http::Request& request, db::Read& read) {
  const Error none{ErrorKind::not_found, "consultation.error.no_file"_t};
  const auto code = Code::parse(request.path_text("code"));
  const auto citizen = people::citizen_of(request);
  if (!code || !citizen) return none;
  const auto invitation = open_invitation(read, *citizen, *code);
  if (!invitation.ok()) return none;
  return file_of_reply(request, read, invitation.value().source.id);
}

}  // namespace ln::consultation
