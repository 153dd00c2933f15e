#include "feature/feedback/feedback_pages_practice.h"

#include <string>

#include "base/text.h"
#include "core/people/people_units.h"
#include "core/units/units_name.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_template.h"
#include "feature/feedback/feedback_pages_unit_choice.h"
#include "feature/feedback/feedback_store.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

// The unit asked for, when it is the manager's; without one, the top of what they manage.
Result<units::Unit> managed_unit(db::Read& read,
                                 const Manager& manager,
                                 std::string_view typed,
                                 Instant now) {
  if (!trimmed(typed).empty()) {
    for (const units::Unit& each : units_asked(read, typed, local_day(now)))
      if (manager.may_act_for(each.path)) return each;
    return Error{ErrorKind::not_found, "feedback.error.unit_unknown"_t};
  }
  auto found = people::units_at(read, manager.tops(), local_day(now));
  if (!found.empty()) return std::move(found.front());
  return Error{ErrorKind::not_found, "feedback.error.unit_unknown"_t};
}

Url practice_url(const View& view, const units::Unit& unit) {
  return Url::in(view, "/staff/practice").with("unit", unit.code);
}

std::string practice_frame(const View& view,
                           std::string_view title,
                           Fragment body,
                           bool has_errors) {
  return html::page(view, {.title = title,
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = has_errors,
                           .is_unlisted = true});
}

Fragment text_fields(const View& view,
                     std::string_view name,
                     std::string_view text,
                     const Error* error) {
  Fragment out = html::input(view, {.name = "name",
                                    .label = {view("feedback.template.name"_t)},
                                    .error = html::error_for(view, error, "name"),
                                    .value = name});
  out += html::textarea(view, {.name = "text",
                               .label = {view("feedback.template.text"_t)},
                               .hint = view("feedback.template.hint"_t),
                               .error = html::error_for(view, error, "text"),
                               .value = text,
                               .rows = 8,
                               .chars_max = static_cast<int>(template_text_chars_max)});
  return out;
}

TextKey meaning_of_hole(std::string_view hole) {
  if (hole == "code") return "feedback.template.hole_code"_t;
  if (hole == "due") return "feedback.template.hole_due"_t;
  if (hole == "received") return "feedback.template.hole_received"_t;
  if (hole == "unit") return "feedback.template.hole_unit"_t;
  if (hole == "topic") return "feedback.template.hole_topic"_t;
  return "feedback.template.hole_today"_t;
}

Fragment hole_list(const View& view) {
  return html::fill(R"(<ul>{}</ul>)", [&](Fragment& list) {
    for (const std::string_view each : template_holes)
      list.add("<li>{} {}</li>", html::code("{" + std::string(each) + "}"),
               view(meaning_of_hole(each)));
  });
}

Fragment second_form(const View& view, const units::Unit& unit, bool needs) {
  Fragment body = html::hidden("unit", unit.code);
  body += html::hidden("act", needs ? "second_off" : "second_on");
  body += html::button(
      {.text = view(needs ? "feedback.practice.second_off"_t : "feedback.practice.second_on"_t),
       .kind = html::ButtonKind::secondary,
       .once = true});
  return html::card(
      {.heading = view("feedback.practice.second"_t),
       .body = html::fill(
           "<p>{}</p><p>{}</p>{}",
           needs
               ? html::badge(html::Tone::ok, "check", view("feedback.practice.second_is_on"_t))
               : html::badge(html::Tone::plain, "minus", view("feedback.practice.second_is_off"_t)),
           view("feedback.practice.second_lead"_t),
           html::form(view,
                      {.action = Url::in(view, "/staff/practice"), .body = std::move(body)}))});
}

Fragment other_unit_form(const View& view) {
  Fragment body = html::input(view, {.name = "unit",
                                     .label = {view("feedback.practice.other_unit"_t)},
                                     .id = "other-unit",
                                     .type = "search",
                                     .width = 20});
  body +=
      html::button({.text = view("feedback.practice.show"_t), .kind = html::ButtonKind::secondary});
  return html::query_form({.action = Url::in(view, "/staff/practice"),
                           .body = std::move(body),
                           .label = view("feedback.practice.other_unit"_t)});
}

// What the page shows, gathered before the transaction.
struct PracticeShown {
  units::Unit unit;
  bool needs_second;
  std::vector<Template> texts;
};

