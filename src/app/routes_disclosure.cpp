// What communes disclose: for readers, for those who ask, and for those who post.
#include "app/routes_disclosure.h"

#include "feature/disclosure/disclosure_api.h"
#include "feature/disclosure/disclosure_pages.h"
#include "feature/disclosure/disclosure_pages_staff.h"

namespace ln::app {

void add_disclosure(http::Router& router) {
  router.get("/api/v1/disclosures", disclosure::list_api);
  router.get("/api/v1/disclosures/{id:number}", disclosure::item_api);
  router.get("/disclosure", disclosure::communes_page);
  router.get("/disclosure/units/{code}", disclosure::commune_page);
  router.get("/disclosure/{id:number}", disclosure::item_page);
  router.get("/disclosure/{id:number}/ask", disclosure::ask_page);
  router.post("/disclosure/{id:number}/ask", disclosure::ask_post);
  router.get("/disclosure/questions/{code}", disclosure::own_page);
  router.get("/disclosure/questions/{code}/receipt.tlog-proof", disclosure::own_receipt);
  router.post("/disclosure/questions/{code}/{act}", disclosure::own_post);
  router.get("/staff/disclosure", disclosure::staff::list_page);
  router.get("/staff/disclosure/new", disclosure::staff::new_page);
  router.post("/staff/disclosure/new", disclosure::staff::new_post);
  router.get("/staff/disclosure/{id:number}", disclosure::staff::desk_page);
  router.post("/staff/disclosure/{id:number}/{act}", disclosure::staff::act_post);
}

}  // namespace ln::app
