#include "feature/feedback/feedback.h"

#include <algorithm>

#include "base/text.h"
#include "core/people/people_code.h"

namespace ln::feedback {
namespace {

constexpr Transition transitions[] = {
    {State::received, Act::accept, Party::office, State::accepted},
    {State::received, Act::assign, Party::office, State::assigned},
    {State::received, Act::transfer, Party::office, State::received},
    {State::received, Act::decline, Party::office, State::declined},
    {State::received, Act::redirect, Party::office, State::redirected},
    {State::accepted, Act::assign, Party::office, State::assigned},
    {State::accepted, Act::transfer, Party::office, State::received},
    {State::accepted, Act::decline, Party::office, State::declined},
    {State::accepted, Act::redirect, Party::office, State::redirected},
    {State::assigned, Act::assign, Party::office, State::assigned},
    {State::assigned, Act::transfer, Party::office, State::received},
    {State::assigned, Act::ask, Party::office, State::asked},
    {State::assigned, Act::answer, Party::office, State::answered},
    {State::assigned, Act::promise, Party::office, State::promised},
    {State::assigned, Act::decline, Party::office, State::declined},
    {State::assigned, Act::redirect, Party::office, State::redirected},
    {State::asked, Act::reply, Party::citizen, State::assigned},
    {State::asked, Act::answer, Party::office, State::answered},
    {State::asked, Act::resume, Party::clock, State::assigned},
    {State::answered, Act::approve, Party::citizen, State::closed},
    {State::answered, Act::reopen, Party::citizen, State::reopened},
    {State::answered, Act::lapse, Party::clock, State::closed},
    {State::promised, Act::answer, Party::office, State::answered},
    {State::promised, Act::reopen, Party::citizen, State::reopened},
    {State::declined, Act::contest, Party::citizen, State::reopened},
    {State::redirected, Act::contest, Party::citizen, State::reopened},
    {State::reopened, Act::accept, Party::office, State::accepted},
    {State::reopened, Act::assign, Party::office, State::assigned},
    {State::reopened, Act::transfer, Party::office, State::reopened},
    {State::reopened, Act::decline, Party::office, State::declined},
    {State::reopened, Act::redirect, Party::office, State::redirected},
    {State::closed, Act::reopen, Party::citizen, State::reopened},
};

const Transition* find_transition(State from, Act act, Party party) {
  for (const Transition& each : transitions)
    if (each.from == from && each.act == act && each.party == party) return &each;
  return nullptr;
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  out.resize(std::max(width, out.size()), ' ');
  return out;
}

}  // namespace

Result<State> next_state(const Feedback& feedback, Act act, Party party, Instant now) {
  if (feedback.erased_at) return Error{ErrorKind::conflict, "feedback.error.erased"_t};
  const Transition* found = find_transition(feedback.state, act, party);
  if (found == nullptr) return Error{ErrorKind::conflict, "feedback.error.not_now"_t};
  if (act == Act::ask && feedback.ask_count > 0)
    return Error{ErrorKind::conflict, "feedback.error.asked_once"_t};
  if (act == Act::contest && feedback.contest_count > 0)
    return Error{ErrorKind::conflict, "feedback.error.contested_once"_t};
  if (act == Act::reopen && feedback.state == State::closed) {
    if (feedback.closed_by != "silence")
      return Error{ErrorKind::conflict, "feedback.error.accepted_already"_t};
    if (!feedback.closed_at || now > *feedback.closed_at + silence_may_reopen_within)
      return Error{ErrorKind::conflict, "feedback.error.closed_too_long"_t};
  }
  if (act == Act::reopen && feedback.state == State::promised &&
      (!feedback.promised_on || local_day(now) <= *feedback.promised_on))
    return Error{ErrorKind::conflict, "feedback.error.promise_still_runs"_t};
  if (act == Act::lapse &&
      (!feedback.last_answered_at || now < *feedback.last_answered_at + silence_closes_after))
    return Error{ErrorKind::conflict, "feedback.error.not_silent_yet"_t};
  return found->to;
}

std::string who_may_do_what() {
  std::string out = padded("state", 12) + padded("act", 10);
  for (const Party party : all_parties) out += padded(to_text(party), 12);
  while (out.back() == ' ') out.pop_back();
  out += '\n';
  for (const State state : all_states) {
    for (const Act act : all_acts) {
      out += padded(to_text(state), 12) + padded(to_text(act), 10);
      for (const Party party : all_parties) {
        const Transition* found = find_transition(state, act, party);
        out += padded(found == nullptr ? "-" : to_text(found->to), 12);
      }
      while (out.back() == ' ') out.pop_back();
      out += '\n';
    }
  }
  return out;
}

bool is_over(State state) {
  return state == State::closed || state == State::declined || state == State::redirected;
}

bool is_overdue(const Feedback& feedback, Instant now) {
  if (feedback.erased_at) return false;
  switch (feedback.state) {
    case State::received:
    case State::accepted:
    case State::assigned:
    case State::reopened: return now > feedback.due_at;
    case State::promised: return feedback.promised_on && local_day(now) > *feedback.promised_on;
    default: return false;
  }
}

bool is_late_with_extension(const Feedback& feedback, Instant now) {
  const bool runs = !feedback.erased_at && !is_over(feedback.state) &&
                    feedback.state != State::answered && feedback.state != State::promised &&
                    feedback.state != State::asked;
  return runs && feedback.extended_from && now > *feedback.extended_from && now <= feedback.due_at;
}

bool may_see(const Feedback& feedback, std::span<const std::string> tops) {
  if (feedback.held_as) return false;
  const auto is_about = [&](const std::string& top) {
    return feedback.about == About::conduct && !feedback.object_path.empty() &&
           top != feedback.unit_path && units::is_within(top, feedback.object_path);
  };
  return std::any_of(
             tops.begin(), tops.end(),
             [&](const std::string& top) { return units::is_within(feedback.unit_path, top); }) &&
         std::none_of(tops.begin(), tops.end(), is_about);
}

namespace {

constexpr std::string_view code_kind = "HN";
constexpr char paper_letter = 'P';

}  // namespace

static_assert(Code::letters == people::code_letters && Code::length == people::code_size);

std::optional<Code> Code::parse(std::string_view text) {
  auto code = people::read_code(text, code_kind);
  return code ? std::optional(Code(*std::move(code))) : std::nullopt;
}

// A code is public and guards nothing, so that one first letter comes a little oftener is no harm;
// what matters is that a case never takes the code of a form which waits.
Code Code::draw(Random& random) {
  std::string text = people::draw_letters(random, length);
  if (text.front() == paper_letter) text.front() = 'Q';
  return Code(std::move(text));
}

Code Code::draw_for_paper(Random& random) {
  std::string text = people::draw_letters(random, length);
  text.front() = paper_letter;
  return Code(std::move(text));
}

std::string Code::shown() const { return people::shown_code(code_kind, text_); }

std::string title_from(std::string_view body) {
  constexpr std::size_t wanted = 80;
  std::string_view line = trimmed(body.substr(0, body.find('\n')));
  if (const std::size_t stop = line.find(". "); stop != std::string_view::npos && stop > 15)
    line = line.substr(0, stop);
  if (count_chars(line) <= wanted) return std::string(line);
  line = first_chars(line, wanted);
  if (const std::size_t space = line.rfind(' '); space != std::string_view::npos && space > 20)
    line = line.substr(0, space);
  return std::string(line) + "…";
}

}  // namespace ln::feedback
