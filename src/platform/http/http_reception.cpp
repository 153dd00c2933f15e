#include "platform/http/http_reception.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"
#include "platform/html/url.h"
#include "platform/http/http_away.h"
#include "platform/http/http_band.h"

namespace ln::http {
namespace {

std::string fresh_text(Random& random) {
  const auto bytes = random.bytes<16>();
  return to_base64url(bytes);
}

// The nearest address above `path` that can be read. A form that was refused leaves the browser at
// an address that only takes forms; who then presses Enter there, or asks for the other language,
// is led back to the page the form stood on. Null when there is none.
std::optional<std::string> page_above(const Router& router, std::string_view path) {
  while (path.size() > 1) {
    path = path.substr(0, std::max<std::size_t>(path.rfind('/'), 1));
    if (router.match(Method::get, path).route != nullptr)
      return std::string(html::Url::path(path).view());
  }
  return std::nullopt;
}

bool is_visit_cookie(std::string_view value) {
  return value.size() == visit_cookie_size && std::all_of(value.begin(), value.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '-' || c == '_';
         });
}

std::string id_of(std::uint64_t serial) {
  std::array<std::uint8_t, 8> bytes{};
  for (std::size_t i = bytes.size(); i-- > 0; serial >>= 8U)
    bytes[i] = static_cast<std::uint8_t>(serial);
  return to_hex(bytes);
}

// Ours; HEAD is answered as GET. Null for methods we know but nothing here uses.
std::optional<Method> method_of(std::string_view word) {
  if (word == "GET" || word == "HEAD") return Method::get;
  if (word == "POST") return Method::post;
  if (word == "PUT") return Method::put;
  if (word == "DELETE") return Method::delete_;
  return std::nullopt;
}

bool is_standard(std::string_view method) {
  return method == "OPTIONS" || method == "PATCH" || method == "TRACE" || method == "CONNECT";
}

}  // namespace

Reception::Reception(const ReceptionOptions& options,
                     const Router& router,
                     Random& random,
                     const html::Site& site)
    : rate_limit_(options.rate_limit),
      router_(&router),
      random_(&random),
      site_(&site),
      is_https_(site.base_url.starts_with("https://")),
      forms_(options.form_key.empty() ? fresh_text(random) : options.form_key),
      mark_key_(random.bytes<16>()),
      limiter_(random, options.rates),
      probes_(options.probes),
      safety_(
          "X-Content-Type-Options: nosniff\r\n"
          "Referrer-Policy: same-origin\r\n"
          "Cross-Origin-Opener-Policy: same-origin\r\n"),
      safety_pages_(
          "Content-Security-Policy: default-src 'none'; img-src 'self'; media-src 'self'; "
          "style-src 'self'; script-src 'self'; font-src 'self'; connect-src 'self'; "
          "form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"
          "Permissions-Policy: camera=(), microphone=(self), geolocation=(self), payment=(), "
          "usb=()\r\n") {
  probes_.push_back(
      {"/healthz", [](const Request&, bool) { return text(200, "ok\n"); }});  // alive, no more
  if (is_https_) safety_ += "Strict-Transport-Security: max-age=63072000; includeSubDomains\r\n";
}

void Reception::open(Visit& visit, std::uint64_t serial, Instant now) const {
  visit.serial = serial;
  visit.request.id = id_of(serial);
  visit.request.view.site = site_;
  visit.request.view.now = now;
  visit.request.view.path = "/";
}

