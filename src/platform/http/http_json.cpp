#include "platform/http/http_json.h"

#include <utility>

#include "platform/http/http_parse.h"

namespace ln::http {
namespace {

constexpr std::size_t body_size_max = 64 * 1024;
constexpr std::size_t depth_max = 8;
constexpr std::size_t items_max = 100;

bool is_json(std::string_view content_type) {
  const std::string kind = lower_ascii(content_type.substr(0, content_type.find(';')));
  return std::string_view(kind).substr(0, kind.find_last_not_of(' ') + 1) == "application/json";
}

bool is_empty(const Request& request) {
  return request.body.empty() && request.form.items().empty() && request.uploads.empty();
}

}  // namespace

std::variant<json::Document, Response> json_body(const Request& request, Body body) {
  const json::Limits limits{.size_max = body_size_max, .depth_max = depth_max};
  if (body == Body::may_be_empty && is_empty(request)) {
    auto nothing = json::parse("{}", limits);
    return std::move(nothing).value();
  }
  if (!is_json(request.header("content-type")))
    return error_response(request, 415, "http.error.not_json"_t);
  auto document = json::parse(request.body, limits);
  if (!document.ok()) {
    const int status = document.error().kind == ErrorKind::too_large ? 413 : 400;
    return error_response(request, status, document.error().text);
  }
  if (!document.value().root().is_object())
    return error_response(request, 400, "http.error.no_object"_t);
  return std::move(document).value();
}

std::string Members::text(std::string_view name) {
  const json::Value value = object_.find(name);
  if (value.is_null()) return {};
  const auto text = value.text();
  if (!text) errors_.add(name, "http.error.type_text"_t);
  // As from a form: lines end in "\n", and nothing else that cannot be seen is kept.
  return cleaned(std::string(text.value_or(""))).value_or("");
}

std::optional<bool> Members::flag(std::string_view name) {
  const json::Value value = object_.find(name);
  if (value.is_null()) return std::nullopt;
  const auto flag = value.boolean();
  if (!flag) errors_.add(name, "http.error.type_flag"_t);
  return flag;
}

std::optional<std::int64_t> Members::number(std::string_view name) {
  const json::Value value = object_.find(name);
  if (value.is_null()) return std::nullopt;
  const auto number = value.integer();
  if (!number) errors_.add(name, "http.error.type_number"_t);
  return number;
}

std::vector<std::string> Members::texts(std::string_view name) {
  const json::Value value = object_.find(name);
  std::vector<std::string> all;
  if (value.is_null()) return all;
  bool fits = value.is_array() && value.count() <= items_max;
  for (const json::Value each : value.items()) {
    if (!fits) break;
    const auto text = each.text();
    fits = text.has_value();
    all.push_back(cleaned(std::string(text.value_or(""))).value_or(""));
  }
  if (!fits) errors_.add(name, "http.error.type_texts"_t);
  return all;
}

std::vector<std::pair<std::string, std::string>> Members::pairs(std::string_view name) {
  const json::Value value = object_.find(name);
  std::vector<std::pair<std::string, std::string>> all;
  if (value.is_null()) return all;
  bool fits = value.is_object() && value.count() <= items_max;
  if (fits)
    for (const json::Member each : value.members()) {
      const auto text = each.value.text();
      fits = fits && text.has_value();
      all.emplace_back(each.name, cleaned(std::string(text.value_or(""))).value_or(""));
    }
  if (!fits) errors_.add(name, "http.error.type_pairs"_t);
  return all;
}

}  // namespace ln::http
