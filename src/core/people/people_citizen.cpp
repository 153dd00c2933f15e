#include "core/people/people_citizen.h"

namespace ln::people {

std::string plain_secret(std::string_view typed) {
  std::string plain;
  for (const char c : typed) {
    if (c == ' ' || c == '-' || c == '\t' || c == '\n' || c == '\r') continue;
    plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (plain.size() > 64) break;  // Nothing that long is one of ours.
  }
  return plain;
}

std::string shown_secret(std::string_view secret) {
  std::string shown;
  for (std::size_t i = 0; i < secret.size(); ++i) {
    if (i > 0 && i % 4 == 0) shown += '-';
    shown += secret[i];
  }
  return shown;
}

}  // namespace ln::people
