#include "feature/insight/insight_jobs_open.h"

#include <map>
#include <set>

#include "feature/insight/insight_store_open.h"

namespace ln::insight {
namespace {

constexpr std::size_t members_at_once = 500'000;
constexpr std::size_t members_a_job = 2'000;
constexpr std::int64_t ids_a_job = 20'000;

struct Made {
  What what{};
  std::int64_t unit = 0;
  OpenClass open{};
};

// Goes through what waits, week by week.
class Ripening {
 public:
  Ripening(What what, std::optional<Day> done, std::vector<Made>& made)
      : what_(what), made_(made), least_(done ? *done + std::chrono::days(7) : Day{}) {}

  void take(std::int64_t unit, Waiting waiting) {
    const Day sunday = std::max(monday_of(waiting.received) + std::chrono::days(6), least_);
    if (!week_) week_ = sunday;
    if (sunday > *week_) {
      if (is_full_) return;
      close();
      if (members_ >= members_at_once) {
        is_full_ = true;
        return;
      }
      week_ = sunday;
    }
    waiting_[unit].push_back(std::move(waiting));
    touched_.insert(unit);
  }
  // The last week that was closed.
  Day finish(Day sunday) {
    if (is_full_) return *week_;
    if (week_) close();
    return sunday;
  }

 private:
  void close() {
    for (const std::int64_t unit : touched_)
      for (OpenClass& each : ripe(waiting_[unit], *week_)) {
        members_ += each.members.size();
        made_.push_back({what_, unit, std::move(each)});
      }
    touched_.clear();
  }

  What what_;
  std::vector<Made>& made_;
  Day least_;
  std::optional<Day> week_{};
  std::map<std::int64_t, std::vector<Waiting>> waiting_{};
  std::set<std::int64_t> touched_{};
  std::size_t members_ = 0;
  bool is_full_ = false;
};

Day gather(db::Read& read, Day sunday, std::vector<Made>& made) {
  const auto done = last_open_week(read);
  for (const What what : {What::cases, What::ratings}) {
    Ripening ripening(what, done, made);
    each_waiting(
        read, what, at_local(sunday + std::chrono::days(1)),
        [&](std::int64_t unit, Waiting waiting) { ripening.take(unit, std::move(waiting)); });
    sunday = ripening.finish(sunday);
  }
  return sunday;
}

void insert_all(db::Database& database, const std::vector<Made>& made) {
  for (std::size_t first = 0; first < made.size();) {
    std::size_t last = first, members = 0;
    while (last < made.size() && members < members_a_job)
      members += made[last++].open.members.size();
    static_cast<void>(database.write([&](db::Write& write) -> Result<Done> {
      for (std::size_t i = first; i < last; ++i)
        insert_class(write, made[i].what, made[i].unit, made[i].open);
      return Done{};
    }));
    first = last;
  }
}

void renew_all(db::Database& database, Instant now) {
  const std::int64_t last = database.read(last_member);
  for (std::int64_t first = 1; first <= last; first += ids_a_job)
    static_cast<void>(database.write([&](db::Write& write) -> Result<Done> {
      renew_outcomes(write, first, first + ids_a_job - 1, now);
      return Done{};
    }));
}

}  // namespace

Day tell_weeks(db::Database& database, Instant now) {
  const Day sunday = last_sunday_before(local_day(now));
  while (true) {
    const auto done = database.read(last_open_week);
    if (done && *done >= sunday) return *done;
    std::vector<Made> made;
    const Day reached = database.read([&](db::Read& read) { return gather(read, sunday, made); });
    insert_all(database, made);
    if (reached == sunday) renew_all(database, now);
    static_cast<void>(database.write([&](db::Write& write) -> Result<Done> {
      finish_week(write, reached, now);
      return Done{};
    }));
  }
}

}  // namespace ln::insight
