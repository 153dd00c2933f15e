#include "core/people/people_session.h"

#include <chrono>

#include "core/people/people_administrators.h"

namespace ln::people {

void Presence::touch(const Hash& token_hash, Instant now) {
  const std::scoped_lock lock(mutex_);
  Instant& seen = seen_.try_emplace(token_hash, now).first->second;
  if (seen < now) seen = now;
}

std::optional<Instant> Presence::last(const Hash& token_hash) const {
  const std::scoped_lock lock(mutex_);
  const auto found = seen_.find(token_hash);
  return found == seen_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::pair<Hash, Instant>> Presence::all() const {
  const std::scoped_lock lock(mutex_);
  return {seen_.begin(), seen_.end()};
}

void Presence::forget(const std::vector<std::pair<Hash, Instant>>& saved) {
  const std::scoped_lock lock(mutex_);
  for (const auto& [token_hash, at] : saved) {
    const auto found = seen_.find(token_hash);
    if (found != seen_.end() && found->second <= at) seen_.erase(found);
  }
}

Presence& presence() {
  static Presence all;
  return all;
}

Result<Staff> staff_of(const http::Request& request, db::Read& read, Instant now) {
  const Error nobody{ErrorKind::sign_in, "people.error.sign_in"_t};
  const std::string_view token = request.cookie(session_cookie);
  if (token.empty()) return nobody;
  const Hash token_hash = hash_of(token);
  auto staff = SignIn::staff_of(read, token_hash, now, presence().last(token_hash));
  if (!staff) return nobody;
  presence().touch(token_hash, now);
  note_administrator(token_hash, staff->has(Role::administrator));
  return *std::move(staff);
}

html::View view_of(const http::Request& request, const Staff& staff) {
  html::View view = request.view;
  view.staff_name = staff.name();
  return view;
}

}  // namespace ln::people
