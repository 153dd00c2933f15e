// The sample's supervision: one programme whose draw is over, with one recommendation that was
// verified and one that is late. Goes on while the cases of the city are played, because a draw
// takes a head of the ledger that comes after the announcement.
#pragma once

#include <cstdint>
#include <optional>

#include "app/sample_staff.h"
#include "feature/supervision/supervision.h"

namespace ln::app {

class SampleSupervision {
 public:
  // `unit` is advised. Borrows `database` and `staff`.
  SampleSupervision(db::Database& database,
                    const SampleStaff& staff,
                    const units::Unit& unit,
                    std::uint64_t seed,
                    Instant now);

  // Called after each batch of acts, with the time of the last of them, which it moves on a little.
  // A city so small that it is played in one batch has no programme.
  void go_on(Instant& clock);

 private:
  void announce(Instant& clock);
  void find_and_advise(Instant at);
  void answer_and_verify(Instant at);

  db::Database& database_;
  const SampleStaff& staff_;
  units::Unit unit_;
  SeededRandom random_;
  Instant now_;
  supervision::ProgrammeId id_{};
  std::optional<supervision::AdviceId> first_{};
  std::optional<Instant> advised_at_{};
  bool is_verified_ = false;
};

}  // namespace ln::app
