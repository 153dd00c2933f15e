// The slip: what a person takes home who could not send by themselves.
//
// Code and secret stand on it together, as letters in groups and as one QR code, with the dates of
// what happens next. It is shown once: whoever loads the page again after `slip_again_within` is
// told that it was.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "feature/feedback/feedback_intake.h"
#include "feature/feedback/feedback_pages_form_check.h"
#include "platform/html/fill.h"
#include "platform/html/url.h"

namespace ln::feedback::help {

// A press that was repeated, or a page that did not come through, still shows the slip for so long.
inline constexpr std::chrono::minutes slip_again_within{10};

struct SlipShown {
  Sent sent;
  Topic topic{};
  std::string handler{};
  std::string hours{};  // of the case, as in Feedback
  bool is_protected = false;
  bool reads_out = false;    // taken in on the phone: nobody is there to take a slip
  bool is_on_paper = false;  // the secret is on the strip of the form
  std::optional<Instant> correct_until{};
  std::optional<Day> stated_on{};
  std::optional<Instant> stated_at{};
};
// What the page shows below its heading. Nothing here can be asked for again.
html::Fragment slip_html(const html::View& view, const SlipShown& shown);
// Instead of it, when it was shown before.
html::Fragment slip_shown_before(const html::View& view);

// What sending `prepared` brought about. Without a secret of its own it is that of a paper form.
Sent sent_of(const Submitted& submitted, const Prepared& prepared);
// What sending brought about, kept sealed under its token together with when it was sent.
std::string packed_at(const Sent& sent, Instant at);
// Gathers what the slip tells of a case that is sent.
SlipShown gather_slip(db::Read& read, const Sent& sent, const Feedback& feedback);
// The slip of what was sent before, from what was packed; null once it may not be shown again.
std::optional<SlipShown> slip_again(db::Read& read, std::string_view packed, Instant now);

}  // namespace ln::feedback::help
