#include "platform/file/picture.h"

#include <doctest/doctest.h>
#include <webp/encode.h>
#include <zlib.h>

#include <array>
#include <cstdlib>

#include "base/random.h"
#include "base/text.h"
#include "platform/file/file.h"
#include "platform/file/picture_answer.h"
#include "platform/file/picture_codec.h"

using namespace ln;
using file::codec::Pixels;

namespace {

// Four quarters: red, green / blue, white.
Pixels quarters(std::size_t width, std::size_t height, std::uint8_t opacity = 255) {
  Pixels pixels{width, height, {}};
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      const bool right = x >= width / 2, low = y >= height / 2;
      const auto on = [](bool yes) { return static_cast<std::uint8_t>(yes ? 255 : 0); };
      pixels.rgba.insert(pixels.rgba.end(), {on(right == low), on(right), on(low), opacity});
    }
  }
  return pixels;
}

// The quarters' colours in reading order, as letters; "?" for anything else.
std::string colours(const Pixels& pixels) {
  std::string seen;
  for (const std::size_t y : {pixels.height / 4, pixels.height * 3 / 4}) {
    for (const std::size_t x : {pixels.width / 4, pixels.width * 3 / 4}) {
      const std::uint8_t* at = pixels.rgba.data() + (y * pixels.width + x) * 4;
      const std::array<bool, 3> high{at[0] > 200, at[1] > 200, at[2] > 200};
      const std::array<bool, 3> low{at[0] < 55, at[1] < 55, at[2] < 55};
      if (high[0] && low[1] && low[2])
        seen += 'r';
      else if (low[0] && high[1] && low[2])
        seen += 'g';
      else if (low[0] && low[1] && high[2])
        seen += 'b';
      else if (high[0] && high[1] && high[2])
        seen += 'w';
      else
        seen += '?';
    }
  }
  return seen;
}

std::string big_endian(std::size_t value, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 255U);
  return out;
}

// EXIF as phones write it: the orientation, and a folder with a place.
std::string exif(int orientation) {
  std::string tiff("MM\0*", 4);
  tiff += big_endian(8, 4) + big_endian(2, 2);
  tiff += big_endian(0x0112, 2) + big_endian(3, 2) + big_endian(1, 4);
  tiff += big_endian(static_cast<std::size_t>(orientation), 2) + big_endian(0, 2);
  tiff += big_endian(0x8825, 2) + big_endian(4, 2) + big_endian(1, 4) + big_endian(38, 4);
  return tiff + big_endian(0, 4) + "GPS 21.0285 105.8542 SECRET-PLACE";
}

// A JPEG with `content` in a segment after its start.
std::string with_segment(const std::string& jpeg, char marker, const std::string& content) {
  return jpeg.substr(0, 2) + '\xFF' + marker + big_endian(content.size() + 2, 2) + content +
         jpeg.substr(2);
}

std::string photo(int orientation, std::size_t width = 64, std::size_t height = 32) {
  const std::string jpeg = file::codec::encode_jpeg(quarters(width, height));
  const std::string content = std::string("Exif\0\0", 6) + exif(orientation);
  return with_segment(with_segment(jpeg, '\xFE', "a SECRET-COMMENT"), '\xE1', content);
}

std::string webp(const Pixels& pixels) {
  std::uint8_t* out = nullptr;
  const std::size_t size = WebPEncodeLosslessRGBA(
      pixels.rgba.data(), static_cast<int>(pixels.width), static_cast<int>(pixels.height),
      static_cast<int>(pixels.width * 4), &out);
  std::string bytes(as_text({out, size}));
  WebPFree(out);
  return bytes;
}

file::Picture cleaned(std::string_view bytes) {
  auto picture = file::clean_picture(bytes);
  REQUIRE(picture.ok());
  return std::move(picture).value();
}

Pixels decoded(const file::Image& image) {
  auto got = image.format == file::PictureFormat::jpeg ? file::codec::decode_jpeg(image.bytes)
                                                       : file::codec::decode_png(image.bytes);
  REQUIRE(got.ok());
  CHECK(got.value().orientation == 1);
  CHECK(static_cast<int>(got.value().pixels.width) == image.width);
  CHECK(static_cast<int>(got.value().pixels.height) == image.height);
  return std::move(got).value().pixels;
}

std::string refusal(std::string_view bytes) {
  const auto picture = file::clean_picture(bytes);
  return picture.ok() ? "" : std::string(picture.error().text.name());
}

}  // namespace

