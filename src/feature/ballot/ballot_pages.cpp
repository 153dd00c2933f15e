#include "feature/ballot/ballot_pages.h"

#include <utility>

#include "feature/ballot/ballot_actions.h"
#include "feature/ballot/ballot_pages_parts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/share.h"

namespace ln::ballot {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t ballots_per_page = 20;

Error no_ballot() { return {ErrorKind::not_found, "ballot.error.none"_t}; }

http::Response open_page(const View& view, std::string_view title, Fragment body) {
  auto response =
      http::page(200, html::page(view, {.title = title,
                                        .here = "/ballots",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

Fragment item_of(const View& view, db::Read& read, const Ballot& b, Instant now) {
  const html::Spoken title = title_of(view, b);
  return fill(R"(<li><h3><a href="{}" lang="{}">{}</a></h3><p>{}</p>)"
              R"(<p class="muted small"><span lang="vi">{}</span> · {}</p></li>)",
              page_of(view, b.id), title.lang, title.text, stage_badge(view, b, now),
              place_of(read, b), view.voice.counted("ballot.households_count"_t, b.households));
}

// What is kept secret, how, and what is not: the same words for everybody, before they vote.
Fragment how_part(const View& view) {
  return html::details(
      view("ballot.how"_t),
      fill("<p>{}</p><p>{}</p><p>{}</p><p>{}</p><p>{}</p>", view("ballot.how.one"_t),
           view("ballot.how.paper"_t), view("ballot.how.secret"_t), view("ballot.how.few_paper"_t),
           view("ballot.how.proof"_t)));
}

// Why there is no result yet, and since when it is late: by the clock, whoever counts.
Fragment waiting_part(const View& view, db::Read& read, const Ballot& b, Instant now) {
  Fragment out = fill("<p>{}</p>", view("ballot.waits_for_count"_t));
  const Instant late_from = b.closes_at + count_term;
  if (now >= late_from && count_way(read, b.id, Way::paper) > 0)
    out += html::note(
        {.kind = html::NoteKind::warn,
         .body = fill("<p>{} {}</p>", view("ballot.count_late"_t), html::moment(view, late_from))});
  if (!box_fits(read, b))
    out += html::note({.kind = html::NoteKind::warn,
                       .body = fill("<p>{}</p>", view("ballot.box_does_not_fit"_t))});
  return out;
}

}  // namespace

Result<http::Response> list_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  auto all = ballots(read, request.query.number("before").value_or(0), ballots_per_page + 1);
  const bool has_more = std::ssize(all) > ballots_per_page;
  if (has_more) all.pop_back();
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p><a href="{}">{}</a></p>)",
                       view("ballot.title"_t), view("ballot.lead"_t),
                       Url::in(view, "/ballots/vote"), view("ballot.vote.find"_t));
  if (all.empty())
    body += html::nothing_here(view("ballot.nothing"_t));
  else
    body.add(R"(<h2 class="vh">{}</h2><ul class="list">{}</ul>)", view("ballot.title"_t),
             [&](Fragment& list) {
               for (const Ballot& each : all) list += item_of(view, read, each, now);
             });
  if (has_more)
    body +=
        html::pager(view, {.next = Url::in(view, "/ballots").with("before", all.back().id.value)});
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/figures/definitions").at("ballots"),
           view("insight.room.link"_t));
  return open_page(view, view("ballot.title"_t), std::move(body));
}

Result<http::Response> vote_page(const http::Request& request, db::Read&) {
  const View& view = request.view;
  const std::string_view typed = request.query.text("code");
  const auto code = Code::parse(typed);
  if (code) return http::see_other(std::string(slip_url(view, *code).view()));
  const Error error = {
      ErrorKind::invalid, "ballot.error.code"_t, {{"code", "ballot.error.code"_t}}};
  const Error* wrong = typed.empty() ? nullptr : &error;
  Fragment fields = html::input(view, {.name = "code",
                                       .label = {view("ballot.vote.code"_t)},
                                       .hint = view("ballot.vote.code_hint"_t),
                                       .error = html::error_for(view, wrong, "code"),
                                       .value = typed,
                                       .autocomplete = "off",
                                       .autocapitalize = "characters",
                                       .spellcheck = false,
                                       .more_class = "code-input"});
  fields += html::button({.text = view("ballot.vote.go"_t)});
  Fragment body = html::error_summary(view, wrong);
  body.add(R"(<h1 class="h-l">{}</h1>{})", view("ballot.vote.title"_t),
           html::query_form({.action = Url::in(view, "/ballots/vote"), .body = std::move(fields)}));
  return http::page(
      wrong == nullptr ? 200 : http::status_of(error.kind),
      html::page(view, {.title = view("ballot.vote.title"_t),
                        .here = "/ballots",
                        .body = html::columns({.body = std::move(body), .is_narrow = true}),
                        .has_errors = wrong != nullptr}));
}

Result<http::Response> ballot_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  const auto b = find(read, BallotId{request.path_number("id")});
  if (!b) return no_ballot();
  const html::Spoken title = title_of(view, *b);
  const auto questions = questions_of(read, b->id);
  Fragment body =
      html::breadcrumbs(view, {{view("ballot.title"_t), Url::in(view, "/ballots")}}, title.text);
  body.add(R"(<h1 class="h-l" lang="{}">{}</h1>)", title.lang, title.text);
  body += facts_of(view, read, *b, now);
  if (b->is_open(now))
    body += html::link_button(Url::in(view, "/ballots/vote"),
                              {.text = view("ballot.vote.go"_t), .icon_after = "arrow-right"});
  if (b->waits_for_count(now))
    body += waiting_part(view, read, *b, now);
  else if (b->stage == Stage::announced)
    body.add("<p>{}</p>", view("ballot.nothing_told"_t));
  body.add(R"(<h2 class="h-m sp">{}</h2><div lang="vi">{}</div>)", view("ballot.about"_t),
           html::paragraphs(b->summary));
  if (b->stage == Stage::counted)
    body += results_part(view, *b, questions, votes_of(read, b->id), count_objects(read, b->id));
  else
    body.add(R"(<h2 class="h-m sp">{}</h2>{})", view("ballot.questions"_t),
             questions_part(view, questions));
  body += how_part(view);
  body += events_part(view, events_of(read, b->id));
  body += html::share(view, Url::here(view), title.text);
  return open_page(view, title.text, std::move(body));
}

Result<http::Response> announced_text(const http::Request& request, db::Read& read) {
  const auto b = find(read, BallotId{request.path_number("id")});
  if (!b) return no_ballot();
  auto response = http::text(200, text_of(*b, questions_of(read, b->id), numbers_of(read, b->id)));
  response.cacheable = true;
  return response;
}

Result<http::Response> box_text(const http::Request& request, db::Read& read) {
  const auto b = find(read, BallotId{request.path_number("id")});
  if (!b || b->stage != Stage::counted) return no_ballot();
  auto response = http::text(200, box_of(*b, questions_of(read, b->id), votes_of(read, b->id)));
  response.cacheable = true;
  return response;
}

}  // namespace ln::ballot
