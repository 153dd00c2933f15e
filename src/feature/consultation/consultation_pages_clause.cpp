// One piece of a draft: its words, what was said of it, and the form to say something.
#include <algorithm>
#include <utility>

#include "core/people/people_session.h"
#include "feature/consultation/consultation_actions.h"
#include "feature/consultation/consultation_actions_map.h"
#include "feature/consultation/consultation_pages.h"
#include "feature/consultation/consultation_pages_invited_parts.h"
#include "feature/consultation/consultation_pages_orders.h"
#include "feature/consultation/consultation_pages_own.h"
#include "feature/consultation/consultation_pages_parts.h"
#include "feature/consultation/consultation_pages_token_parts.h"
#include "feature/consultation/consultation_sheets.h"
#include "platform/db/once.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/share.h"
#include "platform/http/once_key.h"

namespace ln::consultation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::size_t clause_size_max = 6'000;

// What the page shows, gathered before anything is written.
struct ClauseSheet {
  Opened open;
  std::string key;
  std::optional<std::size_t> at{};  // null: the whole draft, or what is gone
  std::size_t part = 0;             // of a long piece
  Instant now;
  bool is_staff = false;
  std::string once{};
  bool has_map = false;     // its article has statements enough for one
  bool has_tokens = false;  // those who work here comment by token
  bool by_token = false;    // this browser does
};

// What somebody typed, as they typed it.
struct Words {
  std::string body{}, wording{};
  bool as_staff = false;
};

Result<ClauseSheet> sheet_of(const http::Request& request, db::Read& read, Instant now) {
  TRY(Opened open, opened(request, read));
  ClauseSheet sheet{
      .open = std::move(open), .key = std::string(request.path_text("clause")), .now = now};
  if (sheet.key != "all" && sheet.key != "gone") {
    sheet.at = sheet.open.draft.find(sheet.key);
    if (!sheet.at) return Error{ErrorKind::not_found, "consultation.error.clause"_t};
    const std::int64_t part = request.query.number("part").value_or(0);
    const auto count = static_cast<std::int64_t>(part_of(sheet.open.draft, *sheet.at, 0).count);
    if (part < 0 || part >= count)
      return Error{ErrorKind::not_found, "consultation.error.clause"_t};
    sheet.part = static_cast<std::size_t>(part);
  }
  sheet.is_staff = people::staff_of(request, read, now).ok();
  const ConsultationId id = sheet.open.consultation.id;
  sheet.has_tokens = find_token_key(read, id).has_value();
  sheet.by_token = sheet.has_tokens && holds_token(request, read, id);
  if (const std::string article = article_of(sheet.key); sheet.at && !article.empty())
    sheet.has_map = std::ranges::count(statements_of(read, sheet.open.consultation.id), article,
                                       [](const Statement& each) {
                                         return article_of(each.clause);
                                       }) >= clause_statements_min;
  return sheet;
}

// A draft about those who work here never takes their names: with tokens or without.
bool is_about_staff(const ClauseSheet& sheet) {
  return sheet.has_tokens || sheet.open.consultation.kind == "internal";
}

Strength strength_of(const ClauseSheet& sheet, const Words& words) {
  if (is_about_staff(sheet)) return sheet.by_token ? Strength::verified : Strength::anonymous;
  return sheet.is_staff && words.as_staff ? Strength::signed_in : Strength::anonymous;
}

bool takes_words(const ClauseSheet& sheet) {
  return sheet.key != "gone" && sheet.open.consultation.takes_comments(sheet.now);
}

