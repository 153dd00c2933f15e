#include "feature/disclosure/disclosure_actions.h"

#include "base/check.h"
#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_actions_grassroots.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_stop.h"
#include "core/people/people_code.h"
#include "core/units/units_store.h"
#include "core/workdays/workdays.h"
#include "engine/text/text_typed.h"

namespace ln::disclosure {
namespace {

Error no_item() { return {ErrorKind::not_found, "disclosure.error.none"_t}; }
Error wrong_secret() { return {ErrorKind::not_found, "disclosure.error.code_or_secret"_t}; }
Error not_possible() { return {ErrorKind::conflict, "disclosure.error.not_now"_t}; }
Error changed_since() { return {ErrorKind::conflict, "disclosure.error.changed"_t}; }

ledger::Subject question_chain(const Question& question) {
  return {"disclosure_question", question.id.value};
}

struct Said {
  const char* what;
  std::int64_t count = 0;
  std::string_view text{};  // that is hashed
  Instant at{};
};
Result<std::int64_t> say_in_clear(db::Write& write, const Disclosure& d, const Said& said) {
  const auto unit = units::find(write, d.unit);
  CHECK(unit);
  return ledger::announce(
      write, ledger::GrassrootsFact{.at = said.at,
                                    .what = said.what,
                                    .room = "disclosure",
                                    .number = d.id.value,
                                    .count = said.count,
                                    .unit = ledger::public_code(unit->code),
                                    .hash = merkle::sha256(as_bytes(said.text)),
                                    .until = std::chrono::floor<std::chrono::seconds>(d.due_at)});
}

Result<std::string> long_enough(const std::string& typed,
                                std::string_view field,
                                std::size_t min,
                                std::size_t max) {
  std::string words = text::tidied(typed);
  const std::size_t chars = count_chars(words);
  if (chars >= min && chars <= max) return words;
  const TextKey why = chars < min ? "disclosure.error.short"_t : "disclosure.error.long"_t;
  return Error{ErrorKind::invalid, why, {{std::string(field), why}}};
}

struct AtDesk {
  Question question;
  Disclosure disclosure;
};
Result<AtDesk> load_question(db::Read& read, const OfficerAct& act, const Code& code) {
  auto question = find_question(read, code);
  auto d = question ? find(read, question->disclosure) : std::nullopt;
  if (!d || !may_post(act.officer, d->unit_path)) return no_item();
  return AtDesk{*std::move(question), *std::move(d)};
}

Result<Question> keep(db::Write& write,
                      Question question,
                      const ledger::Entry& entry,
                      const ledger::Salts& salts) {
  TRY([[maybe_unused]] const ledger::Appended appended, ledger::append(write, entry, salts));
  if (!save(write, question)) throw db::Failure("a question changed while it was kept");
  ++question.revision;
  return question;
}

}  // namespace

bool may_post(const people::Officer& officer, std::string_view unit_path) {
  return officer.may_act_for(unit_path);
}
bool may_hide(const people::Officer& officer, std::string_view unit_path) {
  return officer.may(people::Role::head, unit_path);
}

Result<Disclosure> check(const people::Officer& officer,
                         const units::Unit& unit,
                         const Typed& typed,
                         Instant now) {
  if (!may_post(officer, unit.path))
    return Error{ErrorKind::forbidden, "disclosure.error.not_yours"_t};
  Disclosure d{.unit = unit.id,
               .unit_path = unit.path,
               .title = text::tidied(typed.title),
               .created_by = officer.id().value,
               .created_at = now};
  FieldErrors errors;
  const std::size_t chars = count_chars(d.title);
  if (chars < title_chars_min) errors.add("title", "disclosure.error.short"_t);
  if (chars > title_chars_max) errors.add("title", "disclosure.error.long"_t);
  const Day today = local_day(now);
  const bool fits = typed.decided_on && *typed.decided_on <= today &&
                    *typed.decided_on >= today - std::chrono::days(decided_days_max);
  if (!fits) errors.add("decided_on", "disclosure.error.decided_on"_t);
  const Item* item = item_on(typed.item, fits ? *typed.decided_on : today);
  if (item == nullptr) errors.add("item", "disclosure.error.item"_t);
  if (!errors.empty()) return errors.take();
  d.item = item->code;
  d.decided_on = *typed.decided_on;
  d.working_days = item->working_days;
  d.source = item->source;
  d.due_at =
      calendar::due(at_local(d.decided_on), {calendar::Measure::working_days, item->working_days},
                    {}, workdays::current()->days())
          .at;
  return d;
}

Result<Disclosure> owe(db::Write& write, const Disclosure& checked) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  Disclosure d = checked;
  d.id = next_disclosure(write);
  TRY(d.line, say_in_clear(write, d, {.what = "due", .text = d.title, .at = d.created_at}));
  insert(write, d);
  return d;
}

