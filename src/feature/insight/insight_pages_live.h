// What of the home page changes while somebody looks at it.
#pragma once

#include <string>

#include "base/result.h"
#include "feature/insight/insight.h"
#include "platform/http/http.h"
#include "platform/i18n/i18n.h"

namespace ln::insight {

std::string live_channel(i18n::Language language);
// {"received": "12.480", …}: already in the reader's language, for [data-k].
std::string live_figures(i18n::Language language, const Figures& figures);

// As words: "87,3 %", "4,1", or a dash where there are too few.
std::string on_time_text(const i18n::Voice& voice, const stats::Share& share);
std::string rating_text(const i18n::Voice& voice, const stats::Ratings& ratings);
std::string rating_interval_text(const i18n::Voice& voice, const stats::Ratings& ratings);
// Of a share: "85,0%–90,2%".
std::string share_interval_text(const i18n::Voice& voice,
                                const stats::Interval& interval,
                                int digits = 1);
// A number that moves with each message: from ten on, rounded down to fives, so that neither
// looking again nor taking away what open data tells leaves one person.
std::string moment_text(const i18n::Voice& voice, std::int64_t count);
// "12.480", or "< 5" for one to four.
std::string count_text(const i18n::Voice& voice, std::int64_t count);

// GET /live/figures
Result<http::Response> live_stream(const http::Request& request);

}  // namespace ln::insight
