#include "feature/consultation/consultation_pages_source.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "engine/text/text.h"
#include "feature/consultation/consultation_pages_source_parts.h"
#include "feature/consultation/consultation_store_source.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/http_parse.h"
#include "platform/office/office_xlsx.h"

namespace ln::consultation::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t sources_on_page = 50;
constexpr std::size_t preview_rows = 20, preview_chars = 200;

// What was typed about a source, and the table that was read or pasted.
struct SourceForm {
  SourceTyped typed{};
  std::string day{}, text{};
  bool takes_equal = false;
};

Error beside_file(ErrorKind kind, TextKey text) { return {kind, text, {{"file", text}}}; }

// As it is written, unlike csv::append_cell(): this text is read by us alone, and words that begin
// with a hyphen stay as they are.
void add_quoted(std::string& out, bool is_first, std::string_view cell) {
  out += is_first ? "\"" : ",\"";
  for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  out += '"';
}

// A spreadsheet as the text that the form shows, so that rows can be mended where they stand.
Result<std::string> csv_of_sheet(std::string_view bytes) {
  const auto rows = office::read_xlsx(bytes);
  if (!rows.ok()) return beside_file(rows.error().kind, rows.error().text);
  std::string out;
  std::size_t columns = 0;
  for (const office::XlsxRow& row : rows.value()) columns = std::max(columns, row.cells.size());
  for (const office::XlsxRow& row : rows.value()) {
    for (std::size_t i = 0; i < columns; ++i)
      add_quoted(out, i == 0, i < row.cells.size() ? std::string_view(row.cells[i]) : "");
    out += '\n';
  }
  return out;
}

