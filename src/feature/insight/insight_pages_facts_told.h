// What public facts of supervision and of surveys say, on their page.
#pragma once

#include "core/ledger/ledger_public_supervision.h"
#include "core/ledger/ledger_public_survey.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::insight {

html::Fragment told_fact(const html::View& view, const ledger::SupervisionFact& fact);
html::Fragment told_fact(const html::View& view, const ledger::SurveyFact& fact);

}  // namespace ln::insight
