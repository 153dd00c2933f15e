// How a row of the table feedback becomes a Feedback; for the wings of the store.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Above every id: a list that begins at the newest asks for what lies before it.
inline constexpr std::int64_t end_of_time = 9'000'000'000'000'000;

// A word in a column that is none of ours means that the database is not what we wrote.
template <class List>
typename List::value_type known(const List& list, std::string_view text) {
  const auto found = from_word(list, text);
  if (!found) throw db::Failure("unknown word in a column of feedback: " + std::string(text));
  return *found;
}

// `text` of an optional filter: empty means any, and the statement says so.
template <class T>
std::string_view any_or(const std::optional<T>& value) {
  return value ? to_text(*value) : std::string_view();
}

// Of "SELECT * FROM feedback" or "SELECT feedback.* …": the columns in the order of the schema.
Feedback feedback_from_row(const db::Row& row);

}  // namespace ln::feedback
