#include "platform/http/http.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "platform/http/http_parse.h"

namespace ln::http {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

const std::string* find(const Pairs& pairs, std::string_view name) {
  const auto found = std::find_if(pairs.begin(), pairs.end(),
                                  [&](const auto& pair) { return pair.first == name; });
  return found == pairs.end() ? nullptr : &found->second;
}

}  // namespace

void Fields::add(std::string name, std::string value) {
  items_.emplace_back(std::move(name), std::move(value));
}

std::string_view Fields::text(std::string_view name) const {
  const std::string* value = find(items_, name);
  return value == nullptr ? std::string_view() : *value;
}

bool Fields::has(std::string_view name) const { return find(items_, name) != nullptr; }

std::optional<std::int64_t> Fields::number(std::string_view name) const {
  return parse_number(trimmed(text(name)));
}

std::vector<std::string_view> Fields::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [key, value] : items_)
    if (key == name) values.emplace_back(value);
  return values;
}

std::string_view Request::path_text(std::string_view name) const {
  const std::string* value = find(path_values, name);
  CHECK(value != nullptr);
  return *value;
}

std::int64_t Request::path_number(std::string_view name) const {
  const auto number = parse_number(path_text(name));
  CHECK(number.has_value());
  return *number;
}

Day Request::path_date(std::string_view name) const {
  const auto day = parse_day(path_text(name));
  CHECK(day.has_value());
  return *day;
}

std::string_view Request::header(std::string_view lower_case_name) const {
  const std::string* value = find(headers, lower_case_name);
  return value == nullptr ? std::string_view() : *value;
}

std::string_view Request::cookie(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (key == "cookie")
      if (const auto found = cookie_value(value, name); !found.empty()) return found;
  return {};
}

bool Request::wants_json() const {
  return path.starts_with("/api/") || path.starts_with("/open311/");
}

Response&& Response::with_header(std::string name, std::string value) && {
  // A line end in a value would let whoever chose the value write headers of their own.
  CHECK(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
  headers.emplace_back(std::move(name), std::move(value));
  return std::move(*this);
}

Response&& Response::with_cookie(std::string name, std::string value, std::int64_t max_age_s) && {
  CHECK(value.find_first_of(" \";,\\") == std::string::npos);
  std::string cookie = std::move(name) + "=" + std::move(value);
  cookie += "; Path=/; HttpOnly; SameSite=Lax";
  if (max_age_s != 0) cookie += "; Max-Age=" + std::to_string(std::max<std::int64_t>(max_age_s, 0));
  return std::move(*this).with_header("Set-Cookie", std::move(cookie));
}

Response page(int status, std::string body) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

Response json(int status, std::string body) {
  Response response = page(status, std::move(body));
  response.content_type = "application/json";
  return response;
}

Response text(int status, std::string body) {
  Response response = page(status, std::move(body));
  response.content_type = "text/plain; charset=utf-8";
  return response;
}

Response see_other(std::string path) {
  // "//host" and "/\host" lead to another site in a browser.
  CHECK(path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\"));
  return page(303, {}).with_header("Location", std::move(path));
}

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid: return 422;
    case ErrorKind::sign_in: return 401;
    case ErrorKind::forbidden: return 403;
    case ErrorKind::not_found: return 404;
    case ErrorKind::conflict: return 409;
    case ErrorKind::too_large: return 413;
    case ErrorKind::too_many: return 429;
    case ErrorKind::unavailable: return 503;
  }
  return 500;
}

}  // namespace ln::http
