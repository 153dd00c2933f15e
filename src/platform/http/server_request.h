// One request of a connection: its bytes in, its handler, its bytes out. For server.cpp alone.
#pragma once

#include <ctime>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/log.h"
#include "base/text.h"
#include "platform/http/server_loop.h"
#include "platform/http/server_parser.h"

namespace ln::http {

inline constexpr std::size_t read_size = 4 * 1024;
inline constexpr std::size_t read_body_size = 64 * 1024;
inline constexpr std::size_t at_workers_max = 512;

// ---- bytes in, bytes out ----

// False when the connection is closed, broken or overdue.
inline Task<bool> read_more(Connection& connection, std::size_t size) {
  if (connection.buffer.size() + size > connection.buffer.max_size()) co_return false;
  const auto [failure, count] =
      co_await connection.socket.async_read_some(connection.buffer.prepare(size), quietly);
  connection.buffer.commit(count);
  co_return !failure && !connection.overdue;
}

inline Task<bool> write_out(Connection& connection, std::string_view head, std::string_view body) {
  std::array<asio::const_buffer, 2> both = {asio::buffer(head), asio::buffer(body)};
  ErrorCode failure;
  // Nearly every answer fits into the socket's buffer: no need to be woken for that.
  std::size_t sent = connection.socket.write_some(both, failure);
  if (failure == asio::error::would_block) failure = {};
  if (failure) co_return false;
  if (sent == head.size() + body.size()) co_return true;
  const std::size_t of_head = std::min(sent, head.size());
  both[0] += of_head;
  both[1] += sent - of_head;
  const auto [failure_later, rest] = co_await asio::async_write(connection.socket, both, quietly);
  co_return !failure_later && !connection.overdue;
}

// Waits until `start`'s argument is called, from any thread, once.
template <class Start>
Task<void> until_resumed(Loop& loop, Start& start) {
  auto initiate = [&loop, &start](auto handler) {
    auto held = std::make_shared<decltype(handler)>(std::move(handler));
    start([&loop, held] {
      asio::post(loop.io, [held] {
        auto resume = std::move(*held);
        resume();
      });
    });
  };
  asio::use_awaitable_t<Executor> token;
  co_await asio::async_initiate<asio::use_awaitable_t<Executor>, void()>(initiate, token);
}

inline constexpr int head_ready = 0;
inline constexpr int head_closed = -1;

// The head of the next request: ready, closed, or the status to refuse it with.
inline Task<int> read_head(Connection& connection, RequestParser& parser) {
  Loop& loop = connection.loop;
  const ServerOptions& options = loop.service.options;
  auto& buffer = connection.buffer;
  connection.waiting = buffer.size() == 0;
  if (loop.draining && connection.waiting && connection.served > 0) co_return head_closed;
  connection.deadline =
      loop.in(connection.waiting ? options.idle_timeout_ms : options.request_timeout_ms);
  for (;;) {
    if (buffer.size() > 0) {
      ErrorCode failure;
      buffer.consume(parser.put(buffer.data(), failure));
      if (!failure && parser.is_header_done()) co_return head_ready;
      if (failure == boost::beast::http::error::header_limit) co_return 431;
      if (failure && failure != boost::beast::http::error::need_more) co_return 400;
    }
    const bool more = co_await read_more(connection, read_size);
    if (!more) co_return connection.overdue && !connection.waiting ? 408 : head_closed;
    if (!connection.waiting) continue;
    connection.waiting = false;
    connection.deadline = loop.in(options.request_timeout_ms);
  }
}

// ---- the body ----

// Feeds the body to `reader`; the refusal, when there is one.
inline Task<std::optional<Refusal>> read_body(Connection& connection,
                                              RequestParser& parser,
                                              BodyReader& reader) {
  parser.set_reader(reader);
  auto& buffer = connection.buffer;
  while (!parser.is_done()) {
    ErrorCode failure = boost::beast::http::error::need_more;
    if (buffer.size() > 0) buffer.consume(parser.put(buffer.data(), failure));
    if (parser.refusal()) co_return parser.refusal();
    if (!failure) continue;
    if (failure != boost::beast::http::error::need_more)
      co_return Refusal{400, "error.bad_request.body"_t};
    const bool more = co_await read_more(connection, read_body_size);
    if (more) continue;
    if (connection.overdue) co_return Refusal{408, "error.too_slow.body"_t};
    co_return Refusal{400, "error.bad_request.body"_t};
  }
  co_return reader.finish();
}

// Reads what was sent with the head, when the route wants it. True when the connection stands
// where the next request begins.
inline Task<bool> take_body(Connection& connection, RequestParser& parser, Visit& visit) {
  Service& service = connection.loop.service;
  Reception& reception = service.reception;
  const bool wanted = !visit.ready && visit.route != nullptr && visit.request.method != Method::get;
  if (!wanted) co_return !parser.has_body();
  if (parser.content_length().value_or(0) > static_cast<std::uint64_t>(visit.body_max)) {
    reception.refuse(visit, {413, "error.too_large.body"_t});
    co_return false;
  }
  if (parser.has_body() && parser.expects_continue() && connection.buffer.size() == 0)
    if (!co_await write_out(connection, "HTTP/1.1 100 Continue\r\n\r\n", {})) co_return false;
  std::exception_ptr thrown;
  std::optional<Refusal> refused;
  try {
    BodyReader reader(visit, service.uploads);
    if (reader.is_multipart())
      connection.deadline = connection.loop.in(service.options.upload_timeout_ms);
    refused = co_await read_body(connection, parser, reader);
  } catch (...) {
    thrown = std::current_exception();
  }
  if (thrown) visit.ready = reception.failed(visit, thrown);
  if (refused) reception.refuse(visit, *refused);
  reception.admit(visit);
  co_return parser.is_done();
}

// ---- the handler ----

template <class Run>
auto with_database(Service& service, const Visit& visit, Instant now, Run run) {
  Surroundings with{nullptr, &service.random, now};
  if (!visit.route->reads) return run(with);
  return service.database->read([&](db::Read& read) {
    with.read = &read;
    return run(with);
  });
}

inline Response run_reader(Service& service, Visit& visit, Instant now) {
  try {
    return with_database(service, visit, now, [&](const Surroundings& with) {
      return service.reception.read(visit, with);
    });
  } catch (...) {
    return service.reception.failed(visit, std::current_exception());
  }
}

using Prepared = std::variant<Response, Pending>;

inline Prepared run_preparer(Service& service, Visit& visit, Instant now) {
  try {
    return with_database(service, visit, now, [&](const Surroundings& with) {
      return service.reception.prepare(visit, with);
    });
  } catch (...) {
    return service.reception.failed(visit, std::current_exception());
  }
}

inline Task<Prepared> prepare(Loop& loop, Visit& visit, Instant now, Stages& stages) {
  Service& service = loop.service;
  if (visit.route->limits.runs == Runs::at_once) co_return run_preparer(service, visit, now);
  if (++service.at_workers > at_workers_max) {
    --service.at_workers;
    co_return service.reception.busy(visit);
  }
  std::optional<Prepared> prepared;
  auto start = [&](auto resume) {
    asio::post(service.workers, [&, resume] {
      stages.preparing = roughly_now();
      prepared.emplace(run_preparer(service, visit, now));
      --service.at_workers;
      resume();
    });
  };
  co_await until_resumed(loop, start);
  co_return *std::move(prepared);
}

// Hands the write to the database and comes back after its COMMIT.
inline Task<Response> commit(Loop& loop, Visit& visit, const Pending& pending, Stages& stages) {
  Service& service = loop.service;
  std::exception_ptr failure;
  db::Seal seal;
  bool queued = true;
  auto start = [&](auto resume) {
    db::Job job{
        [&pending, &stages](db::Write& write) {
          stages.taken = roughly_now();
          return pending.work()(write);
        },
        [&failure, &seal, &stages, resume](std::exception_ptr thrown, const db::Seal& made) {
          stages.committed = roughly_now();
          failure = std::move(thrown);
          seal = made;
          resume();
        }};
    queued = service.database->submit(std::move(job));
    if (!queued) resume();
  };
  co_await until_resumed(loop, start);
  if (!queued) co_return service.reception.busy(visit);
  co_return service.reception.finish(visit, pending, failure,
                                     seal ? std::string_view(*seal) : std::string_view());
}

inline Task<Response> respond(Loop& loop, Visit& visit, Instant now, Stages& stages) {
  if (visit.ready) co_return *std::move(visit.ready);
  if (visit.request.method == Method::get) co_return run_reader(loop.service, visit, now);
  stages.received = roughly_now();
  Prepared prepared = co_await prepare(loop, visit, now, stages);
  stages.prepared = roughly_now();
  if (auto* response = std::get_if<Response>(&prepared)) co_return std::move(*response);
  const Pending pending = std::get<Pending>(std::move(prepared));
  co_return co_await commit(loop, visit, pending, stages);
}

// ---- one request ----

inline std::string_view phrase(int status) {
  const std::pair<int, std::string_view> phrases[] = {{200, "OK"},
                                                      {201, "Created"},
                                                      {202, "Accepted"},
                                                      {204, "No Content"},
                                                      {303, "See Other"},
                                                      {304, "Not Modified"},
                                                      {400, "Bad Request"},
                                                      {401, "Unauthorized"},
                                                      {403, "Forbidden"},
                                                      {404, "Not Found"},
                                                      {405, "Not Allowed"},
                                                      {408, "Request Timeout"},
                                                      {409, "Conflict"},
                                                      {410, "Gone"},
                                                      {413, "Content Too Large"},
                                                      {415, "Not Taken"},
                                                      {422, "Invalid"},
                                                      {429, "Too Many"},
                                                      {431, "Head Too Large"},
                                                      {500, "Failure"},
                                                      {501, "Not Supported"},
                                                      {503, "Unavailable"}};
  for (const auto& [number, words] : phrases)
    if (number == status) return words;
  return "Status";
}

inline const std::string& date_line(Loop& loop, Instant now) {
  const auto second = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  if (second == loop.date_second) return loop.date;
  loop.date_second = second;
  const std::time_t time = second;
  std::tm parts{};
  gmtime_r(&time, &parts);
  std::array<char, 64> text{};
  std::strftime(text.data(), text.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
  return loop.date = text.data();
}

struct Next {
  bool keep_alive = false;
  bool linger = false;      // the sender may still be sending what we refused
  std::string sse_channel;  // not empty: the connection is a stream from here on
};

inline std::string head_text(
    Loop& loop, const RequestParser& parser, const Reply& reply, bool keep, Instant now) {
  std::string head = "HTTP/1.1 " + std::to_string(reply.status) + " ";
  head.reserve(reply.head.size() + 256);
  head += phrase(reply.status);
  head += "\r\n";
  head += date_line(loop, now);
  head += reply.head;
  const bool sized = reply.status != 304 && reply.status != 204 && reply.sse_channel.empty();
  if (sized) head += "Content-Length: " + std::to_string(reply.body().size()) + "\r\n";
  if (!keep) head += "Connection: close\r\n";
  if (keep && parser.version() == 10) head += "Connection: keep-alive\r\n";
  return head += "\r\n";
}

inline std::string_view method_text(const Visit& visit, const RequestParser& parser) {
  if (visit.route == nullptr && visit.asset == nullptr) return "";
  return parser.method() == "POST" || parser.method() == "HEAD" ? std::string_view(parser.method())
                                                                : std::string_view("GET");
}

// Counts the request and writes it down: by its route, never by its path.
inline void note(Loop& loop,
                 const Visit& visit,
                 const RequestParser& parser,
                 const Reply& reply,
                 Stages stages) {
  Service& service = loop.service;
  const Request& request = visit.request;
  const std::uint64_t us = us_between(stages.begun, stages.answered);
  const auto kind = visit.quiet                     ? RequestKind::probe
                    : visit.asset != nullptr        ? RequestKind::asset
                    : request.method == Method::get ? RequestKind::read
                                                    : RequestKind::write;
  const auto routes = service.router->routes();
  const std::size_t route = visit.route == nullptr
                                ? routes.size()
                                : static_cast<std::size_t>(visit.route - routes.data());
  loop.meter.count(route, kind, reply.status, us);
  if (visit.quiet) return;
  const std::string_view method = method_text(visit, parser);
  const std::string_view pattern = visit.asset != nullptr ? "/a/{name}" : request.route;
  const auto ms = [](std::uint64_t microseconds) {
    return static_cast<std::int64_t>(microseconds / 1'000);
  };
  // The size of the answer to something that was sent would tell whether it was a protected case.
  if (request.method == Method::get)
    log::write(log::Level::info, "request",
               {{"id", std::string_view(request.id)},
                {"method", method},
                {"route", pattern},
                {"status", std::int64_t{reply.status}},
                {"ms", ms(us)},
                {"bytes", static_cast<std::int64_t>(reply.body().size())}});
  else
    log::write(log::Level::info, "request",
               {{"id", std::string_view(request.id)},
                {"method", method},
                {"route", pattern},
                {"status", std::int64_t{reply.status}}});
  const std::int64_t slow_ms = service.options.slow_ms;
  if (slow_ms == 0 || ms(us) < slow_ms) return;
  service.slow.fetch_add(1, std::memory_order_relaxed);
  stages.close_gaps();
  log::write(log::Level::warning, "slow",
             {{"id", std::string_view(request.id)},
              {"method", method},
              {"route", pattern},
              {"status", std::int64_t{reply.status}},
              {"ms", ms(us)},
              {"receive_ms", ms(us_between(stages.begun, stages.received))},
              {"queue_ms", ms(stages.queue_us())},
              {"prepare_ms", ms(us_between(stages.preparing, stages.prepared))},
              {"commit_ms", ms(us_between(stages.taken, stages.committed))},
              {"render_ms", ms(us_between(stages.committed, stages.answered))}});
}

inline std::uint64_t sender_of(const Connection& connection, const Request& request, Instant now) {
  const ServerOptions& options = connection.loop.service.options;
  if (!options.rate_limit) return 0;
  auto& reception = connection.loop.service.reception;
  if (options.behind_proxy) {
    const std::string_view chain = request.header("x-forwarded-for");
    const std::size_t comma = chain.rfind(',');
    ErrorCode failure;
    const auto address = asio::ip::make_address(
        trimmed(comma == std::string_view::npos ? chain : chain.substr(comma + 1)), failure);
    if (!failure && address.is_v6()) return reception.sender(address.to_v6().to_bytes(), now);
    if (!failure) return reception.sender(address.to_v4().to_bytes(), now);
  }
  return reception.sender(std::span(connection.address).first(connection.address_size), now);
}

inline Task<Next> serve_one(Connection& connection) {
  Loop& loop = connection.loop;
  Service& service = loop.service;
  Visit visit;
  RequestParser parser(visit.request, service.options.header_max);
  const int head = co_await read_head(connection, parser);
  if (head == head_closed) co_return Next{};
  ++connection.served;
  Stages stages{.begun = exactly_now()};
  const Instant now = service.options.clock();
  bool keep = head == head_ready;
  bool linger = !keep;
  if (keep) {
    visit.is_local = connection.is_local;
    visit.request.sender = sender_of(connection, visit.request, now);
    service.reception.greet(visit, parser.method(), parser.target(), ++loop.serial, now);
    if (parser.is_ambiguous()) service.reception.refuse(visit, 400);
    linger = !co_await take_body(connection, parser, visit);
    // Where an ambiguous request ends is anybody's guess: nothing behind it is read as a request.
    linger = linger || parser.is_ambiguous();
    keep = !linger && parser.keep_alive();
  } else {
    service.reception.open(visit, ++loop.serial, now);
    service.reception.refuse(visit, head);
  }
  connection.deadline = never;
  Reply reply;
  if (visit.asset != nullptr && !visit.ready) {
    reply = service.reception.dress_asset(visit);
  } else {
    Response response = co_await respond(loop, visit, now, stages);
    if (!response.sse_channel.empty() && service.streams >= service.options.sse_max)
      response = service.reception.busy(visit);
    visit.files.remove();  // Whoever has the answer can rely on it.
    reply = service.reception.dress(visit, std::move(response));
  }
  stages.answered = exactly_now();
  keep = keep && !service.stopping && reply.sse_channel.empty();
  connection.overdue = false;
  connection.deadline = loop.in(service.options.request_timeout_ms);
  const std::string reply_head = head_text(
      loop, parser, reply, keep,
      now + std::chrono::duration_cast<std::chrono::milliseconds>(stages.answered - stages.begun));
  const std::string_view body = visit.head_only ? std::string_view() : reply.body();
  const bool sent = co_await write_out(connection, reply_head, body);
  note(loop, visit, parser, reply, stages);
  if (!sent) co_return Next{};
  if (visit.head_only) reply.sse_channel.clear();
  co_return Next{keep, linger, std::move(reply.sse_channel)};
}

}  // namespace ln::http
