// The web, seen by handlers: plain functions from a Request to a Response. No Boost here; the
// sockets, coroutines and timers are in server.cpp alone.
//
// A handler's signature says what it may do (docs/STYLE.md):
//
//   Result<Response> case_page(const Request&, db::Read&);                    GET: reads
//   Result<Response> queue_page(const Request&, db::Read&, people::Officer);  only for officers
//   Result<Pending>  submit_form(const Request&, db::Read&, Random&);         POST: prepares
//
// Parameters after the Request are found by type: db::Read&, Random&, Instant, and whatever
// specialises Extract<T> (core/people does for the roles). The router cannot call a handler that
// asks for an Officer without having one. GET handlers cannot return Pending; POST handlers cannot
// return a Response without naming that they write nothing (http::Pending::answer).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "platform/db/db.h"
#include "platform/html/view.h"

namespace ln::http {

// One uploaded file, streamed to a temporary file that lives as long as the request.
struct Upload {
  std::string field;
  std::string file_name;     // as sent, NFC, at most 255 characters, no path
  std::string content_type;  // as claimed by the sender; never trusted
  std::string path;          // of the temporary file
  std::int64_t size = 0;     // bytes sent; above file_size_max the file holds only the beginning
};

// Names and values of a query or a form, in the order sent. Values are valid UTF-8 in NFC, their
// lines end in "\n", and no other control character than that and the tab is left in them.
class Fields {
 public:
  void add(std::string name, std::string value);
  // The first value; empty when absent.
  std::string_view text(std::string_view name) const;
  bool has(std::string_view name) const;
  std::optional<std::int64_t> number(std::string_view name) const;
  std::vector<std::string_view> all(std::string_view name) const;
  std::span<const std::pair<std::string, std::string>> items() const { return items_; }

 private:
  std::vector<std::pair<std::string, std::string>> items_;
};

enum class Method : std::uint8_t { get, post, put, delete_ };  // HEAD is answered as GET

struct Request {
  Method method = Method::get;
  std::string path;       // decoded, without the language prefix
  std::string raw_query;  // as sent, without '?'
  Fields query;
  Fields form;                  // urlencoded or multipart fields of a POST
  std::vector<Upload> uploads;  // files of a multipart POST
  std::string body;             // raw body when it is neither of them (JSON), bounded by the route
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::vector<std::pair<std::string, std::string>> path_values;
  std::string id;          // request id, for the log and the error page
  std::string_view route;  // the pattern that matched; this is what the log shows, never the path
  // Keyed hash of the sender's address under a key that rotates daily; for rate limits only.
  std::uint64_t sender = 0;
  html::View view;  // language, site, CSRF token of this reader

  // A value of the pattern: for "/units/{code}" path_text("code").
  std::string_view path_text(std::string_view name) const;
  // Precondition: the pattern has a hole of this name and kind.
  std::int64_t path_number(std::string_view name) const;
  Day path_date(std::string_view name) const;
  std::string_view header(std::string_view lower_case_name) const;
  std::string_view cookie(std::string_view name) const;
  bool wants_json() const;  // the path begins with /api/ or /open311/
};

struct Response {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  // Set for public pages that are the same for everybody: answered with ETag and 304. Such a page
  // has no form of its own reader in it, so it carries no CSRF token (the server CHECKs it).
  bool cacheable = false;
  // What the handler does besides answering, such as counting a view. Run, on any thread, each time
  // a kept copy of this answer is given out instead of asking the handler again.
  std::function<void()> when_reused = {};
  // When set, `body` is ignored and the connection becomes a stream of server-sent events from this
  // channel of the server's Broadcast.
  std::string sse_channel;

  Response&& with_header(std::string name, std::string value) &&;
  // HttpOnly, SameSite=Lax, Path=/; Secure when the site is https (the server adds that word).
  // `max_age_s` 0 = until the browser closes; below 0 = forget the cookie now.
  Response&& with_cookie(std::string name, std::string value, std::int64_t max_age_s = 0) &&;
};

Response page(int status, std::string body);
Response json(int status, std::string body);
Response text(int status, std::string body);
Response see_other(std::string path);  // 303; `path` is ours and begins with a single '/'

// The one place where an ErrorKind becomes a status.
int status_of(ErrorKind kind);

// A write that is prepared: what to run inside the batch, and how to answer afterwards.
class Pending {
 public:
  // Writes nothing after all (a form shown again, a redirect).
  static Pending answer(Response response) { return Pending(std::move(response)); }

