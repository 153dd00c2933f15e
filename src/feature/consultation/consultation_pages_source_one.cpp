// One source at the desk: where it came from, its comments, and one more that is typed.
#include <utility>

#include "base/text.h"
#include "feature/consultation/consultation_pages_source.h"
#include "feature/consultation/consultation_pages_source_parts.h"
#include "feature/consultation/consultation_store_source.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::consultation::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t comments_of_source = 20;

Result<Source> source_in(const SourceDesk& desk, db::Read& read) {
  auto source = find_source(read, SourceId{desk.request.path_number("number")});
  if (!source || source->consultation != desk.c.id || source->kind == SourceKind::invited)
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  return *std::move(source);
}

Fragment facts_of(const SourceDesk& desk, const Source& source) {
  const View view = desk.view();
  std::vector<html::Fact> facts = {
      {view("consultation.source.kind"_t), fill("{}", view(key_of(source.kind)))},
      {view("consultation.source.received_on"_t), html::day(view, source.received_on)},
      {view("consultation.source.received_by"_t),
       fill(R"(<span lang="vi">{}</span>)", source.received_by)}};
  if (!source.reference.empty())
    facts.push_back({view("consultation.source.reference"_t), fill("{}", source.reference)});
  Fragment out = html::facts(facts);
  if (desk.c.closes_on && source.received_on > *desk.c.closes_on)
    out += html::note({.kind = html::NoteKind::warn,
                       .body = fill("<p>{}</p>", view("consultation.source.late"_t))});
  return out;
}

Fragment row_form(const SourceDesk& desk,
                  const Source& source,
                  const ImportRow& row,
                  const Error* error) {
  const View view = desk.view();
  const auto line = [&](std::string_view name, TextKey label, TextKey hint,
                        const std::string& value) {
    return html::input(view, {.name = name,
                              .label = {.text = view(label), .is_optional = true},
                              .hint = hint.is_none() ? std::string_view() : view(hint),
                              .error = html::error_for(view, error, name),
                              .value = value});
  };
  Fragment body =
      line("clause", "consultation.table.place"_t, "consultation.source.place_hint"_t, row.clause);
  body += html::textarea(view, {.name = "body",
                                .label = {view("consultation.table.content"_t)},
                                .error = html::error_for(view, error, "body"),
                                .value = row.body,
                                .chars_max = static_cast<int>(body_chars_max)});
  body += html::textarea(
      view, {.name = "wording",
             .label = {.text = view("consultation.form.wording"_t), .is_optional = true},
             .error = html::error_for(view, error, "wording"),
             .value = row.wording,
             .rows = 3,
             .chars_max = static_cast<int>(wording_chars_max)});
  body += line("author", "consultation.source.author"_t, "consultation.source.author_hint"_t,
               row.author);
  body += line("address", "consultation.source.address"_t, "consultation.source.address_hint"_t,
               row.address);
  body += html::checkboxes(view, {.name = "takes_equal",
                                  .choices = {{.value = "1",
                                               .text = view("consultation.source.equal"_t),
                                               .hint = view("consultation.source.equal_hint"_t)}}});
  body += html::hidden("once", desk.once);
  body += html::button({.text = view("consultation.source.add"_t), .once = true});
  return html::form(view, {.action = desk.url_of(source.id), .body = std::move(body)});
}

http::Response show_source(const SourceDesk& desk,
                           db::Read& read,
                           const Source& source,
                           const ImportRow& row,
                           const Error* error) {
  const View view = desk.view();
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l" lang="vi">{}</h1>)", source.name);
  body += facts_of(desk, source);
  if (!desk.is_decided) {
    body.add(R"(<h2 class="h-m">{}</h2>)", view("consultation.source.add_title"_t));
    body += row_form(desk, source, row, error);
  }
  auto comments = comments_from(read, source.id, desk.request.query.number("after").value_or(0),
                                comments_of_source + 1);
  body.add(R"(<h2 class="h-m" id="said">{}</h2>)", view("consultation.point.comments"_t));
  if (comments.empty()) {
    body += html::nothing_here(view("consultation.nothing_said"_t));
  } else {
    const bool has_more = std::ssize(comments) > comments_of_source;
    if (has_more) comments.pop_back();
    body.add(R"(<ul class="plain">{}</ul>)", [&](Fragment& list) {
      for (const Comment& each : comments) {
        const auto imported = find_imported(read, each.id);
        const bool has_author = imported && !imported->author.empty();
        list += comment_item(
            view, each, desk.c.version,
            has_author ? fill(R"(<p class="small muted">{} <span lang="vi">{}</span></p>)",
                              view("consultation.source.author"_t), imported->author)
                       : Fragment());
      }
    });
    if (has_more)
      body += html::pager(
          view,
          {.next = desk.url_of(source.id).with("after", comments.back().id.value).at("said")});
  }
  return source_response(desk, source.name, std::move(body), error);
}

}  // namespace

Result<http::Response> source_page(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Random& random,
                                   Instant now) {
  TRY(const SourceDesk desk, source_desk(request, read, officer, random, now));
  TRY(const Source source, source_in(desk, read));
  return show_source(desk, read, source, {}, nullptr);
}

Result<http::Pending> source_post(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Random& random,
                                  Instant now) {
  TRY(SourceDesk desk, source_desk(request, read, officer, random, now));
  TRY(const Source source, source_in(desk, read));
  const auto of = [&](std::string_view name) { return std::string(request.form.text(name)); };
  const ImportRow typed{.clause = of("clause"),
                        .body = of("body"),
                        .wording = of("wording"),
                        .author = of("author"),
                        .address = of("address")};
  const bool takes_equal = request.form.has("takes_equal");
  desk.mark = mark_of_words(
      packed_words({std::to_string(source.id.value), typed.clause, typed.body, typed.wording,
                    typed.author, typed.address, takes_equal ? "equal" : ""}));
  const auto row = check_row(typed, desk.draft);
  if (!row.ok()) return http::Pending::answer(show_source(desk, read, source, typed, &row.error()));
  ImportRows rows{.rows = {row.value()}};
  if (auto before = imported_before(desk, read, rows))
    return http::Pending::answer(*std::move(before));
  refuse_equal(read, desk.c.id, rows, takes_equal);
  if (rows.rows.empty()) {
    const TextKey why = rows.refused.front().why;
    const Error in_already{ErrorKind::conflict, why, {{"body", why}}};
    return http::Pending::answer(show_source(desk, read, source, typed, &in_already));
  }
  TRY(PreparedImport prepared, prepare_import(read, desk.act(), source, rows, takes_equal, random));
  return import_pending(desk, std::move(prepared), {});
}

}  // namespace ln::consultation::staff
