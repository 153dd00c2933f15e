// What the pages of projects share. For this room's pages only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feature/project/project_store.h"
#include "platform/html/fill.h"
#include "platform/html/spoken.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::project {

html::Url page_of(const html::View& view, ProjectId id);
html::Url file_url(const html::View& view, const Code& code);
html::Spoken name_of(const html::View& view, const Project& p);
std::string unit_name(const html::View& view, db::Read& read, units::UnitId id);

// "120,5 m²" and "85.000.000 đồng".
std::string area_text(const html::View& view, std::int64_t hundredths);
std::string dong_text(const html::View& view, std::int64_t dong);

html::Fragment price_table(const html::View& view, const std::vector<Price>& prices);
// A line with its total and how that was computed.
html::Fragment line_facts(const html::View& view, const Line& line);
// What a line was before, and what it is since.
html::Fragment correction_list(const html::View& view, const Correction& correction);
// The rounds with what is printed of them, and whether answers are overdue.
html::Fragment rounds_part(const html::View& view, db::Read& read, const Project& p, Instant now);
// Of the ledger, with its proof.
html::Fragment line_link(const html::View& view, const Project& p, std::int64_t line);

// A letter as it is printed.
struct Slip {
  Code code;
  std::string_view secret{}, number{};  // what the office calls the household
  std::string_view body{};              // what the letter is for
};
html::Fragment letter_slip(const html::View& view, const Project& p, const Slip& slip);
// How many letters were printed again, when that may be told.
html::Fragment letters_part(const html::View& view,
                            db::Read& read,
                            const Project& p,
                            Instant now);

// The project of the path; not_found when there is none.
Result<Project> asked_for(const http::Request& request, db::Read& read);

}  // namespace ln::project
