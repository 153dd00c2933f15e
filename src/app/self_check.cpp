#include "app/self_check.h"

#include <exception>
#include <string>
#include <string_view>

#include "app/clock.h"
#include "app/told_check.h"
#include "app/told_difference.h"
#include "base/log.h"
#include "core/ledger/ledger_alarm.h"
#include "core/ledger/ledger_stop.h"
#include "core/ledger/ledger_verify.h"

namespace ln::app {
namespace {

constexpr std::chrono::hours night{3};
constexpr std::size_t faults_told = 3;

std::string sentence_of(const std::vector<ledger::Fault>& faults) {
  std::string all;
  for (std::size_t i = 0; i < faults.size() && i < faults_told; ++i)
    all += (i == 0 ? "" : "; ") +
           (faults[i].id == 0 ? faults[i].what
                              : "row " + std::to_string(faults[i].id) + ": " + faults[i].what);
  if (faults.size() > faults_told) all += "; and more";
  return all;
}

// In two moments of the database: a row that cannot be read ends the first.
std::vector<ledger::Difference> look_at_told(db::Database& database) {
  std::vector<ledger::Fault> faults = database.read(check_told);
  return database.read([&](db::Read& read) {
    std::vector<ledger::Difference> found;
    for (ledger::Fault& fault : faults) {
      log::write(log::Level::error, "differs_from_ledger",
                 {{"row", fault.id}, {"what", std::string_view(fault.what)}});
      found.push_back(difference_of(read, std::move(fault)));
    }
    return found;
  });
}

}  // namespace

std::chrono::milliseconds until_night(Instant now) {
  Instant next = at_local(local_day(now), night);
  if (next <= now) next = at_local(local_day(now) + std::chrono::days(1), night);
  return next - now;
}

void check_ledger(City& city) {
  try {
    // First the file, then a moment of the database: the program goes on writing meanwhile.
    ledger::AuditOptions options{.second = city.sealer().second_head()};
    const ledger::Audit audit =
        city.database().read([&](db::Read& read) { return ledger::audit(read, options); });
    if (!audit.faults.empty()) {
      ledger::set_stop_faults(audit.faults);
      return ledger::stop_writing(sentence_of(audit.faults));
    }
    // What the ledger was told stands there for ever, and proves what was changed beside it; to
    // write nothing more would unsay none of it. Whoever must see to it is told, and keeps being
    // told until a later look finds nothing.
    ledger::set_differences(look_at_told(city.database()));
    log::write(log::Level::info, "ledger_checked", {{"leaves", audit.leaves}});
  } catch (const std::exception& failure) {
    // A busy or broken machine is no proof of tampering; a damaged database is.
    const auto* known = dynamic_cast<const db::Failure*>(&failure);
    if (known != nullptr && known->kind() == db::Failure::Kind::corrupt)
      return ledger::stop_writing(failure.what());
    log::write(log::Level::error, "ledger_check_failed", {{"failure", failure.what()}});
  }
}

SelfCheck::SelfCheck(City& city) : city_(city), thread_([this] { loop(); }) {}

SelfCheck::~SelfCheck() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void SelfCheck::loop() {
  for (;;) {
    check_ledger(city_);
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, until_night(now()), [this] { return ending_; })) return;
  }
}

}  // namespace ln::app
