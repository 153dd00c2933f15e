// What the signals of rooms, and of cases that came back, are looked for in; and what stands behind
// those that were kept. Reads the rooms' tables and writes none of them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "feature/insight/insight_signal.h"
#include "platform/db/db.h"

namespace ln::insight {

// By the number of the unit; units that are not there yet are added.
using UnitMonths = std::map<std::int64_t, UnitMonth>;

// Cases answered in the month or up to threshold_days_max before it, and what came back of them in
// the month. Those that no signal looks at are left out on both sides.
void add_settled(db::Read& read, const Period& month, UnitMonths& by_unit);
// Dialogues, programmes, disclosures and models that any rule may look at in the month.
void add_rooms(db::Read& read, const Period& month, UnitMonths& by_unit);

// A thing behind a signal of rooms, in its title's words.
struct SignalObject {
  std::int64_t id = 0;
  std::string title_vi{}, title_en{};
  Hollow why{};
};
// By number, at most `limit`. Precondition: is_of_rooms(kind).
std::vector<SignalObject> objects_of(db::Read& read,
                                     SignalId id,
                                     Formality kind,
                                     std::int64_t limit);
// Whether one of the programmes behind a signal of supervision is this account's own work:
// announced, found, advised, returned or verified by it.
bool is_own_programme(db::Read& read, SignalId id, std::int64_t account);

}  // namespace ln::insight
