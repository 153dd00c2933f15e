// Bytes of a request → names and values. What comes out is valid UTF-8 in NFC and within bounds;
// what cannot be brought there is refused with a status and a sentence, before any handler runs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/text_key.h"
#include "base/time.h"
#include "platform/http/http.h"

namespace ln::http {

// Why a request cannot be read.
struct Refusal {
  int status;
  TextKey text;
};

inline constexpr std::size_t fields_max = 200;
inline constexpr std::size_t field_name_max = 100;  // bytes
inline constexpr std::size_t files_max = 8;
inline constexpr std::int64_t file_size_max = 10 * 1024 * 1024;
inline constexpr std::size_t file_name_chars_max = 255;

// %XX becomes its byte, and '+' a space where `plus_is_space`. A '%' that no two hexadecimal digits
// follow stands for itself, as browsers have it.
enum class Plus : bool { stays, is_space };
std::string percent_decoded(std::string_view text, Plus plus);

// What a person wrote, as we keep it: NFC, and plain_text (no controls, nothing that is hidden or
// turns the direction of reading). Null when it is not UTF-8 or holds a zero character.
std::optional<std::string> cleaned(std::string text);

// A query ("a=1&b=2") or the body of an urlencoded form, added to `into`. A value may have
// `value_max` bytes.
std::optional<Refusal> parse_fields(std::string_view text,
                                    Fields& into,
                                    std::size_t value_max = field_value_max);

// The value of cookie `name` in a Cookie header; empty when it is not there.
std::string_view cookie_value(std::string_view header, std::string_view name);

// The parameter `name` of a header like `multipart/form-data; boundary="x"`, without its quotes.
std::optional<std::string> header_parameter(std::string_view header, std::string_view name);

// "2026-11-23" as a day; null for anything else, also for 2026-02-30.
std::optional<Day> parse_day(std::string_view text);

bool equal_ignoring_case(std::string_view a, std::string_view b);
std::string lower_ascii(std::string_view text);

}  // namespace ln::http
