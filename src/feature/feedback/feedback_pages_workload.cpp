#include "feature/feedback/feedback_pages_workload.h"

#include <algorithm>
#include <string>
#include <vector>

#include "feature/feedback/feedback_pages_staff_list.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

// The end of the Sunday of this week.
Instant week_ends_at(Instant now) {
  const Day today = local_day(now);
  const auto weekday = std::chrono::weekday(today).iso_encoding();  // Monday is 1
  return at_local(today + std::chrono::days(8 - weekday));
}

// Open work as a bar on the scale of whoever has most; the numbers stand beside it.
Fragment workload_bar(std::int64_t open, std::int64_t most) {
  return html::fill(
      R"(<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"
focusable="false"><rect width="{}" height="6"/></svg>)",
      most == 0 ? 0 : open * 100 / most);
}

Fragment workload_row(const View& view,
                      const units::Unit& top,
                      const Workload& load,
                      std::string_view name,
                      std::int64_t most) {
  return html::fill(
      R"(<tr><th scope="row">{}{}</th>{}</tr>)",
      [&](Fragment& who) {
        // What nobody has yet is a list to hand out from.
        if (load.officer_id == 0)
          who.add(R"(<a href="{}">{}</a>)",
                  Url::in(view, "/staff").with("who", "nobody").with("top", top_key(top)),
                  view("feedback.staff.nobody"_t));
        else
          who.add("{}", name);
      },
      workload_bar(load.open, most),
      [&](Fragment& cells) {
        const auto cell = [&](TextKey key, std::int64_t count) {
          cells.add(R"(<td data-l="{}" class="num">{}</td>)", view(key), view.voice.number(count));
        };
        cell("feedback.workload.open"_t, load.open);
        cell("feedback.workload.soon"_t, load.soon);
        cell("feedback.workload.overdue"_t, load.overdue);
      });
}

Fragment workload_table(const View& view,
                        db::Read& read,
                        const units::Unit& top,
                        const std::vector<Workload>& loads) {
  Names names(read);
  const std::int64_t most = loads.empty() ? 0 : loads.front().open;
  return html::fill(
      R"(<table class="tbl tbl--stack"><caption lang="vi">{}</caption><thead><tr>
<th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th></tr>
</thead><tbody>{}</tbody></table>)",
      top.name, view("feedback.workload.who"_t), view("feedback.workload.open"_t),
      view("feedback.workload.soon"_t), view("feedback.workload.overdue"_t), [&](Fragment& rows) {
        for (const Workload& each : loads)
          rows += workload_row(view, top, each, names.of_account(each.officer_id), most);
      });
}

}  // namespace

Result<http::Response> workload_page(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer,
                                     Instant now) {
  if (!officer.staff().has(people::Role::head))
    return Error{ErrorKind::forbidden, "feedback.error.not_your_part"_t};
  const View view = people::view_of(request, officer.staff());
  const Asked asked = asked_of(request.query, read, officer, now);
  Fragment body =
      html::breadcrumbs(view, {{view("feedback.staff.queue"_t), Url::in(view, "/staff")}},
                        view("feedback.workload.title"_t));
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("feedback.workload.title"_t),
           view("feedback.workload.lead"_t));
  for (const units::Unit& top : asked.tops) {
    if (!officer.may(people::Role::head, top.path)) continue;
    QueueFilter filter = asked.filter;
    filter.top = top.path;
    filter.soon_until = week_ends_at(now);
    const auto loads = workloads(read, filter);
    if (loads.empty())
      body += html::nothing_here(view("feedback.staff.nothing"_t));
    else
      body += workload_table(view, read, top, loads);
  }
  return http::page(
      200, html::page(view, {.title = view("feedback.workload.title"_t),
                             .here = "/staff",
                             .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                             .is_staff = true,
                             .is_unlisted = true}));
}

}  // namespace ln::feedback::staff
