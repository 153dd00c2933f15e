#include "feature/consultation/consultation_pages_inbox.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "feature/consultation/consultation_actions_letter.h"
#include "feature/consultation/consultation_pages_letter.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::consultation::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t inbox_on_page = 15, undone_shown = 3;
constexpr std::size_t inbox_words_max = 100, inbox_points_max = 25, inbox_places_max = 60;

std::string where_word(const InboxAsked& asked) {
  if (asked.where == InboxAsked::Where::anywhere) return "any";
  return asked.where == InboxAsked::Where::point ? std::to_string(asked.issue.value) : "";
}

Fragment where_choice(const PointDesk& desk, const InboxAsked& asked) {
  const View view = desk.view();
  const std::string chosen = where_word(asked);
  html::Select select{.name = "in",
                      .label = {view("consultation.inbox.where"_t)},
                      .value = chosen,
                      .options = {{"", view("consultation.inbox.loose"_t)},
                                  {"any", view("consultation.inbox.any"_t)}}};
  std::vector<std::pair<std::string, std::string>> names;  // outlive the options
  for (const TableRow& row : desk.rows) {
    const bool is_chosen = asked.issue == row.issue.id;
    if (!is_chosen && (row.issue.origin != Origin::campaign || names.size() >= inbox_points_max))
      continue;
    names.emplace_back(std::to_string(row.issue.id.value),
                       std::string(first_chars(row.issue.title, 60)));
  }
  for (const auto& [value, name] : names) select.options.push_back({value, name});
  return html::select(view, select);
}

// The places of the table: where somebody said something.
Fragment clause_choice(const PointDesk& desk, db::Read& read, const InboxAsked& asked) {
  const View view = desk.view();
  html::Select select{.name = "clause",
                      .label = {view("consultation.search.clause"_t)},
                      .value = asked.clause,
                      .options = {{"", view("consultation.search.anywhere"_t)}}};
  std::vector<std::pair<std::string, std::string>> names;  // outlive the options
  bool has_chosen = asked.clause.empty();
  for (const auto& [clause, counts] : counts_by_clause(read, desk.c.id)) {
    if (names.size() >= inbox_places_max) break;
    const std::string key = clause.empty() ? "gone" : clause;
    has_chosen = has_chosen || key == asked.clause;
    names.emplace_back(key, cited(view, clause));
  }
  if (!has_chosen) names.emplace_back(asked.clause, cited(view, asked.clause));
  for (const auto& [key, name] : names) select.options.push_back({key, name});
  return html::select(view, select);
}

Fragment inbox_form(const PointDesk& desk, db::Read& read, const InboxAsked& asked) {
  const View view = desk.view();
  Fragment body = where_choice(desk, asked);
  body += clause_choice(desk, read, asked);
  const std::string_view channel = asked.channel ? to_text(*asked.channel) : std::string_view();
  html::Select source{.name = "source",
                      .label = {view("consultation.inbox.source"_t)},
                      .value = channel,
                      .options = {{"", view("consultation.inbox.any_source"_t)}}};
  for (const Channel each : all_channels)
    source.options.push_back({to_text(each), view(key_of(each))});
  body += html::select(view, source);
  html::Choices own{.name = "own",
                    .choices = {{.value = "1", .text = view("consultation.inbox.own"_t)}},
                    .arrangement = html::Arrangement::small};
  if (asked.with_own_words) own.values.push_back("1");
  body += html::checkboxes(view, own);
  body += html::input(view, {.name = "q",
                             .label = {view("consultation.search.words"_t)},
                             .value = asked.words,
                             .type = "search"});
  body += html::button({.text = view("consultation.inbox.do"_t), .icon_before = "search"});
  return html::query_form({.action = desk.url(),
                           .body = std::move(body),
                           .css_class = "filter card card--tint",
                           .label = view("consultation.inbox.title"_t)});
}

// One page of what is found, and how many there are in all.
struct InboxPage {
  std::vector<Comment> comments{};
  std::int64_t count = 0, next = 0;  // next: the last on this page when more follow
};
InboxPage inbox_page(const PointDesk& desk, db::Read& read, const InboxAsked& asked) {
  InboxPage page;
  const std::int64_t after = desk.request.query.number("after").value_or(0);
  if (!asked.is_narrowed()) {
    page.count = unplaced_count(read, desk.c.id);
    page.comments = unplaced(read, desk.c.id, after, inbox_on_page + 1);
  } else {
    const auto found = inbox_of(read, asked, found_at_once + 1);
    page.count = std::ssize(found);
    for (const CommentId id : found) {
      if (id.value <= after) continue;
      if (std::ssize(page.comments) > inbox_on_page) break;
      if (auto comment = find_comment(read, id)) page.comments.push_back(*std::move(comment));
    }
  }
  if (std::ssize(page.comments) > inbox_on_page) {
    page.comments.pop_back();
    page.next = page.comments.back().id.value;
  }
  return page;
}

std::vector<CommentId> found_to_move(const PointDesk& desk, db::Read& read) {
  InboxAsked asked = inbox_asked(desk);
  asked.is_to_move = true;
  return inbox_of(read, asked, found_at_once + 1);
}

}  // namespace

