// Letters: plain text in UTF-8, as bytes for a mail server. Sending them: mail_carrier.h.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace ln::mail {

// One address as we send to it: "name@host.example", in ASCII, at most 254 bytes; the name of
// letters, digits and !#$%&'*+-/=?^_`{|}~ with single dots inside, the host with at least one dot
// (RFC 5321, without quoted names and address literals, which people do not have).
bool is_address(std::string_view text);

struct Letter {
  std::string from_name;     // shown to people; may be empty
  std::string from_address;  // precondition of both addresses: is_address
  std::string to_address;
  std::string subject;
  std::string body = {};  // lines end with "\n"
  std::string language = "vi";
  // Where a press of the mail program's own "unsubscribe" goes, by GET and, in one click, by POST
  // (RFC 2369, RFC 8058); empty: nowhere.
  std::string stop_url = {};
  std::string id;  // unique, of letters, digits, '.' and '-'; stands before the '@' of Message-ID
};

// The letter as RFC 5322 and 2045 have it: lines of at most 78 bytes ending in CRLF, headers as
// encoded words (RFC 2047), the body in base64. Says that a machine wrote it (RFC 3834), so that no
// machine answers. A line end or control character in a header becomes a space: what somebody typed
// cannot become a header.
std::string to_bytes(const Letter& letter, Instant now);

}  // namespace ln::mail
