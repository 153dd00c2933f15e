// Planning a survey: the form, and the plan before it is said in public.
#include <algorithm>

#include "base/text.h"
#include "core/people/people_independent.h"
#include "core/units/units_store.h"
#include "feature/survey/survey_actions.h"
#include "feature/survey/survey_pages_parts.h"
#include "feature/survey/survey_pages_staff.h"
#include "platform/db/once.h"
#include "platform/html/parts.h"
#include "platform/http/once_key.h"

namespace ln::survey::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

// What stands in the form, as it was typed.
struct Wished {
  std::string title_vi{}, title_en{}, unit{}, procedure{}, form{}, frame{}, frame_size{},
      sample_size{}, clusters{}, opens_on{}, closes_on{}, plan{}, head_day{}, head_time{};
  std::string once{};  // of the page: a plan that is sent twice is one
  bool has_kiosk = false, has_link = false;
};

Wished wished_in(const http::Fields& form) {
  const auto text = [&](std::string_view name) { return std::string(trimmed(form.text(name))); };
  return {.title_vi = text("title_vi"),
          .title_en = text("title_en"),
          .unit = text("unit"),
          .procedure = text("procedure"),
          .form = text("form"),
          .frame = text("frame"),
          .frame_size = text("frame_size"),
          .sample_size = text("sample_size"),
          .clusters = std::string(form.text("clusters")),
          .opens_on = text("opens_on"),
          .closes_on = text("closes_on"),
          .plan = text("plan"),
          .head_day = text("head_day"),
          .head_time = text("head_time"),
          .has_kiosk = form.has("kiosk"),
          .has_link = form.has("link")};
}

// Empty fields of what is no day or number fail the rules that look at them.
Typed typed_of(const Wished& w) {
  return {.title_vi = w.title_vi,
          .title_en = w.title_en,
          .frame = w.frame,
          .procedure = w.procedure,
          .clusters = w.clusters,
          .form = FormId{parse_number(w.form).value_or(0)},
          .opens_on = typed_day(w.opens_on).value_or(Day{} + std::chrono::days(1)),
          .closes_on = typed_day(w.closes_on).value_or(Day{}),
          .plan = from_word(all_plans, w.plan).value_or(Plan::census),
          .frame_size = parse_number(w.frame_size).value_or(0),
          .sample_size = parse_number(w.sample_size).value_or(0),
          .head_at = typed_moment(w.head_day, w.head_time),
          .has_kiosk = w.has_kiosk,
          .has_link = w.has_link};
}

std::optional<units::Unit> unit_named(db::Read& read, std::string_view name, Day today) {
  if (auto found = units::find_on(read, name, today)) return found;
  auto all = units::named(read, name, today);
  return all.size() == 1 ? std::optional(std::move(all.front())) : std::nullopt;
}

struct Line {
  std::string_view name;
  TextKey label{}, hint{};
  std::string_view value;
  std::string_view type = "text";
};
Fragment line_field(const View& view, const Line& line, const Error* error) {
  return html::input(view, {.name = line.name,
                            .label = {view(line.label)},
                            .hint = line.hint.is_none() ? std::string_view() : view(line.hint),
                            .error = html::error_for(view, error, line.name),
                            .value = line.value,
                            .type = line.type});
}

Fragment form_field(const View& view, db::Read& read, const Wished& w, const Error* error) {
  std::vector<std::string> values, names;
  for (const Form& each : newest_forms(read)) {
    values.push_back(std::to_string(each.id.value));
    names.push_back(
        std::string(words_of(view, each.name).text) + " · " +
        view.voice("survey.form.version"_t, {{"version", view.voice.number(each.version)}}));
  }
  std::vector<html::Option> options;
  for (std::size_t i = 0; i < values.size(); ++i) options.push_back({values[i], names[i]});
  return html::select(view, {.name = "form",
                             .label = {view("survey.about.form"_t)},
                             .error = html::error_for(view, error, "form"),
                             .value = w.form,
                             .options = std::move(options)});
}

Fragment plan_fields(const View& view, const Wished& w, const Error* error) {
  std::vector<html::Choice> choices;
  for (const Plan each : all_plans)
    choices.push_back({.value = to_text(each), .text = view(key_of(each))});
  Fragment out = html::radios(
      view, {.name = "plan",
             .legend = {.text = view("survey.about.plan"_t), .size = html::Size::s},
             .hint = view("survey.new.plan_hint"_t),
             .choices = std::move(choices),
             .values = {w.plan.empty() ? std::string_view("census") : std::string_view(w.plan)}});
  out += line_field(view, {"frame", "survey.about.frame"_t, "survey.new.frame_hint"_t, w.frame},
                    error);
  out += line_field(
      view, {"frame_size", "survey.new.frame_size"_t, "survey.new.frame_size_hint"_t, w.frame_size},
      error);
  out += line_field(
      view, {"sample_size", "survey.about.sample"_t, "survey.new.sample_hint"_t, w.sample_size},
      error);
  out += html::textarea(view, {.name = "clusters",
                               .label = {view("survey.about.clusters"_t)},
                               .hint = view("survey.new.clusters_hint"_t),
                               .error = html::error_for(view, error, "clusters"),
                               .value = w.clusters,
                               .rows = 6});
  out += line_field(
      view, {"head_day", "survey.new.head_day"_t, "survey.new.head_hint"_t, w.head_day, "date"},
      error);
  out += line_field(view, {"head_time", "survey.new.head_time"_t, {}, w.head_time, "time"}, error);
  return out;
}

