#include "feature/feedback/feedback_store_erase.h"

#include "feature/feedback/feedback_store_invitation.h"
#include "feature/feedback/feedback_store_page.h"

namespace ln::feedback {

void empty_words(db::Write& write, FeedbackId id, Instant at, ErasedBecause because) {
  write.run(
      "UPDATE feedback SET title = '', body = '', place = '', dossier = '', counter = '', "
      "happened_on = NULL, lat = NULL, lon = NULL, public_title = '', public_body = '', "
      "view_count = 0, officer_id = NULL, "
      "erased_at = coalesce(erased_at, $1), erased_because = coalesce(erased_because, $2) "
      "WHERE id = $3",
      at, to_text(because), id);
  write.run("UPDATE feedback_event SET text = '' WHERE feedback_id = $1", id);
  write.run("UPDATE feedback_intake SET first_body = '' WHERE feedback_id = $1", id);
  write.run("UPDATE feedback_foreign SET code = NULL, state = '' WHERE feedback_id = $1", id);
  remove_page(write, id);
  write.run("DELETE FROM feedback_extra WHERE feedback_id = $1", id);
  write.run("DELETE FROM feedback_contact WHERE feedback_id = $1", id);
  write.run("DELETE FROM feedback_link WHERE feedback_id = $1", id);
  write.run("UPDATE feedback_opening SET reason = '' WHERE feedback_id = $1", id);
  write.run("DELETE FROM feedback_review WHERE feedback_id = $1", id);
  empty_invitations(write, id, at);
  write.run(
      "INSERT INTO feedback_erasure (feedback_id, was_published) "
      "SELECT id, CASE WHEN published_at IS NOT NULL OR EXISTS (SELECT 1 FROM "
      "feedback_moderation m WHERE m.feedback_id = feedback.id) THEN 1 ELSE 0 END "
      "FROM feedback WHERE id = $1 "
      "ON CONFLICT (feedback_id) DO UPDATE SET destroyed_at = NULL, was_published = "
      "CASE WHEN excluded.was_published = 1 THEN 1 ELSE feedback_erasure.was_published END",
      id);
}

void owe_scrub(db::Write& write, FeedbackId id, bool was_published, Instant at) {
  write.run(
      "INSERT INTO feedback_erasure (feedback_id, was_published, destroyed_at) "
      "VALUES ($1, $2, $3) ON CONFLICT (feedback_id) DO UPDATE SET was_published = "
      "CASE WHEN excluded.was_published = 1 THEN 1 ELSE feedback_erasure.was_published END",
      id, was_published, at);
}

std::vector<FeedbackId> owed_destruction(db::Read& read, std::int64_t limit) {
  return read.all(
      "SELECT feedback_id FROM feedback_erasure WHERE destroyed_at IS NULL "
      "ORDER BY feedback_id LIMIT $1",
      [](const db::Row& row) { return row.id<FeedbackId>(0); }, limit);
}

void note_destroyed(db::Write& write, FeedbackId id, Instant at) {
  write.run("UPDATE feedback_erasure SET destroyed_at = $1 WHERE feedback_id = $2", at, id);
}

std::vector<FeedbackId> owed_scrub(db::Read& read) {
  return read.all(
      "SELECT feedback_id FROM feedback_erasure WHERE destroyed_at IS NOT NULL "
      "ORDER BY feedback_id",
      [](const db::Row& row) { return row.id<FeedbackId>(0); });
}

bool owes_search(db::Read& read) {
  return read
      .one(
          "SELECT feedback_id FROM feedback_erasure WHERE destroyed_at IS NOT NULL "
          "AND was_published = 1 ORDER BY feedback_id LIMIT 1",
          [](const db::Row& row) { return row.integer(0); })
      .has_value();
}

void note_scrubbed(db::Write& write, FeedbackId id) {
  // Unless it was erased in the meantime, which owes everything anew.
  write.run("DELETE FROM feedback_erasure WHERE feedback_id = $1 AND destroyed_at IS NOT NULL", id);
}

std::int64_t count_owed(db::Read& read) {
  return *read.one(
      "SELECT (SELECT count(*) FROM feedback_erasure) + (SELECT count(*) FROM feedback_held "
      "WHERE erased_at IS NOT NULL AND is_scrubbed = 0)",
      [](const db::Row& row) { return row.integer(0); });
}

Owed owed(db::Read& read) {
  // Of a held text only the hour that had begun is kept: it counts from that hour's end.
  return *read.one(
      "SELECT count(*) FILTER (WHERE o.destroyed_at IS NULL), "
      "count(*) FILTER (WHERE o.destroyed_at IS NOT NULL), min(o.since) FROM "
      "(SELECT e.destroyed_at, coalesce(f.erased_at, e.destroyed_at) AS since "
      "FROM feedback_erasure e JOIN feedback f ON f.id = e.feedback_id "
      "UNION ALL SELECT destroyed_at, erased_at + 3600000 FROM feedback_held "
      "WHERE erased_at IS NOT NULL AND is_scrubbed = 0) o",
      [](const db::Row& row) {
        return Owed{row.integer(0), row.integer(1), row.maybe_instant(2)};
      });
}

std::vector<Erased> all_erased(db::Read& read) {
  return read.all(
      "SELECT code, erased_at, erased_because FROM feedback WHERE erased_at IS NOT NULL "
      "UNION ALL SELECT code, erased_at, coalesce(erased_because, 'by_sender') "
      "FROM feedback_held WHERE erased_at IS NOT NULL ORDER BY 2, 1",
      [](const db::Row& row) {
        const auto code = Code::parse(row.view(0));
        const auto because = from_word(all_erased_because, row.view(2));
        if (!code || !because)
          throw db::Failure("an erased case has a word that is none", db::Failure::Kind::corrupt);
        return Erased{*code, row.instant(1), *because};
      });
}

}  // namespace ln::feedback
