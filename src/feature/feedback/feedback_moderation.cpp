#include "feature/feedback/feedback_moderation.h"

#include <algorithm>

#include "base/text.h"

namespace ln::feedback {
namespace {

std::string kinds_text(const text::MarkCounts& counts) {
  std::string out;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] <= 0) continue;
    if (!out.empty()) out += ' ';
    out += std::string(text::to_text(text::all_hidden[i])) + ":" + std::to_string(counts[i]);
  }
  return out;
}

}  // namespace

std::string_view to_text(HideReason reason) {
  switch (reason) {
    case HideReason::privacy: return "privacy";
    case HideReason::safety: return "safety";
    case HideReason::secrecy: return "secrecy";
    case HideReason::insult: return "insult";
    case HideReason::forbidden: return "forbidden";
    case HideReason::mistake: return "mistake";
  }
  return "";
}

TextKey key_of(HideReason reason) {
  switch (reason) {
    case HideReason::privacy: return "feedback.hide_reason.privacy"_t;
    case HideReason::safety: return "feedback.hide_reason.safety"_t;
    case HideReason::secrecy: return "feedback.hide_reason.secrecy"_t;
    case HideReason::insult: return "feedback.hide_reason.insult"_t;
    case HideReason::forbidden: return "feedback.hide_reason.forbidden"_t;
    case HideReason::mistake: return "feedback.hide_reason.mistake"_t;
  }
  return {};
}

std::string_view to_text(Change change) {
  switch (change) {
    case Change::hidden: return "hidden";
    case Change::shown: return "shown";
    case Change::reworded: return "reworded";
    case Change::withdrawn: return "withdrawn";
    case Change::contested: return "contested";
  }
  return "";
}

TextKey key_of(Change change) {
  switch (change) {
    case Change::hidden: return "feedback.moderation.hidden"_t;
    case Change::shown: return "feedback.moderation.shown"_t;
    case Change::reworded: return "feedback.moderation.reworded"_t;
    case Change::withdrawn: return "feedback.moderation.withdrawn"_t;
    case Change::contested: return "feedback.moderation.contested"_t;
  }
  return {};
}

TextKey key_of(text::Hidden kind) {
  switch (kind) {
    case text::Hidden::citizen_id: return "feedback.private.citizen_id"_t;
    case text::Hidden::phone: return "feedback.private.phone"_t;
    case text::Hidden::email: return "feedback.private.email"_t;
    case text::Hidden::bank_account: return "feedback.private.bank_account"_t;
    case text::Hidden::tax_number: return "feedback.private.tax_number"_t;
    case text::Hidden::insurance: return "feedback.private.insurance"_t;
    case text::Hidden::plate: return "feedback.private.plate"_t;
    case text::Hidden::person: return "feedback.private.person"_t;
    case text::Hidden::house: return "feedback.private.house"_t;
    case text::Hidden::other: return "feedback.private.other"_t;
  }
  return {};
}

TextChange change_of(std::string_view original, std::string_view was, std::string_view is) {
  const text::MarkCounts before = text::count_marks(was), after = text::count_marks(is);
  text::MarkCounts more{}, fewer{};
  for (std::size_t i = 0; i < after.size(); ++i) {
    more[i] = after[i] - before[i];
    fewer[i] = before[i] - after[i];
  }
  const std::string came = kinds_text(more), went = kinds_text(fewer);
  if (!text::only_hides(original, is)) return {true, Change::reworded, came.empty() ? went : came};
  if (!came.empty()) return {true, Change::hidden, came};
  if (!went.empty()) return {true, Change::shown, went};
  // The same marks elsewhere, or the first words after a rewording: said by what stands there now.
  if (was == is) return {};
  const std::string all = kinds_text(after);
  return {true, all.empty() ? Change::shown : Change::hidden, all};
}

std::vector<KindCount> kinds_in(std::string_view kinds) {
  std::vector<KindCount> out;
  while (!kinds.empty()) {
    const std::size_t space = std::min(kinds.find(' '), kinds.size());
    const std::string_view each = kinds.substr(0, space);
    const std::size_t colon = std::min(each.find(':'), each.size());
    const auto count = parse_number(each.substr(std::min(colon + 1, each.size())));
    const std::string_view word = each.substr(0, colon);
    const bool is_known = word == "box" || text::hidden_of(word).has_value();
    if (is_known && count && *count > 0 && *count <= 10'000)
      out.push_back({word, static_cast<int>(*count)});
    kinds.remove_prefix(std::min(space + 1, kinds.size()));
  }
  return out;
}

}  // namespace ln::feedback
