#include "feature/feedback/feedback_actions_place.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "core/units/units_store_area.h"
#include "core/units/units_store_reorganise.h"
#include "engine/text/text.h"
#include "feature/feedback/feedback_actions_record.h"
#include "platform/db/recent.h"

namespace ln::feedback {
namespace {

// The key of a text with a space at both ends, so that whole words are found.
std::string key_of_words(std::string_view words, bool with_marks) {
  return " " + (with_marks ? text::marked(words) : text::fold(words)) + " ";
}

// The first letter of a type: "p" for "Phường", also where it has two bytes ("đ").
std::string_view initial(std::string_view key) {
  std::size_t size = 1;
  while (size < key.size() && (static_cast<unsigned char>(key[size]) & 0xC0) == 0x80) ++size;
  return key.substr(0, size);
}

// The box around the country's mainland, islands and archipelagos.
bool is_near(const geo::Point& point) {
  return point.lat >= 6'000'000 && point.lat <= 23'500'000 && point.lon >= 102'000'000 &&
         point.lon <= 118'000'000;
}

}  // namespace

std::optional<units::Unit> named_in(std::string_view place, std::span<const units::Unit> communes) {
  const bool with_marks = text::has_marks(place);
  const std::string where = key_of_words(place, with_marks);
  std::vector<std::pair<std::string, const units::Unit*>> found;  // bare names
  for (const units::Unit& each : communes) {
    const std::string full = key_of_words(each.name, with_marks);
    const std::string type = key_of_words(each.type, with_marks);
    const std::string bare = key_of_words(units::bare_name(each.name, each.type), with_marks);
    const std::string brief = " " + std::string(initial(std::string_view(type).substr(1))) + bare;
    if (where.find(full) != std::string::npos || where.find(brief) != std::string::npos)
      found.emplace_back(bare, &each);
  }
  if (found.empty()) return std::nullopt;
  const auto longest =
      std::ranges::max_element(found, {}, [](const auto& each) { return each.first.size(); });
  const auto is_part = [&](const auto& each) {
    return &each == &*longest ||
           (each.first != longest->first && longest->first.starts_with(each.first));
  };
  return std::ranges::all_of(found, is_part) ? std::optional(*longest->second) : std::nullopt;
}

std::optional<units::Unit> commune_named(db::Read& read, std::string_view place, Day day) {
  if (place.empty()) return std::nullopt;
  const auto communes = db::recent(read, "communes/" + to_iso(day), [&] {
    std::vector<units::Unit> all = units::all_on(read, day);
    std::erase_if(all, [](const units::Unit& each) { return each.kind != units::Kind::commune; });
    return all;
  });
  return named_in(place, communes);
}

std::optional<geo::Point> read_position(std::string_view typed, FieldErrors& errors) {
  typed = trimmed(typed);
  if (typed.empty()) return std::nullopt;
  const auto point = geo::parse_point(typed);
  if (!point)
    errors.add("position", "feedback.error.position"_t);
  else if (!is_near(*point))
    errors.add("position", "feedback.error.position_far"_t);
  return point;
}

std::optional<units::Unit> commune_marked(db::Read& read, const Feedback& feedback, Day day) {
  return feedback.position ? units::commune_at(read, *feedback.position, day) : std::nullopt;
}

}  // namespace ln::feedback
