#include "feature/feedback/feedback_store.h"

#include <algorithm>

#include "core/ledger/ledger_store.h"
#include "feature/feedback/feedback_store_row.h"
#include "platform/db/ids.h"

namespace ln::feedback {
namespace {

// A case stays for ever, whatever becomes of its text.
constexpr db::Ids feedback_ids("feedback");

// References that may be absent are NULL in SQL and 0 here.
std::optional<std::int64_t> null_if_zero(std::int64_t value) {
  return value == 0 ? std::nullopt : std::optional(value);
}
std::optional<std::string_view> null_if_empty(std::string_view value) {
  return value.empty() ? std::nullopt : std::optional(value);
}
std::int64_t zero_if_null(const db::Row& row, int column) {
  return row.maybe_integer(column).value_or(0);
}
std::string empty_if_null(const db::Row& row, int column) {
  return row.maybe_text(column).value_or("");
}
db::Blob blob(std::string_view bytes) { return {as_bytes(bytes)}; }

}  // namespace

Feedback feedback_from_row(const db::Row& row) {
  Feedback f{.code = *Code::parse(row.view(1))};
  f.id = row.id<FeedbackId>(0);
  f.citizen_key = row.text(2);
  f.kind = known(all_kinds, row.view(3));
  f.sender = known(all_senders, row.view(4));
  f.about = known(all_abouts, row.view(5));
  f.topic = TopicId{zero_if_null(row, 6)};
  f.unit = row.id<units::UnitId>(7);
  f.unit_path = row.text(8);
  f.object_unit = units::UnitId{zero_if_null(row, 9)};
  f.object_path = empty_if_null(row, 10);
  f.procedure_id = zero_if_null(row, 11);
  f.counter = row.text(12);
  f.dossier = row.text(13);
  f.place = row.text(14);
  if (!row.is_null(15)) f.happened_on = row.day(15);
  f.title = row.text(16);
  f.body = row.text(17);
  f.is_public = row.flag(18);
  f.is_protected = row.flag(19);
  f.in_english = row.view(20) == "en";
  f.state = known(all_states, row.view(21));
  f.officer_id = zero_if_null(row, 22);
  f.received_at = row.instant(23);
  f.due_at = row.instant(24);
  f.first_due_at = row.instant(25);
  f.accepted_at = row.maybe_instant(26);
  f.answered_at = row.maybe_instant(27);
  f.last_answered_at = row.maybe_instant(28);
  f.asked_at = row.maybe_instant(29);
  f.ask_count = static_cast<int>(row.integer(30));
  if (!row.is_null(31)) f.promised_on = row.day(31);
  f.closed_at = row.maybe_instant(32);
  f.closed_by = empty_if_null(row, 33);
  f.reopen_count = static_cast<int>(row.integer(34));
  f.contest_count = static_cast<int>(row.integer(35));
  f.transfer_count = static_cast<int>(row.integer(36));
  f.recurs_of = FeedbackId{zero_if_null(row, 37)};
  f.recurrence = static_cast<int>(row.integer(38));
  f.entered_by = zero_if_null(row, 39);
  f.published_at = row.maybe_instant(40);
  f.public_title = row.text(41);
  f.public_body = row.text(42);
  f.view_count = row.integer(43);
  f.revision = row.integer(44);
  f.erased_at = row.maybe_instant(45);
  if (!row.is_null(46)) f.erased_because = known(all_erased_because, row.view(46));
  f.calendar_revision = row.integer(47);
  f.extended_from = row.maybe_instant(48);
  f.extension_count = static_cast<int>(row.integer(49));
  if (!row.is_null(50)) f.held_as = petition::sort_of(row.view(50));
  f.urgent_at = row.maybe_instant(51);
  f.hours = row.text(52);
  if (!row.is_null(53))
    f.position = geo::Point{static_cast<std::int32_t>(row.integer(53)),
                            static_cast<std::int32_t>(row.integer(54))};
  return f;
}

// The columns stand in the order of the schema, and migrations only append.
std::optional<Feedback> find(db::Read& read, FeedbackId id) {
  return read.one("SELECT * FROM feedback WHERE id = $1", feedback_from_row, id);
}

std::optional<Feedback> find(db::Read& read, const Code& code) {
  return read.one("SELECT * FROM feedback WHERE code = $1", feedback_from_row, code.text());
}

FeedbackId insert(db::Write& write, const Feedback& f) {
  const FeedbackId id{feedback_ids.next(write)};
  write.run(
      "INSERT INTO feedback (id, code, citizen_key, kind, sender, about, topic_id, unit_id, "
      "unit_path, "
      "object_unit_id, object_path, procedure_id, counter, dossier, place, happened_on, title, "
      "body, is_public, is_protected, language, state, received_at, due_at, first_due_at, "
      "recurs_of, recurrence, entered_by, calendar_revision, hours, lat, lon) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, "
      "$19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)",
      id, f.code.text(), blob(f.citizen_key), to_text(f.kind), to_text(f.sender), to_text(f.about),
      null_if_zero(f.topic.value), f.unit, f.unit_path, null_if_zero(f.object_unit.value),
      null_if_empty(f.object_path), null_if_zero(f.procedure_id), f.counter, f.dossier, f.place,
      f.happened_on, f.title, f.body, f.is_public, f.is_protected, f.in_english ? "en" : "vi",
      to_text(f.state), f.received_at, f.due_at, f.first_due_at, null_if_zero(f.recurs_of.value),
      f.recurrence, null_if_zero(f.entered_by), f.calendar_revision, f.hours,
      f.position ? std::optional<std::int64_t>(f.position->lat) : std::nullopt,
      f.position ? std::optional<std::int64_t>(f.position->lon) : std::nullopt);
  return id;
}

bool save(db::Write& write, const Feedback& f) {
  return 1 == write.run(
                  "UPDATE feedback SET unit_id = $1, unit_path = $2, state = $3, officer_id = $4, "
                  "due_at = $5, accepted_at = $6, answered_at = $7, last_answered_at = $8, "
                  "asked_at = $9, ask_count = $10, promised_on = $11, closed_at = $12, "
                  "closed_by = $13, reopen_count = $14, contest_count = $15, transfer_count = $16, "
                  "published_at = $17, public_title = $18, public_body = $19, "
                  "calendar_revision = $20, extended_from = $21, extension_count = $22, "
                  "held_as = $25, urgent_at = $26, revision = revision + 1 WHERE id = $23 AND "
                  "revision = $24",
                  f.unit, f.unit_path, to_text(f.state), null_if_zero(f.officer_id), f.due_at,
                  f.accepted_at, f.answered_at, f.last_answered_at, f.asked_at, f.ask_count,
                  f.promised_on, f.closed_at, null_if_empty(f.closed_by), f.reopen_count,
                  f.contest_count, f.transfer_count, f.published_at, f.public_title, f.public_body,
                  f.calendar_revision, f.extended_from, f.extension_count, f.id, f.revision,
                  f.held_as ? std::optional(petition::to_text(*f.held_as)) : std::nullopt,
                  f.urgent_at);
}

std::string_view to_text(Audience audience) {
  switch (audience) {
    case Audience::public_: return "public";
    case Audience::holder: return "holder";
    case Audience::staff: return "staff";
  }
  return "";
}

void insert_event(db::Write& write, const Event& event) {
  write.run(
      "INSERT INTO feedback_event (feedback_id, event, at, party, officer_id, unit_id, text, "
      "reason, day, audience, ledger_index) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      event.feedback, event.event, event.at, event.party, null_if_zero(event.officer_id),
      null_if_zero(event.unit.value), event.text, event.reason, event.day, to_text(event.audience),
      event.ledger_index);
}

namespace {

// What waited for the batch of its hour did not know its line when it was written down. Entries and
// events were made in pairs, in one order; ratings stand in the ledger alone, notes here alone.
void add_lines(db::Read& read, FeedbackId id, std::vector<Event>& events) {
  const auto lacks = [](const Event& event) {
    return !event.ledger_index && event.event != "noted";
  };
  if (std::ranges::none_of(events, lacks)) return;
  const auto entries = ledger::entries_of(read, {"feedback", id.value});
  std::size_t next = 0;
  for (Event& event : events) {
    if (event.event == "noted") continue;
    while (next < entries.size() && ledger::to_text(entries[next].event) != event.event) ++next;
    if (next == entries.size()) return;
    const ledger::Stored& entry = entries[next++];
    event.joins_before = entry.before;
    if (!entry.before) event.ledger_index = entry.index();
  }
}

}  // namespace

std::vector<Event> events_of(db::Read& read, FeedbackId id) {
  auto events = read.all(
      "SELECT id, feedback_id, event, at, party, officer_id, unit_id, text, reason, day, audience, "
      "ledger_index FROM feedback_event WHERE feedback_id = $1 ORDER BY id",
      [](const db::Row& row) {
        Event event{.id = row.integer(0), .feedback = row.id<FeedbackId>(1), .event = row.text(2)};
        event.at = row.instant(3);
        event.party = row.text(4);
        event.officer_id = zero_if_null(row, 5);
        event.unit = units::UnitId{zero_if_null(row, 6)};
        event.text = row.text(7);
        event.reason = row.text(8);
        if (!row.is_null(9)) event.day = row.day(9);
        event.audience = row.view(10) == "public"   ? Audience::public_
                         : row.view(10) == "holder" ? Audience::holder
                                                    : Audience::staff;
        event.ledger_index = row.maybe_integer(11);
        return event;
      },
      id);
  add_lines(read, id, events);
  return events;
}

void insert_extra(db::Write& write,
                  FeedbackId id,
                  std::string_view question,
                  std::string_view answer) {
  // With the question as it is asked now: topics change.
  write.run(
      "INSERT INTO feedback_extra (feedback_id, question_code, answer, question_vi, question_en) "
      "VALUES ($1, $2, $3, "
      "coalesce((SELECT q.text_vi FROM feedback f JOIN feedback_topic t ON t.id = f.topic_id "
      "JOIN feedback_question q ON q.topic_code = t.code WHERE f.id = $1 AND q.code = $2), ''), "
      "coalesce((SELECT q.text_en FROM feedback f JOIN feedback_topic t ON t.id = f.topic_id "
      "JOIN feedback_question q ON q.topic_code = t.code WHERE f.id = $1 AND q.code = $2), ''))",
      id, question, answer);
}

std::vector<std::pair<std::string, std::string>> extras_of(db::Read& read, FeedbackId id) {
  return read.all(
      "SELECT question_code, answer FROM feedback_extra WHERE feedback_id = $1 "
      "ORDER BY question_code",
      [](const db::Row& row) { return std::pair(row.text(0), row.text(1)); }, id);
}

void insert_contact(db::Write& write, FeedbackId id, const Contact& contact) {
  write.run("INSERT INTO feedback_contact (feedback_id, plain, sealed) VALUES ($1, $2, $3)", id,
            null_if_empty(contact.plain), null_if_empty(contact.sealed));
}

void remove_contact(db::Write& write, FeedbackId id) {
  write.run("DELETE FROM feedback_contact WHERE feedback_id = $1", id);
}

std::vector<FeedbackId> contacts_not_needed(db::Read& read, Instant since, std::int64_t limit) {
  return read.all(
      "SELECT c.feedback_id FROM feedback_contact c JOIN feedback f ON f.id = c.feedback_id "
      "WHERE (f.state = 'closed' OR f.state = 'declined' OR f.state = 'redirected') "
      "AND (SELECT max(e.at) FROM feedback_event e WHERE e.feedback_id = f.id) < $1 "
      "ORDER BY c.feedback_id LIMIT $2",
      [](const db::Row& row) { return row.id<FeedbackId>(0); }, since, limit);
}

std::optional<Contact> contact_of(db::Read& read, FeedbackId id) {
  return read.one(
      "SELECT plain, sealed FROM feedback_contact WHERE feedback_id = $1",
      [](const db::Row& row) { return Contact{empty_if_null(row, 0), empty_if_null(row, 1)}; }, id);
}

void insert_opening(db::Write& write, FeedbackId id, const Opening& opening) {
  write.run(
      "INSERT INTO feedback_opening (feedback_id, account_id, reason, at, until) "
      "VALUES ($1, $2, $3, $4, $5)",
      id, opening.account_id, opening.reason, opening.at, opening.until);
}

std::vector<Opening> openings_of(db::Read& read, FeedbackId id) {
  return read.all(
      "SELECT account_id, reason, at, until FROM feedback_opening WHERE feedback_id = $1 "
      "ORDER BY id",
      [](const db::Row& row) {
        return Opening{row.integer(0), row.text(1), row.instant(2), row.instant(3)};
      },
      id);
}

// A letter and its parts are silent together: whoever is left out here would be refused by lapse(),
// again and again, and stand before those whose turn it is.
#define KEEPS_OPEN                                                                     \
  "c.erased_at IS NULL AND (c.state IN ('received', 'accepted', 'assigned', 'asked', " \
  "'reopened') OR c.last_answered_at > $1)) "

std::vector<FeedbackId> silent_since(db::Read& read, Instant at, std::int64_t limit) {
  return read.all(
      "SELECT id FROM feedback WHERE state = 'answered' AND last_answered_at <= $1 "
      "AND NOT EXISTS (SELECT 1 FROM feedback_part p JOIN feedback c ON c.id = p.feedback_id "
      "WHERE p.letter_id = feedback.id AND p.undone_at IS NULL AND " KEEPS_OPEN
      "AND NOT EXISTS (SELECT 1 FROM feedback_part m JOIN feedback c ON c.id = m.letter_id "
      "WHERE m.feedback_id = feedback.id AND " KEEPS_OPEN
      "AND NOT EXISTS (SELECT 1 FROM feedback_part m JOIN feedback_part p "
      "ON p.letter_id = m.letter_id JOIN feedback c ON c.id = p.feedback_id "
      "WHERE m.feedback_id = feedback.id AND p.undone_at IS NULL AND " KEEPS_OPEN
      "ORDER BY last_answered_at LIMIT $2",
      [](const db::Row& row) { return row.id<FeedbackId>(0); }, at, limit);
}

std::vector<FeedbackId> asked_before(db::Read& read, Instant at, std::int64_t limit) {
  // The words about other states let the engine use the index of what is open.
  return read.all(
      "SELECT id FROM feedback WHERE state = 'asked' AND state <> 'answered' "
      "AND state <> 'declined' AND state <> 'redirected' AND state <> 'closed' "
      "AND asked_at <= $1 ORDER BY asked_at LIMIT $2",
      [](const db::Row& row) { return row.id<FeedbackId>(0); }, at, limit);
}

// As the index of what is open says it; what was promised has a day of its own.
std::vector<FeedbackId> counted_before(db::Read& read,
                                       std::int64_t revision,
                                       FeedbackId after,
                                       std::int64_t limit) {
  return read.all(
      "SELECT id FROM feedback WHERE calendar_revision < $1 AND id > $2 AND state <> 'promised' "
      "AND state <> 'answered' AND state <> 'declined' AND state <> 'redirected' "
      "AND state <> 'closed' AND erased_at IS NULL ORDER BY id LIMIT $3",
      [](const db::Row& row) { return row.id<FeedbackId>(0); }, revision, after, limit);
}

void save_calendar(db::Write& write, FeedbackId id, std::int64_t revision) {
  write.run("UPDATE feedback SET calendar_revision = $1 WHERE id = $2 AND calendar_revision < $1",
            revision, id);
}

std::vector<Feedback> due_after(db::Read& read, Instant at, std::int64_t limit) {
  return read.all(
      "SELECT * FROM feedback WHERE due_at >= $1 AND state <> 'promised' AND state <> 'answered' "
      "AND state <> 'declined' AND state <> 'redirected' AND state <> 'closed' "
      "AND erased_at IS NULL ORDER BY due_at, id LIMIT $2",
      feedback_from_row, at, limit);
}

std::int64_t progress_of(db::Read& read, std::string_view job) {
  return read
      .one(
          "SELECT entry_id FROM feedback_progress WHERE job = $1",
          [](const db::Row& row) { return row.integer(0); }, job)
      .value_or(0);
}

void save_progress(db::Write& write, std::string_view job, std::int64_t entry_id) {
  write.run(
      "INSERT INTO feedback_progress (job, entry_id) VALUES ($1, $2) "
      "ON CONFLICT (job) DO UPDATE SET entry_id = excluded.entry_id",
      job, entry_id);
}

void add_views(db::Write& write, FeedbackId id, std::int64_t views) {
  write.run("UPDATE feedback SET view_count = view_count + $1 WHERE id = $2 AND erased_at IS NULL",
            views, id);
}

}  // namespace ln::feedback
