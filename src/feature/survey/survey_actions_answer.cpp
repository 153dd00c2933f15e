// Answering, and answering again.
#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/people/people_citizen.h"
#include "feature/survey/survey_actions.h"

namespace ln::survey {
namespace {

Error slip_is_none() { return {ErrorKind::not_found, "survey.error.slip"_t}; }
Error takes_nothing() { return {ErrorKind::conflict, "survey.error.closed"_t}; }

Receipt receipt_for(const ledger::Appended& appended, Instant at, Instant first) {
  return {.line = appended.index,
          .fingerprint = to_hex(appended.leaf_hash),
          .at = at,
          .change_until = first + change_window};
}

ledger::Entry entry_for(const Answer& answer, const Saying& saying, std::string_view body) {
  return {.event = ledger::Event::received,
          .subject = {"survey_answer", answer.id.value},
          .party = saying.clerk == nullptr ? ledger::Party::citizen : ledger::Party::office,
          .actor_id = saying.clerk == nullptr ? 0 : saying.clerk->id().value,
          .topic = to_text(saying.way),
          .body = body};
}

Result<Receipt> first_answer(db::Write& write,
                             const Survey& survey,
                             const Form& form,
                             const Saying& saying,
                             const std::optional<Slip>& slip,
                             Instant now) {
  Answer fresh{.id = next_answer(write),
               .survey = survey.id,
               .way = saying.way,
               .cluster = slip ? slip->cluster : 0,
               .given = saying.given,
               .score = score_of(form, saying.given.values),
               .answered_at = now,
               .nonce = std::string(as_text(saying.nonce))};
  if (saying.clerk != nullptr) fresh.entered_by = saying.clerk->id().value;
  const std::string body = statement_of(form, saying.given, fresh.nonce);
  ledger::Entry entry = entry_for(fresh, saying, body);
  entry.at = now;
  entry.case_key = &saying.case_key;
  if (slip)
    entry.registers = people::Citizen(people::plain_secret(saying.secret)).key().public_key();
  TRY(const ledger::Appended appended, ledger::append(write, entry, saying.salts));
  fresh.line = appended.index;
  insert(write, fresh, slip ? &*slip : nullptr);
  return receipt_for(appended, now, now);
}

Result<Receipt> other_answer(
    db::Write& write, const Form& form, const Saying& saying, AnswerId id, Instant now) {
  auto kept = find_answer(write, id);
  if (!kept) return slip_is_none();
  if (now > kept->answered_at + change_window)
    return Error{ErrorKind::conflict, "survey.error.too_old"_t};
  kept->nonce = as_text(saying.nonce);
  const std::string body = statement_of(form, saying.given, kept->nonce);
  ledger::Entry entry = entry_for(*kept, saying, body);
  entry.event = ledger::Event::replied;
  entry.at = now;
  const people::Citizen citizen(people::plain_secret(saying.secret));
  entry.citizen = &citizen.key();
  TRY(const ledger::Appended appended, ledger::append(write, entry, saying.salts));
  kept->given = saying.given;
  kept->score = score_of(form, saying.given.values);
  kept->changed_at = now;
  kept->line = appended.index;
  if (!save(write, *kept)) throw db::Failure("an answer changed under its slip");
  return receipt_for(appended, now, kept->answered_at);
}

}  // namespace

bool may_take_in(const people::Officer& officer, std::string_view unit_path) {
  return officer.may_act_for(unit_path);
}

Result<Receipt> answer(db::Write& write, const Saying& saying, Instant now) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  std::optional<Slip> slip;
  if (saying.way == Way::slip) {
    const auto hash = slip_hash(saying.secret);
    slip = hash ? find_slip(write, *hash) : std::nullopt;
    if (!slip) return slip_is_none();
  }
  const auto survey = find(write, slip ? slip->survey : saying.survey);
  const auto form = survey ? find_form(write, survey->form) : std::nullopt;
  if (!form) return slip_is_none();
  if (!survey->takes_answers(now) || (saying.way == Way::kiosk && !survey->has_kiosk) ||
      (saying.way == Way::link && !survey->has_link))
    return takes_nothing();
  if ((saying.way == Way::clerk) != (saying.clerk != nullptr)) return takes_nothing();
  if (saying.clerk != nullptr && !may_take_in(*saying.clerk, survey->unit_path))
    return Error{ErrorKind::forbidden, "survey.error.not_yours"_t};
  if (slip && slip->answer) return other_answer(write, *form, saying, *slip->answer, now);
  if (slip && slip->is_used) return slip_is_none();
  return first_answer(write, *survey, *form, saying, slip, now);
}

}  // namespace ln::survey
