// What an act would refuse, asked before it is done. The acts ask the same functions, so a page
// that says beforehand what will happen cannot say anything else.
//
// Each gives the case as the act would leave it, not written yet; refusals are those of the act.
#pragma once

#include <cstdint>
#include <string>

#include "feature/feedback/feedback_actions.h"

namespace ln::feedback {

Result<Feedback> check_accept(db::Read& read, const OfficerAct& act);
// The case goes to `account_id`; while they are away, to whoever stands in for them
// (feedback_actions_absence.h).
Result<Feedback> check_assign(db::Read& read, const OfficerAct& act, std::int64_t account_id);
// As it is when it stays and is disputed instead.
Result<Feedback> check_transfer(db::Read& read,
                                const OfficerAct& act,
                                const units::Unit& to,
                                const std::string& reason);
Result<Feedback> check_merge(db::Read& read, const OfficerAct& act, const Code& into);

// Whether the account is of somebody who may sign in and works for an office that may see the case.
bool may_handle(db::Read& read, people::AccountId id, const Feedback& feedback);

}  // namespace ln::feedback
