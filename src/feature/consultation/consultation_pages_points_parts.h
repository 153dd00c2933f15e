// What the desk's pages of points share. For this room's pages only.
#pragma once

#include <string>
#include <vector>

#include "core/people/people_session.h"
#include "feature/consultation/consultation_actions_decide.h"
#include "feature/consultation/consultation_pages_answer_parts.h"
#include "platform/http/http.h"

namespace ln::consultation::staff {

// A consultation for its editor, and its points. What was typed into a form that was refused.
struct PointDesk {
  const http::Request& request;
  people::Officer officer;
  Consultation c;
  std::vector<TableRow> rows;
  std::vector<Issue> issues;  // those under which nothing stands too
  std::vector<Blocker> gate;
  std::optional<Decision> decision;
  Instant now;
  std::string title{}, note{};
  html::Fragment withdrawn{};  // how many invitations were taken back

  html::View view() const { return people::view_of(request, officer.staff()); }
  html::Url url() const {
    return html::Url::in(view(), "/staff/consultations/", c.id.value, "/issues");
  }
  html::Url url_of(IssueId id) const {
    return html::Url::in(view(), "/staff/consultations/", c.id.value, "/issues/", id.value);
  }
  EditAct act() const;
};
// Refuses (not_found) whoever may not edit it, and one that is not published.
Result<PointDesk> point_desk(const http::Request& request,
                             db::Read& read,
                             const people::Officer& officer,
                             Instant now);

// Comments with a box each under their headings, and where to put those that are chosen: under one
// of the points, or under a new one. The form posts step=place to `action`; when a search found
// `found_count`, all of them may go there too (step=place_found).
struct PlaceList {
  html::Fragment heading{};
  std::vector<Comment> comments{};
};
struct PlaceForm {
  html::Url action;
  std::vector<PlaceList> lists{};
  std::int64_t found_count = 0;  // 0: no search
  std::string found{};           // mark_of() them
};
html::Fragment place_form(const PointDesk& desk,
                          db::Read& read,
                          const PlaceForm& form,
                          const Error* error);
// What place_form() sends.
Result<http::Pending> place_post(const PointDesk& desk, Random& random, const std::string& back);
// Under which of the desk's points; an id of 0 for a new one. With many points their number in the
// table is typed. Refuses (invalid) beside "issue_number" one that is not there.
Result<IssueId> chosen_point(const PointDesk& desk);
// Whether it is understood; the refusals are beside "comment", "new_title" and "issue_number".
// `needs_choice`: boxes have to be ticked.
Result<Done> check_placing(const PointDesk& desk, bool needs_choice);

// The fields of an answer, for whoever gives or drafts it.
html::Fragment answer_fields(const html::View& view,
                             const draft::Draft& draft,
                             const Given& typed,
                             std::string_view answer_word,
                             const Error* error);

http::Response desk_response(const PointDesk& desk,
                             std::string_view title,
                             html::Fragment body,
                             const Error* error);

}  // namespace ln::consultation::staff
