#include "engine/text/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <optional>

#include "base/check.h"
#include "engine/text/text_letters.h"

namespace ln::text {
namespace {

// Folding of the code points that occur in practice, made once from Unicode's data: Latin, Greek,
// Cyrillic and general punctuation. The rest is folded when it comes.
struct Folded {
  std::uint8_t size = 0;
  std::array<char, 7> bytes{};
};
constexpr std::uint8_t too_long = 0xFF;
constexpr std::size_t table_size = 0x2200;
using FoldTable = std::array<Folded, table_size>;

std::unique_ptr<const FoldTable> make_fold_table() {
  auto table = std::make_unique<FoldTable>();
  for (std::size_t code = 0; code < table_size; ++code) {
    const std::string folded = fold_of(static_cast<char32_t>(code));
    Folded& entry = (*table)[code];
    if (folded.size() > entry.bytes.size()) {
      entry.size = too_long;
      continue;
    }
    entry.size = static_cast<std::uint8_t>(folded.size());
    std::copy(folded.begin(), folded.end(), entry.bytes.begin());
  }
  return table;
}

const FoldTable& fold_table() {
  static const std::unique_ptr<const FoldTable> table = make_fold_table();
  return *table;
}

// Writes folded bytes with no gap at the beginning and never two in a row.
class KeyWriter {
 public:
  explicit KeyWriter(std::size_t input_size) : out_(input_size + slack, '\0') {}

  // Room for what is left of the input when it is ASCII, and for one long folding more.
  void make_room(std::size_t input_left) {
    if (out_.size() - size_ < input_left + slack) out_.resize(out_.size() * 2 + input_left);
  }
  // Precondition: there is room. Without a branch, because words are short and a wrong guess at
  // each space would cost more than the work.
  void put(char byte) {
    out_[size_] = byte;
    size_ += byte == ' ' && last_ == ' ' ? 0U : 1U;
    last_ = byte;
  }
  std::string take() {
    if (size_ > 0 && last_ == ' ') --size_;
    out_.resize(size_);
    return std::move(out_);
  }

 private:
  static constexpr std::size_t slack = 128;
  std::string out_;
  std::size_t size_ = 0;
  char last_ = ' ';
};

// Code points that are in NFC whatever stands beside them, except marks, which are not among them.
bool is_plainly_nfc(char32_t code) {
  return code < 0x300 || (code >= 0x1E00 && code < 0x1F00) || (code >= 0x2010 && code < 0x2030);
}

// The text itself when nothing has to change.
std::optional<std::string> plain_nfc(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const Char next = decode(text, i);
    if (!is_plainly_nfc(next.code)) return std::nullopt;
    i += next.size;
  }
  return std::string(text);
}

// A syllable that is only consonants and then "y", or any with "quy".
void unify_y(std::string& word) {
  const std::size_t at = word.find('y');
  if (at == std::string::npos) return;
  const bool after_qu = at == 2 && word.starts_with("qu");
  const bool only_vowel = at + 1 == word.size() && word.find_first_of("aeiou") == std::string::npos;
  if (after_qu || only_vowel) word[at] = 'i';
}

template <class Use>
void each_word(std::string_view key, Use use) {
  for (std::size_t begin = 0; begin < key.size();) {
    const std::size_t end = std::min(key.find(' ', begin), key.size());
    use(key.substr(begin, end - begin));
    begin = end + 1;
  }
}

}  // namespace

std::string to_nfc(std::string_view text) {
  if (auto plain = plain_nfc(text)) return *std::move(plain);
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const Char next = decode(text, i);
    append(clean, next.code);
    i += next.size;
  }
  utf8proc_uint8_t* composed = nullptr;
  constexpr auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(clean.data()),
                   static_cast<utf8proc_ssize_t>(clean.size()), &composed, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(composed, &std::free);
  if (size == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  CHECK(size >= 0);
  return {reinterpret_cast<const char*>(composed), static_cast<std::size_t>(size)};
}

std::string fold(std::string_view text) {
  const FoldTable& table = fold_table();
  KeyWriter out(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (const auto byte = static_cast<unsigned char>(text[i]); byte < 0x80) {
      out.put(table[byte].bytes[0]);
      ++i;
      continue;
    }
    const Char next = decode(text, i);
    i += next.size;
    out.make_room(text.size() - i);
    if (next.code < table_size && table[next.code].size != too_long) {
      const Folded& folded = table[next.code];
      for (std::size_t k = 0; k < folded.size; ++k) out.put(folded.bytes[k]);
    } else {
      for (const char byte : fold_of(next.code)) out.put(byte);
    }
  }
  return out.take();
}

bool has_marks(std::string_view text) { return marked(text) != fold(text); }

std::string dedup_key(std::string_view text) {
  std::string out;
  each_word(fold(text), [&](std::string_view word) {
    std::string unified(word);
    unify_y(unified);
    if (!out.empty()) out += ' ';
    out += unified;
  });
  return out;
}

std::vector<std::string> words(std::string_view query, std::size_t count_max) {
  std::vector<std::string> out;
  each_word(fold(query), [&](std::string_view word) {
    if (out.size() < count_max && std::find(out.begin(), out.end(), word) == out.end())
      out.emplace_back(word);
  });
  return out;
}

}  // namespace ln::text
