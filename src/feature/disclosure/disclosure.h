// What a commune has to disclose by law: each item falls due, is posted, is read, is asked about.
//
// An item is disclosed when people can read it, not when a box is ticked: what only hangs in an
// office is told as such, and what is late shows itself by the clock.
//
// This face holds types and rules; nothing here reads a database, a clock or a socket.
#pragma once

#include <array>
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

namespace ln::disclosure {

using DisclosureId = Id<struct DisclosureTable>;
using QuestionId = Id<struct DisclosureQuestionTable>;

enum class Sight : std::uint8_t { shown, hidden, withdrawn };
inline constexpr std::array all_sights = {Sight::shown, Sight::hidden, Sight::withdrawn};
// Why a question is hidden; a word of the list, told in public.
enum class HideReason : std::uint8_t { privacy, insult, forbidden };
inline constexpr std::array all_hide_reasons = {HideReason::privacy, HideReason::insult,
                                                HideReason::forbidden};
std::string_view to_text(Sight);
std::string_view to_text(HideReason);
TextKey key_of(HideReason);
template <class List>
std::optional<typename List::value_type> from_word(const List& list, std::string_view text) {
  for (const auto each : list)
    if (to_text(each) == text) return each;
  return std::nullopt;
}

// Limits on what people write, in characters.
inline constexpr std::size_t title_chars_min = 10, title_chars_max = 200;
inline constexpr std::size_t body_chars_max = 20'000, link_chars_max = 300, place_chars_max = 200;
inline constexpr std::size_t question_chars_min = 10, question_chars_max = 1'000;
inline constexpr std::size_t answer_chars_min = 10, answer_chars_max = 3'000;
// A posting shorter than this without its spaces, and without a link, tells nobody anything.
inline constexpr std::size_t readable_chars_min = 40;
inline constexpr int decided_days_max = 366;  // so far back an item may still be entered
// Questions of one item that wait for an answer, and those that one sender asks on one day.
inline constexpr std::int64_t questions_max = 500;
inline constexpr int questions_of_sender_max = 5;
// Below it, how often a page was opened is not told.
inline constexpr std::int64_t views_floor = 10;

// What the law asks for, dated, with its term and where it is written.
struct Item {
  std::string code{};
  Day from{};
  std::optional<Day> to{};
  int working_days = 0;
  std::string form{}, name_vi{}, name_en{}, source{};
};
// Null when a row is not one.
std::optional<std::vector<Item>> read_items(std::string_view csv);
const std::vector<Item>& items();
const Item* item_on(std::string_view code, Day day);
const Item* item_of(std::string_view code);  // whenever it was in force

struct Post {
  std::int64_t number = 0;
  std::string body{}, link{}, place{};
  std::int64_t posted_by = 0;
  Instant posted_at{};
  std::int64_t line = 0;

  // Whether anybody can read it without going to an office.
  bool can_be_read() const;
};

struct Disclosure {
  DisclosureId id{};
  units::UnitId unit{};
  std::string unit_path{};
  std::string item{}, title{};
  Day decided_on{};
  int working_days = 0;
  std::string source{};
  Instant due_at{};
  std::int64_t posts = 0;                    // also those that nobody can read here
  std::optional<Instant> first_posted_at{};  // of those that anybody can read
  std::int64_t views = 0;
  std::int64_t created_by = 0;
  Instant created_at{};
  std::int64_t line = 0;

  // So that anybody can read it: a note in an office, or a few letters, stops no clock.
  bool is_posted() const { return first_posted_at.has_value(); }
  bool is_overdue(Instant now) const { return !is_posted() && now > due_at; }
  bool was_late() const { return first_posted_at && *first_posted_at > due_at; }
};

// The public name of a question: eight letters, shown as CK-7K2M-9QPR.
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

struct Question {
  QuestionId id{};
  DisclosureId disclosure{};
  std::optional<Code> code{};
  std::string citizen_key{};
  std::string body{};
  Sight state = Sight::shown;
  std::optional<HideReason> reason{};
  Instant asked_at{};
  std::string answer{};
  std::optional<Instant> answered_at{};
  std::int64_t revision = 1;
};

// How a commune stands.
struct Standing {
  units::UnitId unit{};
  std::int64_t all = 0, due = 0, overdue = 0, posted = 0, late = 0;
};

}  // namespace ln::disclosure
