// What administrators of the city set.
#include "app/routes.h"
#include "core/attachment/attachment.h"
#include "core/settings/settings_pages_dress.h"
#include "core/settings/settings_pages_link.h"
#include "core/settings/settings_pages_people.h"
#include "core/settings/settings_pages_site.h"
#include "core/settings/settings_pages_units.h"
#include "feature/feedback/feedback_pages_hours.h"
#include "feature/feedback/feedback_pages_settings_file.h"
#include "feature/feedback/feedback_pages_topics.h"

namespace ln::app {

void add_administration(Router& router) {
  router.get("/staff/administration", feedback::administration::administration_page);
  router.post("/staff/administration", feedback::administration::undo_post);
  router.get("/staff/administration/hours", feedback::administration::hours_page);
  router.post("/staff/administration/hours", feedback::administration::hours_post);
  router.get("/staff/administration/topics", feedback::administration::topics_page);
  router.get("/staff/administration/topics/{topic}", feedback::administration::topic_page);
  router.post("/staff/administration/topics/{topic}", feedback::administration::topic_post);
  const http::RouteLimits hashing{.runs = http::Runs::on_worker};
  router.get("/staff/administration/people", settings::people_page);
  router.get("/staff/administration/people/new", settings::new_person_page);
  router.post("/staff/administration/people/new", settings::new_person_post, hashing);
  router.get("/staff/administration/people/{number:number}", settings::person_page);
  router.post("/staff/administration/people/{number:number}", settings::person_post, hashing);
  router.get("/staff/password/{token}", settings::link_page);
  router.post("/staff/password/{token}", settings::link_post, hashing);
  router.get("/staff/administration/units", settings::units_page);
  router.get("/staff/administration/units/new", settings::new_unit_page);
  router.post("/staff/administration/units/new", settings::new_unit_post);
  router.get("/staff/administration/units/{code}/{valid_from:date}", settings::unit_page);
  router.post("/staff/administration/units/{code}/{valid_from:date}", settings::unit_post);
  // A picture is decoded.
  const http::RouteLimits with_picture{
      .body_max = static_cast<std::int64_t>(attachment::size_max) + (1 << 16),
      .runs = http::Runs::on_worker};
  router.get("/staff/administration/site/texts", settings::texts_page);
  router.post("/staff/administration/site/texts", settings::texts_post);
  router.get("/staff/administration/site/theme", settings::theme_page);
  router.post("/staff/administration/site/theme", settings::theme_post);
  router.get("/staff/administration/site/emblem", settings::emblem_page);
  router.post("/staff/administration/site/emblem", settings::emblem_post, with_picture);
  // A file, and the same once more in the form that applies it.
  const http::RouteLimits with_file{.body_max = 8 << 20, .runs = http::Runs::on_worker};
  router.get("/staff/administration/file", feedback::administration::settings_file_page);
  router.get("/staff/administration/file/settings.jsonl",
             feedback::administration::settings_file_get);
  router.post("/staff/administration/file", feedback::administration::settings_file_post,
              with_file);
  router.get("/site/{file}", settings::site_file);
}

}  // namespace ln::app
