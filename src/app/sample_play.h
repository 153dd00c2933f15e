// Does what the plan of the sample city says, by the same actions that pages and the API call, with
// the time at which each act is said to have happened.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/sample_plan.h"
#include "app/sample_staff.h"
#include "app/sample_supervision.h"
#include "app/sample_survey.h"
#include "platform/db/db.h"

namespace ln::app {

// What became of a planned case, and what its sender knows.
struct SampleLife {
  std::optional<feedback::Code> code{};
  std::string secret{};
  feedback::FeedbackId id{};
  feedback::State state = feedback::State::received;
  std::int64_t revision = 0;
  std::string unit_path{};
  int answer_count = 0;
  bool is_late = false;  // the first answer came after it was due
  bool is_published = false;
  bool has_promise = false;               // something was promised in it, which follows it
  const SampleLine* last_line = nullptr;  // nobody says the same twice in a row
  std::string phone{};                    // in the text, and taken out of what is published
  SampleSlots slots{};
};

struct SampleScene {
  db::Database& database;
  Instant& clock;  // what the signed heads of the ledger say; moved along with the acts
  const SampleStaff& staff;
  std::span<const SamplePlace> places;
  std::function<void(std::size_t done, std::size_t all)> progress;  // after each batch
};

// The lives of `cases`, in their order. Throws std::logic_error when an act is refused, which is a
// fault of the plan.
std::vector<SampleLife> play_sample(const SampleScene& scene,
                                    std::span<const SampleCase> cases,
                                    Random& random);

// The sample's consultation on a staff regulation: a draft in two versions with what people said of
// it and to its statements, from data/sample/consultation_* inside the executable. Opens it twelve
// days before `now`, publishes its second version three days before, and leaves it open for nine
// days more. Throws std::logic_error when an act is refused, which is a fault of the sample's own
// texts.
void play_consultation(db::Database& database,
                       const SampleStaff& staff,
                       Random& random,
                       Instant now);

// Two consultations with more than three hundred comments each, in data/sample/consultation_pay*
// and consultation_clearance*: one on additional income of officials, opened eleven days before
// `now` and open for two weeks more; and one of `unit` on a clearance plan, which was answered to
// the last point, objected to once and decided. Throws std::logic_error when an act is refused.
void play_full_consultations(db::Database& database,
                             const SampleStaff& staff,
                             const units::Unit& unit,
                             Random& random,
                             Instant now);

// Two dialogues of `unit`: one seventy days before `now` with approved minutes and promises, of
// which one was kept, one broken and one changed with consent; and one that comes in nine days,
// with questions. Throws std::logic_error when an act is refused.
void play_dialogues(db::Database& database,
                    const SampleStaff& staff,
                    const units::Unit& unit,
                    Random& random,
                    Instant now);

// A project of `unit` with forty households: two rounds that were closed and a third that takes
// questions at `now`. Throws std::logic_error when an act is refused.
void play_project(db::Database& database,
                  const SampleStaff& staff,
                  const units::Unit& unit,
                  Random& random,
                  Instant now);

// Models of `unit`, which has a project: one that is registered, one that was refuted, and one that
// was confirmed where the figures of the sample show that something became better.
void play_emulation(db::Database& database,
                    const SampleStaff& staff,
                    const units::Unit& unit,
                    Random& random,
                    Instant now);

// What jobs do with promises until then, however many there are.
void pass_sample_promises(db::Database& database, Random& random, Instant now);

}  // namespace ln::app
