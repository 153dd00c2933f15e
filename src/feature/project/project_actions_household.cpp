#include "feature/project/project_actions_household.h"

#include <algorithm>

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

// Whether lines of the ledger are of this letter: it worked once.
bool has_chain(const Reissue& letter) {
  return letter.state == LetterState::in_force || letter.state == LetterState::taken_back;
}

// Those that worked, but for the one in force; 0 is the first.
std::vector<ReissueId> other_letters(db::Read& read, const Household& household) {
  std::vector<ReissueId> others;
  if (household.letter.value != 0) others.push_back(ReissueId{});
  for (const Reissue& each : reissues_of(read, household.id))
    if (each.id != household.letter && has_chain(each)) others.push_back(each.id);
  return others;
}

// What stands in the chains of other letters goes with the file: their holders can act no more, so
// the clock closes and erases them in the name of who holds the file now.
void erase_others(db::Write& write,
                  const HouseholdAct& act,
                  const Household& household,
                  const std::vector<ReissueId>& others) {
  std::size_t drawn = 0;
  for (const ReissueId letter : others)
    for (const auto event : {ledger::Event::closed, ledger::Event::erased}) {
      ledger::Entry entry{.event = event,
                          .subject = chain_of(household.id, letter),
                          .at = act.now,
                          .party = ledger::Party::clock};
      if (event == ledger::Event::erased) entry.reason = "by_sender";
      if (!ledger::append(write, entry, act.more[drawn++]).ok())
        throw db::Failure("the ledger refused to erase what another letter asked");
    }
}

// Whether a file whose letter was printed again is still too young to be erased by it. A round is
// closed only when nothing waits, so one that is not says nothing of this household.
bool is_too_young(db::Read& read, const Household& household, Instant now) {
  if (household.letter.value == 0) return false;
  const auto rounds = rounds_of(read, household.project);
  if (!rounds.empty() && !rounds.back().is_closed()) return true;
  const auto letter = find_reissue(read, household.letter);
  return !letter || !letter->settled_at ||
         now < *letter->settled_at + std::chrono::days(letter_erases_days);
}

// The letter that worked before the one in force; 0: the first.
ReissueId before(db::Read& read, const Household& household) {
  ReissueId last{};
  for (const Reissue& each : reissues_of(read, household.id))
    if (each.state == LetterState::in_force && each.id.value < household.letter.value)
      last = each.id;
  return last;
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

Result<Done> stop_letter(db::Write& write, const HouseholdAct& act, Instant asked_at) {
  TRY(const Household household, open_file(write, act.citizen, act.code));
  const auto letters = reissues_of(write, household.id);
  if (letters.empty() || letters.back().asked_at != asked_at)
    return Error{ErrorKind::conflict, "project.error.no_letter"_t};
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

std::optional<Instant> takes_back_until(db::Read& read,
                                        const Household& household,
                                        const ledger::PublicKey& key,
                                        Instant now) {
  if (household.letter.value == 0 || household.erased_at) return std::nullopt;
  const auto letter = find_reissue(read, household.letter);
  if (!letter || letter->state != LetterState::in_force || !letter->settled_at) return std::nullopt;
  const Instant until = *letter->settled_at + std::chrono::days(letter_back_days);
  const auto held = ledger::citizen_key_of(read, chain_of(household.id, before(read, household)));
  return now < until && held == key ? std::optional(until) : std::nullopt;
}

Result<Done> take_back(db::Write& write, const HouseholdAct& act) {
  const auto household = find_household(write, act.code);
  if (!household || act.more.empty() ||
      !takes_back_until(write, *household, act.citizen.key().public_key(), act.now))
    return wrong_secret();
  const Household earlier = {.id = household->id, .letter = before(write, *household)};
  TRY([[maybe_unused]] const ledger::Appended back,
      ledger::append(write, by_household(act, earlier, ledger::Event::contested, "letter_back"),
                     act.salts));
  const auto closed = ledger::append(write,
                                     {.event = ledger::Event::closed,
                                      .subject = chain_of(household->id, household->letter),
                                      .at = act.now,
                                      .party = ledger::Party::clock,
                                      .topic = "letter"},
                                     act.more.front());
  if (!closed.ok()) throw db::Failure("the ledger refused to end a letter that is taken back");
  bool is_own = false;
  for (const auto& each : ledger::entries_of(write, chain_of(earlier.id, earlier.letter)))
    is_own = is_own || each.event == ledger::Event::rekeyed;
  const Before held{.letter = earlier.letter,
                    .citizen_key = act.citizen.public_key(),
                    .is_own = is_own};
  if (!settle_back(write, household->letter, act.now) || !restore_letter(write, *household, held))
    throw db::Failure("a household changed under who takes its letter back");
  return Done{};
}

bool is_taken_back(db::Read& read, const Household& household, const ledger::PublicKey& key) {
  for (const Reissue& each : reissues_of(read, household.id))
    if (each.state == LetterState::taken_back &&
        ledger::citizen_key_of(read, chain_of(household.id, each.id)) == key)
      return true;
  return false;
}

Result<Household> erase(db::Write& write, const HouseholdAct& act) {
  TRY(Household household, held_file(write, act));
  if (is_too_young(write, household, act.now))
    return Error{ErrorKind::conflict, "project.error.letter_erases"_t};
  const auto others = other_letters(write, household);
  // More than were ever printed: rows that nobody was told of.
  if (act.more.size() < others.size() * 2)
    return Error{ErrorKind::conflict, "project.error.changed"_t};
  ledger::Entry entry = by_household(act, household, ledger::Event::erased, "");
  entry.reason = "by_sender";
  TRY(const ledger::Appended appended, ledger::append(write, entry, act.salts));
  erase_others(write, act, household, others);
  if (!empty_words(write, household, act.now, appended.index))
    throw db::Failure("a household changed under its own hand");
  household.erased_at = act.now;
  return household;
}

}  // namespace ln::project
