// What is asked: by people, in the hall, and what the desk does with it.
#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/people/people_code.h"
#include "core/units/units_store.h"
#include "engine/text/text_typed.h"
#include "feature/dialogue/dialogue_actions.h"

namespace ln::dialogue {
namespace {

ledger::Subject chain_of(const Question& question) {
  return {"dialogue_question", question.id.value};
}

Error none() { return {ErrorKind::not_found, "dialogue.error.none"_t}; }
Error wrong_code() { return {ErrorKind::not_found, "dialogue.error.code_or_secret"_t}; }
Error changed() { return {ErrorKind::conflict, "dialogue.error.changed"_t}; }
Error not_now() { return {ErrorKind::conflict, "dialogue.error.not_now"_t}; }

Result<Done> check_words(std::string_view field,
                         const std::string& words,
                         std::size_t min,
                         std::size_t max,
                         TextKey is_short,
                         TextKey is_long) {
  const std::size_t chars = count_chars(words);
  if (chars >= min && chars <= max) return Done{};
  const TextKey wrong = chars < min ? is_short : is_long;
  return Error{ErrorKind::invalid, wrong, {{std::string(field), wrong}}};
}

bool is_over(const Dialogue& d) {
  return d.stage == Stage::approved || d.stage == Stage::cancelled;
}

// A question and its session, for whoever runs it. What is hidden can be hidden for ever after.
struct AtDesk {
  Question question;
  Dialogue dialogue;
};
Result<AtDesk> load_at_desk(db::Read& read, const RunAct& act, const Code& code) {
  auto question = find_question(read, code);
  auto d = question ? find(read, question->dialogue) : std::nullopt;
  if (!d || d->id != act.id || !may_run(act.officer, d->unit_path)) return wrong_code();
  if (question->revision != act.revision) return changed();
  if (question->state == Sight::withdrawn) return not_now();
  return AtDesk{*std::move(question), *std::move(d)};
}

ledger::Entry by_desk(const RunAct& act,
                      const Question& question,
                      ledger::Event event,
                      std::string_view word,
                      std::string_view body = {}) {
  return {.event = event,
          .subject = chain_of(question),
          .at = act.now,
          .party = ledger::Party::office,
          .actor_id = act.officer.id().value,
          .topic = word,
          .body = body};
}

Result<Question> record(db::Write& write,
                        Question question,
                        const ledger::Entry& entry,
                        const ledger::Salts& salts) {
  TRY([[maybe_unused]] const ledger::Appended appended, ledger::append(write, entry, salts));
  if (!save(write, question)) throw db::Failure("a question changed under its desk");
  ++question.revision;
  return question;
}

Result<Done> may_ask(const Dialogue& d, const Asking& asking, Instant now) {
  if (asking.clerk != nullptr) {
    if (!may_take_in(*asking.clerk, d.unit_path)) return none();
    if (!d.takes_in_hall()) return not_now();
    return Done{};
  }
  if (!d.takes_questions(now)) return Error{ErrorKind::conflict, "dialogue.error.closed"_t};
  return Done{};
}

}  // namespace

Result<Question> hide(db::Write& write, const RunAct& act, const Code& code, HideReason reason) {
  TRY(AtDesk at, load_at_desk(write, act, code));
  if (at.question.state == Sight::hidden) return changed();
  at.question.state = Sight::hidden;
  at.question.reason = reason;
  const auto entry = by_desk(act, at.question, ledger::Event::redacted, to_text(reason));
  return record(write, std::move(at.question), entry, act.salts);
}

Result<Question> show(db::Write& write, const RunAct& act, const Code& code) {
  TRY(AtDesk at, load_at_desk(write, act, code));
  if (at.question.state != Sight::hidden) return changed();
  at.question.state = Sight::shown;
  at.question.reason.reset();
  const auto entry = by_desk(act, at.question, ledger::Event::redacted, "shown");
  return record(write, std::move(at.question), entry, act.salts);
}

Result<Question> merge(db::Write& write, const RunAct& act, const Code& code, const Code& into) {
  TRY(AtDesk at, load_at_desk(write, act, code));
  if (is_over(at.dialogue)) return not_now();
  auto root = find_question(write, into);
  if (!root || root->dialogue != at.dialogue.id || root->state != Sight::shown)
    return Error{
        ErrorKind::invalid, "dialogue.error.merge"_t, {{"into", "dialogue.error.merge"_t}}};
  if (root->is_merged()) root = find_question(write, root->merged_into);
  if (!root || root->state != Sight::shown || root->id == at.question.id)
    return Error{
        ErrorKind::invalid, "dialogue.error.merge"_t, {{"into", "dialogue.error.merge"_t}}};
  // What has an answer of its own keeps it.
  if (at.question.is_merged() || !at.question.answer.empty() || at.question.state != Sight::shown)
    return not_now();
  at.question.merged_into = root->id;
  at.question.turn = Turn::waiting;
  const auto entry = by_desk(act, at.question, ledger::Event::merged, root->code->text());
  TRY(Question merged, record(write, std::move(at.question), entry, act.salts));
  move_merged(write, merged.id, root->id);
  recount_support(write, root->id);
  return merged;
}

Result<Question> call(db::Write& write, const RunAct& act, const Code& code) {
  TRY(AtDesk at, load_at_desk(write, act, code));
  if (at.dialogue.stage != Stage::live || at.question.state != Sight::shown ||
      at.question.is_merged() || at.question.turn != Turn::waiting)
    return not_now();
  clear_now(write, at.dialogue.id);
  at.question.turn = Turn::now;
  if (!save(write, at.question)) throw db::Failure("a question changed under its desk");
  ++at.question.revision;
  return at.question;
}

Result<Question> answer(db::Write& write,
                        const RunAct& act,
                        const Code& code,
                        const std::string& words) {
  TRY(AtDesk at, load_at_desk(write, act, code));
  if (!at.dialogue.takes_answers() || at.question.is_merged()) return not_now();
  // What minutes were made of stays as it was read; whoever has more to say words new minutes.
  if (!at.question.answer.empty() && at.dialogue.minutes > 0) return not_now();
  at.question.answer = text::tidied(words);
  TRY([[maybe_unused]] const Done fine,
      check_words("answer", at.question.answer, answer_chars_min, answer_chars_max,
                  "dialogue.error.answer_short"_t, "dialogue.error.answer_long"_t));
  at.question.turn = Turn::answered;
  at.question.answered_at = act.now;
  const std::string body = at.question.answer;
  const auto entry = by_desk(act, at.question, ledger::Event::answered, "answer", body);
  return record(write, std::move(at.question), entry, act.salts);
}

Result<Prepared> prepare_question(
    db::Read& read, DialogueId id, const Asking& asking, Random& random, Instant now) {
  const auto d = find(read, id);
  if (!d) return none();
  TRY([[maybe_unused]] const Done open, may_ask(*d, asking, now));
  Question question{.dialogue = id,
                    .code = Code::draw(random),
                    .body = text::tidied(asking.body),
                    .in_english = asking.in_english,
                    .way = asking.clerk == nullptr ? Way::online : Way::hall,
                    .wants_to_speak = asking.wants_to_speak,
                    .taken_by = asking.clerk == nullptr ? 0 : asking.clerk->id().value,
                    .asked_at = now};
  TRY([[maybe_unused]] const Done fine,
      check_words("body", question.body, body_chars_min, body_chars_max,
                  "dialogue.error.body_short"_t, "dialogue.error.body_long"_t));
  Prepared prepared{.question = std::move(question), .spare_code = Code::draw(random)};
  prepared.secret = people::draw_secret(random);
  prepared.public_key = people::Citizen(prepared.secret).key().public_key();
  prepared.question.citizen_key = as_text(prepared.public_key);
  prepared.case_key = ledger::draw_case_key(random);
  prepared.salts = ledger::draw(random);
  if (const auto unit = units::find(read, d->unit)) prepared.unit_code = unit->code;
  return prepared;
}

Result<Asked> ask(db::Write& write, const Prepared& prepared, Instant now) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  const auto d = find(write, prepared.question.dialogue);
  if (!d) return none();
  const bool is_open =
      prepared.question.way == Way::hall ? d->takes_in_hall() : d->takes_questions(now);
  if (!is_open) return Error{ErrorKind::conflict, "dialogue.error.closed"_t};
  if (counts_of(write, d->id).all >= questions_max)
    return Error{ErrorKind::conflict, "dialogue.error.full"_t};
  Question question = prepared.question;
  if (write.is_again()) question.code = prepared.spare_code;
  question.id = insert(write, question);
  const std::string statement = statement_of(question);
  const auto appended = ledger::append(write,
                                       {.event = ledger::Event::received,
                                        .subject = chain_of(question),
                                        .at = now,
                                        .party = ledger::Party::citizen,
                                        .actor_id = question.taken_by,
                                        .unit_id = d->unit.value,
                                        .unit = prepared.unit_code,
                                        .topic = to_text(question.way),
                                        .body = statement,
                                        .case_key = &prepared.case_key,
                                        .registers = prepared.public_key},
                                       prepared.salts);
  // A subject that did not exist a moment ago has no key that could refuse.
  if (!appended.ok()) throw db::Failure("the ledger refused a new question");
  return Asked{std::move(question), appended.value()};
}

