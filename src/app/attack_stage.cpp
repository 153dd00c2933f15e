#include "app/attack_stage.h"

#include <array>
#include <filesystem>

#include "app/arguments.h"
#include "app/sample.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_store_tree.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_store.h"
#include "platform/db/db_forge.h"

namespace ln::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t own_cases = 24;
// Salts and case keys of the copies come from here: they are thrown away with the copies.
constexpr std::uint64_t stage_seed = 7;

// What a city is made of, without the lock and the backups' notes. The log beside the database is
// there when the last program on it was killed.
constexpr std::array city_files = {"langnghe.db", "langnghe.db-wal", "ledger.key", "head"};

void copy_city(const std::string& from, const std::string& to) {
  fs::create_directories(to);
  for (const char* name : city_files)
    if (fs::exists(fs::path(from) / name))
      fs::copy_file(fs::path(from) / name, fs::path(to) / name);
}

void bring_city(const AttackWish& wish, const std::string& folder) {
  if (wish.data.empty()) {
    make_sample({.folder = folder, .case_count = own_cases, .seed = wish.seed, .now = wish.now});
    return;
  }
  if (!fs::exists(fs::path(wish.data) / "langnghe.db"))
    throw Misuse{{"cli.error.no_city"_t, {{"folder", wish.data}}}};
  // The copies hold the key of the log, and forge with it: never a real one.
  if (!fs::exists(fs::path(wish.data) / "sample"))
    throw Misuse{{"attack.error.real_city"_t, {{"folder", wish.data}}}};
  copy_city(wish.data, folder);
}

}  // namespace

Stage::Stage(const AttackWish& wish)
    : clock(wish.now),
      random(wish.seed + stage_seed),
      body_("Nước yếu từ hôm qua, tầng ba không có giọt nào.") {
  bring_city(wish, before());
  {
    db::Database database(database_options(before(), "", schema_default, clock));
    const auto log = database.read([](db::Read& read) { return ledger::find_log(read); });
    if (!log) throw db::Failure("there is no ledger in " + before());
    origin_ = log->origin;
    log_ = merkle::Verifier::parse(log->vkey).value();
    policy_ = merkle::Policy::of(log_, "");
  }
  if (!faults_in(before(), clock).empty())
    throw db::Failure(
        "the copy of the city does not fit itself; stop the server on it and try again");
  copy_city(before(), told());
  const auto city = open(told());
  code_ = send(*city, body_);
  keep(*city);
}

void Stage::keep(City& city) {
  city.database().read([&](db::Read& read) {
    const auto code = feedback::Code::parse(code_);
    const auto sent = feedback::find(read, code.value());
    subject_ = {"feedback", sent->id.value};
    due_at_ = sent->due_at;
    receipt_ = ledger::receipts_of(read, subject_, code_).at(0);
    kept_ = ledger::head(read).value();
    return 0;
  });
}

std::string Stage::copy(const std::string& from, const std::string& name) const {
  std::string to = folder_ / name;
  copy_city(from, to);
  file::write_file_durably(to + "/" + db::throw_away_mark, "");
  return to;
}

std::unique_ptr<City> Stage::open(const std::string& folder) {
  return std::make_unique<City>(CityOptions{.folder = folder,
                                            .origin = origin_,
                                            .sync_full = false,
                                            .clock = [this] { return clock; }},
                                random);
}

std::string Stage::send(City& city, const std::string& body) {
  feedback::Typed typed{};
  typed.about = "place";
  typed.kind = "report";
  typed.from = "person";
  typed.body = body;
  const auto prepared = city.database().read(
      [&](db::Read& read) { return feedback::prepare(read, typed, random, clock); });
  if (!prepared.ok()) throw db::Failure("the sample city takes no feedback");
  const auto sent = city.database().write(
      [&](db::Write& write) { return feedback::submit(write, prepared.value(), clock); });
  if (!sent.ok()) throw db::Failure("the sample city takes no feedback");
  return sent.value().feedback.code.text();
}

void Stage::act(City& city, ledger::Event event, Instant at) {
  const ledger::Salts salts = ledger::draw(random);
  const ledger::Entry entry{.event = event, .subject = subject_, .at = at, .due = due_at_};
  const auto done =
      city.database().write([&](db::Write& write) { return ledger::append(write, entry, salts); });
  if (!done.ok()) throw db::Failure("the ledger takes no entry");
}

std::vector<ledger::Fault> faults_in(const std::string& folder, Instant now) {
  db::Database database(database_options(folder, "", schema_default, now));
  return database.read([](db::Read& read) { return ledger::verify_all(read); });
}

bool refuses_to_start(Stage& stage, const std::string& folder) {
  try {
    const auto city = stage.open(folder);
  } catch (const db::Failure&) {
    return true;
  }
  return false;
}

}  // namespace ln::app
