#include "platform/i18n/po.h"

#include <doctest/doctest.h>

#include <string>

namespace ln::i18n {
namespace {

constexpr auto npos = std::string::npos;

std::string file(const std::string& language, const std::string& entries) {
  return "msgid \"\"\nmsgstr \"\"\n\"Language: " + language +
         "\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n" + entries;
}

// "line: what" of each problem, joined.
std::string problems_of(const std::string& text) {
  std::string out;
  for (const PoProblem& problem : read_po(text).problems)
    out += std::to_string(problem.line) + ": " + problem.what + "\n";
  return out;
}

std::string differences(const std::string& vi, const std::string& en) {
  const PoFile a = read_po(file("vi", vi)), b = read_po(file("en", en));
  REQUIRE(a.problems.empty());
  REQUIRE(b.problems.empty());
  std::string out;
  for (const PoProblem& problem : compare(a, b)) out += problem.what + "\n";
  return out;
}

}  // namespace

TEST_CASE("po: entries are read") {
  const PoFile po = read_po(file("en",
                                 "# a comment\n"
                                 "msgid \"a.b\"\nmsgstr \"One \\\"two\\\"\\n\"\n\"three {x}\"\n"
                                 "msgid \"a.c\"\nmsgid_plural \"a.c\"\n"
                                 "msgstr[0] \"{count} day\"\nmsgstr[1] \"{count} days\"\n"));
  CHECK(po.problems.empty());
  CHECK(po.language == "en");
  REQUIRE(po.entries.size() == 2);
  CHECK(po.entries[0].key == "a.b");
  CHECK(po.entries[0].one == "One \"two\"\nthree {x}");
  CHECK(po.entries[1].is_plural);
  CHECK(po.entries[1].many == "{count} days");
  CHECK(holes_of("{b} {a} {b}") == std::vector<std::string>{"a", "b"});
}

TEST_CASE("po: what is refused, with its line") {
  const auto refuse = [](const std::string& entries) { return problems_of(file("vi", entries)); };
  CHECK(refuse("msgid \"a.b\"\nmsgstr \"x\"\nmsgid \"a.b\"\nmsgstr \"y\"\n") ==
        "7: a.b stands here a second time\n");
  CHECK(refuse("msgid \"a.b\"\nmsgstr \"\"\n") == "5: a.b has an empty sentence\n");
  CHECK(refuse("msgid \"a.b\"\n") == "5: the entry has no msgstr\n");
  CHECK(refuse("msgid \"Save\"\nmsgstr \"x\"\n") ==
        "5: \"Save\" is not a key like room.part.name\n");
  for (const char* hole : {"{", "}", "{}", "{A}", "{a", "a}", "{a b}"}) {
    CAPTURE(hole);
    CHECK(refuse(std::string("msgid \"a.b\"\nmsgstr \"x ") + hole + "\"\n") ==
          "5: a.b: holes are written {name}\n");
  }
  CHECK(refuse("msgid \"a.b\nmsgstr \"x\"\n").starts_with("5: this is not a string"));
  CHECK(refuse("msgid \"a.b\"\nmsgstr \"x\\q\"\n").find("6: this is not a string") != npos);
  CHECK(refuse("msgctxt \"a\"\n").starts_with("5: this line is neither"));
  CHECK(refuse("#~ msgid \"a.b\"\n").starts_with("5: obsolete"));
  CHECK(refuse("#, fuzzy\n").starts_with("5: a fuzzy"));
  CHECK(refuse("msgid \"a.b\"\nmsgid_plural \"a.c\"\nmsgstr[0] \"x\"\n") ==
        "5: a.b: msgid_plural repeats the msgid\n");
  CHECK(refuse("msgid \"a.b\"\nmsgstr[0] \"x\"\n").starts_with("6: msgid, msgid_plural"));
  CHECK(problems_of("\"x\"\n").starts_with("1: a string belongs to no entry"));
  CHECK(problems_of("msgid \"a.b\"\nmsgstr \"x\"\n").starts_with("1: the header"));
  CHECK(problems_of("\xFF") == "1: the file is not UTF-8\n");
}

TEST_CASE("po: the two languages agree, or there is no program") {
  const std::string one = "msgid \"a.b\"\nmsgstr \"x\"\n";
  CHECK(differences(one, one).empty());
  CHECK(differences(one, "") == "vi.po: a.b is missing in en.po\n");
  CHECK(differences("", one) == "en.po: a.b is missing in vi.po\n");
  CHECK(differences("msgid \"a.b\"\nmsgstr \"{x}\"\n", "msgid \"a.b\"\nmsgstr \"{y}\"\n") ==
        "en.po: a.b has other holes: vi {x}, en {y}\n");
  const std::string plural = "msgid \"a.b\"\nmsgid_plural \"a.b\"\nmsgstr[0] \"{count}\"\n";
  CHECK(differences(plural, plural) == "en.po: a.b: English needs msgstr[0] and msgstr[1]\n");
  CHECK(differences(one, plural) == "en.po: a.b is a plural in one language only\n");
  CHECK(differences(plural, plural + "msgstr[1] \"{count}\"\n").empty());
  CHECK(differences(plural,
                    "msgid \"a.b\"\nmsgid_plural \"a.b\"\nmsgstr[0] \"one\"\n"
                    "msgstr[1] \"{count}\"\n")
            .empty());
}

}  // namespace ln::i18n
