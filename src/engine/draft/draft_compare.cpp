#include "engine/draft/draft_compare.h"

#include <algorithm>
#include <array>
#include <map>

#include "engine/text/text.h"

namespace ln::draft {
namespace {

// Above this many pairs only pieces under the same number are compared.
constexpr std::size_t pairs_max = 400'000;
constexpr std::size_t words_max = 2'000;

// Pairs of neighbouring syllables, folded, as hashes in ascending order, each once; of a text of
// one syllable, that.
using Pairs = std::vector<std::uint64_t>;
Pairs pairs_of(std::string_view text) {
  const std::string folded = text::dedup_key(text);
  constexpr std::uint64_t basis = 0xcbf29ce484222325, prime = 0x100000001b3;  // FNV-1a
  Pairs pairs;
  std::uint64_t before = 0;
  bool has_before = false;
  for (std::string_view rest = folded; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    std::uint64_t hash = basis;
    for (const char c : rest.substr(0, end)) hash = (hash ^ static_cast<unsigned char>(c)) * prime;
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (has_before || rest.empty()) pairs.push_back((before ^ (hash >> 1)) * prime);
    before = hash;
    has_before = true;
  }
  std::ranges::sort(pairs);
  const auto twice = std::ranges::unique(pairs);
  pairs.erase(twice.begin(), twice.end());
  return pairs;
}

// The share of what both have (Jaccard); 0 when either is empty.
double likeness_of(const Pairs& left, const Pairs& right) {
  if (left.empty() || right.empty()) return 0;
  std::size_t both = 0, i = 0, j = 0;
  while (i < left.size() && j < right.size()) {
    if (left[i] == right[j])
      ++both, ++i, ++j;
    else if (left[i] < right[j])
      ++i;
    else
      ++j;
  }
  return static_cast<double>(both) / static_cast<double>(left.size() + right.size() - both);
}

std::string words_of(const Clause& clause) { return clause.heading + "\n" + clause.text; }

class Matcher {
 public:
  Matcher(const Draft& before, const Draft& after)
      : before_(before),
        after_(after),
        to_(before.clauses.size(), none),
        from_(after.clauses.size(), none) {
    for (const Clause& each : before.clauses) old_.push_back(words_of(each));
    for (const Clause& each : after.clauses) new_.push_back(words_of(each));
    for (std::size_t i = 0; i < after.clauses.size(); ++i) by_key_[after.clauses[i].key] = i;
  }

