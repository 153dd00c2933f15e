// langnghe verify --counted: referees, without a network, whether a case was counted.
#include <iostream>

#include "app/cli_verify.h"
#include "app/policy.h"
#include "core/ledger/ledger_counted.h"

namespace ln::app {
namespace {

constexpr int exit_no_policy = 3;  // the proof holds, but nobody said whose signature to believe

}  // namespace

int verify_counted(const Arguments& given, Console& console) {
  const i18n::Voice& voice = console.voice;
  const auto proof = ledger::CountedProof::parse(read_needed(given.needed("counted")));
  if (!proof) {
    console.err << voice("verify.counted.malformed"_t) << '\n';
    return exit_unchecked;
  }
  const auto policy = policy_in(given);
  const auto examined = ledger::examine_counted(*proof, policy ? &*policy : nullptr);
  if (!examined.ok()) return refuse(console, examined.error());
  const ledger::CountedExamined& shown = examined.value();
  const auto in_payload = [&](std::string_view name) {
    return std::string(ledger::text_in(shown.event.opening.payload, name).value_or("?"));
  };
  console.out << voice("verify.counted.event"_t,
                       {{"code", shown.event.opening.code},
                        {"event", in_payload("k")},
                        {"at", in_payload("t")},
                        {"line", voice.number(static_cast<std::int64_t>(proof->event.index))}})
              << '\n'
              << voice("verify.counted.good"_t,
                       {{"figure", ledger::figure_words[proof->figure]},
                        {"unit", proof->unit},
                        {"month", ledger::to_text(shown.fact.month)},
                        {"sum", voice.number(shown.row.count)},
                        {"line", voice.number(static_cast<std::int64_t>(proof->fact.index))},
                        {"log", shown.head.origin}})
              << '\n';
  if (policy) return exit_done;
  console.out << voice("verify.receipt.unsigned"_t) << '\n';
  return exit_no_policy;
}

}  // namespace ln::app
