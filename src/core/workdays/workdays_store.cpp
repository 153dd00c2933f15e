#include "core/workdays/workdays_store.h"

#include "platform/db/ids.h"

namespace ln::workdays {
namespace {

constexpr db::Ids change_ids("workdays_change");

// "plain" and what nobody may choose are no kind: the table's CHECK lets nothing else in.
Change change_from(const db::Row& row) {
  return {.id = row.integer(0),
          .at = row.instant(1),
          .account_id = row.integer(2),
          .edit = {.day = row.day(3),
                   .kind = kind_of(row.view(4)),
                   .name_vi = row.text(5),
                   .name_en = row.text(6),
                   .source = row.text(7)}};
}

}  // namespace

std::int64_t revision_of(db::Read& read) {
  return read
      .one("SELECT coalesce(max(id), 0) FROM workdays_change",
           [](const db::Row& row) { return row.integer(0); })
      .value_or(0);
}

Shared load(db::Read& read) {
  return std::make_shared<const Calendar>(
      read.all("SELECT id, at, account_id, day, kind, name_vi, name_en, source "
               "FROM workdays_change ORDER BY id",
               change_from));
}

std::int64_t insert(db::Write& write, const Edit& edit, std::int64_t account_id, Instant at) {
  const std::int64_t id = change_ids.next(write);
  write.run(
      "INSERT INTO workdays_change (id, at, account_id, day, kind, name_vi, name_en, source) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      id, at, account_id, edit.day, word_of(edit.kind), edit.name_vi, edit.name_en, edit.source);
  return id;
}

bool refresh(db::Database& database, bool is_other_city) {
  const std::int64_t held = current()->revision();
  const Shared found = database.read([&](db::Read& read) {
    return is_other_city || revision_of(read) != held ? load(read) : Shared();
  });
  if (!found) return false;
  hold(found, is_other_city);
  return true;
}

}  // namespace ln::workdays
