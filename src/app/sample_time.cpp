#include "app/sample_time.h"

#include "feature/feedback/feedback_deadline.h"

namespace ln::app {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

// How much is written on a weekday (Sunday first) and in an hour of the day.
constexpr std::uint64_t by_weekday[] = {6, 13, 12, 11, 11, 10, 7};
constexpr std::uint64_t weekday_most = 13;
constexpr std::uint64_t by_hour[24] = {2, 1, 0, 0, 0, 1, 4,  9,  12, 14, 13, 10,
                                       7, 8, 9, 9, 9, 9, 10, 11, 14, 13, 9,  5};
constexpr std::uint64_t hour_most = 14;

}  // namespace

minutes SampleTime::between(minutes least, minutes most) {
  const auto width = static_cast<std::uint64_t>((most - least).count());
  return least + minutes(random_.below(width + 1));
}

Instant SampleTime::sent(minutes least, minutes most) {
  constexpr int tries_max = 40;  // A range inside one night has no better hour.
  Instant at{};
  for (int i = 0; i < tries_max; ++i) {
    at = now_ - between(least, most) - std::chrono::milliseconds(random_.below(60'000));
    const Day day = local_day(at);
    const auto hour = static_cast<std::size_t>(time_of_day(at) / hours(1));
    if (random_.below(weekday_most) < by_weekday[std::chrono::weekday(day).c_encoding()] &&
        random_.below(hour_most) < by_hour[hour])
      break;
  }
  return at;
}

Instant SampleTime::awake(Instant earliest) {
  const auto time = time_of_day(earliest);
  if (time < hours(6)) return at_local(local_day(earliest), hours(6) + between({}, hours(3)));
  if (time < hours(23)) return earliest;
  return at_local(local_day(earliest) + days(1), hours(6) + between({}, hours(3)));
}

Instant SampleTime::at_work(Instant earliest) {
  for (Instant at = earliest;;) {
    const Day day = local_day(at);
    const auto time = time_of_day(at);
    if (!feedback::holidays()->is_working_day(day) || time > hours(16) + minutes(50))
      at = at_local(day + days(1), hours(8) + between(minutes(3), minutes(170)));
    else if (time < hours(8))
      return at_local(day, hours(8) + between(minutes(3), minutes(70)));
    else if (time >= hours(12) && time < hours(13))
      return at_local(day, hours(13) + between(minutes(2), minutes(60)));
    else
      return at;
  }
}

Instant SampleTime::at_work_before(Instant latest) {
  for (Instant at = latest;;) {
    const Day day = local_day(at);
    const auto time = time_of_day(at);
    if (!feedback::holidays()->is_working_day(day) || time < hours(8))
      at = at_local(day - days(1), hours(17) - between(minutes(5), minutes(230)));
    else if (time >= hours(17))
      return at_local(day, hours(17) - between(minutes(5), minutes(200)));
    else if (time >= hours(12) && time < hours(13))
      return at_local(day, hours(12) - between(minutes(2), minutes(120)));
    else
      return at;
  }
}

}  // namespace ln::app
