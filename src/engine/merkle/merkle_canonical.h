// Whether bytes are canonical JSON, so that what was committed to has one spelling alone.
#pragma once

#include <string_view>

namespace ln::merkle {

// True for one object in the canonical form of RFC 8785, as CanonicalObject writes it: no spaces,
// members in ascending order of their names and none twice, the shortest spelling of each text.
// Narrower than the RFC in three things that payloads never have: names are ASCII without escapes,
// numbers are whole and within ±(2^53 - 1), and nothing is nested deeper than eight. Whether a text
// is in NFC is not looked at. Takes any bytes; pure, and linear in their size.
bool is_canonical(std::string_view bytes);

}  // namespace ln::merkle
