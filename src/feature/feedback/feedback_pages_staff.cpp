// The queue: what an officer has to do, by the date that counts.
#include "feature/feedback/feedback_pages_staff.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "core/units/units_store.h"
#include "engine/text/text.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_escalated.h"
#include "feature/feedback/feedback_pages_move.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_lists.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t rows_max = 20;
// So many cases a search looks through before it asks for a narrower one.
constexpr std::size_t searched_max = 2'000;
constexpr std::size_t query_chars_max = 100;

// What the address asks for.
struct Asked {
  QueueFilter filter{};
  std::string query{};
  units::Unit top{};
  std::vector<units::Unit> tops{};  // one to choose among, when the officer has several
  std::vector<std::string> places{};
};

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

// A cursor is "QUEUED_AT.ID" of the last row; anything else begins at the beginning.
void read_cursor(std::string_view text, QueueFilter& filter) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return;
  const auto at = parse_number(text.substr(0, dot)), id = parse_number(text.substr(dot + 1));
  if (!at || !id) return;
  filter.after_at = *at;
  filter.after_id = *id;
}

// What an address calls a unit: its code; one that has ended also by its first day, since its code
// may be in use again.
std::string top_key(const units::Unit& unit) {
  return unit.valid_to ? unit.code + "@" + to_iso(unit.valid_from) : unit.code;
}

// The units at the tops of the officer's subtrees; those that have ended come last.
std::vector<units::Unit> units_of(db::Read& read, const people::Officer& officer, Day today) {
  std::vector<units::Unit> found;
  for (const std::string& path : officer.tops()) {
    std::string_view last(path);
    last.remove_suffix(1);
    const auto id = parse_number(last.substr(last.rfind('/') + 1));
    if (auto unit = id ? units::find(read, units::UnitId{*id}) : std::nullopt)
      found.push_back(*std::move(unit));
  }
  std::ranges::stable_partition(found,
                                [&](const units::Unit& unit) { return unit.is_valid_on(today); });
  return found;
}

Asked asked_of(const http::Request& request,
               db::Read& read,
               const people::Officer& officer,
               Instant now) {
  Asked asked;
  asked.tops = units_of(read, officer, local_day(now));
  if (asked.tops.empty()) throw db::Failure("a role holds for a unit that does not exist");
  asked.top = asked.tops.front();
  for (const units::Unit& unit : asked.tops)
    if (top_key(unit) == request.query.text("top")) asked.top = unit;
  QueueFilter& filter = asked.filter;
  filter.top = asked.top.path;
  asked.places = places_of(officer);
  for (const std::string& path : asked.places) filter.own += "," + path + ",";
  if (request.query.text("who") == "mine") filter.officer_id = officer.id().value;
  for (const Tab tab : all_tabs)
    if (to_text(tab) == request.query.text("tab")) filter.tab = tab;
  filter.about = from_word(all_abouts, request.query.text("about"));
  filter.now = now;
  filter.soon_until =
      calendar::due(now, {calendar::Measure::working_days, soon_days}, {}, *holidays()).at;
  filter.limit = rows_max + 1;
  read_cursor(request.query.text("after"), filter);
  asked.query = first_chars(trimmed(request.query.text("q")), query_chars_max);
  return asked;
}

// The same list at another tab, or further on.
Url list_url(const View& view, const Asked& asked, Tab tab, const Feedback* after = nullptr) {
  Url url = Url::in(view, "/staff").with("tab", to_text(tab));
  if (asked.filter.officer_id != 0) url = url.with("who", "mine");
  if (asked.filter.about) url = url.with("about", to_text(*asked.filter.about));
  if (asked.tops.size() > 1) url = url.with("top", top_key(asked.top));
  if (!asked.query.empty()) url = url.with("q", asked.query);
  if (after != nullptr)
    url = url.with("after",
                   std::to_string(queued_at(*after)) + "." + std::to_string(after->id.value));
  return url;
}

struct Page {
  std::vector<Feedback> rows;
  bool has_more = false;
};

// Rows whose title, text or code has a word that begins with each word asked for. Looks only
// through what the queue shows this officer, and only at so much of it.
Page search(db::Read& read, const Asked& asked) {
  if (const auto code = Code::parse(asked.query))
    if (auto found = find(read, *code); found && may_see(*found, asked.places))
      return {{*std::move(found)}, false};
  const std::vector<std::string> words = text::words(asked.query);
  const auto fits = [&](const Feedback& feedback) {
    const std::string folded = " " + text::fold(feedback.title + " " + feedback.body);
    return std::ranges::all_of(words, [&](const std::string& word) {
      return folded.find(" " + word) != std::string::npos;
    });
  };
  Page page;
  QueueFilter filter = asked.filter;
  filter.limit = queue_looked_at_max;
  for (std::size_t seen = 0; seen < searched_max;) {
    std::vector<Feedback> some = queue(read, filter);
    for (Feedback& feedback : some) {
      filter.after_at = queued_at(feedback);
      filter.after_id = feedback.id.value;
      if (!may_see(feedback, asked.places) || !fits(feedback)) continue;
      if (page.rows.size() == static_cast<std::size_t>(rows_max)) return {page.rows, true};
      page.rows.push_back(std::move(feedback));
    }
    seen += some.size();
    if (some.size() < static_cast<std::size_t>(queue_looked_at_max)) break;
  }
  return page;
}

