#include "feature/consultation/consultation_pages_source_parts.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"
#include "base/text_key.h"
#include "core/people/people_citizen.h"
#include "engine/merkle/merkle.h"
#include "feature/consultation/consultation_store_answer.h"
#include "platform/db/once.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/http/once_key.h"

namespace ln::consultation::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::size_t refused_shown = 100, letter_chars = 300;

std::string key_of_import(const SourceDesk& desk) {
  return "consultation.import:" + std::to_string(desk.officer.id().value) + ":" + desk.once + ":" +
         desk.mark;
}

constexpr std::string_view refused_mark = "-";
constexpr std::size_t beginning_shown = 60;

// What became of a table: what was taken, and which rows were not.
struct Outcome {
  Imported done{};
  std::vector<RefusedRow> refused{};
};

// "source count time", then a line "- line reason" for each row that was refused, whose words stand
// in the form that is sent again, and a line "line code secret" for each letter.
std::string packed_import(const Imported& done,
                          const std::vector<RefusedRow>& refused,
                          Instant now) {
  std::string out = std::to_string(done.source.value) + " " + std::to_string(done.count) + " " +
                    std::to_string(to_ms(now)) + "\n";
  for (const RefusedRow& each : refused)
    out += std::string(refused_mark) + " " + std::to_string(each.line) + " " +
           std::string(each.why.name()) + "\n";
  for (const Handed& each : done.letters)
    out += std::to_string(each.line) + " " + each.code + " " + each.secret + "\n";
  return out;
}

std::vector<std::string> words_of_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  std::vector<std::string> words;
  while (!line.empty()) {
    const std::size_t to = std::min(line.find(' '), line.size());
    words.emplace_back(line.substr(0, to));
    line.remove_prefix(std::min(to + 1, line.size()));
  }
  return words;
}

// Once letters_again_within is over, without the letters.
std::optional<Outcome> unpacked_import(std::string_view text, Instant now) {
  const auto head = words_of_line(text);
  if (head.size() != 3) return std::nullopt;
  Outcome was{.done = {.source = SourceId{parse_number(head[0]).value_or(0)},
                       .count = parse_number(head[1]).value_or(0)}};
  const bool is_over = now - from_ms(parse_number(head[2]).value_or(0)) > letters_again_within;
  const auto line_in = [](const std::string& word) {
    return static_cast<std::size_t>(parse_number(word).value_or(0));
  };
  while (!text.empty()) {
    const auto words = words_of_line(text);
    if (words.size() != 3) return std::nullopt;
    if (words[0] != refused_mark) {
      if (!is_over) was.done.letters.push_back({line_in(words[0]), words[1], words[2]});
    } else if (const TextKey why = text_key_named(words[2]); !why.is_none()) {
      was.refused.push_back({line_in(words[1]), "", why});
    }
  }
  return was;
}

// Where each row begins, by its line.
std::map<std::size_t, std::string> beginnings_of(const ImportRows& rows) {
  std::map<std::size_t, std::string> all;
  for (const ImportRow& each : rows.rows)
    all.emplace(each.line, first_chars(each.body, beginning_shown));
  for (const RefusedRow& each : rows.refused) all.emplace(each.line, each.beginning);
  return all;
}

// One sheet of paper for one writer.
Fragment letter(const SourceDesk& desk, const Handed& handed, const ImportRow* row) {
  const View view = desk.view();
  const auto code = Code::parse(handed.code);
  if (!code) return {};
  const std::string address =
      view.site->base_url +
      std::string(Url::in(view, "/consultations/comments/", code->text()).view());
  Fragment out = fill(R"(<p><b lang="vi">{}</b></p><p lang="vi">{}</p>)",
                      row == nullptr ? std::string_view() : std::string_view(row->author),
                      row == nullptr ? std::string_view() : std::string_view(row->address));
  out.add(R"(<p>{} <b lang="vi">{}</b></p>)", view("consultation.letter.about"_t), desk.c.title_vi);
  if (row != nullptr)
    out.add(R"(<blockquote lang="vi">{}</blockquote>)", first_chars(row->body, letter_chars));
  out.add(R"(<p>{}</p><p>{} <b class="ref" translate="no">{}</b></p>)",
          view(desk.c.takes_comments(desk.now) ? "consultation.letter.lead"_t
                                               : "consultation.letter.lead_closed"_t),
          view("consultation.sent.code"_t), code->shown());
  out.add(R"(<p>{} <b class="secret" translate="no">{}</b></p><p>{}</p>)",
          view("consultation.sent.secret"_t), people::shown_secret(handed.secret), address);
  return fill(R"(<section class="slip">{}</section>)", out);
}

http::Response done_page(const SourceDesk& desk,
                         const Imported& done,
                         const std::vector<RefusedRow>& refused,
                         const std::map<std::size_t, ImportRow>& rows) {
  const View view = desk.view();
  Fragment body = fill(R"(<h1 class="h-l">{}</h1>)",
                       view.voice.counted("consultation.source.taken"_t, done.count));
  body += refused_part(view, refused);
  body.add(R"(<p class="no-print"><a href="{}">{}</a></p>)", desk.url_of(done.source),
           view("consultation.source.on"_t));
  if (!done.letters.empty()) {
    body.add(R"(<h2 class="h-m no-print">{}</h2><p class="no-print">{}</p>)",
             view.voice.counted("consultation.letter.count"_t, std::ssize(done.letters)),
             view("consultation.letter.once"_t));
    body.add(R"(<p class="no-print"><button type="button" )"
             R"(class="govuk-button govuk-button--secondary" data-print hidden>{}{}</button></p>)",
             html::icon("printer"), view("consultation.letter.print"_t));
    for (const Handed& each : done.letters) {
      const auto row = rows.find(each.line);
      body += letter(desk, each, row == rows.end() ? nullptr : &row->second);
    }
  }
  return source_response(desk, view("consultation.source.title"_t), std::move(body), nullptr, true);
}

