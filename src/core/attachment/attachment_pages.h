// Files over the web.
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "core/attachment/attachment.h"
#include "platform/db/db.h"
#include "platform/html/fill.h"
#include "platform/html/url.h"
#include "platform/http/http.h"

namespace ln::attachment {

enum class Part : std::uint8_t { whole, thumbnail };

// The answer that carries a file to somebody who may have it; whether they may is for the caller to
// know. Pictures show in a page; everything else can only be downloaded, and no browser will guess
// that it is a page of ours or let it run anything. Hidden files are kept in no cache. Null when
// the file was removed, or has no such part.
std::optional<http::Response> file_response(db::Read& read,
                                            const Attachment& attachment,
                                            Part part);

// GET /attachment/{token} and /attachment/{token}/thumbnail: published pictures, for everybody.
// Documents and recordings are never public, since nothing in them can be covered. Hidden files
// are not found here, whoever asks; the room that owns them has its own way to them.
Result<http::Response> published_file(const http::Request& request, db::Read& read);
Result<http::Response> published_thumbnail(const http::Request& request, db::Read& read);

// A player for a recording at `url`, which is where this reader may have it; nothing for other
// files. It loads nothing before it is pressed.
html::Fragment player(const Attachment& attachment, const html::Url& url);

// The address of a published file.
html::Url url_of(const Attachment& attachment, Part part = Part::whole);

}  // namespace ln::attachment
