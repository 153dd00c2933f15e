// What the pages of supervision share. For this room's pages only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/supervision/supervision_store.h"
#include "platform/html/fill.h"
#include "platform/html/spoken.h"
#include "platform/html/view.h"

namespace ln::supervision {

html::Spoken title_of(const html::View& view, const Programme& p);
std::string unit_name(db::Read& read, units::UnitId id);
html::Url page_of(const html::View& view, const Programme& p);
// A line of the ledger, by its number.
html::Fragment line_link(const html::View& view, std::int64_t line);
html::Fragment hash_text(std::string_view bytes);

html::Fragment stage_badge(const html::View& view, const Programme& p);
// Waiting, late, answered, given back or verified.
html::Fragment advice_badge(const html::View& view, const Advice& advice, Instant now);

// Everything that everybody may see of a programme.
struct Sheet {
  Programme programme;
  std::vector<draw::Stratum> strata;
  std::vector<std::int64_t> drawn;
  std::vector<Finding> findings;
  std::vector<Advice> advice;
  std::int64_t replies = 0;  // of units to findings
  std::string unit;
};
std::optional<Sheet> sheet_of(db::Read& read, ProgrammeId id);

// What was announced, what decided, and how to draw again.
html::Fragment frame_facts(const html::View& view, const Sheet& sheet);
html::Fragment strata_table(const html::View& view, const Sheet& sheet);
// How many cases were found to be what; the last finding of each counts.
html::Fragment finding_counts(const html::View& view, const Sheet& sheet);
// The findings that count: the last of each case.
std::vector<Finding> last_findings(const std::vector<Finding>& all);

// One advice with everything that was said to it. `extra` stands below (forms).
html::Fragment advice_item(const html::View& view,
                           db::Read& read,
                           const Advice& advice,
                           Instant now,
                           const html::Fragment& extra = {});

// What a unit replied to a finding, for those who read the finding.
html::Fragment finding_reply(const html::View& view, const FindingReply& reply);

// "2026-11-23" and "09:30" as typed into a date and a time field.
std::optional<Day> day_in(std::string_view text);
std::optional<Instant> moment_in(std::string_view day, std::string_view time);

}  // namespace ln::supervision
