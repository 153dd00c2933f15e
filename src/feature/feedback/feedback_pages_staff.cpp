// The queue: what an officer has to do, by the date that counts.
#include "feature/feedback/feedback_pages_staff.h"

#include <algorithm>
#include <string>
#include <vector>

#include "feature/feedback/feedback_actions_erase.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_pages_bulk.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_escalated.h"
#include "feature/feedback/feedback_pages_filters.h"
#include "feature/feedback/feedback_pages_keys.h"
#include "feature/feedback/feedback_pages_move.h"
#include "feature/feedback/feedback_pages_staff_list.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_store.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

TextKey tab_name(Tab tab) {
  switch (tab) {
    case Tab::open: return "feedback.staff.tab_open"_t;
    case Tab::overdue: return "feedback.staff.tab_overdue"_t;
    case Tab::soon: return "feedback.staff.tab_soon"_t;
    case Tab::asked: return "feedback.staff.tab_asked"_t;
    case Tab::reopened: return "feedback.staff.tab_reopened"_t;
    case Tab::over: return "feedback.staff.tab_over"_t;
  }
  return {};
}

// The open parts as counters; what is over stands below them, for it is no work any more.
Fragment tab_row(const View& view, db::Read& read, const Asked& asked) {
  const QueueCounts counts = queue_counts(read, asked.filter);
  std::vector<html::Tab> tabs;
  for (std::size_t i = 0; i < counts.of_tab.size(); ++i)
    tabs.push_back({.text = view(tab_name(all_tabs[i])),
                    .count = counts.of_tab[i],
                    .url = list_url(view, asked, all_tabs[i]),
                    .is_current = asked.filter.tab == all_tabs[i],
                    .is_late = all_tabs[i] == Tab::overdue && counts.of_tab[i] > 0,
                    .is_least = counts.is_least});
  static_assert(all_tabs.back() == Tab::over);
  const bool is_over = asked.filter.tab == Tab::over;
  Fragment out = html::tabs(view, view("feedback.staff.tabs"_t), tabs);
  out.add(R"(<p><a href="{}" aria-current="{}">{}</a></p>)", list_url(view, asked, Tab::over),
          is_over ? std::optional<std::string_view>("page") : std::nullopt,
          view(tab_name(Tab::over)));
  return out;
}

Fragment filter_form(const View& view, db::Read& read, const Asked& asked) {
  const std::string_view about = asked.filter.about ? to_text(*asked.filter.about) : "";
  Fragment body = html::hidden("tab", to_text(asked.filter.tab));
  body.add(R"(<div><label for="q">{}</label>
<input class="govuk-input" id="q" name="q" type="search" value="{}" maxlength="100"></div>)",
           view("feedback.staff.search"_t), asked.query);
  if (asked.tops.size() > 1)
    body.add(R"(<div><label for="top">{}</label>
<select class="govuk-select" id="top" name="top" lang="vi">{}</select></div>)",
             view("feedback.staff.unit"_t), [&](Fragment& out) {
               for (const units::Unit& unit : asked.tops)
                 out += choice(top_key(unit), top_key(asked.top), unit.name);
             });
  body.add(R"(<div><label for="who">{}</label>
<select class="govuk-select" id="who" name="who">{}</select></div>)",
           view("feedback.staff.who"_t), [&](Fragment& out) {
             const std::string_view who = asked.filter.is_nobodys        ? "nobody"
                                          : asked.filter.officer_id != 0 ? "mine"
                                                                         : "";
             out += choice("", who, view("feedback.staff.who_all"_t));
             out += choice("mine", who, view("feedback.staff.who_mine"_t));
             out += choice("nobody", who, view("staff.queue.who_nobody"_t));
           });
  body.add(R"(<div><label for="about">{}</label>
<select class="govuk-select" id="about" name="about">{}{}</select></div>)",
           view("feedback.staff.about"_t), choice("", about, view("feedback.staff.about_all"_t)),
           [&](Fragment& out) {
             for (const About each : all_abouts)
               out += choice(to_text(each), about, view(key_of(each)));
           });
  body += more_filters(view, read, asked);
  body +=
      html::button({.text = view("feedback.staff.filter"_t), .kind = html::ButtonKind::secondary});
  return html::query_form({.action = Url::in(view, "/staff"),
                           .body = std::move(body),
                           .css_class = "filter card card--tint",
                           .label = view("feedback.staff.filter_label"_t)});
}

