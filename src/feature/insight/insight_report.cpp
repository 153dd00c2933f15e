#include "feature/insight/insight_report.h"

#include "base/text.h"

namespace ln::insight {
namespace {

using std::chrono::months;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr int months_offered = 12, quarters_offered = 8, years_offered = 5, five_years_offered = 2;

months length_of(Span span) {
  switch (span) {
    case Span::month: return months(1);
    case Span::quarter: return months(3);
    case Span::year: return months(12);
    case Span::five_years: return months(60);
  }
  return months(1);
}

Day moved(Day first, months by) {
  const year_month_day date(first);
  return Day{year_month_day{(date.year() / date.month() + by) / std::chrono::day(1)}};
}

}  // namespace

std::string_view to_text(Span span) {
  switch (span) {
    case Span::month: return "month";
    case Span::quarter: return "quarter";
    case Span::year: return "year";
    case Span::five_years: return "five_years";
  }
  return "";
}

std::optional<Span> span_of(std::string_view word) {
  for (const Span each : spans)
    if (to_text(each) == word) return each;
  return std::nullopt;
}

Day Period::next() const { return moved(first, length_of(span)); }
Period Period::before() const { return {span, moved(first, -length_of(span))}; }

std::vector<Period> Period::parts() const {
  std::vector<Period> all;
  if (span == Span::month) return all;
  const Span part = span == Span::five_years ? Span::year : Span::month;
  for (Day at = first; at < next(); at = moved(at, length_of(part))) all.push_back({part, at});
  return all;
}

std::string to_text(const Period& period) {
  return std::string(to_text(period.span)) + ":" + to_iso(period.first);
}

std::optional<Period> period_of(std::string_view word) {
  const std::size_t colon = word.find(':');
  if (colon == std::string_view::npos || word.size() != colon + 11) return std::nullopt;
  const auto span = span_of(word.substr(0, colon));
  const std::string_view date = word.substr(colon + 1);
  // Without the zeros before them: months and days are two digits here.
  const auto part = [&](std::size_t at, std::size_t size) {
    std::string_view digits = date.substr(at, size);
    while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
    return parse_number(digits);
  };
  const auto year = part(0, 4), month = part(5, 2), day = part(8, 2);
  if (!span || !year || !month || !day || date[4] != '-' || date[7] != '-') return std::nullopt;
  if (*day != 1 || *month < 1 || *month > 12 || *year < 1970 || *year > 9'000) return std::nullopt;
  if (*span == Span::quarter && *month % 3 != 1) return std::nullopt;
  if ((*span == Span::year || *span == Span::five_years) && *month != 1) return std::nullopt;
  return Period{*span, Day{year_month_day{std::chrono::year(static_cast<int>(*year)),
                                          std::chrono::month(static_cast<unsigned>(*month)),
                                          std::chrono::day(1)}}};
}

std::vector<Period> periods_over(Day today) {
  const year_month_day date(today);
  const Day month{date.year() / date.month() / std::chrono::day(1)};
  const Day year{date.year() / std::chrono::January / std::chrono::day(1)};
  const auto quarters = (static_cast<unsigned>(date.month()) - 1) / 3;
  const Day quarter = moved(year, months(3 * quarters));
  std::vector<Period> all;
  const auto offer = [&](Span span, Day now, months step, int count) {
    for (int back = 1; back <= count; ++back) all.push_back({span, moved(now, -back * step)});
  };
  offer(Span::month, month, months(1), months_offered);
  offer(Span::quarter, quarter, months(3), quarters_offered);
  offer(Span::year, year, months(12), years_offered);
  // The five years that end with the last year began five years ago.
  offer(Span::five_years, moved(year, -months(48)), months(12), five_years_offered);
  return all;
}

std::string_view to_text(ReportState state) {
  switch (state) {
    case ReportState::waiting: return "waiting";
    case ReportState::making: return "making";
    case ReportState::made: return "made";
    case ReportState::failed: return "failed";
  }
  return "";
}

std::optional<ReportState> report_state_of(std::string_view word) {
  for (const ReportState each :
       {ReportState::waiting, ReportState::making, ReportState::made, ReportState::failed})
    if (to_text(each) == word) return each;
  return std::nullopt;
}

Change change_of(stats::Share now, stats::Share before) {
  if (now.whole < stats::privacy_floor || before.whole < stats::privacy_floor)
    return Change::too_few;
  const stats::Interval here = stats::wilson(now), there = stats::wilson(before);
  if (here.low > there.high) return Change::up;
  if (here.high < there.low) return Change::down;
  return Change::unclear;
}

}  // namespace ln::insight
