// Decisions by households: all households of a village or residential group, one vote each, secret.
//
// A ballot lies in the box under a mark drawn for it alone; that a household has voted stands
// elsewhere, and nothing joins the two. When the box is counted anybody counts it again
// (docs/formats/ballot.md, tools/recount.py); decision 39 says what is protected and what is not.
//
// This face holds types and rules; nothing here reads a database, a clock or a socket.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "core/units/units.h"

namespace ln::ballot {

using BallotId = Id<struct BallotTable>;
using HouseholdId = Id<struct HouseholdTable>;

// The words of SQL and text keys.
enum class Stage : std::uint8_t { announced, counted, cancelled };
inline constexpr std::array all_stages = {Stage::announced, Stage::counted, Stage::cancelled};
// What a household has done. A paper ballot is given out for its slip, so the slip votes online no
// more; who has voted online gets no paper. The first of the two counts, because nobody can find
// the ballot of a household in the box again to take it out.
enum class Way : std::uint8_t { none, online, paper, removed };
inline constexpr std::array all_ways = {Way::none, Way::online, Way::paper, Way::removed};
// What the office did.
enum class Happening : std::uint8_t { announced, removed, reissued, counted, cancelled };
inline constexpr std::array all_happenings = {Happening::announced, Happening::removed,
                                              Happening::reissued, Happening::counted,
                                              Happening::cancelled};
// Why a household is taken off the list: a word of this list and never a sentence, which would
// name somebody.
enum class Removal : std::uint8_t { moved, merged, twice, elsewhere };
inline constexpr std::array all_removals = {Removal::moved, Removal::merged, Removal::twice,
                                            Removal::elsewhere};
std::string_view to_text(Stage);
std::string_view to_text(Way);
std::string_view to_text(Happening);
std::string_view to_text(Removal);
TextKey key_of(Stage);
TextKey key_of(Happening);
TextKey key_of(Removal);
template <class List>
std::optional<typename List::value_type> from_word(const List& list, std::string_view text) {
  for (const auto each : list)
    if (to_text(each) == text) return each;
  return std::nullopt;
}

// Limits on what people write, in characters.
inline constexpr std::size_t title_chars_min = 10, title_chars_max = 200;
inline constexpr std::size_t summary_chars_min = 20, summary_chars_max = 3'000;
inline constexpr std::size_t area_chars_min = 3, area_chars_max = 100;
inline constexpr std::size_t words_chars_min = 3, words_chars_max = 300;
inline constexpr std::size_t reason_chars_min = 20, reason_chars_max = 500;
inline constexpr std::size_t questions_max = 5, options_min = 2, options_max = 6;
// Fewer households than the privacy floor have no secret ballot; more than the ceiling are several
// villages.
inline constexpr std::size_t households_min = 10, households_max = 2'000;
// A number has few letters: what has more may be a name.
inline constexpr std::size_t number_size_max = 16, number_letters_max = 3;
// There is time to print the slips and hand them out, and to vote.
inline constexpr std::chrono::hours opens_ahead_min{1}, open_min{24};
inline constexpr std::chrono::days opens_ahead_max{90}, open_max{60};
// So long after the end the paper has to be counted; then the page says since when it is late.
inline constexpr std::chrono::hours count_term{24};
// Below it, how many households object to something is not told.
inline constexpr std::int64_t objections_floor = 10;

// A part of a whole, as the law writes it.
struct Part {
  std::int64_t part = 0, whole = 1;
};
// What a decision needs, of all households of the area. Dated; the source is shown beside it.
struct Rule {
  std::string code{};
  Day from{};
  std::optional<Day> to{};  // the last day on which it can be chosen; null: still in force
  Part needs{};
  bool is_above = false;  // more than that part; else that part or more
  Part quorum{};          // that must have voted for the result to hold
  std::string name_vi{}, name_en{}, source{};
  // For so many days the draft stands to be read before it opens, and within so many working days
  // of the count the file is handed in; 0: the rule says nothing. Where that is written.
  int posted_days = 0, file_days = 0;
  std::string terms_source{};