Fragment form_part(const View& view,
                   const ClauseSheet& sheet,
                   const Words& words,
                   const Error* error) {
  const Consultation& c = sheet.open.consultation;
  if (!takes_words(sheet))
    return html::note(
        {.body = fill("<p>{}</p>", view(sheet.key == "gone" ? "consultation.gone_lead"_t
                                                            : "consultation.closed_lead"_t))});
  Fragment fields = html::textarea(view, {.name = "body",
                                          .label = {view("consultation.form.body"_t)},
                                          .hint = view("consultation.form.body_hint"_t),
                                          .error = html::error_for(view, error, "body"),
                                          .value = words.body,
                                          .chars_max = static_cast<int>(body_chars_max)});
  // Few write a clause anew: the field is folded until somebody asks for it or has typed in it.
  if (sheet.at)
    fields += html::details(
        view("consultation.form.wording_fold"_t),
        html::textarea(view,
                       {.name = "wording",
                        .label = {.text = view("consultation.form.wording"_t), .is_optional = true},
                        .hint = view("consultation.form.wording_hint"_t),
                        .error = html::error_for(view, error, "wording"),
                        .value = words.wording,
                        .chars_max = static_cast<int>(wording_chars_max)}),
        !words.wording.empty());
  if (sheet.has_tokens)
    fields.add(R"(<p>{} <a href="{}">{}</a></p>)",
               view(sheet.by_token ? "consultation.token.form_by"_t : "consultation.token.form"_t),
               Url::in(view, "/consultations/", c.id.value, "/token"),
               view("consultation.token.title"_t));
  else if (is_about_staff(sheet))
    fields.add("<p>{}</p>", view("consultation.token.form_none"_t));
  else if (sheet.is_staff)
    fields +=
        html::checkboxes(view, {.name = "as_staff",
                                .choices = {{.value = "1",
                                             .text = view("consultation.form.as_staff"_t),
                                             .hint = view("consultation.form.as_staff_hint"_t),
                                             .is_checked = words.as_staff}}});
  fields += html::hidden("once", sheet.once);
  fields += html::hidden("version", std::to_string(sheet.open.version.number));
  fields +=
      html::button({.text = view("consultation.form.send"_t), .icon_before = "send", .once = true});
  fields.add(R"(<p class="small muted">{}</p>)", view("consultation.form.after"_t));
  return fill(R"(<section id="say" aria-labelledby="say-h"><h2 class="h-m sp" id="say-h">{}</h2>{})"
              R"(</section>)",
              view.voice("consultation.say_of"_t, {{"clause", cited(view, sheet.key)}}),
              html::form(view, {.action = clause_url(view, c, sheet.key),
                                .body = std::move(fields),
                                .draft = "consultation"}));
}

Fragment support_button(const View& view, const ClauseSheet& sheet, const Comment& comment) {
  if (!takes_words(sheet) || comment.state != Sight::shown) return {};
  Fragment body = html::hidden("comment", comment.code->text());
  body += html::hidden("clause", sheet.key);
  body.add(R"(<button type="submit" class="govuk-button govuk-button--secondary btn--quiet">)"
           R"({}{}<span class="vh"> {}</span></button>)",
           html::icon("thumbs-up"), view("consultation.support"_t), comment.code->shown());
  return html::form(view, {.action = Url::in(view, "/consultations/",
                                             sheet.open.consultation.id.value, "/support"),
                           .body = std::move(body)});
}

// The comment, and in it the proposed words against the clause's own.
Fragment item(const View& view, db::Read& read, const ClauseSheet& sheet, const Comment& comment) {
  Fragment extra = withheld_files(view, read, comment);
  const auto at = sheet.open.draft.find(comment.clause_now);
  if (at && comment.state == Sight::shown && !comment.wording.empty())
    extra.add(R"(<p class="small"><b>{}</b></p><p lang="vi">{}</p>)",
              view("consultation.comment.against"_t),
              marked_differences(
                  draft::differences(sheet.open.draft.clauses[*at].text, comment.wording)));
  extra += support_button(view, sheet, comment);
  return comment_item(view, comment, sheet.open.consultation.version, extra);
}

Fragment comments_part(const http::Request& request, db::Read& read, const ClauseSheet& sheet) {
  Listed listed = listed_comments(request, read, sheet.open.consultation, sheet.key);
  if (!listed.comments.empty())
    listed.above.add(R"(<ul class="plain">{}</ul>)", [&](Fragment& list) {
      for (const Comment& each : listed.comments) list += item(request.view, read, sheet, each);
    });
  listed.above += listed.below;
  return std::move(listed.above);
}

