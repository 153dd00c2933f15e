#include "feature/consultation/consultation_pages.h"

#include <utility>

#include "base/text.h"
#include "core/units/units_store.h"
#include "core/workdays/workdays.h"
#include "feature/consultation/consultation_pages_parts.h"
#include "feature/consultation/consultation_sheets.h"
#include "feature/consultation/consultation_store_archive.h"
#include "feature/consultation/consultation_store_invitation.h"
#include "feature/consultation/consultation_store_token.h"
#include "feature/consultation/consultation_store_votes.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/share.h"
#include "platform/html/spoken.h"

namespace ln::consultation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t listed_max = 100;
constexpr std::int64_t shown_beside = 2;
constexpr std::size_t contents_max = 12, contents_whole_max = 60;
constexpr std::size_t excerpt_chars = 240, clauses_linked_max = 30;

std::string unit_name(db::Read& read, units::UnitId id) {
  const auto unit = units::find(read, id);
  return unit ? unit->name : std::string();
}

// A public page is kept and given out again; it holds nothing about its reader.
http::Response kept(const View& view, const html::PageParts& parts) {
  auto response = http::page(200, html::page(view, parts));
  response.cacheable = true;
  return response;
}

Fragment list_part(const View& view,
                   db::Read& read,
                   const std::vector<Consultation>& all,
                   Instant now) {
  return fill(R"(<ul class="list">{}</ul>)", [&](Fragment& list) {
    for (const Consultation& c : all) {
      const html::Spoken title = title_of(view, c), summary = summary_of(view, c);
      list.add(
          R"(<li><h3><a href="{}" lang="{}">{}</a></h3><p lang="{}">{}</p>{}</li>)",
          page_of(view, c), title.lang, title.text, summary.lang, summary.text,
          meta(view, c, comment_count(read, c.id), unit_name(read, c.unit), now));
    }
  });
}

// Everything one reader sees of a draft at once.
struct Sheet {
  const View& view;
  db::Read& read;
  const Opened& open;
  std::map<std::string, Counts> counts;
  Instant now;
  std::vector<DraftSheet> sheets{};
  std::size_t at = 0;  // which of them
};

Url sheet_url(const Sheet& sheet, std::size_t number) {
  const Url page = page_of(sheet.view, sheet.open.consultation);
  return number == 0 ? page : page.with("sheet", static_cast<std::int64_t>(number) + 1);
}

std::string article_name(const View& view, const draft::Clause& clause) {
  return cited(view, clause.key);
}

// Every article; of a very long draft the first one of each sheet.
Fragment contents(const Sheet& sheet) {
  const draft::Draft& draft = sheet.open.draft;
  const std::size_t articles = draft.count(draft::Level::article);
  const bool is_long = articles > contents_max;
  Fragment items;
  for (std::size_t n = 0; n < sheet.sheets.size(); ++n) {
    bool is_first = true;
    for (std::size_t i = sheet.sheets[n].first; i < sheet.sheets[n].last; ++i) {
      const draft::Clause& each = draft.clauses[i];
      if (each.level != draft::Level::article) continue;
      if (articles > contents_whole_max && !is_first) continue;
      is_first = false;
      items.add(R"(<li><a href="{}">{} <span>{}</span></a></li>)",
                n == sheet.at ? Url::anchor(each.key) : sheet_url(sheet, n).at(each.key),
                article_name(sheet.view, each),
                sheet.view.voice.number(counts_at(sheet.counts, each.key).all));
    }
  }
  const std::string_view label = sheet.view("consultation.contents"_t);
  const Fragment list = fill(R"(<ol>{}</ol>)", items);
  if (is_long)
    return fill(R"(<nav class="toc" aria-label="{}">{}</nav>)", label, html::details(label, list));
  return fill(R"(<nav class="toc" aria-label="{}"><b>{}</b>{}</nav>)", label, label, list);
}

