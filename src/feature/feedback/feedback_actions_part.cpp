#include "feature/feedback/feedback_actions_part.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_part.h"
#include "core/units/units_store.h"
#include "core/workdays/workdays_hours.h"
#include "feature/feedback/feedback_actions_move.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_actions_tell.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_store_foreign.h"

namespace ln::feedback {
namespace {

Error no_part_now() { return {ErrorKind::conflict, "feedback.error.part_not_now"_t}; }

Result<Feedback> load_letter(db::Read& read, const OfficerAct& act) {
  TRY(Feedback letter, load_for(read, act, Task::transfer));
  if (!may_be_parted(letter) || part_of(read, letter.id)) return no_part_now();
  return letter;
}

// Two parts of one letter at one office would be one person twice, with one answer owed twice.
bool has_living_part(db::Read& read, const Feedback& letter, units::UnitId unit) {
  return std::ranges::any_of(parts_of(read, letter.id), [&](const LetterPart& each) {
    if (each.undone_at) return false;
    const auto part = find(read, each.id);
    return part && part->unit == unit;
  });
}

// The office that gets the part is another one, exists today, has no part of this letter yet and is
// not complained about.
void check_office(db::Read& read,
                  const Feedback& letter,
                  const Parting& parting,
                  FieldErrors& errors) {
  const Day today = local_day(parting.act.now);
  if (!parting.to)
    errors.add("unit", "feedback.error.unit_unknown"_t);
  else if (parting.to->id == letter.unit || !parting.to->is_valid_on(today))
    errors.add("unit", "feedback.error.unit_unfit"_t);
  else if (has_living_part(read, letter, parting.to->id))
    errors.add("unit", "feedback.error.unit_has_part"_t);
  else if (is_accused(read, letter, *parting.to, today))
    errors.add("unit", "feedback.error.unit_accused"_t);
}

Feedback part_from(db::Read& read,
                   const Feedback& letter,
                   const Parting& parting,
                   std::string passage) {
  Feedback part{.code = parting.code};
  part.citizen_key = letter.citizen_key;
  part.kind = letter.kind;
  part.sender = letter.sender;
  part.about = parting.topic->about;
  part.topic = parting.topic->id;
  part.unit = part.object_unit = parting.to->id;
  part.unit_path = part.object_path = parting.to->path;
  part.title = title_from(passage);
  part.body = std::move(passage);
  part.is_public = letter.is_public;
  part.is_protected = letter.is_protected;
  part.in_english = letter.in_english;
  part.entered_by = letter.entered_by;
  // Of a letter that another system had first, its clock runs from there.
  const auto foreign = foreign_of(read, letter.id);
  part.received_at = foreign ? foreign->stated_at : letter.received_at;
  part.place = letter.place;
  part.position = letter.position;
  part.happened_on = letter.happened_on;
  const workdays::Shared calendar = workdays::current();
  part.hours = workdays::hours_at(read, part.unit_path);
  part.calendar_revision = calendar->revision();
  part.due_at = part.first_due_at =
      due_of(*parting.topic, part.received_at, part.hours, calendar->days()).at;
  return part;
}

// Begins the part's own chain, with the key that the letter has registered by now.
ledger::Appended begin_chain(db::Write& write, const Feedback& part, const Parting& parting) {
  ledger::PublicKey key{};
  std::ranges::copy(as_bytes(part.citizen_key), key.begin());
  const std::string cat = ledger::part_cat(parting.topic->code);
  const auto appended = ledger::append(write,
                                       {.event = ledger::Event::received,
                                        .subject = {"feedback", part.id.value},
                                        .at = parting.act.now,
                                        .party = Party::office,
                                        .actor_id = parting.act.officer.id().value,
                                        .unit_id = part.unit.value,
                                        .unit = parting.to->code,
                                        .topic = cat,
                                        .due = part.due_at,
                                        .body = part.body,
                                        .case_key = &parting.case_key,
                                        .registers = key,
                                        .waits = part.is_protected},
                                       parting.salts);
  // A subject that did not exist a moment ago has no key that could refuse.
  if (!appended.ok()) throw db::Failure("the ledger refused a part of a letter");
  return appended.value();
}

}  // namespace

ledger::Salts salts_of_part(const ledger::Salts& letter, int number) {
  const auto drawn = [&](std::string_view what) {
    return merkle::hkdf_sha256(letter.commit,
                               as_bytes(std::string(what) + "/" + std::to_string(number)));
  };
  ledger::Salts salts;
  const merkle::Hash first = drawn("langnghe/part/commit1"),
                     second = drawn("langnghe/part/commit2");
  std::ranges::copy(first, salts.commit.begin());
  std::ranges::copy(second, salts.commit.begin() + static_cast<std::ptrdiff_t>(first.size()));
  salts.body = drawn("langnghe/part/body");
  return salts;
}

Result<Feedback> check_part(db::Read& read, const Parting& parting) {
  TRY(const Feedback letter, load_letter(read, parting.act));
  if (std::ssize(parts_of(read, letter.id)) >= parts_max)
    return Error{ErrorKind::conflict, "feedback.error.part_many"_t};
  FieldErrors errors;
  auto passage = passage_of(letter, parting.typed);
  if (!passage.ok())
    for (const FieldError& each : passage.error().fields) errors.add(each.field, each.text);
  check_office(read, letter, parting, errors);
  if (!parting.topic || parting.topic->about == About::conduct)
    errors.add("topic", "feedback.error.part_topic"_t);
  if (!errors.empty()) return errors.take();
  return part_from(read, letter, parting, std::move(passage).value());
}

Result<Feedback> take_part(db::Write& write, const Parting& parting) {
  TRY(Feedback part, check_part(write, parting));
  TRY(Feedback letter, load_letter(write, parting.act));
  const int number = first_part_number + static_cast<int>(std::ssize(parts_of(write, letter.id)));
  Recorded what = by_officer(parting.act, ledger::Event::assigned);
  what.unit = part.unit;
  what.text = part.body;
  what.reason = parted_word;
  TRY(letter, record(write, std::move(letter), what));
  if (write.is_again()) part.code = parting.spare_code;
  const Instant at = kept_time(part, parting.act.now);
  part.id = insert(write, part);
  insert_part(write, {.id = part.id,
                      .letter = letter.id,
                      .number = number,
                      .made_at = at,
                      .made_by = parting.act.officer.id().value});
  const ledger::Appended appended = begin_chain(write, part, parting);
  insert_event(write, {.feedback = part.id,
                       .event = "received",
                       .at = at,
                       .party = "office",
                       .unit = part.unit,
                       .audience = Audience::public_,
                       .ledger_index = appended.line()});
  tell_sender(write, part, {.event = ledger::Event::assigned, .reason = parted_word},
              parting.act.now);
  return letter;
}

Result<Feedback> rejoin(db::Write& write,
                        const OfficerAct& act,
                        int number,
                        const ledger::Salts& part_salts) {
  TRY(Feedback letter, load_for(write, act, Task::transfer));
  const auto parts = parts_of(write, letter.id);
  const auto row = std::ranges::find(parts, number, &LetterPart::number);
  auto part = row == parts.end() ? std::nullopt : find(write, row->id);
  if (!part || !may_rejoin(*row, *part, act.now) || !may_be_parted(letter))
    return Error{ErrorKind::conflict, "feedback.error.part_touched"_t};
  Recorded back = by_officer(act, ledger::Event::assigned);
  back.unit = letter.unit;
  back.text = part->body;
  back.reason = rejoined_word;
  TRY(letter, record(write, std::move(letter), back));
  const Instant at = kept_time(*part, act.now);
  part->state = State::closed;
  part->closed_at = at;
  Recorded end = by_officer(act, ledger::Event::closed);
  end.reason = rejoined_word;
  end.salts = &part_salts;
  TRY([[maybe_unused]] const Feedback ended, record(write, *std::move(part), end));
  undo_part(write, row->id, at);
  return letter;
}

}  // namespace ln::feedback
