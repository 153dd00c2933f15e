#include "feature/feedback/feedback_pages_foreign.h"

#include <string>

#include "base/text.h"
#include "core/settings/settings_pages_parts.h"
#include "feature/feedback/feedback_store_foreign.h"
#include "platform/file/file.h"
#include "platform/html/charts.h"
#include "platform/html/parts.h"

namespace ln::feedback::exchange {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::string_view import_path = "/staff/exchange/import";
constexpr std::size_t troubles_shown_max = 200, fresh_shown_max = 50;
// A field of a form holds less than a file may: the file goes back in pieces.
constexpr std::size_t piece_size_max = 200u << 10;

std::string import_html(const View& view, Fragment inside, const Error* error) {
  Fragment body = html::back_link(view, Url::in(view, "/staff/exchange"));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>{})", view("exchange.import"_t),
           view("exchange.import_lead"_t), inside);
  return settings::frame(view, view("exchange.import"_t), std::move(body), error != nullptr);
}

std::vector<Source> sources_on(db::Read& read) {
  std::vector<Source> all = all_sources(read);
  std::erase_if(all, [](const Source& each) { return !each.is_on; });
  return all;
}

Fragment upload_form(const settings::Filled& form, const std::vector<Source>& sources) {
  const View& view = form.view;
  if (sources.empty()) return html::nothing_here(view("exchange.no_sources"_t));
  html::Select select{.name = "source",
                      .label = {view("exchange.source"_t)},
                      .error = html::error_for(view, form.error, "source"),
                      .value = form.typed.text("source")};
  for (const Source& each : sources) select.options.push_back({each.code, each.name});
  Fragment fields = html::select(view, select);
  fields += html::file_upload(view, {.name = "file",
                                     .label = {view("exchange.file"_t)},
                                     .hint = view("exchange.file_hint"_t),
                                     .error = html::error_for(view, form.error, "file"),
                                     .accept = ".csv,.txt,text/csv",
                                     .size_max = static_cast<std::int64_t>(foreign_file_size_max)});
  fields += html::button({.text = view("settings.file_preview"_t)});
  return html::form(
      view,
      {.action = Url::in(view, import_path), .body = std::move(fields), .is_multipart = true});
}

Fragment troubles_note(const View& view, const std::vector<ForeignTrouble>& troubles) {
  Fragment list;
  std::size_t shown = 0;
  for (const ForeignTrouble& each : troubles) {
    if (++shown > troubles_shown_max) break;
    const std::string what =
        (each.code.empty() ? std::string() : each.code + ": ") + std::string(view(each.what));
    list.add("<li>{}</li>", view.voice("settings.file_line"_t,
                                       {{"line", std::to_string(each.line)}, {"what", what}}));
  }
  return html::note({.kind = html::NoteKind::warn,
                     .heading = view.voice.counted("exchange.troubles"_t, std::ssize(troubles)),
                     .body = html::fill("<ul>{}</ul>", list)});
}

