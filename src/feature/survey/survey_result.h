// What may be published of a survey that is over, and what it is worth. Pure.
//
// Of each question one row of counts stands by itself: its classes and who kept silent on it, which
// add up to all answers by slip or, where an answer before decides who is asked, to all who were
// asked. Counts of 1 to count_floor - 1 are hidden, and others beside them until no subtraction
// gives them back. Where that happened to a question that the index counts, the index is rounded
// until it is no equation for them, and its sum is not told. Parties are told apart only where each
// of them is nobody or count_floor people. Everything else is computed from what is shown, so that
// anybody can do it
// again from /surveys/{id}/counts.csv.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/stats/stats.h"
#include "feature/survey/survey.h"

namespace ln::survey {

// How many gave `value` to `question`, of one way and cluster.
struct Count {
  Way way{};
  std::string question{};
  std::int64_t cluster = 0, value = 0, count = 0;
};
// The scores of one way, party and cluster: how many, their sum and the sum of their squares.
struct Scores {
  Way way{};
  Party party{};
  std::int64_t cluster = 0, answers = 0, count = 0, sum = 0, squares = 0;
  std::int64_t changed = 0;  // of the answers, by their slips
};
struct QuestionFigures {
  std::string code{};
  std::vector<std::int64_t> classes{};
  std::vector<std::optional<std::int64_t>> counts{};  // of each class; null is hidden
  std::optional<std::int64_t> silent{};  // of those asked, who gave no answer; null is hidden
  // How many were asked: all answers, unless another answer decides it. Null is hidden; then
  // whoever was not asked stands among the silent.
  std::optional<std::int64_t> asked{};
  // Satisfied (4 and 5, or yes) of those who answered; null where one of the counts is hidden.
  std::optional<stats::Share> satisfied{};
  std::optional<stats::Share> acceptable{};  // 3 of a scale, never added to the satisfied
  stats::Interval interval{};
};
// Why an index says nothing.
enum class Verdict : std::uint8_t {
  concluded,
  too_few,    // fewer than count_floor answers
  one_group,  // clusters, and fewer than two of them answered
  too_wide,   // the interval is wider than interval_width_max
  hidden,     // it would give back a hidden count
};
TextKey key_of(Verdict);
struct IndexFigures {
  std::int64_t answers = 0;  // 0 too where `answers` may not be told: ask is_told
  bool is_told = false;
  Verdict verdict = Verdict::too_few;
  std::int64_t scored = 0, sum = 0;  // answers with a score, and their sum in units of 1/score_max
  double value = 0;                  // between 0 and 1; 0 unless the verdict lets it be shown
  double step = 0;  // value and interval are rounded to it, and sum is 0; 0: nothing is rounded
  stats::Interval interval{};
  bool has_value() const { return verdict == Verdict::concluded || verdict == Verdict::too_wide; }
};
struct Figures {
  std::int64_t invited = 0;               // slips that were printed
  std::optional<std::int64_t> answers{};  // by slip; null: from 1 to count_floor - 1
  IndexFigures index{};                   // the headline: by slip
  std::optional<std::int64_t> changed{};  // of the answers, by their slips; null is hidden
  // The index if everybody who kept silent gave the worst, and the best.
  std::optional<stats::Interval> if_all_answered{};
  std::vector<std::pair<Party, IndexFigures>> parties{};  // empty: may not be told apart
  std::vector<std::pair<Way, IndexFigures>> other_ways{};
  std::vector<QuestionFigures> questions{};  // by slip
};
struct Counted {
  std::int64_t invited = 0;
  std::vector<Count> counts{};
  std::vector<Scores> scores{};
};
Figures figures_of(const Survey& survey, const Form& form, const Counted& counted);

// The published counts as a table: survey,way,party,question,answer,count. Hidden ones are empty.
// What the ledger keeps the SHA-256 of. The same figures give the same bytes.
std::string counts_csv(const Survey& survey, const Figures& figures);

}  // namespace ln::survey
