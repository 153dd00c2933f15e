#include "engine/opinion/opinion_polis.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ln::opinion::polis {
namespace {

double share_of(std::int64_t part, std::int64_t whole) {
  return (static_cast<double>(part) + 1) / (static_cast<double>(whole) + 2);
}

double square_between(const Centre& centre, const Weighted& point) {
  const double x = centre.x - point.x, y = centre.y - point.y;
  return x * x + y * y;
}

// Of equally near ones the last.
std::size_t last_nearest(const std::vector<Centre>& centres, const Weighted& point) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < centres.size(); ++i)
    if (square_between(centres[i], point) <= square_between(centres[best], point)) best = i;
  return best;
}

bool has_settled(std::vector<Centre> before, std::vector<Centre> after) {
  constexpr double far = 0.01;
  if (before.size() != after.size()) return false;
  const auto order = [](const Centre& a, const Centre& b) {
    return a.x != b.x ? a.x < b.x : a.y < b.y;
  };
  std::ranges::sort(before, order);
  std::ranges::sort(after, order);
  for (std::size_t i = 0; i < before.size(); ++i)
    if (std::sqrt(square_between(before[i], {after[i].x, after[i].y, 1})) >= far) return false;
  return true;
}

// The votes with rejected statements taken out: what the axes are made of. A column of zeros has no
// variance and changes nothing in them.
Votes without(const Votes& votes, std::span<const std::size_t> rejected) {
  Votes made(votes.statement_ids());
  std::vector<Vote> row;
  for (std::size_t i = 0; i < votes.people(); ++i) {
    row.clear();
    for (const Vote vote : votes.row(i))
      if (!std::ranges::binary_search(rejected, vote.statement())) row.push_back(vote);
    made.add(votes.id(i), row, votes.group(i));
  }
  return made;
}

// Who is clustered (point 3), in the order of the file.
std::vector<std::size_t> who_counts(const Votes& votes) {
  const std::size_t needed = votes_needed(votes.statements());
  std::vector<std::size_t> all(votes.people()), chosen;
  std::iota(all.begin(), all.end(), 0U);
  for (const std::size_t person : all)
    if (votes.row(person).size() >= needed) chosen.push_back(person);
  if (chosen.size() >= people_at_least) return chosen;
  std::ranges::stable_sort(
      all, [&](std::size_t a, std::size_t b) { return votes.row(a).size() > votes.row(b).size(); });
  all.resize(std::min(all.size(), people_at_least));
  std::ranges::sort(all);
  return all;
}

Weighted place(const Axes& axes, std::span<const Vote> row, std::size_t rejected) {
  Weighted point;
  for (const Vote vote : row) {
    const double off = vote.value() - axes.mean[vote.statement()];
    point.x += off * axes.first[vote.statement()];
    point.y += off * axes.second[vote.statement()];
  }
  const double votes = static_cast<double>(std::max<std::size_t>(row.size() + rejected, 1));
  const double longer = std::sqrt(static_cast<double>(axes.mean.size()) / votes);
  return {point.x * longer, point.y * longer, 1};
}

// The clusters of people, then those of these clusters, in as many groups as fit best.
Clusters groups_of(std::span<const Weighted> base) {
  Clusters best;
  double best_silhouette = -2;
  const std::size_t most = std::min<std::size_t>(groups_max, 2 + base.size() / 12);
  for (std::size_t k = 2; k <= most; ++k) {
    Clusters next = k_means(base, first_distinct(base, k), 20);
    const double silhouette = silhouette_of(base, next);
    if (silhouette < best_silhouette) continue;
    best_silhouette = silhouette;
    best = std::move(next);
  }
  return best;
}

}  // namespace

double one_share_z(std::int64_t successes, std::int64_t trials) {
  const double n = static_cast<double>(trials) + 1;
  return 2 * std::sqrt(n) * ((static_cast<double>(successes) + 1) / n - 0.5);
}

double two_shares_z(stats::Share left, stats::Share right) {
  const double s1 = static_cast<double>(left.part) + 1, p1 = static_cast<double>(left.whole) + 1;
  const double s2 = static_cast<double>(right.part) + 1, p2 = static_cast<double>(right.whole) + 1;
  const double both = (s1 + s2) / (p1 + p2);
  if (both == 1) return 0;
  return (s1 / p1 - s2 / p2) / std::sqrt(both * (1 - both) * (1 / p1 + 1 / p2));
}

