// Periodic reports for those who lead: asking for one, seeing how far it is, taking its files.
#pragma once

#include "feature/insight/insight_actions_report.h"
#include "platform/http/http.h"

namespace ln::insight {

// GET /staff/reports : those of the reader's units, the newest first, and a form for another.
Result<http::Response> reports_page(const http::Request& request,
                                    db::Read& read,
                                    Reporter reporter,
                                    Instant now);
// POST /staff/reports {period, unit, language}
Result<http::Pending> reports_post(const http::Request& request,
                                   db::Read& read,
                                   Reporter reporter,
                                   Instant now);
// GET /staff/reports/{id:number} : loads itself again while it is being made.
Result<http::Response> report_page(const http::Request& request, db::Read& read, Reporter reporter);
// GET /staff/reports/{id:number}/{file} : "report.docx", "report.xlsx", "report.html".
Result<http::Response> report_download(const http::Request& request,
                                       db::Read& read,
                                       Reporter reporter);

}  // namespace ln::insight
