#include "feature/feedback/feedback_pages_hours.h"

#include <vector>

#include "base/text.h"
#include "core/settings/settings_actions.h"
#include "core/units/units_store.h"
#include "core/workdays/workdays_hours.h"
#include "core/workdays/workdays_pages.h"
#include "engine/calendar/calendar_hours.h"
#include "feature/feedback/feedback_actions_hours.h"
#include "feature/feedback/feedback_pages_day.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/http/http_shelf.h"

namespace ln::feedback::administration {
namespace {

using html::Fragment;
using html::Url;
using html::View;

struct OfficeRow {
  std::string name, code, line;
};
std::vector<OfficeRow> offices_of(db::Read& read) {
  std::vector<OfficeRow> rows;
  for (const auto& [id, line] : workdays::all_hours(read))
    if (const auto unit = units::find(read, id)) rows.push_back({unit->name, unit->code, line});
  return rows;
}

Fragment offices_table(const View& view, const std::vector<OfficeRow>& offices) {
  if (offices.empty()) return html::nothing_here(view("settings.hours_none"_t));
  const html::Column columns[] = {{view("feedback.staff.unit"_t)}, {view("settings.hours"_t)}};
  Fragment rows;
  for (const OfficeRow& each : offices) {
    Fragment row;
    html::add_head_cell(
        row, html::fill(R"(<span lang="vi">{}</span> {})", each.name, html::code(each.code)));
    html::add_cell(row, columns[1], workdays::shown_hours(view, each.line));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table(
      {.caption = view("settings.hours_title"_t), .columns = columns, .rows = std::move(rows)});
}

Fragment hours_form(const View& view, const http::Fields& typed, const Error* error) {
  const auto line = [&](std::string_view name, TextKey label, TextKey hint, bool is_optional) {
    return html::input(view, {.name = name,
                              .label = {.text = view(label), .is_optional = is_optional},
                              .hint = view(hint),
                              .error = html::error_for(view, error, name),
                              .value = typed.text(name)});
  };
  Fragment fields = line("unit", "feedback.staff.unit"_t, "settings.hours_unit_hint"_t, false);
  fields += line("weekday", "settings.hours_weekday"_t, "settings.hours_hint"_t, false);
  fields += line("saturday", "settings.hours_saturday"_t, "settings.hours_saturday_hint"_t, true);
  fields += html::date_input(view, {.name = "from",
                                    .legend = {view("settings.from"_t), html::Size::s},
                                    .hint = view("settings.from_hint"_t),
                                    .error = html::error_for(view, error, "from"),
                                    .day = typed.text("from-day"),
                                    .month = typed.text("from-month"),
                                    .year = typed.text("from-year")});
  fields += line("reason", "settings.reason"_t, "settings.reason_hint"_t, false);
  fields += html::button({.text = view("settings.save"_t), .once = true});
  return html::form(
      view, {.action = Url::in(view, "/staff/administration/hours"), .body = std::move(fields)});
}

std::string hours_html(const View& view,
                       const std::vector<OfficeRow>& offices,
                       const http::Fields& typed,
                       const Error* error) {
  Fragment body = html::back_link(view, Url::in(view, "/staff/administration"));
  body += html::error_summary(view, error, {{"from", "from-day"}});
  const std::string usual = workdays::shown_hours(view, calendar::to_text(calendar::OfficeHours{}));
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("settings.hours_title"_t),
           view.voice("settings.hours_lead"_t, {{"hours", usual}}));
  body += offices_table(view, offices);
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("settings.hours_new"_t));
  body += hours_form(view, typed, error);
  return html::page(view, {.title = view("settings.hours_title"_t),
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = error != nullptr,
                           .is_unlisted = true});
}

Error only_city() { return {ErrorKind::forbidden, "settings.error.city_only"_t}; }

}  // namespace

Result<http::Response> hours_page(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator) {
  if (!settings::may_change(administrator)) return only_city();
  const View view = people::view_of(request, administrator.staff());
  return http::page(200, hours_html(view, offices_of(read), request.form, nullptr));
}

Result<http::Pending> hours_post(const http::Request& request,
                                 db::Read& read,
                                 people::Administrator administrator,
                                 Instant now) {
  if (!settings::may_change(administrator)) return only_city();
  const auto typed = [&](std::string_view name) {
    return std::string(trimmed(request.form.text(name)));
  };
  const HoursChange change{.unit = typed("unit"),
                           .weekday = typed("weekday"),
                           .saturday = typed("saturday"),
                           .from = is_day_empty(request.form, "from")
                                       ? local_day(now)
                                       : day_typed(request.form, "from").value_or(Day{}),
                           .reason = typed("reason")};
  const View view = people::view_of(request, administrator.staff());
  auto offices = offices_of(read);
  if (const auto fine = check_hours(read, change, now); !fine.ok())
    return http::Pending::answer(
        http::page(422, hours_html(view, offices, request.form, &fine.error())));
  const std::string back(Url::in(view, "/staff/administration").with("done", "1").view());
  return http::Pending::commit(
      [=](db::Write& write) { return change_hours(write, administrator, change, now); },
      [&request, administrator, offices = std::move(offices), back](
          const Result<std::int64_t>& done, std::string_view) {
        if (!done.ok()) {
          const View again = people::view_of(request, administrator.staff());
          if (done.error().kind != ErrorKind::conflict && done.error().kind != ErrorKind::invalid)
            return http::error_response(request, done.error());
          return http::page(http::status_of(done.error().kind),
                            hours_html(again, offices, request.form, &done.error()));
        }
        http::forget_kept_answers();
        return http::see_other(back);
      });
}

}  // namespace ln::feedback::administration
