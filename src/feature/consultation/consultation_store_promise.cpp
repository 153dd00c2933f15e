#include "feature/consultation/consultation_store_promise.h"

namespace ln::consultation {

std::vector<commitment::Commitment> promises_for(db::Read& read,
                                                 ConsultationId id,
                                                 std::int64_t point,
                                                 std::int64_t limit) {
  return read.all(
      "SELECT id, text, due_on, state FROM commitment WHERE origin = 'consultation' "
      "AND origin <> '' AND origin_id = $1 AND ($2 = 0 OR origin_part = $2) ORDER BY id LIMIT $3",
      [](const db::Row& row) {
        const auto state = commitment::from_word(commitment::all_states, row.view(3));
        if (!state) throw db::Failure("a commitment is in a state that is none");
        return commitment::Commitment{.id = row.id<commitment::CommitmentId>(0),
                                      .text = row.text(1),
                                      .due_on = row.day(2),
                                      .state = *state};
      },
      id, point, limit);
}

}  // namespace ln::consultation
