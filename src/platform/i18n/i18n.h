// Sentences, numbers, dates and sorting in the reader's language.
//
// Vietnamese first: 1.234.567,8 and 23/11/2026, "thứ Hai 23/11/2026", 24-hour clock. English is
// en-GB: 1,234,567.8, "Monday 23/11/2026". Times are shown in Vietnam's time (UTC+7).
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "base/text_key.h"
#include "base/time.h"

namespace ln::i18n {

enum class Language : std::uint8_t { vi, en };

// "vi" or "en", for lang= and hreflang=.
std::string_view code(Language language);
// "" or "/en": what stands before every path in this language.
std::string_view path_prefix(Language language);

// A value for a named hole "{name}" of a sentence.
struct Hole {
  std::string_view name;
  std::string_view value;
};

// Takes a sentence apart: calls `text(piece)` and `hole(name)` in order. Sentences come from the
// .po files, whose holes the build has checked.
void for_each_piece(std::string_view sentence, const auto& text, const auto& hole) {
  while (!sentence.empty()) {
    const std::size_t open = sentence.find('{');
    text(sentence.substr(0, open));
    if (open == std::string_view::npos) return;
    const std::size_t close = sentence.find('}', open);
    hole(sentence.substr(open + 1, close - open - 1));
    sentence.remove_prefix(close + 1);
  }
}

// Everything that speaks the reader's language. Cheap to copy.
class Voice {
 public:
  constexpr explicit Voice(Language language) : language_(language) {}
  Language language() const { return language_; }

  // The sentence itself. Its holes, if any, stand as "{name}".
  std::string_view operator()(TextKey key) const;
  // The sentence with its holes filled. Not escaped: this is text, html::fill escapes it.
  std::string operator()(TextKey key, std::initializer_list<Hole> holes) const;
  // The form for `count` (English: singular and plural), with "{count}" filled as a number.
  std::string counted(TextKey key, std::int64_t count, std::initializer_list<Hole> = {}) const;
  // The same with its holes still in it.
  std::string_view form_for(TextKey key, std::int64_t count) const;

  std::string number(std::int64_t value) const;             // 1.234.567
  std::string decimal(double value, int digits) const;      // 4,1; "–" when there is no number
  std::string percent(double share, int digits = 1) const;  // 0.873 → "87,3%"
  std::string date(Day day) const;                          // 23/11/2026
  std::string day_name(Day day) const;                      // thứ Hai 23/11/2026
  std::string time(Instant at) const;                       // 16:30
  std::string moment(Instant at) const;                     // 16:30 thứ Hai 23/11/2026
  std::string bytes(std::int64_t size) const;               // 214 KB

 private:
  Language language_;
};

}  // namespace ln::i18n
