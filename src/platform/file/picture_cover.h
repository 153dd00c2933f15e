// Boxes that hide parts of a picture for good: faces, number plates.
//
// The picture is decoded, the boxes are filled with black, and the whole is encoded anew, in the
// same cage as picture.h. Nothing of what stood in a box is in what comes out: two pictures that
// differ only there become the same bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "platform/file/picture.h"

namespace ln::file {

// In whole percent of the picture's width and height, from its upper left corner.
struct Box {
  int left = 0;
  int top = 0;
  int width = 0;   // 1 to 100 - left
  int height = 0;  // 1 to 100 - top
  friend bool operator==(const Box&, const Box&) = default;
};
inline constexpr std::size_t boxes_max = 20;

// Whether the box lies within the picture and is not empty.
bool is_within_picture(const Box& box);

// "10,20,5,5;50,50,10,10"; nothing for no boxes.
std::string to_text(std::span<const Box> boxes);
// Null for anything that to_text does not write.
std::optional<std::vector<Box>> boxes_from(std::string_view text);

// What clean_picture gives, with the boxes black. The same refusals and the same bounds of time.
// Precondition: at most boxes_max boxes, each within the picture.
Result<Picture> cover_picture(std::string_view bytes, std::span<const Box> boxes);

}  // namespace ln::file
