#include "feature/feedback/feedback_store_recovery.h"

#include "base/text.h"

namespace ln::feedback {

std::string_view to_text(LinkPurpose purpose) {
  return purpose == LinkPurpose::recover ? "recover" : "confirm";
}

std::optional<Instant> contact_confirmed_at(db::Read& read, FeedbackId id) {
  return read
      .one(
          "SELECT confirmed_at FROM feedback_contact WHERE feedback_id = $1",
          [](const db::Row& row) { return row.maybe_instant(0); }, id)
      .value_or(std::nullopt);
}

void confirm_contact(db::Write& write, FeedbackId id, Instant now) {
  write.run(
      "UPDATE feedback_contact SET confirmed_at = $1 WHERE feedback_id = $2 AND plain IS NOT NULL",
      now, id);
}

std::optional<ContactLink> link_with(db::Read& read, const merkle::Hash& hash, Instant now) {
  return read.one(
      "SELECT feedback_id, purpose, expires_at FROM feedback_link "
      "WHERE token_hash = $1 AND expires_at > $2",
      [&](const db::Row& row) {
        return ContactLink{row.id<FeedbackId>(0),
                           row.view(1) == "recover" ? LinkPurpose::recover : LinkPurpose::confirm,
                           hash, row.instant(2)};
      },
      db::Blob{hash}, now);
}

std::int64_t links_on(db::Read& read, FeedbackId id, Day day) {
  return read
      .one(
          "SELECT count FROM feedback_link WHERE feedback_id = $1 AND day = $2",
          [](const db::Row& row) { return row.integer(0); }, id, day)
      .value_or(0);
}

void save_link(db::Write& write, const ContactLink& link, Day day) {
  write.run(
      "INSERT INTO feedback_link (feedback_id, purpose, token_hash, expires_at, day, count) "
      "VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (feedback_id) DO UPDATE SET "
      "purpose = excluded.purpose, token_hash = excluded.token_hash, "
      "expires_at = excluded.expires_at, day = excluded.day, "
      "count = CASE WHEN feedback_link.day = excluded.day THEN feedback_link.count + 1 ELSE 1 END",
      link.feedback, to_text(link.purpose), db::Blob{link.hash}, link.expires_at, day);
}

void use_link(db::Write& write, FeedbackId id) {
  write.run("UPDATE feedback_link SET token_hash = NULL WHERE feedback_id = $1", id);
}

void save_citizen_key(db::Write& write, FeedbackId id, const std::string& key) {
  write.run("UPDATE feedback SET citizen_key = $1 WHERE id = $2", db::Blob{as_bytes(key)}, id);
}

}  // namespace ln::feedback
