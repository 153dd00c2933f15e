#include "platform/file/picture_codec.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/check.h"
#include "base/text.h"

namespace ln::file::codec {
namespace {

bool is_see_through(const Pixels& pixels) {
  for (std::size_t i = 3; i < pixels.rgba.size(); i += 4)
    if (pixels.rgba[i] != 255) return true;
  return false;
}

// On white, as paper is.
Pixels without_opacity(Pixels pixels) {
  for (std::size_t i = 0; i < pixels.rgba.size(); i += 4) {
    const unsigned opacity = pixels.rgba[i + 3];
    for (std::size_t c = 0; c < 3; ++c)
      pixels.rgba[i + c] = static_cast<std::uint8_t>(
          (pixels.rgba[i + c] * opacity + 255U * (255U - opacity) + 127U) / 255U);
    pixels.rgba[i + 3] = 255;
  }
  return pixels;
}

Image encoded(const Pixels& pixels) {
  Image image{
      PictureFormat::jpeg, static_cast<int>(pixels.width), static_cast<int>(pixels.height), {}};
  if (is_see_through(pixels)) {
    image.format = PictureFormat::png;
    image.bytes = encode_png(pixels);
    if (image.bytes.size() <= picture_size_max) return image;
    // A transparent photograph can be larger than what came in; then it is laid on white.
    image.format = PictureFormat::jpeg;
    image.bytes = encode_jpeg(without_opacity(pixels));
  } else {
    image.bytes = encode_jpeg(pixels);
  }
  return image;
}

// What one row or column of the smaller picture takes from the larger one.
struct Span {
  std::size_t first = 0;
  std::vector<float> weights;
};

std::vector<Span> spans(std::size_t from, std::size_t to) {
  std::vector<Span> all(to);
  const double step = static_cast<double>(from) / static_cast<double>(to);
  for (std::size_t i = 0; i < to; ++i) {
    const double begin = static_cast<double>(i) * step;
    const double end = std::min(begin + step, static_cast<double>(from));
    all[i].first = std::min(static_cast<std::size_t>(begin), from - 1);
    for (std::size_t k = all[i].first; k < from && static_cast<double>(k) < end; ++k) {
      const double share =
          std::min(end, static_cast<double>(k + 1)) - std::max(begin, static_cast<double>(k));
      if (share > 0) all[i].weights.push_back(static_cast<float>(share / (end - begin)));
    }
  }
  return all;
}

// One row, averaged sideways. Colour is weighed by opacity, so that what lies invisible under a
// transparent place does not bleed into its neighbours.
std::vector<float> narrowed(const std::uint8_t* row, const std::vector<Span>& columns) {
  std::vector<float> out(columns.size() * 4);
  for (std::size_t x = 0; x < columns.size(); ++x) {
    const std::uint8_t* pixel = row + columns[x].first * 4;
    float* sum = out.data() + x * 4;
    for (const float weight : columns[x].weights) {
      const float opacity = weight * static_cast<float>(pixel[3]);
      for (std::size_t c = 0; c < 3; ++c) sum[c] += opacity * static_cast<float>(pixel[c]);
      sum[3] += opacity;
      pixel += 4;
    }
  }
  return out;
}

std::uint8_t to_byte(float value) {
  return static_cast<std::uint8_t>(std::clamp(value + 0.5F, 0.0F, 255.0F));
}

void put_row(const std::vector<float>& sums, std::uint8_t* out) {
  for (std::size_t i = 0; i < sums.size(); i += 4) {
    const float opacity = sums[i + 3];
    for (std::size_t c = 0; c < 3; ++c)
      out[i + c] = opacity > 0 ? to_byte(sums[i + c] / opacity) : std::uint8_t{0};
    out[i + 3] = to_byte(opacity);
  }
}

}  // namespace

Error damaged() { return {ErrorKind::invalid, "error.picture.damaged"_t}; }
Error too_many_pixels() { return {ErrorKind::too_large, "error.picture.too_many_pixels"_t}; }

int exif_orientation(std::string_view tiff) {
  if (tiff.size() < 8) return 1;
  const bool little = tiff.starts_with(std::string_view("II*\0", 4));
  if (!little && !tiff.starts_with(std::string_view("MM\0*", 4))) return 1;
  const auto number = [&](std::size_t at, std::size_t size) {
    std::size_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t place = little ? size - 1 - i : i;
      value = value << 8U | static_cast<unsigned char>(tiff[at + place]);
    }
    return value;
  };
  const std::size_t folder = number(4, 4);
  if (folder > tiff.size() - 2) return 1;
  const std::size_t count = number(folder, 2);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t entry = folder + 2 + 12 * i;
    if (entry + 12 > tiff.size()) return 1;
    constexpr std::size_t orientation_tag = 0x0112, short_type = 3;
    if (number(entry, 2) != orientation_tag || number(entry + 2, 2) != short_type) continue;
    const std::size_t value = number(entry + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

Pixels scaled(Pixels pixels, std::size_t side_max) {
  const std::size_t longer = std::max(pixels.width, pixels.height);
  if (longer <= side_max) return pixels;
  const auto shorten = [&](std::size_t side) {
    return std::max<std::size_t>(1, (side * side_max + longer / 2) / longer);
  };
  Pixels out{shorten(pixels.width), shorten(pixels.height), {}};
  out.rgba.resize(out.width * out.height * 4);
  const std::vector<Span> columns = spans(pixels.width, out.width);
  const std::vector<Span> rows = spans(pixels.height, out.height);
  std::vector<float> narrow;  // of row `narrow_row`: the one two neighbours may share
  std::size_t narrow_row = pixels.height;
  std::vector<float> sums(out.width * 4);
  for (std::size_t y = 0; y < out.height; ++y) {
    std::ranges::fill(sums, 0.0F);
    for (std::size_t k = 0; k < rows[y].weights.size(); ++k) {
      if (const std::size_t row = rows[y].first + k; row != narrow_row) {
        narrow = narrowed(pixels.rgba.data() + row * pixels.width * 4, columns);
        narrow_row = row;
      }
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += rows[y].weights[k] * narrow[i];
    }
    put_row(sums, out.rgba.data() + y * out.width * 4);
  }
  return out;
}

Pixels turned(Pixels pixels, int orientation) {
  if (orientation == 1) return pixels;
  CHECK(orientation > 1 && orientation <= 8);
  // Every orientation is an exchange of rows and columns, or not, of the picture mirrored, or not,
  // along each of its sides.
  const bool exchange = orientation >= 5;
  const bool from_right =
      orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_bottom =
      orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  Pixels out{exchange ? pixels.height : pixels.width, exchange ? pixels.width : pixels.height, {}};
  out.rgba.resize(pixels.rgba.size());
  std::uint8_t* to = out.rgba.data();
  for (std::size_t y = 0; y < out.height; ++y) {
    for (std::size_t x = 0; x < out.width; ++x) {
      std::size_t column = exchange ? y : x, row = exchange ? x : y;
      if (from_right) column = pixels.width - 1 - column;
      if (from_bottom) row = pixels.height - 1 - row;
      to = std::copy_n(pixels.rgba.data() + (row * pixels.width + column) * 4, 4, to);
    }
  }
  return out;
}

Result<Picture> clean(std::string_view bytes, std::span<const Box> boxes) {
  if (bytes.size() > picture_size_max)
    return Error{ErrorKind::too_large, "error.picture.too_large"_t};
  using Decoder = Result<Decoded> (*)(std::string_view);
  Decoder decode = nullptr;
  if (bytes.starts_with("\xFF\xD8\xFF")) decode = decode_jpeg;
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) decode = decode_png;
  if (bytes.size() >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP")
    decode = decode_webp;
  if (decode == nullptr) return Error{ErrorKind::invalid, "error.picture.kind"_t};
  TRY(Decoded decoded, decode(bytes));
  Pixels full = turned(scaled(std::move(decoded.pixels), picture_side_max), decoded.orientation);
  cover(full, boxes);
  return Picture{encoded(full), encoded(scaled(full, thumbnail_side_max))};
}

}  // namespace ln::file::codec
