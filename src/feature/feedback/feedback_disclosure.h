// Orders of authorities to hand out what is kept secret of a sender: each is written down, counted
// in public, and told to the sender as soon as the order allows it. Pure.
//
// An order does not make the server able to read what is sealed: the holders of the keys decide
// offline, and what they did is what stands here.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "feature/feedback/feedback.h"

namespace ln::feedback {

// Who orders: a court, the procuracy, the police's investigating body, an inspectorate, or somebody
// else with the power to.
enum class Authority : std::uint8_t { court, procuracy, police, inspectorate, other };
inline constexpr std::array all_authorities = {Authority::court, Authority::procuracy,
                                               Authority::police, Authority::inspectorate,
                                               Authority::other};
std::string_view to_text(Authority);

enum class Handed : std::uint8_t { refused, partly, given };
inline constexpr std::array all_handed = {Handed::refused, Handed::partly, Handed::given};
std::string_view to_text(Handed);

inline constexpr std::size_t order_number_chars_max = 100;
inline constexpr std::size_t basis_chars_min = 10, basis_chars_max = 1'000;
// How long an order may forbid telling the sender; the longest the form takes.
inline constexpr std::chrono::days silence_max{366};

struct Disclosure {
  std::int64_t id = 0;
  Instant at{};
  std::int64_t account_id = 0;
  Authority authority = Authority::court;
  Handed outcome = Handed::refused;
  Day ordered_on{};  // a day in Vietnam
  std::string order_number{};
  std::string basis{};
  FeedbackId feedback{};              // 0: no one case
  std::optional<Day> silent_until{};  // the last day on which the sender may not be told

  // Whether its sender may know of it on the day.
  bool is_told_on(Day day) const { return !silent_until || day > *silent_until; }
};

// What is wrong with it on `today`, beside "ordered", "number", "basis" and "silent".
void check_disclosure(const Disclosure& disclosure, Day today, FieldErrors& errors);

}  // namespace ln::feedback
