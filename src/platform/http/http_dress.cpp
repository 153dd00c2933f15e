// The way out: what every answer carries besides what its handler said.
#include <chrono>

#include "platform/db/db_version.h"
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

// Whether nothing in the request says who asks. The mark of a visit counts for forms only, and an
// answer with a form is never for everybody.
bool is_nobodys(const Request& request) {
  for (const auto& [name, value] : request.headers) {
    if (name == "authorization" || name == "x-feedback-secret") return false;
    if (name != "cookie") continue;
    const std::string_view mark = visit_cookie_name;
    if (!value.starts_with(mark) || value.size() != mark.size() + 1 + visit_cookie_size ||
        value.find(';') != std::string::npos)
      return false;
  }
  return true;
}

}  // namespace

// Whether the answer to this very question is on the shelf. Leaves in `visit` where it may be put.
bool Reception::find_kept(Visit& visit, const Surroundings& with) const {
  if (!is_nobodys(visit.request)) return false;
  // What does not read the database changes with the program only.
  const auto version =
      visit.route->reads ? db::version_of(*with.read) : std::optional<std::uint64_t>(0);
  if (!version) return false;
  const Request& request = visit.request;
  visit.shelf_mark = {
      .version = *version,
      .minute = std::chrono::floor<std::chrono::minutes>(with.now).time_since_epoch().count(),
      .forgotten = AnswerShelf::forgotten()};
  // Neither a path nor a query holds a line break.
  std::string& key = visit.shelf_key;
  key.reserve(request.path.size() + request.raw_query.size() + 8);
  key += i18n::code(request.view.voice.language());
  key += name_of(best_coding(request.header("accept-encoding")));
  key += '\n';
  key += request.path;
  key += '\n';
  key += request.raw_query;
  visit.kept = shelf_.find(visit.shelf_mark, key);
  if (!visit.kept) return false;
  if (visit.kept->when_reused) visit.kept->when_reused();
  return true;
}

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
  // A page that brings its own policy allows something that no other page may.
  if (response.content_type.starts_with("text/html") && !has(response, "Content-Security-Policy"))
    head += safety_pages_;
}

// Returns the entity tag of an answer for everybody; empty for others.
std::string Reception::add_body(const Visit& visit, Response response, Reply& reply) const {
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
      return tag;
    }
  }
  if (coding == Coding::identity) {
    reply.made = std::move(response.body);
    return tag;
  }
  // What many ask for is compressed once.
  auto smaller = tag.empty()
                     ? std::make_shared<const std::string>(compressed(response.body, coding))
                     : pressed_.get(tag, response.body, coding);
  if (smaller->empty()) {
    reply.made = std::move(response.body);
    return tag;
  }
  add_line(reply.head, "Content-Encoding", name_of(coding));
  reply.kept = *smaller;
  reply.owner = std::move(smaller);
  return tag;
}

// Puts an answer for everybody on the shelf as it goes out.
Reply Reception::keep(const Visit& visit, Reply reply, KeptAnswer answer) const {
  answer.head = reply.head;
  answer.body = reply.body();
  auto kept = std::make_shared<const KeptAnswer>(std::move(answer));
  shelf_.keep(visit.shelf_mark, visit.shelf_key, std::move(kept));
  return reply;
}

Reply Reception::give_out(const Visit& visit) {
  Reply reply;
  reply.head = visit.kept->head;
  reply.owner = visit.kept;
  if (is_named_in(visit.request.header("if-none-match"), visit.kept->entity_tag))
    reply.status = 304;
  else
    reply.kept = visit.kept->body;
  return reply;
}

Reply Reception::dress(Visit& visit, Response response) const {
  if (visit.kept) return give_out(visit);
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
  if (!reply.sse_channel.empty() || has_no_body(reply.status)) return reply;
  KeptAnswer answer{.content_type = response.content_type,
                    .when_reused = std::move(response.when_reused)};
  answer.entity_tag = add_body(visit, std::move(response), reply);
  const bool may_keep =
      !visit.shelf_key.empty() && !answer.entity_tag.empty() && reply.status == 200;
  return may_keep ? keep(visit, std::move(reply), std::move(answer)) : reply;
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
