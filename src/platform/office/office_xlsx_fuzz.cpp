// Any bytes as an XLSX, and any XML as its sheet: refused or read, within the bounds.
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "platform/office/office_xlsx.h"
#include "platform/office/office_zip.h"

namespace {

void expect_sound(const ln::Result<std::vector<ln::office::XlsxRow>>& outcome) {
  if (!outcome.ok()) return;
  for (const ln::office::XlsxRow& row : outcome.value()) {
    if (row.cells.empty() || row.cells.size() > ln::office::xlsx_columns_max) std::abort();
    for (const std::string& cell : row.cells)
      if (!ln::is_utf8(cell)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace ln::office;
  const std::string_view raw(reinterpret_cast<const char*>(bytes), size);
  expect_sound(read_xlsx(raw));
  // Its parts one by one, so that the checksums of a zip do not stand in the way: divided by zeros.
  const std::size_t first = raw.find('\0');
  ArchiveWriter archive;
  archive.add("xl/workbook.xml", R"(<w><sheets><sheet r:id="a"/></sheets></w>)", false);
  archive.add("xl/_rels/workbook.xml.rels", R"(<R><Relationship Id="a" Target="s.xml"/></R>)",
              false);
  archive.add("xl/s.xml", raw.substr(0, first), false);
  if (first != raw.npos) archive.add("xl/sharedStrings.xml", raw.substr(first + 1), false);
  expect_sound(read_xlsx(std::move(archive).finish()));
  return 0;
}
