#include "engine/campaigns/campaigns_letters.h"

#include <algorithm>
#include <numeric>

namespace ln::campaigns {
namespace {

// Slices of the keys, each one's business of one call: more than anybody has processors.
constexpr std::size_t slices = 16;
constexpr std::size_t heads_max = 6;
constexpr double sketched_min = 0.5, likeness_min = 0.2;

struct Best {
  std::uint32_t rank = no_group;
  int agreeing = 0;
};

class Letters {
 public:
  Letters(const Table& table, const Sorted& sorted) : table_(table), sorted_(sorted) {
    for (std::uint32_t i = 0; i < sorted.forms.size(); ++i)
      if (sorted.forms[i].sketches != 0) by_rank_.push_back(i);
    // The best known first; among equals the order of the forms.
    std::ranges::stable_sort(by_rank_, [&](std::uint32_t a, std::uint32_t b) {
      return sorted.forms[a].comments > sorted.forms[b].comments;
    });
    best_.resize(by_rank_.size());
  }

  void look(std::size_t band, const Share& share) {
    share(slices, [&](std::size_t slice) { look(band, slice); });
  }

  std::vector<std::uint32_t> take() {
    std::vector<std::uint32_t> root(by_rank_.size());
    for (std::uint32_t rank = 0; rank < root.size(); ++rank) {
      root[rank] = rank;
      if (best_[rank].rank == no_group) continue;
      const std::uint32_t found = root[best_[rank].rank];
      if (found == best_[rank].rank || belongs(rank, found, agreeing_at(rank, found)))
        root[rank] = found;
    }
    std::vector<std::uint32_t> letters(sorted_.forms.size());
    std::iota(letters.begin(), letters.end(), 0u);
    for (std::size_t rank = 0; rank < root.size(); ++rank)
      letters[by_rank_[rank]] = by_rank_[root[rank]];
    return letters;
  }

 private:
  struct Keyed {
    std::uint32_t key, rank;
    bool operator<(const Keyed& other) const {
      return key != other.key ? key < other.key : rank < other.rank;
    }
  };

  const Form& form(std::uint32_t rank) const { return sorted_.forms[by_rank_[rank]]; }
  const Triples& sketch(std::uint32_t rank) const {
    return table_.sketches[form(rank).sketches - 1].triples;
  }
  int agreeing_at(std::uint32_t a, std::uint32_t b) const { return agreeing(sketch(a), sketch(b)); }
  bool belongs(std::uint32_t a, std::uint32_t b, int same) const {
    return likeness(same) >= likeness_min &&
           contained(same, form(a).words, form(b).words) >= sketched_min;
  }

  void look(std::size_t band, std::size_t slice) {
    std::vector<Keyed> keyed;
    for (std::uint32_t rank = 0; rank < by_rank_.size(); ++rank) {
      const Triples& own = sketch(rank);
      const std::uint32_t key =
          static_cast<std::uint32_t>(own[band * rows_in_band]) << 16 | own[band * rows_in_band + 1];
      if ((key & (slices - 1)) == slice) keyed.push_back({key, rank});
    }
    std::sort(keyed.begin(), keyed.end());
    for (std::size_t begin = 0; begin < keyed.size();) {
      std::size_t end = begin + 1;
      while (end < keyed.size() && keyed[end].key == keyed[begin].key) ++end;
      if (end - begin > 1) compare({keyed.data() + begin, end - begin});
      begin = end;
    }
  }

  // Each with the best known of its bucket, and with a few that are like none of those.
  void compare(std::span<const Keyed> bucket) {
    std::vector<std::uint32_t> heads;
    for (const Keyed& each : bucket) {
      bool is_near = false;
      for (const std::uint32_t head : heads) {
        const int same = agreeing_at(each.rank, head);
        if (!belongs(each.rank, head, same)) continue;
        is_near = true;
        Best& best = best_[each.rank];
        if (same > best.agreeing || (same == best.agreeing && head < best.rank))
          best = {head, same};
      }
      if (!is_near && heads.size() < heads_max) heads.push_back(each.rank);
    }
  }

  const Table& table_;
  const Sorted& sorted_;
  std::vector<std::uint32_t> by_rank_;
  std::vector<Best> best_;
};

}  // namespace

std::vector<std::uint32_t> letters_of(const Table& table,
                                      const Sorted& sorted,
                                      const Share& share,
                                      const Progress& progress) {
  Letters letters(table, sorted);
  for (std::size_t band = 0; band < bands; ++band) {
    letters.look(band, share);
    if (progress) progress(Stage::letters, static_cast<double>(band + 1) / bands);
  }
  return letters.take();
}

}  // namespace ln::campaigns