TEST_CASE("nothing of a photograph's place, comment or hidden end is kept") {
  const std::string original = photo(1) + "PK\x03\x04 SECRET-ARCHIVE";
  REQUIRE(original.find("SECRET-PLACE") != std::string::npos);
  const file::Picture picture = cleaned(original);
  for (const file::Image* image : {&picture.full, &picture.thumbnail}) {
    CHECK(image->bytes.find("SECRET") == std::string::npos);
    CHECK(image->bytes.find("Exif") == std::string::npos);
    CHECK(colours(decoded(*image)) == "rgbw");
  }
}

TEST_CASE("a photograph stands upright as its camera meant it, however it was held") {
  // As a viewer that honours EXIF shows r g / b w: exiv2 and browsers agree on this table.
  const char* const shown[] = {"rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    CAPTURE(orientation);
    const file::Picture picture = cleaned(photo(orientation));
    CHECK(colours(decoded(picture.full)) == shown[orientation - 1]);
    CHECK(picture.full.width == (orientation <= 4 ? 64 : 32));
    CHECK(picture.full.height == (orientation <= 4 ? 32 : 64));
  }
}

TEST_CASE("PNG and WebP become JPEG, and stay see-through as PNG") {
  for (const auto& bytes : {file::codec::encode_png(quarters(40, 20)), webp(quarters(40, 20))}) {
    const file::Picture picture = cleaned(bytes);
    CHECK(picture.full.format == file::PictureFormat::jpeg);
    CHECK(colours(decoded(picture.full)) == "rgbw");
  }
  for (const auto& bytes :
       {file::codec::encode_png(quarters(40, 20, 128)), webp(quarters(40, 20, 128))}) {
    const file::Picture picture = cleaned(bytes);
    CHECK(picture.full.format == file::PictureFormat::png);
    CHECK(decoded(picture.full).rgba[3] == 128);
  }
}

TEST_CASE("a picture is made smaller than the sides allowed and never larger") {
  const file::Picture large = cleaned(file::codec::encode_jpeg(quarters(4500, 1000)));
  CHECK(large.full.width == file::picture_side_max);
  CHECK(large.full.height == 455);
  CHECK(large.thumbnail.width == file::thumbnail_side_max);
  CHECK(colours(decoded(large.full)) == "rgbw");
  CHECK(colours(decoded(large.thumbnail)) == "rgbw");
  const file::Picture narrow = cleaned(webp(quarters(3, 5000)));
  CHECK(narrow.full.width == 1);
  CHECK(narrow.full.height == file::picture_side_max);
  const file::Picture dot = cleaned(file::codec::encode_png(quarters(1, 1)));
  CHECK(dot.full.width == 1);
  CHECK(dot.thumbnail.height == 1);
}

TEST_CASE("what cannot be a picture is refused with a sentence") {
  CHECK(refusal("") == "error.picture.kind");
  CHECK(refusal("just words") == "error.picture.kind");
  CHECK(refusal("%PDF-1.4 \xFF\xD8\xFF") == "error.picture.kind");
  CHECK(refusal("<svg xmlns='http://www.w3.org/2000/svg'/>") == "error.picture.kind");
  CHECK(refusal("GIF89a\x01\x01") == "error.picture.kind");
  CHECK(refusal("\xFF\xD8\xFF") == "error.picture.damaged");
  CHECK(refusal("\x89PNG\r\n\x1A\n") == "error.picture.damaged");
  CHECK(refusal(std::string("RIFF\x04\0\0\0WEBP", 12)) == "error.picture.damaged");
  CHECK(refusal(std::string(file::picture_size_max + 1, 'x')) == "error.picture.too_large");
}

TEST_CASE("a picture that did not arrive whole is refused while its sender still has it") {
  for (const std::string& whole : {photo(1, 400, 300), file::codec::encode_png(quarters(400, 300)),
                                   webp(quarters(400, 300))}) {
    CHECK(refusal(whole).empty());
    for (const std::size_t tenths : {3U, 5U, 7U, 9U}) {
      CAPTURE(tenths);
      CHECK(refusal(std::string_view(whole).substr(0, whole.size() * tenths / 10)) ==
            "error.picture.damaged");
    }
  }
}

