// Asks other servers: what a city sends its witnesses. http and https, bounded in time and size; no
// redirect is followed, and a certificate that this machine does not trust is a failure.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ln::http {

struct Target {
  bool is_secure = false;  // https
  std::string host;        // without the brackets of an IPv6 address
  std::string port;
  std::string path;  // begins with '/'
  friend bool operator==(const Target&, const Target&) = default;
};
// The parts of "https://host[:port][/path]"; null for other schemes, users, queries, fragments,
// spaces, control characters and more than 2,000 bytes.
std::optional<Target> parse_target(std::string_view url);

struct Ask {
  std::string url;
  std::string body = {};
  std::string content_type = "text/plain; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers = {};  // ours alone: taken as they are
};
struct Heard {
  int status = 0;  // 0: no whole answer came
  std::string content_type;
  std::string body;
  std::string failure;  // why none came; for the log
};
struct ClientLimits {
  std::chrono::milliseconds time{10'000};  // for everything together
  std::size_t body_max = 64UL * 1024;      // bytes of an answer
};

// Sends all at once, each as a POST over a connection of its own, and waits for the answers; they
// stand in the order of the questions. Ends early when `stop` says so. Never throws for what others
// do.
std::vector<Heard> post_all(std::span<const Ask> asks,
                            const ClientLimits& limits = {},
                            const std::stop_token& stop = {});

}  // namespace ln::http
