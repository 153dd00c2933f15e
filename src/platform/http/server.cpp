#include "platform/http/server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <stdexcept>
#include <utility>

#include "base/check.h"
#include "base/log.h"
#include "platform/http/server_loop.h"
#include "platform/http/server_request.h"

namespace ln::http {
namespace {

constexpr std::size_t linger_max = 32 * 1024 * 1024;  // bytes of a refused body we let pass
constexpr std::int64_t linger_ms = 5'000;
constexpr std::size_t served_in_a_row = 16;
constexpr std::int64_t tick_ms_max = 100;
constexpr std::int64_t preconnect_ms = 250;  // for who connected while we were stopping

// ---- a connection ----

// The timer of one listener, where a publisher finds it.
class Listening {
 public:
  Listening(Loop& loop, const std::string& channel)
      : timer(loop.io), loop_(&loop), channel_(channel) {
    loop.listeners[channel].insert(&timer);
    ++loop.service.streams;
  }
  ~Listening() {
    auto& here = loop_->listeners[channel_];
    here.erase(&timer);
    if (here.empty()) loop_->listeners.erase(channel_);
    --loop_->service.streams;
  }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;
  Timer timer;

 private:
  Loop* loop_;
  std::string channel_;
};

// Tells the listener the newest event whenever there is one it has not heard. While it is slow to
// take one, events pass it by.
Task<void> stream(Connection& connection, const std::string& channel) {
  Loop& loop = connection.loop;
  const ServerOptions& options = loop.service.options;
  Listening listening(loop, channel);
  std::uint64_t heard = 0;
  std::string text = "retry: 3000\n\n";
  for (;;) {
    if (!text.empty()) {
      connection.deadline = loop.in(options.request_timeout_ms);
      if (!co_await write_out(connection, text, {})) co_return;
      connection.deadline = never;
      text.clear();
    }
    if (loop.draining) co_return;
    const auto latest = loop.service.broadcast->inside().latest(channel);
    if (latest != nullptr && latest->number != heard) {
      heard = latest->number;
      text = latest->text;
      continue;
    }
    listening.timer.expires_after(std::chrono::milliseconds(options.sse_heartbeat_ms));
    const auto [woken] = co_await listening.timer.async_wait(quietly);
    if (!woken) text = ":\n\n";
  }
}

// Closes so that the last answer arrives: a socket closed with unread bytes in it would reset the
// connection and take the answer along.
Task<void> part(Connection& connection, bool linger) {
  ErrorCode failure;
  connection.socket.shutdown(Tcp::socket::shutdown_send, failure);
  if (failure || !linger) co_return;
  connection.deadline = connection.loop.in(linger_ms);
  for (std::size_t read = 0; read < linger_max;) {
    connection.buffer.clear();
    if (!co_await read_more(connection, read_body_size)) co_return;
    read += connection.buffer.size();
  }
}

Task<void> session(Loop& loop, Socket socket) {
  Connection connection(loop, std::move(socket));
  ErrorCode failure;
  connection.socket.set_option(Tcp::no_delay(true), failure);
  connection.socket.non_blocking(true, failure);
  if (failure) co_return;
  for (;;) {
    const Next next = co_await serve_one(connection);
    if (!next.sse_channel.empty()) {
      co_await stream(connection, next.sse_channel);
      co_return;
    }
    if (!next.keep_alive) co_return co_await part(connection, next.linger);
    // Whoever sends many requests at once lets the others have a turn.
    if (connection.buffer.size() > 0 && connection.served % served_in_a_row == 0)
      co_await asio::post(loop.io, asio::use_awaitable_t<Executor>{});
  }
}

// ---- a thread ----

void welcome(Loop& loop, Socket socket) {
  Service& service = loop.service;
  if (++service.connections > service.options.connections_max) {
    --service.connections;
    service.turned_away.fetch_add(1, std::memory_order_relaxed);
    static constexpr std::string_view full =
        "HTTP/1.1 503 Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n"
        "Connection: close\r\n\r\n";
    ErrorCode ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(full), ignored);
    return;
  }
  asio::co_spawn(loop.io, session(loop, std::move(socket)), [](const std::exception_ptr& thrown) {
    if (!thrown) return;
    try {
      std::rethrow_exception(thrown);
    } catch (const std::exception& failure) {
      log::write(log::Level::error, "connection", {{"what", std::string_view(failure.what())}});
    }
  });
}

Task<void> accept(Loop& loop) {
  Timer pause(loop.io);
  while (loop.acceptor.is_open()) {
    auto [failure, socket] = co_await loop.acceptor.async_accept(quietly);
    if (!failure) {
      welcome(loop, std::move(socket));
    } else if (loop.acceptor.is_open()) {
      // Out of descriptors, most likely: those who wait are served when others have left.
      pause.expires_after(std::chrono::milliseconds(50));
      co_await pause.async_wait(quietly);
    }
  }
}

// Counts the ticks, cuts who is overdue, and ends when everybody has left a server that is
// stopping.
Task<void> tick(Loop& loop) {
  for (;;) {
    loop.ticker.expires_after(std::chrono::milliseconds(loop.service.tick_ms));
    co_await loop.ticker.async_wait(quietly);
    ++loop.ticks;
    const bool out = loop.ticks >= loop.drain_end;
    for (Connection* connection : loop.connections) {
      if (connection->deadline > loop.ticks && !out) continue;
      connection->overdue = true;
      ErrorCode ignored;
      if (out)
        connection->socket.close(ignored);
      else
        connection->socket.cancel(ignored);
    }
    if (loop.draining && loop.connections.empty()) co_return;
  }
}

// From here on nobody new is let in, streams end, and each connection ends after its request.
void drain(Loop& loop, std::int64_t timeout_ms) {
  if (loop.draining) return;
  loop.draining = true;
  loop.drain_end = loop.in(timeout_ms);
  // Whoever the kernel has already connected would be reset when the acceptor closes.
  ErrorCode failure;
  loop.acceptor.non_blocking(true, failure);
  while (!failure) {
    Socket socket(loop.io);
    loop.acceptor.accept(socket, failure);
    if (!failure) welcome(loop, std::move(socket));
  }
  loop.acceptor.close(failure);
  for (Connection* connection : loop.connections) {
    if (!connection->waiting) continue;
    connection->deadline =
        connection->served > 0 ? 0 : std::min(connection->deadline, loop.in(preconnect_ms));
  }
  for (auto& [channel, timers] : loop.listeners)
    for (Timer* timer : timers) timer->cancel();
  loop.ticker.cancel();
}

void wake_listeners(Loop& loop, const std::string& channel) {
  const auto found = loop.listeners.find(channel);
  if (found == loop.listeners.end()) return;
  for (Timer* timer : found->second) timer->cancel();
}

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

// Opens one acceptor of the port for each thread; the kernel spreads connections over them.
void bind_all(Service& service) {
  Tcp::endpoint place(asio::ip::make_address(service.options.address), service.options.port);
  {
    // Shared ports would let a second server of the same user in; an unshared one does not.
    asio::io_context io;
    const Tcp::acceptor probe(io, place, true);
    place = probe.local_endpoint();
  }
  for (const auto& loop : service.loops) {
    loop->acceptor.open(place.protocol());
    loop->acceptor.set_option(Tcp::acceptor::reuse_address(true));
    loop->acceptor.set_option(ReusePort(true));
    loop->acceptor.bind(place);
    loop->acceptor.listen(4096);
  }
  service.port = place.port();
}

}  // namespace

