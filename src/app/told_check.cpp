#include "app/told_check.h"

#include <utility>

#include "feature/ballot/ballot_store_check.h"
#include "feature/commitment/commitment_store_check.h"
#include "feature/consultation/consultation_store_check.h"
#include "feature/dialogue/dialogue_store_check.h"
#include "feature/disclosure/disclosure_store_check.h"
#include "feature/feedback/feedback_jobs_check.h"
#include "feature/insight/insight_jobs_daily.h"
#include "feature/reception/reception_store_check.h"
#include "feature/survey/survey_store_check.h"

namespace ln::app {

std::vector<ledger::Fault> check_told(db::Read& read) {
  std::vector<ledger::Fault> faults = insight::check_days(read);
  for (auto* check : {feedback::unfit_texts, dialogue::unfit_texts, commitment::unfit_texts,
                      ballot::unfit_texts, disclosure::unfit_texts, reception::unfit_texts})
    for (ledger::Fault& fault : check(read)) faults.push_back(std::move(fault));
  for (ledger::Fault& fault : survey::unfit_answers(read)) faults.push_back(std::move(fault));
  for (ledger::Fault& fault : consultation::unfit_tokens(read)) faults.push_back(std::move(fault));
  return faults;
}

}  // namespace ln::app
