#include "engine/campaigns/campaigns_words.h"

#include <array>
#include <cstring>
#include <memory>
#include <string>

#include "engine/text/text.h"

namespace ln::campaigns {
namespace {

constexpr std::string_view stops = ",.;:!?";

constexpr char32_t broken = 0xFFFD;

struct CodePoint {
  char32_t code;
  std::size_t size;
};

// RFC 3629; one broken byte is one U+FFFD.
CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() - at < size) return {broken, 1};
  char32_t code = lead & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {broken, 1};
    code = (code << 6) | (byte(i) & 0x3Fu);
  }
  const bool is_long = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  const bool is_no_letter = code > 0x10FFFF || (code >= 0xD800 && code < 0xE000);
  return is_long || is_no_letter ? CodePoint{broken, 1} : CodePoint{code, size};
}

// What text::fold makes of one code point in the middle of a word: " " for a gap.
std::string folded(std::string_view code_point) {
  const std::string between = text::fold("a" + std::string(code_point) + "a");
  return between.size() < 2 ? "" : between.substr(1, between.size() - 2);
}

struct Entry {
  std::uint8_t size = 0;
  std::array<char, 7> bytes{};
};
constexpr std::size_t table_size = 0x2200;
constexpr std::uint8_t too_long = 0xFF;
using FoldTable = std::array<Entry, table_size>;

std::string utf8(char32_t code) {
  if (code < 0x80) return {static_cast<char>(code)};
  if (code < 0x800)
    return {static_cast<char>(0xC0 | (code >> 6)), static_cast<char>(0x80 | (code & 0x3F))};
  return {static_cast<char>(0xE0 | (code >> 12)), static_cast<char>(0x80 | ((code >> 6) & 0x3F)),
          static_cast<char>(0x80 | (code & 0x3F))};
}

const FoldTable& fold_table() {
  static const std::unique_ptr<const FoldTable> made = [] {
    auto all = std::make_unique<FoldTable>();
    for (std::size_t code = 0; code < table_size; ++code) {
      const std::string bytes = folded(utf8(static_cast<char32_t>(code)));
      Entry& entry = (*all)[code];
      entry.size =
          bytes.size() > entry.bytes.size() ? too_long : static_cast<std::uint8_t>(bytes.size());
      if (entry.size != too_long) std::memcpy(entry.bytes.data(), bytes.data(), bytes.size());
    }
    return all;
  }();
  return *made;
}

constexpr Hash empty_word = 0x9E3779B97F4A7C15u;

// Calls `put(hash, begin, end)` for each word until it says no.
template <class Put>
void each_word(std::string_view text, const Put& put) {
  const FoldTable& entries = fold_table();
  Hash hash = empty_word;
  std::size_t begin = 0, end = 0;
  bool wants_more = true;
  const auto finish = [&] {
    if (hash == empty_word) return;
    wants_more = put(scrambled(hash), begin, end);
    hash = empty_word;
  };
  const auto take = [&](char byte, std::size_t at, std::size_t size) {
    if (byte == ' ') return finish();
    if (hash == empty_word) begin = at;
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3u;
    end = at + size;
  };
  for (std::size_t i = 0; i < text.size() && wants_more;) {
    if (const auto byte = static_cast<unsigned char>(text[i]); byte < 0x80) {
      take(entries[byte].bytes[0], i, 1);
      ++i;
      continue;
    }
    const CodePoint next = code_point_at(text, i);
    if (next.code < table_size && entries[next.code].size != too_long) {
      const Entry& entry = entries[next.code];
      for (std::size_t k = 0; k < entry.size; ++k) take(entry.bytes[k], i, next.size);
    } else {
      for (const char byte : folded(text.substr(i, next.size))) take(byte, i, next.size);
    }
    i += next.size;
  }
  if (wants_more) finish();
}