// The dates, and what holidays take of them.
Fragment dates(const Sheet& sheet) {
  const View& view = sheet.view;
  const Consultation& c = sheet.open.consultation;
  if (!c.opened_at || !c.closes_on) return {};
  const Window window =
      window_of(local_day(*c.opened_at), *c.closes_on, workdays::current()->days());
  std::vector<html::Fact> facts = {
      {view("consultation.opened"_t), html::day(view, local_day(*c.opened_at))},
      {view("consultation.closes"_t), html::day(view, *c.closes_on)},
      {view("consultation.window"_t),
       fill("{}", view.voice("consultation.window_days"_t,
                             {{"days", view.voice.number(window.days)},
                              {"working", view.voice.number(window.working_days)}}))},
      {view("consultation.version"_t),
       fill(R"(<a href="{}">{}</a>)",
            Url::in(view, "/consultations/", c.id.value, "/versions/", sheet.open.version.number),
            view.voice("consultation.version_of"_t,
                       {{"number", view.voice.number(sheet.open.version.number)},
                        {"day", view.voice.date(local_day(*sheet.open.version.published_at))}}))}};
  if (const Period* period = period_of(c.kind))
    facts.push_back(
        {view("consultation.least"_t),
         fill(R"({} <span class="muted small" lang="vi">{}</span>)",
              view.voice.counted("consultation.least_days"_t, period->days), period->source)});
  if (sheet.open.version.line)
    facts.push_back(
        {view("consultation.line"_t),
         fill(R"(<a href="{}">{}</a>)", Url::in(view, "/ledger/facts/", *sheet.open.version.line),
              view.voice.number(*sheet.open.version.line))});
  Fragment out = html::facts(facts);
  if (window.runs_over_holidays())
    out += html::note({.kind = html::NoteKind::warn,
                       .body = fill("<p>{}</p>", view("consultation.over_holidays"_t))});
  return out;
}

// By how sure their senders are, never mixed in silence.
Fragment strengths(const View& view, const Counts& counts) {
  std::vector<html::DistributionRow> rows;
  for (const Strength each : all_strengths)
    if (const auto count = counts.by_strength[static_cast<std::size_t>(each)]; count > 0)
      rows.push_back({view(key_of(each)), count});
  if (counts.imported > 0) rows.push_back({view(key_of(Channel::imported)), counts.imported});
  if (counts.invited > 0) rows.push_back({view(key_of(Channel::invited)), counts.invited});
  if (rows.empty()) return {};
  return html::distribution(view, {.caption = view("consultation.by_strength"_t),
                                   .class_heading = view("consultation.sender"_t),
                                   .count_heading = view("consultation.count"_t),
                                   .rows = rows});
}

// Its beginning: all of it stands on the page of its clause.
Comment excerpt_of(Comment comment) {
  const auto cut = [](std::string& words, std::size_t chars) {
    if (count_chars(words) > chars) words = std::string(first_chars(words, chars)) + "…";
  };
  cut(comment.body, excerpt_chars);
  cut(comment.wording, excerpt_chars);
  return comment;
}

Fragment beside(const Sheet& sheet, const draft::Clause& clause) {
  const View& view = sheet.view;
  const Consultation& c = sheet.open.consultation;
  const Counts counts = counts_at(sheet.counts, clause.key);
  const std::string name = article_name(view, clause);
  Fragment out = fill(R"(<h3 class="h-s">{}</h3>)",
                      view.voice.counted("consultation.said_of"_t, counts.all, {{"clause", name}}));
  if (counts.all > 0) {
    const auto top = most_supported(
        sheet.read, {.consultation = c.id, .clause = clause.key, .limit = shown_beside});
    out.add(R"(<ul class="plain">{}</ul>)", [&](Fragment& list) {
      for (const Comment& each : top) list += comment_item(view, excerpt_of(each), c.version);
    });
  }
  const Url url = clause_url(view, c, clause.key);
  out.add(
      R"(<div class="actions">)"
      R"(<a class="govuk-button btn--quiet" href="{}">{}{}</a>)"
      R"(<a href="{}">{}</a></div>)",
      c.takes_comments(sheet.now) ? url.at("say") : url, html::icon("message-square-plus"),
      view.voice(c.takes_comments(sheet.now) ? "consultation.say_of"_t : "consultation.read_of"_t,
                 {{"clause", name}}),
      url,
      view.voice("consultation.read_all"_t,
                 {{"count", view.voice.number(counts.all)}, {"clause", name}}));
  return out;
}

// How often each clause of an article was spoken of.
Fragment clause_links(const Sheet& sheet, std::size_t article) {
  const draft::Draft& draft = sheet.open.draft;
  Fragment items;
  std::size_t linked = 0;
  for (std::size_t i = article + 1; i < draft.clauses.size(); ++i) {
    const draft::Clause& each = draft.clauses[i];
    if (each.level <= draft::Level::article || linked == clauses_linked_max) break;
    if (each.parent != article) continue;
    ++linked;
    items.add(R"(<li><a href="{}">{} <span>{}</span></a></li>)",
              clause_url(sheet.view, sheet.open.consultation, each.key),
              cited(sheet.view, each.key),
              sheet.view.voice.number(counts_at(sheet.counts, each.key).all));
  }
  if (items.empty()) return {};
  return fill(R"(<nav class="toc toc--small" aria-label="{}"><ol>{}</ol></nav>)",
              sheet.view.voice("consultation.clauses_of"_t,
                               {{"clause", cited(sheet.view, draft.clauses[article].key)}}),
              items);
}

