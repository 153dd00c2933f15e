#include "app/policy.h"

#include <algorithm>
#include <stdexcept>

#include "base/result.h"
#include "core/ledger/ledger_store_witness.h"
#include "platform/file/file.h"

namespace ln::app {

std::optional<merkle::Policy> policy_in(const Arguments& given) {
  const auto path = given.find("policy");
  if (!path) return std::nullopt;
  const auto text = file::read_file(*path, merkle::Policy::text_size_max);
  if (!text) throw Misuse{{"cli.error.no_file"_t, {{"path", *path}}}};
  std::size_t line = 0;
  auto policy = merkle::Policy::parse(*text, &line);
  if (!policy)
    throw Misuse{{"cli.error.policy_line"_t, {{"line", std::to_string(line)}, {"path", *path}}}};
  return policy;
}

void install_policy(City& city, const Arguments& given) {
  const auto policy = policy_in(given);
  const merkle::Verifier& own = city.sealer().verifier();
  if (policy && std::ranges::none_of(
                    policy->logs(), [&](const merkle::Policy::Log& log) { return log.key == own; }))
    throw Misuse{{"cli.error.policy_other_log"_t,
                  {{"path", given.text("policy", "")}, {"key", own.text()}}}};
  const auto done = city.database().write([&](db::Write& write) -> Result<Done> {
    ledger::save_policy(write, policy);
    return Done{};
  });
  if (!done.ok()) throw std::logic_error("a policy was refused");
}

}  // namespace ln::app
