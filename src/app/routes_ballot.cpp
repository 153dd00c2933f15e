// Decisions by households: for readers, for households, and for those who hold them.
#include "app/routes_ballot.h"

#include "feature/ballot/ballot_api.h"
#include "feature/ballot/ballot_pages.h"
#include "feature/ballot/ballot_pages_staff.h"

namespace ln::app {

void add_ballot(http::Router& router) {
  router.get("/api/v1/ballots", ballot::list_api);
  router.get("/api/v1/ballots/{id:number}", ballot::ballot_api);
  router.get("/ballots", ballot::list_page);
  router.get("/ballots/vote", ballot::vote_page);
  router.get("/ballots/{id:number}", ballot::ballot_page);
  router.get("/ballots/{id:number}/text", ballot::announced_text);
  router.get("/ballots/{id:number}/box", ballot::box_text);
  router.get("/ballots/slips/{code}", ballot::slip_page);
  router.post("/ballots/slips/{code}/{act}", ballot::slip_post);
  router.get("/staff/ballots", ballot::staff::list_page);
  router.get("/staff/ballots/new", ballot::staff::new_page);
  router.post("/staff/ballots/new", ballot::staff::new_post);
  router.get("/staff/ballots/{id:number}", ballot::staff::desk_page);
  router.post("/staff/ballots/{id:number}/{act}", ballot::staff::act_post);
}

}  // namespace ln::app
