// The rooms of administration, and what was changed in them.
#include <vector>

#include "core/people/people_store.h"
#include "core/settings/settings_actions.h"
#include "core/settings/settings_pages_dress.h"
#include "core/settings/settings_signals.h"
#include "core/settings/settings_store.h"
#include "core/settings/settings_units.h"
#include "feature/feedback/feedback_actions_hours.h"
#include "feature/feedback/feedback_actions_routing.h"
#include "feature/feedback/feedback_actions_settings.h"
#include "feature/feedback/feedback_actions_template.h"
#include "feature/feedback/feedback_pages_topics.h"
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

struct RoomLink {
  std::string_view path;
  TextKey title, lead;
};
constexpr RoomLink room_links[] = {
    {"/staff/administration/topics", "settings.topics"_t, "settings.topics_lead"_t},
    {"/staff/administration/people", "settings.people"_t, "settings.people_lead"_t},
    {"/staff/administration/units", "settings.units"_t, "settings.units_lead"_t},
    {"/staff/administration/site/texts", "settings.texts"_t, "settings.texts_lead"_t},
    {"/staff/administration/site/theme", "settings.theme"_t, "settings.theme_lead"_t},
    {"/staff/administration/site/emblem", "settings.emblem"_t, "settings.emblem_lead"_t},
    {"/staff/administration/sources", "exchange.sources"_t, "exchange.sources_lead"_t},
    {"/staff/administration/file", "settings.file"_t, "settings.file_lead"_t},
    {"/staff/calendar", "workdays.edit"_t, "settings.calendar_lead"_t},
    {"/staff/administration/hours", "settings.hours_title"_t, "settings.hours_room"_t},
    {"/staff/routing", "feedback.rule.title"_t, "settings.routing_lead"_t},
    {"/staff/reorganisation", "reorganise.title"_t, "settings.reorganise_lead"_t},
    {"/staff/administration/criteria", "emulation.criterion.title"_t, "emulation.criterion.room"_t},
    {"/staff/signals/rules", "insight.signal.rules"_t, "insight.signal.rules_room"_t},
};

// What holds now: in force, waiting for its day, taken back.
Fragment change_state(const View& view, const settings::Change& change) {
  if (change.withdrawn_at)
    return html::badge(html::Tone::plain, "minus", view("settings.withdrawn"_t));
  if (change.waits())
    return html::fill("{} {}", html::badge(html::Tone::soon, "clock", view("settings.waits"_t)),
                      html::day(view, change.from));
  return change.undoes ? html::badge(html::Tone::info, "minus", view("settings.undo_done"_t))
                       : html::badge(html::Tone::ok, "check", view("settings.applied"_t));
}

// A password or a session that is gone cannot be put back.
bool is_undoable(db::Read& read, const settings::Change& change) {
  if (change.withdrawn_at || change.list == settings::password_list ||
      change.list == settings::sessions_list || change.list == rule_list ||
      change.list == template_list || change.list == settings::reorganisation_list ||
      change.list == settings::signal_rule_list || change.list == settings::signal_dispute_list ||
      change.list == settings::criterion_list)
    return false;
  if (change.waits()) return true;
  const auto last = settings::last_applied(read, change.list, change.code);
  return last && last->id == change.id && !settings::waiting(read, change.list, change.code);
}

Fragment undo_form(const View& view, const settings::Change& change) {
  Fragment body = html::hidden("undo", std::to_string(change.id));
  const std::string text(view.voice(change.waits() ? "settings.withdraw"_t : "settings.undo"_t,
                                    {{"code", change.code}}));
  body += html::button({.text = text, .kind = html::ButtonKind::secondary, .once = true});
  return html::form(view,
                    {.action = Url::in(view, "/staff/administration"), .body = std::move(body)});
}

TextKey list_name(std::string_view list) {
  if (list == settings::account_list) return "settings.account"_t;
  if (list == settings::password_list) return "settings.password"_t;
  if (list == settings::sessions_list) return "settings.sessions"_t;
  if (list == settings::unit_list) return "settings.unit_entry"_t;
  if (list == source_list) return "exchange.source"_t;
  if (list == hours_list) return "settings.hours"_t;
  if (list == rule_list) return "settings.rule_entry"_t;
  if (list == settings::reorganisation_list) return "settings.reorganisation_entry"_t;
  if (list == template_list) return "settings.template_entry"_t;
  if (list == settings::site_list) return "settings.site_entry"_t;
  if (list == settings::signal_rule_list) return "insight.signal.rule_entry"_t;
  if (list == settings::signal_dispute_list) return "insight.signal.dispute_entry"_t;
  if (list == settings::criterion_list) return "emulation.criterion.entry"_t;
  return "settings.topic"_t;
}

