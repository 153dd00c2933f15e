// The fates of the sample's cases: how many share each, how old they are, which texts suit them,
// and the steps they take.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "app/sample_plan.h"
#include "app/sample_time.h"

namespace ln::app {

enum class Fate : std::uint8_t {
  solved,          // answered, accepted, usually rated
  silent,          // answered, nobody says anything
  waiting,         // answered; the citizen has not said yet
  reopened_once,   // "not fixed", then put right
  reopened_twice,  // "not fixed" again: the unit above puts it right
  reopened_now,
  fresh,      // just sent
  untouched,  // sent long ago and not even taken up
  taken_up,
  in_work,
  overdue,
  asked_now,
  asked_replied,
  asked_silent,  // the office's question was never answered
  promise_runs,
  promise_kept,
  promise_broken,
  declined,
  contested,  // declined, contested, answered by the unit above
  contested_now,
  redirected,
  redirect_contested,
  transferred,
};

struct FateRow {
  Fate fate;
  std::uint64_t share;       // in a thousand
  std::chrono::hours least;  // how old such a case is
  std::chrono::hours most;
};
inline constexpr std::size_t fate_count = 23;
const std::array<FateRow, fate_count>& all_fates();

// Whether somebody who wrote this may meet with that.
bool suits(const SampleReport& report, Fate fate);

struct FateSetting {
  const FateRow& row;
  const feedback::Topic& topic;  // gives the due instant
  const SamplePlace& place;
  SampleTime& time;
  Random& random;
};
// Fills steps, promised_on and is_formal. `sent_at`: when; the other fields of `subject` are set.
void live_through(SampleCase& subject, const FateSetting& setting, Instant sent_at);

}  // namespace ln::app
