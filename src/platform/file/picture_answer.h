// What the picture process says to the server over its pipe. Both ends are the same program, so the
// numbers travel as they lie in memory; the server believes none of them unchecked, because the
// process has looked at a stranger's bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "platform/file/picture.h"

namespace ln::file {

// Bytes of the longest answer there can be.
inline constexpr std::size_t picture_answer_max = 2 * picture_size_max + 256;

std::string to_answer(const Result<Picture>& outcome);
// Null when it is not a whole answer that keeps every promise of Picture.
std::optional<Result<Picture>> from_answer(std::string_view answer);

}  // namespace ln::file
