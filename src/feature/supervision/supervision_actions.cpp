#include "feature/supervision/supervision_actions.h"

#include <algorithm>
#include <set>

#include "base/check.h"
#include "base/text.h"
#include "core/ledger/ledger_actions_supervision.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_stop.h"
#include "core/people/people_independent.h"
#include "core/units/units_store.h"
#include "engine/merkle/merkle.h"
#include "engine/text/text_typed.h"

namespace ln::supervision {
namespace {

Error nothing_there() { return {ErrorKind::not_found, "supervision.error.none"_t}; }
Error changed_meanwhile() { return {ErrorKind::conflict, "supervision.error.changed"_t}; }
Error beside(std::string_view field, TextKey text) {
  return {ErrorKind::invalid, text, {{std::string(field), text}}};
}

// Whole seconds, as the ledger says it.
Instant in_seconds(Instant at) { return std::chrono::floor<std::chrono::seconds>(at); }
Instant end_of(Day day) { return at_local(day + std::chrono::days(1)) - std::chrono::seconds(1); }

std::string text_of_hash(const merkle::Hash& hash) { return std::string(as_text(hash)); }
merkle::Hash hash_in(const std::string& bytes) {
  const auto hash = merkle::to_hash(bytes);
  CHECK(hash.has_value());
  return *hash;
}
merkle::Hash hash_of_text(const std::string& text) { return merkle::sha256(as_bytes(text)); }

std::string unit_code(db::Read& read, units::UnitId id) {
  const auto unit = units::find(read, id);
  return ledger::public_code(unit ? unit->code : "none");
}

// The programme, for a supervisor who is independent of it and while it is at work.
Result<Programme> at_work(db::Read& read, const SupervisorAct& act, ProgrammeId id) {
  auto found = find(read, id);
  if (!found) return nothing_there();
  if (!people::is_independent(act.supervisor.staff(), found->unit_path))
    return Error{ErrorKind::forbidden, "supervision.error.not_independent"_t};
  if (found->stage == Stage::announced)
    return Error{ErrorKind::conflict, "supervision.error.not_drawn"_t};
  if (found->stage == Stage::finished)
    return Error{ErrorKind::conflict, "supervision.error.finished"_t};
  return *std::move(found);
}

// Says a reply in the ledger and keeps it.
Result<Advice> say(db::Write& write, Advice advice, Said said) {
  TRY(said.line,
      ledger::announce(write, ledger::SupervisionFact{.at = said.said_at,
                                                      .what = std::string(to_text(said.kind)),
                                                      .programme = advice.programme.value,
                                                      .number = advice.number,
                                                      .count = said.seq,
                                                      .unit = unit_code(write, advice.unit),
                                                      .hash = hash_of_text(said.text),
                                                      .until = end_of(said.due_on)}));
  insert(write, advice.id, said);
  advice.said.push_back(std::move(said));
  return advice;
}

// The unit that will read a finding of this case, when nothing about it protects anybody.
std::optional<units::UnitId> reader_of(db::Read& read, ProgrammeId id, std::int64_t number) {
  const auto item = find_item(read, id, number);
  const auto it = item ? seen(read, item->feedback) : std::nullopt;
  if (!it || is_guarded(item->stratum) || it->needs_protection || it->is_erased) return {};
  if (!may_tell_units(strata_of(read, id))) return {};
  return it->unit;
}

// What a supervisor makes of an answer.
Result<Advice> judge(db::Write& write, const SupervisorAct& act, AdviceId id, const Said& said) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  auto advice = find_advice(write, id);
  if (!advice) return nothing_there();
  TRY([[maybe_unused]] const Programme programme, at_work(write, act, advice->programme));
  if (!advice->waits_for_supervisor() || said.seq != std::ssize(advice->said) + 1)
    return changed_meanwhile();
  return say(write, *std::move(advice), said);
}

}  // namespace

Result<std::string> check_words(const std::string& typed) {
  std::string text = text::tidied(typed);
  const std::size_t chars = count_chars(text);
  if (chars < words_chars_min) return beside("text", "supervision.error.words_short"_t);
  if (chars > words_chars_max) return beside("text", "supervision.error.words_long"_t);
  return text;
}

