// Learning what cases are about: from the shipped corpus, and from what the city has handled; and
// the other work of triage that nobody waits for.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "engine/triage/triage.h"
#include "platform/db/db.h"

namespace ln::feedback {

// The corpus that travels with the program (data/triage), every template written in two manners of
// the five; labels are "place/road": what it is about, and the code of the topic.
std::vector<triage::Example> shipped_examples();

// Trains the models of topics and of offices, one label a turn so that other jobs have their time
// too.
class Learning {
 public:
  // Of the shipped examples it learns from each `every`-th; tests have no time for all of them.
  explicit Learning(std::size_t every = 1);
  ~Learning();
  // Begins when there is no model, or, when `is_night`, with one older than twenty hours; goes on
  // with what has begun; saves the model when it is done, also when there was too little to learn
  // from. False when there is nothing to do.
  bool turn(db::Database& database, Instant now, bool is_night);

 private:
  struct Work;
  std::size_t every_;
  std::unique_ptr<Work> work_;
};

// Brings what was sent or published into the bands by which similar cases are found, reading the
// ledger from where it left off; returns how many entries it looked at.
std::int64_t band_received(db::Database& database, Instant now);
// Forgets bands of what is older than similar_within.
std::int64_t forget_bands(db::Database& database, Instant now);

// Gives cases that were put with another what that other was answered. Returns how many were.
std::int64_t follow_leads(db::Database& database, Random& random, Instant now);

}  // namespace ln::feedback
