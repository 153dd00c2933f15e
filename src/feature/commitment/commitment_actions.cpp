// What a unit does with a promise.
#include "feature/commitment/commitment_actions.h"

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/people/people_code.h"
#include "core/units/units_store.h"
#include "engine/text/text_typed.h"
#include "feature/commitment/commitment_actions_record.h"
#include "feature/commitment/commitment_store_case.h"
#include "feature/commitment/commitment_store_point.h"

namespace ln::commitment {
namespace {

void check_between(FieldErrors& errors,
                   std::string_view field,
                   const std::string& words,
                   std::pair<std::size_t, std::size_t> limits,
                   std::pair<TextKey, TextKey> wrong) {
  const std::size_t chars = count_chars(words);
  if (chars < limits.first) errors.add(field, wrong.first);
  if (chars > limits.second) errors.add(field, wrong.second);
}

void check_text(FieldErrors& errors, const std::string& text) {
  check_between(errors, "text", text, {text_chars_min, text_chars_max},
                {"commitment.error.text_short"_t, "commitment.error.text_long"_t});
}

void check_words(FieldErrors& errors, std::string_view field, const std::string& words) {
  check_between(errors, field, words, {words_chars_min, words_chars_max},
                {"commitment.error.words_short"_t, "commitment.error.words_long"_t});
}

void check_day(FieldErrors& errors, Day today, std::optional<Day> due_on) {
  if (!due_on) {
    errors.add("due_on", "commitment.error.due"_t);
    return;
  }
  const auto fits = check_due(today, *due_on);
  if (!fits.ok()) errors.add("due_on", fits.error().text);
}

Result<Commitment> load_for_office(db::Read& read, const OfficeAct& act) {
  auto found = find(read, act.id);
  if (!found || !may_promise(act.officer, found->unit_path))
    return Error{ErrorKind::not_found, "commitment.error.none"_t};
  if (found->revision != act.revision)
    return Error{ErrorKind::conflict, "commitment.error.changed"_t};
  return *std::move(found);
}

Said by_office(const OfficeAct& act, Happening what, std::string words) {
  return {.what = what,
          .party = Party::office,
          .words = std::move(words),
          .actor_id = act.officer.id().value,
          .salts = act.salts,
          .now = act.now};
}

}  // namespace

bool may_promise(const people::Officer& officer, std::string_view unit_path) {
  return officer.may(people::Role::head, unit_path);
}

Result<Prepared> prepare(db::Read& read,
                         const people::Officer& officer,
                         const units::Unit& unit,
                         const Typed& typed,
                         Random& random,
                         Instant now) {
  if (!may_promise(officer, unit.path))
    return Error{ErrorKind::forbidden, "commitment.error.not_head"_t};
  Prepared prepared{.unit_code = unit.code};
  Commitment& c = prepared.commitment;
  c = {.unit = unit.id,
       .unit_path = unit.path,
       .text = text::tidied(typed.text),
       .created_by = officer.id().value,
       .created_at = now};
  if (!typed.question.empty()) {
    const auto code = read_code(typed.question);
    auto asked = code ? find_asked(read, *code) : std::nullopt;
    // The session's unit, or one above it, sat in the room; so did whoever owes it.
    if (!asked || !may_promise(officer, asked->unit_path))
      return Error{ErrorKind::not_found, "commitment.error.question"_t};
    if (asked->answer.empty()) return Error{ErrorKind::conflict, "commitment.error.not_answered"_t};
    c.source = Source::dialogue;
    c.source_id = asked->session_id;
    c.question_id = asked->question_id;
    prepared.people = std::move(asked->people);
  }
  if (typed.point != 0) {
    const auto point = find_point(read, typed.point);
    if (!point || !may_promise(officer, point->unit_path))
      return Error{ErrorKind::not_found, "commitment.error.point"_t};
    if (!point->is_answered) return Error{ErrorKind::conflict, "commitment.error.point_waits"_t};
    c.source = Source::consultation;
    c.source_id = point->draft_id;
    c.question_id = point->id;
  }
  FieldErrors errors;
  check_text(errors, c.text);
  check_day(errors, local_day(now), typed.due_on);
  if (!errors.empty()) return errors.take();
  c.due_on = *typed.due_on;
  if (prepared.people.empty() && typed.point == 0) {
    prepared.code = draw_code(random);
    prepared.secret = people::draw_secret(random);
    prepared.people.push_back({prepared.code, people::Citizen(prepared.secret).public_key()});
  }
  prepared.case_key = ledger::draw_case_key(random);
  prepared.salts = ledger::draw(random);
  return prepared;
}

Result<Commitment> make(db::Write& write, const Prepared& prepared, Instant now) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  Commitment c = prepared.commitment;
  c.id = insert(write, c);
  for (const Asked::Person& each : prepared.people)
    insert(write, Asker{.commitment = c.id, .code = each.code, .citizen_key = each.citizen_key});
  const Said said{.what = Happening::made,
                  .party = Party::office,
                  .words = c.text,
                  .actor_id = c.created_by,
                  .unit_code = prepared.unit_code,
                  .case_key = &prepared.case_key,
                  .salts = prepared.salts,
                  .now = now};
  // A subject that did not exist a moment ago has no key that could refuse.
  if (!record(write, c, said).ok()) throw db::Failure("the ledger refused a new commitment");
  return c;
}

