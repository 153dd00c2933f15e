// Any bytes as an ODT, and any XML as its content: refused or read, within the bounds.
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "platform/office/office.h"
#include "platform/office/office_zip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace ln::office;
  const std::string_view raw(reinterpret_cast<const char*>(bytes), size);
  static_cast<void>(read_odt(raw).ok());
  ArchiveWriter archive;
  archive.add("mimetype", "application/vnd.oasis.opendocument.text", false);
  archive.add("content.xml", raw, false);
  const auto outcome = read_odt(std::move(archive).finish());
  if (!outcome.ok()) return 0;
  for (const Block& each : outcome.value().blocks)
    if (each.text.empty() || !ln::is_utf8(each.text) || !ln::is_utf8(each.number)) std::abort();
  return 0;
}
