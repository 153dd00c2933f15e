// Single keys for the queue and the case: what they do, and a switch. The module in
// assets/src/js/keys.js serves them; without it every link, box and button is still there.
//
//   GET  /staff/keys    keys_page
#pragma once

#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::feedback::staff {

Result<http::Response> keys_page(const http::Request& request, people::Staff staff);

// The link to that page. Where it stands, single keys work.
html::Fragment keys_link(const html::View& view);

}  // namespace ln::feedback::staff
