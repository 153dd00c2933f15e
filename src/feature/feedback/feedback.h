// Feedback: what a citizen tells an office, and what becomes of it.
//
// An office answers; only the citizen's acceptance, or fifteen days of silence after an answer,
// closes. "Answered" never counts as "solved". This face holds the types and the rules; nothing
// here reads a database, a clock or a socket.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "core/ledger/ledger.h"
#include "core/units/units.h"
#include "engine/calendar/calendar.h"
#include "engine/geo/geo.h"
#include "engine/petition/petition.h"

namespace ln::feedback {

using FeedbackId = Id<struct FeedbackTable>;
using TopicId = Id<struct TopicTable>;

// Each enum value has one word, the same in SQL, JSON, CSS and text keys: its own name.
enum class Kind : std::uint8_t { report, suggestion, proposal, praise };
enum class Sender : std::uint8_t { person, organisation, business };
enum class About : std::uint8_t { procedure, conduct, policy, place };
enum class State : std::uint8_t {
  received,    // Sent; no office has taken it up.
  accepted,    // An office says: this is ours.
  assigned,    // A named officer works on it.
  asked,       // The citizen was asked something; the clock is paused.
  answered,    // The office has answered; the citizen may accept or refuse.
  promised,    // Answered with a dated promise: not done yet.
  declined,    // Refused with a listed reason; may be contested once.
  redirected,  // Another body, outside this city, is competent; may be contested once.
  reopened,    // The citizen refused the answer, or contested; the work starts again.
  closed,
};
enum class Act : std::uint8_t {
  accept,
  assign,
  transfer,
  ask,
  reply,
  resume,
  answer,
  promise,
  decline,
  redirect,
  contest,
  approve,  // The citizen accepts the answer.
  reopen,
  lapse,
};
using ledger::Party;  // citizen, office, supervisor, clock
enum class DeclineReason : std::uint8_t {
  not_competent,  // No office of the city can act on it (and none elsewhere is known).
  no_content,     // Cannot be understood, and asking did not help.
  duplicate,      // The same sender sent the same twice.
  complaint,      // A complaint in the legal sense: the lawful way is told.
  denunciation,   // A denunciation in the legal sense: the lawful way is told.
  court,          // Decided or pending in a court.
  abuse,          // Insults or advertising, no matter to act on.
};
enum class Outcome : std::uint8_t { confirmed, partly, unfounded };  // What the office found.
enum class ErasedBecause : std::uint8_t {
  by_sender,       // The sender did it, with the secret of the case.
  requested,       // Somebody whose data it holds asked for it (Law 91/2025/QH15, Art. 14).
  purpose_done,    // What it was kept for is done.
  retention_over,  // It was kept for as long as the city's rules say.
  unlawful,        // It holds what must not be kept, such as another person's secrets.
  replayed,        // Erased before, and brought back by a backup.
};

inline constexpr std::array all_kinds = {Kind::report, Kind::suggestion, Kind::proposal,
                                         Kind::praise};
inline constexpr std::array all_senders = {Sender::person, Sender::organisation, Sender::business};
inline constexpr std::array all_abouts = {About::procedure, About::conduct, About::policy,
                                          About::place};
inline constexpr std::array all_states = {
    State::received, State::accepted, State::assigned,   State::asked,    State::answered,
    State::promised, State::declined, State::redirected, State::reopened, State::closed};
inline constexpr std::array all_acts = {
    Act::accept,  Act::assign,  Act::transfer, Act::ask,     Act::reply,   Act::resume, Act::answer,
    Act::promise, Act::decline, Act::redirect, Act::contest, Act::approve, Act::reopen, Act::lapse};
inline constexpr std::array all_parties = {Party::citizen, Party::office, Party::clock};
inline constexpr std::array all_decline_reasons = {
    DeclineReason::not_competent, DeclineReason::no_content,   DeclineReason::duplicate,
    DeclineReason::complaint,     DeclineReason::denunciation, DeclineReason::court,
    DeclineReason::abuse};
inline constexpr std::array all_erased_because = {
    ErasedBecause::by_sender,      ErasedBecause::requested, ErasedBecause::purpose_done,
    ErasedBecause::retention_over, ErasedBecause::unlawful,  ErasedBecause::replayed};
inline constexpr std::array all_outcomes = {Outcome::confirmed, Outcome::partly,
                                            Outcome::unfounded};

std::string_view to_text(Kind);
std::string_view to_text(Sender);
std::string_view to_text(About);
std::string_view to_text(State);
std::string_view to_text(Act);
std::string_view to_text(DeclineReason);
std::string_view to_text(Outcome);
std::string_view to_text(ErasedBecause);

// The value with this word in one of the lists above; null when there is none.
template <class List>
std::optional<typename List::value_type> from_word(const List& list, std::string_view text) {
  for (const auto each : list)
    if (to_text(each) == text) return each;
  return std::nullopt;
}

// Sentences for people.
TextKey key_of(Kind);
TextKey key_of(Sender);
TextKey key_of(About);
TextKey key_of(State);
TextKey key_of(DeclineReason);
TextKey key_of(Outcome);
TextKey key_of(ErasedBecause);

// Limits on what people write, in characters (code points), never in bytes.
inline constexpr std::size_t title_chars_max = 120;
inline constexpr std::size_t body_chars_min = 5;
inline constexpr std::size_t body_chars_max = 5'000;
inline constexpr std::size_t place_chars_max = 300;
inline constexpr std::size_t contact_chars_max = 200;
inline constexpr std::size_t dossier_chars_max = 50;
inline constexpr std::size_t counter_chars_max = 40;
inline constexpr std::size_t extra_chars_max = 500;
inline constexpr std::size_t answer_chars_min = 20;
inline constexpr std::size_t answer_chars_max = 5'000;
inline constexpr std::size_t reason_chars_max = 1'000;
inline constexpr std::size_t note_chars_max = 2'000;

// Rules of time (product.md §1).
inline constexpr std::chrono::days silence_closes_after{15};
inline constexpr std::chrono::days silence_may_reopen_within{365};
inline constexpr int pause_working_days_max = 5;
inline constexpr int extensions_max = 1;        // and by the topic's own time again at most
inline constexpr int accept_working_hours = 8;  // QĐ 1207/QĐ-UBND (2025): taken up in 8 hours.

// The public name of a case: eight of 2–9 A–Z without I and O, shown as HN-XXXX-XXXX.
class Code {
 public:
  static constexpr std::string_view letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  static constexpr std::size_t length = 8;
  // Accepts lower case, spaces and hyphens, with or without the city's "HN".
  static std::optional<Code> parse(std::string_view text);
  // Never one that begins as those of printed forms do.
  static Code draw(Random& random);
  // Of a form that is printed before there is a case: it begins with P.
  static Code draw_for_paper(Random& random);
  const std::string& text() const { return text_; }  // "7K3M4Q2P": in URLs, JSON and SQL
  std::string shown() const;                         // "HN-7K3M-4Q2P": for people
  friend bool operator==(const Code&, const Code&) = default;

