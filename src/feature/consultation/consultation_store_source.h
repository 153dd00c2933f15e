// Rows of sources and of what was imported from them. No rules.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/consultation/consultation_source.h"
#include "feature/consultation/consultation_store.h"
#include "platform/db/db.h"

namespace ln::consultation {

SourceId insert(db::Write& write, const Source& source);
std::optional<Source> find_source(db::Read& read, SourceId id);
// Of one consultation, the newest first, before the source `before` (0: from the newest), with how
// many comments came from each.
struct CountedSource {
  Source source{};
  std::int64_t comments = 0;
};
std::vector<CountedSource> sources_of(db::Read& read,
                                      ConsultationId id,
                                      std::int64_t before,
                                      std::int64_t limit);
std::int64_t source_count(db::Read& read, ConsultationId id);

// What the desk alone knows of an imported comment.
struct ImportedRow {
  CommentId comment{};
  ConsultationId consultation{};
  std::int64_t line = 0;
  std::string author{};
  std::string likeness{};  // 32 bytes; empty: withdrawn, or hidden for what it tells of somebody
};
void insert(db::Write& write, const ImportedRow& row);
// Null for what did not come in that way.
std::optional<ImportedRow> find_imported(db::Read& read, CommentId id);
// The comment that has this likeness in a consultation; the first of several.
std::optional<CommentId> imported_like(db::Read& read,
                                       ConsultationId id,
                                       std::string_view likeness);
// Of a comment that is withdrawn, or hidden for privacy: nothing is left of whom it came from.
void forget_author(db::Write& write, CommentId id);

// The comments of a source, in the order in which they came in, after the comment `after`.
std::vector<Comment> comments_from(db::Read& read,
                                   SourceId id,
                                   std::int64_t after,
                                   std::int64_t limit);

// The key that all comments of a source answer to.
void set_key_of_replies(db::Write& write, SourceId id, std::string_view citizen_key);

}  // namespace ln::consultation
