// Spreadsheets, read: the first sheet of an XLSX file (ISO/IEC 29500) as rows of text. What a cell
// shows by a format (days, money) is not worked out: it gives the number that is stored. Formulas
// give the value that was stored with them; nothing is computed, fetched or executed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ln::office {

// What is read at most, beyond the bounds of archives and XML (office_zip.h, office_xml.h).
inline constexpr std::size_t xlsx_rows_max = 20'000;
inline constexpr std::size_t xlsx_columns_max = 64;
inline constexpr std::size_t xlsx_text_max = 16 * 1024 * 1024;  // bytes of all cells

struct XlsxRow {
  std::size_t number = 0;  // as the program shows it at the left, from 1
  std::vector<std::string> cells{};
};

// Rows that hold something, from the top. Text is plain_text, as composed as it
// was written (not brought to NFC), without spaces at its ends. Refuses `too_large`
// ("office.error.too_large") beyond the bounds; `invalid`: "office.error.not_xlsx" (another kind of
// zip) and what Archive::open() and XmlPart::parse() refuse.
Result<std::vector<XlsxRow>> read_xlsx(std::string_view bytes);

}  // namespace ln::office
