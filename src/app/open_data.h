// Open data as files: a folder for each night, whole or not there at all.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "app/city.h"
#include "core/ledger/ledger.h"
#include "feature/insight/insight_jobs_open.h"

namespace ln::app {

// Nights that stay within reach; what is older is deleted.
inline constexpr std::size_t nights_kept = 14;

// Writes the open data of `night` into the new folder `folder`; gives the SHA-256 of its manifest.
// Everything is written under another name beside it, which becomes `folder` when the last byte is
// on the disk; what an attempt that was ended left there is taken away first. A file with the same
// bytes as in `before` (the night before; may be missing) is the same file. Throws file::Failure,
// also when `folder` is there already, and db::Failure.
ledger::Hash make_open_night(db::Database& database,
                             const insight::Night& night,
                             const std::string& folder,
                             const std::optional<std::string>& before);

// The last night that is over at `now`, once its week was told. Writes to the database.
insight::Night night_at(db::Database& database, Instant now);

// One look of the nightly job: from two o'clock on it makes the night that is missing in
// `folder` (DATA/open), deletes what is too old, and says the hash of the newest manifest in the
// log, once for each night. Whether there was anything to do. A night that the log tells of is not
// made again, as its rows would be those of another minute; and a folder that is not the one the
// log tells of (another node was first) is deleted, so that what is served is what stands in the
// log.
bool keep_open_nights(db::Database& database, const std::string& folder, Instant now);

// Looks once a minute, in a thread of its own: a large city takes minutes to write.
class OpenNights {
 public:
  explicit OpenNights(City& city);
  ~OpenNights();  // Waits for a night that is being written.
  OpenNights(const OpenNights&) = delete;
  OpenNights& operator=(const OpenNights&) = delete;

  // Where the nights of a city lie.
  static std::string folder_of(const std::string& data);

 private:
  void loop(const std::stop_token& stop);

  City& city_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;  // last: starts when everything above is there
};

}  // namespace ln::app
