// Rows of other systems and of what came in from them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "feature/feedback/feedback_foreign.h"
#include "platform/db/db.h"

namespace ln::feedback {

// A source as one text, and back (docs/formats/settings.md, list "source"). Refuses (invalid) what
// value_of does not write.
std::string value_of(const Source& source);
Result<Source> read_source_value(std::string_view code, std::string_view value);

std::vector<Source> all_sources(db::Read& read);  // by code
std::optional<Source> find_source(db::Read& read, std::string_view code);
// Its value; empty when there is none.
std::string source_value(db::Read& read, std::string_view code);
void save_source(db::Write& write, std::string_view code, std::string_view value);

// Where a case of ours came from.
struct Foreign {
  std::string source{};  // code
  std::string code{};    // empty: it is not kept
  std::string state{};   // in the other system's words
  Instant stated_at{};
};
std::optional<Foreign> foreign_of(db::Read& read, FeedbackId id);
// Whether this case of the other system was brought in before, also one that is erased by now.
bool is_here(db::Read& read, std::string_view source, std::string_view code);
// The cases that have exactly this code in some other system, at most `limit`.
std::vector<FeedbackId> with_foreign_code(db::Read& read,
                                          std::string_view code,
                                          std::int64_t limit);
// `code` and `fingerprint_code` are the same but for a protected case, whose code is not kept.
void insert_foreign(db::Write& write,
                    FeedbackId id,
                    const Foreign& foreign,
                    std::string_view fingerprint_code);

}  // namespace ln::feedback
