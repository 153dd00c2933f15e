// Taking in for others: a clerk types, the sender may correct, and paper forms are printed,
// withdrawn and typed in.
//
// The clock of a case runs from its receipt by the server. When it was said or written is the
// clerk's statement, kept and shown beside it. A printed form is no case and stands in no ledger
// before it is typed in; then the case has the code of the form and answers to the secret on the
// strip its writer kept, which the clerk never sees.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "core/people/people.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_intake.h"
#include "platform/db/db.h"

namespace ln::feedback {

// A report that a clerk typed and has read back.
struct TakenIn {
  Prepared prepared;
  Intake intake{};
  std::optional<Paper> paper{};  // the form it stood on
};

// Makes `prepared` the case of a printed form: it gets the form's code and the public key of the
// secret on its strip, and no secret of its own.
void put_on_paper(Prepared& prepared, const Paper& paper);
// Why the form of `code` cannot be typed in now; null when it can. There is no such form, it was
// typed in, it was withdrawn, it has expired.
std::optional<TextKey> wrong_with_paper(const std::optional<Paper>& paper, Instant now);

// Refuses forbidden (whoever may not take in), conflict (the form was typed in or withdrawn
// meanwhile) and what submit() refuses.
Result<Submitted> take_in(db::Write& write,
                          const people::Officer& clerk,
                          const TakenIn& taken,
                          Instant now);

// The sender puts right what a clerk typed: `act.text` becomes the text of the case. Refuses
// not_found (a wrong secret), conflict (nobody typed it for them, or may_correct says no) and
// invalid (too short, too long, nothing changed).
Result<Feedback> correct(db::Write& write, const CitizenAct& act);

// The forms of a batch, with their secrets drawn: shown once, on the pages that are printed.
struct DrawnPaper {
  Code code;
  std::string secret;
};
std::vector<DrawnPaper> draw_papers(db::Read& read, std::int64_t count, Random& random);
// Records a batch of forms. Refuses forbidden, invalid (`count` not within 1…papers_max) and
// conflict (a code is taken).
Result<PaperBatch> print_papers(db::Write& write,
                                const people::Officer& clerk,
                                About about,
                                const units::Unit& unit,
                                const std::vector<DrawnPaper>& papers,
                                Instant now);
// Forms of the batch that are not typed in cannot be any more. Refuses not_found (no such batch
// within the officer's units), forbidden and conflict (withdrawn already).
Result<Done> withdraw_papers(db::Write& write,
                             const people::Officer& clerk,
                             PaperBatchId batch,
                             Instant now);

}  // namespace ln::feedback
