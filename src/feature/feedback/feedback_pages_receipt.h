// Receipts that prove, for whoever holds the secret of a case: as a file, as a page to print, and
// all events of the case in one file. Without the secret each answer is the one that a case which
// does not exist gets.
#pragma once

#include "core/people/people_citizen_session.h"
#include "feature/feedback/feedback_pages_form_check.h"
#include "platform/db/db.h"
#include "platform/html/fill.h"
#include "platform/http/http.h"

namespace ln::feedback {

// GET /feedback/{code}/receipt and /feedback/{code}/receipt/{line}: the receipt of the sending, or
// of the event in that line of the ledger, to read and to print.
Result<http::Response> receipt_page(const http::Request& request,
                                    db::Read& read,
                                    people::Citizen citizen);
Result<http::Response> line_receipt_page(const http::Request& request,
                                         db::Read& read,
                                         people::Citizen citizen);
// GET …/receipt.tlog-proof under either address: the file.
Result<http::Response> receipt_file(const http::Request& request,
                                    db::Read& read,
                                    people::Citizen citizen);
Result<http::Response> line_receipt_file(const http::Request& request,
                                         db::Read& read,
                                         people::Citizen citizen);
// GET /feedback/{code}/receipts.tlog-proofs: all events of the case.
Result<http::Response> receipts_file(const http::Request& request,
                                     db::Read& read,
                                     people::Citizen citizen);

// POST /feedback/{code}/receipt.tlog-proof and /feedback/{code}/receipt with the field `secret`:
// the same for a browser that does not hold the secret yet. The second lets it hold the secret.
Result<http::Pending> receipt_file_post(const http::Request& request, db::Read& read);
Result<http::Pending> receipt_page_post(const http::Request& request, db::Read& read);

// What the confirmation offers: the file and the page, by the secret that stands on it.
html::Fragment receipt_offers(const html::View& view, const Sent& sent);
// What the page of a case offers its holder.
html::Fragment proofs_card(const html::View& view, const Feedback& feedback);

}  // namespace ln::feedback
