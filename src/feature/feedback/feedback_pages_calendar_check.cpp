#include "feature/feedback/feedback_pages_calendar_check.h"

#include <algorithm>

#include "core/workdays/workdays_pages.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;
using workdays::Edit;

constexpr std::int64_t open_looked_at = 2'000;
constexpr std::size_t moved_shown = 20;
constexpr std::string_view fields_kept[] = {"what",  "day-day", "day-month", "day-year",
                                            "kind",  "name_vi", "name_en",   "source",
                                            "table", "remove"};

Fragment edits_list(const View& view, const std::vector<Edit>& edits) {
  return html::fill("<ul>{}</ul>", [&](Fragment& list) {
    for (const Edit& each : edits)
      list.add(R"(<li><b>{}</b>: {} {} <span class="small" lang="vi">({})</span></li>)",
               view.voice.date(each.day), view(workdays::key_of(each.kind)),
               workdays::name_of(view, each.name_vi, each.name_en), each.source);
  });
}

// Those that everybody may read of, by name; the others are counted and no more.
Fragment moved_table(const View& view, const std::vector<Moved>& moved) {
  const html::Column columns[] = {
      {view("workdays.case"_t)}, {view("workdays.was"_t)}, {view("workdays.is"_t)}};
  Fragment rows;
  std::size_t count = 0;
  for (const Moved& each : moved) {
    if (!each.feedback.published_at || each.feedback.is_protected || ++count > moved_shown)
      continue;
    Fragment row;
    html::add_head_cell(row, html::code(each.feedback.code.shown()));
    html::add_cell(row, columns[1], html::moment(view, each.was));
    html::add_cell(row, columns[2], html::moment(view, each.is));
    rows.add("<tr>{}</tr>", row);
  }
  if (rows.empty()) return {};
  return html::table(
      {.caption = view("workdays.moved_public"_t), .columns = columns, .rows = std::move(rows)});
}

}  // namespace

std::string calendar_frame(const View& view, const Fragment& body, bool has_errors) {
  Fragment before = html::breadcrumbs(
      view, {{view("feedback.staff.queue"_t), Url::in(view, "/staff")}}, view("workdays.edit"_t));
  return html::page(view, {.title = view("workdays.edit"_t),
                           .here = "/staff",
                           .body = html::columns({.before = std::move(before), .body = body}),
                           .is_staff = true,
                           .has_errors = has_errors,
                           .is_unlisted = true});
}

Preview preview_of(db::Read& read,
                   const workdays::Calendar& now_is,
                   const workdays::Calendar& next,
                   const std::vector<Edit>& edits) {
  Day first = edits.front().day;
  for (const Edit& each : edits) first = std::min(first, each.day);
  const auto open = due_after(read, at_local(first), open_looked_at);
  Preview out{.is_all = std::ssize(open) < open_looked_at};
  for (const Feedback& each : open) {
    const bool is_current = each.calendar_revision >= now_is.revision();
    auto moved = is_current
                     ? moved_by(read, each, now_is.days(), next.days())
                     : moved_by(read, each, now_is.days_at(each.calendar_revision), next.days());
    if (moved) out.moved.push_back(*std::move(moved));
  }
  return out;
}

std::string preview_page(const View& view,
                         const http::Fields& typed,
                         const std::vector<Edit>& edits,
                         const Preview& preview,
                         std::int64_t revision) {
  Fragment body = html::back_link(view, Url::in(view, "/staff/calendar"));
  body.add(R"(<h1 class="h-l">{}</h1><h2 class="h-m">{}</h2>{}<h2 class="h-m">{}</h2>)",
           view("workdays.check"_t), view("workdays.will_change"_t), edits_list(view, edits),
           view("workdays.moved"_t));
  const auto count = std::ssize(preview.moved);
  body.add("<p>{}</p>",
           view.voice.counted(
               preview.is_all ? "workdays.moved_count"_t : "workdays.moved_at_least"_t, count));
  if (count > 0) body += moved_table(view, preview.moved);
  body.add("<p>{}</p>", view("workdays.forward_only"_t));
  Fragment fields = html::hidden("revision", std::to_string(revision));
  fields += html::hidden("step", "apply");
  for (const std::string_view name : fields_kept)
    if (typed.has(name)) fields += html::hidden(name, typed.text(name));
  fields += html::button({.text = view("workdays.apply"_t), .once = true});
  body += html::form(view, {.action = Url::in(view, "/staff/calendar"), .body = std::move(fields)});
  return calendar_frame(view, body, false);
}

}  // namespace ln::feedback::staff
