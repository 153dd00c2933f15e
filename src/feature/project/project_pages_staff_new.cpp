// Announcing a project.
#include <algorithm>
#include <utility>

#include "core/people/people_units.h"
#include "core/units/units_store.h"
#include "feature/project/project_actions.h"
#include "feature/project/project_pages_staff.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"
#include "platform/http/http_parse.h"

namespace ln::project::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

struct Sheet {
  const http::Request& request;
  const people::Officer& officer;
  std::vector<units::Unit> units{};

  View view() const { return people::view_of(request, officer.staff()); }
  std::string_view typed(std::string_view name) const { return request.form.text(name); }
};

// The units they head, and the departments directly below.
Result<Sheet> sheet_for(const http::Request& request,
                        db::Read& read,
                        const people::Officer& officer,
                        Instant now) {
  Sheet sheet{.request = request, .officer = officer};
  sheet.units = people::headed_units(read, officer, local_day(now));
  if (sheet.units.empty()) return Error{ErrorKind::forbidden, "project.error.not_head"_t};
  return sheet;
}

http::Response show_sheet(const Sheet& sheet, const Error* error) {
  const View view = sheet.view();
  const auto field = [&](std::string_view name, TextKey label, std::string_view type = "text",
                         bool is_optional = false, std::string_view hint = {}) {
    return html::input(view, {.name = name,
                              .label = {.text = view(label), .is_optional = is_optional},
                              .hint = hint,
                              .error = html::error_for(view, error, name),
                              .value = sheet.typed(name),
                              .type = type});
  };
  const auto area = [&](std::string_view name, TextKey label, int rows, std::size_t chars_max) {
    return html::textarea(view, {.name = name,
                                 .label = {view(label)},
                                 .error = html::error_for(view, error, name),
                                 .value = sheet.typed(name),
                                 .rows = rows,
                                 .chars_max = static_cast<int>(chars_max)});
  };
  html::Select unit{
      .name = "unit", .label = {view("project.new.unit"_t)}, .value = sheet.typed("unit")};
  for (const units::Unit& each : sheet.units) unit.options.push_back({each.code, each.name});
  Fragment fields = html::select(view, unit);
  fields += field("name_vi", "project.new.name_vi"_t);
  fields += field("name_en", "project.new.name_en"_t, "text", true);
  fields += area("summary", "project.new.summary"_t, 4, summary_chars_max);
  Fragment decision = field("document", "project.item.document"_t, "text", false,
                            view("project.item.document_hint"_t));
  decision += field("dated_on", "project.item.dated_on"_t, "date");
  decision += field("title", "project.item.title"_t);
  decision += area("text", "project.new.text"_t, 8, item_chars_max);
  fields += html::fieldset(view, {.legend = {view("project.new.decision"_t), html::Size::m},
                                  .body = std::move(decision)});
  fields += html::button({.text = view("project.new.do"_t), .once = true});
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>{})", view("project.new.title"_t),
           view("project.new.lead"_t),
           html::form(view,
                      {.action = Url::in(view, "/staff/projects/new"), .body = std::move(fields)}));
  return http::form_page(view, {.title = view("project.new.title"_t),
                                .here = "/staff/projects",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

}  // namespace

Result<http::Response> new_page(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Instant now) {
  TRY(const Sheet sheet, sheet_for(request, read, officer, now));
  return show_sheet(sheet, nullptr);
}

Result<http::Pending> new_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now) {
  TRY(const Sheet sheet, sheet_for(request, read, officer, now));
  const auto of = [&](std::string_view name) { return std::string(sheet.typed(name)); };
  const auto unit = std::ranges::find(sheet.units, of("unit"), &units::Unit::code);
  if (unit == sheet.units.end()) return Error{ErrorKind::forbidden, "project.error.not_head"_t};
  const auto made = prepare(officer, *unit,
                            {.name_vi = of("name_vi"),
                             .name_en = of("name_en"),
                             .summary = of("summary"),
                             .decision = {.document = of("document"),
                                          .title = of("title"),
                                          .text = of("text"),
                                          .dated_on = http::parse_day(of("dated_on"))}},
                            random, now);
  if (!made.ok()) {
    if (made.error().kind != ErrorKind::invalid) return made.error();
    return http::Pending::answer(show_sheet(sheet, &made.error()));
  }
  return http::Pending::commit(
      [made = made.value()](db::Write& write) { return announce(write, made); },
      [&request](const Result<Project>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        return http::see_other(
            std::string(Url::in(request.view, "/staff/projects/", done.value().id.value).view()));
      });
}

}  // namespace ln::project::staff
