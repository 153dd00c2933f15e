#include "platform/file/picture_cover.h"

#include "base/check.h"
#include "base/text.h"
#include "platform/file/picture_codec.h"

namespace ln::file {
namespace {

std::optional<int> percent_in(std::string_view text) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<Box> box_in(std::string_view text) {
  int numbers[4] = {};
  for (int i = 0; i < 4; ++i) {
    const std::size_t comma = text.find(',');
    if ((comma == std::string_view::npos) != (i == 3)) return std::nullopt;
    const auto number = percent_in(text.substr(0, comma));
    if (!number) return std::nullopt;
    numbers[i] = *number;
    if (i < 3) text.remove_prefix(comma + 1);
  }
  const Box box{numbers[0], numbers[1], numbers[2], numbers[3]};
  return is_within_picture(box) ? std::optional(box) : std::nullopt;
}

}  // namespace

bool is_within_picture(const Box& box) {
  return box.left >= 0 && box.top >= 0 && box.width >= 1 && box.height >= 1 && box.left <= 99 &&
         box.top <= 99 && box.width <= 100 - box.left && box.height <= 100 - box.top;
}

std::string to_text(std::span<const Box> boxes) {
  std::string out;
  for (const Box& box : boxes) {
    if (!out.empty()) out += ';';
    out += std::to_string(box.left) + "," + std::to_string(box.top) + "," +
           std::to_string(box.width) + "," + std::to_string(box.height);
  }
  return out;
}

std::optional<std::vector<Box>> boxes_from(std::string_view text) {
  std::vector<Box> boxes;
  if (text.empty()) return boxes;
  for (;;) {
    const std::size_t end = text.find(';');
    const auto box = box_in(text.substr(0, end));
    if (!box || boxes.size() == boxes_max) return std::nullopt;
    boxes.push_back(*box);
    if (end == std::string_view::npos) return boxes;
    text.remove_prefix(end + 1);
  }
}

namespace codec {

void cover(Pixels& pixels, std::span<const Box> boxes) {
  for (const Box& box : boxes) {
    CHECK(is_within_picture(box));
    const auto low = [](std::size_t side, int percent) {
      return side * static_cast<std::size_t>(percent) / 100;
    };
    // Up to the pixel that the box only touches.
    const auto high = [](std::size_t side, int percent) {
      return (side * static_cast<std::size_t>(percent) + 99) / 100;
    };
    const std::size_t right = high(pixels.width, box.left + box.width);
    const std::size_t bottom = high(pixels.height, box.top + box.height);
    for (std::size_t y = low(pixels.height, box.top); y < bottom; ++y)
      for (std::size_t x = low(pixels.width, box.left); x < right; ++x) {
        std::uint8_t* const pixel = pixels.rgba.data() + (y * pixels.width + x) * 4;
        pixel[0] = pixel[1] = pixel[2] = 0;
        pixel[3] = 255;
      }
  }
}

Result<Picture> work(std::string_view input) {
  if (!input.starts_with(cover_word)) return clean(input);
  const std::string_view rest = input.substr(cover_word.size());
  const std::size_t end = rest.substr(0, cover_order_max).find('\n');
  if (end == std::string_view::npos) return damaged();
  const auto boxes = boxes_from(rest.substr(0, end));
  if (!boxes) return damaged();
  return clean(rest.substr(end + 1), *boxes);
}

}  // namespace codec
}  // namespace ln::file
