// Each clause as it read at first and as it reads now, with the points that changed it.
#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "feature/consultation/consultation_pages_answer.h"
#include "feature/consultation/consultation_pages_answer_parts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::consultation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t comments_beside = 2, changes_on_page = 6;

// What a page of changes is made from.
struct Before {
  const View& view;
  db::Read& read;
  const Opened& open;
  const draft::Draft& first;
  std::vector<TableRow> rows;
  std::set<std::int64_t> told{};  // points whose comments stand on the page already
};

// The point, how many stand behind it, and the first of them, where the page names it first.
Fragment behind_change(Before& of, const TableRow& row) {
  if (!of.told.insert(row.issue.id.value).second)
    return fill(R"(<li><a href="{}" lang="vi">{}</a></li>)", answer_url(of.view, row.issue),
                row.issue.title);
  const auto comments = comments_under(of.read, row.issue, 0, comments_beside);
  return fill(R"(<li><a href="{}" lang="vi">{}</a> <span class="muted">{}</span>{}</li>)",
              answer_url(of.view, row.issue), row.issue.title, who_said(of.view.voice, row.behind),
              html::details(of.view("consultation.changes.comments"_t),
                            fill(R"(<ul class="plain">{}</ul>)", [&](Fragment& list) {
                              for (const Comment& each : comments)
                                list += comment_item(of.view, each, of.open.consultation.version);
                            })));
}

bool is_behind(const Issue& issue, const draft::Match& match) {
  const std::string& key = match.after.empty() ? match.before : match.after;
  if (!issue.answered_at || issue.changed_clause.empty()) return false;
  return key == issue.changed_clause || key.starts_with(issue.changed_clause + ".");
}

Fragment change_with_points(Before& of, const draft::Match& match) {
  const View& view = of.view;
  const std::string& key = match.after.empty() ? match.before : match.after;
  std::string name = cited(view, key);
  if (match.fate == draft::Fate::moved)
    name = view.voice("consultation.version.moved"_t,
                      {{"before", cited(view, match.before)}, {"after", name}});
  Fragment points;
  for (const TableRow& row : of.rows)
    if (is_behind(row.issue, match)) points += behind_change(of, row);
  Fragment out =
      fill(R"(<h2 class="h-s">{}</h2><p>{}</p><p lang="vi">{}</p>)", name,
           html::badge(html::Tone::plain, "history", view(draft::key_of(match.fate))),
           marked_differences(draft::differences(own_words(of.first, match.before),
                                                 own_words(of.open.draft, match.after))));
  if (points.empty())
    out.add(R"(<p class="muted small">{}</p>)", view("consultation.changes.nobody"_t));
  else
    out.add(R"(<p class="small"><b>{}</b></p><ul>{}</ul>)", view("consultation.changes.because"_t),
            points);
  return fill(R"(<li class="op">{}</li>)", out);
}

}  // namespace

Result<http::Response> changes_page(const http::Request& request, db::Read& read) {
  TRY(const Opened open, opened(request, read));
  const View& view = request.view;
  const Consultation& c = open.consultation;
  const auto version = find_version(read, c.id, 1);
  const auto first = version ? draft::parse(draft::split(version->text)) : std::nullopt;
  if (!first) return Error{ErrorKind::not_found, "consultation.error.no_version"_t};
  Before of{view, read, open, *first, table_of(read, c.id)};
  std::vector<draft::Match> changes;
  std::int64_t kept = 0;
  for (draft::Match& match : draft::matches_of(*first, open.draft)) {
    const bool is_same =
        match.fate == draft::Fate::kept || (match.fate == draft::Fate::moved && !match.is_reworded);
    if (is_same)
      ++kept;
    else
      changes.push_back(std::move(match));
  }
  const auto from =
      first_row(request.query.number("from").value_or(0), changes_on_page, std::ssize(changes));
  Fragment list;
  for (std::int64_t i = from; i < std::min(from + changes_on_page, std::ssize(changes)); ++i)
    list += change_with_points(of, changes[static_cast<std::size_t>(i)]);
  Fragment body =
      fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p>{}</p>)",
           view("consultation.changes.title"_t),
           view.voice("consultation.changes.lead"_t, {{"version", view.voice.number(c.version)}}),
           view.voice.counted("consultation.version.kept"_t, kept));
  if (changes.empty())
    body += html::nothing_here(view("consultation.changes.none"_t));
  else
    body.add(R"(<p class="small">{} <ins>{}</ins>, <del>{}</del></p><ul class="plain">{}</ul>)",
             view("consultation.version.marks"_t), view("consultation.version.added"_t),
             view("consultation.version.removed"_t), list);
  body += rows_pager(view, Url::in(view, "/consultations/", c.id.value, "/changes"),
                     {from, changes_on_page, std::ssize(changes)});
  body.add(R"(<p><a href="{}">{}</a></p>)", answers_url(view, c.id),
           view("consultation.answers.title"_t));
  const std::string_view title = view("consultation.changes.title"_t);
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

}  // namespace ln::consultation
