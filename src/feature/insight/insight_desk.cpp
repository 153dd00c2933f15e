#include "feature/insight/insight_desk.h"

#include "engine/stats/stats_trend.h"
#include "engine/text/text_letter.h"

namespace ln::insight {
namespace {

// The shares of two quarters together; null when one of them is not told.
std::optional<stats::Share> both(const std::optional<stats::Share>& a,
                                 const std::optional<stats::Share>& b) {
  if (!a || !b) return std::nullopt;
  return stats::Share{a->part + b->part, a->whole + b->whole};
}

void add_fall(std::vector<Fall>& falls,
              const BoardUnit& unit,
              bool is_trust,
              const std::optional<stats::Share>& before,
              const std::optional<stats::Share>& after) {
  if (!before || !after) return;
  const stats::Difference moved = stats::difference_of(*after, *before);
  if (moved.is_shown() && moved.difference < 0) falls.push_back({&unit, is_trust, *before, *after});
}

}  // namespace

std::vector<Fall> falls_within(const Board& board, std::string_view path) {
  std::vector<Fall> falls;
  constexpr std::size_t over = board_quarters - 1;  // the running one is left out
  for (const BoardUnit& each : board.units) {
    if (!units::is_within(each.unit.path, path)) continue;
    add_fall(falls, each, true, both(each.satisfied(over - 4), each.satisfied(over - 3)),
             both(each.satisfied(over - 2), each.satisfied(over - 1)));
    add_fall(falls, each, false, both(each.on_time(over - 4), each.on_time(over - 3)),
             both(each.on_time(over - 2), each.on_time(over - 1)));
  }
  return falls;
}

Habits habits_of(const std::vector<std::string>& letters) {
  Habits habits{.letters = static_cast<std::int64_t>(letters.size())};
  for (const std::string& each : letters) {
    const text::LetterLook letter = text::look_at_letter(each);
    habits.brief += letter.chars < text::letter_chars_min ? 1 : 0;
    habits.formula += letter.has_formula ? 1 : 0;
    habits.no_day += letter.has_number ? 0 : 1;
    habits.long_sentence += letter.longest_words > text::sentence_words_max ? 1 : 0;
    habits.no_who += letter.has_who ? 0 : 1;
    habits.no_done += letter.has_done ? 0 : 1;
  }
  return habits;
}

}  // namespace ln::insight
