// Units in bands: shown by what can be told apart, never ranked.
#pragma once

#include <cstddef>

#include "feature/insight/insight.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::insight {

// A table with a part for each band; inside a part the order is alphabetical. At most `per_band`
// rows of each (those with the most cases are kept); 0: all, and those with too few as well.
// Where rows are left out, those with too few to tell are, too.
html::Fragment band_table(const html::View& view, const Figures& figures, std::size_t per_band);

// `count` offices in alphabetical order, from the `first` one on.
html::Fragment unit_table(const html::View& view,
                          const Figures& figures,
                          std::size_t first,
                          std::size_t count);

}  // namespace ln::insight
