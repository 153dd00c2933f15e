// The criteria of emulation, for administrators of the city:
//
//   GET  /staff/administration/criteria              what is in force, and what was changed
//   POST /staff/administration/criteria              takes a change back: undo=17
//   GET  /staff/administration/criteria/{criterion}  its form; "new" is an empty one
//   POST /staff/administration/criteria/{criterion}  shows how the list will look; with step=save
//                                                    it is changed. Refuses (invalid) beside the
//                                                    fields
#pragma once

#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::emulation::staff {

Result<http::Response> criteria_page(const http::Request& request,
                                     db::Read& read,
                                     people::Administrator administrator,
                                     Instant now);
Result<http::Pending> criteria_post(const http::Request& request,
                                    people::Administrator administrator,
                                    Instant now);
Result<http::Response> criterion_page(const http::Request& request,
                                      db::Read& read,
                                      people::Administrator administrator,
                                      Instant now);
Result<http::Pending> criterion_post(const http::Request& request,
                                     db::Read& read,
                                     people::Administrator administrator,
                                     Instant now);

}  // namespace ln::emulation::staff
