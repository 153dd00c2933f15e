// langnghe verify --data: everything an installation says, compared with itself.
#include <unistd.h>

#include <algorithm>
#include <future>
#include <string>
#include <thread>

#include "app/cli_verify.h"
#include "app/commands.h"
#include "app/crew.h"
#include "app/second_place.h"
#include "app/told_check.h"
#include "core/ledger/ledger_alarm.h"
#include "core/ledger/ledger_files.h"
#include "core/ledger/ledger_origin.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "platform/db/schemas.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

void draw_share(std::int64_t done, std::int64_t all) {
  if (all > 0) draw_bar("", static_cast<double>(done) / static_cast<double>(all));
}

// The second file of a city, when it has one. Read before the database, which may be growing.
std::optional<merkle::Checkpoint> second_in(const std::string& place, const std::string& vkey) {
  const auto log = merkle::Verifier::parse(vkey);
  constexpr std::size_t second_size_max = 8 * 1024;
  const auto bytes = log ? file::read_file(place, second_size_max) : std::nullopt;
  if (!bytes || bytes->find_first_not_of('\0') == std::string::npos) return std::nullopt;
  auto head = ledger::head_in(*bytes, *log);
  if (!head)
    throw db::Failure("the ledger's second file " + place +
                      " holds no head that this log has signed");
  return std::move(head)->checkpoint;
}

// In the reader's words, and then exactly as it was found.
std::string told_fault(const i18n::Voice& voice, const ledger::Fault& fault) {
  const std::string line = fault.id == 0 ? std::string() : std::to_string(fault.id) + ": ";
  if (voice.language() == i18n::Language::en) return line + fault.what;
  return line + std::string(voice(ledger::name_of(fault))) + " [" + fault.what + "]";
}

// Where another log ends and this one begins.
void tell_former(Console& console, const ledger::Former& before) {
  const i18n::Voice& voice = console.voice;
  const auto signed_ = static_cast<std::int64_t>(before.last.size);
  console.out << voice("verify.city.former"_t,
                       {{"old", before.key.name},
                        {"kept", voice.number(before.kept)},
                        {"size", voice.number(signed_)},
                        {"lost", voice.number(std::max<std::int64_t>(signed_ - before.kept, 0))},
                        {"key", before.key.text()}})
              << '\n';
}

}  // namespace

void require_city(const std::string& folder, const db::Options& place) {
  const bool is_file = place.url.empty();
  if (is_file ? ::access(place.path.c_str(), R_OK) != 0 : !db::has_schema(place))
    throw Misuse{{"cli.error.no_city"_t, {{"folder", is_file ? folder : place.schema}}}};
}

int verify_city(const std::string& folder,
                const db::Options& place,
                const std::string& second,
                Console& console) {
  const i18n::Voice& voice = console.voice;
  require_city(folder, place);
  db::Database database(place);
  const auto log = database.read([](db::Read& read) { return ledger::find_log(read); });
  // What stands beside the ledger is compared with it at the same time.
  std::packaged_task<std::vector<ledger::Fault>()> compare(
      [&] { return database.read(check_told); });
  auto told = compare.get_future();
  Crew crew(std::max(1U, std::thread::hardware_concurrency() - 1));
  crew.give([&] { compare(); });
  ledger::AuditOptions options{.second =
                                   second_in(second_place(folder, second), log ? log->vkey : "")};
  options.beside = [&](std::function<void()> task) { crew.give(std::move(task)); };
  if (is_watched()) options.progress = draw_share;
  ledger::Audit audit = database.read([&](db::Read& read) { return ledger::audit(read, options); });
  for (ledger::Fault& fault : told.get()) audit.faults.push_back(std::move(fault));
  console.out << voice("verify.city.looked"_t, {{"lines", voice.number(audit.leaves)},
                                                {"heads", voice.number(audit.heads)},
                                                {"erased", voice.number(audit.erased)}})
              << '\n';
  if (audit.facts > 0)
    console.out << voice("verify.city.facts"_t, {{"count", voice.number(audit.facts)}}) << '\n';
  for (const ledger::Former& before : database.read(ledger::former_logs))
    tell_former(console, before);
  if (audit.replayed > 0)
    console.out << voice("verify.city.replayed"_t, {{"count", voice.number(audit.replayed)}})
                << '\n';
  if (audit.dummies + audit.waiting > 0)
    console.out << voice("verify.city.batches"_t, {{"dummies", voice.number(audit.dummies)},
                                                   {"waiting", voice.number(audit.waiting)}})
                << '\n';
  for (const ledger::Fault& fault : audit.faults)
    console.out << "  " << told_fault(voice, fault) << '\n';
  console.out << voice(audit.faults.empty() ? "verify.city.good"_t : "verify.city.bad"_t) << '\n';
  return audit.faults.empty() ? exit_done : exit_refused;
}

}  // namespace ln::app
