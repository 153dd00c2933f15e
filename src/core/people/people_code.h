// What people read aloud and type: public codes and secrets, in letters that cannot be mistaken for
// one another.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"

namespace ln::people {

// Without 0, 1, I and O.
inline constexpr std::string_view code_letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
inline constexpr std::size_t code_size = 8;     // letters of a public code
inline constexpr std::size_t secret_size = 20;  // of a secret: 100 bits

// The letters of a code as it was typed: in any case, with spaces and hyphens, with or without the
// two letters of its kind ("HN") before it. Null for anything else.
std::optional<std::string> read_code(std::string_view typed, std::string_view kind);
// "HN-7K3M-4Q2P". Precondition: `code` has code_size letters.
std::string shown_code(std::string_view kind, std::string_view code);

std::string draw_letters(Random& random, std::size_t count);
// The secret of something new; shown once and never stored.
std::string draw_secret(Random& random);

}  // namespace ln::people
