// Hiding and showing again: pictures with boxes, whole texts taken down, the sender's word against
// it. The text itself is published and edited by publish() (feedback_actions.h).
//
// Each act is an entry "redacted" of the ledger and a row of the moderation log in one transaction.
// Who may: those who may publish (feedback_rights.h), and the sender who contests.
#pragma once

#include <string>
#include <vector>

#include "core/attachment/attachment_cover.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_moderation.h"

namespace ln::feedback {

// publish() of feedback_actions.h with a reason for what it hides or changes of the original, which
// becomes a line of the moderation log; without one it is privacy.
Result<Feedback> publish(db::Write& write,
                         const OfficerAct& act,
                         const std::string& title,
                         const std::string& body,
                         HideReason reason);

// A picture that came with the case or with its answer; null when `token` is none of its pictures.
std::optional<attachment::Attachment> picture_of(db::Read& read,
                                                 const Feedback& feedback,
                                                 std::string_view token);

struct ShowPicture {
  attachment::AttachmentId original{};
  attachment::Prepared covered;  // attachment::prepare_covered
  std::vector<file::Box> boxes{};
  HideReason reason = HideReason::privacy;
};
// Shows the covered picture to everybody, instead of any shown before. The original stays as hidden
// as it was. Refuses what load_for refuses, a case whose text is not public (conflict), and a
// picture that is not there (not_found).
Result<Feedback> show_picture(db::Write& write, const OfficerAct& act, const ShowPicture& shown);

// The picture is shown to nobody but the sender and the office; where it was stands why.
Result<Feedback> withhold_picture(db::Write& write,
                                  const OfficerAct& act,
                                  attachment::AttachmentId original,
                                  HideReason reason);

// Takes the whole text down, and every picture of the case: a stone with date and reason stays. It
// may be published again. Refuses (conflict) a case that is not public.
Result<Feedback> withdraw(db::Write& write, const OfficerAct& act, HideReason reason);

// The sender asks that what was hidden be looked at again, once until the office has acted on it.
// Refuses (conflict) when nothing is hidden or it was asked already, (invalid) a word too few.
Result<Feedback> contest_hiding(db::Write& write, const CitizenAct& act);

}  // namespace ln::feedback
