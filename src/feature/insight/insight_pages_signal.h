// Signals of formality for those who lead and those who watch: the list, one with its cases, what
// is said against it, and the thresholds.
#pragma once

#include "core/people/people_session.h"
#include "feature/insight/insight_actions_signal.h"
#include "platform/http/http.h"

namespace ln::insight {

// GET /staff/signals : those the reader may read (may_read), the newest month first.
Result<http::Response> signals_page(const http::Request& request,
                                    db::Read& read,
                                    Watcher watcher,
                                    Instant now);
// GET /staff/signals/{id:number} : its arithmetic, its cases and what was said. Any signal that
// the reader may not read does not exist.
Result<http::Response> signal_page(const http::Request& request,
                                   db::Read& read,
                                   Watcher watcher,
                                   Instant now);
// POST /staff/signals/{id:number}/dispute {text}
Result<http::Pending> dispute_post(const http::Request& request,
                                   db::Read& read,
                                   Head head,
                                   Instant now);
// POST /staff/signals/{id:number}/decision {decision, text}
Result<http::Pending> decision_post(const http::Request& request,
                                    db::Read& read,
                                    people::Supervisor supervisor,
                                    Instant now);

// GET /staff/signals/rules : what is looked for, and by which thresholds; an administrator of the
// city changes them.
Result<http::Response> rules_page(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator);
// POST /staff/signals/rules {kind, on, threshold, part_min, level, reason}
Result<http::Pending> rules_post(const http::Request& request,
                                 db::Read& read,
                                 people::Administrator administrator,
                                 Instant now);

}  // namespace ln::insight
