// Pages for everybody: what became of what was said.
//
//   GET /consultations/{id}/answers               every answered point, as the synthesis table
//   GET /consultations/{id}/answers/{number}      one point, its answer, and who stands behind it
//   GET /consultations/{id}/changes               each clause before and after, and what changed it
//   GET /consultations/{id}/table/{file}          the table as table.docx, table.xlsx, table.csv
#pragma once

#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::consultation {

Result<http::Response> answers_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> answer_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> changes_page(const http::Request& request, db::Read& read);
Result<http::Response> table_file(const http::Request& request, db::Read& read);

}  // namespace ln::consultation
