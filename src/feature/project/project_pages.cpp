#include "feature/project/project_pages.h"

#include <limits>

#include "core/ledger/ledger_store_tree.h"
#include "feature/project/project_pages_parts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/share.h"
#include "platform/http/download.h"

namespace ln::project {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t page_count = 20;

// A public page is kept and given out again; it holds nothing about its reader.
http::Response kept_answer(const View& view, const html::PageParts& parts) {
  auto response = http::page(200, html::page(view, parts));
  response.cacheable = true;
  return response;
}

html::PageParts framed_by(const View& view, std::string_view title, Fragment body) {
  return {.title = title,
          .here = "/projects",
          .body = html::columns(
              {.before = html::breadcrumbs(
                   view, {{view("project.title"_t), Url::in(view, "/projects")}}, title),
               .body = std::move(body)})};
}

// The newest, and a way to those before them.
Fragment items_part(const View& view, const Project& p, std::vector<Item> items) {
  const bool is_more = std::ssize(items) > page_count;
  if (is_more) items.pop_back();
  Fragment list;
  for (const Item& each : items)
    list.add(R"(<li><h3><a href="{}" lang="vi">{}</a></h3><p class="row meta"><span>{}</span> )"
             R"(<span translate="no">{}</span> <span>{}</span> <span>{}</span></p></li>)",
             Url::in(view, "/projects/", p.id.value, "/items/", each.number), each.title,
             view(key_of(each.kind)), each.document,
             view.voice("project.item.dated"_t, {{"day", view.voice.date(each.dated_on)}}),
             line_link(view, p, each.line));
  Fragment out =
      fill(R"(<h2 class="h-m sp">{}</h2><ul class="list">{}</ul>)", view("project.items"_t), list);
  if (is_more)
    out += html::pager(view, {.next = page_of(view, p.id).with("before", items.back().number)});
  return out;
}

}  // namespace

Result<http::Response> list_page(const http::Request& request, db::Read& read, Instant) {
  const View& view = request.view;
  const std::int64_t before =
      request.query.number("before").value_or(std::numeric_limits<std::int64_t>::max());
  auto all = projects_before(read, ProjectId{before}, page_count + 1);
  const bool is_more = std::ssize(all) > page_count;
  if (is_more) all.pop_back();
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("project.title"_t),
                       view("project.lead"_t));
  if (all.empty()) body += html::nothing_here(view("project.no_projects"_t));
  Fragment list;
  for (const Project& each : all) {
    const html::Spoken name = name_of(view, each);
    list.add(R"(<li><h2 class="h-s"><a href="{}" lang="{}">{}</a></h2><p lang="vi">{}</p>)"
             R"(<p class="row meta">{}</p></li>)",
             page_of(view, each.id), name.lang, name.text, each.summary,
             unit_name(view, read, each.unit));
  }
  if (!list.empty()) body.add(R"(<ul class="list">{}</ul>)", list);
  if (is_more)
    body +=
        html::pager(view, {.next = Url::in(view, "/projects").with("before", all.back().id.value)});
  body.add("<p>{}</p>", view("project.your_letter"_t));
  return kept_answer(view, {.title = view("project.title"_t),
                            .here = "/projects",
                            .body = html::columns({.body = std::move(body)})});
}

Result<http::Response> project_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  TRY(const Project p, asked_for(request, read));
  const html::Spoken name = name_of(view, p);
  Fragment body =
      fill(R"(<h1 class="h-l" lang="{}">{}</h1><p class="row meta">{}{}</p>)"
           R"(<p class="lead" lang="vi">{}</p>)",
           name.lang, name.text, html::icon("landmark"), unit_name(view, read, p.unit), p.summary);
  body += html::note({.heading = view("project.own.promise"_t),
                      .body = fill("<p>{}</p><p>{}</p>", view("project.own.promise_body"_t),
                                   view("project.your_letter"_t))});
  body += rounds_part(view, read, p, now);
  body += letters_part(view, read, p, now);
  const std::int64_t before =
      request.query.number("before").value_or(std::numeric_limits<std::int64_t>::max());
  body += items_part(view, p, items_before(read, p.id, before, page_count + 1));
  body += html::share(view, Url::here(view), name.text);
  return kept_answer(view, framed_by(view, name.text, std::move(body)));
}

Result<http::Response> item_page(const http::Request& request, db::Read& read) {
  const View& view = request.view;
  TRY(const Project p, asked_for(request, read));
  const auto item = find_item(read, p.id, request.path_number("number"));
  if (!item) return Error{ErrorKind::not_found, "project.error.none"_t};
  const html::Spoken name = name_of(view, p);
  const html::Fact facts[] = {
      {view("project.item.kind"_t), fill("{}", view(key_of(item->kind)))},
      {view("project.item.document"_t), html::code(item->document)},
      {view("project.item.dated_on"_t), html::day(view, item->dated_on)},
      {view("project.item.published_at"_t), html::moment(view, item->published_at)},
      {view("project.item.line"_t), line_link(view, p, item->line)}};
  Fragment body =
      fill(R"(<h1 class="h-l" lang="vi">{}</h1><p><a href="{}" lang="{}">{}</a></p>{})",
           item->title, page_of(view, p.id), name.lang, name.text, html::facts(facts, true));
  const auto prices = prices_of(read, p.id, item->number);
  if (prices.empty())
    body.add(R"(<div class="prose" lang="vi">{}</div>)", html::paragraphs(item->text));
  else
    body += price_table(view, prices);
  return kept_answer(view, framed_by(view, item->title, std::move(body)));
}

Result<http::Response> line_proof(const http::Request& request, db::Read& read) {
  TRY(const Project p, asked_for(request, read));
  const std::int64_t line = request.path_number("line");
  const auto receipt = ledger::receipt_at(read, {"project", p.id.value}, line);
  if (!receipt) return Error{ErrorKind::not_found, "project.error.none"_t};
  return http::download(
      http::text(200, receipt->text()),
      "du-an-" + std::to_string(p.id.value) + "-" + std::to_string(line) + ".tlog-proof");
}

}  // namespace ln::project
