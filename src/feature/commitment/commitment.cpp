#include "feature/commitment/commitment.h"

#include "core/people/people_code.h"

namespace ln::commitment {
namespace {

struct Transition {
  State from;
  Act act;
  Party party;
  State to;
};

// Everything that may happen. What is not in this table is refused.
constexpr Transition transitions[] = {
    {State::proposed, Act::confirm, Party::citizen, State::open},
    {State::open, Act::confirm, Party::citizen, State::open},
    {State::proposed, Act::object, Party::citizen, State::proposed},
    {State::open, Act::object, Party::citizen, State::open},
    {State::proposed, Act::reword, Party::office, State::proposed},
    {State::proposed, Act::declare, Party::office, State::declared},
    {State::open, Act::declare, Party::office, State::declared},
    {State::broken, Act::declare, Party::office, State::declared},
    {State::declared, Act::accept, Party::citizen, State::kept},
    {State::declared, Act::refuse, Party::citizen, State::open},
    {State::kept, Act::refuse, Party::citizen, State::open},
    {State::proposed, Act::admit, Party::office, State::broken},
    {State::open, Act::admit, Party::office, State::broken},
    {State::open, Act::propose_change, Party::office, State::open},
    {State::open, Act::consent, Party::citizen, State::open},
    {State::open, Act::decline_change, Party::citizen, State::open},
    {State::declared, Act::lapse_kept, Party::clock, State::kept},
    {State::proposed, Act::lapse_broken, Party::clock, State::broken},
    {State::open, Act::lapse_broken, Party::clock, State::broken},
};

// What the state alone does not say.
bool fits(const Commitment& c, Act act, Instant now) {
  const bool window_is_over = c.declared_at && now >= *c.declared_at + silence_window;
  switch (act) {
    case Act::refuse: return c.state == State::declared || !window_is_over;
    case Act::lapse_kept: return window_is_over;
    case Act::lapse_broken: return now >= c.due_at() + broken_after;
    case Act::propose_change: return !c.has_change();
    case Act::consent:
    case Act::decline_change: return c.has_change();
    default: return true;
  }
}

}  // namespace

std::string_view to_text(State state) {
  constexpr std::string_view words[] = {"proposed", "open", "declared", "kept", "broken"};
  return words[static_cast<std::size_t>(state)];
}
std::string_view to_text(Act act) {
  constexpr std::string_view words[] = {"confirm", "object",         "reword",     "declare",
                                        "accept",  "refuse",         "admit",      "propose_change",
                                        "consent", "decline_change", "lapse_kept", "lapse_broken"};
  return words[static_cast<std::size_t>(act)];
}
std::string_view to_text(Party party) {
  constexpr std::string_view words[] = {"citizen", "office", "clock"};
  return words[static_cast<std::size_t>(party)];
}
std::string_view to_text(Source source) {
  constexpr std::string_view words[] = {"dialogue", "desk", "feedback", "consultation"};
  return words[static_cast<std::size_t>(source)];
}
std::string_view to_text(Happening happening) {
  constexpr std::string_view words[] = {
      "made",           "confirmed", "objected", "reworded",        "declared",
      "accepted",       "refused",   "admitted", "change_proposed", "change_agreed",
      "change_refused", "changed",   "overdue",  "kept_by_silence", "broken_by_time"};
  return words[static_cast<std::size_t>(happening)];
}

TextKey key_of(State state) {
  switch (state) {
    case State::proposed: return "commitment.state.proposed"_t;
    case State::open: return "commitment.state.open"_t;
    case State::declared: return "commitment.state.declared"_t;
    case State::kept: return "commitment.state.kept"_t;
    case State::broken: return "commitment.state.broken"_t;
  }
  return {};
}

TextKey key_of(Happening happening) {
  switch (happening) {
    case Happening::made: return "commitment.event.made"_t;
    case Happening::confirmed: return "commitment.event.confirmed"_t;
    case Happening::objected: return "commitment.event.objected"_t;
    case Happening::reworded: return "commitment.event.reworded"_t;
    case Happening::declared: return "commitment.event.declared"_t;
    case Happening::accepted: return "commitment.event.accepted"_t;
    case Happening::refused: return "commitment.event.refused"_t;
    case Happening::admitted: return "commitment.event.admitted"_t;
    case Happening::change_proposed: return "commitment.event.change_proposed"_t;
    case Happening::change_agreed: return "commitment.event.change_agreed"_t;
    case Happening::change_refused: return "commitment.event.change_refused"_t;
    case Happening::changed: return "commitment.event.changed"_t;
    case Happening::overdue: return "commitment.event.overdue"_t;
    case Happening::kept_by_silence: return "commitment.event.kept_by_silence"_t;
    case Happening::broken_by_time: return "commitment.event.broken_by_time"_t;
  }
  return {};
}

Result<State> next_state(const Commitment& commitment, Act act, Party party, Instant now) {
  for (const Transition& each : transitions)
    if (each.from == commitment.state && each.act == act && each.party == party &&
        fits(commitment, act, now))
      return each.to;
  return Error{ErrorKind::conflict, "commitment.error.not_now"_t};
}

Result<Done> check_due(Day today, Day due_on) {
  const auto refused = [](TextKey text) {
    return Error{ErrorKind::invalid, text, {{"due_on", text}}};
  };
  if (due_on <= today) return refused("commitment.error.due_past"_t);
  if (due_on > today + std::chrono::days(due_days_max))
    return refused("commitment.error.due_far"_t);
  return Done{};
}

std::string draw_code(Random& random) { return people::draw_letters(random, people::code_size); }
std::string shown_code(std::string_view code) { return people::shown_code("CK", code); }
std::optional<std::string> read_code(std::string_view typed) {
  for (const std::string_view kind : {"CK", "DT", "HN", "GY"})
    if (auto code = people::read_code(typed, kind)) return code;
  return std::nullopt;
}

std::string statement_of(const Commitment& c) {
  return std::to_string(c.id.value) + " " + std::to_string(c.unit.value) + " " + to_iso(c.due_on) +
         "\n" + c.text;
}

std::string body_of(const Commitment& commitment, std::string_view words) {
  return statement_of(commitment) + "\n=>\n" + std::string(words);
}

void count(Tally& tally, const Commitment& c, Instant now) {
  ++tally.all;
  if (c.changed_count > 0) ++tally.changed;
  switch (c.state) {
    case State::proposed:
    case State::open: ++(c.is_overdue(now) ? tally.overdue : tally.waiting); break;
    case State::declared: ++tally.declared; break;
    case State::kept:
      ++(c.was_late() ? tally.kept_late : tally.kept_on_time);
      if (c.is_by_silence) ++tally.by_silence;
      break;
    case State::broken: ++tally.broken; break;
  }
}

}  // namespace ln::commitment
