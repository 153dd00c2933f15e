#include "app/share.h"

#include <optional>
#include <string>
#include <string_view>

#include "app/routes.h"
#include "feature/feedback/feedback_page.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_store_page.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/qr.h"
#include "platform/html/share.h"
#include "platform/http/form_page.h"
#include "platform/http/http_parse.h"

namespace ln::app {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::size_t path_size_max = 200;

// Letters of addresses as our own pages write them; none of ours needs more, so nothing is decoded.
bool is_plain(std::string_view path) {
  constexpr std::string_view marks = "/-._~?=&";
  for (const char c : path) {
    const bool is_letter =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!is_letter && marks.find(c) == std::string_view::npos) return false;
  }
  return Url::is_path(path) && path.size() <= path_size_max;
}

std::string unescaped(std::string_view text) {
  constexpr std::pair<std::string_view, char> entities[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
  std::string out;
  while (!text.empty()) {
    std::size_t taken = 1;
    char c = text.front();
    for (const auto& [entity, letter] : entities)
      if (text.starts_with(entity)) {
        taken = entity.size();
        c = letter;
      }
    out += c;
    text.remove_prefix(taken);
  }
  return out;
}

// What stands in <title>, with the name of the site, as a reader's own list of pages shows it.
std::string title_in(std::string_view page) {
  constexpr std::string_view opens = "<title>", closes = "</title>";
  const std::size_t from = page.find(opens), to = page.find(closes);
  if (from == std::string_view::npos || to == std::string_view::npos) return {};
  return unescaped(page.substr(from + opens.size(), to - from - opens.size()));
}

// Whether `page` holds the link of html::share for this path. Values on pages are escaped, so no
// text that somebody wrote can hold it.
bool offers(const View& view, std::string_view page, std::string_view path) {
  const Fragment link =
      html::fill(R"(<a href="{}">{} </a>)", html::share_page(view, path), html::icon("qr-code"));
  const std::string_view whole = link.view();
  return page.find(whole.substr(0, whole.find('>') + 1)) != std::string_view::npos;
}

// The title of the page at `path` as a stranger without any cookie is given it.
std::optional<std::string> title_at(const http::Request& asked,
                                    const http::Surroundings& with,
                                    std::string_view path) {
  static const Router routes = make_routes();
  if (!is_plain(path)) return std::nullopt;
  const std::size_t mark = std::min(path.find('?'), path.size());
  http::Request request;
  request.path = path.substr(0, mark);
  request.raw_query = path.substr(std::min(mark + 1, path.size()));
  if (http::parse_fields(request.raw_query, request.query)) return std::nullopt;
  auto found = routes.match(http::Method::get, request.path);
  // This page offers nothing, and would look for itself in itself.
  if (found.route == nullptr || found.route->pattern == share_pattern) return std::nullopt;
  request.path_values = std::move(found.path_values);
  request.id = asked.id;
  request.route = share_pattern;
  request.view = asked.view;
  request.view.path = request.path;
  request.view.query = request.raw_query;
  request.view.staff_name = {};
  const auto answer = found.route->reader(request, with);
  if (!answer.ok() || answer.value().status != 200) return std::nullopt;
  if (!offers(request.view, answer.value().body, path)) return std::nullopt;
  return title_in(answer.value().body);
}

// What people have said about the page and everybody may read.
Fragment said_part(const View& view, db::Read& read, std::string_view path) {
  constexpr std::int64_t shown_max = 10;
  std::vector<std::int64_t> ids;
  for (const feedback::FeedbackId id : feedback::published_about(read, path, shown_max))
    ids.push_back(id.value);
  Fragment cases;
  for (const feedback::CaseLine& line : feedback::lines_among(read, ids, {}))
    cases += feedback::case_card(view, line);
  const std::int64_t all = feedback::count_published_about(read, path);
  return html::fill(
      R"(<section class="no-print" aria-labelledby="said">)"
      R"(<h2 class="h-m sp" id="said">{}</h2>{}{}</section>)",
      view.voice.counted("share.said"_t, all),
      cases.empty() ? html::fill("<p>{}</p>", view("share.said_none"_t))
                    : html::fill(R"(<ul class="list">{}</ul>)", cases),
      html::link_button(html::say_something(view, path),
                        {.text = view("share.comment"_t), .kind = html::ButtonKind::secondary}));
}

}  // namespace

Result<http::Response> share_page(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  Instant now) {
  const View& view = request.view;
  const std::string path(request.query.text("path"));
  const auto title = title_at(request, {&read, &random, now}, path);
  if (!title) return Error{ErrorKind::not_found, "share.error.none"_t};
  const Url page = html::page_at(view, path);
  Fragment body = html::back_link(view, page);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead"><a href="{}">{}</a></p>{})",
           view("share.title"_t), page, *title, html::address_to_copy(view, page));
  body.add(R"(<p class="no-print"><a href="{}">{} {}</a></p>)",
           html::letter(*title, html::absolute(view, page)), html::icon("mail"),
           view("share.mail"_t));
  body.add(
      R"(<h2 class="h-m sp">{}</h2><p class="no-print">{}</p><div class="qr qr--big">{}</div>)",
      view("share.code"_t), view("share.code_what"_t),
      html::qr(html::absolute(view, page), view("share.code"_t)));
  body.add(R"(<p class="no-print"><button type="button" data-print hidden)"
           R"( class="govuk-button govuk-button--secondary">{}{}</button></p>)",
           html::icon("printer"), view("share.print"_t));
  body.add(R"(<p class="small muted no-print">{}</p>)", view("share.nobody_else"_t));
  const std::string_view bare = std::string_view(path).substr(0, path.find('?'));
  if (feedback::may_be_about(bare)) body += said_part(view, read, bare);
  auto response = http::form_page(
      view, {.title = view("share.title"_t), .body = std::move(body), .is_narrow = true});
  response.cacheable = true;
  return response;
}

}  // namespace ln::app
