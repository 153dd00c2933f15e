#include "feature/supervision/supervision_pages.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_tools.h"
#include "feature/supervision/supervision_actions.h"
#include "feature/supervision/supervision_pages_parts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::supervision {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t programmes_per_page = 20, drafts_listed = 10;

http::Response public_page(const View& view, std::string_view title, Fragment body) {
  auto response =
      http::page(200, html::page(view, {.title = title,
                                        .here = "/supervision",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

Fragment list_item(const View& view, db::Read& read, const Programme& p, Instant now) {
  const html::Spoken title = title_of(view, p);
  const auto advice = advice_of(read, p.id);
  const auto late =
      std::ranges::count_if(advice, [&](const Advice& each) { return each.is_late(now); });
  Fragment out = fill(R"(<h3><a href="{}" lang="{}">{}</a></h3><p>{}</p>)", page_of(view, p),
                      title.lang, title.text, stage_badge(view, p));
  out.add(R"(<p class="muted small"><span lang="vi">{}</span> · {} · {}</p>)",
          unit_name(read, p.unit), view.voice.counted("supervision.cases"_t, p.frame_size),
          view.voice.counted("supervision.advice.count"_t, std::ssize(advice)));
  if (late > 0)
    out.add("<p>{}</p>", html::badge(html::Tone::late, "triangle-alert",
                                     view.voice.counted("supervision.advice.late_count"_t, late)));
  return fill("<li>{}</li>", out);
}

// Social criticism is said where the draft is: this room only leads to it.
Fragment criticism_part(const View& view, db::Read& read) {
  const auto drafts = criticised_drafts(read, drafts_listed);
  if (drafts.empty()) return {};
  return fill(R"(<h2 class="h-m sp">{}</h2><p>{}</p><ul>{}</ul>)", view("supervision.criticism"_t),
              view("supervision.criticism_lead"_t), [&](Fragment& list) {
                for (const CriticisedDraft& each : drafts) {
                  const html::Spoken title = html::spoken(view, each.title_vi, each.title_en);
                  list.add(R"(<li><a href="{}" lang="{}">{}</a></li>)",
                           Url::in(view, "/consultations/", each.consultation, "/invited"),
                           title.lang, title.text);
                }
              });
}

// How a stranger draws again: three commands, with what they need filled in.
Fragment redraw_part(const View& view, const Sheet& sheet) {
  const Programme& p = sheet.programme;
  Fragment out = fill(R"(<h2 class="h-m sp" id="redraw">{}</h2><p>{}</p>)",
                      view("supervision.redraw"_t), view("supervision.redraw_how"_t));
  if (!p.head_size) return out;
  const std::string command = "curl -so frame " + view.site->base_url + "/supervision/" +
                              std::to_string(p.id.value) + "/frame\npython3 redraw.py frame " +
                              std::to_string(*p.head_size) + " " + to_hex(as_bytes(p.head_root));
  out.add(R"(<pre class="code" translate="no">{}</pre>)", command);
  out += ledger::tool_link(view, ledger::redraw_tool);
  return out;
}

}  // namespace

Result<http::Response> list_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  auto all = programmes(read, request.query.number("before").value_or(0), programmes_per_page + 1);
  const bool has_more = std::ssize(all) > programmes_per_page;
  if (has_more) all.pop_back();
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)",
                       view("supervision.title"_t), view("supervision.lead"_t));
  if (all.empty())
    body += html::nothing_here(view("supervision.none"_t));
  else
    body.add(R"(<h2 class="vh">{}</h2><ul class="list">{}</ul>)", view("supervision.programmes"_t),
             [&](Fragment& list) {
               for (const Programme& each : all) list += list_item(view, read, each, now);
             });
  if (has_more)
    body += html::pager(
        view, {.next = Url::in(view, "/supervision").with("before", all.back().id.value)});
  body += criticism_part(view, read);
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/figures/definitions").at("supervision"),
           view("insight.room.link"_t));
  return public_page(view, view("supervision.title"_t), std::move(body));
}

Result<http::Response> programme_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  const auto sheet = sheet_of(read, ProgrammeId{request.path_number("id")});
  if (!sheet) return Error{ErrorKind::not_found, "supervision.error.none"_t};
  const Programme& p = sheet->programme;
  const html::Spoken title = title_of(view, p);
  Fragment body = html::breadcrumbs(
      view, {{view("supervision.title"_t), Url::in(view, "/supervision")}}, title.text);
  body.add(R"(<h1 class="h-l" lang="{}">{}</h1><p>{}</p><p class="lead" lang="vi">{}</p>)",
           title.lang, title.text, stage_badge(view, p), p.subject);
  body.add(
      R"(<h2 class="h-m sp">{}</h2><p>{}</p>{}{})", view("supervision.how_drawn"_t),
      view(p.stage == Stage::announced ? "supervision.not_drawn_yet"_t : "supervision.drawn_so"_t),
      frame_facts(view, *sheet), strata_table(view, *sheet));
  body += redraw_part(view, *sheet);
  if (p.stage != Stage::announced) {
    body.add(R"(<h2 class="h-m sp">{}</h2>{})", view("supervision.findings"_t),
             finding_counts(view, *sheet));
    if (sheet->replies > 0)
      body.add("<p>{}</p>", view.voice.counted("supervision.finding.replies"_t, sheet->replies));
    body.add(R"(<h2 class="h-m sp">{}</h2><p>{}</p>)", view("supervision.advice.title"_t),
             view("supervision.advice.lead"_t));
    if (sheet->advice.empty())
      body += html::nothing_here(view("supervision.advice.none"_t));
    else
      body.add(R"(<ul class="plain">{}</ul>)", [&](Fragment& list) {
        for (const Advice& each : sheet->advice) list += advice_item(view, read, each, now);
      });
  }
  return public_page(view, title.text, std::move(body));
}

Result<http::Response> frame_text(const http::Request& request, db::Read& read) {
  const auto p = find(read, ProgrammeId{request.path_number("id")});
  if (!p) return Error{ErrorKind::not_found, "supervision.error.none"_t};
  auto response = http::text(200, draw::text_of(frame_of(read, *p)));
  response.cacheable = true;
  return response;
}

}  // namespace ln::supervision
