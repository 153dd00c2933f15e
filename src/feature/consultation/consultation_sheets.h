// A long draft in sheets: as many articles as a page may weigh (6 KiB compressed, product.md §14).
// Pure.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "engine/draft/draft.h"

namespace ln::consultation {

// Bytes of text and articles that one sheet shows; a longer article is a sheet of its own, of which
// the first so many bytes are shown, and links to the rest.
inline constexpr std::size_t sheet_size_max = 3'500, sheet_articles_max = 6;

// The clauses [first, last) of the draft: whole articles with the names of the chapters they begin.
struct DraftSheet {
  std::size_t first = 0, last = 0;
};
// In order; together they are the whole draft. At least one, also for a draft without articles.
std::vector<DraftSheet> sheets_of(const draft::Draft& draft);

// One piece that is too long to be shown at once: its own words in chunks of at most so many bytes,
// then what stands directly below it, so many links at a time.
inline constexpr std::size_t chunk_size_max = 3'000, links_at_once = 60;
// In order; together they are the whole text. Cut at the end of a line or a word where there is
// one, never inside a letter. At least one, also of nothing.
std::vector<std::string_view> chunks_of(std::string_view text);
// What the part `number`, from 0, of the piece at `at` shows. The last words and the first links
// share a part.
struct PiecePart {
  std::string_view words{};
  std::vector<std::size_t> links{};  // places in draft.clauses
  std::size_t count = 1;             // of all parts
};
PiecePart part_of(const draft::Draft& draft, std::size_t at, std::size_t number);

}  // namespace ln::consultation
