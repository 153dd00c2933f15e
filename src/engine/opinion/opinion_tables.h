// All that a map's axes need to know of the votes: for each pair of statements four whole numbers.
//
// With v = +1, −1, 0 what a person said and m = 1 where there is a vote, else 0 (engines.md A):
//   C = Σ v_j·v_k     B = Σ m_j·v_k     N = Σ m_j·m_k     over all people.
// Sums of whole numbers are the same in any order: tables of parts can be added, one vote more or
// less changes one row and one column, and nothing that was withdrawn leaves a trace.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/opinion/opinion_votes.h"

namespace ln::opinion {

class Tables {
 public:
  explicit Tables(std::size_t statements);

  std::size_t statements() const { return statements_; }
  // For any order of j and k.
  std::int32_t both(std::size_t j, std::size_t k) const;  // C
  std::int32_t second(std::size_t j,
                      std::size_t k) const;  // B: of whoever voted on j, the sum on k
  std::int32_t together(std::size_t j, std::size_t k) const;  // N: who voted on j and k

  std::int32_t voted(std::size_t j) const { return together(j, j); }
  std::int32_t sum(std::size_t j) const { return second(j, j); }

  // Adds what these people said. Precondition: at most Votes::block_people of them.
  void add(const Votes& votes, std::size_t begin, std::size_t end);
  void merge(const Tables& other);
  void take_away(const Tables& other);  // the opposite: Precondition: it was merged
  // One vote of one person changes from `before` to `after`; null is no vote. `row` are the votes
  // of that person, the changed one in any state.
  void change(std::span<const Vote> row,
              std::size_t statement,
              std::optional<Said> before,
              std::optional<Said> after);

  // Row j of one table from k = j to the last statement, for whoever reads it whole.
  enum Part : std::uint8_t { c, b, b_turned, n };  // b_turned holds B(k, j)
  const std::int32_t* row(Part part, std::size_t j) const { return at(part, j, j); }

  friend bool operator==(const Tables&, const Tables&) = default;

  static constexpr std::size_t tile = 64;  // so many statements side by side are added at once

 private:
  // Row j holds the whole tiles from j's own to the last one; the four parts lie one after another.
  std::size_t width(std::size_t j) const { return stride_ - j / tile * tile; }
  const std::int32_t* at(Part part, std::size_t j, std::size_t k) const {
    return cells_.data() + begins_[j] + part * width(j) + (k - j / tile * tile);
  }
  std::int32_t* at(Part part, std::size_t j, std::size_t k) {
    return cells_.data() + begins_[j] + part * width(j) + (k - j / tile * tile);
  }

  std::size_t statements_;
  std::size_t stride_;               // statements, rounded up to whole tiles
  std::vector<std::size_t> begins_;  // of each row in cells_
  std::vector<std::int32_t> cells_;
};

// The tables of all votes, on as many threads as there are workers.
Tables tables_of(const Votes& votes, const Workers& workers);

}  // namespace ln::opinion
