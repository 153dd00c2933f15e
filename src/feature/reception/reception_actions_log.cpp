// The log of a turn, the written result, and what the unit above decides.
#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/notice/notice_destination.h"
#include "core/notice/notice_store.h"
#include "core/units/units_store.h"
#include "core/workdays/workdays.h"
#include "core/workdays/workdays_hours.h"
#include "engine/calendar/calendar_hours.h"
#include "engine/text/text_typed.h"
#include "feature/feedback/feedback.h"
#include "feature/reception/reception_actions.h"

namespace ln::reception {
namespace {

Error none_here() { return {ErrorKind::not_found, "reception.error.none"_t}; }
Error not_possible_now() { return {ErrorKind::conflict, "reception.error.not_now"_t}; }
Error beside(std::string_view field, TextKey why) {
  return {ErrorKind::invalid, why, {{std::string(field), why}}};
}

struct AtTurn {
  Turn turn;
  Reception day;
};
// Who may is asked by each: the unit that received, or the one above.
Result<AtTurn> load_turn(db::Read& read, const TurnAct& act) {
  auto turn = find_turn(read, act.code);
  auto day = turn ? find(read, turn->reception) : std::nullopt;
  if (!day || day->id != act.id) return none_here();
  return AtTurn{*std::move(turn), *std::move(day)};
}

Result<Done> still_as_seen(const AtTurn& at, const TurnAct& act) {
  if (at.turn.revision != act.revision)
    return Error{ErrorKind::conflict, "reception.error.changed"_t};
  if (at.turn.erased_at || at.turn.state == TurnState::cancelled) return not_possible_now();
  return Done{};
}

// What an outcome needs beside its word; the entry gets it.
Result<Done> bind_outcome(
    db::Read& read, Entry& entry, const TypedEntry& typed, const Reception& day, Instant now) {
  if (entry.outcome == Outcome::passed) {
    const auto unit = units::find_on(read, trimmed(typed.passed_to), local_day(now));
    if (!unit || unit->id == day.keeper) return beside("passed_to", "reception.error.passed_to"_t);
    entry.passed_to = unit->id;
  }
  if (entry.outcome == Outcome::promised) {
    if (!has_commitment(read, typed.commitment, day.keeper_path))
      return beside("commitment", "reception.error.commitment"_t);
    entry.commitment_id = typed.commitment;
  }
  if (entry.outcome == Outcome::taken_up) {
    const auto code = feedback::Code::parse(typed.case_code);
    const auto found = code ? find_case(read, code->text()) : std::nullopt;
    if (!found || !units::is_within(found->unit_path, day.keeper_path))
      return beside("case_code", "reception.error.entry_case"_t);
    entry.case_id = found->id;
  }
  return Done{};
}

// A later entry takes no debt away.
void owe(db::Read& read, Turn& turn, const Entry& entry, const Reception& day, Instant now) {
  if (entry.presence == TurnState::missed) return;
  // When they were there, and not when somebody got round to the log.
  if (!turn.came_at) turn.came_at = std::min(now, std::max(day.turn_at(turn.slot), turn.booked_at));
  turn.state = TurnState::came;
  if (turn.results > 0 || turn.due_at) return;
  if (owes_result(*entry.outcome)) {
    turn.due_at = due_from(read, day.keeper_path, *turn.came_at).at;
    turn.words_until.reset();
  } else if (turn.words_until) {
    // NULL: whoever stands above has not decided yet, and reads them.
    turn.words_until = *turn.came_at + words_kept;
  }
}

void tell_holder(db::Write& write, const Turn& turn, TextKey text, Instant now) {
  const auto to = turn.contact.empty() ? std::nullopt : notice::destination_of(turn.contact);
  if (!to) return;
  notice::queue(
      write,
      {.kind = "reception.answered",
       .to = notice::Recipient::citizen(to->address, to->way),
       .about = {"reception_turn", turn.id.value},
       .text = text,
       .values = {{"code", turn.code->shown()}, {"path", "/receptions/turns/" + turn.code->text()}},
       .language = turn.in_english ? "en" : "vi"},
      now);
}

ledger::Entry by_office(const TurnAct& act, const Turn& turn, ledger::Event event) {
  return {.event = event,
          .subject = {"reception_turn", turn.id.value},
          .at = act.now,
          .party = ledger::Party::office,
          .actor_id = act.officer.id().value};
}

Result<Turn> keep_turn(db::Write& write, Turn turn) {
  if (!save(write, turn)) throw db::Failure("a turn changed under its desk");
  ++turn.revision;
  return turn;
}

Result<std::string> words_in(const std::string& typed,
                             std::string_view field,
                             std::size_t min,
                             std::size_t max) {
  std::string words = text::tidied(typed);
  const std::size_t chars = count_chars(words);
  if (chars >= min && chars <= max) return words;
  return beside(field, chars < min ? "reception.error.short"_t : "reception.error.long"_t);
}

}  // namespace

calendar::Due due_from(db::Read& read, std::string_view unit_path, Instant from) {
  const std::string hours = workdays::hours_at(read, unit_path);
  const auto office = hours.empty() ? std::nullopt : calendar::read_hours(hours);
  return calendar::due(from, {calendar::Measure::working_days, result_days},
                       office.value_or(calendar::OfficeHours{}), workdays::current()->days());
}

Result<Turn> enter(db::Write& write, const TurnAct& act, const TypedEntry& typed) {
  TRY(AtTurn at, load_turn(write, act));
  if (!works_in(act.officer, at.day.keeper_path)) return none_here();
  TRY([[maybe_unused]] const Done fresh, still_as_seen(at, act));
  if (at.day.state != State::held) return Error{ErrorKind::conflict, "reception.error.not_held"_t};
  const auto before = entries_of(write, at.turn.id);
  if (std::ssize(before) >= entries_max) return not_possible_now();
  Entry entry{.turn = at.turn.id,
              .number = std::ssize(before) + 1,
              .written_by = act.officer.id().value,
              .written_at = act.now};
  const auto presence = from_word(all_turn_states, typed.presence);
  if (presence != TurnState::came && presence != TurnState::missed)
    return beside("presence", "reception.error.presence"_t);
  entry.presence = *presence;
  if (entry.presence == TurnState::missed && at.turn.came_at)
    return Error{ErrorKind::conflict, "reception.error.came_already"_t};
  if (entry.presence == TurnState::missed && act.now < at.day.turn_at(at.turn.slot + 1))
    return beside("presence", "reception.error.too_early"_t);
  if (entry.presence == TurnState::missed && !text::tidied(typed.summary).empty())
    return beside("summary", "reception.error.missed_words"_t);
  std::string summary;
  if (entry.presence == TurnState::came) {
    summary = text::tidied(typed.summary);
    entry.sort = from_word(all_sorts, typed.sort);
    entry.outcome = from_word(all_outcomes, typed.outcome);
    TRY([[maybe_unused]] const Done fits, check_entry(entry.sort, entry.outcome, summary));
    TRY([[maybe_unused]] const Done tied, bind_outcome(write, entry, typed, at.day, act.now));
    // Else whoever was contested could take away what is to be decided.
    const auto contest = find_contest(write, at.turn.id);
    if (is_lawful_only(*entry.sort) && contest && !contest->ruled_at) return not_possible_now();
  }
  owe(write, at.turn, entry, at.day, act.now);
  if (entry.presence == TurnState::missed) at.turn.state = TurnState::missed;
  const std::string body = statement_of(entry, summary);
  ledger::Entry said = by_office(act, at.turn, ledger::Event::accepted);
  said.topic = to_text(entry.presence);
  said.due = at.turn.due_at;
  said.body = body;
  TRY(const ledger::Appended appended, ledger::append(write, said, act.salts));
  entry.line = appended.index;
  insert(write, entry);
  if (entry.sort && is_lawful_only(*entry.sort)) {
    drop_words(write, at.turn, act.now);
    if (at.turn.contact.empty()) notice::erase(write, {"reception_turn", at.turn.id.value});
  }
  if (!summary.empty())
    insert(write, Words{.turn = at.turn.id,
                        .what = Written::summary,
                        .number = entry.number,
                        .body = summary,
                        .written_by = entry.written_by,
                        .written_at = act.now,
                        .line = entry.line});
  return keep_turn(write, std::move(at.turn));
}

Result<Turn> give_result(db::Write& write, const TurnAct& act, const std::string& words) {
  TRY(AtTurn at, load_turn(write, act));
  if (!signs_for(act.officer, at.day.keeper_path)) return none_here();
  TRY([[maybe_unused]] const Done fresh, still_as_seen(at, act));
  if (!at.turn.is_owed()) return not_possible_now();
  TRY(const std::string body, words_in(words, "result", result_chars_min, result_chars_max));
  ledger::Entry said = by_office(act, at.turn, ledger::Event::answered);
  said.topic = "result";
  said.due = at.turn.due_at;
  said.body = body;
  TRY(const ledger::Appended appended, ledger::append(write, said, act.salts));
  at.turn.is_late = at.turn.is_late || at.turn.is_overdue(act.now);
  ++at.turn.results;
  at.turn.due_at.reset();
  const auto contest = find_contest(write, at.turn.id);
  if (!contest || contest->ruled_at) at.turn.words_until = act.now + words_kept;
  insert(write, Words{.turn = at.turn.id,
                      .what = Written::result,
                      .number = at.turn.results,
                      .body = body,
                      .written_by = act.officer.id().value,
                      .written_at = act.now,
                      .line = appended.index});
  tell_holder(write, at.turn, "reception.notice.result"_t, act.now);
  return keep_turn(write, std::move(at.turn));
}

Result<Turn> decide(db::Write& write, const TurnAct& act, Ruling ruling, const std::string& words) {
  TRY(AtTurn at, load_turn(write, act));
  auto contest = find_contest(write, at.turn.id);
  if (!contest || !may_rule(write, act.officer, at.day, *contest)) return none_here();
  TRY([[maybe_unused]] const Done fresh, still_as_seen(at, act));
  if (contest->ruled_at || ruling == Ruling::erased) return not_possible_now();
  TRY(const std::string body, words_in(words, "ruling", reason_chars_min, contest_chars_max));
  contest->ruling = ruling;
  contest->ruled_at = act.now;
  // What is overdue already gets no new days.
  if (ruling == Ruling::again && !at.turn.due_at) {
    at.turn.due_at = due_from(write, at.day.keeper_path, act.now).at;
    at.turn.words_until.reset();
  } else if (!at.turn.due_at) {
    at.turn.words_until = act.now + words_kept;
  }
  ledger::Entry said = by_office(act, at.turn, ledger::Event::replied);
  said.topic = to_text(ruling);
  said.due = at.turn.due_at;
  said.body = body;
  TRY(const ledger::Appended appended, ledger::append(write, said, act.salts));
  rule(write, *contest);
  insert(write, Words{.turn = at.turn.id,
                      .what = Written::ruling,
                      .body = body,
                      .written_by = act.officer.id().value,
                      .written_at = act.now,
                      .line = appended.index});
  tell_holder(write, at.turn, "reception.notice.ruling"_t, act.now);
  return keep_turn(write, std::move(at.turn));
}

}  // namespace ln::reception
