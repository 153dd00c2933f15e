// Marks that stand in a public text where something was hidden: "[đã che: số điện thoại]".
//
// A public text is the original with marks in it, so that whoever reads it sees that something was
// there and of what kind, and so that a machine can tell whether anything else was changed. The
// stored marks are Vietnamese, as the texts are; in_english turns them for a reader of English.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/text/text_redact.h"

namespace ln::text {

// What a mark says was hidden: the kinds a machine finds (text_redact.h, in the same order), and
// what only a person sees.
enum class Hidden : std::uint8_t {
  citizen_id,
  phone,
  email,
  bank_account,
  tax_number,
  insurance,
  plate,
  person,
  house,
  other,
};
inline constexpr std::array all_hidden = {
    Hidden::citizen_id, Hidden::phone, Hidden::email,  Hidden::bank_account, Hidden::tax_number,
    Hidden::insurance,  Hidden::plate, Hidden::person, Hidden::house,        Hidden::other};

// "phone": the word in SQL and JSON.
std::string_view to_text(Hidden kind);
std::optional<Hidden> hidden_of(std::string_view word);
Hidden hidden_of(Private kind);

// "[đã che: số điện thoại]".
std::string_view mark_of(Hidden kind);

// The text with a mark in the place of each finding of find_private; the rest stays byte for byte.
std::string with_marks(std::string_view text);

// The same with each mark in English: "[hidden: phone number]". For showing, never for storing.
std::string in_english(std::string_view text);

// How many marks of each kind, by the order of all_hidden.
using MarkCounts = std::array<int, all_hidden.size()>;
MarkCounts count_marks(std::string_view text);

// Whether `shown` is `original` with marks in the place of some of its pieces, each at least one
// byte, and nothing else changed: no word added, none left out in silence. Line ends count as one,
// however a browser sent them, and spaces around the whole do not count.
bool only_hides(std::string_view original, std::string_view shown);

}  // namespace ln::text
