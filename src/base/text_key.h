// Sentences shown to people are named by keys, written as literals with the suffix _t.
//
// The sentences stand in text/vi.po and text/en.po. The build turns those files into one definition
// of MessageOf<key>::value for each key, so a key that is in no file does not link, the look-up at
// run time costs nothing, and adding a sentence recompiles nobody. tidy tells the same mistake in a
// readable sentence before the linker does.
#pragma once

#include <cstddef>
#include <string_view>

namespace ln {

// A string literal as a template argument.
template <std::size_t size>
struct Literal {
  char text[size];
  // Implicit on purpose.
  consteval Literal(const char (&source)[size]) {
    for (std::size_t i = 0; i < size; ++i) text[i] = source[i];
  }
  constexpr std::string_view view() const { return {text, size - 1}; }
};

// One sentence in both languages. `*_many` is what stands for counts other than 1 where the
// language distinguishes them (English does, Vietnamese does not; then both are equal).
struct Message {
  std::string_view key;
  std::string_view vi;
  std::string_view en;
  std::string_view en_many;
};

template <Literal key>
struct MessageOf {
  static const Message value;
};

// A key known to exist. Cheap to copy; compares by identity. `none` means there is no sentence.
class TextKey {
 public:
  constexpr TextKey() = default;
  constexpr explicit TextKey(const Message* message) : message_(message) {}
  constexpr bool is_none() const { return message_ == nullptr; }
  constexpr const Message& message() const { return *message_; }
  std::string_view name() const { return message_ == nullptr ? "" : message_->key; }
  friend constexpr bool operator==(TextKey, TextKey) = default;

 private:
  const Message* message_ = nullptr;
};

// That the definition is elsewhere is the design; clang would remark on it at each key.
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#endif
template <Literal key>
constexpr TextKey operator""_t() {
  return TextKey(&MessageOf<key>::value);
}
#if defined(__clang__)
#pragma clang diagnostic pop
#endif

// The key of this name, for names that were stored as data (notices wait in the database); `none`
// when no release has it any more. Compares with every key: not for the way a page is made.
TextKey text_key_named(std::string_view name);

}  // namespace ln