Result<Question> open_question(db::Read& read, const people::Citizen& citizen, const Code& code) {
  auto found = find_question(read, code);
  if (!found || found->citizen_key != citizen.public_key()) return wrong_code();
  return *std::move(found);
}

Result<Question> withdraw(db::Write& write, const AskerAct& act) {
  TRY(Question question, open_question(write, act.citizen, act.code));
  // Its answer would answer nothing, and others stand behind it.
  if (question.state == Sight::withdrawn || !question.answer.empty() ||
      !merged_into(write, question.id).empty())
    return not_now();
  const QuestionId root = question.merged_into;
  question.state = Sight::withdrawn;
  question.reason.reset();
  question.body.clear();
  question.turn = Turn::waiting;
  const ledger::Entry entry{.event = ledger::Event::closed,
                            .subject = chain_of(question),
                            .at = act.now,
                            .party = ledger::Party::citizen,
                            .topic = "withdrawn",
                            .citizen = &act.citizen.key()};
  TRY(Question done, record(write, std::move(question), entry, act.salts));
  if (root.value != 0) recount_support(write, root);
  return done;
}

Result<Question> separate(db::Write& write, const AskerAct& act) {
  TRY(Question question, open_question(write, act.citizen, act.code));
  const auto d = find(write, question.dialogue);
  if (!d || !question.is_merged() || question.state == Sight::withdrawn ||
      d->stage == Stage::approved || d->stage == Stage::cancelled)
    return not_now();
  const QuestionId root = question.merged_into;
  question.merged_into = {};
  const ledger::Entry entry{.event = ledger::Event::reopened,
                            .subject = chain_of(question),
                            .at = act.now,
                            .party = ledger::Party::citizen,
                            .topic = "separated",
                            .citizen = &act.citizen.key()};
  TRY(Question done, record(write, std::move(question), entry, act.salts));
  recount_support(write, root);
  recount_support(write, done.id);
  return done;
}