// Where an entry can be looked at.
Url place_of(const View& view, db::Read& read, const settings::Change& change) {
  if (change.list == topic_list) return Url::in(view, "/staff/administration/topics/", change.code);
  if (change.list == rule_list) return Url::in(view, "/staff/routing");
  if (change.list == settings::reorganisation_list) return Url::in(view, "/staff/reorganisation");
  if (change.list == template_list || change.list == settings::signal_dispute_list)
    return Url::in(view, "/staff/administration");
  if (change.list == settings::signal_rule_list) return Url::in(view, "/staff/signals/rules");
  if (change.list == settings::criterion_list)
    return Url::in(view, "/staff/administration/criteria");
  if (change.list == source_list)
    return Url::in(view, "/staff/administration/sources/", change.code);
  if (change.list == hours_list) return Url::in(view, "/staff/administration/hours");
  if (change.list == settings::site_list)
    return Url::in(view, "/staff/administration/site/", change.code);
  if (change.list == settings::unit_list) {
    const auto unit = settings::unit_of_entry(change.code);
    return unit ? Url::in(view, "/staff/administration/units/", unit->first, "/",
                          to_iso(unit->second))
                : Url::in(view, "/staff/administration/units");
  }
  const auto account = people::find_account(read, settings::login_of(change.code));
  return account ? Url::in(view, "/staff/administration/people/", std::to_string(account->id.value))
                 : Url::in(view, "/staff/administration/people");
}

TextKey who_changed(const settings::Change& change) {
  if (change.list == template_list) return "settings.by_head"_t;
  return change.list == settings::password_list && settings::is_set_by_owner(change.after)
             ? "settings.by_owner"_t
             : "settings.by_administrator"_t;
}

Fragment history_table(const View& view, db::Read& read, std::int64_t before) {
  auto changes = settings::history(read, before, settings::changes_per_page + 1);
  const bool has_more = std::ssize(changes) > settings::changes_per_page;
  if (has_more) changes.pop_back();
  if (changes.empty()) return html::fill("<p>{}</p>", view("settings.no_changes"_t));
  const html::Column columns[] = {{view("settings.when"_t)},
                                  {view("settings.what"_t)},
                                  {view("settings.who"_t)},
                                  {view("settings.why"_t)},
                                  {view("settings.state"_t)}};
  Fragment rows;
  for (const settings::Change& each : changes) {
    Fragment row;
    html::add_head_cell(row, html::moment(view, each.at));
    html::add_cell(row, columns[1],
                   html::fill(R"(<a href="{}">{}: {}</a>)", place_of(view, read, each),
                              view(list_name(each.list)), each.code));
    html::add_cell(row, columns[2], view(who_changed(each)));
    html::add_cell(row, columns[3],
                   html::fill(R"(<span class="small" lang="vi">{}</span>)", each.reason));
    html::add_cell(row, columns[4],
                   html::fill("{}{}", change_state(view, each),
                              is_undoable(read, each) ? undo_form(view, each) : Fragment()));
    rows.add("<tr>{}</tr>", row);
  }
  Fragment out = html::table(
      {.caption = view("settings.history"_t), .columns = columns, .rows = std::move(rows)});
  const Url first = Url::in(view, "/staff/administration");
  if (before > 0 || has_more)
    out += html::pager(
        view,
        {.previous = before > 0 ? std::optional(first) : std::nullopt,
         .next = has_more ? std::optional(first.with("before", changes.back().id)) : std::nullopt});
  return out;
}

}  // namespace

Result<http::Response> administration_page(const http::Request& request,
                                           db::Read& read,
                                           people::Administrator administrator) {
  if (!settings::may_change(administrator))
    return Error{ErrorKind::forbidden, "settings.error.city_only"_t};
  const View view = people::view_of(request, administrator.staff());
  Fragment body;
  if (request.query.has("done"))
    body += html::note({.kind = html::NoteKind::ok,
                        .body = html::fill("<p>{}</p>", view("settings.done"_t)),
                        .is_status = true});
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("settings.title"_t),
           view("settings.lead"_t));
  for (const RoomLink& each : room_links)
    body.add(R"(<p><a href="{}"><b>{}</b></a><br>{}</p>)", Url::in(view, each.path),
             view(each.title), view(each.lead));
  body.add(R"(<h2 class="h-m sp">{}</h2>{})", view("settings.history"_t),
           history_table(view, read, request.query.number("before").value_or(0)));
  return http::page(
      200, html::page(view, {.title = view("settings.title"_t),
                             .here = "/staff",
                             .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                             .is_staff = true,
                             .is_unlisted = true}));
}

Result<http::Pending> undo_post(const http::Request& request,
                                people::Administrator administrator,
                                Instant now) {
  if (!settings::may_change(administrator))
    return Error{ErrorKind::forbidden, "settings.error.city_only"_t};
  const View view = people::view_of(request, administrator.staff());
  const std::int64_t id = request.form.number("undo").value_or(0);
  const std::string back(Url::in(view, "/staff/administration").with("done", "1").view());
  return http::Pending::commit(
      [=](db::Write& write) -> Result<settings::SiteNow> {
        TRY([[maybe_unused]] const Done undone, undo_change(write, administrator, id, now));
        return settings::site_now(write);
      },
      [&request, back](const Result<settings::SiteNow>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        settings::show_site(done.value());
        http::forget_kept_answers();
        return http::see_other(back);
      });
}

}  // namespace ln::feedback::administration
