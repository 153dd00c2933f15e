#include "feature/consultation/consultation_actions.h"

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/units/units_store.h"
#include "engine/merkle/merkle.h"
#include "engine/text/text.h"
#include "engine/text/text_typed.h"
#include "feature/consultation/consultation_actions_token.h"
#include "feature/consultation/consultation_store_answer.h"
#include "feature/consultation/consultation_store_tally.h"

namespace ln::consultation {
namespace {

constexpr std::int64_t closed_at_once = 20;

Error changed_meanwhile() { return {ErrorKind::conflict, "consultation.error.changed"_t}; }

// The consultation for an editor of it; to everybody else it is not there.
Result<Consultation> load_for(db::Read& read, const EditAct& act, ConsultationId id) {
  auto found = find(read, id);
  if (!found || !may_edit(act.officer, found->unit_path))
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  if (found->revision != act.revision) return changed_meanwhile();
  if (find_decision(read, id)) return Error{ErrorKind::conflict, "consultation.error.decided"_t};
  return *std::move(found);
}

void check_chars(FieldErrors& errors,
                 std::string_view field,
                 const std::string& text,
                 std::pair<std::size_t, std::size_t> limits,
                 std::pair<TextKey, TextKey> wrong) {
  const std::size_t chars = count_chars(text);
  if (chars < limits.first) errors.add(field, wrong.first);
  if (chars > limits.second) errors.add(field, wrong.second);
}

Version version_of(ConsultationId id, std::int64_t number, const Checked& checked, Instant now) {
  return {.consultation = id,
          .number = number,
          .text = checked.text,
          .hash = std::string(as_text(merkle::sha256(as_bytes(checked.text)))),
          .note = checked.typed.note,
          .created_at = now};
}

ledger::ConsultationFact fact_of(const Consultation& c,
                                 const Version& version,
                                 std::string_view what,
                                 std::int64_t comments,
                                 Instant now) {
  const auto hash = merkle::to_hash(version.hash);
  CHECK(hash.has_value());
  return {.at = now,
          .what = std::string(what),
          .consultation = c.id.value,
          .version = version.number,
          .comments = comments,
          .closes = *c.closes_on,
          .text = *hash};
}

// Says a version to everybody and notes where.
Result<Done> announce(
    db::Write& write, const Consultation& c, Version version, std::string_view what, Instant now) {
  const std::int64_t comments = comment_count(write, c.id);
  TRY(version.line, ledger::announce(write, fact_of(c, version, what, comments, now)));
  version.published_at = now;
  note_published(write, version);
  return Done{};
}

Result<Version> must_have(db::Read& read, ConsultationId id, std::int64_t number) {
  auto found = find_version(read, id, number);
  if (!found) return Error{ErrorKind::conflict, "consultation.error.no_version"_t};
  return *std::move(found);
}

// Everybody can be asked about it: it has articles.
Result<draft::Draft> readable(const Version& version) {
  auto draft = draft::parse(draft::split(version.text));
  if (!draft || draft->count(draft::Level::article) == 0)
    return Error{ErrorKind::invalid,
                 "consultation.error.no_article"_t,
                 {{"text", "consultation.error.no_article"_t}}};
  return *std::move(draft);
}

}  // namespace

bool may_edit(const people::Officer& officer, std::string_view unit_path) {
  return officer.may(people::Role::head, unit_path);
}

Result<Checked> check(const Typed& typed) {
  Checked checked;
  FieldErrors errors;
  Typed& t = checked.typed;
  t = {typed.kind,
       text::tidied(typed.title_vi),
       text::tidied(typed.title_en),
       text::tidied(typed.summary_vi),
       text::tidied(typed.summary_en),
       {},
       text::tidied(typed.note)};
  if (period_of(t.kind) == nullptr) errors.add("kind", "consultation.error.kind"_t);
  const std::pair title{title_chars_min, title_chars_max};
  check_chars(errors, "title_vi", t.title_vi, title,
              {"consultation.error.title_short"_t, "consultation.error.title_long"_t});
  check_chars(errors, "title_en", t.title_en, {0, title_chars_max},
              {{}, "consultation.error.title_long"_t});
  check_chars(errors, "summary_vi", t.summary_vi, {summary_chars_min, summary_chars_max},
              {"consultation.error.summary_short"_t, "consultation.error.summary_long"_t});
  check_chars(errors, "summary_en", t.summary_en, {0, summary_chars_max},
              {{}, "consultation.error.summary_long"_t});
  check_chars(errors, "note", t.note, {0, note_chars_max}, {{}, "consultation.error.note_long"_t});
  const auto paragraphs = draft::paragraphs_of(text::to_nfc(typed.text));
  auto draft = draft::parse(paragraphs);
  if (paragraphs.empty())
    errors.add("text", "consultation.error.text_empty"_t);
  else if (!draft)
    errors.add("text", "consultation.error.text_long"_t);
  if (!errors.empty()) return errors.take();
  checked.text = draft::joined(paragraphs);
  checked.draft = *std::move(draft);
  return checked;
}

Result<Consultation> create(db::Write& write,
                            const EditAct& act,
                            const units::Unit& unit,
                            const Typed& typed) {
  if (!may_edit(act.officer, unit.path))
    return Error{ErrorKind::forbidden, "consultation.error.not_editor"_t};
  TRY(const Checked checked, check(typed));
  const Typed& t = checked.typed;
  Consultation c{.unit = unit.id,
                 .unit_path = unit.path,
                 .kind = t.kind,
                 .title_vi = t.title_vi,
                 .title_en = t.title_en,
                 .summary_vi = t.summary_vi,
                 .summary_en = t.summary_en,
                 .created_by = act.officer.id().value,
                 .created_at = act.now};
  c.id = insert(write, c);
  put_version(write, version_of(c.id, 1, checked, act.now));
  return c;
}

Result<Consultation> change(db::Write& write,
                            const EditAct& act,
                            ConsultationId id,
                            const Typed& typed) {
  TRY(Consultation c, load_for(write, act, id));
  TRY(const Checked checked, check(typed));
  if (c.version >= versions_max) return Error{ErrorKind::conflict, "consultation.error.versions"_t};
  if (c.stage == Stage::editing) {
    const Typed& t = checked.typed;
    c.kind = t.kind;
    c.title_vi = t.title_vi;
    c.title_en = t.title_en;
    c.summary_vi = t.summary_vi;
    c.summary_en = t.summary_en;
  } else {
    TRY([[maybe_unused]] const draft::Draft draft,
        readable(version_of(id, c.version + 1, checked, act.now)));
  }
  if (!save(write, c)) return changed_meanwhile();
  put_version(write, version_of(id, c.version + 1, checked, act.now));
  ++c.revision;
  return c;
}

Result<Consultation> open(db::Write& write, const EditAct& act, ConsultationId id, Day closes_on) {
  TRY(Consultation c, load_for(write, act, id));
  if (c.stage != Stage::editing) return changed_meanwhile();
  TRY([[maybe_unused]] const Done fits, check_period(c.kind, local_day(act.now), closes_on));
  TRY(const Version version, must_have(write, id, 1));
  TRY([[maybe_unused]] const draft::Draft draft, readable(version));
  c.stage = Stage::open;
  c.version = 1;
  c.opened_at = act.now;
  c.closes_on = closes_on;
  TRY([[maybe_unused]] const Done said, announce(write, c, version, "opened", act.now));
  if (!save(write, c)) throw db::Failure("a consultation changed under its editor");
  ++c.revision;
  return c;
}

Result<Consultation> publish_version(db::Write& write, const EditAct& act, ConsultationId id) {
  TRY(Consultation c, load_for(write, act, id));
  // After the last day too: what was accepted is written into the version that is decided on.
  if (c.stage == Stage::editing) return changed_meanwhile();
  TRY(const Version before, must_have(write, id, c.version));
  TRY(const Version after, must_have(write, id, c.version + 1));
  TRY(const draft::Draft old_draft, readable(before));
  TRY(const draft::Draft new_draft, readable(after));
  c.version = after.number;
  TRY([[maybe_unused]] const Done said, announce(write, c, after, "version", act.now));
  if (!save(write, c)) throw db::Failure("a consultation changed under its editor");
  const auto matches = draft::matches_of(old_draft, new_draft);
  move_comments(write, id, matches);
  move_issues(write, id, matches);
  ++c.revision;
  return c;
}

Result<Consultation> extend(db::Write& write,
                            const EditAct& act,
                            ConsultationId id,
                            Day closes_on) {
  TRY(Consultation c, load_for(write, act, id));
  if (!c.takes_comments(act.now)) return Error{ErrorKind::conflict, "consultation.error.closed"_t};
  if (closes_on <= *c.closes_on)
    return Error{ErrorKind::invalid,
                 "consultation.error.only_later"_t,
                 {{"closes_on", "consultation.error.only_later"_t}}};
  TRY([[maybe_unused]] const Done fits, check_period(c.kind, local_day(*c.opened_at), closes_on));
  TRY(const Version version, must_have(write, id, c.version));
  c.closes_on = closes_on;
  const std::int64_t comments = comment_count(write, id);
  TRY([[maybe_unused]] const std::int64_t line,
      ledger::announce(write, fact_of(c, version, "extended", comments, act.now)));
  if (!save(write, c)) throw db::Failure("a consultation changed under its editor");
  ++c.revision;
  return c;
}

std::int64_t close_due(db::Database& database, Instant now) {
  const auto due = database.read(
      [&](db::Read& read) { return due_to_close(read, local_day(now), closed_at_once); });
  std::int64_t count = 0;
  for (const Consultation& each : due) {
    if (!ledger::may_write().ok()) break;  // It would be refused after all comments were read.
    // A line that says for ever how many there were rests on no kept count. Apart from it, because
    // the line may be refused, and whoever may be refused has written nothing.
    if (!database.read([&](db::Read& read) { return is_well_tallied(read, each.id); })) {
      log::write(log::Level::error, "counts_drifted", {{"draft", each.id.value}});
      const auto counted = database.write([&](db::Write& write) -> Result<Done> {
        tally_anew(write, each.id);
        return Done{};
      });
      if (!counted.ok()) continue;
    }
    const auto done = database.write([&](db::Write& write) -> Result<Done> {
      auto c = find(write, each.id);
      if (!c || c->stage != Stage::open || c->takes_comments(now)) return changed_meanwhile();
      TRY(const Version version, must_have(write, c->id, c->version));
      const std::int64_t comments = comment_count(write, c->id);
      TRY([[maybe_unused]] const std::int64_t line,
          ledger::announce(write, fact_of(*c, version, "closed", comments, now)));
      TRY([[maybe_unused]] const Done ended, close_tokens(write, *c, now));
      c->stage = Stage::closed;
      c->closed_at = now;
      if (!save(write, *c)) throw db::Failure("a consultation changed while it was closed");
      return Done{};
    });
    count += done.ok() ? 1 : 0;
  }
  return count;
}

}  // namespace ln::consultation
