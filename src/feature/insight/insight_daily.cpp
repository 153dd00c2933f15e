#include "feature/insight/insight_daily.h"

#include <algorithm>

#include "core/ledger/ledger_late.h"
#include "engine/stats/stats.h"

namespace ln::insight {
namespace {

using ledger::Event;

// The place of `received` in its case: what stands for a case that is overdue, which is no event.
constexpr std::int64_t sending = 0;

enum Figure : std::size_t { received, answered, late, overdue, reopened, solved };

bool is_sunday(Day day) { return std::chrono::weekday(day) == std::chrono::Sunday; }

bool ends_quarter(Day day) {
  const std::chrono::year_month_day next(day + std::chrono::days(1));
  return next.day() == std::chrono::day(1) && (static_cast<unsigned>(next.month()) - 1) % 3 == 0;
}

}  // namespace

void DailyCount::count(Day day,
                       std::size_t figure,
                       Group group,
                       const std::string& unit,
                       const ledger::Counted& which) {
  if (group == Group::left_out) return;
  const std::string place =
      group == Group::apart ? std::string(ledger::whole_city) : ledger::public_code(unit);
  bucket_of(day).counts[{place, figure}].push_back(which);
}

void DailyCount::end(const Happened& happened, bool is_answer) {
  const auto found = open_.find(happened.subject);
  if (found == open_.end()) return;
  const Open& open = found->second;
  const bool is_late = happened.at > open.due;
  if (is_late && !open.is_overdue)
    count(local_day(open.due), overdue, open.group, open.unit, {happened.subject, sending});
  if (is_answer)
    count(local_day(happened.at), is_late ? late : answered, open.group,
          happened.unit.empty() ? open.unit : happened.unit, {happened.subject, happened.seq});
  due_.erase({open.due, happened.subject});
  open_.erase(found);
}

void DailyCount::apply(const Happened& happened) {
  const Day day = local_day(happened.at);
  const ledger::Counted itself{happened.subject, happened.seq};
  switch (happened.event) {
    case Event::received:
      if (!happened.is_part) count(day, received, happened.group, happened.unit, itself);
      if (happened.group == Group::left_out || !happened.due) return;
      open_[happened.subject] = {*happened.due, happened.unit, happened.group};
      due_.emplace(*happened.due, happened.subject);
      return;
    case Event::closed:
      if (happened.is_signed) count(day, solved, happened.group, happened.unit, itself);
      return end(happened, false);
    case Event::erased: ++bucket_of(day).erased[happened.reason]; return end(happened, false);
    case Event::lapsed:
    case Event::merged: return end(happened, false);
    case Event::reopened: return count(day, reopened, happened.group, happened.unit, itself);
    default: break;
  }
  if (ledger::is_answer(ledger::to_text(happened.event))) return end(happened, true);
  // Who has the case when it becomes overdue.
  const auto found = open_.find(happened.subject);
  if (found != open_.end() && happened.at <= found->second.due && !happened.unit.empty())
    found->second.unit = happened.unit;
}

void DailyCount::ripen(Day day, Closed& closed) {
  for (auto& [place, pending] : pending_) {
    const bool is_apart = place.first == ledger::whole_city;
    const std::int64_t floor = is_apart ? stats::privacy_floor_protected : stats::privacy_floor;
    const bool may_end = is_apart ? ends_quarter(day) : pending.from == day || is_sunday(day);
    if (!may_end || std::ssize(pending.cases) < floor) continue;
    closed.counts.push_back({place.first, place.second, pending.from, std::ssize(pending.cases)});
    closed.cases.push_back(std::move(pending.cases));
    pending = {day + std::chrono::days(1)};
  }
}

DailyCount::Closed DailyCount::close(Day day, std::int64_t lines) {
  while (!waiting_.empty() && waiting_.front().id <= lines) {
    apply(waiting_.front());
    waiting_.pop_front();
  }
  const Instant end = at_local(day + std::chrono::days(1));
  while (!due_.empty() && due_.begin()->first < end) {
    Open& open = open_.at(due_.begin()->second);
    open.is_overdue = true;
    count(day, overdue, open.group, open.unit, {due_.begin()->second, sending});
    due_.erase(due_.begin());
  }
  Closed closed;
  std::map<std::string, std::int64_t> erased;
  for (auto at = buckets_.begin(); at != buckets_.end() && at->first <= day;
       at = buckets_.erase(at)) {
    for (const auto& [place, cases] : at->second.counts) {
      Cases& all = pending_.try_emplace(place, Pending{first_}).first->second.cases;
      all.insert(all.end(), cases.begin(), cases.end());
    }
    for (const auto& [reason, count] : at->second.erased) erased[reason] += count;
  }
  ripen(day, closed);
  closed.erased.assign(erased.begin(), erased.end());
  next_ = day + std::chrono::days(1);
  return closed;
}

}  // namespace ln::insight
