#include "feature/survey/survey_pages_draft_parts.h"

#include "platform/html/forms.h"

namespace ln::survey::draft {

html::Url Desk::url() const {
  return html::Url::in(view, "/staff/surveys/drafts/", draft.id.value);
}
html::Url Desk::url(std::string_view room) const {
  return html::Url::in(view, "/staff/surveys/drafts/", draft.id.value, "/", room);
}
html::Url Desk::question_url(std::string_view code) const {
  return html::Url::in(view, "/staff/surveys/drafts/", draft.id.value, "/questions/", code);
}
html::Url Desk::out_url(std::string_view code) const {
  return html::Url::in(view, "/staff/surveys/drafts/", draft.id.value, "/questions/", code, "/out");
}

std::string Desk::place_of(const Form& form, std::string_view code) const {
  const std::int64_t number = number_of(form, code);
  if (number == 0) return std::string(url().view());
  const auto page = (number - 1) / static_cast<std::int64_t>(listed_questions_max);
  const html::Url to =
      page == 0 ? url()
                : url().with("from", page * static_cast<std::int64_t>(listed_questions_max));
  return std::string(to.at("q-" + std::string(code)).view());
}

std::string Desk::renamed_place(std::string_view code) const {
  return std::string(url().with("renamed", code).view());
}

Result<Desk> desk_in(const http::Request& request,
                     db::Read& read,
                     const people::Administrator& administrator) {
  auto draft = find_draft(read, DraftId{request.path_number("id")});
  if (!draft || !draft->is_there) return Error{ErrorKind::not_found, "survey.draft.error.none"_t};
  Desk desk{.view = people::view_of(request, administrator.staff()), .draft = *std::move(draft)};
  desk.versions = versions_of(read, desk.draft.form.code);
  desk.newest = desk.versions.empty() ? 0 : desk.versions.front().version;
  const bool is_late = request.form.has("revision") && is_stale(request, desk.draft);
  desk.seen = is_late ? request.form.number("revision").value_or(0) : desk.draft.revision;
  return desk;
}

void look_again(db::Read& read, Desk& desk) {
  auto draft = find_draft(read, desk.draft.id);
  if (!draft || !draft->is_there) return;
  desk.draft = *std::move(draft);
  desk.versions = versions_of(read, desk.draft.form.code);
  desk.newest = desk.versions.empty() ? 0 : desk.versions.front().version;
}

bool is_stale(const http::Request& request, const Draft& draft) {
  return request.form.number("revision") != draft.revision &&
         request.form.number("over") != draft.revision;
}
Error stale() { return {ErrorKind::conflict, "survey.draft.error.stale"_t}; }

DraftAct act_of(const Desk& desk, const people::Administrator& administrator, Instant now) {
  return {administrator, now, desk.draft.revision};
}

std::int64_t number_of(const Form& form, std::string_view code) {
  const Question* found = form.find(code);
  return found == nullptr ? 0 : found - form.questions.data() + 1;
}

std::string where_of(const Desk& desk, const Fault& fault) {
  const std::int64_t number = number_of(desk.draft.form, fault.where);
  if (number == 0) return std::string(desk.view("survey.draft.about"_t));
  return desk.view.voice("survey.draft.question_n"_t, {{"n", desk.view.voice.number(number)}});
}

html::Fragment revision_field(const Draft& draft) {
  return html::hidden("revision", std::to_string(draft.revision));
}

html::Fragment seen_fields(const Desk& desk) {
  html::Fragment out = html::hidden("revision", std::to_string(desk.seen));
  if (desk.seen == desk.draft.revision) return out;
  const std::string now = std::to_string(desk.draft.revision);
  return std::move(
      out += html::checkboxes(desk.view, {.name = "over",
                                          .choices = {{.value = now,
                                                       .text = desk.view("survey.draft.over"_t),
                                                       .name = "over",
                                                       .id = "over"}}}));
}

html::Fragment entry(const html::View& view, const Entry& entry, const Error* error) {
  return html::input(view, {.name = entry.name,
                            .label = {.text = view(entry.label), .is_optional = entry.is_optional},
                            .hint = entry.hint.is_none() ? std::string_view() : view(entry.hint),
                            .error = html::error_for(view, error, entry.name),
                            .value = entry.value});
}

}  // namespace ln::survey::draft
