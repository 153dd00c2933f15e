#include "platform/db/ids.h"

#include <map>
#include <mutex>
#include <string>

#include "platform/db/db_engine.h"

namespace ln::db {
namespace {

// The statement cache goes by address, so that made-up SQL must stay where it is.
std::string_view question_for(const char* table) {
  static std::mutex mutex;
  static std::map<const char*, std::string> kept;
  const std::scoped_lock lock(mutex);
  auto [found, is_new] = kept.try_emplace(table);
  if (is_new) found->second = "SELECT coalesce(max(id), 0) FROM " + std::string(table);
  return found->second;
}

}  // namespace

std::int64_t Ids::next(Write& write) const {
  EngineConnection& connection = Key::connection(write);
  auto [found, is_new] = connection.given_ids().try_emplace(table_, 0);
  if (is_new) {
    std::int64_t& last = found->second;
    auto take = [&](const Row& row) { last = row.integer(0); };
    try {
      connection.run(question_for(table_), {}, EachRow(take));
    } catch (...) {
      connection.given_ids().erase(table_);
      throw;
    }
  }
  return ++found->second;
}

}  // namespace ln::db
