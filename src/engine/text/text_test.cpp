#include "engine/text/text.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <utf8proc.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "engine/text/text_letters.h"

namespace ln {
namespace {

// Text as it comes: Vietnamese letters, loose marks, odd code points and broken bytes.
rc::Gen<std::string> messy_text() {
  const auto piece = rc::gen::oneOf(
      rc::gen::elementOf(std::vector<std::string>{
          "oà",     "òa",     "uý",     "QUÝ",    "Đ",  "đ", "ẫ",      "ươ",
          "ỡ",      "n",      "g",      "h",      "a",  "U", "y",      " ",
          "  ",     ".",      "-",      "/",      "12", "0", "\u0301", "\u0323",
          "\u0302", "\u200B", "\u00AD", "\u200D", "ﬁ",  "½", "İ",      "ß",
          "Ω",      "☂",      "北",     "한",     "ñ",  "™", "\xC3",   "\xED\xA0\x80"}),
      rc::gen::map(rc::gen::inRange<std::uint32_t>(1, 0x110000), [](std::uint32_t code) {
        std::string out;
        if (code < 0xD800 || code > 0xDFFF) text::append(out, code);
        return out;
      }));
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const auto& pieces) {
    std::string out;
    for (const std::string& each : pieces) out += each;
    return out;
  });
}

// All Unicode scalar values, for claims about every one of them.
template <class Use>
void each_code_point(Use use) {
  for (char32_t code = 0; code < 0x110000; ++code)
    if (code < 0xD800 || code > 0xDFFF) use(code);
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end(),
            [](const auto& a, const auto& b) { return text::sort_key(a) < text::sort_key(b); });
  return names;
}

}  // namespace

TEST_CASE("text typed with loose marks becomes the same bytes as composed text") {
  CHECK(text::to_nfc("phê duye\u0323\u0302t") == "phê duyệt");
  CHECK(text::to_nfc("phê duyê\u0323t") == "phê duyệt");
  CHECK(text::to_nfc("phê duyệt") == "phê duyệt");
  CHECK(text::to_nfc("a\u0341") == "á");  // The tone mark of old Vietnamese code pages.
  CHECK(text::to_nfc("x\xFFy") == "x\uFFFDy");
  CHECK(text::to_nfc("").empty());
}

TEST_CASE("what is passed through as NFC without a look really is NFC") {
  each_code_point([](char32_t code) {
    std::string bytes;
    text::append(bytes, code);
    utf8proc_uint8_t* composed =
        utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(std::string(bytes).c_str()));
    const std::string expected = reinterpret_cast<const char*>(composed);
    std::free(composed);
    if (code != 0 && text::to_nfc(bytes) != expected) FAIL_CHECK("U+" << std::hex << +code);
  });
}

TEST_CASE("search without diacritics finds what was written with them") {
  CHECK(text::fold("Đường  HỎNG!") == "duong hong");
  CHECK(text::fold("1207/QĐ-UBND") == "1207 qd ubnd");
  CHECK(text::fold("TP.HCM / Tp Huế, P.12") == "tp hcm tp hue p 12");
  CHECK(text::fold("hoà thuỷ Hòa Thủy") == "hoa thuy hoa thuy");
  CHECK(text::fold("đại từ.nhiều hộ … bán,trồng") == "dai tu nhieu ho ban trong");
  CHECK(text::fold("Ðồng ðăng") == "dong dang");  // Eth, as old fonts wrote it.
  CHECK(text::fold("giấy\u00A0khai\u200Bsinh") == "giay khai sinh");
  CHECK(text::fold("100 m², ﬁle") == "100 m2 file");
  CHECK(text::fold("北京 한") == text::fold(text::fold("北京 한")));
  CHECK(text::fold(" \t!?☂ ").empty());
  CHECK(text::fold("a\xC3") == "a");
  CHECK(text::fold(std::string("a\0b", 3)) == "a b");
}

TEST_CASE("folding each code point twice changes nothing") {
  each_code_point([](char32_t code) {
    std::string bytes;
    text::append(bytes, code);
    const std::string once = text::fold(bytes);
    if (text::fold(once) != once) FAIL_CHECK("U+" << std::hex << +code);
  });
}

