// What dialogues, supervision, disclosure and emulation did in a month, as signals of formality
// look at it: what stands on their public pages, without a word that somebody wrote.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace ln::insight {

// Why a thing stands behind a signal. The words of SQL and text keys.
enum class Hollow : std::uint8_t {
  no_promise,    // a dialogue ended, and nothing was promised
  no_advice,     // findings, and no advice
  unverified,    // advice, and nobody verified what became of it
  office_only,   // posted where few can read it
  entered_late,  // entered long after it was due
  unanswered,    // a question of somebody waits
  no_claim,      // a model that was never measured
  too_few,       // measured with too few cases to say anything
};
inline constexpr Hollow hollows[] = {Hollow::no_promise,  Hollow::no_advice,    Hollow::unverified,
                                     Hollow::office_only, Hollow::entered_late, Hollow::unanswered,
                                     Hollow::no_claim,    Hollow::too_few};
std::string_view to_text(Hollow why);
std::optional<Hollow> hollow_of(std::string_view word);

struct HollowThing {
  std::int64_t id = 0;
  Hollow why{};
  friend bool operator==(const HollowThing&, const HollowThing&) = default;
};

struct EndedDialogue {
  std::int64_t id = 0;
  Instant ended{};
  std::int64_t answered = 0;          // questions that everybody reads
  std::optional<Instant> promised{};  // the first commitment of the session
};
struct WatchedProgramme {
  std::int64_t id = 0;
  // A case found at fault, since when, and until when it was corrected to no fault. A correction
  // from one fault to another is none.
  struct Fault {
    Instant from{};
    std::optional<Instant> until{};
    Fault(Instant found, std::optional<Instant> corrected = {}) : from(found), until(corrected) {}
  };
  std::vector<Fault> faults{};  // by time
  struct Advised {
    Instant at{};
    Day due{};  // the first one
    std::optional<Instant> verified{};
    struct Returned {
      Instant at{};
      Day due{};
    };
    std::vector<Returned> returned{};  // by time
  };
  std::vector<Advised> advice{};
};
struct PostedItem {
  std::int64_t id = 0;
  Instant due{}, entered{};
  std::optional<Instant> posted{}, readable{};  // anywhere; so that everybody can read it
  struct Asked {
    Instant at{};
    std::optional<Instant> answered{};
  };
  std::vector<Asked> questions{};  // that everybody reads
};
struct MeasuredModel {
  std::int64_t id = 0;
  Day claimed_from{};  // the first day on which it can be claimed
  std::optional<Instant> claimed{};
  bool has_figures = false;
};

struct RoomMonth {
  std::vector<EndedDialogue> dialogues{};
  std::vector<WatchedProgramme> programmes{};
  std::vector<PostedItem> disclosures{};
  std::vector<MeasuredModel> models{};
};

}  // namespace ln::insight
