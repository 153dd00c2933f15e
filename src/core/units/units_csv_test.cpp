#include "core/units/units_csv.h"

#include <doctest/doctest.h>

#include "core/units/units_csv_cells.h"

namespace ln::units {
namespace {

constexpr std::string_view columns[] = {"code", "name"};

// The cells with bars between them, or the refusal.
std::string read(std::string_view bytes) {
  const auto rows = read_csv(bytes, columns);
  if (!rows.ok()) {
    const FieldError& where = rows.error().fields.at(0);
    return where.field + " " + std::string(where.text.name());
  }
  std::string all;
  for (const CsvRow& row : rows.value())
    all += std::to_string(row.line) + ":" + row.cells[0] + "|" + row.cells[1] + ";";
  return all;
}

}  // namespace

TEST_CASE("CSV is read with quotes, both line ends, a byte order mark, and in NFC") {
  CHECK(read("code,name\n") == "");
  CHECK(read("code,name\n1,Hà Nội\n") == "2:1|Hà Nội;");
  CHECK(read("code,name\n1,Hà Nội") == "2:1|Hà Nội;");
  CHECK(read("\xEF\xBB\xBF"
             "code,name\r\n1,A\r\n2,B\r\n") == "2:1|A;3:2|B;");
  CHECK(read("code,name\n1,\"A, \"\"B\"\"\"\n") == "2:1|A, \"B\";");
  CHECK(read("code,name\r\n1,\"A\"\r\n") == "2:1|A;");
  CHECK(read("code,name\n1,Ho\xCC\x80"
             "a\n") ==
        "2:1|H\xC3\xB2"
        "a;");
  CHECK(read("code,name\n001, A \n") == "2:001|A;");
}

TEST_CASE("a CSV file that is not exactly right is refused, and the refusal names the line") {
  CHECK(read("") == "line 1 units.error.csv_header");
  CHECK(read("name,code\n") == "line 1 units.error.csv_header");
  CHECK(read("code,name\n1\n") == "line 2 units.error.csv_columns");
  CHECK(read("code,name\n1,A\n\n2,B\n") == "line 3 units.error.csv_columns");
  CHECK(read("code,name\n1,A,\n") == "line 2 units.error.csv_columns");
  CHECK(read("code,name\n1,\"A\n") == "line 2 units.error.csv_quote");
  CHECK(read("code,name\n1,\"A\"B\n") == "line 2 units.error.csv_quote");
  CHECK(read("code,name\n1,A\"B\n") == "line 2 units.error.csv_quote");
  CHECK(read("code,name\n1,A\n2,\xC3\n") == "line 3 units.error.csv_utf8");
  CHECK(read("code,name\n1,A\tB\n") == "line 2 units.error.csv_control");
  CHECK(read("code,name\n1,\"A\nB\"\n") == "line 2 units.error.csv_control");
  CHECK(read("code,name\n1," + std::string(csv_cell_chars_max, 'a') + "\n").size() > 1'000);
  CHECK(read("code,name\n1," + std::string(csv_cell_chars_max + 1, 'a') + "\n") ==
        "line 2 units.error.csv_long");
}

TEST_CASE("days and opening hours are what people mean, or nothing") {
  CHECK(parse_day("2025-07-01") == Day(std::chrono::year(2025) / 7 / 1));
  for (const char* wrong : {"2025-02-29", "2025-7-1", "01/07/2025", "2025-07-01 ", ""})
    CHECK_FALSE(parse_day(wrong).has_value());
  CHECK(parse_hours("")->empty());
  CHECK(*parse_hours("1-2 08:00-12:00 13:00-17:00") ==
        std::vector<Hours>{{1, 480, 720}, {1, 780, 1020}, {2, 480, 720}, {2, 780, 1020}});
  CHECK(*parse_hours("6 08:00-12:00; 7 00:00-24:00") ==
        std::vector<Hours>{{6, 480, 720}, {7, 0, 1440}});
  for (const char* wrong :
       {"8 08:00-12:00", "2-1 08:00-12:00", "1 12:00-08:00", "1 08:00-12:00 12:00-13:00", "1",
        "1 08:00", "1 8:00-12:00", "1 08:60-12:00", "1 08:00-24:01", "1 08:00-12:00; 1 13:00-17:00",
        "mon 08:00-12:00"})
    CHECK_FALSE(parse_hours(wrong).has_value());
}

}  // namespace ln::units
