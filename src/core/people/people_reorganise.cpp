#include "core/people/people_reorganise.h"

#include <algorithm>
#include <vector>

#include "core/people/people_store.h"
#include "core/units/units_store.h"
#include "core/units/units_store_reorganise.h"

namespace ln::people {
namespace {

struct Held {
  AccountId account;
  Role role;
  units::UnitId unit;
};

std::vector<Held> held_for_ended(db::Read& read, Day last) {
  return read.all(
      "SELECT r.account_id, r.role, r.unit_id FROM people_role r JOIN unit u ON u.id = r.unit_id "
      "WHERE r.revoked_at IS NULL AND u.valid_to = $1 ORDER BY r.id",
      [](const db::Row& row) {
        const auto role = role_of(row.view(1));
        if (!role)
          throw db::Failure("people_role.role has an unknown word", db::Failure::Kind::corrupt);
        return Held{row.id<AccountId>(0), *role, row.id<units::UnitId>(2)};
      },
      last);
}

}  // namespace

std::int64_t follow_units(db::Write& write, Day day, Instant now) {
  std::int64_t given = 0;
  for (const Held& held : held_for_ended(write, day - std::chrono::days(1))) {
    const auto unit = units::find(write, held.unit);
    if (!unit) throw db::Failure("people_role names no unit", db::Failure::Kind::corrupt);
    const std::vector<Grant> has = grants(write, held.account);
    for (const units::Unit& next : units::became(write, *unit, day)) {
      const bool has_it = std::ranges::any_of(has, [&](const Grant& grant) {
        return grant.role == held.role && grant.unit == next.id;
      });
      if (has_it) continue;
      insert_role(write, held.account, held.role, next.id, now);
      ++given;
    }
  }
  return given;
}

std::int64_t count_roles(db::Read& read, units::UnitId unit) {
  return *read.one(
      "SELECT count(*) FROM people_role WHERE unit_id = $1 AND revoked_at IS NULL",
      [](const db::Row& row) { return row.integer(0); }, unit);
}

}  // namespace ln::people
