// Citizen reception: for readers, for those who book, and for those who receive.
#include "app/routes_reception.h"

#include "feature/reception/reception_api.h"
#include "feature/reception/reception_pages.h"
#include "feature/reception/reception_pages_staff.h"

namespace ln::app {

void add_reception(http::Router& router) {
  router.get("/api/v1/receptions", reception::list_api);
  router.get("/receptions", reception::list_page);
  router.get("/receptions/units", reception::units_page);
  router.get("/receptions/units/{code}", reception::unit_page);
  router.get("/receptions/{id:number}", reception::day_page);
  router.get("/receptions/{id:number}/book", reception::book_page);
  router.post("/receptions/{id:number}/book", reception::book_post);
  router.get("/receptions/turns/{code}", reception::own_page);
  router.get("/receptions/turns/{code}/receipts.tlog-proofs", reception::own_receipts);
  router.post("/receptions/turns/{code}/{act}", reception::own_post);
  router.get("/staff/receptions", reception::staff::list_page);
  router.get("/staff/receptions/new", reception::staff::new_page);
  router.post("/staff/receptions/new", reception::staff::new_post);
  router.get("/staff/receptions/undetermined", reception::staff::undetermined_page);
  router.post("/staff/receptions/undetermined", reception::staff::undetermined_post);
  router.get("/staff/receptions/{id:number}", reception::staff::desk_page);
  router.get("/staff/receptions/{id:number}/take", reception::staff::take_page);
  router.post("/staff/receptions/{id:number}/take", reception::staff::take_post);
  router.get("/staff/receptions/{id:number}/turns/{code}", reception::staff::turn_page);
  router.post("/staff/receptions/{id:number}/turns/{code}/{act}", reception::staff::turn_post);
  router.post("/staff/receptions/{id:number}/{act}", reception::staff::act_post);
}

}  // namespace ln::app
