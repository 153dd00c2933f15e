#include "feature/dialogue/dialogue_pages.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/units/units_store.h"
#include "feature/dialogue/dialogue_pages_live.h"
#include "feature/dialogue/dialogue_pages_parts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/qr.h"
#include "platform/html/share.h"
#include "platform/html/spoken.h"

namespace ln::dialogue {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t listed_max = 100;
constexpr int queue_refresh_s = 30;
constexpr std::int64_t queue_shown = 50;
constexpr std::int64_t questions_per_page = 20;

// A public page is kept and given out again; it holds nothing about its reader.
http::Response kept(const View& view, const html::PageParts& parts) {
  auto response = http::page(200, html::page(view, parts));
  response.cacheable = true;
  return response;
}

Fragment sessions(const View& view, db::Read& read, const std::vector<Dialogue>& all, Instant now) {
  return fill(R"(<ul class="list">{}</ul>)", [&](Fragment& list) {
    for (const Dialogue& each : all)
      list += session_item(view, read, each, page_of(view, each.id), now);
  });
}

std::vector<Promise> promises_for(const std::vector<Promise>& all, QuestionId question) {
  std::vector<Promise> some;
  for (const Promise& each : all)
    if (each.question_id == question.value) some.push_back(each);
  return some;
}

Fragment facts_of(const View& view, const Dialogue& d) {
  std::vector<html::Fact> facts = {
      {view("dialogue.starts"_t), html::moment(view, d.starts_at)},
      {view("dialogue.place"_t), fill(R"(<span lang="vi">{}</span>)", d.place)},
      {view("dialogue.leader"_t), fill(R"(<span lang="vi">{}</span>)", d.leader)},
      {view("dialogue.closes"_t), html::moment(view, d.closes_at)}};
  if (const auto stream = Url::external(d.stream))
    facts.push_back({view("dialogue.stream"_t),
                     fill(R"(<a href="{}" rel="noopener nofollow">{}</a>)", *stream, d.stream)});
  return html::facts(facts, true);
}

Fragment events_part(const View& view, db::Read& read, const Dialogue& d) {
  Fragment list;
  for (const Event& each : events_of(read, d.id)) {
    Fragment words;
    if (!each.words.empty()) words.add(R"(<br><span lang="vi">{}</span>)", each.words);
    list.add(R"(<li>{} · {} · {}{}</li>)", view(key_of(each.what)), view.voice.moment(each.at),
             view.voice("commitment.line"_t, {{"line", view.voice.number(each.line)}}), words);
  }
  return html::details(view("dialogue.events"_t), fill(R"(<ul>{}</ul>)", list));
}

// By place and not by number: the order is that of support, which moves under the reader.
Fragment questions_part(
    const View& view, db::Read& read, const Dialogue& d, std::int64_t from, Instant now) {
  const Counts counts = counts_of(read, d.id);
  Fragment out = fill(R"(<h2 class="h-m" id="questions">{}</h2>)",
                      view.voice.counted("dialogue.questions"_t, counts.all));
  auto all = questions_of(read, d.id, from, questions_per_page + 1);
  const bool has_more = std::ssize(all) > questions_per_page;
  if (has_more) all.pop_back();
  if (all.empty()) {
    out += html::nothing_here(view("dialogue.no_questions"_t));
    return out;
  }
  out.add(R"(<p class="small muted">{}</p>)",
          view.voice("dialogue.counts"_t, {{"answered", view.voice.number(counts.answered)},
                                           {"waiting", view.voice.number(counts.waiting)},
                                           {"merged", view.voice.number(counts.merged)},
                                           {"hidden", view.voice.number(counts.hidden)},
                                           {"withdrawn", view.voice.number(counts.withdrawn)}}));
  const auto promises = promises_of(read, d.id);
  out.add(R"(<ul class="plain">{}</ul>)", [&](Fragment& list) {
    for (const Question& each : all) {
      Fragment extra;
      if (d.takes_in_hall() && each.state == Sight::shown && each.turn == Turn::waiting)
        extra.add(R"(<p><a href="{}">{}<span class="vh"> {}</span></a></p>)",
                  Url::in(view, "/dialogues/", d.id.value, "/ask")
                      .with("support", each.code->text())
                      .at("support"),
                  view("dialogue.support.link"_t), each.code->shown());
      list += question_item(view,
                            {.question = each,
                             .merged = merged_into(read, each.id),
                             .promises = promises_for(promises, each.id),
                             .extra = std::move(extra)},
                            now);
    }
  });
  if (from == 0 && !has_more) return out;
  const auto page = [&](std::int64_t at) {
    const Url here = page_of(view, d.id);
    return (at == 0 ? here : here.with("from", at)).at("questions");
  };
  out += html::pager(
      view, {.previous = from == 0 ? std::optional<Url>()
                                   : page(std::max(from - questions_per_page, std::int64_t{0})),
             .next = has_more ? page(from + questions_per_page) : std::optional<Url>()});
  return out;
}

// Where the list of questions begins; `from` of the address, within what a session may hold.
std::int64_t place_in(const http::Request& request) {
  return std::clamp(request.query.number("from").value_or(0), std::int64_t{0}, questions_max);
}

Fragment links_part(const View& view, const Dialogue& d, Instant now) {
  Fragment out;
  if (d.takes_questions(now))
    out += html::link_button(
        Url::in(view, "/dialogues/", d.id.value, "/ask"),
        {.text = view("dialogue.ask.title"_t), .icon_before = "message-circle-question"});
  Fragment list;
  const auto add = [&](std::string_view what, TextKey text) {
    list.add(R"(<li><a href="{}">{}</a></li>)", Url::in(view, "/dialogues/", d.id.value, "/", what),
             view(text));
  };
  if (d.takes_in_hall()) add("queue", "dialogue.queue.title"_t);
  if (d.minutes > 0) add("minutes", "dialogue.minutes.title"_t);
  add("print", "dialogue.print.link"_t);
  out.add("<ul>{}</ul>", list);
  return out;
}

}  // namespace

