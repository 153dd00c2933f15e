// What administrators do with drafts of forms: permission, rule and rows in one transaction.
//
// There is at most one draft of a form, and all administrators work on that one. Each act says
// which revision it has seen and is refused (conflict) when another one stands there by now:
// nothing that somebody else did is overwritten unseen. A version in use never changes; a draft
// becomes the next one by save_form, with all its rules.
#pragma once

#include <cstdint>
#include <string>

#include "core/people/people.h"
#include "feature/survey/survey_edit.h"
#include "feature/survey/survey_store_draft.h"

namespace ln::survey {

struct DraftAct {
  people::Administrator administrator;
  Instant now{};
  std::int64_t revision = 0;  // of the draft as it was seen
};

// The draft of the form that `from` is a version of; made of it when there is none. act.revision is
// not looked at. Refuses (not_found).
Result<Draft> begin_draft(db::Write& write, const DraftAct& act, FormId from);
// The draft of a form that did not exist: its code is made of its name. Refuses (invalid) beside
// each field.
Result<Draft> begin_form(db::Write& write, const DraftAct& act, const TypedAbout& typed);
// Refuses what edited() refuses, (not_found) a draft that is not there, (conflict) a stale one.
Result<Draft> change_draft(db::Write& write, const DraftAct& act, DraftId id, const Edit& edit);
// Takes a file in as the whole draft; its code stays that of the draft. It may not be whole, but
// its conditions must hold. Refuses (invalid) beside "body"; read_import says where.
Result<Draft> import_draft(db::Write& write,
                           const DraftAct& act,
                           DraftId id,
                           const std::string& body);
ReadForm read_import(const std::string& body, std::string_view code);
// Makes it the next version. Refuses (invalid) what is not whole yet, (conflict) when the newest
// version is another than `newest`, the one that its administrator has seen.
Result<Form> put_into_use(db::Write& write, const DraftAct& act, DraftId id, std::int64_t newest);
Result<Draft> throw_away(db::Write& write, const DraftAct& act, DraftId id);

}  // namespace ln::survey
