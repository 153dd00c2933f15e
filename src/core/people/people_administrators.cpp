#include "core/people/people_administrators.h"

#include <mutex>
#include <set>

namespace ln::people {
namespace {

// Above this all are forgotten and come back with their next page: sessions that ended are never
// told, and a city has a handful of administrators.
constexpr std::size_t administrators_max = 1'024;

struct Administrators {
  std::mutex mutex;
  std::set<Hash> sessions;  // guarded by mutex
};
Administrators& administrators() {
  static Administrators only;
  return only;
}

}  // namespace

void note_administrator(const Hash& token_hash, bool is_one) {
  Administrators& all = administrators();
  const std::scoped_lock lock(all.mutex);
  if (!is_one) {
    all.sessions.erase(token_hash);
    return;
  }
  if (all.sessions.size() >= administrators_max) all.sessions.clear();
  all.sessions.insert(token_hash);
}

bool is_known_administrator(const http::Request& request) {
  const std::string_view token = request.cookie(session_cookie);
  if (token.empty()) return false;
  const Hash token_hash = hash_of(token);
  Administrators& all = administrators();
  const std::scoped_lock lock(all.mutex);
  return all.sessions.contains(token_hash);
}

}  // namespace ln::people
