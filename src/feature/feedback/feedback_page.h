// About which page of ours somebody says something.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/text_key.h"

namespace ln::feedback {

inline constexpr std::size_t page_path_size_max = 100;

enum class PageRoom : std::uint8_t {
  consultation,
  dialogue,
  project,
  ballot,
  disclosure,
  survey,
  unit,
  figures
};

// A page as its address names it; nothing in it is free text once the thing is known to exist.
struct AboutPage {
  PageRoom room{};
  std::int64_t number = 0;  // of a consultation … survey, 1 to 999,999
  std::string_view part{};  // key of a clause or code of a unit, borrowed from the address
};

// The page of this address, without language and query: "/projects/3",
// "/consultations/3/clauses/d5.2", "/units/P1", "/figures/on_time". The address is kept and
// published without review, so it must be one of these word for word: no other part, no empty one,
// no dots that lead elsewhere, no number so long that it could be somebody's. Never a page of
// staff, of one case (who speaks of a case again says so with its code), or of a holder's secret.
std::optional<AboutPage> about_page_at(std::string_view path);
bool may_be_about(std::string_view path);

// What its readers call the page: "Dự án số {number}". Holes: number, code.
TextKey name_of(PageRoom room);

}  // namespace ln::feedback
