#include "core/ledger/ledger_payload.h"

#include <algorithm>

namespace ln::ledger {
namespace {

// Takes a string with its quotes and gives what is between them; null when there is none.
std::optional<std::string_view> take_string(std::string_view& json) {
  if (!json.starts_with('"')) return std::nullopt;
  std::size_t end = json.find('"', 1);
  // Few texts have a quote inside; only then it matters what stands before it.
  if (end != std::string_view::npos && json[end - 1] == '\\')
    for (end = 1; end < json.size() && json[end] != '"';) end += json[end] == '\\' ? 2 : 1;
  if (end >= json.size()) return std::nullopt;
  const std::string_view text = json.substr(1, end - 1);
  json.remove_prefix(end + 1);
  return text;
}

// Takes a number or a list of strings.
bool skip_other(std::string_view& json) {
  if (!json.starts_with('[')) {
    json.remove_prefix(std::min(json.find_first_of(",}"), json.size()));
    return true;
  }
  do {
    json.remove_prefix(1);
    if (!take_string(json)) return false;
  } while (json.starts_with(','));
  if (!json.starts_with(']')) return false;
  json.remove_prefix(1);
  return true;
}

std::optional<std::string_view>* place_of(PayloadTexts& texts, std::string_view name) {
  if (name == "k") return &texts.k;
  if (name == "t") return &texts.t;
  if (name == "prev") return &texts.prev;
  if (name == "sig") return &texts.sig;
  if (name == "key") return &texts.key;
  if (name == "reason") return &texts.reason;
  return nullptr;
}

}  // namespace

PayloadTexts texts_in(std::string_view payload) {
  PayloadTexts texts;
  if (!payload.starts_with('{')) return texts;
  do {
    payload.remove_prefix(1);
    const auto name = take_string(payload);
    if (!name || !payload.starts_with(':')) return texts;
    payload.remove_prefix(1);
    if (const auto text = take_string(payload)) {
      auto* place = place_of(texts, *name);
      // Of two members of one name the first counts, as for text_in.
      if (place != nullptr && !*place) *place = text;
    } else if (!skip_other(payload)) {
      return texts;
    }
  } while (payload.starts_with(','));
  return texts;
}

bool is_hex_of(std::string_view text, const Hash& hash) {
  constexpr std::string_view digits = "0123456789abcdef";
  if (text.size() != 2 * hash.size()) return false;
  for (std::size_t i = 0; i < hash.size(); ++i)
    if (text[2 * i] != digits[hash[i] >> 4U] || text[2 * i + 1] != digits[hash[i] & 15U])
      return false;
  return true;
}

}  // namespace ln::ledger
