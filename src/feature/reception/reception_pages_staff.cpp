// The list of days and one day at the desk.
#include "feature/reception/reception_pages_staff.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/units/units_store.h"
#include "feature/reception/reception_actions.h"
#include "feature/reception/reception_pages_follow.h"
#include "feature/reception/reception_pages_parts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"

namespace ln::reception::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t turns_per_page = 20, desk_days = 10, waiting_max = 20, looked_at_max = 200;

http::Response in_frame(const View& view,
                        std::string_view title,
                        Fragment body,
                        const Error* error) {
  return http::form_page(view, {.title = title,
                                .here = "/staff/receptions",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

Url desk_url(const View& view, ReceptionId id) {
  return Url::in(view, "/staff/receptions/", id.value);
}
Url desk_turn_url(const View& view, const Turn& turn) {
  return Url::in(view, "/staff/receptions/", turn.reception.value, "/turns/", turn.code->text());
}

// "2026-12-01T08:30" of a clock in Hanoi; null for anything else.
std::optional<Instant> typed_moment(std::string_view text) {
  constexpr std::size_t size = 16;
  const auto at =
      text.size() == size ? ledger::instant_of(std::string(text) + ":00Z") : std::nullopt;
  if (!at) return std::nullopt;
  return *at - vietnam_offset;
}

// What somebody reads about a turn in a list of the very unit.
Fragment turn_row(const View& view, const Reception& r, const Turn& turn, Instant now) {
  const std::string_view called =
      turn.name.empty() ? view("reception.desk.no_name"_t) : std::string_view(turn.name);
  Fragment extra;
  if (turn.is_walk_in) extra.add(" · {}", view("reception.desk.walk_in"_t));
  return fill(R"(<li><h3 class="h-s"><a href="{}">{} · {}</a> {}</h3><p>{}</p>)"
              R"(<p class="muted small"><span translate="no">{}</span> · {}{}</p></li>)",
              desk_turn_url(view, turn), view.voice.time(r.turn_at(turn.slot)), called,
              owed_badge(view, turn, now), turn.about, turn.code->shown(), view(key_of(turn.way)),
              extra);
}

struct Desk {
  const http::Request& request;
  const people::Officer& officer;
  Reception r;
  Fragment top{}, turns{};
  Instant now{};
  std::string failed{};

  View view() const { return people::view_of(request, officer.staff()); }
};

struct DeskPlace {
  std::int64_t from = 0, step = 0;
  bool has_more = false;
};
Fragment desk_pager(const View& view, const Url& here, const DeskPlace& place) {
  if (place.from == 0 && !place.has_more) return {};
  const auto at = [&](std::int64_t from) { return from == 0 ? here : here.with("from", from); };
  return html::pager(
      view, {.previous = place.from == 0 ? std::optional<Url>()
                                         : at(std::max(place.from - place.step, std::int64_t{0})),
             .next = place.has_more ? at(place.from + place.step) : std::optional<Url>()});
}

Fragment turns_part(
    const View& view, db::Read& read, const Reception& r, std::int64_t from, Instant now) {
  auto all = turns_of(read, r.id, from, turns_per_page + 1);
  const bool has_more = std::ssize(all) > turns_per_page;
  if (has_more) all.pop_back();
  if (all.empty()) return html::nothing_here(view("reception.desk.no_turns"_t));
  Fragment out = fill(R"(<ul class="list">{}</ul>)", [&](Fragment& list) {
    for (const Turn& each : all) list += turn_row(view, r, each, now);
  });
  out += desk_pager(view, desk_url(view, r.id), {from, turns_per_page, has_more});
  return out;
}

Result<Desk> desk_of_day(const http::Request& request,
                         db::Read& read,
                         const people::Officer& officer,
                         Instant now) {
  TRY(Reception r, asked_day(request, read));
  const bool is_inside = works_in(officer, r.keeper_path);
  if (!is_inside && !may_announce(officer, r.keeper_path))
    return Error{ErrorKind::not_found, "reception.error.none"_t};
  Desk desk{.request = request, .officer = officer, .r = std::move(r), .now = now};
  const View view = desk.view();
  desk.top = fill(R"(<p>{} <span lang="vi">{}</span> · <a href="{}">{}</a></p>)",
                  day_badge(view, desk.r, free_of(read, desk.r, now), now),
                  unit_name(view, read, desk.r.unit), day_url(view, desk.r.id),
                  view("reception.desk.public"_t));
  // Whoever stands above plans the days and reads nothing of who comes.
  desk.turns = is_inside ? turns_part(view, read, desk.r, place_in(request), now)
                         : fill("<p>{}</p>", view("reception.desk.not_yours"_t));
  return desk;
}

Fragment day_form(const Desk& desk, std::string_view act, Fragment body) {
  body += html::hidden("revision", std::to_string(desk.r.revision));
  return html::form(
      desk.view(), {.action = Url::in(desk.view(), "/staff/receptions/", desk.r.id.value, "/", act),
                    .body = std::move(body)});
}

Fragment reason_field(const Desk& desk, std::string_view act, const Error* error) {
  const View view = desk.view();
  const bool is_failed = desk.failed == act;
  const std::string id = "reason-" + std::string(act);
  return html::textarea(
      view, {.name = "reason",
             .label = {view("reception.desk.reason"_t)},
             .hint = view("reception.desk.reason_hint"_t),
             .error = is_failed ? html::error_for(view, error, "reason") : std::string_view(),
             .value = is_failed ? desk.request.form.text("reason") : std::string_view(),
             .id = id,
             .rows = 3,
             .chars_max = static_cast<int>(reason_chars_max)});
}

Fragment change_part(const Desk& desk, const Error* error) {
  const View view = desk.view();
  if (desk.r.state != State::announced || desk.now >= desk.r.starts_at ||
      !may_announce(desk.officer, desk.r.keeper_path))
    return {};
  const bool is_moving = desk.failed == "move";
  Fragment fields = html::input(
      view, {.name = "to",
             .label = {view("reception.desk.move_to"_t)},
             .hint = view("reception.new.moment_hint"_t),
             .error = is_moving ? html::error_for(view, error, "to") : std::string_view(),
             .value = is_moving ? desk.request.form.text("to") : std::string_view(),
             .type = "datetime-local"});
  fields += reason_field(desk, "move", error);
  fields += html::button({.text = view("reception.desk.move_do"_t),
                          .kind = html::ButtonKind::secondary,
                          .once = true});
  Fragment out = html::details(view("reception.desk.move"_t),
                               day_form(desk, "move", std::move(fields)), is_moving);
  fields = reason_field(desk, "cancel", error);
  fields += html::button({.text = view("reception.desk.cancel_do"_t),
                          .kind = html::ButtonKind::warning,
                          .once = true});
  out += html::details(view("reception.desk.cancel"_t), day_form(desk, "cancel", std::move(fields)),
                       desk.failed == "cancel");
  return out;
}

http::Response show_desk(const Desk& desk, const Error* error) {
  const View view = desk.view();
  const std::string title = hours_of(view, desk.r);
  Fragment body = html::back_link(view, Url::in(view, "/staff/receptions"));
  body += html::error_summary(view, error, {{"reason", "reason-" + desk.failed}});
  body.add(R"(<h1 class="h-l">{}</h1>{})", title, desk.top);
  body += day_facts(view, desk.r);
  const bool is_inside = works_in(desk.officer, desk.r.keeper_path);
  if (is_inside && desk.r.may_be_held(desk.now)) {
    body.add("<p>{}</p>", view("reception.desk.hold_lead"_t));
    body +=
        day_form(desk, "hold", html::button({.text = view("reception.desk.hold"_t), .once = true}));
  }
  if (is_inside && desk.r.state == State::held && desk.now < desk.r.day_ends_at())
    body += html::link_button(Url::in(view, "/staff/receptions/", desk.r.id.value, "/take"),
                              {.text = view("reception.take.title"_t), .icon_before = "pencil"});
  body += change_part(desk, error);
  body.add(R"(<h2 class="h-m sp">{}</h2>{})", view("reception.desk.turns"_t), desk.turns);
  return in_frame(view, title, std::move(body), error);
}

Result<Reception> perform_on_day(db::Write& write,
                                 const DayAct& act,
                                 const http::Fields& form,
                                 std::string_view name) {
  const std::string reason(form.text("reason"));
  if (name == "hold") return hold_day(write, act);
  if (name == "move") return move_day(write, act, typed_moment(form.text("to")), reason);
  return cancel_day(write, act, reason);
}

std::vector<units::Unit> units_of(db::Read& read, const people::Officer& officer) {
  std::vector<units::Unit> found;
  for (const people::Grant& grant : officer.staff().grants()) {
    const auto unit = units::find(read, grant.unit);
    if (unit && std::ranges::find(found, unit->id, &units::Unit::id) == found.end())
      found.push_back(*unit);
  }
  return found;
}

Fragment owed_part(const View& view, db::Read& read, const units::Unit& unit, Instant now) {
  Fragment list;
  const auto add = [&](const std::vector<Turn>& all) {
    for (std::size_t i = 0; i < std::min<std::size_t>(all.size(), waiting_max); ++i)
      list.add(R"(<li><a href="{}" translate="no">{}</a> {}</li>)", desk_turn_url(view, all[i]),
               all[i].code->shown(), owed_badge(view, all[i], now));
    if (std::ssize(all) > waiting_max)
      list.add("<li>{}</li>", view("reception.desk.most_urgent"_t));
  };
  Fragment out;
  add(owed_of(read, unit.id, waiting_max + 1));
  if (!list.empty())
    out.add(R"(<h3 class="h-s">{}</h3><ul>{}</ul>)", view("reception.desk.owed"_t), list);
  list = {};
  add(unlogged_of(read, unit.id, now, waiting_max + 1));
  if (!list.empty())
    out.add(R"(<h3 class="h-s">{}</h3><ul>{}</ul>)", view("reception.desk.unlogged"_t), list);
  return out;
}

Fragment contests_part(const View& view,
                       db::Read& read,
                       const people::Officer& officer,
                       const units::Unit& unit) {
  Fragment list;
  // Those are not listed that somebody else decides, so more are looked at than shown.
  std::int64_t shown = 0;
  for (const Contest& each : open_contests(read, unit.path, looked_at_max)) {
    if (shown == waiting_max) {
      list.add("<li>{}</li>", view("reception.desk.most_urgent"_t));
      break;
    }
    const auto turn = find_turn(read, each.turn);
    const auto r = turn ? find(read, turn->reception) : std::nullopt;
    if (!r || !may_rule(read, officer, *r, each)) continue;
    ++shown;
    list.add(R"(<li><a href="{}" translate="no">{}</a> <span lang="vi">{}</span> {}</li>)",
             desk_turn_url(view, *turn), turn->code->shown(), unit_name(view, read, r->unit),
             html::badge(html::Tone::soon, "clock", view.voice.moment(each.due_at)));
  }
  if (list.empty()) return {};
  return fill(R"(<h3 class="h-s">{}</h3><ul>{}</ul>)", view("reception.desk.contests"_t), list);
}

}  // namespace

namespace {

struct DaysOfUnit {
  Fragment list{};
  bool has_more = false;
};
// Of the very unit, and for whoever plans them those of the units below, today's first.
DaysOfUnit days_at_desk(const View& view,
                        db::Read& read,
                        const people::Officer& officer,
                        const units::Unit& unit,
                        const Wanted& wanted) {
  DaysOfUnit out;
  const auto add = [&](std::vector<Reception> all, TextKey heading) {
    if (std::ssize(all) > desk_days) {
      out.has_more = true;
      all.pop_back();
    }
    Fragment list;
    for (const Reception& each : all)
      list += day_item(view, read, each, desk_url(view, each.id), wanted.now);
    if (!list.empty())
      out.list.add(R"(<h3 class="h-s sp">{}</h3><ul class="list">{}</ul>)", view(heading), list);
  };
  Wanted own = wanted;
  // What it keeps: also days that a unit held which has ended, where debts and objections wait.
  own.keeper = unit.id;
  own.limit = desk_days + 1;
  add(days_of(read, own), "reception.desk.own_days"_t);
  if (may_announce(officer, unit.path))
    add(days_below(read, unit.path, own), "reception.desk.below_days"_t);
  return out;
}

}  // namespace

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  const View view = people::view_of(request, officer.staff());
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("reception.title"_t),
                       view("reception.desk.lead"_t));
  if (officer.staff().has(people::Role::head))
    body += html::link_button(Url::in(view, "/staff/receptions/new"),
                              {.text = view("reception.new.title"_t), .icon_before = "megaphone"});
  const std::int64_t from = place_in(request);
  const bool is_past = request.query.text("past") == "1";
  const Url here = Url::in(view, "/staff/receptions"), past = here.with("past", std::int64_t{1});
  body.add(R"(<p><a href="{}">{}</a></p>)", is_past ? here : past,
           view(is_past ? "reception.coming"_t : "reception.past"_t));
  if (from == 0 && !is_past) body += undetermined_note(view, read, officer, now);
  bool any = false, has_more = false;
  for (const units::Unit& unit : units_of(read, officer)) {
    Fragment part;
    if (from == 0 && !is_past) part += contests_part(view, read, officer, unit);
    if (from == 0 && !is_past && works_in(officer, unit.path))
      part += owed_part(view, read, unit, now);
    DaysOfUnit days =
        days_at_desk(view, read, officer, unit, {.now = now, .is_past = is_past, .from = from});
    part += days.list;
    has_more = has_more || days.has_more;
    if (part.empty()) continue;
    any = true;
    body.add(R"(<h2 class="h-m sp" lang="vi">{}</h2>{})", unit.name, part);
  }
  if (!any) body += html::nothing_here(view("reception.desk.none"_t));
  body += desk_pager(view, is_past ? past : here, {from, desk_days, has_more});
  return in_frame(view, view("reception.title"_t), std::move(body), nullptr);
}

Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  TRY(const Desk desk, desk_of_day(request, read, officer, now));
  return show_desk(desk, nullptr);
}

Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Instant now) {
  TRY(Desk desk, desk_of_day(request, read, officer, now));
  desk.failed = std::string(request.path_text("act"));
  if (desk.failed != "hold" && desk.failed != "move" && desk.failed != "cancel")
    return Error{ErrorKind::not_found, "reception.error.none"_t};
  const DayAct act{.officer = officer,
                   .id = desk.r.id,
                   .revision = request.form.number("revision").value_or(0),
                   .now = now};
  const std::string back(desk_url(request.view, desk.r.id).view());
  return http::Pending::commit(
      [&request, act, name = desk.failed](db::Write& write) {
        return perform_on_day(write, act, request.form, name);
      },
      [&request, officer, desk, back](const Result<Reception>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        if (done.error().kind != ErrorKind::invalid && done.error().kind != ErrorKind::conflict)
          return http::error_response(request, done.error());
        // Of the officer who lives as long as this answer.
        const Desk again{request, officer, desk.r, desk.top, desk.turns, desk.now, desk.failed};
        return show_desk(again, &done.error());
      });
}

}  // namespace ln::reception::staff
