// Supervision: who looks whether promises are kept is no part of whom they look at.
//
// A programme says in public which cases of which units it looks at and what will decide the draw.
// The clock draws, from a head of the ledger that nobody knew; anybody can draw again. The
// supervisor writes a finding for each case drawn and advises units; a unit answers, and only a
// supervisor says whether that is done. Nothing of it is edited or deleted, by anybody.
//
// This face holds types and rules; nothing here reads a database, a clock or a socket.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "core/people/people.h"
#include "core/units/units.h"
#include "engine/draw/draw.h"

namespace ln::supervision {

using ProgrammeId = Id<struct ProgrammeTable>;
using AdviceId = Id<struct AdviceTable>;

// The words of SQL and text keys.
enum class Stage : std::uint8_t {
  announced,  // The frame stands; the head that will draw does not exist yet.
  drawn,      // Findings and advice are written.
  finished,   // Every case has its finding, and all advice is verified.
};
inline constexpr std::array all_stages = {Stage::announced, Stage::drawn, Stage::finished};

// What is drawn from. A case stands in the first of these that it fits and that was chosen, so the
// strata never overlap. What needs protecting stands in the first two and in no other: a case about
// conduct or with a sealed identity never tells by its stratum how it ended.
enum class Stratum : std::uint8_t {
  pressed,   // needs protecting, and the sender said that somebody pressed them
  guarded,   // about conduct, or with a sealed identity
  declined,  // the office refused it
  reopened,  // the sender did not accept an answer
  late,      // not answered when it was due
  low_rated,
  closed,  // over, and none of the above
};
inline constexpr std::array all_strata = {Stratum::pressed,  Stratum::guarded, Stratum::declined,
                                          Stratum::reopened, Stratum::late,    Stratum::low_rated,
                                          Stratum::closed};
enum class Outcome : std::uint8_t {
  in_order,
  flaw,     // slips that wronged nobody
  breach,   // against the rules
  unclear,  // the file does not tell
};
inline constexpr std::array all_outcomes = {Outcome::in_order, Outcome::flaw, Outcome::breach,
                                            Outcome::unclear};
enum class Reply : std::uint8_t {
  answered,  // by the unit
  returned,  // by the supervisor: not done, with another day
  verified,  // by the supervisor: done
};
inline constexpr std::array all_replies = {Reply::answered, Reply::returned, Reply::verified};

std::string_view to_text(Stage);
std::string_view to_text(Stratum);
std::string_view to_text(Outcome);
std::string_view to_text(Reply);
template <class List>
std::optional<typename List::value_type> from_word(const List& list, std::string_view text) {
  for (const auto each : list)
    if (to_text(each) == text) return each;
  return std::nullopt;
}
TextKey key_of(Stage);
TextKey key_of(Stratum);
TextKey key_of(Outcome);
TextKey key_of(Reply);

// Limits on what people write, in characters.
inline constexpr std::size_t title_chars_min = 10, title_chars_max = 200;
inline constexpr std::size_t words_chars_min = 20, words_chars_max = 3'000;
// A draw is at least so far ahead that nobody knows its head, and not put off for ever.
inline constexpr std::chrono::minutes head_ahead_min{30};
inline constexpr std::chrono::days head_ahead_max{30};
inline constexpr int period_days_max = 366;
inline constexpr std::int64_t sample_max = 200, frame_max = 50'000;
inline constexpr int answer_days_max = 180;
// Fewer cases than this of a stratum that protects are not told, so nothing is drawn from them.
inline constexpr std::int64_t guarded_min = 10;
// The same floor as of all figures.
inline constexpr std::int64_t stratum_min = 5;
// Ratings of an answer up to this one are low, of 1 to 5.
inline constexpr int low_score = 2;
constexpr bool is_guarded(Stratum stratum) {
  return stratum == Stratum::pressed || stratum == Stratum::guarded;
}

struct Programme {
  ProgrammeId id{};
  units::UnitId unit{};
  std::string unit_path{};
  std::string title_vi{}, title_en{}, subject{};
  Day from{}, to{};
  Stage stage = Stage::announced;
  Instant head_at{};
  std::int64_t frame_size = 0;
  std::string frame_hash{};  // 32 bytes
  std::int64_t created_by = 0;
  Instant created_at{};
  std::int64_t line = 0;
  // Once it is drawn:
  std::optional<std::int64_t> head_size{};
  std::string head_root{};  // 32 bytes
  std::optional<Instant> head_seen_at{}, drawn_at{};
  std::optional<std::int64_t> drawn_line{};
  std::optional<Instant> finished_at{};
  std::optional<std::int64_t> finished_line{};
};
// "supervision/3": what stands in the frame and in the seed.
std::string frame_name(ProgrammeId id);

// What is known of a case where the frame is made. Nothing else of it is read.
struct Candidate {
  std::int64_t feedback = 0;
  std::string code{};
  bool needs_protection = false, is_pressed = false, is_declined = false, is_reopened = false,
       is_late = false, is_low_rated = false, is_over = false;
};
// Where it stands when `chosen` strata are drawn from; null when in none of them.
std::optional<Stratum> stratum_of(const Candidate& candidate, std::span<const Stratum> chosen);

struct Item {
  std::int64_t number = 0;
  Stratum stratum{};
  std::int64_t feedback = 0;
  std::string commitment{};  // 32 bytes
  std::string salt{};        // 32 bytes; empty once the case was erased
};
// What was asked for of each stratum.
struct Wish {
  Stratum stratum{};
  std::int64_t count = 0;
};
struct Made {
  std::vector<draw::Stratum> strata{};
  std::vector<Item> items{};
};
// Sorts the candidates into numbered items. `key` (32 bytes, drawn for this programme and kept
// nowhere) makes the salts, and the order of the numbers within a stratum, which therefore tells
// nothing of when a case came in.
Made make_frame(std::span<const Candidate> candidates,
                std::span<const Wish> wishes,
                std::string_view key);
// SHA-256(salt || code): who is shown both can find the item in the frame.
std::string commitment_of(std::string_view salt, std::string_view code);

struct Finding {
  ProgrammeId programme{};
  std::int64_t number = 0, seq = 0;
  Outcome outcome{};
  std::string note{}, salt{}, hash{};
  std::int64_t found_by = 0;
  Instant found_at{};
  std::int64_t line = 0;
  bool unit_reads = false;  // whoever wrote it knew that the head of the unit will
  units::UnitId unit{};     // that handled the case then; 0 when no unit reads it
};
// SHA-256(salt || outcome || "\n" || note).
std::string hash_of(const Finding& finding);

// What the unit says beside a finding: one reply to each, which changes nothing of it.
struct FindingReply {
  ProgrammeId programme{};
  std::int64_t number = 0, seq = 0;  // of the finding
  std::string text{}, salt{}, hash{};
  std::int64_t said_by = 0;
  Instant said_at{};
  std::int64_t line = 0;
};
// SHA-256(salt || text).
std::string hash_of(const FindingReply& reply);

// When units read findings of their own cases: each case drawn has one, so that nobody learns which
// are drawn while there is something to put straight for the eye; and of the cases whose finding no
// unit reads, for whatever reason, there is none or guarded_drawn_min. How many were found to be
// what is public, and what is left when a head takes away what they read must be no few cases.
// `drawn`, `found` (with a finding) and `readable` (that some unit may read now, or might but for
// an erasure) count cases. A rule of ours.
inline constexpr std::int64_t guarded_drawn_min = 5;
bool tells_units(std::int64_t drawn, std::int64_t found, std::int64_t readable);
// Whether that can come true at all: false where one to four are drawn of the strata that protect.
bool may_tell_units(std::span<const draw::Stratum> strata);

struct Said {
  std::int64_t seq = 0;
  Reply kind{};
  std::string text{};
  Day due_on{};
  std::int64_t said_by = 0;
  Instant said_at{};
  std::int64_t line = 0;
};
struct Advice {
  AdviceId id{};
  ProgrammeId programme{};
  std::int64_t number = 0;
  units::UnitId unit{};
  std::string unit_path{};
  std::string text{};
  Day due_on{};
  std::int64_t advised_by = 0;
  Instant advised_at{};
  std::int64_t line = 0;
  std::vector<Said> said{};  // in order

  // The day by which the unit has to answer now.
  Day due_now() const { return said.empty() ? due_on : said.back().due_on; }
  bool waits_for_unit() const { return said.empty() || said.back().kind == Reply::returned; }
  bool waits_for_supervisor() const { return !said.empty() && said.back().kind == Reply::answered; }
  bool is_verified() const { return !said.empty() && said.back().kind == Reply::verified; }
  // Not answered on the last day, or answered after it; once late it stays so.
  bool is_late(Instant now) const;
};

}  // namespace ln::supervision
