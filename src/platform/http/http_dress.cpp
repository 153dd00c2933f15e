// The way out: what every answer carries besides what its handler said.
#include "platform/http/http_reception.h"

namespace ln::http {
namespace {

constexpr std::size_t compress_from = 1024;  // bytes; below, the head weighs more than the gain

void add_line(std::string& head, std::string_view name, std::string_view value) {
  head += name;
  head += ": ";
  head += value;
  head += "\r\n";
}

bool has(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (equal_ignoring_case(key, name)) return true;
  return false;
}

bool has_no_body(int status) { return status == 204 || status == 304; }

}  // namespace

void Reception::add_headers(const Visit& visit, const Response& response, std::string& head) const {
  const i18n::Language language = visit.request.view.voice.language();
  const std::string_view prefix = i18n::path_prefix(language);
  if (!has_no_body(response.status) && response.status != 303) {
    add_line(head, "Content-Type", response.content_type);
    add_line(head, "Content-Language", i18n::code(language));
  }
  for (const auto& [name, value] : response.headers) {
    head += name;
    head += ": ";
    // A redirection stays in the reader's language.
    if (name == "Location" && !prefix.empty() && value.starts_with('/') &&
        !(value.starts_with(prefix) &&
          (value.size() == prefix.size() || value[prefix.size()] == '/')))
      head += prefix;
    head += value;
    if (name == "Set-Cookie" && is_https_) head += "; Secure";
    head += "\r\n";
  }
  if (!has(response, "Cache-Control"))
    add_line(head, "Cache-Control", response.cacheable ? "public, no-cache" : "no-store");
  head += safety_;
  if (response.content_type.starts_with("text/html")) head += safety_pages_;
}

void Reception::add_body(const Visit& visit, Response response, Reply& reply) const {
  const bool may_compress =
      response.body.size() >= compress_from && is_compressible(response.content_type);
  const Coding coding =
      may_compress ? best_coding(visit.request.header("accept-encoding")) : Coding::identity;
  if (may_compress || response.cacheable)
    add_line(reply.head, "Vary",
             visit.request.wants_json() ? "Accept-Encoding, Accept-Language" : "Accept-Encoding");
  std::string tag;
  if (response.cacheable && response.status == 200) {
    tag = with_coding(entity_tag(response.body), coding);
    add_line(reply.head, "ETag", tag);
    if (is_named_in(visit.request.header("if-none-match"), tag)) {
      reply.status = 304;
      return;
    }
  }
  if (coding == Coding::identity) {
    reply.made = std::move(response.body);
    return;
  }
  // What many ask for is compressed once.
  auto smaller = tag.empty()
                     ? std::make_shared<const std::string>(compressed(response.body, coding))
                     : pressed_.get(tag, response.body, coding);
  if (smaller->empty()) {
    reply.made = std::move(response.body);
    return;
  }
  add_line(reply.head, "Content-Encoding", name_of(coding));
  reply.kept = *smaller;
  reply.owner = std::move(smaller);
}

Reply Reception::dress(Visit& visit, Response response) const {
  Reply reply;
  reply.status = response.status;
  reply.head.reserve(1024);
  write_token(visit, response);
  if (!response.sse_channel.empty()) {
    response.content_type = "text/event-stream";
    response.body.clear();
    response.cacheable = false;
    reply.sse_channel = response.sse_channel;
    // Proxies that gather an answer before they pass it on would hold back every event.
    add_line(reply.head, "X-Accel-Buffering", "no");
  }
  add_headers(visit, response, reply.head);
  if (reply.sse_channel.empty() && !has_no_body(reply.status))
    add_body(visit, std::move(response), reply);
  return reply;
}

Reply Reception::dress_asset(const Visit& visit) const {
  const Asset& asset = *visit.asset;
  Coding coding = best_coding(visit.request.header("accept-encoding"));
  if (coding == Coding::brotli && asset.brotli.empty()) coding = Coding::gzip;
  if (coding == Coding::gzip && asset.gzip.empty()) coding = Coding::identity;
  const std::string tag = with_coding(asset.entity_tag, coding);
  Reply reply;
  add_line(reply.head, "Content-Type", asset.content_type);
  add_line(reply.head, "ETag", tag);
  add_line(reply.head, "Vary", "Accept-Encoding");
  add_line(reply.head, "Cache-Control",
           asset.is_hashed ? "public, max-age=31536000, immutable" : "public, no-cache");
  reply.head += safety_;
  if (is_named_in(visit.request.header("if-none-match"), tag)) {
    reply.status = 304;
    return reply;
  }
  if (coding != Coding::identity) add_line(reply.head, "Content-Encoding", name_of(coding));
  reply.kept = coding == Coding::brotli ? asset.brotli
               : coding == Coding::gzip ? asset.gzip
                                        : asset.plain;
  return reply;
}

}  // namespace ln::http
