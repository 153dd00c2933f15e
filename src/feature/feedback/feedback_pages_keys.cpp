#include "feature/feedback/feedback_pages_keys.h"

#include <string_view>
#include <utility>

#include "feature/feedback/feedback_pages_staff_parts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

Fragment key_rows(const View& view) {
  Fragment rows;
  for (const auto& [key, what] : {std::pair<std::string_view, TextKey>{"j", "feedback.keys.down"_t},
                                  {"k", "feedback.keys.up"_t},
                                  {"x", "feedback.keys.tick"_t},
                                  {"Enter", "feedback.keys.open"_t},
                                  {"/", "feedback.keys.search"_t},
                                  {"t", name_of(Task::accept)},
                                  {"a", name_of(Task::answer)},
                                  {"g", name_of(Task::assign)},
                                  {"h", name_of(Task::ask)},
                                  {"c", name_of(Task::transfer)},
                                  {"n", name_of(Task::note)},
                                  {"r", "feedback.review.read_it"_t},
                                  {"?", "feedback.keys.help"_t}})
    rows.add(R"(<tr><th scope="row"><kbd translate="no">{}</kbd></th><td>{}</td></tr>)", key,
             view(what));
  return rows;
}

}  // namespace

Result<http::Response> keys_page(const http::Request& request, people::Staff staff) {
  const View view = people::view_of(request, staff);
  Fragment body =
      html::breadcrumbs(view, {{view("feedback.staff.queue"_t), Url::in(view, "/staff")}},
                        view("feedback.keys.title"_t));
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("feedback.keys.title"_t),
           view("feedback.keys.lead"_t));
  body.add(
      R"(<p><button type="button" class="govuk-button govuk-button--secondary" data-keys-toggle=""
 data-on="{}" data-off="{}" hidden>{}</button></p>)",
      view("feedback.keys.switch_on"_t), view("feedback.keys.switch_off"_t),
      view("feedback.keys.switch_off"_t));
  body.add(
      R"(<table class="tbl"><caption class="vh">{}</caption><thead><tr><th scope="col">{}</th>
<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>{})",
      view("feedback.keys.title"_t), view("feedback.keys.key"_t), view("feedback.keys.what"_t),
      key_rows(view), keys_link(view));
  return http::page(
      200, html::page(view, {.title = view("feedback.keys.title"_t),
                             .here = "/staff",
                             .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                             .is_staff = true,
                             .is_unlisted = true}));
}

Fragment keys_link(const View& view) {
  return html::fill(R"(<p class="small"><a href="{}" data-keys="on">{}</a></p>)",
                    Url::in(view, "/staff/keys"), view("feedback.keys.title"_t));
}

}  // namespace ln::feedback::staff
