// When people write and when offices work, for the plan of the sample city.
#pragma once

#include "base/random.h"
#include "base/time.h"

namespace ln::app {

class SampleTime {
 public:
  SampleTime(Instant now, Random& random) : now_(now), random_(random) {}

  Instant now() const { return now_; }
  // A length of time between two, in minutes.
  std::chrono::minutes between(std::chrono::minutes least, std::chrono::minutes most);
  // When a citizen writes whose case is between `least` and `most` old: by day rather than by
  // night, on Mondays rather than on Sundays.
  Instant sent(std::chrono::minutes least, std::chrono::minutes most);
  // The first moment from `earliest` on at which a citizen is awake.
  Instant awake(Instant earliest);
  // The first moment from `earliest` on at which an office works, and the last one before `latest`.
  Instant at_work(Instant earliest);
  Instant at_work_before(Instant latest);

 private:
  Instant now_;
  Random& random_;
};

}  // namespace ln::app
