#include "app/doctor_checks.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/second_place.h"
#include "app/told_check.h"
#include "app/told_difference.h"
#include "core/ledger/ledger_alarm.h"
#include "core/ledger/ledger_files.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_waiting.h"
#include "core/ledger/ledger_store_witness.h"
#include "core/ledger/ledger_verify.h"
#include "core/notice/notice_store.h"
#include "feature/feedback/feedback_store_erase.h"
#include "platform/db/archive.h"
#include "platform/db/schemas.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

// "16:30 23/11/2026", which both languages write alike: the sentence is put in words later.
std::string numbers_of(Instant at) {
  const i18n::Voice voice(i18n::Language::vi);
  return voice.time(at) + " " + voice.date(local_day(at));
}

namespace fs = std::filesystem;
using Level = Finding::Level;

constexpr std::size_t head_size_max = 8 * 1024;
constexpr std::chrono::minutes clock_back_max{2};
constexpr std::chrono::days clock_ahead_max{400};
constexpr std::chrono::seconds clock_apart_max{2};  // of two machines that ask the same time server
constexpr std::chrono::minutes keys_owed_max{2};
constexpr std::chrono::hours traces_owed_max{26};
constexpr std::int64_t connections_least = 32;  // of two nodes under load

bool is_private(const std::string& path) {
  struct stat about{};
  return ::stat(path.c_str(), &about) == 0 && (about.st_mode & 077U) == 0;
}

void look_at_keys(const DoctorWish& wish, const std::optional<ledger::Log>& log, Findings& found) {
  const std::string key = wish.data + "/ledger.key", form = wish.data + "/form.key";
  if (fs::exists(form) && !is_private(form))
    found.add(Level::warning, "keys", {"doctor.keys.open"_t, {{"path", form}}});
  if (!fs::exists(key)) {
    if (log) found.add(Level::broken, "keys", {"doctor.keys.missing"_t, {{"path", key}}});
    return;
  }
  if (!is_private(key))
    return found.add(Level::broken, "keys", {"doctor.keys.open"_t, {{"path", key}}});
  if (!log) return;
  try {
    const auto signer = ledger::load_key(key, log->origin);
    if (signer && signer->verifier().text() == log->vkey)
      return found.add(Level::fine, "keys", {"doctor.keys.fine"_t});
  } catch (const db::Failure&) {
    // Unreadable, or another log's: said below.
  }
  found.add(Level::broken, "keys", {"doctor.keys.other"_t, {{"path", key}, {"key", log->vkey}}});
}

// The head in the second file; null when there is none to compare with, which is said.
std::optional<merkle::Checkpoint> second_head(const DoctorWish& wish,
                                              const ledger::Log& log,
                                              Findings& found) {
  const std::string path = second_place(wish.data, wish.second);
  if (wish.url.empty() && is_on_one_disk(wish.data, path))
    found.add(Level::warning, "second_place", {"doctor.second.one_disk"_t, {{"path", path}}});
  const std::string nearer = wish.data + "/head";
  if (path != nearer && std::filesystem::exists(nearer))
    found.add(Level::warning, "second_place",
              {"doctor.second.two"_t, {{"path", path}, {"other", nearer}}});
  const auto bytes = file::read_file(path, head_size_max);
  const auto verifier = merkle::Verifier::parse(log.vkey);
  auto head = bytes && verifier ? ledger::head_in(*bytes, *verifier) : std::nullopt;
  if (!bytes)
    found.add(Level::warning, "second_file", {"doctor.second.missing"_t, {{"path", path}}});
  else if (!head)
    found.add(Level::broken, "second_file", {"doctor.second.strange"_t, {{"path", path}}});
  if (!head) return std::nullopt;
  return std::move(head)->checkpoint;
}

void compare_with_second(const DoctorWish& wish,
                         db::Read& read,
                         const merkle::Checkpoint& second,
                         Findings& found) {
  const std::int64_t leaves = ledger::leaf_count(read);
  const auto signed_size = static_cast<std::int64_t>(second.size);
  if (signed_size > leaves)
    return found.add(
        Level::broken, "second_file",
        {"doctor.second.ahead"_t,
         {{"leaves", std::to_string(leaves)}, {"signed", std::to_string(signed_size)}}});
  if (!wish.quick && ledger::root_at(read, signed_size) != second.root)
    return found.add(Level::broken, "second_file",
                     {"doctor.second.differs"_t, {{"path", second_place(wish.data, wish.second)}}});
  found.add(Level::fine, "second_file", {"doctor.second.fine"_t});
}

