#include "app/watch.h"

#include <filesystem>
#include <utility>

#include "app/clock.h"
#include "app/metrics.h"
#include "app/version.h"
#include "base/log.h"
#include "core/ledger/ledger_alarm.h"
#include "core/ledger/ledger_stop.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_waiting.h"
#include "core/ledger/ledger_verify.h"
#include "core/notice/notice_store.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_store_erase.h"
#include "platform/db/db_no_answer.h"
#include "platform/db/pulse.h"

namespace ln::app {
namespace {

constexpr std::chrono::seconds pulse_age_max{45};
constexpr std::chrono::seconds turn_age_max{60};
constexpr std::uint64_t job_failures_max = 5;  // in a row: above it the job counts as dead

using Type = Exposition::Type;

std::string seconds_text(std::chrono::steady_clock::duration duration) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(duration).count()) + " s";
}

double seconds_between(Instant from, Instant to) {
  return static_cast<double>(to_ms(to) - to_ms(from)) / 1e3;
}

// Compares all bytes, so that the time it takes does not tell how many were right.
bool is_same(std::string_view one, std::string_view other) {
  unsigned difference = one.size() == other.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i)
    difference |= static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(other[i]);
  return difference == 0;
}

// Nothing without witnesses. A name is what the policy's author chose, so it may hold a quote.
void add_witnesses(Exposition& out, const ledger::Standing& standing, Instant now) {
  if (standing.witnesses.empty()) return;
  out.one("witness_quorum_missed_ticks", Type::gauge,
          "Ticks in a row that too few witnesses have signed, 3 at most; 3 is the alarm.",
          standing.needs_quorum ? standing.missed : 0);
  const auto quoted = [](const std::string& name) {
    std::string text;
    for (const char c : name) text.append(c == '"' || c == '\\' ? "\\" : "").push_back(c);
    return text;
  };
  out.family("witness_missed_ticks", Type::gauge,
             "Ticks in a row that a witness has not signed, 3 at most.");
  for (const auto& each : standing.witnesses)
    out.sample(each.missed, {{"witness", quoted(each.name)}});
  out.family("witness_age_seconds", Type::gauge, "Since a witness signed last.");
  for (const auto& each : standing.witnesses)
    if (each.seen_at)
      out.sample(seconds_between(*each.seen_at, now), {{"witness", quoted(each.name)}});
}

}  // namespace

Watch::Watch(City& city, Options options) : city_(city), options_(std::move(options)) {}

std::vector<http::Probe> Watch::probes() {
  const auto ready = [this](const http::Request&, bool) {
    const auto why = reasons();
    std::string said = why.empty() ? "ready\n" : "not ready\n";
    for (const std::string& each : why) said += each + "\n";
    for (const std::string& each : warnings()) said += "warning: " + each + "\n";
    return http::text(why.empty() ? 200 : 503, said);
  };
  const auto figures = [this](const http::Request& request, bool is_near) {
    constexpr std::string_view bearer = "Bearer ";
    const std::string_view given = request.header("authorization");
    const bool knows = !options_.metrics_token.empty() && given.starts_with(bearer) &&
                       is_same(given.substr(bearer.size()), options_.metrics_token);
    if (!knows && !is_near) return http::text(404, "not found\n");
    http::Response response = http::text(200, metrics(now()));
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    return response;
  };
  return {{"/readyz", ready}, {"/metrics", figures}};
}

void Watch::write_pulse(Instant now, Seen& seen) const {
  try {
    db::beat(city_.database(), now);
    seen.wrote_at = Steady::now();
    seen.write_failure.clear();
  } catch (const std::exception& failure) {
    // What the engine says may name a path: that is for the log.
    log::write(log::Level::error, "cannot_write", {{"what", failure.what()}});
    const auto* known = dynamic_cast<const db::Failure*>(&failure);
    using Kind = db::Failure::Kind;
    const auto kind = known == nullptr ? Kind::other : known->kind();
    const bool is_silent = dynamic_cast<const db::NoAnswer*>(&failure) != nullptr;
    seen.write_failure = is_silent                 ? "it does not answer"
                         : kind == Kind::full      ? "the disk is full, read-only or failing"
                         : kind == Kind::read_only ? "it can only be read"
                         : kind == Kind::corrupt   ? "it is damaged"
                         : kind == Kind::busy      ? "it is busy"
                         : kind == Kind::lost      ? "it cannot be reached"
                         : kind == Kind::unknown   ? "the connection to it broke"
                                                   : "see the log";
  }
}

