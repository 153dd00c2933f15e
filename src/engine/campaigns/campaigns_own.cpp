#include "engine/campaigns/campaigns_own.h"

#include <algorithm>
#include <array>
#include <map>

namespace ln::campaigns {
namespace {

constexpr std::size_t quote_words = 6, quote_min = 12, own_min = 3, outside_min = 8;

std::vector<Hash> triples_of(const Words& words) {
  std::vector<Hash> all;
  for (std::size_t i = 2; i < words.size(); ++i)
    all.push_back(joined(words.hashes[i - 2], joined(words.hashes[i - 1], words.hashes[i])));
  return all;
}

std::vector<Hash> as_set(std::vector<Hash> all) {
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

Hash six_words(const Words& words, std::size_t at) {
  Hash all = 0;
  for (std::size_t i = 0; i < quote_words; ++i) all = joined(all, words.hashes[at + i]);
  return all;
}

// Which bytes stand in quotation marks or quoted lines.
std::vector<bool> quoted_bytes(std::string_view text) {
  std::vector<bool> quoted(text.size());
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> marks = {
      {{"\xE2\x80\x9C", "\xE2\x80\x9D"}, {"\xC2\xAB", "\xC2\xBB"}, {"\"", "\""}}};
  for (const auto& [open, close] : marks) {
    for (std::size_t from = 0;;) {
      const std::size_t begin = text.find(open, from);
      if (begin == std::string_view::npos) break;
      const std::size_t end = text.find(close, begin + open.size());
      if (end == std::string_view::npos) break;
      std::fill(quoted.begin() + static_cast<long>(begin), quoted.begin() + static_cast<long>(end),
                true);
      from = end + close.size();
    }
  }
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (text[begin] == '>')
      std::fill(quoted.begin() + static_cast<long>(begin), quoted.begin() + static_cast<long>(end),
                true);
    begin = end + 1;
  }
  return quoted;
}

}  // namespace

Letter::Letter(std::string_view text) : triples_(as_set(triples_of(words_of(text)))) {}

std::vector<bool> Letter::knows(const Words& words) const {
  std::vector<bool> known(words.size());
  const std::vector<Hash> all = triples_of(words);
  for (std::size_t i = 0; i < all.size(); ++i)
    if (std::ranges::binary_search(triples_, all[i])) known[i] = known[i + 1] = known[i + 2] = true;
  return known;
}

double Letter::contained(const Words& words) const {
  const std::vector<Hash> own = as_set(triples_of(words));
  if (own.empty() || triples_.empty()) return 0;
  std::vector<Hash> common;
  std::ranges::set_intersection(own, triples_, std::back_inserter(common));
  return static_cast<double>(common.size()) /
         static_cast<double>(std::min(own.size(), triples_.size()));
}

std::vector<Span> own_spans(const Words& words, const std::vector<bool>& known) {
  // Maximal scoring subsequences (Ruzzo, Tompa 1999), +1 for a word not known and -1 for a known
  // one; linear here because a run that falls back to zero is over.
  std::vector<Span> spans;
  for (std::size_t i = 0; i < words.size();) {
    if (known[i]) {
      ++i;
      continue;
    }
    int score = 0, best = 0;
    std::size_t end = i, at = i;
    for (; at < words.size() && score >= 0; ++at) {
      score += known[at] ? -1 : 1;
      if (score > best) {
        best = score;
        end = at + 1;
      }
      if (score == 0 || best - score >= 6) break;
    }
    if (best >= static_cast<int>(own_min)) spans.push_back({words.begins[i], words.ends[end - 1]});
    i = best >= static_cast<int>(own_min) ? end : i + 1;
  }
  return spans;
}

bool is_quotation(std::string_view text, const Words& words, const std::vector<bool>& known) {
  const std::vector<bool> quoted = quoted_bytes(text);
  std::size_t known_count = 0, known_quoted = 0, own_outside = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool inside = quoted[words.begins[i]];
    known_count += known[i] ? 1 : 0;
    known_quoted += known[i] && inside ? 1 : 0;
    own_outside += !known[i] && !inside ? 1 : 0;
  }
  return known_quoted * 10 >= known_count * 9 && own_outside >= outside_min;
}

void Quotes::add(std::uint32_t group, std::string_view letter) {
  const Words words = words_of(letter);
  for (std::size_t i = 0; i + quote_words <= words.size(); ++i)
    groups_.try_emplace(six_words(words, i), group);
}

Quotes::Found Quotes::find(const Words& words) const {
  std::map<std::uint32_t, std::pair<std::size_t, std::vector<Span>>> by_group;
  for (std::size_t i = 0; i + quote_words <= words.size();) {
    const auto first = groups_.find(six_words(words, i));
    if (first == groups_.end()) {
      ++i;
      continue;
    }
    std::size_t end = i + quote_words;
    for (std::size_t k = i + 1; k + quote_words <= words.size(); ++k) {
      const auto next = groups_.find(six_words(words, k));
      if (next == groups_.end() || next->second != first->second) break;
      end = k + quote_words;
    }
    if (end - i >= quote_min) {
      auto& [count, spans] = by_group[first->second];
      count += end - i;
      spans.push_back({words.begins[i], words.ends[end - 1]});
    }
    i = end - quote_words + 1;
  }
  Found best;
  std::size_t most = 0;
  for (auto& [group, found] : by_group) {
    if (found.first <= most) continue;
    most = found.first;
    best = {group, std::move(found.second)};
  }
  return best;
}

}  // namespace ln::campaigns
