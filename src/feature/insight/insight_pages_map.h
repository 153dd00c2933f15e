// The wards as one drawing, coloured by how many answers came on time.
#pragma once

#include "feature/insight/insight.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::insight {

// An SVG with one path for each colour, its legend, and a caption that leads to the table.
html::Fragment ward_map(const html::View& view, const Figures& figures);

}  // namespace ln::insight
