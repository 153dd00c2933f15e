#include "platform/office/office_xlsx.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/plain_text.h"
#include "base/text.h"
#include "platform/office/office_xml.h"
#include "platform/office/office_zip.h"

namespace ln::office {
namespace {

Error sheet_too_large() { return {ErrorKind::too_large, "office.error.too_large"_t}; }
Error no_sheet() { return {ErrorKind::invalid, "office.error.not_xlsx"_t}; }

// The words of a shared or an inline string: runs one after the other, readings (ruby) left out.
std::string words_of(pugi::xml_node string) {
  std::string out;
  for (const pugi::xml_node node : string.children()) {
    if (name_of(node) == "t") out += node.text().get();
    if (name_of(node) == "r") out += child(node, "t").text().get();
  }
  return out;
}

// "B12" is in the second column; null for what names none of the first xlsx_columns_max.
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
    if (column > xlsx_columns_max) return std::nullopt;
  }
  return column == 0 ? std::nullopt : std::optional(column - 1);
}

// Where the first sheet stands in the archive.
Result<std::string> first_sheet(Archive& archive) {
  const std::string workbook_name = "xl/workbook.xml", links_name = "xl/_rels/workbook.xml.rels";
  if (!archive.has(workbook_name) || !archive.has(links_name)) return no_sheet();
  TRY(std::string workbook_bytes, archive.read(workbook_name));
  TRY(const XmlPart workbook, XmlPart::parse(std::move(workbook_bytes)));
  TRY(std::string link_bytes, archive.read(links_name));
  TRY(const XmlPart links, XmlPart::parse(std::move(link_bytes)));
  const pugi::xml_node sheet = child(child(workbook.root(), "sheets"), "sheet");
  // The sheet has two ids; the one of the link bears a prefix.
  std::string_view id;
  for (const pugi::xml_attribute each : sheet.attributes())
    if (std::string_view(each.name()).find(':') != std::string_view::npos &&
        local_name(each.name()) == "id")
      id = each.value();
  for (const pugi::xml_node link : links.root().children()) {
    if (id.empty() || attribute(link, "Id") != id) continue;
    std::string target(attribute(link, "Target").value_or(""));
    target = target.starts_with("/") ? target.substr(1) : "xl/" + target;
    if (archive.has(target)) return target;
  }
  return no_sheet();
}

Result<std::vector<std::string>> shared_strings(Archive& archive) {
  std::vector<std::string> all;
  if (!archive.has("xl/sharedStrings.xml")) return all;
  TRY(std::string bytes, archive.read("xl/sharedStrings.xml"));
  TRY(const XmlPart part, XmlPart::parse(std::move(bytes)));
  for (const pugi::xml_node each : part.root().children())
    if (name_of(each) == "si") all.push_back(words_of(each));
  return all;
}

std::string cell_text(pugi::xml_node cell, const std::vector<std::string>& shared) {
  const std::string_view type = attribute(cell, "t").value_or("n");
  if (type == "inlineStr") return words_of(child(cell, "is"));
  const std::string stored = child(cell, "v").text().get();
  if (type != "s") return stored;
  const auto at = parse_number(stored);
  return at && *at >= 0 && *at < std::ssize(shared) ? shared[static_cast<std::size_t>(*at)]
                                                    : std::string();
}

}  // namespace

Result<std::vector<XlsxRow>> read_xlsx(std::string_view bytes) {
  TRY(Archive archive, Archive::open(bytes));
  TRY(const std::string name, first_sheet(archive));
  TRY(const auto shared, shared_strings(archive));
  TRY(std::string sheet_bytes, archive.read(name));
  TRY(const XmlPart sheet, XmlPart::parse(std::move(sheet_bytes)));
  std::vector<XlsxRow> rows;
  std::size_t size = 0, number = 0;
  for (const pugi::xml_node node : child(sheet.root(), "sheetData").children()) {
    if (name_of(node) != "row") continue;
    const auto told = parse_number(attribute(node, "r").value_or(""));
    number = told && *told > 0 ? static_cast<std::size_t>(*told) : number + 1;
    XlsxRow row{.number = number};
    std::size_t next = 0;
    for (const pugi::xml_node cell : node.children()) {
      if (name_of(cell) != "c") continue;
      const auto reference = attribute(cell, "r");
      const auto column = reference ? column_of(*reference) : std::optional(next);
      if (!column || *column >= xlsx_columns_max) return sheet_too_large();
      next = *column + 1;
      const std::string stored = cell_text(cell, shared);
      // One shared string may be named by a million cells.
      size += stored.size();
      if (size > xlsx_text_max) return sheet_too_large();
      if (!is_utf8(stored)) return Error{ErrorKind::invalid, "office.error.broken"_t};
      std::string text(trimmed(plain_text(stored)));
      if (text.empty()) continue;
      if (row.cells.size() <= *column) row.cells.resize(*column + 1);
      row.cells[*column] = std::move(text);
    }
    if (row.cells.empty()) continue;
    if (rows.size() == xlsx_rows_max) return sheet_too_large();
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace ln::office
