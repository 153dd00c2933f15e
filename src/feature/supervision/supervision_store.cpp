#include "feature/supervision/supervision_store.h"

#include <limits>
#include <span>
#include <utility>

#include "base/text.h"
#include "platform/db/ids.h"

namespace ln::supervision {
namespace {

constexpr db::Ids programme_ids("supervision"), advice_ids("supervision_advice");

template <class T>
T known(const std::optional<T>& value) {
  if (!value) throw db::Failure("unknown word in a programme of supervision");
  return *value;
}

db::Blob blob(const std::string& bytes) { return db::Blob{as_bytes(bytes)}; }

std::string maybe_bytes(const db::Row& row, int column) {
  return row.is_null(column) ? std::string() : row.text(column);
}

Programme to_programme(const db::Row& row) {
  return {.id = row.id<ProgrammeId>(0),
          .unit = row.id<units::UnitId>(1),
          .unit_path = row.text(2),
          .title_vi = row.text(3),
          .title_en = row.text(4),
          .subject = row.text(5),
          .from = row.day(6),
          .to = row.day(7),
          .stage = known(from_word(all_stages, row.view(8))),
          .head_at = row.instant(9),
          .frame_size = row.integer(10),
          .frame_hash = row.text(11),
          .created_by = row.integer(12),
          .created_at = row.instant(13),
          .line = row.integer(14),
          .head_size = row.maybe_integer(15),
          .head_root = maybe_bytes(row, 16),
          .head_seen_at = row.maybe_instant(17),
          .drawn_at = row.maybe_instant(18),
          .drawn_line = row.maybe_integer(19),
          .finished_at = row.maybe_instant(20),
          .finished_line = row.maybe_integer(21)};
}

Item to_item(const db::Row& row) {
  return {.number = row.integer(0),
          .stratum = known(from_word(all_strata, row.view(1))),
          .feedback = row.integer(2),
          .commitment = row.text(3),
          .salt = row.text(4)};
}

Advice to_advice(const db::Row& row) {
  return {.id = row.id<AdviceId>(0),
          .programme = row.id<ProgrammeId>(1),
          .number = row.integer(2),
          .unit = row.id<units::UnitId>(3),
          .unit_path = row.text(4),
          .text = row.text(5),
          .due_on = row.day(6),
          .advised_by = row.integer(7),
          .advised_at = row.instant(8),
          .line = row.integer(9)};
}

void add_replies(db::Read& read, std::vector<Advice>& all) {
  for (Advice& each : all)
    each.said = read.all(
        "SELECT seq, kind, text, due_on, said_by, said_at, line FROM supervision_reply "
        "WHERE advice_id = $1 ORDER BY seq",
        [](const db::Row& row) {
          return Said{.seq = row.integer(0),
                      .kind = known(from_word(all_replies, row.view(1))),
                      .text = row.text(2),
                      .due_on = row.day(3),
                      .said_by = row.integer(4),
                      .said_at = row.instant(5),
                      .line = row.integer(6)};
        },
        each.id);
}

std::optional<Day> maybe_local_day(const db::Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(local_day(row.instant(column)));
}

}  // namespace

ProgrammeId next_programme(db::Write& write) { return {programme_ids.next(write)}; }
AdviceId next_advice(db::Write& write) { return {advice_ids.next(write)}; }

std::vector<Candidate> candidates(db::Read& read, const CandidatesOf& what) {
  const auto [first, second] = units::subtree_range(what.path);
  return read.all(
      "SELECT f.id, f.code, CASE WHEN f.is_protected = 1 OR f.about = 'conduct' THEN 1 ELSE 0 END, "
      "CASE WHEN EXISTS (SELECT 1 FROM feedback_pressure p WHERE p.feedback_id = f.id "
      "  AND p.answer = 'pressed') THEN 1 ELSE 0 END, "
      "CASE WHEN f.state = 'declined' OR f.contest_count > 0 THEN 1 ELSE 0 END, "
      "CASE WHEN f.reopen_count > 0 THEN 1 ELSE 0 END, "
      "CASE WHEN coalesce(f.answered_at, f.closed_at, $5) > f.first_due_at "
      "  AND (f.answered_at IS NOT NULL OR f.state <> 'redirected') THEN 1 ELSE 0 END, "
      "CASE WHEN EXISTS (SELECT 1 FROM satisfaction_rating r WHERE r.feedback_id = f.id "
      "  AND r.score <= $6 AND r.entered_by IS NULL) THEN 1 ELSE 0 END, "
      "CASE WHEN f.state = 'closed' THEN 1 ELSE 0 END "
      "FROM feedback f WHERE f.unit_path >= $1 AND f.unit_path < $2 AND f.received_at >= $3 "
      "AND f.received_at < $4 AND f.held_as IS NULL AND f.erased_at IS NULL ORDER BY f.id",
      [](const db::Row& row) {
        return Candidate{.feedback = row.integer(0),
                         .code = row.text(1),
                         .needs_protection = row.flag(2),
                         .is_pressed = row.flag(3),
                         .is_declined = row.flag(4),
                         .is_reopened = row.flag(5),
                         .is_late = row.flag(6),
                         .is_low_rated = row.flag(7),
                         .is_over = row.flag(8)};
      },
      first, second, at_local(what.from), at_local(what.to + std::chrono::days(1)), what.now,
      low_score);
}

void insert(db::Write& write, const Programme& p) {
  write.run(
      "INSERT INTO supervision (id, unit_id, unit_path, title_vi, title_en, subject, from_day, "
      "to_day, stage, head_at, frame_size, frame_hash, created_by, created_at, line) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
      p.id, p.unit, p.unit_path, p.title_vi, p.title_en, p.subject, p.from, p.to, to_text(p.stage),
      p.head_at, p.frame_size, blob(p.frame_hash), p.created_by, p.created_at, p.line);
}

void insert_frame(db::Write& write, ProgrammeId id, const Made& made) {
  for (std::size_t i = 0; i < made.strata.size(); ++i)
    write.run(
        "INSERT INTO supervision_stratum (supervision_id, position, word, size, count) "
        "VALUES ($1, $2, $3, $4, $5)",
        id, static_cast<std::int64_t>(i), made.strata[i].word, made.strata[i].size,
        made.strata[i].count);
  for (const Item& each : made.items)
    write.run(
        "INSERT INTO supervision_item (supervision_id, number, word, feedback_id, commitment, "
        "salt) VALUES ($1, $2, $3, $4, $5, $6)",
        id, each.number, to_text(each.stratum), each.feedback, blob(each.commitment),
        blob(each.salt));
}

std::optional<Programme> find(db::Read& read, ProgrammeId id) {
  return read.one("SELECT * FROM supervision WHERE id = $1", to_programme, id);
}

std::vector<Programme> programmes(db::Read& read, std::int64_t before, std::int64_t limit) {
  return read.all("SELECT * FROM supervision WHERE id < $1 ORDER BY id DESC LIMIT $2", to_programme,
                  before == 0 ? std::numeric_limits<std::int64_t>::max() : before, limit);
}

std::vector<Programme> due_to_draw(db::Read& read, Instant now, std::int64_t limit) {
  return read.all(
      "SELECT * FROM supervision WHERE stage = 'announced' AND head_at <= $1 "
      "ORDER BY head_at, id LIMIT $2",
      to_programme, now, limit);
}

std::vector<draw::Stratum> strata_of(db::Read& read, ProgrammeId id) {
  return read.all(
      "SELECT word, size, count FROM supervision_stratum WHERE supervision_id = $1 "
      "ORDER BY position",
      [](const db::Row& row) { return draw::Stratum{row.text(0), row.integer(1), row.integer(2)}; },
      id);
}

std::vector<Item> items_of(db::Read& read, ProgrammeId id) {
  return read.all(
      "SELECT number, word, feedback_id, commitment, salt FROM supervision_item "
      "WHERE supervision_id = $1 ORDER BY number",
      to_item, id);
}

std::optional<Item> find_item(db::Read& read, ProgrammeId id, std::int64_t number) {
  return read.one(
      "SELECT number, word, feedback_id, commitment, salt FROM supervision_item "
      "WHERE supervision_id = $1 AND number = $2",
      to_item, id, number);
}

std::optional<Published> head_from(db::Read& read, Instant head_at) {
  return read.one(
      "SELECT h.size, h.root, t.at FROM ledger_tick t JOIN ledger_head h ON h.size = t.size "
      "WHERE t.at >= $1 ORDER BY t.at LIMIT 1",
      [](const db::Row& row) {
        const auto root = merkle::to_hash(row.view(1));
        if (!root) throw db::Failure("a head of the ledger has no root");
        return Published{{row.integer(0), *root}, row.instant(2)};
      },
      head_at);
}

bool save_draw(db::Write& write, const Programme& p, const std::vector<std::int64_t>& all) {
  if (write.run("UPDATE supervision SET stage = 'drawn', head_size = $2, head_root = $3, "
                "head_seen_at = $4, drawn_at = $5, drawn_line = $6 "
                "WHERE id = $1 AND stage = 'announced'",
                p.id, p.head_size, blob(p.head_root), p.head_seen_at, p.drawn_at,
                p.drawn_line) != 1)
    return false;
  for (const std::int64_t number : all)
    write.run("INSERT INTO supervision_drawn (supervision_id, number) VALUES ($1, $2)", p.id,
              number);
  return true;
}

std::vector<std::int64_t> drawn_of(db::Read& read, ProgrammeId id) {
  return read.all(
      "SELECT number FROM supervision_drawn WHERE supervision_id = $1 ORDER BY number",
      [](const db::Row& row) { return row.integer(0); }, id);
}

bool save_finished(db::Write& write, const Programme& p) {
  return write.run(
             "UPDATE supervision SET stage = 'finished', finished_at = $2, "
             "finished_line = $3 WHERE id = $1 AND stage = 'drawn'",
             p.id, p.finished_at, p.finished_line) == 1;
}

void insert(db::Write& write, const Finding& f) {
  write.run(
      "INSERT INTO supervision_finding (supervision_id, number, seq, outcome, note, salt, hash, "
      "found_by, found_at, line, unit_reads, unit_id) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      f.programme, f.number, f.seq, to_text(f.outcome), f.note, blob(f.salt), blob(f.hash),
      f.found_by, f.found_at, f.line, f.unit_reads ? 1 : 0, f.unit);
}

std::vector<Finding> findings_of(db::Read& read, ProgrammeId id) {
  return read.all(
      "SELECT number, seq, outcome, note, salt, hash, found_by, found_at, line, unit_reads, "
      "unit_id FROM supervision_finding WHERE supervision_id = $1 ORDER BY number, seq",
      [&](const db::Row& row) {
        return Finding{.programme = id,
                       .number = row.integer(0),
                       .seq = row.integer(1),
                       .outcome = known(from_word(all_outcomes, row.view(2))),
                       .note = row.text(3),
                       .salt = row.text(4),
                       .hash = row.text(5),
                       .found_by = row.integer(6),
                       .found_at = row.instant(7),
                       .line = row.integer(8),
                       .unit_reads = row.flag(9),
                       .unit = row.id<units::UnitId>(10)};
      },
      id);
}

void insert(db::Write& write, const Advice& a) {
  write.run(
      "INSERT INTO supervision_advice (id, supervision_id, number, unit_id, unit_path, text, "
      "due_on, advised_by, advised_at, line) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      a.id, a.programme, a.number, a.unit, a.unit_path, a.text, a.due_on, a.advised_by,
      a.advised_at, a.line);
}

void insert(db::Write& write, AdviceId id, const Said& s) {
  write.run(
      "INSERT INTO supervision_reply (advice_id, seq, kind, text, due_on, said_by, said_at, line) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      id, s.seq, to_text(s.kind), s.text, s.due_on, s.said_by, s.said_at, s.line);
}

std::optional<Advice> find_advice(db::Read& read, AdviceId id) {
  auto all = read.all("SELECT * FROM supervision_advice WHERE id = $1", to_advice, id);
  add_replies(read, all);
  return all.empty() ? std::nullopt : std::optional(std::move(all.front()));
}

std::vector<Advice> advice_of(db::Read& read, ProgrammeId id) {
  auto all = read.all("SELECT * FROM supervision_advice WHERE supervision_id = $1 ORDER BY number",
                      to_advice, id);
  add_replies(read, all);
  return all;
}

std::vector<Advice> advice_to(db::Read& read, std::string_view path, std::int64_t limit) {
  const auto [first, second] = units::subtree_range(path);
  auto all = read.all(
      "SELECT * FROM supervision_advice WHERE unit_path >= $1 AND unit_path < $2 "
      "ORDER BY id DESC LIMIT $3",
      to_advice, first, second, limit);
  add_replies(read, all);
  return all;
}

std::optional<Seen> seen(db::Read& read, std::int64_t feedback) {
  auto found = read.one(
      "SELECT code, CASE WHEN is_protected = 1 OR about = 'conduct' OR held_as IS NOT NULL "
      "THEN 1 ELSE 0 END, published_at, erased_at, unit_id, received_at, first_due_at, "
      "answered_at, closed_at, reopen_count, transfer_count FROM feedback WHERE id = $1",
      [](const db::Row& row) {
        Seen it{.needs_protection = row.flag(1),
                .is_published = !row.is_null(2),
                .is_erased = !row.is_null(3),
                .unit = row.id<units::UnitId>(4),
                .received_on = local_day(row.instant(5)),
                .due_on = local_day(row.instant(6)),
                .answered_on = maybe_local_day(row, 7),
                .closed_on = maybe_local_day(row, 8),
                .reopen_count = row.integer(9),
                .transfer_count = row.integer(10)};
        if (!it.needs_protection && !it.is_erased) it.code = feedback::Code::parse(row.view(0));
        return it;
      },
      feedback);
  if (!found) return found;
  found->events = read.all(
      "SELECT event, at FROM feedback_event WHERE feedback_id = $1 AND event <> 'noted' "
      "ORDER BY id",
      [](const db::Row& row) { return Seen::Event{row.text(0), local_day(row.instant(1))}; },
      feedback);
  return found;
}

void forget_words(db::Write& write, feedback::FeedbackId id) {
  const std::string none;
  write.run(
      "UPDATE supervision_finding SET note = '', salt = $2 WHERE note <> '' AND EXISTS "
      "(SELECT 1 FROM supervision_item i WHERE i.feedback_id = $1 "
      "AND i.supervision_id = supervision_finding.supervision_id "
      "AND i.number = supervision_finding.number)",
      id, blob(none));
  write.run(
      "UPDATE supervision_finding_reply SET text = '', salt = $2 WHERE text <> '' AND EXISTS "
      "(SELECT 1 FROM supervision_item i WHERE i.feedback_id = $1 "
      "AND i.supervision_id = supervision_finding_reply.supervision_id "
      "AND i.number = supervision_finding_reply.number)",
      id, blob(none));
  write.run("UPDATE supervision_item SET salt = $2 WHERE feedback_id = $1", id, blob(none));
}

}  // namespace ln::supervision