Fragment fresh_table(const View& view, const ForeignPlan& plan) {
  const html::Column columns[] = {{view("exchange.column.code"_t)},
                                  {view("feedback.staff.column_what"_t)},
                                  {view("exchange.column.received"_t)},
                                  {view("feedback.staff.column_due"_t)}};
  Fragment rows;
  std::size_t shown = 0;
  for (const ForeignCase& each : plan.fresh) {
    if (++shown > fresh_shown_max) break;
    const Feedback& f = each.prepared.feedback;
    Fragment row;
    html::add_head_cell(row, html::code(each.row.code));
    html::add_cell(row, columns[1], html::fill(R"(<span lang="vi">{}</span>)", f.title));
    html::add_cell(row, columns[2], html::moment(view, each.row.received_at));
    html::add_cell(row, columns[3], html::moment(view, f.due_at));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table(
      {.caption = view("exchange.fresh"_t), .columns = columns, .rows = std::move(rows)});
}

// How much of `left` goes into one field: whole lines, or else whole characters.
std::size_t piece_size(std::string_view left) {
  if (left.size() <= piece_size_max) return left.size();
  const std::size_t line = left.rfind('\n', piece_size_max - 1);
  if (line != std::string_view::npos) return line + 1;
  std::size_t size = piece_size_max;
  while (size > 1 && (static_cast<unsigned char>(left[size]) & 0xC0U) == 0x80U) --size;
  return size;
}

// Finished there and open here: nothing is closed by a file, so each is somebody's to look at.
Fragment settle_note(const View& view, const ForeignPlan& plan) {
  Fragment list;
  for (const Feedback& each : plan.to_settle)
    list.add(
        R"(<li><a href="{}"><span translate="no">{}</span> <span lang="vi">{}</span></a></li>)",
        Url::in(view, "/staff/feedback/", each.code.text()), each.code.shown(), each.title);
  return html::note(
      {.kind = html::NoteKind::warn,
       .heading = view("exchange.settle"_t),
       .body = html::fill("<p>{}</p><ul>{}</ul>", view("exchange.settle_lead"_t), list)});
}

// What would become of the file, and the button that does it.
Fragment plan_html(const View& view,
                   const ForeignPlan& plan,
                   const Source& source,
                   const std::string& text) {
  const auto count = [&](std::size_t number) {
    return view.voice.number(static_cast<std::int64_t>(number));
  };
  const std::string fresh = count(plan.fresh.size() + plan.later_count),
                    here = count(plan.here_count), over = count(plan.over_count),
                    troubles = count(plan.troubles.size());
  Fragment out;
  out.add(R"(<h2 class="h-m">{}</h2><p>{}</p>)", source.name,
          view.voice("exchange.counts"_t,
                     {{"fresh", fresh}, {"here", here}, {"over", over}, {"troubles", troubles}}));
  if (!plan.troubles.empty()) out += troubles_note(view, plan.troubles);
  if (!plan.to_settle.empty()) out += settle_note(view, plan);
  if (plan.fresh.empty()) {
    out.add(R"(<p><b>{}</b></p>)", view("exchange.nothing_fresh"_t));
    return out;
  }
  out += fresh_table(view, plan);
  const std::string now = count(plan.fresh.size());
  if (plan.later_count > 0) out.add("<p>{}</p>", view.voice("exchange.later"_t, {{"count", now}}));
  out.add("<p>{}</p>", view("exchange.clock"_t));
  Fragment fields = html::hidden("apply", "1");
  fields += html::hidden("source", source.code);
  for (std::string_view left = text; !left.empty();) {
    const std::size_t size = piece_size(left);
    fields += html::hidden("text", left.substr(0, size));
    left.remove_prefix(size);
  }
  const std::string words(view.voice("exchange.apply"_t, {{"count", now}}));
  fields += html::button({.text = words, .once = true});
  out += html::form(
      view,
      {.action = Url::in(view, import_path), .body = std::move(fields), .is_multipart = true});
  return out;
}

std::string text_sent(const http::Request& request) {
  if (request.form.has("apply")) {
    std::string text;
    for (const std::string_view piece : request.form.all("text")) text += piece;
    return text;
  }
  for (const http::Upload& upload : request.uploads) {
    if (upload.field != "file" || upload.size == 0) continue;
    // What is too long is told as such, without reading it.
    if (upload.size > static_cast<std::int64_t>(foreign_file_size_max))
      return std::string(foreign_file_size_max + 1, ' ');
    return file::read_file(upload.path, foreign_file_size_max).value_or("");
  }
  return {};
}

struct Read {
  Source source;
  ForeignFile file{};
};
// The file as its source reads it, or what is wrong beside "source" and "file".
Result<Read> read_sent(const http::Request& request,
                       db::Read& read,
                       const std::string& text,
                       Instant now) {
  auto source = find_source(read, request.form.text("source"));
  if (!source || !source->is_on)
    return Error{ErrorKind::invalid,
                 "exchange.error.source_off"_t,
                 {{"source", "exchange.error.source_off"_t}}};
  TRY(ForeignFile file, read_foreign(text, *source, now));
  return Read{*std::move(source), std::move(file)};
}

http::Response refused(const http::Request& request,
                       const Importer& importer,
                       const std::vector<Source>& sources,
                       const Error& error) {
  const View view = people::view_of(request, importer.staff());
  return http::page(settings::status_of_form(error),
                    import_html(view, upload_form({view, request.form, &error}, sources), &error));
}

}  // namespace

Result<http::Response> import_page(const http::Request& request,
                                   db::Read& read,
                                   Importer importer) {
  const View view = people::view_of(request, importer.staff());
  Fragment inside;
  if (const auto done = request.query.number("done")) {
    Fragment words = html::fill("<p>{}</p>", view.voice.counted("exchange.done"_t, *done));
    if (request.query.number("later").value_or(0) > 0)
      words.add("<p>{}</p>", view("exchange.done_later"_t));
    inside += html::note({.kind = html::NoteKind::ok, .body = std::move(words), .is_status = true});
  }
  inside += upload_form({view, request.query}, sources_on(read));
  if (const auto administrator = people::Administrator::of(importer.staff());
      administrator && settings::may_change(*administrator))
    inside.add(R"(<p class="sp"><a href="{}">{}</a></p>)",
               Url::in(view, "/staff/administration/sources"), view("exchange.sources"_t));
  return http::page(200, import_html(view, std::move(inside), nullptr));
}

Result<http::Pending> import_post(
    const http::Request& request, db::Read& read, Random& random, Importer importer, Instant now) {
  auto sources = sources_on(read);
  const std::string text = text_sent(request);
  auto sent = read_sent(request, read, text, now);
  if (!sent.ok()) return http::Pending::answer(refused(request, importer, sources, sent.error()));
  const Source& source = sent.value().source;
  ForeignPlan plan = plan_foreign(read, importer, source, sent.value().file, random, now);
  const View view = people::view_of(request, importer.staff());
  if (!request.form.has("apply") || plan.fresh.empty())
    return http::Pending::answer(
        http::page(200, import_html(view, plan_html(view, plan, source, text), nullptr)));
  const Url back = Url::in(view, import_path)
                       .with("source", source.code)
                       .with("later", static_cast<std::int64_t>(plan.later_count));
  return http::Pending::commit(
      [importer, source, fresh = std::move(plan.fresh), now](db::Write& write) {
        return bring_in(write, importer, source, fresh, now);
      },
      [&request, importer, sources = std::move(sources), back](const Result<std::int64_t>& done,
                                                               std::string_view) {
        if (!done.ok()) return refused(request, importer, sources, done.error());
        return http::see_other(std::string(back.with("done", done.value()).view()));
      });
}

}  // namespace ln::feedback::exchange
