// The real program as a process of its own, for tests that pull things from under it.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ln::test {

// Where a city lives: a folder, and a schema of a PostgreSQL server when there is a URL.
struct Place {
  std::string folder;
  std::string url = {};
  std::string schema = "city";
};

// `langnghe serve` or `witness` on a folder and a free port. Killed and collected when the object
// goes.
class Served {
 public:
  struct Options {
    std::string folder = {};        // or a place
    std::string command = "serve";  // or "witness", which takes the usual words too
    Place place = {};
    std::vector<std::string> more = {};  // words after the usual ones
    // Bounds it is born with, as RLIMIT_… and a value it cannot raise.
    std::vector<std::pair<int, rlim_t>> limits = {};
  };
  explicit Served(Options options);
  ~Served();
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  // Waits until it serves, or has ended: false.
  bool serves();
  std::uint16_t port() const { return port_; }
  pid_t pid() const { return pid_; }
  // Everything it has written on standard error.
  std::string log() const;
  // Whether these words stand in the log by and by; false after half a minute without.
  bool says(const std::string& words) const;
  // Raises or lowers one of its bounds while it runs.
  void bound(int resource, rlim_t soft) const;
  std::int64_t memory() const;  // resident, in bytes

  void kill();  // SIGKILL
  int stop();   // SIGTERM; its exit code
  int wait();   // its exit code, -1 when a signal ended it

 private:
  std::string log_path_;
  pid_t pid_ = 0;
  int said_ = -1;  // its standard output
  std::uint16_t port_ = 0;
};

// Makes a city with one office, for submissions to go to.
void make_city(const Place& place);
inline void make_city(const std::string& folder) { make_city(Place{.folder = folder}); }

// Asks again until it is so; false after half a minute.
bool becomes(const std::function<bool()>& is);

// Sends bytes to a port and reads one answer with a Content-Length. Null when nobody answers, or
// the connection breaks before all of it is there: then nobody knows what became of the request.
std::optional<std::string> try_ask(std::uint16_t port, const std::string& bytes);

// A request that submits a case, as a machine does.
std::string submission(const std::string& key, const std::string& json);

}  // namespace ln::test
