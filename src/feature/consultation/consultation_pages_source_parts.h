// What the pages of sources share. For this room's pages only.
#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "core/people/people_session.h"
#include "feature/consultation/consultation_actions_source.h"
#include "feature/consultation/consultation_pages_parts.h"
#include "platform/http/http.h"

namespace ln::consultation::staff {

// A consultation for its editor, with the draft that is read now.
struct SourceDesk {
  const http::Request& request;
  people::Officer officer;
  Consultation c;
  draft::Draft draft;
  bool is_decided = false;
  Instant now;
  std::string once{};  // the token of the form: pressing twice takes everything once …
  std::string mark{};  // … and other words in the same form are something else

  html::View view() const { return people::view_of(request, officer.staff()); }
  html::Url url() const {
    return html::Url::in(view(), "/staff/consultations/", c.id.value, "/sources");
  }
  html::Url url_of(SourceId id) const {
    return html::Url::in(view(), "/staff/consultations/", c.id.value, "/sources/", id.value);
  }
  EditAct act() const { return {.officer = officer, .now = now}; }
};
// Refuses (not_found) whoever may not edit it, and one that is not published.
Result<SourceDesk> source_desk(const http::Request& request,
                               db::Read& read,
                               const people::Officer& officer,
                               Random& random,
                               Instant now);

// A mark of what was typed into a form.
std::string mark_of_words(std::string_view words);
// All fields of a form as one text; different ones never give the same.
std::string packed_words(std::initializer_list<std::string_view> fields);

http::Response source_response(const SourceDesk& desk,
                               std::string_view title,
                               html::Fragment body,
                               const Error* error,
                               bool is_once = false);

// Rows that were not taken, each with its line and why; nothing for none.
html::Fragment refused_part(const html::View& view, const std::vector<RefusedRow>& refused);

// A press that was repeated, or a page that did not come through, still shows letters for so long.
inline constexpr std::chrono::minutes letters_again_within{10};
// The answer to a finished import: how many, and a letter with code and secret for each row whose
// writer gave an address. Sending the form again shows the same.
http::Pending import_pending(const SourceDesk& desk,
                             PreparedImport prepared,
                             std::vector<RefusedRow> refused);
// What was shown for this form before, the rows that were refused as well; null when it was not
// sent yet. `rows`: what the form holds.
std::optional<http::Response> imported_before(const SourceDesk& desk,
                                              db::Read& read,
                                              const ImportRows& rows);

}  // namespace ln::consultation::staff
