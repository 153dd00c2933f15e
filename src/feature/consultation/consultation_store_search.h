// The search through the comments of one consultation: with diacritics where somebody typed them,
// without where nobody did, page by page, however many comments there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "feature/consultation/consultation.h"
#include "platform/db/db.h"

namespace ln::consultation {

// Words of comments that are shown, by comment id; filled by index_comments().
inline constexpr db::TextIndex search_index("consultation_search");

struct CommentSearch {
  ConsultationId consultation{};
  std::string_view words = {};  // as typed; nothing but spaces asks for all comments
  std::string clause{};         // a key, with what stands below it; "" asks for every place
  std::int64_t before = 0;      // the `next` of the page before; 0: the newest
  bool is_alike = false;        // the page before had come to those that are only alike
  std::size_t wanted = 20;      // on a page, at least 1
};
// One page, the newest first. Whoever follows `next` to its end sees every comment that is found
// exactly once, those left out that come meanwhile. Hidden and withdrawn comments have no words to
// be found by; without words they are listed, as they are beside the clauses.
struct FoundComments {
  std::vector<Comment> exact{};  // with the diacritics typed; all, when none were typed
  std::vector<Comment> alike{};  // with the same letters and other diacritics
  std::int64_t next = 0;         // 0: that was all; a page may be empty and still have a next one
  bool next_is_alike = false;
};
FoundComments find_comments(db::Read& read, const CommentSearch& asked);

// Ids of the comments of one consultation that have all `words`, with the diacritics typed when any
// were; the newest first, at most `limit`. Nothing when no word is in it.
std::vector<std::int64_t> comments_with_words(db::Read& read,
                                              ConsultationId id,
                                              std::string_view words,
                                              std::size_t limit);

// --- keeping the index, for the job and for whoever changes a comment ---------------------------

// Puts or takes out what stands under the comment when the index has come to it already; what was
// taken out is owed an optimize() and a scrub (forget_owed).
void index_again(db::Write& write, const Comment& comment);
// Indexes the next `limit` comments; how many there were.
std::int64_t index_next(db::Write& write, std::int64_t limit);
// How many comments wait for the index.
std::int64_t unindexed_count(db::Read& read);
// How many texts were taken out since the index was last written anew; and that `count` of them
// are gone, while those that came meanwhile stay owed.
std::int64_t owed_count(db::Read& read);
void forget_owed(db::Write& write, std::int64_t count);
// Begins at the first comment again when the index holds nothing: after a restore.
void index_anew_if_empty(db::Write& write);

}  // namespace ln::consultation
