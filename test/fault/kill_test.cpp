// kill -9 at any moment, under load, again and again: what was acknowledged is there, once.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "app/city.h"
#include "app/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "feature/feedback/feedback_store.h"
#include "platform/json/json.h"
#include "test/fault/served.h"
#include "test/folder.h"
#include "test/wire.h"
#include "test/world.h"

namespace ln::test {
namespace {

constexpr int senders = 8;

std::string text_of(const std::string& key) {
  return R"({"about":"place","body":"Đèn đường hỏng, )" + key + R"("})";
}

// What became of the cases that were sent in one life of the server.
struct Round {
  std::map<std::string, std::string> told;  // by key: the body of the 201
  std::set<std::string> unknown;            // keys whose answer never came
};

// Many send at once until the server is gone; it is killed after `limit` were acknowledged.
class Load {
 public:
  Load(std::uint16_t port, int round) : port_(port) {
    for (int i = 0; i < senders; ++i) threads_.emplace_back([this, i, round] { send(i, round); });
  }
  ~Load() { join(); }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  void wait_for(std::size_t limit) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return round_.told.size() >= limit || gone_ == senders; });
  }
  Round join() {
    for (std::thread& thread : threads_)
      if (thread.joinable()) thread.join();
    return round_;
  }

 private:
  // Stops at the first answer that does not come, or is another than it should be.
  void send(int sender, int round) {
    for (int n = 0;; ++n) {
      const std::string key = "round-" + std::to_string(round) + "-sender-" +
                              std::to_string(sender) + "-case-" + std::to_string(n);
      const auto answer = try_ask(port_, submission(key, text_of(key)));
      const std::scoped_lock lock(mutex_);
      const bool is_told = answer && status_in(*answer) == 201;
      if (is_told)
        round_.told[key] = body_of(*answer);
      else
        round_.unknown.insert(key);
      gone_ += is_told ? 0 : 1;
      changed_.notify_one();
      if (!is_told) return;
    }
  }

  std::uint16_t port_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Round round_;
  int gone_ = 0;
  std::vector<std::thread> threads_;
};

// Whoever asks again with the same key gets the same case; who never heard gets one now.
void ask_again(std::uint16_t port, Round& round) {
  std::size_t same = 0;
  for (const auto& [key, body] : round.told) {
    const auto again = try_ask(port, submission(key, text_of(key)));
    same += again && status_in(*again) == 201 && body_of(*again) == body ? 1 : 0;
  }
  CHECK(same == round.told.size());
  for (const std::string& key : round.unknown) {
    const auto answer = try_ask(port, submission(key, text_of(key)));
    REQUIRE((answer && status_in(*answer) == 201));
    round.told[key] = body_of(*answer);
  }
  round.unknown.clear();
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

// Opens the folder as the next server would, and compares it with everything that was told.
void look_into(const std::string& folder, const Round& all, bool is_settled) {
  SystemRandom random;
  app::City city({.folder = folder, .clock = app::now}, random);
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
        read.one("SELECT count(*) FROM ledger_entry WHERE event = 'received'", count).value_or(0);
    CHECK(cases == received);
    const auto told = static_cast<std::int64_t>(all.told.size());
    CHECK(cases >= told);
    if (is_settled) CHECK(cases == told);
  });
}

void add_to(Round& all, const Round& round) {
  all.told.insert(round.told.begin(), round.told.end());
}

// Killed somewhere on its way up.
void kill_while_starting(const std::string& folder, Random& random) {
  Served served({.folder = folder});
  std::this_thread::sleep_for(std::chrono::microseconds(random.below(40'000)));
  served.kill();
}

}  // namespace

TEST_CASE("kill -9 under load loses nothing that was acknowledged and doubles nothing") {
  log::set_least(log::Level::error);
  const int rounds = std::getenv("LN_LONG") != nullptr ? 200 : 20;
  const Folder place;
  const std::string folder = (place.path / "data").string();
  SeededRandom random(20261124);
  for (int i = 0; i < 5; ++i) kill_while_starting(folder, random);
  make_city(folder);
  Round all, last;
  for (int round = 0; round < rounds; ++round) {
    kill_while_starting(folder, random);
    Served served({.folder = folder});
    const bool serves = served.serves();
    INFO(served.log());
    REQUIRE(serves);
    ask_again(served.port(), last);
    add_to(all, last);
    Load load(served.port(), round);
    load.wait_for(1 + random.below(100));
    served.kill();
    last = load.join();
    CHECK(!last.told.empty());
    if (round % 5 == 4) {
      Round so_far = all;
      add_to(so_far, last);
      look_into(folder, so_far, false);
    }
  }
  Served served({.folder = folder});
  REQUIRE(served.serves());
  ask_again(served.port(), last);
  add_to(all, last);
  CHECK(served.stop() == 0);
  look_into(folder, all, true);
  CHECK(all.told.size() >= static_cast<std::size_t>(rounds));
  MESSAGE("cases: ", all.told.size());
}

}  // namespace ln::test
