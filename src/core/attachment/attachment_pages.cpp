#include "core/attachment/attachment_pages.h"

#include <string>
#include <utility>

#include "core/attachment/attachment_store.h"

namespace ln::attachment {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

// RFC 6266: a name for old programs, in ASCII, and the real one, percent-encoded (RFC 8187).
std::string disposition(const Attachment& attachment) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string plain, encoded;
  for (const char c : attachment.name) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain(c)) {
      plain += c;
      encoded += c;
      continue;
    }
    if ((byte & 0xC0U) != 0x80U) plain += '_';  // One for each character, not for each byte.
    encoded += '%';
    encoded += digits[byte >> 4U];
    encoded += digits[byte & 15U];
  }
  const std::string_view how = attachment.kind == Kind::picture ? "inline" : "attachment";
  return std::string(how) + "; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
}

Result<http::Response> published(const http::Request& request, db::Read& read, Part part) {
  const auto attachment = find(read, request.path_text("token"));
  // Nobody has looked through a document or listened to a recording as one looks at a picture.
  if (attachment && attachment->visibility == Visibility::published &&
      attachment->kind == Kind::picture)
    if (auto response = file_response(read, *attachment, part)) return *std::move(response);
  return Error{ErrorKind::not_found, "attachment.error.not_found"_t};
}

}  // namespace

std::optional<http::Response> file_response(db::Read& read,
                                            const Attachment& attachment,
                                            Part part) {
  auto bytes =
      part == Part::whole ? bytes_of(read, attachment.id) : thumbnail_of(read, attachment.id);
  if (!bytes) return std::nullopt;
  http::Response response;
  response.body = *std::move(bytes);
  // A small picture may be a JPEG where the whole one is see-through; its first byte tells.
  response.content_type = attachment.media_type;
  if (part == Part::thumbnail)
    response.content_type = response.body.starts_with('\xFF') ? "image/jpeg" : "image/png";
  const bool is_public = attachment.visibility == Visibility::published;
  response.headers = {
      {"Content-Disposition", disposition(attachment)},
      {"X-Content-Type-Options", "nosniff"},
      {"Content-Security-Policy", "default-src 'none'; sandbox"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      // Short, because what was published can be withdrawn.
      {"Cache-Control", is_public ? "public, max-age=300" : "private, no-store"},
  };
  return response;
}

Result<http::Response> published_file(const http::Request& request, db::Read& read) {
  return published(request, read, Part::whole);
}
Result<http::Response> published_thumbnail(const http::Request& request, db::Read& read) {
  return published(request, read, Part::thumbnail);
}

html::Fragment player(const Attachment& attachment, const html::Url& url) {
  if (attachment.kind != Kind::audio) return {};
  return html::fill(
      R"(<audio class="player" controls preload="none" aria-label="{}" src="{}"></audio>)",
      attachment.name, url);
}

html::Url url_of(const Attachment& attachment, Part part) {
  return part == Part::whole ? html::Url::path("/attachment/", attachment.token)
                             : html::Url::path("/attachment/", attachment.token, "/thumbnail");
}

}  // namespace ln::attachment
