// Registering a model.
#include <algorithm>
#include <utility>

#include "core/people/people_units.h"
#include "core/units/units_store.h"
#include "feature/emulation/emulation_actions.h"
#include "feature/emulation/emulation_pages_parts.h"
#include "feature/emulation/emulation_pages_staff.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"
#include "platform/http/http_parse.h"

namespace ln::emulation::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

struct NewModel {
  const http::Request& request;
  const people::Officer& officer;
  std::vector<units::Unit> units{};
  std::optional<Model> from{};  // that it takes up

  View view() const { return people::view_of(request, officer.staff()); }
  std::string_view typed(std::string_view name) const { return request.form.text(name); }
};

// The units they head, and the departments directly below.
Result<NewModel> new_model(const http::Request& request,
                           db::Read& read,
                           const people::Officer& officer,
                           Instant now) {
  NewModel made{.request = request, .officer = officer};
  made.units = people::headed_units(read, officer, local_day(now));
  if (made.units.empty()) return Error{ErrorKind::forbidden, "emulation.error.not_head"_t};
  const auto from = request.form.number("adopted_from");
  const auto asked = from ? from : request.query.number("from");
  if (asked) made.from = find(read, ModelId{*asked});
  return made;
}

Fragment metric_fields(const NewModel& made, const Error* error) {
  const View view = made.view();
  html::Choices metrics{.name = "metric",
                        .legend = {view("emulation.new.metric"_t)},
                        .error = html::error_for(view, error, "metric"),
                        .values = {made.typed("metric")}};
  for (const Metric each : all_metrics)
    metrics.choices.push_back(
        {.value = to_text(each), .text = view(key_of(each)), .hint = view(meaning_of(each))});
  Fragment out = html::radios(view, metrics);
  out += html::input(view, {.name = "begins_on",
                            .label = {view("emulation.new.begins_on"_t)},
                            .hint = view("emulation.new.begins_on_hint"_t),
                            .error = html::error_for(view, error, "begins_on"),
                            .value = made.typed("begins_on"),
                            .type = "date"});
  html::Select days{.name = "days",
                    .label = {view("emulation.new.days"_t)},
                    .hint = view("emulation.new.days_hint"_t),
                    .error = html::error_for(view, error, "days"),
                    .value = made.typed("days")};
  std::vector<std::string> numbers, words;
  numbers.reserve(all_days.size());
  words.reserve(all_days.size());
  for (const int each : all_days) {
    numbers.push_back(std::to_string(each));
    words.push_back(view.voice.counted("emulation.new.day_count"_t, each));
    days.options.push_back({numbers.back(), words.back()});
  }
  out += html::select(view, days);
  return out;
}

http::Response show_new(const NewModel& made, const Error* error) {
  const View view = made.view();
  const auto field = [&](std::string_view name, TextKey label, bool is_optional = false) {
    return html::input(view, {.name = name,
                              .label = {.text = view(label), .is_optional = is_optional},
                              .error = html::error_for(view, error, name),
                              .value = made.typed(name)});
  };
  html::Select unit{
      .name = "unit", .label = {view("emulation.unit"_t)}, .value = made.typed("unit")};
  for (const units::Unit& each : made.units) unit.options.push_back({each.code, each.name});
  html::Choices fields_of{.name = "field",
                          .legend = {view("emulation.field"_t)},
                          .error = html::error_for(view, error, "field"),
                          .values = {made.typed("field")}};
  for (const Field each : all_fields)
    fields_of.choices.push_back({.value = to_text(each), .text = view(key_of(each))});
  Fragment fields = html::select(view, unit);
  fields += field("name_vi", "emulation.new.name_vi"_t);
  fields += field("name_en", "emulation.new.name_en"_t, true);
  fields += html::radios(view, fields_of);
  fields += html::textarea(view, {.name = "task",
                                  .label = {view("emulation.task"_t)},
                                  .hint = view("emulation.new.task_hint"_t),
                                  .error = html::error_for(view, error, "task"),
                                  .value = made.typed("task"),
                                  .rows = 4,
                                  .chars_max = static_cast<int>(words_chars_max)});
  fields += field("place", "emulation.place"_t);
  fields += field("launched_by", "emulation.launched_by"_t);
  fields += metric_fields(made, error);
  if (made.from) fields += html::hidden("adopted_from", std::to_string(made.from->id.value));
  fields += html::button({.text = view("emulation.new.do"_t), .once = true});
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("emulation.new.title"_t),
           view("emulation.new.lead"_t));
  if (made.from)
    body.add(R"(<p>{} <a href="{}" lang="vi">{}</a></p>)", view("emulation.adopted_from"_t),
             page_of(view, made.from->id), made.from->name_vi);
  body += html::form(view,
                     {.action = Url::in(view, "/staff/emulation/new"), .body = std::move(fields)});
  return http::form_page(view, {.title = view("emulation.new.title"_t),
                                .here = "/staff/emulation",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

}  // namespace

Result<http::Response> new_page(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Instant now) {
  TRY(const NewModel made, new_model(request, read, officer, now));
  return show_new(made, nullptr);
}

Result<http::Pending> new_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now) {
  TRY(const NewModel made, new_model(request, read, officer, now));
  const auto of = [&](std::string_view name) { return std::string(made.typed(name)); };
  const auto unit = std::ranges::find(made.units, of("unit"), &units::Unit::code);
  if (unit == made.units.end()) return Error{ErrorKind::forbidden, "emulation.error.not_head"_t};
  const auto ready = prepare(read, officer, *unit,
                             {.field = from_word(all_fields, of("field")),
                              .name_vi = of("name_vi"),
                              .name_en = of("name_en"),
                              .task = of("task"),
                              .place = of("place"),
                              .launched_by = of("launched_by"),
                              .metric = from_word(all_metrics, of("metric")),
                              .begins_on = http::parse_day(of("begins_on")),
                              .days = static_cast<int>(request.form.number("days").value_or(0)),
                              .adopted_from = made.from ? made.from->id : ModelId{}},
                             random, now);
  if (!ready.ok()) {
    if (ready.error().kind != ErrorKind::invalid) return ready.error();
    return http::Pending::answer(show_new(made, &ready.error()));
  }
  return http::Pending::commit(
      [ready = ready.value()](db::Write& write) { return enter(write, ready); },
      [&request](const Result<Model>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        return http::see_other(
            std::string(Url::in(request.view, "/staff/emulation/", done.value().id.value).view()));
      });
}

}  // namespace ln::emulation::staff
