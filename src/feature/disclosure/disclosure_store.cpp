#include "feature/disclosure/disclosure_store.h"

#include "base/text.h"
#include "platform/db/ids.h"

namespace ln::disclosure {
namespace {

constexpr db::Ids disclosure_ids("disclosure");

Disclosure to_disclosure(const db::Row& row) {
  return {.id = row.id<DisclosureId>(0),
          .unit = row.id<units::UnitId>(1),
          .unit_path = row.text(2),
          .item = row.text(3),
          .title = row.text(4),
          .decided_on = row.day(5),
          .working_days = static_cast<int>(row.integer(6)),
          .source = row.text(7),
          .due_at = row.instant(8),
          .posts = row.integer(9),
          .first_posted_at = row.maybe_instant(10),
          .views = row.integer(11),
          .created_by = row.integer(12),
          .created_at = row.instant(13),
          .line = row.integer(14)};
}

Question to_question(const db::Row& row) {
  const auto state = from_word(all_sights, row.view(5));
  if (!state) throw db::Failure("unknown word in a question of a disclosure");
  return {.id = row.id<QuestionId>(0),
          .disclosure = row.id<DisclosureId>(1),
          .code = Code::parse(row.view(2)),
          .citizen_key = row.text(3),
          .body = row.text(4),
          .state = *state,
          .reason = from_word(all_hide_reasons, row.view(6)),
          .asked_at = row.instant(7),
          .answer = row.text(8),
          .answered_at = row.maybe_instant(9),
          .revision = row.integer(10)};
}

std::int64_t first_number(const std::optional<std::int64_t>& found) { return found.value_or(0); }

}  // namespace

DisclosureId next_disclosure(db::Write& write) { return {disclosure_ids.next(write)}; }

void insert(db::Write& write, const Disclosure& d) {
  write.run(
      "INSERT INTO disclosure (id, unit_id, unit_path, item, title, decided_on, working_days, "
      "source, due_at, created_by, created_at, line) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      d.id, d.unit, d.unit_path, d.item, d.title, d.decided_on, d.working_days, d.source, d.due_at,
      d.created_by, d.created_at, d.line);
}

std::optional<Disclosure> find(db::Read& read, DisclosureId id) {
  return read.one("SELECT * FROM disclosure WHERE id = $1", to_disclosure, id);
}

std::vector<Disclosure> of_unit(db::Read& read,
                                std::string_view path,
                                std::int64_t from,
                                std::int64_t limit) {
  const auto [first, second] = units::subtree_range(path);
  return read.all(
      "SELECT * FROM disclosure WHERE unit_path >= $1 AND unit_path < $2 "
      "ORDER BY CASE WHEN first_posted_at IS NULL THEN 0 ELSE 1 END, "
      "CASE WHEN first_posted_at IS NULL THEN due_at ELSE -due_at END, id LIMIT $3 OFFSET $4",
      to_disclosure, first, second, limit, from);
}

std::vector<Disclosure> disclosures_before(db::Read& read,
                                           std::string_view path,
                                           std::int64_t before,
                                           std::int64_t limit) {
  if (path.empty())
    return read.all("SELECT * FROM disclosure WHERE id < $1 OR $1 = 0 ORDER BY id DESC LIMIT $2",
                    to_disclosure, before, limit);
  const auto [first, last] = units::subtree_range(path);
  return read.all(
      "SELECT * FROM disclosure WHERE unit_path >= $1 AND unit_path < $2 "
      "AND (id < $3 OR $3 = 0) ORDER BY id DESC LIMIT $4",
      to_disclosure, first, last, before, limit);
}

std::vector<std::string> items_entered(db::Read& read, std::string_view path) {
  const auto [first, second] = units::subtree_range(path);
  return read.all(
      "SELECT DISTINCT item FROM disclosure WHERE unit_path >= $1 AND unit_path < $2",
      [](const db::Row& row) { return row.text(0); }, first, second);
}

std::vector<Standing> standings(db::Read& read,
                                Instant now,
                                std::int64_t from,
                                std::int64_t limit) {
  return read.all(
      "SELECT unit_id, count(*), "
      "sum(CASE WHEN first_posted_at IS NULL AND due_at >= $1 THEN 1 ELSE 0 END), "
      "sum(CASE WHEN first_posted_at IS NULL AND due_at < $1 THEN 1 ELSE 0 END) AS overdue, "
      "sum(CASE WHEN first_posted_at IS NOT NULL THEN 1 ELSE 0 END), "
      "sum(CASE WHEN first_posted_at > due_at THEN 1 ELSE 0 END) "
      "FROM disclosure GROUP BY unit_id ORDER BY overdue DESC, unit_id LIMIT $2 OFFSET $3",
      [](const db::Row& row) {
        return Standing{.unit = row.id<units::UnitId>(0),
                        .all = row.integer(1),
                        .due = row.integer(2),
                        .overdue = row.integer(3),
                        .posted = row.integer(4),
                        .late = row.integer(5)};
      },
      now, limit, from);
}

std::int64_t count_overdue(db::Read& read, std::string_view path, Instant now) {
  const auto [from, to] = units::subtree_range(path);
  return *read.one(
      "SELECT count(*) FROM disclosure WHERE unit_path >= $1 AND unit_path < $2 "
      "AND first_posted_at IS NULL AND due_at < $3",
      [](const db::Row& row) { return row.integer(0); }, from, to, now);
}

void each(db::Read& read,
          Instant entered_before,
          const std::function<void(
              const Disclosure& disclosure, std::int64_t asked, std::int64_t answered)>& take) {
  constexpr int asked = 15, answered = 16;
  read.each(
      "SELECT d.*, "
      "(SELECT count(*) FROM disclosure_question q WHERE q.disclosure_id = d.id "
      "AND q.state = 'shown'), "
      "(SELECT count(*) FROM disclosure_question q WHERE q.disclosure_id = d.id "
      "AND q.state = 'shown' AND q.answered_at IS NOT NULL) "
      "FROM disclosure d WHERE d.created_at < $1 ORDER BY d.id",
      [&](const db::Row& row) {
        take(to_disclosure(row), row.integer(asked), row.integer(answered));
      },
      entered_before);
}

bool insert(db::Write& write, const Disclosure& d, const Post& p) {
  const auto readable = p.can_be_read() ? std::optional(p.posted_at) : std::nullopt;
  if (write.run("UPDATE disclosure SET posts = $2, first_posted_at = coalesce(first_posted_at, $3) "
                "WHERE id = $1 AND posts = $4",
                d.id, p.number, readable, p.number - 1) != 1)
    return false;
  write.run(
      "INSERT INTO disclosure_post (disclosure_id, number, body, link, place, posted_by, "
      "posted_at, "
      "line) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      d.id, p.number, p.body, p.link, p.place, p.posted_by, p.posted_at, p.line);
  return true;
}

std::vector<Post> posts_of(db::Read& read, DisclosureId id) {
  return read.all(
      "SELECT number, body, link, place, posted_by, posted_at, line FROM disclosure_post "
      "WHERE disclosure_id = $1 ORDER BY number DESC",
      [](const db::Row& row) {
        return Post{.number = row.integer(0),
                    .body = row.text(1),
                    .link = row.text(2),
                    .place = row.text(3),
                    .posted_by = row.integer(4),
                    .posted_at = row.instant(5),
                    .line = row.integer(6)};
      },
      id);
}

void add_views(db::Write& write, DisclosureId id, std::int64_t count) {
  write.run("UPDATE disclosure SET views = views + $2 WHERE id = $1", id, count);
}

QuestionId insert(db::Write& write, const Question& q) {
  return *write.returning(
      "INSERT INTO disclosure_question (disclosure_id, code, citizen_key, body, state, asked_at) "
      "VALUES ($1, $2, $3, $4, 'shown', $5) RETURNING id",
      [](const db::Row& row) { return row.id<QuestionId>(0); }, q.disclosure, q.code->text(),
      db::Blob{as_bytes(q.citizen_key)}, q.body, q.asked_at);
}

bool save(db::Write& write, const Question& q) {
  return write.run(
             "UPDATE disclosure_question SET body = $3, state = $4, reason = $5, answer = $6, "
             "answered_at = $7, revision = revision + 1 WHERE id = $1 AND revision = $2",
             q.id, q.revision, q.body, to_text(q.state),
             q.reason ? to_text(*q.reason) : std::string_view(), q.answer, q.answered_at) == 1;
}

std::optional<Question> find_question(db::Read& read, const Code& code) {
  return read.one("SELECT * FROM disclosure_question WHERE code = $1", to_question, code.text());
}

std::vector<Question> questions_of(db::Read& read, DisclosureId id) {
  return read.all("SELECT * FROM disclosure_question WHERE disclosure_id = $1 ORDER BY id",
                  to_question, id);
}

std::int64_t count_open(db::Read& read, DisclosureId id) {
  return first_number(read.one(
      "SELECT count(*) FROM disclosure_question WHERE disclosure_id = $1 AND state = 'shown' "
      "AND answer = ''",
      [](const db::Row& row) { return row.integer(0); }, id));
}

std::int64_t count_unanswered(db::Read& read, std::string_view path) {
  const auto [first, second] = units::subtree_range(path);
  return first_number(read.one(
      "SELECT count(*) FROM disclosure_question q JOIN disclosure d ON d.id = q.disclosure_id "
      "WHERE d.unit_path >= $1 AND d.unit_path < $2 AND q.state = 'shown' AND q.answer = ''",
      [](const db::Row& row) { return row.integer(0); }, first, second));
}

}  // namespace ln::disclosure
