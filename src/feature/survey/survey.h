// Surveys: what people say when they are asked, in figures that whoever is judged cannot make.
//
// A form is data with a version, and never changes. A supervisor opens a survey of a unit with one
// of them, says in public beforehand who is asked and how they are chosen, and prints slips. A slip
// says of which survey and which cluster it is, and never of whom. Answers by slip make the
// headline; what came from a screen at the counter, from the open link or through a clerk stands
// apart. Figures are shown once the survey is over, with n, interval and how many kept silent.
//
// This face holds types and rules; nothing here reads a database, a clock or a socket.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "core/units/units.h"

namespace ln::survey {

using FormId = Id<struct FormTable>;
using SurveyId = Id<struct SurveyTable>;
using AnswerId = Id<struct AnswerTable>;

// The words of SQL, of form files and of text keys.
enum class Kind : std::uint8_t {
  scale,   // 1 to 5, very dissatisfied to very satisfied
  yes_no,  // 1 yes, 0 no
  choice,  // one of its options
  number,  // a whole number from `min` to `max`
  text,
};
inline constexpr std::array all_kinds = {Kind::scale, Kind::yes_no, Kind::choice, Kind::number,
                                         Kind::text};
// What a form makes of one answer, between 0 and 1: of each question that weighs something, by its
// weight.
enum class FormulaKind : std::uint8_t {
  top_two,  // satisfied or very satisfied counts 1, everything else 0
  scaled,   // (rating - 1) / 4
  points,   // an option's points of the most that its question gives
};
inline constexpr std::array all_formulas = {FormulaKind::top_two, FormulaKind::scaled,
                                            FormulaKind::points};
enum class Plan : std::uint8_t {
  census,    // all of the frame are asked
  random,    // numbers of the frame, drawn by a head of the ledger
  clusters,  // whole clusters, drawn by a head of the ledger
};
inline constexpr std::array all_plans = {Plan::census, Plan::random, Plan::clusters};
enum class Stage : std::uint8_t {
  announced,  // the head that will draw does not exist yet
  open,
  closed,
};
inline constexpr std::array all_stages = {Stage::announced, Stage::open, Stage::closed};
// How an answer came. Only the first makes the headline.
enum class Way : std::uint8_t { slip, kiosk, link, clerk };
inline constexpr std::array all_ways = {Way::slip, Way::kiosk, Way::link, Way::clerk};
// On whose behalf somebody answers.
enum class Party : std::uint8_t { person, organisation, business };
inline constexpr std::array all_parties = {Party::person, Party::organisation, Party::business};

std::string_view to_text(Kind);
std::string_view to_text(FormulaKind);
std::string_view to_text(Plan);
std::string_view to_text(Stage);
std::string_view to_text(Way);
std::string_view to_text(Party);
template <class List>
std::optional<typename List::value_type> from_word(const List& list, std::string_view text) {
  for (const auto each : list)
    if (to_text(each) == text) return each;
  return std::nullopt;
}
TextKey key_of(Kind);
TextKey key_of(FormulaKind);
TextKey key_of(Plan);
TextKey key_of(Stage);
TextKey key_of(Way);
TextKey key_of(Party);

// Limits on what people write, in characters, and on what is asked.
inline constexpr std::size_t title_chars_min = 10, title_chars_max = 200;
inline constexpr std::size_t words_chars_max = 500, answer_chars_max = 2'000;
inline constexpr std::size_t form_size_max = 64 * 1024;  // bytes of a form's file
inline constexpr std::size_t questions_max = 80, options_max = 20;
inline constexpr std::int64_t frame_max = 50'000, clusters_max = 200;
inline constexpr std::int64_t slips_per_sheet_max = 60;
inline constexpr int period_days_max = 366;
// An answer may be changed by whoever holds its slip for so long, and not after the survey is over:
// a figure that is published would tell by how it moves what one person changed.
inline constexpr std::chrono::days change_window{30};
// A draw is at least so far ahead that nobody knows its head, and not put off for ever.
inline constexpr std::chrono::minutes head_ahead_min{30};
inline constexpr std::chrono::days head_ahead_max{30};
// Fewer people than this are never told, as a count or as the difference of two.
inline constexpr std::int64_t count_floor = 10;
// An index whose interval is wider than this share of the scale concludes nothing.
inline constexpr double interval_width_max = 0.2;
// Under so many questions an index and its counts together could be solved for what is hidden.
inline constexpr std::size_t index_items_min = 5;

struct Words {
  std::string vi{}, en{};
};
struct Option {
  std::int64_t value = 0, points = 0;
  Words words{};
};
struct ShowIf {
  std::string question{};
  std::vector<std::int64_t> is{};  // one of these was answered there
};
struct Question {
  std::string code{};
  Kind kind = Kind::text;
  Words words{};
  Words help{};    // a sentence below it, may be empty
  Words matrix{};  // the heading it shares with its neighbours; empty when it stands alone
  std::size_t section = 0;
  bool is_required = false, is_unconfirmed = false;
  std::int64_t weight = 0;  // 0: the formula does not count it
  std::optional<ShowIf> show_if{};
  std::vector<Option> options{};
  std::int64_t min = 0, max = 0;

