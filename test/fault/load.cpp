#include "test/fault/load.h"

#include <doctest/doctest.h>

#include <chrono>

#include "app/city.h"
#include "app/clock.h"
#include "base/text.h"
#include "core/ledger/ledger_promise.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_waiting.h"
#include "core/ledger/ledger_verify.h"
#include "feature/feedback/feedback_store.h"
#include "platform/json/json.h"
#include "test/wire.h"
#include "test/world.h"

namespace ln::test {
namespace {

constexpr int senders = 8;

// Every third case is protected, and is told a promise.
std::string text_of(const std::string& key) {
  const bool is_protected = (key.back() - '0') % 3 == 1;
  return R"({"about":"place","body":"Đèn đường hỏng, )" + key + R"(","protected":)" +
         (is_protected ? "true}" : "false}");
}

// What was told, without the receipt of a protected case: within the hour its batch may join.
std::string lasting(const std::string& body) {
  const std::size_t receipt = body.find(R"(,"receipt":)");
  return body.find(R"("promise":)") == std::string::npos ? body : body.substr(0, receipt);
}

// What is wrong with a promise; empty when nothing.
std::string broken(db::Read& read,
                   const ledger::Subject& subject,
                   const json::Value& receipt,
                   const merkle::Verifier& log) {
  const auto promise = ledger::Promise::parse(receipt.text("promise").value_or(""));
  if (!promise || !ledger::is_signed_by(*promise, log)) return "no promise";
  const auto leaf = from_base64(receipt.text("leaf").value_or(""));
  if (!leaf || merkle::hash_leaf(as_bytes(*leaf)) != promise->leaf_hash) return "another promise";
  const auto entry = ledger::first_entry_of(read, subject);
  if (!entry) return "it neither waits nor has it joined";
  if (!entry->before)
    return ledger::leaf_at(read, entry->index()) == *leaf ? "" : "another leaf has joined";
  const auto waiting = ledger::waiting_of(read, subject);
  return as_text(waiting.at(0).leaf) == *leaf ? "" : "another leaf waits";
}

// What is wrong with one receipt; empty when nothing.
std::string fault_of(db::Read& read,
                     const std::string& key,
                     const std::string& body,
                     const merkle::Verifier& log) {
  const auto answer = json::parse(body, {.size_max = 65'536, .form = json::Form::as_sent});
  if (!answer.ok()) return "no JSON: " + body;
  const json::Value root = answer.value().root(), receipt = root.find("receipt");
  const auto code = feedback::Code::parse(root.text("code").value_or(""));
  const auto found = code ? feedback::find(read, *code) : std::nullopt;
  if (!found || found->body.find(key) == std::string::npos) return key + " is lost";
  if (found->is_protected) {
    const std::string fault = broken(read, {"feedback", found->id.value}, receipt, log);
    return fault.empty() ? "" : key + ": " + fault;
  }
  const std::int64_t index = receipt.integer("index").value_or(-1);
  const auto leaf = ledger::leaf_at(read, index);
  if (!leaf || to_base64(as_bytes(*leaf)) != receipt.text("leaf")) return key + ": another leaf";
  const auto entry = ledger::entry_at(read, index);
  const ledger::Subject subject{"feedback", found->id.value};
  if (!entry || entry->subject != subject) return key + ": another entry";
  const auto secret = ledger::CitizenKey::from_secret(root.text("secret").value_or(""));
  if (ledger::citizen_key_of(read, subject) != secret.public_key()) return key + ": another secret";
  const auto head =
      merkle::open_checkpoint(std::string(receipt.text("checkpoint").value_or("")), log);
  if (!head || static_cast<std::int64_t>(head->size) <= index) return key + ": no checkpoint";
  const auto kept = ledger::first_head_over(read, index);
  if (!kept || kept->root != head->root) return key + ": a checkpoint of another history";
  return "";
}

}  // namespace

Load::Load(std::uint16_t port, int round, Patience patience) : port_(port), patience_(patience) {
  for (int i = 0; i < senders; ++i) threads_.emplace_back([this, i, round] { send(i, round); });
}

Load::~Load() {
  stop();
  join();
}

void Load::wait_for(std::size_t limit) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return round_.told.size() >= limit || gone_ == senders; });
}