// Of a file that was sent, else of the field.
Result<std::string> table_in(const http::Request& request) {
  for (const http::Upload& each : request.uploads) {
    if (each.field != "file" || each.size == 0) continue;
    if (each.size > rows_file_size_max)
      return beside_file(ErrorKind::too_large, "consultation.error.file_large"_t);
    std::ifstream file(each.path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (bytes.starts_with("PK\x03\x04")) return csv_of_sheet(bytes);
    if (!is_utf8(bytes) || bytes.find('\0') != std::string::npos)
      return beside_file(ErrorKind::invalid, "consultation.error.rows_utf8"_t);
    return text::to_nfc(bytes);
  }
  return std::string(request.form.text("text"));
}

SourceForm source_form_in(const http::Fields& form) {
  SourceForm out{.typed = {.kind = std::string(form.text("kind")),
                           .name = std::string(form.text("name")),
                           .reference = std::string(form.text("reference")),
                           .received_by = std::string(form.text("received_by"))},
                 .day = std::string(form.text("received_on")),
                 .takes_equal = form.has("takes_equal")};
  out.typed.received_on = http::parse_day(out.day);
  return out;
}

Fragment line_field(const View& view,
                    const Error* error,
                    std::string_view name,
                    std::string_view label,
                    std::string_view hint,
                    const std::string& value,
                    std::string_view type = "text") {
  return html::input(view, {.name = name,
                            .label = {label},
                            .hint = hint,
                            .error = html::error_for(view, error, name),
                            .value = value,
                            .type = type});
}

Fragment about_source(const View& view, const SourceForm& form, const Error* error) {
  html::Choices kinds{.name = "kind",
                      .legend = {view("consultation.source.kind"_t)},
                      .error = html::error_for(view, error, "kind"),
                      .choices = {},
                      .values = {form.typed.kind}};
  for (const SourceKind each : imported_kinds)
    kinds.choices.push_back({.value = to_text(each), .text = view(key_of(each))});
  Fragment out = html::radios(view, kinds);
  out += line_field(view, error, "name", view("consultation.source.name"_t),
                    view("consultation.source.name_hint"_t), form.typed.name);
  out += line_field(view, error, "reference", view("consultation.source.reference"_t),
                    view("consultation.source.reference_hint"_t), form.typed.reference);
  out += line_field(view, error, "received_on", view("consultation.source.received_on"_t), "",
                    form.day, "date");
  out += line_field(view, error, "received_by", view("consultation.source.received_by"_t), "",
                    form.typed.received_by);
  return out;
}

// What would be taken, the first rows of it, and what would not.
Fragment preview(const SourceDesk& desk, const ImportRows& rows) {
  const View view = desk.view();
  const html::Column columns[] = {{view("consultation.source.line_title"_t)},
                                  {view("consultation.table.place"_t)},
                                  {view("consultation.table.content"_t)},
                                  {view("consultation.source.author"_t)}};
  Fragment out = fill(R"(<h2 class="h-m" id="preview">{}</h2>)",
                      view.voice.counted("consultation.source.would_take"_t,
                                         static_cast<std::int64_t>(rows.rows.size())));
  out += refused_part(view, rows.refused);
  std::string unread;
  for (const std::string& each : rows.unread) unread += (unread.empty() ? "" : ", ") + each;
  if (!unread.empty())
    out.add("<p>{}</p>", view.voice("consultation.source.unread"_t, {{"titles", unread}}));
  if (rows.rows.empty()) return out;
  Fragment lines;
  for (std::size_t i = 0; i < rows.rows.size() && i < preview_rows; ++i) {
    const ImportRow& row = rows.rows[i];
    Fragment cells;
    html::add_head_cell(cells, fill("{}", view.voice.number(static_cast<std::int64_t>(row.line))));
    html::add_cell(cells, columns[1], cited(view, row.clause));
    html::add_cell(cells, columns[2],
                   fill(R"(<span lang="vi">{}</span>)", first_chars(row.body, preview_chars)));
    html::add_cell(cells, columns[3], fill(R"(<span lang="vi">{}</span>)", row.author));
    lines.add("<tr>{}</tr>", cells);
  }
  out += html::table({.caption = view("consultation.source.first_rows"_t),
                      .columns = columns,
                      .rows = std::move(lines)});
  return out;
}

Fragment new_source_form(const SourceDesk& desk,
                         const SourceForm& form,
                         const Error* error,
                         const ImportRows* rows) {
  const View view = desk.view();
  Fragment body = about_source(view, form, error);
  body += html::file_upload(
      view, {.name = "file",
             .label = {.text = view("consultation.source.file"_t), .is_optional = true},
             .hint = view("consultation.source.file_hint"_t),
             .error = html::error_for(view, error, "file"),
             .accept = ".csv,.xlsx,text/csv",
             .size_max = rows_file_size_max,
             .files_max = 1});
  body += html::textarea(
      view, {.name = "text",
             .label = {.text = view("consultation.source.text"_t), .is_optional = true},
             .hint = view("consultation.source.text_hint"_t),
             .error = html::error_for(view, error, "text"),
             .value = form.text,
             .rows = 10,
             .spellcheck = false});
  body += html::checkboxes(view, {.name = "takes_equal",
                                  .choices = {{.value = "1",
                                               .text = view("consultation.source.equal"_t),
                                               .hint = view("consultation.source.equal_hint"_t),
                                               .is_checked = form.takes_equal}}});
  body += html::hidden("once", desk.once);
  body += html::button(
      {.text = view("consultation.source.check"_t),
       .kind = rows == nullptr ? html::ButtonKind::primary : html::ButtonKind::secondary,
       .name = "step",
       .value = "check"});
  if (rows != nullptr)
    body += html::button({.text = view("consultation.source.keep"_t),
                          .name = "step",
                          .value = "keep",
                          .once = true});
  return html::form(view, {.action = desk.url(), .body = std::move(body), .is_multipart = true});
}

Fragment sources_table(const SourceDesk& desk, db::Read& read) {
  const View view = desk.view();
  auto all = sources_of(read, desk.c.id, desk.request.query.number("before").value_or(0),
                        sources_on_page + 1);
  if (all.empty()) return html::nothing_here(view("consultation.source.none"_t));
  const bool has_more = std::ssize(all) > sources_on_page;
  if (has_more) all.pop_back();
  const html::Column columns[] = {{view("consultation.source.name"_t)},
                                  {view("consultation.source.kind"_t)},
                                  {view("consultation.source.received_on"_t)},
                                  {view("consultation.count"_t), true}};
  Fragment rows;
  for (const CountedSource& each : all) {
    Fragment cells;
    html::add_head_cell(cells, fill(R"(<a href="{}" lang="vi">{}</a>)", desk.url_of(each.source.id),
                                    each.source.name));
    html::add_cell(cells, columns[1], view(key_of(each.source.kind)));
    html::add_cell(cells, columns[2], view.voice.date(each.source.received_on));
    html::add_cell(cells, columns[3], view.voice.number(each.comments));
    rows.add("<tr>{}</tr>", cells);
  }
  Fragment out = html::table({.caption = view("consultation.source.title"_t),
                              .columns = columns,
                              .rows = std::move(rows)});
  if (has_more)
    out += html::pager(view, {.next = desk.url().with("before", all.back().source.id.value)});
  return out;
}

http::Response show_sources(const SourceDesk& desk,
                            db::Read& read,
                            const SourceForm& form,
                            const Error* error,
                            const ImportRows* rows) {
  const View view = desk.view();
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("consultation.source.title"_t),
           view("consultation.source.lead"_t));
  if (rows == nullptr && error == nullptr) body += sources_table(desk, read);
  if (rows != nullptr) body += preview(desk, *rows);
  if (!desk.is_decided) {
    body.add(R"(<h2 class="h-m">{}</h2>)", view("consultation.source.new"_t));
    body += new_source_form(desk, form, error, rows);
  }
  return source_response(desk, view("consultation.source.title"_t), std::move(body), error);
}

