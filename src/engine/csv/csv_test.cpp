#include "engine/csv/csv.h"

#include <doctest/doctest.h>

namespace ln::csv {
namespace {

std::string shown(std::string_view record, Form form = {}) {
  const auto read = cells(record, form);
  if (!read) return "refused";
  std::string all;
  for (const std::string& cell : *read) all += "[" + cell + "]";
  return all;
}

std::string written(std::string_view cell) {
  std::string out;
  const std::string_view one[] = {cell};
  append(out, one);
  REQUIRE(out.ends_with("\r\n"));
  return out.substr(0, out.size() - 2);
}

}  // namespace

TEST_CASE("a record of comma-separated values is read cell by cell, or refused") {
  CHECK(shown("") == "[]");
  CHECK(shown("a,b") == "[a][b]");
  CHECK(shown("a,") == "[a][]");
  CHECK(shown(",") == "[][]");
  CHECK(shown("\"a,b\",c") == "[a,b][c]");
  CHECK(shown("\"a \"\"b\"\"\",c") == "[a \"b\"][c]");
  CHECK(shown("\"a\nb\",c") == "[a\nb][c]");
  CHECK(shown("a;b,c", {.separator = ';'}) == "[a][b,c]");
  CHECK(shown("a\tb", {.separator = '\t'}) == "[a][b]");
  CHECK(shown("a,b,c,d", {.cells_max = 2}) == "[a][b][c]");
  for (const char* wrong : {"\"a", "a\"b", "\"a\"b", "\"a\" ,b", "a,\"b"})
    CHECK(shown(wrong) == "refused");
}

TEST_CASE("a record ends at the first line break outside quotes") {
  CHECK_FALSE(record_end("a,b"));
  const auto plain = record_end("a,b\r\nc,d\r\n");
  REQUIRE(plain);
  CHECK(plain->size == 3);
  CHECK(plain->with_break == 5);
  CHECK(plain->lines == 1);
  const auto quoted = record_end("\"a\nb\",c\nd");
  REQUIRE(quoted);
  CHECK(quoted->size == 7);
  CHECK(quoted->lines == 2);
}

TEST_CASE("the separator of a file is the one its first record uses most") {
  CHECK(separator_of("code;text;unit\n1,5;a;b") == ';');
  CHECK(separator_of("code,text\n") == ',');
  CHECK(separator_of("\"a;b;c\",d\n") == ',');
  CHECK(separator_of("a\tb") == '\t');
  CHECK(separator_of("a") == ',');
}

TEST_CASE("nothing that is written runs as a formula in a spreadsheet") {
  CHECK(written("Đèn hỏng") == "Đèn hỏng");
  CHECK(written("=1+1") == "\"'=1+1\"");
  CHECK(written("@SUM(A1)") == "\"'@SUM(A1)\"");
  CHECK(written("+84912cmd") == "\"'+84912cmd\"");
  CHECK(written("-2+3") == "\"'-2+3\"");
  CHECK(written("\t=1") == "\"'\t=1\"");
  CHECK(written("\r=1") == "\"'\r=1\"");
  CHECK(written("\xEF\xBC\x9D"
                "1") ==
        "\"'\xEF\xBC\x9D"
        "1\"");
  CHECK(written("=HYPERLINK(\"http://x\",\"y\")") == "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
  // Numbers are what they are.
  CHECK(written("-12") == "-12");
  CHECK(written("+3.5") == "+3.5");
  CHECK(written("-") == "\"'-\"");
  CHECK(written("a;b") == "\"a;b\"");
  CHECK(written("dòng\nhai") == "\"dòng\nhai\"");
}

}  // namespace ln::csv
