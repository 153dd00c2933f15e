// Taking in households from a file, and their letters, which are printed once.
#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "feature/project/project_actions.h"
#include "feature/project/project_pages_parts.h"
#include "feature/project/project_pages_staff.h"
#include "platform/db/once.h"
#include "platform/file/file.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"
#include "platform/http/once_key.h"

namespace ln::project::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::size_t refused_shown = 200;

Url files_url(const View& view, ProjectId id) {
  return Url::in(view, "/staff/projects/", id.value, "/files");
}

http::Response framed_files(
    const View& view, const Project& p, Fragment inside, const Error* error, bool is_once) {
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="no-print"><a href="{}" lang="vi">{}</a></p>{})",
           view("project.files.title"_t), Url::in(view, "/staff/projects/", p.id.value), p.name_vi,
           inside);
  return http::form_page(view, {.title = view("project.files.title"_t),
                                .here = "/staff/projects",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true,
                                .is_once = is_once});
}

Fragment choose_form(const View& view, const Project& p, std::string_view wrong) {
  Fragment out =
      fill(R"(<p>{}</p><p class="hash" translate="no">{}</p>)", view("project.files.lead"_t),
           "ho,chu_ho,dia_chi,thua_dat,dien_tich,loai_dat,vat_kien_truc,ho_tro");
  Fragment fields = html::hidden("step", "check");
  fields += html::file_upload(view, {.name = "file",
                                     .label = {view("project.files.choose"_t)},
                                     .hint = view("project.files.choose_hint"_t),
                                     .error = wrong,
                                     .accept = ".csv,.txt",
                                     .size_max = static_cast<std::int64_t>(file_size_max)});
  fields += html::button({.text = view("project.files.check"_t)});
  out += html::form(
      view, {.action = files_url(view, p.id), .body = std::move(fields), .is_multipart = true});
  return out;
}

Fragment refused_part(const View& view, const Import& file) {
  if (file.refused.empty()) return {};
  Fragment list;
  std::size_t shown = 0;
  for (const Refused& each : file.refused) {
    if (++shown > refused_shown) break;
    list.add("<li>{}</li>",
             view.voice("project.files.row"_t,
                        {{"row", view.voice.number(static_cast<std::int64_t>(each.row))},
                         {"number", each.number.empty() ? "–" : each.number},
                         {"why", view(each.why)}}));
  }
  return html::note(
      {.kind = html::NoteKind::stop,
       .heading = view.voice.counted("project.files.refused"_t, std::ssize(file.refused)),
       .body = fill("<p>{}</p><ul>{}</ul>", view("project.files.refused_lead"_t), list)});
}

// What the file would bring, and the button that brings it.
Fragment preview(const View& view,
                 const Project& p,
                 const Import& file,
                 const std::string& text,
                 const std::string& once) {
  Fragment out = refused_part(view, file);
  out.add(R"(<h2 class="h-m">{}</h2>)",
          view.voice.counted("project.files.found"_t, std::ssize(file.entries)));
  if (file.entries.empty()) return out;
  const html::Column columns[] = {{view("project.own.number"_t)},
                                  {view("project.own.holder"_t)},
                                  {view("project.files.parcels"_t)},
                                  {view("project.line.total"_t), true}};
  Fragment rows;
  for (const Entry& each : file.entries) {
    Fragment row, parcels;
    std::int64_t total = 0;
    for (const Line& line : each.lines) {
      parcels.add(R"(<span lang="vi">{}</span> ({}) )", line.parcel,
                  area_text(view, line.amounts.area));
      total += line.amounts.total();
    }
    html::add_head_cell(row, html::code(each.number));
    html::add_cell(row, columns[1], fill(R"(<span lang="vi">{}</span>)", each.holder));
    html::add_cell(row, columns[2], parcels);
    html::add_cell(row, columns[3], dong_text(view, total));
    rows.add("<tr>{}</tr>", row);
  }
  out += html::table(
      {.caption = view("project.files.preview"_t), .columns = columns, .rows = std::move(rows)});
  Fragment fields = html::hidden("step", "keep");
  fields += html::hidden("once", once);
  fields += html::hidden("revision", std::to_string(p.revision));
  fields += html::hidden("text", text);
  fields.add("<p>{}</p>", view("project.files.letters_lead"_t));
  fields += html::button({.text = view("project.files.keep"_t), .once = true});
  out += html::form(
      view, {.action = files_url(view, p.id), .body = std::move(fields), .is_multipart = true});
  return out;
}

// "CODE SECRET NUMBER" for each household: what is kept sealed under the token of the form, so that
// sending it again prints the same letters. The name is not kept again.
std::string packed_letters(const std::vector<Letter>& letters) {
  std::string text;
  for (const Letter& each : letters)
    text += each.household.code->text() + " " + each.secret + " " + each.household.number + "\n";
  return text;
}

