// Lists of cases: the queue of an office and the public register. Every list is stable: it goes on
// from a cursor, never from a page number, so nothing is skipped or shown twice while cases arrive.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

inline constexpr std::int64_t list_count_max = 50;

// What part of the queue is shown.
enum class Tab : std::uint8_t { open, overdue, soon, asked, reopened, over };
inline constexpr std::array all_tabs = {Tab::open,  Tab::overdue,  Tab::soon,
                                        Tab::asked, Tab::reopened, Tab::over};
std::string_view to_text(Tab);
inline constexpr int soon_days = 3;  // working days within which something is due soon

struct QueueFilter {
  std::string top = {};         // only this subtree, one of the officer's tops
  std::string own = {};         // the officer's units, ",/1/,,/1/4/,": no case is about them
  std::int64_t officer_id = 0;  // only what is assigned to them; 0: everybody's
  Tab tab = Tab::open;
  std::optional<About> about = {};
  // What narrows it further; each alone or with others.
  bool is_nobodys = false;          // what no officer has yet; never together with officer_id
  std::optional<State> state = {};  // of the states the tab shows
  TopicId topic{};                  // 0: any
  bool is_urgent = false;           // an office found that it cannot wait
  std::string source = {};          // code of the system it was brought in from; empty: any
  Instant now{};                    // overdue and soon are judged at this instant
  Instant soon_until{};
  std::int64_t after_at = 0, after_id = 0;  // cursor: queued_at and id of the page's last row
  std::int64_t limit = 25;
};

// Whether one of the filters that narrow further is set.
inline bool is_narrowed(const QueueFilter& filter) {
  return filter.is_nobodys || filter.state || filter.topic.value != 0 || filter.is_urgent ||
         !filter.source.empty();
}

// A narrower question about what is over looks at so many of the newest cases, shared among the
// offices it walks: nobody works on them any more, and a rare word must not walk a million.
inline constexpr std::int64_t over_looked_at_max = 20'000;

// Of the cases brought in from one system a narrower question looks at so many of the newest.
inline constexpr std::int64_t brought_looked_at_max = 5'000;

// So many cases one call gives at most.
inline constexpr std::int64_t queue_looked_at_max = 500;

// The instant by which a case stands in the queue, in milliseconds: the end of the day promised,
// once there is one. While a question waits for the citizen nothing has to be done; the case stands
// a week behind its due date, which is where the longest pause takes it. Otherwise the due date.
std::int64_t queued_at(const Feedback& feedback);
// The queue by queued_at (what is over: newest first). Cases about the conduct of the officer's own
// unit are not there, in no tab and no count.
std::vector<Feedback> queue(db::Read& read, const QueueFilter& filter);
// How many rows each tab of what is open has, in the order of all_tabs; `filter.tab` and the cursor
// are ignored. What is over is no work any more and is not counted. Counting ends at
// `queue_counted_max` open cases: a number is then the least there can be, and `is_least` says so.
struct QueueCounts {
  std::array<std::int64_t, all_tabs.size() - 1> of_tab{};
  bool is_least = false;
};
inline constexpr std::int64_t queue_counted_max = 1'000;
QueueCounts queue_counts(db::Read& read, const QueueFilter& filter);

// What one officer has in hand; 0: what nobody has.
struct Workload {
  std::int64_t officer_id = 0;
  std::int64_t open = 0, overdue = 0, soon = 0;
};
// By officer, of the open cases below `filter.top` that are not about `filter.own`; due soon is
// what is due before `filter.soon_until`. What waits for the citizen is open and never late. Looks
// at the first 20,000 open cases there; the most first.
std::vector<Workload> workloads(db::Read& read, const QueueFilter& filter);

struct RegisterFilter {
  std::string unit_path;  // only this subtree; empty: all
  std::optional<State> state;
  std::optional<About> about;
  std::optional<Kind> kind;
  std::int64_t before = 0;  // cursor: ids below this one; 0: from the newest
  std::int64_t limit = 20;
};

// Published cases, newest first: their numbers, and whole.
std::vector<std::int64_t> published_ids(db::Read& read, const RegisterFilter& filter);
std::vector<Feedback> published(db::Read& read, const RegisterFilter& filter);
// Conduct cases are never ranked. Reads all that was published since: for the job that keeps it.
std::vector<FeedbackId> most_viewed(db::Read& read, Instant since, std::int64_t limit);

}  // namespace ln::feedback
