#include "platform/office/office.h"

#include <doctest/doctest.h>

#include "platform/office/office_document.h"
#include "platform/office/office_zip.h"

using namespace ln;
using namespace ln::office;

namespace {

constexpr std::string_view open_tag =
    R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">)"
    R"(<w:body>)";
constexpr std::string_view close_tag = "</w:body></w:document>";

// A DOCX of this body, with other parts beside it.
struct Made {
  std::string body{}, styles{}, numbering{}, footnotes{};
  std::string bytes() const {
    ArchiveWriter archive;
    archive.add("_rels/.rels", R"(<Relationships><Relationship Id="a" Type="x/officeDocument" )"
                               R"(Target="word/document.xml"/></Relationships>)");
    archive.add("word/_rels/document.xml.rels",
                R"(<Relationships><Relationship Id="a" Type="x/styles" Target="styles.xml"/>)"
                R"(<Relationship Id="b" Type="x/numbering" Target="/word/numbering.xml"/>)"
                R"(<Relationship Id="c" Type="x/footnotes" Target="../word/footnotes.xml"/>)"
                R"(</Relationships>)");
    archive.add("word/document.xml", std::string(open_tag) + body + std::string(close_tag));
    if (!styles.empty()) archive.add("word/styles.xml", "<w:styles>" + styles + "</w:styles>");
    if (!numbering.empty())
      archive.add("word/numbering.xml", "<w:numbering>" + numbering + "</w:numbering>");
    if (!footnotes.empty())
      archive.add("word/footnotes.xml", "<w:footnotes>" + footnotes + "</w:footnotes>");
    return std::move(archive).finish();
  }
  Contents read() const {
    const auto contents = read_docx(bytes());
    REQUIRE(contents.ok());
    return contents.value();
  }
};

std::string p(std::string_view text, std::string_view properties = "") {
  std::string out = "<w:p>";
  if (!properties.empty()) out += "<w:pPr>" + std::string(properties) + "</w:pPr>";
  return out + "<w:r><w:t>" + std::string(text) + "</w:t></w:r></w:p>";
}
std::string numbered(int list, int level) {
  return R"(<w:numPr><w:ilvl w:val=")" + std::to_string(level) + R"("/><w:numId w:val=")" +
         std::to_string(list) + R"("/></w:numPr>)";
}
std::string level(int at,
                  std::string_view format,
                  std::string_view text,
                  std::string_view more = "") {
  return R"(<w:lvl w:ilvl=")" + std::to_string(at) + R"("><w:start w:val="1"/><w:numFmt w:val=")" +
         std::string(format) + R"("/>)" + std::string(more) + R"(<w:lvlText w:val=")" +
         std::string(text) + R"("/></w:lvl>)";
}
constexpr std::string_view two_lists =
    R"(<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2">)"
    R"(<w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/>)"
    R"(</w:lvlOverride></w:num>)";
std::string law() {
  return R"(<w:abstractNum w:abstractNumId="7">)" + level(0, "upperRoman", "Chương %1") +
         level(1, "decimal", "Điều %2.", R"(<w:lvlRestart w:val="0"/>)") +
         level(2, "decimal", "%3.") + level(3, "lowerLetter", "%4)") + "</w:abstractNum>" +
         std::string(two_lists);
}

std::string shown(const Contents& contents) {
  std::string out;
  for (const Block& block : contents.blocks) out += block.shown() + "\n";
  for (const Note& note : contents.notes) out += "[" + note.mark + "] " + note.text + "\n";
  return out;
}

TextKey refusal(std::string_view bytes) {
  const auto outcome = read_document(bytes);
  return outcome.ok() ? TextKey() : outcome.error().text;
}

}  // namespace

