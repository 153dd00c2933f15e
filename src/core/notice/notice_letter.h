// Notices as a letter, and as a short message.
#pragma once

#include <span>
#include <string>

#include "core/notice/notice.h"
#include "platform/i18n/i18n.h"
#include "platform/mail/mail.h"

namespace ln::notice {

// From whom letters come, and where their links lead.
struct Sender {
  std::string name, address;
  std::string base_url;  // "https://langnghe.example", without a slash at its end
};

// What goes to one reader at once: about one subject, in one language.
struct Parcel {
  Destination to;
  ReaderKey key{};
  std::vector<Outgoing> notices;  // oldest first, at least one

  i18n::Language language() const;
};

// "m_3kP…": the last part of the reader's own address here.
std::string shown_key(const ReaderKey& key);
std::optional<ReaderKey> key_from(std::string_view shown);

// The subject says what happened, or how much; the body lists it with its times, the page to look
// at, and how to be told less often. The one click of mail programs leads to the same choice.
mail::Letter letter_of(const Parcel& parcel, const Sender& sender);

// The same for a phone: at most 480 characters; when it is too much, how much there is and where.
std::string message_of(const Parcel& parcel, const Sender& sender);

}  // namespace ln::notice
