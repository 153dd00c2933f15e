// Finds what should not be published about private people: a suggestion, which a person confirms.
//
// Patterns alone misread: a dossier number looks like a phone, a document number like an identity
// card, "Bà Triệu" is a street. So the words around a number or a name decide with it. Never found:
// hotlines (1022, 1800…, 1900…, any number called one), document numbers (1207/QĐ-UBND), codes of
// cases and dossiers, dates, sums of money, streets and wards that bear a person's name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ln::text {

enum class Private : std::uint8_t {
  citizen_id,  // Căn cước, 12 digits by their structure; CMND, 9 digits; passport.
  phone,       // Mobile, +84, landline 02x.
  email,
  bank_account,  // 6–19 digits near "tài khoản", "stk".
  tax_number,    // 10 or 13 digits near "mã số thuế", "mst".
  insurance,     // 10 digits or a card number near "bhxh", "bhyt".
  plate,         // 29A-123.45, 29-H1 678.90.
  person,        // The name after ông, bà, anh, chị …; not the title.
  house,         // A house number in the same sentence as a person.
};

struct Finding {
  Private kind;
  std::size_t at;    // In bytes of the text searched.
  std::size_t size;  // In bytes; whole code points.
};

// In the order of the text, never overlapping. Works on any UTF-8 in NFC; other bytes are passed
// over.
std::vector<Finding> find_private(std::string_view text);

// Whether `text` holds a number by which the state identifies a person: the warning a form gives
// before it is sent, because nobody needs it there.
bool has_citizen_id(std::string_view text);

}  // namespace ln::text
