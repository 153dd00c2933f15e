// What the sender of a comment is given and may do with it later.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/people/people_citizen_session.h"
#include "feature/consultation/consultation_actions.h"
#include "platform/http/http.h"

namespace ln::consultation {

// What sending brought about: kept sealed under the token of the form, so that sending again shows
// the same.
struct SentNote {
  std::string code, secret;
  std::int64_t index = 0;   // of the line in the ledger
  std::string fingerprint;  // of the leaf, hexadecimal
  Instant at{};
};
SentNote note_of(const Sent& sent, const std::string& secret);
std::string packed(const SentNote& note);
std::optional<SentNote> unpacked_sent(std::string_view text);

// Code and secret, shown once.
http::Response sent_page(const http::Request& request, const SentNote& note);

}  // namespace ln::consultation
