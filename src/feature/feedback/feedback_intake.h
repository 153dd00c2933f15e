// Taking in for others: how a report reached the clerk who types it, and paper forms.
//
// A clerk reads back what they typed, prints a slip, and is recorded as the helper; the sender may
// put the words right for a day. Nothing here reads a database, a clock or a socket.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/text_key.h"
#include "base/time.h"
#include "feature/feedback/feedback.h"

namespace ln::feedback {

enum class Channel : std::uint8_t { counter, phone, letter, voice, paper };
inline constexpr std::array all_channels = {Channel::counter, Channel::phone, Channel::letter,
                                            Channel::voice, Channel::paper};
std::string_view to_text(Channel);
TextKey key_of(Channel);

// How long the sender may correct what a clerk typed (product.md §1).
inline constexpr std::chrono::hours correct_within{24};

// How a case came in through somebody else's hands.
struct Intake {
  Channel channel = Channel::counter;
  std::optional<Day> stated_on{};      // said or written on that day, by the clerk's word
  std::optional<Instant> stated_at{};  // to the minute; never of a protected case
  Instant correct_until{};
  std::optional<Instant> corrected_at{};
};

// Whether the sender may still correct the words of `feedback`: within correct_within of its
// receipt, before it is answered, published or erased, and not while the office waits for a reply.
bool may_correct(const Feedback& feedback, const Intake& intake, Instant now);

// --- paper forms --------------------------------------------------------------------------------

using PaperBatchId = Id<struct PaperBatchTable>;
inline constexpr std::int64_t papers_max = 50;             // forms printed at once
inline constexpr std::chrono::days papers_valid_for{365};  // after the day they were printed on

struct PaperBatch {
  PaperBatchId id{};
  About about = About::procedure;
  units::UnitId unit{};
  std::string unit_path{};
  std::int64_t printed_by = 0;
  Instant printed_at{};
  std::int64_t form_count = 0;
  Day expires_on{};
  std::optional<Instant> withdrawn_at{};
  std::int64_t used_count = 0;
};

// How it stands with the code of a printed form. A form that was typed in is a case, and its code
// is the code of that case.
enum class PaperState : std::uint8_t { waiting, typed_in, withdrawn, expired };
struct Paper {
  Code code;
  std::string citizen_key{};  // 32 bytes
  PaperBatch batch{};
  std::optional<Day> used_on{};
};
PaperState state_of(const Paper& paper, Instant now);

}  // namespace ln::feedback
