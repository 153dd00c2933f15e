#include <doctest/doctest.h>

#include "platform/office/office.h"
#include "platform/office/office_sheet.h"
#include "platform/office/office_zip.h"

using namespace ln;
using namespace ln::office;

TEST_CASE("an ODT gives its numbers, notes and tables, and not what was deleted") {
  ArchiveWriter archive;
  archive.add("mimetype", "application/vnd.oasis.opendocument.text", false);
  archive.add(
      "content.xml",
      R"(<d><automatic-styles><text:list-style style:name="L"><text:list-level-style-number )"
      R"(text:level="1" style:num-prefix="Điều " style:num-suffix="." style:num-format="1"/>)"
      R"(<text:list-level-style-number text:level="2" style:num-suffix="&#41;" )"
      R"(style:num-format="a"/>)"
      R"(</text:list-style></automatic-styles><body><office:text><text:tracked-changes>)"
      R"(<text:p>đã xóa</text:p></text:tracked-changes><text:h text:outline-level="1">Chương I)"
      R"(</text:h><text:list text:style-name="L"><text:list-item><text:p>Phạm  vi<text:note>)"
      R"(<text:note-citation>1</text:note-citation><text:note-body><text:p>Chú thích</text:p>)"
      R"(</text:note-body></text:note></text:p><text:list><text:list-item><text:p>điểm</text:p>)"
      R"(</text:list-item></text:list></text:list-item></text:list><text:list )"
      R"(text:style-name="L" text:continue-numbering="true"><text:list-item><text:p>Tiếp)"
      R"(</text:p></text:list-item></text:list><table:table><table:table-row )"
      R"(table:number-rows-repeated="2"><table:table-cell><text:p>a</text:p></table:table-cell>)"
      R"(<table:covered-table-cell/></table:table-row></table:table></office:text></body></d>)");
  const auto contents = read_document(std::move(archive).finish());
  REQUIRE(contents.ok());
  std::string all;
  for (const Block& each : contents.value().blocks) all += each.shown() + "\n";
  CHECK(all == "Chương I\nĐiều 1. Phạm vi[1]\na) điểm\nĐiều 2. Tiếp\na\t\na\t\n");
  REQUIRE(contents.value().notes.size() == 1);
  CHECK(contents.value().notes[0].text == "Chú thích");
}

TEST_CASE("text in a spreadsheet is never a formula, and sheets have names of their own") {
  Workbook book;
  book.sheets.push_back({.name = "Bản/một",
                         .columns = {{"Nội dung", 20}, {"Số", 8}},
                         .rows = {{std::string("=1+1"), std::int64_t{7}}}});
  book.sheets.push_back({.name = "bản một", .columns = {{"A", 8}}});
  const std::string bytes = write_xlsx(book);
  CHECK(bytes == write_xlsx(book));
  auto archive = Archive::open(bytes);
  REQUIRE(archive.ok());
  const auto sheet = archive.value().read("xl/worksheets/sheet1.xml");
  const auto names = archive.value().read("xl/workbook.xml");
  REQUIRE((sheet.ok() && names.ok()));
  CHECK(sheet.value().find(R"(t="inlineStr"><is><t xml:space="preserve">=1+1</t>)") !=
        std::string::npos);
  CHECK(sheet.value().find("<f>") == std::string::npos);
  CHECK(sheet.value().find("<v>7</v>") != std::string::npos);
  CHECK(names.value().find(R"(name="Bản một")") != std::string::npos);
  CHECK(names.value().find("bản một (2)") != std::string::npos);
}
