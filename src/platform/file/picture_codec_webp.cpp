#include <webp/decode.h>

#include <algorithm>

#include "base/text.h"
#include "platform/file/picture_codec.h"

namespace ln::file::codec {
namespace {

// The EXIF chunk of the RIFF file, if any. Some writers put JPEG's "Exif\0\0" before the data.
int orientation_in_webp(std::string_view bytes) {
  std::size_t at = 12;
  while (at + 8 <= bytes.size()) {
    std::size_t size = 0;
    for (std::size_t i = 4; i-- > 0;)
      size = size << 8U | static_cast<unsigned char>(bytes[at + 4 + i]);
    if (size > bytes.size() - at - 8) return 1;
    std::string_view content = bytes.substr(at + 8, size);
    if (bytes.substr(at, 4) == "EXIF") {
      constexpr std::string_view name("Exif\0\0", 6);
      if (content.starts_with(name)) content.remove_prefix(name.size());
      return exif_orientation(content);
    }
    at += 8 + size + size % 2;
  }
  return 1;
}

// The size to which the decoder scales while it decodes, so that 40 megapixels never lie in memory.
int side_for(int side, int longer) {
  if (longer <= 2 * picture_side_max) return side;
  return std::max(1, static_cast<int>(std::int64_t{side} * 2 * picture_side_max / longer));
}

}  // namespace

Result<Decoded> decode_webp(std::string_view bytes) {
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0) return damaged();
  const std::uint8_t* data = as_bytes(bytes).data();
  if (WebPGetFeatures(data, bytes.size(), &config.input) != VP8_STATUS_OK) return damaged();
  if (config.input.has_animation != 0) return Error{ErrorKind::invalid, "error.picture.moving"_t};
  const int width = config.input.width, height = config.input.height;
  if (width <= 0 || height <= 0) return damaged();
  if (std::int64_t{width} * height > picture_pixels_max) return too_many_pixels();
  Decoded decoded;
  decoded.orientation = orientation_in_webp(bytes);
  const int longer = std::max(width, height);
  decoded.pixels.width = static_cast<std::size_t>(side_for(width, longer));
  decoded.pixels.height = static_cast<std::size_t>(side_for(height, longer));
  decoded.pixels.rgba.resize(decoded.pixels.width * decoded.pixels.height * 4);
  config.options.use_scaling = longer > 2 * picture_side_max ? 1 : 0;
  config.options.scaled_width = static_cast<int>(decoded.pixels.width);
  config.options.scaled_height = static_cast<int>(decoded.pixels.height);
  config.output.colorspace = MODE_RGBA;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = decoded.pixels.rgba.data();
  config.output.u.RGBA.stride = static_cast<int>(decoded.pixels.width * 4);
  config.output.u.RGBA.size = decoded.pixels.rgba.size();
  if (WebPDecode(data, bytes.size(), &config) != VP8_STATUS_OK) return damaged();
  return decoded;
}

}  // namespace ln::file::codec
