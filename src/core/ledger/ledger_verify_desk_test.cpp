#include "core/ledger/ledger_verify_desk.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include "base/text.h"
#include "test/world.h"

namespace ln::ledger {
namespace {

// Does what it is given on threads of its own.
class Helpers {
 public:
  explicit Helpers(int count) {
    for (int i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
  }
  ~Helpers() {
    {
      const std::scoped_lock lock(mutex_);
      is_ending_ = true;
    }
    arrived_.notify_all();
  }
  void give(std::function<void()> task) {
    {
      const std::scoped_lock lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    arrived_.notify_one();
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      arrived_.wait(lock, [&] { return is_ending_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      const auto task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
      lock.lock();
    }
  }
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> tasks_;
  bool is_ending_ = false;
  std::vector<std::jthread> threads_;  // The last, so that they end before the rest goes.
};

Beside given_to(Helpers& helpers) {
  return [&helpers](std::function<void()> task) { helpers.give(std::move(task)); };
}

// The ids of 9,000 entries that do not fit; `wrong` says which have been changed.
template <class Wrong>
std::vector<std::int64_t> found_by(const Beside& beside, Wrong wrong) {
  const CaseKey key{};
  const merkle::Salt salt{};
  VerifyDesk desk(beside);
  for (std::int64_t id = 1; id <= 9'000; ++id) {
    const std::string payload = R"({"id":)" + std::to_string(id) + "}";
    const Leaf leaf = merkle::make_leaf(merkle::tag_of(key, 0), merkle::commit_to(salt, payload));
    desk.take({.id = id,
               .leaf = as_text(leaf),
               .payload = wrong(id) ? R"({"id":0})" : std::string_view(payload),
               .key = &key,
               .salt = as_text(salt)});
  }
  std::vector<std::int64_t> found;
  for (const Fault& fault : desk.finish()) found.push_back(fault.id);
  return found;
}

}  // namespace

TEST_CASE("no entry is passed over, whoever checks it") {
  Helpers helpers(2);
  // Around the ends of pages, and the first and last of all.
  for (const std::int64_t wrong : {1, 511, 512, 513, 1'024, 8'704, 8'705, 8'999, 9'000}) {
    const auto is_wrong = [&](std::int64_t id) { return id == wrong; };
    CHECK(found_by({}, is_wrong) == std::vector{wrong});
    CHECK(found_by(given_to(helpers), is_wrong) == std::vector{wrong});
  }
  CHECK(found_by(given_to(helpers), [](std::int64_t) { return false; }).empty());
}

TEST_CASE("where nothing fits a hundred faults are told") {
  Helpers helpers(3);
  const auto all = [](std::int64_t) { return true; };
  CHECK(found_by({}, all).size() == 100);
  CHECK(found_by(given_to(helpers), all).size() == 100);
}

TEST_CASE("acts and heads that are not signed are found beside entries that fit") {
  Helpers helpers(2);
  const CitizenKey citizen = CitizenKey::from_secret("23456789ABCDEFGHJKLM");
  for (const Beside& beside : {Beside{}, given_to(helpers)}) {
    VerifyDesk desk(beside);
    Entry entry{.event = Event::rated, .subject = {"feedback", 1}, .at = test::monday};
    const std::string unsigned_payload = payload_of(entry, 1, Hash{}, Salts{});
    entry.citizen = &citizen;
    const std::string payload = payload_of(entry, 1, Hash{}, Salts{});
    const PublicKey other{1};
    desk.take(
        {.id = 1, .payload = payload, .must_be_signed = true, .citizen = &citizen.public_key()});
    desk.take({.id = 2,
               .payload = unsigned_payload,
               .must_be_signed = true,
               .citizen = &citizen.public_key()});
    desk.take({.id = 3, .payload = payload, .must_be_signed = true, .citizen = &other});
    desk.take({.id = 4, .payload = payload, .must_be_signed = true});
    desk.take({.id = 5, .payload = unsigned_payload});
    desk.take(HeadClaim{"no note", 7, Hash{}});
    std::string found;
    for (const Fault& fault : desk.finish())
      found += std::to_string(fault.id) + " " + fault.what + "\n";
    CHECK(found ==
          "2 the citizen has not signed it\n3 the citizen has not signed it\n"
          "4 the citizen has not signed it\n0 the head of 7 is not signed by this log\n");
  }
}

}  // namespace ln::ledger
