#include "core/notice/notice_destination.h"

#include <algorithm>

#include "engine/text/text_redact.h"
#include "platform/mail/mail.h"

namespace ln::notice {
namespace {

constexpr std::size_t national_digits = 9;  // without the leading zero

std::optional<std::string> mobile_of(std::string_view typed) {
  std::string digits;
  std::ranges::copy_if(typed, std::back_inserter(digits),
                       [](char c) { return c >= '0' && c <= '9'; });
  if (digits.starts_with("84"))
    digits.erase(0, 2);
  else if (digits.starts_with('0'))
    digits.erase(0, 1);
  if (digits.size() != national_digits ||
      std::string_view("35789").find(digits[0]) == std::string_view::npos)
    return std::nullopt;
  return "+84" + digits;
}

}  // namespace

std::optional<Destination> destination_of(std::string_view contact) {
  std::optional<Destination> phone;
  for (const text::Finding& found : text::find_private(contact)) {
    const std::string_view typed = contact.substr(found.at, found.size);
    if (found.kind == text::Private::email && mail::is_address(typed))
      return Destination{Way::mail, std::string(typed)};
    if (found.kind != text::Private::phone || phone) continue;
    if (auto number = mobile_of(typed)) phone = Destination{Way::message, *std::move(number)};
  }
  return phone;
}

}  // namespace ln::notice
