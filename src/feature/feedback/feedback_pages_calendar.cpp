#include "feature/feedback/feedback_pages_calendar.h"

#include <algorithm>

#include "base/text.h"
#include "core/workdays/workdays_actions.h"
#include "core/workdays/workdays_pages.h"
#include "feature/feedback/feedback_pages_calendar_check.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/http/http_shelf.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;
using workdays::Edit;

// A refusal, and what stands beside the table when single lines of it are wrong.
struct WrongDays {
  const Error* error = nullptr;
  std::string lines = {};
};

Fragment source_field(const View& view, const http::Fields& typed, const Error* error) {
  return html::input(view, {.name = "source",
                            .label = {view("workdays.source"_t)},
                            .hint = view("workdays.source_hint"_t),
                            .error = html::error_for(view, error, "source"),
                            .value = typed.text("source")});
}

Fragment preview_button(const View& view, TextKey text = "workdays.preview"_t) {
  return html::button({.text = view(text), .icon_after = "arrow-right"});
}

Fragment day_form(const View& view, const http::Fields& typed, const Error* error) {
  Fragment fields = html::hidden("what", "day");
  fields += html::date_input(view, {.name = "day",
                                    .legend = {view("workdays.day"_t), html::Size::s},
                                    .error = html::error_for(view, error, "day"),
                                    .day = typed.text("day-day"),
                                    .month = typed.text("day-month"),
                                    .year = typed.text("day-year")});
  html::Choices kinds{.name = "kind",
                      .legend = {view("workdays.kind"_t), html::Size::s},
                      .error = html::error_for(view, error, "kind"),
                      .values = {typed.text("kind")}};
  for (const auto kind : {calendar::DayKind::holiday, calendar::DayKind::swap_off,
                          calendar::DayKind::comp_off, calendar::DayKind::makeup_work})
    kinds.choices.push_back(
        {.value = calendar::to_text(kind), .text = view(workdays::key_of(kind))});
  fields += html::radios(view, kinds);
  fields += html::input(view, {.name = "name_vi",
                               .label = {view("workdays.name_vi"_t)},
                               .error = html::error_for(view, error, "name_vi"),
                               .value = typed.text("name_vi")});
  fields +=
      html::input(view, {.name = "name_en",
                         .label = {view("workdays.name_en"_t), html::Size::normal, false, true},
                         .error = html::error_for(view, error, "name_en"),
                         .value = typed.text("name_en")});
  fields += source_field(view, typed, error);
  fields += preview_button(view);
  return html::form(view, {.action = Url::in(view, "/staff/calendar"), .body = std::move(fields)});
}

Fragment table_form(const View& view, const http::Fields& typed, const WrongDays& wrong) {
  Fragment fields = html::hidden("what", "table");
  const std::string_view beside =
      wrong.lines.empty() ? html::error_for(view, wrong.error, "table") : wrong.lines;
  fields += html::textarea(view, {.name = "table",
                                  .label = {view("workdays.table"_t)},
                                  .hint = view("workdays.table_hint"_t),
                                  .error = beside,
                                  .value = typed.text("table"),
                                  .rows = 6,
                                  .spellcheck = false});
  fields += preview_button(view, "workdays.preview_table"_t);
  return html::form(view, {.action = Url::in(view, "/staff/calendar"), .body = std::move(fields)});
}

Fragment removal_form(const View& view,
                      std::string_view day,
                      const http::Fields& typed,
                      const Error* error) {
  Fragment fields = html::hidden("what", "removal");
  fields += html::hidden("remove", day);
  fields += source_field(view, typed, error);
  fields += preview_button(view);
  return html::form(view, {.action = Url::in(view, "/staff/calendar"), .body = std::move(fields)});
}

// The day that is asked for in the table format's own form, as people read it.
std::string spoken_day(const View& view, std::string_view iso) {
  for (const auto& [day, named] : workdays::current()->days().all())
    if (to_iso(day) == iso)
      return view.voice.date(day) + " · " +
             std::string(workdays::name_of(view, named.name_vi, named.name_en));
  return std::string(iso);
}

std::string removal_page(const View& view,
                         std::string_view day,
                         const http::Fields& typed,
                         const Error* error) {
  Fragment body = html::back_link(view, Url::in(view, "/staff/calendar"));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p><p><b>{}</b></p>{})", view("workdays.removal"_t),
           view("workdays.removal_lead"_t), spoken_day(view, day),
           removal_form(view, day, typed, error));
  return calendar_frame(view, body, error != nullptr);
}

std::string edit_page(
    const View& view, int year, const http::Fields& typed, const WrongDays& wrong, bool is_done) {
  const workdays::Shared calendar = workdays::current();
  const bool is_table = typed.text("what") == "table";
  const Url here = Url::in(view, "/staff/calendar");
  Fragment body = html::error_summary(view, wrong.error, {{"day", "day-day"}});
  if (is_done)
    body += html::note({.kind = html::NoteKind::ok,
                        .body = html::fill("<p>{}</p>", view("workdays.done"_t)),
                        .is_status = true});
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p><a href="#add">{}</a></p>{}{})",
           view("workdays.edit"_t), view("workdays.edit_lead"_t), view("workdays.add"_t),
           workdays::days_table(view, *calendar, year, here.with("year", std::to_string(year))),
           workdays::year_links(view, here, year));
  body.add(R"(<h2 class="h-m sp" id="add">{}</h2>{})", view("workdays.add"_t),
           day_form(view, typed, is_table ? nullptr : wrong.error));
  body.add(R"(<h2 class="h-m sp">{}</h2>{})", view("workdays.import"_t),
           table_form(view, typed, is_table ? wrong : WrongDays{}));
  body.add(R"(<h2 class="h-m sp">{}</h2>{})", view("workdays.changes"_t),
           workdays::changes_table(view, *calendar));
  return calendar_frame(view, body, wrong.error != nullptr);
}

