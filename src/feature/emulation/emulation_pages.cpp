#include "feature/emulation/emulation_pages.h"

#include <limits>

#include "core/ledger/ledger_store_tree.h"
#include "feature/emulation/emulation_pages_parts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/http/download.h"

namespace ln::emulation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t page_count = 20;

// A public page is kept and given out again; it holds nothing about its reader.
http::Response kept_sheet(const View& view, const html::PageParts& parts) {
  auto response = http::page(200, html::page(view, parts));
  response.cacheable = true;
  return response;
}

Result<Model> model_of(const http::Request& request, db::Read& read) {
  auto found = find(read, ModelId{request.path_number("id")});
  if (!found) return Error{ErrorKind::not_found, "emulation.error.none"_t};
  return *std::move(found);
}

}  // namespace

Result<http::Response> list_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  const std::int64_t before =
      request.query.number("before").value_or(std::numeric_limits<std::int64_t>::max());
  auto all = models_before(read, ModelId{before}, page_count + 1);
  const bool is_more = std::ssize(all) > page_count;
  if (is_more) all.pop_back();
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)",
                       view("emulation.title"_t), view("emulation.lead"_t));
  if (all.empty()) body += html::nothing_here(view("emulation.no_models"_t));
  Fragment list;
  for (const Model& each : all) list += model_item(view, read, each, page_of(view, each.id));
  if (!list.empty())
    body.add(R"(<h2 class="h-m">{}</h2><ul class="list">{}</ul>)", view("emulation.models"_t),
             list);
  if (is_more)
    body += html::pager(view,
                        {.next = Url::in(view, "/emulation").with("before", all.back().id.value)});
  body += criteria_part(view, criteria_at(read, now), "emulation.criteria_lead"_t);
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/figures/definitions").at("models"),
           view("insight.room.link"_t));
  return kept_sheet(view, {.title = view("emulation.title"_t),
                           .here = "/emulation",
                           .body = html::columns({.body = std::move(body)})});
}

Result<http::Response> model_page(const http::Request& request, db::Read& read, Instant) {
  const View& view = request.view;
  TRY(const Model m, model_of(request, read));
  const html::Spoken name = name_of(view, m);
  Fragment body =
      fill(R"(<h1 class="h-l" lang="{}">{}</h1>{})", name.lang, name.text, sheet(view, read, m));
  return kept_sheet(
      view, {.title = name.text,
             .here = "/emulation",
             .body = html::columns(
                 {.before = html::breadcrumbs(
                      view, {{view("emulation.title"_t), Url::in(view, "/emulation")}}, name.text),
                  .body = std::move(body)})});
}

Result<http::Response> line_proof(const http::Request& request, db::Read& read) {
  TRY(const Model m, model_of(request, read));
  const std::int64_t line = request.path_number("line");
  const auto receipt = ledger::receipt_at(read, {"emulation_model", m.id.value}, line);
  if (!receipt) return Error{ErrorKind::not_found, "emulation.error.none"_t};
  return http::download(
      http::text(200, receipt->text()),
      "mo-hinh-" + std::to_string(m.id.value) + "-" + std::to_string(line) + ".tlog-proof");
}

}  // namespace ln::emulation