// Of what was printed before, the letters that still open something: not of a file that was erased,
// nor of one whose household took a secret of its own.
std::string still_open(db::Read& read, std::string_view packed) {
  std::string text;
  while (!packed.empty()) {
    const std::size_t size = std::min(packed.find('\n'), packed.size() - 1) + 1;
    const std::string_view row = packed.substr(0, size);
    packed.remove_prefix(size);
    const auto code = Code::parse(row.substr(0, row.find(' ')));
    const auto household = code ? find_household(read, *code) : std::nullopt;
    if (household && !household->erased_at && !household->is_own) text += row;
  }
  return text;
}

Fragment letters_page(const View& view, const Project& p, std::string_view packed) {
  Fragment out = fill(
      R"(<p class="no-print">{}</p><p class="no-print">)"
      R"(<button type="button" class="govuk-button" data-print hidden>{}{}</button></p>)",
      view("project.letter.print_lead"_t), html::icon("printer"), view("project.letter.print"_t));
  while (!packed.empty()) {
    const std::size_t end = std::min(packed.find('\n'), packed.size());
    const std::string_view row = packed.substr(0, end);
    packed.remove_prefix(std::min(end + 1, packed.size()));
    const std::size_t first = row.find(' '), second = row.find(' ', first + 1);
    if (second == std::string_view::npos) continue;
    const auto code = Code::parse(row.substr(0, first));
    if (!code) continue;
    out += letter_slip(view, p,
                       {.code = *code,
                        .secret = row.substr(first + 1, second - first - 1),
                        .number = row.substr(second + 1),
                        .body = view("project.letter.body"_t)});
  }
  return out;
}

Result<Project> project_to_fill(const http::Request& request,
                                db::Read& read,
                                const people::Officer& officer) {
  auto p = find(read, ProjectId{request.path_number("id")});
  if (!p || !may_import(read, officer, *p))
    return Error{ErrorKind::not_found, "project.error.none"_t};
  return *std::move(p);
}

std::string text_sent(const http::Request& request) {
  for (const http::Upload& each : request.uploads) {
    if (each.field != "file" || each.size == 0) continue;
    // A larger one holds only its beginning; one byte too many tells.
    if (each.size > static_cast<std::int64_t>(file_size_max))
      return std::string(file_size_max + 1, ' ');
    return file::read_file(each.path, file_size_max).value_or("");
  }
  return std::string(request.form.text("text"));
}

}  // namespace

Result<http::Response> files_page(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer) {
  TRY(const Project p, project_to_fill(request, read, officer));
  const View view = people::view_of(request, officer.staff());
  const auto refused = [&](TextKey why) {
    return framed_files(
        view, p, html::note({.kind = html::NoteKind::warn, .body = fill("<p>{}</p>", view(why))}),
        nullptr, false);
  };
  if (prices_in_force(read, p.id).empty()) return refused("project.files.no_prices"_t);
  if (const auto may = may_take_in(rounds_of(read, p.id)); !may.ok())
    return refused(may.error().text);
  return framed_files(view, p, choose_form(view, p, {}), nullptr, false);
}

Result<http::Pending> files_post(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Random& random,
                                 Instant now) {
  TRY(const Project p, project_to_fill(request, read, officer));
  const View view = people::view_of(request, officer.staff());
  const std::string once = http::once_key(request.form, random);
  const std::string key = "project.files:" + std::to_string(p.id.value) + ":" +
                          std::to_string(officer.id().value) + ":" + once;
  if (const auto before = db::Once::find(read, key))
    return http::Pending::answer(
        framed_files(view, p, letters_page(view, p, still_open(read, *before)), nullptr, true));
  const std::string text = text_sent(request);
  const auto file = read_file(text, prices_in_force(read, p.id), numbers_of(read, p.id));
  if (!file.ok()) {
    const std::string_view wrong = view(file.error().text);
    return http::Pending::answer(
        framed_files(view, p, choose_form(view, p, wrong), &file.error(), false));
  }
  if (request.form.text("step") != "keep" || file.value().entries.empty())
    return http::Pending::answer(
        framed_files(view, p, preview(view, p, file.value(), text, once), nullptr, false));
  const OfficeAct act{.officer = officer,
                      .id = p.id,
                      .revision = request.form.number("revision").value_or(0),
                      .salts = {},
                      .now = now};
  TRY(const std::vector<Letter> letters, prepare_letters(act, p, file.value(), random));
  return http::Pending::commit(
      [act, letters, key, now](db::Write& write) -> Result<std::string> {
        if (const auto before = db::Once::find(write, key)) return still_open(write, *before);
        TRY(const std::vector<Letter> made, take_in(write, act, letters));
        std::string packed = packed_letters(made);
        db::Once::save(write, key, packed, now);
        return packed;
      },
      [&request, officer, p](const Result<std::string>& packed, std::string_view) {
        if (!packed.ok()) return http::error_response(request, packed.error());
        const View again = people::view_of(request, officer.staff());
        return framed_files(again, p, letters_page(again, p, packed.value()), nullptr, true);
      });
}

}  // namespace ln::project::staff
