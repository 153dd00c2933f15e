// The work of the picture process, without the process: bytes in, values out. For picture_worker,
// tests and the fuzzer; everybody else calls clean_picture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "platform/file/picture.h"
#include "platform/file/picture_cover.h"

namespace ln::file::codec {

// Rows from the top, four bytes a pixel: red, green, blue, opacity (255 is solid).
struct Pixels {
  std::size_t width = 0;
  std::size_t height = 0;
  std::vector<std::uint8_t> rgba;
};

struct Decoded {
  Pixels pixels;        // may already be smaller than the picture, never below picture_side_max
  int orientation = 1;  // EXIF's: 1 is upright
};

// The orientation, 1 to 8, that EXIF data (a TIFF header and what follows) names; 1 when it names
// none or is broken.
int exif_orientation(std::string_view tiff);

Result<Decoded> decode_jpeg(std::string_view bytes);
Result<Decoded> decode_png(std::string_view bytes);
Result<Decoded> decode_webp(std::string_view bytes);

// Throw Failure when the library refuses, which only lack of memory makes it do.
std::string encode_jpeg(const Pixels& pixels);  // leaves opacity out
std::string encode_png(const Pixels& pixels);

// Averaged down so that the longer side is at most `side_max`; never enlarged.
Pixels scaled(Pixels pixels, std::size_t side_max);
// Turned and mirrored as EXIF's `orientation` asks.
Pixels turned(Pixels pixels, int orientation);

// The boxes become black.
void cover(Pixels& pixels, std::span<const Box> boxes);

// Decode, turn, scale, cover, encode.
Result<Picture> clean(std::string_view bytes, std::span<const Box> boxes = {});

// What the process is given: a picture, or an order to cover parts of one, "cover BOXES\n", and the
// picture. No picture begins with that word.
inline constexpr std::string_view cover_word = "cover ";
inline constexpr std::size_t cover_order_max = 512;  // bytes of the boxes and the line's end
Result<Picture> work(std::string_view input);

// The refusals the decoders share.
Error damaged();
Error too_many_pixels();

}  // namespace ln::file::codec
