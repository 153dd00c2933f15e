#include "platform/file/picture_cover.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

#include "base/random.h"
#include "base/text.h"
#include "platform/file/picture_codec.h"

namespace ln::file {
namespace {

// A picture without a pattern.
codec::Pixels noise(std::size_t width, std::size_t height, Random& random) {
  codec::Pixels pixels{width, height, {}};
  pixels.rgba.resize(width * height * 4);
  random.fill(pixels.rgba);
  for (std::size_t i = 3; i < pixels.rgba.size(); i += 4) pixels.rgba[i] = 255;
  return pixels;
}

}  // namespace

TEST_CASE("what stood in a box leaves no trace: pictures that differ only there become the same") {
  SeededRandom random(1);
  const Box box{30, 20, 25, 40};
  codec::Pixels one = noise(201, 133, random), two = one;
  for (std::size_t y = 27; y < 79; ++y)
    for (std::size_t x = 61; x < 110; ++x) two.rgba[(y * 201 + x) * 4] ^= 0xFF;
  const std::string first = codec::encode_png(one), second = codec::encode_png(two);
  REQUIRE(first != second);
  const auto covered_one = cover_picture(first, {&box, 1});
  const auto covered_two = cover_picture(second, {&box, 1});
  REQUIRE(covered_one.ok());
  REQUIRE(covered_two.ok());
  CHECK(covered_one.value().full.bytes == covered_two.value().full.bytes);
  CHECK(covered_one.value().thumbnail.bytes == covered_two.value().thumbnail.bytes);
  // Without the box they are as different as they were.
  CHECK(cover_picture(first, {}).value().full.bytes !=
        cover_picture(second, {}).value().full.bytes);
  CHECK(cover_picture(first, {}).value().full.bytes == clean_picture(first).value().full.bytes);
}

TEST_CASE("a box is black to the last pixel it touches, and nothing else is") {
  codec::Pixels white{10, 10, std::vector<std::uint8_t>(400, 255)};
  const Box box{15, 0, 10, 100};
  codec::cover(white, {&box, 1});
  for (std::size_t x = 0; x < 10; ++x)
    CHECK(white.rgba[(5 * 10 + x) * 4] == (x == 1 || x == 2 ? 0 : 255));
  CHECK(white.rgba[(9 * 10 + 1) * 4 + 3] == 255);
}

TEST_CASE("boxes are read as they are written, and nothing else is read") {
  CHECK(boxes_from("")->empty());
  CHECK(boxes_from("0,0,100,100")->front() == Box{0, 0, 100, 100});
  CHECK(to_text(*boxes_from("1,2,3,4;99,99,1,1")) == "1,2,3,4;99,99,1,1");
  for (const char* bad :
       {"1,2,3", "1,2,3,4,5", "1,2,3,4;", ";", "01,2,3,4", "-1,2,3,4", "1,2,0,4", "50,0,51,1",
        "100,0,1,1", "1, 2,3,4", "1.5,2,3,4", "a,b,c,d", "1,2,3,4\n", "4294967297,0,1,1"})
    CHECK_MESSAGE(!boxes_from(bad).has_value(), bad);
  std::string many = "1,1,1,1";
  for (std::size_t i = 1; i < boxes_max; ++i) many += ";1,1,1,1";
  CHECK(boxes_from(many).has_value());
  CHECK_FALSE(boxes_from(many + ";1,1,1,1").has_value());
}

TEST_CASE("an order that is none covers nothing and gives no picture") {
  SeededRandom random(2);
  const std::string picture = codec::encode_png(noise(20, 20, random));
  CHECK(codec::work("cover 1,1,1,1\n" + picture).ok());
  CHECK(codec::work("cover \n" + picture).ok());
  for (const std::string bad : {"cover 1,1\n", "cover", "cover 1,1,1,1", "cover 1,1,1,1;\n"})
    CHECK_FALSE(codec::work(bad + picture).ok());
  CHECK_FALSE(codec::work("cover " + std::string(600, ' ') + "\n" + picture).ok());
}

}  // namespace ln::file
