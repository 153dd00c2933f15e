#include "platform/http/client.h"

#include <openssl/ssl.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <exception>
#include <thread>

#include "base/text.h"

namespace ln::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Tcp = asio::ip::tcp;

constexpr std::size_t url_size_max = 2'000;
constexpr std::size_t head_size_max = 16 * 1024;

bool is_host_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_';
}

// Sends the request over an open stream and reads the answer.
template <class Stream>
asio::awaitable<void> exchange(Stream& stream,
                               const Ask& ask,
                               const Target& target,
                               const ClientLimits& limits,
                               Heard& heard) {
  beast::http::request<beast::http::string_body> request(beast::http::verb::post, target.path, 11);
  const bool is_usual = target.port == (target.is_secure ? "443" : "80");
  const std::string host =
      target.host.find(':') == std::string::npos ? target.host : "[" + target.host + "]";
  request.set(beast::http::field::host, is_usual ? host : host + ":" + target.port);
  request.set(beast::http::field::user_agent, "langnghe");
  request.set(beast::http::field::content_type, ask.content_type);
  for (const auto& [name, value] : ask.headers) request.set(name, value);
  request.keep_alive(false);
  request.body() = ask.body;
  request.prepare_payload();
  co_await beast::http::async_write(stream, request, asio::use_awaitable);
  beast::flat_buffer buffer;
  beast::http::response_parser<beast::http::string_body> parser;
  parser.header_limit(head_size_max);
  parser.body_limit(limits.body_max);
  co_await beast::http::async_read(stream, buffer, parser, asio::use_awaitable);
  heard.status = static_cast<int>(parser.get().result_int());
  heard.content_type = std::string(parser.get()[beast::http::field::content_type]);
  heard.body = std::move(parser.get().body());
  heard.failure.clear();
}

asio::awaitable<void> post(const Ask& ask,
                           asio::ssl::context& trust,
                           const ClientLimits& limits,
                           Heard& heard) {
  const auto target = parse_target(ask.url);
  if (!target) {
    heard.failure = "not an address";
    co_return;
  }
  const auto executor = co_await asio::this_coro::executor;
  Tcp::resolver resolver(executor);
  // A number needs nobody to look it up.
  boost::system::error_code is_name;
  static_cast<void>(asio::ip::make_address(target->host, is_name));
  Tcp::resolver::results_type places;
  if (is_name)
    places = co_await resolver.async_resolve(target->host, target->port, asio::use_awaitable);
  else
    places = resolver.resolve(target->host, target->port, Tcp::resolver::numeric_host);
  if (!target->is_secure) {
    Tcp::socket socket(executor);
    co_await asio::async_connect(socket, places, asio::use_awaitable);
    co_await exchange(socket, ask, *target, limits, heard);
    co_return;
  }
  beast::ssl_stream<Tcp::socket> stream(executor, trust);
  stream.set_verify_callback(asio::ssl::host_name_verification(target->host));
  SSL_set_tlsext_host_name(stream.native_handle(), target->host.c_str());
  co_await asio::async_connect(stream.next_layer(), places, asio::use_awaitable);
  co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
  co_await exchange(stream, ask, *target, limits, heard);
}

void ask_one(const Ask& ask,
             asio::ssl::context& trust,
             const ClientLimits& limits,
             const std::stop_token& stop,
             Heard& heard) {
  asio::io_context io(1);
  asio::co_spawn(io, post(ask, trust, limits, heard),
                 [&failure = heard.failure](const std::exception_ptr& thrown) {
                   if (!thrown) return;
                   try {
                     std::rethrow_exception(thrown);
                   } catch (const std::exception& why) {
                     failure = why.what();
                   }
                 });
  const std::stop_callback stopping(stop, [&io] { io.stop(); });
  io.run_for(limits.time);
}

}  // namespace

std::optional<Target> parse_target(std::string_view url) {
  if (url.size() > url_size_max) return std::nullopt;
  Target target;
  target.is_secure = url.starts_with("https://");
  if (!target.is_secure && !url.starts_with("http://")) return std::nullopt;
  url.remove_prefix(target.is_secure ? 8 : 7);
  const std::string_view place = url.substr(0, url.find('/'));
  target.path = place.size() == url.size() ? "/" : url.substr(place.size());
  for (const char c : target.path)
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F ||
        c == '?' || c == '#')
      return std::nullopt;
  std::string_view rest;
  if (place.starts_with('[')) {
    const std::size_t end = place.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    target.host = place.substr(1, end - 1);
    rest = place.substr(end + 1);
    if (!std::ranges::all_of(target.host, [](char c) {
          return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') ||
                 c == ':' || c == '.';
        }))
      return std::nullopt;
  } else {
    target.host = place.substr(0, place.find(':'));
    rest = place.substr(target.host.size());
    if (!std::ranges::all_of(target.host, is_host_byte)) return std::nullopt;
  }
  target.port = target.is_secure ? "443" : "80";
  if (!rest.empty()) {
    const auto port = rest.starts_with(':') ? parse_number(rest.substr(1)) : std::nullopt;
    if (!port || *port < 1 || *port > 65'535) return std::nullopt;
    target.port = rest.substr(1);
  }
  if (target.host.empty()) return std::nullopt;
  return target;
}

std::vector<Heard> post_all(std::span<const Ask> asks,
                            const ClientLimits& limits,
                            const std::stop_token& stop) {
  std::vector<Heard> heard(asks.size());  // Outlives everything that writes into it.
  for (Heard& each : heard) each.failure = "no answer in time";
  asio::ssl::context trust(asio::ssl::context::tls_client);
  boost::system::error_code ignored;
  trust.set_default_verify_paths(ignored);
  trust.set_verify_mode(asio::ssl::verify_peer);
  // A thread for each: looking up a name can hang until the system gives up, and would keep all
  // who wait behind it from being asked.
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < asks.size(); ++i)
    threads.emplace_back([&, i] { ask_one(asks[i], trust, limits, stop, heard[i]); });
  threads.clear();  // Waits for them.
  return heard;
}

}  // namespace ln::http
