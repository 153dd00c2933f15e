#include "feature/feedback/feedback_store_triage.h"

#include "base/text.h"
#include "platform/db/recent.h"

namespace ln::feedback {
namespace {

constexpr std::int64_t looked_at_max = 50'000;  // newest cases, of which few may be handled yet

}  // namespace

std::string_view to_text(Learned what) { return what == Learned::topic ? "topic" : "unit"; }

void save_model(db::Write& write, Learned what, const ModelRow& model) {
  write.run(
      "INSERT INTO feedback_model (kind, bytes, trained_at, example_count) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (kind) DO UPDATE SET bytes = excluded.bytes, trained_at = excluded.trained_at, "
      "example_count = excluded.example_count",
      to_text(what), db::Blob{as_bytes(model.bytes)}, model.trained_at, model.example_count);
}

std::optional<Instant> trained_at(db::Read& read, Learned what) {
  return read.one(
      "SELECT trained_at FROM feedback_model WHERE kind = $1",
      [](const db::Row& row) { return row.instant(0); }, to_text(what));
}

std::optional<triage::Model> model_of(db::Read& read, Learned what) {
  const std::string_view name = what == Learned::topic ? "triage-topics" : "triage-units";
  return db::recent(read, name, [&]() -> std::optional<triage::Model> {
    const auto bytes = read.one(
        "SELECT bytes FROM feedback_model WHERE kind = $1",
        [](const db::Row& row) { return std::string(row.view(0)); }, to_text(what));
    return bytes ? triage::Model::read(*bytes) : std::nullopt;
  });
}

namespace {

#define HANDLED                                                                           \
  "WHERE f.id > (SELECT coalesce(max(id), 0) FROM feedback) - $1 AND f.is_protected = 0 " \
  "AND f.held_as IS NULL AND f.about <> 'conduct' AND f.state <> 'received' "             \
  "AND f.state <> 'declined' AND f.state <> 'redirected' AND f.erased_at IS NULL "        \
  "AND f.language = 'vi' ORDER BY f.id DESC LIMIT $2"

triage::Example example_of(const db::Row& row) {
  const std::string title(row.view(0)), body(row.view(1));
  return {body.starts_with(title) ? body : title + "\n" + body,
          std::string(row.view(2)) + "/" + std::string(row.view(3)),
          "case/" + std::to_string(row.integer(4))};
}

}  // namespace

std::vector<triage::Example> handled_examples(db::Read& read, Learned what, std::int64_t limit) {
  if (what == Learned::topic)
    return read.all(
        "SELECT f.title, f.body, t.about, t.code, f.id FROM feedback f "
        "JOIN feedback_topic t ON t.id = f.topic_id " HANDLED,
        example_of, looked_at_max, limit);
  // A counter takes in for others; where a case ended there, nobody found yet whose it is.
  return read.all(
      "SELECT f.title, f.body, f.about, CASE WHEN u.kind = 'commune' OR a.kind = 'commune' "
      "THEN 'commune' ELSE u.code END, f.id FROM feedback f "
      "JOIN unit u ON u.id = f.unit_id AND u.kind <> 'counter' AND u.kind <> 'city' "
      "JOIN unit a ON a.id = u.parent_id " HANDLED,
      example_of, looked_at_max, limit);
}

void set_topic(db::Write& write, FeedbackId id, TopicId topic) {
  write.run("UPDATE feedback SET topic_id = $1 WHERE id = $2", topic, id);
}

void insert_merge(
    db::Write& write, FeedbackId id, FeedbackId into, Instant at, std::int64_t officer_id) {
  write.run(
      "INSERT INTO feedback_merge (feedback_id, into_id, at, officer_id) VALUES ($1, $2, $3, $4)",
      id, into, at, officer_id == 0 ? std::optional<std::int64_t>() : std::optional(officer_id));
}

void remove_merge(db::Write& write, FeedbackId id) {
  write.run("DELETE FROM feedback_merge WHERE feedback_id = $1", id);
}

std::optional<FeedbackId> merged_into(db::Read& read, FeedbackId id) {
  return read.one(
      "SELECT into_id FROM feedback_merge WHERE feedback_id = $1",
      [](const db::Row& row) { return row.id<FeedbackId>(0); }, id);
}

std::vector<FeedbackId> members_of(db::Read& read, FeedbackId id) {
  return read.all(
      "SELECT feedback_id FROM feedback_merge WHERE into_id = $1 ORDER BY feedback_id LIMIT $2",
      [](const db::Row& row) { return row.id<FeedbackId>(0); }, id, members_max);
}

}  // namespace ln::feedback