Fragment grouping_part(const PointDesk& desk, db::Read& read) {
  const View view = desk.view();
  Fragment out =
      fill(R"(<h2 class="h-m" id="grouping">{}</h2><p>{}</p>)",
           view("consultation.grouping.title"_t), view("consultation.points.suggest_lead"_t));
  const auto grouping = find_grouping(read, desk.c.id);
  if (grouping && grouping->step != GroupingStep::done) {
    out.add(R"(<p role="status">{} {} <a href="{}">{}</a></p>)", view(key_of(grouping->step)),
            view.voice("consultation.grouping.percent"_t,
                       {{"percent", view.voice.number(grouping->percent)}}),
            desk.url().at("grouping"), view("consultation.grouping.look"_t));
  } else {
    if (grouping)
      out.add("<p>{}</p>", view.voice(grouping->is_failed ? "consultation.grouping.failed"_t
                                                          : "consultation.grouping.last"_t,
                                      {{"day", view.voice.date(local_day(*grouping->ended_at))},
                                       {"comments", view.voice.number(grouping->comments)},
                                       {"placed", view.voice.number(grouping->placed)}}));
    if (unplaced_count(read, desk.c.id) > 0)
      out += html::form(view, {.action = desk.url(),
                               .body = html::button({.text = view("consultation.points.suggest"_t),
                                                     .name = "step",
                                                     .value = "suggest",
                                                     .once = true})});
  }
  for (const Undone& each : undone_of(read, desk.c.id, undone_shown))
    out.add(R"(<p class="small muted">{}</p>)",
            view.voice.counted("consultation.undo.done"_t, each.comments,
                               {{"day", view.voice.date(local_day(each.undone_at))}}));
  return out;
}

InboxAsked inbox_asked(const PointDesk& desk) {
  const http::Fields& query = desk.request.query;
  InboxAsked asked{.consultation = desk.c.id,
                   .clause = std::string(first_chars(query.text("clause"), 40)),
                   .channel = from_word(all_channels, query.text("source")),
                   .with_own_words = query.text("own") == "1",
                   .words = std::string(first_chars(trimmed(query.text("q")), inbox_words_max))};
  const std::string_view in = query.text("in");
  if (in == "any") asked.where = InboxAsked::Where::anywhere;
  const auto issue = query.number("in");
  if (issue && std::ranges::find(desk.issues, IssueId{*issue}, &Issue::id) != desk.issues.end()) {
    asked.where = InboxAsked::Where::point;
    asked.issue = IssueId{*issue};
  }
  // Only what stands beside a letter has words of its own.
  if (asked.with_own_words && asked.where == InboxAsked::Where::loose)
    asked.where = InboxAsked::Where::anywhere;
  return asked;
}

Url inbox_url(const PointDesk& desk, const InboxAsked& asked) {
  Url url = desk.url();
  if (const std::string where = where_word(asked); !where.empty()) url = url.with("in", where);
  if (!asked.clause.empty()) url = url.with("clause", asked.clause);
  if (asked.channel) url = url.with("source", to_text(*asked.channel));
  if (asked.with_own_words) url = url.with("own", "1");
  if (!asked.words.empty()) url = url.with("q", asked.words);
  return url;
}

Fragment inbox_part(const PointDesk& desk, db::Read& read, const Error* error) {
  const View view = desk.view();
  const InboxAsked asked = inbox_asked(desk);
  InboxPage page = inbox_page(desk, read, asked);
  const bool is_more = page.count > static_cast<std::int64_t>(found_at_once);
  Fragment out =
      fill(R"(<h2 class="h-m" id="unplaced">{}</h2>)",
           view.voice.counted("consultation.points.unplaced"_t, unplaced_count(read, desk.c.id)));
  out += inbox_form(desk, read, asked);
  if (asked.is_narrowed())
    out.add(R"(<p role="status"><b>{}</b> <a href="{}">{}</a></p>)",
            is_more ? view.voice("consultation.inbox.found_more"_t,
                                 {{"count", view.voice.number(page.count - 1)}})
                    : view.voice.counted("consultation.inbox.found"_t, page.count),
            desk.url().at("unplaced"), view("consultation.inbox.all"_t));
  if (page.comments.empty()) {
    if (asked.is_narrowed()) out += html::nothing_here(view("consultation.search.nothing"_t));
    return out;
  }
  const Url url = inbox_url(desk, asked);
  PlaceForm form{.action = url};
  if (asked.is_narrowed()) {
    const auto found = found_to_move(desk, read);
    const bool is_few = found.size() <= found_at_once;
    form.found_count = is_few ? std::ssize(found) : 0;
    form.found = mark_of(found);
  }
  form.lists.push_back({{}, std::move(page.comments)});
  out += place_form(desk, read, form, error);
  if (page.next != 0)
    out += html::pager(view, {.next = url.with("after", page.next).at("unplaced")});
  return out;
}

Result<Done> check_found(const PointDesk& desk, db::Read& read) {
  const auto found = found_to_move(desk, read);
  const TextKey many = "consultation.error.found_count"_t;
  if (found.empty() || found.size() > found_at_once)
    return Error{ErrorKind::invalid, many, {{"comment", many}}};
  const TextKey changed = "consultation.error.found_changed"_t;
  if (desk.request.form.text("found") != mark_of(found))
    return Error{ErrorKind::conflict, changed, {{"comment", changed}}};
  return Done{};
}

Result<http::Pending> place_found_post(const PointDesk& desk, db::Read& read, Random& random) {
  TRY(const IssueId to, chosen_point(desk));
  PlaceMany what{.comments = found_to_move(desk, read), .to = to, .title = desk.title};
  const std::string back(desk.url().view());
  return http::Pending::commit(
      [act = desk.act(), id = desk.c.id, what = std::move(what), draws = draw_issue(random)](
          db::Write& write) { return place_many(write, act, id, what, draws); },
      [&request = desk.request, back](const Result<std::int64_t>& done, std::string_view) {
        return done.ok() ? http::see_other(back) : http::error_response(request, done.error());
      });
}

}  // namespace ln::consultation::staff
