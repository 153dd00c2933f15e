#include "engine/triage/triage_corpus.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "engine/text/text.h"
#include "engine/triage/triage_features.h"

namespace ln::triage {
namespace {

constexpr std::pair<std::string_view, std::string_view> short_words[] = {
    {"không", "ko"}, {"được", "dc"},  {"người", "ng"},  {"rồi", "r"},     {"với", "vs"},
    {"gì", "j"},     {"biết", "bít"}, {"nhưng", "nhg"}, {"những", "nhg"}, {"trong", "trg"},
    {"đường", "đg"}, {"nhà", "nh"},   {"cũng", "cug"},  {"giờ", "h"},     {"mình", "mk"},
    {"vào", "vô"},   {"thế", "z"},    {"phường", "p."}};

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// Words become their key with diacritics, which is small letters; what stands between stays.
std::string lower_case(std::string_view text) {
  const auto is_letter = [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
  };
  std::string out;
  for (std::size_t from = 0; from < text.size();) {
    std::size_t end = from;
    while (end < text.size() && is_letter(text[end])) ++end;
    out += text::marked(text.substr(from, end - from));
    if (end < text.size()) out += text[end++];
    from = end;
  }
  return out;
}

// The characters of a word, each with all its bytes.
std::vector<std::string> letters_of(std::string_view word) {
  std::vector<std::string> letters;
  for (const char c : word) {
    if (letters.empty() || (static_cast<unsigned char>(c) & 0xC0) != 0x80) letters.emplace_back();
    letters.back() += c;
  }
  return letters;
}

std::string in_haste(std::string_view text) {
  std::string out;
  for (const char c : lower_case(text)) {
    const bool follows_stop = !out.empty() && (out.back() == ',' || out.back() == '.');
    if (c != ' ' || !follows_stop) out += c;
  }
  return out;
}

std::string in_short(std::string_view text) {
  std::vector<std::string> words = words_of(lower_case(text));
  for (std::string& word : words)
    for (const auto& [whole, brief] : short_words)
      if (word == whole) word = brief;
  return joined(words);
}

// Two neighbouring letters of one word in four, where there are enough of them.
std::string mistyped(std::string_view text, std::uint64_t seed) {
  std::vector<std::string> words = words_of(text);
  for (std::string& word : words) {
    seed = mixed(seed + 1);
    std::vector<std::string> letters = letters_of(word);
    if (letters.size() < 4 || seed % 4 != 0) continue;
    const std::size_t at = 1 + static_cast<std::size_t>((seed >> 8) % (letters.size() - 2));
    std::swap(letters[at], letters[at + 1]);
    word.clear();
    for (const std::string& letter : letters) word += letter;
  }
  return joined(words);
}

using Slots = std::map<std::string, std::vector<std::string>, std::less<>>;

// Each slot by turns; the turn depends on the template, so that not all begin with the same word.
std::string filled(std::string_view text, const Slots& slots, std::uint64_t turn) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find('{'), close = text.find('}', std::min(open, text.size()));
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    const std::string_view name = text.substr(open + 1, close - open - 1);
    out += text.substr(0, open);
    if (const auto found = slots.find(name); found != slots.end())
      out += found->second[turn++ % found->second.size()];
    else
      out += text.substr(open, close - open + 1);
    text.remove_prefix(close + 1);
  }
  return out + std::string(text);
}

}  // namespace

std::string written(std::string_view text, Manner manner, std::uint64_t seed) {
  switch (manner) {
    case Manner::carefully: break;
    case Manner::in_haste: return in_haste(text);
    case Manner::without_marks: return text::fold(text);
    case Manner::in_short: return in_short(text);
    case Manner::mistyped: return mistyped(text, seed);
  }
  return std::string(text);
}

std::vector<Example> expand(std::span<const Template> templates,
                            std::span<const SlotValue> slots,
                            std::size_t count) {
  Slots values;
  for (const SlotValue& each : slots) values[each.slot].push_back(each.value);
  std::vector<Example> examples;
  for (std::size_t i = 0; i < templates.size(); ++i)
    for (std::size_t n = 0; n < count; ++n) {
      const std::uint64_t seed = mixed(i + 1) + n;
      const auto manner = static_cast<Manner>((i + n) % manner_count);
      examples.push_back({written(filled(templates[i].text, values, seed), manner, seed),
                          templates[i].label, templates[i].label + "/" + std::to_string(i)});
    }
  return examples;
}

}  // namespace ln::triage
