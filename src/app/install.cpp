#include "app/install.h"

#include <algorithm>
#include <stdexcept>

#include "app/alarm_band.h"
#include "app/clock.h"
#include "app/policy.h"
#include "base/log.h"
#include "base/result.h"
#include "core/ledger/ledger_collect.h"
#include "core/ledger/ledger_jobs.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_store_witness.h"
#include "feature/emulation/emulation_store.h"
#include "feature/feedback/feedback_actions_topics.h"
#include "feature/insight/insight_jobs_facts.h"
#include "feature/survey/survey_store.h"
#include "platform/http/http_band.h"

namespace ln::app {
namespace {

void install_policy(City& city, const Arguments& given) {
  const auto policy = policy_in(given);
  const merkle::Verifier& own = city.sealer().verifier();
  if (policy && std::ranges::none_of(
                    policy->logs(), [&](const merkle::Policy::Log& log) { return log.key == own; }))
    throw Misuse{{"cli.error.policy_other_log"_t,
                  {{"path", given.text("policy", "")}, {"key", own.text()}}}};
  const auto done = city.database().write([&](db::Write& write) -> Result<Done> {
    // Everybody is told to believe the log alone from now on; that must not pass unseen.
    if (!policy && ledger::policy_of(write))
      log::write(log::Level::error, "policy_removed",
                 {{"why", "serve was started without --policy"}});
    ledger::save_policy(write, policy);
    return Done{};
  });
  if (!done.ok()) throw std::logic_error("a policy was refused");
}

void install_topics(City& city) {
  const auto done =
      city.database().write([](db::Write& write) { return feedback::install_topics(write); });
  if (!done.ok()) throw std::logic_error("the program's own list of topics was refused");
}

void install_forms(City& city) {
  const auto done = city.database().write([](db::Write& write) -> Result<Done> {
    survey::install_forms(write, now());
    return Done{};
  });
  if (!done.ok()) throw std::logic_error("the program's own survey forms were refused");
}

void install_criteria(City& city) {
  const auto done = city.database().write([](db::Write& write) -> Result<Done> {
    emulation::install_criteria(write);
    return Done{};
  });
  if (!done.ok()) throw std::logic_error("the program's own criteria were refused");
}

// Before anything new is signed in public: what was published already is compared with what the
// witnesses have seen of it. They may be away, so nobody waits for them long, and one that lies
// must not be able to stop a city: it is told, and that is all.
void compare_histories(City& city) {
  constexpr std::chrono::seconds wait_max{3};
  const auto answers =
      ledger::compare(city.database(), {.clock = now, .limits = {.time = wait_max}});
  ledger::note_histories(answers, !city.is_on_server());
}

}  // namespace

void install(City& city, const Arguments& given) {
  install_policy(city, given);
  install_topics(city);
  install_forms(city);
  install_criteria(city);
  http::set_band(alarm_band);
  compare_histories(city);
  // Who signs and what is promised, before anybody sends anything.
  ledger::announce_keys(city.database(), now());
  insight::announce_deadlines(city.database(), now());
  ledger::publish_now(city.database(), now());
}

}  // namespace ln::app
