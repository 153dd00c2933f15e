#include "feature/insight/insight_desk.h"

#include <utility>

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
              const units::Unit& unit,
              std::string_view figure,
              const std::optional<stats::Share>& before,
              const std::optional<stats::Share>& after) {
  if (!before || !after) return;
  const stats::Difference moved = stats::difference_of(*after, *before);
  if (moved.is_shown() && moved.difference < 0) falls.push_back({&unit, figure, *before, *after});
}

constexpr std::size_t quarters_over = board_quarters - 1;  // the running one is left out

// What was said beside the ratings of a quarter, where enough said it.
std::optional<stats::Share> told(const BoardUnit& unit,
                                 std::size_t quarter,
                                 stats::Share Counts::* said) {
  const stats::Share share = unit.quarters[quarter].*said;
  if (!unit.rated.counts[quarter] || share.whole < stats::privacy_floor) return std::nullopt;
  return share;
}

std::optional<stats::Share> enough(stats::Share share) {
  return share.whole < stats::privacy_floor ? std::nullopt : std::optional(share);
}

}  // namespace

std::vector<Fall> falls_within(const Board& board, std::string_view path) {
  std::vector<Fall> falls;
  constexpr std::size_t over = quarters_over;
  for (const BoardUnit& each : board.units) {
    if (!units::is_within(each.unit.path, path)) continue;
    for (const auto& [figure, said] :
         {std::pair("believed", &Counts::believed), std::pair("report_again", &Counts::again)})
      add_fall(falls, each.unit, figure,
               both(told(each, over - 4, said), told(each, over - 3, said)),
               both(told(each, over - 2, said), told(each, over - 1, said)));
    add_fall(falls, each.unit, "satisfied",
             both(each.satisfied(over - 4), each.satisfied(over - 3)),
             both(each.satisfied(over - 2), each.satisfied(over - 1)));
    add_fall(falls, each.unit, "on_time", both(each.on_time(over - 4), each.on_time(over - 3)),
             both(each.on_time(over - 2), each.on_time(over - 1)));
  }
  return falls;
}

bool has_quarters(const Board& board, std::string_view path) {
  for (const BoardUnit& each : board.units) {
    if (!units::is_within(each.unit.path, path)) continue;
    bool has_all = true;
    for (std::size_t q = quarters_over - 4; q < quarters_over; ++q)
      has_all = has_all && (each.on_time(q) || each.satisfied(q));
    if (has_all) return true;
  }
  return false;
}

std::vector<Fall> falls_in_weeks(const Settled& settled, const units::Unit& top) {
  std::vector<Fall> falls;
  const auto add = [&](const units::Unit& unit, const Counts& before, const Counts& after) {
    add_fall(falls, unit, "believed", enough(before.believed), enough(after.believed));
    add_fall(falls, unit, "report_again", enough(before.again), enough(after.again));
    add_fall(falls, unit, "satisfied", enough(satisfied_of(before.ratings)),
             enough(satisfied_of(after.ratings)));
    add_fall(falls, unit, "on_time", enough(before.on_time_share()), enough(after.on_time_share()));
  };
  add(top, counts_within(settled.weeks_before, top.path), counts_within(settled.weeks, top.path));
  for (const UnitCounts& after : settled.weeks.units) {
    if (after.unit.id == top.id || !units::is_within(after.unit.path, top.path)) continue;
    for (const UnitCounts& before : settled.weeks_before.units)
      if (before.unit.id == after.unit.id) add(after.unit, before.counts, after.counts);
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