  bool is_reached(std::int64_t votes, std::int64_t households) const;
  bool is_quorate(std::int64_t voted, std::int64_t households) const;
};
// Null when a row is not one.
std::optional<std::vector<Rule>> read_rules(std::string_view csv);
const std::vector<Rule>& rules();
// In force on `day`.
const Rule* rule_on(std::string_view code, Day day);

struct Option {
  std::int64_t number = 0;  // from 1
  std::string text_vi{}, text_en{};
};
struct Question {
  std::int64_t number = 0;  // from 1
  std::string text_vi{}, text_en{};
  std::vector<Option> options{};
};

// Where the draft stands since when.
struct Posting {
  std::string room{};   // "disclosure" or "consultation" of this platform; empty: the unit says so
  std::int64_t id = 0;  // in that room
  Day on{};
  friend bool operator==(const Posting&, const Posting&) = default;
};
// The room and number in a path of this platform, such as "/disclosure/12" or
// "/en/consultations/3"; null for anything else, also for an address of another host. The day is
// not known yet.
std::optional<Posting> posting_in(std::string_view address);

struct Ballot {
  BallotId id{};
  units::UnitId unit{};
  std::string unit_path{};
  std::string area{};
  std::string title_vi{}, title_en{}, summary{};
  Rule rule{};  // its code, parts and source
  Instant opens_at{}, closes_at{};
  Stage stage = Stage::announced;
  std::int64_t households = 0;
  std::string text_hash{};  // 32 bytes
  std::int64_t created_by = 0;
  Instant created_at{};
  std::int64_t line = 0;
  std::string reason{};
  // Once it is counted:
  std::optional<std::int64_t> voted{};
  std::string box_hash{};  // 32 bytes
  std::optional<Instant> counted_at{};
  std::optional<std::int64_t> counted_line{};
  bool is_mixed = false;
  std::int64_t revision = 1;
  std::int64_t handed_in = 0;  // once it is counted: slips that were given for paper, of `voted`
  std::optional<Posting> posted{};

  bool is_open(Instant now) const {
    return stage == Stage::announced && now >= opens_at && now < closes_at;
  }
  bool waits_for_count(Instant now) const { return stage == Stage::announced && now >= closes_at; }
};

// The public name of a slip: eight letters, shown as BP-7K2M-9QPR.
class Code {
 public:
  // Accepts lower case, spaces and hyphens, with or without "BP" before the letters.
  static std::optional<Code> parse(std::string_view text);
  static Code draw(Random& random);
  const std::string& text() const { return text_; }  // "7K2M9QPR"
  std::string shown() const;                         // "BP-7K2M-9QPR"
  friend bool operator==(const Code&, const Code&) = default;

 private:
  explicit Code(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

struct Household {
  HouseholdId id{};
  BallotId ballot{};
  std::string number{};
  Way way = Way::none;
  bool objects = false;
};

// The mark of a ballot: twelve letters, shown as 7K2M-9QPR-3XYZ. Nothing leads from it to anybody.
inline constexpr std::size_t mark_size = 12;
std::string draw_mark(Random& random);
std::string shown_mark(std::string_view mark);
// The mark of the paper ballot `number` of a question, made from `key` (32 bytes, kept nowhere): in
// the box it looks like any other.
std::string paper_mark(std::string_view key, std::int64_t question, std::int64_t number);

struct Vote {
  std::int64_t question = 0;
  std::string mark{};
  std::int64_t choice = 0;  // the number of an option; 0: blank or spoiled
  friend auto operator<=>(const Vote&, const Vote&) = default;
};

// What came out for one question.
struct Outcome {
  std::vector<std::int64_t> counts{};  // [0]: blank or spoiled, then by option
  std::int64_t voted = 0;
  bool is_quorate = false;
  bool is_tied = false;                  // the two with most votes have as many
  std::optional<std::int64_t> passed{};  // the option that was decided
};
// Nothing is decided without quorum, on a tie, or below what the rule needs of ALL households.
Outcome result_of(const Rule& rule,
                  std::int64_t households,
                  const Question& question,
                  const std::vector<Vote>& box);

// What was announced, as it is hashed, with the numbers of all households in the order of the list;
// and the box as it is given out (docs/formats/ballot.md). Precondition: no line feed but in the
// summary.
std::string text_of(const Ballot& ballot,
                    const std::vector<Question>& questions,
                    const std::vector<std::string>& numbers);
std::string box_of(const Ballot& ballot,
                   const std::vector<Question>& questions,
                   std::vector<Vote> votes);

// What those who counted the paper ballots found: for each question the blank or spoiled ones and
// then the ballots of each option.
using PaperCounts = std::vector<std::vector<std::int64_t>>;
// Refuses (invalid, beside "counts") what does not fit the questions, sums that differ between
// questions, and more ballots than slips were handed in. Fewer are taken: each slip without
// a ballot is counted as a blank one, so that no typing makes a vote disappear.
Result<Done> check_counts(const PaperCounts& counts,
                          const std::vector<Question>& questions,
                          std::int64_t handed_in);
std::string text_of(const PaperCounts& counts);
std::int64_t sum_of(const PaperCounts& counts);

// Numbers of households as pasted, one a line: letters, digits, ".", "/", "-", with a digit.
// Refuses (invalid, beside "households") what looks like a name, a number that stands there twice
// ("07a" and "7A" are one), too few and too many.
Result<std::vector<std::string>> read_numbers(std::string_view typed);

}  // namespace ln::ballot