struct Server::Inside {
  Service service;
};

Server::Server(ServerOptions options,
               const Router& router,
               db::Database& database,
               Random& random,
               const html::Site& site,
               Broadcast& broadcast) {
  CHECK(options.clock != nullptr && !options.upload_folder.empty());
  CHECK(options.threads > 0 && options.workers > 0);
  inside_ = std::unique_ptr<Inside>(
      new Inside{{std::move(options), router, database, random, site, broadcast}});
}

Server::~Server() { stop(0); }

std::uint16_t Server::port() const { return inside_->service.port; }

ServerFigures Server::figures() const {
  const Service& service = inside_->service;
  ServerFigures figures;
  for (const Route& route : service.router->routes())
    figures.routes.push_back({.pattern = route.pattern, .method = route.method});
  figures.routes.resize(figures.routes.size() + request_kinds);
  figures.took.fill(Durations().read());
  for (const auto& loop : service.loops) loop->meter.add_to(figures);
  figures.limited = service.reception.limited();
  figures.turned_away = service.turned_away;
  figures.slow = service.slow;
  figures.connections = service.connections;
  figures.streams = service.streams;
  figures.at_workers = service.at_workers;
  return figures;
}

void Server::bind() {
  Service& service = inside_->service;
  const ServerOptions& options = service.options;
  CHECK(service.loops.empty());
  const std::int64_t shortest =
      std::min({options.request_timeout_ms, options.upload_timeout_ms, options.idle_timeout_ms});
  service.tick_ms = std::clamp<std::int64_t>(shortest / 4, 5, tick_ms_max);
  for (int i = 0; i < options.threads; ++i)
    service.loops.push_back(std::make_unique<Loop>(service));
  try {
    bind_all(service);
  } catch (const boost::system::system_error& failure) {
    service.loops.clear();
    throw std::runtime_error("cannot listen on " + options.address + ":" +
                             std::to_string(options.port) + ": " + failure.code().message());
  }
}

void Server::start() {
  Service& service = inside_->service;
  CHECK(service.threads.empty());
  if (service.loops.empty()) bind();
  service.watcher = service.broadcast->inside().watch([&service](const std::string& channel) {
    for (const auto& loop : service.loops)
      asio::post(loop->io, [&loop = *loop, channel] { wake_listeners(loop, channel); });
  });
  for (const auto& loop : service.loops) {
    asio::co_spawn(loop->io, accept(*loop), asio::detached);
    asio::co_spawn(loop->io, tick(*loop), asio::detached);
    service.threads.emplace_back([&loop = *loop] { loop.io.run(); });
  }
}

void Server::stop(std::int64_t timeout_ms) {
  Service& service = inside_->service;
  if (service.threads.empty()) return;
  service.broadcast->inside().forget(service.watcher);
  service.stopping = true;
  for (const auto& loop : service.loops)
    asio::post(loop->io, [&loop = *loop, timeout_ms] { drain(loop, timeout_ms); });
  for (std::thread& thread : service.threads) thread.join();
  service.threads.clear();
  service.workers.join();
}

}  // namespace ln::http
