// Keys with diacritics: marked() and sort_key().
#include <algorithm>
#include <array>
#include <optional>

#include "engine/text/text.h"
#include "engine/text/text_letters.h"

namespace ln::text {
namespace {

constexpr std::size_t syllable_letters_max = 7;  // "nghiêng"

// Lower case, words separated by one space; marks stay when they stand on a letter.
std::string lowered(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (std::size_t i = 0; i < text.size();) {
    const Char next = decode(text, i);
    i += next.size;
    const Sort sort = sort_of(next.code);
    if (sort == Sort::nothing) continue;
    if (sort == Sort::mark && (gap || out.empty())) continue;
    if (sort == Sort::gap) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    append(out, lower(next.code));
  }
  return out;
}

// One written syllable, taken apart.
struct Syllable {
  std::array<char32_t, syllable_letters_max> bare{};  // Without the tone.
  std::size_t count = 0;
  std::size_t tones = 0;
  std::size_t tone_at = 0;
  Tone tone = Tone::ngang;
};

std::optional<Syllable> take_apart(std::string_view word) {
  Syllable out;
  for (std::size_t i = 0; i < word.size();) {
    const Char next = decode(word, i);
    i += next.size;
    const Letter letter = letter_of(next.code);
    if (letter.rank < 0 || out.count == syllable_letters_max) return std::nullopt;
    if (letter.tone != Tone::ngang) {
      out.tone = letter.tone;
      out.tone_at = out.count;
      ++out.tones;
    }
    out.bare[out.count++] = alphabet[static_cast<std::size_t>(letter.rank)];
  }
  return out;
}

// Where the tone belongs; null when the letters are no Vietnamese syllable. The rule of spelling
// before 1980: on the letter with a shape of its own (ơ of ươ); else on the only vowel, the middle
// one of three, the second of two before a consonant, the first of two at the end. The u of "qu"
// and the i of "gi" before a vowel belong to the consonant.
std::optional<std::size_t> place_of_tone(const Syllable& syllable) {
  const auto vowel = [&](std::size_t i) {
    return i < syllable.count && letter_of(syllable.bare[i]).is_vowel;
  };
  std::size_t begin = 0;
  while (begin < syllable.count && !vowel(begin)) ++begin;
  const bool glide = begin == 1 && vowel(2) &&
                     ((syllable.bare[0] == U'q' && syllable.bare[1] == U'u') ||
                      (syllable.bare[0] == U'g' && syllable.bare[1] == U'i'));
  if (glide) ++begin;
  std::size_t end = begin;
  while (vowel(end)) ++end;
  for (std::size_t i = end; i < syllable.count; ++i)
    if (vowel(i)) return std::nullopt;
  const std::size_t count = end - begin;
  if (count == 0 || count > 3) return std::nullopt;
  for (std::size_t i = end; i > begin; --i)
    if (letter_of(syllable.bare[i - 1]).is_shaped) return i - 1;
  if (count == 1) return begin;
  const bool closed = end < syllable.count;
  return count == 3 || closed ? begin + 1 : begin;
}

void append_settled(std::string& out, std::string_view word) {
  // No letter of ASCII has a tone.
  if (std::ranges::all_of(word, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    out += word;
    return;
  }
  const std::optional<Syllable> syllable = take_apart(word);
  if (!syllable || syllable->tones != 1) {
    out += word;
    return;
  }
  const std::optional<std::size_t> place = place_of_tone(*syllable);
  if (!place || *place == syllable->tone_at) {
    out += word;
    return;
  }
  for (std::size_t i = 0; i < syllable->count; ++i)
    append(out, i == *place ? with_tone(syllable->bare[i], syllable->tone) : syllable->bare[i]);
}

constexpr char level_end = '!';
constexpr char word_end = '-';
constexpr char other_script = '~';

char code_of_rank(std::int8_t rank) {
  return static_cast<char>(rank < 26 ? 'A' + rank : 'a' + (rank - 26));
}

// The two levels of a sort key while they are being written.
class KeyLevels {
 public:
  void letter(char code, char tone) {
    flush_number();
    letters_ += code;
    tones_ += tone;
  }
  void digit(char digit) { number_ += digit; }
  void space() {
    flush_number();
    letters_ += word_end;
  }
  void other(char32_t code) {
    flush_number();
    letters_ += other_script;
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (unsigned shift = 24; shift > 0;) {
      shift -= 4;
      letters_ += digits[code >> shift & 15U];
    }
  }
  std::string take() {
    flush_number();
    while (!tones_.empty() && tones_.back() == '0') tones_.pop_back();
    return letters_ + level_end + tones_;
  }

 private:
  // A number is its length and then its digits, so that bytes compare as values do: 2 is "12", 12
  // is "212". Lengths from 9 on take more than one byte: 9 is "90", 20 is "992".
  void flush_number() {
    if (number_.empty()) return;
    number_.erase(0, std::min(number_.find_first_not_of('0'), number_.size() - 1));
    std::size_t length = number_.size();
    for (; length >= 9; length -= 9) letters_ += '9';
    letters_ += static_cast<char>('0' + static_cast<char>(length));
    letters_ += number_;
    number_.clear();
  }

  std::string letters_;
  std::string tones_;
  std::string number_;
};

// A letter of no Vietnamese word: by its base letter when it has one (ñ beside n), else after z.
void put_foreign(KeyLevels& key, char32_t code) {
  constexpr char foreign_mark = '6';
  for (const char byte : fold_of(code)) {
    const auto unsigned_byte = static_cast<unsigned char>(byte);
    const Letter letter = letter_of(unsigned_byte);
    if (byte >= '0' && byte <= '9') {
      key.digit(byte);
    } else if (unsigned_byte < 0x80 && letter.rank >= 0) {
      key.letter(code_of_rank(letter.rank), foreign_mark);
    } else if (byte != ' ') {
      return key.other(code);
    }
  }
}

}  // namespace

std::string marked(std::string_view text) {
  // Lowering and leaving out invisible characters can bring a letter and its mark together.
  const std::string plain = to_nfc(lowered(to_nfc(text)));
  std::string out;
  out.reserve(plain.size());
  const std::string_view view = plain;
  for (std::size_t begin = 0; begin < view.size();) {
    const std::size_t end = std::min(view.find(' ', begin), view.size());
    if (begin > 0) out += ' ';
    append_settled(out, view.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

std::string sort_key(std::string_view text) {
  const std::string plain = marked(text);
  KeyLevels key;
  for (std::size_t i = 0; i < plain.size();) {
    const Char next = decode(plain, i);
    i += next.size;
    const Letter letter = letter_of(next.code);
    if (letter.rank >= 0) {
      key.letter(code_of_rank(letter.rank),
                 static_cast<char>('0' + static_cast<char>(letter.tone)));
    } else if (next.code == U' ') {
      key.space();
    } else if (next.code >= U'0' && next.code <= U'9') {
      key.digit(static_cast<char>(next.code));
    } else {
      put_foreign(key, next.code);
    }
  }
  return key.take();
}

}  // namespace ln::text
