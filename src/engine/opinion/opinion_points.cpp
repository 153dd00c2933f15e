#include "engine/opinion/opinion_points.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace ln::opinion {
namespace {

// Counts people by spot: a table of open addresses, which grows.
class SpotCounter {
 public:
  SpotCounter() : slots_(1024) {}

  void add(std::int32_t x, std::int32_t y, std::uint32_t people) {
    if (used_ * 2 >= slots_.size()) grow();
    Spot& slot = slot_of(x, y);
    if (slot.people == 0) {
      slot = {x, y, 0};
      ++used_;
    }
    slot.people += people;
  }

  std::vector<Spot> take() {
    std::erase_if(slots_, [](const Spot& each) { return each.people == 0; });
    return std::move(slots_);
  }

 private:
  Spot& slot_of(std::int32_t x, std::int32_t y) {
    const std::uint64_t key = static_cast<std::uint64_t>(static_cast<std::uint32_t>(x)) << 32 |
                              static_cast<std::uint32_t>(y);
    std::size_t at = mixed(key) & (slots_.size() - 1);
    while (slots_[at].people != 0 && (slots_[at].x != x || slots_[at].y != y))
      at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }
  void grow() {
    std::vector<Spot> before(slots_.size() * 2);
    before.swap(slots_);
    for (const Spot& each : before)
      if (each.people != 0) slot_of(each.x, each.y) = each;
  }

  std::vector<Spot> slots_;
  std::size_t used_ = 0;
};

constexpr std::size_t blocks_a_job = 8;
std::size_t jobs_of(const Votes& votes) {
  return (votes.blocks() + blocks_a_job - 1) / blocks_a_job;
}
std::size_t begin_of(const Votes& votes, std::size_t job) {
  return std::min(votes.block_begin(job * blocks_a_job), votes.people());
}

}  // namespace

std::size_t votes_needed(std::size_t statements) { return std::min(votes_to_place, statements); }

Placer::Placer(const Axes& axes)
    : steps_(axes.mean.size() * 4),
      statements_(static_cast<double>(axes.mean.size())),
      needed_(opinion::votes_needed(axes.mean.size())) {
  for (std::size_t j = 0; j < axes.mean.size(); ++j)
    for (const Said said : {Said::pass, Said::agree, Said::disagree}) {
      const double off = value_of(said) - axes.mean[j];
      steps_[Vote(j, said).cell()] = {off * axes.first[j], off * axes.second[j]};
    }
}

Point Placer::place(std::span<const Vote> row) const {
  double x = 0, y = 0;
  for (const Vote vote : row) {
    x += steps_[vote.cell()].x;
    y += steps_[vote.cell()].y;
  }
  const double longer = std::sqrt(statements_ / static_cast<double>(row.size())) * point_unit;
  return {static_cast<std::int32_t>(std::lround(x * longer)),
          static_cast<std::int32_t>(std::lround(y * longer))};
}

Spot spot_of(Point point, unsigned shift) {
  const std::int32_t half = shift == 0 ? 0 : 1 << (shift - 1);
  return {(point.x + half) >> shift, (point.y + half) >> shift, 1};
}

Ground ground_of(const Votes& votes, const Placer& placer, const Workers& workers) {
  Ground ground;
  ground.points.assign(votes.people(), nowhere);
  struct Heap {
    std::uint64_t placed = 0, squares = 0;
    SpotCounter spots;
  };
  std::vector<Heap> heaps(workers.count);
  workers.run(jobs_of(votes), [&](std::size_t job, std::size_t worker) {
    for (std::size_t i = begin_of(votes, job); i < begin_of(votes, job + 1); ++i) {
      const auto row = votes.row(i);
      if (row.size() < placer.votes_needed() || row.empty()) continue;
      const Point at = ground.points[i] = placer.place(row);
      ++heaps[worker].placed;
      // Of at most 2^25 units; a unit of this sum is 2^16 square units, so that it cannot overflow.
      heaps[worker].squares += static_cast<std::uint64_t>(std::int64_t{at.x} * at.x) / 65'536 +
                               static_cast<std::uint64_t>(std::int64_t{at.y} * at.y) / 65'536;
    }
  });
  std::uint64_t squares = 0;
  for (const Heap& each : heaps) {
    ground.placed += each.placed;
    squares += each.squares;
  }
  if (ground.placed == 0) return ground;
  // The largest power of two that is at most 1/64 of the root mean square: 4^shift · 64² ≤ mean.
  const std::uint64_t mean = squares / ground.placed * 65'536;
  while (mean >> 12 >> (2 * (ground.shift + 1)) > 0) ++ground.shift;

  workers.run(jobs_of(votes), [&](std::size_t job, std::size_t worker) {
    for (std::size_t i = begin_of(votes, job); i < begin_of(votes, job + 1); ++i) {
      if (ground.points[i] == nowhere) continue;
      const Spot spot = spot_of(ground.points[i], ground.shift);
      heaps[worker].spots.add(spot.x, spot.y, 1);
    }
  });
  for (std::size_t i = 1; i < heaps.size(); ++i)
    for (const Spot& each : heaps[i].spots.take()) heaps[0].spots.add(each.x, each.y, each.people);
  ground.spots = heaps[0].spots.take();
  std::ranges::sort(ground.spots, [](const Spot& a, const Spot& b) {
    return a.x != b.x ? a.x < b.x : a.y < b.y;
  });
  return ground;
}

}  // namespace ln::opinion
