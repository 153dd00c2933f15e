// What time does to consultations. Each is one turn of a job.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "platform/db/db.h"

namespace ln::consultation {

// Draws the maps of consultations anew that are not decided and in which enough was said since the
// last one: a hundredth of its answers, or anything in ten minutes or since the draft was closed;
// those of their articles when clause_people_more more people answered, or when a version or a
// switched-off statement left none that fits. Returns how many consultations.
std::int64_t draw_maps(db::Database& database, Instant now);

// Counts the comments of one draft whose comments came before counts were kept (decision 49);
// whether there was one. Its acts wait meanwhile: a second for a million comments, once.
bool tally_comments(db::Database& database);

// Puts comments into the search that came since the last turn, some thousands at a time; how many.
std::int64_t index_comments(db::Database& database);
// After a restore, which brings no search back: it is filled again from the first comment on.
void search_anew_if_empty(db::Database& database);
// Writes the search anew when words were taken out of it, and scrubs the files, so that they are in
// it no more; whether there were any. On PostgreSQL for the night: it holds the tables.
bool forget_searched_words(db::Database& database);

}  // namespace ln::consultation
