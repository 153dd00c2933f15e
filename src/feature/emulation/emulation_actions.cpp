#include "feature/emulation/emulation_actions.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/ledger/ledger_store.h"
#include "core/people/people_independent.h"
#include "engine/text/text_typed.h"

namespace ln::emulation {
namespace {

Error no_model() { return {ErrorKind::not_found, "emulation.error.none"_t}; }
Error not_now() { return {ErrorKind::conflict, "emulation.error.not_now"_t}; }
Error beside(std::string_view field, TextKey text) {
  return {ErrorKind::invalid, text, {{std::string(field), text}}};
}

void check_chars(FieldErrors& errors,
                 std::string_view field,
                 const std::string& words,
                 std::size_t min,
                 std::size_t max) {
  const std::size_t chars = count_chars(words);
  if (chars < min) errors.add(field, "emulation.error.short"_t);
  if (chars > max) errors.add(field, "emulation.error.long"_t);
}

Result<std::string> words_of(const std::string& typed) {
  std::string text = text::tidied(typed);
  const std::size_t chars = count_chars(text);
  if (chars < words_chars_min) return beside("text", "emulation.error.short"_t);
  if (chars > words_chars_max) return beside("text", "emulation.error.long"_t);
  return text;
}

struct Said {
  ledger::Event event;
  ledger::Party party = ledger::Party::office;
  Event what{};
  std::string body{};
  std::string unit_code{};
  const ledger::CaseKey* case_key = nullptr;
};
// The ledger first: it may refuse, and a refusal comes before the first change.
Result<Event> say(db::Write& write, const Model& m, Said said, const ledger::Salts& salts) {
  TRY(const ledger::Appended appended,
      ledger::append(write,
                     {.event = said.event,
                      .subject = {"emulation_model", m.id.value},
                      .at = said.what.said_at,
                      .party = said.party,
                      .actor_id = said.what.said_by,
                      .unit_id = m.unit.value,
                      .unit = said.unit_code,
                      .topic = to_text(said.what.kind),
                      .body = said.body.empty() ? said.what.text : said.body,
                      .case_key = said.case_key},
                     salts));
  said.what.line = appended.index;
  said.what.seq = std::ssize(events_of(write, m.id)) + 1;
  insert(write, m.id, said.what);
  return std::move(said.what);
}

// Why another model by the same figure stands in the way of this one; none when none does.
TextKey in_the_way(db::Read& read, const Model& m) {
  if (has_unclaimed(read, m)) return "emulation.error.open"_t;
  if (has_overlap(read, m)) return "emulation.error.overlap"_t;
  return {};
}

Result<Model> load_to_claim(db::Read& read, const OfficerAct& act) {
  auto found = find(read, act.id);
  if (!found || !may_claim(act.officer, found->unit_path)) return no_model();
  return *std::move(found);
}

Result<Model> load_unclaimed(db::Read& read, const OfficerAct& act) {
  TRY(const Model m, load_to_claim(read, act));
  if (claim_of(read, m.id)) return not_now();
  if (!m.may_be_claimed(act.now)) return Error{ErrorKind::conflict, "emulation.error.early"_t};
  return m;
}

}  // namespace

bool may_claim(const people::Officer& officer, std::string_view unit_path) {
  return officer.may(people::Role::head, unit_path);
}

Result<Registration> prepare(db::Read& read,
                             const people::Officer& officer,
                             const units::Unit& unit,
                             const Typed& typed,
                             Random& random,
                             Instant now) {
  if (!may_claim(officer, unit.path))
    return Error{ErrorKind::forbidden, "emulation.error.not_head"_t};
  Registration made{.unit_code = unit.code};
  Model& m = made.model;
  m = {.unit = unit.id,
       .unit_path = unit.path,
       .field = typed.field.value_or(Field::economy),
       .name_vi = text::tidied(typed.name_vi),
       .name_en = text::tidied(typed.name_en),
       .task = text::tidied(typed.task),
       .place = text::tidied(typed.place),
       .launched_by = text::tidied(typed.launched_by),
       .metric = typed.metric.value_or(Metric::on_time),
       .begins_on = typed.begins_on.value_or(Day{}),
       .days = typed.days,
       .adopted_from = typed.adopted_from,
       .registered_by = officer.id().value,
       .registered_at = now};
  FieldErrors errors;
  check_chars(errors, "name_vi", m.name_vi, name_chars_min, name_chars_max);
  check_chars(errors, "name_en", m.name_en, 0, name_chars_max);
  if (!typed.field) errors.add("field", "emulation.error.choose"_t);
  check_chars(errors, "task", m.task, words_chars_min, words_chars_max);
  check_chars(errors, "place", m.place, line_chars_min, line_chars_max);
  check_chars(errors, "launched_by", m.launched_by, line_chars_min, line_chars_max);
  if (!typed.metric) errors.add("metric", "emulation.error.choose"_t);
  const Day today = local_day(now);
  if (!typed.begins_on || m.begins_on <= today ||
      m.begins_on > today + std::chrono::days(ahead_days_max))
    errors.add("begins_on", "emulation.error.begins_on"_t);
  if (std::ranges::find(all_days, m.days) == all_days.end())
    errors.add("days", "emulation.error.choose"_t);
  if (m.adopted_from.value != 0) {
    const auto from = find(read, m.adopted_from);
    if (!from || from->unit == m.unit || stands_of(read, from->id) != Happening::confirmed)
      errors.add("adopted_from", "emulation.error.adopted"_t);
  }
  if (!errors.empty()) return errors.take();
  if (const TextKey why = in_the_way(read, m); !why.is_none()) return beside("metric", why);
  made.case_key = ledger::draw_case_key(random);
  made.salts = ledger::draw(random);
  return made;
}

Result<Model> enter(db::Write& write, const Registration& registration) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  Model m = registration.model;
  // Pressed twice.
  for (const Model& last : models_within(write, m.unit_path, 1))
    if (last.unit == m.unit && last.name_vi == m.name_vi && last.begins_on == m.begins_on &&
        last.registered_by == m.registered_by)
      return last;
  if (const TextKey why = in_the_way(write, m); !why.is_none())
    return Error{ErrorKind::conflict, why};
  m.id = insert(write, m);
  const auto said = say(write, m,
                        {.event = ledger::Event::published,
                         .what = {.kind = Happening::registered,
                                  .said_by = m.registered_by,
                                  .said_at = m.registered_at},
                         .body = statement_of(m),
                         .unit_code = registration.unit_code,
                         .case_key = &registration.case_key},
                        registration.salts);
  if (!said.ok()) throw db::Failure("the ledger refused a new model");
  return m;
}

