#include "feature/feedback/feedback_store_disclosure.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace ln::feedback {
namespace {

// A whole row, in the order of schema/0033.
Disclosure read_disclosure(const db::Row& row) {
  Disclosure disclosure{.id = row.integer(0),
                        .at = row.instant(1),
                        .account_id = row.integer(2),
                        .ordered_on = row.day(5),
                        .order_number = std::string(row.text(6)),
                        .basis = std::string(row.text(7)),
                        .feedback = row.id<FeedbackId>(8)};
  disclosure.authority = from_word(all_authorities, row.text(3)).value_or(Authority::other);
  disclosure.outcome = from_word(all_handed, row.text(4)).value_or(Handed::given);
  if (!row.is_null(9)) disclosure.silent_until = row.day(9);
  return disclosure;
}

}  // namespace

std::int64_t insert_disclosure(db::Write& write, const Disclosure& disclosure) {
  return *write.one(
      "INSERT INTO feedback_disclosure (at, account_id, authority, outcome, ordered_on, "
      "order_number, basis, feedback_id, silent_until) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
      [](const db::Row& row) { return row.integer(0); }, disclosure.at, disclosure.account_id,
      to_text(disclosure.authority), to_text(disclosure.outcome), disclosure.ordered_on,
      disclosure.order_number, disclosure.basis, disclosure.feedback, disclosure.silent_until);
}

std::vector<Disclosure> disclosures(db::Read& read, std::int64_t before, std::int64_t limit) {
  return read.all("SELECT * FROM feedback_disclosure WHERE id < $1 ORDER BY id DESC LIMIT $2",
                  read_disclosure, before == 0 ? std::numeric_limits<std::int64_t>::max() : before,
                  limit);
}

std::vector<Disclosure> disclosures_told(db::Read& read, FeedbackId id, Day today) {
  return read.all(
      "SELECT * FROM feedback_disclosure WHERE feedback_id <> 0 AND feedback_id = $1 "
      "AND (silent_until IS NULL OR silent_until < $2) ORDER BY id",
      read_disclosure, id, today);
}

std::vector<DisclosureCount> count_disclosures(db::Read& read) {
  // Few rows for ever: years are told apart here, where Vietnam's midnight is known.
  std::map<std::tuple<int, Authority, Handed>, std::int64_t> counts;
  for (const Disclosure& each : disclosures(read, 0, std::numeric_limits<std::int64_t>::max())) {
    const std::chrono::year_month_day date(local_day(each.at));
    ++counts[{-static_cast<int>(date.year()), each.authority, each.outcome}];
  }
  std::vector<DisclosureCount> rows;
  for (const auto& [key, count] : counts)
    rows.push_back({-std::get<0>(key), std::get<1>(key), std::get<2>(key), count});
  return rows;
}

}  // namespace ln::feedback
