// Asking about pressure, as pages. app/ names them:
//
//   GET  /feedback/{code}/pressure           pressure_page: with the secret, when something is
//   asked POST /feedback/{code}/pressure           pressure_post GET  /staff/supervision/pressure
//   pressed_page: who was pressed, for supervisors alone POST /staff/supervision/pressure/{id}
//   take_up_post
#pragma once

#include "core/people/people_citizen_session.h"
#include "core/people/people_session.h"
#include "feature/feedback/feedback.h"
#include "platform/html/fill.h"
#include "platform/http/http.h"

namespace ln::feedback {

Result<http::Response> pressure_page(const http::Request& request, db::Read& read);
Result<http::Pending> pressure_post(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> pressed_page(const http::Request& request,
                                    db::Read& read,
                                    people::Supervisor supervisor);
Result<http::Pending> take_up_post(const http::Request& request,
                                   people::Supervisor supervisor,
                                   Instant now);

// Whether the sender is asked something now.
bool is_asked_about_pressure(db::Read& read, FeedbackId id);
// The card on a holder's page that leads here; empty when nothing is asked.
html::Fragment pressure_card(const html::View& view, const Feedback& feedback, bool is_asked);

}  // namespace ln::feedback