TEST_CASE("numbers that Word makes by itself are text as the reader sees them") {
  Made made;
  made.numbering = law();
  made.body = p("Quy định chung", numbered(1, 0)) + p("Phạm vi", numbered(1, 1)) +
              p("Khoản một", numbered(1, 2)) + p("điểm", numbered(1, 3)) +
              p("điểm nữa", numbered(1, 3)) + p("Khoản hai", numbered(1, 2)) +
              p("Đối tượng", numbered(1, 1)) + p("Khoản đầu", numbered(1, 2)) +
              p("Tổ chức", numbered(1, 0)) + p("Trách nhiệm", numbered(1, 1)) + p("Không số") +
              p("Đếm lại", numbered(2, 2));
  const Contents contents = made.read();
  CHECK(shown(contents) == R"(Chương I Quy định chung
Điều 1. Phạm vi
1. Khoản một
a) điểm
b) điểm nữa
2. Khoản hai
Điều 2. Đối tượng
1. Khoản đầu
Chương II Tổ chức
Điều 3. Trách nhiệm
Không số
1. Đếm lại
)");
  CHECK(contents.blocks[3].list_level == 4);
  CHECK(contents.blocks[3].number == "a)");
  CHECK(contents.blocks[3].text == "điểm");
  CHECK(contents.blocks[10].list_level == 0);
}

TEST_CASE("a style brings its heading level, its number and what it rests on") {
  Made made;
  made.numbering = R"(<w:abstractNum w:abstractNumId="3">)" +
                   level(0, "decimal", "Điều %1.", R"(<w:pStyle w:val="Dieu"/>)") +
                   level(1, "decimal", "%1.%2.", R"(<w:pStyle w:val="Khoan"/>)") +
                   R"(</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num>)";
  made.styles =
      R"(<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>)"
      R"(</w:style>)"
      R"(<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr>)"
      R"(<w:outlineLvl w:val="0"/><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>)"
      R"(<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="Điều"/>)"
      R"(<w:basedOn w:val="H1"/>)"
      R"(<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>)"
      R"(<w:style w:type="paragraph" w:styleId="Khoan"><w:name w:val="Khoản"/><w:basedOn )"
      R"(w:val="Dieu"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr><w:rPr><w:b w:val="0"/></w:rPr>)"
      R"(</w:style>)";
  made.body = p("Phạm vi", R"(<w:pStyle w:val="Dieu"/>)") +
              p("Khoản", R"(<w:pStyle w:val="Khoan"/>)") +
              p("Không", R"(<w:pStyle w:val="Dieu"/><w:numPr><w:numId w:val="0"/></w:numPr>)") +
              p("Thường");
  const Contents contents = made.read();
  CHECK(shown(contents) == "Điều 1. Phạm vi\n1.1. Khoản\nKhông\nThường\n");
  CHECK(contents.blocks[0].heading == 1);
  CHECK(contents.blocks[0].style == "Điều");
  CHECK(contents.blocks[0].is_bold);
  CHECK(contents.blocks[0].is_centred);
  CHECK(contents.blocks[1].heading == 0);
  CHECK_FALSE(contents.blocks[1].is_bold);
  CHECK(contents.blocks[3].style == "Normal");
}

TEST_CASE("what was deleted under track changes is not text, what was inserted is") {
  Made made;
  made.body =
      R"(<w:p><w:r><w:t xml:space="preserve">Thời hạn là </w:t></w:r><w:del><w:r><w:delText>10)"
      R"(</w:delText><w:t>10</w:t></w:r></w:del><w:ins><w:r><w:t>15</w:t></w:r></w:ins><w:r>)"
      R"(<w:t xml:space="preserve"> ngày.</w:t></w:r></w:p>)"
      R"(<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Nối </w:t></w:r></w:p>)" +
      p("liền") +
      R"(<w:p><w:moveFrom><w:r><w:t>chỗ cũ</w:t></w:r></w:moveFrom></w:p>)"
      R"(<w:p><w:moveTo><w:r><w:t>chỗ mới</w:t></w:r></w:moveTo></w:p>)"
      R"(<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>)"
      R"(<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>xóa</w:t></w:r></w:p></w:tc>)"
      R"(</w:tr></w:tbl>)";
  CHECK(shown(made.read()) == "Thời hạn là 15 ngày.\nNối liền\nchỗ mới\n");
}

