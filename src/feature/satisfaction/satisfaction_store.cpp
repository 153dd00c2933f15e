#include "feature/satisfaction/satisfaction_store.h"

namespace ln::satisfaction {
namespace {

template <class T>
T known(const std::optional<T>& value) {
  if (!value) throw db::Failure("unknown word in a rating or its case");
  return *value;
}

std::string joined(const std::vector<Reason>& reasons) {
  std::string out;
  for (const Reason reason : reasons)
    out += (out.empty() ? "" : " ") + std::string(to_text(reason));
  return out;
}

std::vector<Reason> split(std::string_view words) {
  std::vector<Reason> all;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    all.push_back(known(reason_of(words.substr(0, end))));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return all;
}

}  // namespace

std::optional<Case> find_case(db::Read& read, const feedback::Code& code) {
  return read.one(
      "SELECT id, citizen_key, state, sender, unit_id, last_answered_at, erased_at, "
      "is_protected FROM feedback "
      "WHERE code = $1",
      [](const db::Row& row) {
        return Case{.id = row.id<feedback::FeedbackId>(0),
                    .citizen_key = row.text(1),
                    .state = known(feedback::from_word(feedback::all_states, row.view(2))),
                    .sender = known(feedback::from_word(feedback::all_senders, row.view(3))),
                    .unit = row.id<units::UnitId>(4),
                    .last_answered_at = row.maybe_instant(5),
                    .is_erased = !row.is_null(6),
                    .is_protected = row.flag(7)};
      },
      code.text());
}

std::optional<Rating> find(db::Read& read, feedback::FeedbackId id) {
  return read.one(
      "SELECT feedback_id, unit_id, score, solved, reasons, text, sender, entered_by, first_at, "
      "changed_at, revision, again, believed FROM satisfaction_rating WHERE feedback_id = $1",
      [](const db::Row& row) {
        return Rating{.feedback = row.id<feedback::FeedbackId>(0),
                      .unit = row.id<units::UnitId>(1),
                      .score = static_cast<int>(row.integer(2)),
                      .solved = known(solved_of(row.view(3))),
                      .reasons = split(row.view(4)),
                      .text = row.text(5),
                      .again = known(said_of(row.view(11))),
                      .believed = known(said_of(row.view(12))),
                      .sender = known(feedback::from_word(feedback::all_senders, row.view(6))),
                      .entered_by = row.maybe_integer(7).value_or(0),
                      .first_at = row.instant(8),
                      .changed_at = row.instant(9),
                      .revision = row.integer(10)};
      },
      id);
}

void save(db::Write& write, const Rating& rating) {
  const auto clerk = rating.entered_by == 0 ? std::nullopt : std::optional(rating.entered_by);
  write.run(
      "INSERT INTO satisfaction_rating (feedback_id, unit_id, score, solved, reasons, text, "
      "sender, entered_by, first_at, changed_at, again, believed) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
      "ON CONFLICT (feedback_id) DO UPDATE SET unit_id = excluded.unit_id, "
      "score = excluded.score, solved = excluded.solved, reasons = excluded.reasons, "
      "text = excluded.text, again = excluded.again, believed = excluded.believed, "
      "entered_by = excluded.entered_by, "
      "changed_at = excluded.changed_at, revision = satisfaction_rating.revision + 1",
      rating.feedback, rating.unit, rating.score, to_text(rating.solved), joined(rating.reasons),
      rating.text, feedback::to_text(rating.sender), clerk, rating.first_at, rating.changed_at,
      to_text(rating.again), to_text(rating.believed));
}

}  // namespace ln::satisfaction
