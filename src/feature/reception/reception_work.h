// What a booking costs while a day is under pressure: nothing while few book it, and then work that
// doubles with each further booking of the same hour. A person's browser does it unseen; who wants
// all turns of a day does it a million times (Hashcash, A. Back, 2002). No puzzle for people, no
// third party, and nothing is kept of who solved what (decision 48).
//
// Pure: counts and hashes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "feature/reception/reception.h"

namespace ln::reception {

// How long a booking counts for the price of those after it.
inline constexpr std::chrono::hours pressed_for{1};
// So many bookings of one hour cost nothing, and of a day with many turns a quarter of them.
inline constexpr std::int64_t quiet_bookings = 3;
// The first price, in leading zero bits of a SHA-256, and the highest that is asked for: beyond it
// nobody gets in until the hour moves on.
inline constexpr int work_bits_min = 14, work_bits_max = 40;

// How many zero bits the next booking needs of a day with `places` turns, of which `lately` were
// booked within pressed_for: 0 while it is quiet.
int work_bits(std::int64_t lately, std::int64_t places);

// What is hashed: the day, the form (`once`, with which only one turn can be booked) and the hour
// in which it was opened, so that nothing can be worked out long before. `hour` counts hours since
// 1970-01-01T00:00Z.
std::string work_of(ReceptionId id, std::string_view once, std::int64_t hour);
std::int64_t work_hour(Instant now);
// How many zero bits this proof has: of SHA-256(work + nonce), where `proof` is "hour nonce" as the
// form sends it. 0 for none, for one of another hour than this and the two before, and for what is
// no proof.
int bits_of_proof(ReceptionId id, std::string_view once, std::string_view proof, Instant now);

}  // namespace ln::reception
