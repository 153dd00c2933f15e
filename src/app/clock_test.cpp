// Who may choose what time it is.
#include "app/clock.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "app/arguments.h"
#include "test/folder.h"

namespace ln::app {

TEST_CASE("a clock is followed for a sample city alone, and only when it tells an instant") {
  const test::Folder folder;
  const std::string data = folder.path.string(), clock = (folder.path / "clock").string();
  std::ofstream(clock) << "2027-01-15T02:00:00Z\n";
  const auto refusal = [&] {
    try {
      follow_clock(data, clock);
    } catch (const Misuse& wrong) {
      return std::string(wrong.said.text.name());
    }
    return std::string("followed");
  };
  const Instant before = now();
  // A real city has no file that says it is made up.
  CHECK(refusal() == "cli.error.clock_sample");
  std::ofstream(folder.path / "sample") << "hanoi\n";
  std::ofstream(clock) << "tomorrow\n";
  CHECK(refusal() == "cli.error.clock");
  // Nothing of that moved the clock.
  CHECK(now() - before < std::chrono::minutes(5));
}

TEST_CASE("a clock that is followed goes on and never back") {
  const test::Folder folder;
  const std::string clock = (folder.path / "clock").string();
  std::ofstream(folder.path / "sample") << "hanoi\n";
  const auto says = [&](const char* text) {
    std::ofstream(clock) << text << "\n";
    return to_iso(now()).substr(0, 16);
  };
  std::ofstream(clock) << "2031-01-15T02:00:00Z\n";
  follow_clock(folder.path.string(), clock);
  CHECK(to_iso(now()).substr(0, 16) == "2031-01-15T02:00");
  // Written within the same tick of the file system: what it says counts, not when it was written.
  CHECK(says("2031-02-01T02:00:00Z") == "2031-02-01T02:00");
  CHECK(says("2031-01-20T02:00:00Z") == "2031-02-01T02:00");
  CHECK(says("soon") == "2031-02-01T02:00");
  CHECK(says("2031-02-02T02:00:00Z") == "2031-02-02T02:00");
  leave_clock();
  CHECK(to_iso(now()).substr(0, 4) < "2031");
}

}  // namespace ln::app
