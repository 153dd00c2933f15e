#include "feature/consultation/consultation_pages_answer.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/units/units_store.h"
#include "feature/consultation/consultation_pages_answer_parts.h"
#include "feature/consultation/consultation_pages_letter.h"
#include "platform/html/charts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/share.h"

namespace ln::consultation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t rows_on_page = 15, comments_on_page = 20;

Fragment answer_row(const View& view,
                    db::Read& read,
                    const TableRow& row,
                    std::span<const html::Column> columns) {
  Fragment cells;
  html::add_head_cell(cells, fill("{}", view.voice.number(row.number)));
  html::add_cell(cells, columns[1], place_of(view.voice, row.issue.clause));
  html::add_cell(cells, columns[2], who_said(view.voice, row.behind));
  html::add_cell(cells, columns[3],
                 fill(R"(<a href="{}" lang="vi">{}</a>{})", answer_url(view, row.issue),
                      row.issue.title, letter_note(view, read, row.issue.id)));
  Fragment answer = fill("<p>{}</p>", answer_badge(view, row.issue));
  if (row.issue.answered_at)
    answer.add(R"(<p lang="vi">{}</p>)", answer_in_words(view.voice, row.issue));
  html::add_cell(cells, columns[4], answer);
  return fill("<tr>{}</tr>", cells);
}

Fragment told_table(const View& view, db::Read& read, std::span<const TableRow> rows) {
  const html::Column columns[] = {{view("consultation.table.number"_t)},
                                  {view("consultation.table.place"_t)},
                                  {view("consultation.table.who"_t)},
                                  {view("consultation.table.content"_t)},
                                  {view("consultation.table.answer"_t)}};
  Fragment body;
  for (const TableRow& row : rows) body += answer_row(view, read, row, columns);
  return html::table(
      {.caption = view("consultation.table.title"_t), .columns = columns, .rows = std::move(body)});
}

// One table, or two where social criticism stands among the points of the draft.
Fragment told_sections(const View& view,
                       db::Read& read,
                       std::span<const TableRow> rows,
                       bool has_criticism) {
  if (!has_criticism) return told_table(view, read, rows);
  const auto cut = std::ranges::find(rows, true, &TableRow::is_criticised) - rows.begin();
  const auto views = rows.first(static_cast<std::size_t>(cut)),
             criticism = rows.subspan(static_cast<std::size_t>(cut));
  Fragment out;
  if (!views.empty())
    out.add(R"(<h2 class="h-m">{}</h2>{})", view("consultation.table.views"_t),
            told_table(view, read, views));
  if (!criticism.empty())
    out.add(R"(<h2 class="h-m" id="criticism">{}</h2>{})", view("consultation.table.criticism"_t),
            told_table(view, read, criticism));
  return out;
}

Fragment file_links(const View& view, const Consultation& c) {
  const auto file = [&](std::string_view name) {
    return Url::in(view, "/consultations/", c.id.value, "/table/", name);
  };
  return fill(R"(<ul><li><a href="{}">{}</a></li><li><a href="{}">DOCX</a></li>)"
              R"(<li><a href="{}">XLSX</a></li><li><a href="{}">CSV</a></li></ul>)",
              Url::in(view, "/consultations/", c.id.value, "/changes"),
              view("consultation.changes.title"_t), file("table.docx"), file("table.xlsx"),
              file("table.csv"));
}