Fragment article(const Sheet& sheet, std::size_t at) {
  const draft::Clause& clause = sheet.open.draft.clauses[at];
  const std::string heading_id = "t-" + clause.key;
  Fragment text =
      fill(R"(<p class="eyebrow">{}</p><h2 class="h-l" id="{}" lang="vi">{}</h2>{}{})",
           article_name(sheet.view, clause), heading_id,
           clause.heading.empty() ? article_name(sheet.view, clause) : clause.heading,
           text_within(sheet.view, sheet.open, at, sheet_size_max), clause_links(sheet, at));
  return fill(R"(<section class="art" id="{}" aria-labelledby="{}"><div class="art__grid">)"
              R"(<div>{}</div><div class="art__side card">{}</div></div></section>)",
              clause.key, heading_id, text, beside(sheet, clause));
}

Fragment divisions_and_articles(const Sheet& sheet) {
  Fragment out;
  const draft::Draft& draft = sheet.open.draft;
  for (std::size_t i = sheet.sheets[sheet.at].first; i < sheet.sheets[sheet.at].last; ++i) {
    const draft::Clause& clause = draft.clauses[i];
    if (clause.level == draft::Level::article) out += article(sheet, i);
    if (clause.level < draft::Level::article) {
      const std::string name = cited(sheet.view, clause.key);
      out.add(R"(<p class="eyebrow art__division" lang="vi">{}</p>)",
              clause.heading.empty() ? name : name + ". " + clause.heading);
    }
  }
  return out;
}

Fragment sheet_pager(const Sheet& sheet) {
  if (sheet.sheets.size() < 2) return {};
  html::PagerParts parts;
  const std::string middle = sheet.view.voice(
      "consultation.sheet"_t,
      {{"number", sheet.view.voice.number(static_cast<std::int64_t>(sheet.at) + 1)},
       {"count", sheet.view.voice.number(std::ssize(sheet.sheets))}});
  if (sheet.at > 0) parts.previous = sheet_url(sheet, sheet.at - 1);
  if (sheet.at + 1 < sheet.sheets.size()) parts.next = sheet_url(sheet, sheet.at + 1);
  parts.middle = middle;
  return html::pager(sheet.view, parts);
}

Fragment head(const Sheet& sheet) {
  const View& view = sheet.view;
  const Consultation& c = sheet.open.consultation;
  const html::Spoken title = title_of(view, c), summary = summary_of(view, c);
  const Counts total = total_of(sheet.counts);
  Fragment out = html::breadcrumbs(
      view, {{view("consultation.title"_t), Url::in(view, "/consultations")}}, title.text);
  out.add(R"(<h1 class="h-xl" lang="{}">{}</h1>{}<p class="lead" lang="{}">{}</p>{})", title.lang,
          title.text, meta(view, c, total.all, unit_name(sheet.read, c.unit), sheet.now),
          summary.lang, summary.text, contents(sheet));
  return fill(R"(<div class="c-head"><div class="wrap">{}</div></div>)", out);
}

