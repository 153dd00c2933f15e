// Texts with holes that an office begins its letters with. Pure: text in, text out.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "core/units/units.h"

namespace ln::feedback {

using TemplateId = Id<struct TemplateTable>;

struct Template {
  TemplateId id{};
  units::UnitId unit{};  // for its cases and those of the units below it
  std::string name{}, text{};
  Instant changed_at{};
  std::int64_t changed_by = 0;
};

inline constexpr std::size_t template_name_chars_max = 80;
inline constexpr std::size_t template_text_chars_max = 3'000;
inline constexpr std::size_t templates_max = 50;  // of one unit

// What a hole may be called. Nothing here tells who sent a case, where they live or who works on
// it.
inline constexpr std::array<std::string_view, 6> template_holes = {"code", "due",   "received",
                                                                   "unit", "topic", "today"};
using TemplateValues = std::array<std::string, template_holes.size()>;  // in the order of the holes

// What is wrong with it, all of it, beside "name" and "text": an empty or long name or text, a hole
// of another name, and a brace that belongs to no hole.
Result<Done> check_template(std::string_view name, std::string_view text);

// The text with its holes filled. Precondition: check_template() finds nothing wrong; a brace of no
// hole stays as it is.
std::string fill_template(std::string_view text, const TemplateValues& values);

// Whether `letter` is little else than `filled`: it holds the whole of it and fewer than sixty
// characters more. Marks, case and spaces do not count.
bool is_little_else(std::string_view letter, std::string_view filled);

}  // namespace ln::feedback
