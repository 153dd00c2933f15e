// The words and tables of a report, as files.
//
// Every share stands with its numerator, denominator and 95 % interval (stats::wilson), every mean
// with n; what is about fewer than five cases is withheld, and where a total would give it away, so
// is another count (stats::SafeTable). A section says what cannot be concluded.
#pragma once

#include <string>
#include <string_view>

#include "feature/insight/insight_report.h"
#include "platform/i18n/i18n.h"

namespace ln::insight {

// "Tháng 10 năm 2026", "Quý III năm 2026", "Năm 2025", "Giai đoạn 2021–2025".
std::string period_name(const i18n::Voice& voice, const Period& period);

// The bytes in one of report_formats, in the report's language. The same numbers give the same
// bytes.
std::string report_file(const Report& report,
                        const units::Unit& unit,
                        const ReportNumbers& numbers,
                        std::string_view format);

}  // namespace ln::insight