std::string practice_html(const View& view,
                          const PracticeShown& shown,
                          const http::Fields& typed,
                          const Error* error) {
  Fragment body =
      html::breadcrumbs(view, {{view("feedback.staff.queue"_t), Url::in(view, "/staff")}},
                        view("feedback.practice.title"_t));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead" lang="vi">{}</p>)",
           view("feedback.practice.title"_t), shown.unit.name);
  body += second_form(view, shown.unit, shown.needs_second);
  body.add(R"(<h2 class="h-m sp">{}</h2><p>{}</p>)", view("feedback.template.title"_t),
           view("feedback.template.lead"_t));
  if (shown.texts.empty()) body += html::nothing_here(view("feedback.template.none"_t));
  for (const Template& each : shown.texts)
    body += html::card(
        {.heading = each.name,
         .body = html::fill(
             R"(<div lang="vi">{}</div><p><a href="{}">{} <span class="vh">{}</span></a></p>)",
             [&](Fragment& out) { out.add("<p>{}</p>", each.text); },
             Url::in(view, "/staff/practice/texts/", std::to_string(each.id.value)),
             view("feedback.template.edit"_t), each.name)});
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("feedback.template.new"_t));
  body += hole_list(view);
  Fragment fields = html::hidden("unit", shown.unit.code);
  fields += html::hidden("act", "add");
  fields += text_fields(view, typed.text("name"), typed.text("text"), error);
  fields += html::button({.text = view("feedback.template.add"_t), .once = true});
  body += html::form(view, {.action = Url::in(view, "/staff/practice"), .body = std::move(fields)});
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("feedback.practice.other"_t));
  body += other_unit_form(view);
  return practice_frame(view, view("feedback.practice.title"_t), std::move(body), error != nullptr);
}

std::string text_html(const View& view,
                      const Template& shown,
                      const units::Unit& unit,
                      const Error* error) {
  Fragment body = html::back_link(view, practice_url(view, unit));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p lang="vi">{}</p>)", view("feedback.template.edit"_t),
           unit.name);
  body += hole_list(view);
  const Url here = Url::in(view, "/staff/practice/texts/", std::to_string(shown.id.value));
  Fragment fields = text_fields(view, shown.name, shown.text, error);
  fields.add(
      R"(<div class="actions">{}{}</div>)",
      html::button(
          {.text = view("feedback.template.save"_t), .name = "act", .value = "save", .once = true}),
      html::button({.text = view("feedback.template.remove"_t),
                    .kind = html::ButtonKind::secondary,
                    .name = "act",
                    .value = "remove"}));
  body += html::form(view, {.action = here, .body = std::move(fields)});
  return practice_frame(view, view("feedback.template.edit"_t), std::move(body), error != nullptr);
}

struct ManagedText {
  Template text;
  units::Unit unit;
};
// What is not theirs to change does not exist for them.
Result<ManagedText> managed_text(db::Read& read, const Manager& manager, std::int64_t number) {
  auto text = find_template(read, TemplateId{number});
  auto unit = text ? units::find(read, text->unit) : std::nullopt;
  if (!unit || !manager.may_act_for(unit->path))
    return Error{ErrorKind::not_found, "feedback.error.template_gone"_t};
  return ManagedText{*std::move(text), *std::move(unit)};
}

}  // namespace

Result<http::Response> practice_page(const http::Request& request,
                                     db::Read& read,
                                     Manager manager,
                                     Instant now) {
  TRY(units::Unit unit, managed_unit(read, manager, request.query.text("unit"), now));
  const View view = people::view_of(request, manager.staff());
  const PracticeShown shown{unit, needs_second(read, unit.id), templates_of(read, unit.id)};
  return http::page(200, practice_html(view, shown, request.form, nullptr));
}

