#include "feature/insight/insight_jobs_facts.h"

#include <algorithm>

#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_store.h"

namespace ln::insight {
namespace {

constexpr std::size_t daily_kind = 0, deadlines_kind = 1;

template <class Part>
Result<Done> announce_all(db::Write& write, const std::vector<Part>& parts) {
  for (const Part& part : parts) {
    TRY([[maybe_unused]] const std::int64_t index, ledger::announce(write, part));
  }
  return Done{};
}

std::vector<ledger::DeadlinesFact> deadlines_now(db::Read& read, Instant now) {
  ledger::DeadlinesFact whole{.at = now};
  whole.topics = read.all(
      "SELECT code, deadline_kind, deadline_count FROM feedback_topic WHERE valid_to IS NULL "
      "ORDER BY code",
      [](const db::Row& row) {
        return ledger::DeadlineRow{ledger::public_code(row.view(0)), row.text(1), row.integer(2)};
      });
  // By bytes: each engine sorts in its own way.
  std::ranges::sort(whole.topics, {}, &ledger::DeadlineRow::topic);
  return ledger::parts_of(std::move(whole));
}

// Null when there is nothing to say.
std::optional<std::vector<ledger::DeadlinesFact>> new_deadlines(db::Read& read, Instant now) {
  auto parts = deadlines_now(read, now);
  if (parts.front().topics.empty()) return std::nullopt;
  const auto said = ledger::entries_of(read, ledger::subject_of(deadlines_kind));
  if (said.size() < parts.size()) return parts;
  const std::size_t first = said.size() - parts.size();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto fact = ledger::parse_fact(said[first + i].payload);
    const auto* table = fact ? std::get_if<ledger::DeadlinesFact>(&*fact) : nullptr;
    if (table == nullptr) return parts;
    ledger::DeadlinesFact again = parts[i];
    again.at = table->at;
    if (ledger::text_of(again) != said[first + i].payload) return parts;
  }
  return std::nullopt;
}

}  // namespace

bool announce_day(db::Write& write, DailyReader& kept, Instant now) {
  kept.read_on(write);
  const auto at = kept.due_at();
  return at && *at <= now && announce_all(write, kept.due(*at)).ok();
}

int announce_days(db::Database& database, DailyReader& kept, Instant now, int most) {
  int count = 0;
  for (; count < most; ++count) {
    database.read([&](db::Read& read) { kept.read_on(read); });
    const auto parts = kept.due(now);
    if (parts.empty()) break;
    bool is_first = true;
    const auto done = database.write([&](db::Write& write) -> Result<Done> {
      const auto last = ledger::last_fact(write, daily_kind);
      // Another node has said it meanwhile: look again.
      is_first = (last ? last->id : 0) == kept.last_fact_id();
      if (!is_first) return Done{};
      return announce_all(write, parts);
    });
    if (!done.ok() || !is_first) break;
  }
  return count;
}

void announce_deadlines(db::Database& database, Instant now) {
  if (!database.read([&](db::Read& read) { return new_deadlines(read, now); })) return;
  static_cast<void>(database.write([&](db::Write& write) -> Result<Done> {
    const auto parts = new_deadlines(write, now);
    return parts ? announce_all(write, *parts) : Result<Done>(Done{});
  }));
}

}  // namespace ln::insight
