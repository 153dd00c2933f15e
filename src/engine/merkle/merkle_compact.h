// A receipt as a QR code holds it: the same facts as the text, without base64, in as few letters as
// a QR code needs for bytes (docs/formats/ledger.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/merkle/merkle_checkpoint.h"

namespace ln::merkle {

// Null when the receipt has what the compact form cannot hold: an extra above 65,535 bytes, a name
// or a signature above 255 bytes, more than 255 signatures, or a head that is no checkpoint. What
// it gives goes back into the same receipt, byte for byte.
std::optional<std::string> to_compact(const Receipt& receipt);
// Null for everything to_compact does not give. Verifies nothing.
std::optional<Receipt> from_compact(std::string_view bytes);

// "LN1:" and the compact form in base45 (RFC 9285), whose 45 letters are the ones a QR code packs
// best and that every reader hands on unharmed.
std::optional<std::string> to_qr_text(const Receipt& receipt);
// Null unless to_qr_text gives just this.
std::optional<Receipt> from_qr_text(std::string_view text);

}  // namespace ln::merkle
