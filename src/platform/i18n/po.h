// Reads text/*.po: gettext's format in the strict form we write. Used by tools/text_gen while
// building, and fuzzed; no page reads a .po file.
//
// Allowed: `#` comments, msgid, msgid_plural (repeats the msgid), msgstr, msgstr[0], msgstr[1],
// strings on one or more lines with \n \t \" \\ inside. The first entry is the header. A msgid is a
// key ("feedback.error.body_empty"); sentences may hold holes "{name}". Refused, with the line:
// fuzzy and obsolete entries, contexts, empty sentences, keys twice, broken holes, broken UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ln::i18n {

struct PoEntry {
  std::string key;
  std::string one;   // msgstr or msgstr[0]
  std::string many;  // msgstr[1]; empty when the language has one form
  bool is_plural = false;
  std::size_t line = 0;  // of the msgid
};

struct PoProblem {
  std::size_t line = 0;
  std::string what;
};

struct PoFile {
  std::string language;  // from the header, "vi"
  std::vector<PoEntry> entries;
  std::vector<PoProblem> problems;  // sorted by line; entries are complete only when there are none
};

PoFile read_po(std::string_view text);

// The names of the holes of a sentence, sorted, each once. Precondition: read_po found no problem.
std::vector<std::string> holes_of(std::string_view sentence);

// What is wrong between the two languages: keys of one that the other lacks, other holes, a plural
// on one side only. Lines are those of the file named in the sentence.
std::vector<PoProblem> compare(const PoFile& vi, const PoFile& en);

}  // namespace ln::i18n
