#include "feature/reception/reception_store_turn.h"

#include "base/text.h"

namespace ln::reception {
namespace {

template <class T>
T word_of(const std::optional<T>& value) {
  if (!value) throw db::Failure("unknown word in a turn", db::Failure::Kind::corrupt);
  return *value;
}

Turn to_turn(const db::Row& row) {
  return {.id = row.id<TurnId>(0),
          .reception = row.id<ReceptionId>(1),
          .slot = row.integer(2),
          .code = word_of(std::optional(Code::parse(row.view(3)))),
          .citizen_key = row.text(4),
          .about = row.text(5),
          .name = row.text(6),
          .contact = row.text(7),
          .in_english = row.view(8) == "en",
          .way = word_of(from_word(all_ways, row.view(9))),
          .is_walk_in = row.flag(10),
          .case_id = row.integer(11),
          .state = word_of(from_word(all_turn_states, row.view(12))),
          .came_at = row.maybe_instant(13),
          .due_at = row.maybe_instant(14),
          .results = row.integer(15),
          .is_late = row.flag(16),
          .words_until = row.maybe_instant(17),
          .booked_by = row.integer(18),
          .booked_at = row.instant(19),
          .line = row.integer(20),
          .erased_at = row.maybe_instant(21),
          .revision = row.integer(22)};
}

Contest to_contest(const db::Row& row) {
  return {.turn = row.id<TurnId>(0),
          .above_path = row.text(1),
          .contested_at = row.instant(2),
          .due_at = row.instant(3),
          .ruling = from_word(all_rulings, row.view(4)),
          .ruled_at = row.maybe_instant(5)};
}

Case to_case(const db::Row& row) {
  return {.id = row.integer(0),
          .code = row.text(1),
          .citizen_key = row.text(2),
          .unit_path = row.text(3)};
}

TurnId to_turn_id(const db::Row& row) { return row.id<TurnId>(0); }

}  // namespace

TurnId insert(db::Write& write, const Turn& t) {
  return *write.returning(
      "INSERT INTO reception_turn (reception_id, slot, code, citizen_key, about, name, contact, "
      "language, way, is_walk_in, case_id, state, words_until, booked_by, booked_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id",
      to_turn_id, t.reception, t.slot, t.code->text(), db::Blob{as_bytes(t.citizen_key)}, t.about,
      t.name, t.contact, t.in_english ? "en" : "vi", to_text(t.way), t.is_walk_in ? 1 : 0,
      t.case_id, to_text(t.state), t.words_until, t.booked_by, t.booked_at);
}

bool save(db::Write& write, const Turn& t) {
  return write.run(
             "UPDATE reception_turn SET state = $3, came_at = $4, due_at = $5, results = $6, "
             "is_late = $7, words_until = $8, revision = revision + 1 "
             "WHERE id = $1 AND revision = $2",
             t.id, t.revision, to_text(t.state), t.came_at, t.due_at, t.results, t.is_late ? 1 : 0,
             t.words_until) == 1;
}

void set_line(db::Write& write, TurnId id, std::int64_t line) {
  write.run("UPDATE reception_turn SET line = $2 WHERE id = $1", id, line);
}

std::optional<Turn> find_turn(db::Read& read, const Code& code) {
  return read.one("SELECT * FROM reception_turn WHERE code = $1", to_turn, code.text());
}

std::optional<Turn> find_turn(db::Read& read, TurnId id) {
  return read.one("SELECT * FROM reception_turn WHERE id = $1", to_turn, id);
}

std::vector<Turn> turns_of(db::Read& read, ReceptionId id, std::int64_t from, std::int64_t limit) {
  return read.all(
      "SELECT * FROM reception_turn WHERE reception_id = $1 AND state <> 'cancelled' "
      "ORDER BY slot, id LIMIT $2 OFFSET $3",
      to_turn, id, limit, from);
}

std::int64_t count_booked_since(db::Read& read, ReceptionId id, Instant since) {
  return *read.one(
      "SELECT count(*) FROM reception_turn WHERE reception_id = $1 AND state <> 'cancelled' "
      "AND booked_at > $2 AND is_walk_in = 0",
      [](const db::Row& row) { return row.integer(0); }, id, since);
}

std::string seed_of(db::Read& read, std::int64_t hour) {
  // Heads bear the time of their signature and are stored a moment later.
  constexpr std::chrono::minutes stored_by{1};
  const Instant before{std::chrono::hours(hour) - stored_by};
  return read
      .one(
          "SELECT root FROM ledger_head WHERE at < $1 ORDER BY at DESC, size DESC LIMIT 1",
          [](const db::Row& row) { return to_hex(as_bytes(row.view(0))); }, before)
      .value_or(std::string());
}

std::set<std::int64_t> slots_of(db::Read& read, ReceptionId id) {
  std::set<std::int64_t> all;
  read.each(
      "SELECT slot FROM reception_turn WHERE reception_id = $1 AND state <> 'cancelled'",
      [&](const db::Row& row) { all.insert(row.integer(0)); }, id);
  return all;
}

void keep_words_until(db::Write& write, ReceptionId id, Instant until) {
  write.run(
      "UPDATE reception_turn SET words_until = $2, revision = revision + 1 "
      "WHERE reception_id = $1 AND state = 'booked' AND erased_at IS NULL",
      id, until);
}

std::vector<Turn> owed_of(db::Read& read, units::UnitId unit, std::int64_t limit) {
  return read.all(
      "SELECT t.* FROM reception_turn t JOIN reception r ON r.id = t.reception_id "
      "WHERE r.keeper_id = $1 AND t.due_at IS NOT NULL ORDER BY t.due_at, t.id LIMIT $2",
      to_turn, unit, limit);
}

std::vector<Turn> unlogged_of(db::Read& read, units::UnitId unit, Instant now, std::int64_t limit) {
  return read.all(
      "SELECT t.* FROM reception_turn t JOIN reception r ON r.id = t.reception_id "
      "WHERE r.keeper_id = $1 AND r.state = 'held' AND r.starts_at < $2 AND t.state = 'booked' "
      "AND t.erased_at IS NULL ORDER BY r.starts_at, t.slot LIMIT $3",
      to_turn, unit, at_local(local_day(now)), limit);
}

void insert(db::Write& write, const Entry& e) {
  write.run(
      "INSERT INTO reception_entry (turn_id, number, presence, sort, outcome, written_by, "
      "written_at, line) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      e.turn, e.number, to_text(e.presence), e.sort ? to_text(*e.sort) : std::string_view(),
      e.outcome ? to_text(*e.outcome) : std::string_view(), e.written_by, e.written_at, e.line);
  if (e.passed_to.value == 0 && e.commitment_id == 0 && e.case_id == 0) return;
  write.run(
      "INSERT INTO reception_link (turn_id, number, passed_to, commitment_id, case_id) "
      "VALUES ($1, $2, $3, $4, $5)",
      e.turn, e.number, e.passed_to, e.commitment_id, e.case_id);
}

std::vector<Entry> entries_of(db::Read& read, TurnId id) {
  return read.all(
      "SELECT e.turn_id, e.number, presence, sort, outcome, coalesce(passed_to, 0), "
      "coalesce(commitment_id, 0), coalesce(case_id, 0), written_by, written_at, line "
      "FROM reception_entry e LEFT JOIN reception_link l "
      "ON l.turn_id = e.turn_id AND l.number = e.number WHERE e.turn_id = $1 ORDER BY e.number",
      [](const db::Row& row) {
        return Entry{.turn = row.id<TurnId>(0),
                     .number = row.integer(1),
                     .presence = word_of(from_word(all_turn_states, row.view(2))),
                     .sort = from_word(all_sorts, row.view(3)),
                     .outcome = from_word(all_outcomes, row.view(4)),
                     .passed_to = row.id<units::UnitId>(5),
                     .commitment_id = row.integer(6),
                     .case_id = row.integer(7),
                     .written_by = row.integer(8),
                     .written_at = row.instant(9),
                     .line = row.integer(10)};
      },
      id);
}

void insert(db::Write& write, const Words& w) {
  write.run(
      "INSERT INTO reception_words (turn_id, what, number, body, written_by, written_at, line) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      w.turn, to_text(w.what), w.number, w.body, w.written_by, w.written_at, w.line);
}

std::vector<Words> words_of(db::Read& read, TurnId id) {
  return read.all(
      "SELECT turn_id, what, number, body, written_by, written_at, line FROM reception_words "
      "WHERE turn_id = $1 ORDER BY written_at, line, number",
      [](const db::Row& row) {
        return Words{.turn = row.id<TurnId>(0),
                     .what = word_of(from_word(all_written, row.view(1))),
                     .number = row.integer(2),
                     .body = row.text(3),
                     .written_by = row.integer(4),
                     .written_at = row.instant(5),
                     .line = row.integer(6)};
      },
      id);
}

void drop_words(db::Write& write, Turn& turn, Instant at) {
  turn.about.clear();
  turn.name.clear();
  if (!turn.is_owed()) turn.contact.clear();
  write.run("UPDATE reception_turn SET about = '', name = '', contact = $2 WHERE id = $1", turn.id,
            turn.contact);
  write.run("DELETE FROM reception_words WHERE turn_id = $1", turn.id);
  // Nothing of the ledger is destroyed, as the turn goes on; the files are owed a scrub.
  write.run(
      "INSERT INTO reception_erasure (turn_id, destroyed_at) VALUES ($1, $2) "
      "ON CONFLICT (turn_id) DO NOTHING",
      turn.id, at);
}

void insert(db::Write& write, const Contest& c) {
  write.run(
      "INSERT INTO reception_contest (turn_id, above_path, contested_at, due_at) "
      "VALUES ($1, $2, $3, $4)",
      c.turn, c.above_path, c.contested_at, c.due_at);
}

void rule(db::Write& write, const Contest& c) {
  write.run(
      "UPDATE reception_contest SET ruling = $2, ruled_at = $3 "
      "WHERE turn_id = $1 AND ruled_at IS NULL",
      c.turn, c.ruling ? to_text(*c.ruling) : std::string_view(), c.ruled_at);
}

std::optional<Contest> find_contest(db::Read& read, TurnId id) {
  return read.one(
      "SELECT turn_id, above_path, contested_at, due_at, ruling, ruled_at FROM reception_contest "
      "WHERE turn_id = $1",
      to_contest, id);
}

std::vector<Contest> open_contests(db::Read& read, std::string_view above, std::int64_t limit) {
  const auto [first, last] = units::subtree_range(above);
  return read.all(
      "SELECT turn_id, above_path, contested_at, due_at, ruling, ruled_at FROM reception_contest "
      "WHERE ruled_at IS NULL AND above_path >= $1 AND above_path < $2 "
      "ORDER BY due_at, turn_id LIMIT $3",
      to_contest, first, last, limit);
}

bool has_written(db::Read& read, TurnId id, std::int64_t account) {
  return read
      .one(
          "SELECT 1 WHERE EXISTS (SELECT 1 FROM reception_entry WHERE turn_id = $1 "
          "AND written_by = $2) OR EXISTS (SELECT 1 FROM reception_words WHERE turn_id = $1 "
          "AND written_by = $2 AND what <> 'ruling')",
          [](const db::Row& row) { return row.integer(0); }, id, account)
      .has_value();
}

std::optional<Case> find_case(db::Read& read, std::string_view code) {
  return read.one(
      "SELECT id, code, citizen_key, unit_path FROM feedback WHERE code = $1 AND is_protected = 0",
      to_case, code);
}

std::optional<Case> find_case(db::Read& read, std::int64_t id) {
  return read.one(
      "SELECT id, code, citizen_key, unit_path FROM feedback WHERE id = $1 AND is_protected = 0",
      to_case, id);
}

bool has_commitment(db::Read& read, std::int64_t id, std::string_view path) {
  const auto [first, last] = units::subtree_range(path);
  return read
      .one(
          "SELECT 1 FROM commitment WHERE id = $1 AND unit_path >= $2 AND unit_path < $3 "
          "AND is_gone = 0",
          [](const db::Row& row) { return row.integer(0); }, id, first, last)
      .has_value();
}

bool empty_words(db::Write& write, const Turn& t, Instant at) {
  if (write.run(
          "UPDATE reception_turn SET about = '', name = '', contact = '', state = $3, "
          "case_id = 0, due_at = NULL, words_until = NULL, erased_at = $4, revision = revision + 1 "
          "WHERE id = $1 AND revision = $2 AND erased_at IS NULL",
          t.id, t.revision, to_text(t.state), at) != 1)
    return false;
  write.run("DELETE FROM reception_words WHERE turn_id = $1", t.id);
  write.run("DELETE FROM reception_link WHERE turn_id = $1", t.id);
  write.run(
      "UPDATE reception_contest SET ruling = 'erased', ruled_at = $2 "
      "WHERE turn_id = $1 AND ruled_at IS NULL",
      t.id, at);
  // A scrub that is owed already takes no place of the destruction.
  write.run(
      "INSERT INTO reception_erasure (turn_id) VALUES ($1) "
      "ON CONFLICT (turn_id) DO UPDATE SET destroyed_at = NULL",
      t.id);
  return true;
}

std::vector<Turn> words_over(db::Read& read, Instant now, std::int64_t limit) {
  return read.all(
      "SELECT * FROM reception_turn WHERE words_until < $1 AND erased_at IS NULL "
      "ORDER BY words_until, id LIMIT $2",
      to_turn, now, limit);
}

std::vector<TurnId> owed_destruction(db::Read& read, std::int64_t limit) {
  return read.all(
      "SELECT turn_id FROM reception_erasure WHERE destroyed_at IS NULL ORDER BY turn_id LIMIT $1",
      to_turn_id, limit);
}

void note_destroyed(db::Write& write, TurnId id, Instant at) {
  write.run("UPDATE reception_erasure SET destroyed_at = $2 WHERE turn_id = $1", id, at);
}

std::vector<TurnId> owed_scrub(db::Read& read) {
  return read.all(
      "SELECT turn_id FROM reception_erasure WHERE destroyed_at IS NOT NULL ORDER BY turn_id",
      to_turn_id);
}

void note_scrubbed(db::Write& write, TurnId id) {
  write.run("DELETE FROM reception_erasure WHERE turn_id = $1 AND destroyed_at IS NOT NULL", id);
}

bool Bookers::has_enough(std::uint64_t sender, ReceptionId id, Instant now) {
  const std::lock_guard lock(mutex_);
  if (local_day(now) != day_) return false;
  const auto counted = [&](ReceptionId of) {
    const auto found = booked_.find({sender, of});
    return found == booked_.end() ? 0 : found->second;
  };
  return counted(id) >= bookings_of_sender_max ||
         counted(ReceptionId{}) >= bookings_of_sender_all_max;
}

bool Bookers::may_book(std::uint64_t sender, ReceptionId id, Instant now) {
  constexpr std::size_t kept_max = 100'000;
  const std::lock_guard lock(mutex_);
  // Forgetting all lets somebody book three more; growing without a bound would stop everybody.
  if (local_day(now) != day_ || booked_.size() >= kept_max) booked_.clear();
  day_ = local_day(now);
  // No day of reception has the number 0.
  int &count = booked_[{sender, id}], &all = booked_[{sender, ReceptionId{}}];
  if (count >= bookings_of_sender_max || all >= bookings_of_sender_all_max) return false;
  ++count;
  ++all;
  return true;
}

void Bookers::give_back(std::uint64_t sender, ReceptionId id, Instant now) {
  const std::lock_guard lock(mutex_);
  if (local_day(now) != day_) return;
  for (const ReceptionId of : {id, ReceptionId{}})
    if (const auto found = booked_.find({sender, of}); found != booked_.end() && found->second > 0)
      --found->second;
}

Bookers& bookers() {
  static Bookers all;
  return all;
}

}  // namespace ln::reception
