// Tokens of the sample's drafts about those who work for the city. What is random here comes from
// seeds of their own, so that the rest of the sample is the same with tokens and without.
#pragma once

#include <vector>

#include "core/people/people.h"
#include "feature/consultation/consultation_actions_token.h"
#include "platform/db/db.h"

namespace ln::app {

// For everybody who works for the city above `unit`. Its key is no secret: it is a sample's.
consultation::StaffDraft sample_staff_draft(db::Database& database, const units::Unit& unit);

// Ten slips printed by the head who drafts and nearly all of them spent, and a dozen tokens taken
// by some of `all` as browsers do and half of them spent. Throws std::logic_error when an act is
// refused.
void play_tokens(db::Database& database,
                 const people::Officer& head,
                 const std::vector<people::Staff>& all,
                 consultation::ConsultationId id,
                 Instant at);

}  // namespace ln::app
