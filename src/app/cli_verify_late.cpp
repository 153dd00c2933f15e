// langnghe verify --late: referees, without a network, whether the city answered in time.
#include <chrono>
#include <iostream>

#include "app/cli_verify.h"
#include "app/clock.h"
#include "app/policy.h"
#include "core/ledger/ledger_late.h"

namespace ln::app {
namespace {

using ledger::Lateness;

TextKey sentence_of(Lateness ruling) {
  switch (ruling) {
    case Lateness::in_time: return "verify.late.in_time"_t;
    case Lateness::in_time_said: return "verify.late.in_time_said"_t;
    case Lateness::not_yet: return "verify.late.not_yet"_t;
    case Lateness::late: return "verify.late.late"_t;
    case Lateness::not_seen: return "verify.late.not_seen"_t;
    case Lateness::nothing: return "verify.late.nothing"_t;
    case Lateness::no_answer: return "verify.late.no_answer"_t;
    case Lateness::other_case: return "verify.late.other_case"_t;
    case Lateness::unproven: return "verify.late.unproven"_t;
  }
  return "verify.late.unproven"_t;
}

std::string text_of(const ledger::Examined& examined, std::string_view name) {
  return std::string(ledger::text_in(examined.opening.payload, name).value_or("?"));
}

// What both sides have shown, before the ruling.
void tell_facts(Console& console, const ledger::Refereed& refereed, const merkle::Policy& policy) {
  const i18n::Voice& voice = console.voice;
  console.out << voice("verify.late.claim"_t, {{"code", refereed.claim.opening.code},
                                               {"event", text_of(refereed.claim, "k")},
                                               {"at", voice.moment(refereed.said_at)},
                                               {"due", voice.moment(refereed.due_at)}})
              << '\n'
              << voice(policy.needs_witnesses() ? "verify.late.must"_t : "verify.late.must_said"_t,
                       {{"due", voice.moment(refereed.due_at)}})
              << '\n';
  if (!refereed.answer || !refereed.answered_at) return;
  console.out << voice("verify.late.shown"_t, {{"event", text_of(*refereed.answer, "k")},
                                               {"at", voice.moment(*refereed.answered_at)}})
              << '\n';
  if (refereed.first_seen) {
    const Instant seen{std::chrono::seconds(
        std::min<std::uint64_t>(refereed.first_seen->time, 253'402'300'799))};  // the year 9999
    console.out << voice("verify.late.first_seen"_t,
                         {{"name", refereed.first_seen->name}, {"at", voice.moment(seen)}})
                << '\n';
  }
  if (refereed.moved_to)
    console.out << voice("verify.late.moved"_t, {{"due", voice.moment(*refereed.moved_to)}})
                << '\n';
}

}  // namespace

int verify_lateness(const Arguments& given, Console& console) {
  const i18n::Voice& voice = console.voice;
  const auto unchecked = [&](TextKey why) {
    console.err << voice(why) << '\n' << voice("verify.late.unchecked"_t) << '\n';
    return exit_unchecked;
  };
  const auto claims = receipts_of(read_needed(given.needed("late")));
  if (!claims) return unchecked("verify.receipt.malformed"_t);
  const auto policy = policy_in(given);
  if (!policy) return unchecked("verify.late.no_policy"_t);
  std::vector<merkle::Receipt> shown;
  if (const auto path = given.find("answer")) {
    auto read = receipts_of(read_needed(*path));
    if (!read) return unchecked("verify.late.answer_malformed"_t);
    shown = *std::move(read);
  }
  // A file of the whole case begins with its first event, which is the claim.
  const auto refereed =
      ledger::referee(claims->front(), shown, *policy, given.instant("now").value_or(now()));
  if (!refereed.ok()) return unchecked(refereed.error().text);
  const ledger::Refereed& result = refereed.value();
  tell_facts(console, result, *policy);
  if (result.why) console.out << voice(*result.why) << '\n';
  console.out << voice(sentence_of(result.ruling)) << '\n';
  return ledger::is_rebutted(result.ruling) ? exit_done : exit_refused;
}

}  // namespace ln::app
