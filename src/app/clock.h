// The one place that reads the clock.
#pragma once

#include "base/time.h"

namespace ln::app {

inline Instant now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace ln::app
