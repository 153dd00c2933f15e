#include "feature/feedback/feedback_actions_held.h"

#include "base/text.h"
#include "core/attachment/attachment_store.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/people/people_actions.h"
#include "core/people/people_seal.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_record.h"

namespace ln::feedback {
namespace {

ledger::Subject subject_of(const Held& held) { return {"feedback_held", held.id.value}; }

// All that was typed stands in one text, so that nothing of it is dropped.
std::string whole_text(const Prepared& prepared) {
  std::string text = prepared.feedback.body;
  for (const auto& [question, answer] : prepared.extras) text += "\n\n" + answer;
  for (const std::string* each : {&prepared.feedback.dossier, &prepared.feedback.counter})
    if (!each->empty()) text += "\n\n" + *each;
  return text;
}

Result<Done> append_held(db::Write& write, const ledger::Entry& entry, const ledger::Salts& salts) {
  TRY([[maybe_unused]] const ledger::Appended appended, ledger::append(write, entry, salts));
  return Done{};
}

}  // namespace

Result<HeldPrepared> prepare_held(
    db::Read& read, const Typed& typed, Sort sort, Random& random, Instant now) {
  Typed bare = typed;
  bare.contact.clear();
  bare.recurs_of.clear();
  bare.is_public = false;
  bare.is_protected = true;
  TRY(Prepared prepared, prepare(read, bare, random, now));
  const Feedback& f = prepared.feedback;
  HeldPrepared ready{.held = {.code = f.code,
                              .citizen_key = f.citizen_key,
                              .sort = sort,
                              .title = f.title,
                              .body = whole_text(prepared),
                              .place = f.place,
                              .unit = f.object_unit,
                              .happened_on = f.happened_on,
                              .in_english = typed.in_english,
                              .received_at = ledger::coarse(now)},
                     .spare_code = prepared.spare_code,
                     .secret = std::move(prepared.secret),
                     .public_key = prepared.public_key,
                     .case_key = prepared.case_key,
                     .salts = prepared.salts,
                     .told_salts = ledger::draw(random)};
  if (const auto unit = units::find(read, f.object_unit)) ready.unit_name = unit->name;
  return ready;
}

std::string sealed_contact(db::Read& read, FeedbackId id, Random& random) {
  const auto contact = contact_of(read, id);
  if (!contact || contact->is_sealed()) return {};
  const auto keys = people::sealing_keys(read);
  return keys.ok() ? people::seal(contact->plain, keys.value(), random) : std::string();
}

Result<HeldSent> submit_held(db::Write& write, const HeldPrepared& prepared, Instant now) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  Held held = prepared.held;
  if (write.is_again()) held.code = prepared.spare_code;
  held.id = insert_held(write, held);
  std::vector<ledger::Hash> hashes;
  if (!prepared.draft.empty()) {
    const attachment::Owner here{"feedback_held", held.id.value};
    attachment::hand_over(write, {"feedback_draft", draft_owner_id(prepared.draft)}, here);
    for (const attachment::Attachment& file : attachment::list(write, here))
      if (const auto hash = merkle::to_hash(file.hash)) hashes.push_back(*hash);
    remove_draft(write, prepared.draft);
  }
  auto appended = ledger::append(write,
                                 {.event = ledger::Event::received,
                                  .subject = subject_of(held),
                                  .at = now,
                                  .party = Party::citizen,
                                  .topic = petition::to_text(held.sort),
                                  .body = held.body,
                                  .files = hashes,
                                  .case_key = &prepared.case_key,
                                  .registers = prepared.public_key,
                                  .waits = true},
                                 prepared.salts);
  if (!appended.ok()) throw db::Failure("the ledger refused what is held");
  const auto told = append_held(write,
                                {.event = ledger::Event::redirected,
                                 .subject = subject_of(held),
                                 .at = now,
                                 .party = Party::clock,
                                 .topic = petition::to_text(held.sort)},
                                prepared.told_salts);
  if (!told.ok()) throw db::Failure("the ledger refused what is held");
  return HeldSent{std::move(held), std::move(appended).value()};
}

Result<Held> open_held(db::Read& read, const people::Citizen& citizen, const Code& code) {
  auto found = find_held(read, code);
  if (!found || found->citizen_key != citizen.public_key())
    return Error{ErrorKind::not_found, "feedback.error.code_or_secret"_t};
  return *std::move(found);
}

Result<Held> erase_held(db::Write& write, const CitizenAct& act) {
  TRY(const Held held, open_held(write, act.citizen, act.code));
  if (held.erased_at) return Error{ErrorKind::conflict, "feedback.error.erased"_t};
  TRY([[maybe_unused]] const Done done, append_held(write,
                                                    {.event = ledger::Event::erased,
                                                     .subject = subject_of(held),
                                                     .at = act.now,
                                                     .party = Party::citizen,
                                                     .reason = to_text(ErasedBecause::by_sender),
                                                     .citizen = &act.citizen.key()},
                                                    act.salts));
  empty_held(write, held, ledger::coarse(act.now), ErasedBecause::by_sender);
  return *find_held(write, act.code);
}

Result<Held> erase_held_again(db::Write& write,
                              const Code& code,
                              const ledger::Salts& salts,
                              Instant now) {
  const auto held = find_held(write, code);
  if (!held) return Error{ErrorKind::not_found, "feedback.error.no_such_case"_t};
  if (held->erased_at) return Error{ErrorKind::conflict, "feedback.error.erased"_t};
  TRY([[maybe_unused]] const Done done, append_held(write,
                                                    {.event = ledger::Event::erased,
                                                     .subject = subject_of(*held),
                                                     .at = now,
                                                     .party = Party::clock,
                                                     .reason = to_text(ErasedBecause::replayed)},
                                                    salts));
  empty_held(write, *held, ledger::coarse(now), ErasedBecause::replayed);
  return *find_held(write, code);
}

Result<HeldText> read_held(db::Write& write,
                           const people::Ombudsman& ombudsman,
                           const Code& code,
                           const std::string& reason,
                           const ledger::Salts& salts,
                           Instant now) {
  const auto held = find_held(write, code);
  const auto turned = held ? std::nullopt : find(write, code);
  const bool is_there = held ? !held->erased_at : turned && turned->held_as && !turned->erased_at;
  if (!is_there) return Error{ErrorKind::not_found, "feedback.error.no_such_case"_t};
  TRY([[maybe_unused]] const Done fine, check_text(reason, 10, reason_chars_max));
  const ledger::Subject subject =
      held ? subject_of(*held) : ledger::Subject{"feedback", turned->id.value};
  TRY([[maybe_unused]] const Done done, append_held(write,
                                                    {.event = ledger::Event::opened_identity,
                                                     .subject = subject,
                                                     .at = now,
                                                     .party = Party::office,
                                                     .actor_id = ombudsman.id().value,
                                                     .body = reason},
                                                    salts));
  insert_held_reading(write, code, {ombudsman.id().value, reason, ledger::coarse(now)});
  HeldText text = held ? HeldText{.code = code,
                                  .sort = held->sort,
                                  .received_at = held->received_at,
                                  .title = held->title,
                                  .body = held->body,
                                  .place = held->place,
                                  .unit = held->unit}
                       : HeldText{.code = code,
                                  .sort = *turned->held_as,
                                  .received_at = turned->received_at,
                                  .title = turned->title,
                                  .body = turned->body,
                                  .place = turned->place,
                                  .unit = turned->object_unit};
  text.readings = held_readings(write, code);
  return text;
}

}  // namespace ln::feedback
