#include "feature/feedback/feedback_store_intake.h"

#include "base/text.h"
#include "feature/feedback/feedback_store.h"

namespace ln::feedback {
namespace {

Channel channel_from(std::string_view word) {
  const auto found = from_word(all_channels, word);
  if (!found)
    throw db::Failure("a channel of intake has a word that is none", db::Failure::Kind::corrupt);
  return *found;
}

// Columns in the order of the statements below: id, about, unit, path, who, when, how many, until,
// withdrawn, used.
PaperBatch batch_from_row(const db::Row& row) {
  const auto about = from_word(all_abouts, row.view(1));
  if (!about)
    throw db::Failure("a batch of forms has a word that is none", db::Failure::Kind::corrupt);
  return {.id = row.id<PaperBatchId>(0),
          .about = *about,
          .unit = row.id<units::UnitId>(2),
          .unit_path = row.text(3),
          .printed_by = row.integer(4),
          .printed_at = row.instant(5),
          .form_count = row.integer(6),
          .expires_on = row.day(7),
          .withdrawn_at = row.maybe_instant(8),
          .used_count = row.integer(9)};
}

}  // namespace

void insert_intake(db::Write& write, FeedbackId id, const Intake& intake) {
  write.run(
      "INSERT INTO feedback_intake (feedback_id, channel, stated_on, stated_at, correct_until) "
      "VALUES ($1, $2, $3, $4, $5)",
      id, to_text(intake.channel), intake.stated_on, intake.stated_at, intake.correct_until);
}

std::optional<Intake> intake_of(db::Read& read, FeedbackId id) {
  return read.one(
      "SELECT channel, stated_on, stated_at, correct_until, corrected_at FROM feedback_intake "
      "WHERE feedback_id = $1",
      [](const db::Row& row) {
        return Intake{.channel = channel_from(row.view(0)),
                      .stated_on = row.is_null(1) ? std::nullopt : std::optional(row.day(1)),
                      .stated_at = row.maybe_instant(2),
                      .correct_until = row.instant(3),
                      .corrected_at = row.maybe_instant(4)};
      },
      id);
}

std::string first_body_of(db::Read& read, FeedbackId id) {
  return read
      .one(
          "SELECT first_body FROM feedback_intake WHERE feedback_id = $1",
          [](const db::Row& row) { return row.text(0); }, id)
      .value_or(std::string());
}

void save_correction(db::Write& write,
                     FeedbackId id,
                     std::string_view title,
                     std::string_view body,
                     std::string_view body_before,
                     Instant at) {
  write.run("UPDATE feedback SET title = $1, body = $2 WHERE id = $3", title, body, id);
  write.run(
      "UPDATE feedback_intake SET first_body = CASE WHEN first_body = '' THEN $1 ELSE first_body "
      "END, corrected_at = $2 WHERE feedback_id = $3",
      body_before, at, id);
}

PaperBatchId insert_paper_batch(db::Write& write, const PaperBatch& batch) {
  return *write.returning(
      "INSERT INTO feedback_paper_batch (about, unit_id, unit_path, printed_by, printed_at, "
      "form_count, expires_on) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
      [](const db::Row& row) { return row.id<PaperBatchId>(0); }, to_text(batch.about), batch.unit,
      batch.unit_path, batch.printed_by, batch.printed_at, batch.form_count, batch.expires_on);
}

bool is_taken(db::Read& read, const Code& code) {
  return find(read, code) || find_paper(read, code);
}

void insert_paper(db::Write& write, PaperBatchId batch, const Code& code, std::string_view key) {
  write.run("INSERT INTO feedback_paper (code, batch_id, citizen_key) VALUES ($1, $2, $3)",
            code.text(), batch, db::Blob{as_bytes(key)});
}

std::optional<Paper> find_paper(db::Read& read, const Code& code) {
  return read.one(
      "SELECT b.id, b.about, b.unit_id, b.unit_path, b.printed_by, b.printed_at, b.form_count, "
      "b.expires_on, b.withdrawn_at, (SELECT count(*) FROM feedback_paper u "
      "WHERE u.batch_id = b.id AND u.used_on IS NOT NULL), p.citizen_key, p.used_on "
      "FROM feedback_paper p "
      "JOIN feedback_paper_batch b ON b.id = p.batch_id WHERE p.code = $1",
      [&](const db::Row& row) {
        return Paper{.code = code,
                     .citizen_key = row.text(10),
                     .batch = batch_from_row(row),
                     .used_on = row.is_null(11) ? std::nullopt : std::optional(row.day(11))};
      },
      code.text());
}

bool use_paper(db::Write& write, const Code& code, Day on) {
  return write.run("UPDATE feedback_paper SET used_on = $1 WHERE code = $2 AND used_on IS NULL", on,
                   code.text()) == 1;
}

std::optional<PaperBatch> find_paper_batch(db::Read& read, PaperBatchId id) {
  return read.one(
      "SELECT b.id, b.about, b.unit_id, b.unit_path, b.printed_by, b.printed_at, b.form_count, "
      "b.expires_on, b.withdrawn_at, (SELECT count(*) FROM feedback_paper p "
      "WHERE p.batch_id = b.id AND p.used_on IS NOT NULL) "
      "FROM feedback_paper_batch b WHERE b.id = $1",
      batch_from_row, id);
}

std::vector<PaperBatch> paper_batches(db::Read& read, std::string_view top, std::int64_t limit) {
  return read.all(
      "SELECT b.id, b.about, b.unit_id, b.unit_path, b.printed_by, b.printed_at, b.form_count, "
      "b.expires_on, b.withdrawn_at, (SELECT count(*) FROM feedback_paper p "
      "WHERE p.batch_id = b.id AND p.used_on IS NOT NULL) "
      "FROM feedback_paper_batch b "
      "WHERE substr(b.unit_path, 1, CAST($1 AS INTEGER)) = $2 ORDER BY b.id DESC LIMIT $3",
      batch_from_row, static_cast<std::int64_t>(top.size()), top, limit);
}

bool withdraw_paper_batch(db::Write& write, PaperBatchId id, std::int64_t by, Instant at) {
  return write.run(
             "UPDATE feedback_paper_batch SET withdrawn_at = $1, withdrawn_by = $2 "
             "WHERE id = $3 AND withdrawn_at IS NULL",
             at, by, id) == 1;
}

}  // namespace ln::feedback
