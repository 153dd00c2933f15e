#include "feature/feedback/feedback_store_page.h"

#include "core/units/units_store.h"

namespace ln::feedback {

std::string page_of(db::Read& read, FeedbackId id) {
  return read
      .one(
          "SELECT path FROM feedback_page WHERE feedback_id = $1",
          [](const db::Row& row) { return row.text(0); }, id)
      .value_or(std::string());
}

void insert_page(db::Write& write, FeedbackId id, std::string_view path) {
  write.run("INSERT INTO feedback_page (feedback_id, path) VALUES ($1, $2)", id, path);
}

void remove_page(db::Write& write, FeedbackId id) {
  write.run("DELETE FROM feedback_page WHERE feedback_id = $1", id);
}

bool page_exists(db::Read& read, const AboutPage& page, Day today) {
  const auto id = [](const db::Row& row) { return row.integer(0); };
  const std::int64_t n = page.number;
  // A thing of another room is asked for by its number, and nothing else is read of it.
  switch (page.room) {
    case PageRoom::consultation:
      return read.one("SELECT id FROM consultation WHERE id = $1 AND version > 0", id, n)
          .has_value();
    case PageRoom::dialogue:
      return read.one("SELECT id FROM dialogue WHERE id = $1", id, n).has_value();
    case PageRoom::project:
      return read.one("SELECT id FROM project WHERE id = $1", id, n).has_value();
    case PageRoom::ballot:
      return read.one("SELECT id FROM ballot WHERE id = $1", id, n).has_value();
    case PageRoom::disclosure:
      return read.one("SELECT id FROM disclosure WHERE id = $1", id, n).has_value();
    case PageRoom::survey:
      return read.one("SELECT id FROM survey WHERE id = $1", id, n).has_value();
    case PageRoom::unit: return units::find_on(read, page.part, today).has_value();
    case PageRoom::figures: return true;
  }
  return false;
}

std::vector<FeedbackId> published_about(db::Read& read, std::string_view path, std::int64_t limit) {
  return read.all(
      "SELECT p.feedback_id FROM feedback_page p JOIN feedback f ON f.id = p.feedback_id "
      "WHERE p.path = $1 AND f.published_at IS NOT NULL AND f.erased_at IS NULL "
      "AND f.held_as IS NULL AND f.about <> 'conduct' ORDER BY p.feedback_id DESC LIMIT $2",
      [](const db::Row& row) { return row.id<FeedbackId>(0); }, path, limit);
}

std::int64_t count_published_about(db::Read& read, std::string_view path) {
  return *read.one(
      "SELECT count(*) FROM feedback_page p JOIN feedback f ON f.id = p.feedback_id "
      "WHERE p.path = $1 AND f.published_at IS NOT NULL AND f.erased_at IS NULL "
      "AND f.held_as IS NULL AND f.about <> 'conduct'",
      [](const db::Row& row) { return row.integer(0); }, path);
}

}  // namespace ln::feedback
