// What units read of findings, and what they reply.
#include "base/text.h"
#include "feature/supervision/supervision_store.h"

namespace ln::supervision {
namespace {

ToldFinding to_told(const db::Row& row) {
  const auto outcome = from_word(all_outcomes, row.view(3));
  if (!outcome) throw db::Failure("unknown word in a finding");
  return {.finding = {.programme = row.id<ProgrammeId>(0),
                      .number = row.integer(1),
                      .seq = row.integer(2),
                      .outcome = *outcome,
                      .note = row.text(4),
                      .found_at = row.instant(5),
                      .line = row.integer(6),
                      .unit_reads = true,
                      .unit = row.id<units::UnitId>(8)},
          .code = row.text(7),
          .unit_path = row.text(9)};
}

}  // namespace

void insert(db::Write& write, const FindingReply& r) {
  write.run(
      "INSERT INTO supervision_finding_reply (supervision_id, number, seq, text, salt, hash, "
      "said_by, said_at, line) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      r.programme, r.number, r.seq, r.text, db::Blob{as_bytes(r.salt)}, db::Blob{as_bytes(r.hash)},
      r.said_by, r.said_at, r.line);
}

std::vector<FindingReply> replies_to_findings(db::Read& read, ProgrammeId id) {
  return read.all(
      "SELECT number, seq, text, salt, hash, said_by, said_at, line "
      "FROM supervision_finding_reply WHERE supervision_id = $1 ORDER BY number, seq",
      [&](const db::Row& row) {
        return FindingReply{.programme = id,
                            .number = row.integer(0),
                            .seq = row.integer(1),
                            .text = row.text(2),
                            .salt = row.text(3),
                            .hash = row.text(4),
                            .said_by = row.integer(5),
                            .said_at = row.instant(6),
                            .line = row.integer(7)};
      },
      id);
}

std::vector<ToldFinding> told_findings(db::Read& read, ProgrammeId id) {
  return read.all(
      "SELECT f.supervision_id, f.number, f.seq, f.outcome, f.note, f.found_at, f.line, c.code, "
      "f.unit_id, u.path FROM supervision_item i JOIN feedback c ON c.id = i.feedback_id "
      "JOIN supervision_finding f ON f.supervision_id = i.supervision_id AND f.number = i.number "
      "JOIN unit u ON u.id = f.unit_id "
      "WHERE i.supervision_id = $1 AND f.unit_reads = 1 AND f.note <> '' "
      "AND i.word <> 'pressed' AND i.word <> 'guarded' AND c.is_protected = 0 "
      "AND c.about <> 'conduct' AND c.held_as IS NULL AND c.erased_at IS NULL "
      "AND f.seq = (SELECT max(x.seq) FROM supervision_finding x "
      "  WHERE x.supervision_id = f.supervision_id AND x.number = f.number) ORDER BY f.number",
      to_told, id);
}

std::int64_t count_erased(db::Read& read, ProgrammeId id) {
  return read
      .one(
          "SELECT count(*) FROM supervision_item i JOIN feedback c ON c.id = i.feedback_id "
          "WHERE i.supervision_id = $1 AND c.erased_at IS NOT NULL AND i.word <> 'pressed' "
          "AND i.word <> 'guarded' AND c.is_protected = 0 AND c.about <> 'conduct' "
          "AND c.held_as IS NULL AND EXISTS (SELECT 1 FROM supervision_finding f "
          "  WHERE f.supervision_id = i.supervision_id AND f.number = i.number)",
          [](const db::Row& row) { return row.integer(0); }, id)
      .value_or(0);
}

std::vector<ProgrammeId> programmes_about(db::Read& read, std::string_view path) {
  const auto [first, second] = units::subtree_range(path);
  return read.all(
      "SELECT DISTINCT f.supervision_id FROM supervision_finding f JOIN unit u ON u.id = f.unit_id "
      "WHERE f.unit_reads = 1 AND u.path >= $1 AND u.path < $2 ORDER BY f.supervision_id DESC",
      [](const db::Row& row) { return row.id<ProgrammeId>(0); }, first, second);
}

std::vector<CriticisedDraft> criticised_drafts(db::Read& read, std::int64_t limit) {
  return read.all(
      "SELECT c.id, c.title_vi, c.title_en FROM consultation c WHERE c.stage <> 'editing' "
      "AND EXISTS (SELECT 1 FROM consultation_invitation i WHERE i.consultation_id = c.id "
      "  AND i.kind = 'social_criticism' AND i.withdrawn_at IS NULL) ORDER BY c.id DESC LIMIT $1",
      [](const db::Row& row) { return CriticisedDraft{row.integer(0), row.text(1), row.text(2)}; },
      limit);
}

}  // namespace ln::supervision
