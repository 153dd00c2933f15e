#include "engine/campaigns/campaigns_profile.h"

#include <algorithm>
#include <limits>

namespace ln::campaigns {
namespace {

// A thousand is the worth of a word that stands where it belongs.
constexpr int match_worth = 1500, common_worth = 1500, other_cost = 500, inserted_cost = 900,
              skipped_cost = 1000;
constexpr int refinements = 3;

enum class Move : std::uint8_t { stand, insert, skip };

// The alignment of one text: a column for each word, or `aside` with the column it comes before.
struct Alignment {
  std::vector<std::uint32_t> columns, before;
};

class Aligner {
 public:
  Alignment align(const std::vector<Column>& columns, int members, std::span<const Hash> words) {
    const std::size_t width = columns.size() + 1;
    score_.assign(2 * width, 0);
    moves_.assign((words.size() + 1) * width, Move::skip);
    skip_.resize(width);
    for (std::size_t c = 0; c < columns.size(); ++c)
      skip_[c] = skipped_cost * columns[c].present / std::max(members, 1);
    for (std::size_t c = 1; c < width; ++c) score_[c] = score_[c - 1] - skip_[c - 1];
    for (std::size_t i = 0; i < words.size(); ++i) row(columns, members, words, i);
    return trace(columns.size(), words.size());
  }

 private:
  void row(const std::vector<Column>& columns,
           int members,
           std::span<const Hash> words,
           std::size_t i) {
    const std::size_t width = columns.size() + 1;
    const int* before = score_.data() + (i % 2) * width;
    int* now = score_.data() + ((i + 1) % 2) * width;
    Move* moves = moves_.data() + (i + 1) * width;
    now[0] = before[0] - inserted_cost;
    moves[0] = Move::insert;
    for (std::size_t c = 1; c < width; ++c) {
      const int count = columns[c - 1].count_of(words[i]);
      const int stand =
          before[c - 1] + (count > 0 ? match_worth + common_worth * count / members : -other_cost);
      const int insert = before[c] - inserted_cost, skip = now[c - 1] - skip_[c - 1];
      now[c] = std::max({stand, insert, skip});
      moves[c] = now[c] == stand ? Move::stand : now[c] == insert ? Move::insert : Move::skip;
    }
  }
  Alignment trace(std::size_t column, std::size_t word) const {
    const std::size_t width = column + 1;
    Alignment made;
    made.columns.assign(word, Profile::aside);
    made.before.assign(word, 0);
    while (word > 0) {
      const Move move = moves_[word * width + column];
      if (move == Move::skip) {
        --column;
        continue;
      }
      --word;
      if (move == Move::stand) made.columns[word] = static_cast<std::uint32_t>(--column);
      made.before[word] = static_cast<std::uint32_t>(column);
    }
    return made;
  }

  std::vector<int> score_, skip_;
  std::vector<Move> moves_;
};

// Gives each word that found no column one of its own.
void widen(std::vector<Column>& columns,
           std::vector<std::vector<std::uint32_t>>& rows,
           Alignment& alignment) {
  std::vector<std::uint32_t> moved(columns.size());
  std::vector<Column> wider;
  std::size_t word = 0;
  const auto insert_before = [&](std::size_t column) {
    for (; word < alignment.columns.size(); ++word) {
      if (alignment.columns[word] != Profile::aside) {
        if (alignment.columns[word] >= column) return;
        continue;
      }
      if (alignment.before[word] > column) return;
      alignment.columns[word] = static_cast<std::uint32_t>(wider.size()) | 0x80000000u;
      wider.emplace_back();
    }
  };
  for (std::size_t c = 0; c < columns.size(); ++c) {
    insert_before(c);
    moved[c] = static_cast<std::uint32_t>(wider.size());
    wider.push_back(std::move(columns[c]));
  }
  insert_before(columns.size());
  for (std::uint32_t& c : alignment.columns) c = c & 0x80000000u ? c & 0x7FFFFFFFu : moved[c];
  for (auto& row : rows)
    for (std::uint32_t& c : row)
      if (c != Profile::aside) c = moved[c];
  columns = std::move(wider);
}

void count(std::vector<Column>& columns,
           std::span<const Hash> words,
           const std::vector<std::uint32_t>& row,
           int by) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (row[i] != Profile::aside) columns[row[i]].add(words[i], by);
}

// Without the columns that fewer than one member in fifty uses.
void drop_rare(Profile& profile) {
  const int least = std::max(2, static_cast<int>(profile.members()) / 50);
  std::vector<std::uint32_t> moved(profile.columns.size(), Profile::aside);
  std::vector<Column> kept;
  for (std::size_t c = 0; c < profile.columns.size(); ++c) {
    if (profile.columns[c].present < least) continue;
    moved[c] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(profile.columns[c]));
  }
  profile.columns = std::move(kept);
  for (auto& row : profile.rows)
    for (std::uint32_t& c : row)
      if (c != Profile::aside) c = moved[c];
}

