// Everything between the bytes of a request and its handler, and between the handler's Response and
// the bytes of the answer, without sockets: the server and test::Browser drive the same code.
//
//   greet()     from the head: language, route, limits; or an answer at once (404, 405, 413, 429 …)
//   BodyReader  the body, as it arrives
//   admit()     is this form from one of our pages?
//   read() / prepare() / finish()   the handler
//   dress()     headers of safety, cookie, ETag and 304, compression
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/http/http.h"
#include "platform/http/http_assets.h"
#include "platform/http/http_guard.h"
#include "platform/http/http_multipart.h"
#include "platform/http/http_parse.h"
#include "platform/http/http_press.h"
#include "platform/http/http_shelf.h"

namespace ln::http {

// One request on its way through. Stays where it is: the view borrows from it.
struct Visit {
  Visit() = default;
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

  Request request;
  TemporaryFiles files;
  const Route* route = nullptr;  // null when `ready` or `asset` is the answer
  const Asset* asset = nullptr;
  std::optional<Response> ready;  // answered without a handler
  std::int64_t body_max = 0;
  std::size_t field_max = field_value_max;
  bool head_only = false;    // HEAD
  bool quiet = false;        // not worth a line in the log
  bool is_local = false;     // the connection comes from this machine
  std::string visit_cookie;  // ln_visit as it was sent; empty when there is none
  // Stands in the page for the token until dress(): most pages have no form, and a token costs more
  // than the rest of a small answer. Nobody can guess it, so nobody can write it into a page.
  std::string token_mark;
  std::uint64_t serial = 0;
  // Where the answer may be kept (empty: nowhere), and the kept one when there was one.
  std::string shelf_key;
  ShelfMark shelf_mark;
  std::shared_ptr<const KeptAnswer> kept;
};

inline constexpr std::string_view visit_cookie_name = "ln_visit";
inline constexpr std::size_t visit_cookie_size = 22;  // 16 bytes in base64url

// The answer, ready to be written. Moving it keeps `body` valid.
struct Reply {
  int status = 200;
  std::string head;       // header lines, without the status line, Date and Connection
  std::string made;       // bytes made for this reader …
  std::string_view kept;  // … or bytes that others share: assets, and what `owner` owns
  std::shared_ptr<const void> owner;
  std::string sse_channel;  // not empty: a stream follows, and there is no body
  std::string_view body() const { return made.empty() ? kept : std::string_view(made); }
};

struct ReceptionOptions {
  std::string form_key;  // secret; empty = drawn at start, then forms open during a restart expire
  bool rate_limit = true;
  Rates rates;
  std::vector<Probe> probes = {};
};

class Reception {
 public:
  Reception(const ReceptionOptions& options,
            const Router& router,
            Random& random,
            const html::Site& site);

  // A request whose head could not even be read: enough of a view to answer it with refuse().
  void open(Visit& visit, std::uint64_t serial, Instant now) const;
  // `visit.request.headers`, `.sender` and `visit.is_local` are set. `method` and `target` as sent.
  // The request id is made of `serial`, which is different for each request.
  void greet(Visit& visit,
             std::string_view method,
             std::string_view target,
             std::uint64_t serial,
             Instant now);
  // After the body was read. A refusal becomes the answer.
  void admit(Visit& visit);
  void refuse(Visit& visit, const Refusal& refusal) const;
  void refuse(Visit& visit, int status) const;

  // Run the handler; what it throws is logged and becomes 500 or 503. When the same answer is on
  // the shelf the handler is not run, and dress() gives that one out.
  Response read(Visit& visit, const Surroundings& with);
  std::variant<Response, Pending> prepare(Visit& visit, const Surroundings& with);
  // After the job was done: `failure` as db::Job::done gives it.
  Response finish(Visit& visit,
                  const Pending& pending,
                  const std::exception_ptr& failure,
                  std::string_view seal);
  // What was thrown, logged and answered.
  Response failed(const Visit& visit, const std::exception_ptr& failure) const;
  // The machine is too busy for this one.
  Response busy(const Visit& visit) const;

  Reply dress(Visit& visit, Response response) const;
  // Precondition: visit.asset is set.
  Reply dress_asset(const Visit& visit) const;

  std::uint64_t sender(std::span<const std::uint8_t> address, Instant now) {
    return limiter_.sender(address, now);
  }
  // How many requests the rate limit has refused.
  std::uint64_t limited() const { return limited_.load(std::memory_order_relaxed); }

 private:
  bool take_target(Visit& visit, std::string_view target);
  void choose_language(Visit& visit) const;
  void find_route(Visit& visit, bool known_method);
  void mark_token(Visit& visit) const;
  bool limit(Visit& visit, Instant now);
  bool probe(Visit& visit) const;
  bool is_foreign(const Request& request) const;
  void write_token(const Visit& visit, Response& response) const;
  bool find_kept(Visit& visit, const Surroundings& with) const;
  static Reply give_out(const Visit& visit);
  Reply keep(const Visit& visit, Reply reply, KeptAnswer answer) const;
  void add_headers(const Visit& visit, const Response& response, std::string& head) const;
  std::string add_body(const Visit& visit, Response response, Reply& reply) const;

  bool rate_limit_;
  const Router* router_;
  Random* random_;
  const html::Site* site_;
  bool is_https_;
  FormGuard forms_;
  std::array<std::uint8_t, 16> mark_key_;
  RateLimiter limiter_;
  std::atomic<std::uint64_t> limited_{0};
  std::vector<Probe> probes_;
  AssetShelf assets_;
  mutable PressCache pressed_{4 * 1024 * 1024};
  mutable AnswerShelf shelf_{16 * 1024 * 1024};
  std::string safety_;        // the header lines that every answer carries
  std::string safety_pages_;  // and every page besides
};

// Reads the body of one request as it arrives, by its content type.
class BodyReader {
 public:
  BodyReader(Visit& visit, UploadFolder& folder);
  // A multipart body may take longer to arrive.
  bool is_multipart() const { return multipart_ != nullptr; }
  // That `size` more bytes are on their way, refused when they would be too many.
  std::optional<Refusal> announce(std::uint64_t size) const;
  std::optional<Refusal> feed(std::string_view chunk);
  std::optional<Refusal> finish();

 private:
  Visit* visit_;
  std::int64_t size_ = 0;
  bool is_form_ = false;
  bool is_broken_ = false;
  std::unique_ptr<MultipartParser> multipart_;
};

}  // namespace ln::http
