// Open data, and the address of each figure.
#include "app/routes.h"
#include "feature/insight/insight_pages_figure.h"
#include "feature/insight/insight_pages_open.h"
#include "feature/insight/insight_pages_room.h"

namespace ln::app {

void add_open(Router& router) {
  router.get("/data", insight::data_page);
  router.get("/data/{file}", insight::data_file);
  router.get("/data/{night:date}/{file}", insight::night_file);
  router.get("/figures/definitions", insight::definitions_page);
  router.get("/figures/{figure}", insight::figure_page);
  router.get("/figures/{figure}/rows.csv", insight::figure_rows);
}

}  // namespace ln::app
