#include "feature/project/project_store_reissue.h"

#include "base/text.h"
#include "core/ledger/ledger_verify.h"

namespace ln::project {
namespace {

Reissue to_reissue(const db::Row& row) {
  const auto state = from_word(all_letter_states, row.view(9));
  if (!state) throw db::Failure("a letter is in a state that is none", db::Failure::Kind::corrupt);
  return {.id = row.id<ReissueId>(0),
          .project = row.id<ProjectId>(1),
          .household = row.id<HouseholdId>(2),
          .citizen_key = row.text(3),
          .reason = row.text(4),
          .asked_by = row.integer(5),
          .asked_at = row.instant(6),
          .works_at = row.instant(7),
          .line = row.integer(8),
          .state = *state,
          .settled_at = row.maybe_instant(10)};
}

ReissueId to_reissue_id(const db::Row& row) { return row.id<ReissueId>(0); }

}  // namespace

ledger::Subject chain_of(HouseholdId household, ReissueId letter) {
  if (letter.value == 0) return {"project_household", household.value};
  return {"project_reissue", letter.value};
}

ReissueId insert(db::Write& write, const Reissue& r) {
  return *write.returning(
      "INSERT INTO project_reissue (project_id, household_id, citizen_key, reason, asked_by, "
      "asked_at, works_at, line) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
      to_reissue_id, r.project, r.household, db::Blob{as_bytes(r.citizen_key)}, r.reason,
      r.asked_by, r.asked_at, r.works_at, r.line);
}

std::optional<Reissue> find_reissue(db::Read& read, ReissueId id) {
  return read.one(
      "SELECT id, project_id, household_id, citizen_key, reason, asked_by, asked_at, works_at, "
      "line, state, settled_at FROM project_reissue WHERE id = $1",
      to_reissue, id);
}

std::vector<Reissue> reissues_of(db::Read& read, HouseholdId id) {
  return read.all(
      "SELECT id, project_id, household_id, citizen_key, reason, asked_by, asked_at, works_at, "
      "line, state, settled_at FROM project_reissue WHERE household_id = $1 ORDER BY id",
      to_reissue, id);
}

std::optional<Reissue> find_reissue(db::Read& read, HouseholdId id, std::string_view citizen_key) {
  for (Reissue& each : reissues_of(read, id))
    if (each.citizen_key == citizen_key) return std::move(each);
  return std::nullopt;
}

std::vector<ReissueId> due_reissues(db::Read& read,
                                    Instant now,
                                    ReissueId after,
                                    std::int64_t limit) {
  return read.all(
      "SELECT id FROM project_reissue WHERE state = 'waiting' AND works_at <= $1 AND id > $2 "
      "ORDER BY id LIMIT $3",
      to_reissue_id, now, after, limit);
}

std::int64_t count_reissues(db::Read& read, ProjectId id, Instant from, Instant to) {
  return *read.one(
      "SELECT count(*) FROM project_reissue WHERE project_id = $1 AND asked_at >= $2 "
      "AND asked_at < $3",
      [](const db::Row& row) { return row.integer(0); }, id, from, to);
}

std::int64_t count_households(db::Read& read, ProjectId id) {
  return *read.one(
      "SELECT count(*) FROM project_household WHERE project_id = $1 AND erased_at IS NULL",
      [](const db::Row& row) { return row.integer(0); }, id);
}

bool was_asked_for(db::Read& read, const Household& household, const Reissue& letter) {
  const ledger::Subject chain = chain_of(household.id, household.letter);
  const std::string told = statement_of(letter), due = to_iso(letter.works_at);
  bool was_asked = false, was_stopped = false;
  read.each(
      "SELECT e.id, e.event, e.payload, s.body_salt FROM ledger_entry e "
      "LEFT JOIN ledger_secret s ON s.id = e.id WHERE e.subject_kind = $1 AND e.subject_id = $2 "
      "AND e.id > $3 ORDER BY e.id",
      [&](const db::Row& row) {
        const bool is_of_letter = ledger::text_in(row.view(2), "cat") == "letter";
        if (row.integer(0) == letter.line + 1)
          was_asked = row.view(1) == "asked" && is_of_letter && !row.is_null(3) &&
                      ledger::text_in(row.view(2), "due") == due &&
                      ledger::was_told(row.view(2), row.view(3), told);
        else
          was_stopped = was_stopped || (row.view(1) == "contested" && is_of_letter);
      },
      chain.kind, chain.id, letter.line);
  return was_asked && !was_stopped;
}

bool settle(db::Write& write, ReissueId id, LetterState state, Instant at) {
  return write.run(
             "UPDATE project_reissue SET state = $2, settled_at = $3 "
             "WHERE id = $1 AND state = 'waiting'",
             id, to_text(state), at) == 1;
}

bool take_letter(db::Write& write, const Household& h, const Reissue& letter) {
  return write.run(
             "UPDATE project_household SET citizen_key = $3, reissue_id = $4, is_own = 0, "
             "revision = revision + 1 WHERE id = $1 AND revision = $2 AND erased_at IS NULL",
             h.id, h.revision, db::Blob{as_bytes(letter.citizen_key)}, letter.id) == 1;
}

bool settle_back(db::Write& write, ReissueId id, Instant at) {
  return write.run(
             "UPDATE project_reissue SET state = 'taken_back', settled_at = $2 "
             "WHERE id = $1 AND state = 'in_force'",
             id, at) == 1;
}

bool restore_letter(db::Write& write, const Household& h, const Before& before) {
  return write.run(
             "UPDATE project_household SET citizen_key = $3, reissue_id = $4, is_own = $5, "
             "revision = revision + 1 WHERE id = $1 AND revision = $2 AND erased_at IS NULL",
             h.id, h.revision, db::Blob{as_bytes(before.citizen_key)}, before.letter,
             before.is_own ? 1 : 0) == 1;
}

void forget_reasons(db::Write& write, HouseholdId id, Instant at) {
  write.run(
      "UPDATE project_reissue SET state = 'erased', settled_at = $2 "
      "WHERE household_id = $1 AND state = 'waiting'",
      id, at);
  write.run("UPDATE project_reissue SET reason = '' WHERE household_id = $1", id);
}

}  // namespace ln::project
