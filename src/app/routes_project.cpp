// Projects for which households lose land: for everybody, for each household, and for the office.
#include "app/routes_project.h"

#include "app/viewed.h"
#include "feature/project/project_api.h"
#include "feature/project/project_pages.h"
#include "feature/project/project_pages_staff.h"

namespace ln::app {

void add_project(http::Router& router) {
  router.get("/api/v1/projects", project::list_api);
  router.get("/api/v1/projects/{id:number}", project::project_api);
  router.get("/api/v1/projects/{id:number}/items", project::items_api);
  router.get("/projects", project::list_page);
  router.get("/projects/{id:number}", viewed<project::project_page, views::Kind::project>);
  router.get("/projects/{id:number}/items/{number:number}", project::item_page);
  router.get("/projects/{id:number}/lines/{line:number}", project::line_proof);
  router.get("/projects/files/{code}", project::own_page);
  router.get("/projects/files/{code}/receipts", project::own_receipts);
  router.post("/projects/files/{code}/{act}", project::own_post);
  router.get("/staff/projects", project::staff::list_page);
  router.get("/staff/projects/new", project::staff::new_page);
  router.post("/staff/projects/new", project::staff::new_post, {.body_max = 256 * 1024});
  router.get("/staff/projects/{id:number}", project::staff::desk_page);
  router.get("/staff/projects/{id:number}/files", project::staff::files_page);
  // The file, or its text with what a form adds.
  router.post("/staff/projects/{id:number}/files", project::staff::files_post,
              {.body_max = 512 * 1024});
  router.get("/staff/projects/{id:number}/letter", project::staff::letter_page);
  router.post("/staff/projects/{id:number}/letter", project::staff::letter_post);
  router.get("/staff/projects/{id:number}/questions/{code}", project::staff::question_page);
  router.post("/staff/projects/{id:number}/questions/{code}", project::staff::question_post);
  router.post("/staff/projects/{id:number}/{act}", project::staff::act_post,
              {.body_max = 256 * 1024});
}

}  // namespace ln::app
