#include "feature/dialogue/dialogue_store.h"

#include "base/text.h"

namespace ln::dialogue {
namespace {

template <class T>
T sure(const std::optional<T>& value) {
  if (!value) throw db::Failure("unknown word in a dialogue");
  return *value;
}

Dialogue to_dialogue(const db::Row& row) {
  return {.id = row.id<DialogueId>(0),
          .unit = row.id<units::UnitId>(1),
          .unit_path = row.text(2),
          .topic_vi = row.text(3),
          .topic_en = row.text(4),
          .summary = row.text(5),
          .leader = row.text(6),
          .place = row.text(7),
          .stream = row.text(8),
          .closes_at = row.instant(9),
          .starts_at = row.instant(10),
          .stage = sure(from_word(all_stages, row.view(11))),
          .minutes = row.integer(12),
          .created_by = row.integer(13),
          .created_at = row.instant(14),
          .revision = row.integer(15)};
}

// "120 45", as dialogue_question keeps it.
std::vector<std::int64_t> to_sizes(std::string_view text) {
  std::vector<std::int64_t> sizes;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    sizes.push_back(sure(parse_number(text.substr(0, end))));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return sizes;
}

Question to_question(const db::Row& row) {
  return {.id = row.id<QuestionId>(0),
          .dialogue = row.id<DialogueId>(1),
          .code = sure(std::optional(Code::parse(row.view(2)))),
          .citizen_key = row.text(3),
          .body = row.text(4),
          .in_english = row.view(5) == "en",
          .way = sure(from_word(all_ways, row.view(6))),
          .wants_to_speak = row.flag(7),
          .state = sure(from_word(all_sights, row.view(8))),
          .reason = from_word(all_hide_reasons, row.view(9)),
          .merged_into = row.id<QuestionId>(10),
          .turn = sure(from_word(all_turns, row.view(11))),
          .answer = row.text(12),
          .answered_at = row.maybe_instant(13),
          .support_count = row.integer(14),
          .taken_by = row.integer(15),
          .asked_at = row.instant(16),
          .revision = row.integer(17),
          .support_networks = to_sizes(row.view(18)),
          .support_ranked = row.integer(19)};
}

}  // namespace

DialogueId insert(db::Write& write, const Dialogue& d) {
  return *write.returning(
      "INSERT INTO dialogue (unit_id, unit_path, topic_vi, topic_en, summary, leader, place, "
      "stream, closes_at, starts_at, stage, created_by, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
      [](const db::Row& row) { return row.id<DialogueId>(0); }, d.unit, d.unit_path, d.topic_vi,
      d.topic_en, d.summary, d.leader, d.place, d.stream, d.closes_at, d.starts_at,
      to_text(d.stage), d.created_by, d.created_at);
}

bool save(db::Write& write, const Dialogue& d) {
  return write.run(
             "UPDATE dialogue SET stage = $3, minutes = $4, revision = revision + 1 "
             "WHERE id = $1 AND revision = $2",
             d.id, d.revision, to_text(d.stage), d.minutes) == 1;
}

std::optional<Dialogue> find(db::Read& read, DialogueId id) {
  return read.one("SELECT * FROM dialogue WHERE id = $1", to_dialogue, id);
}

std::vector<Dialogue> dialogues_before(db::Read& read, std::int64_t before, std::int64_t limit) {
  return read.all("SELECT * FROM dialogue WHERE id < $1 OR $1 = 0 ORDER BY id DESC LIMIT $2",
                  to_dialogue, before, limit);
}

std::vector<Dialogue> in_stage(db::Read& read, Stage stage, std::int64_t limit) {
  if (stage == Stage::announced || stage == Stage::live)
    return read.all("SELECT * FROM dialogue WHERE stage = $1 ORDER BY starts_at, id LIMIT $2",
                    to_dialogue, to_text(stage), limit);
  return read.all("SELECT * FROM dialogue WHERE stage = $1 ORDER BY starts_at DESC, id LIMIT $2",
                  to_dialogue, to_text(stage), limit);
}

QuestionId insert(db::Write& write, const Question& q) {
  return *write.returning(
      "INSERT INTO dialogue_question (dialogue_id, code, citizen_key, body, language, way, "
      "wants_to_speak, state, turn, taken_by, asked_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, 'shown', 'waiting', $8, $9) RETURNING id",
      [](const db::Row& row) { return row.id<QuestionId>(0); }, q.dialogue, q.code->text(),
      db::Blob{as_bytes(q.citizen_key)}, q.body, q.in_english ? "en" : "vi", to_text(q.way),
      q.wants_to_speak ? 1 : 0, q.taken_by, q.asked_at);
}

bool save(db::Write& write, const Question& q) {
  return write.run(
             "UPDATE dialogue_question SET body = $3, state = $4, reason = $5, merged_into = $6, "
             "turn = $7, answer = $8, answered_at = $9, revision = revision + 1 "
             "WHERE id = $1 AND revision = $2",
             q.id, q.revision, q.body, to_text(q.state),
             q.reason ? to_text(*q.reason) : std::string_view(), q.merged_into, to_text(q.turn),
             q.answer, q.answered_at) == 1;
}

std::optional<Question> find_question(db::Read& read, const Code& code) {
  return read.one("SELECT * FROM dialogue_question WHERE code = $1", to_question, code.text());
}

std::optional<Question> find_question(db::Read& read, QuestionId id) {
  return read.one("SELECT * FROM dialogue_question WHERE id = $1", to_question, id);
}

std::vector<Question> questions_of(db::Read& read, DialogueId id) {
  return questions_of(read, id, 0, questions_max);
}

std::vector<Question> questions_of(db::Read& read,
                                   DialogueId id,
                                   std::int64_t from,
                                   std::int64_t limit) {
  return read.all(
      "SELECT * FROM dialogue_question WHERE dialogue_id = $1 AND merged_into = 0 "
      "ORDER BY CASE turn WHEN 'now' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END, "
      "support_ranked DESC, support_count DESC, id LIMIT $2 OFFSET $3",
      to_question, id, limit, from);
}

std::map<std::int64_t, std::vector<Question>> merged_in(db::Read& read, DialogueId id) {
  std::map<std::int64_t, std::vector<Question>> by_root;
  read.each(
      "SELECT * FROM dialogue_question WHERE dialogue_id = $1 AND merged_into <> 0 ORDER BY id",
      [&](const db::Row& row) {
        Question question = to_question(row);
        by_root[question.merged_into.value].push_back(std::move(question));
      },
      id);
  return by_root;
}

std::vector<Question> merged_into(db::Read& read, QuestionId root) {
  // By the session as well, as the index goes by it first.
  return read.all(
      "SELECT * FROM dialogue_question WHERE merged_into = $1 AND dialogue_id = "
      "(SELECT dialogue_id FROM dialogue_question WHERE id = $1) ORDER BY id",
      to_question, root);
}

void move_merged(db::Write& write, QuestionId from, QuestionId to) {
  write.run("UPDATE dialogue_question SET merged_into = $2 WHERE merged_into = $1", from, to);
}

void clear_now(db::Write& write, DialogueId id) {
  write.run(
      "UPDATE dialogue_question SET turn = 'waiting', revision = revision + 1 "
      "WHERE dialogue_id = $1 AND turn = 'now'",
      id);
}

Counts counts_of(db::Read& read, DialogueId id) {
  Counts counts;
  read.each(
      "SELECT state, turn, CASE WHEN merged_into = 0 THEN 0 ELSE 1 END AS joined, count(*) "
      "FROM dialogue_question WHERE dialogue_id = $1 GROUP BY 1, 2, 3",
      [&](const db::Row& row) {
        const std::int64_t count = row.integer(3);
        counts.all += count;
        if (row.view(0) == "hidden") counts.hidden += count;
        if (row.view(0) == "withdrawn") counts.withdrawn += count;
        if (row.integer(2) != 0)
          counts.merged += count;
        else if (row.view(1) == "answered")
          counts.answered += count;
        else if (row.view(0) == "shown")
          counts.waiting += count;
      },
      id);
  return counts;
}

void insert(db::Write& write, const Minutes& m) {
  write.run(
      "INSERT INTO dialogue_minutes (dialogue_id, number, text, proposed_at, contest_until) "
      "VALUES ($1, $2, $3, $4, $5)",
      m.dialogue, m.number, m.text, m.proposed_at, m.contest_until);
}

void approve(db::Write& write, DialogueId id, std::int64_t number, Instant at) {
  write.run("UPDATE dialogue_minutes SET approved_at = $3 WHERE dialogue_id = $1 AND number = $2",
            id, number, at);
}

std::optional<Minutes> find_minutes(db::Read& read, DialogueId id, std::int64_t number) {
  return read.one(
      "SELECT text, proposed_at, contest_until, approved_at FROM dialogue_minutes "
      "WHERE dialogue_id = $1 AND number = $2",
      [&](const db::Row& row) {
        return Minutes{.dialogue = id,
                       .number = number,
                       .text = row.text(0),
                       .proposed_at = row.instant(1),
                       .contest_until = row.day(2),
                       .approved_at = row.maybe_instant(3)};
      },
      id, number);
}

void insert(db::Write& write, const Contest& c) {
  write.run(
      "INSERT INTO dialogue_contest (dialogue_id, number, question_id, body, contested_at, line) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      c.dialogue, c.number, c.question, c.body, c.contested_at, c.line);
}

void answer(db::Write& write, const Contest& c) {
  write.run("UPDATE dialogue_contest SET answer = $2, answered_at = $3 WHERE id = $1", c.id,
            c.answer, c.answered_at);
}

namespace {
Contest to_contest(const db::Row& row) {
  return {.id = row.id<ContestId>(0),
          .dialogue = row.id<DialogueId>(1),
          .number = row.integer(2),
          .question = row.id<QuestionId>(3),
          .body = row.text(4),
          .contested_at = row.instant(5),
          .line = row.integer(6),
          .answer = row.text(7),
          .answered_at = row.maybe_instant(8)};
}
}  // namespace

std::vector<Contest> contests_of(db::Read& read, DialogueId id) {
  return read.all("SELECT * FROM dialogue_contest WHERE dialogue_id = $1 ORDER BY id", to_contest,
                  id);
}

std::optional<Contest> find_contest(db::Read& read, ContestId id) {
  return read.one("SELECT * FROM dialogue_contest WHERE id = $1", to_contest, id);
}

void insert(db::Write& write, DialogueId id, const Event& event) {
  write.run(
      "INSERT INTO dialogue_event (dialogue_id, at, what, words, line) "
      "VALUES ($1, $2, $3, $4, $5)",
      id, event.at, to_text(event.what), event.words, event.line);
}

std::vector<Event> events_of(db::Read& read, DialogueId id) {
  return read.all(
      "SELECT at, what, words, line FROM dialogue_event WHERE dialogue_id = $1 ORDER BY id",
      [](const db::Row& row) {
        return Event{row.instant(0), sure(from_word(all_happenings, row.view(1))), row.text(2),
                     row.integer(3)};
      },
      id);
}

namespace {
Promise to_promise(const db::Row& row) {
  return {.id = row.integer(0),
          .question_id = row.integer(1),
          .text = row.text(2),
          .due_on = row.day(3),
          .state = row.text(4),
          .was_broken = !row.is_null(5)};
}
}  // namespace

std::vector<Promise> promises_of(db::Read& read, DialogueId id) {
  return read.all(
      "SELECT id, question_id, text, due_on, state, broken_at FROM commitment "
      "WHERE source = 'dialogue' AND source_id = $1 ORDER BY id",
      to_promise, id);
}

std::map<std::int64_t, std::string> codes_of_promised(db::Read& read, DialogueId id) {
  std::map<std::int64_t, std::string> codes;
  read.each(
      "SELECT q.id, q.code FROM commitment c JOIN dialogue_question q ON q.id = c.question_id "
      "WHERE c.source = 'dialogue' AND c.source_id = $1 AND q.dialogue_id = $1 "
      "AND q.merged_into = 0",
      [&](const db::Row& row) { codes[row.integer(0)] = row.text(1); }, id);
  return codes;
}

std::vector<Promise> broken_promises(db::Read& read,
                                     const Dialogue& dialogue,
                                     Day today,
                                     std::int64_t limit) {
  const auto [from, to] = units::subtree_range(dialogue.unit_path);
  return read.all(
      "SELECT id, question_id, text, due_on, state, broken_at FROM commitment "
      "WHERE source = 'dialogue' AND unit_path >= $1 AND unit_path < $2 AND source_id <> $3 "
      "AND (state = 'broken' OR (state IN ('proposed','open') AND due_on < $4)) "
      "ORDER BY due_on, id LIMIT $5",
      to_promise, from, to, dialogue.id, today, limit);
}

}  // namespace ln::dialogue
