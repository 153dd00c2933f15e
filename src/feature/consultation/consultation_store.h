// Rows of consultation and its tables. No rules.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/draft/draft_compare.h"
#include "feature/consultation/consultation.h"
#include "platform/db/db.h"

namespace ln::consultation {

ConsultationId insert(db::Write& write, const Consultation& consultation);
// Writes what may change, when the row still has the revision it was read with; false otherwise.
bool save(db::Write& write, const Consultation& consultation);
std::optional<Consultation> find(db::Read& read, ConsultationId id);
// Those of one stage: open ones by how soon they close, all others the newest first.
std::vector<Consultation> in_stage(db::Read& read, Stage stage, std::int64_t limit);
// Open ones whose last day was before `today`; for the job that closes them.
std::vector<Consultation> due_to_close(db::Read& read, Day today, std::int64_t limit);

// A version that is not published yet may be put in the place of itself.
void put_version(db::Write& write, const Version& version);
void note_published(db::Write& write, const Version& version);
std::optional<Version> find_version(db::Read& read, ConsultationId id, std::int64_t number);
// Without their texts, in order.
std::vector<Version> versions_of(db::Read& read, ConsultationId id);

CommentId insert(db::Write& write, const Comment& comment);
bool save(db::Write& write, const Comment& comment);
std::optional<Comment> find_comment(db::Read& read, const Code& code);
std::optional<Comment> find_comment(db::Read& read, CommentId id);

// What to list: of one clause and what stands below it ("d5" with "d5.2"), "all" for what was said
// of the whole, "" for what was said of pieces that are gone.
struct CommentsOf {
  ConsultationId consultation{};
  std::string clause{};
  std::int64_t before = 0;  // the id where the page before ended; 0: from the newest
  std::int64_t limit = 20;
  std::int64_t supports = 0;  // for most_supported: how many support the comment `before`
};
// The newest first, hidden and withdrawn ones too.
std::vector<Comment> comments_of(db::Read& read, const CommentsOf& what);
// Of the whole consultation, before the comment `before` (0: from the newest).
std::vector<Comment> newest_comments(db::Read& read,
                                     ConsultationId id,
                                     std::int64_t before,
                                     std::int64_t limit);
// Those of `ids` (at most comments_at_once) that are shown and of the clause and what stands below
// it (empty: of any), the newest first.
inline constexpr std::size_t comments_at_once = 20;
std::vector<Comment> shown_among(db::Read& read,
                                 ConsultationId id,
                                 const std::string& clause,
                                 std::span<const std::int64_t> ids);
// With the most support first, of as many the newest first; shown ones only.
std::vector<Comment> most_supported(db::Read& read, const CommentsOf& what);

// How many came in for each clause as it is numbered now, and what became of them. Everything that
// came in is counted, once: all = the sum of by_strength + imported + invited.
struct Counts {
  std::int64_t all = 0, hidden = 0, withdrawn = 0, with_wording = 0;
  std::int64_t imported = 0, invited = 0;
  // Of those that came by this site: how sure their senders are.
  std::array<std::int64_t, all_strengths.size()> by_strength{};
  Counts& operator+=(const Counts& more);
};
std::map<std::string, Counts> counts_by_clause(db::Read& read, ConsultationId id);
// How many in all: the `all` of total_of(counts_by_clause(…)).
std::int64_t comment_count(db::Read& read, ConsultationId id);
// Of `key` and everything below it.
Counts counts_at(const std::map<std::string, Counts>& all, std::string_view key);
Counts total_of(const std::map<std::string, Counts>& all);

// Brings every comment to where its clause stands in the next version.
void move_comments(db::Write& write, ConsultationId id, const std::vector<draft::Match>& matches);

// Some comments of a clause and what stands below it, drawn by lot: of all that came up to the
// comment `until`, hidden and withdrawn ones too, each with the same chance and none twice. The
// same seed, `until` and version give the same order for ever, whatever comes later, so that a
// link to it can be passed on and paged through.
struct SampleOf {
  ConsultationId consultation{};
  std::string clause{};
  std::uint64_t seed = 0;
  std::int64_t until = 0;
  std::size_t from = 0, count = 20;  // which of the order; from + count is the cost
  // So many are put into an order whole; of more their numbers are drawn until one fits.
  std::int64_t whole_max = 20'000;
};
struct Sample {
  std::vector<Comment> comments{};
  std::int64_t of = 0;  // from how many was drawn
};
Sample sample_of(db::Read& read, const SampleOf& what);
// The comment that came last; 0: none did.
std::int64_t last_comment(db::Read& read, ConsultationId id);

// Somebody at a browser; made when they do something for the first time.
std::optional<ParticipantId> find_participant(db::Read& read,
                                              ConsultationId id,
                                              std::string_view mark);
ParticipantId ensure_participant(db::Write& write, ConsultationId id, std::string_view mark);
// False when they support it already.
bool add_support(db::Write& write, CommentId comment, ParticipantId participant);

}  // namespace ln::consultation
