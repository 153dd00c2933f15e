// What the pages of invited bodies share. For this room's pages only.
#pragma once

#include <string_view>
#include <vector>

#include "feature/consultation/consultation_store_invitation.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::consultation {

// "Trả lời đúng hạn", "Trả lời muộn 3 ngày", "Quá hạn 3 ngày, chưa trả lời", "Còn hạn".
html::Fragment punctuality_badge(const html::View& view, const Invitation& invitation, Day today);
// The day on which bodies are looked at: today, and from the decision on the day of the decision.
Day day_of_invited(db::Read& read, ConsultationId id, Instant now);
// One row for each: name, its day, how it stands, how many comments it sent.
html::Fragment invited_table(const html::View& view,
                             const std::vector<CountedInvitation>& all,
                             Day today);

}  // namespace ln::consultation