// What is sent, checked: the source, and its rows; no rows when no table was given.
struct Taken {
  Source source;
  ImportRows rows{};
};
Result<Taken> take_source(const SourceDesk& desk, db::Read& read, SourceForm& form) {
  TRY(form.text, table_in(desk.request));
  TRY(Source source, check_source(form.typed, desk.c, local_day(desk.now)));
  Taken taken{.source = std::move(source)};
  if (trimmed(form.text).empty()) return taken;
  TRY(taken.rows, read_rows(form.text, desk.draft));
  refuse_equal(read, desk.c.id, taken.rows, form.takes_equal);
  return taken;
}

}  // namespace

Result<http::Response> sources_page(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer,
                                    Random& random,
                                    Instant now) {
  TRY(const SourceDesk desk, source_desk(request, read, officer, random, now));
  SourceForm form;
  form.typed.received_by = officer.name();
  return show_sources(desk, read, form, nullptr, nullptr);
}

Result<http::Pending> sources_post(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Random& random,
                                   Instant now) {
  TRY(SourceDesk desk, source_desk(request, read, officer, random, now));
  SourceForm form = source_form_in(request.form);
  const auto text = table_in(request);
  desk.mark = mark_of_words(packed_words(
      {form.typed.kind, form.typed.name, form.typed.reference, form.typed.received_by, form.day,
       form.takes_equal ? "equal" : "", text.ok() ? text.value() : std::string()}));
  if (text.ok() && request.form.text("step") == "keep") {
    const auto rows = read_rows(text.value(), desk.draft);
    if (auto before = imported_before(desk, read, rows.ok() ? rows.value() : ImportRows()))
      return http::Pending::answer(*std::move(before));
  }
  const auto taken = take_source(desk, read, form);
  if (!taken.ok())
    return http::Pending::answer(show_sources(desk, read, form, &taken.error(), nullptr));
  const ImportRows& rows = taken.value().rows;
  if (request.form.text("step") != "keep")
    return http::Pending::answer(show_sources(desk, read, form, nullptr, &rows));
  TRY(PreparedImport prepared,
      prepare_import(read, desk.act(), taken.value().source, rows, form.takes_equal, random));
  return import_pending(desk, std::move(prepared), rows.refused);
}

}  // namespace ln::consultation::staff
