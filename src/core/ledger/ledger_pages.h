// What everybody may see of the ledger: its published head, and what that is good for. Never a line
// of a case: which lines belong together is known to the holder of a receipt alone.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "platform/db/db.h"
#include "platform/html/url.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::ledger {

// GET /ledger
Result<http::Response> ledger_page(const http::Request& request, db::Read& read);
// GET /ledger/help: what a receipt proves, what it cannot, and how to check one.
Result<http::Response> help_page(const http::Request& request, db::Read& read);
// GET /ledger/verify.html: one file that checks a receipt in the reader's browser, without asking
// anybody. It brings its own policy, which allows its script and style by their hashes and no
// network. The same bytes for everybody; both languages are inside.
Result<http::Response> verify_page(const http::Request& request);
// Where it is, so that it begins in the reader's language.
html::Url verify_url(const html::View& view);
// GET /ledger/checkpoint: the signed note as it is, for programs, with the cosignatures of the
// witnesses below the log's own signature. 404 before the log has begun.
Result<http::Response> checkpoint_file(const http::Request& request, db::Read& read);
// GET /ledger/policy: whom to believe, as C2SP tlog-policy: the one that serve was
// given, else the log alone. 404 before the log has begun.
Result<http::Response> policy_file(const http::Request& request, db::Read& read);
// GET /ledger/tile/…: tiles and bundles of entries of the published tree (C2SP tlog-tiles), whole
// and partial. 404 for a name that is none, for a width of zero, and for what is not published yet.
Result<http::Response> tile_file(const http::Request& request, db::Read& read);

}  // namespace ln::ledger
