// "Is it a complaint or a denunciation?": the step that asks, in plain questions, and what follows
// for whoever says yes: the lawful way, and their text kept with a receipt. Nobody is refused; who
// says that it is feedback goes on. app/routes_feedback names them:
//
//   POST /feedback/new/{draft}/nature   nature_post
//   GET  /feedback/new/{draft}/hold     hold_page: the lawful way, and what is kept
//   POST /feedback/new/{draft}/hold     hold_post
#pragma once

#include <string>

#include "base/random.h"
#include "feature/feedback/feedback_pages_form_draft.h"
#include "feature/feedback/feedback_pages_form_steps.h"
#include "platform/http/http.h"

namespace ln::feedback {

// Notes in the draft whether its words sound like one, so that the step is asked.
void note_suspicion(Draft& draft, Instant now);
// The sender said that it is one: it is not sent as feedback.
bool wants_to_hold(const Draft& draft);
std::string hold_path(const Draft& draft);

html::Fragment nature_fields(const html::View& view, const StepShown& shown);

Result<http::Pending> nature_post(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> hold_page(const http::Request& request, db::Read& read, Instant now);
// Sending again shows the same code and secret; there is one text.
Result<http::Pending> hold_post(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now);

}  // namespace ln::feedback
