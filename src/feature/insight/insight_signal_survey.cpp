#include "feature/insight/insight_signal_survey.h"

#include <algorithm>
#include <cmath>

namespace ln::insight {
namespace {

// No count of one to nine is told of a survey (decision 37), and a head reads these signals.
constexpr std::int64_t told_min = 10;
// Means are compared in steps of five points. With five questions that weigh the same, ten people
// who say the opposite to one of them move the mean of forty by one step.
constexpr std::int64_t scored_min = 40, steps = 20;
constexpr double score_max = 10'000;

double chance_of(const SignalRule& rule) { return static_cast<double>(rule.level) / 1e6; }

double mean_of(const ClosedSurvey::Scores& scores) {
  return static_cast<double>(scores.sum) / score_max / static_cast<double>(scores.people);
}

// The points of so many people, as a share in whole steps. People are told in whole tens: beside
// the number of answers the exact number with a score would tell how few have none.
stats::Share points_in(const ClosedSurvey::Scores& scores) {
  const std::int64_t step = std::llround(mean_of(scores) * static_cast<double>(steps));
  const std::int64_t people = scores.people / told_min * told_min;
  return {people * step / steps, people};
}

struct Seen {
  stats::Signal signal{};
  stats::Share share{};
};

Seen burst_in(const ClosedSurvey& survey, const SignalRule& rule) {
  constexpr double peak = 5, minutes_a_day = 24 * 60;
  const auto days = static_cast<double>((survey.closes - survey.opens).count() + 1);
  if (days < 1 || survey.by_slip < told_min || survey.most_in_a_minute < told_min) return {};
  const double window = std::min(1.0, peak / (days * minutes_a_day));
  // Changes count too: there may be more of them than slips.
  const std::int64_t all = std::max(survey.by_slip, survey.most_in_a_minute);
  Seen seen{.share = {survey.most_in_a_minute, all}};
  seen.signal.observed = static_cast<double>(survey.most_in_a_minute);
  seen.signal.expected = static_cast<double>(all) * window;
  seen.signal.size_min = static_cast<double>(rule.threshold);
  seen.signal.level_max = chance_of(rule);
  if (survey.most_in_a_minute < rule.threshold) return seen;
  seen.signal.p_value = stats::scan_at_least(survey.most_in_a_minute, all, window);
  seen.signal.is_raised = seen.signal.p_value <= seen.signal.level_max;
  return seen;
}

Seen pair_in(stats::Share good, stats::Share bad, stats::SignalKind kind, const SignalRule& rule) {
  return {.signal = stats::pair_signal(kind, good, bad,
                                       {.excess_min = static_cast<double>(rule.threshold) / 100,
                                        .level_max = chance_of(rule)}),
          .share = good};
}

Seen staff_in(const ClosedSurvey& survey, const SignalRule& rule) {
  if (survey.seen.people < scored_min || survey.slips.people < scored_min) return {};
  // Rounding must not make the difference that is asked for.
  if (mean_of(survey.seen) - mean_of(survey.slips) < static_cast<double>(rule.threshold) / 100)
    return {};
  return pair_in(points_in(survey.seen), points_in(survey.slips), stats::SignalKind::pressed_rating,
                 rule);
}

Seen picked_in(const ClosedSurvey& survey, const SignalRule& rule) {
  if (survey.slips.people < told_min) return {};
  const double mean = mean_of(survey.slips);
  stats::Share good, bad;
  std::int64_t unknown = 0;
  for (const ClosedSurvey::Cluster& each : survey.clusters) {
    const std::int64_t answers = std::min(each.answers, each.planned);
    // Who can hardly be reached answers seldom, whatever they think of the office.
    if (each.scores.people < told_min) {
      unknown += answers;
      continue;
    }
    stats::Share& group = mean_of(each.scores) > mean ? good : bad;
    group.part += answers;
    group.whole += each.planned;
  }
  if (good.whole == 0 || bad.whole == 0) return {};
  // How many answered in all is told: what is left beside both groups must be nobody or ten.
  if (unknown > 0 && unknown < told_min)
    good.part = std::max<std::int64_t>(good.part - (told_min - unknown), 0);
  return pair_in(good, bad, stats::SignalKind::picked_invitation, rule);
}

template <class Look>
void add_strongest(std::vector<FoundSignal>& found,
                   std::size_t unit,
                   const UnitMonth& of,
                   Formality kind,
                   const SignalRules& rules,
                   Look look) {
  const SignalRule rule = rule_of(rules, kind);
  if (!rule.is_on) return;
  Seen strongest;
  for (const ClosedSurvey& survey : of.surveys) {
    const Seen seen = look(survey, rule);
    if (!seen.signal.is_raised || seen.share.part < rule.part_min) continue;
    if (!strongest.signal.is_raised || seen.signal.p_value < strongest.signal.p_value)
      strongest = seen;
  }
  if (strongest.signal.is_raised)
    found.push_back(
        {unit, kind, strongest.share.part, strongest.share.whole, strongest.signal, {}, {}});
}

}  // namespace

void add_survey_signals(std::vector<FoundSignal>& found,
                        std::size_t unit,
                        const UnitMonth& of,
                        const SignalRules& rules) {
  add_strongest(found, unit, of, Formality::survey_burst, rules, burst_in);
  add_strongest(found, unit, of, Formality::survey_staff, rules, staff_in);
  add_strongest(found, unit, of, Formality::survey_picked, rules, picked_in);
}

}  // namespace ln::insight