Result<Commitment> reword(db::Write& write,
                          const OfficeAct& act,
                          const std::string& text,
                          std::optional<Day> due_on) {
  TRY(Commitment c, load_for_office(write, act));
  if (c.is_private()) return Error{ErrorKind::conflict, "commitment.error.not_now"_t};
  TRY(c.state, next_state(c, Act::reword, Party::office, act.now));
  c.text = text::tidied(text);
  FieldErrors errors;
  check_text(errors, c.text);
  check_day(errors, local_day(act.now), due_on);
  if (!errors.empty()) return errors.take();
  // A text that nobody has agreed to may become better, never easier: no later day.
  if (*due_on > c.due_on)
    return Error{ErrorKind::invalid,
                 "commitment.error.only_sooner"_t,
                 {{"due_on", "commitment.error.only_sooner"_t}}};
  c.due_on = *due_on;
  ++c.wording;
  return keep(write, std::move(c), by_office(act, Happening::reworded, text::tidied(text)));
}

Result<Commitment> declare(db::Write& write,
                           const OfficeAct& act,
                           const std::string& evidence,
                           const std::string& link) {
  TRY(Commitment c, load_for_office(write, act));
  if (c.source == Source::feedback) return Error{ErrorKind::conflict, "commitment.error.by_case"_t};
  TRY(c.state, next_state(c, Act::declare, Party::office, act.now));
  c.evidence = text::tidied(evidence);
  c.evidence_link = trimmed(link);
  FieldErrors errors;
  check_words(errors, "evidence", c.evidence);
  if (!c.evidence_link.empty() &&
      (!c.evidence_link.starts_with("https://") || count_chars(c.evidence_link) > link_chars_max))
    errors.add("link", "commitment.error.link"_t);
  if (!errors.empty()) return errors.take();
  c.declared_at = act.now;
  c.next_text.clear();  // What is done needs no other day.
  c.next_reason.clear();
  c.next_due_on.reset();
  std::string words = c.evidence;
  if (!c.evidence_link.empty()) words += "\n" + c.evidence_link;
  TRY(Commitment kept,
      keep(write, std::move(c), by_office(act, Happening::declared, std::move(words))));
  forget_consents(write, kept.id);
  return kept;
}

Result<Commitment> admit(db::Write& write, const OfficeAct& act, const std::string& reason) {
  TRY(Commitment c, load_for_office(write, act));
  TRY(c.state, next_state(c, Act::admit, Party::office, act.now));
  FieldErrors errors;
  check_words(errors, "reason", text::tidied(reason));
  if (!errors.empty()) return errors.take();
  if (!c.broken_at) c.broken_at = act.now;
  c.next_text.clear();
  c.next_reason.clear();
  c.next_due_on.reset();
  return keep(write, std::move(c), by_office(act, Happening::admitted, text::tidied(reason)));
}

Result<Commitment> propose_change(db::Write& write,
                                  const OfficeAct& act,
                                  const std::string& text,
                                  std::optional<Day> due_on,
                                  const std::string& reason) {
  TRY(Commitment c, load_for_office(write, act));
  if (!may_change_day(write, c)) return Error{ErrorKind::conflict, "commitment.error.not_now"_t};
  TRY(c.state, next_state(c, Act::propose_change, Party::office, act.now));
  c.next_text = text::tidied(text);
  c.next_reason = text::tidied(reason);
  FieldErrors errors;
  // Of a promise that is told in the case alone, only the day changes here.
  if (c.is_private())
    c.next_text.clear();
  else
    check_text(errors, c.next_text);
  check_day(errors, local_day(act.now), due_on);
  check_words(errors, "reason", c.next_reason);
  if (!errors.empty()) return errors.take();
  c.next_due_on = *due_on;
  Said said = by_office(act, Happening::change_proposed, c.next_text + "\n" + c.next_reason);
  said.due_on = *due_on;
  TRY(Commitment kept, keep(write, std::move(c), said));
  forget_consents(write, kept.id);
  return kept;
}

}  // namespace ln::commitment
