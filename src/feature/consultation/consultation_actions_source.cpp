#include "feature/consultation/consultation_actions_source.h"

#include <map>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/people/people_code.h"
#include "core/units/units_store.h"
#include "engine/merkle/merkle.h"
#include "feature/consultation/consultation_store_source.h"

namespace ln::consultation {
namespace {

constexpr std::size_t told_chars = 60;

ledger::Subject subject_of_source(SourceId id) { return {"consultation_source", id.value}; }

PreparedImport::Row prepared_row(
    const Source& source, std::int64_t version, const ImportRow& row, Random& random, Instant now) {
  Comment comment{.consultation = source.consultation,
                  .code = Code::draw(random),
                  .version = version,
                  .clause = row.clause,
                  .clause_now = row.clause,
                  .body = row.body,
                  .wording = row.wording,
                  .sent_at = at_local(source.received_on),
                  .changed_at = now,
                  .channel = Channel::imported,
                  .said_by = source.name};
  Prepared prepared{.comment = std::move(comment), .spare_code = Code::draw(random)};
  prepared.secret = people::draw_secret(random);
  prepared.public_key = people::Citizen(prepared.secret).key().public_key();
  prepared.comment.citizen_key = as_text(prepared.public_key);
  prepared.case_key = ledger::draw_case_key(random);
  prepared.salts = ledger::draw(random);
  return {.row = row, .prepared = std::move(prepared), .likeness = likeness_of(row)};
}

// Says in the source's own chain that it is there, and which comments came from it.
void record_source(db::Write& write,
                   const EditAct& act,
                   const PreparedImport& import,
                   const Source& source,
                   const std::string& codes) {
  const bool is_new = import.source.id.value == 0;
  const std::string statement =
      source_statement(source) + "\n" + to_hex(merkle::sha256(as_bytes(codes)));
  const auto appended =
      ledger::append(write,
                     {.event = is_new ? ledger::Event::received : ledger::Event::accepted,
                      .subject = subject_of_source(source.id),
                      .at = act.now,
                      .party = ledger::Party::office,
                      .actor_id = act.officer.id().value,
                      .unit = is_new ? std::string_view(import.unit_code) : std::string_view(),
                      .topic = to_text(source.kind),
                      .body = statement,
                      .case_key = is_new ? &import.draws.case_key : nullptr},
                     import.draws.salts);
  // The office signs nothing here, and nobody erases a source.
  if (!appended.ok()) throw db::Failure("the ledger refused a source");
}

Comment insert_imported(db::Write& write,
                        const EditAct& act,
                        const PreparedImport& import,
                        const PreparedImport::Row& row,
                        SourceId source) {
  Comment comment = row.prepared.comment;
  if (write.is_again()) comment.code = row.prepared.spare_code;
  comment.source = source.value;
  comment.id = insert(write, comment);
  insert(write, ImportedRow{.comment = comment.id,
                            .consultation = comment.consultation,
                            .line = static_cast<std::int64_t>(row.row.line),
                            .author = row.row.author,
                            .likeness = row.likeness});
  const std::string statement = statement_of(comment);
  const auto appended = ledger::append(write,
                                       {.event = ledger::Event::received,
                                        .subject = {"consultation_comment", comment.id.value},
                                        .at = act.now,
                                        .party = ledger::Party::office,
                                        .actor_id = act.officer.id().value,
                                        .unit = import.unit_code,
                                        .topic = to_text(Channel::imported),
                                        .body = statement,
                                        .case_key = &row.prepared.case_key,
                                        .registers = row.prepared.public_key},
                                       row.prepared.salts);
  if (!appended.ok()) throw db::Failure("the ledger refused an imported comment");
  return comment;
}

}  // namespace

void refuse_equal(db::Read& read, ConsultationId id, ImportRows& rows, bool takes_equal) {
  if (takes_equal) return;
  std::map<std::string, std::size_t> seen;
  std::vector<ImportRow> kept;
  for (ImportRow& each : rows.rows) {
    const std::string likeness = likeness_of(each);
    const bool is_in = imported_like(read, id, likeness).has_value();
    if (!is_in && seen.emplace(likeness, each.line).second) {
      kept.push_back(std::move(each));
      continue;
    }
    rows.refused.push_back(
        {each.line, std::string(first_chars(each.body, told_chars)),
         is_in ? "consultation.error.row_in"_t : "consultation.error.row_twice"_t});
  }
  rows.rows = std::move(kept);
}

Result<PreparedImport> prepare_import(db::Read& read,
                                      const EditAct& act,
                                      const Source& source,
                                      const ImportRows& rows,
                                      bool takes_equal,
                                      Random& random) {
  TRY(const Consultation c, undecided(read, act, source.consultation));
  if (source.id.value == 0 && source_count(read, c.id) >= sources_max)
    return Error{ErrorKind::conflict, "consultation.error.sources"_t};
  if (source.id.value != 0) {
    const auto there = find_source(read, source.id);
    if (!there || there->consultation != c.id || there->kind == SourceKind::invited)
      return Error{ErrorKind::not_found, "consultation.error.none"_t};
  }
  PreparedImport prepared{.source = source,
                          .draws = draw_issue(random),
                          .version = c.version,
                          .takes_equal = takes_equal};
  if (const auto unit = units::find(read, c.unit)) prepared.unit_code = unit->code;
  for (const ImportRow& each : rows.rows)
    prepared.rows.push_back(prepared_row(source, c.version, each, random, act.now));
  return prepared;
}

Result<Imported> import_rows(db::Write& write, const EditAct& act, const PreparedImport& prepared) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY(const Consultation c, undecided(write, act, prepared.source.consultation));
  if (c.version != prepared.version)
    return Error{ErrorKind::conflict, "consultation.error.new_version"_t};
  for (const PreparedImport::Row& each : prepared.rows)
    if (!prepared.takes_equal && imported_like(write, c.id, each.likeness))
      return Error{ErrorKind::conflict, "consultation.error.row_in"_t};
  Source source = prepared.source;
  if (source.id.value == 0) {
    source.added_by = act.officer.id().value;
    source.added_at = act.now;
    source.id = insert(write, source);
  }
  Imported done{.source = source.id};
  std::string codes;
  for (const PreparedImport::Row& each : prepared.rows) {
    const Comment comment = insert_imported(write, act, prepared, each, source.id);
    codes += comment.code->text() + "\n";
    ++done.count;
    if (!each.row.address.empty())
      done.letters.push_back({each.row.line, comment.code->text(), each.prepared.secret});
  }
  record_source(write, act, prepared, source, codes);
  return done;
}

}  // namespace ln::consultation
