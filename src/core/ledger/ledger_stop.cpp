#include "core/ledger/ledger_stop.h"

#include <atomic>
#include <mutex>

#include "base/log.h"

namespace ln::ledger {
namespace {

struct Brake {
  std::atomic<bool> is_on{false};
  std::mutex mutex;
  std::string why;  // guarded by mutex
};
Brake& brake() {
  static Brake only;
  return only;
}

}  // namespace

void stop_writing(const std::string& why) {
  Brake& it = brake();
  {
    const std::scoped_lock lock(it.mutex);
    if (it.why.empty()) it.why = why;
  }
  it.is_on = true;
  log::write(log::Level::error, "ledger_stopped", {{"why", why}});
}

std::string stopped_because() {
  if (!brake().is_on) return "";
  const std::scoped_lock lock(brake().mutex);
  return brake().why;
}

Result<Done> may_write() {
  if (brake().is_on) return Error{ErrorKind::unavailable, "ledger.error.stopped"_t};
  return Done{};
}

void resume_writing() {
  const std::scoped_lock lock(brake().mutex);
  brake().why.clear();
  brake().is_on = false;
}

}  // namespace ln::ledger
