// The wing of backups that puts them back.
#include <algorithm>
#include <filesystem>

#include "app/backup.h"
#include "app/city.h"
#include "app/second_place.h"
#include "base/result.h"
#include "base/text.h"
#include "core/ledger/ledger_files.h"
#include "core/ledger/ledger_origin.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "feature/consultation/consultation_jobs.h"
#include "feature/feedback/feedback_jobs.h"
#include "platform/db/archive.h"
#include "platform/db/schemas.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t head_size_max = 8 * 1024;
constexpr std::size_t key_size_max = 1024;
constexpr std::size_t origin_size_max = 200;  // signed heads have to fit into the second file

std::string newest_of(const std::string& from) {
  if (!fs::is_directory(from)) return from;
  const auto found = backups_in(from);
  if (found.empty()) throw db::Failure("there is no backup in " + from);
  return found.front().path;
}

struct Heads {
  std::optional<ledger::FoundHead> newest;  // that the log is known to have signed
  std::optional<Said> refusal;
};

// Of the second file in the folder and of what the operator gives.
Heads heads_of(const RestoreWish& wish, const std::optional<ledger::Log>& log) {
  Heads heads;
  const auto verifier = log ? merkle::Verifier::parse(log->vkey) : std::nullopt;
  std::vector<std::string> paths = {wish.data + "/head"};
  if (const auto place = second_place(wish.data, wish.second); place != paths.front())
    paths.push_back(place);
  if (wish.head) paths.push_back(*wish.head);
  for (const std::string& path : paths) {
    const auto bytes = file::read_file(path, head_size_max);
    const bool is_given = wish.head == path;
    if (!bytes) {
      if (is_given) heads.refusal = Said{"restore.error.no_head_file"_t, {{"path", path}}};
      continue;
    }
    auto found = verifier ? ledger::head_in(*bytes, *verifier) : std::nullopt;
    if (!found) {
      heads.refusal = Said{"restore.error.strange_head"_t, {{"path", path}}};
    } else if (!heads.newest || found->checkpoint.size > heads.newest->checkpoint.size) {
      heads.newest = std::move(found);
    }
  }
  return heads;
}

// What of the old log must not be in the way of a new one.
std::optional<Said> refusal_of_origin(const RestoreWish& wish,
                                      const std::optional<ledger::Log>& log) {
  if (!log || !merkle::is_key_name(*wish.new_origin) || *wish.new_origin == log->origin ||
      wish.new_origin->size() > origin_size_max)
    return Said{"restore.error.origin"_t, {{"old", log ? log->origin : ""}}};
  if (wish.key) return Said{"restore.error.origin_key"_t, {}};
  for (const char* name : {"ledger.key", "head", "second"})
    if (fs::exists(wish.data + "/" + name))
      return Said{"restore.error.origin_folder"_t, {{"folder", wish.data}, {"name", name}}};
  if (const auto place = second_place(wish.data, wish.second); fs::exists(place))
    return Said{"restore.error.origin_folder"_t, {{"folder", wish.data}, {"name", place}}};
  return std::nullopt;
}

// Why this backup cannot be put there; null when it can.
std::optional<Said> refusal_of(const RestoreWish& wish,
                               const Backup& backup,
                               const Heads& heads,
                               const std::optional<ledger::Log>& log) {
  if (wish.new_origin)
    if (auto refusal = refusal_of_origin(wish, log)) return refusal;
  if (heads.refusal) return heads.refusal;
  if (!heads.newest && !wish.is_last && backup.leaves > 0)
    return Said{"restore.error.no_head"_t, {{"leaves", std::to_string(backup.leaves)}}};
  if (wish.new_origin) return std::nullopt;
  // What the newest head is written to; without one the place would have to be there.
  if (!heads.newest && is_second_away(wish.data))
    return Said{"restore.error.second_away"_t,
                {{"place", second_place(wish.data, "")}, {"note", wish.data + "/second"}}};
  if (!wish.key && !fs::exists(wish.data + "/ledger.key"))
    return Said{"restore.error.no_key"_t, {{"folder", wish.data}}};
  if (wish.key && fs::exists(wish.data + "/ledger.key"))
    return Said{"restore.error.two_keys"_t, {{"folder", wish.data}}};
  if (wish.key && !fs::exists(*wish.key))
    return Said{"restore.error.no_key_file"_t, {{"path", *wish.key}}};
  const auto known = heads.newest ? static_cast<std::int64_t>(heads.newest->checkpoint.size) : 0;
  if (heads.newest && known > backup.leaves)
    return Said{"restore.error.older"_t,
                {{"leaves", std::to_string(backup.leaves)},
                 {"signed", std::to_string(known)},
                 {"lost", std::to_string(known - backup.leaves)}}};
  return std::nullopt;
}

// Takes back what was made, unless keep() was said.
class Undo {
 public:
  ~Undo() {
    std::error_code ignored;
    for (const std::string& path : paths_) fs::remove(path, ignored);
    try {
      if (place_) db::drop_making(*place_);
    } catch (const db::Failure&) {
      // It is taken away by the next attempt.
    }
  }
  Undo() = default;
  Undo(const Undo&) = delete;
  Undo& operator=(const Undo&) = delete;
  void will_make(const std::string& path) {
    if (!fs::exists(path)) paths_.push_back(path);
  }
  void will_fill(const db::Options& place) { place_ = place; }
  void keep() {
    paths_.clear();
    place_.reset();
  }

