// What the pages for staff share: a case looked up with the officer's eyes, badges, names, texts.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/people/people.h"
#include "core/units/units.h"
#include "feature/feedback/feedback.h"
#include "feature/feedback/feedback_rights.h"
#include "platform/db/db.h"
#include "platform/html/fill.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"
#include "platform/html/view.h"

namespace ln::feedback::staff {

// The case of a code as it stands in a path. What the officer may not see does not exist.
Result<Feedback> visible_case(db::Read& read,
                              const people::Officer& officer,
                              std::string_view code);

// Names that a page says many times, each read once.
class Names {
 public:
  explicit Names(db::Read& read) : read_(&read) {}
  const std::string& of_account(std::int64_t id);  // empty for 0
  const std::string& of_unit(units::UnitId id);

 private:
  db::Read* read_;
  std::map<std::int64_t, std::string> accounts_, units_;
};

// How a deadline stands, in words: "Còn 6 giờ", "Quá hạn 1 ngày". Tone plain and no words when no
// clock runs: answered, over, or waiting for the citizen.
struct Clock {
  html::Tone tone = html::Tone::plain;
  std::string words{};
  bool runs = false;
  Instant due{};  // What is counted to: the day promised, once there is one.
};
Clock clock_of(const html::View& view, const Feedback& feedback, Instant now);
// "hôm nay 16:30", "thứ Ba 24/11/2026".
std::string due_day(const html::View& view, Instant due, Instant now);

// The state, told to an officer.
std::string_view state_name(const html::View& view, State state);
html::Fragment state_badge(const html::View& view, const Feedback& feedback);
// What else is to be known at a glance: kind, protection, recurrence, transfers to and fro.
html::Fragment marks(const html::View& view, const Feedback& feedback);

// How a case came in through somebody else's hands: who typed it, how it reached them, and when it
// was said or written. Nothing for what was sent without help, and nothing of a protected case:
// whoever typed it knows whom it is from, and nobody is told whom to ask.
std::vector<html::Fact> intake_facts(const html::View& view,
                                     db::Read& read,
                                     const Feedback& feedback,
                                     Names& names);

// The beginning, cut at a word.
std::string excerpt(std::string_view text, std::size_t chars);
// What the story says beyond its title, cut like excerpt; empty when the title is all of it.
std::string excerpt_after(std::string_view title, std::string_view body, std::size_t chars);

// Kind, topic, who handles it, what it is about, how it came.
html::Fragment facts_card(const html::View& view,
                          db::Read& read,
                          const Feedback& feedback,
                          Names& names);

// While two offices send the case to each other (feedback_actions_dispute.h): who decides, and the
// way there for whom it is. Nothing otherwise.
html::Fragment dispute_note(const html::View& view,
                            db::Read& read,
                            const people::Officer& officer,
                            const Feedback& feedback);

html::Url case_url(const html::View& view, const Feedback& feedback);
TextKey name_of(Task task);
// What was hidden of the case and why, with ways to hide more; nothing when neither concerns it.
html::Fragment moderation_card(const html::View& view,
                               db::Read& read,
                               const people::Officer& officer,
                               const Feedback& feedback,
                               Instant now);

// What is public already is not published again but changed.
TextKey name_of(Task task, const Feedback& feedback);

// One choice of a list; it is taken when `value` is what was chosen.
html::Fragment choice(std::string_view value, std::string_view chosen, std::string_view text);

}  // namespace ln::feedback::staff
