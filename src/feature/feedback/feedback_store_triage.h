// What triage keeps: models, and which cases are put with which.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/triage/triage.h"
#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

// --- models -------------------------------------------------------------------------------------

enum class Learned : std::uint8_t {
  topic,  // labels "place/road": what it is about, and the code of the topic
  unit,   // labels "place/so-xd": what it is about, and the code of the office that handled it
};
inline constexpr std::array all_learned = {Learned::topic, Learned::unit};
std::string_view to_text(Learned);
// Instead of a code where a commune or what stands below one handled it: which commune it is, the
// place says, and no other word of the text.
inline constexpr std::string_view commune_label = "commune";

struct ModelRow {
  std::string bytes{};  // empty: there was too little to learn from
  Instant trained_at{};
  std::int64_t example_count = 0;
};
void save_model(db::Write& write, Learned what, const ModelRow& model);
// When it was trained; null when it never was.
std::optional<Instant> trained_at(db::Read& read, Learned what);
// Remembered for a moment; null when there is none yet.
std::optional<triage::Model> model_of(db::Read& read, Learned what);

// What offices have found of cases: the newest `limit` at most. Only what an office has taken up,
// and never of a case that is protected, about conduct, or erased.
std::vector<triage::Example> handled_examples(db::Read& read, Learned what, std::int64_t limit);

void set_topic(db::Write& write, FeedbackId id, TopicId topic);

// --- cases put together -------------------------------------------------------------------------

inline constexpr std::int64_t members_max = 1'000;  // of one case

void insert_merge(
    db::Write& write, FeedbackId id, FeedbackId into, Instant at, std::int64_t officer_id);
void remove_merge(db::Write& write, FeedbackId id);
// The case it was put with; null when it stands alone.
std::optional<FeedbackId> merged_into(db::Read& read, FeedbackId id);
// The cases put with it, the oldest first, at most members_max.
std::vector<FeedbackId> members_of(db::Read& read, FeedbackId id);

}  // namespace ln::feedback
