// Open data: what is told of each case and each rating, so that every figure can be counted again
// by anybody, and nobody is found in it (docs/decisions/0031-open-data.md). Pure.
//
// Each is told exactly once, as one row of a class. All rows of a class look the same but for how
// they fared: unit, stretch of whole weeks, and topic and sender where at least five share them.
// A class has members of at least five letters (parts of one letter are one person's, and count as
// one here), and of those whose sender did not choose publication either none or at least five
// letters (k-anonymity, L. Sweeney, Int. J. Uncertainty 10, 2002, 557-570): whatever
// is published of the others can be taken away and leaves no small rest. Classes never change and
// never overlap, and nothing else is counted from cases, so adding and subtracting gives sums of
// whole classes (docs/decisions/0017 says why this needs no other look). A part of a letter waits
// from the day on which it can no longer be put back, not from that of its letter. Left out are the
// same cases as in insight.h, and held ones; they are one number for the whole city, by quarter,
// from ten on.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "feature/insight/insight.h"
#include "feature/satisfaction/satisfaction.h"

namespace ln::insight {

inline constexpr std::int64_t class_floor = stats::privacy_floor;

// How a case fared, as bits of one number; the columns of its row.
enum class Outcome : std::uint8_t { answered, on_time, overdue, open, declined, reopened, solved };
inline constexpr std::array all_outcomes = {Outcome::answered, Outcome::on_time,  Outcome::overdue,
                                            Outcome::open,     Outcome::declined, Outcome::reopened,
                                            Outcome::solved};
std::string_view to_text(Outcome outcome);
constexpr std::int64_t bit_of(Outcome outcome) {
  return std::int64_t{1} << static_cast<int>(outcome);
}

// What waits to be told.
struct Waiting {
  std::int64_t id = 0;      // of the case
  std::int64_t letter = 0;  // which it is a part of; 0: of none, it is a letter itself
  std::int64_t topic = 0;   // 0: none
  std::string sender{};     // of a rating: not told
  bool is_public = false;   // the sender chose publication
  Day received{};
};
struct OpenClass {
  Day from{}, to{};  // a Monday and a Sunday
  std::int64_t topic = 0;
  std::string sender{};
  std::vector<std::int64_t> members{};  // ascending
};

// What of one unit's waiting ones can be told at the end of the week `sunday`, taken out of
// `waiting`: all of them, or those whose sender chose publication, or none yet. Where topic and
// sender are shared by too few they are not told.
std::vector<OpenClass> ripe(std::vector<Waiting>& waiting, Day sunday);

// The Monday on or before `day`; the Sunday before the week in which `day` is.
Day monday_of(Day day);
Day last_sunday_before(Day day);

// Where a class counts: the whole city under the code "", and each unit; the stretch belongs to the
// month, quarter and year in which it ended, and to each of the last 30, 90 and 365 days.
struct Place {
  std::string unit{};        // code
  std::string valid_from{};  // "2025-07-01"; "" for the city
  friend auto operator<=>(const Place&, const Place&) = default;
};
// "2026-11", "2026-Q4", "2026", and those of last30, last90, last365 that hold `to`, by the last
// Sunday that is told.
std::vector<std::string> periods_of(Day to, Day sunday);

// The figures, each with what it divides by what (docs/formats/open-data.md).
enum class FigureKind : std::uint8_t { count, share, mean };
struct Definition {
  std::string_view name;
  FigureKind kind;
  std::string_view numerator, denominator;  // sums of columns of the rows
  TextKey title, sentence;
  bool is_of_ratings = false;  // counted from ratings, else from cases
};
const std::vector<Definition>& definitions();
const Definition* find_definition(std::string_view name);
std::string_view to_text(FigureKind kind);
// Numerator and denominator.
stats::Share share_of(const Definition& definition, const Counts& counts);

// What somebody said beside a score, where they said it: would they report again, did they believe
// the answer.
using satisfaction::Said;

// A rating as one number, like the outcome of a case: the score in the lowest three bits, then two
// bits each for what was said.
struct RatingOutcome {
  std::int64_t score = 0;
  Said again = Said::nothing, believed = Said::nothing;
};
std::int64_t to_number(const RatingOutcome& outcome);
// Above every number of a case's or a rating's outcome.
inline constexpr std::int64_t outcome_end = 128;
static_assert(all_outcomes.size() <= 7);
RatingOutcome rating_outcome_of(std::int64_t number);

// What is told, each in classes of its own.
enum class What : std::uint8_t { cases, ratings };
// Adds `count` of them with this outcome.
void add_told(Counts& counts, What what, std::int64_t outcome, std::int64_t count);

// All figures, added up row by row: as many counts as there are units and periods.
class FigureBook {
 public:
  explicit FigureBook(Day sunday) : sunday_(sunday) {}
  // `sender` is "" where it is not told; of a rating it never is.
  void add(What what,
           const Place& unit,
           Day to,
           const std::string& sender,
           std::int64_t outcome,
           std::int64_t count);
  // Line by line, the city first, then its senders, then the units, by code: the cells of the table
  // "figures". A figure about fewer than five has no number and is marked.
  struct Line {
    std::string_view figure;
    Place place;
    std::string_view sender;
    std::string_view period;
    stats::Share share;
    std::string value, low, high;  // empty where there is none
    bool is_withheld;
  };
  void each(const std::function<void(const Line&)>& take) const;

 private:
  struct Key {
    Place place;
    std::string sender, period;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  Day sunday_;
  std::map<Key, Counts> counts_;
};

}  // namespace ln::insight
