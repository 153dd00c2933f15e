#include "feature/project/project_actions_household.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_store.h"
#include "core/workdays/workdays.h"
#include "core/workdays/workdays_hours.h"
#include "engine/calendar/calendar_hours.h"
#include "engine/text/text_typed.h"
#include "feature/project/project_store_reissue.h"

namespace ln::project {
namespace {

Error wrong_secret() { return {ErrorKind::not_found, "project.error.code_or_secret"_t}; }

// The file, with a secret that was never printed: whoever printed the letter asks nothing and takes
// nothing back in the name of a household.
Result<Household> held_file(db::Read& read, const HouseholdAct& act) {
  TRY(Household household, open_file(read, act.citizen, act.code));
  if (!household.is_own) return Error{ErrorKind::conflict, "project.error.printed_secret"_t};
  return household;
}

ledger::Entry by_household(const HouseholdAct& act,
                           const Household& household,
                           ledger::Event event,
                           std::string_view word) {
  return {.event = event,
          .subject = chain_of(household.id, household.letter),
          .at = act.now,
          .party = ledger::Party::citizen,
          .topic = word,
          .citizen = &act.citizen.key()};
}

// What stands in the chains of earlier letters goes with the file: their holders can act no more,
// so the clock closes and erases them in the name of who holds the file now.
void erase_earlier(db::Write& write, const HouseholdAct& act, const Household& household) {
  if (household.letter.value == 0) return;
  std::vector<ReissueId> earlier = {ReissueId{}};
  for (const Reissue& each : reissues_of(write, household.id))
    if (each.state == LetterState::in_force && each.id != household.letter)
      earlier.push_back(each.id);
  CHECK(act.more.size() >= earlier.size() * 2);
  std::size_t drawn = 0;
  for (const ReissueId letter : earlier)
    for (const auto event : {ledger::Event::closed, ledger::Event::erased}) {
      ledger::Entry entry{.event = event,
                          .subject = chain_of(household.id, letter),
                          .at = act.now,
                          .party = ledger::Party::clock};
      if (event == ledger::Event::erased) entry.reason = "by_sender";
      if (!ledger::append(write, entry, act.more[drawn++]).ok())
        throw db::Failure("the ledger refused to erase what an earlier letter asked");
    }
}

// Whether a file whose letter was printed again is still too young to be erased by it.
bool is_too_young(db::Read& read, const Household& household, Instant now) {
  if (household.letter.value == 0) return false;
  const auto letter = find_reissue(read, household.letter);
  return !letter || !letter->settled_at ||
         now < *letter->settled_at + std::chrono::days(letter_erases_days);
}

}  // namespace

std::vector<ledger::Salts> draw_more(Random& random) {
  std::vector<ledger::Salts> more;
  // The first letter and each that was printed again, closed and erased.
  for (std::int64_t n = 0; n < 2 * (letters_max + 1); ++n) more.push_back(ledger::draw(random));
  return more;
}

std::optional<Instant> replaced_at(db::Read& read,
                                   const Household& household,
                                   const ledger::PublicKey& key) {
  if (household.letter.value == 0 || household.erased_at) return std::nullopt;
  const auto held_before = [&](ReissueId letter) {
    return ledger::citizen_key_of(read, chain_of(household.id, letter)) == key;
  };
  bool was_held = held_before(ReissueId{});
  std::optional<Instant> since;
  for (const Reissue& each : reissues_of(read, household.id)) {
    if (each.state != LetterState::in_force) continue;
    if (was_held && !since) since = each.settled_at;
    if (each.id != household.letter) was_held = was_held || held_before(each.id);
  }
  return since;
}

Instant working_days_after(db::Read& read, const Project& p, int days, Instant now) {
  const std::string hours = workdays::hours_at(read, p.unit_path);
  const auto office = hours.empty() ? std::nullopt : calendar::read_hours(hours);
  return calendar::due(now, {calendar::Measure::working_days, days},
                       office.value_or(calendar::OfficeHours{}), workdays::current()->days())
      .at;
}

Result<Household> open_file(db::Read& read, const people::Citizen& citizen, const Code& code) {
  auto found = find_household(read, code);
  if (!found || found->citizen_key != citizen.public_key() || found->erased_at)
    return wrong_secret();
  return *std::move(found);
}

Result<Question> ask(db::Write& write, const HouseholdAct& act, const Asking& asking) {
  TRY(const Household household, held_file(write, act));
  const auto p = find(write, household.project);
  if (!p) return wrong_secret();
  const auto lines = lines_of(write, household.id);
  const auto line = std::ranges::find(lines, asking.seq, &Line::seq);
  if (asking.seq != 0 && line == lines.end())
    return Error{ErrorKind::not_found, "project.error.none"_t};
  Question made{.code = asking.question,
                .project = p->id,
                .household = household.id,
                .letter = household.letter,
                .line = asking.seq == 0 ? LineId{} : line->id,
                .body = text::tidied(asking.body),
                .asked_at = act.now};
  const auto before = questions_of(write, household);
  for (const Question& each : before) {
    if (each.line != made.line) continue;
    made.previous = each.id;
    if (each.answered_at) continue;
    // Pressed twice.
    if (each.body == made.body) return each;
    return Error{ErrorKind::conflict, "project.error.waits"_t};
  }
  const auto rounds = rounds_of(write, p->id);
  if (rounds.empty() || !rounds.back().takes_questions(act.now))
    return Error{ErrorKind::conflict, "project.error.no_round"_t};
  if (std::ssize(before) >= questions_max)
    return Error{ErrorKind::conflict, "project.error.questions_full"_t};
  const std::size_t chars = count_chars(made.body);
  const TextKey wrong = chars < body_chars_min   ? "project.error.short"_t
                        : chars > body_chars_max ? "project.error.long"_t
                                                 : TextKey{};
  if (!wrong.is_none()) return Error{ErrorKind::invalid, wrong, {{"body", wrong}}};
  made.round = rounds.back().number;
  made.due_at = working_days_after(write, *p, answer_days, act.now);
  // Against an answer or for the first time; the ledger says which.
  const std::string body = std::to_string(asking.seq) + "\n" + made.body;
  ledger::Entry entry = by_household(act, household, ledger::Event::contested,
                                     made.previous.value == 0 ? "line" : "again");
  entry.due = made.due_at;
  entry.body = body;
  TRY(const ledger::Appended appended, ledger::append(write, entry, act.salts));
  made.asked_line = appended.index;
  made.id = insert(write, made);
  return made;
}

Result<Household> change_secret(db::Write& write,
                                const HouseholdAct& act,
                                const ledger::PublicKey& key) {
  TRY(Household household, open_file(write, act.citizen, act.code));
  ledger::Entry entry = by_household(act, household, ledger::Event::rekeyed, "secret");
  entry.registers = key;
  TRY([[maybe_unused]] const ledger::Appended appended, ledger::append(write, entry, act.salts));
  household.citizen_key = as_text(key);
  if (!rekey(write, household, household.citizen_key))
    throw db::Failure("a household changed under its own hand");
  household.is_own = true;
  return household;
}

Result<Done> stop_letter(db::Write& write, const HouseholdAct& act) {
  TRY(const Household household, open_file(write, act.citizen, act.code));
  const auto letters = reissues_of(write, household.id);
  if (letters.empty()) return Error{ErrorKind::conflict, "project.error.no_letter"_t};
  const Reissue& last = letters.back();
  if (last.state == LetterState::stopped) return Done{};  // Pressed twice.
  if (last.state != LetterState::waiting)
    return Error{ErrorKind::conflict, "project.error.no_letter"_t};
  TRY([[maybe_unused]] const ledger::Appended appended,
      ledger::append(write, by_household(act, household, ledger::Event::contested, "letter"),
                     act.salts));
  if (!settle(write, last.id, LetterState::stopped, act.now))
    throw db::Failure("a letter changed under who stops it");
  return Done{};
}

Result<Household> erase(db::Write& write, const HouseholdAct& act) {
  TRY(Household household, held_file(write, act));
  if (is_too_young(write, household, act.now))
    return Error{ErrorKind::conflict, "project.error.letter_erases"_t};
  ledger::Entry entry = by_household(act, household, ledger::Event::erased, "");
  entry.reason = "by_sender";
  TRY(const ledger::Appended appended, ledger::append(write, entry, act.salts));
  erase_earlier(write, act, household);
  if (!empty_words(write, household, act.now, appended.index))
    throw db::Failure("a household changed under its own hand");
  household.erased_at = act.now;
  return household;
}

}  // namespace ln::project