TEST_CASE("footnotes are kept, with their marks in the text") {
  Made made;
  made.footnotes =
      R"(<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>)"
      R"(<w:footnote w:id="4"><w:p><w:r>)"
      R"(<w:footnoteRef/></w:r><w:r><w:t>Luật 64/2025/QH15</w:t></w:r></w:p></w:footnote>)";
  made.body = R"(<w:p><w:r><w:t>Theo luật</w:t></w:r><w:r><w:footnoteReference w:id="4"/></w:r>)"
              R"(<w:r><w:t>.</w:t></w:r></w:p>)";
  CHECK(shown(made.read()) == "Theo luật[1].\n[1] Luật 64/2025/QH15\n");
}

TEST_CASE("a table becomes rows with a cell for each column") {
  const auto tc = [](std::string_view text, std::string_view properties = "") {
    return "<w:tc><w:tcPr>" + std::string(properties) + "</w:tcPr>" + p(text) + "</w:tc>";
  };
  Made made;
  made.body = "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>" + tc("STT") +
              tc("Nội dung", R"(<w:gridSpan w:val="2"/>)") + "</w:tr><w:tr>" +
              tc("1", R"(<w:vMerge w:val="restart"/>)") + tc("a") + "<w:tc>" + p("b") + p("c") +
              "</w:tc></w:tr><w:tr>" + tc("", "<w:vMerge/>") + tc("d") + "<w:tc><w:tbl><w:tr>" +
              tc("x") + tc("y") + "</w:tr></w:tbl><w:p/></w:tc></w:tr>" + "</w:tbl>";
  const Contents contents = made.read();
  REQUIRE(contents.blocks.size() == 3);
  CHECK(contents.blocks[0].cells == std::vector<std::string>{"STT", "Nội dung", ""});
  CHECK(contents.blocks[0].is_header);
  CHECK(contents.blocks[1].cells == std::vector<std::string>{"1", "a", "b\nc"});
  CHECK(contents.blocks[2].cells == std::vector<std::string>{"", "d", "x\ty"});
  CHECK(contents.blocks[2].table == 1);
  CHECK(contents.blocks[2].text == "\td\tx\ty");
}

TEST_CASE("a text box is read once, and text is brought to one form") {
  Made made;
  made.body = R"(<w:p><w:r><w:t>Ngoài</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>)"
              R"(<wps:txbx><w:txbxContent>)" +
              p("Trong") +
              R"(</w:txbxContent></wps:txbx></w:drawing>)"
              R"(</mc:Choice><mc:Fallback><w:pict><w:txbxContent>)" +
              p("Trong") +
              R"(</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>)" +
              p("Phu\xCC\x9Bo\xCC\x9B\xCC\x80ng\xE2\x80\x8B");
  CHECK(shown(made.read()) == "Ngoài\nTrong\nPhường\n");
}

TEST_CASE("what is no sound document is refused with a sentence that helps") {
  Made made;
  made.body = p("chữ");
  const std::string sound = made.bytes();
  CHECK(read_document(sound).ok());
  CHECK(refusal("") == "office.error.broken"_t);
  CHECK(refusal("hello") == "office.error.broken"_t);
  CHECK(refusal(sound.substr(0, sound.size() / 2)) == "office.error.broken"_t);
  CHECK(refusal("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 word 97") == "office.error.old_format"_t);
  ArchiveWriter other;
  other.add("hello.txt", "hello");
  const std::string zip = std::move(other).finish();
  CHECK(refusal(zip) == "office.error.not_docx"_t);
  CHECK(read_odt(zip).error().text == "office.error.not_odt"_t);
  made.body = "<w:p>";
  CHECK(refusal(made.bytes()) == "office.error.broken"_t);
  // Every byte of the file is covered by a checksum or by the directory.
  std::size_t unnoticed = 0;
  for (std::size_t i = 0; i < sound.size(); ++i) {
    std::string damaged = sound;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x15);
    const auto outcome = read_document(damaged);
    if (outcome.ok() && outcome.value() != read_document(sound).value()) ++unnoticed;
  }
  CHECK(unnoticed == 0);
}

