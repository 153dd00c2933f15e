#include "feature/consultation/consultation_pages_import.h"

#include <algorithm>

#include "base/text.h"
#include "engine/draft/draft.h"
#include "engine/text/text.h"
#include "platform/office/office.h"

namespace ln::consultation {
namespace {

constexpr std::string_view zip_mark = "PK\x03\x04", old_word_mark = "\xD0\xCF\x11\xE0";

Error beside_file(ErrorKind kind, TextKey text) { return {kind, text, {{"file", text}}}; }

// What the form would read as a mark of Markdown stands for itself.
void add_escaped(std::string& out, std::string_view line) {
  bool is_start = true;
  for (const char c : line) {
    const bool is_mark = c == '*' || c == '\\' || c == '_' || (is_start && c == '#');
    if (is_mark) out += '\\';
    out += c;
    is_start = false;
  }
}

void add_paragraphs_of(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    add_escaped(out, line);
    out += "\n\n";
  }
}

std::string text_of_contents(const office::Contents& contents) {
  std::string out;
  for (const office::Block& block : contents.blocks) add_paragraphs_of(out, block.shown());
  for (const office::Note& note : contents.notes)
    add_paragraphs_of(out, "[" + note.mark + "] " + note.text);
  return out;
}

}  // namespace

Result<std::string> draft_text_of(std::string_view bytes) {
  const bool is_document = bytes.starts_with(zip_mark) || bytes.starts_with(old_word_mark);
  if (!is_document) {
    if (!is_utf8(bytes) || bytes.find('\0') != std::string_view::npos)
      return beside_file(ErrorKind::invalid, "consultation.error.file"_t);
    if (bytes.size() > draft::text_size_max)
      return beside_file(ErrorKind::too_large, "consultation.error.text_long"_t);
    return std::string(bytes);
  }
  const auto contents = office::read_document(bytes);
  if (!contents.ok()) return beside_file(contents.error().kind, contents.error().text);
  std::string out = text_of_contents(contents.value());
  if (out.size() > draft::text_size_max)
    return beside_file(ErrorKind::too_large, "consultation.error.text_long"_t);
  const auto draft = draft::parse(draft::paragraphs_of(text::to_nfc(out)));
  if (!draft) return beside_file(ErrorKind::too_large, "consultation.error.text_long"_t);
  if (draft->count(draft::Level::article) == 0)
    return beside_file(ErrorKind::invalid, "consultation.error.not_a_draft"_t);
  return out;
}

}  // namespace ln::consultation
