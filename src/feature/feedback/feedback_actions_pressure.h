// What a sender answers when asked about pressure, and who sees to it.
#pragma once

#include <string>

#include "core/people/people.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_store_pressure.h"

namespace ln::feedback {

struct PressureAct {
  people::Citizen citizen;
  Code code;
  Pressure answer = Pressure::unsaid;
  std::string text = {};  // kept only with `pressed`
  Instant now{};
};
// Refuses not_found (another's case), conflict (nothing is asked, or it was answered) and invalid
// (a text that is too long). It is not in the ledger: nobody of an office is to see even that
// something was said.
Result<Done> answer_about_pressure(db::Write& write, const PressureAct& act);

// Refuses conflict when somebody has taken it up.
Result<Done> take_up_pressure(db::Write& write,
                              const people::Supervisor& supervisor,
                              std::int64_t id,
                              Instant now);

}  // namespace ln::feedback
