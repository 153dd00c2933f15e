// Sizes and bans: what a single line or file must not be.
#include <algorithm>
#include <sstream>

#include "tools/tidy/tidy.h"

namespace ln::tidy {
namespace {

constexpr std::size_t lines_max = 500;
constexpr std::size_t columns_max = 100;
constexpr std::size_t arrows_max = 16;

struct Ban {
  const char* pattern;
  const char* instead;
  std::vector<const char*> allowed_in;  // beginnings of paths
};

const std::vector<Ban>& bans() {
  static const std::vector<Ban> all = {
      {"_clock::now",
       "an Instant parameter",
       {"app/", "platform/http/server", "platform/db/db_writer", "platform/db/db_postgres",
        "platform/db/recent", "platform/file/"}},
      {"std::rand", "base/random.h", {}},
      {"random_device", "base/random.h", {}},
      {"sqlite3_", "platform/db", {"platform/db/"}},
      {"libpq-fe.h", "platform/db", {"platform/db/"}},
      {"<boost/", "platform/http", {"platform/http/server", "platform/http/client"}},
      {"<regex>", "plain code", {}},
      {"<simdjson", "platform/json", {"platform/json/"}},
      {"<pugixml", "platform/office", {"platform/office/"}},
      {"std::thread", "a thread of app or platform", {"app/", "platform/"}},
      {".detach()", "a joined thread", {}},
      {"using namespace std;", "names", {}},
      {"FIX"
       "ME",
       "the fix, or an issue",
       {}},
      {"TO"
       "DO",
       "the work, or an issue",
       {}},
  };
  return all;
}

}  // namespace

void check_sizes(const Tree& tree, Problems& problems) {
  for (const Room& room : tree.rooms) {
    std::size_t number = 0;
    std::istringstream lines(room.text);
    for (std::string line; std::getline(lines, line);) {
      ++number;
      const auto columns = static_cast<std::size_t>(
          std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; }));
      if (columns > columns_max && line.find("https://") == std::string::npos)
        problems.push_back({room.path, number, "line is longer than 100 columns"});
    }
    if (number > lines_max)
      problems.push_back({room.path, number, "file is longer than 500 lines"});
    // Tests look at everything, and the one list of routes knows every room by design.
    const bool knows_all = room.is_test || room.path.starts_with("app/routes");
    if (!knows_all && room.arrows.size() > arrows_max)
      problems.push_back({room.path, 1, "file includes more than 16 of ours"});
  }
}

void check_bans(const Tree& tree, Problems& problems) {
  for (const Room& room : tree.rooms) {
    if (room.is_test) continue;
    std::size_t number = 0;
    std::istringstream lines(room.text);
    for (std::string line; std::getline(lines, line);) {
      ++number;
      for (const Ban& ban : bans()) {
        const bool excused =
            std::any_of(ban.allowed_in.begin(), ban.allowed_in.end(),
                        [&](const char* start) { return room.path.starts_with(start); });
        if (!excused && line.find(ban.pattern) != std::string::npos)
          problems.push_back(
              {room.path, number, std::string(ban.pattern) + " is banned, use " + ban.instead});
      }
    }
  }
}

}  // namespace ln::tidy
