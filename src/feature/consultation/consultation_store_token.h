// Rows of tokens. No rules; and nothing here reads two of the three lists together but for their
// numbers.
#pragma once

#include <cstdint>
#include <optional>
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
// Destroys the private half, keeps how many were given and spent, and forgets which.
void end_tokens(db::Write& write, const TokenKey& key);

// Accounts that may sign in and hold a role in the unit at `path` or below.
std::int64_t audience_of(db::Read& read, std::string_view path);

// That somebody was given one: neither when nor what for.
bool was_issued(db::Read& read, ConsultationId id, people::AccountId account);
void note_issued(db::Write& write, ConsultationId id, people::AccountId account);

void insert_slip(db::Write& write, ConsultationId id, std::string_view hash);
// The draft a slip was printed for.
std::optional<ConsultationId> slip_of(db::Read& read, std::string_view hash);

bool was_spent(db::Read& read, ConsultationId id, std::string_view hash);
void note_spent(db::Write& write, ConsultationId id, std::string_view hash);

// How many by now: of the lists while it is open, as they were counted once it is closed.
struct TokenCounts {
  std::int64_t issued = 0, spent = 0;
};
TokenCounts counts_of(db::Read& read, const TokenKey& key);

bool is_by_token(db::Read& read, ConsultationId id, std::string_view mark);
void set_by_token(db::Write& write, ParticipantId participant);
// Comments by token, hidden and withdrawn ones too.
std::int64_t comments_by_token(db::Read& read, ConsultationId id);

// Closed drafts whose private key may still stand in a file.
std::vector<ConsultationId> unscrubbed_keys(db::Read& read);
void set_scrubbed(db::Write& write, ConsultationId id);

}  // namespace ln::consultation
