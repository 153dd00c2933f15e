#include "app/rooms.h"

#include <string_view>

#include "core/people/people_pages.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::app {
namespace {

enum class Whose { officers, supervisors, administrators, everybody };

struct Room {
  std::string_view path;
  TextKey name, what;
  Whose whose = Whose::officers;
};

constexpr Room rooms[] = {
    {"/staff/consultations", "site.nav.consultations"_t, "rooms.consultations"_t},
    {"/staff/dialogues", "site.nav.dialogues"_t, "rooms.dialogues"_t},
    {"/staff/commitments", "site.nav.commitments"_t, "rooms.commitments"_t},
    {"/staff/receptions", "reception.title"_t, "rooms.receptions"_t},
    {"/staff/ballots", "ballot.title"_t, "rooms.ballots"_t},
    {"/staff/disclosure", "disclosure.title"_t, "rooms.disclosure"_t},
    {"/staff/projects", "project.title"_t, "rooms.projects"_t},
    {"/staff/surveys", "survey.title"_t, "rooms.surveys"_t, Whose::everybody},
    {"/staff/emulation", "emulation.nav"_t, "rooms.emulation"_t},
    {"/staff/recommendations", "site.nav.recommendations"_t, "rooms.recommendations"_t},
    {"/staff/supervision/programmes", "supervision.title"_t, "rooms.supervision"_t,
     Whose::supervisors},
    {"/staff/administration", "settings.title"_t, "rooms.administration"_t, Whose::administrators}};

// Whether the room opens to `staff`: a list of doors that refuse tells nobody what to do.
bool opens_to(const Room& room, const people::Staff& staff) {
  switch (room.whose) {
    case Whose::officers: return people::Officer::of(staff).has_value();
    case Whose::supervisors: return people::Supervisor::of(staff).has_value();
    case Whose::administrators: return people::Administrator::of(staff).has_value();
    case Whose::everybody: return true;
  }
  return false;
}

}  // namespace

Result<http::Response> rooms_page(const http::Request& request, people::Staff staff) {
  const html::View view = people::view_of(request, staff);
  html::Fragment list;
  for (const Room& room : rooms)
    if (opens_to(room, staff))
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