 private:
  explicit Code(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

inline constexpr std::array all_measures = {calendar::Measure::working_hours,
                                            calendar::Measure::working_days,
                                            calendar::Measure::calendar_days};

struct Topic {
  TopicId id{};
  std::string code{};
  std::string parent_code{};
  About about = About::procedure;
  std::string name_vi{}, name_en{}, hint_vi{}, hint_en{};
  calendar::Deadline deadline{calendar::Measure::working_days, 7};
  calendar::Deadline urgent{calendar::Measure::working_hours, 4};  // from when it is found urgent
  bool is_smallest = false;
  std::string unit_code{};  // Empty: the unit the citizen names.
};

struct Question {
  std::string topic_code{}, code{}, text_vi{}, text_en{};
};

struct Feedback {
  FeedbackId id{};
  Code code;
  std::string citizen_key{};  // 32 bytes
  Kind kind = Kind::report;
  Sender sender = Sender::person;
  About about = About::procedure;
  TopicId topic{};  // 0: none chosen
  units::UnitId unit{};
  std::string unit_path{};
  units::UnitId object_unit{};  // 0: none named
  std::string object_path{};
  std::int64_t procedure_id = 0;
  std::string counter{}, dossier{}, place{};
  std::optional<geo::Point> position{};  // as marked on the map by whoever sent it
  std::optional<Day> happened_on{};
  std::string title{}, body{};
  bool is_public = false;
  bool is_protected = false;
  bool in_english = false;
  State state = State::received;
  std::int64_t officer_id = 0;
  Instant received_at{};
  Instant due_at{}, first_due_at{};
  std::int64_t calendar_revision = 0;      // of the calendar by which due_at was counted
  std::optional<Instant> extended_from{};  // when it was due before its deadline was put off
  int extension_count = 0;
  std::optional<Instant> accepted_at{}, answered_at{}, last_answered_at{}, asked_at{};
  int ask_count = 0;
  std::optional<Day> promised_on{};
  std::optional<Instant> closed_at{};
  std::string closed_by{};  // "citizen", "silence" or empty
  int reopen_count = 0, contest_count = 0, transfer_count = 0;
  FeedbackId recurs_of{};
  int recurrence = 1;
  std::int64_t entered_by = 0;
  std::optional<Instant> published_at{};
  std::string public_title{}, public_body{};
  std::int64_t view_count = 0;
  std::int64_t revision = 1;
  std::optional<Instant> erased_at{};  // since then there are no words, files or contact any more
  std::optional<ErasedBecause> erased_because{};
  // An office found it to be a complaint or denunciation in the legal sense: nobody who works in an
  // office sees it any more, until its sender says otherwise (decision 26).
  std::optional<petition::Sort> held_as{};
  // When the office is open by whose hours the dates are counted
  // (engine/calendar/calendar_hours.h); empty: as everybody.
  std::string hours{};
  std::optional<Instant> urgent_at{};  // when an office found that it cannot wait
};

// Everything that may happen. What is not in this table is refused.
struct Transition {
  State from;
  Act act;
  Party party;
  State to;
};

// What becomes of `feedback` when `party` performs `act` on it.
//
// Refuses (conflict) what is not in the table, and within it: a second question to the citizen, a
// second contest, reopening what the citizen closed or what fell silent more than a year ago,
// calling a promise broken before its day is over, lapsing before fifteen days of silence, and
// everything once the case was erased.
Result<State> next_state(const Feedback& feedback, Act act, Party party, Instant now);

// The whole table as text, one line for each state and act, a column for each party; a test
// compares.
std::string who_may_do_what();

// Not answered, and the due instant is past. A paused case is not overdue.
bool is_overdue(const Feedback& feedback, Instant now);
// Past the instant at which it was due before its deadline was put off, and not yet overdue: late,
// with an extension, which is never counted as on time.
bool is_late_with_extension(const Feedback& feedback, Instant now);
// Nobody has to do anything any more: closed, declined or redirected.
bool is_over(State state);

// Whether staff who work for the subtrees `tops` may know of the case at all: it is handled in one
// of them, and it is not about the conduct of their own unit or of one they belong to. A unit
// complained about can neither handle, list, count, search nor open the case. What was found to be
// a complaint or denunciation in the legal sense is seen by no office. The one exception is a
// handling unit chosen for its independence although it stands below (the city's inspectorate, when
// the city itself is complained about). feedback_store_lists says the same in SQL.
bool may_see(const Feedback& feedback, std::span<const std::string> tops);

// The first line of what was written, cut at a word, when the citizen gave no title.
std::string title_from(std::string_view body);

}  // namespace ln::feedback
