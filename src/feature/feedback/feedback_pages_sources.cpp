#include "feature/feedback/feedback_pages_sources.h"

#include <algorithm>

#include "base/text.h"
#include "core/settings/settings_actions.h"
#include "core/settings/settings_pages_parts.h"
#include "feature/feedback/feedback_actions_foreign.h"
#include "feature/feedback/feedback_store_foreign.h"
#include "platform/html/parts.h"
#include "platform/http/http_shelf.h"

namespace ln::feedback::administration {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::string_view sources_path = "/staff/administration/sources";
constexpr std::string_view new_source = "new";

Error sources_city_only() { return {ErrorKind::forbidden, "settings.error.city_only"_t}; }

std::string column_field(ForeignColumn column) { return "column-" + std::string(to_text(column)); }

// The fields of the form, as they show what is kept.
http::Fields fields_of(const Source& source) {
  http::Fields fields;
  fields.add("seen", value_of(source));
  fields.add("code", source.code);
  fields.add("name", source.name);
  if (source.is_on) fields.add("on", "1");
  fields.add("about", std::string(to_text(source.about)));
  for (const ForeignColumn each : all_foreign_columns)
    fields.add(column_field(each), source.column(each));
  fields.add("topics", shown_words(source.topics));
  fields.add("units", shown_words(source.units));
  std::string over;
  for (const std::string& each : source.over) over += each + "\n";
  fields.add("over", over);
  return fields;
}

// What was typed; lists that cannot be read are told beside their fields.
Source source_typed(const http::Fields& form, const std::string& code, FieldErrors& errors) {
  Source source{.code = code,
                .name = settings::typed(form, "name"),
                .is_on = form.has("on"),
                .about = from_word(all_abouts, form.text("about")).value_or(About::place)};
  for (const ForeignColumn each : all_foreign_columns)
    source.columns[static_cast<std::size_t>(each)] = settings::typed(form, column_field(each));
  const auto words = [&](std::string_view name, std::vector<ForeignWord>& into) {
    if (auto read = read_words(form.text(name)))
      into = *std::move(read);
    else
      errors.add(name, "exchange.error.words"_t);
  };
  words("topics", source.topics);
  words("units", source.units);
  std::string_view lines = form.text("over");
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    if (const auto line = trimmed(lines.substr(0, end)); !line.empty())
      source.over.emplace_back(line);
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return source;
}

Fragment source_form(const settings::Filled& form, std::string_view code) {
  const View& view = form.view;
  Fragment fields = html::hidden("seen", form.typed.text("seen"));
  if (code == new_source)
    fields += form.line("code", "settings.code"_t, "settings.code_hint"_t, 20);
  fields += form.line("name", "exchange.name"_t, "exchange.name_hint"_t);
  html::Choices on{.name = "on"};
  on.choices.push_back(
      {.value = "1", .text = view("exchange.on"_t), .is_checked = form.typed.has("on")});
  fields += html::checkboxes(view, on);
  Fragment columns = html::fill("<p>{}</p>", view("exchange.columns_lead"_t));
  for (const ForeignColumn each : all_foreign_columns) {
    const std::string name = column_field(each);
    columns +=
        html::input(view, {.name = name,
                           .label = {.text = view(key_of(each)), .is_optional = !is_required(each)},
                           .error = html::error_for(view, form.error, name),
                           .value = form.typed.text(name)});
  }
  fields += html::fieldset(
      view, {.legend = {view("exchange.columns"_t), html::Size::m}, .body = std::move(columns)});
  html::Select about{.name = "about",
                     .label = {view("exchange.about"_t)},
                     .hint = view("exchange.about_hint"_t),
                     .value = form.typed.text("about")};
  for (const About each : all_abouts) about.options.push_back({to_text(each), view(key_of(each))});
  fields += html::select(view, about);
  fields += form.lines("topics", "exchange.topics"_t, "exchange.topics_hint"_t, 8);
  fields += form.lines("units", "exchange.units"_t, "exchange.units_hint"_t, 8);
  fields += form.lines("over", "exchange.over"_t, "exchange.over_hint"_t, 4);
  fields += form.reason();
  fields += html::button({.text = view("settings.save"_t), .once = true});
  return html::form(view,
                    {.action = Url::in(view, sources_path, "/", code), .body = std::move(fields)});
}

std::string source_html(const settings::Filled& form, std::string_view code) {
  const View& view = form.view;
  const std::string heading(code == new_source ? view("exchange.source_new"_t)
                                               : form.typed.text("name"));
  Fragment body = html::back_link(view, Url::in(view, sources_path));
  body += html::error_summary(view, form.error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>{})", heading,
           view("exchange.source_lead"_t), source_form(form, code));
  return settings::frame(view, heading, std::move(body), form.error != nullptr);
}

}  // namespace

