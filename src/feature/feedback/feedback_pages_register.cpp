#include "feature/feedback/feedback_pages_register.h"

#include <algorithm>

#include "base/text.h"
#include "core/units/units_store.h"
#include "engine/text/text.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_unit_choice.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_lists.h"
#include "feature/feedback/feedback_store_search.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback {
namespace {

constexpr std::size_t page_count = 20;
constexpr std::size_t query_chars_max = 100;

// What was asked for, as understood.
struct Asked {
  std::string query;
  std::string unit_code;
  std::string after;               // where the page before ended; empty for the first
  std::vector<units::Unit> units;  // more than one: the name is ambiguous, a person must choose
  RegisterFilter filter;
};

Asked understand(db::Read& read, const http::Fields& query, Day today) {
  Asked asked;
  asked.query = first_chars(trimmed(query.text("q")), query_chars_max);
  asked.unit_code = first_chars(trimmed(query.text("unit")), query_chars_max);
  asked.units = units_asked(read, query.text("unit"), today);
  if (asked.units.size() == 1) asked.filter.unit_path = asked.units.front().path;
  asked.filter.state = from_word(all_states, query.text("state"));
  asked.filter.about = from_word(all_abouts, query.text("about"));
  asked.filter.kind = from_word(all_kinds, query.text("kind"));
  asked.after = query.text("after");
  return asked;
}

template <class List>
html::Fragment choice(const html::View& view,
                      std::string_view name,
                      TextKey label,
                      const List& list,
                      std::string_view value) {
  html::Select select{.name = name, .label = {.text = view(label)}, .value = value};
  select.options.push_back({.value = "", .text = view("feedback.register.any"_t)});
  for (const auto each : list)
    select.options.push_back({.value = to_text(each), .text = view(key_of(each))});
  return html::select(view, select);
}

template <class T>
std::string_view word_or_none(const std::optional<T>& value) {
  return value ? to_text(*value) : std::string_view();
}

html::Fragment filters(const html::View& view, const Asked& asked) {
  html::Fragment body;
  body += html::input(view, {.name = "q",
                             .label = {.text = view("feedback.register.query"_t)},
                             .value = asked.query,
                             .type = "search"});
  body += html::input(view, {.name = "unit",
                             .label = {.text = view("feedback.register.unit"_t)},
                             .value = asked.unit_code});
  body += choice(view, "state", "feedback.register.state"_t, all_states,
                 word_or_none(asked.filter.state));
  body += choice(view, "about", "feedback.register.about"_t, all_abouts,
                 word_or_none(asked.filter.about));
  body +=
      choice(view, "kind", "feedback.register.kind"_t, all_kinds, word_or_none(asked.filter.kind));
  body += html::button({.text = view("feedback.register.filter"_t), .icon_before = "search"});
  return html::query_form({.action = html::Url::in(view, "/register"),
                           .body = std::move(body),
                           .css_class = "filter card card--tint",
                           .label = view("feedback.register.filter_label"_t)});
}

html::Fragment list_of(const html::View& view, const std::vector<CaseLine>& cases) {
  html::Fragment out;
  out.add(R"(<ul class="list">{}</ul>)", [&](html::Fragment& list) {
    for (const CaseLine& each : cases) list += case_card(view, each);
  });
  return out;
}

// The same question from the case `after` on.
html::Url url_of(const html::View& view, const Asked& asked, std::string_view after) {
  html::Url url = html::Url::in(view, "/register");
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) url = url.with(name, value);
  };
  add("q", asked.query);
  add("unit", asked.unit_code);
  add("state", word_or_none(asked.filter.state));
  add("about", word_or_none(asked.filter.about));
  add("kind", word_or_none(asked.filter.kind));
  add("after", after);
  return url;
}

html::Fragment results(const html::View& view, db::Read& read, const Asked& asked) {
  SearchFor wish{
      .words = asked.query, .after = asked.after, .filter = asked.filter, .wanted = page_count};
  auto found = find_published(read, wish);
  if (!found) {  // A link that was cut short: begin at the beginning.
    wish.after = {};
    found = find_published(read, wish);
  }
  const bool has_marks = text::has_marks(asked.query);
  html::Fragment body;
  if (found->exact.empty() && found->alike.empty() && found->next.empty())
    body += html::nothing_here(view("feedback.register.nothing"_t));
  if (!found->exact.empty()) {
    if (has_marks)
      body.add(R"(<h2 class="h-m">{}</h2>)", view("feedback.register.exact"_t));
    else
      body.add(R"(<h2 class="vh">{}</h2>)", view("feedback.register.list"_t));
    body += list_of(view, found->exact);
  }
  if (!found->alike.empty()) {
    body.add(R"(<h2 class="h-m sp">{}</h2>)", view("feedback.register.alike"_t));
    body += list_of(view, found->alike);
  }
  if (!found->next.empty()) body += html::pager(view, {.next = url_of(view, asked, found->next)});
  // A page knows where it goes on and not where the one before it began.
  if (!wish.after.empty())
    body.add(R"(<p><a href="{}">{}</a></p>)", url_of(view, asked, {}),
             view("feedback.register.first_page"_t));
  return body;
}

html::Fragment side(const html::View& view, db::Read& read, Instant now) {
  const auto most = popular().get(read, now);
  std::vector<std::int64_t> ids;
  for (const FeedbackId id : most) ids.push_back(id.value);
  std::vector<CaseLine> viewed = lines_among(read, ids, {});
  // The list is a minute old; what was taken back since is not shown.
  std::erase_if(
      viewed, [](const CaseLine& line) { return line.is_erased || line.about == About::conduct; });
  if (viewed.empty()) return {};
  std::ranges::sort(viewed, {}, [&](const CaseLine& line) {
    return std::ranges::find(most, line.id) - most.begin();
  });
  html::Fragment body = list_of(view, viewed);
  body.add(R"(<p><a href="{}">{}</a></p>)", html::Url::in(view, "/most-viewed"),
           view("insight.viewed.all"_t));
  return html::card({.icon_name = "trending-up",
                     .heading = view("feedback.register.most_viewed"_t),
                     .body = std::move(body)});
}

}  // namespace

Result<http::Response> register_page(const http::Request& request, db::Read& read, Instant now) {
  const html::View& view = request.view;
  const Asked asked = understand(read, request.query, local_day(now));
  html::Fragment body;
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("feedback.register.title"_t),
           view("feedback.register.lead"_t));
  body += filters(view, asked);
  if (asked.units.size() > 1) {
    body += which_unit(view, asked.units, html::Url::in(view, "/register"));
  } else if (!asked.unit_code.empty() && asked.units.empty()) {
    body += html::nothing_here(view("feedback.register.no_unit"_t));
  } else {
    body += results(view, read, asked);
  }
  auto response = http::page(
      200,
      html::page(view, {.title = view("feedback.register.title"_t),
                        .here = "/register",
                        .body = html::columns({.body = std::move(body),
                                               .side = side(view, read, now),
                                               .side_label = view("feedback.register.side"_t)})}));
  response.cacheable = true;
  return response;
}

}  // namespace ln::feedback
