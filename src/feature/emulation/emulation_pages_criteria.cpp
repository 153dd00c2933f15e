#include "feature/emulation/emulation_pages_criteria.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/settings/settings_actions.h"
#include "core/settings/settings_pages_parts.h"
#include "core/settings/settings_signals.h"
#include "core/settings/settings_store.h"
#include "engine/text/text_typed.h"
#include "feature/emulation/emulation_actions_criteria.h"
#include "feature/emulation/emulation_pages_parts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/http/http_shelf.h"

namespace ln::emulation::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::string_view criteria_path = "/staff/administration/criteria";
constexpr std::string_view new_criterion = "new";
constexpr std::string_view typed_fields[] = {"seen",      "code",     "name_vi",  "name_en",
                                             "source",    "in_force", "from-day", "from-month",
                                             "from-year", "reason"};

Error only_city_sets() { return {ErrorKind::forbidden, "settings.error.city_only"_t}; }

Fragment criteria_list(const View& view, const std::vector<Criterion>& all, bool with_links) {
  Fragment list;
  for (const Criterion& each : all) {
    const html::Spoken name = html::spoken(view, each.name_vi, each.name_en);
    const Fragment off = each.is_in_force
                             ? Fragment()
                             : html::badge(html::Tone::plain, "minus", view("settings.off"_t));
    const Fragment words =
        with_links ? fill(R"(<a href="{}" lang="{}">{}</a>)",
                          Url::in(view, criteria_path, "/", each.code), name.lang, name.text)
                   : fill(R"(<span lang="{}">{}</span>)", name.lang, name.text);
    list.add(R"(<li>{} <span class="small muted" lang="vi">({})</span> {}</li>)", words,
             each.source, off);
  }
  return fill("<ul>{}</ul>", list);
}

Fragment state_of(const View& view, const settings::Change& change) {
  if (change.withdrawn_at)
    return html::badge(html::Tone::plain, "minus", view("settings.withdrawn"_t));
  if (change.waits())
    return fill("{} {}", html::badge(html::Tone::soon, "clock", view("settings.waits"_t)),
                html::day(view, change.from));
  return change.undoes ? html::badge(html::Tone::info, "minus", view("settings.undo_done"_t))
                       : html::badge(html::Tone::ok, "check", view("settings.applied"_t));
}

Fragment undo_form_of(const View& view, db::Read& read, const settings::Change& change) {
  const auto last = settings::last_applied(read, change.list, change.code);
  const bool may = !change.withdrawn_at &&
                   (change.waits() || (last && last->id == change.id &&
                                       !settings::waiting(read, change.list, change.code)));
  if (!may) return {};
  Fragment body = html::hidden("undo", std::to_string(change.id));
  const std::string text(view.voice(change.waits() ? "settings.withdraw"_t : "settings.undo"_t,
                                    {{"code", change.code}}));
  body += html::button({.text = text, .kind = html::ButtonKind::secondary, .once = true});
  return html::form(view, {.action = Url::in(view, criteria_path), .body = std::move(body)});
}

Fragment changes_part(const View& view, db::Read& read) {
  Fragment list;
  for (const settings::Change& each :
       settings::history_of(read, settings::criterion_list, settings::changes_per_page)) {
    const auto value = read_criterion(each.code, each.after);
    const std::string words = value ? value->name_vi : std::string();
    list.add(R"(<li><b translate="no">{}</b> · {} · {}<br><span lang="vi">{}</span>)"
             R"(<br><span class="small" lang="vi">{}</span>{}</li>)",
             each.code, html::moment(view, each.at), state_of(view, each), words, each.reason,
             undo_form_of(view, read, each));
  }
  if (list.empty()) return fill("<p>{}</p>", view("settings.no_changes"_t));
  return fill(R"(<ul class="plain">{}</ul>)", list);
}

http::Fields fields_with(const Criterion& criterion) {
  http::Fields fields;
  fields.add("code", criterion.code);
  fields.add("name_vi", criterion.name_vi);
  fields.add("name_en", criterion.name_en);
  fields.add("source", criterion.source);
  if (criterion.is_in_force) fields.add("in_force", "1");
  return fields;
}

CriterionChange change_typed(const http::Fields& form, std::string_view path_code, Instant now) {
  const bool is_new = path_code == new_criterion;
  const auto line = [&](std::string_view name) { return text::tidied(form.text(name)); };
  return {.criterion = {.code = is_new ? settings::typed(form, "code") : std::string(path_code),
                        .name_vi = line("name_vi"),
                        .name_en = line("name_en"),
                        .source = line("source"),
                        .is_in_force = is_new || form.has("in_force")},
          .seen = is_new ? std::string() : std::string(form.text("seen")),
          // A date that is none is refused like one that is past.
          .from = settings::typed_day(form, "from", local_day(now)).value_or(Day{}),
          .reason = settings::typed(form, "reason")};
}

std::string criterion_html(const settings::Filled& form, std::string_view code) {
  const View& view = form.view;
  const bool is_new = code == new_criterion;
  const std::string_view heading =
      is_new ? view("emulation.criterion.new"_t) : form.typed.text("name_vi");
  Fragment body = html::back_link(view, Url::in(view, criteria_path));
  body += html::error_summary(view, form.error, {{"from", "from-day"}});
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", heading, view("emulation.criterion.lead"_t));
  Fragment fields = html::hidden("seen", form.typed.text("seen"));
  if (is_new) fields += form.line("code", "settings.code"_t, "emulation.criterion.code_hint"_t, 20);
  fields += form.line("name_vi", "settings.name_vi"_t);
  fields += form.line("name_en", "settings.name_en"_t);
  fields +=
      form.line("source", "emulation.criterion.source"_t, "emulation.criterion.source_hint"_t);
  if (!is_new) {
    html::Choices group{.name = "in_force"};
    group.choices.push_back({.value = "1",
                             .text = view("emulation.criterion.in_force"_t),
                             .hint = view("emulation.criterion.in_force_hint"_t),
                             .is_checked = form.typed.has("in_force")});
    fields += html::checkboxes(view, group);
  }
  fields += form.when();
  fields += html::button({.text = view("emulation.criterion.preview"_t)});
  body += html::form(
      view, {.action = Url::in(view, criteria_path, "/", code), .body = std::move(fields)});
  return settings::frame(view, heading, std::move(body), form.error != nullptr);
}

