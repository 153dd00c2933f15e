// langnghe doctor: looks at everything a city needs to be served, from outside, and says in plain
// words what to do. It changes nothing but a test file in the data folder, which it removes, and
// may run beside a server.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/database.h"
#include "app/said.h"
#include "base/time.h"
#include "platform/mail/mail_carrier.h"

namespace ln::app {

struct DoctorWish {
  std::string data;
  std::string second = {};  // as serve would get it; empty: where it was until now
  std::string listen = "127.0.0.1:8080";
  std::string base_url = {};   // as serve would get it; empty: not given
  std::string backup_to = {};  // where backups go; empty: where the last one went
  mail::MailServer mail = {};  // as serve would get it; without a url: not given
  bool quick = false;          // leaves out what reads the whole database
  Instant now{};
  std::string url = {};  // of a PostgreSQL server; empty: the file in the folder
  std::string schema = schema_default;
  // When `now` was read: looking takes a while, and clocks are compared at the end of it.
  std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
};

struct Finding {
  enum class Level : std::uint8_t { fine, hint, warning, broken };
  Level level;
  std::string_view check;  // one word: "disk"
  Said said;
};

// In the order in which they were looked at.
std::vector<Finding> examine(const DoctorWish& wish);

// The exit status for them: 0 fine, 3 something to see to, 1 cannot be served.
int status_of(const std::vector<Finding>& findings);

std::string_view to_text(Finding::Level level);

}  // namespace ln::app
