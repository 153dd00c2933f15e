// Rows of groupings that were asked for, of letters and of what each comment adds to its letter,
// and of what was taken apart. No rules.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feature/consultation/consultation_letter.h"
#include "feature/consultation/consultation_store_answer.h"
#include "platform/db/db.h"

namespace ln::consultation {

// How far a grouping is, in the words of SQL and text keys.
enum class GroupingStep : std::uint8_t {
  waiting,
  reading,
  letters,
  templates,
  own_text,
  placing,
  done
};
inline constexpr std::array all_grouping_steps = {
    GroupingStep::waiting,  GroupingStep::reading, GroupingStep::letters, GroupingStep::templates,
    GroupingStep::own_text, GroupingStep::placing, GroupingStep::done};
std::string_view to_text(GroupingStep);
TextKey key_of(GroupingStep);

struct Grouping {
  ConsultationId consultation{};
  std::int64_t asked_by = 0;  // account
  Instant asked_at{};
  GroupingStep step = GroupingStep::waiting;
  std::int64_t percent = 0;          // of this step
  std::optional<Instant> seen_at{};  // when the job last said so
  std::int64_t comments = 0, placed = 0;
  std::optional<Instant> ended_at{};
  bool is_failed = false;  // it broke off, and was ended
};
// In the place of an earlier one.
void put(db::Write& write, const Grouping& grouping);
std::optional<Grouping> find_grouping(db::Read& read, ConsultationId id);
bool has_grouping(db::Read& read, Instant silent_since);
// The oldest that is not done and of which no job was heard since `silent_since`, begun anew at
// `now` for whoever asks: nobody else is given it before that job is silent.
std::optional<Grouping> claim_grouping(db::Write& write, Instant silent_since, Instant now);

struct Letter {
  IssueId issue{};
  ConsultationId consultation{};
  std::optional<campaigns::Kind> kind{};  // null: not read yet, or no letter any more
  std::vector<LetterPart> parts{};
  // Those who sent it, and of them those who added nothing.
  std::int64_t members = 0, fitting = 0;
  std::string title{};  // that the machine gave the point last
  bool is_stale = true;
  std::optional<Instant> read_at{};
  std::optional<Instant> not_before{};  // when it may be read again
  std::int64_t others = 0;              // shown under the point, and no such letter

  // Of the senders, those who added something.
  std::int64_t with_own_words() const { return members - fitting; }
  std::int64_t fits_percent() const { return members == 0 ? 0 : fitting * 100 / members; }
};
// In the place of an earlier one.
void put(db::Write& write, const Letter& letter);
std::optional<Letter> find_letter(db::Read& read, IssueId id);
std::vector<Letter> letters_of(db::Read& read, ConsultationId id);
// Letters whose comments changed since they were read and that may be read again at `now`.
std::vector<IssueId> stale_letters(db::Read& read, Instant now, std::int64_t limit);
// A comment under the point came, went or changed. Nothing for a point without a letter.
void mark_stale(db::Write& write, IssueId id);
// Somebody begins to read it, under a number of their own from 2 on; and whether since then nothing
// changed and nobody else began.
void begin_reading(db::Write& write, IssueId id, std::int64_t number);
bool is_as_read(db::Read& read, IssueId id, std::int64_t number);
void put_off_reading(db::Write& write, IssueId id, Instant not_before);
// The point a comment stands under is to be read again; what was the comment's own is forgotten.
void forget_own_words(db::Write& write, CommentId id);
void drop_letter(db::Write& write, IssueId id);

using OwnWords = std::pair<CommentId, std::string>;  // as spans_text()
// Forgets what is known of the comments under a point; adds what is known now.
void drop_members(db::Write& write, IssueId id);
void put_members(db::Write& write, IssueId id, std::span<const OwnWords> own);
// As comments_under(), without withdrawn ones: those that are shown with words of their own, or all
// others.
std::vector<Comment> comments_beside_letter(db::Read& read,
                                            const Issue& issue,
                                            bool with_own_words,
                                            std::int64_t after,
                                            std::int64_t limit);
// What of one comment is its own; empty: nothing.
std::string own_words_in(db::Read& read, CommentId id);

// What the machine may place: under no point, with words, and never placed before; in their order.
// Whether each is shown is said apart.
void each_never_placed(db::Read& read,
                       ConsultationId id,
                       const std::function<void(const Loose&, bool is_shown)>& body);
// Whether it still is so, and its words are those it had at `since`.
bool may_be_placed(db::Read& read, CommentId id, Instant since);
// Those under a point that are shown, first those that add nothing to the letter.
void each_shown_under(db::Read& read,
                      IssueId id,
                      std::int64_t limit,
                      const std::function<void(const Loose&)>& body);
std::string body_of(db::Read& read, CommentId id);
// How many stand under a point because the machine put them there last.
std::int64_t placed_by_machine(db::Read& read, IssueId id);
// Takes those away from the point; how many.
std::int64_t unplace_by_machine(db::Write& write, IssueId id);

struct Undone {
  ConsultationId consultation{};
  IssueId issue{};
  std::int64_t comments = 0, undone_by = 0;
  Instant undone_at{};
};
void insert(db::Write& write, const Undone& undone);
// The newest first.
std::vector<Undone> undone_of(db::Read& read, ConsultationId id, std::int64_t limit);

}  // namespace ln::consultation