Fragment row(const View& view, const Feedback& feedback, staff::Names& names, Instant now) {
  const staff::Clock clock = staff::clock_of(view, feedback, now);
  const bool is_late = clock.tone == html::Tone::late;
  const Fragment marks = staff::marks(view, feedback);
  const std::string_view title = sent_title(view, feedback);
  const std::string more = staff::excerpt_after(title, feedback.body, 60);
  const Fragment what =
      html::fill(R"(<th scope="row" class="what">{}<a href="{}" lang="{}">{}</a>{}</th>)",
                 staff::bulk_box(feedback), staff::case_url(view, feedback),
                 lang_of(view, feedback), title, [&](Fragment& out) {
                   if (!more.empty())
                     out.add(R"(<p lang="{}">{}</p>)", lang_of(view, feedback), more);
                   if (!marks.empty()) out.add(R"(<p class="row">{}</p>)", marks);
                 });
  const Fragment due = html::fill("<div>{}</div>", [&](Fragment& out) {
    if (!clock.runs) {
      out.add("–");
      return;
    }
    out += html::badge(clock.tone, is_late ? "triangle-alert" : "clock", clock.words);
    const std::string day = staff::due_day(view, clock.due, now);
    out.add("<small>{}</small>", view.voice("feedback.staff.due"_t, {{"day", day}}));
  });
  const std::string& who = names.of_account(feedback.officer_id);
  const Fragment handled =
      html::fill(R"(<td data-l="{}" class="due"><div>{}<small lang="vi">{}</small></div></td>)",
                 view("feedback.staff.column_who"_t),
                 who.empty() ? view("feedback.staff.nobody"_t) : std::string_view(who),
                 names.of_unit(feedback.unit));
  const Fragment code =
      html::fill(R"(<td id="{}" data-l="{}" class="num ref-s" translate="no">{}</td>)",
                 feedback.code.text(), view("feedback.staff.column_code"_t), feedback.code.shown());
  return html::fill(
      R"(<tr class="{}">{}<td data-l="{}" class="due">{}</td><td data-l="{}">{}</td>{}{}</tr>)",
      is_late ? std::optional<std::string_view>("is-late") : std::nullopt, what,
      view("feedback.staff.column_due"_t), due, view("feedback.staff.column_state"_t),
      staff::state_name(view, feedback.state), handled, code);
}

Fragment table(const View& view, db::Read& read, const Page& page, const Asked& asked) {
  staff::Names names(read);
  const auto heading = [&](Fragment& out) {
    for (const TextKey key : {"feedback.staff.column_what"_t, "feedback.staff.column_due"_t,
                              "feedback.staff.column_state"_t, "feedback.staff.column_who"_t,
                              "feedback.staff.column_code"_t})
      out.add(R"(<th scope="col">{}</th>)", view(key));
  };
  return html::fill(
      R"(<table class="tbl tbl--stack queue"><caption>{}</caption><thead><tr>{}</tr></thead>
<tbody>{}</tbody></table>)",
      view.voice.counted("feedback.staff.caption"_t, static_cast<std::int64_t>(page.rows.size())),
      heading, [&](Fragment& out) {
        for (const Feedback& each : page.rows) out += row(view, each, names, asked.filter.now);
      });
}