Page rows_of(db::Read& read, const Asked& asked) {
  if (!asked.query.empty()) return search(read, asked);
  Page page{queue(read, asked.filter), false};
  // The statement leaves out the same cases; were it ever to differ, nothing must come through.
  std::erase_if(page.rows, [&](const Feedback& each) { return !may_see(each, asked.places); });
  page.has_more = page.rows.size() > static_cast<std::size_t>(rows_max);
  if (page.has_more) page.rows.pop_back();
  return page;
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

Fragment choice(std::string_view value, std::string_view chosen, std::string_view text) {
  return html::fill(R"(<option value="{}" selected="{}">{}</option>)", value, value == chosen,
                    text);
}

Fragment filter_form(const View& view, const Asked& asked) {
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
<select class="govuk-select" id="who" name="who">{}{}</select></div>)",
           view("feedback.staff.who"_t),
           choice("", asked.filter.officer_id != 0 ? "mine" : "", view("feedback.staff.who_all"_t)),
           choice("mine", asked.filter.officer_id != 0 ? "mine" : "",
                  view("feedback.staff.who_mine"_t)));
  body.add(R"(<div><label for="about">{}</label>
<select class="govuk-select" id="about" name="about">{}{}</select></div>)",
           view("feedback.staff.about"_t), choice("", about, view("feedback.staff.about_all"_t)),
           [&](Fragment& out) {
             for (const About each : all_abouts)
               out += choice(to_text(each), about, view(key_of(each)));
           });
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
  const std::string more = staff::excerpt_after(title, feedback.body, 110);
  const Fragment what = html::fill(
      R"(<th scope="row" class="what"><a href="{}" lang="{}">{}</a>{}</th>)",
      staff::case_url(view, feedback), lang_of(view, feedback), title, [&](Fragment& out) {
        if (!more.empty()) out.add(R"(<p lang="{}">{}</p>)", lang_of(view, feedback), more);
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
  const Fragment code = html::fill(R"(<td data-l="{}" class="num ref-s" translate="no">{}</td>)",
                                   view("feedback.staff.column_code"_t), feedback.code.shown());
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

Fragment head(const View& view, const people::Officer& officer, const Asked& asked) {
  const people::Staff& staff = officer.staff();
  return html::fill(
      R"(<div class="row row--between crumbs"><div><h1 class="h-l">{}</h1>
<p class="muted sub"><span lang="vi">{}</span> · {}</p></div>{}</div>)",
      view("feedback.staff.queue"_t), asked.top.name,
      view.voice.day_name(local_day(asked.filter.now)), [&](Fragment& out) {
        if (staff.has(people::Role::ombudsman))
          out += html::link_button(Url::in(view, "/staff/protected"),
                                   {.text = view("feedback.staff.protected_title"_t),
                                    .kind = html::ButtonKind::secondary,
                                    .icon_before = "lock"});
        if (Eraser::of(staff))
          out += html::link_button(Url::in(view, "/staff/erasure"),
                                   {.text = view("feedback.erasing.title"_t),
                                    .kind = html::ButtonKind::secondary,
                                    .icon_before = "trash-2"});
        if (staff.has(people::Role::administrator))
          out += html::link_button(
              Url::in(view, "/staff/administration"),
              {.text = view("settings.title"_t), .kind = html::ButtonKind::secondary});
        if (staff.has(people::Role::administrator))
          out += html::link_button(
              Url::in(view, "/staff/reorganisation"),
              {.text = view("reorganise.title"_t), .kind = html::ButtonKind::secondary});
      });
}

std::string queue_html(const http::Request& request,
                       db::Read& read,
                       const people::Officer& officer,
                       Instant now) {
  const View view = people::view_of(request, officer.staff());
  const Asked asked = asked_of(request, read, officer, now);
  const Page page = rows_of(read, asked);
  Fragment body = head(view, officer, asked);
  if (request.query.text("done") == "transfer")
    body += html::note({.kind = html::NoteKind::ok,
                        .body = html::fill("<p>{}</p>", view("feedback.staff.done_transfer"_t)),
                        .is_status = true});
  body += moves::undetermined_note(view, read, officer);
  body += escalated_note(view, read, officer);
  body += tab_row(view, read, asked);
  body += filter_form(view, asked);
  if (page.rows.empty()) {
    const bool is_narrowed =
        !asked.query.empty() || asked.filter.about || asked.filter.officer_id != 0;
    body += html::nothing_here(
        view(is_narrowed ? "feedback.staff.nothing_found"_t : "feedback.staff.nothing"_t));
  } else {
    body += table(view, read, page, asked);
  }
  if (page.has_more)
    body += html::pager(view, {.next = list_url(view, asked, asked.filter.tab, &page.rows.back())});
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
