#include "feature/ballot/ballot_store.h"

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "platform/db/ids.h"

namespace ln::ballot {
namespace {

constexpr db::Ids ballot_ids("ballot"), household_ids("ballot_household");

template <class T>
T understood(const std::optional<T>& value) {
  if (!value) throw db::Failure("unknown word in a ballot");
  return *value;
}

db::Blob as_blob(const std::string& bytes) { return db::Blob{as_bytes(bytes)}; }

Ballot to_ballot(const db::Row& row) {
  return {.id = row.id<BallotId>(0),
          .unit = row.id<units::UnitId>(1),
          .unit_path = row.text(2),
          .area = row.text(3),
          .title_vi = row.text(4),
          .title_en = row.text(5),
          .summary = row.text(6),
          .rule = {.code = row.text(7),
                   .needs = {row.integer(8), row.integer(9)},
                   .is_above = row.flag(10),
                   .quorum = {row.integer(11), row.integer(12)},
                   .source = row.text(13),
                   .posted_days = static_cast<int>(row.integer(31)),
                   .file_days = static_cast<int>(row.integer(32)),
                   .terms_source = row.text(33)},
          .opens_at = row.instant(14),
          .closes_at = row.instant(15),
          .stage = understood(from_word(all_stages, row.view(16))),
          .households = row.integer(17),
          .text_hash = row.text(18),
          .created_by = row.integer(19),
          .created_at = row.instant(20),
          .line = row.integer(21),
          .reason = row.text(22),
          .voted = row.maybe_integer(23),
          .box_hash = row.is_null(24) ? std::string() : row.text(24),
          .counted_at = row.maybe_instant(25),
          .counted_line = row.maybe_integer(26),
          .is_mixed = row.flag(27),
          .revision = row.integer(28),
          .handed_in = row.integer(29),
          .posted = row.is_null(36)
                        ? std::nullopt
                        : std::optional(Posting{
                              .room = row.text(34), .id = row.integer(35), .on = row.day(36)})};
}

Household to_household(const db::Row& row) {
  return {.id = row.id<HouseholdId>(0),
          .ballot = row.id<BallotId>(1),
          .number = row.text(2),
          .way = understood(from_word(all_ways, row.view(3))),
          .objects = row.flag(4)};
}

std::int64_t number_in(const std::optional<std::int64_t>& count) { return count.value_or(0); }

}  // namespace

BallotId next_ballot(db::Write& write) { return {ballot_ids.next(write)}; }

void insert(db::Write& write, const Ballot& b) {
  write.run(
      "INSERT INTO ballot (id, unit_id, unit_path, area, title_vi, title_en, summary, rule, "
      "needs_part, needs_whole, is_above, quorum_part, quorum_whole, source, opens_at, closes_at, "
      "stage, households, text_hash, created_by, created_at, line, posted_days, file_days, "
      "terms_source, posted_room, posted_id, posted_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
      "$9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, "
      "$27, $28)",
      b.id, b.unit, b.unit_path, b.area, b.title_vi, b.title_en, b.summary, b.rule.code,
      b.rule.needs.part, b.rule.needs.whole, b.rule.is_above ? 1 : 0, b.rule.quorum.part,
      b.rule.quorum.whole, b.rule.source, b.opens_at, b.closes_at, to_text(b.stage), b.households,
      as_blob(b.text_hash), b.created_by, b.created_at, b.line, std::int64_t{b.rule.posted_days},
      std::int64_t{b.rule.file_days}, b.rule.terms_source,
      b.posted ? b.posted->room : std::string(), b.posted ? b.posted->id : 0,
      b.posted ? std::optional(b.posted->on) : std::nullopt);
}

std::optional<Day> posted_since(db::Read& read, units::UnitId unit, const Posting& posting) {
  const auto day = [](const db::Row& row) {
    return row.is_null(0) ? std::optional<Day>() : std::optional(local_day(row.instant(0)));
  };
  std::optional<std::optional<Day>> found;
  if (posting.room == "disclosure")
    found = read.one(
        "SELECT (SELECT max(p.posted_at) FROM disclosure_post p WHERE p.disclosure_id = d.id "
        "AND (p.body <> '' OR p.link <> '')) FROM disclosure d WHERE d.id = $1 AND d.unit_id = $2 "
        "AND d.first_posted_at IS NOT NULL",
        day, posting.id, unit);
  if (posting.room == "consultation")
    found = read.one(
        "SELECT v.published_at FROM consultation c JOIN consultation_version v "
        "ON v.consultation_id = c.id AND v.number = c.version "
        "WHERE c.id = $1 AND c.unit_id = $2 AND c.stage <> 'editing'",
        day, posting.id, unit);
  return found.value_or(std::nullopt);
}

void insert(db::Write& write, BallotId id, const std::vector<Question>& questions) {
  for (const Question& question : questions) {
    write.run(
        "INSERT INTO ballot_question (ballot_id, number, text_vi, text_en) "
        "VALUES ($1, $2, $3, $4)",
        id, question.number, question.text_vi, question.text_en);
    for (const Option& option : question.options)
      write.run(
          "INSERT INTO ballot_option (ballot_id, question, number, text_vi, text_en) "
          "VALUES ($1, $2, $3, $4, $5)",
          id, question.number, option.number, option.text_vi, option.text_en);
  }
}

void insert_households(db::Write& write, BallotId id, const std::vector<std::string>& numbers) {
  for (const std::string& number : numbers)
    write.run(
        "INSERT INTO ballot_household (id, ballot_id, number, way) "
        "VALUES ($1, $2, $3, 'none')",
        household_ids.next(write), id, number);
}

std::optional<Ballot> find(db::Read& read, BallotId id) {
  return read.one("SELECT * FROM ballot WHERE id = $1", to_ballot, id);
}

std::vector<Question> questions_of(db::Read& read, BallotId id) {
  auto all = read.all(
      "SELECT number, text_vi, text_en FROM ballot_question WHERE ballot_id = $1 ORDER BY number",
      [](const db::Row& row) {
        return Question{.number = row.integer(0), .text_vi = row.text(1), .text_en = row.text(2)};
      },
      id);
  read.each(
      "SELECT question, number, text_vi, text_en FROM ballot_option WHERE ballot_id = $1 "
      "ORDER BY question, number",
      [&](const db::Row& row) {
        const auto found = std::ranges::find(all, row.integer(0), &Question::number);
        if (found == all.end()) throw db::Failure("an option of a ballot has no question");
        found->options.push_back({row.integer(1), row.text(2), row.text(3)});
      },
      id);
  return all;
}

std::vector<Ballot> ballots(db::Read& read, std::int64_t before, std::int64_t limit) {
  return read.all("SELECT * FROM ballot WHERE id < $1 ORDER BY id DESC LIMIT $2", to_ballot,
                  before == 0 ? std::numeric_limits<std::int64_t>::max() : before, limit);
}

std::vector<Ballot> ballots_of(db::Read& read, std::string_view path, std::int64_t limit) {
  const auto [first, second] = units::subtree_range(path);
  return read.all(
      "SELECT * FROM ballot WHERE unit_path >= $1 AND unit_path < $2 ORDER BY id DESC LIMIT $3",
      to_ballot, first, second, limit);
}

std::vector<Ballot> due_to_count(db::Read& read, Instant now, BallotId after, std::int64_t limit) {
  return read.all(
      "SELECT * FROM ballot b WHERE b.stage = 'announced' AND b.closes_at <= $1 AND b.id > $2 "
      "AND NOT EXISTS (SELECT 1 FROM ballot_household h WHERE h.ballot_id = b.id "
      "AND h.way = 'paper') ORDER BY b.id LIMIT $3",
      to_ballot, now, after, limit);
}

std::vector<BallotId> not_sorted(db::Read& read, Instant now, std::int64_t limit) {
  return read.all(
      "SELECT id FROM ballot WHERE stage = 'announced' AND closes_at <= $1 AND is_sorted = 0 "
      "ORDER BY id LIMIT $2",
      [](const db::Row& row) { return row.id<BallotId>(0); }, now, limit);
}

void set_sorted(db::Write& write, BallotId id) {
  write.run("UPDATE ballot SET is_sorted = 1 WHERE id = $1", id);
}

std::vector<BallotId> not_mixed(db::Read& read, std::int64_t limit) {
  return read.all(
      "SELECT id FROM ballot WHERE (stage <> 'announced' OR is_sorted = 1) AND is_mixed = 0 "
      "ORDER BY id LIMIT $1",
      [](const db::Row& row) { return row.id<BallotId>(0); }, limit);
}

bool save(db::Write& write, const Ballot& b) {
  const auto box = b.box_hash.empty() ? std::nullopt : std::optional(as_blob(b.box_hash));
  return write.run(
             "UPDATE ballot SET stage = $2, households = $3, voted = $4, box_hash = $5, "
             "counted_at = $6, counted_line = $7, reason = $8, handed_in = $10, is_mixed = 0, "
             "revision = revision + 1 "
             "WHERE id = $1 AND revision = $9",
             b.id, to_text(b.stage), b.households, b.voted, box, b.counted_at, b.counted_line,
             b.reason, b.revision, b.handed_in) == 1;
}

void set_mixed(db::Write& write, BallotId id) {
  write.run("UPDATE ballot SET is_mixed = 1 WHERE id = $1", id);
}

std::vector<std::string> numbers_of(db::Read& read, BallotId id) {
  return read.all(
      "SELECT number FROM ballot_household WHERE ballot_id = $1 ORDER BY id",
      [](const db::Row& row) { return row.text(0); }, id);
}

std::optional<Household> find_household(db::Read& read, BallotId id, std::string_view number) {
  return read.one("SELECT * FROM ballot_household WHERE ballot_id = $1 AND number = $2",
                  to_household, id, number);
}

void set_way(db::Write& write, HouseholdId id, Way way) {
  write.run("UPDATE ballot_household SET way = $2, objects = 0 WHERE id = $1", id, to_text(way));
}

void set_objects(db::Write& write, HouseholdId id) {
  write.run("UPDATE ballot_household SET objects = 1 WHERE id = $1", id);
}

std::int64_t count_way(db::Read& read, BallotId id, Way way) {
  return number_in(read.one(
      "SELECT count(*) FROM ballot_household WHERE ballot_id = $1 AND way = $2",
      [](const db::Row& row) { return row.integer(0); }, id, to_text(way)));
}

std::int64_t count_objects(db::Read& read, BallotId id) {
  return number_in(read.one(
      "SELECT count(*) FROM ballot_household WHERE ballot_id = $1 AND objects = 1 "
      "AND way IN ('online', 'paper')",
      [](const db::Row& row) { return row.integer(0); }, id));
}

std::int64_t count_slips(db::Read& read, BallotId id) {
  return number_in(read.one(
      "SELECT count(DISTINCT household_id) FROM ballot_slip WHERE ballot_id = $1",
      [](const db::Row& row) { return row.integer(0); }, id));
}

std::vector<Household> without_slip(db::Read& read, BallotId id, std::int64_t limit) {
  return read.all(
      "SELECT * FROM ballot_household h WHERE h.ballot_id = $1 AND h.way <> 'removed' "
      "AND NOT EXISTS (SELECT 1 FROM ballot_slip s WHERE s.household_id = h.id) "
      "ORDER BY h.id LIMIT $2",
      to_household, id, limit);
}

void insert_slip(db::Write& write, const Slip& slip) {
  write.run(
      "INSERT INTO ballot_slip (ballot_id, household_id, code, citizen_key) "
      "VALUES ($1, $2, $3, $4)",
      slip.ballot, slip.household.id, slip.code, as_blob(slip.citizen_key));
}

void end_slips(db::Write& write, HouseholdId id) {
  write.run("UPDATE ballot_slip SET is_valid = 0 WHERE household_id = $1", id);
}

std::optional<Slip> find_slip(db::Read& read, const Code& code) {
  return read.one(
      "SELECT h.id, h.ballot_id, h.number, h.way, h.objects, s.code, s.citizen_key, s.is_valid "
      "FROM ballot_slip s JOIN ballot_household h ON h.id = s.household_id WHERE s.code = $1",
      [](const db::Row& row) {
        return Slip{.code = row.text(5),
                    .citizen_key = row.text(6),
                    .ballot = row.id<BallotId>(1),
                    .is_valid = row.flag(7),
                    .household = to_household(row)};
      },
      code.text());
}

void insert(db::Write& write, BallotId id, const Vote& vote) {
  write.run("INSERT INTO ballot_vote (ballot_id, question, mark, choice) VALUES ($1, $2, $3, $4)",
            id, vote.question, vote.mark, vote.choice);
}

std::vector<Vote> votes_of(db::Read& read, BallotId id) {
  auto all = read.all(
      "SELECT question, mark, choice FROM ballot_vote WHERE ballot_id = $1 "
      "ORDER BY question, mark",
      [](const db::Row& row) { return Vote{row.integer(0), row.text(1), row.integer(2)}; }, id);
  std::ranges::sort(all);  // whatever order of letters the server has
  return all;
}

void forget_votes(db::Write& write, BallotId id) {
  write.run("DELETE FROM ballot_vote WHERE ballot_id = $1", id);
  forget_tallies(write, id);
}

void rewrite(db::Write& write, BallotId id) {
  const auto votes = votes_of(write, id);
  write.run("DELETE FROM ballot_vote WHERE ballot_id = $1", id);
  for (const Vote& each : votes) insert(write, id, each);
  const auto households = write.all(
      "SELECT * FROM ballot_household WHERE ballot_id = $1 ORDER BY id", to_household, id);
  // One after the other: the new rows lie in the order of the list.
  for (const Household& each : households)
    write.run("UPDATE ballot_household SET way = way WHERE id = $1", each.id);
}

void save_tally(db::Write& write, BallotId id, const Tally& tally) {
  write.run(
      "INSERT INTO ballot_tally (ballot_id, account_id, counts) VALUES ($1, $2, $3) "
      "ON CONFLICT (ballot_id, account_id) DO UPDATE SET counts = excluded.counts",
      id, tally.account, tally.counts);
}

std::vector<Tally> tallies_of(db::Read& read, BallotId id) {
  return read.all(
      "SELECT account_id, counts FROM ballot_tally WHERE ballot_id = $1 ORDER BY account_id",
      [](const db::Row& row) { return Tally{row.integer(0), row.text(1)}; }, id);
}

void forget_tallies(db::Write& write, BallotId id) {
  write.run("DELETE FROM ballot_tally WHERE ballot_id = $1", id);
}

void insert(db::Write& write, BallotId id, const Event& event) {
  write.run(
      "INSERT INTO ballot_event (ballot_id, at, what, words, line) VALUES ($1, $2, $3, $4, $5)", id,
      event.at, to_text(event.what), event.words, event.line);
}

std::vector<Event> events_of(db::Read& read, BallotId id) {
  return read.all(
      "SELECT at, what, words, line FROM ballot_event WHERE ballot_id = $1 ORDER BY id",
      [](const db::Row& row) {
        return Event{row.instant(0), understood(from_word(all_happenings, row.view(1))),
                     row.text(2), row.integer(3)};
      },
      id);
}

}  // namespace ln::ballot
