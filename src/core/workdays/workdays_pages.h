// The working calendar for everybody. app/routes_core names it:
//
//   GET /calendar    calendar_page: a year's days, and what was changed
#pragma once

#include <string>

#include "base/result.h"
#include "core/workdays/workdays.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::workdays {

// `?year=2026`; the year of `now` when none is asked for.
Result<http::Response> calendar_page(const http::Request& request, Instant now);

// The parts of it, also for the page on which it is changed.

TextKey key_of(const std::optional<calendar::DayKind>& kind);
std::string_view name_of(const html::View& view,
                         const std::string& name_vi,
                         const std::string& name_en);
// The year asked for, within those that are known.
int year_of(const http::Request& request, Instant now);
// Links to the years before and after; `base` is the page.
html::Fragment year_links(const html::View& view, const html::Url& base, int year);
// The days of a year that are not what their weekday says, with source. `remove`, when given, is
// the page that takes a day out: ?remove=2026-11-24.
html::Fragment days_table(const html::View& view,
                          const Calendar& calendar,
                          int year,
                          const std::optional<html::Url>& remove = std::nullopt);
// Office hours as people read them: "07:30–11:30, 13:30–17:00; thứ Bảy 08:00–11:30". `line` is one
// of engine/calendar/calendar_hours.h.
std::string shown_hours(const html::View& view, std::string_view line);
// What was changed, the newest first.
html::Fragment changes_table(const html::View& view, const Calendar& calendar);

}  // namespace ln::workdays
