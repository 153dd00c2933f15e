// What an office of the sample promises for a point of its draft.
#pragma once

#include <cstdint>
#include <string>

#include "base/random.h"
#include "base/time.h"
#include "core/people/people_session.h"
#include "core/units/units.h"
#include "platform/db/db.h"

namespace ln::app {

struct SamplePromise {
  const people::Officer& head;
  const units::Unit& unit;  // that owes it
  std::int64_t point = 0;
  std::string code{}, secret{};  // of somebody who wrote a comment under the point, and confirms it
  std::string text{};
  Day due_on{};
};
// Throws std::logic_error when it is refused.
void promise_for_point(db::Database& database,
                       const SamplePromise& promise,
                       Random& random,
                       Instant at);

}  // namespace ln::app
