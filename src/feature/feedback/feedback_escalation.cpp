#include "feature/feedback/feedback_escalation.h"

#include <array>
#include <optional>
#include <stdexcept>
#include <string>

#include "base/embedded.h"
#include "base/text.h"
#include "core/units/units_csv.h"
#include "feature/feedback/feedback.h"

namespace ln::feedback {
namespace {

constexpr std::string_view columns[] = {"rung", "after", "measure", "to"};
constexpr std::int64_t rungs_max = 9, count_max = 365;

std::optional<Rung> rung_of(const std::vector<std::string>& cell) {
  const auto number = parse_number(cell[0]), count = parse_number(cell[1]);
  const auto measure = from_word(all_measures, cell[2]);
  const auto to = from_word(std::array{PutBefore::above, PutBefore::supervisor}, cell[3]);
  if (!number || !count || *count < 0 || *count > count_max || !measure || !to) return std::nullopt;
  const bool at_once = *count == 0;
  return Rung{*number, {*measure, at_once ? 1 : static_cast<int>(*count)}, at_once, *to};
}

}  // namespace

std::string_view to_text(PutBefore to) {
  switch (to) {
    case PutBefore::above: return "above";
    case PutBefore::supervisor: return "supervisor";
  }
  return "";
}

Result<std::vector<Rung>> read_ladder(std::string_view csv) {
  TRY(const auto rows, units::read_csv(csv, columns));
  std::vector<Rung> rungs;
  for (const units::CsvRow& row : rows) {
    const auto rung = rung_of(row.cells);
    const auto next = static_cast<std::int64_t>(rungs.size()) + 1;
    if (!rung || rung->number != next || next > rungs_max)
      return units::csv_error(row.line, "units.error.csv_word"_t);
    rungs.push_back(*rung);
  }
  return rungs;
}

const std::vector<Rung>& ladder() {
  static const std::vector<Rung> built_in = [] {
    const auto bytes = embedded::find("data/escalation.csv");
    auto rungs = read_ladder(bytes.value_or(""));
    if (!bytes || !rungs.ok()) throw std::logic_error("the executable lacks its ladder");
    return std::move(rungs.value());
  }();
  return built_in;
}

Instant reached_at(const Rung& rung, Instant due_at, const calendar::Holidays& days) {
  return rung.at_once ? due_at : calendar::due(due_at, rung.after, {}, days).at;
}

}  // namespace ln::feedback
