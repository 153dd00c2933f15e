// Rows of dialogue and its tables. No rules.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/dialogue/dialogue.h"
#include "platform/db/db.h"

namespace ln::dialogue {

DialogueId insert(db::Write& write, const Dialogue& dialogue);
// Writes what may change, when the row still has the revision it was read with; false otherwise.
bool save(db::Write& write, const Dialogue& dialogue);
std::optional<Dialogue> find(db::Read& read, DialogueId id);
// Those of one stage: announced and live ones by when they start, all others the newest first.
std::vector<Dialogue> in_stage(db::Read& read, Stage stage, std::int64_t limit);

// The newest first, with ids below `before` (0: from the newest).
std::vector<Dialogue> dialogues_before(db::Read& read, std::int64_t before, std::int64_t limit);

QuestionId insert(db::Write& write, const Question& question);
bool save(db::Write& write, const Question& question);
std::optional<Question> find_question(db::Read& read, const Code& code);
std::optional<Question> find_question(db::Read& read, QuestionId id);
// Everything that was asked, hidden and withdrawn ones too: what is asked now first, then waiting
// ones by support as it is ranked (of as many by all who support), then answered ones; joined ones
// are left out.
std::vector<Question> questions_of(db::Read& read, DialogueId id);
// The same, from place `from` (0 is the first) on, at most `limit`.
std::vector<Question> questions_of(db::Read& read,
                                   DialogueId id,
                                   std::int64_t from,
                                   std::int64_t limit);
// Joined to `root`, in the order in which they were asked.
std::vector<Question> merged_into(db::Read& read, QuestionId root);
// All of a session that were joined to others, by the number of the one they were joined to.
std::map<std::int64_t, std::vector<Question>> merged_in(db::Read& read, DialogueId id);
// Lets those that were joined to `from` join `to` instead.
void move_merged(db::Write& write, QuestionId from, QuestionId to);
// The one that is asked now waits again.
void clear_now(db::Write& write, DialogueId id);
// Everybody who supports the question or one that was joined to it, each counted once, and how many
// of them share networks. Once the session takes no more support its networks stay as they were
// told last, as far as the question still has so many; who is joined counts in full, and taking
// apart sends no question below the number of its supporters or of how many they counted as.
void recount_support(db::Write& write, QuestionId root);

struct Counts {
  std::int64_t all = 0, hidden = 0, withdrawn = 0, merged = 0, answered = 0, waiting = 0;
};
Counts counts_of(db::Read& read, DialogueId id);

// Whether this browser did not support it before. `network` as network_mark gives it; that of the
// first support of this browser is kept.
bool ensure_support(db::Write& write,
                    DialogueId id,
                    QuestionId question,
                    std::string_view mark,
                    std::string_view network);
// The key of the session's networks; `spare` becomes it when there is none yet.
std::string network_key(db::Write& write, DialogueId id, std::string_view spare);
// Sessions that take no more support and still hold their networks, or whose networks are emptied
// in files that were not written anew since (an empty key); at most `limit`.
std::vector<DialogueId> networks_kept(db::Read& read, std::int64_t limit);
// Counts the networks of each question once more, and empties them and their key; nothing when that
// was done before.
void forget_networks(db::Write& write, DialogueId id);
// The files were written anew since the networks were emptied.
void note_networks_scrubbed(db::Write& write, DialogueId id);

void insert(db::Write& write, const Minutes& minutes);
void approve(db::Write& write, DialogueId id, std::int64_t number, Instant at);
std::optional<Minutes> find_minutes(db::Read& read, DialogueId id, std::int64_t number);
void insert(db::Write& write, const Contest& contest);
void answer(db::Write& write, const Contest& contest);
std::vector<Contest> contests_of(db::Read& read, DialogueId id);
std::optional<Contest> find_contest(db::Read& read, ContestId id);

struct Event {
  Instant at{};
  Happening what = Happening::announced;
  std::string words{};
  std::int64_t line = 0;
};
void insert(db::Write& write, DialogueId id, const Event& event);
std::vector<Event> events_of(db::Read& read, DialogueId id);

// A promise as a session shows it: a fact of feature/commitment, read here and written there.
struct Promise {
  std::int64_t id = 0, question_id = 0;
  std::string text{};
  Day due_on{};
  std::string state{};
  bool was_broken = false;

  // Neither done nor given up, and its last day is over.
  bool is_overdue(Instant now) const {
    return (state == "proposed" || state == "open") &&
           now >= at_local(due_on + std::chrono::days(1));
  }
};
// Made in this session, in their order.
std::vector<Promise> promises_of(db::Read& read, DialogueId id);
// Codes of the questions of this session that a promise answers and that were joined to no other,
// by their number.
std::map<std::int64_t, std::string> codes_of_promised(db::Read& read, DialogueId id);
// Of the unit that invites to `dialogue` or one below it, made in any other session: broken and not
// made good since, or overdue on `today`. The longest overdue first.
std::vector<Promise> broken_promises(db::Read& read,
                                     const Dialogue& dialogue,
                                     Day today,
                                     std::int64_t limit);

}  // namespace ln::dialogue
