// Rows of feedback and its tables. No rules here: what may happen is decided in feedback.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

std::optional<Feedback> find(db::Read& read, FeedbackId id);
std::optional<Feedback> find(db::Read& read, const Code& code);

// Inserts a case in state received; `feedback.id` is ignored and the new one returned. When
// another case has its code the job fails.
FeedbackId insert(db::Write& write, const Feedback& feedback);
// Writes everything that changes in the life of a case. False when the row is no longer at
// `feedback.revision`: somebody else changed it first.
bool save(db::Write& write, const Feedback& feedback);

// --- the timeline -------------------------------------------------------------------------------

enum class Audience : std::uint8_t { public_, holder, staff };
std::string_view to_text(Audience);

struct Event {
  std::int64_t id = 0;
  FeedbackId feedback{};
  std::string event{};  // Word of the ledger, or "noted".
  Instant at{};
  std::string party{};  // "citizen", "office", "supervisor", "clock"
  std::int64_t officer_id = 0;
  units::UnitId unit{};
  std::string text{};
  std::string reason{};
  std::optional<Day> day{};
  Audience audience = Audience::holder;
  std::optional<std::int64_t> ledger_index{};
  std::optional<Instant> joins_before{};  // it waits, and will stand in the ledger by then
};
void insert_event(db::Write& write, const Event& event);
// Oldest first.
std::vector<Event> events_of(db::Read& read, FeedbackId id);

// --- what else belongs to a case ----------------------------------------------------------------

void insert_extra(db::Write& write,
                  FeedbackId id,
                  std::string_view question,
                  std::string_view answer);
std::vector<std::pair<std::string, std::string>> extras_of(db::Read& read, FeedbackId id);

struct Contact {
  std::string plain;   // Empty when sealed.
  std::string sealed;  // Empty when plain.
  bool is_sealed() const { return !sealed.empty(); }
};
void insert_contact(db::Write& write, FeedbackId id, const Contact& contact);
std::optional<Contact> contact_of(db::Read& read, FeedbackId id);
void remove_contact(db::Write& write, FeedbackId id);
// Cases that still have a contact and have been closed, declined or redirected since before
// `since`, by id, at most `limit`. Reads every contact: for a job of the night.
std::vector<FeedbackId> contacts_not_needed(db::Read& read, Instant since, std::int64_t limit);

struct Opening {
  std::int64_t account_id = 0;
  std::string reason;
  Instant at{};
  Instant until{};
};
void insert_opening(db::Write& write, FeedbackId id, const Opening& opening);
std::vector<Opening> openings_of(db::Read& read, FeedbackId id);

// --- topics -------------------------------------------------------------------------------------

std::vector<Topic> all_topics(db::Read& read);  // those offered now, in the order of the tree
std::optional<Topic> find_topic(db::Read& read, std::string_view code);
std::optional<Topic> find_topic(db::Read& read, TopicId id);
std::vector<Question> questions_of(db::Read& read, std::string_view topic_code);
void insert_topic(db::Write& write, const Topic& topic, int position);
void insert_question(db::Write& write, const Question& question, int position);

// --- drafts -------------------------------------------------------------------------------------
// A draft is a list of named answers, sealed under a key made from `token`, which only the
// citizen's URL carries: the row cannot be read from the database.

using Answers = std::vector<std::pair<std::string, std::string>>;
std::optional<Answers> find_draft(db::Read& read, std::string_view token);
void save_draft(db::Write& write, std::string_view token, const Answers& answers, Instant now);
void remove_draft(db::Write& write, std::string_view token);
std::int64_t remove_drafts_before(db::Write& write, Instant at);
// To whom the files of a draft belong until it is sent (attachment::Owner of "feedback_draft").
std::int64_t draft_owner_id(std::string_view token);

// --- jobs ---------------------------------------------------------------------------------------

// Answered and silent since before `at`, oldest first, at most `limit`; nothing that belongs
// together with a letter or a part that waits for an answer or was answered since.
std::vector<FeedbackId> silent_since(db::Read& read, Instant at, std::int64_t limit);
// Asked before `at` and still waiting.
std::vector<FeedbackId> asked_before(db::Read& read, Instant at, std::int64_t limit);
// Cases whose answer is still to come and whose due instant was counted by a calendar older than
// `revision`, by number, after the case `after`.
std::vector<FeedbackId> counted_before(db::Read& read,
                                       std::int64_t revision,
                                       FeedbackId after,
                                       std::int64_t limit);
// The due instant stays, and is what the calendar of `revision` gives too.
void save_calendar(db::Write& write, FeedbackId id, std::int64_t revision);
// Cases whose answer is still to come, due at `at` or later, the earliest first.
std::vector<Feedback> due_after(db::Read& read, Instant at, std::int64_t limit);
std::int64_t progress_of(db::Read& read, std::string_view job);
void save_progress(db::Write& write, std::string_view job, std::int64_t entry_id);
void add_views(db::Write& write, FeedbackId id, std::int64_t views);

}  // namespace ln::feedback
