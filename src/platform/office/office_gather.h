// What both readers share: the bounded list of what was read, and numbers as lists show them.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "platform/office/office.h"

namespace ln::office {

inline constexpr std::size_t levels_max = 10;    // of lists within lists
inline constexpr std::size_t columns_max = 200;  // of a table; more are too many

// Puts blocks in their order, and stops taking when a bound is reached: then `contents` refuses.
// The readers ask `is_full` where the file itself could make them go on for long.
class Gathering {
 public:
  // What is shown of it decides: an empty paragraph or row is left out. Text is brought to NFC and
  // plain_text, spaces at its ends are taken away.
  void add(Block block);
  void add(Note note);
  // Text that came with a piece of another block, for the bound alone.
  void spend(std::size_t size) { size_ += size; }
  bool is_full() const {
    return size_ > text_size_max || contents_.blocks.size() > block_count_max;
  }
  int next_table() { return ++tables_; }
  Result<Contents> contents() &&;

 private:
  std::string cleaned(const std::string& text);
  Contents contents_;
  std::size_t size_ = 0;
  int tables_ = 0;
  bool is_broken_ = false;
};

// How a level of a list writes its number.
enum class Digits : std::uint8_t {
  decimal,
  decimal_zero,  // 01, 02, … 10
  lower_letter,  // a … z, aa, bb (Word) …
  upper_letter,
  lower_roman,
  upper_roman,
  bullet,  // the level's own sign
  none,
};
// Precondition: number >= 0. Romans beyond 3999 and letters beyond a row of 20 become digits.
std::string written(int number, Digits digits);

// How the levels of one list count.
struct LevelRule {
  int start = 1;
  std::size_t restart = levels_max;  // begins anew after a level above this one (0: never)
};
using LevelRules = std::array<LevelRule, levels_max>;

// Counts the numbers of one list.
struct Counters {
  std::array<std::optional<int>, levels_max> at{};
  // The next paragraph of this level. A level that was jumped over counts as begun. Levels below
  // begin anew, but for those whose `restart` says to go on ("Điều" counts through all "Chương").
  void advance(std::size_t level, const LevelRules& rules);
};

// One more line of a text that gathers blocks, such as a note or a cell: the cells of a row are
// parted by tabs.
void append_line(std::string& text, const Block& block);

// A bullet as Unicode: what the fonts Symbol and Wingdings keep in the private area becomes "•".
std::string bullet_of(std::string_view sign);

}  // namespace ln::office
