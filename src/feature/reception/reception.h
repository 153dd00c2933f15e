// Citizen reception: the head of a unit sits down on days that everybody knows, and whoever comes
// leaves with a record of what was said and a day by which a written result is owed.
//
// A day is announced in public, and so is that it was moved, cancelled or held; one that was not
// said to be held while it lasted counts as not held, by the clock alone. Who books gives no
// account and no papers: a turn has a code and a secret. What was said is a log that grows and is
// never changed, and it is read by the unit that received and by nobody beside it. A complaint or
// denunciation in the legal sense is told its lawful way, and no word of it is kept here.
//
// This face holds types and rules; nothing here reads a database, a clock or a socket.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "core/units/units.h"
#include "engine/calendar/calendar.h"

namespace ln::reception {

using ReceptionId = Id<struct ReceptionTable>;
using TurnId = Id<struct ReceptionTurnTable>;

// The words of SQL and text keys.
enum class State : std::uint8_t {
  announced,  // Also when it is over: then nobody said that it was held.
  held,
  cancelled,
};
inline constexpr std::array all_states = {State::announced, State::held, State::cancelled};
enum class Happening : std::uint8_t { announced, moved, cancelled, held };
inline constexpr std::array all_happenings = {Happening::announced, Happening::moved,
                                              Happening::cancelled, Happening::held};
enum class Way : std::uint8_t {
  person,
  online,
  company,  // with somebody of theirs at their side
};
inline constexpr std::array all_ways = {Way::person, Way::online, Way::company};
enum class TurnState : std::uint8_t { booked, cancelled, came, missed };
inline constexpr std::array all_turn_states = {TurnState::booked, TurnState::cancelled,
                                               TurnState::came, TurnState::missed};
// What somebody came with (phản ánh, kiến nghị, khiếu nại, tố cáo).
enum class Sort : std::uint8_t { report, request, complaint, denunciation };
inline constexpr std::array all_sorts = {Sort::report, Sort::request, Sort::complaint,
                                         Sort::denunciation};
enum class Outcome : std::uint8_t {
  answered,  // at once, and they had no more to ask
  written,   // will be answered in writing
  passed,    // to another unit, which is named
  promised,  // a commitment (feature/commitment)
  taken_up,  // becomes, or belongs to, a case; the word is "case"
  lawful,    // the lawful way was told; of complaints and denunciations only
};
inline constexpr std::array all_outcomes = {Outcome::answered, Outcome::written,  Outcome::passed,
                                            Outcome::promised, Outcome::taken_up, Outcome::lawful};
enum class Ruling : std::uint8_t {
  stands,
  again,   // The unit answers anew, in the same time.
  erased,  // Its holder erased it before anybody decided.
};
inline constexpr std::array all_rulings = {Ruling::stands, Ruling::again, Ruling::erased};
enum class Written : std::uint8_t { summary, result, contest, ruling };
inline constexpr std::array all_written = {Written::summary, Written::result, Written::contest,
                                           Written::ruling};

std::string_view to_text(State);
std::string_view to_text(Happening);
std::string_view to_text(Way);
std::string_view to_text(TurnState);
std::string_view to_text(Sort);
std::string_view to_text(Outcome);
std::string_view to_text(Ruling);
std::string_view to_text(Written);
template <class List>
std::optional<typename List::value_type> from_word(const List& list, std::string_view text) {
  for (const auto each : list)
    if (to_text(each) == text) return each;
  return std::nullopt;
}
TextKey key_of(Happening);
TextKey key_of(Way);
TextKey key_of(TurnState);
TextKey key_of(Sort);
TextKey key_of(Outcome);

// Limits on what people write, in characters.
inline constexpr std::size_t line_chars_min = 3, line_chars_max = 200;
inline constexpr std::size_t reason_chars_min = 10, reason_chars_max = 1'000;
inline constexpr std::size_t about_chars_min = 10, about_chars_max = 300;
inline constexpr std::size_t name_chars_max = 80, contact_chars_max = 120;
inline constexpr std::size_t summary_chars_min = 20, summary_chars_max = 4'000;
inline constexpr std::size_t result_chars_min = 30, result_chars_max = 8'000;
inline constexpr std::size_t contest_chars_min = 10, contest_chars_max = 2'000;
inline constexpr int turn_minutes_min = 5, turn_minutes_max = 120;
inline constexpr std::int64_t places_max = 60;
// Who comes without a booking is never sent away because the list is full: so many more fit.
inline constexpr std::int64_t extra_places = 20;
inline constexpr std::int64_t entries_max = 20;  // of the log, for one turn
// Days of one announcement, and how far ahead they lie.
inline constexpr int months_max = 12;
inline constexpr std::size_t days_at_once = 60;
// A written result is owed within so many working days of the day somebody was received
// (Quy định 11-QĐi/TW of 18/2/2019 as amended on 23/11/2025), and so is what the unit above
// decides about a contest.
inline constexpr int result_days = 10;
// Whoever was received may contest until the end of so many days after: as silence for a report.
inline constexpr std::chrono::days contest_window{15};
// So long after its result the words of a turn are destroyed; without one, after its day.
inline constexpr std::chrono::days words_kept{90};
// "Held" is said from so long before the first turn on, and until the day is over.
inline constexpr std::chrono::minutes held_from{30};
// Bookings one sender makes for one day of reception.
inline constexpr int bookings_of_sender_max = 3;
// And for all days together, on one day of the calendar.
inline constexpr int bookings_of_sender_all_max = 6;
// A day is moved so often and no more; who still cannot come cancels it.
inline constexpr std::int64_t moves_max = 2;
// Counts of people below it are not told: the floor of everything that touches protected reports,
// as who comes in person may be about anything.
inline constexpr std::int64_t people_floor = 10;

// The public name of a turn: eight letters, shown as TD-7K2M-9QPR.
class Code {
 public:
  static std::optional<Code> parse(std::string_view text);
  static Code draw(Random& random);
  const std::string& text() const { return text_; }
  std::string shown() const;
  friend bool operator==(const Code&, const Code&) = default;

