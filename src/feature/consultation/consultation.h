// Consultation: a draft rule that people read clause by clause and comment on before it is decided.
//
// A draft has versions; what was said of a clause goes with the clause into the next version, and
// is told where it moved. Every comment has a code, a secret and a line of the ledger, and its
// writer may change or withdraw it until the consultation closes. Nothing is dropped: what is
// hidden is told, with the reason.
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
#include "engine/calendar/calendar.h"
#include "engine/draft/draft.h"

namespace ln::consultation {

using ConsultationId = Id<struct ConsultationTable>;
using CommentId = Id<struct CommentTable>;
using ParticipantId = Id<struct ParticipantTable>;
using StatementId = Id<struct StatementTable>;

// The words of SQL, JSON and text keys.
enum class Stage : std::uint8_t {
  editing,  // Only its editors read it.
  open,     // Everybody reads it and may comment.
  closed,   // Everybody reads it.
};
inline constexpr std::array all_stages = {Stage::editing, Stage::open, Stage::closed};
// How sure it is that a submission comes from somebody, and from one person only.
enum class Strength : std::uint8_t { anonymous, email, signed_in, verified };
inline constexpr std::array all_strengths = {Strength::anonymous, Strength::email,
                                             Strength::signed_in, Strength::verified};
enum class Sight : std::uint8_t {
  shown,
  hidden,     // An editor hid it, with a reason that everybody reads.
  withdrawn,  // Its writer took it back; there are no words any more.
};
inline constexpr std::array all_sights = {Sight::shown, Sight::hidden, Sight::withdrawn};
// How a comment came.
enum class Channel : std::uint8_t {
  site,      // its writer sent it here
  imported,  // an officer took it out of a letter, a spreadsheet or minutes
  invited,   // a body that was asked for its view replied
};
inline constexpr std::array all_channels = {Channel::site, Channel::imported, Channel::invited};
// Why a comment is hidden; as in the moderation of feedback.
enum class HideReason : std::uint8_t { privacy, safety, secrecy, insult, forbidden };
inline constexpr std::array all_hide_reasons = {HideReason::privacy, HideReason::safety,
                                                HideReason::secrecy, HideReason::insult,
                                                HideReason::forbidden};

std::string_view to_text(Stage);
std::string_view to_text(Strength);
std::string_view to_text(Sight);
std::string_view to_text(Channel);
std::string_view to_text(HideReason);
template <class List>
std::optional<typename List::value_type> from_word(const List& list, std::string_view text) {
  for (const auto each : list)
    if (to_text(each) == text) return each;
  return std::nullopt;
}
TextKey key_of(Stage);
TextKey key_of(Strength);
TextKey key_of(Channel);
TextKey key_of(HideReason);

// Limits on what people write, in characters.
inline constexpr std::size_t title_chars_min = 10, title_chars_max = 200;
inline constexpr std::size_t summary_chars_min = 20, summary_chars_max = 1'000;
inline constexpr std::size_t body_chars_min = 5, body_chars_max = 5'000;
inline constexpr std::size_t wording_chars_max = 5'000;
inline constexpr std::size_t note_chars_max = 500;
inline constexpr std::size_t statement_chars_min = 10, statement_chars_max = 240;
inline constexpr std::size_t statements_max = 300;
inline constexpr int window_days_max = 180;
inline constexpr int versions_max = 50;

// The public name of a comment: eight letters like those of a case, shown as GY-XXXX-XXXX.
class Code {
 public:
  // Accepts lower case, spaces and hyphens, with or without "GY" before ten letters.
  static std::optional<Code> parse(std::string_view text);
  static Code draw(Random& random);
  const std::string& text() const { return text_; }  // "7K3M4Q2P"
  std::string shown() const;                         // "GY-7K3M-4Q2P"
  friend bool operator==(const Code&, const Code&) = default;

 private:
  explicit Code(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

struct Consultation {
  ConsultationId id{};
  units::UnitId unit{};
  std::string unit_path{};
  std::string kind{};
  std::string title_vi{}, title_en{}, summary_vi{}, summary_en{};
  Stage stage = Stage::editing;
  std::int64_t version = 0;
  std::optional<Instant> opened_at{};
  std::optional<Day> closes_on{};
  std::optional<Instant> closed_at{};
  std::int64_t created_by = 0;
  Instant created_at{};
  std::int64_t revision = 1;

  // The first instant after its last day. Precondition: closes_on.
  Instant closes_at() const { return at_local(*closes_on + std::chrono::days(1)); }
  // Whether comments, support and votes are taken: open, and the last day is not over. A job closes
  // it within a minute; nothing is taken in between.
  bool takes_comments(Instant now) const {
    return stage == Stage::open && closes_on && now < closes_at();
  }
};

struct Version {
  ConsultationId consultation{};
  std::int64_t number = 0;
  std::string text{};
  std::string hash{};  // 32 bytes
  std::string note{};
  Instant created_at{};
  std::optional<Instant> published_at{};
  std::optional<std::int64_t> line{};
};

struct Comment {
  CommentId id{};
  ConsultationId consultation{};
  std::optional<Code> code{};
  std::string citizen_key{};  // 32 bytes
  std::int64_t version = 0;
  std::string clause{}, clause_now{};
  std::string body{}, wording{};
  Strength strength = Strength::anonymous;
  bool in_english = false;
  Sight state = Sight::shown;
  std::optional<HideReason> reason{};
  std::int64_t support_count = 0;
  Instant sent_at{}, changed_at{};
  std::int64_t revision = 1;
  Channel channel = Channel::site;
  std::int64_t source = 0;  // its row in consultation_source; 0: by this site
  std::string said_by{};    // the name of its source, for everybody
};

// What the ledger commits to: the clause and version, the comment, and the proposed wording.
std::string statement_of(const Comment& comment);

// The least a draft of a kind is open, by law or by the city's own rule (data/consultation).
struct Period {
  std::string kind{}, name_vi{}, name_en{};
  int days = 0;
  std::string source{};
};
// Null when a line is not understood; a test reads the built-in table.
std::optional<std::vector<Period>> read_periods(std::string_view csv);
// The table inside the executable.
const std::vector<Period>& periods();
const Period* period_of(std::string_view kind);

// The days from the one after `opens_on` to `closes_on`, as somebody who wants to read the draft
// has them. The period is counted in calendar days, and the law lets it run over a holiday, so what
// is left of it is shown instead of forbidden.
struct Window {
  int days = 0, working_days = 0;
  std::vector<calendar::NamedDay> off{};  // holidays and days off around them, in their order
  // Three days off with a name or more: readers and editors are told.
  bool runs_over_holidays() const { return off.size() >= 3; }
};
Window window_of(Day opens_on, Day closes_on, const calendar::Holidays& holidays);

// The last day is far enough and not too far: refuses (invalid) beside "closes_on".
Result<Done> check_period(std::string_view kind, Day opens_on, Day closes_on);

}  // namespace ln::consultation
