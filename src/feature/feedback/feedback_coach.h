// What an officer is told about an answer before it goes out. Advice, never a refusal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_key.h"

namespace ln::feedback {

// Too short, a formula letter, no day and no number in it, sentences longer than forty words,
// nobody named who acts, nothing said to be done. Empty when there is nothing to say.
std::vector<TextKey> hints_for(std::string_view answer);

// Shorter than what it answers, though not brief; little else than a letter sent before.
// `earlier`: the office's last letters, without what was sent as evidence.
std::vector<TextKey> hints_beside(std::string_view answer,
                                  std::string_view question,
                                  const std::vector<std::string>& earlier);

// Of a letter so short anybody writes the same.
inline constexpr std::size_t copied_chars_min = 40;

}  // namespace ln::feedback
