// Serves a Router on a socket. Boost.Beast stays behind this header (server.cpp is the only file
// that includes it).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/random.h"
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

  // Binds and starts the threads; returns when connections are accepted. Throws std::runtime_error
  // when the address is taken.
  void start();
  std::uint16_t port() const;
  // Stops accepting, lets running requests finish (at most `timeout_ms`), then returns. A write
  // that was handed to the database is waited for however long it takes. May be called again.
  void stop(std::int64_t timeout_ms);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace ln::http