Result<Done> check_due(Day due_on, Instant now) {
  const Day today = local_day(now);
  if (due_on <= today || due_on > today + std::chrono::days(answer_days_max))
    return beside("due_on", "supervision.error.due_on"_t);
  return Done{};
}

Result<Typed> check(const Typed& typed, Instant now) {
  FieldErrors errors;
  Typed t = typed;
  t.title_vi = text::tidied(typed.title_vi);
  t.title_en = text::tidied(typed.title_en);
  t.subject = text::tidied(typed.subject);
  if (count_chars(t.title_vi) < title_chars_min)
    errors.add("title_vi", "supervision.error.title_short"_t);
  if (count_chars(t.title_vi) > title_chars_max)
    errors.add("title_vi", "supervision.error.title_long"_t);
  if (count_chars(t.title_en) > title_chars_max)
    errors.add("title_en", "supervision.error.title_long"_t);
  if (count_chars(t.subject) < words_chars_min)
    errors.add("subject", "supervision.error.words_short"_t);
  if (count_chars(t.subject) > words_chars_max)
    errors.add("subject", "supervision.error.words_long"_t);
  // Today's cases still come in: a frame of them would be another one an hour later.
  if (t.from > t.to || t.to >= local_day(now) || (t.to - t.from).count() >= period_days_max)
    errors.add("from", "supervision.error.period"_t);
  if (t.head_at < now + head_ahead_min || t.head_at > now + head_ahead_max)
    errors.add("head_at", "supervision.error.head_at"_t);
  t.head_at = in_seconds(t.head_at);
  std::int64_t sum = 0;
  std::set<Stratum> chosen;
  for (const Wish& each : t.wishes) {
    sum += each.count;
    if (each.count < 1 || !chosen.insert(each.stratum).second) sum = sample_max + 1;
  }
  if (t.wishes.empty() || sum > sample_max) errors.add("strata", "supervision.error.sample"_t);
  if (!errors.empty()) return errors.take();
  return t;
}

Result<Made> frame_for(db::Read& read,
                       const units::Unit& unit,
                       const Typed& typed,
                       std::string_view key,
                       Instant now) {
  const auto all =
      candidates(read, {.path = unit.path, .from = typed.from, .to = typed.to, .now = now});
  if (std::ssize(all) > frame_max) return beside("from", "supervision.error.frame_large"_t);
  Made made = make_frame(all, typed.wishes, key);
  for (const draw::Stratum& each : made.strata) {
    const bool guards = is_guarded(from_word(all_strata, each.word).value());
    if (guards && each.size < guarded_min)
      return beside("strata", "supervision.error.few_guarded"_t);
    // Everybody reads how large each stratum is.
    if (!guards && each.size > 0 && each.size < stratum_min)
      return beside("strata", "supervision.error.few"_t);
  }
  if (made.items.empty()) return beside("strata", "supervision.error.frame_empty"_t);
  return made;
}

Result<Programme> announce(db::Write& write,
                           const SupervisorAct& act,
                           const units::Unit& unit,
                           const Typed& typed,
                           std::string_view key) {
  CHECK(key.size() == 32);
  if (!people::is_independent(act.supervisor.staff(), unit.path))
    return Error{ErrorKind::forbidden, "supervision.error.not_independent"_t};
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY(const Typed t, check(typed, act.now));
  TRY(const Made made, frame_for(write, unit, t, key, act.now));
  Programme p{.id = next_programme(write),
              .unit = unit.id,
              .unit_path = unit.path,
              .title_vi = t.title_vi,
              .title_en = t.title_en,
              .subject = t.subject,
              .from = t.from,
              .to = t.to,
              .head_at = t.head_at,
              .frame_size = std::ssize(made.items),
              .created_by = act.supervisor.id().value,
              .created_at = act.now};
  draw::Frame frame{.name = frame_name(p.id),
                    .unit = ledger::public_code(unit.code),
                    .from = p.from,
                    .to = p.to,
                    .head_at = p.head_at,
                    .strata = made.strata};
  for (const Item& each : made.items) frame.items.push_back(hash_in(each.commitment));
  const merkle::Hash hash = hash_of_text(draw::text_of(frame));
  p.frame_hash = text_of_hash(hash);
  TRY(p.line, ledger::announce(write, ledger::SupervisionFact{.at = act.now,
                                                              .what = "announced",
                                                              .programme = p.id.value,
                                                              .count = p.frame_size,
                                                              .unit = frame.unit,
                                                              .hash = hash,
                                                              .until = p.head_at}));
  insert(write, p);
  insert_frame(write, p.id, made);
  return p;
}

