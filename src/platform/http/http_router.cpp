#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "platform/http/http.h"
#include "platform/http/http_parse.h"

namespace ln::http {
namespace {

constexpr std::size_t depth_max = 16;

enum class Kind : std::uint8_t { number, date, text };  // the order of Node::holes

bool is_hole(std::string_view segment) { return segment.starts_with('{'); }

std::string_view hole_name(std::string_view segment) {
  return segment.substr(1, segment.find_first_of(":}") - 1);
}

Kind hole_kind(std::string_view segment) {
  CHECK(segment.ends_with('}'));
  const std::size_t colon = segment.find(':');
  if (colon == std::string_view::npos) return Kind::text;
  const std::string_view kind = segment.substr(colon + 1, segment.size() - colon - 2);
  CHECK(kind == "number" || kind == "date" || kind == "text");
  return kind == "number" ? Kind::number : kind == "date" ? Kind::date : Kind::text;
}

bool fits(Kind kind, std::string_view segment) {
  switch (kind) {
    case Kind::number: return parse_number(segment).has_value();
    case Kind::date: return parse_day(segment).has_value();
    case Kind::text: return !segment.empty();
  }
  return false;
}

// Calls `each` with every segment of a path or a pattern; "/" has none.
template <class Each>
void for_segments(std::string_view path, Each each) {
  if (path == "/") return;
  for (std::size_t at = 1;;) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    each(path.substr(at, end - at));
    if (end == path.size()) return;
    at = end + 1;
  }
}

}  // namespace

struct Router::Walk {
  std::array<std::string_view, depth_max> segments{};
  std::size_t count = 0;
  Method method = Method::get;
  bool other_method = false;

  // False when the path is no path, or deeper than any pattern.
  bool take(std::string_view path) {
    if (!path.starts_with('/')) return false;
    bool fit = true;
    for_segments(path, [&](std::string_view segment) {
      if (count < depth_max)
        segments[count++] = segment;
      else
        fit = false;
    });
    return fit;
  }
};

// The node that `segment` of a pattern leads to, made when it is not there yet.
std::size_t Router::step(std::size_t node, std::string_view segment) {
  const std::size_t fresh = nodes_.size();
  std::size_t next = fresh;
  if (is_hole(segment)) {
    std::size_t& place = nodes_[node].holes[static_cast<std::size_t>(hole_kind(segment))];
    if (place == 0) place = fresh;
    next = place;
  } else {
    auto& literals = nodes_[node].literals;
    const auto at = std::lower_bound(literals.begin(), literals.end(), segment,
                                     [](const auto& l, std::string_view s) { return l.first < s; });
    if (at != literals.end() && at->first == segment)
      next = at->second;
    else
      literals.insert(at, {segment, fresh});
  }
  if (next == fresh) nodes_.emplace_back();
  return next;
}

void Router::add(Route route) {
  CHECK(route.pattern.starts_with('/'));
  std::size_t node = 0;
  std::size_t depth = 0;
  for_segments(route.pattern, [&](std::string_view segment) {
    node = step(node, segment);
    ++depth;
  });
  CHECK(depth <= depth_max);
  std::size_t& place = nodes_[node].routes[static_cast<std::size_t>(route.method)];
  CHECK(place == 0);  // Another route matches the same paths.
  routes_.push_back(std::move(route));
  place = routes_.size();
}

// The route (position plus one) under `node` for the segments from `depth` on.
std::size_t Router::find(Walk& walk, std::size_t node, std::size_t depth) const {
  const Node& here = nodes_[node];
  if (depth == walk.count) {
    const std::size_t found = here.routes[static_cast<std::size_t>(walk.method)];
    if (found == 0 && here.routes != decltype(here.routes){}) walk.other_method = true;
    return found;
  }
  const std::string_view segment = walk.segments[depth];
  const auto literal =
      std::lower_bound(here.literals.begin(), here.literals.end(), segment,
                       [](const auto& l, std::string_view s) { return l.first < s; });
  if (literal != here.literals.end() && literal->first == segment) {
    if (const std::size_t found = find(walk, literal->second, depth + 1)) return found;
  }
  for (const Kind kind : {Kind::number, Kind::date, Kind::text}) {
    const std::size_t next = here.holes[static_cast<std::size_t>(kind)];
    if (next == 0 || !fits(kind, segment)) continue;
    if (const std::size_t found = find(walk, next, depth + 1)) return found;
  }
  return 0;
}

Router::Match Router::match(Method method, std::string_view path) const {
  Walk walk;
  walk.method = method;
  Match match;
  if (!walk.take(path)) return match;
  const std::size_t found = find(walk, 0, 0);
  match.other_method = found == 0 && walk.other_method;
  if (found == 0) return match;
  match.route = &routes_[found - 1];
  std::size_t depth = 0;
  for_segments(match.route->pattern, [&](std::string_view segment) {
    if (is_hole(segment)) match.path_values.emplace_back(hole_name(segment), walk.segments[depth]);
    ++depth;
  });
  return match;
}

std::string Router::allowed(std::string_view path) const {
  std::string methods;
  const std::pair<Method, std::string_view> names[] = {{Method::get, "GET, HEAD"},
                                                       {Method::post, "POST"},
                                                       {Method::put, "PUT"},
                                                       {Method::delete_, "DELETE"}};
  for (const auto& [method, name] : names) {
    if (match(method, path).route == nullptr) continue;
    if (!methods.empty()) methods += ", ";
    methods += name;
  }
  return methods;
}

}  // namespace ln::http
