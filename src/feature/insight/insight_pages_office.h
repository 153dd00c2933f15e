// Offices: the list of all, and the page of each with its public figures, desks and procedures.
#pragma once

#include "core/units/units.h"
#include "platform/html/fill.h"
#include "platform/html/url.h"
#include "platform/http/http.h"

namespace ln::insight {

// GET /units?q= : all offices in alphabetical order, or those a search finds. Names that differ
// only in diacritics are all listed.
Result<http::Response> offices_page(const http::Request& request, db::Read& read, Instant now);

// GET /units/{code} : the office that bears the code today. `word`: what other rooms say of what it
// promised and owes; it stands below the figures.
Result<http::Response> office_page(const http::Request& request,
                                   db::Read& read,
                                   Instant now,
                                   const html::Fragment& word);

// GET /units/{code}/desks : the QR codes of its desks, each opening the form for that place, to
// print and put up. 404 where it has none.
Result<http::Response> desks_page(const http::Request& request, db::Read& read, Instant now);

// Where the form opens for this desk.
html::Url desk_address(const html::View& view, const units::Unit& unit, const units::Desk& desk);

// GET /units/{code}/{valid_from:date} : the office that bore the code from that day on. Codes were
// given anew on 1 July 2025, so an old link must say what it meant.
Result<http::Response> earlier_office_page(const http::Request& request,
                                           db::Read& read,
                                           Instant now);

}  // namespace ln::insight
