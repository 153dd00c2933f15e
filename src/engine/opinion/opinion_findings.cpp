#include "engine/opinion/opinion_findings.h"

#include <algorithm>
#include <cmath>

namespace ln::opinion {
namespace {

constexpr double one_half = 0.5;
static_assert(group_people_min == static_cast<std::uint64_t>(stats::privacy_floor));

Held held(std::size_t statement, Said said, const Count& count) {
  return {statement, said, count.share(said), stats::wilson(count.share(said))};
}

// The surest first, equally sure ones in the order of statements, which is the order they come in.
template <class Item>
void sort_by(std::vector<Item>& items, double (*strength)(const Item&)) {
  std::ranges::stable_sort(items,
                           [&](const Item& a, const Item& b) { return strength(a) > strength(b); });
}

constexpr Said for_or_against[] = {Said::agree, Said::disagree};

GroupFindings findings_of_group(const Map& map, const Counts& counts, std::size_t group) {
  GroupFindings found;
  found.people = map.grouping.sizes[group];
  for (std::size_t j = 0; j < counts.statements(); ++j) {
    if (!counts.is_shown(group, j) || counts.group(group, j).votes() == 0) continue;
    const Count others = counts.others(group, j);
    for (const Said said : for_or_against) {
      const Held here = held(j, said, counts.group(group, j));
      if (here.interval.low > one_half) found.holds.push_back(here);
      if (others.votes() < stats::privacy_floor) continue;
      const Held elsewhere = held(j, said, others);
      if (here.interval.low > elsewhere.interval.high) found.apart.push_back({here, elsewhere});
    }
  }
  sort_by<Held>(found.holds, [](const Held& each) { return each.interval.low; });
  sort_by<SetApart>(found.apart, [](const SetApart& each) {
    return each.here.interval.low - each.elsewhere.interval.high;
  });
  return found;
}

std::optional<Union> union_on(const Counts& counts, std::size_t statement, Said said) {
  Union found{statement, said, 1, {}};
  for (std::size_t group = 0; group < counts.groups(); ++group) {
    if (!counts.is_shown(group, statement)) return std::nullopt;
    found.by_group.push_back(held(statement, said, counts.group(group, statement)));
    found.least = std::min(found.least, found.by_group.back().interval.low);
  }
  if (found.by_group.empty() || found.least <= one_half) return std::nullopt;
  return found;
}

std::optional<Division> division_on(const Counts& counts, std::size_t statement) {
  Division found;
  found.statement = statement;
  found.agrees.interval = found.disagrees.interval = {one_half, 1};
  bool is_for = false, is_against = false;
  for (std::size_t group = 0; group < counts.groups(); ++group) {
    if (!counts.is_shown(group, statement)) continue;
    const Count& count = counts.group(group, statement);
    const Held agrees = held(statement, Said::agree, count);
    const Held disagrees = held(statement, Said::disagree, count);
    if (agrees.interval.low > found.agrees.interval.low) {
      found.agrees = agrees;
      found.group_for = group;
      is_for = true;
    }
    if (disagrees.interval.low > found.disagrees.interval.low) {
      found.disagrees = disagrees;
      found.group_against = group;
      is_against = true;
    }
  }
  if (!is_for || !is_against) return std::nullopt;
  return found;
}

}  // namespace

Count& Count::operator+=(const Count& other) {
  for (std::size_t i = 0; i < saids; ++i) said[i] += other.said[i];
  return *this;
}

Counts::Counts(const Votes& votes, const Map& map, const Workers& workers)
    : groups_(map.grouping.centres.size()), statements_(votes.statements()) {
  // Each worker counts into columns of four for each statement, as votes are held.
  const std::size_t width = statements_ * 4;
  std::vector<std::vector<std::uint32_t>> heaps(
      workers.count, std::vector<std::uint32_t>((groups_ + 1) * width, 0));
  workers.run(votes.blocks(), [&](std::size_t block, std::size_t worker) {
    for (std::size_t i = votes.block_begin(block); i < votes.block_end(block); ++i) {
      const std::size_t row = map.group[i] == no_group ? groups_ : map.group[i];
      std::uint32_t* const to = heaps[worker].data() + row * width;
      for (const Vote vote : votes.row(i)) ++to[vote.cell()];
    }
  });
  cells_.resize((groups_ + 2) * statements_);
  for (const auto& heap : heaps)
    for (std::size_t row = 0; row <= groups_; ++row)
      for (std::size_t j = 0; j < statements_; ++j)
        for (std::size_t said = 0; said < saids; ++said) {
          const std::uint32_t count = heap[row * width + j * 4 + said];
          cells_[row * statements_ + j].said[said] += count;
          cells_[(groups_ + 1) * statements_ + j].said[said] += count;
        }
  shown_.assign((groups_ + 1) * statements_, true);
  for (std::size_t j = 0; j < statements_; ++j) decide_what_is_shown(j);
}

void Counts::decide_what_is_shown(std::size_t statement) {
  const auto votes = [&](std::size_t group) { return at(group, statement).votes(); };
  const auto is_few = [](std::int64_t count) { return count > 0 && count < stats::privacy_floor; };
  // What may be computed from what is shown: the votes of nobody's group and of hidden cells.
  std::int64_t hidden = votes(groups_);
  bool hides = false;
  for (std::size_t group = 0; group < groups_; ++group) {
    if (!is_few(votes(group))) continue;
    shown_[group * statements_ + statement] = false;
    hidden += votes(group);
    hides = true;
  }
  if (is_few(everybody(statement).votes()) || (!hides && is_few(hidden)))
    shown_[groups_ * statements_ + statement] = false;
  while (hides && hidden < stats::privacy_floor) {
    std::size_t smallest = groups_;
    for (std::size_t group = 0; group < groups_; ++group)
      if (shown_[group * statements_ + statement] && votes(group) > 0 &&
          (smallest == groups_ || votes(group) < votes(smallest)))
        smallest = group;
    if (smallest == groups_) return;
    shown_[smallest * statements_ + statement] = false;
    hidden += votes(smallest);
  }
}

Count Counts::placed(std::size_t statement) const {
  Count sum;
  for (std::size_t group = 0; group < groups_; ++group) sum += at(group, statement);
  return sum;
}

Count Counts::others(std::size_t group, std::size_t statement) const {
  Count sum;
  for (std::size_t other = 0; other < groups_; ++other)
    if (other != group && is_shown(other, statement)) sum += at(other, statement);
  return sum;
}

bool Counts::shows_all_groups(std::size_t statement) const {
  for (std::size_t group = 0; group < groups_; ++group)
    if (!is_shown(group, statement)) return false;
  return true;
}

Findings findings_of(const Map& map, const Counts& counts) {
  Findings found;
  if (map.placed < group_people_min) return found;
  for (std::size_t group = 0; group < counts.groups(); ++group)
    found.groups.push_back(findings_of_group(map, counts, group));
  for (std::size_t j = 0; j < counts.statements(); ++j) {
    for (const Said said : for_or_against)
      if (auto united = union_on(counts, j, said)) found.unites.push_back(*std::move(united));
    if (const auto divided = division_on(counts, j)) found.divides.push_back(*divided);
  }
  sort_by<Union>(found.unites, [](const Union& each) { return each.least; });
  sort_by<Division>(found.divides, [](const Division& each) {
    return std::min(each.agrees.interval.low, each.disagrees.interval.low);
  });
  return found;
}

double group_aware_consensus(const Counts& counts, std::size_t statement) {
  double product = 1;
  for (std::size_t group = 0; group < counts.groups(); ++group) {
    const Count& count = counts.group(group, statement);
    product *=
        (static_cast<double>(count.of(Said::agree)) + 1) / (static_cast<double>(count.votes()) + 2);
  }
  return product;
}

double priority_of(const Count& count, double extremity) {
  const auto votes = static_cast<double>(count.votes());
  const double passes = (static_cast<double>(count.of(Said::pass)) + 1) / (votes + 2);
  const double agrees = (static_cast<double>(count.of(Said::agree)) + 1) / (votes + 2);
  const double newness = 1 + 8 * std::exp2(-votes / 5);
  const double root = (1 - passes) * (extremity + 1) * agrees * newness;
  return root * root;
}

double extremity_of(const Axes& axes, std::size_t statement) {
  const double off = (-1 - axes.mean[statement]) * std::sqrt(static_cast<double>(axes.mean.size()));
  const double x = off * axes.first[statement], y = off * axes.second[statement];
  return std::sqrt(x * x + y * y);
}

}  // namespace ln::opinion