  // `commit(db::Write&) -> Result<Outcome>` runs inside the batch, may run more than once, draws no
  // randomness and reads no clock. `render(const Result<Outcome>&, std::string_view seal) ->
  // Response` runs after COMMIT (or after the refusal); `seal` is the signed head of the ledger.
  // Both may refer to the Request that was prepared: it lives until the answer is made.
  template <class Commit, class Render>
  static Pending commit(Commit commit, Render render) {
    using Outcome = std::invoke_result_t<Commit&, db::Write&>;
    struct State {
      Commit commit;
      Render render;
      std::optional<Outcome> outcome;
    };
    auto state = std::make_shared<State>(State{std::move(commit), std::move(render), {}});
    Pending pending;
    pending.work_ = [state](db::Write& write) {
      state->outcome.emplace(state->commit(write));
      return state->outcome->ok();
    };
    pending.finish_ = [state](std::string_view seal) -> Response {
      return state->render(*state->outcome, seal);
    };
    return pending;
  }

  // For the server and test::Browser.
  const std::optional<Response>& ready() const { return ready_; }
  const std::function<bool(db::Write&)>& work() const { return work_; }
  Response finish(std::string_view seal) const { return finish_(seal); }

 private:
  Pending() = default;
  explicit Pending(Response response) : ready_(std::move(response)) {}
  std::optional<Response> ready_;
  std::function<bool(db::Write&)> work_;
  std::function<Response(std::string_view)> finish_;
};

// How a parameter of type T is had from a request. Specialised beside T:
//   template <> struct http::Extract<people::Officer> {
//     static Result<people::Officer> from(const Request&, db::Read&, Instant);
//   };
template <class T>
struct Extract;

// What a handler runs with. `read` may be null for a route that does not read (Route::reads).
struct Surroundings {
  db::Read* read;
  Random* random;
  Instant now;
};

namespace detail {
template <class T>
struct Source {
  static Result<T> from(const Request& request, const Surroundings& with) {
    return Extract<T>::from(request, *with.read, with.now);
  }
};
template <class T>
struct Source<const T&> : Source<T> {};
template <>
struct Source<Instant> {
  static Result<Instant> from(const Request&, const Surroundings& with) { return with.now; }
};
template <class T>
struct Reference {
  T* to;
  operator T&() const { return *to; }
};
template <>
struct Source<db::Read&> {
  static Result<Reference<db::Read>> from(const Request&, const Surroundings& with) {
    return Reference<db::Read>{with.read};
  }
};
template <>
struct Source<Random&> {
  static Result<Reference<Random>> from(const Request&, const Surroundings& with) {
    return Reference<Random>{with.random};
  }
};

template <class Out>
Result<Out> call(const Request& request, const Surroundings&, auto&& bound) {
  return bound(request);
}
// Gets the parameters one after the other; the first refusal wins.
template <class Out, class First, class... Rest>
Result<Out> call(const Request& request, const Surroundings& with, auto&& bound) {
  auto got = Source<First>::from(request, with);
  if (!got.ok()) return std::move(got).error();
  auto value = std::move(got).value();
  auto next = [&](const Request& r, auto&&... rest) -> Result<Out> {
    return bound(r, value, rest...);
  };
  return call<Out, Rest...>(request, with, next);
}
}  // namespace detail

using Reader = std::function<Result<Response>(const Request&, const Surroundings&)>;
using Preparer = std::function<Result<Pending>(const Request&, const Surroundings&)>;

// Where `prepare` of a POST runs: hashing passwords and decoding pictures must not hold up an I/O
// thread.
enum class Runs : std::uint8_t { at_once, on_worker };

inline constexpr std::size_t field_value_max = 256 * 1024;  // bytes, where a route says nothing

struct RouteLimits {
  std::int64_t body_max = 64 * 1024;  // bytes; above it 413
  // Bytes of one typed or pasted value of the form; above it 413.
  std::size_t field_max = field_value_max;
  Runs runs = Runs::at_once;
  bool csrf = true;  // false only for the API, which has no cookies to abuse
  // False for a form that proves itself by a secret typed into it and changes nothing: it stands
  // in pages that are the same for everybody. Where it was sent from still counts.
  bool token = true;
};

struct Route {
  Method method;
  // "/units/{code}/{valid_from:date}"; kinds: text (default), number, date.
  std::string_view pattern;
  Reader reader;      // set for GET
  Preparer preparer;  // set for the others
  RouteLimits limits;
  bool reads = true;  // false when the handler asks for nothing that comes from the database
};

// The list of all routes. Patterns are literals. Segment by segment from the left a literal wins
// over a hole, and a narrower kind of hole over a wider one: number, date, text. Two patterns that
// match the same paths are a bug (CHECK).
class Router {
 public:
  template <class... Params>
  void get(const char* pattern, Result<Response> (*handler)(const Request&, Params...)) {
    add({Method::get,
         pattern,
         [handler](const Request& request, const Surroundings& with) {
           return detail::call<Response, std::remove_cv_t<Params>...>(request, with, handler);
         },
         {},
         {},
         reads<Params...>});
  }
  template <class... Params>
  void post(const char* pattern,
            Result<Pending> (*handler)(const Request&, Params...),
            RouteLimits limits = {}) {
    add({Method::post,
         pattern,
         {},
         [handler](const Request& request, const Surroundings& with) {
           return detail::call<Pending, std::remove_cv_t<Params>...>(request, with, handler);
         },
         limits,
         reads<Params...>});
  }

