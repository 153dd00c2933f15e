// Counts of comments, kept by whoever changes a comment in the same transaction, so that a draft
// with a million of them is told in milliseconds (decision 49). For the stores of this room; pages
// ask consultation_store.h and consultation_store_answer.h.
//
// Counted are two sums over consultation_comment: by clause and by point, both by state, channel
// and strength, where `verified` counts as `anonymous` (consultation_token.h). What is kept is
// always what tally_anew would count; unfit_tallies (consultation_store_check.h) compares them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/draft/draft_compare.h"
#include "feature/consultation/consultation.h"
#include "platform/db/db.h"

namespace ln::consultation {

// Whether the counts of a draft may be read. False for one whose comments came before there were
// counts, until the job has counted them: then the comments themselves are asked.
bool is_tallied(db::Read& read, ConsultationId id);

// What is counted of one comment, in the words of the database.
struct Tallied {
  ConsultationId consultation{};
  std::string clause{}, strength{}, state{}, channel{};
  std::int64_t issue = 0, supports = 0;
  bool has_wording = false;
  friend bool operator==(const Tallied&, const Tallied&) = default;
};
// As its row stands now; null when there is none.
std::optional<Tallied> tallied(db::Read& read, CommentId id);

// One more comment.
void tally(db::Write& write, const Tallied& comment);
// The comment `id` was `before` and is what its row says now. Nothing when nothing that is counted
// has changed.
void tally_again(db::Write& write, CommentId id, const Tallied& before);
// `comments` of one strength, state and channel went from their point to `to` (0: none) at once;
// `all` holds their marks, where they were, and the sum of their supports.
void tally_moved(db::Write& write, const Tallied& all, std::int64_t comments, std::int64_t to);
// Clauses were renumbered as `matches` say; comments go along.
void move_tally(db::Write& write, ConsultationId id, const std::vector<draft::Match>& matches);

// Counts all comments of a draft, in place of what is kept. As long as reading them takes: a second
// for a million.
void tally_anew(db::Write& write, ConsultationId id);
// One whose comments were never counted, the oldest first.
std::optional<ConsultationId> next_untallied(db::Read& read);
// Whether the kept counts of a draft, if any are kept, are those of its comments. As long as
// reading them takes.
bool is_well_tallied(db::Read& read, ConsultationId id);
// Drafts whose kept counts are not those of their comments, by their numbers.
std::vector<ConsultationId> mistallied(db::Read& read);

// The clauses of which something was said, `clause` itself and what stands below it ("d5" and
// "d5.2", not "d50").
std::vector<std::string> clauses_spoken_of(db::Read& read,
                                           ConsultationId id,
                                           const std::string& clause);

}  // namespace ln::consultation
