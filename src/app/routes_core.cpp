// Sign-in, files and the ledger: what every feature stands on.
#include "app/routes.h"
#include "core/attachment/attachment_pages.h"
#include "core/ledger/ledger_pages.h"
#include "core/ledger/ledger_tools.h"
#include "core/notice/notice_pages.h"
#include "core/people/people_pages.h"
#include "core/workdays/workdays_pages.h"

namespace ln::app {

void add_core(Router& router) {
  const http::RouteLimits slow{.runs = http::Runs::on_worker};  // hashing passwords takes long
  router.get("/staff/sign-in", people::sign_in_page);
  router.post("/staff/sign-in", people::sign_in, slow);
  router.post("/staff/sign-out", people::sign_out_page);
  router.get("/staff/account", people::account_page);
  router.post("/staff/account/password", people::change_password_page, slow);
  router.post("/staff/account/language", people::choose_language_page);
  router.get("/staff/notices", notice::staff_page);
  router.post("/staff/notices", notice::save_staff);
  router.get("/notices/{key}", notice::choice_page);
  router.post("/notices/{key}", notice::choose);
  router.get("/attachment/{token}", attachment::published_file);
  router.get("/attachment/{token}/thumbnail", attachment::published_thumbnail);
  router.get("/calendar", workdays::calendar_page);
  router.get("/ledger", ledger::ledger_page);
  router.get("/ledger/checkpoint", ledger::checkpoint_file);
  router.get("/ledger/help", ledger::help_page);
  router.get("/ledger/policy", ledger::policy_file);
  router.get("/ledger/verify.html", ledger::verify_page);
  router.get("/tools/recompute.py", ledger::tool_file);
  router.get("/tools/recount.py", ledger::tool_file);
  router.get("/tools/redraw.py", ledger::tool_file);
  router.get("/tools/verify_ledger.py", ledger::tool_file);
  // Level or "entries", groups of three digits, the width of a partial tile: up to 10^9 tiles.
  router.get("/ledger/tile/{level}/{a}", ledger::tile_file);
  router.get("/ledger/tile/{level}/{a}/{b}", ledger::tile_file);
  router.get("/ledger/tile/{level}/{a}/{b}/{c}", ledger::tile_file);
  router.get("/ledger/tile/{level}/{a}/{b}/{c}/{d}", ledger::tile_file);
}

}  // namespace ln::app
