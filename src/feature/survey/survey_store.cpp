#include "feature/survey/survey_store.h"

#include <limits>

#include "base/text.h"
#include "engine/merkle/merkle.h"
#include "platform/db/ids.h"

namespace ln::survey {
namespace {

constexpr db::Ids survey_ids("survey");

template <class T>
T known_word(const std::optional<T>& value) {
  if (!value) throw db::Failure("unknown word in a survey");
  return *value;
}

std::string bytes_or_none(const db::Row& row, int column) {
  return row.is_null(column) ? std::string() : row.text(column);
}

Survey to_survey(const db::Row& row) {
  return {.id = row.id<SurveyId>(0),
          .unit = row.id<units::UnitId>(1),
          .unit_path = row.text(2),
          .procedure = row.text(3),
          .form = row.id<FormId>(4),
          .title_vi = row.text(5),
          .title_en = row.text(6),
          .frame = row.text(7),
          .opens_on = row.day(8),
          .closes_on = row.day(9),
          .plan = known_word(from_word(all_plans, row.view(10))),
          .frame_size = row.integer(11),
          .sample_size = row.integer(12),
          .has_kiosk = row.flag(13),
          .has_link = row.flag(14),
          .stage = known_word(from_word(all_stages, row.view(15))),
          .head_at = row.maybe_instant(16),
          .plan_hash = row.text(17),
          .created_by = row.integer(18),
          .created_at = row.instant(19),
          .line = row.integer(20),
          .head_size = row.maybe_integer(21),
          .head_root = bytes_or_none(row, 22),
          .closed_at = row.maybe_instant(23),
          .closed_line = row.maybe_integer(24),
          .result_hash = bytes_or_none(row, 25)};
}

}  // namespace

SurveyId next_survey(db::Write& write) { return {survey_ids.next(write)}; }

void insert(db::Write& write, const Survey& s, const std::vector<Cluster>& clusters) {
  write.run(
      "INSERT INTO survey (id, unit_id, unit_path, procedure, form_id, title_vi, title_en, frame, "
      "opens_on, closes_on, plan, frame_size, sample_size, has_kiosk, has_link, stage, head_at, "
      "plan_hash, created_by, created_at, line) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
      "$11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
      s.id, s.unit, s.unit_path, s.procedure, s.form, s.title_vi, s.title_en, s.frame, s.opens_on,
      s.closes_on, to_text(s.plan), s.frame_size, s.sample_size, s.has_kiosk ? 1 : 0,
      s.has_link ? 1 : 0, to_text(s.stage), s.head_at, db::Blob{as_bytes(s.plan_hash)},
      s.created_by, s.created_at, s.line);
  for (const Cluster& each : clusters)
    write.run(
        "INSERT INTO survey_cluster (survey_id, number, name, size, is_drawn) "
        "VALUES ($1, $2, $3, $4, $5)",
        s.id, each.number, each.name, each.size, each.is_drawn ? 1 : 0);
}

std::optional<Survey> find(db::Read& read, SurveyId id) {
  return read.one("SELECT * FROM survey WHERE id = $1", to_survey, id);
}

std::vector<Survey> surveys(db::Read& read, std::int64_t before, std::int64_t limit) {
  return read.all("SELECT * FROM survey WHERE id < $1 ORDER BY id DESC LIMIT $2", to_survey,
                  before == 0 ? std::numeric_limits<std::int64_t>::max() : before, limit);
}

std::vector<Cluster> clusters_of(db::Read& read, SurveyId id) {
  return read.all(
      "SELECT number, name, size, is_drawn FROM survey_cluster WHERE survey_id = $1 "
      "ORDER BY number",
      [](const db::Row& row) {
        return Cluster{row.integer(0), row.text(1), row.integer(2), row.flag(3)};
      },
      id);
}

std::vector<std::int64_t> drawn_of(db::Read& read, SurveyId id) {
  return read.all(
      "SELECT number FROM survey_drawn WHERE survey_id = $1 ORDER BY number",
      [](const db::Row& row) { return row.integer(0); }, id);
}

std::vector<Survey> due_to_draw(db::Read& read, Instant now, std::int64_t limit) {
  return read.all(
      "SELECT * FROM survey WHERE stage = 'announced' AND head_at <= $1 ORDER BY head_at, id "
      "LIMIT $2",
      to_survey, now, limit);
}

std::vector<Survey> due_to_close(db::Read& read, Day today, std::int64_t limit) {
  return read.all(
      "SELECT * FROM survey WHERE stage = 'open' AND closes_on < $1 ORDER BY closes_on, id "
      "LIMIT $2",
      to_survey, today, limit);
}

std::optional<draw::Head> head_from(db::Read& read, Instant from) {
  return read.one(
      "SELECT h.size, h.root FROM ledger_tick t JOIN ledger_head h ON h.size = t.size "
      "WHERE t.at >= $1 ORDER BY t.at LIMIT 1",
      [](const db::Row& row) {
        const auto root = merkle::to_hash(row.view(1));
        if (!root) throw db::Failure("a head of the ledger has no root");
        return draw::Head{row.integer(0), *root};
      },
      from);
}

bool save_drawn(db::Write& write, const Survey& s, const std::vector<std::int64_t>& numbers) {
  const auto changed = write.run(
      "UPDATE survey SET stage = 'open', head_size = $2, head_root = $3 "
      "WHERE id = $1 AND stage = 'announced'",
      s.id, s.head_size, db::Blob{as_bytes(s.head_root)});
  if (changed != 1) return false;
  for (const std::int64_t number : numbers) {
    if (s.plan == Plan::clusters)
      write.run("UPDATE survey_cluster SET is_drawn = 1 WHERE survey_id = $1 AND number = $2", s.id,
                number);
    else
      write.run("INSERT INTO survey_drawn (survey_id, number) VALUES ($1, $2)", s.id, number);
  }
  return true;
}

bool save_closed(db::Write& write, const Survey& s) {
  return write.run(
             "UPDATE survey SET stage = 'closed', closed_at = $2, closed_line = $3, "
             "result_hash = $4 WHERE id = $1 AND stage = 'open'",
             s.id, s.closed_at, s.closed_line, db::Blob{as_bytes(s.result_hash)}) == 1;
}

}  // namespace ln::survey
