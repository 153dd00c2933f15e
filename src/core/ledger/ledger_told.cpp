#include "core/ledger/ledger_told.h"

#include <limits>
#include <utility>

namespace ln::ledger {

bool Told::was_told(std::string_view text) const {
  return !salt.empty() && ledger::was_told(payload, salt, text);
}

void each_chain(db::Read& read,
                std::string_view kind,
                const std::function<void(const Chain&)>& body) {
  constexpr std::int64_t subjects_at_once = 500;
  std::int64_t after = std::numeric_limits<std::int64_t>::min();
  while (true) {
    const auto subjects = read.all(
        "SELECT subject_id FROM ledger_entry WHERE subject_kind = $1 AND subject_id > $2 "
        "AND seq = 0 ORDER BY subject_id LIMIT $3",
        [](const db::Row& row) { return row.integer(0); }, kind, after, subjects_at_once);
    if (subjects.empty()) return;
    const auto lines = read.all(
        "SELECT e.id, e.subject_id, e.event, e.payload, s.body_salt FROM ledger_entry e "
        "LEFT JOIN ledger_secret s ON s.id = e.id WHERE e.subject_kind = $1 "
        "AND e.subject_id > $2 AND e.subject_id <= $3 ORDER BY e.subject_id, e.seq",
        [](const db::Row& row) {
          return Told{.id = row.integer(0),
                      .subject = row.integer(1),
                      .event = row.text(2),
                      .payload = row.text(3),
                      .salt = row.is_null(4) ? std::string() : std::string(row.view(4))};
        },
        kind, after, subjects.back());
    Chain chain;
    for (const Told& line : lines) {
      if (!chain.empty() && chain.front().subject != line.subject) {
        body(chain);
        chain.clear();
      }
      chain.push_back(line);
    }
    if (!chain.empty()) body(chain);
    after = subjects.back();
  }
}

}  // namespace ln::ledger
