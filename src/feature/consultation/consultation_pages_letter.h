// How a letter that many sent is shown, at the desk and to everybody, and what each added to it.
// For this room's pages only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/consultation/consultation_store_letter.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::consultation {

// Kind, how many sent it and how far it fits them, and the letter with its slots; nothing for a
// point without one. While it is read again only that is said.
html::Fragment letter_part(const html::View& view, const std::optional<Letter>& letter);
// In one line, for a row of a table: "120 thư giống nhau, 12 thư có lời riêng". Nothing without
// one.
html::Fragment letter_note(const html::View& view, db::Read& read, IssueId id);

// A paragraph for each line of `text`, with what stands in `spans` marked.
html::Fragment marked_paragraphs(std::string_view text, const std::vector<campaigns::Span>& spans);

// A page of what stands under a point: first those with words of their own, then all others. The
// query says where it begins ("after", and "rest" once the first are over).
struct LetterPage {
  std::vector<Comment> own{}, rest{};
  std::int64_t own_count = 0;
  std::optional<html::Url> next{};
};
LetterPage letter_page(db::Read& read,
                       const Issue& issue,
                       const html::Url& url,
                       const http::Fields& query,
                       std::int64_t on_page);

}  // namespace ln::consultation
