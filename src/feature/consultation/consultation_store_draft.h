// Rows of who drafts which answer, and of what they propose. No rules.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/people/people.h"
#include "feature/consultation/consultation_store_answer.h"
#include "platform/db/db.h"

namespace ln::consultation {

struct Proposal {
  IssueId issue{};
  std::int64_t drafter = 0;  // account
  Given given{};
  Instant proposed_at{};
};
// Of whoever drafts it now; null when they proposed nothing, whatever another did before.
std::optional<Proposal> find_proposal(db::Read& read, IssueId id);
// In the place of the one before.
void save(db::Write& write, const Proposal& proposal);
// `account` 0: nobody.
void set_drafter(db::Write& write, IssueId id, std::int64_t account);

// Points that an officer drafts and that wait for their answer, the oldest first.
std::vector<Issue> points_of_drafter(db::Read& read, people::AccountId id, std::int64_t limit);

}  // namespace ln::consultation
