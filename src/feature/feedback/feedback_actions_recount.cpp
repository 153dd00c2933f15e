#include "feature/feedback/feedback_actions_recount.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_store_foreign.h"

namespace ln::feedback {
namespace {

constexpr std::size_t days_told = 20;

bool waits_for_answer(const Feedback& feedback) {
  return !feedback.erased_at && !is_over(feedback.state) && feedback.state != State::answered &&
         feedback.state != State::promised;
}

// When the clock of a case began, and its one pause when that is over.
struct RunningClock {
  Instant start;
  std::optional<calendar::Pause> pause{};
};
RunningClock running_clock_of(db::Read& read, const Feedback& feedback) {
  RunningClock clock{.start = feedback.received_at};
  if (const auto foreign = foreign_of(read, feedback.id)) clock.start = foreign->stated_at;
  if (feedback.urgent_at) clock.start = *feedback.urgent_at;
  if (feedback.reopen_count + feedback.contest_count + feedback.ask_count == 0) return clock;
  std::optional<Instant> asked;
  for (const Event& event : events_of(read, feedback.id)) {
    if (event.event == "reopened" || event.event == "contested") clock = {.start = event.at};
    if (event.event == "asked") asked = event.at;
    const bool ends = event.event == "replied" || event.reason == "no_reply";
    if (asked && ends) clock.pause = calendar::Pause{*std::exchange(asked, {}), event.at};
  }
  return clock;
}

calendar::NamedDay unnamed(Day day) { return {day, calendar::DayKind::holiday, "", "", ""}; }

std::string_view next_part(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return part;
}

std::optional<Day> day_from(std::string_view iso) {
  const auto at = ledger::instant_of(std::string(iso) + "T00:00:00Z");
  if (!at) return std::nullopt;
  return Day(std::chrono::duration_cast<std::chrono::days>(at->time_since_epoch()));
}

}  // namespace

std::optional<Moved> moved_by(db::Read& read,
                              const Feedback& feedback,
                              const calendar::Holidays& before,
                              const calendar::Holidays& after) {
  if (!waits_for_answer(feedback)) return std::nullopt;
  const auto topic = find_topic(read, feedback.topic).value_or(Topic{});
  const RunningClock clock = running_clock_of(read, feedback);
  const Instant is = due_after_change(feedback, topic, clock.start, clock.pause, before, after);
  if (is <= feedback.due_at) return std::nullopt;
  Moved out{.feedback = feedback, .was = feedback.due_at, .is = is};
  for (Day day = local_day(clock.start); day <= local_day(is); day += std::chrono::days(1))
    if (before.is_working_day(day) && !after.is_working_day(day))
      if (const calendar::NamedDay* named = after.find(day); out.because.size() < days_told)
        out.because.push_back(named != nullptr ? *named : unnamed(day));
  return out;
}

std::string text_of(const Moved& moved) {
  std::string out = to_iso(moved.was) + " " + to_iso(moved.is);
  for (const calendar::NamedDay& each : moved.because)
    out += "\n" + to_iso(each.day) + "\t" + each.name_vi + "\t" + each.name_en;
  return out;
}

std::optional<MovedText> read_moved(std::string_view text) {
  std::string_view first = next_part(text, '\n');
  const auto was = ledger::instant_of(next_part(first, ' ')), is = ledger::instant_of(first);
  if (!was || !is) return std::nullopt;
  MovedText out{.was = *was, .is = *is};
  while (!text.empty()) {
    std::string_view line = next_part(text, '\n');
    const auto day = day_from(next_part(line, '\t'));
    if (!day) return std::nullopt;
    calendar::NamedDay named = unnamed(*day);
    named.name_vi = next_part(line, '\t');
    named.name_en = line;
    out.because.push_back(std::move(named));
  }
  return out;
}

Result<bool> recount(db::Write& write,
                     FeedbackId id,
                     const workdays::Calendar& calendar,
                     const ledger::Salts& salts,
                     Instant now) {
  const auto found = find(write, id);
  if (!found || found->calendar_revision >= calendar.revision()) return false;
  const auto moved =
      moved_by(write, *found, calendar.days_at(found->calendar_revision), calendar.days());
  if (!moved) {
    save_calendar(write, id, calendar.revision());
    return false;
  }
  Feedback feedback = *found;
  feedback.due_at = moved->is;
  feedback.calendar_revision = calendar.revision();
  TRY([[maybe_unused]] const Feedback saved,
      record(write, std::move(feedback),
             {.event = ledger::Event::extended,
              .at = now,
              .salts = &salts,
              .party = Party::clock,
              .text = text_of(*moved),
              .reason = "calendar",
              .audience = found->is_protected ? Audience::holder : Audience::public_}));
  return true;
}

}  // namespace ln::feedback
