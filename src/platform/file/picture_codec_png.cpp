#include <png.h>

#include <cstring>

#include "base/text.h"
#include "platform/file/file.h"
#include "platform/file/picture_codec.h"

namespace ln::file::codec {
namespace {

// libpng's own simple face: it catches its errors itself, and gives 8-bit sRGB whatever the file
// is.
class Simple {
 public:
  Simple() {
    std::memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
  }
  ~Simple() { png_image_free(&image); }
  Simple(const Simple&) = delete;
  Simple& operator=(const Simple&) = delete;
  png_image image;
};

std::size_t number_at(std::string_view bytes, std::size_t at) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

int orientation_in_png(std::string_view bytes) {
  std::size_t at = 8;
  while (at + 12 <= bytes.size()) {
    const std::size_t size = number_at(bytes, at);
    if (size > bytes.size() - at - 12) return 1;
    if (bytes.substr(at + 4, 4) == "eXIf") return exif_orientation(bytes.substr(at + 8, size));
    at += size + 12;
  }
  return 1;
}

}  // namespace

Result<Decoded> decode_png(std::string_view bytes) {
  Simple png;
  if (png_image_begin_read_from_memory(&png.image, bytes.data(), bytes.size()) == 0)
    return damaged();
  if (std::int64_t{png.image.width} * std::int64_t{png.image.height} > picture_pixels_max)
    return too_many_pixels();
  png.image.format = PNG_FORMAT_RGBA;
  Decoded decoded;
  decoded.orientation = orientation_in_png(bytes);
  decoded.pixels.width = png.image.width;
  decoded.pixels.height = png.image.height;
  decoded.pixels.rgba.resize(decoded.pixels.width * decoded.pixels.height * 4);
  if (png_image_finish_read(&png.image, nullptr, decoded.pixels.rgba.data(), 0, nullptr) == 0)
    return damaged();
  return decoded;
}

std::string encode_png(const Pixels& pixels) {
  Simple png;
  png.image.width = static_cast<png_uint_32>(pixels.width);
  png.image.height = static_cast<png_uint_32>(pixels.height);
  png.image.format = PNG_FORMAT_RGBA;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(png.image);
  std::string out(size, '\0');
  if (png_image_write_to_memory(&png.image, out.data(), &size, 0, pixels.rgba.data(), 0, nullptr) ==
      0)
    throw Failure("a picture could not be encoded");
  out.resize(size);
  return out;
}

}  // namespace ln::file::codec
