#include "feature/project/project_actions_reissue.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "engine/text/text_typed.h"
#include "feature/project/project_actions_household.h"

namespace ln::project {
namespace {

Error not_now() { return {ErrorKind::conflict, "project.error.no_letter"_t}; }

// What is wrong with what was typed; the file of the number otherwise.
Result<Household> file_asked_for(db::Read& read,
                                 const Project& p,
                                 const Asked& asked,
                                 const std::string& reason) {
  FieldErrors errors;
  auto household = find_household(read, p.id, text::tidied(asked.number));
  if (!household) errors.add("number", "project.error.letter_number"_t);
  const std::size_t chars = count_chars(reason);
  if (chars < reason_chars_min) errors.add("reason", "project.error.short"_t);
  if (chars > reason_chars_max) errors.add("reason", "project.error.long"_t);
  if (!errors.empty()) return errors.take();
  return *std::move(household);
}

}  // namespace

Result<Printed> check_reissue(db::Read& read, const OfficeAct& act, const Asked& asked) {
  const auto p = find(read, act.id);
  if (!p || !may_import(read, act.officer, *p))
    return Error{ErrorKind::not_found, "project.error.none"_t};
  const std::string reason = text::tidied(asked.reason);
  TRY(Household household, file_asked_for(read, *p, asked, reason));
  TRY([[maybe_unused]] const Done allowed, may_reissue(reissues_of(read, household.id), act.now));
  const Instant today = at_local(local_day(act.now));
  if (count_reissues(read, p->id, today, today + std::chrono::days(1)) >=
      letters_on_a_day(count_households(read, p->id)))
    return Error{ErrorKind::conflict, "project.error.letters_today"_t};
  Reissue made{.project = p->id,
               .household = household.id,
               .citizen_key = std::string(as_text(asked.key)),
               .reason = reason,
               .asked_by = act.officer.id().value,
               .asked_at = act.now,
               .works_at = working_days_after(read, *p, letter_days, act.now)};
  return Printed{std::move(household), std::move(made)};
}

Result<Printed> reissue(db::Write& write, const OfficeAct& act, const Asked& asked) {
  TRY(Printed printed, check_reissue(write, act, asked));
  const auto p = find(write, act.id);
  const Household& household = printed.household;
  Reissue& made = printed.letter;
  const std::string body = statement_of(made);
  TRY(const ledger::Appended appended,
      ledger::append(write,
                     {.event = ledger::Event::asked,
                      .subject = chain_of(household.id, household.letter),
                      .at = act.now,
                      .party = ledger::Party::office,
                      .actor_id = made.asked_by,
                      .unit_id = p ? p->unit.value : 0,
                      .topic = "letter",
                      .due = made.works_at,
                      .body = body},
                     act.salts));
  made.line = appended.index;
  made.id = insert(write, made);
  return printed;
}

Result<Done> put_in_force(db::Write& write, const InForce& act) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  const auto letter = find_reissue(write, act.id);
  if (!letter || letter->state != LetterState::waiting || act.now < letter->works_at)
    return not_now();
  const auto household = find_household(write, letter->household);
  if (!household || household->erased_at) return not_now();
  const auto p = find(write, letter->project);
  if (!p) return not_now();
  ledger::PublicKey key{};
  if (letter->citizen_key.size() != key.size() || !was_asked_for(write, *household, *letter))
    return not_now();
  std::ranges::copy(letter->citizen_key, key.begin());
  TRY([[maybe_unused]] const ledger::Appended closed,
      ledger::append(write,
                     {.event = ledger::Event::closed,
                      .subject = chain_of(household->id, household->letter),
                      .at = act.now,
                      .party = ledger::Party::clock,
                      .unit_id = p->unit.value,
                      .topic = "letter"},
                     act.closing));
  const auto opened = ledger::append(write,
                                     {.event = ledger::Event::received,
                                      .subject = chain_of(household->id, letter->id),
                                      .at = act.now,
                                      .party = ledger::Party::clock,
                                      .unit_id = p->unit.value,
                                      .topic = "letter",
                                      .case_key = &act.case_key,
                                      .registers = key},
                                     act.opening);
  if (!opened.ok()) throw db::Failure("the ledger refused a letter that comes into force");
  if (!take_letter(write, *household, *letter) ||
      !settle(write, letter->id, LetterState::in_force, act.now))
    throw db::Failure("a household changed under the clock");
  return Done{};
}

}  // namespace ln::project
