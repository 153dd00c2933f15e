#include "engine/opinion/opinion_quality.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"

namespace ln::opinion {
namespace {

// The people who are looked at, in the order of the file, with their marks.
struct Sample {
  Votes votes;
  std::vector<std::uint64_t> marks;
};

Sample sample_of(const Votes& votes) {
  std::vector<std::uint64_t> marks(votes.people());
  for (std::size_t i = 0; i < marks.size(); ++i) marks[i] = mark_of(votes.id(i));
  std::uint64_t last = UINT64_MAX;
  if (marks.size() > quality_people_max) {
    std::vector<std::uint64_t> sorted = marks;
    std::ranges::nth_element(sorted, sorted.begin() + quality_people_max - 1);
    last = sorted[quality_people_max - 1];
  }
  Sample sample{Votes(votes.statement_ids()), {}};
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i] > last || votes.row(i).empty()) continue;
    sample.votes.add(votes.id(i), votes.row(i));
    sample.marks.push_back(marks[i]);
  }
  return sample;
}

double six_digits(double value) { return std::round(value * 1e6) / 1e6; }

struct Half {
  std::size_t groups = 0;
  std::vector<std::uint8_t> group;  // of everybody in the sample
};

// The two halves of one cut. What one half has in the tables, the other has not.
void cut(const Sample& sample, const Tables& all, std::size_t bit, std::span<Half, 2> halves) {
  Tables tables(sample.votes.statements());
  for (std::size_t side = 0; side < 2; ++side) {
    Votes votes(sample.votes.statement_ids());
    for (std::size_t i = 0; i < sample.marks.size(); ++i)
      if ((sample.marks[i] >> bit & 1) == side) votes.add(sample.votes.id(i), sample.votes.row(i));
    if (side == 0) {
      tables = tables_of(votes, alone());
    } else {
      Tables rest = all;
      rest.take_away(tables);
      tables = std::move(rest);
    }
    const Map map = map_of(votes, tables, alone());
    const Placer placer(map.axes);
    halves[side].groups = map.grouping.centres.size();
    for (std::size_t i = 0; i < sample.marks.size(); ++i)
      halves[side].group.push_back(map.group_of(placer, sample.votes.row(i)));
  }
}

// Hidden votes by group and cell, and what was visible of them. All whole numbers, so that the
// errors can be added up in one order.
struct Fold {
  std::size_t groups = 0;
  std::vector<std::array<std::int64_t, 2>> seen;  // [group · statements + statement]: votes, sum
  std::vector<std::array<std::int64_t, saids>> hidden;  // likewise, by what was said
  std::vector<std::array<std::int64_t, 2>> everybody;   // [statement]: visible votes, sum
};

Fold fold_of(const Sample& sample,
             const std::vector<std::uint64_t>& statement_marks,
             std::size_t fold) {
  const auto is_hidden = [&](std::size_t person, std::size_t statement) {
    return mixed(sample.marks[person] ^ statement_marks[statement]) % quality_folds == fold;
  };
  Votes votes(sample.votes.statement_ids());
  std::vector<Vote> row;
  for (std::size_t i = 0; i < sample.marks.size(); ++i) {
    row.clear();
    for (const Vote vote : sample.votes.row(i))
      if (!is_hidden(i, vote.statement())) row.push_back(vote);
    votes.add(sample.votes.id(i), row);
  }
  const Tables tables = tables_of(votes, alone());
  const Map map = map_of(votes, tables, alone());
  const std::size_t statements = votes.statements();
  Fold made{map.grouping.centres.size(), {}, {}, {}};
  made.seen.resize(made.groups * statements);
  made.hidden.resize(made.groups * statements);
  for (std::size_t j = 0; j < statements; ++j)
    made.everybody.push_back({tables.voted(j), tables.sum(j)});
  for (std::size_t i = 0; i < sample.marks.size(); ++i) {
    if (map.group[i] == no_group) continue;
    for (const Vote vote : sample.votes.row(i)) {
      const std::size_t at = map.group[i] * statements + vote.statement();
      if (is_hidden(i, vote.statement())) {
        ++made.hidden[at][static_cast<std::size_t>(vote.said())];
      } else {
        ++made.seen[at][0];
        made.seen[at][1] += vote.value();
      }
    }
  }
  return made;
}

