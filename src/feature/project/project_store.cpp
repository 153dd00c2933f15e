// The project, what it published, and its rounds.
#include "feature/project/project_store.h"

#include "base/text.h"

namespace ln::project {
namespace {

Project to_project(const db::Row& row) {
  return {.id = row.id<ProjectId>(0),
          .unit = row.id<units::UnitId>(1),
          .unit_path = row.text(2),
          .name_vi = row.text(3),
          .name_en = row.text(4),
          .summary = row.text(5),
          .created_by = row.integer(6),
          .created_at = row.instant(7),
          .revision = row.integer(8)};
}

Item to_item(const db::Row& row) {
  const auto kind = from_word(all_item_kinds, row.view(1));
  if (!kind) throw db::Failure("unknown word in what a project published");
  return {.number = row.integer(0),
          .kind = *kind,
          .document = row.text(2),
          .title = row.text(3),
          .text = row.text(4),
          .dated_on = row.day(5),
          .published_by = row.integer(6),
          .published_at = row.instant(7),
          .line = row.integer(8)};
}

Price to_price(const db::Row& row) { return {row.text(0), row.text(1), row.integer(2)}; }

Round to_round(const db::Row& row) {
  return {.project = row.id<ProjectId>(0),
          .number = row.integer(1),
          .opened_at = row.instant(2),
          .asks_until = row.day(3),
          .opened_line = row.integer(4),
          .closed_at = row.maybe_instant(5),
          .closed_line = row.maybe_integer(6),
          .raised = row.maybe_integer(7),
          .remedied = row.maybe_integer(8)};
}

}  // namespace

ProjectId insert(db::Write& write, const Project& p) {
  return *write.returning(
      "INSERT INTO project (unit_id, unit_path, name_vi, name_en, summary, created_by, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
      [](const db::Row& row) { return row.id<ProjectId>(0); }, p.unit, p.unit_path, p.name_vi,
      p.name_en, p.summary, p.created_by, p.created_at);
}

std::optional<Project> find(db::Read& read, ProjectId id) {
  return read.one(
      "SELECT id, unit_id, unit_path, name_vi, name_en, summary, created_by, created_at, revision "
      "FROM project WHERE id = $1",
      to_project, id);
}

std::vector<Project> projects_before(db::Read& read, ProjectId before, std::int64_t limit) {
  return read.all(
      "SELECT id, unit_id, unit_path, name_vi, name_en, summary, created_by, created_at, revision "
      "FROM project WHERE id < $1 ORDER BY id DESC LIMIT $2",
      to_project, before, limit);
}

std::vector<Project> projects_within(db::Read& read, std::string_view path, std::int64_t limit) {
  const auto [from, to] = units::subtree_range(path);
  return read.all(
      "SELECT id, unit_id, unit_path, name_vi, name_en, summary, created_by, created_at, revision "
      "FROM project WHERE unit_path >= $1 AND unit_path < $2 ORDER BY id DESC LIMIT $3",
      to_project, from, to, limit);
}

bool touch(db::Write& write, const Project& p) {
  return write.run("UPDATE project SET revision = revision + 1 WHERE id = $1 AND revision = $2",
                   p.id, p.revision) == 1;
}

void insert(db::Write& write, ProjectId id, const Item& item) {
  write.run(
      "INSERT INTO project_item (project_id, number, kind, document, title, text, dated_on, "
      "published_by, published_at, line) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      id, item.number, to_text(item.kind), item.document, item.title, item.text, item.dated_on,
      item.published_by, item.published_at, item.line);
}

std::vector<Item> items_before(db::Read& read,
                               ProjectId id,
                               std::int64_t before,
                               std::int64_t limit) {
  return read.all(
      "SELECT number, kind, document, title, '' AS text, dated_on, published_by, published_at, "
      "line FROM project_item WHERE project_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3",
      to_item, id, before, limit);
}

std::int64_t last_item(db::Read& read, ProjectId id) {
  return *read.one(
      "SELECT coalesce(max(number), 0) FROM project_item WHERE project_id = $1",
      [](const db::Row& row) { return row.integer(0); }, id);
}

std::optional<Item> find_item(db::Read& read, ProjectId id, std::int64_t number) {
  return read.one(
      "SELECT number, kind, document, title, text, dated_on, published_by, published_at, line "
      "FROM project_item WHERE project_id = $1 AND number = $2",
      to_item, id, number);
}

void insert(db::Write& write, ProjectId id, std::int64_t number, const std::vector<Price>& prices) {
  for (const Price& each : prices)
    write.run(
        "INSERT INTO project_price (project_id, number, code, name, price) "
        "VALUES ($1, $2, $3, $4, $5)",
        id, number, each.code, each.name, each.price);
}

std::vector<Price> prices_of(db::Read& read, ProjectId id, std::int64_t number) {
  return read.all(
      "SELECT code, name, price FROM project_price WHERE project_id = $1 AND number = $2 "
      "ORDER BY code",
      to_price, id, number);
}

std::vector<Price> prices_in_force(db::Read& read, ProjectId id) {
  return read.all(
      "SELECT code, name, price FROM project_price WHERE project_id = $1 AND number = "
      "(SELECT max(number) FROM project_price WHERE project_id = $1) ORDER BY code",
      to_price, id);
}

void insert(db::Write& write, const Round& r) {
  write.run(
      "INSERT INTO project_round (project_id, number, opened_at, asks_until, opened_line) "
      "VALUES ($1, $2, $3, $4, $5)",
      r.project, r.number, r.opened_at, r.asks_until, r.opened_line);
}

bool close(db::Write& write, const Round& r) {
  return write.run(
             "UPDATE project_round SET closed_at = $3, closed_line = $4, raised = $5, "
             "remedied = $6 WHERE project_id = $1 AND number = $2 AND closed_at IS NULL",
             r.project, r.number, r.closed_at, r.closed_line, r.raised, r.remedied) == 1;
}

std::vector<Round> rounds_of(db::Read& read, ProjectId id) {
  return read.all(
      "SELECT project_id, number, opened_at, asks_until, opened_line, closed_at, closed_line, "
      "raised, remedied FROM project_round WHERE project_id = $1 ORDER BY number",
      to_round, id);
}

}  // namespace ln::project
