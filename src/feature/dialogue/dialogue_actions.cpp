// Announcing and running a session, its minutes and what is said against them.
#include "feature/dialogue/dialogue_actions.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/units/units_store.h"
#include "engine/text/text_typed.h"

namespace ln::dialogue {
namespace {

struct Limits {
  std::size_t min, max;
};
void check_length(FieldErrors& errors,
                  std::string_view field,
                  const std::string& words,
                  Limits limits,
                  std::pair<TextKey, TextKey> wrong) {
  const std::size_t chars = count_chars(words);
  if (chars < limits.min) errors.add(field, wrong.first);
  if (chars > limits.max) errors.add(field, wrong.second);
}

void check_times(FieldErrors& errors, const Typed& typed, Instant now) {
  if (!typed.starts_at)
    errors.add("starts", "dialogue.error.starts"_t);
  else if (*typed.starts_at <= now)
    errors.add("starts", "dialogue.error.starts_past"_t);
  else if (*typed.starts_at > now + std::chrono::days(ahead_days_max))
    errors.add("starts", "dialogue.error.starts_far"_t);
  if (!typed.closes_at)
    errors.add("closes", "dialogue.error.closes"_t);
  else if (*typed.closes_at <= now)
    errors.add("closes", "dialogue.error.closes_past"_t);
  else if (typed.starts_at && *typed.closes_at > *typed.starts_at)
    errors.add("closes", "dialogue.error.closes_late"_t);
}

struct Told {
  Happening what;
  ledger::Event event;
  std::string words{};
  std::string body{};
  std::int64_t actor_id = 0;
  std::string unit_code{};
  const ledger::CaseKey* case_key = nullptr;
  ledger::Salts salts{};
  Instant now{};
};

// The ledger first: it may refuse, and a refusal comes before the first change.
Result<Done> tell(db::Write& write, const Dialogue& d, const Told& told) {
  TRY(const ledger::Appended appended, ledger::append(write,
                                                      {.event = told.event,
                                                       .subject = {"dialogue", d.id.value},
                                                       .at = told.now,
                                                       .party = ledger::Party::office,
                                                       .actor_id = told.actor_id,
                                                       .unit_id = d.unit.value,
                                                       .unit = told.unit_code,
                                                       .topic = to_text(told.what),
                                                       .body = told.body,
                                                       .case_key = told.case_key},
                                                      told.salts));
  insert(write, d.id,
         Event{.at = told.now, .what = told.what, .words = told.words, .line = appended.index});
  return Done{};
}

Result<Dialogue> load_to_run(db::Read& read, const RunAct& act) {
  auto found = find(read, act.id);
  if (!found || !may_run(act.officer, found->unit_path))
    return Error{ErrorKind::not_found, "dialogue.error.none"_t};
  if (found->revision != act.revision)
    return Error{ErrorKind::conflict, "dialogue.error.changed"_t};
  return *std::move(found);
}

Result<Dialogue> step(db::Write& write, const RunAct& act, Act what, Told told) {
  TRY(Dialogue d, load_to_run(write, act));
  TRY(d.stage, next_stage(d.stage, what));
  told.actor_id = act.officer.id().value;
  told.salts = act.salts;
  told.now = act.now;
  if (told.body.empty()) told.body = statement_of(d) + "\n=>\n" + told.words;
  TRY([[maybe_unused]] const Done done, tell(write, d, told));
  if (what == Act::finish) clear_now(write, d.id);
  if (!save(write, d)) throw db::Failure("a dialogue changed under who runs it");
  ++d.revision;
  return d;
}

}  // namespace

bool may_run(const people::Officer& officer, std::string_view unit_path) {
  return officer.may(people::Role::head, unit_path);
}

bool may_take_in(const people::Officer& officer, std::string_view unit_path) {
  return officer.may_act_for(unit_path);
}

Result<Announcement> prepare(const people::Officer& officer,
                             const units::Unit& unit,
                             const Typed& typed,
                             Random& random,
                             Instant now) {
  if (!may_run(officer, unit.path)) return Error{ErrorKind::forbidden, "dialogue.error.not_head"_t};
  Announcement made{.unit_code = unit.code};
  Dialogue& d = made.dialogue;
  d = {.unit = unit.id,
       .unit_path = unit.path,
       .topic_vi = text::tidied(typed.topic_vi),
       .topic_en = text::tidied(typed.topic_en),
       .summary = text::tidied(typed.summary),
       .leader = text::tidied(typed.leader),
       .place = text::tidied(typed.place),
       .stream = std::string(trimmed(typed.stream)),
       .created_by = officer.id().value,
       .created_at = now};
  FieldErrors errors;
  const std::pair topic{"dialogue.error.topic_short"_t, "dialogue.error.topic_long"_t};
  const std::pair line{"dialogue.error.line_short"_t, "dialogue.error.line_long"_t};
  check_length(errors, "topic_vi", d.topic_vi, {topic_chars_min, topic_chars_max}, topic);
  check_length(errors, "topic_en", d.topic_en, {0, topic_chars_max}, topic);
  check_length(errors, "summary", d.summary, {summary_chars_min, summary_chars_max},
               {"dialogue.error.summary_short"_t, "dialogue.error.summary_long"_t});
  check_length(errors, "leader", d.leader, {line_chars_min, line_chars_max}, line);
  check_length(errors, "place", d.place, {line_chars_min, line_chars_max}, line);
  check_times(errors, typed, now);
  if (!d.stream.empty() &&
      (!d.stream.starts_with("https://") || count_chars(d.stream) > stream_chars_max))
    errors.add("stream", "dialogue.error.stream"_t);
  if (!errors.empty()) return errors.take();
  d.closes_at = *typed.closes_at;
  d.starts_at = *typed.starts_at;
  made.case_key = ledger::draw_case_key(random);
  made.salts = ledger::draw(random);
  return made;
}

Result<Dialogue> announce(db::Write& write, const Announcement& announcement) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  Dialogue d = announcement.dialogue;
  d.id = insert(write, d);
  const Told told{.what = Happening::announced,
                  .event = ledger::Event::published,
                  .body = statement_of(d),
                  .actor_id = d.created_by,
                  .unit_code = announcement.unit_code,
                  .case_key = &announcement.case_key,
                  .salts = announcement.salts,
                  .now = d.created_at};
  if (!tell(write, d, told).ok()) throw db::Failure("the ledger refused a new dialogue");
  return d;
}

