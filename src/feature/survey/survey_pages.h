// Pages for everybody: which surveys there are, how people were chosen, what came of it, and what
// each number means.
//
//   GET /surveys                      the newest first
//   GET /surveys/{id}                 one of them: who is asked, or, once it is over, its figures
//   GET /surveys/{id}/figures         what each number is: its parts and the rows behind it
//   GET /surveys/{id}/{file}          plan.txt, counts.csv, report.xlsx
#pragma once

#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::survey {

Result<http::Response> list_page(const http::Request& request, db::Read& read);
Result<http::Response> result_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> figures_page(const http::Request& request, db::Read& read);
Result<http::Response> file_of(const http::Request& request, db::Read& read);

}  // namespace ln::survey
