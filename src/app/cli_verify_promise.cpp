// langnghe verify PROMISE: referees whether a promise of the protected channel was kept.
#include <algorithm>
#include <iostream>

#include "app/cli_verify.h"
#include "app/clock.h"
#include "app/policy.h"
#include "core/ledger/ledger_late.h"
#include "core/ledger/ledger_opening.h"
#include "core/ledger/ledger_promise.h"
#include "core/ledger/ledger_store.h"

namespace ln::app {
namespace {

using ledger::Kept;

constexpr int exit_unsigned = 3;  // nothing was shown that could decide

int unchecked(Console& console, TextKey why) {
  console.err << console.voice(why) << '\n';
  return exit_unchecked;
}

void tell(Console& console, const ledger::Promise& promise) {
  console.out << console.voice(
                     "verify.promise.says"_t,
                     {{"log", promise.origin}, {"before", console.voice.moment(promise.before)}})
              << '\n';
  if (promise.extra.empty()) return;
  const auto opening = ledger::Opening::parse(promise.extra);
  const auto leaf = opening ? ledger::leaf_of(*opening) : std::nullopt;
  const bool opens = leaf && merkle::hash_leaf(*leaf) == promise.leaf_hash;
  console.out << (opens ? console.voice("verify.promise.opens"_t, {{"code", opening->code}})
                        : std::string(console.voice("verify.promise.opens_not"_t)))
              << '\n';
}

int tell_ruling(Console& console, Kept kept) {
  const auto sentence = [&] {
    switch (kept) {
      case Kept::kept: return "verify.promise.kept"_t;
      case Kept::late: return "verify.promise.late"_t;
      case Kept::not_yet: return "verify.promise.not_yet"_t;
      case Kept::broken: break;
    }
    return "verify.promise.broken"_t;
  };
  console.out << console.voice(sentence()) << '\n';
  return kept == Kept::kept || kept == Kept::not_yet ? exit_done : exit_refused;
}

// By all lines of the log.
int by_city(const ledger::Promise& promise,
            const db::Options& place,
            Instant now,
            Console& console) {
  db::Database database(place);
  return database.read([&](db::Read& read) {
    const auto log = ledger::find_log(read);
    const auto key = log ? merkle::Verifier::parse(log->vkey) : std::nullopt;
    if (!key || !ledger::is_signed_by(promise, *key))
      return unchecked(console, "verify.promise.other_log"_t);
    tell(console, promise);
    const ledger::PromiseRuling ruling = ledger::referee(read, promise, now);
    if (ruling.index)
      console.out << console.voice("verify.promise.line"_t,
                                   {{"line", console.voice.number(*ruling.index)}})
                  << '\n';
    return tell_ruling(console, ruling.kept);
  });
}

// By one receipt of the line that was promised, offline.
int by_receipt(const ledger::Promise& promise,
               const std::string& path,
               const merkle::Policy& policy,
               Console& console) {
  const auto receipts = receipts_of(read_needed(path));
  if (!receipts) return unchecked(console, "verify.receipt.malformed"_t);
  const merkle::Receipt& receipt = receipts->front();
  const auto examined = ledger::examine(receipt, &policy);
  if (!examined.ok()) return unchecked(console, examined.error().text);
  if (examined.value().leaf_hash != promise.leaf_hash ||
      examined.value().head.origin != promise.origin)
    return unchecked(console, "verify.promise.other_line"_t);
  if (policy.needs_witnesses())
    return tell_ruling(console, ledger::was_seen_by(policy, receipt.checkpoint, promise.before)
                                    ? Kept::kept
                                    : Kept::late);
  console.out << console.voice("verify.promise.kept_said"_t) << '\n';
  return exit_done;
}

}  // namespace

int verify_promise(const ledger::Promise& promise,
                   const Arguments& given,
                   const db::Options* city,
                   Console& console) {
  const Instant at = given.instant("now").value_or(now());
  if (city != nullptr) return by_city(promise, *city, at, console);
  const auto policy = policy_in(given);
  if (!policy) return unchecked(console, "verify.promise.no_policy"_t);
  const auto signed_by = [&](const auto& each) { return ledger::is_signed_by(promise, each.key); };
  if (std::ranges::none_of(policy->logs(), signed_by))
    return unchecked(console, "verify.promise.other_log"_t);
  tell(console, promise);
  if (const auto path = given.find("receipt")) return by_receipt(promise, *path, *policy, console);
  console.out << console.voice("verify.promise.undecided"_t) << '\n';
  return exit_unsigned;
}

}  // namespace ln::app