// Everything that verify looks at, unless the look is to be quick.
void look_at_ledger(const DoctorWish& wish, db::Read& read, Findings& found) {
  const auto fault = ledger::check_head(read);
  const auto faults = fault        ? std::vector{*fault}
                      : wish.quick ? std::vector<ledger::Fault>()
                                   : ledger::verify_all(read);
  const std::string leaves = std::to_string(ledger::leaf_count(read));
  if (!faults.empty())
    found.add(Level::broken, "ledger",
              {"doctor.ledger.broken"_t, {}, {{"what", ledger::name_of(faults.front())}}});
  else
    found.add(Level::fine, "ledger", {"doctor.ledger.fine"_t, {{"leaves", leaves}}});
}

// What stands beside the ledger, unless the look is to be quick: nothing stops a city whose words
// were edited, so somebody has to be told.
void look_at_told(const DoctorWish& wish, db::Archive& archive, Findings& found) {
  if (wish.quick) return;
  auto faults = archive.read(check_told);
  if (faults.empty()) return found.add(Level::fine, "told", {"doctor.told.fine"_t});
  const std::string count = std::to_string(faults.size());
  const auto first =
      archive.read([&](db::Read& read) { return difference_of(read, std::move(faults.front())); });
  found.add(Level::warning, "told",
            {"doctor.told.differs"_t,
             {{"count", count},
              {"line", std::to_string(std::max<std::int64_t>(first.fault.id, 0))},
              {"code", first.code.empty() ? "–" : first.code}},
             {{"room", ledger::room_name(first.room)}, {"what", ledger::name_of(first.fault)}}});
}

void look_at_witnesses(db::Read& read, Findings& found) {
  const ledger::Standing standing = ledger::standing_of(read);
  if (standing.witnesses.empty())
    return found.add(Level::hint, "witnesses", {"doctor.witness.none"_t});
  for (const ledger::Standing::Witness& each : standing.witnesses)
    if (each.missed >= ledger::missed_ticks_alarm)
      found.add(Level::warning, "witnesses", {"doctor.witness.silent"_t, {{"name", each.name}}});
  if (standing.is_alarming())
    return found.add(Level::warning, "witnesses", {"doctor.witness.alarm"_t});
  found.add(Level::fine, "witnesses",
            {"doctor.witness.fine"_t, {{"count", std::to_string(standing.witnesses.size())}}});
}

// Promises that were not kept.
void look_at_waiting(const DoctorWish& wish, db::Read& read, Findings& found) {
  const ledger::WaitingCount waiting = ledger::count_waiting(read, wish.now);
  if (waiting.overdue > 0)
    return found.add(Level::warning, "batches",
                     {"doctor.batch.overdue"_t, {{"count", std::to_string(waiting.overdue)}}});
  found.add(Level::fine, "batches",
            {"doctor.batch.fine"_t, {{"count", std::to_string(waiting.all)}}});
}

// A server that runs takes what opens the ledger away at each turn, and traces once a minute, or in
// the night on PostgreSQL. Whatever is owed for longer it cannot do.
void look_at_erasures(const DoctorWish& wish, db::Read& read, Findings& found) {
  const feedback::Owed owed = feedback::owed(read);
  if (!owed.since) return found.add(Level::fine, "erasures", {"doctor.erasures.fine"_t});
  const bool is_late = *owed.since + (owed.keys > 0 ? keys_owed_max : traces_owed_max) < wish.now;
  found.add(is_late ? Level::warning : Level::hint, "erasures",
            {is_late ? "doctor.erasures.stuck"_t : "doctor.erasures.owed"_t,
             {{"keys", std::to_string(owed.keys)},
              {"traces", std::to_string(owed.traces)},
              {"since", numbers_of(*owed.since)}}});
}

void look_at_clock(const DoctorWish& wish, db::Read& read, Findings& found) {
  const auto head = ledger::head(read);
  const std::string shown = numbers_of(wish.now);
  if (!head) return;
  const std::string last = numbers_of(head->at);
  if (wish.now + clock_back_max < head->at)
    found.add(Level::broken, "clock", {"doctor.clock.behind"_t, {{"now", shown}, {"last", last}}});
  else if (wish.now > head->at + clock_ahead_max)
    found.add(Level::warning, "clock", {"doctor.clock.ahead"_t, {{"now", shown}, {"last", last}}});
  else
    found.add(Level::fine, "clock", {"doctor.clock.fine"_t, {{"now", shown}}});
}

void look_at_mail(const DoctorWish& wish, std::int64_t waiting, Findings& found) {
  const std::string count = std::to_string(waiting);
  if (wish.mail.url.empty()) {
    found.add(waiting > 0 ? Level::warning : Level::hint, "mail",
              {waiting > 0 ? "doctor.mail.waiting"_t : "doctor.mail.none"_t, {{"count", count}}});
    return;
  }
  const mail::Delivery looked = mail::Carrier(wish.mail).look();
  found.add(looked.is_taken ? Level::fine : Level::broken, "mail",
            {looked.is_taken ? "doctor.mail.fine"_t : "doctor.mail.silent"_t,
             {{"count", count}, {"why", looked.failure}}});
}

