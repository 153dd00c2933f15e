// What pages of signals have in common.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "feature/insight/insight_signal.h"
#include "platform/db/db.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::insight {

inline constexpr std::string_view signals_path = "/staff/signals";

std::string staff_page(const html::View& view,
                       std::string_view title,
                       html::Fragment body,
                       bool has_errors = false);

// "38 of 41 (92,7%); usual: 11,2%", in the words of the kind.
std::string arithmetic_words(const html::View& view, const KeptSignal& signal);
// "1 trong 20.000", or that it is smaller than can be printed.
std::string chance_words(const html::View& view, double p_value);
// Open, disputed, explained or standing.
html::Fragment signal_badge(const html::View& view, const std::optional<Dispute>& dispute);
// What stands behind a signal of rooms: each thing with the way to its public page, and why.
html::Fragment object_list(const html::View& view, db::Read& read, const KeptSignal& signal);
// A table of signals with links; the unit's names are read.
html::Fragment signal_table(const html::View& view,
                            db::Read& read,
                            std::span<const KeptSignal> signals);

}  // namespace ln::insight
