// Any bytes as a DOCX, and any XML as its text: refused or read, within the bounds.
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "platform/office/office.h"
#include "platform/office/office_zip.h"

namespace {

void expect_sound(const ln::Result<ln::office::Contents>& outcome) {
  if (!outcome.ok()) return;
  for (const ln::office::Block& each : outcome.value().blocks)
    if (each.text.empty() || !ln::is_utf8(each.text) || !ln::is_utf8(each.number)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace ln::office;
  const std::string_view raw(reinterpret_cast<const char*>(bytes), size);
  expect_sound(read_docx(raw));
  // Its parts one by one, so that the checksums of a zip do not stand in the way: divided by zeros.
  const std::size_t first = raw.find('\0');
  const std::string_view body = raw.substr(0, first);
  const std::string_view rest = first == raw.npos ? std::string_view() : raw.substr(first + 1);
  const std::size_t second = rest.find('\0');
  ArchiveWriter archive;
  archive.add("_rels/.rels", R"(<R><Relationship Type="x/officeDocument" Target="d.xml"/></R>)",
              false);
  archive.add("_rels/d.xml.rels",
              R"(<R><Relationship Type="x/styles" Target="s.xml"/>)"
              R"(<Relationship Type="x/numbering" Target="n.xml"/></R>)",
              false);
  archive.add("d.xml", body, false);
  if (first != raw.npos) archive.add("s.xml", rest.substr(0, second), false);
  if (second != rest.npos) archive.add("n.xml", rest.substr(second + 1), false);
  expect_sound(read_docx(std::move(archive).finish()));
  return 0;
}
