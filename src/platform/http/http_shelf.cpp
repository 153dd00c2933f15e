#include "platform/http/http_shelf.h"

#include <atomic>
#include <utility>

namespace ln::http {
namespace {

// What a place costs besides its bytes: the map's node, the counters of the pointer.
constexpr std::size_t place_size = 256;

std::atomic<std::uint64_t> times_forgotten{0};

std::size_t size_of(const std::string& key, const KeptAnswer& answer) {
  return place_size + 2 * key.size() + answer.head.size() + answer.body.size();
}

}  // namespace

void forget_kept_answers() { ++times_forgotten; }

std::uint64_t AnswerShelf::forgotten() { return times_forgotten.load(); }

std::shared_ptr<const KeptAnswer> AnswerShelf::find(const ShelfMark& mark,
                                                    const std::string& key) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  return found != by_key_.end() && found->second.mark == mark ? found->second.answer : nullptr;
}

void AnswerShelf::keep(const ShelfMark& mark,
                       const std::string& key,
                       std::shared_ptr<const KeptAnswer> answer) {
  const std::size_t size = size_of(key, *answer);
  std::unordered_map<std::string, Place> old;  // let go of after the lock
  const std::lock_guard lock(mutex_);
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    size_ -= size_of(key, *found->second.answer);
    by_key_.erase(found);
  }
  if (size_ + size > size_max_) {
    // After a write nothing on the shelf is found any more; while nothing is written, those who
    // came first stay.
    const bool is_stale = !by_key_.empty() && !(by_key_.begin()->second.mark == mark);
    if (!is_stale || size > size_max_) return;
    by_key_.swap(old);
    size_ = 0;
  }
  by_key_.emplace(key, Place{mark, std::move(answer)});
  size_ += size;
}

std::size_t AnswerShelf::size() const {
  const std::lock_guard lock(mutex_);
  return size_;
}

}  // namespace ln::http
