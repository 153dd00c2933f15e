// What its sender is told of a case beside its page: by e-mail or on the phone, when they left
// either. Never of a protected case, whose contact nobody here can read.
#pragma once

#include "core/ledger/ledger.h"
#include "feature/feedback/feedback.h"
#include "feature/feedback/feedback_moderation.h"
#include "feature/feedback/feedback_store.h"
#include "platform/db/db.h"

namespace ln::feedback {

struct Told {
  ledger::Event event;
  ledger::Party party = ledger::Party::office;
  std::string_view reason = {};
  std::optional<Day> day = {};
};

// Queues the notice of what happened, in its transaction. Says that something happened and by when
// what is to follow, never what anybody wrote. Of what the sender did themselves only the first is
// confirmed, and steps inside the office are not worth a letter. `feedback` is the case as it is
// afterwards.
void tell_sender(db::Write& write, const Feedback& feedback, const Told& what, Instant now);

// Tells the sender what an office did to what is public of the case: hidden in part, reworded,
// taken down or shown again. Never what it was; the page says of what kind and why, and takes the
// sender's word against it.
void tell_of_hiding(db::Write& write, const Feedback& feedback, Change change, Instant now);

// Tells the sender that they are asked whether anybody pressed them.
void tell_of_question(db::Write& write, const Feedback& feedback, Instant now);

}  // namespace ln::feedback
