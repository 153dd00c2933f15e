#include "core/settings/settings_pages_units.h"

#include <array>

#include "core/settings/settings_actions.h"
#include "core/settings/settings_actions_units.h"
#include "core/settings/settings_pages_parts.h"
#include "core/settings/settings_store.h"
#include "core/settings/settings_store_units.h"
#include "core/units/units_store.h"
#include "platform/html/charts.h"
#include "platform/html/parts.h"
#include "platform/http/http_shelf.h"

namespace ln::settings {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::string_view units_path = "/staff/administration/units";
constexpr std::string_view new_unit_path = "/staff/administration/units/new";
constexpr std::size_t units_found_max = 50;
constexpr std::array office_kinds = {units::Kind::department, units::Kind::division,
                                     units::Kind::counter, units::Kind::organisation};

Error units_city_only() { return {ErrorKind::forbidden, "settings.error.city_only"_t}; }

TextKey kind_name(units::Kind kind) {
  switch (kind) {
    case units::Kind::city: return "settings.unit_kind.city"_t;
    case units::Kind::district: return "settings.unit_kind.district"_t;
    case units::Kind::commune: return "settings.unit_kind.commune"_t;
    case units::Kind::department: return "settings.unit_kind.department"_t;
    case units::Kind::division: return "settings.unit_kind.division"_t;
    case units::Kind::counter: return "settings.unit_kind.counter"_t;
    case units::Kind::organisation: return "settings.unit_kind.organisation"_t;
  }
  return {};
}

Url page_of_unit(const View& view, const std::string& code, Day opens) {
  return Url::in(view, "/staff/administration/units/", code, "/", to_iso(opens));
}

void add_date(http::Fields& fields, const std::string& name, Day day) {
  const std::chrono::year_month_day date(day);
  fields.add(name + "-day", std::to_string(static_cast<unsigned>(date.day())));
  fields.add(name + "-month", std::to_string(static_cast<unsigned>(date.month())));
  fields.add(name + "-year", std::to_string(static_cast<int>(date.year())));
}

http::Fields fields_of_unit(const UnitSetting& setting) {
  http::Fields fields;
  fields.add("name", setting.name);
  fields.add("name_en", setting.name_en);
  fields.add("address", setting.contact.address);
  fields.add("phone", setting.contact.phone);
  fields.add("email", setting.contact.email);
  if (setting.ends) add_date(fields, "ends", *setting.ends);
  return fields;
}

Fragment date_field(const Filled& form, const std::string& name, TextKey legend, TextKey hint) {
  const View& view = form.view;
  return html::date_input(view, {.name = name,
                                 .legend = {view(legend), html::Size::s},
                                 .hint = view(hint),
                                 .error = html::error_for(view, form.error, name),
                                 .day = form.typed.text(name + "-day"),
                                 .month = form.typed.text(name + "-month"),
                                 .year = form.typed.text(name + "-year")});
}

Fragment word_fields(const Filled& form) {
  Fragment fields = form.line("name", "settings.name_vi"_t);
  fields += form.line("name_en", "settings.name_en"_t, "settings.unit_en_hint"_t);
  fields += form.line("address", "settings.unit_address"_t);
  fields += form.line("phone", "settings.unit_phone"_t, {}, 20);
  fields += form.line("email", "settings.unit_email"_t);
  return fields;
}

html::Places date_places() {
  return {{"from", "from-day"}, {"opens", "opens-day"}, {"ends", "ends-day"}};
}

// A new office.
std::string new_unit_html(const Filled& form) {
  const View& view = form.view;
  Fragment body = html::back_link(view, Url::in(view, units_path));
  body += html::error_summary(view, form.error, date_places());
  body.add(R"(<h1 class="h-l">{}</h1><p>{} <a href="{}">{}</a></p>)", view("settings.unit_new"_t),
           view("settings.unit_new_lead"_t), Url::in(view, "/staff/reorganisation"),
           view("reorganise.title"_t));
  Fragment fields = form.line("code", "settings.unit_code"_t, "settings.unit_code_hint"_t, 20);
  html::Select kind{.name = "kind",
                    .label = {view("settings.unit_kind"_t)},
                    .error = html::error_for(view, form.error, "kind"),
                    .value = form.typed.text("kind")};
  for (const units::Kind each : office_kinds)
    kind.options.push_back({units::to_text(each), view(kind_name(each))});
  fields += html::select(view, kind);
  fields += form.line("type", "settings.unit_type"_t, "settings.unit_type_hint"_t, 20);
  fields += form.line("parent", "settings.unit_parent"_t, "settings.unit_parent_hint"_t, 10);
  fields += word_fields(form);
  fields += date_field(form, "opens", "settings.unit_opens"_t, "settings.from_hint"_t);
  fields += form.reason();
  fields += html::button({.text = view("settings.save"_t), .once = true});
  body += html::form(view, {.action = Url::in(view, new_unit_path), .body = std::move(fields)});
  return frame(view, view("settings.unit_new"_t), std::move(body), form.error != nullptr);
}

// What the page of a unit shows beside the form.
struct UnitShown {
  UnitSetting setting{};
  std::string seen{}, waits{};  // its value now, and the day of a change that waits
};

UnitShown shown_unit(const View& view, db::Read& read, const UnitSetting& setting) {
  const auto waits = waiting(read, unit_list, entry_of(setting.code, setting.opens));
  return {setting, value_of(setting), waits ? view.voice.date(waits->from) : std::string()};
}

std::string unit_html(const Filled& form, const UnitShown& shown) {
  const View& view = form.view;
  const UnitSetting& setting = shown.setting;
  Fragment body = html::back_link(view, Url::in(view, units_path));
  body += html::error_summary(view, form.error, date_places());
  body.add(R"(<h1 class="h-l" lang="vi">{}</h1>)", setting.name);
  std::vector<html::Fact> facts;
  facts.push_back({view("settings.unit_code"_t), html::code(setting.code)});
  facts.push_back({view("settings.unit_kind"_t), html::fill("{}", view(kind_name(setting.kind)))});
  if (!setting.parent_code.empty())
    facts.push_back({view("settings.unit_parent"_t), html::code(setting.parent_code)});
  facts.push_back({view("settings.unit_opens"_t), html::day(view, setting.opens)});
  if (setting.ends) facts.push_back({view("settings.unit_ends"_t), html::day(view, *setting.ends)});
  body += html::facts(facts);
  body.add(R"(<p>{} <a href="{}">{}</a></p>)", view("settings.unit_lead"_t),
           Url::in(view, "/staff/reorganisation"), view("reorganise.title"_t));
  if (!shown.waits.empty())
    body += html::note({.body = html::fill("<p>{}</p>", view.voice("settings.unit_waits"_t,
                                                                   {{"day", shown.waits}}))});
  Fragment fields = html::hidden("seen", shown.seen);
  fields += word_fields(form);
  if (is_office(setting.kind))
    fields += date_field(form, "ends", "settings.unit_ends"_t, "settings.unit_ends_hint"_t);
  fields += form.when();
  fields += html::button({.text = view("settings.save"_t), .once = true});
  body += html::form(
      view, {.action = page_of_unit(view, setting.code, setting.opens), .body = std::move(fields)});
  return frame(view, setting.name, std::move(body), form.error != nullptr);
}

UnitChange unit_typed(const http::Fields& form, UnitSetting setting, Instant now) {
  setting.name = typed(form, "name");
  setting.name_en = typed(form, "name_en");
  setting.contact = {typed(form, "address"), typed(form, "phone"), typed(form, "email")};
  UnitChange change{.setting = std::move(setting),
                    .seen = std::string(form.text("seen")),
                    // A date that is none is refused like one that is past.
                    .from = typed_day(form, "from", local_day(now)).value_or(Day{}),
                    .reason = typed(form, "reason")};
  if (is_office(change.setting.kind)) {
    // Nothing typed is no last day.
    const bool is_empty = form.text("ends-day").empty() && form.text("ends-month").empty() &&
                          form.text("ends-year").empty();
    change.setting.ends =
        is_empty ? std::nullopt : std::optional(typed_day(form, "ends", Day{}).value_or(Day{}));
  }
  return change;
}

Fragment units_table(const View& view, db::Read& read, const std::vector<units::Unit>& all) {
  const html::Column columns[] = {{view("settings.unit_name"_t)},
                                  {view("settings.unit_code"_t)},
                                  {view("settings.unit_kind"_t)}};
  Fragment rows;
  for (const units::Unit& each : all) {
    Fragment row;
    const units::Contact contact = units::contact(read, each.id);
    html::add_head_cell(
        row, html::fill(R"(<a href="{}" lang="vi">{}</a> <small class="muted" lang="vi">{} {} {})"
                        R"(</small>)",
                        page_of_unit(view, each.code, each.valid_from), each.name, contact.address,
                        contact.phone, contact.email));
    html::add_cell(
        row, columns[1],
        html::fill(R"({} <a href="{}">{}<span class="vh"> {}</span></a>)", html::code(each.code),
                   Url::in(view, units_path).with("below", each.code),
                   view("settings.unit_below"_t), each.name));
    html::add_cell(row, columns[2], view(kind_name(each.kind)));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table(
      {.caption = view("settings.units"_t), .columns = columns, .rows = std::move(rows)});
}

std::vector<units::Unit> units_asked_for(const http::Request& request, db::Read& read, Day today) {
  const std::string query = typed(request.query, "q"), below = typed(request.query, "below");
  std::vector<units::Unit> all;
  if (!query.empty()) {
    if (auto unit = units::find_on(read, query, today)) all.push_back(*std::move(unit));
    for (units::Found& each :
         units::search(read, {.query = query, .day = today, .limit = units_found_max}))
      if (all.empty() || each.unit.id != all.front().id) all.push_back(std::move(each.unit));
    return all;
  }
  if (const auto parent = units::find_on(read, below, today))
    return units::children(read, parent->id, today);
  for (units::Unit& city : units::of_kind(read, units::Kind::city, today)) {
    auto children = units::children(read, city.id, today);
    all.push_back(std::move(city));
    for (units::Unit& each : children) all.push_back(std::move(each));
  }
  return all;
}

}  // namespace

Result<http::Response> units_page(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator,
                                  Instant now) {
  if (!may_change(administrator)) return units_city_only();
  const View view = people::view_of(request, administrator.staff());
  Fragment body = html::back_link(view, Url::in(view, "/staff/administration"));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p>{}</p>)", view("settings.units"_t),
           view("settings.units_lead"_t),
           html::link_button(Url::in(view, new_unit_path), {.text = view("settings.unit_new"_t)}));
  Fragment search = html::input(
      view,
      {.name = "q", .label = {view("settings.unit_search"_t)}, .value = request.query.text("q")});
  search +=
      html::button({.text = view("settings.unit_find"_t), .kind = html::ButtonKind::secondary});
  body += html::query_form({.action = Url::in(view, units_path),
                            .body = std::move(search),
                            .label = view("settings.unit_search"_t)});
  const auto all = units_asked_for(request, read, local_day(now));
  body +=
      all.empty() ? html::nothing_here(view("settings.unit_none"_t)) : units_table(view, read, all);
  return http::page(200, frame(view, view("settings.units"_t), std::move(body)));
}