  // The answers that count people: of a scale 1 to 5, of others their options. None for text and
  // numbers.
  std::vector<std::int64_t> classes() const;
};
struct Formula {
  FormulaKind kind = FormulaKind::scaled;
  Words name{};
  std::string source{};
  bool is_unconfirmed = false;
};
struct Form {
  FormId id{};
  std::string code{};
  std::int64_t version = 0;
  Words name{};
  std::string source{}, unconfirmed{};  // where it comes from, and what of it nobody has confirmed
  Formula formula{};
  std::vector<Words> sections{};
  std::vector<Question> questions{};
  // As it is kept:
  std::string body{}, hash{};   // the file, and 32 bytes
  std::int64_t created_by = 0;  // account; 0: came with the program
  Instant created_at{};

  const Question* find(std::string_view question) const;
  // The questions that the formula counts.
  std::vector<const Question*> counted() const;
};

// What is wrong with a form, and where: a question's code, or the name of a member.
struct Fault {
  TextKey text{};
  std::string where{};
};
// The rules a form must keep that its syntax does not show: codes that differ, conditions on a
// question that stands before, options, weights, a formula that fits. Null when it is fine.
std::optional<Fault> fault_in(const Form& form);
// Whether the formula can make something of the question's answers.
bool can_count(FormulaKind formula, const Question& question);

using Values = std::map<std::string, std::int64_t, std::less<>>;
using Texts = std::map<std::string, std::string, std::less<>>;
struct Given {
  Values values{};
  Texts texts{};
  Party party = Party::person;
  friend bool operator==(const Given&, const Given&) = default;
};
// Whether the question is asked of who gave `values`.
bool is_asked(const Form& form, const Question& question, const Values& values);
// Reads what was typed, by the questions' codes. What is not asked is dropped; refuses (invalid)
// beside each question ("q-CODE") what is missing or cannot be, and beside "party".
struct TypedAnswer {
  Texts all{};
  std::string party{};
};
Result<Given> check_answer(const Form& form, const TypedAnswer& typed);
// What the formula makes of it, from 0 to score_max, rounded half up; null when less than half of
// what it counts and was asked was answered.
inline constexpr std::int64_t score_max = 10'000;
std::optional<std::int64_t> score_of(const Form& form, const Values& values);
// The text whose salted hash the ledger keeps: a line for each value, in the order of the form, and
// the nonce of the answer. Whoever has not the nonce cannot try values; it goes with the answer
// when the survey is over. What was written in words is not in it.
std::string statement_of(const Form& form, const Given& given, std::string_view nonce);

struct Cluster {
  std::int64_t number = 0;  // from 1
  std::string name{};
  std::int64_t size = 0;  // how many of it are asked, once it is drawn
  bool is_drawn = false;
};
struct Survey {
  SurveyId id{};
  units::UnitId unit{};
  std::string unit_path{}, procedure{};  // the procedure's code; empty: the unit as a whole
  FormId form{};
  std::string title_vi{}, title_en{}, frame{};  // what is numbered, in the supervisor's words
  Day opens_on{}, closes_on{};
  Plan plan = Plan::census;
  std::int64_t frame_size = 0, sample_size = 0;
  bool has_kiosk = false, has_link = false;
  Stage stage = Stage::announced;
  std::optional<Instant> head_at{};
  std::string plan_hash{};  // 32 bytes
  std::int64_t created_by = 0;
  Instant created_at{};
  std::int64_t line = 0;
  std::optional<std::int64_t> head_size{};
  std::string head_root{};
  std::optional<Instant> closed_at{};
  std::optional<std::int64_t> closed_line{};
  std::string result_hash{};  // of the counts, once it is closed

  bool takes_answers(Instant now) const {
    return stage == Stage::open && local_day(now) >= opens_on && local_day(now) <= closes_on;
  }
};
// "survey/3": what stands in the seed of its draw.
std::string frame_name(SurveyId id);
// The text whose SHA-256 stands in the ledger before anything is drawn. Lines end in a line feed.
std::string plan_text(const Survey& survey,
                      const std::vector<Cluster>& clusters,
                      std::string_view unit_code,
                      std::string_view form_hash);
// How many slips may be printed, of one cluster or (0) of all.
std::int64_t slips_allowed(const Survey& survey,
                           const std::vector<Cluster>& clusters,
                           std::int64_t cluster);

// SHA-256 of a slip's secret as it is printed (20 letters), in any case, with spaces and hyphens;
// null for what is none.
std::optional<std::string> slip_hash(std::string_view secret);

}  // namespace ln::survey
