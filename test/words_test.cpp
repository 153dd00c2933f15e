// The words of the whole site, in all its files: spelled one way.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "engine/text/text.h"
#include "engine/text/text_letters.h"

namespace ln {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// The words whose tone stands on another letter than the search key puts it: "hoà" for "hòa".
std::string spelled_otherwise(const std::string& content) {
  std::string found, word;
  const auto end_word = [&] {
    if (!word.empty() && text::marked(word) != word) found += word + " ";
    word.clear();
  };
  const std::string nfc = text::to_nfc(content);
  for (std::size_t at = 0; at < nfc.size();) {
    const text::Char next = text::decode(nfc, at);
    at += next.size;
    if (text::sort_of(next.code) == text::Sort::letter)
      text::append(word, text::lower(next.code));
    else
      end_word();
  }
  end_word();
  return found;
}

TEST_CASE("tones stand where the law's own texts put them: hòa, khóa, xóa, hủy, thủy") {
  CHECK(spelled_otherwise("Hòa, Quý, xóa; THỦY hủy") == "");
  CHECK(spelled_otherwise("xoá Khoá, THUỶ") == "xoá khoá thuỷ ");
  const std::filesystem::path root = LN_SOURCE;
  CHECK(spelled_otherwise(read_file(root / "text" / "vi.po")) == "");
  CHECK(spelled_otherwise(read_file(root / "docs" / "glossary.md")) == "");
  int count = 0;
  for (const auto& file : std::filesystem::directory_iterator(root / "data" / "sample")) {
    INFO(file.path().filename().string());
    CHECK(spelled_otherwise(read_file(file.path())) == "");
    ++count;
  }
  CHECK(count > 3);
}

}  // namespace
}  // namespace ln
