// A citizen has no account: they are whoever holds the secret of a case.
//
// The secret is twenty letters printed on the slip. It is never stored. HKDF makes a signing key of
// it; the public half stands in the case, and every act of the citizen is signed with the key, so
// nobody can act for them on an existing case, not even the authority (docs/formats/ledger.md).
#pragma once

#include <string>
#include <string_view>

#include "base/text.h"
#include "core/ledger/ledger.h"

namespace ln::people {

// The letters of a secret as they are hashed: upper case, without spaces and hyphens.
std::string plain_secret(std::string_view typed);
// "ABCD-EFGH-…": for people, in groups of four.
std::string shown_secret(std::string_view secret);

class Citizen {
 public:
  explicit Citizen(std::string_view secret) : key_(ledger::CitizenKey::from_secret(secret)) {}
  const ledger::CitizenKey& key() const { return key_; }
  // 32 bytes, as stored with the case.
  std::string public_key() const { return std::string(as_text(key_.public_key())); }

 private:
  ledger::CitizenKey key_;
};

}  // namespace ln::people
