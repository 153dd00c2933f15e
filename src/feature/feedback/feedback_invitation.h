// Asking somebody outside about a case, by a link that is good for one answer: a body that has no
// account here, or whoever is complained about, who may say their side. Pure.
//
// Who is asked reads what the officer wrote for them and nothing else of the case: not its words,
// not its code, not its sender.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/people/people.h"
#include "engine/merkle/merkle.h"
#include "feature/feedback/feedback.h"

namespace ln::feedback {

// body: another authority or company, for what is not protected and not about conduct.
// named: who is complained about, for what is about conduct.
enum class InvitedAs : std::uint8_t { body, named };
std::string_view to_text(InvitedAs);
// As which somebody can be asked about the case; null when nobody can: it is over, protected
// without being about conduct, or its words are gone.
std::optional<InvitedAs> invitable(const Feedback& feedback);

inline constexpr std::size_t addressee_chars_max = 120;
inline constexpr std::size_t invitation_chars_min = 20, invitation_chars_max = 3'000;
inline constexpr std::size_t invited_answer_chars_min = 10, invited_answer_chars_max = 5'000;
inline constexpr std::array invitation_days = {7, 14, 30};  // for how long a link may be good
inline constexpr std::size_t open_invitations_max = 5;      // of one case at a time
// Letters of the token in a link: 128 bits in hexadecimal.
inline constexpr std::size_t link_token_size = 32;

struct Invitation {
  std::int64_t id = 0;
  FeedbackId feedback{};
  InvitedAs purpose = InvitedAs::body;
  std::string addressee{}, text{};
  std::int64_t officer_id = 0;
  Instant at{}, expires_at{};
  std::optional<Instant> withdrawn_at{}, answered_at{}, released_at{};
  std::string answer{};

  bool is_open(Instant now) const { return !withdrawn_at && !answered_at && now < expires_at; }
};

// What the log of a case calls it, and what the timeline of the office calls its answer.
inline constexpr std::string_view invited_word = "invited", invited_answer_word = "invited_answer";

// What is wrong with one beside "addressee" and "text"; `days` beside "days". A text for who is
// complained about is refused when it holds a passage of the sender's own (five words in a row).
void check_invitation(const Feedback& feedback,
                      const Invitation& invitation,
                      std::int64_t days,
                      FieldErrors& errors);

}  // namespace ln::feedback
