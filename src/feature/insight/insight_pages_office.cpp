#include "feature/insight/insight_pages_office.h"

#include <algorithm>
#include <array>

#include "core/units/units_name.h"
#include "core/units/units_store.h"
#include "core/units/units_store_change.h"
#include "core/units/units_store_procedures.h"
#include "core/units/units_store_reorganise.h"
#include "core/workdays/workdays_hours.h"
#include "core/workdays/workdays_pages.h"
#include "engine/calendar/calendar_hours.h"
#include "feature/insight/insight_jobs.h"
#include "feature/insight/insight_pages_address.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/share.h"

namespace ln::insight {
namespace {

constexpr std::size_t found_max = 50;

std::string_view name_of(const html::View& view, const units::Unit& unit) {
  const bool in_english = view.voice.language() == i18n::Language::en;
  return units::name_in(unit, in_english);
}

html::Fragment unit_list(const html::View& view, const std::vector<units::Unit>& all) {
  html::Fragment out;
  out.add(R"(<ul class="chips">{}</ul>)", [&](html::Fragment& list) {
    for (const units::Unit& unit : all)
      list.add(R"(<li><a href="{}">{}</a></li>)", html::Url::in(view, "/units/", unit.code),
               name_of(view, unit));
  });
  return out;
}

http::Response page_of(const html::View& view, std::string_view title, html::Fragment body) {
  auto response =
      http::page(200, html::page(view, {.title = title,
                                        .here = "/units",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

html::Fragment figures_table(const html::View& view,
                             db::Read& read,
                             const units::Unit& unit,
                             Instant now) {
  const html::Column columns[] = {
      {view("insight.office.period"_t)},   {view("insight.office.received"_t), true},
      {view("insight.units.on_time"_t)},   {view("insight.units.overdue"_t), true},
      {view("insight.office.declined"_t)}, {view("insight.board.satisfied"_t)},
      {view("insight.units.rating"_t)}};
  html::Fragment rows;
  const auto settled = current_figures(read, now);
  // What stands below it is counted with it, and the address of each number says so.
  const bool is_inner = std::ranges::any_of(settled->year.units, [&](const UnitCounts& each) {
    return each.unit.id != unit.id && units::is_within(each.unit.path, unit.path);
  });
  const std::pair<int, const Figures*> periods[] = {
      {30, &settled->month}, {90, &settled->quarter}, {365, &settled->year}};
  for (const auto& [days, figures] : periods) {
    const Counts counts = counts_within(*figures, unit.path);
    const About about{"last" + std::to_string(days), unit.code, is_inner};
    html::Fragment row, period;
    period.add_text(view.voice.counted("insight.office.days"_t, days));
    html::add_head_cell(row, period);
    const std::string_view all[] = {"received", "on_time",   "overdue",
                                    "declined", "satisfied", "rating"};
    for (std::size_t i = 0; i < std::size(all); ++i)
      html::add_cell(row, columns[i + 1], linked_figure(view, all[i], counts, about));
    rows.add("<tr>{}</tr>", row);
  }
  html::Fragment out = html::table({.caption = view("insight.office.figures_caption"_t),
                                    .columns = columns,
                                    .rows = std::move(rows),
                                    .more_class = "tbl--figs"});
  out += told_until(view, *settled);
  return out;
}

// How often this office let a date pass, so that the unit above was told.
html::Fragment gone_up(const html::View& view,
                       db::Read& read,
                       const units::Unit& unit,
                       Instant now) {
  const std::int64_t count = current_gone_up(read, unit.id, now);
  return html::fill("<p>{}</p>", view.voice("insight.office.gone_up"_t,
                                            {{"count", count_text(view.voice, count)}}));
}

// Nothing while nobody has said it.
html::Fragment how_to_reach(const html::View& view, db::Read& read, const units::Unit& unit) {
  const units::Contact contact = units::contact(read, unit.id);
  std::vector<html::Fact> facts;
  if (!contact.address.empty())
    facts.push_back({view("insight.office.address"_t),
                     html::fill(R"(<span lang="vi">{}</span>)", contact.address)});
  if (!contact.phone.empty())
    facts.push_back({view("insight.office.phone"_t), html::fill("{}", contact.phone)});
  if (!contact.email.empty())
    facts.push_back({view("insight.office.email"_t), html::fill("{}", contact.email)});
  return facts.empty() ? html::Fragment() : html::facts(facts);
}

std::string legal_time(const html::View& view, const units::Procedure& procedure) {
  if (!procedure.time_count) return std::string(view("insight.office.no_time"_t));
  switch (procedure.time_kind) {
    case units::TimeKind::working_hour:
      return view.voice.counted("insight.office.working_hours"_t, *procedure.time_count);
    case units::TimeKind::working_day:
      return view.voice.counted("insight.office.working_days"_t, *procedure.time_count);
    case units::TimeKind::calendar_day:
      return view.voice.counted("insight.office.days"_t, *procedure.time_count);
    case units::TimeKind::none: break;
  }
  return std::string(view("insight.office.no_time"_t));
}

// What comes from Vietnamese data as it is, read out so on an English page.
std::optional<std::string_view> foreign(const html::View& view) {
  if (view.voice.language() == i18n::Language::vi) return std::nullopt;
  return "vi";
}

// A fee that depends on something is told in words, which may wrap; the catalogue is Vietnamese.
void add_fee(html::Fragment& row,
             const html::View& view,
             const html::Column& column,
             const units::Procedure& procedure) {
  if (!procedure.fee_dong)
    row.add(R"(<td data-l="{}" class="r"><span lang="{}">{}</span></td>)", column.heading,
            foreign(view), procedure.fee_note);
  else if (*procedure.fee_dong == 0)
    html::add_cell(row, column, view("insight.office.free"_t));
  else
    html::add_cell(row, column, view.voice.number(*procedure.fee_dong) + " đ");
}

// More of them are folded: a commune has sixty, and what stands below them must be reached on a
// phone.
constexpr std::size_t procedures_open_max = 10;

html::Fragment procedures(const html::View& view,
                          db::Read& read,
                          const units::Unit& unit,
                          Day today) {
  const auto all = units::procedures_of(read, unit, today);
  if (all.empty()) return {};
  const html::Column columns[] = {{view("insight.office.procedure"_t)},
                                  {view("insight.office.legal_time"_t)},
                                  {view("insight.office.fee"_t), true}};
  html::Fragment rows, out;
  for (const units::Procedure& procedure : all) {
    const bool in_english = view.voice.language() == i18n::Language::en;
    html::Fragment row, name;
    name.add("{}", in_english && !procedure.name_en.empty() ? procedure.name_en : procedure.name);
    html::add_head_cell(row, name);
    html::add_cell(row, columns[1], legal_time(view, procedure));
    add_fee(row, view, columns[2], procedure);
    rows.add("<tr>{}</tr>", row);
  }
  const html::Fragment table = html::table({.caption = view("insight.office.procedures_caption"_t),
                                            .columns = columns,
                                            .rows = std::move(rows)});
  out.add(R"(<h2 class="h-m sp">{}</h2>{})", view("insight.office.procedures"_t),
          html::details(view.voice.counted("insight.office.procedures_all"_t, std::ssize(all)),
                        table, all.size() <= procedures_open_max));
  return out;
}

html::Fragment desks(const html::View& view, db::Read& read, const units::Unit& unit) {
  const auto all = units::desks(read, unit.id);
  if (all.empty()) return {};
  html::Fragment out;
  out.add(R"(<h2 class="h-m sp">{}</h2><p>{}</p>)", view("insight.office.desks"_t),
          view("insight.office.desks_lead"_t));
  out.add(R"(<ul class="ways plain">{}</ul>)", [&](html::Fragment& list) {
    for (const units::Desk& desk : all)
      list.add(R"(<li><a class="card" href="{}"><b>{}</b></a></li>)",
               desk_address(view, unit, desk), desk.name);
  });
  out.add(R"(<p><a href="{}">{}</a></p>)", html::Url::in(view, "/units/", unit.code, "/desks"),
          view("insight.office.desks_print"_t));
  return out;
}

TextKey key_of(units::Relation relation) {
  switch (relation) {
    case units::Relation::full: return "insight.office.relation_full"_t;
    case units::Relation::partial: return "insight.office.relation_partial"_t;
    case units::Relation::keep: return "insight.office.relation_keep"_t;
    case units::Relation::renamed: break;
  }
  return "insight.office.relation_renamed"_t;
}

// The decree's own words say more, where the reader reads them.
std::string relation_text(const html::View& view, const units::Succession& each) {
  const bool in_vietnamese = view.voice.language() == i18n::Language::vi;
  return in_vietnamese && !each.note.empty() ? each.note : std::string(view(key_of(each.relation)));
}

html::Fragment successions(const html::View& view,
                           const std::vector<units::Succession>& all,
                           TextKey heading) {
  html::Fragment out;
  if (all.empty()) return out;
  out.add(R"(<h2 class="h-m sp">{}</h2><ul class="govuk-list">{}</ul>)", view(heading),
          [&](html::Fragment& list) {
            for (const units::Succession& each : all)
              list.add(
                  R"(<li><a href="{}">{}</a> <span class="muted small">{}</span></li>)",
                  html::Url::in(view, "/units/", each.unit.code, "/", to_iso(each.unit.valid_from)),
                  each.unit.name, relation_text(view, each));
          });
  return out;
}

html::Fragment breadcrumbs(const html::View& view, db::Read& read, const units::Unit& unit) {
  const auto above = units::ancestors(read, unit);
  if (above.empty())
    return html::breadcrumbs(
        view, {{view("insight.office.title"_t), html::Url::in(view, "/units")}}, unit.name);
  return html::breadcrumbs(view,
                           {{view("insight.office.title"_t), html::Url::in(view, "/units")},
                            {above.back().name, html::Url::in(view, "/units/", above.back().code)}},
                           unit.name);
}

// First on the page: most who look an office up want to write to it.
html::Fragment office_acts(const html::View& view, const units::Unit& unit) {
  html::Fragment acts;
  acts.add(R"(<div class="actions">{}{}</div>)",
           html::link_button(html::Url::in(view, "/feedback/new").with("unit", unit.code),
                             {.text = view("insight.office.send"_t)}),
           html::link_button(
               html::Url::in(view, "/register").with("unit", unit.code),
               {.text = view("insight.office.register"_t), .kind = html::ButtonKind::secondary}));
  return acts;
}

}  // namespace

Result<http::Response> offices_page(const http::Request& request, db::Read& read, Instant now) {
  const html::View& view = request.view;
  const Day today = local_day(now);
  const std::string_view query = request.query.text("q");
  html::Fragment body, field;
  field += html::input(view, {.name = "q",
                              .label = {.text = view("insight.office.search"_t)},
                              .value = query,
                              .type = "search"});
  field += html::button({.text = view("insight.office.find"_t), .icon_before = "search"});
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>{})", view("insight.office.title"_t),
           view("insight.office.lead"_t),
           html::query_form({.action = html::Url::in(view, "/units"),
                             .body = std::move(field),
                             .css_class = "filter card card--tint",
                             .label = view("insight.office.search"_t)}));
  if (!query.empty()) {
    std::vector<units::Unit> found;
    for (units::Found& each :
         units::search(read, {.query = query, .day = today, .limit = found_max}))
      found.push_back(std::move(each.unit));
    body.add(R"(<h2 class="h-m sp">{}</h2>)", view("insight.office.found"_t));
    body += found.empty() ? html::nothing_here(view("insight.office.nothing"_t))
                          : unit_list(view, found);
    return page_of(view, view("insight.office.title"_t), std::move(body));
  }
  for (const auto& [kind, heading] :
       {std::pair(units::Kind::city, "insight.office.city"_t),
        std::pair(units::Kind::department, "insight.office.departments"_t),
        std::pair(units::Kind::commune, "insight.office.communes"_t)}) {
    const auto all = units::of_kind(read, kind, today);
    if (all.empty()) continue;
    body.add(R"(<h2 class="h-m sp">{} <span class="muted num">{}</span></h2>{})", view(heading),
             all.size(), unit_list(view, all));
  }
  return page_of(view, view("insight.office.title"_t), std::move(body));
}

namespace {

// Where to go instead of an office that has ended.
html::Fragment called_now(const html::View& view,
                          db::Read& read,
                          const units::Unit& unit,
                          Day today) {
  if (!unit.valid_to || *unit.valid_to >= today) return {};
  const units::Heirs heirs = units::heirs_on(read, unit, today);
  if (heirs.candidates.empty()) return {};
  html::Fragment list;
  for (const units::Heir& each : heirs.candidates)
    list.add(R"(<li><a href="{}">{}</a></li>)", html::Url::in(view, "/units/", each.unit.code),
             name_of(view, each.unit));
  return html::note(
      {.kind = html::NoteKind::info,
       .body = html::fill(
           R"(<p>{}</p><ul class="govuk-list">{}</ul>)",
           view(heirs.are_above ? "insight.office.now_above"_t : "insight.office.now"_t), list)});
}

// By which its dates are counted.
html::Fragment opening_hours(const html::View& view, db::Read& read, const units::Unit& unit) {
  const std::string own = workdays::hours_at(read, unit.path);
  const std::string line = own.empty() ? calendar::to_text(calendar::OfficeHours{}) : own;
  return html::fill("<p>{}</p>", view.voice("insight.office.hours"_t,
                                            {{"hours", workdays::shown_hours(view, line)}}));
}

// A unit as it was in one stretch of time; of one that has ended, first of all what it is called
// now.
Result<http::Response> page_of_version(const html::View& view,
                                       db::Read& read,
                                       const units::Unit& unit,
                                       Instant now) {
  html::Fragment body = breadcrumbs(view, read, unit);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", name_of(view, unit),
           unit.valid_to
               ? view.voice("insight.office.existed"_t, {{"from", view.voice.date(unit.valid_from)},
                                                         {"to", view.voice.date(*unit.valid_to)}})
               : view.voice("insight.office.exists_since"_t,
                            {{"from", view.voice.date(unit.valid_from)}}));
  body += called_now(view, read, unit, local_day(now));
  const auto after = units::successors(read, unit.id);
  if (unit.valid_to && after.empty() && unit.is_valid_on(local_day(now)) == false)
    body += html::note({.kind = html::NoteKind::warn,
                        .body = html::fill("<p>{}</p>", view("insight.office.undetermined"_t))});
  body += successions(view, after, "insight.office.became"_t);
  body += successions(view, units::predecessors(read, unit.id), "insight.office.made_of"_t);
  return page_of(view, name_of(view, unit), std::move(body));
}

}  // namespace

Result<http::Response> office_page(const http::Request& request,
                                   db::Read& read,
                                   Instant now,
                                   const html::Fragment& word) {
  const html::View& view = request.view;
  const Day today = local_day(now);
  const auto unit = units::find_on(read, request.path_text("code"), today);
  if (!unit) {
    // Links and QR codes on paper outlive the office they lead to.
    for (const units::Unit& version : units::versions(read, request.path_text("code")))
      if (version.valid_from <= today) return page_of_version(view, read, version, now);
    return Error{ErrorKind::not_found, "insight.error.no_office"_t};
  }
  html::Fragment body = breadcrumbs(view, read, *unit);
  body.add(R"(<h1 class="h-l">{}</h1>)", name_of(view, *unit));
  body += opening_hours(view, read, *unit);
  body += how_to_reach(view, read, *unit);
  body += office_acts(view, *unit);
  for (const units::Unit& version : units::versions(read, unit->code))
    if (version.valid_from != unit->valid_from && version.name != unit->name)
      body += html::note(
          {.kind = html::NoteKind::info,
           .body = html::fill(
               R"(<p>{} <a href="{}">{}</a></p>)",
               view.voice("insight.office.code_was"_t, {{"name", version.name}}),
               html::Url::in(view, "/units/", version.code, "/", to_iso(version.valid_from)),
               view("insight.office.see_earlier"_t))});
  body.add(R"(<h2 class="h-m sp">{}</h2>{}<p class="muted small">{}</p>)",
           view("insight.office.figures"_t), figures_table(view, read, *unit, now),
           view("insight.office.left_out"_t));
  body.add(R"(<p><a href="{}">{}</a></p>)",
           html::Url::in(view, "/figures/definitions").with("unit", unit->code),
           view("insight.open.link"_t));
  body.add(R"(<p><a href="{}">{}</a></p>)",
           html::Url::in(view, "/figures/board").with("unit", unit->code),
           view("insight.board.link"_t));
  body += gone_up(view, read, *unit, now);
  body += word;
  body += desks(view, read, *unit);
  body += procedures(view, read, *unit, today);
  if (const auto below = units::children(read, unit->id, today);
      !below.empty() && unit->kind != units::Kind::city)
    body.add(R"(<h2 class="h-m sp">{}</h2>{})", view("insight.office.below"_t),
             unit_list(view, below));
  body += successions(view, units::predecessors(read, unit->id), "insight.office.made_of"_t);
  body += html::share(view, html::Url::here(view), name_of(view, *unit));
  return page_of(view, name_of(view, *unit), std::move(body));
}

Result<http::Response> earlier_office_page(const http::Request& request,
                                           db::Read& read,
                                           Instant now) {
  const auto unit = units::find(read, request.path_text("code"), request.path_date("valid_from"));
  if (!unit) return Error{ErrorKind::not_found, "insight.error.no_office"_t};
  return page_of_version(request.view, read, *unit, now);
}

}  // namespace ln::insight
