// One statement at a time. The three buttons look alike: the page does not lean.
#include "feature/consultation/consultation_pages_vote.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "feature/consultation/consultation_actions_map.h"
#include "feature/consultation/consultation_actions_vote.h"
#include "feature/consultation/consultation_pages_parts.h"
#include "feature/consultation/consultation_store_archive.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::consultation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t cookie_lasts_s = std::int64_t{180} * 24 * 3600;

Url statements_url(const View& view, const Consultation& c) {
  return Url::in(view, "/consultations/", c.id.value, "/statements");
}

std::map<std::int64_t, int> answers_of(db::Read& read,
                                       const Consultation& c,
                                       const std::optional<std::string>& token) {
  if (!token) return {};
  const auto participant = find_participant(read, c.id, mark_of(c.id, *token));
  return participant ? votes_of(read, *participant) : std::map<std::int64_t, int>{};
}

// How many of the statements that are asked were answered.
std::size_t done_of(const std::vector<Statement>& all, const std::map<std::int64_t, int>& answers) {
  return static_cast<std::size_t>(std::ranges::count_if(
      all, [&](const Statement& each) { return answers.contains(each.id.value); }));
}

Fragment vote_form(const View& view,
                   const Consultation& c,
                   const Statement& statement,
                   std::pair<std::size_t, std::size_t> place) {
  Fragment buttons;
  const auto button = [&](std::string_view value, std::string_view icon, TextKey text) {
    buttons.add(R"(<button type="submit" class="govuk-button govuk-button--secondary" )"
                R"(name="said" value="{}">{}{}</button>)",
                value, html::icon(icon), view(text));
  };
  button("1", "thumbs-up", "consultation.statements.agree"_t);
  button("-1", "thumbs-down", "consultation.statements.disagree"_t);
  button("0", "minus", "consultation.statements.pass"_t);
  Fragment body = html::hidden("statement", std::to_string(statement.id.value));
  body.add(R"(<p class="eyebrow">{}</p><blockquote lang="vi">{}</blockquote>)"
           R"(<div class="vote__b">{}</div><p>{}</p>)",
           view.voice("consultation.statements.place"_t,
                      {{"number", view.voice.number(static_cast<std::int64_t>(place.first))},
                       {"count", view.voice.number(static_cast<std::int64_t>(place.second))}}),
           statement.text, buttons, view("consultation.statements.nameless"_t));
  return html::form(
      view, {.action = statements_url(view, c), .body = std::move(body), .css_class = "vote"});
}

// Whether one's answers may be published as a row: asked, never assumed.
Fragment share_form(const View& view,
                    db::Read& read,
                    const Consultation& c,
                    const std::optional<std::string>& token) {
  const auto participant =
      token ? find_participant(read, c.id, mark_of(c.id, *token)) : std::nullopt;
  const bool agrees = participant && shares(read, *participant);
  Fragment body = html::hidden("shares", agrees ? "0" : "1");
  body +=
      html::button({.text = view(agrees ? "consultation.share.stop"_t : "consultation.share.do"_t),
                    .kind = html::ButtonKind::secondary});
  return html::details(
      view("consultation.share.title"_t),
      fill(R"(<p>{}</p><p>{}</p>{})", view("consultation.share.lead"_t),
           view(agrees ? "consultation.share.yes"_t : "consultation.share.no"_t),
           html::form(view, {.action = Url::in(view, "/consultations/", c.id.value, "/share"),
                             .body = std::move(body)})));
}

}  // namespace

Result<http::Response> statements_page(const http::Request& request,
                                       db::Read& read,
                                       Random& random,
                                       Instant now) {
  TRY(const Opened open, opened(request, read));
  const View& view = request.view;
  const Consultation& c = open.consultation;
  const auto all = statements_of(read, c.id);
  const auto token = token_in(request);
  const auto answers = answers_of(read, c, token);
  const auto stored = find_map(read, c.id);
  const auto picture = stored ? picture_in(stored->json) : std::nullopt;
  const std::vector<Weight> weights = picture ? picture->weights : std::vector<Weight>{};
  // Whoever has said nothing yet gets another one with each visit.
  const std::string seed = token ? mark_of(c.id, *token) : draw_token(random);
  const auto next = next_statement(all, answers, weights, seed);
  Fragment body =
      html::breadcrumbs(view,
                        {{view("consultation.title"_t), Url::in(view, "/consultations")},
                         {title_of(view, c).text, page_of(view, c)}},
                        view("consultation.statements.title"_t));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)",
           view("consultation.statements.title"_t), view("consultation.statements.lead"_t));
  if (all.empty())
    body += html::nothing_here(view("consultation.statements.none"_t));
  else if (!c.takes_comments(now))
    body += html::note({.body = fill("<p>{}</p>", view("consultation.closed_lead"_t))});
  else if (next)
    body += vote_form(view, c, all[*next], {done_of(all, answers) + 1, all.size()});
  else
    body += html::note({.kind = html::NoteKind::ok,
                        .body = fill("<p>{}</p>", view("consultation.statements.done"_t)),
                        .is_status = true});
  if (!all.empty() && c.takes_comments(now)) body += share_form(view, read, c, token);
  body.add(R"(<p><a href="{}">{}</a></p><p class="small muted">{}</p>)",
           Url::in(view, "/consultations/", c.id.value, "/map"), view("consultation.map.title"_t),
           view("consultation.statements.order"_t));
  return http::page(200, html::page(view, {.title = view("consultation.statements.title"_t),
                                           .here = "/consultations",
                                           .body = html::columns({.body = std::move(body)})}));
}

Result<http::Pending> statements_post(const http::Request& request,
                                      db::Read& read,
                                      Random& random,
                                      Instant now) {
  TRY(const Opened open, opened(request, read));
  const auto said = request.form.text("said");
  if (said != "1" && said != "0" && said != "-1")
    return Error{ErrorKind::invalid, "consultation.error.said"_t};
  const std::string token = token_in(request).value_or(draw_token(random));
  const VoteAct act{.consultation = open.consultation.id,
                    .statement = StatementId{request.form.number("statement").value_or(0)},
                    .mark = mark_of(open.consultation.id, token),
                    .said = said == "1"   ? 1
                            : said == "0" ? 0
                                          : -1,
                    .now = now};
  const std::string next(statements_url(request.view, open.consultation).view());
  return http::Pending::commit([act](db::Write& write) { return vote(write, act); },
                               [&request, token, next](const Result<Done>& done, std::string_view) {
                                 if (!done.ok()) return http::error_response(request, done.error());
                                 return http::see_other(next).with_cookie(
                                     std::string(participant_cookie), token, cookie_lasts_s);
                               });
}

}  // namespace ln::consultation
