#include "feature/feedback/feedback_invitation.h"

#include <algorithm>
#include <set>
#include <vector>

#include "base/text.h"
#include "engine/text/text.h"

namespace ln::feedback {
namespace {

constexpr std::size_t passage_words = 5;

// Every passage of five words, folded: without diacritics, case and punctuation.
std::vector<std::string> passages(std::string_view text) {
  const std::string folded = text::fold(text);
  std::vector<std::string> words(1);
  for (const char c : folded) {
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_word)
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  std::vector<std::string> found;
  for (std::size_t i = 0; i + passage_words <= words.size(); ++i) {
    std::string passage;
    for (std::size_t k = 0; k < passage_words; ++k) passage += words[i + k] + ' ';
    found.push_back(std::move(passage));
  }
  return found;
}

bool repeats(std::string_view text, std::string_view sent) {
  const std::vector<std::string> said = passages(sent);
  const std::set<std::string> known(said.begin(), said.end());
  return std::ranges::any_of(passages(text),
                             [&](const std::string& each) { return known.contains(each); });
}

}  // namespace

std::string_view to_text(InvitedAs purpose) {
  return purpose == InvitedAs::named ? "named" : "body";
}

std::optional<InvitedAs> invitable(const Feedback& feedback) {
  if (is_over(feedback.state) || feedback.erased_at || feedback.held_as) return std::nullopt;
  if (feedback.about == About::conduct) return InvitedAs::named;
  return feedback.is_protected ? std::nullopt : std::optional(InvitedAs::body);
}

void check_invitation(const Feedback& feedback,
                      const Invitation& invitation,
                      std::int64_t days,
                      FieldErrors& errors) {
  const std::size_t addressee = count_chars(invitation.addressee);
  if (addressee < 2 || addressee > addressee_chars_max)
    errors.add("addressee", "feedback.invitation.error.addressee"_t);
  const std::size_t chars = count_chars(invitation.text);
  if (chars < invitation_chars_min || chars > invitation_chars_max)
    errors.add("text", "feedback.invitation.error.text"_t);
  else if (invitation.purpose == InvitedAs::named &&
           repeats(invitation.text, feedback.title + "\n" + feedback.body))
    errors.add("text", "feedback.invitation.error.repeats"_t);
  if (std::ranges::find(invitation_days, days) == invitation_days.end())
    errors.add("days", "feedback.invitation.error.days"_t);
}

}  // namespace ln::feedback
