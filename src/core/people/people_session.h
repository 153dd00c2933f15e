// Who is asking: from the cookie of a request to a Staff, an Officer and the others. Handlers name
// what they need in their signature; whoever is not signed in gets ErrorKind::sign_in, whoever
// lacks the role gets ErrorKind::forbidden, and the handler is not called.
//
// A GET cannot write, so that a request was made is remembered in memory and brought to the table
// once a minute by people_jobs; a crash forgets at most that minute.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/people/people.h"
#include "core/people/people_store.h"
#include "platform/http/http.h"

namespace ln::people {

inline constexpr std::string_view session_cookie = "ln_staff";

// When each session last asked for something, since the last job. Thread-safe.
class Presence {
 public:
  void touch(const Hash& token_hash, Instant now);
  std::optional<Instant> last(const Hash& token_hash) const;
  std::vector<std::pair<Hash, Instant>> all() const;
  // Drops what stands in the table by now: every entry not later than the one given.
  void forget(const std::vector<std::pair<Hash, Instant>>& saved);

 private:
  mutable std::mutex mutex_;
  std::map<Hash, Instant> seen_;  // guarded by mutex_; holds valid sessions only
};
Presence& presence();

Result<Staff> staff_of(const http::Request& request, db::Read& read, Instant now);

// The same for who must hold one of the roles of `T`.
template <class T>
Result<T> holder_of(const http::Request& request, db::Read& read, Instant now) {
  TRY(const Staff staff, staff_of(request, read, now));
  auto holder = T::of(staff);
  if (!holder) return Error{ErrorKind::forbidden, "people.error.role_missing"_t};
  return *std::move(holder);
}

// The reader of a page for staff: with their name in the header. Borrows from both.
html::View view_of(const http::Request& request, const Staff& staff);

}  // namespace ln::people

namespace ln::http {

template <>
struct Extract<people::Staff> {
  static Result<people::Staff> from(const Request& request, db::Read& read, Instant now) {
    return people::staff_of(request, read, now);
  }
};
template <people::Role... held>
struct Extract<people::As<held...>> {
  static Result<people::As<held...>> from(const Request& request, db::Read& read, Instant now) {
    return people::holder_of<people::As<held...>>(request, read, now);
  }
};

}  // namespace ln::http
