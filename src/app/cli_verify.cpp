// langnghe verify: an installation (--data DIR), or a receipt that anybody holds, without a
// network.
#include <unistd.h>

#include <algorithm>
#include <future>
#include <iostream>
#include <string>
#include <thread>

#include "app/cli.h"
#include "app/cli_console.h"
#include "app/cli_verify.h"
#include "app/clock.h"
#include "app/commands.h"
#include "app/crew.h"
#include "app/database.h"
#include "app/policy.h"
#include "base/log.h"
#include "base/text.h"
#include "core/ledger/ledger_files.h"
#include "core/ledger/ledger_opening.h"
#include "core/ledger/ledger_origin.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "feature/insight/insight_jobs_daily.h"
#include "platform/db/schemas.h"

namespace ln::app {
namespace {

constexpr int exit_unsigned = 3;  // the proof holds, but nobody said whose signature to believe

void draw_share(std::int64_t done, std::int64_t all) {
  if (all > 0) draw_bar("", static_cast<double>(done) / static_cast<double>(all));
}

// The second file of a city, when it has one. Read before the database, which may be growing.
std::optional<merkle::Checkpoint> second_in(const std::string& folder, const std::string& vkey) {
  const auto log = merkle::Verifier::parse(vkey);
  if (!log || ::access((folder + "/head").c_str(), F_OK) != 0) return std::nullopt;
  return ledger::SecondFile(folder + "/head").last(*log);
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

void require_city(const std::string& folder, const db::Options& place) {
  const bool is_file = place.url.empty();
  if (is_file ? ::access(place.path.c_str(), R_OK) != 0 : !db::has_schema(place))
    throw Misuse{{"cli.error.no_city"_t, {{"folder", is_file ? folder : place.schema}}}};
}

int verify_city(const std::string& folder, const db::Options& place, Console& console) {
  const i18n::Voice& voice = console.voice;
  require_city(folder, place);
  db::Database database(place);
  const auto log = database.read([](db::Read& read) { return ledger::find_log(read); });
  // What was told of the days is counted again, at the same time.
  std::packaged_task<std::vector<ledger::Fault>()> count_days(
      [&] { return database.read(insight::check_days); });
  auto days = count_days.get_future();
  Crew crew(std::max(1U, std::thread::hardware_concurrency() - 1));
  crew.give([&] { count_days(); });
  ledger::AuditOptions options{.second = second_in(folder, log ? log->vkey : "")};
  options.beside = [&](std::function<void()> task) { crew.give(std::move(task)); };
  if (is_watched()) options.progress = draw_share;
  ledger::Audit audit = database.read([&](db::Read& read) { return ledger::audit(read, options); });
  for (ledger::Fault& fault : days.get())
    audit.faults.push_back(std::move(fault));
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
    console.out << "  " << (fault.id == 0 ? std::string() : std::to_string(fault.id) + ": ")
                << fault.what << '\n';
  console.out << voice(audit.faults.empty() ? "verify.city.good"_t : "verify.city.bad"_t) << '\n';
  return audit.faults.empty() ? exit_done : exit_refused;
}

void tell(Console& console, const ledger::Examined& examined, std::uint64_t index) {
  const i18n::Voice& voice = console.voice;
  const auto in_payload = [&](std::string_view name) {
    return std::string(ledger::text_in(examined.opening.payload, name).value_or("?"));
  };
  console.out << voice("verify.receipt.line"_t,
                       {{"event", in_payload("k")},
                        {"at", in_payload("t")},
                        {"line", voice.number(static_cast<std::int64_t>(index))},
                        {"log", examined.head.origin},
                        {"size", voice.number(static_cast<std::int64_t>(examined.head.size))}})
              << '\n';
  if (!examined.verdict) return;
  for (const merkle::Witnessed& witness : examined.verdict->witnesses)
    console.out << voice("verify.receipt.witness"_t, {{"name", witness.name}}) << '\n';
}

// What stands in the file without being part of any line, so that nobody takes it for proved.
void tell_stated(Console& console, const ledger::Examined& first, bool is_alone, bool has_text) {
  const i18n::Voice& voice = console.voice;
  if (is_alone && ledger::text_in(first.opening.payload, "sig"))
    console.out << voice("verify.receipt.act_alone"_t) << '\n';
  console.out << voice(has_text ? "verify.receipt.stated_code"_t : "verify.receipt.stated"_t,
                       {{"code", first.opening.code}})
              << '\n';
}

int verify_receipts(const std::string& path, const Arguments& given, Console& console) {
  const i18n::Voice& voice = console.voice;
  const auto receipts = receipts_of(read_needed(path));
  if (!receipts) return refuse(console, {ErrorKind::invalid, "verify.receipt.malformed"_t});
  const auto policy = policy_in(given);
  const merkle::Policy* believed = policy ? &*policy : nullptr;
  std::vector<ledger::Examined> all;
  if (receipts->size() == 1) {
    auto one = ledger::examine(receipts->front(), believed);
    if (!one.ok()) return refuse(console, one.error());
    all.push_back(std::move(one).value());
  } else {
    auto many = ledger::examine_case(*receipts, believed);
    if (!many.ok()) return refuse(console, many.error());
    all = std::move(many).value();
  }
  for (std::size_t i = 0; i < all.size(); ++i) tell(console, all[i], (*receipts)[i].index);
  if (const auto text = given.find("text")) {
    if (!ledger::is_text_of(all.front().opening, trimmed(read_needed(*text))))
      return refuse(console, {ErrorKind::invalid, "verify.receipt.other_text"_t});
    console.out << voice("verify.receipt.same_text"_t) << '\n';
  }
  tell_stated(console, all.front(), all.size() == 1, given.find("text").has_value());
  console.out << voice(policy ? "verify.receipt.good"_t : "verify.receipt.unsigned"_t) << '\n';
  return policy ? exit_done : exit_unsigned;
}

}  // namespace

int cli_verify(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("verify"));
  log::set_least(log::Level::error);
  Console console = standard_console();
  if (given.find("late")) {
    given.expect_words(0);
    return verify_lateness(given, console);
  }
  const auto folder = given.find("data");
  given.expect_words(folder && given.count() == 0 ? 0 : 1);
  if (given.count() == 0) return verify_city(*folder, place_of(given, now()), console);
  const auto promise = ledger::Promise::parse(read_needed(given.at(0)));
  if (!folder && !promise) return verify_receipts(given.at(0), given, console);
  if (!promise) return refuse(console, {ErrorKind::invalid, "verify.promise.malformed"_t});
  if (!folder) return verify_promise(*promise, given, nullptr, console);
  const db::Options place = place_of(given, now());
  require_city(*folder, place);
  return verify_promise(*promise, given, &place, console);
}

}  // namespace ln::app
