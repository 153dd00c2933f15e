// Dialogue: leaders sit with people until there is agreement.
//
// A session is announced with who answers, where and when. Questions come in advance or from the
// hall; each has a code, a secret and a line of the ledger, and others support it. Nothing that was
// asked disappears: what is hidden leaves its place with the reason, what is joined to another
// question keeps its asker, and a session has no minutes before every question has an answer.
// Minutes are proposed, contested by whoever asked, and approved only when each objection has an
// answer and the term is over. What is promised becomes a commitment (feature/commitment).
//
// This face holds types and rules; nothing here reads a database, a clock or a socket.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "core/units/units.h"

namespace ln::dialogue {

using DialogueId = Id<struct DialogueTable>;
using QuestionId = Id<struct DialogueQuestionTable>;
using ContestId = Id<struct DialogueContestTable>;

// The words of SQL and text keys.
enum class Stage : std::uint8_t {
  announced,  // Questions are taken in advance until it closes for them.
  live,       // Leaders and people sit together; questions are taken.
  ended,      // Questions are answered in writing, minutes are proposed and contested.
  approved,   // The minutes stand.
  cancelled,  // It did not take place; the reason is told.
};
inline constexpr std::array all_stages = {Stage::announced, Stage::live, Stage::ended,
                                          Stage::approved, Stage::cancelled};
enum class Act : std::uint8_t { start, finish, cancel, propose, approve };
inline constexpr std::array all_acts = {Act::start, Act::finish, Act::cancel, Act::propose,
                                        Act::approve};
enum class Sight : std::uint8_t {
  shown,
  hidden,     // The desk hid it, with a reason that everybody reads.
  withdrawn,  // Its asker took it back; there are no words any more.
};
inline constexpr std::array all_sights = {Sight::shown, Sight::hidden, Sight::withdrawn};
enum class Turn : std::uint8_t { waiting, now, answered };
inline constexpr std::array all_turns = {Turn::waiting, Turn::now, Turn::answered};
enum class Way : std::uint8_t { online, hall };
inline constexpr std::array all_ways = {Way::online, Way::hall};
// Why a question is hidden; as in the moderation of feedback.
enum class HideReason : std::uint8_t { privacy, safety, secrecy, insult, forbidden };
inline constexpr std::array all_hide_reasons = {HideReason::privacy, HideReason::safety,
                                                HideReason::secrecy, HideReason::insult,
                                                HideReason::forbidden};
enum class Happening : std::uint8_t { announced, started, finished, cancelled, proposed, approved };
inline constexpr std::array all_happenings = {Happening::announced, Happening::started,
                                              Happening::finished,  Happening::cancelled,
                                              Happening::proposed,  Happening::approved};

std::string_view to_text(Stage);
std::string_view to_text(Act);
std::string_view to_text(Sight);
std::string_view to_text(Turn);
std::string_view to_text(Way);
std::string_view to_text(HideReason);
std::string_view to_text(Happening);
template <class List>
std::optional<typename List::value_type> from_word(const List& list, std::string_view text) {
  for (const auto each : list)
    if (to_text(each) == text) return each;
  return std::nullopt;
}
TextKey key_of(Stage);
TextKey key_of(HideReason);
TextKey key_of(Happening);

// Limits on what people write, in characters.
inline constexpr std::size_t topic_chars_min = 10, topic_chars_max = 200;
inline constexpr std::size_t summary_chars_min = 20, summary_chars_max = 1'000;
inline constexpr std::size_t line_chars_min = 3, line_chars_max = 200;
inline constexpr std::size_t stream_chars_max = 500;
inline constexpr std::int64_t questions_max = 2'000;  // of one session
inline constexpr std::size_t body_chars_min = 10, body_chars_max = 2'000;
inline constexpr std::size_t answer_chars_min = 10, answer_chars_max = 5'000;
inline constexpr std::size_t minutes_chars_min = 50, minutes_chars_max = 100'000;
// A session is announced at most so far ahead.
inline constexpr int ahead_days_max = 180;
// Whoever asked may contest minutes until the end of the seventh day after they were proposed: a
// rule of ours, no law sets a term.
inline constexpr int contest_days = 7;
inline constexpr int minutes_max = 20;

// The public name of a question: eight letters like those of a case, shown as DT-7K2M-9QPR.
class Code {
 public:
  // Accepts lower case, spaces and hyphens, with or without "DT" before ten letters.
  static std::optional<Code> parse(std::string_view text);
  static Code draw(Random& random);
  const std::string& text() const { return text_; }  // "7K3M4Q2P"
  std::string shown() const;                         // "DT-7K3M-4Q2P"
  friend bool operator==(const Code&, const Code&) = default;

