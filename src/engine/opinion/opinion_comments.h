// Reads the words of statements from a table beside the votes (comments.csv of the same layout):
// the columns "comment-id" and "comment-body" are needed, "moderated" may be there (-1: rejected),
// others are not read. Cells may be quoted and then hold commas, quotes and line feeds.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/opinion/opinion_read.h"

namespace ln::opinion {

inline constexpr std::size_t comments_size_max = 64 * 1'024 * 1'024;
inline constexpr std::size_t comment_chars_max = 10'000;

struct Comment {
  std::string id;
  std::string text;  // on one line: white space of any kind is one space
  bool is_rejected = false;
};

// In the canonical order of ids. Precondition: at most comments_size_max bytes.
std::variant<std::vector<Comment>, Complaint> read_comments(std::string_view bytes);

}  // namespace ln::opinion
