// The page that checks a receipt in the reader's own browser.
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/embedded.h"
#include "core/ledger/ledger_pages.h"

namespace ln::ledger {
namespace {

constexpr std::string_view file = "assets/dist/verify.html";

// The page names the hashes of its one script and its one style itself, for wherever it is
// published. As a header the same policy can also forbid framing.
std::string policy_of(std::string_view page) {
  constexpr std::string_view before = R"(http-equiv="Content-Security-Policy" content=")";
  const std::size_t found = page.find(before);
  CHECK(found != std::string_view::npos);
  page.remove_prefix(found + before.size());
  return std::string(page.substr(0, page.find('"'))) + "; frame-ancestors 'none'";
}

}  // namespace

Result<http::Response> verify_page(const http::Request&) {
  const auto page = embedded::find(file);
  CHECK(page.has_value());
  http::Response response = http::page(200, std::string(*page));
  response.cacheable = true;
  response.headers = {
      {"Content-Security-Policy", policy_of(*page)},
      {"Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"},
  };
  return response;
}

html::Url verify_url(const html::View& view) {
  const auto url = html::Url::path("/ledger/verify.html");
  return view.voice.language() == i18n::Language::en ? url.at("en") : url;
}

}  // namespace ln::ledger
