#include "feature/feedback/feedback_pages_settings_file.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"
#include "core/settings/settings_actions.h"
#include "core/settings/settings_pages_dress.h"
#include "core/settings/settings_pages_parts.h"
#include "core/workdays/workdays_store.h"
#include "feature/feedback/feedback_actions_settings_file.h"
#include "feature/feedback/feedback_store_settings_file.h"
#include "platform/file/file.h"
#include "platform/html/charts.h"
#include "platform/html/parts.h"
#include "platform/http/download.h"
#include "platform/http/http_shelf.h"

namespace ln::feedback::administration {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::string_view file_path = "/staff/administration/file";
constexpr std::size_t shown_max = 200;  // lines that are told one by one
// What the page of changes carries to its button; a longer file is chosen once more.
constexpr std::size_t carried_size_max = 200u << 10;  // bytes

Error file_city_only() { return {ErrorKind::forbidden, "settings.error.city_only"_t}; }

std::string file_html(const View& view, Fragment inside, const Error* error) {
  Fragment body = html::back_link(view, Url::in(view, "/staff/administration"));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>{})", view("settings.file"_t),
           view("settings.file_lead"_t), inside);
  return settings::frame(view, view("settings.file"_t), std::move(body), error != nullptr);
}

Fragment file_field(const View& view, html::FileUpload field) {
  field.name = "file";
  field.accept = ".jsonl,.txt";
  field.size_max = static_cast<std::int64_t>(settings_file_size_max);
  return html::file_upload(view, field);
}

Fragment upload_form(const View& view, std::string_view wrong) {
  Fragment out;
  out.add(R"(<h2 class="h-m">{}</h2><p>{}</p><p>{}</p>)", view("settings.file_out"_t),
          view("settings.file_out_lead"_t),
          html::link_button(
              Url::path("/staff/administration/file/settings.jsonl"),
              {.text = view("settings.file_get"_t), .kind = html::ButtonKind::secondary}));
  Fragment fields = file_field(view, {.label = {view("settings.file_choose"_t)},
                                      .hint = view("settings.file_hint"_t),
                                      .error = wrong});
  fields += html::button({.text = view("settings.file_preview"_t)});
  out.add(R"(<h2 class="h-m sp">{}</h2>{})", view("settings.file_in"_t),
          html::form(view, {.action = Url::in(view, file_path),
                            .body = std::move(fields),
                            .is_multipart = true}));
  return out;
}

// "Dòng 12: …" for what is wrong with the file as a whole.
std::string spoken_refusal(const View& view, const Error& error) {
  std::string line;
  if (!error.fields.empty()) {
    std::string_view field = error.fields.front().field;
    constexpr std::string_view begins = "line ";
    if (field.starts_with(begins)) field.remove_prefix(begins.size());
    line = field;
  }
  return view.voice("settings.file_line"_t, {{"line", line}, {"what", view(error.text)}});
}

Fragment changes_table(const View& view, const ImportPlan& plan) {
  const html::Column columns[] = {{view("settings.file_number"_t), true},
                                  {view("settings.what"_t)},
                                  {view("settings.file_before"_t)},
                                  {view("settings.file_after"_t)}};
  Fragment rows;
  std::size_t shown = 0;
  for (const SettingDifference& each : plan.changes) {
    if (++shown > shown_max) break;
    Fragment row;
    html::add_head_cell(row, html::fill("{}", static_cast<std::int64_t>(each.line)));
    html::add_cell(row, columns[1], html::fill("{} {}", each.list, html::code(each.code)));
    const auto cell = [&](const html::Column& column, const std::string& value) {
      html::add_cell(row, column,
                     value.empty()
                         ? html::fill("–")
                         : html::fill(R"(<span class="small break" lang="vi">{}</span>)", value));
    };
    cell(columns[2], each.before);
    cell(columns[3], each.after);
    rows.add("<tr>{}</tr>", row);
  }
  return html::table(
      {.caption = view("settings.file_changes"_t), .columns = columns, .rows = std::move(rows)});
}

Fragment troubles_list(const View& view, const ImportPlan& plan) {
  Fragment list;
  std::size_t shown = 0;
  for (const SettingTrouble& each : plan.troubles) {
    if (++shown > shown_max) break;
    list.add("<li>{}</li>",
             view.voice("settings.file_line"_t,
                        {{"line", std::to_string(each.line)},
                         {"what", each.code + ": " + std::string(view(each.what))}}));
  }
  return html::note(
      {.kind = html::NoteKind::stop,
       .heading = view.voice.counted("settings.file_troubles"_t, std::ssize(plan.troubles)),
       .body = html::fill("<ul>{}</ul>", list)});
}

