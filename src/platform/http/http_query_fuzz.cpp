// Any bytes as the target and one header of a request: it is greeted, never crashed by, and what
// reaches a handler is clean.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/text.h"
#include "platform/http/http_reception.h"

namespace {

ln::Result<ln::http::Response> shown(const ln::http::Request&) {
  return ln::http::page(200, std::string(2000, 'x'));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static ln::SeededRandom random(1);
  static const ln::html::Site site;
  static const ln::http::Router router = [] {
    ln::http::Router made;
    made.get("/units/{code}/{valid_from:date}", shown);
    made.get("/units/{code}", shown);
    return made;
  }();
  static ln::http::Reception reception({.form_key = "k", .rate_limit = false, .rates = {}}, router,
                                       random, site);
  const std::string_view all = ln::as_text({data, size});
  const std::size_t line = std::min(all.find('\n'), all.size());
  const std::string value(all.substr(std::min(line + 1, all.size())));
  ln::http::Visit visit;
  for (const char* name : {"cookie", "accept-encoding", "if-none-match", "accept-language"})
    visit.request.headers.emplace_back(name, value);
  reception.greet(visit, "GET", all.substr(0, line), 1, ln::Instant());
  const auto& request = visit.request;
  if (!ln::is_utf8(request.path)) std::abort();
  for (const auto& [name, text] : request.query.items())
    if (!ln::is_utf8(name) || !ln::is_utf8(text)) std::abort();
  if (visit.route != nullptr && !visit.ready) visit.ready = reception.read(visit, {});
  if (visit.ready) static_cast<void>(reception.dress(visit, *std::move(visit.ready)));
  return 0;
}
