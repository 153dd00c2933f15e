// A witness on the web: for programs in plain text (C2SP tlog-witness), and a page for people, so
// that whoever doubts a city can see here what it said, and have the evidence when it said two
// things.
#pragma once

#include "base/result.h"
#include "core/witness/witness_actions.h"
#include "platform/http/http.h"

namespace ln::witness {

// Who answers from now on: a process is one witness. Null: nobody. Outlives the server.
void set_witness(Witness* witness);

// POST /add-checkpoint. 200 with our signature line, 400, 403, 404, 409 with the size that we have
// seen (text/x.tlog.size), 422; 500 when it could not be stored, and then nothing is signed.
Result<http::Pending> add_checkpoint(const http::Request& request);
// GET /{address}/checkpoint: the last head that we have cosigned, with our signature.
Result<http::Response> checkpoint_file(const http::Request& request);
// GET /: our key, what we have seen of whom, and what we keep against whom, in both languages.
Result<http::Response> about_page(const http::Request& request);
// GET /evidence/{name}: two heads of one size that a log has signed.
Result<http::Response> evidence_file(const http::Request& request);

}  // namespace ln::witness
