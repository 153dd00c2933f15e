// The inside of Broadcast, for the server: what was said last on each channel, and who wants to
// know that something was said.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "platform/http/server.h"

namespace ln::http {

struct Event {
  std::uint64_t number;  // grows with each event of the channel, from 1
  std::string text;      // as it goes over the wire: "id: 7\nevent: …\ndata: …\n\n"
};

struct Broadcast::Inside {
  // Called on the publisher's thread after each event, not under the lock.
  using Watcher = std::function<void(const std::string& channel)>;
  std::uint64_t watch(Watcher watcher);
  void forget(std::uint64_t watcher);
  // Null when nothing was said yet.
  std::shared_ptr<const Event> latest(const std::string& channel);

  std::mutex mutex;
  std::unordered_map<std::string, std::shared_ptr<const Event>> channels;      // guarded by mutex
  std::unordered_map<std::uint64_t, std::shared_ptr<const Watcher>> watchers;  // likewise
  std::uint64_t watchers_made = 0;                                             // likewise
};

}  // namespace ln::http
