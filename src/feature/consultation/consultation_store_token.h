// Rows of tokens. No rules; and nothing here reads two of the lists together but for their numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/people/people.h"
#include "feature/consultation/consultation_store.h"
#include "feature/consultation/consultation_token.h"
#include "platform/db/db.h"

namespace ln::consultation {

void insert(db::Write& write, const TokenKey& key);
std::optional<TokenKey> find_token_key(db::Read& read, ConsultationId id);
void add_printed(db::Write& write, ConsultationId id, std::int64_t count);
// Destroys the private half, keeps how many were given and spent and how many comments came by
// them, and forgets which: of the comments, too.
void end_tokens(db::Write& write, const TokenKey& key);

// Accounts that may sign in and hold a role in the unit at `path` or below.
std::int64_t audience_of(db::Read& read, std::string_view path);

// That somebody was given one: not when. `blinded` is the SHA-256 of what was signed, which the
// token is independent of: an answer that was lost is given again.
std::optional<std::string> issued_for(db::Read& read, ConsultationId id, people::AccountId account);
void note_issued(db::Write& write,
                 ConsultationId id,
                 people::AccountId account,
                 std::string_view blinded);

void insert_slip(db::Write& write, ConsultationId id, std::string_view hash);
std::int64_t slips_of(db::Read& read, ConsultationId id);
// The draft a slip was printed for.
std::optional<ConsultationId> slip_of(db::Read& read, std::string_view hash);

bool was_spent(db::Read& read, ConsultationId id, std::string_view hash);
void note_spent(db::Write& write, ConsultationId id, std::string_view hash);

// How many by now: of the lists while it is open, as they were counted once it is closed.
struct TokenCounts {
  std::int64_t issued = 0, spent = 0;
};
TokenCounts counts_of(db::Read& read, const TokenKey& key);

// Whether a browser takes part by token; it is kept apart from what it votes and supports.
bool is_by_token(db::Read& read, ConsultationId id, std::string_view mark);
void note_holder(db::Write& write, ConsultationId id, std::string_view mark);
// Comments by token, hidden and withdrawn ones too; none once the draft is closed (TokenKey::said).
std::int64_t comments_by_token(db::Read& read, ConsultationId id);
// Tells those by token apart in the counts of a whole draft that is closed, if that may be told.
void tell_apart(db::Read& read, ConsultationId id, Counts& counts);

// Closed drafts whose private key may still stand in a file.
std::vector<ConsultationId> unscrubbed_keys(db::Read& read);
void set_scrubbed(db::Write& write, ConsultationId id);

}  // namespace ln::consultation
