#include "feature/consultation/consultation_store_invitation.h"

#include "base/text.h"

namespace ln::consultation {
namespace {

InvitedFor kind_from(std::string_view word) {
  const auto kind = from_word(all_invited_for, word);
  if (!kind) throw db::Failure("unknown kind of an invitation");
  return *kind;
}

Invitation to_invitation(const db::Row& row) {
  auto code = Code::parse(row.view(5));
  if (!code) throw db::Failure("an invitation without a code");
  return {.source = {.id = row.id<SourceId>(0),
                     .consultation = row.id<ConsultationId>(1),
                     .kind = SourceKind::invited,
                     .name = row.text(2),
                     .received_on = row.day(3),
                     .added_by = row.integer(4),
                     .added_at = row.instant(10)},
          .code = *std::move(code),
          .citizen_key = row.text(6),
          .due_on = row.day(7),
          .kind = kind_from(row.view(13)),
          .replied_at = row.maybe_instant(8),
          .revision = row.integer(9),
          .withdrawn_at = row.maybe_instant(11),
          .withdrawn_reason = row.text(12)};
}

}  // namespace

void insert(db::Write& write, const Invitation& i) {
  write.run(
      "INSERT INTO consultation_invitation (source_id, consultation_id, code, citizen_key, due_on, "
      "kind) VALUES ($1, $2, $3, $4, $5, $6)",
      i.source.id, i.source.consultation, i.code->text(), db::Blob{as_bytes(i.citizen_key)},
      i.due_on, to_text(i.kind));
}

bool save(db::Write& write, const Invitation& i) {
  return write.run(
             "UPDATE consultation_invitation SET citizen_key = $3, replied_at = $4, "
             "revision = revision + 1 WHERE source_id = $1 AND revision = $2",
             i.source.id, i.revision, db::Blob{as_bytes(i.citizen_key)}, i.replied_at) == 1;
}

bool save_withdrawal(db::Write& write, const Invitation& i, std::int64_t by) {
  return write.run(
             "UPDATE consultation_invitation SET withdrawn_at = $3, withdrawn_by = $4, "
             "withdrawn_reason = $5, revision = revision + 1 WHERE source_id = $1 AND "
             "revision = $2",
             i.source.id, i.revision, i.withdrawn_at, by, i.withdrawn_reason) == 1;
}

void count_reply_again(db::Write& write, SourceId id) {
  write.run(
      "UPDATE consultation_invitation SET replied_at = (SELECT min(c.sent_at) "
      "FROM consultation_comment c WHERE c.source_id = $1 AND c.state <> 'withdrawn'), "
      "revision = revision + 1 WHERE source_id = $1",
      id);
}

std::optional<Invitation> find_invitation(db::Read& read, const Code& code) {
  return read.one(
      "SELECT s.id, s.consultation_id, s.name, s.received_on, s.added_by, i.code, i.citizen_key, "
      "i.due_on, i.replied_at, i.revision, s.added_at, i.withdrawn_at, i.withdrawn_reason, i.kind "
      "FROM consultation_invitation i "
      "JOIN consultation_source s ON s.id = i.source_id WHERE i.code = $1",
      to_invitation, code.text());
}

std::optional<Invitation> find_invitation(db::Read& read, SourceId id) {
  return read.one(
      "SELECT s.id, s.consultation_id, s.name, s.received_on, s.added_by, i.code, i.citizen_key, "
      "i.due_on, i.replied_at, i.revision, s.added_at, i.withdrawn_at, i.withdrawn_reason, i.kind "
      "FROM consultation_invitation i "
      "JOIN consultation_source s ON s.id = i.source_id WHERE i.source_id = $1",
      to_invitation, id);
}

std::vector<CountedInvitation> invitations_of(db::Read& read, ConsultationId id) {
  return read.all(
      "SELECT s.id, s.consultation_id, s.name, s.received_on, s.added_by, i.code, i.citizen_key, "
      "i.due_on, i.replied_at, i.revision, s.added_at, i.withdrawn_at, i.withdrawn_reason, i.kind, "
      "(SELECT count(*) FROM consultation_comment c "
      "WHERE c.source_id = s.id AND c.state <> 'withdrawn') FROM consultation_invitation i "
      "JOIN consultation_source s ON s.id = i.source_id WHERE i.consultation_id = $1 "
      "ORDER BY i.source_id",
      [](const db::Row& row) {
        return CountedInvitation{.invitation = to_invitation(row), .comments = row.integer(14)};
      },
      id);
}

std::set<std::int64_t> criticised_issues(db::Read& read, ConsultationId id) {
  std::set<std::int64_t> all;
  read.each(
      "SELECT DISTINCT c.issue_id FROM consultation_comment c JOIN consultation_invitation i "
      "ON i.source_id = c.source_id WHERE c.consultation_id = $1 AND c.issue_id IS NOT NULL "
      "AND c.state <> 'withdrawn' AND i.kind = 'social_criticism'",
      [&](const db::Row& row) { all.insert(row.integer(0)); }, id);
  return all;
}

std::vector<BodyBehind> bodies_behind(db::Read& read, ConsultationId id) {
  return read.all(
      "SELECT c.issue_id, c.said_by, i.kind, count(*), "
      "CAST(coalesce(sum(c.support_count), 0) AS BIGINT) FROM consultation_comment c "
      "JOIN consultation_invitation i ON i.source_id = c.source_id WHERE c.consultation_id = $1 "
      "AND c.issue_id IS NOT NULL AND c.state <> 'withdrawn' AND c.channel = 'invited' "
      "GROUP BY c.issue_id, c.said_by, i.kind ORDER BY c.issue_id, c.said_by, i.kind",
      [](const db::Row& row) {
        return BodyBehind{.issue = row.id<IssueId>(0),
                          .name = row.text(1),
                          .criticises = row.view(2) == "social_criticism",
                          .comments = row.integer(3),
                          .supports = row.integer(4)};
      },
      id);
}

}  // namespace ln::consultation
