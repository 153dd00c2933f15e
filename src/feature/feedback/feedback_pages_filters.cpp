#include "feature/feedback/feedback_pages_filters.h"

#include <string>
#include <vector>

#include "base/text.h"
#include "feature/feedback/feedback_actions_filter.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

Url filter_url(const View& view, std::string_view path, const FilterQuery& query) {
  Url url = Url::in(view, path);
  for (const auto& [name, value] : query) url = url.with(name, value);
  return url;
}

// What the page shows, gathered before the transaction.
struct FiltersShown {
  struct One {
    Filter filter;
    bool may_remove;
  };
  std::vector<One> all;
  Asked asked;
  bool may_share;
};

FiltersShown filters_shown(db::Read& read,
                           const people::Officer& officer,
                           const http::Fields& query,
                           Instant now) {
  FiltersShown shown{{}, asked_of(query, read, officer, now), false};
  shown.may_share = officer.may(people::Role::head, shown.asked.top.path);
  for (Filter& each : filters_for(read, officer)) {
    const bool may = may_remove(read, officer, each);
    shown.all.push_back({std::move(each), may});
  }
  return shown;
}

Fragment kept_list(const View& view, const FiltersShown& shown) {
  if (shown.all.empty()) return html::nothing_here(view("feedback.filter.none"_t));
  Fragment out;
  for (const FiltersShown::One& each : shown.all) {
    Fragment fields = html::hidden("act", "remove");
    fields += html::hidden("filter", std::to_string(each.filter.id.value));
    fields += html::button({.text = view("feedback.filter.remove"_t),
                            .kind = html::ButtonKind::secondary,
                            .once = true});
    out += html::card(
        {.heading = each.filter.name,
         .body = html::fill(
             R"(<p class="row">{}<a href="{}">{} <span class="vh">{}</span></a></p>{})",
             each.filter.unit.value == 0
                 ? html::badge(html::Tone::plain, "user-round", view("feedback.filter.own"_t))
                 : html::badge(html::Tone::info, "users", view("feedback.filter.shared"_t)),
             filter_url(view, "/staff", each.filter.query), view("feedback.filter.show"_t),
             each.filter.name, [&](Fragment& more) {
               if (each.may_remove)
                 more += html::form(
                     view, {.action = Url::in(view, "/staff/filters"), .body = std::move(fields)});
             })});
  }
  return out;
}

std::string filters_html(const View& view,
                         const FiltersShown& shown,
                         const http::Fields& typed,
                         const Error* error) {
  Fragment body =
      html::breadcrumbs(view, {{view("feedback.staff.queue"_t), Url::in(view, "/staff")}},
                        view("feedback.filter.title"_t));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1>)", view("feedback.filter.title"_t));
  body += kept_list(view, shown);
  body.add(R"(<h2 class="h-m sp">{}</h2><p>{}</p>)", view("feedback.filter.keep"_t),
           view("feedback.filter.keep_lead"_t));
  Fragment fields = html::hidden("act", "save");
  for (const auto& [name, value] : query_of(shown.asked, shown.asked.filter.tab))
    fields += html::hidden(name, value);
  fields += html::input(view, {.name = "name",
                               .label = {view("feedback.filter.name"_t)},
                               .error = html::error_for(view, error, "name"),
                               .value = typed.text("name"),
                               .width = 30});
  const std::string unit = shown.asked.top.name;
  const std::string share = view.voice("feedback.filter.share"_t, {{"unit", unit}});
  if (shown.may_share)
    fields += html::checkboxes(view, {.name = "share",
                                      .choices = {{.value = "1", .text = share}},
                                      .values = {typed.text("share")}});
  fields += html::button({.text = view("feedback.filter.save"_t), .once = true});
  body += html::form(view, {.action = Url::in(view, "/staff/filters"), .body = std::move(fields)});
  return html::page(view, {.title = view("feedback.filter.title"_t),
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = error != nullptr,
                           .is_unlisted = true});
}

}  // namespace

Result<http::Response> filters_page(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer,
                                    Instant now) {
  const View view = people::view_of(request, officer.staff());
  return http::page(200, filters_html(view, filters_shown(read, officer, request.query, now),
                                      request.form, nullptr));
}

Result<http::Pending> change_filters(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer,
                                     Instant now) {
  const View view = people::view_of(request, officer.staff());
  const http::Fields& typed = request.form;
  const bool is_removed = typed.text("act") == "remove";
  const FilterId id{typed.number("filter").value_or(0)};
  FiltersShown shown = filters_shown(read, officer, typed, now);
  const FilterQuery query = query_of(shown.asked, shown.asked.filter.tab);
  const auto unit =
      typed.text("share").empty() ? std::nullopt : std::optional<units::Unit>(shown.asked.top);
  const std::string name(trimmed(typed.text("name")));
  const std::string next(is_removed ? Url::in(view, "/staff/filters").view()
                                    : filter_url(view, "/staff", query).view());
  return http::Pending::commit(
      [officer, is_removed, id, query, unit, name, now](db::Write& write) -> Result<Done> {
        if (is_removed) return remove_filter(write, officer, id);
        const auto saved = save_filter(write, officer, name, query, unit, now);
        if (!saved.ok()) return saved.error();
        return Done{};
      },
      [&request, officer, shown = std::move(shown), next](const Result<Done>& done,
                                                          std::string_view) {
        if (done.ok()) return http::see_other(next);
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        return http::page(422, filters_html(people::view_of(request, officer.staff()), shown,
                                            request.form, &done.error()));
      });
}

Fragment filter_links(const View& view,
                      db::Read& read,
                      const people::Officer& officer,
                      const Asked& asked) {
  return html::fill(R"(<ul class="chips">{}</ul>)", [&](Fragment& list) {
    for (const Filter& each : filters_for(read, officer))
      list.add(R"(<li><a href="{}">{}</a></li>)", filter_url(view, "/staff", each.query),
               each.name);
    list.add(R"(<li><a href="{}">{}</a></li>)",
             filter_url(view, "/staff/filters", query_of(asked, asked.filter.tab)),
             view("feedback.filter.keep"_t));
  });
}

}  // namespace ln::feedback::staff