draw::Frame frame_of(db::Read& read, const Programme& p) {
  draw::Frame frame{.name = frame_name(p.id),
                    .unit = unit_code(read, p.unit),
                    .from = p.from,
                    .to = p.to,
                    .head_at = p.head_at,
                    .strata = strata_of(read, p.id)};
  for (const Item& each : items_of(read, p.id)) frame.items.push_back(hash_in(each.commitment));
  return frame;
}

Result<Programme> draw_lots(db::Write& write, ProgrammeId id, const draw::Head& head, Instant now) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  auto p = find(write, id);
  if (!p) return nothing_there();
  if (p->stage != Stage::announced)
    return Error{ErrorKind::conflict, "supervision.error.drawn_before"_t};
  const auto named = head_from(write, p->head_at);
  if (!named || named->at > now) return Error{ErrorKind::conflict, "supervision.error.no_head"_t};
  // A head that does not cover the announcement could have been known when it was made.
  if (named->head.size != head.size || named->head.root != head.root || head.size <= p->line)
    return Error{ErrorKind::conflict, "supervision.error.other_head"_t};
  const draw::Frame frame = frame_of(write, *p);
  if (text_of_hash(hash_of_text(draw::text_of(frame))) != p->frame_hash)
    return Error{ErrorKind::unavailable, "supervision.error.frame_changed"_t};
  const auto drawn = draw::drawn_from(frame, head);
  p->stage = Stage::drawn;
  p->head_size = head.size;
  p->head_root = text_of_hash(head.root);
  p->head_seen_at = named->at;
  p->drawn_at = now;
  TRY(p->drawn_line,
      ledger::announce(write, ledger::SupervisionFact{.at = now,
                                                      .what = "drawn",
                                                      .programme = id.value,
                                                      .number = head.size,
                                                      .count = std::ssize(drawn),
                                                      .unit = frame.unit,
                                                      .hash = head.root,
                                                      .until = in_seconds(named->at)}));
  if (!save_draw(write, *p, drawn)) throw db::Failure("a programme changed while it was drawn");
  return *std::move(p);
}

Result<Finding> find_out(db::Write& write,
                         const SupervisorAct& act,
                         ProgrammeId id,
                         const Found& found) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY(const Programme p, at_work(write, act, id));
  const auto drawn = drawn_of(write, id);
  if (std::ranges::find(drawn, found.number) == drawn.end()) return nothing_there();
  const auto all = findings_of(write, id);
  if (std::ranges::count(all, found.number, &Finding::number) + 1 != found.seq)
    return changed_meanwhile();
  // Protected when the form was opened or by now: then its words are for supervisors.
  const auto reader = found.is_for_unit ? reader_of(write, id, found.number) : std::nullopt;
  Finding f{.programme = id,
            .number = found.number,
            .seq = found.seq,
            .outcome = found.outcome,
            .salt = found.salt,
            .found_by = act.supervisor.id().value,
            .found_at = act.now,
            .unit_reads = reader.has_value(),
            .unit = reader.value_or(units::UnitId{})};
  TRY(f.note, check_words(found.note));
  f.hash = hash_of(f);
  TRY(f.line, ledger::announce(write, ledger::SupervisionFact{.at = act.now,
                                                              .what = "finding",
                                                              .programme = id.value,
                                                              .number = f.number,
                                                              .count = f.seq,
                                                              .unit = unit_code(write, p.unit),
                                                              .hash = hash_in(f.hash),
                                                              .until = in_seconds(act.now)}));
  insert(write, f);
  return f;
}

