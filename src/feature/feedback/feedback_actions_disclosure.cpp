#include "feature/feedback/feedback_actions_disclosure.h"

#include "core/ledger/ledger_public_actions.h"
#include "feature/feedback/feedback_store_disclosure.h"

namespace ln::feedback {

Result<std::int64_t> disclose(db::Write& write,
                              const people::Ombudsman& ombudsman,
                              const Disclosure& disclosure,
                              Instant now) {
  FieldErrors errors;
  check_disclosure(disclosure, local_day(now), errors);
  if (!errors.empty()) return errors.take();
  TRY([[maybe_unused]] const std::int64_t line,
      ledger::announce(
          write, ledger::DisclosureFact{.at = now,
                                        .authority = std::string(to_text(disclosure.authority)),
                                        .outcome = std::string(to_text(disclosure.outcome))}));
  Disclosure kept = disclosure;
  kept.at = now;
  kept.account_id = ombudsman.id().value;
  return insert_disclosure(write, kept);
}

}  // namespace ln::feedback
