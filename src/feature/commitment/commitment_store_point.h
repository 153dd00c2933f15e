// A point of a draft that was answered, as feature/consultation keeps it: read here, written there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/commitment/commitment_store.h"
#include "platform/db/db.h"

namespace ln::commitment {

struct PromisedPoint {
  std::int64_t id = 0, draft_id = 0;
  units::UnitId unit{};  // that drafts
  std::string unit_path{};
  std::string title{}, answer{};  // what is asked for, and why it was answered so
  bool is_answered = false;
};
// Null when there is none, or when its draft is not public yet.
std::optional<PromisedPoint> find_point(db::Read& read, std::int64_t id);

// Whoever wrote a comment that stands under the point, by the code of that comment. Null when it
// does not stand there, was withdrawn, or was sent after `by`: what is written under a promise is
// not what was promised something.
std::optional<Asked::Person> find_author(db::Read& read,
                                         std::int64_t point,
                                         std::string_view code,
                                         Instant by);
// How many of these there are, at most `most`.
std::int64_t count_authors(
    db::Read& read, std::int64_t draft, std::int64_t point, Instant by, std::int64_t most);
// Those who said something of a promise for a point and have withdrawn their comment since.
std::vector<Asker> askers_withdrawn(db::Read& read, std::int64_t limit);

}  // namespace ln::commitment
