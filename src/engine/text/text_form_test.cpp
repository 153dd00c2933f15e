#include "base/text_form.h"

#include <doctest/doctest.h>

#include <string>

#include "base/text.h"
#include "engine/text/text.h"

namespace ln {
namespace {

std::string utf8_of(unsigned point) {
  std::string out;
  const auto tail = [&](int shift) { out += static_cast<char>(0x80U | (point >> shift & 0x3FU)); };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0U | point >> 6U);
    tail(0);
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0U | point >> 12U);
    tail(6), tail(0);
  } else {
    out += static_cast<char>(0xF0U | point >> 18U);
    tail(12), tail(6), tail(0);
  }
  return out;
}

TEST_CASE("what is taken for NFC without normalising is NFC, letter by letter") {
  std::size_t known = 0;
  for (unsigned point = 1; point < 0x110000; ++point) {
    if (point >= 0xD800 && point < 0xE000) continue;
    const std::string letter = utf8_of(point);
    if (!is_surely_nfc(letter)) continue;
    ++known;
    // Alone and behind a letter that many marks combine with.
    REQUIRE(text::to_nfc(letter) == letter);
    REQUIRE(text::to_nfc("a" + letter) == "a" + letter);
  }
  CHECK(known > 0x300);
}

TEST_CASE("Vietnamese as keyboards type it is known to be NFC, and typed in pieces it is not") {
  CHECK(is_surely_nfc("Đường hỏng “nặng” – 82 ngõ Xã Đàn 🙏"));
  CHECK_FALSE(is_surely_nfc(text::to_nfc("Đường") + "o\u0309"));
  CHECK_FALSE(is_surely_nfc("\u0340"));  // A sign that NFC writes in another way.
  CHECK_FALSE(is_surely_nfc("\u1100\u1161"));
}

}  // namespace
}  // namespace ln
