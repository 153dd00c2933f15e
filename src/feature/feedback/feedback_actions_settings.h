// Topics changed by an administrator of the city: dated, in the public log, taken back by one more
// change (core/settings). A topic is never removed: it is switched off, and its cases keep it.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/people/people.h"
#include "core/settings/settings_actions.h"
#include "feature/feedback/feedback_settings.h"
#include "platform/db/db.h"

namespace ln::feedback {

// A topic as it is set now, also one that is switched off; null when there is none.
std::optional<TopicSetting> find_topic_setting(db::Read& read, std::string_view code);
// Its value; empty when there is none.
std::string topic_value(db::Read& read, std::string_view code);

// `seen` is the value that was on the page; empty for a new topic.
struct TopicChange {
  TopicSetting setting{};
  std::string seen{};
  Day from{};
  std::string reason{};
};

// Everything that is wrong with it, beside its fields (feedback_settings.h; "parent", "unit",
// "from", "reason"): also a parent that is none, is about something else or would stand below
// itself, and a unit that is none today.
Result<Done> check_topic_change(db::Read& read, const TopicChange& change, Instant now);

// What one file brings in, so that its lines may name what is not there yet.
struct Brought {
  std::vector<TopicSetting> topics{};  // all topics of the city, as they would be
  std::set<std::string> units{};       // codes of the units that it makes
};
bool knows_topic(db::Read& read, const Brought& brought, const std::string& code);
bool knows_unit(db::Read& read, const Brought& brought, const std::string& code, Instant now);

// The same as check_topic_change among what one file brings.
Result<Done> check_topic_among(db::Read& read,
                               const TopicChange& change,
                               const Brought& brought,
                               Instant now);
// How the value of a topic is put where it counts.
settings::Apply apply_topic(Day today);

// Makes or changes a topic; cases that are there already keep their date. Gives the number of the
// change. Refuses what check_topic_change and settings::change refuse, and conflict when the topic
// is not as it was `seen`.
Result<std::int64_t> change_topic(db::Write& write,
                                  const people::Administrator& administrator,
                                  const TopicChange& change,
                                  Instant now);

// Takes a change back, of a topic, of office hours or of any list of core/settings; one that made a
// topic switches it off. Refuses not_found, also for what cannot be put back (a password,
// sessions), and what the list's own undo refuses.
Result<Done> undo_change(db::Write& write,
                         const people::Administrator& administrator,
                         std::int64_t id,
                         Instant now);

// Applies the changes of topics whose day has come. Gives how many.
std::int64_t apply_due_settings(db::Database& database, Instant now);

}  // namespace ln::feedback
