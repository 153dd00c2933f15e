// Compares the answers of surveys that are not over with what the ledger was told of them.
#pragma once

#include <vector>

#include "core/ledger/ledger_verify.h"
#include "feature/survey/survey.h"
#include "platform/db/db.h"

namespace ln::survey {

// One fault for each answer that is not what its newest line was told, and one where the ledger
// received more or fewer answers than are kept, in rows or in the totals of surveys that are over.
// Empty when all is well.
std::vector<ledger::Fault> unfit_answers(db::Read& read);
// The first of it, for the answers of one survey.
std::vector<ledger::Fault> unfit_answers(db::Read& read, SurveyId id);

}  // namespace ln::survey
