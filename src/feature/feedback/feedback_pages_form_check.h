// The last page before sending, and the one after it. For the wings of this form only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/attachment/attachment.h"
#include "core/ledger/ledger_promise.h"
#include "core/units/units.h"
#include "feature/feedback/feedback_pages_form_draft.h"
#include "feature/feedback/feedback_store_similar.h"
#include "platform/html/view.h"

namespace ln::feedback {

// Everything "check your answers" shows. Precondition of gather_check: nothing is wrong with the
// draft.
struct CheckShown {
  Draft draft;
  std::vector<Step> steps;
  Prepared prepared;
  std::optional<units::Unit> object;   // whom it is about
  std::optional<units::Unit> handler;  // who will answer
  std::string procedure{};
  std::vector<Question> questions{};
  std::vector<attachment::Attachment> files{};
  std::vector<Similar> similar{};  // published cases that say the same
  Instant now{};
};
CheckShown gather_check(db::Read& read, const Draft& draft, Random& random, Instant now);
std::string check_html(const html::View& view, const CheckShown& shown);

// What sending brought about: kept sealed under the draft's token, so that sending again shows the
// same.
struct Sent {
  std::string code;
  std::string secret;
  std::int64_t index = 0;     // of the line in the ledger; 0 while it waits
  std::string fingerprint{};  // of the leaf, hex
  Instant received_at{};
  std::optional<Instant> before{};  // it waits, and will stand in the ledger before this hour
};
std::string packed(const Sent& sent);
std::optional<Sent> unpacked_sent(std::string_view text);

// What the confirmation tells beside that.
struct SentShown {
  Topic topic{};
  std::string handler{};  // name of the unit that answers
  std::string hours{};    // of the case, as in Feedback
  bool is_protected = false;
  std::optional<ledger::Promiser> promiser{};  // signs the receipt of what waits
};
std::string sent_html(const html::View& view, const Sent& sent, const SentShown& shown);

}  // namespace ln::feedback