TEST_CASE("keys of any bytes are UTF-8, idempotent, and agree with each other") {
  CHECK(rc::check("keys", [] {
    const std::string raw = *messy_text();
    const std::string folded = text::fold(raw), marked = text::marked(raw);
    const std::string nfc = text::to_nfc(raw), dedup = text::dedup_key(raw);
    RC_ASSERT(is_utf8(folded) && is_utf8(marked) && is_utf8(nfc) && is_utf8(dedup));
    RC_ASSERT(text::fold(folded) == folded);
    RC_ASSERT(text::marked(marked) == marked);
    RC_ASSERT(text::to_nfc(nfc) == nfc);
    RC_ASSERT(text::dedup_key(dedup) == dedup);
    RC_ASSERT(text::fold(marked) == folded);
    RC_ASSERT(text::fold(nfc) == folded);
    RC_ASSERT(text::sort_key(marked) == text::sort_key(raw));
  }));
}

TEST_CASE("both ways of placing a tone are one word for exact search") {
  const std::vector<std::pair<const char*, const char*>> pairs = {
      {"hoà", "hòa"},       {"khoẻ", "khỏe"},   {"thuỷ", "thủy"}, {"uỷ", "ủy"},
      {"qúy", "quý"},       {"cuả", "của"},     {"muà", "mùa"},   {"gìa", "già"},
      {"giừơng", "giường"}, {"NGOAÌ", "ngoài"}, {"hòan", "hoàn"}, {"khủyu", "khuỷu"},
      {"qủa", "quả"},
  };
  for (const auto& [typed, key] : pairs) CHECK(text::marked(typed) == key);
  for (const char* right : {"quý", "huỳnh", "hoàn", "thuở", "giếng", "gì", "khuya", "yếu", "loáy",
                            "nghiêng", "xoèn", "rượu", "mía", "cháu", "đường", "quốc", "hỏng"})
    CHECK(text::marked(right) == right);
  // Not a Vietnamese syllable: left as it is.
  CHECK(text::marked("Café Sébastián") == "café sébastián");
  CHECK(text::marked("UỶ ban  (Hoà_Bình)") == "ủy ban hòa bình");
  CHECK(text::marked("tay") != text::marked("tày"));
}

TEST_CASE("it is known whether somebody typed diacritics") {
  CHECK(text::has_marks("đường"));
  CHECK(text::has_marks("Đ"));
  CHECK_FALSE(text::has_marks("Duong HONG, 12"));
}

TEST_CASE("i and y are one letter for near-duplicates, where they spell one sound") {
  CHECK(text::dedup_key("Quý Qui") == "qui qui");
  CHECK(text::dedup_key("Sỹ Sĩ Lý Kỳ y tế") == "si si li ki i te");
  CHECK(text::dedup_key("Huỳnh Thuý tay tai") == "huynh thuy tay tai");
  CHECK(text::dedup_key("quỳnh quyền") == "quinh quien");
}

TEST_CASE("a query is a bounded list of different words") {
  CHECK(text::words("Đường hỏng, đường HỎNG!") == std::vector<std::string>{"duong", "hong"});
  CHECK(text::words("a b c d", 2) == std::vector<std::string>{"a", "b"});
  CHECK(text::words("  ").empty());
}

TEST_CASE("names stand in Vietnamese alphabetical order") {
  const std::vector<std::string> names = {
      "", "1", "Phường 02", "Phường 12", "Phường 2000000000", "Phường An", "Phường Bé", "Phường Ê"};
  CHECK(sorted({"Phường Ê", "Phường 12", "1", "Phường Bé", "Phường 2000000000", "Phường An", "",
                "Phường 02"}) == names);
  CHECK(sorted({"Đống Đa", "Dương Nội", "Âu Cơ", "Ba Vì", "An Khánh", "Ăn"}) ==
        std::vector<std::string>{"An Khánh", "Ăn", "Âu Cơ", "Ba Vì", "Dương Nội", "Đống Đa"});
  CHECK(sorted({"mạ", "má", "mã", "mả", "mà", "ma"}) ==
        std::vector<std::string>{"ma", "mà", "mả", "mã", "má", "mạ"});
  // The letters of the whole name come before any tone.
  CHECK(sorted({"bà", "ba ba", "ba"}) == std::vector<std::string>{"ba", "bà", "ba ba"});
  CHECK(sorted({"o", "ô", "ơ", "u", "ư", "z", "北", "e", "ê", "nữ", "ñu"}) ==
        std::vector<std::string>{"e", "ê", "ñu", "nữ", "o", "ô", "ơ", "u", "ư", "z", "北"});
  CHECK(text::sort_key("Hoà Bình") == text::sort_key("HÒA  BÌNH"));
  CHECK(text::sort_key("Sơn Hà") != text::sort_key("Sơn Hạ"));
}

TEST_CASE("sort keys are printable ASCII") {
  CHECK(rc::check("printable", [] {
    const std::string key = text::sort_key(*messy_text());
    RC_ASSERT(std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 127; }));
  }));
}

}  // namespace ln
