// The arithmetic of signals: what is counted of each unit, beside the others of its kind.
#include <algorithm>
#include <functional>
#include <utility>

#include "base/text.h"
#include "engine/campaigns/campaigns.h"
#include "engine/stats/stats_compare.h"
#include "feature/insight/insight_signal.h"
#include "feature/insight/insight_signal_again.h"
#include "feature/insight/insight_signal_rooms.h"
#include "feature/insight/insight_signal_survey.h"

namespace ln::insight {
namespace {

using std::chrono::minutes;

// A part of a unit's cases or ratings, with those that are in it.
struct Counted {
  std::int64_t whole = 0;
  std::vector<std::int64_t> cases{};

  stats::Share share() const { return {static_cast<std::int64_t>(cases.size()), whole}; }
};

template <class All, class Is>
Counted counted_in(const All& all, Is is) {
  Counted counted;
  for (const auto& each : all) {
    ++counted.whole;
    if (is(each)) counted.cases.push_back(each.id);
  }
  std::ranges::sort(counted.cases);
  return counted;
}

class Answers : public campaigns::Texts {
 public:
  explicit Answers(const std::vector<AnsweredCase>& all) : all_(all) {}
  std::string text_at(std::uint64_t place) const override {
    return all_[static_cast<std::size_t>(place)].answer;
  }

