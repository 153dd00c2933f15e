// The forms by which an officer acts: one page a task. For the wings of the pages for staff only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/people/people_session.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_store_comfort.h"
#include "platform/http/http.h"

namespace ln::feedback::staff {

// Something to pick in a form: a colleague, a unit (grouped by where it stands).
struct Pick {
  std::string value, text, group = {};
};

// A form that is shown, or was sent: everything it needs from the database, so that it can be shown
// again after the transaction, when nothing can be read.
struct Form {
  const http::Request* request;
  people::Officer officer;
  Feedback feedback;
  Task task;
  Instant now;
  std::vector<Pick> picks = {};
  std::vector<Template> templates = {};  // filled for this case
  std::optional<Review> returned = {};   // an answer that came back from its second reader
  bool needs_second = false;             // the answer waits for one

  html::View view() const { return people::view_of(*request, officer.staff()); }
  html::Url url(std::string_view task_word) const;
};

// Reads the case and what may be picked. Refuses not_found, and forbidden when the officer's role
// does not include the task.
Result<Form> open_form(const http::Request& request,
                       db::Read& read,
                       const people::Officer& officer,
                       Task task,
                       Instant now);

// The page. What was typed comes from `typed`; `error` stands on top and beside the fields. After
// a conflict `newer` is the case as it is by now, and the form goes on from there.
std::string form_page(const Form& form,
                      const http::Fields& typed,
                      const Error* error = nullptr,
                      const Feedback* newer = nullptr);

// The fields of a task, without the button.
html::Fragment fields_of(const Form& form, const http::Fields& typed, const Error* error);

// Why something is hidden, to choose from; privacy when nothing was.
html::Fragment hide_reasons(const html::View& view, std::string_view chosen, const Error* error);

// How a sent form is answered when it is refused: the same form (422, 409) or the refusal's page.
http::Response refused(const Form& form, const Error& error, const std::optional<Feedback>& newer);

// The officer's own form sent twice: the case stands one revision further, and its newest event is
// theirs and this very task.
bool was_sent_before(db::Read& read, const Form& form, std::int64_t revision);
// Where to go when it is done: the case, or the queue when it has left the officer's sight.
http::Response done(const Form& form, const Feedback& now_is);

}  // namespace ln::feedback::staff
