// Jobs of features that the list of jobs names by what they are for: what changes while somebody
// looks at a page, and what falls due before everybody's eyes.
#pragma once

#include "base/random.h"
#include "base/time.h"
#include "platform/db/db.h"
#include "platform/http/server.h"

namespace ln::app {

// The figures of the home page and of the reports.
void tell_figures(db::Database& database, http::Broadcast& broadcast, Instant now);
// Who is asked now and next in dialogues that are live.
void tell_queues(db::Database& database, http::Broadcast& broadcast);
// What dialogues that are over kept of networks. Writes the files anew.
void forget_networks(db::Database& database);
// The search through comments on drafts.
void index_comments(db::Database& database);
// Promises of cases that moved without them, and those that are overdue, kept by silence or broken
// by time.
void pass_promises(db::Database& database, Random& random, Instant now);
// Letters of households that were printed again, whose time has come.
void start_letters(db::Database& database, Random& random, Instant now);
// Decisions by households that are over, and how often disclosures were opened. `may_scrub`: the
// files may be written anew now.
void attend_grassroots(db::Database& database, bool may_scrub, Instant now);
// Turns of citizen reception whose words were kept long enough.
void forget_receptions(db::Database& database, Random& random, Instant now);
// Days of reception whose unit a reorganisation ended.
void follow_receptions(db::Database& database, Instant now);
// Criteria of emulation whose day has come. Gives how many.
std::int64_t apply_criteria(db::Database& database, Instant now);
// Samples of supervision whose head has come.
void draw_samples(db::Database& database, Instant now);
// Drafts whose last day is over, their maps, and the letters of what was decided. `may_scrub`: the
// files may be written anew now.
void attend_drafts(db::Database& database, bool may_scrub, Instant now);
// Surveys whose head has come, and those whose last day is over.
void attend_surveys(db::Database& database, Instant now);
// What dashboards and desks stand on.
void watch_figures(db::Database& database, Instant now);

}  // namespace ln::app
