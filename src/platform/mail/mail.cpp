#include "platform/mail/mail.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace ln::mail {
namespace {

constexpr std::size_t address_size_max = 254, name_size_max = 64, label_size_max = 63;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_name_byte(char c) {
  return is_letter_or_digit(c) ||
         std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= label_size_max && label.front() != '-' &&
         label.back() != '-' &&
         std::ranges::all_of(label, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

// Calls `part` with each piece between dots; false as soon as one is refused.
template <class Part>
bool each_between_dots(std::string_view text, Part part) {
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!part(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

std::string one_line(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
  return out;
}

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == ' '; });
}

// Encoded words of at most 75 bytes, none of which breaks a letter (RFC 2047, 2 and 5).
std::string words_of(std::string_view typed) {
  constexpr std::size_t bytes_a_word = 42;  // 56 in base64, 12 around them, 9 of "Subject: "
  const std::string text = one_line(typed);
  if (is_plain(text) && text.size() <= bytes_a_word) return text;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.size(), at + bytes_a_word);
    while (end > at + 1 && end < text.size() &&
           (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
      --end;
    if (at > 0) out += "\r\n ";
    out += "=?UTF-8?B?" + to_base64(as_bytes(text).subspan(at, end - at)) + "?=";
    at = end;
  }
  return out;
}

// "Fri, 27 Nov 2026 09:30:00 +0700"
std::string date_of(Instant at) {
  constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Day day = local_day(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - at_local(day)));
  return fmt::format(
      "{}, {:02} {} {:04} {:02}:{:02}:{:02} +0700", days.at(std::chrono::weekday(day).c_encoding()),
      static_cast<unsigned>(date.day()), months.at(static_cast<unsigned>(date.month()) - 1),
      static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
      time.seconds().count());
}

std::string body_of(std::string_view text) {
  constexpr std::size_t line_size = 76;
  std::string lines;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') lines += '\r';
    lines += c;
  }
  const std::string encoded = to_base64(as_bytes(lines));
  std::string out;
  for (std::size_t at = 0; at < encoded.size(); at += line_size)
    out += encoded.substr(at, line_size) + "\r\n";
  return out;
}

}  // namespace

bool is_address(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (text.size() > address_size_max || at == std::string_view::npos || at > name_size_max)
    return false;
  const std::string_view host = text.substr(at + 1);
  return host.find('.') != std::string_view::npos && each_between_dots(host, is_label) &&
         each_between_dots(text.substr(0, at), [](std::string_view piece) {
           return !piece.empty() && std::ranges::all_of(piece, is_name_byte);
         });
}

std::string to_bytes(const Letter& letter, Instant now) {
  const std::string host = letter.from_address.substr(letter.from_address.rfind('@') + 1);
  std::string out = "Date: " + date_of(now) + "\r\n";
  out += "From: " +
         (letter.from_name.empty()
              ? letter.from_address
              : words_of(letter.from_name) + "\r\n <" + letter.from_address + ">") +
         "\r\n";
  out += "To: <" + letter.to_address + ">\r\n";
  out += "Subject: " + words_of(letter.subject) + "\r\n";
  out += "Message-ID: <" + one_line(letter.id) + "@" + host + ">\r\n";
  if (!letter.stop_url.empty())
    out += "List-Unsubscribe: <" + one_line(letter.stop_url) +
           ">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
  out += "Auto-Submitted: auto-generated\r\n";
  out += "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";
  out += "Content-Language: " + one_line(letter.language) + "\r\n";
  out += "Content-Transfer-Encoding: base64\r\n\r\n";
  return out + body_of(letter.body);
}

}  // namespace ln::mail