 private:
  const std::vector<AnsweredCase>& all_;
};

// Letters that are another one's copy, edition or fill of one template. The first of each group
// is in it too: which of them was written first is nobody's fault.
Counted copied_in(const std::vector<AnsweredCase>& all) {
  Counted counted{.whole = static_cast<std::int64_t>(all.size()), .cases = {}};
  if (all.size() < 2) return counted;
  campaigns::Finder finder(0);
  std::vector<campaigns::Comment> comments;
  for (std::size_t i = 0; i < all.size(); ++i)
    comments.push_back({.id = std::to_string(all[i].id), .text = all[i].answer, .place = i});
  finder.take(comments);
  const campaigns::Found found = finder.find(Answers(all));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const campaigns::Distinct& text = found.texts[found.text_of[i]];
    if (text.group != campaigns::no_group && text.how != campaigns::How::quote)
      counted.cases.push_back(all[i].id);
  }
  std::ranges::sort(counted.cases);
  return counted;
}

// How many cases of a unit the pattern has, for the kinds that are a share.
Counted share_in(const UnitMonth& of, Formality kind, const Period& month, const SignalRule& rule) {
  const minutes limit(rule.threshold);
  switch (kind) {
    case Formality::early_rating:
      return counted_in(of.ratings, [&](const GivenRating& each) {
        return !each.by_staff && each.answered && each.at >= *each.answered &&
               each.at - *each.answered < limit;
      });
    case Formality::staff_entered:
      return counted_in(of.ratings, [](const GivenRating& each) { return each.by_staff; });
    case Formality::closed_in_minutes:
      return counted_in(of.answered, [&](const AnsweredCase& each) {
        return each.first_answered - each.received < limit;
      });
    case Formality::short_answer:
      return counted_in(of.answered, [](const AnsweredCase& each) {
        return static_cast<std::int64_t>(count_chars(each.answer)) < each.question_chars;
      });
    case Formality::no_evidence:
      return counted_in(of.answered, [](const AnsweredCase& each) {
        return each.outcome != "unfounded" && !each.has_files &&
               each.answer.find("\n\n") == std::string::npos;
      });
    case Formality::forwarding_loop:
      return counted_in(of.answered, [&](const AnsweredCase& each) {
        return each.transfer_count >= rule.threshold;
      });
    case Formality::copied_answer: return copied_in(of.answered);
    case Formality::reported_again: {
      CameBack back = came_back(of.settled, month, rule);
      return {.whole = back.whole, .cases = std::move(back.cases)};
    }
    default: return {};
  }
}

double level_of(const SignalRule& rule) { return static_cast<double>(rule.level) / 1e6; }
double points_of(const SignalRule& rule) { return static_cast<double>(rule.threshold) / 100; }

constexpr std::array share_kinds = {Formality::early_rating,      Formality::staff_entered,
                                    Formality::closed_in_minutes, Formality::short_answer,
                                    Formality::no_evidence,       Formality::forwarding_loop,
                                    Formality::copied_answer,     Formality::reported_again};

stats::SignalKind engine_kind(Formality kind) {
  switch (kind) {
    case Formality::early_rating: return stats::SignalKind::early_rating;
    case Formality::staff_entered: return stats::SignalKind::staff_entered;
    case Formality::closed_in_minutes: return stats::SignalKind::closed_in_minutes;
    case Formality::no_evidence: return stats::SignalKind::no_evidence;
    case Formality::forwarding_loop: return stats::SignalKind::forwarding_loop;
    case Formality::picked_invitation: return stats::SignalKind::picked_invitation;
    case Formality::pressed_rating: return stats::SignalKind::pressed_rating;
    default: return stats::SignalKind::short_answer;
  }
}

// The excess that matters: where the threshold is minutes or times, fifteen points.
double excess_of(Formality kind, const SignalRule& rule) {
  const bool is_points = kind == Formality::staff_entered || kind == Formality::short_answer ||
                         kind == Formality::no_evidence || kind == Formality::copied_answer;
  return is_points ? points_of(rule) : 0.15;
}

void add_shares(std::vector<FoundSignal>& found,
                std::span<const UnitMonth> units,
                Formality kind,
                const Period& month,
                const SignalRule& rule) {
  std::vector<Counted> all;
  std::map<units::Kind, std::vector<stats::Share>> by_kind;
  for (const UnitMonth& each : units) {
    all.push_back(share_in(each, kind, month, rule));
    by_kind[each.unit.kind].push_back(all.back().share());
  }
  std::map<units::Kind, stats::Pool> pools;
  for (const auto& [of, shares] : by_kind) pools.emplace(of, stats::ordinary_pool(shares));
  for (std::size_t i = 0; i < units.size(); ++i) {
    const stats::Share share = all[i].share();
    // One unit of its kind has nobody to be compared with.
    if (share.whole == 0 || by_kind[units[i].unit.kind].size() < 2) continue;
    const stats::Signal signal =
        stats::share_signal(engine_kind(kind), share, pools.at(units[i].unit.kind),
                            {.excess_min = excess_of(kind, rule),
                             .part_min = rule.part_min,
                             .level_max = level_of(rule)});
    if (signal.is_raised)
      found.push_back({i, kind, share.part, share.whole, signal, std::move(all[i].cases), {}});
  }
}

// Of those answered in time how many rated, against the others.
void add_picked(std::vector<FoundSignal>& found,
                std::size_t unit,
                const UnitMonth& of,
                const SignalRule& rule) {
  stats::Share good, bad;
  std::vector<std::int64_t> cases;
  for (const AnsweredCase& each : of.answered) {
    stats::Share& group = each.first_answered <= each.first_due ? good : bad;
    ++group.whole;
    if (!each.was_rated) continue;
    ++group.part;
    if (&group == &good) cases.push_back(each.id);
  }
  const stats::Signal signal =
      stats::pair_signal(stats::SignalKind::picked_invitation, good, bad,
                         {.excess_min = points_of(rule), .level_max = level_of(rule)});
  std::ranges::sort(cases);
  if (signal.is_raised && good.part >= rule.part_min)
    found.push_back({unit, Formality::picked_invitation, good.part, good.whole, signal, cases, {}});
}

void add_pressed(std::vector<FoundSignal>& found,
                 std::size_t unit,
                 const UnitMonth& of,
                 const SignalRule& rule) {
  stats::Share seen, alone;
  std::vector<std::int64_t> cases;
  for (const GivenRating& each : of.ratings) {
    stats::Share& group = each.by_staff ? seen : alone;
    ++group.whole;
    if (each.score < 4) continue;
    ++group.part;
    if (each.by_staff) cases.push_back(each.id);
  }
  const stats::Signal signal =
      stats::pair_signal(stats::SignalKind::pressed_rating, seen, alone,
                         {.excess_min = points_of(rule), .level_max = level_of(rule)});
  std::ranges::sort(cases);
  if (signal.is_raised && seen.part >= rule.part_min)
    found.push_back({unit, Formality::pressed_rating, seen.part, seen.whole, signal, cases, {}});
}

// People rate at home at any hour, and by day more than by night: the window counts five times.
void add_burst(std::vector<FoundSignal>& found,
               std::size_t unit,
               const UnitMonth& of,
               const Period& month,
               const SignalRule& rule) {
  constexpr std::int64_t window = 10;
  const Instant begin = at_local(month.first), end = at_local(month.next());
  std::vector<std::pair<std::int64_t, std::int64_t>> at;  // minute and case
  for (const GivenRating& each : of.ratings)
    if (each.at >= begin && each.at < end) at.emplace_back((each.at - begin) / minutes(1), each.id);
  std::ranges::sort(at);
  std::vector<std::int64_t> times;
  for (const auto& [minute, id] : at) times.push_back(minute);
  if (times.empty()) return;
  const stats::Signal signal = stats::burst_of(
      times, (end - begin) / minutes(1),
      {.window = window, .peak = 5, .size_min = rule.threshold, .level_max = level_of(rule)});
  if (!signal.is_raised) return;
  // The fullest window.
  std::size_t best = 0, best_count = 0;
  for (std::size_t i = 0, j = 0; i < at.size(); ++i) {
    while (j < at.size() && at[j].first - at[i].first < window) ++j;
    if (j - i > best_count) best = i, best_count = j - i;
  }
  std::vector<std::int64_t> cases;
  for (std::size_t i = best; i < best + best_count; ++i) cases.push_back(at[i].second);
  std::ranges::sort(cases);
  found.push_back({unit,
                   Formality::burst,
                   static_cast<std::int64_t>(best_count),
                   static_cast<std::int64_t>(at.size()),
                   signal,
                   std::move(cases),
                   {}});
}

// Ratings of each weekday from Monday to Friday.
void add_even(std::vector<FoundSignal>& found,
              std::size_t unit,
              const UnitMonth& of,
              const Period& month,
              const SignalRule& rule) {
  std::map<Day, std::int64_t> by_day;
  for (Day day = month.first; day < month.next(); day += std::chrono::days(1))
    if (std::chrono::weekday(day).iso_encoding() <= 5) by_day[day] = 0;
  std::vector<std::int64_t> cases;
  for (const GivenRating& each : of.ratings)
    if (const auto day = by_day.find(local_day(each.at)); day != by_day.end()) {
      ++day->second;
      cases.push_back(each.id);
    }
  const auto count = static_cast<std::int64_t>(cases.size());
  if (count < rule.part_min) return;
  std::vector<std::int64_t> counts;
  for (const auto& [day, ratings] : by_day) counts.push_back(ratings);
  const stats::Signal signal = stats::even_counts_of(
      counts, {.dispersion_max = points_of(rule), .level_max = level_of(rule)});
  std::ranges::sort(cases);
  if (signal.is_raised)
    found.push_back({unit, Formality::even_counts, count, count, signal, std::move(cases), {}});
}

}  // namespace

std::vector<FoundSignal> signals_of(std::span<const UnitMonth> units,
                                    const Period& month,
                                    const SignalRules& rules) {
  std::vector<FoundSignal> found;
  for (const Formality kind : share_kinds)
    if (const SignalRule rule = rule_of(rules, kind); rule.is_on)
      add_shares(found, units, kind, month, rule);
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto on = [&](Formality kind) { return rule_of(rules, kind).is_on; };
    if (on(Formality::burst))
      add_burst(found, i, units[i], month, rule_of(rules, Formality::burst));
    if (on(Formality::even_counts))
      add_even(found, i, units[i], month, rule_of(rules, Formality::even_counts));
    if (on(Formality::picked_invitation))
      add_picked(found, i, units[i], rule_of(rules, Formality::picked_invitation));
    if (on(Formality::pressed_rating))
      add_pressed(found, i, units[i], rule_of(rules, Formality::pressed_rating));
    add_survey_signals(found, i, units[i], rules);
    add_room_signals(found, i, units[i], month, rules);
  }
  std::ranges::stable_sort(found, {}, &FoundSignal::unit);
  return found;
}

}  // namespace ln::insight
