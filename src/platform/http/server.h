// Serves a Router on a socket. Boost.Beast stays behind this header (server.cpp is the only file
// that includes it).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/random.h"
#include "platform/db/db.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

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
  std::size_t connections_max = 20'000;
  std::size_t sse_max = 60'000;
  bool rate_limit = true;
  std::string upload_folder;  // for temporary files of multipart bodies; made, emptied at start
  std::function<Instant()> clock;
};

class Server {
 public:
  Server(ServerOptions options,
         const Router& router,
         db::Database& database,
         Random& random,
         const html::Site& site,
         Broadcast& broadcast);
  ~Server();

  // Binds and starts the threads; throws std::runtime_error when the address is taken.
  void start();
  std::uint16_t port() const;
  // Stops accepting, lets running requests finish (at most `timeout_ms`), then returns.
  void stop(std::int64_t timeout_ms);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace ln::http
