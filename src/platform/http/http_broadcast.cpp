#include "platform/http/http_broadcast.h"

#include <vector>

#include "base/check.h"

namespace ln::http {

Broadcast::Broadcast() : inside_(std::make_unique<Inside>()) {}
Broadcast::~Broadcast() = default;

void Broadcast::publish(const std::string& channel,
                        const std::string& event,
                        const std::string& data) {
  // A line end would begin another field of the stream.
  CHECK((event + data).find_first_of("\r\n") == std::string::npos);
  std::vector<std::shared_ptr<const Inside::Watcher>> watchers;
  {
    const std::lock_guard lock(inside_->mutex);
    auto& latest = inside_->channels[channel];
    const std::uint64_t number = latest == nullptr ? 1 : latest->number + 1;
    latest = std::make_shared<const Event>(
        Event{number,
              "id: " + std::to_string(number) + "\nevent: " + event + "\ndata: " + data + "\n\n"});
    for (const auto& [id, watcher] : inside_->watchers) watchers.push_back(watcher);
  }
  for (const auto& watcher : watchers) (*watcher)(channel);
}

std::uint64_t Broadcast::Inside::watch(Watcher watcher) {
  const std::lock_guard lock(mutex);
  watchers.emplace(++watchers_made, std::make_shared<const Watcher>(std::move(watcher)));
  return watchers_made;
}

void Broadcast::Inside::forget(std::uint64_t watcher) {
  const std::lock_guard lock(mutex);
  watchers.erase(watcher);
}

std::shared_ptr<const Event> Broadcast::Inside::latest(const std::string& channel) {
  const std::lock_guard lock(mutex);
  const auto found = channels.find(channel);
  return found == channels.end() ? nullptr : found->second;
}

}  // namespace ln::http
