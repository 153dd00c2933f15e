// The inner loop. For a block of people and 64 statements side by side, each person is one row of
// 64 bytes of what they said and 64 of whether they voted. For each statement j the rows of all who
// agreed with it are added up, then of all who disagreed, then of all who passed: from these six
// sums follow all four tables. A byte holds 127 rows; then they move to wider sums.
#include "engine/opinion/opinion_tables.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"

namespace ln::opinion {
namespace {

constexpr std::size_t tile = Tables::tile;
constexpr std::size_t rows_in_byte = 127;

// Vectors of the compiler: the same lanes, and so the same result, on every processor. 32 bytes are
// one register with AVX2 and two without.
typedef std::int8_t Bytes __attribute__((vector_size(32)));
typedef std::int8_t HalfBytes __attribute__((vector_size(16)));
typedef std::int16_t Shorts __attribute__((vector_size(32)));
typedef std::int16_t HalfShorts __attribute__((vector_size(16)));
typedef std::int32_t Words __attribute__((vector_size(32)));

// What one person said and where they voted, for the statements of one tile.
struct alignas(32) TileRow {
  std::int8_t said[tile];
  std::int8_t voted[tile];
};

// Of a block: who said what to each statement, and the rows of one tile at a time.
struct Block {
  std::vector<TileRow> rows;
  std::vector<std::uint32_t> begins;  // of the people in each cell; one more than there are cells
  std::vector<std::uint16_t> people;
  std::vector<std::uint32_t> cursors;  // how far each person's votes have been laid out
};

struct alignas(32) Sums {
  std::int16_t c[tile], b[tile], b_turned[tile], n[tile];
};

inline __attribute__((always_inline)) void widen(std::int16_t* to, const Bytes& bytes, bool minus) {
  for (std::size_t half = 0; half < 2; ++half) {
    HalfBytes narrow;
    std::memcpy(&narrow, reinterpret_cast<const char*>(&bytes) + half * 16, 16);
    const Shorts wide = __builtin_convertvector(narrow, Shorts);
    Shorts sum;
    std::memcpy(&sum, to + half * 16, 32);
    sum = minus ? sum - wide : sum + wide;
    std::memcpy(to + half * 16, &sum, 32);
  }
}

// Adds the rows of the people who said one thing to one statement.
inline __attribute__((always_inline)) void add_rows(Sums& sums,
                                                    const TileRow* rows,
                                                    std::span<const std::uint16_t> people,
                                                    int value) {
  while (!people.empty()) {
    const std::size_t count = std::min(people.size(), rows_in_byte);
    Bytes said[2] = {}, voted[2] = {};
    for (const std::uint16_t person : people.first(count)) {
      const auto* row = reinterpret_cast<const Bytes*>(rows + person);
      said[0] += row[0];
      said[1] += row[1];
      voted[0] += row[2];
      voted[1] += row[3];
    }
    for (std::size_t half = 0; half < 2; ++half) {
      const std::size_t at = half * 32;
      widen(sums.b + at, said[half], false);
      widen(sums.n + at, voted[half], false);
      if (value == 0) continue;
      widen(sums.c + at, said[half], value < 0);
      widen(sums.b_turned + at, voted[half], value < 0);
    }
    people = people.subspan(count);
  }
}

inline __attribute__((always_inline)) void add_to(std::int32_t* to, const std::int16_t* sums) {
  for (std::size_t i = 0; i < tile; i += 8) {
    HalfShorts narrow;
    std::memcpy(&narrow, sums + i, 16);
    Words sum;
    std::memcpy(&sum, to + i, 32);
    sum += __builtin_convertvector(narrow, Words);
    std::memcpy(to + i, &sum, 32);
  }
}

// One tile of one row of the tables.
inline __attribute__((always_inline)) void sum_tile(const Block& block,
                                                    std::size_t statement,
                                                    std::int32_t* const (&to)[4]) {
  Sums sums = {};
  for (std::size_t said = 0; said < saids; ++said) {
    const std::size_t cell = statement * 4 + said;
    add_rows(sums, block.rows.data(),
             std::span(block.people)
                 .subspan(block.begins[cell], block.begins[cell + 1] - block.begins[cell]),
             value_of(static_cast<Said>(said)));
  }
  add_to(to[0], sums.c);
  add_to(to[1], sums.b);
  add_to(to[2], sums.b_turned);
  add_to(to[3], sums.n);
}

void sum_tile_plain(const Block& block, std::size_t statement, std::int32_t* const (&to)[4]) {
  sum_tile(block, statement, to);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) void sum_tile_avx2(const Block& block,
                                                   std::size_t statement,
                                                   std::int32_t* const (&to)[4]) {
  sum_tile(block, statement, to);
}
bool has_avx2() {
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  return has;
}
#else
void sum_tile_avx2(const Block& block, std::size_t statement, std::int32_t* const (&to)[4]) {
  sum_tile(block, statement, to);
}
bool has_avx2() { return false; }
#endif

// Who said what to each statement: a counting sort of the block's votes.
void list_people(Block& block, const Votes& votes, std::size_t begin, std::size_t end) {
  block.begins.assign(votes.statements() * 4 + 1, 0);
  for (std::size_t person = begin; person < end; ++person)
    for (const Vote vote : votes.row(person)) ++block.begins[vote.cell() + 1];
  for (std::size_t i = 1; i < block.begins.size(); ++i) block.begins[i] += block.begins[i - 1];
  block.people.resize(block.begins.back());
  std::vector<std::uint32_t> next(block.begins.begin(), block.begins.end() - 1);
  for (std::size_t person = begin; person < end; ++person)
    for (const Vote vote : votes.row(person))
      block.people[next[vote.cell()]++] = static_cast<std::uint16_t>(person - begin);
}

void lay_out_tile(
    Block& block, const Votes& votes, std::size_t begin, std::size_t end, std::size_t first) {
  std::memset(block.rows.data(), 0, block.rows.size() * sizeof(TileRow));
  for (std::size_t person = begin; person < end; ++person) {
    const auto row = votes.row(person);
    std::uint32_t& cursor = block.cursors[person - begin];
    TileRow& to = block.rows[person - begin];
    for (; cursor < row.size() && row[cursor].statement() < first + tile; ++cursor) {
      to.said[row[cursor].statement() - first] = static_cast<std::int8_t>(row[cursor].value());
      to.voted[row[cursor].statement() - first] = 1;
    }
  }
}

}  // namespace

Tables::Tables(std::size_t statements)
    : statements_(statements), stride_((statements + tile - 1) / tile * tile) {
  std::size_t next = 0;
  for (std::size_t j = 0; j < statements; ++j) {
    begins_.push_back(next);
    next += 4 * width(j);
  }
  cells_.assign(next, 0);
}

std::int32_t Tables::both(std::size_t j, std::size_t k) const {
  return j <= k ? *at(c, j, k) : *at(c, k, j);
}
std::int32_t Tables::second(std::size_t j, std::size_t k) const {
  return j <= k ? *at(b, j, k) : *at(b_turned, k, j);
}
std::int32_t Tables::together(std::size_t j, std::size_t k) const {
  return j <= k ? *at(n, j, k) : *at(n, k, j);
}

void Tables::add(const Votes& votes, std::size_t begin, std::size_t end) {
  CHECK(votes.statements() == statements_ && end - begin <= Votes::block_people);
  Block block;
  block.rows.resize(end - begin);
  block.cursors.assign(end - begin, 0);
  list_people(block, votes, begin, end);
  const auto sum = has_avx2() ? sum_tile_avx2 : sum_tile_plain;
  for (std::size_t first = 0; first < statements_; first += tile) {
    lay_out_tile(block, votes, begin, end, first);
    const std::size_t last = std::min(first + tile, statements_);
    for (std::size_t j = 0; j < last; ++j) {
      if (block.begins[j * 4] == block.begins[j * 4 + 4]) continue;
      sum(block, j, {at(c, j, first), at(b, j, first), at(b_turned, j, first), at(n, j, first)});
    }
  }
  // Of a row's own tile the half before the diagonal is summed too; it is never read, but equal
  // tables should have equal bytes.
  for (std::size_t j = 0; j < statements_; ++j)
    for (const Part part : {c, b, b_turned, n})
      std::fill(at(part, j, j / tile * tile), at(part, j, j), 0);
}

void Tables::merge(const Tables& other) {
  CHECK(other.statements_ == statements_);
  for (std::size_t i = 0; i < cells_.size(); ++i) cells_[i] += other.cells_[i];
}

void Tables::take_away(const Tables& other) {
  CHECK(other.statements_ == statements_);
  for (std::size_t i = 0; i < cells_.size(); ++i) cells_[i] -= other.cells_[i];
}

void Tables::change(std::span<const Vote> row,
                    std::size_t statement,
                    std::optional<Said> before,
                    std::optional<Said> after) {
  const auto value = [](std::optional<Said> said) { return said ? value_of(*said) : 0; };
  const int value_more = value(after) - value(before);
  const int vote_more = static_cast<int>(after.has_value()) - static_cast<int>(before.has_value());
  for (const Vote vote : row) {
    const std::size_t other = vote.statement();
    if (other == statement) continue;
    const std::size_t j = std::min(statement, other), k = std::max(statement, other);
    *at(c, j, k) += value_more * vote.value();
    *at(n, j, k) += vote_more;
    // B of (statement, other) counts the vote on `statement`, B of (other, statement) its value.
    *at(statement < other ? b : b_turned, j, k) += vote_more * vote.value();
    *at(statement < other ? b_turned : b, j, k) += value_more;
  }
  const int square = value(after) * value(after) - value(before) * value(before);
  *at(c, statement, statement) += square;
  *at(n, statement, statement) += vote_more;
  *at(b, statement, statement) += value_more;
  *at(b_turned, statement, statement) += value_more;
}

Tables tables_of(const Votes& votes, const Workers& workers) {
  // Each worker has tables of its own; with so many statements that they would not fit, one must
  // do.
  constexpr std::size_t bytes_max = 2'000'000'000, blocks_a_job = 2;
  const std::size_t bytes = votes.statements() * (votes.statements() + Tables::tile) * 8;
  const Workers& who = bytes * workers.count <= bytes_max ? workers : alone();
  std::vector<Tables> tables(who.count, Tables(votes.statements()));
  who.run((votes.blocks() + blocks_a_job - 1) / blocks_a_job,
          [&](std::size_t job, std::size_t worker) {
            const std::size_t last = std::min((job + 1) * blocks_a_job, votes.blocks());
            for (std::size_t block = job * blocks_a_job; block < last; ++block)
              tables[worker].add(votes, votes.block_begin(block), votes.block_end(block));
          });
  for (std::size_t i = 1; i < tables.size(); ++i) tables[0].merge(tables[i]);
  return std::move(tables[0]);
}

}  // namespace ln::opinion