// What was typed, in whichever of the three forms.
struct DaysTyped {
  std::vector<Edit> edits = {};
  std::vector<std::size_t> bad_lines = {};
};
Result<DaysTyped> read_days(const http::Fields& typed, const workdays::Calendar& calendar) {
  const std::string_view what = typed.text("what");
  if (what == "table") {
    TRY(workdays::Table table, workdays::read_table(typed.text("table"), calendar));
    return DaysTyped{std::move(table.edits), std::move(table.bad_lines)};
  }
  if (what == "removal") {
    TRY(std::vector<Edit> edits,
        workdays::read_removal(typed.text("remove"), typed.text("source"), calendar));
    return DaysTyped{std::move(edits)};
  }
  TRY(std::vector<Edit> edits, workdays::read_day({.day = std::string(typed.text("day-day")),
                                                   .month = std::string(typed.text("day-month")),
                                                   .year = std::string(typed.text("day-year")),
                                                   .kind = std::string(typed.text("kind")),
                                                   .name_vi = std::string(typed.text("name_vi")),
                                                   .name_en = std::string(typed.text("name_en")),
                                                   .source = std::string(typed.text("source"))},
                                                  calendar));
  return DaysTyped{std::move(edits)};
}

http::Response refuse_days(const View& view,
                           const http::Request& request,
                           const WrongDays& wrong,
                           Instant now) {
  const http::Fields& typed = request.form;
  // Whatever the reason, what was typed stays: also when the log takes no lines for the moment.
  if (wrong.error->kind == ErrorKind::forbidden) return http::error_response(request, *wrong.error);
  const int status = http::status_of(wrong.error->kind);
  if (typed.text("what") == "removal")
    return http::page(status, removal_page(view, typed.text("remove"), typed, wrong.error));
  return http::page(status, edit_page(view, workdays::year_of(request, now), typed, wrong, false));
}

}  // namespace

Result<http::Response> calendar_page(const http::Request& request,
                                     people::Administrator administrator,
                                     Instant now) {
  const View view = people::view_of(request, administrator.staff());
  if (!workdays::may_change(administrator))
    return Error{ErrorKind::forbidden, "workdays.error.city_only"_t};
  if (request.query.has("remove"))
    return http::page(200, removal_page(view, first_chars(request.query.text("remove"), 10),
                                        request.form, nullptr));
  return http::page(200, edit_page(view, workdays::year_of(request, now), request.form, {},
                                   request.query.has("done")));
}

Result<http::Pending> change_calendar(const http::Request& request,
                                      db::Read& read,
                                      people::Administrator administrator,
                                      Instant now) {
  const View view = people::view_of(request, administrator.staff());
  if (!workdays::may_change(administrator))
    return Error{ErrorKind::forbidden, "workdays.error.city_only"_t};
  const workdays::Shared calendar = workdays::current();
  auto typed = read_days(request.form, *calendar);
  if (!typed.ok())
    return http::Pending::answer(refuse_days(view, request, {.error = &typed.error()}, now));
  if (!typed.value().bad_lines.empty()) {
    std::string lines;
    for (const std::size_t each : typed.value().bad_lines)
      lines += (lines.empty() ? "" : ", ") + std::to_string(each);
    const Error error{ErrorKind::invalid,
                      "workdays.error.table_rows"_t,
                      {{"table", "workdays.error.table_rows"_t}}};
    const std::string beside(view.voice("workdays.error.table_lines"_t, {{"lines", lines}}));
    return http::Pending::answer(refuse_days(view, request, {&error, beside}, now));
  }
  const std::vector<Edit>& edits = typed.value().edits;
  if (request.form.text("step") != "apply") {
    const auto next = workdays::with(*calendar, edits);
    return http::Pending::answer(http::page(
        200, preview_page(view, request.form, edits, preview_of(read, *calendar, next, edits),
                          calendar->revision())));
  }
  const std::int64_t revision = request.form.number("revision").value_or(-1);
  return http::Pending::commit(
      [=](db::Write& write) {
        return workdays::change(write, administrator, edits, revision, now);
      },
      [=, year = static_cast<int>(std::chrono::year_month_day(edits.front().day).year()),
       asked = &request](const Result<workdays::Shared>& result, std::string_view) {
        const View reader = people::view_of(*asked, administrator.staff());
        if (!result.ok()) return refuse_days(reader, *asked, {.error = &result.error()}, now);
        workdays::hold(result.value());
        http::forget_kept_answers();
        return http::see_other(std::string(Url::in(reader, "/staff/calendar")
                                               .with("year", std::to_string(year))
                                               .with("done", "1")
                                               .view()));
      });
}

}  // namespace ln::feedback::staff
