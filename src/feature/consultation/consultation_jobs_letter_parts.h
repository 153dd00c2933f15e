// What grouping and reading letters share: comments on their way into the finder. For
// consultation_jobs_letter*.cpp alone.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/campaigns/campaigns.h"
#include "feature/consultation/consultation_actions_letter.h"
#include "feature/consultation/consultation_jobs_letter.h"
#include "feature/consultation/consultation_store_letter.h"

namespace ln::consultation::letters {

struct Stopped {};

// A comment as the finder knows it, by its place.
struct Entry {
  CommentId id{};
  std::uint32_t clause = 0;  // its place in the list of clauses
  IssueId anchor{};          // the letter it stands for; 0: it is loose
};

// Reads each text when it is asked for, so that no number of comments fills the memory and no
// snapshot is held for minutes. `is_alive` is called before each; it throws when it is time to
// stop.
class StoredTexts : public campaigns::Texts {
 public:
  StoredTexts(db::Database& database,
              const std::vector<Entry>& entries,
              std::function<void()> is_alive)
      : database_(database), entries_(entries), is_alive_(std::move(is_alive)) {}
  std::string text_at(std::uint64_t place) const override {
    is_alive_();
    const CommentId id = entries_[static_cast<std::size_t>(place)].id;
    return database_.read([&](db::Read& read) { return body_of(read, id); });
  }

 private:
  db::Database& database_;
  const std::vector<Entry>& entries_;
  std::function<void()> is_alive_;
};

// Comments on their way into the finder.
class Intake {
 public:
  explicit Intake(std::uint64_t secret) : finder(secret) {}
  void add(const Loose& loose, IssueId anchor) {
    batch_.push_back(
        {.id = std::to_string(loose.id.value), .text = loose.body, .place = entries.size()});
    entries.push_back({loose.id, number_of(loose.clause), anchor});
    if (batch_.size() == 1'000) take();
  }
  // One that is hidden is placed by its clause. Nobody reads its words, so that none of them comes
  // into a title.
  void add_hidden(const Loose& loose) {
    hidden.push_back({loose.id, number_of(loose.clause), IssueId{}});
  }
  void take() {
    finder.take(batch_);
    batch_.clear();
  }

  campaigns::Finder finder;
  std::vector<Entry> entries, hidden;
  std::vector<std::string> clauses;

 private:
  std::uint32_t number_of(const std::string& clause) {
    const auto [at, is_new] =
        numbers_.try_emplace(clause, static_cast<std::uint32_t>(clauses.size()));
    if (is_new) clauses.push_back(clause);
    return at->second;
  }

  std::map<std::string, std::uint32_t> numbers_;
  std::vector<campaigns::Comment> batch_;
};

}  // namespace ln::consultation::letters
