// What the pages of reception share. For this room's pages only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/reception/reception_store_turn.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::reception {

html::Url day_url(const html::View& view, ReceptionId id);
html::Url turn_url(const html::View& view, const Code& code);
html::Url unit_url(const html::View& view, std::string_view unit_code);
std::string unit_name(const html::View& view, db::Read& read, units::UnitId id);

// Places that are free, held, not held, over or cancelled.
html::Fragment day_badge(const html::View& view,
                         const Reception& reception,
                         std::int64_t free,
                         Instant now);
// "08:00–11:00 thứ Hai 23/11/2026".
std::string hours_of(const html::View& view, const Reception& reception);
// One of a list of days; `to`: the page it leads to.
html::Fragment day_item(const html::View& view,
                        db::Read& read,
                        const Reception& reception,
                        const html::Url& to,
                        Instant now);
html::Fragment day_facts(const html::View& view, const Reception& reception);
// What happened to the day, each with its line in clear.
html::Fragment day_history(const html::View& view, db::Read& read, const Reception& reception);

// Who keeps the day since a reorganisation ended the unit that announced it, with the day on which
// it went there; empty when none did.
html::Fragment followed_note(const html::View& view, db::Read& read, const Reception& reception);

// "Why this date": every step from `from` on. Nothing when it no longer gives `due`.
html::Fragment why_due(const html::View& view, const calendar::Due& why, Instant due);
// Whether something is owed, until when, or when it was given.
html::Fragment owed_badge(const html::View& view, const Turn& turn, Instant now);
// What the log says, the results and what was said against one: for whoever may read the words.
html::Fragment turn_story(const html::View& view, db::Read& read, const Turn& turn);

// Where a list begins: `from` of the address, bounded.
std::int64_t place_in(const http::Request& request);
// The day of the path; not_found when there is none.
Result<Reception> asked_day(const http::Request& request, db::Read& read);

// What whoever books is given: code and secret, shown once.
struct Slip {
  std::string code, secret;
  std::int64_t line = 0;
  std::string fingerprint;
};
std::string packed(const Slip& slip);
std::optional<Slip> unpacked_slip(std::string_view text);
// Time, place, what to bring, code, secret, QR and line. `on`: where to go on.
html::Fragment slip_part(const html::View& view,
                         const Slip& slip,
                         const Reception& reception,
                         const Turn& turn,
                         const html::Url& on,
                         std::string_view on_text);

// The fields of a booking, for people and for the counter.
struct BookingSheet {
  std::string about{}, name{}, contact{}, way{}, case_code{}, once{};
  bool is_counter = false;
};
BookingSheet sheet_of(const http::Fields& form);
html::Fragment booking_fields(const html::View& view,
                              const BookingSheet& sheet,
                              const Error* error);

}  // namespace ln::reception
