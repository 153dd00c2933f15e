// What everybody may read.
#include "app/routes.h"
#include "app/share.h"
#include "app/unit_word.h"
#include "feature/feedback/feedback_pages_moderation.h"
#include "feature/feedback/feedback_pages_register.h"
#include "feature/insight/insight_pages.h"
#include "feature/insight/insight_pages_events.h"
#include "feature/insight/insight_pages_facts.h"
#include "feature/insight/insight_pages_figures.h"
#include "feature/insight/insight_pages_live.h"
#include "feature/insight/insight_pages_office.h"
#include "feature/insight/insight_pages_viewed.h"

namespace ln::app {

void add_public(Router& router) {
  router.get("/", insight::home_page);
  router.get("/live/figures", insight::live_stream);
  router.get("/units", insight::offices_page);
  router.get("/units/{code}", unit_page);
  router.get("/units/{code}/desks", insight::desks_page);
  router.get("/units/{code}/{valid_from:date}", insight::earlier_office_page);
  router.get("/figures", insight::figures_page);
  router.get("/figures/events", insight::events_page);
  router.get("/figures/erasures.csv", insight::erasures_csv);
  router.get("/figures/units", insight::figures_units_page);
  router.get("/figures/units.csv", insight::figures_csv);
  router.get("/ledger/facts", insight::facts_page);
  router.get("/ledger/facts/{fact:number}", insight::fact_page);
  router.get("/register", feedback::register_page);
  router.get("/moderation", feedback::moderation_page);
  router.get("/most-viewed", insight::most_viewed_page);
  router.get(share_pattern, share_page);
}

}  // namespace ln::app
