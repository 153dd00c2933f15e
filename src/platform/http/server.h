// Serves a Router on a socket. Boost.Beast stays behind this header (besides server.cpp only
// client.cpp includes it).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/tally.h"
#include "platform/db/db.h"
#include "platform/html/view.h"
#include "platform/http/http.h"
#include "platform/http/http_guard.h"

namespace ln::http {

// The latest event of each server-sent-events channel. publish() is thread-safe; the server's
// threads deliver to their own listeners.
class Broadcast {
 public:
  Broadcast();
  ~Broadcast();
  // `data` is one line of JSON. A slow listener skips to the newest event rather than queue.
  void publish(const std::string& channel, const std::string& event, const std::string& data);
  struct Inside;
  Inside& inside() { return *inside_; }

 private:
  std::unique_ptr<Inside> inside_;
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0 = any free one; see Server::port()
  int threads = 2;            // I/O threads, each with its own acceptor and read connection
  int workers = 2;            // for Runs::on_worker
  std::size_t header_max = 16 * 1024;
  std::int64_t request_timeout_ms = 30'000;  // absolute, for head and body together
  std::int64_t upload_timeout_ms = 120'000;  // absolute, for multipart bodies
  std::int64_t idle_timeout_ms = 60'000;     // between requests
  std::int64_t sse_heartbeat_ms = 15'000;    // a comment to listeners who hear nothing else
  std::size_t connections_max = 80'000;      // streams included; above it 503 at once
  std::size_t sse_max = 60'000;
  bool rate_limit = true;
  Rates rates = {};
  // The sender is the last address of X-Forwarded-For, which our proxy wrote. Only when nobody can
  // reach the server but through that proxy.
  bool behind_proxy = false;
  // Secret; several servers of one site share it. Empty: drawn at start, so that forms which are
  // open while the server restarts expire.
  std::string form_key = {};
  std::string upload_folder =
      {};  // for temporary files of multipart bodies; made, emptied at start
  std::int64_t uploads_size_max = std::int64_t{1} << 30U;  // bytes of all of them at a time
  std::function<Instant()> clock = {};
  // A request that took longer is told in the log: its route and where the time went. 0 = none.
  std::int64_t slow_ms = 1'000;
  std::vector<Probe> probes = {};
};

// What the server has counted since it started, for whoever watches it.
enum class RequestKind : std::uint8_t { read, write, asset, probe };
inline constexpr std::size_t request_kinds = 4;
inline constexpr std::size_t status_classes = 4;  // 2xx, 3xx, 4xx, 5xx
struct RouteFigures {
  std::string_view pattern;  // empty: none matched, or it is not a route
  Method method = Method::get;
  std::array<std::uint64_t, status_classes> by_class{};  // answers
  std::uint64_t us = 0;                                  // microseconds, of all of them together
};
struct ServerFigures {
  std::vector<RouteFigures> routes;  // the router's, then one for each kind that is no route
  std::array<Spreading, request_kinds> took;  // microseconds from head read to answer ready
  std::uint64_t limited = 0;                  // refused by the rate limit
  std::uint64_t turned_away = 0;              // connections above connections_max
  std::uint64_t slow = 0;                     // requests above slow_ms
  std::size_t connections = 0, streams = 0, at_workers = 0;  // now
};

// Borrows everything but the options. `random` is used by one thread at a time.
class Server {
 public:
  Server(ServerOptions options,
         const Router& router,
         db::Database& database,
         Random& random,
         const html::Site& site,
         Broadcast& broadcast);
  ~Server();

  // Takes the address; from here on port() is known and connections wait. Throws
  // std::runtime_error when it is taken.
  void bind();
  // Starts the threads, after bind() if nobody called it; returns when requests are answered.
  void start();
  std::uint16_t port() const;
  // Costs the server nothing; may be asked by any thread.
  ServerFigures figures() const;
  // Stops accepting, lets running requests finish (at most `timeout_ms`), then returns. A write
  // that was handed to the database is waited for however long it takes. May be called again.
  void stop(std::int64_t timeout_ms);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace ln::http