Result<Claim> measure(db::Read& read, const OfficerAct& act) {
  TRY(const Model m, load_unclaimed(read, act));
  const Counted before = count(read, m.metric, m.unit_path, m.before_from(), m.begins_on);
  const Counted after = count(read, m.metric, m.unit_path, m.begins_on, m.after_to());
  Claim made{.before = before.own,
             .after = after.own,
             .city_before = before.others,
             .city_after = after.others,
             .ledger_size = ledger::leaf_count(read)};
  withhold_few(made);
  return made;
}

Result<Claim> claim(db::Write& write,
                    const OfficerAct& act,
                    const Claim& measured,
                    const std::string& text,
                    const std::string& lines) {
  TRY(const Model m, load_unclaimed(write, act));
  TRY(const std::string words, words_of(text));
  const auto named = read_lines(lines);
  if (!named) return beside("lines", "emulation.error.lines"_t);
  Claim made = measured;
  made.lines = *named;
  for (const std::int64_t line : made.lines)
    if (!is_public_act_of(write, line, m.unit_path))
      return beside("lines", "emulation.error.line"_t);
  TRY([[maybe_unused]] const Event said, say(write, m,
                                             {.event = ledger::Event::answered,
                                              .what = {.kind = Happening::claimed,
                                                       .text = words,
                                                       .said_by = act.officer.id().value,
                                                       .said_at = act.now},
                                              .body = statement_of(made) + "\n" + words},
                                             act.salts));
  insert(write, m.id, made);
  return made;
}

Result<Event> reply(db::Write& write, const OfficerAct& act, const std::string& text) {
  TRY(const Model m, load_to_claim(write, act));
  const auto events = events_of(write, m.id);
  const Happening stands = stands_of(events);
  if (stands != Happening::confirmed && stands != Happening::refuted) return not_now();
  if (std::ranges::count(events, Happening::replied, &Event::kind) >= replies_max) return not_now();
  TRY(const std::string words, words_of(text));
  // Pressed twice.
  if (events.back().kind == Happening::replied && events.back().text == words) return events.back();
  return say(write, m,
             {.event = ledger::Event::replied,
              .what = {.kind = Happening::replied,
                       .text = words,
                       .said_by = act.officer.id().value,
                       .said_at = act.now}},
             act.salts);
}

Result<Event> judge(db::Write& write,
                    const SupervisorAct& act,
                    bool confirms,
                    const std::string& text) {
  const auto m = find(write, act.id);
  if (!m) return no_model();
  if (!people::is_independent(act.supervisor.staff(), m->unit_path))
    return Error{ErrorKind::forbidden, "emulation.error.not_independent"_t};
  const auto claimed = claim_of(write, m->id);
  if (!claimed || stands_of(write, m->id) != Happening::claimed) return not_now();
  TRY(const std::string words, words_of(text));
  if (confirms && reading_of(m->metric, *claimed) != Reading::better)
    return beside("verdict", "emulation.error.not_shown"_t);
  return say(write, *m,
             {.event = confirms ? ledger::Event::closed : ledger::Event::declined,
              .party = ledger::Party::supervisor,
              .what = {.kind = confirms ? Happening::confirmed : Happening::refuted,
                       .text = words,
                       .said_by = act.supervisor.id().value,
                       .said_at = act.now}},
             act.salts);
}

}  // namespace ln::emulation
