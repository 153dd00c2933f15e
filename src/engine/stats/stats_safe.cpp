#include "engine/stats/stats_safe.h"

#include <algorithm>
#include <limits>
#include <queue>

#include "base/check.h"

namespace ln::stats {
namespace {

constexpr std::int64_t endless = std::numeric_limits<std::int64_t>::max() / 4;
constexpr std::int64_t zero_cost = std::int64_t{1} << 40;  // A zero is worth showing.

}  // namespace

SafeTree::SafeTree(std::span<const Unit> units, std::span<const std::int64_t> floors)
    : width_(floors.size()), edges_(units.size() * floors.size()) {
  CHECK(width_ >= 2 && units.size() >= 2);
  std::vector<bool> is_leaf(units.size(), true);
  for (std::size_t unit = 1; unit < units.size(); ++unit) {
    CHECK(units[unit].parent < unit);
    is_leaf[units[unit].parent] = false;
  }
  CHECK(!is_leaf[0]);
  for (std::size_t unit = units.size(); unit > 0; --unit) {
    const std::size_t own = (unit - 1) * width_;
    if (is_leaf[unit - 1]) {
      CHECK(units[unit - 1].counts.size() + 1 == width_);
      for (std::size_t column = 0; column + 1 < width_; ++column) {
        const std::int64_t count = units[unit - 1].counts[column];
        CHECK(count >= 0);
        edges_[own + column].count = count;
        edges_[own + width_ - 1].count += count;
      }
    }
    if (unit == 1) break;
    for (std::size_t column = 0; column < width_; ++column)
      edges_[units[unit - 1].parent * width_ + column].count += edges_[own + column].count;
  }
  connect(units, is_leaf);
  std::vector<std::size_t> small;
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    CHECK(floors[i % width_] >= 1);
    edges_[i].is_hidden = edges_[i].count > 0 && edges_[i].count < floors[i % width_];
    if (edges_[i].is_hidden) small.push_back(i);
  }
  // Hiding more never tells more, so that each needs to be looked at once.
  for (const std::size_t each : small) protect(each, floors[each % width_]);
}

// A leaf's row is a node, each column of an inner unit is one, and the root's row closes the rings.
void SafeTree::connect(std::span<const Unit> units, const std::vector<bool>& is_leaf) {
  nodes_.resize(units.size() * (width_ + 1));
  const auto node_of = [&](std::size_t unit, std::size_t column) {
    return units.size() + unit * width_ + column;
  };
  for (std::size_t unit = 0; unit < units.size(); ++unit) {
    for (std::size_t column = 0; column < width_; ++column) {
      const std::size_t own = is_leaf[unit] ? unit : node_of(unit, column);
      const std::size_t above = unit == 0 ? 0 : node_of(units[unit].parent, column);
      Edge& edge = edges_[unit * width_ + column];
      const bool is_total = column + 1 == width_;
      edge.from = is_total ? above : own;
      edge.to = is_total ? own : above;
      nodes_[edge.from].push_back({unit * width_ + column, true});
      nodes_[edge.to].push_back({unit * width_ + column, false});
    }
  }
}

// How much can go over an edge this way: upwards without end, downwards until one person is left.
std::int64_t SafeTree::room(const Step& step, const std::vector<std::int64_t>& flow) const {
  if (step.is_forward) return endless;
  return std::max<std::int64_t>(edges_[step.edge].count - 1, 0) + flow[step.edge];
}

std::vector<SafeTree::Step> SafeTree::cheapest(std::size_t from,
                                               std::size_t to,
                                               std::size_t without,
                                               const std::vector<std::int64_t>& flow,
                                               bool may_hide) const {
  std::vector<std::int64_t> costs(nodes_.size(), endless);
  std::vector<Step> by(nodes_.size());
  using Entry = std::pair<std::int64_t, std::size_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> waiting;
  costs[from] = 0;
  waiting.emplace(0, from);
  while (!waiting.empty()) {
    const auto [cost, node] = waiting.top();
    waiting.pop();
    if (node == to) break;
    if (cost > costs[node]) continue;
    for (const Step& step : nodes_[node]) {
      const Edge& edge = edges_[step.edge];
      if (step.edge == without || room(step, flow) <= 0) continue;
      if (!edge.is_hidden && !may_hide) continue;
      const std::int64_t own = edge.is_hidden ? 0 : edge.count == 0 ? zero_cost : edge.count;
      const std::size_t next = step.is_forward ? edge.to : edge.from;
      if (cost + own >= costs[next]) continue;
      costs[next] = cost + own;
      by[next] = step;
      waiting.emplace(costs[next], next);
    }
  }
  std::vector<Step> out;
  if (costs[to] == endless) return out;
  for (std::size_t node = to; node != from;) {
    out.push_back(by[node]);
    const Edge& edge = edges_[by[node].edge];
    node = by[node].is_forward ? edge.from : edge.to;
  }
  return out;
}

