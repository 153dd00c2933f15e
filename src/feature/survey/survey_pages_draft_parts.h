// What the pages of the editor of forms share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/people/people_session.h"
#include "feature/survey/survey_actions_draft.h"
#include "feature/survey/survey_pages_parts.h"

namespace ln::survey::draft {

// So many questions stand on one page of a draft.
inline constexpr std::size_t listed_questions_max = 40;

struct Desk {
  html::View view;
  Draft draft{};
  std::int64_t newest = 0;  // the newest version of the form; 0: there is none

  // Under the draft's own address.
  html::Url url() const;
  html::Url url(std::string_view room) const;  // "about"
  html::Url question_url(std::string_view code) const;
  html::Url out_url(std::string_view code) const;
  // The page of the draft on which the question stands, and its place there.
  std::string place_of(const Form& form, std::string_view code) const;
};
// The draft in the path. Refuses (not_found) what is not there.
Result<Desk> desk_in(const http::Request& request,
                     db::Read& read,
                     const people::Administrator& administrator);
// Whether what was sent saw another revision than there is now.
bool is_stale(const http::Request& request, const Draft& draft);
Error stale();
DraftAct act_of(const Desk& desk, const people::Administrator& administrator, Instant now);

// Asks about what somebody typed: the draft with an error above, and 422 or 409.
http::Response show_draft(const Desk& desk, const Error* error, std::size_t from = 0);
// Where the draft has a fault: "Câu 3", or what the form says about itself.
std::string where_of(const Desk& desk, const Fault& fault);
// The number by which people know a question.
std::int64_t number_of(const Form& form, std::string_view code);

html::Fragment revision_field(const Draft& draft);
// A line of text in a form.
struct Entry {
  std::string_view name;
  TextKey label{}, hint{};
  std::string_view value;
  bool is_optional = false;
};
html::Fragment entry(const html::View& view, const Entry& entry, const Error* error);
// Commits an edit that was tried on what was read; afterwards leads to `to`.
http::Pending commit_edit(
    const http::Request& request, const DraftAct& act, DraftId id, Edit edit, std::string to);

}  // namespace ln::survey::draft
