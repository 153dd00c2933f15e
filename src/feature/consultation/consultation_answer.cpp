#include "feature/consultation/consultation_answer.h"

#include <algorithm>

#include "base/text.h"

namespace ln::consultation {
namespace {

constexpr std::string_view whole_key = "all";

bool is_at_or_below(std::string_view key, std::string_view place) {
  return key.starts_with(place) && !place.empty() &&
         (key.size() == place.size() || key[place.size()] == '.');
}

}  // namespace

std::string_view to_text(Answer answer) {
  constexpr std::string_view words[] = {"accepted", "partly", "declined", "noted"};
  return words[static_cast<std::size_t>(answer)];
}
std::string_view to_text(Origin origin) {
  constexpr std::string_view words[] = {"hand", "clause", "campaign"};
  return words[static_cast<std::size_t>(origin)];
}

TextKey key_of(Answer answer) {
  switch (answer) {
    case Answer::accepted: return "consultation.answer.accepted"_t;
    case Answer::partly: return "consultation.answer.partly"_t;
    case Answer::declined: return "consultation.answer.declined"_t;
    case Answer::noted: return "consultation.answer.noted"_t;
  }
  return {};
}

TextKey key_of(Blocker::Kind kind) {
  switch (kind) {
    case Blocker::Kind::open: return "consultation.gate.open"_t;
    case Blocker::Kind::invited: return "consultation.gate.invited"_t;
    case Blocker::Kind::unplaced: return "consultation.gate.unplaced"_t;
    case Blocker::Kind::unanswered: return "consultation.gate.unanswered"_t;
    case Blocker::Kind::objection: return "consultation.gate.objection"_t;
    case Blocker::Kind::criticism: return "consultation.gate.criticism"_t;
    case Blocker::Kind::unchanged: return "consultation.gate.unchanged"_t;
  }
  return {};
}

Result<Done> check_answer(const Given& given, const draft::Draft& draft) {
  FieldErrors errors;
  const bool takes_up = given.answer == Answer::accepted || given.answer == Answer::partly;
  if (takes_up && given.clause != whole_key && !draft.find(given.clause))
    errors.add("clause", "consultation.error.answer_clause"_t);
  const std::size_t chars = count_chars(given.reason);
  if (given.answer != Answer::accepted && chars < reason_chars_min)
    errors.add("reason", "consultation.error.answer_reason"_t);
  if (chars > reason_chars_max) errors.add("reason", "consultation.error.answer_long"_t);
  if (count_chars(given.wording) > wording_chars_max)
    errors.add("wording", "consultation.error.wording_long"_t);
  if (!errors.empty()) return errors.take();
  return Done{};
}

bool is_changed(const std::vector<draft::Match>& matches, std::string_view key) {
  const auto differs = [](const draft::Match& match) {
    return match.fate != draft::Fate::kept &&
           (match.fate != draft::Fate::moved || match.is_reworded);
  };
  if (key == whole_key) return std::ranges::any_of(matches, differs);
  std::string before;  // where the place stood at first
  for (const draft::Match& match : matches)
    if (match.after == key) before = match.before;
  return std::ranges::any_of(matches, [&](const draft::Match& match) {
    const bool is_there = match.after.empty() ? is_at_or_below(match.before, before)
                                              : is_at_or_below(match.after, key);
    return is_there && differs(match);
  });
}

}  // namespace ln::consultation