struct Errors {
  double by_group = 0, by_everybody = 0;
  std::int64_t votes = 0;
};

void add_errors(Errors& errors, const Fold& fold) {
  constexpr double votes_added = 4;
  const std::size_t statements = fold.everybody.size();
  for (std::size_t at = 0; at < fold.hidden.size(); ++at) {
    const auto& all = fold.everybody[at % statements];
    const double mean = static_cast<double>(all[1]) / (static_cast<double>(all[0]) + 1);
    const double own = (static_cast<double>(fold.seen[at][1]) + votes_added * mean) /
                       (static_cast<double>(fold.seen[at][0]) + votes_added);
    for (std::size_t said = 0; said < saids; ++said) {
      const auto count = static_cast<double>(fold.hidden[at][said]);
      const double value = value_of(static_cast<Said>(said));
      errors.by_group += count * (value - own) * (value - own);
      errors.by_everybody += count * (value - mean) * (value - mean);
      errors.votes += fold.hidden[at][said];
    }
  }
}

}  // namespace

double adjusted_rand(std::span<const std::uint8_t> left, std::span<const std::uint8_t> right) {
  CHECK(left.size() == right.size());
  std::vector<std::uint64_t> together(256 * 256, 0), of_left(256, 0), of_right(256, 0);
  std::uint64_t people = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i] == no_group || right[i] == no_group) continue;
    ++together[left[i] * 256U + right[i]];
    ++of_left[left[i]];
    ++of_right[right[i]];
    ++people;
  }
  const auto pairs = [](const std::vector<std::uint64_t>& counts) {
    double sum = 0;
    for (const std::uint64_t n : counts)
      sum += static_cast<double>(n) * (static_cast<double>(n) - 1) / 2;
    return sum;
  };
  const double all = pairs({people});
  if (all == 0) return 1;
  const double expected = pairs(of_left) * pairs(of_right) / all;
  const double most = (pairs(of_left) + pairs(of_right)) / 2;
  return most == expected ? 1 : (pairs(together) - expected) / (most - expected);
}

Quality quality_of(const Votes& votes, const Map& map, const Workers& workers) {
  const Sample sample = sample_of(votes);
  std::vector<std::uint64_t> statement_marks;
  for (const std::string& each : votes.statement_ids()) statement_marks.push_back(mark_of(each));
  std::vector<Half> halves(2 * quality_halvings);
  std::vector<Fold> folds(quality_folds);
  const Tables all = tables_of(sample.votes, workers);
  workers.run(quality_halvings + quality_folds, [&](std::size_t job, std::size_t) {
    if (job < quality_halvings) {
      cut(sample, all, job, std::span(halves).subspan(job * 2).first<2>());
    } else {
      const std::size_t fold = job - quality_halvings;
      folds[fold] = fold_of(sample, statement_marks, fold);
    }
  });

  Quality quality;
  quality.people = sample.marks.size();
  for (std::size_t i = 0; i < halves.size(); i += 2) {
    quality.agreement.push_back(six_digits(adjusted_rand(halves[i].group, halves[i + 1].group)));
    for (const Half* half : {&halves[i], &halves[i + 1]})
      if (half->groups == map.grouping.centres.size()) ++quality.same_number;
  }
  std::ranges::sort(quality.agreement);
  const std::size_t middle = quality.agreement.size() / 2;
  quality.agreement_median =
      six_digits((quality.agreement[middle - 1] + quality.agreement[middle]) / 2);
  Errors errors;
  for (const Fold& each : folds) add_errors(errors, each);
  quality.hidden_votes = static_cast<std::uint64_t>(errors.votes);
  if (errors.by_everybody > 0) quality.gain = six_digits(1 - errors.by_group / errors.by_everybody);
  return quality;
}

}  // namespace ln::opinion
