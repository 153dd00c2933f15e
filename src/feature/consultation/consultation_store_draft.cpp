#include "feature/consultation/consultation_store_draft.h"

namespace ln::consultation {

std::optional<Proposal> find_proposal(db::Read& read, IssueId id) {
  return read.one(
      "SELECT p.drafter_id, p.answer, p.reason, p.clause, p.wording, p.title, p.proposed_at "
      "FROM consultation_proposal p JOIN consultation_issue i ON i.id = p.issue_id "
      "AND i.drafter_id = p.drafter_id WHERE p.issue_id = $1",
      [&](const db::Row& row) {
        const auto answer = from_word(all_answers, row.view(1));
        if (!answer) throw db::Failure("unknown word in a proposed answer");
        return Proposal{.issue = id,
                        .drafter = row.integer(0),
                        .given = {.answer = *answer,
                                  .reason = row.text(2),
                                  .clause = row.text(3),
                                  .wording = row.text(4),
                                  .title = row.text(5)},
                        .proposed_at = row.instant(6)};
      },
      id);
}

void save(db::Write& write, const Proposal& p) {
  write.run(
      "INSERT INTO consultation_proposal (issue_id, drafter_id, answer, reason, clause, wording, "
      "title, proposed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
      "ON CONFLICT (issue_id) DO UPDATE SET drafter_id = excluded.drafter_id, "
      "answer = excluded.answer, reason = excluded.reason, clause = excluded.clause, "
      "wording = excluded.wording, title = excluded.title, proposed_at = excluded.proposed_at",
      p.issue, p.drafter, to_text(p.given.answer), p.given.reason, p.given.clause, p.given.wording,
      p.given.title, p.proposed_at);
}

void set_drafter(db::Write& write, IssueId id, std::int64_t account) {
  write.run("UPDATE consultation_issue SET drafter_id = $2 WHERE id = $1", id,
            account == 0 ? std::nullopt : std::optional(account));
}

std::vector<Issue> points_of_drafter(db::Read& read, people::AccountId id, std::int64_t limit) {
  std::vector<Issue> all;
  for (const IssueId each : read.all(
           "SELECT i.id FROM consultation_issue i WHERE i.drafter_id = $1 "
           "AND i.answered_at IS NULL AND NOT EXISTS (SELECT 1 FROM consultation_decision d "
           "WHERE d.consultation_id = i.consultation_id) ORDER BY i.id LIMIT $2",
           [](const db::Row& row) { return row.id<IssueId>(0); }, id, limit))
    if (auto issue = find_issue(read, each)) all.push_back(*std::move(issue));
  return all;
}

}  // namespace ln::consultation
