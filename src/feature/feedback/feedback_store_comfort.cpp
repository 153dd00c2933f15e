#include "feature/feedback/feedback_store_comfort.h"

#include <algorithm>

#include "base/text.h"
#include "core/units/units_store.h"

namespace ln::feedback {
namespace {

constexpr std::int64_t waiting_max = 200;

Template template_from_row(const db::Row& row) {
  return {row.id<TemplateId>(0),    row.id<units::UnitId>(1), std::string(row.view(2)),
          std::string(row.view(3)), row.instant(4),           row.integer(5)};
}

Review review_from_row(const db::Row& row) {
  Review review;
  review.feedback = row.id<FeedbackId>(0);
  review.unit = row.id<units::UnitId>(1);
  review.author_id = row.integer(2);
  review.text = row.view(3);
  const auto task = from_word(all_tasks, row.view(10));
  const auto outcome = from_word(all_outcomes, row.view(4));
  const auto reason =
      row.is_null(12) ? DeclineReason{} : from_word(all_decline_reasons, row.view(12));
  if (!task || !reason || (*task == Task::answer && !outcome))
    throw db::Failure("a waiting answer has a word that is none", db::Failure::Kind::corrupt);
  review.task = *task;
  if (outcome) review.outcome = *outcome;
  review.letter = {.task = *task, .text = row.text(3), .reason = *reason, .where_to = row.text(13)};
  if (!row.is_null(11)) review.letter.day = row.day(11);
  review.evidence = row.view(5);
  review.at = row.instant(6);
  review.is_returned = row.integer(7) != 0;
  review.reader_id = row.maybe_integer(8).value_or(0);
  review.note = row.view(9);
  return review;
}

}  // namespace

#define TEMPLATE_COLUMNS "id, unit_id, name, text, changed_at, changed_by "

std::vector<Template> templates_of(db::Read& read, units::UnitId unit) {
  return read.all("SELECT " TEMPLATE_COLUMNS
                  "FROM feedback_template WHERE unit_id = $1 ORDER BY id LIMIT $2",
                  template_from_row, unit, static_cast<std::int64_t>(templates_max));
}

std::vector<Template> templates_for(db::Read& read, std::string_view unit_path) {
  std::vector<Template> found;
  // "/1/4/": the last number is the unit itself.
  while (unit_path.size() > 1) {
    unit_path.remove_suffix(1);
    const std::size_t slash = unit_path.rfind('/');
    if (slash == std::string_view::npos) break;
    if (const auto id = parse_number(unit_path.substr(slash + 1)))
      for (Template& each : templates_of(read, units::UnitId{*id}))
        found.push_back(std::move(each));
    unit_path = unit_path.substr(0, slash + 1);
  }
  return found;
}

std::optional<Template> find_template(db::Read& read, TemplateId id) {
  return read.one("SELECT " TEMPLATE_COLUMNS "FROM feedback_template WHERE id = $1",
                  template_from_row, id);
}

TemplateId insert_template(db::Write& write, const Template& made) {
  return *write.returning(
      "INSERT INTO feedback_template (unit_id, name, text, changed_at, changed_by) "
      "VALUES ($1, $2, $3, $4, $5) RETURNING id",
      [](const db::Row& row) { return row.id<TemplateId>(0); }, made.unit, made.name, made.text,
      made.changed_at, made.changed_by);
}

void update_template(db::Write& write, const Template& changed) {
  write.run(
      "UPDATE feedback_template SET name = $1, text = $2, changed_at = $3, changed_by = $4 "
      "WHERE id = $5",
      changed.name, changed.text, changed.changed_at, changed.changed_by, changed.id);
}

void remove_template(db::Write& write, TemplateId id) {
  write.run("DELETE FROM feedback_template WHERE id = $1", id);
}

bool needs_second(db::Read& read, units::UnitId unit) {
  return read
      .one(
          "SELECT needs_second FROM feedback_practice WHERE unit_id = $1 AND needs_second = 1",
          [](const db::Row& row) { return row.integer(0); }, unit)
      .has_value();
}

void set_needs_second(
    db::Write& write, units::UnitId unit, bool needs, Instant at, std::int64_t by) {
  write.run(
      "INSERT INTO feedback_practice (unit_id, needs_second, changed_at, changed_by) "
      "VALUES ($1, $2, $3, $4) ON CONFLICT (unit_id) DO UPDATE SET "
      "needs_second = excluded.needs_second, changed_at = excluded.changed_at, "
      "changed_by = excluded.changed_by",
      unit, needs ? 1 : 0, at, by);
}

std::optional<Review> review_of(db::Read& read, FeedbackId id) {
  return read.one(
      "SELECT feedback_id, unit_id, author_id, text, outcome, evidence, at, is_returned, "
      "reader_id, note, task, promised_on, reason, where_to FROM feedback_review "
      "WHERE feedback_id = $1",
      review_from_row, id);
}

void save_review(db::Write& write, const Review& review) {
  remove_review(write, review.feedback);
  write.run(
      "INSERT INTO feedback_review (feedback_id, unit_id, author_id, text, outcome, evidence, at, "
      "is_returned, reader_id, note, task, promised_on, reason, where_to) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
      review.feedback, review.unit, review.author_id, review.text,
      review.task == Task::answer ? to_text(review.outcome) : "", review.evidence, review.at,
      review.is_returned ? 1 : 0,
      review.is_returned ? std::optional(review.reader_id) : std::nullopt, review.note,
      to_text(review.task),
      review.task == Task::promise ? std::optional(review.letter.day) : std::nullopt,
      review.task == Task::decline ? std::optional(to_text(review.letter.reason)) : std::nullopt,
      review.letter.where_to);
}

void remove_review(db::Write& write, FeedbackId id) {
  write.run("DELETE FROM feedback_review WHERE feedback_id = $1", id);
}

std::vector<FeedbackId> waiting_reviews(db::Read& read, std::string_view top) {
  const auto [first, second] = units::subtree_range(top);
  return read.all(
      "SELECT r.feedback_id FROM feedback_review r JOIN feedback f ON f.id = r.feedback_id "
      "WHERE r.is_returned = 0 AND f.unit_id = r.unit_id AND f.unit_path >= $1 "
      "AND f.unit_path < $2 AND f.state <> 'answered' AND f.state <> 'declined' "
      "AND f.state <> 'redirected' AND f.state <> 'closed' ORDER BY f.due_at, f.id LIMIT $3",
      [](const db::Row& row) { return row.id<FeedbackId>(0); }, first, second, waiting_max);
}

}  // namespace ln::feedback
