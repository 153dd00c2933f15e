#include "feature/consultation/consultation_pages_archive.h"

#include <utility>

#include "base/text.h"
#include "engine/merkle/merkle.h"
#include "feature/consultation/consultation_actions_open.h"
#include "feature/consultation/consultation_pages_parts.h"
#include "feature/consultation/consultation_store_answer.h"
#include "feature/consultation/consultation_store_archive.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/http/download.h"

namespace ln::consultation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t share_cookie_s = std::int64_t{180} * 24 * 3600;

}  // namespace

Result<http::Response> archive_page(const http::Request& request, db::Read& read) {
  TRY(const Opened open, opened(request, read));
  const View& view = request.view;
  const Consultation& c = open.consultation;
  const auto archive = find_archive(read, c.id);
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)",
                       view("consultation.archive.title"_t), view("consultation.archive.lead"_t));
  if (!archive) {
    body += html::nothing_here(view(find_decision(read, c.id) ? "consultation.archive.soon"_t
                                                              : "consultation.archive.none"_t));
  } else {
    Fragment list = fill(R"(<li><a href="{}">manifest.json</a></li>)",
                         Url::path("/consultations/", c.id.value, "/archive/manifest.json"));
    for (std::int64_t n = 1; n <= archive->volumes; ++n) {
      const std::string name = "archive-" + std::to_string(n) + ".zip";
      list.add(R"(<li><a href="{}">{}</a></li>)",
               Url::path("/consultations/", c.id.value, "/archive/", name), name);
    }
    body.add(R"(<ul>{}</ul><p>{} <span class="hash" translate="no">{}</span></p>)", list,
             view("consultation.archive.hash"_t),
             to_hex(merkle::sha256(as_bytes(archive->manifest))));
    body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/ledger/facts/", archive->line),
             view("consultation.archive.line"_t));
  }
  auto response = http::page(
      200,
      html::page(view, {.title = view("consultation.archive.title"_t),
                        .here = "/consultations",
                        .body = html::columns(
                            {.before = html::breadcrumbs(
                                 view,
                                 {{view("consultation.title"_t), Url::in(view, "/consultations")},
                                  {title_of(view, c).text, page_of(view, c)}},
                                 view("consultation.archive.title"_t)),
                             .body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

Result<http::Response> archive_file(const http::Request& request, db::Read& read) {
  TRY(const Opened open, opened(request, read));
  const Error none{ErrorKind::not_found, "consultation.error.none"_t};
  const ConsultationId id = open.consultation.id;
  const auto archive = find_archive(read, id);
  std::string_view name = request.path_text("file");
  if (!archive) return none;
  http::Response response = http::text(200, "");
  if (name == "manifest.json") {
    response.body = archive->manifest;
    response.content_type = "application/json; charset=utf-8";
  } else {
    constexpr std::string_view head = "archive-", tail = ".zip";
    if (!name.starts_with(head) || !name.ends_with(tail)) return none;
    name.remove_prefix(head.size());
    name.remove_suffix(tail.size());
    const auto number = parse_number(name);
    auto bytes = number ? find_volume(read, id, *number) : std::nullopt;
    if (!bytes) return none;
    response.body = *std::move(bytes);
    response.content_type = "application/zip";
  }
  return http::download(std::move(response), "gop-y-" + std::to_string(id.value) + "-" +
                                                 std::string(request.path_text("file")));
}

Result<http::Pending> share_post(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now) {
  TRY(const Opened open, opened(request, read));
  const Consultation& c = open.consultation;
  if (!c.takes_comments(now)) return Error{ErrorKind::conflict, "consultation.error.closed"_t};
  const std::string token = token_in(request).value_or(draw_token(random));
  const bool agrees = request.form.text("shares") == "1";
  const std::string back(
      Url::in(request.view, "/consultations/", c.id.value, "/statements").view());
  return http::Pending::commit(
      [id = c.id, mark = mark_of(c.id, token), agrees](db::Write& write) -> Result<Done> {
        set_shares(write, ensure_participant(write, id, mark), agrees);
        return Done{};
      },
      [&request, token, back](const Result<Done>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        return http::see_other(back).with_cookie(std::string(participant_cookie), token,
                                                 share_cookie_s);
      });
}

}  // namespace ln::consultation