TEST_CASE("an entity is never expanded, whatever it stands for") {
  ArchiveWriter archive;
  archive.add("_rels/.rels", R"(<R><Relationship Type="x/officeDocument" Target="d.xml"/></R>)");
  archive.add("d.xml", R"(<!DOCTYPE d [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>)" +
                           std::string(open_tag) + p("&b;") + std::string(close_tag));
  CHECK(refusal(std::move(archive).finish()) == "office.error.unsafe"_t);
}

TEST_CASE("nesting beyond reason is refused") {
  Made made;
  for (int i = 0; i < 10'000; ++i) made.body += "<w:ins>";
  made.body += p("sâu");
  for (int i = 0; i < 10'000; ++i) made.body += "</w:ins>";
  CHECK(refusal(made.bytes()) == "office.error.unsafe"_t);
}

TEST_CASE("a zip bomb is refused before it unpacks") {
  Made made;
  made.body = p(std::string(8 * 1024 * 1024, 'a'));
  CHECK(made.bytes().size() < 20'000);
  CHECK(refusal(made.bytes()) == "office.error.too_large"_t);  // by its ratio
  made.body.clear();
  for (int i = 0; i < 120'000; ++i) made.body += p(std::to_string(i * 7919));
  CHECK(refusal(made.bytes()) == "office.error.too_large"_t);  // by the number of paragraphs
  ArchiveWriter many;
  for (int i = 0; i < 5'000; ++i) many.add("n" + std::to_string(i), "");
  CHECK(refusal(std::move(many).finish()) == "office.error.too_large"_t);
}

TEST_CASE("of two entries with one name none is believed") {
  ArchiveWriter archive;
  archive.add("a", "một");
  archive.add("a", "hai");
  const std::string bytes = std::move(archive).finish();
  CHECK_FALSE(Archive::open(bytes).ok());
}

TEST_CASE("what was written as DOCX is read back") {
  Document document{.title = "Báo cáo"};
  document.parts.push_back(heading(1, "I. Kết quả"));
  document.parts.push_back(paragraph("Đã nhận 302 phản ánh & góp ý <mới>.\nDòng hai"));
  Table table;
  table.columns = {{.weight = 1}, {.weight = 4}, {.weight = 1}};
  table.header = {cell("STT"), cell("Nội dung"), cell("Số")};
  table.rows = {{cell("1"), cell("Điện\nNước"), cell("12")}, {cell("2")}};
  document.parts.emplace_back(table);
  document.parts.emplace_back(PageBreak{});
  document.parts.push_back(paragraph("hết\x01\xFF"));
  const auto contents = read_docx(write_docx(document));
  REQUIRE(contents.ok());
  const auto& blocks = contents.value().blocks;
  REQUIRE(blocks.size() == 6);
  CHECK(blocks[0].heading == 1);
  CHECK(blocks[0].text == "I. Kết quả");
  CHECK(blocks[0].style == "heading 1");
  CHECK(blocks[1].text == "Đã nhận 302 phản ánh & góp ý <mới>.\nDòng hai");
  CHECK(blocks[2].is_header);
  CHECK(blocks[3].cells == std::vector<std::string>{"1", "Điện\nNước", "12"});
  CHECK(blocks[4].cells == std::vector<std::string>{"2", "", ""});
  CHECK(blocks[5].text == "hết\uFFFD");
}

TEST_CASE("the same document gives the same bytes, and the parts say nothing of when and by whom") {
  Document document{.title = "Báo cáo"};
  document.parts.push_back(paragraph("chữ"));
  const std::string bytes = write_docx(document);
  CHECK(bytes == write_docx(document));
  auto archive = Archive::open(bytes);
  REQUIRE(archive.ok());
  const auto properties = archive.value().read("docProps/core.xml");
  REQUIRE(properties.ok());
  CHECK(properties.value().find("created") == std::string::npos);
  CHECK(properties.value().find("creator") == std::string::npos);
  document.is_landscape = true;
  CHECK(bytes != write_docx(document));
}