 private:
  explicit Code(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

struct Dialogue {
  DialogueId id{};
  units::UnitId unit{};
  std::string unit_path{};
  std::string topic_vi{}, topic_en{}, summary{};
  std::string leader{}, place{}, stream{};
  Instant closes_at{}, starts_at{};
  Stage stage = Stage::announced;
  std::int64_t minutes = 0;
  std::int64_t created_by = 0;
  Instant created_at{};
  std::int64_t revision = 1;

  // From anybody: in advance until it closes for them, and while it is live.
  bool takes_questions(Instant now) const {
    return (stage == Stage::announced && now < closes_at) || stage == Stage::live;
  }
  // In the hall a clerk takes them until it is over.
  bool takes_in_hall() const { return stage == Stage::announced || stage == Stage::live; }
  bool takes_answers() const { return stage == Stage::live || stage == Stage::ended; }
};

struct Question {
  QuestionId id{};
  DialogueId dialogue{};
  std::optional<Code> code{};
  std::string citizen_key{};  // 32 bytes
  std::string body{};
  bool in_english = false;
  Way way = Way::online;
  bool wants_to_speak = false;
  Sight state = Sight::shown;
  std::optional<HideReason> reason{};
  QuestionId merged_into{};
  Turn turn = Turn::waiting;
  std::string answer{};
  std::optional<Instant> answered_at{};
  std::int64_t support_count = 0;
  std::int64_t taken_by = 0;
  Instant asked_at{};
  std::int64_t revision = 1;
  // Supporters of each network that has network_told_min or more, the largest first; and as how
  // many all of them count in the order of the questions.
  std::vector<std::int64_t> support_networks{};
  std::int64_t support_ranked = 0;

  bool is_merged() const { return merged_into.value != 0; }
};

struct Minutes {
  DialogueId dialogue{};
  std::int64_t number = 0;
  std::string text{};
  Instant proposed_at{};
  Day contest_until{};
  std::optional<Instant> approved_at{};

  // The first instant at which nobody may contest them any more.
  Instant closes_at() const { return at_local(contest_until + std::chrono::days(1)); }
};

struct Contest {
  ContestId id{};
  DialogueId dialogue{};
  std::int64_t number = 0;  // of the minutes
  QuestionId question{};
  std::string body{};
  Instant contested_at{};
  std::int64_t line = 0;
  std::string answer{};
  std::optional<Instant> answered_at{};
};

// What a session becomes. Refuses (conflict) what is not in the table of dialogue.cpp.
Result<Stage> next_stage(Stage stage, Act act);

// What stands in the way of an act, besides the stage.
struct Open {
  std::int64_t unanswered = 0;    // questions that everybody sees, not joined, without an answer
  std::int64_t contests = 0;      // objections without an answer, to any minutes
  std::optional<Instant> term{};  // until then the newest minutes may be contested
};
// Minutes are proposed when every question has an answer and every objection to earlier ones too;
// approved when in addition the term is over. Refuses (conflict) with the sentence that says why.
Result<Done> may_propose(const Open& open);
Result<Done> may_approve(const Open& open, Instant now);

// --- who supports a question (decision 57) ------------------------------------------------------
//
// Anybody supports without an account, told apart by a cookie alone, which one machine makes anew
// as often as it likes. A network does not cost as little; yet a whole hall is behind one. So
// nobody is refused for their network: all are counted and shown, and only the *order* of the
// questions damps it. Of each network the first network_full supporters count in full, from then on
// every tenth. Why so: it never falls (who joins never does harm), a hall of any size outweighs its
// first twenty, and of questions that one hall asks the order is that of their supporters, since
// questions that count alike stand by how many support them. One machine gets 20 for its first 20
// cookies and has to make 10 more for each place after that.
inline constexpr std::int64_t network_full = 20, network_each = 10;
// How many a network has is told from so many on.
inline constexpr std::int64_t network_told_min = 10;

// As how many the supporters of one network count; 0 for none.
std::int64_t ranked_of(std::int64_t of_one_network);
// As how many all of them count: `all` supporters, of which `networks` (in any order) have shared
// one each; networks of at most network_full need not be named. Anybody can count it from what
// pages and API show. Between 0 and `all`.
std::int64_t ranked_of(std::int64_t all, std::span<const std::int64_t> networks);
// Whether more than half of them, and at least network_told_min, share one network: told on the
// page.
bool is_mostly_one(std::int64_t all, std::span<const std::int64_t> networks);
// What is kept of a network: the first 8 bytes of HMAC-SHA-256 under the key of the session over
// `sender` (http::Request::sender, itself a hash of the address under a key of the day that is in
// no file), big-endian. Empty for 0, which is no sender at all.
std::string network_mark(std::string_view key, std::uint64_t sender);

// What the ledger commits to.
std::string statement_of(const Dialogue& dialogue);
std::string statement_of(const Question& question);

}  // namespace ln::dialogue
