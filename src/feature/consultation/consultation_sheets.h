// A long draft in sheets: as many articles as a page may weigh (6 KiB compressed, product.md §14).
// Pure.
#pragma once

#include <cstddef>
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

}  // namespace ln::consultation