Result<http::Pending> change_practice(const http::Request& request,
                                      db::Read& read,
                                      Manager manager,
                                      Instant now) {
  const http::Fields& typed = request.form;
  TRY(units::Unit unit, managed_unit(read, manager, typed.text("unit"), now));
  const View view = people::view_of(request, manager.staff());
  const std::string act(typed.text("act"));
  if (act != "second_on" && act != "second_off" && act != "add")
    return Error{ErrorKind::not_found, "feedback.error.template_gone"_t};
  const Template made{.unit = unit.id,
                      .name = std::string(trimmed(typed.text("name"))),
                      .text = std::string(trimmed(typed.text("text"))),
                      .changed_at = now,
                      .changed_by = manager.id().value};
  if (act == "add") {
    const PracticeShown shown{unit, needs_second(read, unit.id), templates_of(read, unit.id)};
    auto fine = check_template(made.name, made.text);
    if (fine.ok() && shown.texts.size() >= templates_max)
      fine = Error{ErrorKind::invalid,
                   "feedback.error.template_many"_t,
                   {{"name", "feedback.error.template_many"_t}}};
    if (!fine.ok())
      return http::Pending::answer(
          http::page(422, practice_html(view, shown, typed, &fine.error())));
  }
  const std::string next(practice_url(view, unit).view());
  return http::Pending::commit(
      [made, act](db::Write& write) -> Result<Done> {
        if (act == "add") return add_template(write, made, made.name);
        set_needs_second(write, made.unit, act == "second_on", made.changed_at, made.changed_by);
        return Done{};
      },
      [&request, next](const Result<Done>& done, std::string_view) {
        return done.ok() ? http::see_other(next) : http::error_response(request, done.error());
      });
}

Result<http::Response> text_page(const http::Request& request, db::Read& read, Manager manager) {
  TRY(const ManagedText found, managed_text(read, manager, request.path_number("number")));
  const View view = people::view_of(request, manager.staff());
  return http::page(200, text_html(view, found.text, found.unit, nullptr));
}

Result<http::Pending> change_text(const http::Request& request,
                                  db::Read& read,
                                  Manager manager,
                                  Instant now) {
  TRY(ManagedText found, managed_text(read, manager, request.path_number("number")));
  const View view = people::view_of(request, manager.staff());
  const bool is_removed = request.form.text("act") == "remove";
  found.text.name = trimmed(request.form.text("name"));
  found.text.text = trimmed(request.form.text("text"));
  found.text.changed_at = now;
  found.text.changed_by = manager.id().value;
  if (const auto fine = check_template(found.text.name, found.text.text); !is_removed && !fine.ok())
    return http::Pending::answer(
        http::page(422, text_html(view, found.text, found.unit, &fine.error())));
  const std::string next(practice_url(view, found.unit).view());
  return http::Pending::commit(
      [text = found.text, is_removed](db::Write& write) -> Result<Done> {
        return change_template(write, text, is_removed, text.name);
      },
      [&request, next](const Result<Done>& done, std::string_view) {
        return done.ok() ? http::see_other(next) : http::error_response(request, done.error());
      });
}

std::vector<Template> filled_templates(db::Read& read, const Feedback& feedback, Instant now) {
  std::vector<Template> all = templates_for(read, feedback.unit_path);
  if (all.empty()) return all;
  const i18n::Voice voice(feedback.in_english ? i18n::Language::en : i18n::Language::vi);
  const auto unit = units::find(read, feedback.unit);
  const auto topic = find_topic(read, feedback.topic);
  const TemplateValues values = {feedback.code.shown(),
                                 voice.moment(feedback.due_at),
                                 voice.date(local_day(feedback.received_at)),
                                 unit ? units::name_in(*unit, feedback.in_english) : "",
                                 topic ? (feedback.in_english ? topic->name_en : topic->name_vi)
                                       : std::string(voice(key_of(feedback.about))),
                                 voice.date(local_day(now))};
  for (Template& each : all) each.text = fill_template(each.text, values);
  return all;
}

Fragment template_choice(const View& view, const std::vector<Template>& filled, const Url& form) {
  if (filled.empty()) return {};
  std::vector<std::string> ids;
  for (const Template& each : filled) ids.push_back(std::to_string(each.id.value));
  std::vector<html::Option> options;
  for (std::size_t i = 0; i < ids.size(); ++i) options.push_back({ids[i], filled[i].name});
  Fragment body = html::select(view, {.name = "template",
                                      .label = {view("feedback.template.begin_with"_t)},
                                      .hint = view("feedback.template.begin_hint"_t),
                                      .options = std::move(options)});
  body += html::button(
      {.text = view("feedback.template.insert"_t), .kind = html::ButtonKind::secondary});
  return html::query_form(
      {.action = form, .body = std::move(body), .label = view("feedback.template.begin_with"_t)});
}

}  // namespace ln::feedback::staff