Result<Advice> advise(db::Write& write,
                      const SupervisorAct& act,
                      ProgrammeId id,
                      const units::Unit& unit,
                      const std::string& typed,
                      Day due_on) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY(const Programme p, at_work(write, act, id));
  if (!units::is_within(unit.path, p.unit_path)) return beside("unit", "supervision.error.unit"_t);
  TRY([[maybe_unused]] const Done fits, check_due(due_on, act.now));
  TRY(const std::string text, check_words(typed));
  Advice a{.programme = id,
           .number = std::ssize(advice_of(write, id)) + 1,
           .unit = unit.id,
           .unit_path = unit.path,
           .text = text,
           .due_on = due_on,
           .advised_by = act.supervisor.id().value,
           .advised_at = act.now};
  TRY(a.line,
      ledger::announce(write, ledger::SupervisionFact{.at = act.now,
                                                      .what = "advised",
                                                      .programme = id.value,
                                                      .number = a.number,
                                                      .unit = ledger::public_code(unit.code),
                                                      .hash = hash_of_text(text),
                                                      .until = end_of(due_on)}));
  a.id = next_advice(write);
  insert(write, a);
  return a;
}

Result<Advice> answer(db::Write& write,
                      const OfficerAct& act,
                      AdviceId id,
                      std::int64_t seq,
                      const std::string& typed) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  auto advice = find_advice(write, id);
  if (!advice || !act.officer.may(people::Role::head, advice->unit_path)) return nothing_there();
  if (!advice->waits_for_unit() || seq != std::ssize(advice->said) + 1) return changed_meanwhile();
  TRY(std::string text, check_words(typed));
  const Said said{.seq = seq,
                  .kind = Reply::answered,
                  .text = std::move(text),
                  .due_on = advice->due_now(),
                  .said_by = act.officer.id().value,
                  .said_at = act.now};
  return say(write, *std::move(advice), said);
}

Result<Advice> verify(db::Write& write,
                      const SupervisorAct& act,
                      AdviceId id,
                      std::int64_t seq,
                      const std::string& typed) {
  TRY(std::string text, check_words(typed));
  const auto advice = find_advice(write, id);
  return judge(write, act, id,
               {.seq = seq,
                .kind = Reply::verified,
                .text = std::move(text),
                .due_on = advice ? advice->due_now() : Day{},
                .said_by = act.supervisor.id().value,
                .said_at = act.now});
}

Result<Advice> give_back(db::Write& write,
                         const SupervisorAct& act,
                         AdviceId id,
                         std::int64_t seq,
                         const std::string& typed,
                         Day due_on) {
  TRY([[maybe_unused]] const Done fits, check_due(due_on, act.now));
  TRY(std::string text, check_words(typed));
  return judge(write, act, id,
               {.seq = seq,
                .kind = Reply::returned,
                .text = std::move(text),
                .due_on = due_on,
                .said_by = act.supervisor.id().value,
                .said_at = act.now});
}

Result<Programme> finish(db::Write& write, const SupervisorAct& act, ProgrammeId id) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY(Programme p, at_work(write, act, id));
  const auto drawn = drawn_of(write, id);
  const auto findings = findings_of(write, id);
  std::set<std::int64_t> found;
  for (const Finding& each : findings) found.insert(each.number);
  if (found.size() != drawn.size())
    return Error{ErrorKind::conflict, "supervision.error.not_all_found"_t};
  if (!std::ranges::all_of(advice_of(write, id), &Advice::is_verified))
    return Error{ErrorKind::conflict, "supervision.error.not_all_verified"_t};
  p.stage = Stage::finished;
  p.finished_at = act.now;
  TRY(p.finished_line,
      ledger::announce(write, ledger::SupervisionFact{.at = act.now,
                                                      .what = "finished",
                                                      .programme = id.value,
                                                      .count = std::ssize(findings),
                                                      .unit = unit_code(write, p.unit),
                                                      .hash = hash_in(p.frame_hash),
                                                      .until = in_seconds(act.now)}));
  if (!save_finished(write, p)) throw db::Failure("a programme changed while it was finished");
  return p;
}

}  // namespace ln::supervision
