// What an officer is told about an answer before it goes out. Advice, never a refusal.
#pragma once

#include <string_view>
#include <vector>

#include "base/text_key.h"

namespace ln::feedback {

// Too short, a formula letter, no day and no number in it, sentences longer than forty words. Empty
// when there is nothing to say.
std::vector<TextKey> hints_for(std::string_view answer);

}  // namespace ln::feedback