 private:
  std::vector<std::string> paths_;
  std::optional<db::Options> place_;
};

// Why nothing can be put there; null when it can.
std::optional<Said> taken(const RestoreWish& wish, const db::Options& place) {
  if (!wish.url.empty()) {
    if (!db::has_schema(place)) return std::nullopt;
    return Said{"restore.error.schema_there"_t, {{"schema", wish.schema}}};
  }
  // A write-ahead log left from another database would be played into the restored one.
  for (const char* name : {"", "-wal", "-shm", "-journal"})
    if (fs::exists(place.path + name))
      return Said{"restore.error.not_empty"_t, {{"folder", wish.data}}};
  return std::nullopt;
}

// The rows; on a server aside, in a schema that nobody serves from.
void put_rows(const RestoreWish& wish, const std::string& source, const db::Options& place) {
  const db::Progress told = [&](std::uint64_t done, std::uint64_t all) {
    if (wish.told)
      wish.told(BackupStage::copying, static_cast<double>(done) / static_cast<double>(all));
  };
  if (wish.url.empty()) return db::copy_database({.path = source}, place.path, told);
  db::drop_making(place);  // What an attempt that broke off has left.
  db::Options aside = place;
  aside.schema = db::making_of(place.schema);
  db::fill_schema(source, aside, told);
}

// Begins a log under a new name over the rows that were put there; refuses a head that the old log
// has not signed. Gives the new log's public key.
Result<std::string> begin_under(const std::string& origin,
                                const CityOptions& where,
                                const std::optional<ledger::FoundHead>& newest) {
  const Instant now = where.clock();
  // Opening it runs the migrations: the backup may be of an older program.
  db::Database database(database_options(where.folder, where.url, where.schema, now));
  const auto note = newest ? std::optional(newest->note) : std::nullopt;
  TRY(const ledger::OriginFact fact,
      database.read([&](db::Read& read) { return ledger::origin_after(read, note, now); }));
  SystemRandom random;
  const auto signer = ledger::make_key(where.folder + "/ledger.key", origin, random);
  ledger::begin_over(database, signer, fact);
  return signer.verifier().text();
}

}  // namespace

Restored restore(const RestoreWish& wish) {
  const db::Options place = database_options(wish.data, wish.url, wish.schema, wish.clock());
  if (auto refusal = taken(wish, place)) return *std::move(refusal);
  const std::string source = newest_of(wish.from);
  const Backup backup = check_backup(source, wish.told);
  const auto log = db::Archive(source).read([](db::Read& read) { return ledger::find_log(read); });
  const Heads heads = heads_of(wish, log);
  if (auto refusal = refusal_of(wish, backup, heads, log)) return *std::move(refusal);

  fs::create_directories(wish.data);
  fs::permissions(wish.data, fs::perms::owner_all);
  Undo undo;
  for (const char* name : {"/langnghe.db", "/langnghe.db-wal", "/langnghe.db-shm", "/ledger.key",
                           "/head", "/second", "/langnghe.db.part"})
    undo.will_make(wish.data + name);
  const std::string second = second_place(wish.data, wish.second);
  undo.will_make(second);
  if (wish.key) {
    const auto key = file::read_file(*wish.key, key_size_max);
    file::write_file_durably(wish.data + "/ledger.key", key.value_or(""));
  }
  // From here on the folder knows what was signed, and no other backup gets past it.
  if (heads.newest && !wish.new_origin) ledger::SecondFile(second).write(heads.newest->note);
  const bool is_on_server = !wish.url.empty();
  if (is_on_server) undo.will_fill(place);
  put_rows(wish, source, place);
  SystemRandom random;
  CityOptions options{.folder = wish.data,
                      .url = wish.url,
                      .second = wish.second,
                      .schema = is_on_server ? db::making_of(wish.schema) : wish.schema,
                      .clock = wish.clock};
  if (log) options.origin = log->origin;
  RestoredCity made{.backup = backup};
  if (wish.new_origin) {
    auto begun = begin_under(*wish.new_origin, options, heads.newest);
    if (!begun.ok()) return Said{begun.error().text, {}};
    made.vkey = std::move(begun).value();
    made.old_origin = log->origin;
    if (heads.newest)
      made.lost = std::max<std::int64_t>(
          static_cast<std::int64_t>(heads.newest->checkpoint.size) - backup.leaves, 0);
    options.origin = *wish.new_origin;
  }
  {
    // Opening runs the migrations and compares head, key and second file, as serve would.
    City city(options, random);
    const auto faults = city.database().read(ledger::verify_all);
    if (!faults.empty())
      throw db::Failure("the ledger does not fit itself: " + faults.front().what,
                        db::Failure::Kind::corrupt);
    feedback::index_anew_if_empty(city.database());
    consultation::search_anew_if_empty(city.database());
  }
  if (is_on_server) db::bring_up_making(place);
  undo.keep();
  return made;
}

}  // namespace ln::app
