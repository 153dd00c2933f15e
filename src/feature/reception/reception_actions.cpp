// Days: announced, moved, cancelled, held. Each is a line in clear.
#include "feature/reception/reception_actions.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_actions_grassroots.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_stop.h"
#include "core/notice/notice_destination.h"
#include "core/notice/notice_store.h"
#include "core/units/units_store.h"
#include "core/workdays/workdays.h"
#include "engine/text/text_typed.h"

namespace ln::reception {
namespace {

Error no_day() { return {ErrorKind::not_found, "reception.error.none"_t}; }
Error not_this_time() { return {ErrorKind::conflict, "reception.error.not_now"_t}; }

bool holds_in(const people::Officer& officer,
              std::string_view unit_path,
              std::optional<people::Role> only) {
  constexpr people::Role desk[] = {people::Role::clerk, people::Role::triage, people::Role::handler,
                                   people::Role::head};
  return std::ranges::any_of(officer.staff().grants(), [&](const people::Grant& grant) {
    return grant.unit_path == unit_path &&
           (only ? grant.role == *only : std::ranges::find(desk, grant.role) != std::end(desk));
  });
}

void check_line(FieldErrors& errors, std::string_view field, const std::string& words) {
  const std::size_t chars = count_chars(words);
  if (chars < line_chars_min) errors.add(field, "reception.error.short"_t);
  if (chars > line_chars_max) errors.add(field, "reception.error.long"_t);
}

Result<std::string> reason_in(const std::string& typed) {
  std::string words = text::tidied(typed);
  const std::size_t chars = count_chars(words);
  if (chars >= reason_chars_min && chars <= reason_chars_max) return words;
  const TextKey why =
      chars < reason_chars_min ? "reception.error.short"_t : "reception.error.long"_t;
  return Error{ErrorKind::invalid, why, {{"reason", why}}};
}

struct Say {
  Happening what;
  std::string words{};
  Instant at{};
};
// The ledger first: it may refuse, and a refusal comes before the first change.
Result<Done> say_of_day(db::Write& write, const Reception& r, const Say& say) {
  const auto unit = units::find(write, r.unit);
  if (!unit) throw db::Failure("a day of reception is of no unit");
  const std::string text = say.words.empty() ? statement_of(r) : say.words;
  TRY(const std::int64_t line,
      ledger::announce(write, ledger::GrassrootsFact{
                                  .at = say.at,
                                  .what = std::string(to_text(say.what)),
                                  .room = "reception",
                                  .number = r.id.value,
                                  .count = r.places,
                                  .unit = ledger::public_code(unit->code),
                                  .hash = merkle::sha256(as_bytes(text)),
                                  .until = std::chrono::floor<std::chrono::seconds>(r.starts_at)}));
  insert(write, r.id,
         Event{.at = say.at,
               .what = say.what,
               .starts_at = r.starts_at,
               .words = say.words,
               .line = line});
  return Done{};
}

// Who booked is told that something changed; the page of their turn says what.
void tell_booked(db::Write& write, const Reception& r, TextKey text, Instant now) {
  for (const Turn& turn : turns_of(write, r.id, 0, places_max + extra_places)) {
    if (turn.state != TurnState::booked || turn.contact.empty()) continue;
    const auto to = notice::destination_of(turn.contact);
    if (!to) continue;
    notice::queue(write,
                  {.kind = "reception.changed",
                   .to = notice::Recipient::citizen(to->address, to->way),
                   .about = {"reception_turn", turn.id.value},
                   .text = text,
                   .values = {{"code", turn.code->shown()},
                              {"path", "/receptions/turns/" + turn.code->text()}},
                   .language = turn.in_english ? "en" : "vi"},
                  now);
  }
}

Result<Reception> load_day(db::Read& read, const DayAct& act, bool needs_head) {
  auto found = find(read, act.id);
  if (!found) return no_day();
  const bool may = needs_head ? may_announce(act.officer, found->keeper_path)
                              : works_in(act.officer, found->keeper_path);
  if (!may) return no_day();
  if (found->revision != act.revision)
    return Error{ErrorKind::conflict, "reception.error.changed"_t};
  return *std::move(found);
}

Result<Reception> keep_day(db::Write& write, Reception r, const Say& say) {
  TRY([[maybe_unused]] const Done told, say_of_day(write, r, say));
  if (!save(write, r)) throw db::Failure("a day of reception changed under its desk");
  ++r.revision;
  return r;
}

void check_rhythm(FieldErrors& errors, const Typed& typed, Instant now) {
  constexpr std::int64_t month_day_last = 28, weekday_last = 5;
  if (!typed.rhythm) errors.add("rhythm", "reception.error.rhythm"_t);
  const Day today = local_day(now);
  const bool fits = typed.first && *typed.first >= today &&
                    *typed.first <= today + std::chrono::days(31 * months_max);
  if (!fits) errors.add("first", "reception.error.first"_t);
  if (!typed.rhythm || *typed.rhythm == Rhythm::once) return;
  if (typed.months < 1 || typed.months > months_max)
    errors.add("months", "reception.error.months"_t);
  if (*typed.rhythm == Rhythm::monthly && (typed.month_day < 1 || typed.month_day > month_day_last))
    errors.add("month_day", "reception.error.month_day"_t);
  if (*typed.rhythm == Rhythm::weekly && (typed.weekday < 1 || typed.weekday > weekday_last))
    errors.add("weekday", "reception.error.weekday"_t);
}

void check_turns(FieldErrors& errors, const Typed& typed) {
  if (!typed.from) errors.add("from", "reception.error.clock"_t);
  if (!typed.to || (typed.from && *typed.to <= *typed.from))
    errors.add("to", "reception.error.to"_t);
  if (typed.turn_minutes < turn_minutes_min || typed.turn_minutes > turn_minutes_max)
    errors.add("turn_minutes", "reception.error.turn_minutes"_t);
  if (typed.places < 1 || typed.places > places_max)
    errors.add("places", "reception.error.places"_t);
  else if (typed.from && typed.to && *typed.to > *typed.from && typed.turn_minutes > 0 &&
           typed.turn_minutes <= turn_minutes_max &&
           std::chrono::minutes(typed.turn_minutes * typed.places) > *typed.to - *typed.from)
    errors.add("places", "reception.error.places_fit"_t);
}

}  // namespace

bool may_announce(const people::Officer& officer, std::string_view unit_path) {
  return officer.may(people::Role::head, unit_path);
}
bool works_in(const people::Officer& officer, std::string_view unit_path) {
  return holds_in(officer, unit_path, std::nullopt);
}
bool signs_for(const people::Officer& officer, std::string_view unit_path) {
  return holds_in(officer, unit_path, people::Role::head);
}
bool may_rule(db::Read& read,
              const people::Officer& officer,
              const Reception& reception,
              const Contest& contest) {
  if (!officer.may(people::Role::head, contest.above_path)) return false;
  // Nobody stands above the city: there another head of it decides.
  if (contest.above_path != reception.keeper_path && works_in(officer, reception.keeper_path))
    return false;
  return !has_written(read, contest.turn, officer.id().value);
}

Result<Announcement> prepare(const people::Officer& officer,
                             const units::Unit& unit,
                             const Typed& typed,
                             Instant now) {
  if (!may_announce(officer, unit.path))
    return Error{ErrorKind::forbidden, "reception.error.not_head"_t};
  Reception r{.unit = unit.id,
              .unit_path = unit.path,
              .receiver = text::tidied(typed.receiver),
              .place = text::tidied(typed.place),
              .turn_minutes = static_cast<int>(typed.turn_minutes),
              .places = typed.places,
              .created_by = officer.id().value,
              .created_at = now};
  FieldErrors errors;
  check_line(errors, "receiver", r.receiver);
  check_line(errors, "place", r.place);
  check_rhythm(errors, typed, now);
  check_turns(errors, typed);
  if (!errors.empty()) return errors.take();
  Announcement made{.unit_code = unit.code};
  for (const Day day : days_of(Rule{.rhythm = *typed.rhythm,
                                    .first = *typed.first,
                                    .month_day = static_cast<unsigned>(typed.month_day),
                                    .weekday = static_cast<unsigned>(typed.weekday),
                                    .months = static_cast<int>(typed.months)},
                               workdays::current()->days())) {
    r.starts_at = at_local(day, *typed.from);
    if (r.starts_at > now) made.days.push_back(r);
  }
  if (made.days.empty())
    return Error{
        ErrorKind::invalid, "reception.error.no_days"_t, {{"first", "reception.error.no_days"_t}}};
  return made;
}

Result<std::vector<Reception>> announce(db::Write& write, const Announcement& announcement) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  std::vector<Reception> made;
  for (Reception r : announcement.days) {
    if (is_announced_on(write, r.unit, r.receiver, local_day(r.starts_at))) continue;
    r.id = insert(write, r);
    if (!say_of_day(write, r, {.what = Happening::announced, .at = r.created_at}).ok())
      throw db::Failure("the ledger refused a new day of reception");
    made.push_back(std::move(r));
  }
  if (made.empty()) return Error{ErrorKind::conflict, "reception.error.announced"_t};
  return made;
}

