// What triage keeps: models, and which cases are put with which.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/triage/triage.h"
#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

// --- models -------------------------------------------------------------------------------------

struct ModelRow {
  std::string bytes{};
  Instant trained_at{};
  std::int64_t example_count = 0;
};
void save_model(db::Write& write, std::string_view kind, const ModelRow& model);
// When it was trained; null when there is none.
std::optional<Instant> trained_at(db::Read& read, std::string_view kind);
// The model of topics, remembered for a moment; null when there is none yet.
std::optional<triage::Model> topic_model(db::Read& read);

// What offices have found cases to be about: the newest `limit` at most, labels as in
// shipped_examples(). Only what an office has taken up, and never of a case that is protected,
// about conduct, or erased.
std::vector<triage::Example> handled_examples(db::Read& read, std::int64_t limit);

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
