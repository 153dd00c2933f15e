// Announcing, publishing, rounds.
#include "feature/project/project_actions.h"

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/units/units_store.h"
#include "engine/text/text_typed.h"

namespace ln::project {
namespace {

Error no_project() { return {ErrorKind::not_found, "project.error.none"_t}; }
Error seen_change() { return {ErrorKind::conflict, "project.error.changed"_t}; }

struct Span {
  std::size_t min, max;
};
void check_chars(FieldErrors& errors, std::string_view field, const std::string& words, Span span) {
  const std::size_t chars = count_chars(words);
  if (chars < span.min) errors.add(field, "project.error.short"_t);
  if (chars > span.max) errors.add(field, "project.error.long"_t);
}

// The item as it will stand, and everything that is wrong with it.
Item item_of(const ItemTyped& typed, FieldErrors& errors, Instant now) {
  Item item{.document = text::tidied(typed.document),
            .title = text::tidied(typed.title),
            .text = text::tidied(typed.text),
            .published_at = now};
  if (typed.kind)
    item.kind = *typed.kind;
  else
    errors.add("kind", "project.error.kind"_t);
  check_chars(errors, "document", item.document, {document_chars_min, document_chars_max});
  if (!typed.dated_on || *typed.dated_on > local_day(now))
    errors.add("dated_on", "project.error.dated_on"_t);
  else
    item.dated_on = *typed.dated_on;
  check_chars(errors, "title", item.title, {name_chars_min, name_chars_max});
  check_chars(errors, "text", item.text, {item_chars_min, item_chars_max});
  return item;
}

struct Say {
  ledger::Event event;
  std::string_view word{};
  std::string body{};
  std::string unit_code{};
  const ledger::CaseKey* case_key = nullptr;
};
Result<std::int64_t> say(db::Write& write,
                         const Project& p,
                         const Say& said,
                         std::int64_t actor,
                         const ledger::Salts& salts,
                         Instant now) {
  TRY(const ledger::Appended appended, ledger::append(write,
                                                      {.event = said.event,
                                                       .subject = {"project", p.id.value},
                                                       .at = now,
                                                       .party = ledger::Party::office,
                                                       .actor_id = actor,
                                                       .unit_id = p.unit.value,
                                                       .unit = said.unit_code,
                                                       .topic = said.word,
                                                       .body = said.body,
                                                       .case_key = said.case_key},
                                                      salts));
  return appended.index;
}

Result<Project> load_to_lead(db::Read& read, const OfficeAct& act) {
  auto found = find(read, act.id);
  if (!found || !may_lead(act.officer, found->unit_path)) return no_project();
  if (found->revision != act.revision) return seen_change();
  return *std::move(found);
}

}  // namespace

Result<Announcement> prepare(const people::Officer& officer,
                             const units::Unit& unit,
                             const Typed& typed,
                             Random& random,
                             Instant now) {
  if (!may_lead(officer, unit.path)) return Error{ErrorKind::forbidden, "project.error.not_head"_t};
  Announcement made{.unit_code = unit.code};
  made.project = {.unit = unit.id,
                  .unit_path = unit.path,
                  .name_vi = text::tidied(typed.name_vi),
                  .name_en = text::tidied(typed.name_en),
                  .summary = text::tidied(typed.summary),
                  .created_by = officer.id().value,
                  .created_at = now};
  FieldErrors errors;
  check_chars(errors, "name_vi", made.project.name_vi, {name_chars_min, name_chars_max});
  check_chars(errors, "name_en", made.project.name_en, {0, name_chars_max});
  check_chars(errors, "summary", made.project.summary, {summary_chars_min, summary_chars_max});
  ItemTyped decision = typed.decision;
  decision.kind = ItemKind::decision;
  made.item = item_of(decision, errors, now);
  if (!errors.empty()) return errors.take();
  made.item.number = 1;
  made.item.published_by = officer.id().value;
  made.case_key = ledger::draw_case_key(random);
  made.salts = ledger::draw(random);
  return made;
}

Result<Project> announce(db::Write& write, const Announcement& announcement) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  Project p = announcement.project;
  Item item = announcement.item;
  // Pressed twice.
  for (const Project& last : projects_within(write, p.unit_path, 1))
    if (last.unit == p.unit && last.name_vi == p.name_vi && last.summary == p.summary &&
        last.created_by == p.created_by)
      return last;
  p.id = insert(write, p);
  const auto line = say(write, p,
                        {.event = ledger::Event::published,
                         .word = to_text(item.kind),
                         .body = statement_of(p, item),
                         .unit_code = announcement.unit_code,
                         .case_key = &announcement.case_key},
                        p.created_by, announcement.salts, p.created_at);
  if (!line.ok()) throw db::Failure("the ledger refused a new project");
  item.line = line.value();
  insert(write, p.id, item);
  return p;
}