// Other pages of work, for whom they are.
Fragment ways(const View& view, const people::Officer& officer) {
  const people::Staff& staff = officer.staff();
  const bool is_head = staff.has(people::Role::head);
  const bool is_keeper = staff.has(people::Role::administrator);
  return html::fill(R"(<ul class="chips">{}</ul>)", [&](Fragment& out) {
    const auto way = [&](bool is_theirs, std::string_view path, TextKey text) {
      if (is_theirs) out.add(R"(<li><a href="{}">{}</a></li>)", Url::in(view, path), view(text));
    };
    way(may_take_in(officer), "/staff/intake", "feedback.intake.title"_t);
    way(staff.has(people::Role::ombudsman), "/staff/protected", "feedback.staff.protected_title"_t);
    way(true, "/staff/leave", "feedback.absence.title"_t);
    way(is_head || staff.has(people::Role::handler), "/staff/reviews", "feedback.review.list"_t);
    way(is_head, "/staff/desk", "insight.desk.title"_t);
    way(true, "/staff/mirror", "insight.mirror.title"_t);
    way(is_head || staff.has(people::Role::supervisor), "/staff/signals", "insight.signal.title"_t);
    way(is_head, "/staff/workload", "feedback.workload.title"_t);
    way(is_head, "/staff/practice", "feedback.practice.title"_t);
    way(Eraser::of(staff).has_value(), "/staff/erasure", "feedback.erasing.title"_t);
    way(is_head || is_keeper, "/staff/reports", "insight.report.title"_t);
    way(is_keeper, "/staff/administration", "settings.title"_t);
    way(is_keeper, "/staff/reorganisation", "reorganise.title"_t);
  });
}

Fragment head(const View& view, const people::Officer& officer, const Asked& asked) {
  return html::fill(
      R"(<div class="crumbs"><h1 class="h-l">{}</h1>
<p class="muted sub"><span lang="vi">{}</span> · {}</p></div>{})",
      view("feedback.staff.queue"_t), asked.top.name,
      view.voice.day_name(local_day(asked.filter.now)), ways(view, officer));
}

std::string queue_html(const http::Request& request,
                       db::Read& read,
                       const people::Officer& officer,
                       Instant now) {
  const View view = people::view_of(request, officer.staff());
  const Asked asked = asked_of(request.query, read, officer, now);
  const Page page = rows_of(read, asked);
  Fragment body = head(view, officer, asked);
  if (request.query.text("done") == "transfer")
    body += html::note({.kind = html::NoteKind::ok,
                        .body = html::fill("<p>{}</p>", view("feedback.staff.done_transfer"_t)),
                        .is_status = true});
  body += moves::undetermined_note(view, read, officer);
  body += put_before_notes(view, read, officer);
  body += tab_row(view, read, asked);
  body += filter_notes(view, asked);
  body += filter_form(view, read, asked);
  body += staff::filter_links(view, read, officer, asked);
  if (page.rows.empty()) {
    body += html::nothing_here(
        view(asked.is_narrowed() ? "feedback.staff.nothing_found"_t : "feedback.staff.nothing"_t));
  } else {
    body += staff::bulk_form(view, asked, table(view, read, page, asked));
  }
  if (page.has_more)
    body += html::pager(view, {.next = list_url(view, asked, asked.filter.tab, &page.rows.back())});
  Url exchange = Url::in(view, "/staff/exchange");
  for (const auto& [name, value] : query_of(asked, asked.filter.tab))
    exchange = exchange.with(name, value);
  body.add(R"(<p><a href="{}">{}</a></p>)", exchange, view("exchange.title"_t));
  body += staff::keys_link(view);
  return html::page(view, {.title = view("feedback.staff.queue"_t),
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .is_unlisted = true});
}

}  // namespace

Result<http::Response> home_page(const http::Request& request,
                                 db::Read& read,
                                 people::Staff staff,
                                 Instant now) {
  if (const auto officer = people::Officer::of(staff))
    return http::page(200, queue_html(request, read, *officer, now));
  const std::string_view elsewhere = staff.has(people::Role::ombudsman)       ? "/staff/protected"
                                     : staff.has(people::Role::supervisor)    ? "/staff/supervision"
                                     : staff.has(people::Role::administrator) ? "/staff/erasure"
                                                                              : "/staff/account";
  return http::see_other(std::string(Url::in(request.view, elsewhere).view()));
}

}  // namespace ln::feedback::staff
