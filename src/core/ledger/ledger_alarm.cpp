#include "core/ledger/ledger_alarm.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <string_view>

namespace ln::ledger {
namespace {

struct Alarms {
  std::mutex mutex;
  // guarded by mutex, as are the next two
  std::vector<Difference> differences;
  std::vector<Fault> stop;
  std::set<std::string> witnesses;
};
Alarms& alarms() {
  static Alarms only;
  return only;
}

// The first whose words stand in the fault counts. What stands in quotes is what ledger_verify,
// ledger_verify_desk and the rooms' own checks say.
struct FaultWord {
  std::string_view part;
  TextKey name;
};
constexpr FaultWord fault_words[] = {
    {"the counts of draft", "ledger.fault.counts"_t},
    {"in the second file has another root", "ledger.fault.second"_t},
    {"older than the second file", "ledger.fault.older"_t},
    {"a head was published", "ledger.fault.head"_t},
    {"a smaller head", "ledger.fault.head"_t},
    {"the head of", "ledger.fault.head"_t},
    {"newest head", "ledger.fault.head"_t},
    {"signed head", "ledger.fault.head"_t},
    {"last head", "ledger.fault.head"_t},
    {"crown", "ledger.fault.crown"_t},
    {"does not open to the entry", "ledger.fault.opens"_t},
    {"has not signed it", "ledger.fault.unsigned"_t},
    {"was never erased", "ledger.fault.erased"_t},
    {"was erased", "ledger.fault.erased"_t},
    {"an office erased", "ledger.fault.erased"_t},
    {"dummy", "ledger.fault.dummy"_t},
    {"leaf before it is missing", "ledger.fault.missing"_t},
    {"a leaf is missing", "ledger.fault.missing"_t},
    {"without a leaf", "ledger.fault.missing"_t},
    {"a leaf without an entry", "ledger.fault.missing"_t},
    {"missing before it", "ledger.fault.chain"_t},
    {"follows another leaf", "ledger.fault.chain"_t},
    {"public fact", "ledger.fault.fact"_t},
    {"begins at another place", "ledger.fault.fact"_t},
    {"payload", "ledger.fault.form"_t},
    {"no known form", "ledger.fault.form"_t},
    {"an unknown word", "ledger.fault.form"_t},
    {"could not be read", "ledger.fault.unread"_t},
    {"is not there any more", "ledger.fault.gone"_t},
    {"are gone", "ledger.fault.gone"_t},
    {"went without", "ledger.fault.gone"_t},
    {"never told", "ledger.fault.untold"_t},
    {"without a line", "ledger.fault.untold"_t},
    {"knows nothing of", "ledger.fault.untold"_t},
};

struct RoomWord {
  std::string_view room;
  TextKey name;
};
constexpr RoomWord room_words[] = {
    {"insight", "ledger.room.insight"_t},         {"feedback", "ledger.room.feedback"_t},
    {"dialogue", "ledger.room.dialogue"_t},       {"commitment", "ledger.room.commitment"_t},
    {"ballot", "ledger.room.ballot"_t},           {"disclosure", "ledger.room.disclosure"_t},
    {"reception", "ledger.room.reception"_t},     {"consultation", "ledger.room.consultation"_t},
    {"supervision", "ledger.room.supervision"_t}, {"project", "ledger.room.project"_t},
    {"emulation", "ledger.room.emulation"_t},     {"survey", "ledger.room.survey"_t},
};

}  // namespace

void set_differences(std::vector<Difference> found) {
  const std::scoped_lock lock(alarms().mutex);
  alarms().differences = std::move(found);
}

std::vector<Difference> differences() {
  const std::scoped_lock lock(alarms().mutex);
  return alarms().differences;
}

std::size_t difference_count() {
  const std::scoped_lock lock(alarms().mutex);
  return alarms().differences.size();
}

void set_stop_faults(std::vector<Fault> found) {
  const std::scoped_lock lock(alarms().mutex);
  alarms().stop = std::move(found);
}

std::vector<Fault> stop_faults() {
  const std::scoped_lock lock(alarms().mutex);
  return alarms().stop;
}

void set_other_history(const std::string& witness, bool sees) {
  const std::scoped_lock lock(alarms().mutex);
  if (sees)
    alarms().witnesses.insert(witness);
  else
    alarms().witnesses.erase(witness);
}

std::vector<std::string> other_histories() {
  const std::scoped_lock lock(alarms().mutex);
  return {alarms().witnesses.begin(), alarms().witnesses.end()};
}

TextKey name_of(const Fault& fault) {
  const std::string_view what = fault.what;
  for (const FaultWord& each : fault_words)
    if (what.find(each.part) != std::string_view::npos) return each.name;
  // Of what a room has too many of to name each.
  return what.ends_with(" more") ? "ledger.fault.more"_t : "ledger.fault.changed"_t;
}

TextKey room_name(std::string_view room) {
  const auto* const found = std::ranges::find(room_words, room, &RoomWord::room);
  return found == std::end(room_words) ? "ledger.title"_t : found->name;
}

}  // namespace ln::ledger