// What was said of the whole, the map, and of pieces that are gone.
Fragment foot(const Sheet& sheet) {
  const View& view = sheet.view;
  const Consultation& c = sheet.open.consultation;
  const auto count_of = [&](const char* key) {
    return view.voice.number(counts_at(sheet.counts, key).all);
  };
  Fragment links;
  links.add(R"(<li><a href="{}">{}</a></li>)", clause_url(view, c, "all"),
            view.voice("consultation.whole_link"_t, {{"count", count_of("all")}}));
  links.add(R"(<li><a href="{}">{}</a></li>)", comments_url(view, c, ""),
            view("consultation.search.title"_t));
  const auto gone = sheet.counts.find("");
  if (gone != sheet.counts.end())
    links.add(
        R"(<li><a href="{}">{}</a></li>)", clause_url(view, c, "gone"),
        view.voice("consultation.gone_link"_t, {{"count", view.voice.number(gone->second.all)}}));
  links.add(R"(<li><a href="{}">{}</a></li>)",
            Url::in(view, "/consultations/", c.id.value, "/answers"),
            view("consultation.answers.title"_t));
  if (find_token_key(sheet.read, c.id))
    links.add(R"(<li><a href="{}">{}</a></li>)",
              Url::in(view, "/consultations/", c.id.value, "/token"),
              view("consultation.token.title"_t));
  if (const auto invited = invitations_of(sheet.read, c.id); !invited.empty()) {
    const Url all = Url::in(view, "/consultations/", c.id.value, "/invited");
    links.add(R"(<li><a href="{}">{}</a></li>)", all, view("consultation.invited.title"_t));
    for (const CountedInvitation& each : invited)
      if (each.invitation.kind == InvitedFor::social_criticism && !each.invitation.withdrawn_at)
        links.add(R"(<li><a href="{}">{}</a>: <span lang="vi">{}</span></li>)", all,
                  view(key_of(each.invitation.kind)), each.invitation.source.name);
  }
  if (c.version > 1)
    links.add(R"(<li><a href="{}">{}</a></li>)",
              Url::in(view, "/consultations/", c.id.value, "/changes"),
              view("consultation.changes.title"_t));
  if (find_archive(sheet.read, c.id))
    links.add(R"(<li><a href="{}">{}</a></li>)",
              Url::in(view, "/consultations/", c.id.value, "/archive"),
              view("consultation.archive.title"_t));
  if (!statements_of(sheet.read, c.id).empty()) {
    links.add(R"(<li><a href="{}">{}</a></li>)",
              Url::in(view, "/consultations/", c.id.value, "/statements"),
              view("consultation.statements.title"_t));
    links.add(R"(<li><a href="{}">{}</a></li>)",
              Url::in(view, "/consultations/", c.id.value, "/map"),
              view("consultation.map.title"_t));
  }
  Counts total = total_of(sheet.counts);
  tell_apart(sheet.read, c.id, total);
  return fill(R"(<section class="section section--tint" aria-labelledby="more"><div class="wrap">)"
              R"(<h2 class="h-l" id="more">{}</h2><ul>{}</ul>{}{}</div></section>)",
              view("consultation.more"_t), links, dates(sheet), strengths(view, total));
}

}  // namespace

Result<http::Response> list_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  auto open = in_stage(read, Stage::open, listed_max);
  std::vector<Consultation> over;
  // One whose last day is over is closed for its readers, whenever the job comes.
  std::erase_if(open, [&](const Consultation& c) {
    if (c.takes_comments(now)) return false;
    over.push_back(c);
    return true;
  });
  for (Consultation& each : in_stage(read, Stage::closed, listed_max))
    over.push_back(std::move(each));
  Fragment body;
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><h2 class="h-m">{}</h2>)",
           view("consultation.title"_t), view("consultation.lead"_t),
           view("consultation.open_now"_t));
  body += open.empty() ? html::nothing_here(view("consultation.none_open"_t))
                       : list_part(view, read, open, now);
  if (!over.empty()) {
    body.add(R"(<h2 class="h-m sp">{}</h2>)", view("consultation.over"_t));
    body += list_part(view, read, over, now);
  }
  return kept(view, {.title = view("consultation.title"_t),
                     .here = "/consultations",
                     .body = html::columns({.body = std::move(body)})});
}

Result<http::Response> draft_page(const http::Request& request, db::Read& read, Instant now) {
  TRY(const Opened open, opened(request, read));
  Sheet sheet{request.view,         read, open, counts_by_clause(read, open.consultation.id), now,
              sheets_of(open.draft)};
  const auto asked = request.query.number("sheet").value_or(1);
  if (asked < 1 || asked > std::ssize(sheet.sheets))
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  sheet.at = static_cast<std::size_t>(asked) - 1;
  Fragment body = head(sheet);
  body.add(R"(<div class="wrap">{}{}</div>)", divisions_and_articles(sheet), sheet_pager(sheet));
  body += foot(sheet);
  body.add(R"(<div class="wrap">{}{}</div>)",
           promises_part(request.view, read, open.consultation.id, 0, now),
           html::share(request.view, page_of(request.view, open.consultation),
                       title_of(request.view, open.consultation).text));
  return kept(request.view, {.title = title_of(request.view, open.consultation).text,
                             .here = "/consultations",
                             .body = std::move(body)});
}

Result<http::Response> version_text(const http::Request& request, db::Read& read) {
  TRY(const Opened open, opened(request, read, request.path_number("number")));
  auto response = http::text(200, open.version.text);
  response.cacheable = true;
  return response;
}

}  // namespace ln::consultation
