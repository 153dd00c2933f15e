// What a machine sends: one JSON object. Members nobody asked for are ignored, so that a client
// written for a later version still works; a member of the wrong type is an error beside its name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "platform/http/http.h"
#include "platform/json/json.h"

namespace ln::http {

// The body as a document whose root is an object, or the answer that refuses it: 415 when it is
// not declared as JSON, 400 when it is not JSON or no object, 413 when it is too large. With
// `may_be_empty`, no body at all is an empty object.
enum class Body : std::uint8_t { needed, may_be_empty };
std::variant<json::Document, Response> json_body(const Request& request, Body body);

// Reads members by name and type, and gathers what is wrong with them. Null counts as absent.
class Members {
 public:
  explicit Members(json::Value object) : object_(object) {}

  std::string text(std::string_view name);  // empty when absent
  std::optional<bool> flag(std::string_view name);
  std::optional<std::int64_t> number(std::string_view name);
  std::vector<std::string> texts(std::string_view name);  // an array of texts
  // An object whose members are all texts.
  std::vector<std::pair<std::string, std::string>> pairs(std::string_view name);

  json::Value find(std::string_view name) const { return object_.find(name); }
  FieldErrors& errors() { return errors_; }

 private:
  json::Value object_;
  FieldErrors errors_;
};

}  // namespace ln::http
