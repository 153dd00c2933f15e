// What happens to the cases of the sample city, and when: drawn before the first act is done, so
// that the acts of all cases can be done in the order of time, as in a real city.
//
// Each case has a fate (a table of shares, each at least once), a text that suits it, a commune,
// and steps in office hours or in citizens' evenings; steps that would lie in the future have not
// happened. The same randomness and `now` give the same plan.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "app/sample_texts.h"
#include "base/random.h"
#include "base/time.h"
#include "feature/feedback/feedback.h"

namespace ln::app {

inline constexpr std::chrono::days sample_span{120};  // the oldest case is this old

enum class SampleAct : std::uint8_t {
  submit,
  accept,
  assign,
  transfer,
  note,
  publish,
  ask,
  reply,
  resume,
  answer,
  promise,
  decline,
  redirect,
  contest,
  reopen,
  approve,
  lapse,
  rate,
  open_identity,
  erase,
};

struct SampleStep {
  SampleAct act;
  Instant at;
};

struct SampleCase {
  const SampleReport* report = nullptr;
  std::size_t place = 0;            // index of the commune where it happens
  std::vector<SampleStep> steps{};  // in the order of time; the first one submits
  Day promised_on{};
  bool is_formal = false;  // the first answer says nothing
  bool is_public = false;
  bool is_protected = false;
  bool has_contact = false;
  bool is_kept_clean = false;              // its text is not typed in haste
  std::optional<std::size_t> recurs_of{};  // index of an earlier case of the plan
  int recurrence = 1;
};

// A commune and how it works: some answer late, some with empty words.
struct SamplePlace {
  units::Unit unit;
  std::uint64_t weight;  // how much is written to it
  std::uint64_t late;    // in a hundred answers
  std::uint64_t formal;  // in a hundred answers
};
std::vector<SamplePlace> sample_places(std::vector<units::Unit> communes, Random& random);

struct SampleOutline {
  std::size_t count;
  Instant now;
  std::span<const SamplePlace> places;  // not empty
  std::span<const feedback::Topic> topics;
};
// In the order in which they are sent.
std::vector<SampleCase> plan_sample(const SampleOutline& outline, Random& random);

}  // namespace ln::app
