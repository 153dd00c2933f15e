#include "platform/office/office_xlsx.h"

#include <doctest/doctest.h>

#include "platform/office/office_sheet.h"
#include "platform/office/office_zip.h"

namespace ln::office {
namespace {

std::string book(const std::string& sheet, const std::string& strings = "") {
  ArchiveWriter archive;
  archive.add("xl/workbook.xml", R"(<workbook xmlns:r="x"><sheets><sheet name="A" sheetId="1" )"
                                 R"(r:id="rId7"/><sheet r:id="rId1"/></sheets></workbook>)");
  archive.add("xl/_rels/workbook.xml.rels",
              R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet9.xml"/>)"
              R"(<Relationship Id="rId7" Target="/xl/worksheets/one.xml"/></Relationships>)");
  archive.add("xl/worksheets/one.xml",
              "<worksheet><sheetData>" + sheet + "</sheetData></worksheet>");
  if (!strings.empty()) archive.add("xl/sharedStrings.xml", "<sst>" + strings + "</sst>");
  return std::move(archive).finish();
}

template <class T>
std::string refusal_of(const Result<T>& result) {
  return result.ok() ? "fine" : std::string(result.error().text.name());
}

}  // namespace

TEST_CASE("what we write as a spreadsheet is read back, gaps and types included") {
  SheetWriter writer;
  writer.begin_sheet("Ý kiến", {{"Điều khoản", 10}, {"Nội dung", 40}, {"Số", 5}});
  writer.row({std::string("khoản 1 Điều 2"),
              std::string("Nên rút xuống \"mười\" ngày,\nxin xem lại"), std::int64_t{7}});
  writer.row({std::monostate{}, std::string("- Đồng ý"), std::monostate{}});
  const auto rows = read_xlsx(std::move(writer).finish());
  REQUIRE(rows.ok());
  REQUIRE(rows.value().size() == 3);
  CHECK(rows.value()[0].cells == std::vector<std::string>{"Điều khoản", "Nội dung", "Số"});
  CHECK(rows.value()[1].cells[1] == "Nên rút xuống \"mười\" ngày,\nxin xem lại");
  CHECK(rows.value()[1].cells[2] == "7");
  CHECK(rows.value()[2].cells == std::vector<std::string>{"", "- Đồng ý"});
  CHECK(rows.value()[2].number == 3);
}

TEST_CASE("the first sheet of the book is read, with shared strings, runs and without readings") {
  const auto rows = read_xlsx(book(
      R"(<row r="2"><c r="C2" t="s"><v>1</v></c></row><row r="9"><c t="inlineStr"><is><t>a</t>)"
      R"(</is></c><c t="s"><v>99</v></c></row>)",
      "<si><t>không</t></si><si><r><t>Đồng </t></r><r><t>ý</t></r><rPh><t>x</t></rPh></si>"));
  REQUIRE(rows.ok());
  REQUIRE(rows.value().size() == 2);
  CHECK(rows.value()[0].cells == std::vector<std::string>{"", "", "Đồng ý"});
  CHECK(rows.value()[1].cells == std::vector<std::string>{"a"});
  CHECK(rows.value()[1].number == 9);
}

TEST_CASE("a spreadsheet that is none, is unsafe or beyond its bounds is refused") {
  CHECK(refusal_of(read_xlsx("Nội dung")) == "office.error.broken");
  ArchiveWriter other;
  other.add("content.xml", "<a/>");
  CHECK(refusal_of(read_xlsx(std::move(other).finish())) == "office.error.not_xlsx");
  CHECK(refusal_of(read_xlsx(book(R"(<row><c r="ZZ1"><v>1</v></c></row>)"))) ==
        "office.error.too_large");
  ArchiveWriter doctype;
  doctype.add("xl/workbook.xml", R"(<!DOCTYPE w [<!ENTITY a "b">]><w/>)");
  doctype.add("xl/_rels/workbook.xml.rels", "<R/>");
  CHECK(refusal_of(read_xlsx(std::move(doctype).finish())) == "office.error.unsafe");
  // One long shared string, named again and again.
  std::string cells;
  for (int n = 0; n < 200; ++n) cells += R"(<row><c t="s"><v>0</v></c></row>)";
  CHECK(refusal_of(read_xlsx(book(cells, "<si><t>" + std::string(100'000, 'a') + "</t></si>"))) ==
        "office.error.too_large");
}

}  // namespace ln::office
