// Satisfaction: what the citizen says of an answer. For now the rating of a case; surveys and the
// index come with their own issue.
//
// One rating a case, from whoever holds its secret, signed with the key made from it: nobody rates
// in their place. "How satisfied" and "was it solved" are two questions, because a kind answer may
// solve nothing. What a clerk typed for somebody is kept apart and stands in no figure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "core/units/units.h"
#include "feature/feedback/feedback.h"

namespace ln::satisfaction {

// The words of SQL, JSON and text keys.
enum class Solved : std::uint8_t { yes, partly, no };
enum class Reason : std::uint8_t {
  fast,         // answered sooner than expected
  clear,        // easy to understand
  polite,       // treated with respect
  thorough,     // everything asked was answered
  slow,         // took too long
  unclear,      // hard to understand
  impolite,     // not treated with respect
  off_point,    // does not answer what was asked
  sent_around,  // sent from one office to the next
  not_done,     // said to be done, and is not
};
inline constexpr std::array all_solved = {Solved::yes, Solved::partly, Solved::no};
inline constexpr std::array all_reasons = {
    Reason::fast,    Reason::clear,    Reason::polite,    Reason::thorough,    Reason::slow,
    Reason::unclear, Reason::impolite, Reason::off_point, Reason::sent_around, Reason::not_done};
// An answer to a question that nobody has to answer.
enum class Said : std::uint8_t { nothing, no, yes };
std::string_view to_text(Said said);  // "", "no", "yes"
std::optional<Said> said_of(std::string_view word);
TextKey key_of(Said said);
std::string_view to_text(Solved);
std::string_view to_text(Reason);
std::optional<Solved> solved_of(std::string_view word);
std::optional<Reason> reason_of(std::string_view word);
TextKey key_of(Solved);
TextKey key_of(Reason);
// "Rất không hài lòng" … "Rất hài lòng". Precondition: 1 to 5.
TextKey key_of_score(int score);

inline constexpr int score_min = 1, score_max = 5;
inline constexpr std::size_t text_chars_max = 1'000;
inline constexpr std::chrono::days may_change_for{30};

// What was said, not checked yet: from a form or the API.
struct Given {
  std::optional<std::int64_t> score;
  std::string solved;  // a word of the list
  std::vector<std::string> reasons;
  std::string text;
  std::string again{}, believed{};  // "yes", "no", or nothing
};

struct Rating {
  feedback::FeedbackId feedback{};
  units::UnitId unit{};  // whose answer is rated
  int score = 0;
  Solved solved = Solved::no;
  std::vector<Reason> reasons{};  // in the order of the list, each once
  std::string text{};
  // Trust: would they report again, did they believe the answer.
  Said again = Said::nothing, believed = Said::nothing;
  feedback::Sender sender = feedback::Sender::person;
  std::int64_t entered_by = 0;  // clerk who typed it; such ratings stand in no figure
  Instant first_at{}, changed_at{};
  std::int64_t revision = 1;
};

// The fields of a rating that are a person's words, checked: all that is wrong is told at once,
// beside "score", "solved", "reasons", "again", "believed" and "text".
Result<Rating> check(const Given& given);

// What a rating needs to know of its case.
struct Case {
  feedback::FeedbackId id{};
  std::string citizen_key{};
  feedback::State state = feedback::State::received;
  feedback::Sender sender = feedback::Sender::person;
  units::UnitId unit{};
  std::optional<Instant> last_answered_at{};
  bool is_erased = false;
  bool is_protected = false;
};

// Whether the case may be rated now, given what was said before (null: nothing yet). Refuses
// (conflict) a case that has no answer or is being worked on again, and a change later than thirty
// days after the first rating or after the latest answer, whichever is later: who is answered anew
// may say what they think of that.
Result<Done> may_rate(const Case& rated, const std::optional<Rating>& before, Instant now);

// What the ledger commits to: "4 yes fast polite again:yes believed:no" and the text below it; of
// what was not said there is no word.
std::string statement_of(const Rating& rating);

}  // namespace ln::satisfaction
