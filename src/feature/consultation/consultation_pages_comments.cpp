// The search through what was said of one draft.
#include <string>
#include <utility>

#include "base/text.h"
#include "engine/text/text.h"
#include "feature/consultation/consultation_pages.h"
#include "feature/consultation/consultation_pages_invited_parts.h"
#include "feature/consultation/consultation_pages_parts.h"
#include "feature/consultation/consultation_store_search.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::consultation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::size_t found_on_page = 15, words_typed_max = 100, place_words = 40;
constexpr std::int64_t places_max = 40;  // of a longer draft articles alone

// What was asked for, as understood.
struct CommentsAsked {
  std::string words{}, clause{};
  std::int64_t before = 0;
  bool is_alike = false;
};

CommentsAsked asked_in(const http::Fields& query, const draft::Draft& draft) {
  CommentsAsked asked{.words = std::string(first_chars(trimmed(query.text("q")), words_typed_max)),
                      .clause = std::string(query.text("clause")),
                      .before = query.number("before").value_or(0),
                      .is_alike = query.text("alike") == "1"};
  if (asked.clause != "all" && !draft.find(asked.clause)) asked.clause.clear();
  return asked;
}

Fragment place_choice(const View& view, const draft::Draft& draft, const std::string& chosen) {
  html::Select select{.name = "clause",
                      .label = {view("consultation.search.clause"_t)},
                      .value = chosen,
                      .options = {{"", view("consultation.search.anywhere"_t)},
                                  {"all", view("consultation.whole"_t)}}};
  const bool is_long = std::ssize(draft.clauses) > places_max;
  std::vector<std::pair<std::string, std::string>> names;  // outlive the options
  for (const draft::Clause& each : draft.clauses) {
    if (is_long && each.level != draft::Level::article && each.key != chosen) continue;
    std::string name = cited(view, each.key);
    if (!each.heading.empty()) name += ": " + std::string(first_chars(each.heading, place_words));
    names.emplace_back(each.key, std::move(name));
  }
  for (const auto& [key, name] : names) select.options.push_back({key, name});
  return html::select(view, select);
}

Fragment search_form(const View& view, const Opened& open, const CommentsAsked& asked) {
  Fragment body = html::input(view, {.name = "q",
                                     .label = {view("consultation.search.words"_t)},
                                     .value = asked.words,
                                     .type = "search"});
  body += place_choice(view, open.draft, asked.clause);
  body += html::button({.text = view("consultation.search.do"_t), .icon_before = "search"});
  return html::query_form({.action = comments_url(view, open.consultation),
                           .body = std::move(body),
                           .css_class = "filter card card--tint",
                           .label = view("consultation.search.title"_t)});
}

Url url_of_page(const View& view,
                const Consultation& c,
                const CommentsAsked& asked,
                const FoundComments& found) {
  Url url = comments_url(view, c, asked.clause);
  if (!asked.words.empty()) url = url.with("q", asked.words);
  url = url.with("before", found.next);
  return found.next_is_alike ? url.with("alike", "1") : url;
}

Fragment items(const View& view,
               db::Read& read,
               const Consultation& c,
               const std::vector<Comment>& all) {
  return fill(R"(<ul class="plain">{}</ul>)", [&](Fragment& list) {
    for (const Comment& each : all)
      list += comment_item(view, each, c.version, withheld_files(view, read, each));
  });
}

Fragment found_part(const View& view,
                    db::Read& read,
                    const Consultation& c,
                    const CommentsAsked& asked,
                    const FoundComments& found) {
  Fragment body;
  if (found.exact.empty() && found.alike.empty() && found.next == 0)
    body += html::nothing_here(view("consultation.search.nothing"_t));
  if (found.exact.empty() && found.alike.empty() && found.next != 0)
    body.add("<p>{}</p>", view("consultation.search.go_on"_t));
  if (!found.exact.empty())
    body.add(
        R"(<h2 class="h-m">{}</h2>{})",
        view(asked.words.empty() ? "consultation.search.newest"_t : "consultation.search.found"_t),
        items(view, read, c, found.exact));
  if (!found.alike.empty())
    body.add(R"(<h2 class="h-m">{}</h2>{})", view("consultation.search.alike"_t),
             items(view, read, c, found.alike));
  if (found.next != 0) body += html::pager(view, {.next = url_of_page(view, c, asked, found)});
  if (asked.before != 0) {
    Url first = comments_url(view, c, asked.clause);
    if (!asked.words.empty()) first = first.with("q", asked.words);
    body.add(R"(<p><a href="{}">{}</a></p>)", first, view("consultation.search.first"_t));
  }
  return body;
}

}  // namespace

Result<http::Response> comments_page(const http::Request& request, db::Read& read) {
  TRY(const Opened open, opened(request, read));
  const View& view = request.view;
  const Consultation& c = open.consultation;
  const CommentsAsked asked = asked_in(request.query, open.draft);
  const FoundComments found = find_comments(read, {.consultation = c.id,
                                                   .words = asked.words,
                                                   .clause = asked.clause,
                                                   .before = asked.before,
                                                   .is_alike = asked.is_alike,
                                                   .wanted = found_on_page});
  const std::string_view title = view("consultation.search.title"_t);
  Fragment body = fill(R"(<h1 class="h-l">{}</h1>)", title);
  body.add("<p>{}</p>", view("consultation.search.hint"_t));
  body += search_form(view, open, asked);
  body += found_part(view, read, c, asked, found);
  if (!asked.words.empty())
    body.add(R"(<p class="small muted">{}</p>)", view("consultation.search.lag"_t));
  auto response = http::page(
      200,
      html::page(view, {.title = title,
                        .here = "/consultations",
                        .body = html::columns(
                            {.before = html::breadcrumbs(
                                 view,
                                 {{view("consultation.title"_t), Url::in(view, "/consultations")},
                                  {title_of(view, c).text, page_of(view, c)}},
                                 title),
                             .body = std::move(body)})}));
  response.cacheable = asked.words.empty();
  return response;
}

}  // namespace ln::consultation
