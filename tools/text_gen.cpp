// Turns the sentences of text/vi.po and text/en.po into C++, one definition for each key, so that
// "feedback.error.body_empty"_t is an address and a key without a sentence does not link.
//
//   text_gen TEXT_FOLDER OUT.cpp      exits 1 and says file and line when the two files do not
//   agree
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "platform/i18n/po.h"

namespace {

std::string contents(const std::filesystem::path& file) {
  std::ostringstream out;
  out << std::ifstream(file, std::ios::binary).rdbuf();
  return out.str();
}

// A C++ literal. Bytes above 0x7F stand as they are: the source is UTF-8, as the compiler's is.
std::string cpp_literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '?': out += "\\?"; break;  // No trigraphs by accident.
      default: out += c;
    }
  }
  return out + '"';
}

// True when `file` has no problems; prints them otherwise.
bool report(const char* name, const ln::i18n::PoFile& file) {
  for (const auto& problem : file.problems)
    std::fprintf(stderr, "text/%s:%zu: %s\n", name, problem.line, problem.what.c_str());
  return file.problems.empty();
}

void write(std::ostream& out, const ln::i18n::PoFile& vi, const ln::i18n::PoFile& en) {
  out << "// Written by tools/text_gen.cpp from text/vi.po and text/en.po.\n"
         "#include \"base/text_key.h\"\n\nnamespace ln {\n\n";
  for (const auto& entry : vi.entries) {
    for (const auto& other : en.entries) {
      if (other.key != entry.key) continue;
      const std::string key = cpp_literal(entry.key);
      out << "template <>\nconst Message MessageOf<" << key << ">::value = {" << key << ", "
          << cpp_literal(entry.one) << ", " << cpp_literal(other.one) << ", "
          << cpp_literal(other.is_plural ? other.many : other.one) << "};\n";
      break;
    }
  }
  out << "\nTextKey text_key_named(std::string_view name) {\n";
  for (const auto& entry : vi.entries) {
    const std::string key = cpp_literal(entry.key);
    out << "  if (name == " << key << ") return TextKey(&MessageOf<" << key << ">::value);\n";
  }
  out << "  return {};\n}\n\n}  // namespace ln\n";
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) return std::fprintf(stderr, "usage: text_gen TEXT_FOLDER OUT.cpp\n"), 2;
  const std::filesystem::path folder = words[1];
  const auto vi = ln::i18n::read_po(contents(folder / "vi.po"));
  const auto en = ln::i18n::read_po(contents(folder / "en.po"));
  const bool vi_reads = report("vi.po", vi);
  const bool en_reads = report("en.po", en);
  if (!vi_reads || !en_reads) return 1;
  const auto problems = ln::i18n::compare(vi, en);
  for (const auto& problem : problems)
    std::fprintf(stderr, "text/%s:%zu: %s\n", problem.what.substr(0, 5).c_str(), problem.line,
                 problem.what.substr(7).c_str());
  if (!problems.empty()) return 1;
  std::ofstream out(words[2], std::ios::binary);
  write(out, vi, en);
  return out.good() ? 0 : 1;
}
