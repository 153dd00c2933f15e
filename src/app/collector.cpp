#include "app/collector.h"

#include <exception>
#include <optional>

#include "app/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "core/ledger/ledger_collect.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/ledger/ledger_store_witness.h"

namespace ln::app {
namespace {

constexpr std::chrono::seconds pause_between_looks{1};
constexpr std::chrono::minutes pause_between_rounds{1};

}  // namespace

Collector::Collector(City& city)
    : city_(city), thread_([this](const std::stop_token& stop) { loop(stop); }) {}

Collector::~Collector() {
  thread_.request_stop();
  thread_.join();
}

void Collector::tell(db::Read& read) const {
  const ledger::Standing standing = ledger::standing_of(read);
  for (const ledger::Standing::Witness& witness : standing.witnesses)
    if (witness.missed >= ledger::missed_ticks_alarm)
      log::write(log::Level::warning, "witness_silent", {{"witness", witness.name}});
  if (standing.is_alarming())
    log::write(log::Level::error, "witness_quorum_missing",
               {{"ticks", std::int64_t{standing.missed}}});
}

void Collector::loop(const std::stop_token& stop) {
  using Steady = std::chrono::steady_clock;
  std::optional<Instant> tick;
  Steady::time_point asked_at{};
  while (!stop.stop_requested()) {
    try {
      db::Database& database = city_.database();
      const auto head = database.read([](db::Read& read) { return ledger::published_head(read); });
      const bool is_new = head && head->at != tick;
      if (is_new || (head && Steady::now() - asked_at >= pause_between_rounds)) {
        const auto answers = ledger::collect(database, {.clock = now, .stop = stop});
        asked_at = Steady::now();
        ledger::note_histories(answers, !city_.is_on_server());
        for (const ledger::Asked& each : answers)
          // One that is ahead is an alarm where there is one node; of several it is told here.
          if (is_new && !stop.stop_requested() &&
              (each.kind == ledger::Asked::Kind::failed ||
               (each.kind == ledger::Asked::Kind::ahead && city_.is_on_server())))
            log::write(log::Level::warning, "witness_failed",
                       {{"witness", each.name}, {"why", each.failure}});
        if (is_new) database.read([&](db::Read& read) { tell(read); });
        tick = head->at;
      }
    } catch (const std::exception& failure) {
      log::write(log::Level::error, "witnesses_not_asked", {{"what", failure.what()}});
      asked_at = Steady::now();
    }
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, pause_between_looks, [] { return false; });
  }
}

}  // namespace ln::app
