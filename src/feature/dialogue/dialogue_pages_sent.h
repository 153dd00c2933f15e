// What whoever asked is given: code and secret, shown once, on a page or on a slip.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "feature/dialogue/dialogue_actions.h"
#include "platform/html/fill.h"
#include "platform/http/http.h"

namespace ln::dialogue {

// What asking brought about: kept sealed under the token of the form, so that sending again shows
// the same.
struct SentNote {
  std::string code, secret;
  std::int64_t index = 0;   // of the line in the ledger
  std::string fingerprint;  // of the leaf, hexadecimal
  Instant at{};
};
SentNote note_of(const Asked& asked, const std::string& secret);
std::string packed(const SentNote& note);
std::optional<SentNote> unpacked(std::string_view text);

// Code, secret, QR and line. `on`: where to go on; for a clerk the next question.
html::Fragment slip(const html::View& view,
                    const SentNote& note,
                    const html::Url& on,
                    std::string_view on_text);

}  // namespace ln::dialogue
