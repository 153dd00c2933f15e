// Signals of formality: patterns in a unit's month that honest work rarely makes (engine/stats).
//
// A signal is arithmetic and never a verdict. It is looked for once a month, three days after the
// month is over, among units of the same kind; it shows its cases and its rule; the head of the
// unit can dispute it, and somebody who is not under the leader decides. Cases about conduct,
// protected, held and erased ones are not looked at: no list behind a signal may lead to them.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "core/units/units.h"
#include "engine/stats/stats_signals.h"
#include "feature/insight/insight_report.h"
#include "feature/insight/insight_room_month.h"

namespace ln::insight {

struct SignalTable;
using SignalId = Id<SignalTable>;

enum class Formality : std::uint8_t {
  burst,              // many ratings of one office within ten minutes
  early_rating,       // rated before the answer can have been read
  staff_entered,      // ratings typed in by staff
  even_counts,        // as many ratings each day, more alike than chance allows
  picked_invitation,  // who was answered in time rates, who was not hardly ever does
  pressed_rating,     // ratings staff typed in praise, those given at home do not
  closed_in_minutes,  // answered within minutes of coming in
  short_answer,       // shorter than the question
  no_evidence,        // neither a file nor words on what was done
  forwarding_loop,    // sent on again and again
  copied_answer,      // the same letter to different people (engine/campaigns)
  reported_again,     // answered, and then reported again or not accepted
  survey_burst,       // many slips of a survey within a minute
  survey_staff,       // praise on the office's screen or by clerks, not on slips
  survey_picked,      // asked where people are content, and hardly elsewhere
  empty_dialogue,     // questions were answered and nothing was promised
  idle_supervision,   // findings without advice, advice that nobody verified
  unread_disclosure,  // where few can read it, entered long after its day, questions unanswered
  unmeasured_model,   // a model of emulation without a claim, or one of too few cases
};
inline constexpr std::array formalities = {Formality::burst,
                                           Formality::early_rating,
                                           Formality::staff_entered,
                                           Formality::even_counts,
                                           Formality::picked_invitation,
                                           Formality::pressed_rating,
                                           Formality::closed_in_minutes,
                                           Formality::short_answer,
                                           Formality::no_evidence,
                                           Formality::forwarding_loop,
                                           Formality::copied_answer,
                                           Formality::reported_again,
                                           Formality::survey_burst,
                                           Formality::survey_staff,
                                           Formality::survey_picked,
                                           Formality::empty_dialogue,
                                           Formality::idle_supervision,
                                           Formality::unread_disclosure,
                                           Formality::unmeasured_model};
std::string_view to_text(Formality kind);
// Behind these stand surveys and no cases.
constexpr bool is_of_surveys(Formality kind) {
  return kind >= Formality::survey_burst && kind <= Formality::survey_picked;
}
// Behind these stand things of one room, counted one by one: no chance, and no other unit.
constexpr bool is_of_rooms(Formality kind) { return kind >= Formality::empty_dialogue; }
std::optional<Formality> formality_of(std::string_view word);
TextKey name_of(Formality kind);
TextKey meaning_of(Formality kind);    // what is counted, and why it is looked at
TextKey threshold_of(Formality kind);  // what its threshold is called

// What makes a pattern matter. Data: an administrator of the city changes it, and the log says so.
struct SignalRule {
  bool is_on = true;
  // burst: ratings; survey_burst: slips; early_rating, closed_in_minutes: minutes; forwarding_loop:
  // times sent on; even_counts: per cent of the variance chance gives; reported_again and those of
  // rooms: days; the others: points of per cent above what is usual.
  std::int64_t threshold = 15;
  std::int64_t part_min = 5;  // cases; of rooms as insight_signal_rooms.h says it
  std::int64_t level = 100;   // chance, in millionths: one in ten thousand
  friend bool operator==(const SignalRule&, const SignalRule&) = default;
};
SignalRule default_rule(Formality kind);
using SignalRules = std::map<Formality, SignalRule>;  // those that are not there: the default
SignalRule rule_of(const SignalRules& rules, Formality kind);
// "on 15 5 100", as the history keeps it.
std::string to_text(const SignalRule& rule);
// What is wrong beside "threshold", "part_min" and "level".
void check_rule(Formality kind, const SignalRule& rule, FieldErrors& errors);
inline constexpr int threshold_days_max = 100;

// One case whose latest answer went out in the month.
struct AnsweredCase {
  std::int64_t id = 0;
  Instant received{}, first_due{}, first_answered{}, answered{};
  std::int64_t question_chars = 0;
  bool has_files = false;
  int transfer_count = 0;
  bool was_rated = false;
  std::string outcome{};  // of the answer
  std::string answer{};
};
// One rating first given in the month.
struct GivenRating {
  std::int64_t id = 0;  // of the case
  int score = 0;
  bool by_staff = false;
  Instant at{};
  std::optional<Instant> answered{};  // the answer it is of
};
// A survey of the unit that ended in the month: totals, as nothing else is kept of one.
struct ClosedSurvey {
  std::int64_t id = 0;
  Day opens{}, closes{};  // the first and the last day
  std::int64_t most_in_a_minute = 0, by_slip = 0;
  // People with a score and the sum of their scores, each from 0 to 10,000.
  struct Scores {
    std::int64_t people = 0, sum = 0;
  };
  Scores slips{}, seen{};  // seen: on the office's screen, or typed in by a clerk
  struct Cluster {
    std::int64_t planned = 0, answers = 0;
    Scores scores{};
  };
  std::vector<Cluster> clusters{};  // those that were drawn; empty where nobody is asked by cluster
};
// A case whose last answer went out in the month or up to threshold_days_max before it, and what
// came after.
struct SettledCase {
  std::int64_t id = 0;
  Instant answered{};
  bool was_reopened = false;  // in the month: the sender did not accept an answer
  struct Again {
    Instant at{};
    std::string words{};
  };
  std::vector<Again> again{};  // reports of the month that name it as what has come back
};
struct UnitMonth {
  units::Unit unit{};
  std::vector<AnsweredCase> answered{};
  std::vector<GivenRating> ratings{};
  std::vector<ClosedSurvey> surveys{};
  std::vector<SettledCase> settled{};
  RoomMonth rooms{};
};

struct FoundSignal {
  std::size_t unit = 0;  // its place in the list
  Formality kind = Formality::burst;
  std::int64_t part = 0, whole = 0;
  stats::Signal arithmetic{};
  std::vector<std::int64_t> cases{};   // ascending
  std::vector<HollowThing> objects{};  // of rooms, ascending
};
// Everything that is raised in a month, in the order of the units. Pure: the same months give the
// same signals.
std::vector<FoundSignal> signals_of(std::span<const UnitMonth> units,
                                    const Period& month,
                                    const SignalRules& rules);

// A signal as it is kept. Its arithmetic is rounded to six digits.
struct KeptSignal {
  SignalId id{};
  units::UnitId unit{};
  std::string unit_path{};
  Day month{};
  Formality kind = Formality::burst;
  std::int64_t part = 0, whole = 0;
  double observed = 0, expected = 0, size_min = 0, p_value = 1;
  Instant found_at{};
};

enum class Decision : std::uint8_t { stands, explained };
std::string_view to_text(Decision decision);
std::optional<Decision> decision_of(std::string_view word);

inline constexpr std::size_t dispute_chars_min = 20, dispute_chars_max = 3'000;
struct Dispute {
  SignalId signal{};
  std::int64_t account_id = 0;
  Instant at{};
  std::string text{};
  std::optional<Decision> decision{};
  std::int64_t decided_by = 0;
  std::optional<Instant> decided_at{};
  std::string decided_text{};
};

// The month to be looked at on `today`; null while the last one is not over for three days.
std::optional<Period> signal_month_on(Day today);

}  // namespace ln::insight
