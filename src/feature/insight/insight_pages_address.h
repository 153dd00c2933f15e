// A published number on any page: as text, and as a link to the page that gives its definition,
// numerator, denominator and the open-data rows behind it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "feature/insight/insight.h"
#include "feature/insight/insight_pages_live.h"
#include "platform/html/fill.h"
#include "platform/html/url.h"
#include "platform/html/view.h"

namespace ln::insight {

// What a number is about, as its address says it.
struct About {
  std::string period = "last30";  // the words of periods_of (insight_open.h)
  std::string unit{};             // a code; empty: the whole city
  bool with_below = false;        // with what stands below the unit
};

// "/figures/on_time?period=last30&unit=P1"
html::Url figure_url(const html::View& view, std::string_view figure, const About& about);

// "67,2%" or "4,1" or "95", by what the definition says; a dash where there are fewer than five.
std::string value_of(const html::View& view, std::string_view figure, const Counts& counts);
// "63,1–71,0%, n = 95", "n = 95" where there is no interval; empty where there is no value.
std::string certainty_of(const html::View& view, std::string_view figure, const Counts& counts);

// Both, the number as a link; "too few" where there are fewer than five.
html::Fragment linked_figure(const html::View& view,
                             std::string_view figure,
                             const Counts& counts,
                             const About& about);
// The number alone as a link.
html::Fragment linked_value(const html::View& view,
                            std::string_view figure,
                            const Counts& counts,
                            const About& about);

// The large numbers on top of a page, each a link, with its interval in words below its name.
struct Headline {
  std::string_view figure;
  TextKey name;
};
html::Fragment headlines(const html::View& view,
                         const Counts& counts,
                         const About& about,
                         std::span<const Headline> all);

// "Figures up to Sunday 22 November 2026, anew every Monday", or that no week is told yet.
html::Fragment told_until(const html::View& view, const Settled& settled);

}  // namespace ln::insight
