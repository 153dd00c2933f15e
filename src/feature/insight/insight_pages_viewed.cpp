#include "feature/insight/insight_pages_viewed.h"

#include <chrono>

#include "feature/insight/insight_store_viewed.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::insight {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t seen_listed = 5;

struct SeenShelf {
  views::Kind kind;
  TextKey name;
  std::string_view path;
};
constexpr SeenShelf seen_shelves[] = {
    {views::Kind::consultation, "site.nav.consultations"_t, "/consultations/"},
    {views::Kind::dialogue, "site.nav.dialogues"_t, "/dialogues/"},
    {views::Kind::project, "project.title"_t, "/projects/"}};

void seen_item(Fragment& list,
               const View& view,
               const Url& url,
               const html::Spoken& title,
               std::int64_t views) {
  list.add(
      R"(<li><a href="{}" lang="{}">{}</a><p class="row">{}</p></li>)", url, title.lang, title.text,
      html::badge(
          html::Tone::plain, "trending-up",
          view.voice("insight.viewed.from"_t, {{"count", view.voice.number(views::told(views))}})));
}

Fragment in_list(const View& view, const Fragment& items, TextKey heading) {
  return fill(R"(<div><h3 class="h-s">{}</h3>{}</div>)", view(heading),
              items.empty() ? html::nothing_here(view("insight.viewed.none"_t))
                            : html::fill(R"(<ul class="list">{}</ul>)", items));
}

Fragment shelf_part(const View& view, db::Read& read, const SeenShelf& shelf, Instant now) {
  const auto items = [&](bool lately) {
    Fragment list;
    for (const Looked& each : looked_at(read, shelf.kind, lately, local_day(now), seen_listed))
      seen_item(list, view, Url::in(view, shelf.path, each.number),
                html::spoken(view, each.title_vi, each.title_en), each.views);
    return list;
  };
  return html::fill(R"(<h2 class="h-m sp">{}</h2><div class="duo">{}{}</div>)", view(shelf.name),
                    in_list(view, items(true), "insight.viewed.lately"_t),
                    in_list(view, items(false), "insight.viewed.ever"_t));
}

Fragment cases_part(const View& view, db::Read& read, Instant now) {
  const auto items = [&](bool lately) {
    Fragment list;
    for (const Line& each : cases_looked_at(read, lately, now, seen_listed))
      seen_item(list, view, Url::in(view, "/feedback/", each.code), {each.title, "vi"},
                each.view_count);
    return list;
  };
  return html::fill(R"(<h2 class="h-m sp">{}</h2><div class="duo">{}{}</div>)",
                    view("insight.viewed.cases"_t),
                    in_list(view, items(true), "insight.viewed.cases_lately"_t),
                    in_list(view, items(false), "insight.viewed.ever"_t));
}

Fragment solved_part(const View& view, db::Read& read) {
  Fragment list;
  for (const Line& each : recently_solved(read, seen_listed)) {
    const auto days =
        std::chrono::ceil<std::chrono::days>(each.closed_at - each.received_at).count();
    list.add(
        R"(<li><a href="{}" lang="vi">{}</a><p class="row">{}<span class="muted small">{}</span>)"
        R"(</p></li>)",
        Url::in(view, "/feedback/", each.code), each.title,
        html::badge(html::Tone::ok, "circle-check",
                    view.voice.counted("insight.home.solved_after"_t, days)),
        each.unit_name);
  }
  Fragment out =
      html::fill(R"(<h2 class="h-m sp" id="solved">{}</h2>)", view("insight.home.solved"_t));
  if (list.empty()) return out += html::nothing_here(view("insight.viewed.none_solved"_t));
  out.add(R"(<ul class="list">{}</ul>)", list);
  return out;
}

}  // namespace

Result<http::Response> most_viewed_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  const std::string_view title = view("insight.viewed.title"_t);
  Fragment body =
      html::fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", title,
                 view.voice("insight.viewed.lead"_t, {{"floor", view.voice.number(views::floor)}}));
  body += cases_part(view, read, now);
  for (const SeenShelf& shelf : seen_shelves) body += shelf_part(view, read, shelf, now);
  body += solved_part(view, read);
  auto response =
      http::page(200, html::page(view, {.title = title,
                                        .here = "/register",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

}  // namespace ln::insight