std::size_t Load::told() {
  const std::scoped_lock lock(mutex_);
  return round_.told.size();
}

void Load::stop() {
  const std::scoped_lock lock(mutex_);
  stopping_ = true;
}

Round Load::join() {
  for (std::thread& thread : threads_)
    if (thread.joinable()) thread.join();
  return round_;
}

bool Load::take(const std::string& key, const std::string* answer) {
  const int status = answer == nullptr ? 0 : status_in(*answer);
  const std::scoped_lock lock(mutex_);
  if (status == 201) {
    round_.told[key] = body_of(*answer);
    round_.unknown.erase(key);
    changed_.notify_one();
    return false;
  }
  ++refused_[status];
  round_.unknown.insert(key);
  return patience_ == Patience::endless;
}

void Load::send(int sender, int round) {
  constexpr std::chrono::milliseconds breath{2};  // before the same is asked again
  const auto goes_on = [this] {
    const std::scoped_lock lock(mutex_);
    return !stopping_;
  };
  for (int n = 0; goes_on(); ++n) {
    const std::string key = "round-" + std::to_string(round) + "-sender-" + std::to_string(sender) +
                            "-case-" + std::to_string(n);
    for (;;) {
      const auto answer = try_ask(port_, submission(key, text_of(key)));
      if (!take(key, answer ? &*answer : nullptr)) break;
      std::this_thread::sleep_for(breath);
    }
    const std::scoped_lock lock(mutex_);
    if (!round_.unknown.contains(key)) continue;
    break;
  }
  const std::scoped_lock lock(mutex_);
  ++gone_;
  changed_.notify_one();
}

void ask_again(std::uint16_t port, Round& round) {
  std::size_t same = 0;
  for (const auto& [key, body] : round.told) {
    const auto again = try_ask(port, submission(key, text_of(key)));
    same += again && status_in(*again) == 201 && lasting(body_of(*again)).starts_with(lasting(body))
                ? 1
                : 0;
  }
  CHECK(same == round.told.size());
  for (const std::string& key : round.unknown) {
    const auto answer = try_ask(port, submission(key, text_of(key)));
    REQUIRE((answer && status_in(*answer) == 201));
    round.told[key] = body_of(*answer);
  }
  round.unknown.clear();
}

void look_into(const Place& place, const Round& all, bool is_settled) {
  SystemRandom random;
  app::City city(
      {.folder = place.folder, .url = place.url, .schema = place.schema, .clock = app::now},
      random);
  city.database().read([&](db::Read& read) {
    for (const ledger::Fault& fault : ledger::verify_all(read)) FAIL_CHECK(fault.what);
    std::string wrong;
    for (const auto& [key, body] : all.told) {
      const std::string fault = fault_of(read, key, body, city.sealer().verifier());
      if (!fault.empty()) wrong += fault + "\n";
    }
    CHECK(wrong == "");
    const auto count = [](const db::Row& row) { return row.integer(0); };
    const std::int64_t cases = read.one("SELECT count(*) FROM feedback", count).value_or(0);
    const std::int64_t received =
        read.one(
                "SELECT count(*) - (SELECT count(*) FROM ledger_secret WHERE is_dummy = 1) + "
                "(SELECT count(*) FROM ledger_waiting WHERE event = 'received') "
                "FROM ledger_entry WHERE event = 'received' AND subject_kind = 'feedback'",
                count)
            .value_or(0);
    CHECK(cases == received);
    const auto told = static_cast<std::int64_t>(all.told.size());
    CHECK(cases >= told);
    if (is_settled) CHECK(cases == told);
  });
}

}  // namespace ln::test
