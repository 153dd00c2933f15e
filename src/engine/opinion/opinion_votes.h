// Who voted what: people, statements and one vote at most for each pair, held in two bytes a vote.
//
// People stand in the order in which they came; nothing that is computed from them depends on that
// order. Statements stand in their canonical order, which the order of columns cannot change.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ln::opinion {

// 16 bits hold a vote: 14 for the statement, 2 for what was said.
inline constexpr std::size_t statements_max = 10'000;
inline constexpr std::size_t people_max = 100'000'000;
inline constexpr std::size_t id_size_max = 64;  // bytes of the id of a person or a statement

// What a person said to a statement. A pass is a vote; no vote is none of these.
enum class Said : std::uint8_t { pass = 0, agree = 1, disagree = 2 };
inline constexpr std::size_t saids = 3;
// +1, −1 or 0.
constexpr int value_of(Said said) {
  return said == Said::agree ? 1 : said == Said::disagree ? -1 : 0;
}

class Vote {
 public:
  Vote() = default;
  Vote(std::size_t statement, Said said)
      : bits_(static_cast<std::uint16_t>(statement << 2 | static_cast<std::size_t>(said))) {}
  std::size_t statement() const { return bits_ >> 2; }
  Said said() const { return static_cast<Said>(bits_ & 3); }
  int value() const { return value_of(said()); }
  // The place of (statement, said) in a table of four columns for each statement.
  std::size_t cell() const { return bits_; }
  friend bool operator==(Vote, Vote) = default;

 private:
  std::uint16_t bits_ = 0;
};
static_assert(sizeof(Vote) == 2);

// Ids in the order in which this engine counts them: whole numbers first, by size, then other
// texts, byte by byte. True when `left` stands before `right`.
bool stands_before(std::string_view left, std::string_view right);
// 64 bits of the id that anybody can compute again: FNV-1a of its bytes, then the finaliser of
// splitmix64 (Steele, Lea, Flood, OOPSLA 2014). It takes the place of a seed wherever people are
// drawn: who is drawn depends on the ids in the file alone.
std::uint64_t mark_of(std::string_view id);
std::uint64_t mixed(std::uint64_t bits);

class Votes {
 public:
  // Statements by their ids. Preconditions: in canonical order, none twice, at most statements_max.
  explicit Votes(std::vector<std::string> statements);

  // One more person. `votes` must be in the order of statements, each at most once. `group` is what
  // somebody else's map said, to compare with; -1 when it said nothing.
  // Precondition: fewer than people_max people, an id of at most id_size_max bytes.
  void add(std::string_view id, std::span<const Vote> votes, int group = -1);
  // Sets, changes or (null) withdraws one vote; gives what stood there before.
  std::optional<Said> change(std::size_t person, std::size_t statement, std::optional<Said> said);

  std::size_t people() const { return people_; }
  std::size_t statements() const { return statements_.size(); }
  std::uint64_t count() const { return count_; }
  const std::string& statement(std::size_t at) const { return statements_[at]; }
  const std::vector<std::string>& statement_ids() const { return statements_; }

  std::span<const Vote> row(std::size_t person) const;
  std::string_view id(std::size_t person) const;
  int group(std::size_t person) const;
  // People by their ids, in canonical order.
  std::vector<std::uint32_t> sorted_people() const;

  // People are kept in blocks, which are what threads share among themselves.
  static constexpr std::size_t block_people = 4096;
  std::size_t blocks() const { return blocks_.size(); }
  std::size_t block_begin(std::size_t block) const { return block * block_people; }
  std::size_t block_end(std::size_t block) const {
    return block_begin(block) + blocks_[block].row_ends.size();
  }

 private:
  struct Block {
    std::vector<Vote> votes;
    std::vector<std::uint32_t> row_ends;
    std::vector<std::uint32_t> id_ends;
    std::string ids;
    std::vector<std::int16_t> groups;  // empty as long as nobody has one
  };
  std::vector<std::string> statements_;
  std::vector<Block> blocks_;
  std::size_t people_ = 0;
  std::uint64_t count_ = 0;
};

// Who does the work. An engine starts no threads: the caller says on how many threads, and how,
// jobs are run. Whoever they are, the result is the same to the last bit.
struct Workers {
  // At least 1; a job may use what belongs to its worker, from 0 to count - 1.
  std::size_t count = 1;
  using Job = std::function<void(std::size_t job, std::size_t worker)>;
  // Runs the jobs 0 … jobs - 1 and returns when all are done.
  std::function<void(std::size_t jobs, const Job& run)> run;
};
// One after the other, on the thread that asks.
const Workers& alone();

}  // namespace ln::opinion
