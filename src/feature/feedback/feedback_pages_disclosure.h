// Orders to hand out what is kept secret of a sender: counted for everybody, written down by the
// ombudsman.
//
//   GET  /disclosures         disclosures_page: how many, by year, authority and outcome
//   GET  /staff/disclosures   ordered_page: each, and the form
//   POST /staff/disclosures   ordered_post
#pragma once

#include "base/result.h"
#include "core/people/people_session.h"
#include "feature/feedback/feedback_disclosure.h"
#include "platform/db/db.h"
#include "platform/html/fill.h"
#include "platform/http/http.h"

namespace ln::feedback {

Result<http::Response> disclosures_page(const http::Request& request, db::Read& read);

Result<http::Response> ordered_page(const http::Request& request,
                                    db::Read& read,
                                    people::Ombudsman ombudsman);
Result<http::Pending> ordered_post(const http::Request& request,
                                   db::Read& read,
                                   people::Ombudsman ombudsman,
                                   Instant now);

// What the sender of a case is told of an order, for the page of the case.
html::Fragment told_of_order(const html::View& view, const Disclosure& disclosure);

}  // namespace ln::feedback
