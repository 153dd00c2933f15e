#include "feature/feedback/feedback_actions_absence.h"

#include <algorithm>

#include "core/people/people_store.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_check.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_store_row.h"

namespace ln::feedback {
namespace {

constexpr int substitutes_in_a_row_max = 5;
constexpr std::size_t absences_max = 10;
constexpr std::int64_t handed_over_max = 200;

#define ABSENCE_COLUMNS "id, account_id, substitute_id, first_day, last_day "

Absence absence_from_row(const db::Row& row) {
  return {row.id<AbsenceId>(0), row.id<people::AccountId>(1), row.id<people::AccountId>(2),
          row.day(3), row.day(4)};
}

bool is_here(db::Read& read, people::AccountId id, const Feedback& feedback, Day day) {
  return may_handle(read, id, feedback) && !absence_on(read, id, day);
}

// A head of the unit, or else of the nearest unit above, who is there and may see the case.
std::optional<people::AccountId> head_for(db::Read& read, const Feedback& feedback, Day day) {
  auto unit = units::find(read, feedback.unit);
  while (unit) {
    for (const people::Account& head : people::holders_of(read, people::Role::head, unit->id))
      if (is_here(read, head.id, feedback, day)) return head.id;
    unit = unit->parent.value == 0 ? std::nullopt : units::find(read, unit->parent);
  }
  return std::nullopt;
}

bool works_on_cases(db::Read& read, people::AccountId id) {
  const auto account = people::find_account(read, id);
  if (!account || account->disabled_at) return false;
  return std::ranges::any_of(people::grants(read, id), [](const people::Grant& grant) {
    return grant.role == people::Role::handler || grant.role == people::Role::head ||
           grant.role == people::Role::triage || grant.role == people::Role::clerk;
  });
}

std::vector<Absence> to_hand_over(db::Read& read, Day today) {
  return read.all("SELECT " ABSENCE_COLUMNS
                  "FROM feedback_absence WHERE handed_at IS NULL AND ended_at IS NULL "
                  "AND first_day <= $1 AND last_day >= $1 ORDER BY id LIMIT 100",
                  absence_from_row, today);
}

std::vector<Feedback> in_hand(db::Read& read, people::AccountId account) {
  return read.all(
      "SELECT * FROM feedback WHERE officer_id = $1 AND state <> 'answered' "
      "AND state <> 'declined' AND state <> 'redirected' AND state <> 'closed' "
      "AND erased_at IS NULL ORDER BY id LIMIT 5000",
      feedback_from_row, account);
}

Result<Feedback> give_to(db::Write& write,
                         FeedbackId id,
                         people::AccountId from,
                         const ledger::Salts& salts,
                         Instant now) {
  auto found = find(write, id);
  if (!found || found->officer_id != from.value || is_over(found->state))
    return Error{ErrorKind::conflict, "feedback.error.not_now"_t};
  const people::AccountId to = stand_in(write, from, *found, now);
  if (to == from) return Error{ErrorKind::conflict, "feedback.error.not_now"_t};
  found->officer_id = to.value;
  return record(write, *std::move(found),
                {.event = ledger::Event::assigned,
                 .at = now,
                 .salts = &salts,
                 .party = Party::clock,
                 .unit = found->unit,
                 .reason = std::string(stand_in_word),
                 .audience = Audience::staff});
}

}  // namespace

std::vector<Absence> absences_of(db::Read& read, people::AccountId account, Day today) {
  return read.all("SELECT " ABSENCE_COLUMNS
                  "FROM feedback_absence WHERE account_id = $1 AND ended_at IS NULL "
                  "AND last_day >= $2 ORDER BY first_day, id LIMIT 20",
                  absence_from_row, account, today);
}

std::optional<Absence> absence_on(db::Read& read, people::AccountId account, Day day) {
  return read.one("SELECT " ABSENCE_COLUMNS
                  "FROM feedback_absence WHERE account_id = $1 AND ended_at IS NULL "
                  "AND first_day <= $2 AND last_day >= $2 ORDER BY id DESC LIMIT 1",
                  absence_from_row, account, day);
}

people::AccountId stand_in(db::Read& read,
                           people::AccountId account,
                           const Feedback& feedback,
                           Instant now) {
  const Day today = local_day(now);
  people::AccountId next = account;
  for (int i = 0; i < substitutes_in_a_row_max; ++i) {
    const auto absence = absence_on(read, next, today);
    if (!absence) return next;
    next = absence->substitute;
    if (!may_handle(read, next, feedback)) break;
  }
  return head_for(read, feedback, today).value_or(account);
}

Result<AbsenceId> record_absence(db::Write& write,
                                 const people::Officer& officer,
                                 const Absence& absence,
                                 Instant now) {
  FieldErrors errors;
  const Day today = local_day(now);
  if (absence.first < today || absence.first > today + absence_days_max)
    errors.add("first", "feedback.error.absence_first"_t);
  else if (absences_of(write, officer.id(), today).size() >= absences_max)
    errors.add("first", "feedback.error.absence_many"_t);
  if (absence.last < absence.first || absence.last > absence.first + absence_days_max)
    errors.add("last", "feedback.error.absence_last"_t);
  if (absence.substitute == officer.id() || !works_on_cases(write, absence.substitute))
    errors.add("substitute", "feedback.error.absence_substitute"_t);
  if (!errors.empty()) return errors.take();
  return *write.returning(
      "INSERT INTO feedback_absence (account_id, substitute_id, first_day, last_day, at) "
      "VALUES ($1, $2, $3, $4, $5) RETURNING id",
      [](const db::Row& row) { return row.id<AbsenceId>(0); }, officer.id(), absence.substitute,
      absence.first, absence.last, now);
}

Result<Done> end_absence(db::Write& write,
                         const people::Officer& officer,
                         AbsenceId id,
                         Instant now) {
  const auto ended = write.run(
      "UPDATE feedback_absence SET ended_at = $1 WHERE id = $2 AND account_id = $3 "
      "AND ended_at IS NULL",
      now, id, officer.id());
  if (ended == 0) return Error{ErrorKind::not_found, "feedback.error.absence_gone"_t};
  return Done{};
}

std::int64_t hand_over_absent(db::Database& database, Random& random, Instant now) {
  const auto absences =
      database.read([&](db::Read& read) { return to_hand_over(read, local_day(now)); });
  std::int64_t count = 0;
  for (const Absence& absence : absences) {
    // Those that have nobody else stay, and are not looked at again.
    const auto cases = database.read([&](db::Read& read) {
      auto all = in_hand(read, absence.account);
      std::erase_if(all, [&](const Feedback& each) {
        return stand_in(read, absence.account, each, now) == absence.account;
      });
      return all;
    });
    for (const Feedback& each : cases) {
      if (count == handed_over_max) return count;
      const ledger::Salts salts = ledger::draw(random);
      const auto given = database.write(
          [&](db::Write& write) { return give_to(write, each.id, absence.account, salts, now); });
      count += given.ok() ? 1 : 0;
    }
    const auto noted = database.write([&](db::Write& write) -> Result<Done> {
      write.run("UPDATE feedback_absence SET handed_at = $1 WHERE id = $2", now, absence.id);
      return Done{};
    });
    if (!noted.ok()) return count;
  }
  return count;
}

}  // namespace ln::feedback