  std::vector<Match> run() {
    same_words();
    alike_words();
    same_number();
    std::vector<Match> all;
    for (std::size_t i = 0; i < to_.size(); ++i) all.push_back(match_of(i));
    for (std::size_t i = 0; i < from_.size(); ++i)
      if (from_[i] == none)
        all.push_back({.fate = Fate::added, .before = {}, .after = after_.clauses[i].key});
    return all;
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  void join(std::size_t old_at, std::size_t new_at) {
    to_[old_at] = new_at;
    from_[new_at] = old_at;
  }

  std::size_t in_place(std::size_t old_at) const {
    const auto found = by_key_.find(before_.clauses[old_at].key);
    return found == by_key_.end() ? none : found->second;
  }

  bool fits(std::size_t old_at, std::size_t new_at) const {
    return to_[old_at] == none && from_[new_at] == none &&
           before_.clauses[old_at].level == after_.clauses[new_at].level;
  }

  void same_words() {
    for (std::size_t i = 0; i < to_.size(); ++i)
      if (const std::size_t at = in_place(i); at != none && old_[i] == new_[at]) join(i, at);
    std::multimap<std::string_view, std::size_t> free;
    for (std::size_t i = 0; i < from_.size(); ++i)
      if (from_[i] == none && new_[i] != "\n") free.emplace(new_[i], i);
    for (std::size_t i = 0; i < to_.size(); ++i) {
      if (to_[i] != none) continue;
      const auto [first, last] = free.equal_range(old_[i]);
      for (auto each = first; each != last; ++each)
        if (fits(i, each->second)) {
          join(i, each->second);
          free.erase(each);
          break;
        }
    }
  }

  struct Pair {
    double likeness;
    std::size_t old_at, new_at;
  };

  void alike_words() {
    std::vector<std::size_t> olds, news;
    for (std::size_t i = 0; i < to_.size(); ++i)
      if (to_[i] == none) olds.push_back(i);
    for (std::size_t i = 0; i < from_.size(); ++i)
      if (from_[i] == none) news.push_back(i);
    std::vector<Pairs> old_pairs(to_.size()), new_pairs(from_.size());
    for (const std::size_t i : olds) old_pairs[i] = pairs_of(old_[i]);
    for (const std::size_t i : news) new_pairs[i] = pairs_of(new_[i]);
    const bool looks_everywhere = olds.size() * news.size() <= pairs_max;
    std::vector<Pair> pairs;
    for (const std::size_t i : olds) {
      const std::size_t place = in_place(i);
      const auto consider = [&](std::size_t at, double least) {
        if (!fits(i, at)) return;
        const double likeness = likeness_of(old_pairs[i], new_pairs[at]);
        if (likeness >= least) pairs.push_back({likeness, i, at});
      };
      if (place != none) consider(place, alike_in_place);
      if (looks_everywhere)
        for (const std::size_t at : news)
          if (at != place) consider(at, alike_elsewhere);
    }
    std::ranges::stable_sort(pairs, std::ranges::greater(), &Pair::likeness);
    for (const Pair& each : pairs)
      if (fits(each.old_at, each.new_at)) join(each.old_at, each.new_at);
  }

  // What has no words to go by: "Điều 5." and its clauses.
  void same_number() {
    for (std::size_t i = 0; i < to_.size(); ++i)
      if (const std::size_t at = in_place(i);
          at != none && fits(i, at) && (old_[i] == "\n" || new_[at] == "\n"))
        join(i, at);
  }

  Match match_of(std::size_t i) const {
    Match match{.fate = Fate::gone, .before = before_.clauses[i].key};
    if (to_[i] == none) return match;
    match.after = after_.clauses[to_[i]].key;
    const bool is_same = old_[i] == new_[to_[i]];
    if (match.before != match.after)
      match.fate = Fate::moved;
    else
      match.fate = is_same ? Fate::kept : Fate::changed;
    match.is_reworded = match.fate == Fate::moved && !is_same;
    return match;
  }

  const Draft& before_;
  const Draft& after_;
  std::vector<std::size_t> to_, from_;
  std::vector<std::string> old_, new_;
  std::map<std::string, std::size_t> by_key_;
};

// Words with the white space that follows each.
std::vector<std::string_view> tokens_of(std::string_view text) {
  std::vector<std::string_view> all;
  const auto is_space = [](char c) { return c == ' ' || c == '\n' || c == '\t'; };
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at;
    while (end < text.size() && !is_space(text[end])) ++end;
    while (end < text.size() && is_space(text[end])) ++end;
    all.push_back(text.substr(at, end - at));
    at = end;
  }
  return all;
}

void put(std::vector<Piece>& pieces, Edit edit, std::string_view text) {
  if (text.empty()) return;
  if (pieces.empty() || pieces.back().edit != edit) pieces.push_back({edit, {}});
  pieces.back().text += text;
}

using Tokens = std::span<const std::string_view>;

void put_all(std::vector<Piece>& pieces, Edit edit, Tokens tokens) {
  for (const std::string_view each : tokens) put(pieces, edit, each);
}

// Longest common subsequence, from the ends to the beginnings (Wagner, Fischer, J. ACM 21, 1974).
void put_changed(std::vector<Piece>& pieces, Tokens before, Tokens after) {
  if (before.size() > words_max || after.size() > words_max) {
    put_all(pieces, Edit::removed, before);
    put_all(pieces, Edit::added, after);
    return;
  }
  const std::size_t width = after.size() + 1;
  std::vector<std::uint16_t> longest((before.size() + 1) * width);
  for (std::size_t i = before.size(); i-- > 0;)
    for (std::size_t j = after.size(); j-- > 0;)
      longest[i * width + j] =
          before[i] == after[j]
              ? static_cast<std::uint16_t>(longest[(i + 1) * width + j + 1] + 1)
              : std::max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
  std::size_t i = 0, j = 0;
  while (i < before.size() && j < after.size()) {
    if (before[i] == after[j]) {
      put(pieces, Edit::same, before[i]);
      ++i, ++j;
    } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
      put(pieces, Edit::removed, before[i++]);
    } else {
      put(pieces, Edit::added, after[j++]);
    }
  }
  put_all(pieces, Edit::removed, before.subspan(i));
  put_all(pieces, Edit::added, after.subspan(j));
}

}  // namespace

std::string_view to_text(Fate fate) {
  constexpr std::array<std::string_view, fates> words = {"kept", "changed", "moved", "gone",
                                                         "added"};
  return words[static_cast<std::size_t>(fate)];
}

TextKey key_of(Fate fate) {
  switch (fate) {
    case Fate::kept: return "draft.fate.kept"_t;
    case Fate::changed: return "draft.fate.changed"_t;
    case Fate::moved: return "draft.fate.moved"_t;
    case Fate::gone: return "draft.fate.gone"_t;
    case Fate::added: return "draft.fate.added"_t;
  }
  return {};
}

std::vector<Match> matches_of(const Draft& before, const Draft& after) {
  return Matcher(before, after).run();
}

std::string follow(const std::vector<Match>& matches, std::string_view key) {
  for (const Match& match : matches)
    if (!match.before.empty() && match.before == key) return match.after;
  return {};
}

std::vector<Piece> differences(std::string_view before, std::string_view after) {
  const auto olds = tokens_of(before), news = tokens_of(after);
  const Tokens left(olds), right(news);
  const std::size_t shorter = std::min(left.size(), right.size());
  std::size_t head = 0;
  while (head < shorter && left[head] == right[head]) ++head;
  std::size_t tail = 0;
  while (tail < shorter - head && left[left.size() - 1 - tail] == right[right.size() - 1 - tail])
    ++tail;
  std::vector<Piece> pieces;
  put_all(pieces, Edit::same, left.first(head));
  put_changed(pieces, left.subspan(head, left.size() - head - tail),
              right.subspan(head, right.size() - head - tail));
  put_all(pieces, Edit::same, left.last(tail));
  return pieces;
}

}  // namespace ln::draft
