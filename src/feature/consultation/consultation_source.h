// Comments that came by other ways than this site: a letter, a spreadsheet, the minutes of a
// meeting. An officer takes them out of it one by one; each is a comment like any other, under the
// name of its source, counted once and apart from what people sent themselves.
//
// Types and rules; nothing here reads a database, a clock or a socket.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/draft/draft.h"
#include "feature/consultation/consultation.h"

namespace ln::consultation {

using SourceId = Id<struct SourceTable>;

// The words of SQL and text keys.
enum class SourceKind : std::uint8_t {
  letter,
  sheet,
  minutes,
  invited,  // a body that was asked for its view (consultation_invitation.h)
};
inline constexpr std::array all_source_kinds = {SourceKind::letter, SourceKind::sheet,
                                                SourceKind::minutes, SourceKind::invited};
// Those that an officer types in.
inline constexpr std::array imported_kinds = {SourceKind::letter, SourceKind::sheet,
                                              SourceKind::minutes};
std::string_view to_text(SourceKind);
TextKey key_of(SourceKind);

// In characters.
inline constexpr std::size_t source_name_chars_min = 5, source_name_chars_max = 200;
inline constexpr std::size_t reference_chars_max = 100, receiver_chars_max = 100;
inline constexpr std::size_t author_chars_max = 200, address_chars_max = 300;
inline constexpr std::size_t rows_at_once = 5'000;
inline constexpr std::size_t rows_text_max = 4 * 1024 * 1024;  // bytes
inline constexpr std::int64_t sources_max = 2'000;             // of one consultation

struct Source {
  SourceId id{};
  ConsultationId consultation{};
  SourceKind kind = SourceKind::letter;
  std::string name{}, reference{}, received_by{};
  Day received_on{};  // of an invited body: the day of the invitation
  std::int64_t added_by = 0;
  Instant added_at{};
};

// What an officer types about a source, tidied. Refuses (invalid), beside its fields: a kind of no
// import, a name that is too short or too long, a day before the draft was opened or after `today`,
// nobody who took it in.
struct SourceTyped {
  std::string kind{}, name{}, reference{}, received_by{};
  std::optional<Day> received_on{};
};
Result<Source> check_source(const SourceTyped& typed, const Consultation& c, Day today);

// One comment as it stands in a source.
struct ImportRow {
  std::size_t line = 0;  // where it begins, from 1; 0: typed by itself
  std::string clause{};  // key, or "all"
  std::string body{}, wording{};
  std::string author{};   // whoever said it, for the desk alone
  std::string address{};  // where the letter with code and secret goes; kept nowhere
};
struct RefusedRow {
  std::size_t line = 0;
  std::string beginning{};  // of its words
  TextKey why{};
};
struct ImportRows {
  std::vector<ImportRow> rows{};
  std::vector<RefusedRow> refused{};
  std::vector<std::string> unread{};  // titles of columns that mean nothing here
};

// Rows of a table with titles in its first row: "Nội dung" (needed), "Điều khoản", "Đề nghị viết
// lại", "Người góp ý", "Địa chỉ", or in English "comment", "place", "wording", "author", "address";
// with or without marks, in any order, separated by comma, semicolon or tab. A place is written as
// it is cited ("khoản 2 Điều 5") or as its key ("d5.2"); without one it is the whole draft. Marks
// may be left out as long as one place alone is meant: "diem d" is no place when there is a điểm đ
// too. Rows
// that cannot be taken are told one by one and never silently left out. Refuses (invalid, beside
// "text"): a first row without the column of words, what is not UTF-8, a quote that is not closed,
// no row at all; (too_large): over rows_at_once rows or rows_text_max bytes.
Result<ImportRows> read_rows(std::string_view text, const draft::Draft& draft);
// The same for one comment that was typed into a form: refuses (invalid) beside its fields.
Result<ImportRow> check_row(const ImportRow& typed, const draft::Draft& draft);

// The key of a place as somebody cites it; "all" for nothing and for the whole; null when the draft
// has no such place, or when it could be either of two.
std::optional<std::string> place_in(const draft::Draft& draft, std::string_view cited);

// SHA-256 of place, words and author as they are compared: without marks, case and punctuation.
// What is imported twice has the same.
std::string likeness_of(const ImportRow& row);

// What the ledger fixes of a source.
std::string source_statement(const Source& source);

}  // namespace ln::consultation
