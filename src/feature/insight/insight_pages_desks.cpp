// The codes of an office's desks, to print and put up.
#include "core/units/units_store.h"
#include "feature/insight/insight_pages_office.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/qr.h"

namespace ln::insight {

html::Url desk_address(const html::View& view, const units::Unit& unit, const units::Desk& desk) {
  return html::Url::in(view, "/feedback/new")
      .with("unit", unit.code)
      .with("counter", std::int64_t{desk.number});
}

Result<http::Response> desks_page(const http::Request& request, db::Read& read, Instant now) {
  const html::View& view = request.view;
  const auto unit = units::find_on(read, request.path_text("code"), local_day(now));
  const auto all = unit ? units::desks(read, unit->id) : std::vector<units::Desk>{};
  if (all.empty()) return Error{ErrorKind::not_found, "insight.error.no_office"_t};
  const bool has_english = view.voice.language() == i18n::Language::en && !unit->name_en.empty();
  const std::string title =
      view.voice("insight.office.desks_of"_t, {{"unit", has_english ? unit->name_en : unit->name}});
  html::Fragment body = html::back_link(view, html::Url::in(view, "/units/", unit->code));
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p><ul class="ways plain">{}</ul>)", title,
           view("insight.office.desks_lead"_t), [&](html::Fragment& list) {
             for (const units::Desk& desk : all) {
               const html::Url url = desk_address(view, *unit, desk);
               list.add(
                   R"(<li><a class="card" href="{}"><b>{}</b><span class="qr">{}</span></a></li>)",
                   url, desk.name,
                   html::qr(view.site->base_url + std::string(url.view()),
                            view.voice("insight.office.qr"_t, {{"desk", desk.name}})));
             }
           });
  auto response =
      http::page(200, html::page(view, {.title = title,
                                        .here = "/units",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

}  // namespace ln::insight
