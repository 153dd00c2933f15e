// Those who work in the sample city: accounts with roles, and the holders of the sealing keys,
// whose private keys lie beside the database because everything here is made up.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "core/people/people.h"
#include "platform/db/db.h"

namespace ln::app {

// Everybody's password in a sample city.
inline constexpr std::string_view sample_password = "nghe-dan-noi-2026";

// Who acts for a unit and for everything below it that has nobody of its own.
struct SampleTeam {
  people::Officer head;
  people::Officer handler;
};

struct SampleLogin {
  std::string login, name, unit;
  people::Role role;
};

class SampleStaff {
 public:
  // Makes the accounts and signs them in. `busiest`: the communes that get people of their own.
  SampleStaff(db::Database& database,
              std::vector<units::Unit> busiest,
              Random& random,
              Instant now);

  // Who acts for the unit at `path`.
  const SampleTeam& team_for(std::string_view path) const;
  const people::Ombudsman& ombudsman() const { return *ombudsman_; }
  const people::Supervisor& supervisor() const { return *supervisor_; }
  std::int64_t clerk_id() const { return clerk_id_; }
  // The accounts a newcomer tries first.
  const std::vector<SampleLogin>& logins() const { return logins_; }
  // Who heads a unit, in the order of the tree.
  std::vector<people::Staff> heads() const;
  // Ends the sessions with which the sample was made.
  void sign_out(db::Database& database) const;

 private:
  std::map<std::string, SampleTeam, std::less<>> teams_;  // by path
  std::optional<people::Ombudsman> ombudsman_;
  std::optional<people::Supervisor> supervisor_;
  std::int64_t clerk_id_ = 0;
  std::vector<SampleLogin> logins_;
  std::vector<std::string> tokens_;
};

// Installs three holders and writes FOLDER/holders/{A,B,C}.key, which need no passphrase.
void install_sample_holders(db::Database& database,
                            const std::string& folder,
                            Random& random,
                            Instant now);

}  // namespace ln::app
