#include "platform/http/http_list.h"

#include "base/text.h"

namespace ln::http {
namespace {

// Nothing typed is `usual`; null for what is no number within the bounds.
std::optional<std::int64_t> asked_number(const Request& request,
                                         std::string_view name,
                                         std::int64_t usual,
                                         std::int64_t most) {
  const std::string_view typed = request.query.text(name);
  if (typed.empty()) return usual;
  const auto number = parse_number(typed);
  if (!number || *number < 1 || *number > most) return std::nullopt;
  return number;
}

}  // namespace

Result<ListAsked> list_asked(const Request& request) {
  constexpr std::int64_t after_most = std::int64_t{1} << 53;  // What JSON numbers hold everywhere.
  const auto limit = asked_number(request, "limit", list_usual, list_most);
  const auto after = asked_number(request, "after", 0, after_most);
  FieldErrors errors;
  if (!limit) errors.add("limit", "error.list.limit"_t);
  if (!after) errors.add("after", "error.list.after"_t);
  if (!errors.empty()) return errors.take();
  return ListAsked{*after, *limit};
}

}  // namespace ln::http
