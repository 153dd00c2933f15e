#include "feature/commitment/commitment_actions_case.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/ledger/ledger_words.h"
#include "engine/text/text_typed.h"
#include "feature/commitment/commitment_actions_record.h"
#include "feature/commitment/commitment_store_point.h"

namespace ln::commitment {
namespace {

constexpr std::int64_t cases_at_once = 50;

std::string cut(std::string_view words, std::size_t chars_max) {
  const std::string whole = text::tidied(words);
  if (count_chars(whole) <= chars_max) return whole;
  return std::string(first_chars(whole, chars_max - 1)) + "…";
}

bool make_of_letter(db::Write& write, const PromisedCase& of, const CaseStep& step) {
  const auto letter = newest(write, of.id, "promised");
  if (!letter || !letter->day || has_promise(write, of.id, letter->id)) return false;
  Commitment c{.unit = of.unit,
               .unit_path = of.unit_path,
               .source = Source::feedback,
               .source_id = of.id,
               .question_id = letter->id,
               .text = of.is_open ? cut(letter->text, text_chars_max) : std::string(),
               .due_on = *letter->day,
               .created_by = letter->officer,
               .created_at = step.now};
  c.id = insert(write, c);
  for (const Asked::Person& each : people_of(write, of))
    insert(write, Asker{.commitment = c.id, .code = each.code, .citizen_key = each.citizen_key});
  const Said said{.what = Happening::made,
                  .party = Party::office,
                  .words = c.text,
                  .actor_id = c.created_by,
                  .unit_code = of.unit_code,
                  .case_key = &step.case_key,
                  .salts = step.made,
                  .now = step.now};
  if (!record(write, c, said).ok()) throw db::Failure("the ledger refused a new commitment");
  return true;
}

bool is_answered(const PromisedCase& of) { return of.state == "answered" || of.state == "closed"; }

// The office answered: that is what it says was done.
bool declare_by_answer(db::Write& write,
                       const PromisedCase& of,
                       Commitment c,
                       const ledger::Salts& salts,
                       Instant now) {
  const auto answer = newest(write, of.id, "answered");
  if (!answer || answer->at < c.created_at) return false;
  const auto next = next_state(c, Act::declare, Party::office, now);
  if (!next.ok()) return false;
  c.state = next.value();
  c.evidence = of.is_open && !c.is_private() ? cut(answer->text, words_chars_max) : std::string();
  c.declared_at = answer->at;
  c.next_text.clear();
  c.next_reason.clear();
  c.next_due_on.reset();
  const Said said{.what = Happening::declared,
                  .party = Party::office,
                  .words = c.evidence,
                  .actor_id = answer->officer,
                  .unit_code = of.unit_code,
                  .salts = salts,
                  .now = now};
  return keep(write, std::move(c), said).ok();
}

// What the sender said of the answer. It stands in the chain of the case, signed with their key, so
// the line is the case's own; their words there are for the office.
bool say_of_answer(db::Write& write, const PromisedCase& of, Commitment c, Act act, Instant now) {
  const auto said = newest(write, of.id, act == Act::accept ? "closed" : "reopened");
  const auto next = next_state(c, act, Party::citizen, now);
  if (!said || !next.ok()) return false;
  c.state = next.value();
  if (act == Act::refuse) {
    ++c.refused_count;
    c.is_by_silence = false;
  }
  insert(write, c.id,
         Event{.at = said->at,
               .what = act == Act::accept ? Happening::accepted : Happening::refused,
               .party = Party::citizen,
               .line = said->line});
  if (!save(write, c)) throw db::Failure("a commitment changed under its case");
  return true;
}

bool bring_along(db::Write& write,
                 const PromisedCase& of,
                 const Commitment& c,
                 const ledger::Salts& salts,
                 Instant now) {
  if (c.state != State::declared)
    return is_answered(of) && declare_by_answer(write, of, c, salts, now);
  if (!is_answered(of)) return say_of_answer(write, of, c, Act::refuse, now);
  return of.closed_by == "citizen" && say_of_answer(write, of, c, Act::accept, now);
}

// A chain has one key, so whoever has signed already goes on as somebody new.
bool take_new_keys(db::Write& write, const PromisedCase& of) {
  bool any = false;
  for (Asker each : askers_of_case(write, of.id)) {
    if (each.citizen_key == of.citizen_key) continue;
    any = true;
    if (!each.has_chain) {
      change_key(write, each, of.citizen_key);
      continue;
    }
    retire_asker(write, each);
    const AskerId id = insert(
        write,
        Asker{.commitment = each.commitment, .code = of.code, .citizen_key = of.citizen_key});
    each.id = id;
    each.has_chain = false;
    save(write, each);
  }
  return any;
}

// Words that everybody read are taken back with those of the case, and do not come again.
bool take_words_back(db::Write& write, const PromisedCase& of) {
  if (of.is_open) return false;
  bool any = false;
  for (const Commitment& each : of_source(write, Source::feedback, of.id)) {
    if (each.is_private()) continue;
    empty_words(write, each.id);
    any = true;
  }
  return any;
}

// Whoever is put together with a promised case is promised the same; who is taken apart is not.
bool join_lead(db::Write& write, const PromisedCase& of) {
  bool any = false;
  const auto lead = lead_of(write, of.id);
  for (const Asker& each : askers_of_case(write, of.id)) {
    const auto c = find(write, each.commitment);
    if (!c || c->source_id == of.id || (lead && c->source_id == *lead)) continue;
    retire_asker(write, each);
    any = true;
  }
  if (!lead || of.is_closed_off) return any;
  for (const Commitment& each : of_source(write, Source::feedback, *lead)) {
    if (each.state == State::kept || find_asker(write, each.id, of.code)) continue;
    insert(write, Asker{.commitment = each.id, .code = of.code, .citizen_key = of.citizen_key});
    any = true;
  }
  return any;
}

}  // namespace

CaseStep draw_step(std::int64_t case_id, Random& random, Instant now) {
  CaseStep step{.case_id = case_id,
                .case_key = ledger::draw_case_key(random),
                .made = ledger::draw(random),
                .now = now};
  for (ledger::Salts& each : step.declared) each = ledger::draw(random);
  return step;
}

bool follow_case(db::Write& write, const CaseStep& step) {
  const auto of = find_case(write, step.case_id);
  if (!of || of->is_erased || !ledger::may_write().ok()) return false;
  bool any = take_words_back(write, *of);
  any = set_gone(write, of->id, of->is_closed_off) > 0 || any;
  if (of->is_fit && of->state == "promised") any = make_of_letter(write, *of, step) || any;
  std::size_t used = 0;
  for (const Commitment& each : of_source(write, Source::feedback, of->id)) {
    if (each.state == State::kept) continue;
    if (used == step.declared.size()) break;
    if (bring_along(write, *of, each, step.declared[used], step.now)) {
      any = true;
      ++used;
    }
  }
  any = take_new_keys(write, *of) || any;
  return join_lead(write, *of) || any;
}

std::int64_t follow_cases(db::Database& database, Random& random, Instant now) {
  std::int64_t count = 0;
  for (const std::int64_t id :
       database.read([](db::Read& read) { return cases_out_of_step(read, cases_at_once); })) {
    const CaseStep step = draw_step(id, random, now);
    const auto done =
        database.write([&](db::Write& write) -> Result<bool> { return follow_case(write, step); });
    count += done.ok() && done.value() ? 1 : 0;
  }
  for (const Asker& each :
       database.read([](db::Read& read) { return askers_withdrawn(read, cases_at_once); })) {
    const auto done = database.write([&](db::Write& write) -> Result<Done> {
      empty_words_of(write, each);
      retire_asker(write, each);
      return Done{};
    });
    count += done.ok() ? 1 : 0;
  }
  return count;
}

void forget_words(db::Write& write, const db::Erasure& permission, std::int64_t case_id) {
  for (const Commitment& each : of_source(write, Source::feedback, case_id))
    empty_words(write, each.id);
  let_go(write, case_id);
  for (const Asker& each : askers_of_case(write, case_id)) {
    // Also of the promise of another case that this one was put together with.
    empty_words_of(write, each);
    if (each.has_chain)
      ledger::forget_body_salts(write, permission, {"commitment_asker", each.id.value});
    retire_asker(write, each);
  }
}

}  // namespace ln::commitment
