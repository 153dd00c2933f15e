#include "app/told_check.h"

#include <string>
#include <string_view>
#include <utility>

#include "feature/ballot/ballot_store_check.h"
#include "feature/commitment/commitment_store_check.h"
#include "feature/consultation/consultation_jobs_check.h"
#include "feature/consultation/consultation_store_check.h"
#include "feature/dialogue/dialogue_store_check.h"
#include "feature/disclosure/disclosure_store_check.h"
#include "feature/emulation/emulation_store_check.h"
#include "feature/feedback/feedback_jobs_check.h"
#include "feature/insight/insight_jobs_daily.h"
#include "feature/project/project_store_check.h"
#include "feature/reception/reception_store_check.h"
#include "feature/supervision/supervision_jobs_check.h"
#include "feature/survey/survey_store_check.h"

namespace ln::app {
namespace {

struct Room {
  std::string_view name;  // as its folder is called
  std::vector<ledger::Fault> (*check)(db::Read&);
};
constexpr Room told_rooms[] = {
    {"insight", insight::check_days},
    {"feedback", feedback::unfit_texts},
    {"dialogue", dialogue::unfit_texts},
    {"commitment", commitment::unfit_texts},
    {"ballot", ballot::unfit_texts},
    {"disclosure", disclosure::unfit_texts},
    {"reception", reception::unfit_texts},
    {"consultation", consultation::unfit_texts},
    {"consultation", consultation::unfit_tokens},
    {"consultation", consultation::unfit_tallies},
    {"supervision", supervision::unfit_texts},
    {"project", project::unfit_texts},
    {"emulation", emulation::unfit_texts},
    {"survey", survey::unfit_answers},
};

}  // namespace

std::vector<ledger::Fault> check_told(db::Read& read) {
  std::vector<ledger::Fault> faults;
  for (const Room& room : told_rooms) {
    const std::string name = std::string(room.name) + ": ";
    std::vector<ledger::Fault> found;
    try {
      found = room.check(read);
    } catch (const db::Failure& failure) {
      // A word or code that is none in one row says of that room that it was changed; the city goes
      // on. The snapshot reads no further after it, so the rooms behind it wait until the row is
      // mended. A busy or lost database says nothing of any.
      if (failure.kind() != db::Failure::Kind::corrupt &&
          failure.kind() != db::Failure::Kind::other)
        throw;
      faults.push_back(
          {0, name + "could not be read, and no room after it: " + std::string(failure.what())});
      return faults;
    }
    for (std::size_t i = 0; i < found.size() && i < told_faults_max; ++i)
      faults.push_back({found[i].id, name + found[i].what});
    if (found.size() > told_faults_max)
      faults.push_back({0, name + std::to_string(found.size() - told_faults_max) + " more"});
  }
  return faults;
}

}  // namespace ln::app