void Reception::greet(Visit& visit,
                      std::string_view method,
                      std::string_view target,
                      std::uint64_t serial,
                      Instant now) {
  Request& request = visit.request;
  open(visit, serial, now);
  visit.head_only = method == "HEAD";
  const bool readable = take_target(visit, target);
  choose_language(visit);
  if (!readable) {
    visit.ready = error_response(request, 400);
    return;
  }
  if ((method == "GET" || visit.head_only) && probe(visit)) return;
  const auto known = method_of(method);
  request.method = known.value_or(Method::get);
  if (request.method == Method::get && known) visit.asset = assets_.find(request.path);
  if (visit.asset != nullptr) return;
  if (rate_limit_ && !limit(visit, now)) return;
  if (!known && !is_standard(method)) {
    visit.ready = error_response(request, 501);
    return;
  }
  find_route(visit, known.has_value());
  if (visit.route == nullptr) return;
  if (auto refused = parse_fields(request.raw_query, request.query)) {
    refuse(visit, *refused);
    return;
  }
  if (!request.wants_json()) mark_token(visit);
}

// Splits the target into language, path and query. False when it is none.
bool Reception::take_target(Visit& visit, std::string_view target) {
  Request& request = visit.request;
  if (target.starts_with("http://") || target.starts_with("https://")) {
    // The form for proxies: what counts for us begins after the host.
    const std::size_t slash = target.find('/', target.find("//") + 2);
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  if (!target.starts_with('/')) return false;
  target = target.substr(0, target.find('#'));
  const std::size_t question = std::min(target.find('?'), target.size());
  std::string_view raw = target.substr(0, question);
  request.raw_query = target.substr(std::min(question + 1, target.size()));
  const std::string_view english = i18n::path_prefix(i18n::Language::en);
  if (raw == english || (raw.starts_with(english) && raw[english.size()] == '/')) {
    request.view.voice = i18n::Voice(i18n::Language::en);
    raw.remove_prefix(english.size());
    if (raw.empty()) raw = "/";
  }
  const std::string decoded = percent_decoded(raw, Plus::stays);
  auto clean = cleaned(decoded);
  // A path with an encoded slash would mean something else to us than to a proxy before us.
  if (!clean ||
      std::count(raw.begin(), raw.end(), '/') != std::count(clean->begin(), clean->end(), '/'))
    return false;
  if (clean->find_first_of("\n\t") != std::string::npos) return false;
  request.path = *std::move(clean);
  request.view.query = request.raw_query;
  // A path like "//host" cannot stand in a link of ours; such a page has no address of its own.
  if (html::Url::is_path(request.path)) request.view.path = request.path;
  return true;
}

// Pages have their language in the address. Machines may also ask for it in a header.
void Reception::choose_language(Visit& visit) const {
  Request& request = visit.request;
  if (request.wants_json() && lower_ascii(request.header("accept-language")).starts_with("en"))
    request.view.voice = i18n::Voice(i18n::Language::en);
}

bool Reception::probe(Visit& visit) const {
  const Request& request = visit.request;
  for (const Probe& probe : probes_) {
    if (probe.path != request.path) continue;
    visit.quiet = true;
    const bool is_passed_on =
        !request.header("x-forwarded-for").empty() || !request.header("forwarded").empty() ||
        !request.header("x-real-ip").empty() || !request.header("via").empty();
    visit.ready = probe.answer(request, visit.is_local && !is_passed_on);
    return true;
  }
  return false;
}

bool Reception::limit(Visit& visit, Instant now) {
  const auto kind =
      visit.request.method == Method::get ? RateLimiter::Kind::read : RateLimiter::Kind::send;
  const std::int64_t wait_s = limiter_.wait_s(visit.request.sender, kind, now);
  if (wait_s == 0) return true;
  limited_.fetch_add(1, std::memory_order_relaxed);
  visit.ready =
      error_response(visit.request, 429).with_header("Retry-After", std::to_string(wait_s));
  return false;
}

void Reception::find_route(Visit& visit, bool known_method) {
  Request& request = visit.request;
  auto match = router_->match(request.method, request.path);
  if (match.route == nullptr || !known_method) {
    const std::string allowed = router_->allowed(request.path);
    if (allowed == "POST" && request.method == Method::get && known_method &&
        !request.wants_json()) {
      if (auto above = page_above(*router_, request.path)) {
        visit.ready = see_other(*std::move(above));
        return;
      }
    }
    visit.ready = error_response(request, allowed.empty() ? 404 : 405);
    if (!allowed.empty()) visit.ready->headers.emplace_back("Allow", allowed);
    return;
  }
  request.path_values = std::move(match.path_values);
  request.route = match.route->pattern;
  visit.route = match.route;
  visit.body_max = request.method == Method::get ? 0 : match.route->limits.body_max;
  visit.field_max = match.route->limits.field_max;
  if (request.method != Method::get && match.route->limits.csrf && is_foreign(request))
    refuse(visit, {403, "http.error.csrf"_t});
}

// Whether another site made the browser send this. Browsers say so in two ways, older ones in none.
bool Reception::is_foreign(const Request& request) const {
  if (request.header("sec-fetch-site") == "cross-site") return true;
  const std::string_view origin = request.header("origin");
  if (origin.empty()) return false;
  const std::size_t scheme = origin.find("://");
  if (scheme == std::string_view::npos) return true;  // "null"
  if (equal_ignoring_case(origin.substr(scheme + 3), request.header("host"))) return false;
  return !equal_ignoring_case(origin, site_->base_url);
}

void Reception::mark_token(Visit& visit) const {
  const std::string_view sent = visit.request.cookie(visit_cookie_name);
  if (is_visit_cookie(sent)) visit.visit_cookie = sent;
  std::array<std::uint8_t, sizeof visit.serial> input{};
  std::memcpy(input.data(), &visit.serial, input.size());
  std::array<std::uint8_t, crypto_shorthash_siphashx24_BYTES> mark{};
  crypto_shorthash_siphashx24(mark.data(), input.data(), input.size(), mark_key_.data());
  visit.token_mark = to_hex(mark);
  visit.request.view.csrf_token = visit.token_mark;
}

// Puts the token where the page shows its mark. A reader gets the cookie with the first page that
// shows a form, and not before.
void Reception::write_token(const Visit& visit, Response& response) const {
  if (visit.token_mark.empty()) return;
  std::size_t at = response.body.find(visit.token_mark);
  if (at == std::string::npos) return;
  CHECK(!response.cacheable);  // A page for everybody must not hold one reader's token.
  std::string cookie = visit.visit_cookie;
  if (cookie.empty()) {
    cookie = fresh_text(*random_);
    static_cast<void>(std::move(response).with_cookie(std::string(visit_cookie_name), cookie));
  }
  const std::string token = forms_.token(cookie, visit.serial);
  for (; at != std::string::npos; at = response.body.find(visit.token_mark, at + token.size()))
    response.body.replace(at, visit.token_mark.size(), token);
}

void Reception::refuse(Visit& visit, const Refusal& refusal) const {
  visit.ready = error_response(visit.request, refusal.status, refusal.text);
}

void Reception::refuse(Visit& visit, int status) const {
  visit.ready = error_response(visit.request, status);
}

void Reception::admit(Visit& visit) {
  if (visit.ready || visit.route == nullptr || visit.request.method == Method::get) return;
  if (!visit.route->limits.csrf || !visit.route->limits.token) return;
  const std::string_view token = visit.request.form.text("csrf");
  if (!forms_.is_valid(token, visit.visit_cookie)) refuse(visit, {403, "http.error.csrf"_t});
}

Response Reception::read(Visit& visit, const Surroundings& with) {
  try {
    if (find_kept(visit, with)) {
      Response same;
      same.content_type = visit.kept->content_type;
      return same;
    }
    const html::Band band(band_for(visit.request));
    auto result = visit.route->reader(visit.request, with);
    if (result.ok()) return std::move(result).value();
    return error_response(visit.request, result.error());
  } catch (...) {
    return failed(visit, std::current_exception());
  }
}

std::variant<Response, Pending> Reception::prepare(Visit& visit, const Surroundings& with) {
  try {
    const html::Band band(band_for(visit.request));
    auto result = visit.route->preparer(visit.request, with);
    if (!result.ok()) return error_response(visit.request, result.error());
    if (result.value().ready()) return *result.value().ready();
    return std::move(result).value();
  } catch (...) {
    return failed(visit, std::current_exception());
  }
}

Response Reception::finish(Visit& visit,
                           const Pending& pending,
                           const std::exception_ptr& failure,
                           std::string_view seal) {
  if (failure) return failed(visit, failure);
  try {
    const html::Band band(band_for(visit.request));
    return pending.finish(seal);
  } catch (...) {
    return failed(visit, std::current_exception());
  }
}

Response Reception::busy(const Visit& visit) const {
  return error_response(visit.request, 503).with_header("Retry-After", "2");
}

// The machine or the program failed: the reader gets the number of the incident, the log the rest.
Response Reception::failed(const Visit& visit, const std::exception_ptr& failure) const {
  const auto note = [&](const char* what) {
    log::write(log::Level::error, "failure",
               {{"id", std::string_view(visit.request.id)},
                {"route", visit.request.route},
                {"what", std::string_view(what)}});
  };
  try {
    std::rethrow_exception(failure);
  } catch (const db::Failure& known) {
    note(known.what());
    const auto kind = known.kind();
    // What passes by itself: asking again is what helps, and what the page says.
    if (kind == db::Failure::Kind::busy || kind == db::Failure::Kind::conflict) return busy(visit);
    if (kind == db::Failure::Kind::lost)
      return away_response(visit.request).with_header("Retry-After", "10");
    if (kind == db::Failure::Kind::unknown)
      return not_known_response(visit.request).with_header("Retry-After", "2");
    // What passes when somebody gives the machine what it lacks, without a restart.
    if (kind == db::Failure::Kind::full || kind == db::Failure::Kind::read_only)
      return not_stored_response(visit.request).with_header("Retry-After", "60");
  } catch (const std::exception& other) {
    note(other.what());
  } catch (...) {
    note("unknown");
  }
  return error_response(visit.request, 500);
}

BodyReader::BodyReader(Visit& visit, UploadFolder& folder) : visit_(&visit) {
  const std::string_view type = visit.request.header("content-type");
  const std::string kind = lower_ascii(trimmed(type.substr(0, type.find(';'))));
  is_form_ = kind == "application/x-www-form-urlencoded";
  if (kind != "multipart/form-data") return;
  const std::string boundary = header_parameter(type, "boundary").value_or("");
  is_broken_ = boundary.empty() || boundary.size() > 70 ||
               boundary.find_first_of("\r\n") != std::string::npos;
  multipart_ = std::make_unique<MultipartParser>(boundary, visit.request, folder, visit.files,
                                                 visit.field_max);
}

std::optional<Refusal> BodyReader::feed(std::string_view chunk) {
  if (is_broken_) return Refusal{400, "http.error.broken_form"_t};
  size_ += static_cast<std::int64_t>(chunk.size());
  if (size_ > visit_->body_max) return Refusal{413, "error.too_large.body"_t};
  if (multipart_) return multipart_->feed(chunk);
  visit_->request.body += chunk;
  return std::nullopt;
}

std::optional<Refusal> BodyReader::announce(std::uint64_t size) const {
  if (size <= static_cast<std::uint64_t>(visit_->body_max - size_)) return std::nullopt;
  return Refusal{413, "error.too_large.body"_t};
}

std::optional<Refusal> BodyReader::finish() {
  if (is_broken_) return Refusal{400, "http.error.broken_form"_t};
  if (multipart_) return multipart_->finish();
  if (!is_form_) return std::nullopt;
  const std::string body = std::move(visit_->request.body);
  visit_->request.body.clear();
  return parse_fields(body, visit_->request.form, visit_->field_max);
}

}  // namespace ln::http