// What the file would do, and the button that does it.
Fragment plan_html(const settings::Filled& form, const ImportPlan& plan, const std::string& text) {
  const View& view = form.view;
  Fragment out;
  const std::string changes = view.voice.number(std::ssize(plan.changes)),
                    same = view.voice.number(static_cast<std::int64_t>(plan.same_count));
  out.add(R"(<h2 class="h-m">{}</h2><p>{}</p>)", view("settings.file_shown"_t),
          view.voice("settings.file_counts"_t, {{"changes", changes}, {"same", same}}));
  if (!plan.troubles.empty()) out += troubles_list(view, plan);
  if (!plan.changes.empty()) out += changes_table(view, plan);
  if (plan.troubles.empty() && !plan.changes.empty()) {
    Fragment fields = html::hidden("apply", "1");
    fields += html::hidden("seen", digest_of(plan));
    if (text.size() <= carried_size_max)
      fields += html::hidden("text", text);
    else
      fields += file_field(view, {.label = {view("settings.file_again"_t)},
                                  .hint = view("settings.file_again_hint"_t)});
    fields += form.reason();
    if (std::ranges::any_of(plan.changes, [](const auto& each) { return each.list == "day"; }))
      fields.add(R"(<p class="small">{}</p>)", view("settings.file_reason_day"_t));
    fields += html::button({.text = view("settings.file_apply"_t), .once = true});
    out += html::form(
        view,
        {.action = Url::in(view, file_path), .body = std::move(fields), .is_multipart = true});
  }
  return out;
}

// What this process holds of the settings, as they are after an import.
struct CityNow {
  settings::SiteNow site;
  workdays::Shared calendar;
};

std::optional<std::string> file_sent(const http::Request& request) {
  for (const http::Upload& upload : request.uploads)
    if (upload.field == "file" && upload.size > 0 &&
        upload.size <= static_cast<std::int64_t>(settings_file_size_max))
      return file::read_file(upload.path, settings_file_size_max);
  return std::nullopt;
}

}  // namespace

Result<http::Response> settings_file_page(const http::Request& request,
                                          db::Read&,
                                          people::Administrator administrator) {
  if (!settings::may_change(administrator)) return file_city_only();
  const View view = people::view_of(request, administrator.staff());
  return http::page(200, file_html(view, upload_form(view, {}), nullptr));
}

Result<http::Response> settings_file_get(const http::Request&,
                                         db::Read& read,
                                         people::Administrator administrator,
                                         Instant now) {
  if (!settings::may_change(administrator)) return file_city_only();
  http::Response response = http::page(200, settings_file(read, local_day(now)));
  response.content_type = "text/plain; charset=utf-8";
  return http::download(std::move(response), "settings.jsonl");
}

Result<http::Pending> settings_file_post(const http::Request& request,
                                         db::Read& read,
                                         people::Administrator administrator,
                                         Instant now) {
  if (!settings::may_change(administrator)) return file_city_only();
  const View view = people::view_of(request, administrator.staff());
  const bool applies = request.form.has("apply");
  const auto sent = file_sent(request);
  const std::string text = sent ? *sent : std::string(request.form.text("text"));
  const auto lines = read_settings_file(text);
  if (!lines.ok()) {
    const std::string wrong = text.empty() ? std::string(view("settings.error.file_choose"_t))
                                           : spoken_refusal(view, lines.error());
    const Error error{ErrorKind::invalid,
                      "settings.error.file_refused"_t,
                      {{"file", "settings.error.file_refused"_t}}};
    return http::Pending::answer(
        http::page(422, file_html(view, upload_form(view, wrong), &error)));
  }
  const ImportPlan plan = plan_import(read, lines.value(), now);
  if (!applies)
    return http::Pending::answer(
        http::page(200, file_html(view, plan_html({view, request.form}, plan, text), nullptr)));
  const std::string reason = settings::typed(request.form, "reason"),
                    digest(request.form.text("seen"));
  const std::string back(Url::in(view, "/staff/administration").with("done", "1").view());
  return http::Pending::commit(
      [=, all = lines.value()](db::Write& write) -> Result<CityNow> {
        TRY([[maybe_unused]] const std::int64_t count,
            import_settings(write, administrator, all, digest, reason, now));
        return CityNow{settings::site_now(write), workdays::load(write)};
      },
      [&request, administrator, plan, text, back](const Result<CityNow>& done, std::string_view) {
        const View again = people::view_of(request, administrator.staff());
        if (!done.ok())
          return http::page(
              settings::status_of_form(done.error()),
              file_html(again, plan_html({again, request.form, &done.error()}, plan, text),
                        &done.error()));
        settings::show_site(done.value().site);
        workdays::hold(done.value().calendar);
        http::forget_kept_answers();
        return http::see_other(back);
      });
}

}  // namespace ln::feedback::administration
