// Surveys: for everybody, for who holds a slip, for supervisors, clerks and administrators.
#include "app/routes_survey.h"

#include "feature/survey/survey_pages.h"
#include "feature/survey/survey_pages_answer.h"
#include "feature/survey/survey_pages_draft.h"
#include "feature/survey/survey_pages_form.h"
#include "feature/survey/survey_pages_staff.h"

namespace ln::app {

namespace {

void add_drafts(http::Router& router) {
  namespace draft = survey::draft;
  constexpr std::int64_t file_body_max = 256 * 1024;  // A form's file, percent-encoded.
  router.get("/staff/surveys/forms", draft::list_page);
  router.post("/staff/surveys/forms/{id:number}/draft", draft::begin_post);
  router.get("/staff/surveys/drafts/new", draft::new_page);
  router.post("/staff/surveys/drafts/new", draft::new_post);
  router.get("/staff/surveys/drafts/{id:number}", draft::draft_page);
  router.post("/staff/surveys/drafts/{id:number}/arrange", draft::arrange_post);
  router.get("/staff/surveys/drafts/{id:number}/about", draft::about_page);
  router.post("/staff/surveys/drafts/{id:number}/about", draft::about_post);
  router.get("/staff/surveys/drafts/{id:number}/add", draft::add_page);
  router.post("/staff/surveys/drafts/{id:number}/add", draft::add_post);
  router.get("/staff/surveys/drafts/{id:number}/questions/{question}", draft::question_page);
  router.post("/staff/surveys/drafts/{id:number}/questions/{question}", draft::question_post);
  router.get("/staff/surveys/drafts/{id:number}/questions/{question}/out", draft::out_page);
  router.post("/staff/surveys/drafts/{id:number}/questions/{question}/out", draft::out_post);
  router.get("/staff/surveys/drafts/{id:number}/preview", draft::preview_page);
  router.get("/staff/surveys/drafts/{id:number}/file", draft::file_page);
  router.post("/staff/surveys/drafts/{id:number}/file", draft::file_post,
              {.body_max = file_body_max});
  router.post("/staff/surveys/drafts/{id:number}/use", draft::use_post);
  router.post("/staff/surveys/drafts/{id:number}/drop", draft::drop_post);
}

}  // namespace

void add_survey(http::Router& router) {
  // A form's text, percent-encoded.
  constexpr std::int64_t form_body_max = 256 * 1024;
  router.get("/surveys", survey::list_page);
  router.get("/surveys/forms", survey::forms_page);
  router.get("/surveys/forms/{id:number}", survey::form_page);
  router.get("/surveys/forms/{id:number}/file", survey::form_file);
  router.get("/surveys/slip", survey::slip_door);
  router.get("/surveys/slip/{token}", survey::slip_page);
  router.post("/surveys/slip/{token}", survey::slip_post);
  router.get("/surveys/{id:number}", survey::result_page);
  router.get("/surveys/{id:number}/figures", survey::figures_page);
  router.get("/surveys/{id:number}/kiosk", survey::kiosk_page);
  router.post("/surveys/{id:number}/kiosk", survey::kiosk_post);
  router.get("/surveys/{id:number}/answer", survey::link_page);
  router.post("/surveys/{id:number}/answer", survey::link_post);
  router.get("/surveys/{id:number}/{file}", survey::file_of);
  router.get("/staff/surveys", survey::staff::list_page);
  router.get("/staff/surveys/new", survey::staff::new_page);
  router.post("/staff/surveys/new", survey::staff::new_post);
  router.get("/staff/surveys/{id:number}", survey::staff::desk_page);
  router.post("/staff/surveys/{id:number}/slips", survey::staff::slips_post);
  router.get("/staff/surveys/{id:number}/enter", survey::enter_page);
  router.post("/staff/surveys/{id:number}/enter", survey::enter_post);
  router.get("/staff/surveys/forms/{id:number}", survey::edit_page);
  router.post("/staff/surveys/forms/{id:number}", survey::edit_post, {.body_max = form_body_max});
  add_drafts(router);
}

}  // namespace ln::app