http::Response told_page(const View& view,
                         const Consultation& c,
                         std::string_view title,
                         Fragment body) {
  auto response = http::page(
      200,
      html::page(view, {.title = title,
                        .here = "/consultations",
                        .body = html::columns(
                            {.before = html::breadcrumbs(
                                 view,
                                 {{view("consultation.title"_t), Url::in(view, "/consultations")},
                                  {title_of(view, c).text, page_of(view, c)}},
                                 title),
                             .body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

// How the place that was taken up read at first, and how it reads now.
Fragment changed_words(const View& view, db::Read& read, const Opened& open, const Issue& issue) {
  if (open.version.number < 2 || issue.changed_clause.empty()) return {};
  const auto first = find_version(read, open.consultation.id, 1);
  const auto old_draft = first ? draft::parse(draft::split(first->text)) : std::nullopt;
  if (!old_draft || !open.draft.find(issue.changed_clause)) return {};
  std::string before;
  for (const draft::Match& match : draft::matches_of(*old_draft, open.draft))
    if (match.after == issue.changed_clause) before = match.before;
  return fill(R"(<h2 class="h-m">{}</h2><p lang="vi">{}</p>)", view("consultation.changes.words"_t),
              marked_differences(draft::differences(own_words(*old_draft, before),
                                                    own_words(open.draft, issue.changed_clause))));
}

Fragment items_of(const View& view,
                  db::Read& read,
                  const Opened& open,
                  const std::vector<Comment>& comments) {
  return fill(R"(<ul class="plain">{}</ul>)", [&](Fragment& list) {
    for (const Comment& each : comments)
      list += comment_item(view, each, open.consultation.version, {},
                           spans_in(own_words_in(read, each.id), each.body.size()));
  });
}

// What stands under the point: those who added words of their own to a letter come first.
Fragment said_part(const View& view,
                   db::Read& read,
                   const Opened& open,
                   const TableRow& row,
                   const http::Fields& query) {
  const LetterPage page =
      letter_page(read, row.issue, answer_url(view, row.issue), query, comments_on_page);
  Fragment out;
  if (!page.own.empty())
    out.add(R"(<h2 class="h-m" id="own">{}</h2><p>{}</p>{})",
            view.voice("consultation.letter.own"_t, {{"count", view.voice.number(page.own_count)}}),
            view("consultation.letter.own_lead"_t), items_of(view, read, open, page.own));
  if (!page.rest.empty())
    out.add(R"(<h2 class="h-m" id="said">{}</h2>{})",
            page.own_count > 0 ? view.voice.counted("consultation.letter.rest"_t,
                                                    row.behind.comments - page.own_count)
                               : view.voice.counted("consultation.said"_t, row.behind.comments),
            items_of(view, read, open, page.rest));
  if (page.next) out += html::pager(view, {.next = page.next});
  return out;
}

}  // namespace

Result<http::Response> answers_page(const http::Request& request, db::Read& read, Instant now) {
  TRY(const Opened open, opened(request, read));
  const View& view = request.view;
  const Consultation& c = open.consultation;
  auto rows = table_of(read, c.id);
  const auto all = std::ssize(rows);
  std::erase_if(rows, [](const TableRow& row) { return !is_told(row.issue); });
  const std::int64_t waiting = all - std::ssize(rows), told = std::ssize(rows);
  // A point may stand in both sections; it is told of once.
  rows = sections_of(read, c.id);
  std::erase_if(rows, [](const TableRow& row) { return !is_told(row.issue); });
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)",
                       view("consultation.answers.title"_t), view("consultation.answers.lead"_t));
  body += decision_part(view, read, c, true);
  body += promises_part(view, read, c.id, 0, now);
  const std::int64_t unplaced = unplaced_count(read, c.id);
  body.add("<p>{} {}</p>",
           view.voice("consultation.answers.told"_t, {{"told", view.voice.number(told)},
                                                      {"waiting", view.voice.number(waiting)}}),
           view.voice.counted("consultation.answers.unplaced"_t, unplaced));
  const auto from =
      first_row(request.query.number("from").value_or(0), rows_on_page, std::ssize(rows));
  const auto count = std::min(rows_on_page, std::ssize(rows) - from);
  if (rows.empty()) {
    body += html::nothing_here(view("consultation.answers.none"_t));
  } else {
    body += told_sections(
        view, read,
        std::span(rows).subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(count)),
        rows.back().is_criticised);
    body += rows_pager(view, answers_url(view, c.id), {from, rows_on_page, std::ssize(rows)});
    body.add(R"(<h2 class="h-m">{}</h2>)", view("consultation.answers.more"_t));
    body += file_links(view, c);
  }
  body += html::share(view, Url::here(view), view("consultation.answers.title"_t));
  return told_page(view, c, view("consultation.answers.title"_t), std::move(body));
}

Result<http::Response> answer_page(const http::Request& request, db::Read& read, Instant now) {
  TRY(const Opened open, opened(request, read));
  const View& view = request.view;
  const Consultation& c = open.consultation;
  const auto rows = table_of(read, c.id);
  const auto row = std::ranges::find_if(rows, [&](const TableRow& each) {
    return each.issue.id.value == request.path_number("number") && is_told(each.issue);
  });
  if (row == rows.end()) return Error{ErrorKind::not_found, "consultation.error.no_issue"_t};
  const Issue& issue = row->issue;
  Fragment body = fill(R"(<p class="eyebrow">{}</p><h1 class="h-l" lang="vi">{}</h1><p>{}</p>)",
                       cited(view, issue.clause), issue.title, who_said(view.voice, row->behind));
  body += answer_part(view, c, issue);
  if (row->objections > 0)
    body.add("<p>{}</p>", view.voice.counted("consultation.answer.objections"_t, row->objections,
                                             {{"open", view.voice.number(row->open_objections)}}));
  body += promises_part(view, read, c.id, issue.id.value, now);
  body += changed_words(view, read, open, issue);
  body += letter_part(view, find_letter(read, issue.id));
  body += said_part(view, read, open, *row, request.query);
  return told_page(view, c, issue.title, std::move(body));
}

}  // namespace ln::consultation