void look_inside(const DoctorWish& wish, db::Archive& archive, Findings& found) {
  const auto log = archive.read([](db::Read& read) { return ledger::find_log(read); });
  look_at_keys(wish, log, found);
  // Before the database, which may be growing.
  const auto second = log ? second_head(wish, *log, found) : std::nullopt;
  archive.read([&](db::Read& read) {
    look_at_ledger(wish, read, found);
    if (second) compare_with_second(wish, read, *second, found);
    look_at_witnesses(read, found);
    look_at_waiting(wish, read, found);
    look_at_erasures(wish, read, found);
    look_at_clock(wish, read, found);
    look_at_mail(wish, notice::count_waiting(read), found);
  });
  look_at_told(wish, archive, found);
}

// How the server is set up, and this machine's clock beside its clock: so each node is compared
// with every other one.
void look_at_server(const DoctorWish& wish, db::Archive& archive, Findings& found) {
  static_cast<void>(archive.server());  // What is done once for a connection is not what it costs.
  const auto begun = std::chrono::steady_clock::now();
  const db::ServerFacts server = archive.server().value();
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
                        std::chrono::steady_clock::now() - begun)
                        .count();
  const std::string ms = std::to_string(took / 1000) + "." + std::to_string(took % 1000 / 100);
  found.add(Level::fine, "server",
            {"doctor.server.fine"_t, {{"version", server.version}, {"ms", ms}}});
  if (server.is_standby) found.add(Level::broken, "server", {"doctor.server.standby"_t});
  if (!server.syncs) found.add(Level::broken, "server", {"doctor.server.no_sync"_t});
  if (!server.has_standbys) found.add(Level::hint, "server", {"doctor.server.alone"_t});
  const bool is_narrow = server.connections_left < connections_least;
  found.add(is_narrow ? Level::warning : Level::fine, "connections",
            {is_narrow ? "doctor.connections.few"_t : "doctor.connections.fine"_t,
             {{"count", std::to_string(server.connections_left)}}});
  const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - wish.began);
  const auto apart = std::chrono::abs(wish.now + since - server.now);
  const bool is_apart = apart > clock_apart_max;
  found.add(is_apart ? Level::warning : Level::fine, "server_clock",
            {is_apart ? "doctor.server_clock.apart"_t : "doctor.server_clock.fine"_t,
             {{"ms", std::to_string(apart.count())}}});
}

// Null when there is nothing further to look at, which is said.
std::unique_ptr<db::Archive> open_database(const DoctorWish& wish, Findings& found) {
  const db::Options place = database_options(wish.data, wish.url, wish.schema, wish.now);
  const bool is_file = wish.url.empty();
  std::unique_ptr<db::Archive> archive;
  try {
    if (is_file ? !fs::exists(place.path) : !db::has_schema(place)) {
      found.add(Level::hint, "database",
                is_file ? Said{"doctor.database.none"_t, {{"path", place.path}}}
                        : Said{"doctor.database.no_schema"_t, {{"schema", wish.schema}}});
      return nullptr;
    }
    if (is_file && !is_private(place.path))
      found.add(Level::warning, "database", {"doctor.keys.open"_t, {{"path", place.path}}});
    archive = std::make_unique<db::Archive>(place);
    if (!is_file) look_at_server(wish, *archive, found);
    if (const auto faults = wish.quick ? std::vector<std::string>() : archive->faults();
        !faults.empty()) {
      found.add(Level::broken, "database",
                {"doctor.database.damaged"_t, {{"what", faults.front()}}});
      return nullptr;
    }
    if (is_file) found.add(Level::fine, "database", {"doctor.database.fine"_t});
    return archive;
  } catch (const db::Failure& failure) {
    const TextKey text = is_file ? "doctor.database.unreadable"_t : "doctor.database.unreachable"_t;
    found.add(Level::broken, "database", {text, {{"what", failure.what()}}});
    return nullptr;
  }
}

}  // namespace

void look_at_city(const DoctorWish& wish, Findings& found) {
  const auto archive = open_database(wish, found);
  if (archive == nullptr) return;
  try {
    const auto missing = archive->missing_migrations();
    if (!missing.empty())  // Tables that we would look into may not be there yet.
      return found.add(Level::hint, "migrations",
                       {"doctor.migrations.missing"_t, {{"name", missing.front()}}});
    found.add(Level::fine, "migrations", {"doctor.migrations.fine"_t});
  } catch (const db::Failure& failure) {
    return found.add(Level::broken, "migrations",
                     {"doctor.migrations.newer"_t, {{"what", failure.what()}}});
  }
  try {
    look_inside(wish, *archive, found);
  } catch (const db::Failure& failure) {
    found.add(Level::broken, "database",
              {"doctor.database.unreadable"_t, {{"what", failure.what()}}});
  }
}

}  // namespace ln::app
