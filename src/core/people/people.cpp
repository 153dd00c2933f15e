#include "core/people/people.h"

#include <algorithm>

#include "base/text.h"

namespace ln::people {
namespace {

constexpr std::string_view role_words[] = {"clerk",     "triage",     "handler",      "head",
                                           "ombudsman", "supervisor", "administrator"};

bool is_small_letter(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

std::string_view to_text(Role role) { return role_words[static_cast<std::size_t>(role)]; }

std::optional<Role> role_of(std::string_view word) {
  for (const Role role : roles)
    if (to_text(role) == word) return role;
  return std::nullopt;
}

bool Staff::has(Role role) const {
  return std::ranges::any_of(grants_, [&](const Grant& grant) { return grant.role == role; });
}

bool Staff::may(Role role, std::string_view unit_path) const {
  return std::ranges::any_of(grants_, [&](const Grant& grant) {
    return grant.role == role && units::is_within(unit_path, grant.unit_path);
  });
}

std::vector<std::string> tops_of(const Staff& staff, std::span<const Role> among) {
  std::vector<std::string> paths;
  for (const Grant& grant : staff.grants())
    if (std::ranges::find(among, grant.role) != among.end()) paths.push_back(grant.unit_path);
  // A path sorts directly before everything below it.
  std::ranges::sort(paths);
  std::vector<std::string> tops;
  for (std::string& path : paths)
    if (tops.empty() || !units::is_within(path, tops.back())) tops.push_back(std::move(path));
  return tops;
}

bool has_ended(Instant expires_at, Instant seen_at, Instant now) {
  return now >= expires_at || now - seen_at >= session_idle;
}

std::optional<Instant> locked_until(std::int64_t failed_count, Instant failed_at) {
  if (failed_count < attempts_free) return std::nullopt;
  constexpr std::chrono::minutes first{15}, longest{std::chrono::hours(24)};
  const std::int64_t doublings = std::min<std::int64_t>(failed_count - attempts_free, 7);
  return failed_at + std::min<std::chrono::minutes>(first * (1 << doublings), longest);
}

TextKey wrong_with_password(std::string_view password, std::string_view login) {
  if (!is_utf8(password)) return "people.error.password_utf8"_t;
  const std::size_t chars = count_chars(password);
  if (chars < password_chars_min) return "people.error.password_short"_t;
  if (chars > password_chars_max) return "people.error.password_long"_t;
  const std::string_view first = first_chars(password, 1);
  bool is_one_char = true;
  for (std::string_view rest = password; !rest.empty(); rest.remove_prefix(first.size())) {
    is_one_char = rest.starts_with(first);
    if (!is_one_char) break;
  }
  if (is_one_char || to_login(password) == login) return "people.error.password_easy"_t;
  return {};
}

TextKey wrong_with_login(std::string_view login) {
  const bool is_plain = std::ranges::all_of(login, [](char c) {
    return is_small_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  });
  if (login.size() < 2 || login.size() > 40 || !is_plain || !is_small_letter(login.front()))
    return "people.error.login"_t;
  return {};
}

std::string to_login(std::string_view typed) {
  std::string login(trimmed(typed));
  for (char& c : login)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return login;
}

}  // namespace ln::people