TEST_CASE("a small file that unfolds to more than forty megapixels is refused") {
  std::string jpeg = file::codec::encode_jpeg(quarters(16, 16));
  const std::size_t frame = jpeg.find("\xFF\xC0");
  REQUIRE(frame != std::string::npos);
  jpeg.replace(frame + 5, 4, big_endian(60'000, 2) + big_endian(60'000, 2));
  CHECK(refusal(jpeg) == "error.picture.too_many_pixels");
  // 10,000 by 4,001: each side is harmless, their product is not.
  jpeg.replace(frame + 5, 4, big_endian(10'000, 2) + big_endian(4'001, 2));
  CHECK(refusal(jpeg) == "error.picture.too_many_pixels");

  std::string png = file::codec::encode_png(quarters(16, 16));
  REQUIRE(png.substr(12, 4) == "IHDR");
  png.replace(16, 8, big_endian(8'000, 4) + big_endian(5'001, 4));
  png.replace(29, 4, big_endian(::crc32(0, as_bytes(png).data() + 12, 17), 4));
  CHECK(refusal(png) == "error.picture.too_many_pixels");

  std::string lossless = webp(quarters(16, 16));
  REQUIRE(lossless.substr(12, 4) == "VP8L");
  const std::string sides = big_endian(7'999U | 5'000U << 14U, 4);
  lossless.replace(21, 4, std::string(sides.rbegin(), sides.rend()));
  CHECK(refusal(lossless) == "error.picture.too_many_pixels");
}

TEST_CASE("a moving picture is refused") {
  // The header of a WebP file that says: animated, 1 by 1, with an animation chunk and a frame.
  const std::string still = webp(quarters(4, 4)).substr(12);
  const auto chunk = [](const std::string& name, const std::string& content) {
    std::string size = big_endian(content.size(), 4);
    return name + std::string(size.rbegin(), size.rend()) + content;
  };
  const std::string frame(std::string("\0\0\0\0\0\0\3\0\0\3\0\0\0\0\0\0", 16) + still);
  const std::string body = "WEBP" + chunk("VP8X", std::string("\x02\0\0\0\3\0\0\3\0\0", 10)) +
                           chunk("ANIM", std::string(6, '\0')) + chunk("ANMF", frame);
  CHECK(refusal(chunk("RIFF", body)) == "error.picture.moving");
}

TEST_CASE("whatever bytes a picture has, it is cleaned or refused, and the server lives") {
  SeededRandom random(17);
  const std::string whole[] = {photo(6), file::codec::encode_png(quarters(20, 30)),
                               webp(quarters(20, 30))};
  for (int round = 0; round < 600; ++round) {
    std::string bytes = whole[random.below(3)];
    for (std::uint64_t i = random.below(8); i > 0; --i)
      bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
    const auto picture = file::codec::clean(bytes);
    if (!picture.ok()) CHECK_FALSE(picture.error().text.is_none());
  }
  for (std::size_t round = 0; round < 5; ++round) {
    std::string bytes(1000, '\0');
    random.fill({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
    bytes.replace(0, 3, "\xFF\xD8\xFF");
    CHECK_FALSE(refusal(bytes).empty());
  }
}

TEST_CASE("broken EXIF data means upright") {
  CHECK(file::codec::exif_orientation(exif(6)) == 6);
  CHECK(file::codec::exif_orientation(exif(9)) == 1);
  CHECK(file::codec::exif_orientation(exif(0)) == 1);
  const std::string whole = exif(6);
  for (std::size_t size = 0; size < 22; ++size)
    CHECK(file::codec::exif_orientation(std::string_view(whole).substr(0, size)) == 1);
  CHECK(file::codec::exif_orientation(std::string("MM\0*\xFF\xFF\xFF\xFF..", 10)) == 1);
  CHECK(file::codec::exif_orientation(
            std::string("II*\0\x08\0\0\0\x01\0\x12\1\3\0\1\0\0\0\3\0\0\0", 22)) == 3);
}

TEST_CASE("an answer of the picture process that breaks its promise is not believed") {
  const file::Picture picture = cleaned(photo(1));
  const std::string answer = file::to_answer(picture);
  CHECK(file::from_answer(answer).has_value());
  CHECK_FALSE(file::from_answer("").has_value());
  CHECK_FALSE(file::from_answer(answer.substr(1)).has_value());
  CHECK_FALSE(file::from_answer(answer + "x").has_value());
  file::Picture html = picture;
  html.full.bytes = "<script>alert(1)</script>";
  CHECK_FALSE(file::from_answer(file::to_answer(html)).has_value());
  file::Picture wide = picture;
  wide.thumbnail.width = 481;
  CHECK_FALSE(file::from_answer(file::to_answer(wide)).has_value());
  std::string unknown = answer;
  unknown[0] = 77;
  CHECK_FALSE(file::from_answer(unknown).has_value());
}

TEST_CASE("an uploaded file is cleaned where it lies") {
  const file::TemporaryFolder folder;
  file::write_file_durably(folder / "upload", photo(1));
  CHECK(file::clean_picture_file(folder / "upload").ok());
  CHECK_THROWS_AS(static_cast<void>(file::clean_picture_file(folder / "nothing")), file::Failure);
}
