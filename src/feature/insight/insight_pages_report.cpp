#include "feature/insight/insight_pages_report.h"

#include <algorithm>

#include "base/text.h"
#include "core/people/people_session.h"
#include "core/units/units_store.h"
#include "feature/insight/insight_jobs_report_text.h"
#include "feature/insight/insight_store_report.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/http/download.h"

namespace ln::insight {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::string_view reports_path = "/staff/reports";
constexpr std::int64_t listed_max = 200;
constexpr int refresh_s = 3;

std::string frame(const View& view,
                  std::string_view title,
                  Fragment body,
                  bool has_errors = false,
                  int refresh = 0) {
  return html::page(view, {.title = title,
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = has_errors,
                           .is_unlisted = true,
                           .refresh_s = refresh});
}

TextKey state_key(ReportState state) {
  switch (state) {
    case ReportState::waiting: return "insight.report.state.waiting"_t;
    case ReportState::making: return "insight.report.state.making"_t;
    case ReportState::made: return "insight.report.state.made"_t;
    case ReportState::failed: return "insight.report.state.failed"_t;
  }
  return {};
}

Fragment state_badge(const View& view, const Report& report) {
  if (report.state == ReportState::made)
    return html::badge(html::Tone::ok, "check", view(state_key(report.state)));
  if (report.state == ReportState::failed)
    return html::badge(html::Tone::late, "triangle-alert", view(state_key(report.state)));
  return html::badge(html::Tone::info, "clock", view(state_key(report.state)));
}

TextKey group_key(Span span) {
  switch (span) {
    case Span::month: return "insight.report.span.month"_t;
    case Span::quarter: return "insight.report.span.quarter"_t;
    case Span::year: return "insight.report.span.year"_t;
    case Span::five_years: return "insight.report.span.five_years"_t;
  }
  return {};
}

Fragment wish_form(const View& view,
                   const http::Fields& typed,
                   const Error* error,
                   std::string_view unit_code,
                   Instant now) {
  const std::vector<Period> periods = periods_over(local_day(now));
  std::vector<std::pair<std::string, std::string>> words;
  for (const Period& each : periods)
    words.emplace_back(to_text(each), period_name(view.voice, each));
  html::Select period{.name = "period",
                      .label = {view("insight.report.field.period"_t)},
                      .hint = view("insight.report.field.period_hint"_t),
                      .error = html::error_for(view, error, "period"),
                      .value = typed.text("period")};
  for (std::size_t i = 0; i < periods.size(); ++i)
    period.options.push_back({.value = words[i].first,
                              .text = words[i].second,
                              .group = view(group_key(periods[i].span))});
  Fragment fields = html::select(view, period);
  fields += html::input(view, {.name = "unit",
                               .label = {view("insight.report.field.unit"_t)},
                               .hint = view("insight.report.field.unit_hint"_t),
                               .error = html::error_for(view, error, "unit"),
                               .value = typed.has("unit") ? typed.text("unit") : unit_code,
                               .width = 20});
  const std::string_view language =
      typed.has("language") ? typed.text("language") : i18n::code(view.voice.language());
  fields += html::select(view, {.name = "language",
                                .label = {view("insight.report.field.language"_t)},
                                .error = html::error_for(view, error, "language"),
                                .value = language,
                                .options = {{"vi", "Tiếng Việt"}, {"en", "English"}}});
  fields += html::button({.text = view("insight.report.ask"_t), .once = true});
  return html::form(view, {.action = Url::in(view, reports_path), .body = std::move(fields)});
}

std::string name_of(db::Read& read, const Report& report) {
  const auto unit = units::find(read, report.unit);
  return unit ? unit->name : std::string();
}

Fragment reports_table(const View& view, db::Read& read, const std::vector<Report>& all) {
  const html::Column columns[] = {{view("insight.report.column.period"_t)},
                                  {view("insight.report.column.unit"_t)},
                                  {view("insight.report.column.state"_t)},
                                  {view("insight.report.column.asked"_t)}};
  Fragment rows;
  for (const Report& each : all) {
    Fragment row;
    html::add_head_cell(row,
                        html::fill(R"(<a href="{}">{}</a>)",
                                   Url::in(view, "/staff/reports/", std::to_string(each.id.value)),
                                   period_name(view.voice, each.period)));
    html::add_cell(row, columns[1],
                   html::fill(R"(<span lang="vi">{}</span>)", name_of(read, each)));
    html::add_cell(row, columns[2], state_badge(view, each));
    html::add_cell(row, columns[3],
                   html::fill(R"(<span lang="vi">{}</span> · {})", asked_by_name(read, each),
                              html::moment(view, each.asked_at)));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table(
      {.caption = view("insight.report.list"_t), .columns = columns, .rows = std::move(rows)});
}

// The code of the unit a reader most likely means: the first they lead.
std::string own_code(db::Read& read, const Reporter& reporter, Instant now) {
  const std::vector<std::string> tops = reporter.tops();
  for (const people::Grant& each : reporter.staff().grants())
    if (!tops.empty() && each.unit_path == tops.front())
      if (const auto unit = units::find(read, each.unit); unit && unit->is_valid_on(local_day(now)))
        return unit->code;
  return {};
}

std::string reports_html(const View& view,
                         db::Read& read,
                         const Reporter& reporter,
                         const http::Fields& typed,
                         const Error* error,
                         Instant now) {
  std::vector<Report> mine;
  for (Report& each : list_reports(read, listed_max))
    if (const auto unit = units::find(read, each.unit); unit && reporter.may_act_for(unit->path))
      mine.push_back(std::move(each));
  Fragment body = html::back_link(view, Url::in(view, "/staff"));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("insight.report.title"_t),
           view("insight.report.lead"_t));
  body += wish_form(view, typed, error, own_code(read, reporter, now), now);
  body.add("<h2>{}</h2>", view("insight.report.list"_t));
  body += mine.empty() ? html::nothing_here(view("insight.report.none"_t))
                       : reports_table(view, read, mine);
  return frame(view, view("insight.report.title"_t), std::move(body), error != nullptr);
}

// The report of the path, when it is of a unit of the reader's. Any other does not exist.
Result<Report> report_of(const http::Request& request, db::Read& read, const Reporter& reporter) {
  const auto report = find_report(read, ReportId{request.path_number("id")});
  if (report)
    if (const auto unit = units::find(read, report->unit); unit && reporter.may_act_for(unit->path))
      return *report;
  return Error{ErrorKind::not_found, "insight.report.error.none"_t};
}

Result<Report> wish_of(const http::Request& request,
                       db::Read& read,
                       const Reporter& reporter,
                       Instant now) {
  FieldErrors errors;
  Report wish;
  const auto period = period_of(request.form.text("period"));
  const auto offered = periods_over(local_day(now));
  if (!period || std::find(offered.begin(), offered.end(), *period) == offered.end())
    errors.add("period", "insight.report.error.period"_t);
  else
    wish.period = *period;
  const std::string code(trimmed(request.form.text("unit")));
  const auto unit = units::find_on(read, code, local_day(now));
  if (!unit)
    errors.add("unit", "people.error.no_unit"_t);
  else if (!reporter.may_act_for(unit->path))
    errors.add("unit", "insight.report.error.not_yours"_t);
  else
    wish.unit = unit->id;
  wish.language = request.form.text("language");
  if (wish.language != "vi" && wish.language != "en")
    errors.add("language", "insight.report.error.language"_t);
  if (!errors.empty()) return errors.take();
  return wish;
}

Fragment file_list(const View& view, db::Read& read, const Report& report) {
  const html::Column columns[] = {{view("insight.report.column.file"_t)},
                                  {view("insight.report.column.size"_t), true},
                                  {"SHA-256"}};
  Fragment rows;
  for (const ReportFile& each : files_of(read, report.id)) {
    Fragment row;
    html::add_head_cell(
        row, html::fill(R"(<a href="{}">{}</a>)",
                        Url::in(view, "/staff/reports/", std::to_string(report.id.value),
                                "/report.", each.format),
                        view.voice("insight.report.download"_t, {{"format", each.format}})));
    html::add_cell(row, columns[1], view.voice.bytes(each.size));
    html::add_cell(row, columns[2], html::code(each.sha256));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table(
      {.caption = view("insight.report.files"_t), .columns = columns, .rows = std::move(rows)});
}

}  // namespace

Result<http::Response> reports_page(const http::Request& request,
                                    db::Read& read,
                                    Reporter reporter,
                                    Instant now) {
  const View view = people::view_of(request, reporter.staff());
  return http::page(200, reports_html(view, read, reporter, request.query, nullptr, now));
}

Result<http::Pending> reports_post(const http::Request& request,
                                   db::Read& read,
                                   Reporter reporter,
                                   Instant now) {
  const View view = people::view_of(request, reporter.staff());
  const auto wish = wish_of(request, read, reporter, now);
  if (!wish.ok())
    return http::Pending::answer(
        http::page(422, reports_html(view, read, reporter, request.form, &wish.error(), now)));
  const std::string back(Url::in(view, "/staff/reports/").view());
  return http::Pending::commit(
      [=, report = wish.value()](db::Write& write) {
        return ask_for_report(write, reporter, report, now);
      },
      [&request, reporter, back](const Result<ReportId>& asked, std::string_view) {
        if (asked.ok()) return http::see_other(back + std::to_string(asked.value().value));
        const View again = people::view_of(request, reporter.staff());
        Fragment body = html::error_summary(again, &asked.error());
        body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(again, reports_path),
                 again("insight.report.title"_t));
        return http::page(http::status_of(asked.error().kind),
                          frame(again, again("insight.report.title"_t), std::move(body), true));
      });
}