void Watch::look_at_ledger(Instant now, Seen& seen) const {
  city_.database().read([&](db::Read& read) {
    const auto fault = ledger::check_head(read);
    if (fault && fault->what != seen.ledger_fault)
      log::write(log::Level::error, "ledger_fault", {{"what", std::string_view(fault->what)}});
    seen.ledger_fault = fault ? fault->what : "";
    const auto head = ledger::head(read);
    seen.ledger_size = head ? head->size : 0;
    seen.head_at = head ? std::optional(head->at) : std::nullopt;
    seen.outbox = notice::count_waiting(read);
    seen.witnesses = ledger::standing_of(read);
    seen.search_lag = feedback::search_lag(read);
    seen.erasures_owed = feedback::count_owed(read);
    seen.promises_overdue = ledger::count_waiting(read, now).overdue;
  });
}

void Watch::look_at_disk(Seen& seen) const {
  namespace fs = std::filesystem;
  std::error_code failure;
  const fs::space_info space = fs::space(city_.folder(), failure);
  seen.disk_free = failure ? 0 : static_cast<std::int64_t>(space.available);
  seen.disk_size = failure ? 0 : static_cast<std::int64_t>(space.capacity);
  seen.database_size = 0;
  for (const char* name : {"/langnghe.db", "/langnghe.db-wal"}) {
    const auto size = fs::file_size(city_.folder() + name, failure);
    if (!failure) seen.database_size += static_cast<std::int64_t>(size);
  }
}

void Watch::look(Instant now) {
  Seen seen;
  {
    const std::lock_guard lock(mutex_);
    seen = seen_;
  }
  look_at_disk(seen);
  write_pulse(now, seen);
  seen.looked_at = now;
  const auto keep = [&] {
    const std::lock_guard lock(mutex_);
    seen_ = seen;
  };
  keep();
  look_at_ledger(now, seen);
  keep();
}

bool Watch::has_trouble() const {
  const std::lock_guard lock(mutex_);
  return !seen_.write_failure.empty();
}

void Watch::turned() {
  const std::lock_guard lock(mutex_);
  turned_at_ = Steady::now();
}

void Watch::job_done(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(name);
  if (found == jobs_.end())
    jobs_.emplace(name, Job{});
  else
    found->second.failures_in_a_row = 0;
}

void Watch::job_failed(std::string_view name) {
  const std::lock_guard lock(mutex_);
  Job& job = jobs_.try_emplace(std::string(name)).first->second;
  ++job.failures;
  ++job.failures_in_a_row;
}

void Watch::backup(const BackupState& state, std::chrono::hours every) {
  const std::lock_guard lock(mutex_);
  backup_ = state;
  backup_every_ = every;
}

std::vector<std::string> Watch::reasons() const {
  const std::lock_guard lock(mutex_);
  const auto steady_now = Steady::now();
  std::vector<std::string> why;
  if (!seen_.write_failure.empty())
    why.push_back("database: cannot write: " + seen_.write_failure);
  else if (const auto age = steady_now - seen_.wrote_at.value_or(started_at_); age > pulse_age_max)
    why.push_back("database: nothing was stored for " + seconds_text(age));
  else if (!seen_.wrote_at)
    why.emplace_back("database: not looked at yet");
  if (!ledger::stopped_because().empty())
    why.emplace_back("ledger: it does not fit itself and nothing is added to it; see the log");
  if (!seen_.ledger_fault.empty()) why.push_back("ledger: " + seen_.ledger_fault);
  if (const auto age = steady_now - turned_at_; age > turn_age_max)
    why.push_back("jobs: no turn has ended for " + seconds_text(age));
  for (const auto& [name, job] : jobs_)
    if (job.failures_in_a_row > job_failures_max)
      why.push_back("jobs: " + name + " has failed " + std::to_string(job.failures_in_a_row) +
                    " times in a row");
  if (seen_.wrote_at && seen_.disk_free < options_.disk_free_min)
    why.push_back("disk: " + std::to_string(seen_.disk_free >> 20) + " MiB free");
  return why;
}

