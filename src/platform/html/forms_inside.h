// What the wings of forms.cpp share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/html/forms.h"

namespace ln::html::detail {

// An attribute that is left out when there is nothing to say.
inline std::optional<std::string_view> maybe(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

// "a b": class names and ids in a row.
inline void append_word(std::string& words, std::string_view word) {
  if (word.empty()) return;
  if (!words.empty()) words += ' ';
  words += word;
}

// What stands around every field: the ids of its hint and error and who refers to them.
struct Surround {
  std::string id;
  std::string hint_id, error_id;  // empty when there is none
  std::string described_by;

  Surround(std::string_view name,
           std::string_view own_id,
           std::string_view hint,
           std::string_view error,
           std::string_view more)
      : id(own_id.empty() ? name : own_id), described_by(more) {
    if (!hint.empty()) append_word(described_by, hint_id = id + "-hint");
    if (!error.empty()) append_word(described_by, error_id = id + "-error");
  }
};

inline void add_hint_and_error(Fragment& out,
                               const View& view,
                               const Surround& around,
                               std::string_view hint_text,
                               std::string_view error_text) {
  if (!hint_text.empty()) out += hint(hint_text, around.hint_id);
  if (!error_text.empty()) out += error_message(view, error_text, around.error_id);
}

inline std::string_view group_class(std::string_view error) {
  return error.empty() ? "govuk-form-group" : "govuk-form-group govuk-form-group--error";
}

// "govuk-input govuk-input--error": a block with its error mark.
inline std::string block_class(std::string_view block, std::string_view error) {
  std::string out(block);
  if (!error.empty()) append_word(out, std::string(block) + "--error");
  return out;
}

}  // namespace ln::html::detail
