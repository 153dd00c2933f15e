// Where the attacks of "sample attack" are played: copies of one city, and a citizen with a
// receipt.
#pragma once

#include <memory>
#include <string>

#include "app/attack.h"
#include "app/city.h"
#include "base/random.h"
#include "core/ledger/ledger_opening.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "engine/merkle/merkle_policy.h"
#include "platform/file/file.h"

namespace ln::app {

class Stage {
 public:
  // Copies or makes the city, lets a citizen send something, and keeps what they hold.
  explicit Stage(const AttackWish& wish);

  // The city before the citizen came, and as the citizen left it. Folders, closed.
  std::string before() const { return folder_ / "before"; }
  std::string told() const { return folder_ / "told"; }
  // A fresh copy of one of them, marked as one that may be thrown away.
  std::string copy(const std::string& from, const std::string& name) const;
  // The city in a folder. Throws db::Failure when it does not fit itself.
  std::unique_ptr<City> open(const std::string& folder);
  // Sends one more case in an open city; gives its code.
  std::string send(City& city, const std::string& body);
  // Something the office does to the citizen's case, dated `at`.
  void act(City& city, ledger::Event event, Instant at);

  // What the citizen holds.
  const merkle::Receipt& receipt() const { return receipt_; }
  const ledger::Head& kept() const { return kept_; }
  const merkle::Policy& policy() const { return policy_; }
  const merkle::Verifier& log() const { return log_; }
  const ledger::Subject& subject() const { return subject_; }
  const std::string& code() const { return code_; }
  const std::string& body() const { return body_; }
  Instant due_at() const { return due_at_; }

  Instant clock{};  // what the cities' clocks show
  SeededRandom random;

 private:
  void keep(City& city);

  file::TemporaryFolder folder_;
  std::string origin_;
  merkle::Receipt receipt_;
  ledger::Head kept_;
  merkle::Policy policy_;
  merkle::Verifier log_;
  ledger::Subject subject_;
  std::string code_, body_;
  Instant due_at_{};
};

// Everything that does not fit in the database of `folder`, opened without the program's own check
// at start; `second` is the second file beside it.
std::vector<ledger::Fault> faults_in(const std::string& folder, Instant now);
// Whether the program refuses to start on `folder`.
bool refuses_to_start(Stage& stage, const std::string& folder);

Attack play_delete(Stage& stage);
Attack play_edit(Stage& stage);
Attack play_rewrite(Stage& stage);
Attack play_backdate(Stage& stage);
Attack play_roll_back(Stage& stage);
Attack play_fork(Stage& stage);

}  // namespace ln::app
