#include "base/plain_text.h"

#include <doctest/doctest.h>

#include <string>

namespace ln {

TEST_CASE("plain text keeps what people write: marks, other scripts, quotes, emoji") {
  for (const char* text :
       {"", "Đường hỏng, “ngõ 12” – sửa đi…", "dòng một\ndòng hai\tcột", "Юг, 東京, ไทย, עברית",
        "👍🏽 🇻🇳 ☎️", "👩‍⚕️ 👨‍👩‍👧 ❤️‍🔥 🏳️‍🌈",
        "Nguye\u0302\u0303n", "10\u00A0000 đồng"})
    CHECK(plain_text(text) == text);
}

TEST_CASE("plain text drops what nobody can see") {
  CHECK(plain_text("a\u202Egpj.exe\u202C b") == "agpj.exe b");
  CHECK(plain_text("\u2066a\u2067b\u2068c\u2069\u202A\u202B\u202D") == "abc");
  CHECK(plain_text("\uFEFFPhường\u200B Một\u00AD\u200E\u200F\u061C\u2060") == "Phường Một");
  CHECK(plain_text("a\x01\x1B[0m\x7F\u0080\u009Fz") == "a[0mz");
  CHECK(plain_text("Vi\u180Eệt Nam") == "Việt Nam");
  CHECK(plain_text("tag\U000E0041\U000E007F") == "tag");
  // A joiner or non-joiner between letters, or at an end, shows nothing.
  CHECK(plain_text("bí\u200Dmật\u200C \u200D") == "bímật ");
  CHECK(plain_text("👩\u200Dx") == "👩x");
  CHECK(plain_text("👩\u200D\u200B\u200D\u2695\uFE0F") == "👩\u200D\u2695\uFE0F");
}

TEST_CASE("plain text has one kind of line end") {
  CHECK(plain_text("a\r\nb\rc\u2028d\u2029e\x0B\n") == "a\nb\nc\nd\ne\n");
  CHECK(plain_text("a\r") == "a\n");
}

TEST_CASE("plain text made plain again is the same") {
  for (const char* text :
       {"👩\u200D\u200B\u200D👩\u202E\r\n\u200D", "\r\r\n\u2028", "\u200D👩\u200D"})
    CHECK(plain_text(plain_text(text)) == plain_text(text));
}

}  // namespace ln
