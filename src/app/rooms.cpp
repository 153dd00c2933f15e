#include "app/rooms.h"

#include <string_view>

#include "core/people/people_pages.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::app {
namespace {

struct Room {
  std::string_view path;
  TextKey name, what;
};

constexpr Room rooms[] = {
    {"/staff/consultations", "site.nav.consultations"_t, "rooms.consultations"_t},
    {"/staff/dialogues", "site.nav.dialogues"_t, "rooms.dialogues"_t},
    {"/staff/commitments", "site.nav.commitments"_t, "rooms.commitments"_t},
    {"/staff/receptions", "reception.title"_t, "rooms.receptions"_t},
    {"/staff/ballots", "ballot.title"_t, "rooms.ballots"_t},
    {"/staff/disclosure", "disclosure.title"_t, "rooms.disclosure"_t},
    {"/staff/projects", "project.title"_t, "rooms.projects"_t},
    {"/staff/surveys", "survey.title"_t, "rooms.surveys"_t},
    {"/staff/emulation", "emulation.nav"_t, "rooms.emulation"_t},
    {"/staff/recommendations", "site.nav.recommendations"_t, "rooms.recommendations"_t}};

}  // namespace

Result<http::Response> rooms_page(const http::Request& request, people::Staff staff) {
  const html::View view = people::view_of(request, staff);
  html::Fragment list;
  for (const Room& room : rooms)
    list.add(R"(<li class="sp"><a href="{}"><b>{}</b></a><br>{}</li>)",
             html::Url::in(view, room.path), view(room.name), view(room.what));
  const std::string_view title = view("rooms.title"_t);
  html::Fragment body = html::breadcrumbs(
      view, {{view("feedback.staff.queue"_t), html::Url::in(view, "/staff")}}, title);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><ul class="plain">{}</ul>)", title,
           view("rooms.lead"_t), list);
  return http::page(
      200, html::page(view, {.title = title,
                             .here = "/staff/rooms",
                             .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                             .is_staff = true,
                             .is_unlisted = true}));
}

}  // namespace ln::app
