#include "feature/commitment/commitment_store_check.h"

#include <string>

#include "feature/commitment/commitment_store_case.h"

namespace ln::commitment {

std::vector<ledger::Fault> unfit_texts(db::Read& read) {
  struct Line {
    std::int64_t id = 0, commitment = 0;
    std::string payload{}, salt{};
  };
  const auto newest = read.all(
      "SELECT e.id, e.subject_id, e.payload, s.body_salt FROM ledger_entry e "
      "JOIN ledger_secret s ON s.id = e.id WHERE e.subject_kind = 'commitment' AND e.seq = "
      "(SELECT max(x.seq) FROM ledger_entry x WHERE x.subject_kind = 'commitment' "
      "AND x.subject_id = e.subject_id AND x.event = 'promised') ORDER BY e.subject_id",
      [](const db::Row& row) {
        return Line{row.integer(0), row.integer(1), row.text(2), std::string(row.view(3))};
      });
  std::vector<ledger::Fault> faults;
  for (const Line& line : newest) {
    const auto c = find(read, CommitmentId{line.commitment});
    if (!c)
      faults.push_back({line.id, "the promise of this line is not there any more"});
    else if (c->source == Source::feedback &&
             (c->is_private() || is_case_erased(read, c->source_id)))
      continue;  // Its words went with the case's, or were never told here.
    else if (!ledger::was_told(line.payload, line.salt, body_of(*c, c->text)))
      faults.push_back({line.id, "the promise is not what was made, reworded or changed last"});
  }
  return faults;
}

}  // namespace ln::commitment
