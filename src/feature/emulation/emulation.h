// Emulation ("Dân vận khéo"): good work recognised from evidence.
//
// A unit registers a model before it begins and says what will be measured and over how many days.
// When these days are over it claims once: the platform counts the same figure before and after,
// with the interval of the difference, and what all other units did meanwhile. A supervisor who is
// independent of the unit confirms or refutes; where no change can be concluded nothing can be
// confirmed. The unit may reply and edit nothing. Other units take a confirmed model up with a
// measurement of their own (decision 40).
//
// This face holds types and rules; nothing here reads a database, a clock or a socket.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "core/units/units.h"
#include "engine/stats/stats_trend.h"

namespace ln::emulation {

using ModelId = Id<struct EmulationModelTable>;

// The four fields of the movement (domain.md 2.6). The words of SQL and text keys.
enum class Field : std::uint8_t { economy, society, defence, politics };
inline constexpr std::array all_fields = {Field::economy, Field::society, Field::defence,
                                          Field::politics};
// A figure of the platform, of cases that came in during some days. Left out are cases about
// conduct, protected ones, and what clerks typed for others, as in all public figures. Each case is
// judged as it stood judged_days after it came in, so that those before had no longer than those
// after.
enum class Metric : std::uint8_t {
  on_time,    // answered on time, of those answered or overdue by their first date
  satisfied,  // rated 4 or 5, of those rated and not rated anew since
  solved,     // closed by the sender's acceptance, of those answered
  reopened,   // the sender did not accept an answer, of those answered; less is better
};
inline constexpr std::array all_metrics = {Metric::on_time, Metric::satisfied, Metric::solved,
                                           Metric::reopened};
enum class Happening : std::uint8_t { registered, claimed, confirmed, refuted, replied };
inline constexpr std::array all_happenings = {Happening::registered, Happening::claimed,
                                              Happening::confirmed, Happening::refuted,
                                              Happening::replied};
// What the figures say of a claim.
enum class Reading : std::uint8_t {
  too_few,    // fewer than the floor before or after: nothing is printed
  no_change,  // no change can be concluded
  better,
  worse,
};

std::string_view to_text(Field);
std::string_view to_text(Metric);
std::string_view to_text(Happening);
template <class List>
std::optional<typename List::value_type> from_word(const List& list, std::string_view text) {
  for (const auto each : list)
    if (to_text(each) == text) return each;
  return std::nullopt;
}
TextKey key_of(Field);
TextKey key_of(Metric);
TextKey meaning_of(Metric);
TextKey key_of(Happening);
TextKey key_of(Reading);

inline constexpr std::size_t name_chars_min = 10, name_chars_max = 200;
inline constexpr std::size_t line_chars_min = 3, line_chars_max = 200;
inline constexpr std::size_t words_chars_min = 20, words_chars_max = 3'000;
inline constexpr std::array<int, 4> all_days = {30, 60, 90, 180};
// A model is registered at most so long before it begins, and never after.
inline constexpr int ahead_days_max = 90;
// Fewer cases than this before or after say nothing and are not printed: the floor of the room.
inline constexpr std::int64_t cases_min = 10;
inline constexpr std::size_t lines_max = 20;
// Most cases are due, answered and rated by then; a rule of ours. One that is due later counts as
// late for nobody.
inline constexpr int judged_days = 30;

struct Model {
  ModelId id{};
  units::UnitId unit{};
  std::string unit_path{};
  Field field{};
  std::string name_vi{}, name_en{}, task{}, place{}, launched_by{};
  Metric metric{};
  Day begins_on{};
  int days = 0;
  ModelId adopted_from{};
  std::int64_t registered_by = 0;
  Instant registered_at{};

  Day before_from() const { return begins_on - std::chrono::days(days); }
  // The first day that is not compared any more.
  Day after_to() const { return begins_on + std::chrono::days(days); }
  // The first day on which it can be claimed: the last case has its age.
  Day claimed_from() const { return after_to() + std::chrono::days(judged_days); }
  bool may_be_claimed(Instant now) const { return now >= at_local(claimed_from()); }
};

struct Event {
  std::int64_t seq = 0;
  Happening kind{};
  std::string text{};
  std::int64_t said_by = 0;
  Instant said_at{};
  std::int64_t line = 0;
};
// Where a model stands follows from what happened: the last of registered, claimed and the verdict.
Happening stands_of(const std::vector<Event>& events);

// A figure of fewer cases than cases_min is 0 of 0 here: it is not kept.
struct Claim {
  stats::Share before{}, after{};
  stats::Share city_before{}, city_after{};  // of all other units in the same days
  std::int64_t ledger_size = 0;
  std::vector<std::int64_t> lines{};
};
// Of the unit itself. `better` needs the interval of the difference to lie on the good side.
Reading reading_of(Metric metric, const Claim& claim);
stats::Difference difference_of(const Claim& claim);

// What a model is looked at by. Administrators of the city change them, dated and in the public log
// (emulation_actions_criteria.h); a model is judged by those in force when it was registered.
struct Criterion {
  std::string code{}, name_vi{}, name_en{}, source{};
  bool is_in_force = true;
};
inline constexpr std::size_t criterion_code_chars_min = 2, criterion_code_chars_max = 30;
inline constexpr std::size_t criterion_chars_min = 5, criterion_chars_max = 200;
inline constexpr std::size_t criteria_max = 30;
// Of names and sources of all that are in force together, in characters: pages show them whole.
inline constexpr std::size_t criteria_chars_max = 2'000;
// As a setting keeps it: four lines, the last "1" or "0". Precondition: no line break in any.
std::string value_of(const Criterion& criterion);
// Null for what value_of does not write.
std::optional<Criterion> read_criterion(std::string_view code, std::string_view value);

// "12, 15 18" as numbers of lines; null when one is none, for none at all and for more than
// lines_max.
std::optional<std::vector<std::int64_t>> read_lines(std::string_view text);

// Takes out what is withheld: a figure of too few cases, and with it that of all other units in the
// same days, from which it could be found by subtracting from the city's.
void withhold_few(Claim& claim);

// What the ledger commits to; of a figure that is withheld, that word.
std::string statement_of(const Model& model);
std::string statement_of(const Claim& claim);

}  // namespace ln::emulation
