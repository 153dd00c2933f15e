// Commitment: what a unit promised to somebody, kept in public until it is done.
//
// A promise has an owner, a last day and a text that both sides confirm: the head of the unit by
// making it, whoever asked by their secret. The unit says when it is done, with evidence; that it
// is done, the asker says or fifteen days of silence. What is overdue shows itself, because that
// follows from the day and the clock and from nothing that anybody does. It changes only with the
// consent of everybody who confirmed it.
//
// This face holds types and rules; nothing here reads a database, a clock or a socket.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "core/units/units.h"

namespace ln::commitment {

using CommitmentId = Id<struct CommitmentTable>;
using AskerId = Id<struct CommitmentAskerTable>;

// The words of SQL and text keys.
enum class State : std::uint8_t {
  proposed,  // The unit has promised; no asker has confirmed the text yet.
  open,      // Confirmed by both sides.
  declared,  // The unit says that it is done; an asker may say that it is not.
  kept,      // An asker said so, or nobody objected in time.
  broken,    // The unit said that it cannot, or it was not done long after its day.
};
inline constexpr std::array all_states = {State::proposed, State::open, State::declared,
                                          State::kept, State::broken};
enum class Act : std::uint8_t {
  confirm,         // "Yes, this was promised."
  object,          // "No, something else was promised", in words
  reword,          // before anybody has confirmed
  declare,         // "It is done", with evidence
  accept,          // "Yes, it is done"
  refuse,          // "It is not done", in words
  admit,           // "We cannot keep it", with the reason
  propose_change,  // another text or a later day, with the reason
  consent,
  decline_change,
  lapse_kept,    // silence after it was declared
  lapse_broken,  // long after its last day
};
inline constexpr std::array all_acts = {
    Act::confirm, Act::object,         Act::reword,     Act::declare,
    Act::accept,  Act::refuse,         Act::admit,      Act::propose_change,
    Act::consent, Act::decline_change, Act::lapse_kept, Act::lapse_broken};
enum class Party : std::uint8_t { citizen, office, clock };
inline constexpr std::array all_parties = {Party::citizen, Party::office, Party::clock};
// Where the promise was made.
enum class Source : std::uint8_t {
  dialogue,
  desk,
  feedback,      // in an answer to a case, which leads: what happens to it happens to the promise
  consultation,  // for a point of a draft
};
inline constexpr std::array all_sources = {Source::dialogue, Source::desk, Source::feedback,
                                           Source::consultation};
// What stands in the history.
enum class Happening : std::uint8_t {
  made,
  confirmed,
  objected,
  reworded,
  declared,
  accepted,
  refused,
  admitted,
  change_proposed,
  change_agreed,
  change_refused,
  changed,
  overdue,
  kept_by_silence,
  broken_by_time,
};
inline constexpr std::array all_happenings = {
    Happening::made,          Happening::confirmed,       Happening::objected,
    Happening::reworded,      Happening::declared,        Happening::accepted,
    Happening::refused,       Happening::admitted,        Happening::change_proposed,
    Happening::change_agreed, Happening::change_refused,  Happening::changed,
    Happening::overdue,       Happening::kept_by_silence, Happening::broken_by_time};

std::string_view to_text(State);
std::string_view to_text(Act);
std::string_view to_text(Party);
std::string_view to_text(Source);
std::string_view to_text(Happening);
template <class List>
std::optional<typename List::value_type> from_word(const List& list, std::string_view text) {
  for (const auto each : list)
    if (to_text(each) == text) return each;
  return std::nullopt;
}
TextKey key_of(State);
TextKey key_of(Happening);

// Limits on what people write, in characters.
inline constexpr std::size_t text_chars_min = 15, text_chars_max = 1'000;
inline constexpr std::size_t words_chars_min = 10, words_chars_max = 2'000;
inline constexpr std::size_t link_chars_max = 500;
// A promise for later than this is none.
inline constexpr int due_days_max = 730;
// An answer counts as accepted after so long without a word, as for reports (product.md §1).
inline constexpr std::chrono::days silence_window{15};
// So long after its last day a promise that nobody declared kept is broken.
inline constexpr std::chrono::days broken_after{30};

struct Commitment {
  CommitmentId id{};
  units::UnitId unit{};
  std::string unit_path{};
  Source source = Source::desk;
  // The session, case or draft; the question, the event of the case that promised, or the point.
  std::int64_t source_id = 0, question_id = 0;
  std::string text{};  // empty: in a case whose words are for its sender; then all words are empty
  Day due_on{};
  std::int64_t wording = 1;
  State state = State::proposed;
  std::string next_text{};
  std::optional<Day> next_due_on{};  // null: no change waits
  std::string next_reason{};
  std::int64_t changed_count = 0;
  std::string evidence{}, evidence_link{};
  std::optional<Instant> declared_at{};
  bool is_by_silence = false;
  std::int64_t refused_count = 0;
  std::optional<Instant> broken_at{};
  std::optional<Instant> told_late_at{};
  std::int64_t created_by = 0;
  Instant created_at{};
  std::int64_t revision = 1;

  bool has_change() const { return next_due_on.has_value(); }
  // Whether its words are for whoever it was promised to, and for nobody else.
  bool is_private() const { return text.empty(); }
  // The first instant after its last day.
  Instant due_at() const { return at_local(due_on + std::chrono::days(1)); }
  // Neither done nor given up, and its last day is over. Needs nobody to say so.
  bool is_overdue(Instant now) const {
    return (state == State::proposed || state == State::open) && now >= due_at();
  }
  // Declared after its last day, or broken before; for figures, where late is not on time.
  bool was_late() const {
    return broken_at.has_value() || (declared_at.has_value() && *declared_at >= due_at());
  }
};

// To whom it was promised.
struct Asker {
  AskerId id{};
  CommitmentId commitment{};
  std::string code{};         // eight letters
  std::string citizen_key{};  // 32 bytes
  std::int64_t said_wording = 0;
  bool has_confirmed = false, has_consented = false, has_chain = false;
};

// What becomes of `commitment` when `party` performs `act` on it. Refuses (conflict) what is not in
// the table of commitment.cpp: a unit can declare, but only an asker or silence makes it kept; and
// once somebody has confirmed a text, it changes with consent only.
Result<State> next_state(const Commitment& commitment, Act act, Party party, Instant now);

// Refuses (invalid) beside "due_on": a last day is after `today` and within due_days_max.
Result<Done> check_due(Day today, Day due_on);

// The code of somebody who has no question of their own, shown as CK-7K2M-9QPR.
std::string draw_code(Random& random);
std::string shown_code(std::string_view code);
// As typed, with "CK", "DT" (of a question), "HN" (of a case) or "GY" (of a comment) before it;
// null for anything else.
std::optional<std::string> read_code(std::string_view typed);

// What is in force: number, unit, last day, text.
std::string statement_of(const Commitment& commitment);

// The same with what was said about it.
std::string body_of(const Commitment& commitment, std::string_view words);

// How a unit keeps its word. Everything that was promised is counted once.
struct Tally {
  std::int64_t all = 0, waiting = 0, overdue = 0, declared = 0;
  std::int64_t kept_on_time = 0, kept_late = 0, broken = 0;
  std::int64_t changed = 0;     // among all of them
  std::int64_t by_silence = 0;  // among the kept ones
};
void count(Tally& tally, const Commitment& commitment, Instant now);

}  // namespace ln::commitment
