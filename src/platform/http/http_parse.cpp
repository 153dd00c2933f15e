#include "platform/http/http_parse.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>

#include "base/plain_text.h"
#include "base/text.h"
#include "base/text_form.h"

namespace ln::http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (lower(c) >= 'a' && lower(c) <= 'f') return lower(c) - 'a' + 10;
  return -1;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string in_nfc(const std::string& text) {
  utf8proc_uint8_t* composed = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &composed,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(composed, &std::free);
  // The text is valid UTF-8, so the only thing that can be missing is memory.
  if (size < 0) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(composed), static_cast<std::size_t>(size)};
}

std::optional<Refusal> add_field(std::string_view name,
                                 std::string_view value,
                                 std::size_t value_max,
                                 Fields& into) {
  if (into.items().size() >= fields_max || name.size() > 3 * field_name_max ||
      value.size() > 3 * value_max)
    return Refusal{413, "error.too_large.body"_t};
  auto clean_name = cleaned(percent_decoded(name, Plus::is_space));
  auto clean_value = cleaned(percent_decoded(value, Plus::is_space));
  if (!clean_name || !clean_value) return Refusal{400, "http.error.broken_text"_t};
  if (clean_name->size() > field_name_max || clean_value->size() > value_max)
    return Refusal{413, "error.too_large.body"_t};
  into.add(*std::move(clean_name), *std::move(clean_value));
  return std::nullopt;
}

}  // namespace

std::string percent_decoded(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus == Plus::is_space) {
      out += ' ';
      continue;
    }
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

std::optional<std::string> cleaned(std::string text) {
  if (text.find('\0') != std::string::npos) return std::nullopt;
  const bool ascii = is_ascii(text);
  if (!ascii && !is_utf8(text)) return std::nullopt;
  text = plain_text(text);
  if (ascii || is_surely_nfc(text)) return text;
  return in_nfc(text);
}

std::optional<Refusal> parse_fields(std::string_view text, Fields& into, std::size_t value_max) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto value = pair.substr(std::min(equals + 1, pair.size()));
    if (auto refused = add_field(pair.substr(0, equals), value, value_max, into)) return refused;
  }
  return std::nullopt;
}

std::string_view cookie_value(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    const std::string_view pair = trimmed(header.substr(0, end));
    header.remove_prefix(std::min(end + 1, header.size()));
    if (pair.size() > name.size() && pair[name.size()] == '=' && pair.starts_with(name))
      return pair.substr(name.size() + 1);
  }
  return {};
}

std::optional<std::string> header_parameter(std::string_view header, std::string_view name) {
  std::size_t at = std::min(header.find(';'), header.size());
  while (at < header.size()) {
    ++at;
    while (at < header.size() && (header[at] == ' ' || header[at] == '\t')) ++at;
    const std::size_t name_start = at;
    while (at < header.size() && header[at] != '=' && header[at] != ';') ++at;
    const std::string_view found = trimmed(header.substr(name_start, at - name_start));
    std::string value;
    if (at < header.size() && header[at] == '=') {
      ++at;
      if (at < header.size() && header[at] == '"') {
        // Only \" is an escape: file names with other backslashes are sent as they are.
        for (++at; at < header.size() && header[at] != '"'; ++at) {
          if (header[at] == '\\' && at + 1 < header.size() && header[at + 1] == '"') ++at;
          value += header[at];
        }
        if (at == header.size()) return std::nullopt;  // The quote is left open.
        ++at;
        while (at < header.size() && header[at] != ';') ++at;
      } else {
        const std::size_t value_start = at;
        while (at < header.size() && header[at] != ';') ++at;
        value = trimmed(header.substr(value_start, at - value_start));
      }
    }
    if (equal_ignoring_case(found, name)) return value;
  }
  return std::nullopt;
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto digits = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (const char c : text.substr(from, count)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const int year = digits(0, 4), month = digits(5, 2), day = digits(8, 2);
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  if (!date.ok()) return std::nullopt;
  return Day(date);
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

}  // namespace ln::http