std::map<std::size_t, ImportRow> with_address(const std::vector<ImportRow>& rows) {
  std::map<std::size_t, ImportRow> all;
  for (const ImportRow& each : rows)
    if (!each.address.empty()) all.emplace(each.line, each);
  return all;
}

}  // namespace

Result<SourceDesk> source_desk(const http::Request& request,
                               db::Read& read,
                               const people::Officer& officer,
                               Random& random,
                               Instant now) {
  auto c = find(read, ConsultationId{request.path_number("id")});
  if (!c || c->stage == Stage::editing || !may_edit(officer, c->unit_path))
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  const auto version = find_version(read, c->id, c->version);
  auto draft = version ? draft::parse(draft::split(version->text)) : std::nullopt;
  if (!draft) return Error{ErrorKind::not_found, "consultation.error.none"_t};
  SourceDesk desk{.request = request,
                  .officer = officer,
                  .c = *c,
                  .draft = *std::move(draft),
                  .is_decided = find_decision(read, c->id).has_value(),
                  .now = now};
  desk.once = http::once_key(request.form, random);
  return desk;
}

std::string mark_of_words(std::string_view words) {
  return to_hex(merkle::sha256(as_bytes(words)));
}

std::string packed_words(std::initializer_list<std::string_view> fields) {
  std::string out;
  for (const std::string_view each : fields)
    out.append(std::to_string(each.size())).append(" ").append(each);
  return out;
}

http::Response source_response(const SourceDesk& desk,
                               std::string_view title,
                               Fragment body,
                               const Error* error,
                               bool is_once) {
  const View view = desk.view();
  return http::page(
      error == nullptr ? 200 : http::status_of(error->kind),
      html::page(
          view,
          {.title = title,
           .here = "/staff/consultations",
           .body = html::columns(
               {.before = html::breadcrumbs(
                    view,
                    {{view("consultation.title"_t), Url::in(view, "/staff/consultations")},
                     {desk.c.title_vi, Url::in(view, "/staff/consultations/", desk.c.id.value)}},
                    title),
                .body = std::move(body)}),
           .is_staff = true,
           .has_errors = error != nullptr,
           .is_unlisted = true,
           .is_once = is_once}));
}

Fragment refused_part(const View& view, const std::vector<RefusedRow>& refused) {
  if (refused.empty()) return {};
  Fragment list;
  for (std::size_t i = 0; i < refused.size() && i < refused_shown; ++i)
    list.add(R"(<li>{} <q lang="vi">{}</q> {}</li>)",
             view.voice("consultation.source.line"_t,
                        {{"line", view.voice.number(static_cast<std::int64_t>(refused[i].line))}}),
             refused[i].beginning, view(refused[i].why));
  if (refused.size() > refused_shown)
    list.add("<li>{}</li>",
             view.voice.counted("consultation.source.more"_t,
                                static_cast<std::int64_t>(refused.size() - refused_shown)));
  const std::string heading = view.voice.counted("consultation.source.refused"_t,
                                                 static_cast<std::int64_t>(refused.size()));
  return html::note(
      {.kind = html::NoteKind::warn, .heading = heading, .body = fill("<ul>{}</ul>", list)});
}

http::Pending import_pending(const SourceDesk& desk,
                             PreparedImport prepared,
                             std::vector<RefusedRow> refused) {
  std::vector<ImportRow> rows;
  for (const PreparedImport::Row& each : prepared.rows) rows.push_back(each.row);
  const std::vector<RefusedRow> kept = refused;
  return http::Pending::commit(
      [act = desk.act(), prepared = std::move(prepared), key = key_of_import(desk), kept,
       now = desk.now](db::Write& write) -> Result<Imported> {
        if (const auto before = db::Once::find(write, key))
          if (auto was = unpacked_import(*before, now)) return std::move(was->done);
        TRY(Imported done, import_rows(write, act, prepared));
        db::Once::save(write, key, packed_import(done, kept, now), now);
        return done;
      },
      [desk, refused = std::move(refused), rows = with_address(rows)](const Result<Imported>& done,
                                                                      std::string_view) {
        return done.ok() ? done_page(desk, done.value(), refused, rows)
                         : http::error_response(desk.request, done.error());
      });
}

std::optional<http::Response> imported_before(const SourceDesk& desk,
                                              db::Read& read,
                                              const ImportRows& rows) {
  const auto before = db::Once::find(read, key_of_import(desk));
  auto was = before ? unpacked_import(*before, desk.now) : std::nullopt;
  if (!was) return std::nullopt;
  const auto beginnings = beginnings_of(rows);
  for (RefusedRow& each : was->refused)
    if (const auto at = beginnings.find(each.line); at != beginnings.end())
      each.beginning = at->second;
  return done_page(desk, was->done, was->refused, with_address(rows.rows));
}

}  // namespace ln::consultation::staff
