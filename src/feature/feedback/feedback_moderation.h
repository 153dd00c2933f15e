// What is hidden of a public case, and why: the words of the moderation log.
//
// A person decides each time, and each time is a dated row that everybody may read: the office, the
// kind of thing hidden, the reason; never what it was, nor who did it (product.md §1, Publication).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/text_hide.h"
#include "feature/feedback/feedback.h"

namespace ln::feedback {

enum class HideReason : std::uint8_t {
  privacy,    // Data about private people (Law 91/2025/QH15).
  safety,     // It could put somebody in danger.
  secrecy,    // A secret of the state or of a business.
  insult,     // Insults against a person.
  forbidden,  // A law or a court forbids to publish it.
  mistake,    // It was hidden, or shown, by mistake: put right.
};
inline constexpr std::array all_hide_reasons = {HideReason::privacy,   HideReason::safety,
                                                HideReason::secrecy,   HideReason::insult,
                                                HideReason::forbidden, HideReason::mistake};
std::string_view to_text(HideReason);
TextKey key_of(HideReason);

enum class Change : std::uint8_t {
  hidden,     // Parts were covered.
  shown,      // What was hidden is shown again, or a picture as it is.
  reworded,   // Words were changed or left out without a mark.
  withdrawn,  // The whole is not shown (any more).
  contested,  // The sender asks that it be looked at again.
};
inline constexpr std::array all_changes = {Change::hidden, Change::shown, Change::reworded,
                                           Change::withdrawn, Change::contested};
std::string_view to_text(Change);
TextKey key_of(Change);

TextKey key_of(text::Hidden);

// What became of a text: `was` was public (the original, the first time), `is` will be. More marks
// than before: hidden; fewer: shown. Anything else than marks in the original's place: reworded,
// which is told before all else.
struct TextChange {
  bool is_any = false;  // false: nothing is hidden, and nothing was
  Change change = Change::hidden;
  std::string kinds;  // of the marks that came or went, "phone:2 person:1"
};
TextChange change_of(std::string_view original, std::string_view was, std::string_view is);

// "phone:2 person:1" and "box:3" read again; what is no such word is left out.
struct KindCount {
  std::string_view word;  // of text::Hidden, or "box"
  int count = 0;
};
std::vector<KindCount> kinds_in(std::string_view kinds);

}  // namespace ln::feedback