// How the list will look on that day, before anything is changed.
std::string preview_html(const View& view,
                         const http::Fields& typed,
                         const std::vector<Criterion>& all,
                         const CriterionChange& change,
                         std::string_view code) {
  Fragment body = html::back_link(view, Url::in(view, criteria_path, "/", code));
  body.add(
      R"(<h1 class="h-l">{}</h1><p>{}</p>{}<p>{}</p>)", view("emulation.criterion.preview"_t),
      view.voice("emulation.criterion.preview_lead"_t, {{"day", view.voice.date(change.from)}}),
      criteria_list(view, all, false), view("emulation.criterion.preview_claims"_t));
  Fragment fields;
  for (const std::string_view name : typed_fields)
    if (typed.has(name)) fields += html::hidden(name, typed.text(name));
  fields += html::hidden("step", "save");
  fields += html::button({.text = view("settings.save"_t), .once = true});
  body += html::form(
      view, {.action = Url::in(view, criteria_path, "/", code), .body = std::move(fields)});
  return settings::frame(view, view("emulation.criterion.preview"_t), std::move(body), false);
}

}  // namespace

Result<http::Response> criteria_page(const http::Request& request,
                                     db::Read& read,
                                     people::Administrator administrator,
                                     Instant now) {
  if (!settings::may_change(administrator)) return only_city_sets();
  const View view = people::view_of(request, administrator.staff());
  Fragment body = html::back_link(view, Url::in(view, "/staff/administration"));
  if (request.query.has("done"))
    body += html::note({.kind = html::NoteKind::ok,
                        .body = fill("<p>{}</p>", view("settings.done"_t)),
                        .is_status = true});
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p>{}</p>)",
           view("emulation.criterion.title"_t), view("emulation.criterion.room"_t),
           html::link_button(Url::in(view, criteria_path, "/", new_criterion),
                             {.text = view("emulation.criterion.new"_t)}));
  body.add(R"(<h2 class="h-m">{}</h2>{}<h2 class="h-m sp">{}</h2>{})", view("emulation.criteria"_t),
           criteria_list(view, criteria_at(read, now, true), true), view("settings.history"_t),
           changes_part(view, read));
  return http::page(200,
                    settings::frame(view, view("emulation.criterion.title"_t), std::move(body)));
}

Result<http::Pending> criteria_post(const http::Request& request,
                                    people::Administrator administrator,
                                    Instant now) {
  if (!settings::may_change(administrator)) return only_city_sets();
  const std::int64_t id = request.form.number("undo").value_or(0);
  const std::string back(Url::in(request.view, criteria_path).with("done", "1").view());
  return http::Pending::commit(
      [=](db::Write& write) { return undo_criterion(write, administrator, id, now); },
      [&request, back](const Result<Done>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        http::forget_kept_answers();
        return http::see_other(back);
      });
}

Result<http::Response> criterion_page(const http::Request& request,
                                      db::Read& read,
                                      people::Administrator administrator,
                                      Instant now) {
  if (!settings::may_change(administrator)) return only_city_sets();
  const View view = people::view_of(request, administrator.staff());
  const std::string code(request.path_text("criterion"));
  http::Fields fields;
  if (code != new_criterion) {
    const std::string value = criterion_value(read, code, now);
    const auto found = read_criterion(code, value);
    if (value.empty() || !found) return Error{ErrorKind::not_found, "emulation.error.none"_t};
    fields = fields_with(*found);
    fields.add("seen", value);
  }
  return http::page(200, criterion_html({view, fields}, code));
}

Result<http::Pending> criterion_post(const http::Request& request,
                                     db::Read& read,
                                     people::Administrator administrator,
                                     Instant now) {
  if (!settings::may_change(administrator)) return only_city_sets();
  const View view = people::view_of(request, administrator.staff());
  const std::string code(request.path_text("criterion"));
  if (code != new_criterion && criterion_value(read, code, now).empty())
    return Error{ErrorKind::not_found, "emulation.error.none"_t};
  const CriterionChange change = change_typed(request.form, code, now);
  if (const auto fine = check_criterion(read, change, now); !fine.ok())
    return http::Pending::answer(
        http::page(settings::status_of_form(fine.error()),
                   criterion_html({view, request.form, &fine.error()}, code)));
  if (request.form.text("step") != "save")
    return http::Pending::answer(http::page(
        200, preview_html(view, request.form, criteria_then(read, change, now), change, code)));
  const std::string back(Url::in(request.view, criteria_path).with("done", "1").view());
  return http::Pending::commit(
      [change, administrator, now](db::Write& write) {
        return change_criterion(write, administrator, change, now);
      },
      [&request, administrator, code, back](const Result<std::int64_t>& done, std::string_view) {
        if (done.ok()) {
          http::forget_kept_answers();
          return http::see_other(back);
        }
        const View again = people::view_of(request, administrator.staff());
        return http::page(settings::status_of_form(done.error()),
                          criterion_html({again, request.form, &done.error()}, code));
      });
}

}  // namespace ln::emulation::staff
