#include "feature/feedback/feedback_store_invitation.h"

namespace ln::feedback {
namespace {

// A whole row, in the order of schema/0033.
Invitation read_invitation(const db::Row& row) {
  Invitation invitation{
      .id = row.integer(0),
      .feedback = row.id<FeedbackId>(1),
      .purpose = row.view(2) == to_text(InvitedAs::named) ? InvitedAs::named : InvitedAs::body};
  invitation.addressee = row.text(4);
  invitation.text = row.text(5);
  invitation.officer_id = row.integer(6);
  invitation.at = row.instant(7);
  invitation.expires_at = row.instant(8);
  invitation.withdrawn_at = row.maybe_instant(9);
  invitation.answered_at = row.maybe_instant(10);
  invitation.answer = row.text(11);
  invitation.released_at = row.maybe_instant(12);
  return invitation;
}

}  // namespace

std::int64_t insert_invitation(db::Write& write,
                               const Invitation& invitation,
                               const merkle::Hash& link) {
  return *write.one(
      "INSERT INTO feedback_invitation (feedback_id, purpose, link_hash, addressee, text, "
      "officer_id, at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
      [](const db::Row& row) { return row.integer(0); }, invitation.feedback,
      to_text(invitation.purpose), db::Blob{link}, invitation.addressee, invitation.text,
      invitation.officer_id, invitation.at, invitation.expires_at);
}

std::optional<Invitation> invitation_with(db::Read& read, const merkle::Hash& link) {
  return read.one("SELECT * FROM feedback_invitation WHERE link_hash = $1", read_invitation,
                  db::Blob{link});
}

std::optional<Invitation> find_invitation(db::Read& read, std::int64_t id) {
  return read.one("SELECT * FROM feedback_invitation WHERE id = $1", read_invitation, id);
}

std::vector<Invitation> invitations_of(db::Read& read, FeedbackId id) {
  return read.all("SELECT * FROM feedback_invitation WHERE feedback_id = $1 ORDER BY id",
                  read_invitation, id);
}

std::vector<Invitation> released_replies(db::Read& read, FeedbackId id) {
  return read.all(
      "SELECT * FROM feedback_invitation WHERE feedback_id = $1 AND released_at IS NOT NULL "
      "ORDER BY id",
      read_invitation, id);
}

void save_invited_answer(db::Write& write, std::int64_t id, std::string_view answer, Instant at) {
  write.run("UPDATE feedback_invitation SET answer = $1, answered_at = $2 WHERE id = $3", answer,
            at, id);
}

void withdraw_invitation(db::Write& write, std::int64_t id, Instant at) {
  write.run("UPDATE feedback_invitation SET withdrawn_at = $1 WHERE id = $2", at, id);
}

void release_reply(db::Write& write, std::int64_t id, Instant at) {
  write.run("UPDATE feedback_invitation SET released_at = $1 WHERE id = $2", at, id);
}

void empty_invitations(db::Write& write, FeedbackId id, Instant at) {
  write.run(
      "UPDATE feedback_invitation SET addressee = '', text = '', answer = '', "
      "withdrawn_at = coalesce(withdrawn_at, $1), released_at = NULL WHERE feedback_id = $2",
      at, id);
}

}  // namespace ln::feedback
