// People who send cases to a running server, and the look afterwards at whether everything they
// were told is in the database and its ledger, once.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "test/fault/served.h"

namespace ln::test {

// What became of the cases that were sent in one life of the server.
struct Round {
  std::map<std::string, std::string> told;  // by key: the body of the 201
  std::set<std::string> unknown;            // keys whose answer never came

  void add(const Round& other) { told.insert(other.told.begin(), other.told.end()); }
};

// Eight who send one case after the other.
class Load {
 public:
  enum class Patience : std::uint8_t {
    none,    // each stops at the first answer that does not come, or is another than it should be
    endless  // each sends the same case again until it is told, until stop()
  };
  Load(std::uint16_t port, int round, Patience patience = Patience::none);
  ~Load();
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  // Until so many were told, or everybody has stopped.
  void wait_for(std::size_t limit);
  std::size_t told();
  // Those with endless patience begin no other case.
  void stop();
  // What became of them, once everybody has stopped.
  Round join();
  // How many answers were none, by status; 0: the connection broke. After join().
  const std::map<int, int>& refused() const { return refused_; }

 private:
  void send(int sender, int round);
  // False when there is nothing more to be done with this key.
  bool take(const std::string& key, const std::string* answer);

  const std::uint16_t port_;
  const Patience patience_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Round round_;  // guarded by mutex_, as are the rest
  std::map<int, int> refused_;
  int gone_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

// Whoever asks again with the same key gets the same case; who never heard gets one now.
void ask_again(std::uint16_t port, Round& round);

// Opens the city as the next server would, and compares it with everything that was told: each
// receipt is there, the ledger fits itself, and there is one entry for each case. When `is_settled`
// there is nothing but what was told.
void look_into(const Place& place, const Round& all, bool is_settled);

}  // namespace ln::test