Result<http::Response> new_unit_page(const http::Request& request,
                                     people::Administrator administrator) {
  if (!may_change(administrator)) return units_city_only();
  const View view = people::view_of(request, administrator.staff());
  return http::page(200, new_unit_html({view, request.query}));
}

Result<http::Pending> new_unit_post(const http::Request& request,
                                    db::Read& read,
                                    people::Administrator administrator,
                                    Instant now) {
  if (!may_change(administrator)) return units_city_only();
  const View view = people::view_of(request, administrator.staff());
  const Day today = local_day(now);
  UnitChange change =
      unit_typed(request.form,
                 {.code = typed(request.form, "code"),
                  .opens = typed_day(request.form, "opens", today).value_or(Day{}),
                  .kind = units::kind_of(request.form.text("kind")).value_or(units::Kind::city),
                  .type = typed(request.form, "type"),
                  .parent_code = typed(request.form, "parent")},
                 now);
  change.seen.clear();
  change.from = today;
  if (const auto fine = check_unit_change(read, change, now); !fine.ok())
    return http::Pending::answer(
        http::page(422, new_unit_html({view, request.form, &fine.error()})));
  const std::string back(Url::in(view, "/staff/administration").with("done", "1").view());
  return http::Pending::commit(
      [=](db::Write& write) { return change_unit(write, administrator, change, now); },
      [&request, administrator, back](const Result<std::int64_t>& done, std::string_view) {
        const View again = people::view_of(request, administrator.staff());
        if (!done.ok())
          return http::page(status_of_form(done.error()),
                            new_unit_html({again, request.form, &done.error()}));
        http::forget_kept_answers();
        return http::see_other(back);
      });
}