Result<Dialogue> start(db::Write& write, const RunAct& act) {
  return step(write, act, Act::start,
              {.what = Happening::started, .event = ledger::Event::accepted});
}

Result<Dialogue> finish(db::Write& write, const RunAct& act) {
  return step(write, act, Act::finish,
              {.what = Happening::finished, .event = ledger::Event::replied});
}

Result<Dialogue> cancel(db::Write& write, const RunAct& act, const std::string& reason) {
  const std::string words = text::tidied(reason);
  FieldErrors errors;
  check_length(errors, "reason", words, {answer_chars_min, summary_chars_max},
               {"dialogue.error.reason_short"_t, "dialogue.error.reason_long"_t});
  if (!errors.empty()) return errors.take();
  return step(write, act, Act::cancel,
              {.what = Happening::cancelled, .event = ledger::Event::declined, .words = words});
}

Open open_of(db::Read& read, const Dialogue& dialogue) {
  Open open;
  for (const Question& each : questions_of(read, dialogue.id)) {
    if (!each.answer.empty()) continue;
    // Hiding a question does away with none that was joined to it.
    const bool is_seen = each.state == Sight::shown ||
                         std::ranges::any_of(merged_into(read, each.id), [](const Question& q) {
                           return q.state == Sight::shown;
                         });
    if (is_seen) ++open.unanswered;
  }
  for (const Contest& each : contests_of(read, dialogue.id))
    if (!each.answered_at) ++open.contests;
  if (const auto minutes = find_minutes(read, dialogue.id, dialogue.minutes))
    open.term = minutes->closes_at();
  return open;
}