std::vector<std::string> Watch::warnings() const {
  std::vector<std::string> found;
  if (city_.sealer().second_failures() > 0)
    found.emplace_back("ledger: the second file could not be written; see the log");
  // Requests are served all the same: what the ledger was told proves what was changed beside it.
  if (const std::size_t count = ledger::difference_count(); count > 0)
    found.push_back("ledger: rows that differ from what it was told: at least " +
                    std::to_string(count) + "; see the log");
  for (const std::string& witness : ledger::other_histories())
    found.push_back("witness_sees_other_history: " + witness);
  const std::lock_guard lock(mutex_);
  if (seen_.witnesses.is_alarming())
    found.push_back("witnesses: too few have signed the last " +
                    std::to_string(seen_.witnesses.missed) + " published heads");
  if (backup_ && !backup_->failure.empty())
    found.emplace_back("backup: the last attempt failed; see the log");
  return found;
}

std::string Watch::metrics(Instant now) const {
  Exposition out;
  out.family("build_info", Type::gauge, "1, labelled with the version.");
  out.sample(1, {{"version", version()}});
  out.one("uptime_seconds", Type::gauge, "Since the start of the program.",
          std::chrono::duration<double>(Steady::now() - started_at_).count());
  const bool ready = reasons().empty();
  out.one("ready", Type::gauge, "1 when /readyz says ready.", ready ? 1 : 0);
  if (const http::Server* server = server_) add_server(out, server->figures());
  add_database(out, city_.database().counters());
  out.one("differs_from_ledger", Type::gauge,
          "What differs from the ledger: rows, 200 of a room at most, and one for all its others.",
          static_cast<double>(ledger::difference_count()));
  out.one("witness_sees_other_history", Type::gauge, "Witnesses that have seen another history.",
          static_cast<double>(ledger::other_histories().size()));
  out.one("second_file_syncs_total", Type::counter, "Heads written to the ledger's second file.",
          static_cast<double>(city_.sealer().second_syncs()));
  out.one("second_file_failures_total", Type::counter, "Heads that could not be written there.",
          static_cast<double>(city_.sealer().second_failures()));
  const std::lock_guard lock(mutex_);
  out.one("ledger_size", Type::gauge, "Leaves under the last signed head.",
          static_cast<double>(seen_.ledger_size));
  if (seen_.head_at)
    out.one("ledger_head_age_seconds", Type::gauge, "Since the last head was signed.",
            seconds_between(*seen_.head_at, now));
  add_witnesses(out, seen_.witnesses, now);
  out.one("search_lag_entries", Type::gauge, "Ledger entries not yet looked at by the index.",
          static_cast<double>(seen_.search_lag));
  out.one("erasures_owed", Type::gauge, "Erased cases that the files may still hold.",
          static_cast<double>(seen_.erasures_owed));
  out.one("promises_overdue", Type::gauge, "Events whose promised hour of joining the log is over.",
          static_cast<double>(seen_.promises_overdue));
  out.one("outbox", Type::gauge, "Messages that wait to be sent.",
          static_cast<double>(seen_.outbox));
  out.one("disk_free_bytes", Type::gauge, "Where the data folder is.",
          static_cast<double>(seen_.disk_free));
  out.one("database_bytes", Type::gauge, "Database and write-ahead log.",
          static_cast<double>(seen_.database_size));
  out.family("job_failures_total", Type::counter, "Turns of a job that failed.");
  for (const auto& [name, job] : jobs_)
    out.sample(static_cast<double>(job.failures), {{"job", name}});
  if (backup_) {
    out.one("backup_failed", Type::gauge, "1 when the last attempt failed.",
            backup_->failure.empty() ? 0 : 1);
    if (backup_->last_at)
      out.one("backup_age_seconds", Type::gauge, "Since the last backup that was verified.",
              seconds_between(*backup_->last_at, now));
    out.one("backup_bytes", Type::gauge, "Size of the last one.",
            static_cast<double>(backup_->size));
  }
  return out.text();
}

}  // namespace ln::app
