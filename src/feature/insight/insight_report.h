// Periodic reports: what they are about. A report tells one period of one unit and everything below
// it. Only periods that are over are reported, so that no figure in it is of half a month.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "feature/insight/insight.h"

namespace ln::insight {

struct ReportTable;
using ReportId = Id<ReportTable>;

enum class Span : std::uint8_t { month, quarter, year, five_years };
inline constexpr std::array spans = {Span::month, Span::quarter, Span::year, Span::five_years};
std::string_view to_text(Span span);
std::optional<Span> span_of(std::string_view word);

// Calendar months, quarters and years; five years are those from `first` on.
struct Period {
  Span span = Span::month;
  Day first{};
  Day next() const;       // the first day after it
  Period before() const;  // as long, and just before it
  // Months of a quarter and of a year, years of five years; none of a month.
  std::vector<Period> parts() const;
  friend bool operator==(const Period&, const Period&) = default;
};
// "month:2026-10-01", as forms send it; null when it is no period or does not begin where such
// periods begin (five years may begin with any year).
std::string to_text(const Period& period);
std::optional<Period> period_of(std::string_view word);
// What may be asked for on `today`, the latest of each length first: twelve months, eight quarters,
// five years, and the five years that end with each of the last two.
std::vector<Period> periods_over(Day today);

enum class ReportState : std::uint8_t { waiting, making, made, failed };
std::string_view to_text(ReportState state);
std::optional<ReportState> report_state_of(std::string_view word);

struct Report {
  ReportId id{};
  units::UnitId unit{};
  Period period{};
  std::string language{};  // "vi" or "en"
  ReportState state = ReportState::waiting;
  std::int64_t step = 0, step_count = 0;
  std::int64_t asked_by = 0;
  Instant asked_at{};
  std::optional<Instant> made_at{};
};

// Formats of its files, in the order they are offered.
inline constexpr std::array<std::string_view, 3> report_formats = {"docx", "xlsx", "html"};

// What a report counts.
struct ReportNumbers {
  Counts counts{}, before{};  // of the period, and of the one before it
  struct Part {
    Period period;
    Counts counts;
  };
  std::vector<Part> parts{};
  std::vector<UnitCounts> units{};  // those below the reported one, without it
  Instant counted_at{};
  std::int64_t leaf_count = 0;  // of the ledger then
};

// What the change between two periods allows to say: only where the two intervals do not touch is
// it called one (which is stricter than a test at 95 %: N. Schenker and J. F. Gentleman, The
// American Statistician 55, 2001, 182–186).
enum class Change : std::uint8_t { too_few, unclear, up, down };
Change change_of(stats::Share now, stats::Share before);

}  // namespace ln::insight
