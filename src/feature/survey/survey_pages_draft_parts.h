// What the pages of the editor of forms share.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/people/people_session.h"
#include "feature/survey/survey_actions_draft.h"
#include "feature/survey/survey_pages_parts.h"

namespace ln::survey::draft {

// So many questions stand on one page of a draft.
inline constexpr std::size_t listed_questions_max = 40;

struct Desk {
  html::View view;
  Draft draft{};
  std::vector<Form> versions{};  // of the form, the newest first
  std::int64_t newest = 0;       // the number of the newest; 0: there is none
  // The revision that the person at the page has seen. A page that came too late keeps the old one,
  // so that the same button pressed again is refused again.
  std::int64_t seen = 0;

  // Under the draft's own address.
  html::Url url() const;
  html::Url url(std::string_view room) const;  // "about"
  html::Url question_url(std::string_view code) const;
  html::Url out_url(std::string_view code) const;
  // The page of the draft on which the question stands, and its place there.
  std::string place_of(const Form& form, std::string_view code) const;
  // The draft, which says first what now depends on the new words of the question's answers.
  std::string renamed_place(std::string_view code) const;
};
// The draft in the path. Refuses (not_found) what is not there.
Result<Desk> desk_in(const http::Request& request,
                     db::Read& read,
                     const people::Administrator& administrator);
// Reads draft and versions again, inside a transaction that was refused: the page that answers
// shows what stands there now. What the person has seen stays what it was.
void look_again(db::Read& read, Desk& desk);
// Whether what was sent saw another revision than there is now, and did not ask to write over
// exactly the one that is there now.
bool is_stale(const http::Request& request, const Draft& draft);
Error stale();
DraftAct act_of(const Desk& desk, const people::Administrator& administrator, Instant now);

// Asks about what somebody typed: the draft with an error above, and 422 or 409.
// `renamed`: a question whose answers have got other words; the page says what depends on them.
http::Response show_draft(const Desk& desk,
                          const Error* error,
                          std::size_t from = 0,
                          std::string_view renamed = {});
// Where the draft has a fault: "Câu 3", or what the form says about itself.
std::string where_of(const Desk& desk, const Fault& fault);
// The number by which people know a question.
std::int64_t number_of(const Form& form, std::string_view code);

html::Fragment revision_field(const Draft& draft);
// The revision that was seen; when another one is there now, with the box that allows to write over
// that one, and over no later one.
html::Fragment seen_fields(const Desk& desk);
// A line of text in a form.
struct Entry {
  std::string_view name;
  TextKey label{}, hint{};
  std::string_view value;
  bool is_optional = false;
};
html::Fragment entry(const html::View& view, const Entry& entry, const Error* error);
// Commits `work(db::Write&)`, which was tried on what was read; afterwards leads to `to(outcome)`.
// Somebody may still have been faster by then: `again(const Desk&, const Error&)` answers with the
// same page, so that nothing typed is lost.
template <class Work, class To, class Again>
http::Pending commit_seen(const http::Request& request,
                          const Desk& desk,
                          const people::Administrator& administrator,
                          Work work,
                          To to,
                          Again again) {
  // The view names who is signed in, so that person is kept as long as the view.
  struct Later {
    Desk desk;
    people::Administrator administrator;
  };
  auto later = std::make_shared<Later>(Later{desk, administrator});
  later->desk.view = people::view_of(request, later->administrator.staff());
  return http::Pending::commit(
      [later, work = std::move(work)](db::Write& write) {
        auto done = work(write);
        if (!done.ok() && done.error().kind == ErrorKind::conflict) look_again(write, later->desk);
        return done;
      },
      [&request, later, to = std::move(to), again = std::move(again)](
          const auto& done, std::string_view) -> http::Response {
        if (done.ok()) return http::see_other(to(done.value()));
        if (done.error().kind == ErrorKind::conflict) return again(later->desk, done.error());
        return http::error_response(request, done.error());
      });
}
// The same of an edit.
template <class Again>
http::Pending commit_edit(const http::Request& request,
                          const Desk& desk,
                          const DraftAct& act,
                          Edit edit,
                          std::string to,
                          Again again) {
  return commit_seen(
      request, desk, act.administrator,
      [act, id = desk.draft.id, edit = std::move(edit)](db::Write& write) {
        return change_draft(write, act, id, edit);
      },
      [to = std::move(to)](const Draft&) { return to; }, std::move(again));
}

}  // namespace ln::survey::draft