http::Response show_plan(const View& view, db::Read& read, const Wished& w, const Error* error) {
  Fragment body = html::back_link(view, Url::in(view, "/staff/surveys"));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("survey.new.title"_t),
           view("survey.new.lead"_t));
  Fragment fields = line_field(view, {"title_vi", "survey.new.title_vi"_t, {}, w.title_vi}, error);
  fields += line_field(view, {"title_en", "survey.new.title_en"_t, {}, w.title_en}, error);
  fields +=
      line_field(view, {"unit", "survey.about.unit"_t, "survey.new.unit_hint"_t, w.unit}, error);
  fields += line_field(
      view, {"procedure", "survey.about.procedure"_t, "survey.new.procedure_hint"_t, w.procedure},
      error);
  fields += form_field(view, read, w, error);
  fields += line_field(view, {"opens_on", "survey.new.opens_on"_t, {}, w.opens_on, "date"}, error);
  fields +=
      line_field(view, {"closes_on", "survey.new.closes_on"_t, {}, w.closes_on, "date"}, error);
  fields += plan_fields(view, w, error);
  fields +=
      html::checkboxes(view, {.legend = {.text = view("survey.new.ways"_t), .size = html::Size::s},
                              .hint = view("survey.result.ways_lead"_t),
                              .choices = {{.value = "1",
                                           .text = view(key_of(Way::kiosk)),
                                           .name = "kiosk",
                                           .id = "kiosk",
                                           .is_checked = w.has_kiosk},
                                          {.value = "1",
                                           .text = view(key_of(Way::link)),
                                           .name = "link",
                                           .id = "link",
                                           .is_checked = w.has_link}}});
  fields += html::hidden("once", w.once);
  fields += html::button({.text = view("survey.new.announce"_t), .once = true});
  fields.add(R"(<p class="small muted">{}</p>)", view("survey.new.after"_t));
  body +=
      html::form(view, {.action = Url::in(view, "/staff/surveys/new"), .body = std::move(fields)});
  return staff_survey_page(
      view, {.title = view("survey.new.title"_t), .body = std::move(body), .error = error});
}

}  // namespace

Result<http::Response> new_page(const http::Request& request,
                                db::Read& read,
                                people::Supervisor supervisor,
                                Random& random,
                                Instant now) {
  Wished w;
  w.once = http::once_key(request.form, random);
  w.opens_on = to_iso(local_day(now));
  w.closes_on = to_iso(local_day(now) + std::chrono::days(30));
  w.form = request.query.text("form");
  return show_plan(people::view_of(request, supervisor.staff()), read, w, nullptr);
}

Result<http::Pending> new_post(const http::Request& request,
                               db::Read& read,
                               people::Supervisor supervisor,
                               Random& random,
                               Instant now) {
  const View here = people::view_of(request, supervisor.staff());
  Wished w = wished_in(request.form);
  w.once = http::once_key(request.form, random);
  const auto unit = unit_named(read, w.unit, local_day(now));
  const Typed typed = typed_of(w);
  auto planned = check(typed, now);
  Error wrong = planned.ok() ? Error{ErrorKind::invalid, {}} : planned.error();
  if (!unit) wrong.fields.push_back({"unit", "survey.error.unit"_t});
  if (!wrong.fields.empty()) {
    wrong.text = wrong.fields.front().text;
    return http::Pending::answer(show_plan(here, read, w, &wrong));
  }
  if (!people::is_independent(supervisor.staff(), unit->path))
    return Error{ErrorKind::forbidden, "survey.error.not_independent"_t};
  return http::Pending::commit(
      [act = SupervisorAct{supervisor, now}, unit = *unit, typed,
       key = "survey.plan:" + w.once](db::Write& write) -> Result<Survey> {
        if (const auto before = db::Once::find(write, key))
          if (auto made = find(write, SurveyId{parse_number(*before).value_or(0)}))
            return *std::move(made);
        TRY(Survey made, announce(write, act, unit, typed));
        db::Once::save(write, key, std::to_string(made.id.value), act.now);
        return made;
      },
      [&request, list = std::string(Url::in(here, "/staff/surveys").view())](
          const Result<Survey>& done, std::string_view) {
        if (done.ok()) return http::see_other(list + "/" + std::to_string(done.value().id.value));
        return http::error_response(request, done.error());
      });
}

}  // namespace ln::survey::staff
