#include "core/units/units_store_procedures.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "base/check.h"
#include "core/units/units_store.h"
#include "engine/text/text.h"
#include "platform/db/recent.h"

namespace ln::units {
namespace {

#define PROCEDURE_COLUMNS                                                                \
  "p.id, p.code, p.valid_from, p.valid_to, p.name, p.name_en, p.field, p.handler_kind, " \
  "p.handler_code, p.time_count, p.time_kind, p.fee_dong, p.fee_note, p.source"
#define PROCEDURE_ON "p.valid_from <= $1 AND (p.valid_to IS NULL OR p.valid_to >= $1)"

Procedure procedure_of(const db::Row& row) {
  const auto time_kind = time_kind_of(row.view(10));
  const auto handler_kind = row.is_null(7) ? std::nullopt : kind_of(row.view(7));
  if (!time_kind || (!handler_kind && !row.is_null(7)))
    throw db::Failure("unit_procedure has an unknown word", db::Failure::Kind::corrupt);
  return {
      .id = row.id<ProcedureId>(0),
      .code = row.text(1),
      .valid_from = row.day(2),
      .valid_to = row.is_null(3) ? std::nullopt : std::optional(row.day(3)),
      .name = row.text(4),
      .name_en = row.text(5),
      .field = row.text(6),
      .handler_kind = handler_kind,
      .handler_code = row.is_null(8) ? "" : row.text(8),
      .time_count = row.is_null(9) ? std::nullopt : std::optional(static_cast<int>(row.integer(9))),
      .time_kind = *time_kind,
      .fee_dong = row.maybe_integer(11),
      .fee_note = row.text(12),
      .source = row.text(13)};
}

// The whole catalogue of a day: every page of an office asks for its part of it.
std::shared_ptr<const std::vector<Procedure>> catalogue(db::Read& read, Day day) {
  return db::recent(read, "procedures/" + to_iso(day), [&] {
    return std::make_shared<const std::vector<Procedure>>(
        read.all("SELECT " PROCEDURE_COLUMNS " FROM unit_procedure p WHERE " PROCEDURE_ON
                 " ORDER BY p.field, p.sort_key, p.id",
                 procedure_of, day));
  });
}

bool all_begin_words(std::string_view key, std::string_view query_key) {
  const std::string padded = " " + std::string(key);
  while (!query_key.empty()) {
    const std::size_t end = std::min(query_key.find(' '), query_key.size());
    if (padded.find(" " + std::string(query_key.substr(0, end))) == std::string::npos) return false;
    query_key.remove_prefix(std::min(end + 1, query_key.size()));
  }
  return true;
}

}  // namespace

std::optional<Procedure> find_procedure(db::Read& read, ProcedureId id) {
  return read.one("SELECT " PROCEDURE_COLUMNS " FROM unit_procedure p WHERE p.id = $1",
                  procedure_of, id);
}

std::optional<Procedure> find_procedure(db::Read& read, std::string_view code, Day valid_from) {
  return read.one("SELECT " PROCEDURE_COLUMNS
                  " FROM unit_procedure p WHERE p.code = $1 AND p.valid_from = $2",
                  procedure_of, code, valid_from);
}

std::optional<Procedure> find_procedure_on(db::Read& read, std::string_view code, Day day) {
  return read.one("SELECT " PROCEDURE_COLUMNS " FROM unit_procedure p WHERE " PROCEDURE_ON
                  " AND p.code = $2 ORDER BY p.valid_from DESC LIMIT 1",
                  procedure_of, day, code);
}

std::vector<Procedure> procedures(db::Read& read, Day day) { return *catalogue(read, day); }

std::vector<Procedure> procedures_of(db::Read& read, const Unit& unit, Day day) {
  if (unit.kind == Kind::counter || unit.kind == Kind::division) {
    const auto above = find(read, unit.parent);
    return above ? procedures_of(read, *above, day) : std::vector<Procedure>();
  }
  std::vector<Procedure> own;
  std::ranges::copy_if(*catalogue(read, day), std::back_inserter(own), [&](const Procedure& each) {
    return each.handler_kind == unit.kind ||
           (!each.handler_code.empty() && each.handler_code == unit.code);
  });
  return own;
}

std::vector<Procedure> search_procedures(db::Read& read,
                                         std::string_view query,
                                         Day day,
                                         std::size_t limit) {
  const std::string folded = text::fold(query), marked = text::marked(query);
  if (folded.empty()) return {};
  std::vector<Procedure> exact, others;
  read.each(
      "SELECT " PROCEDURE_COLUMNS ", p.folded, p.marked FROM unit_procedure p WHERE " PROCEDURE_ON
      " ORDER BY p.sort_key, p.id",
      [&](const db::Row& row) {
        if (!all_begin_words(row.view(14), folded)) return;
        (all_begin_words(row.view(15), marked) ? exact : others).push_back(procedure_of(row));
      },
      day);
  std::ranges::move(others, std::back_inserter(exact));
  if (exact.size() > limit) exact.erase(exact.begin() + static_cast<long>(limit), exact.end());
  return exact;
}

ProcedureId insert(db::Write& write, const Procedure& procedure) {
  std::optional<std::string_view> handler_kind, handler_code;
  if (procedure.handler_kind) handler_kind = to_text(*procedure.handler_kind);
  if (!procedure.handler_code.empty()) handler_code = procedure.handler_code;
  const auto id = write.returning(
      "INSERT INTO unit_procedure (code, valid_from, valid_to, name, name_en, field, "
      "handler_kind, handler_code, time_count, time_kind, fee_dong, fee_note, source, sort_key, "
      "marked, folded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
      "$16) RETURNING id",
      [](const db::Row& row) { return row.id<ProcedureId>(0); }, procedure.code,
      procedure.valid_from, procedure.valid_to, procedure.name, procedure.name_en, procedure.field,
      handler_kind, handler_code, procedure.time_count, to_text(procedure.time_kind),
      procedure.fee_dong, procedure.fee_note, procedure.source, text::sort_key(procedure.name),
      text::marked(procedure.name), text::fold(procedure.name));
  CHECK(id.has_value());
  db::forget_recent(write);
  return *id;
}

}  // namespace ln::units