Result<http::Response> report_page(const http::Request& request,
                                   db::Read& read,
                                   Reporter reporter) {
  TRY(const Report report, report_of(request, read, reporter));
  const View view = people::view_of(request, reporter.staff());
  const std::string title = period_name(view.voice, report.period);
  Fragment body = html::back_link(view, Url::in(view, reports_path));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead" lang="vi">{}</p>)", title,
           name_of(read, report));
  std::vector<html::Fact> facts;
  facts.push_back({view("insight.report.column.state"_t), state_badge(view, report)});
  facts.push_back({view("insight.report.column.asked"_t),
                   html::fill(R"(<span lang="vi">{}</span> · {})", asked_by_name(read, report),
                              html::moment(view, report.asked_at))});
  if (report.made_at)
    facts.push_back({view("insight.report.made_at"_t), html::moment(view, *report.made_at)});
  body += html::facts(facts);
  const bool is_waiting =
      report.state == ReportState::waiting || report.state == ReportState::making;
  if (is_waiting) {
    const double done = report.step_count == 0 ? 0
                                               : static_cast<double>(report.step) /
                                                     static_cast<double>(report.step_count);
    body.add(R"(<div role="status"><p>{}</p>{}</div>)",
             report.step_count == 0 ? std::string(view("insight.report.progress_none"_t))
                                    : view.voice("insight.report.progress"_t,
                                                 {{"step", view.voice.number(report.step)},
                                                  {"steps", view.voice.number(report.step_count)}}),
             html::bar({.share = done}));
  } else if (report.state == ReportState::failed) {
    body += html::note({.kind = html::NoteKind::warn,
                        .body = html::fill("<p>{}</p>", view("insight.report.failed"_t))});
  } else {
    body += file_list(view, read, report);
  }
  return http::page(200, frame(view, title, std::move(body), false, is_waiting ? refresh_s : 0));
}

Result<http::Response> report_download(const http::Request& request,
                                       db::Read& read,
                                       Reporter reporter) {
  TRY(const Report report, report_of(request, read, reporter));
  std::string_view name = request.path_text("file");
  const std::string_view start = "report.";
  if (!name.starts_with(start)) return Error{ErrorKind::not_found, "insight.report.error.none"_t};
  const std::string format(name.substr(start.size()));
  auto bytes = file_of(read, report.id, format);
  if (!bytes) return Error{ErrorKind::not_found, "insight.report.error.none"_t};
  http::Response response;
  response.content_type =
      format == "docx"   ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
      : format == "xlsx" ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                         : "text/html; charset=utf-8";
  response.body = *std::move(bytes);
  return http::download(std::move(response), "report-" + std::to_string(report.id.value) + "-" +
                                                 to_iso(report.period.first) + "." + format);
}

}  // namespace ln::insight