Result<Dialogue> propose_minutes(db::Write& write, const RunAct& act, const std::string& text) {
  TRY(Dialogue d, load_to_run(write, act));
  TRY(d.stage, next_stage(d.stage, Act::propose));
  TRY([[maybe_unused]] const Done fine, may_propose(open_of(write, d)));
  const std::string words = text::tidied(text);
  FieldErrors errors;
  check_length(errors, "minutes", words, {minutes_chars_min, minutes_chars_max},
               {"dialogue.error.minutes_short"_t, "dialogue.error.minutes_long"_t});
  if (!errors.empty()) return errors.take();
  if (d.minutes >= minutes_max) return Error{ErrorKind::conflict, "dialogue.error.not_now"_t};
  ++d.minutes;
  const Told told{.what = Happening::proposed,
                  .event = ledger::Event::answered,
                  .body = std::to_string(d.minutes) + "\n" + words,
                  .actor_id = act.officer.id().value,
                  .salts = act.salts,
                  .now = act.now};
  TRY([[maybe_unused]] const Done done, tell(write, d, told));
  insert(write, Minutes{.dialogue = d.id,
                        .number = d.minutes,
                        .text = words,
                        .proposed_at = act.now,
                        .contest_until = local_day(act.now) + std::chrono::days(contest_days)});
  if (!save(write, d)) throw db::Failure("a dialogue changed under who runs it");
  ++d.revision;
  return d;
}

Result<Dialogue> approve_minutes(db::Write& write, const RunAct& act) {
  TRY(const Dialogue d, load_to_run(write, act));
  TRY([[maybe_unused]] const Stage next, next_stage(d.stage, Act::approve));
  TRY([[maybe_unused]] const Done fine, may_approve(open_of(write, d), act.now));
  const auto minutes = find_minutes(write, d.id, d.minutes);
  if (!minutes) return Error{ErrorKind::conflict, "dialogue.error.no_minutes"_t};
  TRY(Dialogue done, step(write, act, Act::approve,
                          {.what = Happening::approved,
                           .event = ledger::Event::closed,
                           .body = std::to_string(d.minutes) + "\n" + minutes->text}));
  approve(write, d.id, d.minutes, act.now);
  return done;
}

Result<Dialogue> answer_contest(db::Write& write,
                                const RunAct& act,
                                ContestId contest,
                                const std::string& answer) {
  TRY(Dialogue d, load_to_run(write, act));
  auto found = find_contest(write, contest);
  if (!found || found->dialogue != d.id)
    return Error{ErrorKind::not_found, "dialogue.error.none"_t};
  if (found->answered_at) return Error{ErrorKind::conflict, "dialogue.error.changed"_t};
  found->answer = text::tidied(answer);
  found->answered_at = act.now;
  FieldErrors errors;
  check_length(errors, "answer", found->answer, {answer_chars_min, answer_chars_max},
               {"dialogue.error.answer_short"_t, "dialogue.error.answer_long"_t});
  if (!errors.empty()) return errors.take();
  const std::string body = found->body + "\n=>\n" + found->answer;
  TRY([[maybe_unused]] const ledger::Appended appended,
      ledger::append(write,
                     {.event = ledger::Event::answered,
                      .subject = {"dialogue_question", found->question.value},
                      .at = act.now,
                      .party = ledger::Party::office,
                      .actor_id = act.officer.id().value,
                      .topic = "contest",
                      .body = body},
                     act.salts));
  dialogue::answer(write, *found);
  if (!save(write, d)) throw db::Failure("a dialogue changed under who runs it");
  ++d.revision;
  return d;
}

}  // namespace ln::dialogue
