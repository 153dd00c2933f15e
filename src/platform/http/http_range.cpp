#include "platform/http/http_range.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace ln::http {
namespace {

struct Span {
  std::int64_t first = 0, last = 0;  // both are part of it; first > last: nothing is there
};

// Null: to be ignored. Numbers that do not fit are as good as the end of the file.
std::optional<Span> span_of(std::string_view text, std::int64_t size) {
  constexpr std::string_view unit = "bytes=";
  if (!text.starts_with(unit)) return std::nullopt;
  text.remove_prefix(unit.size());
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view from = trimmed(text.substr(0, dash)), to = trimmed(text.substr(dash + 1));
  const auto is_number = [](std::string_view each) {
    return std::ranges::all_of(each, [](char c) { return c >= '0' && c <= '9'; });
  };
  if (!is_number(from) || !is_number(to) || (from.empty() && to.empty())) return std::nullopt;
  const auto number = [&](std::string_view each) { return parse_number(each).value_or(size); };
  if (from.empty()) return Span{std::max<std::int64_t>(0, size - number(to)), size - 1};
  const std::int64_t first = number(from);
  const std::int64_t last = to.empty() ? size - 1 : number(to);
  if (!to.empty() && last < first) return std::nullopt;
  return Span{first, std::min(last, size - 1)};
}

}  // namespace

Response part_of(const Request& request, Response whole) {
  const auto size = static_cast<std::int64_t>(whole.body.size());
  whole.headers.emplace_back("Accept-Ranges", "bytes");
  const std::string_view asked = request.header("range");
  if (asked.empty() || request.method != Method::get || !request.header("if-range").empty())
    return whole;
  const auto span = span_of(asked, size);
  if (!span) return whole;
  if (span->first > span->last) {
    Response none = text(416, "");
    none.headers.emplace_back("Content-Range", "bytes */" + std::to_string(size));
    return none;
  }
  whole.status = 206;
  whole.headers.emplace_back("Content-Range", "bytes " + std::to_string(span->first) + "-" +
                                                  std::to_string(span->last) + "/" +
                                                  std::to_string(size));
  whole.body = whole.body.substr(static_cast<std::size_t>(span->first),
                                 static_cast<std::size_t>(span->last - span->first + 1));
  return whole;
}

}  // namespace ln::http
