#include "feature/insight/insight_signal_rooms.h"

#include <algorithm>
#include <optional>

namespace ln::insight {
namespace {

// The days of grace of a rule, and the month in which they must be over.
struct RoomGrace {
  Instant begin{}, end{};
  std::chrono::days length{};

  Instant over(Instant from) const { return from + length; }
  bool is_over_in_month(Instant from) const { return over(from) >= begin && over(from) < end; }
  bool is_in_month(Instant at) const { return at >= begin && at < end; }
  // Whether it was done within the days.
  bool was_done(const std::optional<Instant>& at, Instant from) const {
    return at && *at < over(from);
  }
};

struct RoomLook {
  std::int64_t whole = 0;
  std::vector<HollowThing> things{};

  void add(std::int64_t id, bool was_due, const std::optional<Hollow>& why) {
    if (was_due) ++whole;
    if (why) things.push_back({id, *why});
  }
};

RoomLook dialogues_in(const RoomMonth& of, const RoomGrace& grace, const SignalRule& rule) {
  RoomLook looked;
  for (const EndedDialogue& each : of.dialogues) {
    if (!grace.is_over_in_month(each.ended)) continue;
    const bool is_empty =
        each.answered >= rule.part_min && !grace.was_done(each.promised, each.ended);
    looked.add(each.id, true, is_empty ? std::optional(Hollow::no_promise) : std::nullopt);
  }
  return looked;
}

// When the advice was due in the end: a return moves its day only while the days of grace of the
// day before it were not over, so that nobody moves a day out of the month that is looked at.
Instant due_in_the_end(const WatchedProgramme::Advised& advised, const RoomGrace& grace) {
  Instant from = at_local(advised.due + std::chrono::days(1));
  for (const WatchedProgramme::Advised::Returned& each : advised.returned) {
    if (each.at >= grace.over(from)) break;
    from = at_local(each.due + std::chrono::days(1));
  }
  return from;
}

// The moment from which so many faults stood, none of them corrected within the days of grace. What
// was corrected after those changes nothing. Null when there were never so many.
std::optional<Instant> at_fault(std::vector<WatchedProgramme::Fault> faults,
                                std::int64_t enough,
                                const RoomGrace& grace) {
  while (enough > 0 && std::ssize(faults) >= enough) {
    const auto first = faults.begin(), last = first + enough;
    const Instant from = (last - 1)->from;
    const auto corrected = std::find_if(first, last, [&](const WatchedProgramme::Fault& each) {
      return each.until && *each.until < grace.over(from);
    });
    if (corrected == last) return from;
    faults.erase(corrected);
  }
  return std::nullopt;
}

RoomLook programmes_in(const RoomMonth& of, const RoomGrace& grace, const SignalRule& rule) {
  RoomLook looked;
  for (const WatchedProgramme& each : of.programmes) {
    bool was_due = false;
    std::optional<Hollow> why;
    for (const WatchedProgramme::Advised& advised : each.advice) {
      const Instant from = due_in_the_end(advised, grace);
      if (!grace.is_over_in_month(from)) continue;
      was_due = true;
      if (!grace.was_done(advised.verified, from)) why = Hollow::unverified;
    }
    const auto from = at_fault(each.faults, rule.part_min, grace);
    if (from && grace.is_over_in_month(*from)) {
      was_due = true;
      const bool is_advised =
          std::ranges::any_of(each.advice, [&](const WatchedProgramme::Advised& advised) {
            return grace.was_done(advised.at, *from);
          });
      if (!is_advised) why = Hollow::no_advice;
    }
    looked.add(each.id, was_due, why);
  }
  return looked;
}

RoomLook disclosures_in(const RoomMonth& of, const RoomGrace& grace) {
  RoomLook looked;
  for (const PostedItem& each : of.disclosures) {
    bool was_due = false;
    std::optional<Hollow> why;
    for (const PostedItem::Asked& asked : each.questions) {
      if (!grace.is_over_in_month(asked.at)) continue;
      was_due = true;
      if (!grace.was_done(asked.answered, asked.at)) why = Hollow::unanswered;
    }
    if (grace.is_in_month(each.entered) && each.entered >= grace.over(each.due)) {
      was_due = true;
      why = Hollow::entered_late;
    }
    if (grace.is_over_in_month(each.due)) {
      was_due = true;
      if (grace.was_done(each.posted, each.due) && !grace.was_done(each.readable, each.due))
        why = Hollow::office_only;
    }
    // Pinned up only once nobody looked any more: looked at in the month in which it was.
    const bool is_pinned_late =
        each.posted && grace.is_in_month(*each.posted) && *each.posted >= grace.over(each.due);
    if (is_pinned_late) {
      was_due = true;
      if (!each.readable || *each.readable >= grace.end) why = Hollow::office_only;
    }
    looked.add(each.id, was_due, why);
  }
  return looked;
}

RoomLook models_in(const RoomMonth& of, const RoomGrace& grace) {
  RoomLook looked;
  for (const MeasuredModel& each : of.models) {
    bool was_due = false;
    std::optional<Hollow> why;
    if (each.claimed && grace.is_in_month(*each.claimed)) {
      was_due = true;
      if (!each.has_figures) why = Hollow::too_few;
    }
    const Instant from = at_local(each.claimed_from);
    if (grace.is_over_in_month(from)) {
      was_due = true;
      if (!grace.was_done(each.claimed, from)) why = Hollow::no_claim;
    }
    looked.add(each.id, was_due, why);
  }
  return looked;
}

}  // namespace

std::string_view to_text(Hollow why) {
  switch (why) {
    case Hollow::no_promise: return "no_promise";
    case Hollow::no_advice: return "no_advice";
    case Hollow::unverified: return "unverified";
    case Hollow::office_only: return "office_only";
    case Hollow::entered_late: return "entered_late";
    case Hollow::unanswered: return "unanswered";
    case Hollow::no_claim: return "no_claim";
    case Hollow::too_few: return "too_few";
  }
  return "";
}

std::optional<Hollow> hollow_of(std::string_view word) {
  for (const Hollow each : hollows)
    if (to_text(each) == word) return each;
  return std::nullopt;
}

void add_room_signals(std::vector<FoundSignal>& found,
                      std::size_t unit,
                      const UnitMonth& of,
                      const Period& month,
                      const SignalRules& rules) {
  const auto raise = [&](Formality kind, auto look, bool part_min_counts_things) {
    const SignalRule rule = rule_of(rules, kind);
    if (!rule.is_on) return;
    const RoomGrace grace{at_local(month.first), at_local(month.next()),
                          std::chrono::days(rule.threshold)};
    RoomLook looked = look(grace, rule);
    const auto part = std::ssize(looked.things);
    const std::int64_t enough = part_min_counts_things ? rule.part_min : 1;
    if (part < enough) return;
    std::ranges::sort(looked.things, {}, &HollowThing::id);
    const stats::Signal arithmetic{
        .is_raised = true,
        .observed = static_cast<double>(part) / static_cast<double>(looked.whole),
        .size_min = static_cast<double>(enough)};
    found.push_back({unit, kind, part, looked.whole, arithmetic, {}, std::move(looked.things)});
  };
  const RoomMonth& rooms = of.rooms;
  raise(
      Formality::empty_dialogue,
      [&](const RoomGrace& grace, const SignalRule& rule) {
        return dialogues_in(rooms, grace, rule);
      },
      false);
  raise(
      Formality::idle_supervision,
      [&](const RoomGrace& grace, const SignalRule& rule) {
        return programmes_in(rooms, grace, rule);
      },
      false);
  raise(
      Formality::unread_disclosure,
      [&](const RoomGrace& grace, const SignalRule&) { return disclosures_in(rooms, grace); },
      true);
  raise(
      Formality::unmeasured_model,
      [&](const RoomGrace& grace, const SignalRule&) { return models_in(rooms, grace); }, true);
}

}  // namespace ln::insight
