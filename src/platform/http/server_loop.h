// One I/O thread of the server: its connections, its clock of deadlines, its listeners. For
// server.cpp alone.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "platform/http/http_broadcast.h"
#include "platform/http/http_reception.h"
#include "platform/http/server.h"
#include "platform/http/server_meter.h"

namespace ln::http {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;
using Executor = asio::io_context::executor_type;
using Tcp = asio::ip::tcp;
using Socket = asio::basic_stream_socket<Tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<Tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>,
                                         Executor>;
template <class T>
using Task = asio::awaitable<T, Executor>;
inline constexpr auto quietly = asio::as_tuple(asio::use_awaitable_t<Executor>{});

// The randomness of the server, lent to one thread at a time.
class SharedRandom final : public Random {
 public:
  explicit SharedRandom(Random& random) : random_(&random) {}
  void fill(std::span<std::uint8_t> bytes) override {
    const std::lock_guard lock(mutex_);
    random_->fill(bytes);
  }

 private:
  std::mutex mutex_;
  Random* random_;
};

struct Loop;

// What all threads of a server share. Everything but the counters is set before they start.
struct Service {
  Service(ServerOptions given,
          const Router& the_router,
          db::Database& the_database,
          Random& the_random,
          const html::Site& site,
          Broadcast& the_broadcast)
      : options(std::move(given)),
        router(&the_router),
        database(&the_database),
        random(the_random),
        broadcast(&the_broadcast),
        reception({options.form_key, options.rate_limit, options.rates, options.probes},
                  the_router,
                  random,
                  site),
        uploads(options.upload_folder, options.uploads_size_max),
        workers(static_cast<std::size_t>(options.workers)) {}

  ServerOptions options;
  // Set before any loop drains: a reply of another loop that is written meanwhile says so as well.
  std::atomic<bool> stopping = false;
  const Router* router;
  db::Database* database;
  SharedRandom random;
  Broadcast* broadcast;
  Reception reception;
  UploadFolder uploads;
  std::int64_t tick_ms = 100;
  std::uint16_t port = 0;
  std::uint64_t watcher = 0;
  std::atomic<std::size_t> connections{0};
  std::atomic<std::size_t> streams{0};
  std::atomic<std::size_t> at_workers{0};
  std::atomic<std::uint64_t> turned_away{0};
  std::atomic<std::uint64_t> slow{0};
  std::vector<std::unique_ptr<Loop>> loops;
  std::vector<std::thread> threads;
  asio::thread_pool workers;  // the first to go: what runs there uses the others
};

// Deadlines are counted in ticks of the loop's own timer: a connection costs no timer, and a
// request no look at a clock.
inline constexpr std::uint64_t never = ~std::uint64_t{0};

// Only its loop's thread touches it.
struct Connection {
  Connection(Loop& its_loop, Socket its_socket);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Loop& loop;
  Socket socket;
  boost::beast::flat_buffer buffer{256 * 1024};  // read and not yet understood
  std::uint64_t deadline = never;                // in ticks; at it the socket's work is cancelled
  bool overdue = false;
  bool waiting = true;     // for the first byte of a request
  std::size_t served = 0;  // requests
  std::array<std::uint8_t, 16> address{};
  std::size_t address_size = 0;
  bool is_local = false;  // from this machine
};

// Only its thread touches it, but for `io`.
struct Loop {
  explicit Loop(Service& its_service);
  // `ms` from now, in ticks; a little late rather than early.
  std::uint64_t in(std::int64_t ms) const {
    return ticks + static_cast<std::uint64_t>(ms / service.tick_ms) + 2;
  }

  Service& service;
  asio::io_context io{1};
  Acceptor acceptor{io};
  Timer ticker{io};
  std::uint64_t ticks = 0;
  Meter meter;
  std::uint64_t serial;  // of the next request
  bool draining = false;
  std::uint64_t drain_end = never;
  std::unordered_set<Connection*> connections;
  std::unordered_map<std::string, std::unordered_set<Timer*>> listeners;  // by channel
  std::string date;  // "Date: …\r\n" of date_second
  std::int64_t date_second = -1;
};

inline Loop::Loop(Service& its_service)
    : service(its_service),
      meter(its_service.router->routes().size()),
      serial(its_service.random.next()) {}

inline Connection::Connection(Loop& its_loop, Socket its_socket)
    : loop(its_loop), socket(std::move(its_socket)) {
  loop.connections.insert(this);
  ErrorCode failure;
  const auto address_of = socket.remote_endpoint(failure).address();
  is_local = !failure && address_of.is_loopback();
  if (address_of.is_v6() && !address_of.to_v6().is_v4_mapped()) {
    const auto bytes = address_of.to_v6().to_bytes();
    std::copy(bytes.begin(), bytes.end(), address.begin());
    address_size = bytes.size();
  } else {
    const auto bytes =
        address_of.is_v6()
            ? asio::ip::make_address_v4(asio::ip::v4_mapped, address_of.to_v6()).to_bytes()
            : address_of.to_v4().to_bytes();
    std::copy(bytes.begin(), bytes.end(), address.begin());
    address_size = bytes.size();
  }
}

inline Connection::~Connection() {
  loop.connections.erase(this);
  --loop.service.connections;
}

}  // namespace ln::http
