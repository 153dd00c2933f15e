// Finished answers that are the same for everybody, kept while nothing that they were made of
// changes (docs/decisions/0013-kept-answers.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace ln::http {

// What an answer was made of: the mark of the database (db::version_of) and the minute of the
// clock, which is the finest that a public page shows.
struct ShelfMark {
  std::uint64_t version = 0;
  std::int64_t minute = 0;
  std::uint64_t forgotten = 0;  // how often all was forgotten
  friend bool operator==(const ShelfMark&, const ShelfMark&) = default;
};

// To be called after something that public pages show has changed in memory, not in the database:
// nothing kept before is found from now on, in any server of this process.
void forget_kept_answers();

struct KeptAnswer {
  std::string content_type = {};
  std::string head = {};  // all header lines but those the server writes
  std::string entity_tag = {};
  std::string body = {};  // in the coding that `head` names
  std::function<void()> when_reused = {};
};

// Thread-safe. An answer is found under the mark it was kept with and no other. Bounded in bytes:
// what does not fit is not kept, and what is out of date makes room first.
class AnswerShelf {
 public:
  // How often everything was forgotten; to be asked before anything is read.
  static std::uint64_t forgotten();
  explicit AnswerShelf(std::size_t size_max) : size_max_(size_max) {}
  // Null when there is none.
  std::shared_ptr<const KeptAnswer> find(const ShelfMark& mark, const std::string& key) const;
  void keep(const ShelfMark& mark,
            const std::string& key,
            std::shared_ptr<const KeptAnswer> answer);
  std::size_t size() const;  // bytes

 private:
  struct Place {
    ShelfMark mark;
    std::shared_ptr<const KeptAnswer> answer;
  };
  std::size_t size_max_;
  mutable std::mutex mutex_;
  std::size_t size_ = 0;  // guarded by mutex_, as is by_key_
  std::unordered_map<std::string, Place> by_key_;
};

}  // namespace ln::http
