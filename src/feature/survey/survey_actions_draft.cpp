#include "feature/survey/survey_actions_draft.h"

#include "feature/survey/survey_actions.h"

namespace ln::survey {
namespace {

Error no_draft() { return {ErrorKind::not_found, "survey.draft.error.none"_t}; }
Error stale_draft() { return {ErrorKind::conflict, "survey.draft.error.stale"_t}; }

Result<Draft> seen(db::Read& read, const DraftAct& act, DraftId id) {
  auto draft = find_draft(read, id);
  if (!draft || !draft->is_there) return no_draft();
  if (draft->revision != act.revision) return stale_draft();
  return *std::move(draft);
}

Result<Draft> kept(db::Write& write, const DraftAct& act, Draft draft) {
  draft.changed_by = act.administrator.id().value;
  draft.changed_at = act.now;
  if (draft.is_there && file_of(draft.form).size() > form_size_max)
    return Error{ErrorKind::too_large, "survey.draft.error.large"_t};
  if (draft.id.value == 0)
    draft.id = insert(write, draft);
  else if (!save(write, draft))
    return stale_draft();
  ++draft.revision;
  return draft;
}

std::int64_t newest_version(db::Read& read, std::string_view code) {
  const auto all = versions_of(read, code);
  return all.empty() ? 0 : all.front().version;
}

// Whether a new form may have the code: no form has it, and no draft that is still there.
bool is_free(db::Read& read, std::string_view code) {
  if (newest_version(read, code) > 0) return false;
  const auto draft = find_draft(read, code);
  return !draft || !draft->is_there;
}

}  // namespace

Result<Draft> begin_draft(db::Write& write, const DraftAct& act, FormId from) {
  auto form = find_form(write, from);
  if (!form) return Error{ErrorKind::not_found, "survey.error.form"_t};
  auto draft = find_draft(write, form->code);
  if (draft && draft->is_there) return *std::move(draft);
  if (!draft) draft.emplace();
  draft->base = form->version;
  draft->form = *std::move(form);
  draft->is_there = true;
  return kept(write, act, *std::move(draft));
}

Result<Draft> begin_form(db::Write& write, const DraftAct& act, const TypedAbout& typed) {
  const std::string name = code_for(typed.name_vi);
  std::string code = name;
  for (int n = 2; !is_free(write, code); ++n) code = name + "-" + std::to_string(n);
  TRY(Form form, begun(code, typed));
  Draft draft = find_draft(write, code).value_or(Draft{});
  draft.form = std::move(form);
  draft.is_there = true;
  return kept(write, act, std::move(draft));
}

Result<Draft> change_draft(db::Write& write, const DraftAct& act, DraftId id, const Edit& edit) {
  TRY(Draft draft, seen(write, act, id));
  TRY(draft.form, edited(draft.form, edit, versions_of(write, draft.form.code)));
  return kept(write, act, std::move(draft));
}

ReadForm read_import(const std::string& body, std::string_view code) {
  ReadForm read = read_draft(body);
  if (!read.form) return read;
  read.form->code = code;
  if (read.form->sections.empty())
    return {.fault = Fault{"survey.draft.error.sections"_t, "sections"}};
  // What may be missing in a draft is added on its pages; what is wrong is not taken in.
  const auto fault = fault_in(*read.form);
  const bool is_only_missing =
      !fault || fault->text == "survey.fault.nothing_counted"_t ||
      (fault->text == "survey.fault.count"_t && read.form->questions.empty());
  if (!is_only_missing) return {.fault = fault};
  return read;
}

Result<Draft> import_draft(db::Write& write,
                           const DraftAct& act,
                           DraftId id,
                           const std::string& body) {
  TRY(Draft draft, seen(write, act, id));
  auto read = read_import(body, draft.form.code);
  if (!read.form) return Error{ErrorKind::invalid, read.fault->text, {{"body", read.fault->text}}};
  draft.form = *std::move(read.form);
  return kept(write, act, std::move(draft));
}

Result<Form> put_into_use(db::Write& write, const DraftAct& act, DraftId id, std::int64_t newest) {
  TRY(Draft draft, seen(write, act, id));
  if (newest_version(write, draft.form.code) != newest)
    return Error{ErrorKind::conflict, "survey.draft.error.newer"_t};
  Form next = draft.form;
  next.version = newest + 1;
  // A refusal of save_form comes before its first write, so nothing is half done.
  TRY(Form form, save_form(write, act.administrator, file_of(next), act.now));
  draft.is_there = false;
  draft.base = form.version;
  draft.changed_by = act.administrator.id().value;
  draft.changed_at = act.now;
  if (!save(write, draft)) throw db::Failure("a draft changed while its form was put into use");
  return form;
}

Result<Draft> throw_away(db::Write& write, const DraftAct& act, DraftId id) {
  TRY(Draft draft, seen(write, act, id));
  draft.is_there = false;
  return kept(write, act, std::move(draft));
}

}  // namespace ln::survey