Stand stand_of(std::size_t statement, const Count& group, const Count& others) {
  Stand stand;
  stand.statement = statement;
  stand.agrees = group.of(Said::agree);
  stand.disagrees = group.of(Said::disagree);
  stand.votes = group.votes();
  stand.agree_share = share_of(stand.agrees, stand.votes);
  stand.disagree_share = share_of(stand.disagrees, stand.votes);
  stand.agree_z = one_share_z(stand.agrees, stand.votes);
  stand.disagree_z = one_share_z(stand.disagrees, stand.votes);
  stand.agree_ratio = stand.agree_share / share_of(others.of(Said::agree), others.votes());
  stand.disagree_ratio = stand.disagree_share / share_of(others.of(Said::disagree), others.votes());
  stand.agree_ratio_z = two_shares_z(group.share(Said::agree), others.share(Said::agree));
  stand.disagree_ratio_z = two_shares_z(group.share(Said::disagree), others.share(Said::disagree));
  return stand;
}

bool Stand::is_significant() const {
  return (agree_ratio_z > significant && agree_z > significant) ||
         (disagree_ratio_z > significant && disagree_z > significant);
}

double Stand::metric() const {
  return side() == Said::agree ? agree_ratio * agree_ratio_z * agree_share * agree_z
                               : disagree_ratio * disagree_ratio_z * disagree_share * disagree_z;
}

namespace {

const Stand* best_agree(const std::vector<Stand>& stands) {
  const auto weight = [](const Stand& each) {
    return each.agree_ratio * each.agree_ratio_z * each.agree_share * each.agree_z;
  };
  const Stand* best = nullptr;
  for (const Stand& each : stands) {
    if (each.agrees == 0 && each.disagrees == 0) continue;
    bool is_better = each.agree_z > significant || (each.agree_ratio > 1 && each.agree_share > 0.5);
    if (best != nullptr && best->agree_ratio > 1) {
      is_better = weight(each) > weight(*best);
    } else if (best != nullptr) {
      is_better = each.agree_share * each.agree_z > best->agree_share * best->agree_z;
    }
    if (is_better) best = &each;
  }
  return best;
}

}  // namespace

std::vector<Stand> representative(const std::vector<Stand>& stands) {
  constexpr std::size_t most = 5;
  const Stand* const first = best_agree(stands);
  std::vector<Stand> chosen, rest;
  if (first != nullptr) chosen.push_back(*first);
  for (const Stand& each : stands)
    if (each.is_significant() && (first == nullptr || each.statement != first->statement))
      rest.push_back(each);
  std::ranges::stable_sort(rest,
                           [](const Stand& a, const Stand& b) { return a.metric() > b.metric(); });
  if (rest.empty() && chosen.empty() && !stands.empty())
    chosen.push_back(*std::ranges::max_element(stands, [](const Stand& a, const Stand& b) {
      return std::max(a.agree_ratio_z, a.disagree_ratio_z) <
             std::max(b.agree_ratio_z, b.disagree_ratio_z);
    }));
  for (const Stand& each : rest)
    if (chosen.size() < most) chosen.push_back(each);
  // The best agree stays first whatever its side; then agrees, then disagrees.
  std::stable_sort(chosen.begin() + (first != nullptr ? 1 : 0), chosen.end(),
                   [](const Stand& a, const Stand& b) {
                     return a.side() == Said::agree && b.side() != Said::agree;
                   });
  return chosen;
}

Consensus consensus_of(const std::vector<Count>& everybody) {
  const auto surest = [&](Said said) {
    constexpr std::size_t most = 5;
    std::vector<std::pair<double, std::size_t>> found;
    for (std::size_t j = 0; j < everybody.size(); ++j) {
      const double share = share_of(everybody[j].of(said), everybody[j].votes());
      const double z = one_share_z(everybody[j].of(said), everybody[j].votes());
      if (share > 0.5 && z > significant) found.emplace_back(share * z, j);
    }
    std::ranges::stable_sort(found, [](auto& a, auto& b) { return a.first > b.first; });
    std::vector<std::size_t> statements;
    for (std::size_t i = 0; i < std::min(most, found.size()); ++i)
      statements.push_back(found[i].second);
    return statements;
  };
  return {surest(Said::agree), surest(Said::disagree)};
}

