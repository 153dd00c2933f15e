// The figures of a survey that is over, as a page and as files.
#pragma once

#include <string>

#include "feature/survey/survey_pages_parts.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::survey {

// Headline, who stands apart, and each question: charts with their tables.
html::Fragment figures_part(const html::View& view, const Sheet& sheet, const Figures& figures);
// What each figure is: numerator, denominator, and the rows of counts.csv behind it.
html::Fragment definitions_part(const html::View& view, const Sheet& sheet, const Figures& figures);
// The layout of the official report: one row for each criterion, by section. XLSX.
std::string report_xlsx(const html::View& view, const Sheet& sheet, const Figures& figures);

}  // namespace ln::survey