Result<Reception> move_day(db::Write& write,
                           const DayAct& act,
                           std::optional<Instant> to,
                           const std::string& reason) {
  TRY(Reception r, load_day(write, act, true));
  if (r.state != State::announced || act.now >= r.starts_at) return not_this_time();
  TRY(const std::string words, reason_in(reason));
  if (r.moved_count >= moves_max)
    return Error{ErrorKind::conflict, "reception.error.moved_enough"_t};
  bool fits = to && *to > act.now && *to != r.starts_at &&
              *to < act.now + std::chrono::days(31 * months_max) &&
              workdays::current()->days().is_working_day(local_day(*to));
  if (fits) {
    // All turns on one date, and not onto another day of the same office.
    Reception there = r;
    there.starts_at = *to;
    fits = there.ends_at() <= there.day_ends_at() &&
           (local_day(*to) == local_day(r.starts_at) ||
            !is_announced_on(write, r.unit, r.receiver, local_day(*to)));
  }
  if (!fits)
    return Error{
        ErrorKind::invalid, "reception.error.move_to"_t, {{"to", "reception.error.move_to"_t}}};
  r.starts_at = *to;
  ++r.moved_count;
  TRY(Reception moved,
      keep_day(write, std::move(r), {.what = Happening::moved, .words = words, .at = act.now}));
  keep_words_until(write, moved.id, moved.day_ends_at() + words_kept);
  tell_booked(write, moved, "reception.notice.moved"_t, act.now);
  return moved;
}

Result<Reception> cancel_day(db::Write& write, const DayAct& act, const std::string& reason) {
  TRY(Reception r, load_day(write, act, true));
  if (r.state != State::announced || act.now >= r.starts_at) return not_this_time();
  TRY(const std::string words, reason_in(reason));
  r.state = State::cancelled;
  TRY(Reception over,
      keep_day(write, std::move(r), {.what = Happening::cancelled, .words = words, .at = act.now}));
  keep_words_until(write, over.id, act.now + words_kept);
  tell_booked(write, over, "reception.notice.cancelled"_t, act.now);
  return over;
}

Result<Reception> hold_day(db::Write& write, const DayAct& act) {
  TRY(Reception r, load_day(write, act, false));
  if (!r.may_be_held(act.now)) return not_this_time();
  r.state = State::held;
  return keep_day(write, std::move(r), {.what = Happening::held, .at = act.now});
}

}  // namespace ln::reception
