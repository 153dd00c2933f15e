// Which counts of a table stay hidden. A hidden count can be computed from the others exactly when,
// in the graph whose nodes are rows and columns and whose edges are the hidden cells, its edge is a
// bridge (D. Gusfield, SIAM Journal on Computing 17, 1988, 552–571). So bridges are looked for, and
// each gets company.
#include <algorithm>

#include "base/check.h"
#include "engine/stats/stats.h"

namespace ln::stats {
namespace {

struct Edge {
  std::size_t to;
  std::size_t cell;
};

// Tarjan's bridges. Recursion is as deep as the table has rows and columns.
class Bridges {
 public:
  explicit Bridges(std::size_t nodes) : edges_(nodes), entered_(nodes), lowest_(nodes) {}
  void connect(std::size_t a, std::size_t b, std::size_t cell) {
    edges_[a].push_back({b, cell});
    edges_[b].push_back({a, cell});
  }
  // The first cell whose edge is a bridge.
  std::optional<std::size_t> find() {
    for (std::size_t node = 0; node < edges_.size(); ++node)
      if (entered_[node] == 0) visit(node, no_cell);
    if (found_.empty()) return std::nullopt;
    return *std::min_element(found_.begin(), found_.end());
  }
  // For each node, whether it is reached from `start` without the edge `cell`.
  std::vector<bool> side_of(std::size_t start, std::size_t cell) const {
    std::vector<bool> out(edges_.size());
    std::vector<std::size_t> waiting = {start};
    out[start] = true;
    while (!waiting.empty()) {
      const std::size_t node = waiting.back();
      waiting.pop_back();
      for (const Edge& edge : edges_[node]) {
        if (edge.cell == cell || out[edge.to]) continue;
        out[edge.to] = true;
        waiting.push_back(edge.to);
      }
    }
    return out;
  }

 private:
  static constexpr auto no_cell = static_cast<std::size_t>(-1);

  void visit(std::size_t node, std::size_t by_cell) {
    entered_[node] = lowest_[node] = ++clock_;
    for (const Edge& edge : edges_[node]) {
      if (edge.cell == by_cell) continue;
      if (entered_[edge.to] == 0) {
        visit(edge.to, edge.cell);
        if (lowest_[edge.to] > entered_[node]) found_.push_back(edge.cell);
        lowest_[node] = std::min(lowest_[node], lowest_[edge.to]);
      } else {
        lowest_[node] = std::min(lowest_[node], entered_[edge.to]);
      }
    }
  }

  std::vector<std::vector<Edge>> edges_;
  std::vector<std::size_t> entered_;  // 0: not yet.
  std::vector<std::size_t> lowest_;
  std::vector<std::size_t> found_;
  std::size_t clock_ = 0;
};

}  // namespace

SafeTable::SafeTable(const std::vector<std::vector<std::int64_t>>& rows, std::int64_t floor)
    : height_(rows.size() + 1), width_(rows.empty() ? 1 : rows.front().size() + 1) {
  CHECK(height_ > 1 && width_ > 1);
  cells_.resize(height_ * width_);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    CHECK(rows[row].size() == columns());
    for (std::size_t column = 0; column < columns(); ++column) {
      const std::int64_t count = rows[row][column];
      CHECK(count >= 0);
      for (Cell* each : {&cell(row, column), &cell(row, columns()), &cell(this->rows(), column),
                         &cell(this->rows(), columns())})
        each->count += count;
    }
  }
  for (Cell& each : cells_) each.is_hidden = each.count > 0 && each.count < floor;
  while (hide_for_sums(floor) || hide_for_equations()) {
  }
}

// Rule (b). Whether anything was hidden.
bool SafeTable::hide_for_sums(std::int64_t floor) {
  bool changed = false;
  const auto settle = [&](std::vector<Cell*> line, const Cell& total) {
    if (total.is_hidden) return;
    std::stable_sort(line.begin(), line.end(),
                     [](const Cell* a, const Cell* b) { return a->count < b->count; });
    std::int64_t hidden = 0;
    for (const Cell* each : line) hidden += each->is_hidden ? each->count : 0;
    for (Cell* each : line) {
      if (hidden == 0 || hidden >= floor) return;
      if (each->is_hidden || each->count == 0) continue;
      each->is_hidden = changed = true;
      hidden += each->count;
    }
  };
  for (std::size_t row = 0; row < height_; ++row) {
    std::vector<Cell*> line;
    line.reserve(columns());
    for (std::size_t column = 0; column < columns(); ++column) line.push_back(&cell(row, column));
    settle(line, cell(row, columns()));
  }
  for (std::size_t column = 0; column < width_; ++column) {
    std::vector<Cell*> line;
    line.reserve(rows());
    for (std::size_t row = 0; row < rows(); ++row) line.push_back(&cell(row, column));
    settle(line, cell(rows(), column));
  }
  return changed;
}

// Rule (a). Whether anything was hidden.
bool SafeTable::hide_for_equations() {
  Bridges graph(height_ + width_);
  for (std::size_t i = 0; i < cells_.size(); ++i)
    if (cells_[i].is_hidden) graph.connect(i / width_, height_ + i % width_, i);
  const std::optional<std::size_t> bridge = graph.find();
  if (!bridge) return false;
  const std::size_t own_row = *bridge / width_;
  const std::size_t own_column = *bridge % width_;
  const std::vector<bool> here = graph.side_of(own_row, *bridge);
  const std::vector<bool> there = graph.side_of(height_ + own_column, *bridge);
  // The smallest count that closes a ring through the bridge; where none does, the smallest beside
  // it, which lengthens the chain until one can. Zeros go last: a zero is worth showing. There is
  // always one: with the totals there are two rows and columns, and all hidden has no bridge.
  Cell* ring = nullptr;
  Cell* beside = nullptr;
  const auto prefer = [](Cell*& best, Cell& each) {
    const bool better = best == nullptr || (best->count == 0 && each.count > 0) ||
                        (each.count > 0 && each.count < best->count);
    if (better) best = &each;
  };
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (cells_[i].is_hidden) continue;
    const std::size_t row = i / width_;
    const std::size_t column = height_ + i % width_;
    if ((here[row] && there[column]) || (there[row] && here[column])) prefer(ring, cells_[i]);
    if (row == own_row || column == height_ + own_column) prefer(beside, cells_[i]);
  }
  Cell* const chosen = ring != nullptr ? ring : beside;
  CHECK(chosen != nullptr);
  chosen->is_hidden = true;
  return true;
}

std::optional<std::int64_t> SafeTable::shown(std::size_t row, std::size_t column) const {
  const Cell& each = cell(row, column);
  if (each.is_hidden) return std::nullopt;
  return each.count;
}

std::optional<std::int64_t> SafeTable::count(std::size_t row, std::size_t column) const {
  CHECK(row < rows() && column < columns());
  return shown(row, column);
}

std::optional<std::int64_t> SafeTable::row_total(std::size_t row) const {
  CHECK(row < rows());
  return shown(row, columns());
}

std::optional<std::int64_t> SafeTable::column_total(std::size_t column) const {
  CHECK(column < columns());
  return shown(rows(), column);
}

std::optional<std::int64_t> SafeTable::total() const { return shown(rows(), columns()); }

}  // namespace ln::stats