Result<Question> contest(db::Write& write, const AskerAct& act, const std::string& body) {
  TRY(Question question, open_question(write, act.citizen, act.code));
  const auto d = find(write, question.dialogue);
  const auto minutes = d ? find_minutes(write, d->id, d->minutes) : std::nullopt;
  if (!minutes || d->stage != Stage::ended || act.now >= minutes->closes_at()) return not_now();
  if (question.state != Sight::shown) return not_now();
  for (const Contest& each : contests_of(write, d->id))
    if (each.number == minutes->number && each.question == question.id) return not_now();
  const std::string words = text::tidied(body);
  TRY([[maybe_unused]] const Done fine,
      check_words("body", words, body_chars_min, body_chars_max, "dialogue.error.body_short"_t,
                  "dialogue.error.body_long"_t));
  TRY(const ledger::Appended appended, ledger::append(write,
                                                      {.event = ledger::Event::contested,
                                                       .subject = chain_of(question),
                                                       .at = act.now,
                                                       .party = ledger::Party::citizen,
                                                       .topic = "minutes",
                                                       .body = words,
                                                       .citizen = &act.citizen.key()},
                                                      act.salts));
  insert(write, Contest{.dialogue = d->id,
                        .number = minutes->number,
                        .question = question.id,
                        .body = words,
                        .contested_at = act.now,
                        .line = appended.index});
  return question;
}

Result<Question> support(db::Write& write, const Code& code, const Supporter& supporter) {
  auto question = find_question(write, code);
  const auto d = question ? find(write, question->dialogue) : std::nullopt;
  if (!d || question->state != Sight::shown) return wrong_code();
  if (!d->takes_in_hall()) return Error{ErrorKind::conflict, "dialogue.error.closed"_t};
  std::string network;
  if (supporter.sender != 0)
    network = network_mark(network_key(write, d->id, supporter.spare_key), supporter.sender);
  if (ensure_support(write, d->id, question->id, supporter.mark, network))
    recount_support(write, question->is_merged() ? question->merged_into : question->id);
  return *std::move(question);
}

}  // namespace ln::dialogue
