// Tokens of a draft that concerns those who work here: each of them gets one, blindly signed or
// drawn from a box, and comments by it as "a civil servant" whom nobody can tell from the others
// (decision 46).
//
// A comment by token has the strength `verified` while the draft is open, and none afterwards. How
// many there were is told once, of a whole draft that is closed, from token_floor on and when as
// many came without a name; a single comment, a clause and a point tell it as one without a name.
// So no difference of two counts, or of one count at two times, leads to few people.
// Types and rules; nothing here reads a database, a clock or a socket.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/units/units.h"
#include "engine/blind/blind.h"
#include "feature/consultation/consultation.h"

namespace ln::consultation {

// Below it nothing is told of how many, and nothing is spent. Slips are printed in multiples of it.
inline constexpr std::int64_t token_floor = 10;
// On one sheet.
inline constexpr std::int64_t slips_max = 40;

// What goes with a draft that is opened for those who work in `audience` and below it.
struct StaffDraft {
  units::Unit audience{};
  blind::KeyPair key{};
};

// A draft's key, and what was given for it.
struct TokenKey {
  ConsultationId consultation{};
  units::UnitId audience{};
  std::string audience_path{};
  std::int64_t audience_count = 0;
  std::string public_key{};
  std::string private_key{};  // empty once the draft is closed
  std::int64_t line = 0;
  std::int64_t printed = 0;
  std::optional<std::int64_t> issued{}, spent{}, said{};  // once it is closed
};
// SHA-256 of the public key as the ledger was told, 32 bytes.
std::string hash_of(const TokenKey& key);
// Hexadecimal, in groups of four from the front: what two people read to each other.
std::string shown_hash(const TokenKey& key);

// How many, when that may be told.
std::optional<std::int64_t> told(std::int64_t count);
// Whether those by token may be told apart from the others that came by the site without a name.
// `nameless` counts both: letters, replies and comments with a badge each are known as such.
bool may_tell_apart(std::int64_t by_token, std::int64_t nameless);
// How many slips may be printed for so many people: at most half as many, so that they never take
// the place of whoever would take a token; whole printings.
std::int64_t slips_most(std::int64_t audience);

// What somebody brings: the letters of a slip, or a token. One hash for each way to write it.
struct Brought {
  std::string hash{};  // 32 bytes
  std::optional<blind::Token> token{};
};
// Null when it is neither.
std::optional<Brought> read_brought(std::string_view typed);
// Of a slip with these letters.
std::string slip_hash(std::string_view secret);

}  // namespace ln::consultation
