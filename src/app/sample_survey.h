// The sample's surveys: one of a ward's services that is over, with clusters drawn by a head of the
// ledger and some four hundred answers, and one of its counter that is open. Goes on while the
// cases of the city are played, because a draw takes a head that comes after the announcement.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/sample_staff.h"
#include "feature/survey/survey.h"
#include "platform/db/db.h"

namespace ln::app {

class SampleSurvey {
 public:
  // Puts in the program's forms. `unit` is judged. Borrows `database` and `staff`.
  SampleSurvey(db::Database& database,
               const SampleStaff& staff,
               const units::Unit& unit,
               std::uint64_t seed,
               Instant now);

  // Called after each batch of acts, with the time of the last of them, which it moves on a little.
  // A city so small that it is played in one batch has no survey.
  void go_on(Instant& clock);

 private:
  void hold_first(Instant& clock);
  void open_second(Instant clock);
  // Prints slips for one cluster (0: none); some of them will answer between `from` and `to`.
  struct Round {
    std::int64_t cluster = 0;
    std::uint64_t slips = 0, of_ten_answer = 0;
    int mood = 0;  // from 0 to 3: how content this cluster is
    Instant from{}, to{};
  };
  void ask(survey::SurveyId id, const Round& round);
  // Sends the answers whose time has come.
  void say_due(Instant clock);

  struct Waiting {
    survey::SurveyId survey{};
    std::string secret{};
    survey::Given given{};
    Instant at{};
  };

  db::Database& database_;
  const SampleStaff& staff_;
  units::Unit unit_;
  SeededRandom random_;
  Instant now_;
  survey::SurveyId first_{}, second_{};
  std::vector<Waiting> waiting_{};  // by time
  bool is_closed_ = false;
};

}  // namespace ln::app
