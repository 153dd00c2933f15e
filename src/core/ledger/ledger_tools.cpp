#include "core/ledger/ledger_tools.h"

#include <algorithm>
#include <string>

#include "base/check.h"
#include "base/embedded.h"
#include "base/text.h"
#include "engine/merkle/merkle.h"
#include "platform/html/parts.h"
#include "platform/html/url.h"
#include "platform/http/download.h"

namespace ln::ledger {
namespace {

using html::fill;
using html::Fragment;
using html::View;

constexpr std::string_view tools_place = "/tools/";

std::string_view bytes_of_tool(std::string_view name) {
  const auto bytes = embedded::find("tools/" + std::string(name));
  CHECK(bytes.has_value());
  return *bytes;
}

const std::string& digest_of_tool(std::string_view name) {
  static const auto digests = [] {
    std::array<std::string, tools.size()> all;
    for (std::size_t i = 0; i < tools.size(); ++i)
      all[i] = to_hex(merkle::sha256(as_bytes(bytes_of_tool(tools[i]))));
    return all;
  }();
  const auto* const found = std::ranges::find(tools, name);
  CHECK(found != tools.end());
  return digests[static_cast<std::size_t>(found - tools.begin())];
}

}  // namespace

Result<http::Response> tool_file(const http::Request& request) {
  std::string_view name = request.path;
  if (!name.starts_with(tools_place)) name = {};
  name.remove_prefix(std::min(name.size(), tools_place.size()));
  if (std::ranges::find(tools, name) == tools.end())
    return Error{ErrorKind::not_found, "error.not_found.body"_t};
  http::Response response = http::page(200, std::string(bytes_of_tool(name)));
  response.content_type = "text/x-python; charset=utf-8";
  response.cacheable = true;
  return http::download(std::move(response), name);
}

Fragment tool_link(const View& view, std::string_view name) {
  return fill(R"(<p><a href="{}" translate="no">{}</a> – {} <span class="hash" translate="no">)"
              R"({}</span></p>)",
              html::Url::path(std::string(tools_place) + std::string(name)), name,
              view("ledger.tools.digest"_t), digest_of_tool(name));
}

Fragment tools_part(const View& view) {
  Fragment out;
  out.add(R"(<h2 class="h-m sp" id="tools">{}</h2><p>{}</p>)", view("ledger.tools"_t),
          view("ledger.tools.hint"_t));
  for (const std::string_view name : tools) out += tool_link(view, name);
  out.add(R"(<h2 class="h-m sp" id="keep">{}</h2><p>{}</p>)"
          R"(<pre class="code" translate="no">{}</pre><p>{}</p>)",
          view("ledger.keep"_t), view("ledger.keep_how"_t),
          "curl -o head-1 " + view.site->base_url + "/ledger/checkpoint\n" + "curl -o head-2 " +
              view.site->base_url + "/ledger/checkpoint\n" +
              "python3 verify_ledger.py growth head-1 head-2 --log " + view.site->base_url +
              "/ledger",
          view("ledger.keep_answer"_t));
  return out;
}

}  // namespace ln::ledger