std::vector<Centre> first_distinct(std::span<const Weighted> points, std::size_t count) {
  std::vector<Centre> found;
  for (const Weighted& each : points) {
    if (found.size() == count) break;
    if (std::ranges::none_of(found, [&](const Centre& c) { return square_between(c, each) == 0; }))
      found.push_back({each.x, each.y});
  }
  return found;
}

Clusters k_means(std::span<const Weighted> points, std::vector<Centre> starts, int steps) {
  Clusters made{std::move(starts), std::vector<std::size_t>(points.size(), 0)};
  if (made.centres.empty()) return made;
  for (int step = 0; step < steps; ++step) {
    std::vector<Weighted> sums(made.centres.size(), {0, 0, 0});
    for (std::size_t i = 0; i < points.size(); ++i) {
      made.of[i] = last_nearest(made.centres, points[i]);
      Weighted& sum = sums[made.of[i]];
      sum.x += points[i].x * points[i].weight;
      sum.y += points[i].y * points[i].weight;
      sum.weight += points[i].weight;
    }
    std::vector<Centre> moved;
    std::vector<std::size_t> place(sums.size(), 0);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      place[i] = moved.size();
      if (sums[i].weight > 0)
        moved.push_back({sums[i].x / sums[i].weight, sums[i].y / sums[i].weight});
    }
    for (std::size_t& each : made.of) each = place[each];
    const bool is_done = has_settled(made.centres, moved);
    made.centres = std::move(moved);
    if (is_done) break;
  }
  return made;
}

double silhouette_of(std::span<const Weighted> points, const Clusters& clusters) {
  const std::size_t k = clusters.centres.size();
  std::vector<double> members(k, 0);
  for (const std::size_t each : clusters.of) members[each] += 1;
  double sum = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::size_t own = clusters.of[i];
    if (members[own] < 2) continue;
    std::vector<double> away(k, 0);
    for (std::size_t j = 0; j < points.size(); ++j)
      away[clusters.of[j]] += std::sqrt(square_between({points[i].x, points[i].y}, points[j]));
    double outside = -1;
    for (std::size_t other = 0; other < k; ++other)
      if (other != own && members[other] > 0 &&
          (outside < 0 || away[other] / members[other] < outside))
        outside = away[other] / members[other];
    const double inside = away[own] / (members[own] - 1);
    const double larger = std::max(inside, outside);
    if (outside >= 0 && larger > 0) sum += (outside - inside) / larger;
  }
  return points.empty() ? 0 : sum / static_cast<double>(points.size());
}

PolisMap map_of(const Votes& votes, std::span<const std::size_t> rejected, const Workers& workers) {
  PolisMap map;
  const Votes counted = without(votes, rejected);
  map.axes = axes_of(tables_of(counted, workers), workers);
  const std::vector<std::size_t> people = who_counts(votes);
  map.placed = people.size();
  std::vector<Weighted> points;
  for (const std::size_t person : people)
    points.push_back(place(map.axes, counted.row(person), rejected.size()));

  const Clusters base = k_means(points, first_distinct(points, base_clusters_max), 100);
  std::vector<Weighted> middles;
  for (const Centre& each : base.centres) middles.push_back({each.x, each.y, 0});
  for (const std::size_t each : base.of) middles[each].weight += 1;
  map.base_clusters = middles.size();
  const Clusters groups = groups_of(middles);

  map.group.assign(votes.people(), no_group);
  map.sizes.assign(groups.centres.size(), 0);
  for (std::size_t i = 0; i < people.size() && !groups.centres.empty(); ++i) {
    const std::size_t group = groups.of[base.of[i]];
    map.group[people[i]] = static_cast<std::uint8_t>(group);
    ++map.sizes[group];
  }
  map.everybody.resize(votes.statements());
  map.by_group.assign(map.sizes.size(), std::vector<Count>(votes.statements()));
  for (std::size_t i = 0; i < votes.people(); ++i)
    for (const Vote vote : counted.row(i)) {
      const auto said = static_cast<std::size_t>(vote.said());
      ++map.everybody[vote.statement()].said[said];
      if (map.group[i] != no_group) ++map.by_group[map.group[i]][vote.statement()].said[said];
    }
  for (std::size_t j = 0; j < votes.statements(); ++j) {
    Count all;
    for (const auto& group : map.by_group) all += group[j];
    map.priority.push_back(priority_of(all, extremity_of(map.axes, j)));
  }
  return map;
}

}  // namespace ln::opinion::polis