Result<http::Response> list_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("dialogue.title"_t),
                       view("dialogue.lead"_t));
  auto coming = in_stage(read, Stage::live, listed_max);
  for (Dialogue& each : in_stage(read, Stage::announced, listed_max))
    coming.push_back(std::move(each));
  body.add(R"(<h2 class="h-m">{}</h2>)", view("dialogue.coming"_t));
  body += coming.empty() ? html::nothing_here(view("dialogue.none_coming"_t))
                         : sessions(view, read, coming, now);
  std::vector<Dialogue> past;
  for (const Stage stage : {Stage::ended, Stage::approved, Stage::cancelled})
    for (Dialogue& each : in_stage(read, stage, listed_max)) past.push_back(std::move(each));
  if (!past.empty())
    body.add(R"(<h2 class="h-m sp">{}</h2>{})", view("dialogue.past"_t),
             sessions(view, read, past, now));
  body.add(R"(<p><a href="{}">{}</a> · <a href="{}">{}</a></p>)", Url::in(view, "/commitments"),
           view("dialogue.all_promises"_t), Url::in(view, "/receptions"),
           view("reception.title"_t));
  return kept(view, {.title = view("dialogue.title"_t),
                     .here = "/dialogues",
                     .body = html::columns({.body = std::move(body)})});
}

Result<http::Response> session_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  TRY(const Dialogue d, asked_for(request, read));
  const html::Spoken topic = topic_of(view, d);
  Fragment body = fill(R"(<h1 class="h-l" lang="{}">{}</h1>{})", topic.lang, topic.text,
                       meta(view, read, d, now));
  body += broken_part(view, read, d, now);
  body.add(R"(<p class="lead" lang="vi">{}</p>)", d.summary);
  body += facts_of(view, d);
  body += links_part(view, d, now);
  body += questions_part(view, read, d, place_in(request), now);
  body += events_part(view, read, d);
  body += html::share(view, Url::here(view), topic.text);
  return kept(
      view, {.title = topic.text,
             .here = "/dialogues",
             .body = html::columns(
                 {.before = html::breadcrumbs(
                      view, {{view("dialogue.title"_t), Url::in(view, "/dialogues")}}, topic.text),
                  .body = std::move(body)})});
}

Result<http::Response> queue_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  TRY(const Dialogue d, asked_for(request, read));
  const html::Spoken topic = topic_of(view, d);
  // A page that changes under its reader is for those who ask for it (WCAG 2.2.1); with scripting
  // the words alone follow.
  const bool is_renewing = request.query.has("renew") && d.takes_in_hall();
  const LiveFigures live = live_figures(view.voice, read, d);
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p><a href="{}" lang="{}">{}</a></p>)",
                       view("dialogue.queue.title"_t), page_of(view, d.id), topic.lang, topic.text);
  body.add(R"(<section class="card" data-live="{}"><h2 class="h-m">{}</h2>)"
           R"(<p class="lead" data-k="now">{}</p><h2 class="h-m">{}</h2><p data-k="next">{}</p>)"
           R"(<p class="muted" data-k="counts">{}</p></section>)",
           Url::in(view, "/live/dialogues/", d.id.value).view(), view("dialogue.queue.now"_t),
           live.now, view("dialogue.queue.next"_t), live.next, live.counts);
  Fragment list;
  for (const Question& each : questions_of(read, d.id, 0, queue_shown))
    if (each.state == Sight::shown && each.turn == Turn::waiting)
      list += question_item(view, {.question = each}, now);
  if (!list.empty())
    body.add(R"(<h2 class="h-m sp">{}</h2><ol class="plain">{}</ol>)",
             view("dialogue.queue.waiting"_t), list);
  const Url here = Url::in(view, "/dialogues/", d.id.value, "/queue");
  body.add(R"(<p class="small muted">{} <a href="{}">{}</a></p>)",
           view(is_renewing ? "dialogue.queue.renews"_t : "dialogue.queue.is_still"_t),
           is_renewing ? here : here.with("renew", std::int64_t{1}),
           view(is_renewing ? "dialogue.queue.keep_still"_t : "dialogue.queue.renew"_t));
  return kept(view, {.title = view("dialogue.queue.title"_t),
                     .here = "/dialogues",
                     .body = html::columns({.body = std::move(body)}),
                     .refresh_s = is_renewing ? queue_refresh_s : 0});
}

