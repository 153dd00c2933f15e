// Cases of another system: how its CSV file is read, so that nobody types them twice.
//
// A source is another system ("iHanoi", a one-stop counter): what it calls its columns, and which
// of our topics and units its own words mean. It is data, changed by an administrator. Each line of
// a file is understood or gets one sentence that says why not; what is understood is not held up by
// what is not. Nothing here reads a database or a clock.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "feature/feedback/feedback.h"

namespace ln::feedback {

// What a case of ours takes from a line.
enum class ForeignColumn : std::uint8_t {
  code,  // of the case there; required, as are received and body
  received,
  body,
  title,
  topic,
  unit,
  place,
  state,
  contact,
};
inline constexpr std::array all_foreign_columns = {
    ForeignColumn::code,  ForeignColumn::received, ForeignColumn::body,
    ForeignColumn::title, ForeignColumn::topic,    ForeignColumn::unit,
    ForeignColumn::place, ForeignColumn::state,    ForeignColumn::contact};
std::string_view to_text(ForeignColumn);
TextKey key_of(ForeignColumn);
bool is_required(ForeignColumn);

// A word of theirs and the code of ours that it means.
struct ForeignWord {
  std::string theirs{}, ours{};
  friend bool operator==(const ForeignWord&, const ForeignWord&) = default;
};

struct Source {
  std::string code{};  // ours for it: is_setting_code
  std::string name{};
  bool is_on = true;           // false: files of it are not taken any more
  About about = About::place;  // of a case whose topic says nothing
  std::array<std::string, all_foreign_columns.size()> columns{};  // their names; empty: none
  std::vector<ForeignWord> topics{}, units{};
  std::vector<std::string> over{};  // states of a case that is over there, and not brought in

  const std::string& column(ForeignColumn which) const {
    return columns[static_cast<std::size_t>(which)];
  }
};

inline constexpr std::size_t source_name_chars_max = 60;
inline constexpr std::size_t foreign_words_max = 400;  // of each list
inline constexpr std::size_t foreign_word_chars_max = 150;

// What is wrong beside "code", "name", each column's own name, "topics", "units" and "over".
// Whether topics and units exist is not asked here.
void check_source(const Source& source, FieldErrors& errors);

// Lines "their word = our code", as they are typed; empty lines do not count. Null when a line has
// no '=' or nothing on one side of the last one.
std::optional<std::vector<ForeignWord>> read_words(std::string_view lines);
std::string shown_words(const std::vector<ForeignWord>& words);

// --- a file -------------------------------------------------------------------------------------

inline constexpr std::size_t foreign_file_size_max = 4u << 20;  // bytes
inline constexpr std::size_t foreign_rows_max = 5'000;
inline constexpr std::size_t foreign_code_chars_max = 64;
// A statement that a case came in earlier than this many days ago is not believed.
inline constexpr std::chrono::days foreign_age_max{366};

struct ForeignRow {
  std::size_t line = 0;  // where it begins in the file, counted from 1
  std::string code{};
  Instant received_at{};  // there, by its word; of a day alone, the beginning of that day
  std::string title{}, body{}, place{}, contact{};
  std::string topic{}, unit{};  // our codes as far as the source knows the words, else theirs
  std::string state{};
  bool is_over = false;
};
// Why a line cannot be taken.
struct ForeignTrouble {
  std::size_t line = 0;
  std::string code{};  // as far as it was read
  TextKey what{};
};
struct ForeignFile {
  std::vector<ForeignRow> rows{};
  std::vector<ForeignTrouble> troubles{};
};

// Reads a file in UTF-8 (with or without a byte order mark) separated by comma, semicolon or tab,
// whose first line names the columns. Refuses (invalid, beside "file") what is empty or over the
// limits, is not UTF-8, or lacks a column that the source names.
Result<ForeignFile> read_foreign(std::string_view bytes, const Source& source, Instant now);

// "2026-11-23", "23/11/2026", each perhaps with " 09:05" or "T09:05" and ":30" behind it, in the
// time of Vietnam. Null for what is none.
std::optional<Instant> read_received(std::string_view text);

// What stays of a foreign code when it must not be kept: SHA-256 of source, line feed and code.
std::string fingerprint_of(std::string_view source, std::string_view code);

}  // namespace ln::feedback
