// Projects for which households lose land: an office and each household talk line by line until
// every question has an answer in writing.
//
// The project, its decisions, plan and prices are public. What a household gets is theirs: they
// open their file with code and secret, question any line and get an answer by a date that is
// counted in working days. There is no state of agreeing: no column, list or count tells who has
// asked or who has not, to nobody. Of a round the public reads, once it is closed, how many
// households raised something and of how many a line was put right, unless that would tell of fewer
// than the floor (decision 40).
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
#include "core/people/people.h"
#include "core/units/units.h"

namespace ln::project {

using ProjectId = Id<struct ProjectTable>;
using HouseholdId = Id<struct ProjectHouseholdTable>;
using LineId = Id<struct ProjectLineTable>;
using QuestionId = Id<struct ProjectQuestionTable>;
using ReissueId = Id<struct ProjectReissueTable>;

// The words of SQL and text keys.
enum class ItemKind : std::uint8_t { decision, plan, prices, notice };
inline constexpr std::array all_item_kinds = {ItemKind::decision, ItemKind::plan, ItemKind::prices,
                                              ItemKind::notice};
enum class Outcome : std::uint8_t {
  explained,  // the line stays as it is, and why
  remedied,   // the line was put right
  erased,     // the household erased its file before it was answered; no office can say this
};
inline constexpr std::array all_outcomes = {Outcome::explained, Outcome::remedied, Outcome::erased};

// Of a letter that was printed again.
enum class LetterState : std::uint8_t {
  waiting,   // it does not work yet
  stopped,   // who held the earlier secret stopped it
  in_force,  // it works, or worked until the next one
  taken_back,  // it worked, until who held the earlier secret took it back
  erased,      // the household erased its file before it worked
};
inline constexpr std::array all_letter_states = {LetterState::waiting, LetterState::stopped,
                                                 LetterState::in_force, LetterState::taken_back,
                                                 LetterState::erased};

std::string_view to_text(ItemKind);
std::string_view to_text(LetterState);
std::string_view to_text(Outcome);
template <class List>
std::optional<typename List::value_type> from_word(const List& list, std::string_view text) {
  for (const auto each : list)
    if (to_text(each) == text) return each;
  return std::nullopt;
}
TextKey key_of(ItemKind);
TextKey key_of(Outcome);

// Limits on what people write, in characters.
inline constexpr std::size_t name_chars_min = 10, name_chars_max = 200;
inline constexpr std::size_t summary_chars_min = 20, summary_chars_max = 1'000;
inline constexpr std::size_t document_chars_min = 3, document_chars_max = 60;
inline constexpr std::size_t item_chars_min = 20, item_chars_max = 50'000;
inline constexpr std::size_t body_chars_min = 10, body_chars_max = 2'000;
inline constexpr std::size_t answer_chars_min = 20, answer_chars_max = 5'000;
inline constexpr std::size_t holder_chars_max = 100, parcel_chars_max = 60, number_chars_max = 20;
inline constexpr std::int64_t items_max = 200, rounds_max = 20, prices_max = 60;
inline constexpr std::int64_t questions_max = 100;  // of one household
// An answer is due at the end of office hours of the tenth working day: the term in which the
// receiver of a citizen has to write (domain.md 2.6); our own rule, no law names one for this.
inline constexpr int answer_days = 10;
// A round takes questions for so many days at least, so that nobody is late by a week of work away
// from home; at most so that it ends. Rules of ours.
inline constexpr int round_days_min = 7, round_days_max = 90;
// A letter that was printed again works from the end of office hours of the fifth working day after
// it was asked for: long enough to be seen by who holds the earlier secret. Of one household the
// next is printed thirty days later at the earliest, whatever became of the last one, so that
// nobody prints until nobody looks any more and a refusal tells nothing. For thirty days after it
// came into force the earlier secret can still take it back: who looks into the file only when a
// round is open is not late. A file is erased by such a letter only thirty days after it came into
// force, and while no round is open: then nothing that was asked before waits any more. Rules of
// ours (decision 47).
inline constexpr int letter_days = 5, letters_apart_days = 30, letter_erases_days = 30;
inline constexpr int letter_back_days = 30;
inline constexpr std::int64_t letters_max = 10;  // of one household
// In one project, by all clerks together, so many letters are printed again on one day, or one for
// each hundred households where that is more. Letters are lost one by one; who prints a village's
// in an afternoon locks it out. A rule of ours.
inline constexpr std::int64_t letters_a_day = 3, households_a_letter = 100;
inline constexpr std::size_t reason_chars_min = 20, reason_chars_max = 1'000;
// Groups of fewer households than this are told to nobody.
inline constexpr std::int64_t floor_of_households = 10;
// Amounts above are mistakes: a thousand hectares, ten thousand billion dong.
inline constexpr std::int64_t area_max = 1'000'000'000, dong_max = 10'000'000'000'000;
// Of a square metre: so much times the largest area still is a number.
inline constexpr std::int64_t price_max = 1'000'000'000;
inline constexpr std::size_t lines_max = 50;  // parcels of one household

// Of a household or a question: eight letters like those of a case, shown as GP-7K2M-9QPR.
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

struct Project {
  ProjectId id{};
  units::UnitId unit{};
  std::string unit_path{};
  std::string name_vi{}, name_en{}, summary{};
  std::int64_t created_by = 0;
  Instant created_at{};
  std::int64_t revision = 1;
};

struct Item {
  std::int64_t number = 0;
  ItemKind kind = ItemKind::notice;
  std::string document{}, title{}, text{};
  Day dated_on{};
  std::int64_t published_by = 0;
  Instant published_at{};
  std::int64_t line = 0;
};

struct Price {
  std::string code{}, name{};
  std::int64_t price = 0;  // dong for a square metre
  friend bool operator==(const Price&, const Price&) = default;
};
// "ONT; Đất ở nông thôn; 12.000.000", one kind of land a line. Refuses (invalid, beside "text")
// what is not that, a code that comes twice, and a table without a line.
Result<std::vector<Price>> read_prices(std::string_view text);
const Price* find_price(const std::vector<Price>& prices, std::string_view code);

// "12.000.000" or "12000000" as a number of dong; "120,5" as hundredths of a square metre. Null for
// anything else, and above dong_max and area_max.
std::optional<std::int64_t> read_dong(std::string_view text);
std::optional<std::int64_t> read_area(std::string_view text);

// What a parcel is paid, as it was computed.
struct Amounts {
  std::int64_t area = 0;  // hundredths of a square metre
  std::string land_code{};
  std::int64_t price = 0, structures = 0, support = 0;