Result<Item> publish(db::Write& write, const OfficeAct& act, const ItemTyped& typed) {
  TRY(const Project p, load_to_lead(write, act));
  FieldErrors errors;
  Item item = item_of(typed, errors, act.now);
  if (!errors.empty()) return errors.take();
  std::vector<Price> prices;
  if (item.kind == ItemKind::prices) {
    TRY(prices, read_prices(item.text));
  }
  const std::int64_t before = last_item(write, p.id);
  if (before >= items_max) return Error{ErrorKind::conflict, "project.error.items_full"_t};
  item.number = before + 1;
  item.published_by = act.officer.id().value;
  TRY(item.line, say(write, p,
                     {.event = ledger::Event::published,
                      .word = to_text(item.kind),
                      .body = statement_of(p, item)},
                     item.published_by, act.salts, act.now));
  insert(write, p.id, item);
  insert(write, p.id, item.number, prices);
  if (!touch(write, p)) throw db::Failure("a project changed under who publishes");
  return item;
}

Result<Round> open_round(db::Write& write, const OfficeAct& act, std::optional<Day> asks_until) {
  TRY(const Project p, load_to_lead(write, act));
  const auto rounds = rounds_of(write, p.id);
  TRY([[maybe_unused]] const Done allowed, may_open(rounds));
  const Day today = local_day(act.now);
  if (!asks_until || *asks_until < today + std::chrono::days(round_days_min) ||
      *asks_until > today + std::chrono::days(round_days_max))
    return Error{ErrorKind::invalid,
                 "project.error.asks_until"_t,
                 {{"asks_until", "project.error.asks_until"_t}}};
  Round round{.project = p.id,
              .number = std::ssize(rounds) + 1,
              .opened_at = act.now,
              .asks_until = *asks_until};
  TRY(round.opened_line,
      say(write, p,
          {.event = ledger::Event::accepted,
           .word = "opened",
           .body = std::to_string(round.number) + " " + to_iso(round.asks_until)},
          act.officer.id().value, act.salts, act.now));
  insert(write, round);
  if (!touch(write, p)) throw db::Failure("a project changed under who opens a round");
  return round;
}

Result<Round> close_round(db::Write& write, const OfficeAct& act) {
  TRY(const Project p, load_to_lead(write, act));
  const auto rounds = rounds_of(write, p.id);
  if (rounds.empty()) return seen_change();
  Round round = rounds.back();
  TRY([[maybe_unused]] const Done allowed,
      may_close(round, is_waiting(write, p.id, round.number), act.now));
  const Tally tally = tally_of(write, p.id, round.number);
  const Figures figures = figures_of(tally.households, tally.raised, tally.remedied);
  round.closed_at = act.now;
  round.raised = figures.raised;
  round.remedied = figures.remedied;
  const auto shown = [](const std::optional<std::int64_t>& count) {
    return count ? std::to_string(*count) : std::string("withheld");
  };
  TRY(round.closed_line, say(write, p,
                             {.event = ledger::Event::replied,
                              .word = "closed",
                              .body = std::to_string(round.number) + " raised " +
                                      shown(round.raised) + " remedied " + shown(round.remedied)},
                             act.officer.id().value, act.salts, act.now));
  if (!close(write, round)) throw db::Failure("a round was closed twice");
  if (!touch(write, p)) throw db::Failure("a project changed under who closes a round");
  return round;
}

}  // namespace ln::project
