// A value, or the reason there is none.
//
// Use Result for outcomes the caller is expected to handle: a field left empty, a record that is
// not there, an action this person may not take. Do not use it for a broken machine (disk full,
// corrupt database): those throw db::Failure, and only the request and job boundaries catch.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/text_key.h"

namespace ln {

enum class ErrorKind : std::uint8_t {
  invalid,    // The request is understood and wrong; `fields` says where.
  sign_in,    // We do not know who is asking.
  forbidden,  // We know who is asking, and they may not.
  not_found,
  conflict,  // Somebody else changed it first, or it already exists.
  too_large,
  too_many,
  unavailable,  // We cannot just now (queue full, stopping); trying again may help.
};

struct FieldError {
  std::string field;  // The form field's name, the same word as in the JSON of the API.
  TextKey text;       // What to tell the person, shown beside the field.
};

struct Error {
  ErrorKind kind;
  TextKey text;  // Shown to people, translated at the edge. Never a sentence, never our internals.
  std::vector<FieldError> fields = {};
};

// Collects what is wrong with the fields of one form, in the order the fields stand on the page.
class FieldErrors {
 public:
  void add(std::string_view field, TextKey text) { all_.push_back({std::string(field), text}); }
  bool empty() const { return all_.empty(); }
  // The refusal that carries them. Precondition: !empty().
  Error take() { return {ErrorKind::invalid, all_.front().text, std::move(all_)}; }

 private:
  std::vector<FieldError> all_;
};

template <class T>
class [[nodiscard]] Result {
 public:
  using Value = T;
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const noexcept { return state_.index() == 0; }

  // Precondition: ok(). Asking for a value that is not there is a bug and throws.
  const T& value() const& { return std::get<0>(state_); }
  T& value() & { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }

  // Precondition: !ok().
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

struct Done {};  // The value of an action whose success carries nothing more.

}  // namespace ln

// TRY(auto ticket, find(read, id));  binds the value, or returns the error to our caller.
// Two statements rather than a GNU statement expression, so that -Wpedantic stays on.
#define LN_JOIN_(a, b) a##b
#define LN_JOIN(a, b) LN_JOIN_(a, b)
#define LN_TRY_(declaration, holder, ...)             \
  auto holder = (__VA_ARGS__);                        \
  if (!holder.ok()) return std::move(holder).error(); \
  declaration = std::move(holder).value()
#define TRY(declaration, ...) LN_TRY_(declaration, LN_JOIN(try_, __LINE__), __VA_ARGS__)