  // Area times price, rounded half up to a dong.
  std::int64_t land() const { return (area * price + 50) / 100; }
  std::int64_t total() const { return land() + structures + support; }
  friend bool operator==(const Amounts&, const Amounts&) = default;
};
struct Line {
  LineId id{};
  HouseholdId household{};
  std::int64_t seq = 0;
  std::string parcel{}, land_name{};
  Amounts amounts{};
  std::int64_t revision = 1;
};

struct Household {
  HouseholdId id{};
  ProjectId project{};
  std::optional<Code> code{};
  std::string citizen_key{};  // 32 bytes
  std::string number{}, holder{}, address{};
  Instant imported_at{};
  std::int64_t imported_by = 0;
  ReissueId letter{};  // in force; 0: the first
  // Whether its secret is one that no letter ever held: whoever printed the letter knows the other.
  bool is_own = false;
  std::optional<Instant> erased_at{};
  std::int64_t revision = 1;
};

struct Round {
  ProjectId project{};
  std::int64_t number = 0;
  Instant opened_at{};
  Day asks_until{};
  std::int64_t opened_line = 0;
  std::optional<Instant> closed_at{};
  std::optional<std::int64_t> closed_line{}, raised{}, remedied{};

  bool is_closed() const { return closed_at.has_value(); }
  bool takes_questions(Instant now) const {
    return !closed_at && now < at_local(asks_until + std::chrono::days(1));
  }
};

struct Question {
  QuestionId id{};
  std::optional<Code> code{};
  ProjectId project{};
  HouseholdId household{};
  ReissueId letter{};  // by which it was asked; 0: the first
  LineId line{};       // 0: the whole file
  std::int64_t round = 0;
  QuestionId previous{};
  std::string body{};
  Instant asked_at{}, due_at{};
  std::int64_t asked_line = 0;
  std::optional<Outcome> outcome{};
  std::string answer{};
  std::int64_t answered_by = 0;
  std::optional<Instant> answered_at{};
  std::optional<std::int64_t> answer_line{};
};

// A letter printed again.
struct Reissue {
  ReissueId id{};
  ProjectId project{};
  HouseholdId household{};
  std::string citizen_key{};  // 32 bytes
  std::string reason{};
  std::int64_t asked_by = 0;
  Instant asked_at{}, works_at{};
  std::int64_t line = 0;
  LetterState state = LetterState::waiting;
  std::optional<Instant> settled_at{};
};
// Refuses (conflict) another letter of a household whose letters are these, in their order.
Result<Done> may_reissue(const std::vector<Reissue>& letters, Instant now);
// How many letters are printed again in a project of so many households on one day at most.
std::int64_t letters_on_a_day(std::int64_t households);
// What the public reads of so many letters printed again in a project: nothing below the floor, and
// above it only full tens, so that a single one hardly ever shows.
std::optional<std::int64_t> printed_of(std::int64_t letters);

struct Correction {
  QuestionId question{};
  LineId line{};
  Amounts before{}, after{};
};

// What is printed of a round. Nothing is computed from it afterwards and no sum over rounds is ever
// printed, so nothing can be found by subtracting.
struct Figures {
  std::optional<std::int64_t> raised{}, remedied{};
  friend bool operator==(const Figures&, const Figures&) = default;
};
// Of `households` in all, `raised` asked something and of `remedied` of those a line was put right.
// `raised` is withheld when those who asked or those who did not are fewer than the floor, also
// none: that everybody asked, or nobody, tells of each. `remedied` is withheld with it, and when it
// or the rest of those who asked are fewer than the floor but not none.
Figures figures_of(std::int64_t households, std::int64_t raised, std::int64_t remedied);

// Refuses (conflict) to open another round while one is open, to take files in then, which would
// move the floor under what is counted, and to close one while questions are taken or one waits for
// its answer.
Result<Done> may_open(const std::vector<Round>& rounds);
Result<Done> may_take_in(const std::vector<Round>& rounds);
Result<Done> may_close(const Round& round, bool is_waiting, Instant now);

// Who may, by their role. The head of the unit publishes and opens and closes rounds, and reads
// nothing of any household. A clerk of the very unit, not of one above it, takes files in; a
// handler there answers questions. Nobody does both in one project (project_actions.h).
bool may_lead(const people::Officer& officer, std::string_view unit_path);
bool may_import(const people::Officer& officer, std::string_view unit_path);
bool may_answer(const people::Officer& officer, std::string_view unit_path);
bool may_enter(const people::Officer& officer, std::string_view unit_path);  // any of the three

// What the ledger commits to.
std::string statement_of(const Project& project, const Item& item);
std::string statement_of(const Household& household, const std::vector<Line>& lines);
std::string statement_of(const Line& line);
std::string statement_of(const Correction& correction);
std::string statement_of(const Reissue& letter);

}  // namespace ln::project
