// Complaints and denunciations in the legal sense: what is no feedback, and the lawful way for it.
//
// Such a text is kept, its sender gets a receipt and is told where to go and by when; nobody
// handles it here (decision 26). What the law says is data (data/guard/ways.csv): each passage has
// the days on which it holds, its source, and whether it was compared with the text of the law.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "core/units/units.h"
#include "engine/calendar/calendar.h"
#include "engine/petition/petition.h"
#include "feature/feedback/feedback.h"

namespace ln::feedback {

using HeldId = Id<struct HeldTable>;
using petition::Sort;

// What a person says that their text is, in answer to plain questions.
enum class Nature : std::uint8_t { feedback, complaint, denunciation };
inline constexpr std::array all_natures = {Nature::feedback, Nature::complaint,
                                           Nature::denunciation};
std::string_view to_text(Nature nature);
std::optional<Sort> sort_of(Nature nature);

// A text that is kept and never handled. Nobody's name or address stands in it but what they wrote.
struct Held {
  HeldId id{};
  Code code;
  std::string citizen_key{};  // 32 bytes
  Sort sort = Sort::complaint;
  std::string title{}, body{}, place{};
  units::UnitId unit{};  // 0: none named
  std::optional<Day> happened_on{};
  bool in_english = false;
  Instant received_at{};  // the hour that had begun
  std::optional<Instant> erased_at{};
};

// Kept for two years, and then destroyed: longer than any limit of the two laws for whoever goes on
// the lawful way, and not for ever. The sender may take it away at any time.
inline constexpr std::chrono::days held_kept_for{730};

// The form asks when a text sounds like one. Reads data/guard/words.csv.
std::optional<petition::Suspicion> suspicion_of(std::string_view title,
                                                std::string_view body,
                                                Instant now);
// How old the list of words is.
std::optional<Day> words_as_of();

// --- the lawful way -----------------------------------------------------------------------------

enum class Part : std::uint8_t {
  what,
  address,
  how,
  reception,
  secret,
  send_within,
  taken_up,
  settled
};
inline constexpr std::array all_parts = {Part::what,      Part::address, Part::how,
                                         Part::reception, Part::secret,  Part::send_within,
                                         Part::taken_up,  Part::settled};
std::string_view to_text(Part part);

struct Passage {
  std::optional<Sort> sort{};  // null: of both
  Part part = Part::what;
  Day valid_from{};
  std::optional<Day> valid_to{};  // the last day
  std::optional<calendar::Deadline> limit{};
  bool is_confirmed = false;  // compared with the text of the law, or with one that quotes it
  std::string text_vi{}, text_en{}, source{};
};

// Refuses (invalid, with the line) what is no list of passages: an unknown word, a day that is
// none, a limit without a count.
Result<std::vector<Passage>> read_passages(std::string_view csv);
// What the law says on `day` about `sort`, in the order of the parts.
std::vector<Passage> passages_on(Sort sort, Day day);

}  // namespace ln::feedback
