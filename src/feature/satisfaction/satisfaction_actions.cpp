#include "feature/satisfaction/satisfaction_actions.h"

#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_store_waiting.h"
#include "core/units/units_store.h"
#include "feature/satisfaction/satisfaction_store.h"

namespace ln::satisfaction {

Result<Case> open(db::Read& read, const people::Citizen& citizen, const feedback::Code& code) {
  auto found = find_case(read, code);
  if (!found || found->citizen_key != citizen.public_key())
    return Error{ErrorKind::not_found, "satisfaction.error.code_or_secret"_t};
  if (found->is_erased) return Error{ErrorKind::conflict, "satisfaction.error.erased"_t};
  return *std::move(found);
}

Result<Done> rate(db::Write& write, const RateAct& act) {
  TRY(const Case rated, open(write, act.citizen, act.code));
  const auto before = find(write, rated.id);
  TRY([[maybe_unused]] const Done fine, may_rate(rated, before, act.now));
  TRY(Rating rating, check(act.given));
  rating.feedback = rated.id;
  rating.unit = rated.unit;
  rating.sender = rated.sender;
  rating.entered_by = act.entered_by;
  const Instant kept = rated.is_protected ? ledger::coarse(act.now) : act.now;
  rating.first_at = before ? before->first_at : kept;
  rating.changed_at = kept;
  const auto unit = units::find(write, rated.unit);
  const std::string statement = statement_of(rating);
  TRY([[maybe_unused]] const ledger::Appended appended,
      ledger::append(write,
                     {.event = ledger::Event::rated,
                      .subject = {"feedback", rated.id.value},
                      .at = act.now,
                      .party = ledger::Party::citizen,
                      .actor_id = act.entered_by,
                      .unit_id = rated.unit.value,
                      .unit = unit ? std::string_view(unit->code) : std::string_view(),
                      .body = statement,
                      .citizen = &act.citizen.key()},
                     act.salts));
  save(write, rating);
  return Done{};
}

}  // namespace ln::satisfaction