Result<Post> post(db::Write& write,
                  const OfficerAct& act,
                  DisclosureId id,
                  const TypedPost& typed) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  const auto d = find(write, id);
  if (!d || !may_post(act.officer, d->unit_path)) return no_item();
  if (d->posts != typed.seen) return changed_since();
  Post p{.number = d->posts + 1,
         .body = text::tidied(typed.body),
         .link = text::tidied(typed.link),
         .place = text::tidied(typed.place),
         .posted_by = act.officer.id().value,
         .posted_at = act.now};
  FieldErrors errors;
  if (count_chars(p.body) > body_chars_max) errors.add("body", "disclosure.error.long"_t);
  if (!p.link.empty() && (!p.link.starts_with("https://") || count_chars(p.link) > link_chars_max))
    errors.add("link", "disclosure.error.link"_t);
  if (count_chars(p.place) > place_chars_max) errors.add("place", "disclosure.error.long"_t);
  if (p.body.empty() && p.link.empty() && p.place.empty())
    errors.add("body", "disclosure.error.empty"_t);
  if (!errors.empty()) return errors.take();
  const std::string all = p.body + "\n" + p.link + "\n" + p.place + "\n";
  TRY(p.line, say_in_clear(write, *d,
                           {.what = p.number == 1 ? "posted" : "replaced",
                            .count = p.number,
                            .text = all,
                            .at = act.now}));
  if (!insert(write, *d, p)) throw db::Failure("an item was posted twice at once");
  return p;
}

Result<Prepared> prepare_question(
    db::Read& read, DisclosureId id, const std::string& typed, Random& random, Instant now) {
  const auto d = find(read, id);
  if (!d) return no_item();
  Prepared prepared{.question = {.disclosure = id, .code = Code::draw(random), .asked_at = now}};
  TRY(prepared.question.body, long_enough(typed, "body", question_chars_min, question_chars_max));
  prepared.secret = people::draw_secret(random);
  prepared.public_key = people::Citizen(prepared.secret).key().public_key();
  prepared.question.citizen_key = as_text(prepared.public_key);
  prepared.case_key = ledger::draw_case_key(random);
  prepared.salts = ledger::draw(random);
  if (const auto unit = units::find(read, d->unit)) prepared.unit_code = unit->code;
  return prepared;
}

Result<Asked> ask(db::Write& write, const Prepared& prepared) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  const auto d = find(write, prepared.question.disclosure);
  if (!d) return no_item();
  if (count_open(write, d->id) >= questions_max)
    return Error{ErrorKind::conflict, "disclosure.error.full"_t};
  Question question = prepared.question;
  question.id = insert(write, question);
  const auto appended = ledger::append(write,
                                       {.event = ledger::Event::received,
                                        .subject = question_chain(question),
                                        .at = question.asked_at,
                                        .party = ledger::Party::citizen,
                                        .unit_id = d->unit.value,
                                        .unit = prepared.unit_code,
                                        .topic = d->item,
                                        .body = question.body,
                                        .case_key = &prepared.case_key,
                                        .registers = prepared.public_key},
                                       prepared.salts);
  // A subject that did not exist a moment ago has no key that could refuse.
  if (!appended.ok()) throw db::Failure("the ledger refused a new question");
  return Asked{std::move(question), appended.value()};
}

Result<Question> answer(db::Write& write,
                        const OfficerAct& act,
                        const Code& code,
                        const std::string& typed) {
  TRY(AtDesk at, load_question(write, act, code));
  if (at.question.state != Sight::shown || !at.question.answer.empty()) return not_possible();
  TRY(const std::string words, long_enough(typed, "answer", answer_chars_min, answer_chars_max));
  at.question.answer = words;
  at.question.answered_at = act.now;
  const ledger::Entry entry{.event = ledger::Event::answered,
                            .subject = question_chain(at.question),
                            .at = act.now,
                            .party = ledger::Party::office,
                            .actor_id = act.officer.id().value,
                            .topic = "answer",
                            .body = words};
  return keep(write, std::move(at.question), entry, act.salts);
}

Result<Question> hide(db::Write& write,
                      const OfficerAct& act,
                      const Code& code,
                      HideReason reason) {
  TRY(AtDesk at, load_question(write, act, code));
  if (!may_hide(act.officer, at.disclosure.unit_path)) return no_item();
  if (at.question.state != Sight::shown) return not_possible();
  at.question.state = Sight::hidden;
  at.question.reason = reason;
  const ledger::Entry entry{.event = ledger::Event::redacted,
                            .subject = question_chain(at.question),
                            .at = act.now,
                            .party = ledger::Party::office,
                            .actor_id = act.officer.id().value,
                            .topic = to_text(reason)};
  return keep(write, std::move(at.question), entry, act.salts);
}

Result<Question> open_question(db::Read& read, const people::Citizen& citizen, const Code& code) {
  auto found = find_question(read, code);
  if (!found || found->citizen_key != citizen.public_key()) return wrong_secret();
  return *std::move(found);
}

Result<Question> withdraw(db::Write& write,
                          const people::Citizen& citizen,
                          const Code& code,
                          const ledger::Salts& salts,
                          Instant now) {
  TRY(Question question, open_question(write, citizen, code));
  if (question.state == Sight::withdrawn || !question.answer.empty()) return not_possible();
  question.state = Sight::withdrawn;
  question.reason.reset();
  question.body.clear();
  const ledger::Entry entry{.event = ledger::Event::closed,
                            .subject = question_chain(question),
                            .at = now,
                            .party = ledger::Party::citizen,
                            .topic = "withdrawn",
                            .citizen = &citizen.key()};
  return keep(write, std::move(question), entry, salts);
}

}  // namespace ln::disclosure