 private:
  explicit Code(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

struct Reception {
  ReceptionId id{};
  units::UnitId unit{};
  std::string unit_path{};
  std::string receiver{}, place{};
  Instant starts_at{};
  int turn_minutes = 0;
  std::int64_t places = 0;
  State state = State::announced;
  std::int64_t moved_count = 0;
  std::int64_t created_by = 0;
  Instant created_at{};
  std::int64_t revision = 1;
  // Who holds it, reads its log and gives what is owed of it: the unit itself, and once that has
  // ended whoever took over (decision 48).
  units::UnitId keeper{};
  std::string keeper_path{};

  Instant turn_at(std::int64_t slot) const {
    return starts_at + std::chrono::minutes(turn_minutes * (slot - 1));
  }
  Instant ends_at() const { return turn_at(places + 1); }
  // The first instant of the next day: until then it may be said that it is held.
  Instant day_ends_at() const { return at_local(local_day(starts_at) + std::chrono::days(1)); }
  // Turns are booked until the last one begins.
  bool takes_bookings(Instant now) const {
    return state != State::cancelled && now < turn_at(places);
  }
  bool may_be_held(Instant now) const {
    return state == State::announced && now >= starts_at - held_from && now < day_ends_at();
  }
  // Announced, and the day is over without a word.
  bool was_not_held(Instant now) const { return state == State::announced && now >= day_ends_at(); }
};

struct Turn {
  TurnId id{};
  ReceptionId reception{};
  std::int64_t slot = 0;
  std::optional<Code> code{};
  std::string citizen_key{};  // 32 bytes
  std::string about{}, name{}, contact{};
  bool in_english = false;
  Way way = Way::person;
  bool is_walk_in = false;
  std::int64_t case_id = 0;
  TurnState state = TurnState::booked;
  std::optional<Instant> came_at{}, due_at{};
  std::int64_t results = 0;
  bool is_late = false;
  std::optional<Instant> words_until{};
  std::int64_t booked_by = 0;
  Instant booked_at{};
  std::int64_t line = 0;
  std::optional<Instant> erased_at{};
  std::int64_t revision = 1;

  // A written result is owed; overdue needs nobody to say so.
  bool is_owed() const { return due_at.has_value(); }
  bool is_overdue(Instant now) const { return due_at && now > *due_at; }
};

struct Entry {
  TurnId turn{};
  std::int64_t number = 0;
  TurnState presence = TurnState::came;  // came or missed
  std::optional<Sort> sort{};
  std::optional<Outcome> outcome{};
  units::UnitId passed_to{};
  std::int64_t commitment_id = 0, case_id = 0;
  std::int64_t written_by = 0;
  Instant written_at{};
  std::int64_t line = 0;
};

struct Words {
  TurnId turn{};
  Written what = Written::summary;
  std::int64_t number = 1;
  std::string body{};
  std::int64_t written_by = 0;
  Instant written_at{};
  std::int64_t line = 0;
};

struct Contest {
  TurnId turn{};
  std::string above_path{};
  Instant contested_at{}, due_at{};
  std::optional<Ruling> ruling{};
  std::optional<Instant> ruled_at{};
};

// --- rules --------------------------------------------------------------------------------------

// For those two no word is kept and nothing becomes feedback (decision 26).
bool is_lawful_only(Sort sort);
// Whether an outcome leaves a written result owed: all but what was answered at once and the
// lawful way, which has terms of its own.
bool owes_result(Outcome outcome);
// Refuses (invalid) beside "sort", "outcome" or "summary" what does not go together: a complaint or
// denunciation has the outcome `lawful` and no summary, everything else has a summary and another
// outcome.
Result<Done> check_entry(std::optional<Sort> sort,
                         std::optional<Outcome> outcome,
                         const std::string& summary);

// On which days: one, or a rule.
enum class Rhythm : std::uint8_t { once, monthly, weekly };
inline constexpr std::array all_rhythms = {Rhythm::once, Rhythm::monthly, Rhythm::weekly};
std::string_view to_text(Rhythm);
struct Rule {
  Rhythm rhythm = Rhythm::once;
  Day first{};             // once: the day; else days from this one on
  unsigned month_day = 1;  // monthly: 1 to 28
  unsigned weekday = 1;    // weekly: 1 is Monday, to 5
  int months = 1;          // so far ahead
};
// The days of a rule, each moved forward to the next working day when offices are closed on it; a
// day that two of them move to stands once. At most days_at_once. One that is chosen by hand stays
// as it is chosen: who receives on a Saturday may.
std::vector<Day> days_of(const Rule& rule, const calendar::Holidays& holidays);

// How many days the head of a kind of unit owes, dated, with where it is written.
struct Duty {
  units::Kind kind = units::Kind::city;
  Day from{};
  std::optional<Day> to{};
  std::int64_t count = 0;
  bool is_weekly = false;  // else for each month
  bool is_confirmed = false;
  std::string source{};
};
// Null when a row is not one.
std::optional<std::vector<Duty>> read_duties(std::string_view csv);
const std::vector<Duty>& duties();
const Duty* duty_on(units::Kind kind, Day day);
// Days owed in the month that begins on `month`: for a weekly duty as many as it has Mondays.
std::int64_t owed_in(const Duty& duty, Day month);

// How many turns are free, as everybody is told: "none", "few" (at most a third) or "many". Exact
// counts would tell of single people who book, one look after another.
std::string_view band_of(std::int64_t free, std::int64_t places);

// What became of the days of a unit in one month. A day that was moved counts as announced and
// moved in the month it left, and as announced once more where it went; one that was moved on the
// very day counts as not held there, because who came that day met nobody.
struct Month {
  Day first{};
  std::int64_t announced = 0, held = 0, not_held = 0, moved = 0, cancelled = 0;
};

// Who came in one quarter. People are counted over quarters alone, once each has been over for so
// long that results had their time: sums over stretches that overlap, or that grow by the day,
// would tell of single people when one is taken from the other.
struct Quarter {
  Day first{};
  Day end{};  // the first day after it
};
inline constexpr std::chrono::days quarter_rests{30};
// The newest one that has been over for quarter_rests on `today`.
Quarter last_quarter(Day today);
struct People {
  std::int64_t came = 0, on_time = 0, late = 0;
};
// What of it is told: those who came from people_floor on; results only when those in time, those
// late and the rest are each nobody or at least people_floor, so that none follows from the others.
struct ToldPeople {
  std::optional<std::int64_t> came{}, on_time{}, late{};
};
ToldPeople told_of(const People& people);

// That a day went to another unit, because a reorganisation ended the one that kept it. The last
// one counts.
struct Follow {
  Instant at{};
  units::UnitId from{}, to{};
  Instant starts_at{};  // of the day, as it was then
  // It was not over: it is a day of `to` now. Else it stays a day of the unit that held it, and
  // `to` gives what is owed of it.
  bool is_ahead = false;
  bool is_certain = false;      // else a person has to say where it belongs
  std::int64_t settled_by = 0;  // account of who said so; 0: the clock
  std::int64_t line = 0;
};
// `what` of its line in clear.
inline constexpr std::string_view followed_word = "followed";

// What the ledger commits to. Of a handing in clear: its hash has no salt, and so nothing goes in
// that would tell of a person who settles days, whom anybody could find by trying all accounts.
std::string statement_of(const Follow& follow);
std::string statement_of(const Reception& reception);
std::string statement_of(const Turn& turn);
std::string statement_of(const Entry& entry, std::string_view summary);

}  // namespace ln::reception
