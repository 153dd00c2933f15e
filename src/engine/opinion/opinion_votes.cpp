#include "engine/opinion/opinion_votes.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"

namespace ln::opinion {
namespace {

// Leading zeros make another id, so they make it no number here.
bool is_whole_number(std::string_view id) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !id.empty() && std::ranges::all_of(id, is_digit) && (id.size() == 1 || id[0] != '0');
}

}  // namespace

bool stands_before(std::string_view left, std::string_view right) {
  const bool left_counts = is_whole_number(left), right_counts = is_whole_number(right);
  if (left_counts != right_counts) return left_counts;
  if (left_counts && left.size() != right.size()) return left.size() < right.size();
  return left < right;
}

std::uint64_t mixed(std::uint64_t bits) {
  bits ^= bits >> 30;
  bits *= 0xBF58476D1CE4E5B9u;
  bits ^= bits >> 27;
  bits *= 0x94D049BB133111EBu;
  return bits ^ bits >> 31;
}

std::uint64_t mark_of(std::string_view id) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : id) {
    hash ^= static_cast<std::uint8_t>(c);
    hash *= 0x100000001B3u;
  }
  return mixed(hash);
}

Votes::Votes(std::vector<std::string> statements) : statements_(std::move(statements)) {
  CHECK(statements_.size() <= statements_max);
  for (std::size_t i = 1; i < statements_.size(); ++i)
    CHECK(stands_before(statements_[i - 1], statements_[i]));
}

void Votes::add(std::string_view id, std::span<const Vote> votes, int group) {
  CHECK(people_ < people_max && id.size() <= id_size_max);
  for (std::size_t i = 0; i < votes.size(); ++i)
    CHECK(votes[i].statement() < statements_.size() &&
          (i == 0 || votes[i - 1].statement() < votes[i].statement()));
  if (people_ % block_people == 0) {
    // What the last block has reserved and does not need is given back.
    if (!blocks_.empty()) blocks_.back().votes.shrink_to_fit();
    blocks_.emplace_back();
  }
  Block& block = blocks_.back();
  block.votes.insert(block.votes.end(), votes.begin(), votes.end());
  block.row_ends.push_back(static_cast<std::uint32_t>(block.votes.size()));
  block.ids.append(id);
  block.id_ends.push_back(static_cast<std::uint32_t>(block.ids.size()));
  if (group >= 0 && block.groups.empty()) block.groups.assign(block.row_ends.size() - 1, -1);
  if (group >= 0 || !block.groups.empty())
    block.groups.push_back(static_cast<std::int16_t>(std::min(group, INT16_MAX)));
  ++people_;
  count_ += votes.size();
}

std::optional<Said> Votes::change(std::size_t person,
                                  std::size_t statement,
                                  std::optional<Said> said) {
  CHECK(person < people_ && statement < statements_.size());
  Block& block = blocks_[person / block_people];
  const std::size_t at = person % block_people;
  const auto begin = block.votes.begin() + (at == 0 ? 0 : block.row_ends[at - 1]);
  const auto end = block.votes.begin() + block.row_ends[at];
  const auto place = std::lower_bound(begin, end, statement, [](Vote vote, std::size_t wanted) {
    return vote.statement() < wanted;
  });
  std::optional<Said> before;
  if (place != end && place->statement() == statement) before = place->said();
  if (before && said) {
    *place = Vote(statement, *said);
  } else if (said) {
    block.votes.insert(place, Vote(statement, *said));
  } else if (before) {
    block.votes.erase(place);
  }
  const int more = static_cast<int>(said.has_value()) - static_cast<int>(before.has_value());
  for (std::size_t i = at; i < block.row_ends.size(); ++i)
    block.row_ends[i] = static_cast<std::uint32_t>(static_cast<int>(block.row_ends[i]) + more);
  count_ = count_ + (more > 0 ? 1 : 0) - (more < 0 ? 1 : 0);
  return before;
}

std::span<const Vote> Votes::row(std::size_t person) const {
  const Block& block = blocks_[person / block_people];
  const std::size_t at = person % block_people;
  const std::size_t begin = at == 0 ? 0 : block.row_ends[at - 1];
  return {block.votes.data() + begin, block.row_ends[at] - begin};
}

std::string_view Votes::id(std::size_t person) const {
  const Block& block = blocks_[person / block_people];
  const std::size_t at = person % block_people;
  const std::size_t begin = at == 0 ? 0 : block.id_ends[at - 1];
  return std::string_view(block.ids).substr(begin, block.id_ends[at] - begin);
}

int Votes::group(std::size_t person) const {
  const Block& block = blocks_[person / block_people];
  return block.groups.empty() ? -1 : block.groups[person % block_people];
}

std::vector<std::uint32_t> Votes::sorted_people() const {
  std::vector<std::uint32_t> order(people_);
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, [&](std::uint32_t left, std::uint32_t right) {
    return stands_before(id(left), id(right));
  });
  return order;
}

const Workers& alone() {
  static const Workers workers{1, [](std::size_t jobs, const Workers::Job& run) {
                                 for (std::size_t job = 0; job < jobs; ++job) run(job, 0);
                               }};
  return workers;
}

}  // namespace ln::opinion