// Makes one of neighbouring columns that no member uses both of.
void join_exclusive(Profile& profile, std::span<const std::vector<Hash>> members) {
  const std::size_t width = profile.columns.size();
  std::vector<std::vector<bool>> uses(width, std::vector<bool>(members.size()));
  for (std::size_t m = 0; m < members.size(); ++m)
    for (const std::uint32_t c : profile.rows[m])
      if (c != Profile::aside) uses[c][m] = true;
  std::vector<std::uint32_t> moved(width);
  std::vector<Column> kept;
  std::vector<bool> used;
  for (std::size_t c = 0; c < width; ++c) {
    bool is_exclusive = !kept.empty();
    for (std::size_t m = 0; is_exclusive && m < members.size(); ++m)
      is_exclusive = !(used[m] && uses[c][m]);
    if (is_exclusive) {
      for (const auto& [word, count] : profile.columns[c].words) kept.back().add(word, count);
      for (std::size_t m = 0; m < members.size(); ++m) used[m] = used[m] || uses[c][m];
    } else {
      kept.push_back(std::move(profile.columns[c]));
      used = uses[c];
    }
    moved[c] = static_cast<std::uint32_t>(kept.size() - 1);
  }
  profile.columns = std::move(kept);
  for (auto& row : profile.rows)
    for (std::uint32_t& c : row)
      if (c != Profile::aside) c = moved[c];
}

}  // namespace

int Column::count_of(Hash word) const {
  for (const auto& [each, count] : words)
    if (each == word) return count;
  return 0;
}

void Column::add(Hash word, int by) {
  present += by;
  for (auto& [each, count] : words) {
    if (each != word) continue;
    count += by;
    return;
  }
  words.emplace_back(word, by);
}

Pattern Profile::pattern(int least) const {
  Pattern made(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c)
    for (const auto& [word, count] : columns[c].words)
      if (count >= least) made.accept(c, word);
  return made;
}

Profile profile_of(std::span<const std::vector<Hash>> members) {
  Profile profile;
  Aligner aligner;
  for (const std::vector<Hash>& words : members) {
    Alignment found = aligner.align(profile.columns, static_cast<int>(profile.members()), words);
    widen(profile.columns, profile.rows, found);
    count(profile.columns, words, found.columns, 1);
    profile.rows.push_back(std::move(found.columns));
  }
  for (int turn = 0; turn < refinements; ++turn) {
    drop_rare(profile);
    join_exclusive(profile, members);
    for (std::size_t m = 0; m < members.size(); ++m) {
      count(profile.columns, members[m], profile.rows[m], -1);
      profile.rows[m] =
          aligner.align(profile.columns, static_cast<int>(members.size()) - 1, members[m]).columns;
      count(profile.columns, members[m], profile.rows[m], 1);
    }
  }
  drop_rare(profile);
  join_exclusive(profile, members);
  return profile;
}

}  // namespace ln::campaigns