Hash whole(std::string_view text) {
  Hash all = 1;
  each_word(text, [&](Hash word, std::size_t, std::size_t) {
    all = (all ^ word) * 0x9E3779B97F4A7C15u;
    all ^= all >> 32;
    return true;
  });
  return scrambled(all);
}

// With marks: bytes of the key, word for word.
Hash whole_key(std::string_view key) {
  const Identity both = identity_of(key, 0x51ED270B);
  return both.high ^ both.low;
}

std::uint64_t eight_bytes(const char* at) {
  std::uint64_t value = 0;
  std::memcpy(&value, at, 8);
  return value;
}

__extension__ using Wide = unsigned __int128;

// The product folded on itself, as in wyhash (Wang Yi, public domain).
Hash folded_product(Hash a, Hash b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<Hash>(product) ^ static_cast<Hash>(product >> 64);
}

}  // namespace

void read_words(std::string_view text, Words& into) {
  into.hashes.clear();
  into.begins.clear();
  into.ends.clear();
  each_word(text, [&](Hash word, std::size_t begin, std::size_t end) {
    into.hashes.push_back(word);
    into.begins.push_back(static_cast<std::uint32_t>(begin));
    into.ends.push_back(static_cast<std::uint32_t>(end));
    return into.hashes.size() < words_max;
  });
}

Words words_and_stops_of(std::string_view text) {
  Words all;
  std::size_t from = 0;
  const auto stops_until = [&](std::size_t end) {
    for (; from < end; ++from) {
      if (stops.find(text[from]) == std::string_view::npos) continue;
      all.hashes.push_back(scrambled(static_cast<unsigned char>(text[from])));
      all.begins.push_back(static_cast<std::uint32_t>(from));
      all.ends.push_back(static_cast<std::uint32_t>(from + 1));
    }
  };
  each_word(text, [&](Hash word, std::size_t begin, std::size_t end) {
    stops_until(begin);
    all.hashes.push_back(word);
    all.begins.push_back(static_cast<std::uint32_t>(begin));
    all.ends.push_back(static_cast<std::uint32_t>(end));
    from = end;
    return all.hashes.size() < words_max;
  });
  if (all.hashes.size() < words_max) stops_until(text.size());
  return all;
}

Words words_of(std::string_view text) {
  Words words;
  read_words(text, words);
  return words;
}

Forms forms_of(std::string_view text) {
  Forms forms;
  forms.folded = whole(text);
  bool is_ascii = true;
  for (const char c : text) is_ascii = is_ascii && static_cast<unsigned char>(c) < 0x80;
  forms.marked = forms.folded;
  if (is_ascii) return forms;
  const std::string with = text::marked(text);
  if (with != text::fold(with)) forms.marked = whole_key(with);
  return forms;
}

Identity identity_of(std::string_view bytes, Hash secret) {
  // Two lanes with keys of their own; each block enters both.
  const Hash key_a = scrambled(secret ^ 0xA0761D6478BD642Fu) | 1;
  const Hash key_b = scrambled(secret ^ 0xE7037ED1A0B428DBu) | 1;
  Hash a = key_b ^ bytes.size(), b = key_a + bytes.size();
  std::size_t i = 0;
  for (; i + 16 <= bytes.size(); i += 16) {
    const Hash x = eight_bytes(bytes.data() + i), y = eight_bytes(bytes.data() + i + 8);
    a = folded_product(a ^ x ^ key_a, y ^ key_b);
    b = folded_product(b ^ y ^ key_a, x ^ scrambled(key_b)) + a;
  }
  char rest[16] = {};
  if (i < bytes.size()) std::memcpy(rest, bytes.data() + i, bytes.size() - i);
  const Hash x = eight_bytes(rest), y = eight_bytes(rest + 8);
  a = folded_product(a ^ x ^ key_a, y ^ key_b);
  b = folded_product(b ^ y ^ key_b, x ^ key_a);
  return {scrambled(a + key_a) ^ scrambled(b), scrambled(b ^ scrambled(a))};
}

}  // namespace ln::campaigns