http::Response show(const http::Request& request,
                    const ClauseSheet& sheet,
                    const Words& words,
                    const Error* error,
                    const Fragment& comments) {
  const View& view = request.view;
  const Consultation& c = sheet.open.consultation;
  const std::string name = cited(view, sheet.key);
  Fragment body = html::error_summary(view, error);
  const draft::Clause* clause = sheet.at ? &sheet.open.draft.clauses[*sheet.at] : nullptr;
  if (clause != nullptr && !clause->heading.empty())
    body.add(R"(<p class="eyebrow">{}</p><h1 class="h-l" lang="vi">{}</h1>)", name,
             clause->heading);
  else
    body.add(R"(<h1 class="h-l">{}</h1>)", name);
  if (sheet.at) body += text_within(view, sheet.open, *sheet.at, clause_size_max, sheet.part);
  if (const std::string article = article_of(sheet.key); sheet.has_map)
    body.add(R"(<p><a href="{}">{}</a></p>)",
             Url::in(view, "/consultations/", c.id.value, "/clauses/", article, "/map"),
             view.voice("consultation.map.of_article"_t, {{"clause", cited(view, article)}}));
  body += form_part(view, sheet, words, error);
  body += comments;
  const std::string title = name + " – " + std::string(title_of(view, c).text);
  if (error == nullptr) body += html::share(view, Url::here(view), title);
  return http::page(
      error == nullptr ? 200 : http::status_of(error->kind),
      html::page(view, {.title = title,
                        .here = "/consultations",
                        .body = html::columns(
                            {.before = html::breadcrumbs(
                                 view,
                                 {{view("consultation.title"_t), Url::in(view, "/consultations")},
                                  {title_of(view, c).text, page_of(view, c)}},
                                 name),
                             .body = std::move(body)}),
                        .has_errors = error != nullptr}));
}

}  // namespace

Result<http::Response> clause_page(const http::Request& request,
                                   db::Read& read,
                                   Random& random,
                                   Instant now) {
  TRY(ClauseSheet sheet, sheet_of(request, read, now));
  if (const auto drawn = draw_anew(request, read, sheet.open.consultation, sheet.key, random))
    return http::see_other(std::string(drawn->view()));
  sheet.once = http::once_key(request.form, random);
  return show(request, sheet, {}, nullptr, comments_part(request, read, sheet));
}

Result<http::Pending> clause_post(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  Instant now) {
  TRY(ClauseSheet sheet, sheet_of(request, read, now));
  const http::Fields& form = request.form;
  sheet.once = http::once_key(request.form, random);
  const Words words{.body = std::string(form.text("body")),
                    .wording = std::string(form.text("wording")),
                    .as_staff = form.has("as_staff")};
  const std::string key = "consultation.send:" + sheet.once;
  if (const auto before = db::Once::find(read, key))
    if (const auto sent = unpacked_sent(*before))
      return http::Pending::answer(sent_page(request, *sent));
  const Said said{.clause = sheet.key,
                  .body = words.body,
                  .wording = words.wording,
                  .strength = strength_of(sheet, words),
                  .in_english = request.view.voice.language() == i18n::Language::en};
  const auto prepared = prepare(read, sheet.open.consultation.id, said, random, now);
  const auto again = [&](const Error& error) {
    return show(request, sheet, words, &error, comments_part(request, read, sheet));
  };
  if (!prepared.ok()) return http::Pending::answer(again(prepared.error()));
  // Whoever typed beside an older version sees the new one first; their words stay in the form.
  if (form.number("version") != sheet.open.version.number)
    return http::Pending::answer(
        again(Error{ErrorKind::conflict, "consultation.error.new_version"_t}));
  return http::Pending::commit(
      [prepared = prepared.value(), key, now](db::Write& write) -> Result<SentNote> {
        if (const auto before = db::Once::find(write, key))
          if (auto sent = unpacked_sent(*before)) return *std::move(sent);
        TRY(const Sent sent, send(write, prepared, now));
        SentNote note = note_of(sent, prepared.secret);
        db::Once::save(write, key, packed(note), now);
        return note;
      },
      [&request](const Result<SentNote>& sent, std::string_view) {
        if (!sent.ok()) return http::error_response(request, sent.error());
        return people::remember_secret(sent_page(request, sent.value()), sent.value().code,
                                       sent.value().secret);
      });
}

Result<http::Pending> support_post(const http::Request& request,
                                   db::Read& read,
                                   Random& random,
                                   Instant now) {
  TRY(const Opened open, opened(request, read));
  const auto code = Code::parse(request.form.text("comment"));
  if (!code) return Error{ErrorKind::not_found, "consultation.error.code_or_secret"_t};
  const std::string_view asked = request.form.text("clause");
  const std::string clause(draft::is_key(asked) ? asked : whole_draft);
  const std::string token = token_in(request).value_or(draw_token(random));
  const std::string mark = mark_of(open.consultation.id, token);
  const Url back = clause_url(request.view, open.consultation, clause).at(code->text());
  return http::Pending::commit(
      [code = *code, mark, now](db::Write& write) { return support(write, code, mark, now); },
      [&request, token, to = std::string(back.view())](const Result<Comment>& done,
                                                       std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        return http::see_other(to).with_cookie(std::string(participant_cookie), token,
                                               std::int64_t{180} * 24 * 3600);
      });
}

}  // namespace ln::consultation
