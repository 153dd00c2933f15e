// A reorganisation is a change of the city's settings like any other: said in the public log.
#pragma once

#include <string>

#include "base/result.h"
#include "core/units/units_actions_reorganise.h"
#include "platform/db/db.h"

namespace ln::feedback {

// As the log's line takes the fingerprint of it, in JSON: name, source, and the SHA-256 of what
// became of which, one line "old,new,relation" for each pair, in the order of the codes
// (docs/formats/settings.md). "{}" for one that was withdrawn.
std::string value_of(db::Read& read, const units::Reorganisation& event);

// units::announce and units::withdraw with the line of the log, in one transaction. Refuse what
// they refuse; (conflict) a withdrawal while somebody has a role in a unit that the event opens;
// (unavailable) while the log takes no lines.
Result<units::Announced> announce_reorganisation(db::Write& write,
                                                 const units::ReorganisationWish& wish,
                                                 Instant now);
Result<Done> withdraw_reorganisation(db::Write& write, units::ReorganisationId id, Instant now);

// The command line announces without the key of the log: whether the line of an event is there, and
// the line. Refuses (unavailable) while the log takes no lines.
bool is_said(db::Read& read, const units::Reorganisation& event);
Result<Done> say(db::Write& write, const units::Reorganisation& event, Instant now);

}  // namespace ln::feedback
