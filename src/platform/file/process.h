// Another program, run with nothing of ours: no descriptors, no environment, no signals blocked,
// a process group of its own, and an end that comes in any case.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "platform/file/file.h"

namespace ln::file {

struct ProcessLimits {
  std::size_t output_max;              // bytes; with one more it is killed
  std::chrono::milliseconds wall_max;  // from its start to the end of its output
};

struct ProcessOutcome {
  enum class End : std::uint8_t { finished, too_slow, too_much_output };
  End end;
  // How it ended. What closes its output without ending is killed, and that shows here.
  int exit_code;       // 0 to 255; -1 when a signal ended it
  int signal;          // 0 when none did
  std::string output;  // what it wrote before its end
};

// Runs `words` ({"/bin/program", "argument", …}) with `input` as its standard input and waits for
// it. Its standard error goes nowhere. Safe to call from any thread of a program with many: nothing
// runs between fork and exec. Throws Failure when it cannot be started.
ProcessOutcome run_process(const std::vector<std::string>& words,
                           const Descriptor& input,
                           const ProcessLimits& limits);

}  // namespace ln::file
