#include "feature/commitment/commitment_store_case.h"

#include "base/text.h"

namespace ln::commitment {

std::optional<PromisedCase> find_case(db::Read& read, std::int64_t id) {
  return read.one(
      "SELECT f.id, f.code, f.citizen_key, f.unit_id, f.unit_path, u.code, f.state, f.closed_by, "
      "CASE WHEN f.is_protected = 0 AND f.about <> 'conduct' AND f.held_as IS NULL "
      "  AND f.erased_at IS NULL AND NOT EXISTS "
      "  (SELECT 1 FROM feedback_merge m WHERE m.feedback_id = f.id) THEN 1 ELSE 0 END, "
      "CASE WHEN f.is_protected = 1 OR f.about = 'conduct' OR f.held_as IS NOT NULL "
      "  THEN 1 ELSE 0 END, CASE WHEN f.erased_at IS NOT NULL THEN 1 ELSE 0 END, "
      "CASE WHEN f.is_public = 1 AND f.published_at IS NOT NULL THEN 1 ELSE 0 END "
      "FROM feedback f JOIN unit u ON u.id = f.unit_id WHERE f.id = $1",
      [](const db::Row& row) {
        return PromisedCase{.id = row.integer(0),
                            .code = row.text(1),
                            .citizen_key = row.text(2),
                            .unit = row.id<units::UnitId>(3),
                            .unit_path = row.text(4),
                            .unit_code = row.text(5),
                            .state = row.text(6),
                            .closed_by = row.maybe_text(7).value_or(""),
                            .is_fit = row.flag(8),
                            .is_closed_off = row.flag(9),
                            .is_erased = row.flag(10),
                            .is_open = !row.flag(9) && !row.flag(10) && row.flag(11)};
      },
      id);
}

std::vector<Asked::Person> people_of(db::Read& read, const PromisedCase& of) {
  std::vector<Asked::Person> people{{of.code, of.citizen_key}};
  read.each(
      "SELECT f.code, f.citizen_key FROM feedback_merge m JOIN feedback f ON f.id = m.feedback_id "
      "WHERE m.into_id = $1 AND f.is_protected = 0 AND f.about <> 'conduct' "
      "AND f.held_as IS NULL AND f.erased_at IS NULL ORDER BY f.id",
      [&](const db::Row& row) { people.push_back({row.text(0), row.text(1)}); }, of.id);
  return people;
}

std::optional<CaseEvent> newest(db::Read& read, std::int64_t case_id, std::string_view event) {
  return read.one(
      "SELECT id, at, text, day, officer_id, ledger_index FROM feedback_event "
      "WHERE feedback_id = $1 AND event = $2 AND (event <> 'promised' OR reason = '') "
      "ORDER BY id DESC LIMIT 1",
      [](const db::Row& row) {
        CaseEvent made{.id = row.integer(0),
                       .at = row.instant(1),
                       .text = row.text(2),
                       .officer = row.maybe_integer(4).value_or(0),
                       .line = row.maybe_integer(5).value_or(0)};
        if (!row.is_null(3)) made.day = row.day(3);
        return made;
      },
      case_id, event);
}

bool has_promise(db::Read& read, std::int64_t case_id, std::int64_t event) {
  return read
      .one(
          "SELECT 1 FROM commitment WHERE origin = 'feedback' AND origin_id = $1 "
          "AND origin_part = $2",
          [](const db::Row& row) { return row.integer(0); }, case_id, event)
      .has_value();
}

bool may_change_day(db::Read& read, const Commitment& c) {
  if (c.source != Source::feedback) return true;
  const auto of = find_case(read, c.source_id);
  const auto letter = newest(read, c.source_id, "promised");
  return of && letter && of->state == "promised" && letter->id == c.question_id;
}

std::int64_t set_gone(db::Write& write, std::int64_t case_id, bool is_gone) {
  return write.run(
      "UPDATE commitment SET is_gone = $2 WHERE origin = 'feedback' AND origin_id = $1 "
      "AND is_gone <> $2",
      case_id, is_gone ? 1 : 0);
}

void let_go(db::Write& write, std::int64_t case_id) {
  write.run(
      "UPDATE commitment SET is_gone = 1 WHERE origin = 'feedback' AND origin_id = $1 "
      "AND state IN ('proposed','open')",
      case_id);
}

std::optional<std::int64_t> lead_of(db::Read& read, std::int64_t case_id) {
  return read.one(
      "SELECT into_id FROM feedback_merge WHERE feedback_id = $1",
      [](const db::Row& row) { return row.integer(0); }, case_id);
}

std::vector<std::int64_t> cases_out_of_step(db::Read& read, std::int64_t limit) {
  const auto number = [](const db::Row& row) { return row.integer(0); };
  // The conditions on the state are those of the index of what is open.
  auto all = read.all(
      "SELECT f.id FROM feedback f WHERE f.state = 'promised' AND f.state <> 'answered' "
      "AND f.state <> 'declined' AND f.state <> 'redirected' AND f.state <> 'closed' "
      "AND f.is_protected = 0 AND f.about <> 'conduct' AND f.held_as IS NULL "
      "AND f.erased_at IS NULL AND f.promised_on IS NOT NULL "
      "AND NOT EXISTS (SELECT 1 FROM feedback_merge m WHERE m.feedback_id = f.id) "
      "AND NOT EXISTS (SELECT 1 FROM commitment c WHERE c.origin = 'feedback' "
      "  AND c.origin_id = f.id AND c.origin_part = (SELECT max(e.id) FROM feedback_event e "
      "  WHERE e.feedback_id = f.id AND e.event = 'promised' AND e.reason = '')) "
      "ORDER BY f.id LIMIT $1",
      number, limit);
  const auto moved = read.all(
      "SELECT DISTINCT f.id FROM commitment c JOIN feedback f ON f.id = c.origin_id "
      "WHERE c.origin = 'feedback' AND c.origin <> '' AND f.erased_at IS NULL AND ("
      "(c.state IN ('proposed','open','broken') AND f.state IN ('answered','closed') "
      "  AND f.last_answered_at >= c.created_at) OR (c.state = 'declared' "
      "  AND (f.state NOT IN ('answered','closed') OR f.closed_by = 'citizen'))) "
      "ORDER BY f.id LIMIT $1",
      number, limit);
  all.insert(all.end(), moved.begin(), moved.end());
  // Somebody lost the secret of their case and was given another.
  const auto renewed = read.all(
      "SELECT DISTINCT f.id FROM commitment c "
      "JOIN commitment_asker a ON a.commitment_id = c.id JOIN feedback f ON f.code = a.code "
      "WHERE c.origin = 'feedback' AND c.origin <> '' AND c.state <> 'kept' "
      "AND f.erased_at IS NULL AND f.citizen_key <> a.citizen_key ORDER BY f.id LIMIT $1",
      number, limit);
  all.insert(all.end(), renewed.begin(), renewed.end());
  // It was taken off the public pages again, or became one of which nothing is told.
  const auto hidden = read.all(
      "SELECT DISTINCT f.id FROM commitment c JOIN feedback f ON f.id = c.origin_id "
      "WHERE c.origin = 'feedback' AND c.origin <> '' AND f.erased_at IS NULL AND ("
      "(c.text <> '' AND (f.is_public = 0 OR f.published_at IS NULL OR f.is_protected = 1 "
      "  OR f.about = 'conduct' OR f.held_as IS NOT NULL)) "
      "OR c.is_gone <> CASE WHEN f.is_protected = 1 OR f.about = 'conduct' "
      "  OR f.held_as IS NOT NULL THEN 1 ELSE 0 END) ORDER BY f.id LIMIT $1",
      number, limit);
  all.insert(all.end(), hidden.begin(), hidden.end());
  // It was put together with a promised one.
  const auto joined = read.all(
      "SELECT DISTINCT f.id FROM commitment c JOIN feedback_merge m ON m.into_id = c.origin_id "
      "JOIN feedback f ON f.id = m.feedback_id WHERE c.origin = 'feedback' AND c.origin <> '' "
      "AND c.state <> 'kept' AND c.is_gone = 0 AND f.is_protected = 0 AND f.about <> 'conduct' "
      "AND f.held_as IS NULL AND f.erased_at IS NULL AND NOT EXISTS (SELECT 1 "
      "FROM commitment_asker a WHERE a.commitment_id = c.id AND a.code = f.code) "
      "ORDER BY f.id LIMIT $1",
      number, limit);
  all.insert(all.end(), joined.begin(), joined.end());
  return all;
}

void retire_asker(db::Write& write, const Asker& asker) {
  // No code has such a letter, so nobody can type it.
  write.run(
      "UPDATE commitment_asker SET code = $2, citizen_key = $3, has_confirmed = 0, "
      "has_consented = 0 WHERE id = $1",
      asker.id, "-" + std::to_string(asker.id.value), db::Blob{as_bytes("")});
}

void change_key(db::Write& write, const Asker& asker, std::string_view citizen_key) {
  write.run("UPDATE commitment_asker SET citizen_key = $2 WHERE id = $1", asker.id,
            db::Blob{as_bytes(citizen_key)});
}

void empty_words(db::Write& write, CommitmentId commitment) {
  write.run(
      "UPDATE commitment SET text = '', next_text = '', next_reason = '', evidence = '', "
      "evidence_link = '' WHERE id = $1",
      commitment);
  write.run("UPDATE commitment_event SET words = '' WHERE commitment_id = $1", commitment);
}

void empty_words_of(db::Write& write, const Asker& asker) {
  // A line is the number of its leaf, and an entry the next one.
  write.run(
      "UPDATE commitment_event SET words = '' WHERE commitment_id = $1 AND party = 'citizen' "
      "AND line IN (SELECT id - 1 FROM ledger_entry WHERE subject_kind = 'commitment_asker' "
      "AND subject_id = $2)",
      asker.commitment, asker.id);
}

bool is_case_erased(db::Read& read, std::int64_t case_id) {
  return read
      .one(
          "SELECT 1 FROM feedback WHERE id = $1 AND erased_at IS NOT NULL",
          [](const db::Row& row) { return row.integer(0); }, case_id)
      .has_value();
}

std::vector<Asker> askers_of_case(db::Read& read, std::int64_t case_id) {
  return read.all(
      "SELECT a.* FROM commitment_asker a JOIN feedback f ON f.code = a.code "
      "JOIN commitment c ON c.id = a.commitment_id AND c.origin = 'feedback' "
      "WHERE f.id = $1 ORDER BY a.id",
      to_asker, case_id);
}

}  // namespace ln::commitment