  struct Match {
    const Route* route = nullptr;  // null: 404, or 405 when `other_method`
    bool other_method = false;
    std::vector<std::pair<std::string, std::string>> path_values;
  };
  // `path` is decoded and without the language prefix. Allocates only for the values of holes.
  Match match(Method method, std::string_view path) const;
  // The methods that `path` answers to, as an Allow header shows them: "GET, HEAD, POST".
  std::string allowed(std::string_view path) const;
  std::span<const Route> routes() const { return routes_; }

 private:
  template <class... Params>
  static constexpr bool reads =
      !((std::is_same_v<Params, Random&> || std::is_same_v<Params, Instant>) && ...);
  // A place between two slashes. Nodes and routes are named by their position; 0 is "none" for a
  // node (nothing leads back to the root) and a route is its position plus one.
  struct Node {
    std::vector<std::pair<std::string_view, std::size_t>> literals;
    std::array<std::size_t, 3> holes{};   // by kind, the narrowest first
    std::array<std::size_t, 4> routes{};  // by method
  };
  struct Walk;
  void add(Route route);
  std::size_t step(std::size_t node, std::string_view segment);
  std::size_t find(Walk& walk, std::size_t node, std::size_t depth) const;
  std::vector<Route> routes_;
  std::vector<Node> nodes_ = std::vector<Node>(1);
};

// What the server says about itself to machines that watch it: answered before rate limits, routes
// and the log, and without the database. `is_near` when the asker is on this machine and no proxy
// has passed the request on. Called by several threads at once.
struct Probe {
  std::string_view path;  // a literal: "/readyz"
  std::function<Response(const Request&, bool is_near)> answer;
};

// How an error becomes an answer: a page in the reader's language, or JSON for machines. Features
// that show a form again do it themselves; this is for everything else.
Response error_response(const Request& request, const Error& error);
Response error_response(const Request& request, int status);
Response error_response(const Request& request, int status, TextKey text);
// The machine could not store it, for now: 503. The page holds what was typed and sends it again
// with one button, unless it held files or a password.
Response not_stored_response(const Request& request);
// The connection to the database broke during COMMIT, so nobody knows whether it was stored: 503,
// and the same page, which says so. Sending the same form or `Idempotency-Key` again finds out.
Response not_known_response(const Request& request);

}  // namespace ln::http
