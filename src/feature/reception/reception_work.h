// What a booking costs while a day is under pressure: nothing while few book it, then work that
// doubles with each further booking of the same hour up to a bound (Hashcash, A. Back, 2002), and
// of the last third of a day nothing is given to a rush. No puzzle for people, no third party,
// and nothing is kept of who solved what (decision 48).
//
// Work alone keeps nobody out who brings a program of their own: what a cheap phone does in ten
// seconds such a program does in a fraction of one. It is the share kept back that a rush cannot
// take.
//
// Pure: counts and hashes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "feature/reception/reception.h"

namespace ln::reception {

// How long a booking counts for the price of those after it, and for the share kept back.
inline constexpr std::chrono::hours pressed_for{1}, rushed_for{24};
// So many bookings of one hour cost nothing, and of a day with many turns a quarter of them.
inline constexpr std::int64_t quiet_bookings = 3;
// The first price, in leading zero bits of a SHA-256, and the highest: half a million tries, what a
// cheap phone does in some seconds. People pay it as well.
inline constexpr int work_bits_min = 14, work_bits_max = 19;

// How many zero bits the next booking needs of a day with `places` turns, of which `lately` were
// booked within pressed_for and are still held: 0 while it is quiet.
int work_bits(std::int64_t lately, std::int64_t places);
// Whether what is left, `free` turns, is kept back: the last third of a day, once all before it was
// booked within rushed_for (`rushed`). It is given at the counter, or when the rush is a day old. A
// day of no more than quiet_bookings turns keeps none.
bool is_kept_back(std::int64_t rushed, std::int64_t free, std::int64_t places);

// What nobody knew before an hour: the root of the last tree head of the ledger that was signed a
// minute before it began. `hour` counts hours since 1970-01-01T00:00Z.
using SeedOf = std::function<std::string(std::int64_t hour)>;
// What is hashed: of the day, the number of the form (`once`, with which only one turn can be
// booked, whoever chose it), the hour and its seed. So nothing is worked out before the hour, or
// before the last head, when nothing was written since.
std::string work_of(ReceptionId id, std::string_view once, std::int64_t hour, const SeedOf& seed);
std::int64_t work_hour(Instant now);
// How many zero bits this proof has: of SHA-256(work + nonce), where `proof` is "hour nonce" as the
// form sends it. 0 for none, for one of another hour than this and the two before, and for what is
// no proof.
int bits_of_proof(ReceptionId id,
                  std::string_view once,
                  std::string_view proof,
                  const SeedOf& seed,
                  Instant now);

}  // namespace ln::reception