Result<http::Response> minutes_page(const http::Request& request, db::Read& read, Instant) {
  const View& view = request.view;
  TRY(const Dialogue d, asked_for(request, read));
  const auto minutes = find_minutes(read, d.id, d.minutes);
  if (!minutes) return Error{ErrorKind::not_found, "dialogue.error.no_minutes"_t};
  const html::Spoken topic = topic_of(view, d);
  Fragment body =
      fill(R"(<h1 class="h-l">{}</h1><p><a href="{}" lang="{}">{}</a></p><p>{}</p>)",
           view("dialogue.minutes.title"_t), page_of(view, d.id), topic.lang, topic.text,
           minutes->approved_at ? view.voice("dialogue.minutes.approved"_t,
                                             {{"moment", view.voice.moment(*minutes->approved_at)}})
                                : view.voice("dialogue.minutes.proposed"_t,
                                             {{"number", view.voice.number(minutes->number)},
                                              {"day", view.voice.date(minutes->contest_until)}}));
  Fragment text;
  text += html::paragraphs(minutes->text);
  body.add(R"(<div class="prose" lang="vi">{}</div>)", text);
  const auto contests = contests_of(read, d.id);
  body.add(R"(<h2 class="h-m">{}</h2>)",
           view.voice.counted("dialogue.minutes.contests"_t, std::ssize(contests)));
  Fragment list;
  for (const Contest& each : contests) {
    Fragment words, reply;
    const auto asker = find_question(read, each.question);
    if (asker && asker->state == Sight::shown)
      words += html::paragraphs(each.body);
    else
      words.add("<p>{}</p>", view("dialogue.minutes.hidden"_t));
    reply += html::paragraphs(each.answer);
    const Fragment after = each.answered_at
                               ? html::note({.heading = view("dialogue.minutes.reply"_t),
                                             .body = fill(R"(<div lang="vi">{}</div>)", reply)})
                               : fill("<p>{}</p>", view("dialogue.minutes.waits"_t));
    list.add(R"(<li class="op"><div lang="vi">{}</div>)"
             R"(<p class="row meta">{} <span>{}</span></p>{}</li>)",
             words,
             view.voice("dialogue.minutes.against"_t, {{"number", view.voice.number(each.number)}}),
             view.voice("commitment.line"_t, {{"line", view.voice.number(each.line)}}), after);
  }
  if (!list.empty()) body.add(R"(<ul class="plain">{}</ul>)", list);
  body += html::share(view, Url::here(view), view("dialogue.minutes.title"_t));
  return kept(view, {.title = view("dialogue.minutes.title"_t),
                     .here = "/dialogues",
                     .body = html::columns({.body = std::move(body)})});
}

Result<http::Response> print_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  TRY(const Dialogue d, asked_for(request, read));
  const html::Spoken topic = topic_of(view, d);
  const std::string address = view.site->base_url + std::string(page_of(view, d.id).view());
  Fragment body = fill(R"(<h1 class="h-l" lang="{}">{}</h1>)", topic.lang, topic.text);
  body += facts_of(view, d);
  body += broken_part(view, read, d, now);
  body.add(R"(<div class="qr">{}</div><p class="hash" translate="no">{}</p>)",
           html::qr(address, view("dialogue.print.qr"_t)), address);
  Fragment list;
  auto merged = merged_in(read, d.id);
  for (const Question& each : questions_of(read, d.id))
    list +=
        question_item(view, {.question = each, .merged = std::move(merged[each.id.value])}, now);
  body.add(R"(<h2 class="h-m">{}</h2><ol class="plain">{}</ol>)", view("dialogue.print.list"_t),
           list);
  body.add(R"(<p class="no-print"><button type="button" class="govuk-button" data-print hidden>)"
           R"({}{}</button> <a href="{}">{}</a></p>)",
           html::icon("printer"), view("dialogue.print.do"_t), page_of(view, d.id),
           view("dialogue.print.back"_t));
  return kept(view, {.title = view("dialogue.print.link"_t),
                     .here = "/dialogues",
                     .body = html::columns({.body = std::move(body)}),
                     .is_unlisted = true});
}

}  // namespace ln::dialogue