Result<http::Response> unit_page(const http::Request& request,
                                 db::Read& read,
                                 people::Administrator administrator) {
  if (!may_change(administrator)) return units_city_only();
  const auto setting =
      unit_setting(read, request.path_text("code"), request.path_date("valid_from"));
  if (!setting) return Error{ErrorKind::not_found, "people.error.no_unit"_t};
  const View view = people::view_of(request, administrator.staff());
  const http::Fields fields = fields_of_unit(*setting);
  return http::page(200, unit_html({view, fields}, shown_unit(view, read, *setting)));
}

Result<http::Pending> unit_post(const http::Request& request,
                                db::Read& read,
                                people::Administrator administrator,
                                Instant now) {
  if (!may_change(administrator)) return units_city_only();
  const auto setting =
      unit_setting(read, request.path_text("code"), request.path_date("valid_from"));
  if (!setting) return Error{ErrorKind::not_found, "people.error.no_unit"_t};
  const View view = people::view_of(request, administrator.staff());
  const UnitShown shown = shown_unit(view, read, *setting);
  const UnitChange change = unit_typed(request.form, *setting, now);
  if (const auto fine = check_unit_change(read, change, now); !fine.ok())
    return http::Pending::answer(
        http::page(422, unit_html({view, request.form, &fine.error()}, shown)));
  const std::string back(Url::in(view, "/staff/administration").with("done", "1").view());
  return http::Pending::commit(
      [=](db::Write& write) { return change_unit(write, administrator, change, now); },
      [&request, administrator, shown, back](const Result<std::int64_t>& done, std::string_view) {
        const View again = people::view_of(request, administrator.staff());
        if (!done.ok())
          return http::page(status_of_form(done.error()),
                            unit_html({again, request.form, &done.error()}, shown));
        http::forget_kept_answers();
        return http::see_other(back);
      });
}

}  // namespace ln::settings
