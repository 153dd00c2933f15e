#include "engine/calendar/calendar_hours.h"

#include <algorithm>

#include "base/text.h"

namespace ln::calendar {
namespace {

using std::chrono::minutes;

constexpr minutes weekday_least{4 * 60};

// "08:00", and "24:00" at the end of a day.
std::optional<minutes> read_time(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
    return std::nullopt;
  const int hour = (text[0] - '0') * 10 + text[1] - '0';
  const int minute = (text[3] - '0') * 10 + text[4] - '0';
  if (minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
  return minutes(hour * 60 + minute);
}

std::optional<std::vector<Hours>> read_spans(std::string_view text) {
  std::vector<Hours> spans;
  for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view span = text.substr(0, end);
    text.remove_prefix(end);
    if (span.size() != 11 || span[5] != '-' || spans.size() == hours_spans_max) return std::nullopt;
    const auto from = read_time(span.substr(0, 5)), to = read_time(span.substr(6));
    if (!from || !to) return std::nullopt;
    spans.push_back({*from, *to});
  }
  return spans;
}

std::string time_text(minutes at) {
  const auto two = [](long long number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return two(at.count() / 60) + ":" + two(at.count() % 60);
}

std::string spans_text(const std::vector<Hours>& spans) {
  std::string out;
  for (const Hours& each : spans)
    out += (out.empty() ? "" : " ") + time_text(each.from) + "-" + time_text(each.to);
  return out;
}

}  // namespace

std::optional<OfficeHours> read_hours(std::string_view line) {
  if (line.size() > hours_line_size_max) return std::nullopt;
  const std::size_t parted = line.find(';');
  auto weekday = read_spans(line.substr(0, parted));
  auto saturday = read_spans(parted == std::string_view::npos ? "" : line.substr(parted + 1));
  if (!weekday || !saturday) return std::nullopt;
  OfficeHours hours{*std::move(weekday), *std::move(saturday)};
  if (!is_valid(hours)) return std::nullopt;
  minutes open{0};
  for (const Hours& each : hours.weekday) open += each.to - each.from;
  return open < weekday_least ? std::nullopt : std::optional(std::move(hours));
}

std::string to_text(const OfficeHours& hours) {
  std::string out = spans_text(hours.weekday);
  if (!hours.saturday.empty()) out += "; " + spans_text(hours.saturday);
  return out;
}

}  // namespace ln::calendar
