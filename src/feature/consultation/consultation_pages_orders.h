// In which order what was said of a clause is read. For this room's pages only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "feature/consultation/consultation_pages_parts.h"

namespace ln::consultation {

inline constexpr std::int64_t comments_a_page = 15;
// No draw is paged through further: whoever wants more draws again.
inline constexpr std::int64_t drawn_max = 150;

// One page of what was said of a place, and what stands around it.
struct Listed {
  std::vector<Comment> comments{};
  html::Fragment above{}, below{};  // the choice of orders and what this one is; where to go on
};
// `key` as in the address of the page: a clause, "all" or "gone". The order is in the query: the
// newest first, "order=support", or "order=random" with "seed" and "until" (consultation_store.h).
Listed listed_comments(const http::Request& request,
                       db::Read& read,
                       const Consultation& c,
                       const std::string& key);

// Where somebody goes who asked for a random order and not for a certain one: to one drawn now.
// Null for all others.
std::optional<html::Url> draw_anew(const http::Request& request,
                                   db::Read& read,
                                   const Consultation& c,
                                   const std::string& key,
                                   Random& random);

}  // namespace ln::consultation
