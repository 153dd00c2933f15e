#include "feature/survey/survey_store_draft.h"

#include "platform/db/ids.h"

namespace ln::survey {
namespace {

constexpr db::Ids draft_ids("survey_draft");

Draft to_draft(const db::Row& row) {
  Draft draft{.id = row.id<DraftId>(0),
              .is_there = !row.view(2).empty(),
              .base = row.integer(3),
              .revision = row.integer(4),
              .changed_by = row.integer(5),
              .changed_at = row.instant(6)};
  if (draft.is_there) {
    auto read = read_draft(row.view(2));
    if (!read.form) throw db::Failure("a draft of a survey's form cannot be read");
    draft.form = *std::move(read.form);
  }
  draft.form.code = row.text(1);
  return draft;
}

std::string body_of(const Draft& draft) {
  return draft.is_there ? file_of(draft.form) : std::string();
}

}  // namespace

std::optional<Draft> find_draft(db::Read& read, DraftId id) {
  return read.one("SELECT * FROM survey_draft WHERE id = $1", to_draft, id);
}

std::optional<Draft> find_draft(db::Read& read, std::string_view code) {
  return read.one("SELECT * FROM survey_draft WHERE code = $1", to_draft, code);
}

std::vector<Draft> drafts(db::Read& read) {
  return read.all("SELECT * FROM survey_draft WHERE body <> '' ORDER BY code LIMIT 200", to_draft);
}

DraftId insert(db::Write& write, const Draft& draft) {
  const DraftId id{draft_ids.next(write)};
  write.run(
      "INSERT INTO survey_draft (id, code, body, base, revision, changed_by, changed_at) "
      "VALUES ($1, $2, $3, $4, 1, $5, $6)",
      id, draft.form.code, body_of(draft), draft.base, draft.changed_by, draft.changed_at);
  return id;
}

bool save(db::Write& write, const Draft& draft) {
  return write.run(
             "UPDATE survey_draft SET body = $1, base = $2, changed_by = $3, changed_at = $4, "
             "revision = revision + 1 WHERE id = $5 AND revision = $6",
             body_of(draft), draft.base, draft.changed_by, draft.changed_at, draft.id,
             draft.revision) == 1;
}

}  // namespace ln::survey
