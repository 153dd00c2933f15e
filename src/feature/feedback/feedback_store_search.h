// The public register, page by page: newest first, or those that hold the words of a search.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/feedback/feedback_store_lines.h"
#include "feature/feedback/feedback_store_lists.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Public titles and bodies of published cases, by feedback id; filled by feedback_jobs.
inline constexpr db::TextIndex search_index("feedback_search");

// What is asked of the register. `filter.before` and `filter.limit` are not looked at.
struct SearchFor {
  std::string_view words = {};  // as typed; nothing but spaces asks for all cases
  std::string_view after = {};  // the `next` of the page before; empty for the first page
  RegisterFilter filter = {};
  std::size_t wanted = 20;  // cases on a page, at least 1
};

// One page. Whoever follows `next` to the end sees each case that is published and passes the
// filter exactly once, those that appear meanwhile left out.
struct SearchPage {
  std::vector<CaseLine> exact;  // with the very diacritics typed; all, when none were typed
  std::vector<CaseLine> alike;  // with the same letters and other diacritics, after all exact ones
  std::string next;             // empty at the end; a page may be empty and still have a next one
};

// Null when `after` is no cursor of this register.
std::optional<SearchPage> find_published(db::Read& read, const SearchFor& asked);

}  // namespace ln::feedback