Result<http::Response> sources_page(const http::Request& request,
                                    db::Read& read,
                                    people::Administrator administrator) {
  if (!settings::may_change(administrator)) return sources_city_only();
  const View view = people::view_of(request, administrator.staff());
  Fragment body = html::back_link(view, Url::in(view, "/staff/administration"));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("exchange.sources"_t),
           view("exchange.sources_lead"_t));
  Fragment list;
  for (const Source& each : all_sources(read))
    list.add(
        R"(<li><a href="{}">{}</a> {} {}</li>)", Url::in(view, sources_path, "/", each.code),
        each.name, html::code(each.code),
        each.is_on ? Fragment() : html::badge(html::Tone::plain, "minus", view("exchange.off"_t)));
  if (list.empty())
    body += html::nothing_here(view("exchange.sources_none"_t));
  else
    body.add(R"(<ul class="list">{}</ul>)", list);
  body.add("<p>{}</p>", html::link_button(Url::in(view, sources_path, "/", new_source),
                                          {.text = view("exchange.source_new"_t)}));
  return http::page(200, settings::frame(view, view("exchange.sources"_t), std::move(body)));
}

Result<http::Response> source_page(const http::Request& request,
                                   db::Read& read,
                                   people::Administrator administrator) {
  if (!settings::may_change(administrator)) return sources_city_only();
  const View view = people::view_of(request, administrator.staff());
  const std::string_view code = request.path_text("source");
  Source source;
  if (code != new_source) {
    auto found = find_source(read, code);
    if (!found) return Error{ErrorKind::not_found, "exchange.error.no_source"_t};
    source = *std::move(found);
  }
  http::Fields fields = code == new_source ? http::Fields() : fields_of(source);
  if (code == new_source) fields.add("on", "1");
  return http::page(200, source_html({view, fields}, code));
}

Result<http::Pending> source_post(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator,
                                  Instant now) {
  if (!settings::may_change(administrator)) return sources_city_only();
  const std::string path_code(request.path_text("source"));
  const bool is_new = path_code == new_source;
  if (!is_new && !find_source(read, path_code))
    return Error{ErrorKind::not_found, "exchange.error.no_source"_t};
  FieldErrors errors;
  const SourceChange change{
      .source = source_typed(request.form,
                             is_new ? settings::typed(request.form, "code") : path_code, errors),
      .seen = std::string(request.form.text("seen")),
      .reason = settings::typed(request.form, "reason")};
  const View view = people::view_of(request, administrator.staff());
  if (const auto fine = check_source_change(read, change, now); !fine.ok())
    for (const FieldError& each : fine.error().fields) errors.add(each.field, each.text);
  if (!errors.empty()) {
    const Error error = errors.take();
    return http::Pending::answer(
        http::page(422, source_html({view, request.form, &error}, path_code)));
  }
  const std::string back(Url::in(view, "/staff/administration").with("done", "1").view());
  return http::Pending::commit(
      [=](db::Write& write) { return change_source(write, administrator, change, now); },
      [&request, administrator, path_code, back](const Result<std::int64_t>& done,
                                                 std::string_view) {
        if (done.ok()) {
          http::forget_kept_answers();
          return http::see_other(back);
        }
        const View again = people::view_of(request, administrator.staff());
        return http::page(settings::status_of_form(done.error()),
                          source_html({again, request.form, &done.error()}, path_code));
      });
}

}  // namespace ln::feedback::administration
