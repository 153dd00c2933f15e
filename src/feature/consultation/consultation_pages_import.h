// The text of a draft out of a file: DOCX, ODT, Markdown or plain text.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace ln::consultation {

// The largest file that is taken, in bytes: drafts with letterheads and stamps stay far below.
inline constexpr std::int64_t draft_file_size_max = 10 * 1024 * 1024;

// As it would be typed into the field of the form: paragraphs with the numbers that the office
// program makes by itself, separated by empty lines; footnotes at the end. Refuses, beside "file":
// what is no text and no document, what office::read_document() refuses, and a document in which no
// article is found.
Result<std::string> draft_text_of(std::string_view bytes);

}  // namespace ln::consultation