// How far the count of `edge` can go up or down, up to `need`; hides what it goes over.
std::int64_t SafeTree::push(std::size_t edge, bool is_up, std::int64_t need, bool may_hide) {
  std::vector<std::int64_t> flow(edges_.size());
  const std::size_t from = is_up ? edges_[edge].to : edges_[edge].from;
  const std::size_t to = is_up ? edges_[edge].from : edges_[edge].to;
  std::int64_t pushed = 0;
  while (pushed < need) {
    const std::vector<Step> path = cheapest(from, to, edge, flow, may_hide);
    if (path.empty()) break;
    std::int64_t amount = need - pushed;
    for (const Step& step : path) amount = std::min(amount, room(step, flow));
    for (const Step& step : path) {
      flow[step.edge] += step.is_forward ? amount : -amount;
      edges_[step.edge].is_hidden = true;
    }
    pushed += amount;
  }
  return pushed;
}

void SafeTree::protect(std::size_t edge, std::int64_t floor) {
  const std::int64_t count = edges_[edge].count;
  const std::int64_t down = push(edge, false, count - 1, false);
  const std::int64_t need = std::max(floor - count, floor - 1 - down);
  const std::int64_t up = push(edge, true, need, true);
  CHECK(up >= need);
}

std::optional<std::int64_t> SafeTree::count(std::size_t unit, std::size_t column) const {
  CHECK(column + 1 < width_ && unit * width_ < edges_.size());
  const Edge& edge = edges_[unit * width_ + column];
  if (edge.is_hidden) return std::nullopt;
  return edge.count;
}

std::optional<std::int64_t> SafeTree::total(std::size_t unit) const {
  CHECK(unit * width_ < edges_.size());
  const Edge& edge = edges_[unit * width_ + width_ - 1];
  if (edge.is_hidden) return std::nullopt;
  return edge.count;
}

std::vector<std::size_t> told_runs(std::span<const std::int64_t> weeks,
                                   std::span<const std::size_t> months,
                                   std::int64_t floor) {
  CHECK(floor >= 1);
  // For each week, where its month and its quarter end (exclusive).
  std::vector<std::size_t> month_ends;
  std::vector<std::size_t> quarter_ends;
  std::size_t end = 0;
  for (std::size_t i = 0; i < months.size(); ++i) {
    CHECK(months[i] >= 1);
    end += months[i];
    month_ends.resize(end, end);
    if (i % 3 == 2) quarter_ends.resize(end, end);
  }
  std::vector<std::size_t> out;
  std::size_t first = 0;
  std::size_t stop = 1;
  while (first < weeks.size() && stop <= weeks.size()) {
    std::int64_t sum = 0;
    for (std::size_t i = first; i < stop; ++i) {
      CHECK(weeks[i] >= 0);
      sum += weeks[i];
    }
    if (sum >= floor) {
      out.push_back(stop - first);
      first = stop;
      stop = first + 1;
      continue;
    }
    // A week too small waits for the end of its month, a month for the end of its quarter, and a
    // quarter for the end of the next.
    const std::size_t last = stop - 1;
    if (last >= month_ends.size()) break;
    if (stop < month_ends[last])
      stop = month_ends[last];
    else if (last < quarter_ends.size() && stop < quarter_ends[last])
      stop = quarter_ends[last];
    else if (stop < quarter_ends.size())
      stop = stop == first + 1 ? month_ends[stop] : quarter_ends[stop];
    else
      break;
  }
  return out;
}

}  // namespace ln::stats
