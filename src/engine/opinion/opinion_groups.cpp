#include "engine/opinion/opinion_groups.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ln::opinion {
namespace {

double square_distance(const Centre& centre, const Spot& spot) {
  const double x = centre.x - spot.x, y = centre.y - spot.y;
  return x * x + y * y;
}

// Whole sums: the same whichever spot comes first.
struct Gathered {
  std::int64_t x = 0, y = 0;
  std::uint64_t people = 0;
  void add(const Spot& spot) {
    x += std::int64_t{spot.x} * spot.people;
    y += std::int64_t{spot.y} * spot.people;
    people += spot.people;
  }
  Centre centre() const {
    const auto count = static_cast<double>(people);
    return {static_cast<double>(x) / count, static_cast<double>(y) / count};
  }
};

std::vector<Centre> farthest_starts(std::span<const Spot> spots, std::size_t k) {
  Gathered all;
  for (const Spot& each : spots) all.add(each);
  std::vector<Centre> chosen;
  std::vector<double> away(spots.size());
  for (std::size_t i = 0; i < spots.size(); ++i) away[i] = square_distance(all.centre(), spots[i]);
  while (chosen.size() < k) {
    const auto farthest = static_cast<std::size_t>(std::ranges::max_element(away) - away.begin());
    if (away[farthest] == 0 && !chosen.empty()) break;
    const Centre start{static_cast<double>(spots[farthest].x),
                       static_cast<double>(spots[farthest].y)};
    for (std::size_t i = 0; i < spots.size(); ++i) {
      const double to_start = square_distance(start, spots[i]);
      away[i] = chosen.empty() ? to_start : std::min(away[i], to_start);
    }
    chosen.push_back(start);
  }
  return chosen;
}

// Moves the centres to the middle of whoever is nearest, until nothing moves.
void settle(std::span<const Spot> spots, std::vector<Centre>& centres) {
  std::vector<std::uint8_t> group(spots.size(), UINT8_MAX);
  for (int steps = 0; steps < 200; ++steps) {
    std::vector<Gathered> heaps(centres.size());
    bool has_changed = false;
    for (std::size_t i = 0; i < spots.size(); ++i) {
      const auto now = static_cast<std::uint8_t>(nearest(centres, spots[i]));
      has_changed = has_changed || now != group[i];
      group[i] = now;
      heaps[now].add(spots[i]);
    }
    if (!has_changed) break;
    std::vector<Centre> moved;
    for (const Gathered& each : heaps)
      if (each.people > 0) moved.push_back(each.centre());
    if (moved.size() < centres.size()) std::ranges::fill(group, UINT8_MAX);
    centres = std::move(moved);
  }
}

}  // namespace

std::size_t nearest(std::span<const Centre> centres, const Spot& spot) {
  std::size_t best = 0;
  double least = square_distance(centres[0], spot);
  for (std::size_t i = 1; i < centres.size(); ++i) {
    const double distance = square_distance(centres[i], spot);
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

Grouping grouping_of(std::span<const Spot> spots, std::size_t k) {
  Grouping made;
  if (spots.empty()) return made;
  std::vector<Centre> centres = farthest_starts(spots, k);
  settle(spots, centres);
  std::vector<Gathered> heaps(centres.size());
  for (const Spot& each : spots) heaps[nearest(centres, each)].add(each);
  std::vector<std::size_t> order(centres.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    if (heaps[a].people != heaps[b].people) return heaps[a].people > heaps[b].people;
    return centres[a].x != centres[b].x ? centres[a].x < centres[b].x : centres[a].y < centres[b].y;
  });
  for (const std::size_t at : order) {
    made.centres.push_back(centres[at]);
    made.sizes.push_back(heaps[at].people);
  }
  made.silhouette = silhouette_of(spots, made.centres);
  return made;
}

double silhouette_of(std::span<const Spot> spots, std::span<const Centre> centres) {
  const std::size_t k = centres.size();
  if (k < 2) return 0;
  std::vector<double> squares(k, 0), people(k, 0);
  for (const Spot& each : spots) {
    const std::size_t own = nearest(centres, each);
    squares[own] += square_distance(centres[own], each) * each.people;
    people[own] += each.people;
  }
  double sum = 0, count = 0;
  for (const Spot& each : spots) {
    const std::size_t own = nearest(centres, each);
    count += each.people;
    if (people[own] < 2) continue;  // Alone: 0, as Rousseeuw has it.
    // Oneself is no neighbour: n·mean / (n − 1).
    const double inside =
        (square_distance(centres[own], each) * people[own] + squares[own]) / (people[own] - 1);
    double outside = -1;
    for (std::size_t other = 0; other < k; ++other) {
      if (other == own || people[other] == 0) continue;
      const double mean = square_distance(centres[other], each) + squares[other] / people[other];
      if (outside < 0 || mean < outside) outside = mean;
    }
    const double larger = std::max(inside, outside);
    if (outside >= 0 && larger > 0) sum += (outside - inside) / larger * each.people;
  }
  return count > 0 ? sum / count : 0;
}

Grouping best_grouping(std::span<const Spot> spots) {
  Grouping best = grouping_of(spots, 1);
  double best_silhouette = 0;
  for (std::size_t k = 2; k <= groups_max; ++k) {
    Grouping next = grouping_of(spots, k);
    if (next.centres.size() < k || next.sizes.back() < group_people_min) continue;
    const double silhouette = std::round(next.silhouette * 1e6);
    if (best.centres.size() > 1 && silhouette <= best_silhouette) continue;
    best_silhouette = silhouette;
    best = std::move(next);
  }
  return best;
}

}  // namespace ln::opinion
