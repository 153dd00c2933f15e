#include "feature/consultation/consultation_store_contact.h"

#include "base/text.h"
#include "feature/consultation/consultation_store_tally.h"

namespace ln::consultation {
namespace {

Contact to_contact(const db::Row& row) {
  const auto way = notice::way_of(row.view(1));
  if (!way) throw db::Failure("unknown word in a contact of a consultation");
  Contact contact{.comment = row.id<CommentId>(0),
                  .to = {*way, row.text(2)},
                  .link_until = row.instant(4),
                  .asked_on = row.day(5),
                  .asked_count = row.integer(6),
                  .confirmed_at = row.maybe_instant(7),
                  .told_at = row.instant(8),
                  .told_issue = row.id<IssueId>(9)};
  if (!row.is_null(3)) contact.link = merkle::to_hash(row.view(3));
  return contact;
}

}  // namespace

std::optional<Contact> find_contact(db::Read& read, CommentId id) {
  return read.one("SELECT * FROM consultation_contact WHERE comment_id = $1", to_contact, id);
}

void save(db::Write& write, const Contact& c) {
  const auto link = c.link ? std::optional(db::Blob{*c.link}) : std::nullopt;
  write.run(
      "INSERT INTO consultation_contact (comment_id, way, address, link_hash, link_until, "
      "asked_on, asked_count, confirmed_at, told_at, told_issue) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (comment_id) DO UPDATE SET "
      "way = excluded.way, address = excluded.address, link_hash = excluded.link_hash, "
      "link_until = excluded.link_until, asked_on = excluded.asked_on, "
      "asked_count = excluded.asked_count, confirmed_at = excluded.confirmed_at, "
      "told_at = excluded.told_at, told_issue = excluded.told_issue",
      c.comment, notice::to_text(c.to.way), c.to.address, link, c.link_until, c.asked_on,
      c.asked_count, c.confirmed_at, c.told_at, c.told_issue);
}

void erase_contact(db::Write& write, CommentId id) {
  write.run("DELETE FROM consultation_contact WHERE comment_id = $1", id);
}

bool has_unconfirmed(db::Read& read, Instant now) {
  return read
      .one(
          "SELECT comment_id FROM consultation_contact WHERE confirmed_at IS NULL "
          "AND link_until < $1 AND asked_on < $2 LIMIT 1",
          [](const db::Row& row) { return row.integer(0); }, now, local_day(now))
      .has_value();
}

std::int64_t erase_unconfirmed(db::Write& write, Instant now) {
  return write.run(
      "DELETE FROM consultation_contact WHERE confirmed_at IS NULL AND link_until < $1 "
      "AND asked_on < $2",
      now, local_day(now));
}

std::vector<Owed> owed_letters(db::Read& read, std::int64_t limit) {
  return read.all(
      "SELECT k.comment_id, k.way, k.address, k.link_hash, k.link_until, k.asked_on, "
      "k.asked_count, k.confirmed_at, k.told_at, k.told_issue, c.consultation_id, c.code, "
      "c.language, coalesce(i.id, 0), coalesce(i.answered_at, 0), "
      "CASE WHEN d.consultation_id IS NULL THEN 0 ELSE 1 END "
      "FROM consultation_contact k JOIN consultation_comment c ON c.id = k.comment_id "
      "LEFT JOIN consultation_issue i ON i.id = c.issue_id "
      "LEFT JOIN consultation_decision d ON d.consultation_id = c.consultation_id "
      "WHERE k.confirmed_at IS NOT NULL AND (d.consultation_id IS NOT NULL "
      "OR i.answered_at > k.told_at OR (i.answered_at IS NOT NULL AND i.id <> k.told_issue)) "
      "ORDER BY k.comment_id LIMIT $1",
      [](const db::Row& row) {
        return Owed{.contact = to_contact(row),
                    .consultation = row.id<ConsultationId>(10),
                    .code = row.text(11),
                    .in_english = row.view(12) == "en",
                    .issue = row.id<IssueId>(13),
                    .answered_at = row.instant(14),
                    .is_decided = row.flag(15)};
      },
      limit);
}

void raise_strength(db::Write& write, CommentId id) {
  const auto before = tallied(write, id);
  write.run(
      "UPDATE consultation_comment SET strength = 'email' WHERE id = $1 "
      "AND strength = 'anonymous'",
      id);
  if (before) tally_again(write, id, *before);
}

}  // namespace ln::consultation
