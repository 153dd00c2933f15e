// Drafts on which everybody may comment: for readers, for those who draft, and for machines.
#include "app/routes.h"
#include "app/viewed.h"
#include "core/attachment/attachment.h"
#include "engine/draft/draft.h"
#include "feature/consultation/consultation_api.h"
#include "feature/consultation/consultation_pages.h"
#include "feature/consultation/consultation_pages_answer.h"
#include "feature/consultation/consultation_pages_archive.h"
#include "feature/consultation/consultation_pages_draft.h"
#include "feature/consultation/consultation_pages_import.h"
#include "feature/consultation/consultation_pages_invitation.h"
#include "feature/consultation/consultation_pages_own_answer.h"
#include "feature/consultation/consultation_pages_points.h"
#include "feature/consultation/consultation_pages_source.h"
#include "feature/consultation/consultation_pages_staff.h"
#include "feature/consultation/consultation_pages_token.h"
#include "feature/consultation/consultation_pages_vote.h"
#include "feature/consultation/consultation_source.h"

namespace ln::app {

void add_consultation(Router& router) {
  // A draft comes as a file or in a field, beside a few short ones.
  const http::RouteLimits draft_max{.body_max = consultation::draft_file_size_max +
                                                static_cast<std::int64_t>(draft::text_size_max) +
                                                64 * 1024,
                                    .field_max = draft::text_size_max,
                                    .runs = http::Runs::on_worker};
  const http::RouteLimits rows_max{
      .body_max = consultation::staff::rows_file_size_max +
                  static_cast<std::int64_t>(consultation::rows_text_max) + 64 * 1024,
      .field_max = consultation::rows_text_max,
      .runs = http::Runs::on_worker};
  // Finding letters among thousands of comments takes a while.
  const http::RouteLimits points_max{.body_max = 64 * 1024, .runs = http::Runs::on_worker};
  // A key is drawn, used or asked.
  const http::RouteLimits key_max{.body_max = 64 * 1024, .runs = http::Runs::on_worker};
  // A reply of a body: five files, and its words beside them.
  constexpr std::int64_t reply_max =
      static_cast<std::int64_t>(attachment::count_max * attachment::size_max) + 1024 * 1024;
  router.get("/consultations", consultation::list_page);
  router.get("/consultations/{id:number}",
             viewed<consultation::draft_page, views::Kind::consultation>);
  router.get("/consultations/{id:number}/clauses/{clause}", consultation::clause_page);
  router.post("/consultations/{id:number}/clauses/{clause}", consultation::clause_post);
  router.get("/consultations/{id:number}/clauses/{clause}/map", consultation::clause_map_page);
  router.get("/consultations/{id:number}/comments", consultation::comments_page);
  router.post("/consultations/{id:number}/support", consultation::support_post);
  router.get("/consultations/{id:number}/statements", consultation::statements_page);
  router.post("/consultations/{id:number}/statements", consultation::statements_post);
  router.get("/consultations/{id:number}/map", consultation::map_page);
  router.get("/consultations/{id:number}/versions/{number:number}", consultation::version_page);
  router.get("/consultations/{id:number}/versions/{number:number}/text",
             consultation::version_text);
  router.get("/consultations/{id:number}/answers", consultation::answers_page);
  router.get("/consultations/{id:number}/answers/{number:number}", consultation::answer_page);
  router.get("/consultations/{id:number}/changes", consultation::changes_page);
  router.get("/consultations/{id:number}/table/{file}", consultation::table_file);
  router.get("/consultations/{id:number}/archive", consultation::archive_page);
  router.get("/consultations/{id:number}/archive/{file}", consultation::archive_file);
  router.post("/consultations/{id:number}/share", consultation::share_post);
  router.get("/consultations/{id:number}/invited", consultation::invited_page);
  router.get("/consultations/{id:number}/token", consultation::token_page);
  router.post("/consultations/{id:number}/token", consultation::token_post, key_max);
  router.get("/consultations/invitations/{code}", consultation::reply_page);
  router.post("/consultations/invitations/{code}/{act}", consultation::reply_form_post);
  router.post("/consultations/invitations/{code}/reply", consultation::reply_post,
              {.body_max = reply_max, .runs = http::Runs::on_worker});
  router.get("/consultations/invitations/{code}/files/{token}", consultation::reply_file);
  router.get("/consultations/comments/{code}", consultation::own_page);
  router.get("/consultations/comments/{code}/contact/{token}", consultation::contact_page);
  router.post("/consultations/comments/{code}/contact/{token}", consultation::contact_post);
  router.get("/consultations/comments/{code}/receipt.tlog-proof", consultation::own_receipt);
  router.post("/consultations/comments/{code}/{act}", consultation::own_post);
  router.get("/staff/consultations", consultation::staff::list_page);
  router.get("/staff/consultations/new", consultation::staff::new_page);
  router.post("/staff/consultations/new", consultation::staff::new_post, draft_max);
  router.get("/staff/consultations/{id:number}", consultation::staff::desk_page);
  router.get("/staff/consultations/{id:number}/text", consultation::staff::text_page);
  router.post("/staff/consultations/{id:number}/text", consultation::staff::text_post, draft_max);
  router.post("/staff/consultations/{id:number}/comments/{code}/{act}",
              consultation::staff::comment_post);
  router.get("/staff/consultations/{id:number}/issues", consultation::staff::points_page);
  router.post("/staff/consultations/{id:number}/issues", consultation::staff::points_post,
              points_max);
  router.get("/staff/consultations/{id:number}/issues/{number:number}",
             consultation::staff::point_page);
  router.post("/staff/consultations/{id:number}/issues/{number:number}",
              consultation::staff::point_post);
  router.get("/staff/consultations/mine", consultation::staff::mine_page);
  router.get("/staff/consultations/{id:number}/issues/{number:number}/proposal",
             consultation::staff::proposal_page);
  router.post("/staff/consultations/{id:number}/issues/{number:number}/proposal",
              consultation::staff::proposal_post);
  router.get("/staff/consultations/{id:number}/invitations", consultation::staff::invitations_page);
  router.post("/staff/consultations/{id:number}/invitations",
              consultation::staff::invitations_post);
  router.get("/staff/consultations/{id:number}/invitations/{number:number}",
             consultation::staff::invitation_page);
  router.get("/staff/consultations/{id:number}/invitations/{number:number}/files/{token}",
             consultation::staff::invitation_file);
  router.post("/staff/consultations/{id:number}/invitations/{number:number}/withdraw",
              consultation::staff::withdrawal_post);
  router.post("/staff/consultations/{id:number}/invitations/{number:number}",
              consultation::staff::invitation_post);
  router.get("/staff/consultations/{id:number}/sources", consultation::staff::sources_page);
  router.post("/staff/consultations/{id:number}/sources", consultation::staff::sources_post,
              rows_max);
  router.get("/staff/consultations/{id:number}/sources/{number:number}",
             consultation::staff::source_page);
  router.post("/staff/consultations/{id:number}/sources/{number:number}",
              consultation::staff::source_post);
  router.post("/staff/consultations/{id:number}/decide", consultation::staff::decide_post);
  router.get("/staff/consultations/{id:number}/token", consultation::staff::token_page);
  router.post("/staff/consultations/{id:number}/token", consultation::staff::token_post, key_max);
  router.get("/staff/consultations/{id:number}/slips", consultation::staff::slips_page);
  router.post("/staff/consultations/{id:number}/slips", consultation::staff::slips_post);
  router.post("/staff/consultations/{id:number}/{act}", consultation::staff::act_post, key_max);
  router.get("/api/v1/consultations", consultation::list_api);
  router.get("/api/v1/consultations/{id}", consultation::draft_api);
  router.post("/api/v1/consultations/{id}/comments", consultation::comment_api, {.csrf = false});
}

}  // namespace ln::app
