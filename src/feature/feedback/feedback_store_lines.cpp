#include "feature/feedback/feedback_store_lines.h"

#include <algorithm>
#include <array>
#include <functional>

#include "base/text.h"
#include "core/units/units.h"
#include "feature/feedback/feedback_store_row.h"

namespace ln::feedback {
namespace {

constexpr std::size_t lines_at_once = 20;

CaseLine line_from_row(const db::Row& row) {
  return {.id = row.id<FeedbackId>(0),
          .code = *Code::parse(row.view(1)),
          .title = row.text(2),
          .unit = row.text(3),
          .received_at = row.instant(4),
          .state = known(all_states, row.view(5)),
          .about = known(all_abouts, row.view(6)),
          .recurrence = static_cast<int>(row.integer(7)),
          .in_english = row.view(8) == "en",
          .is_erased = !row.is_null(9)};
}

}  // namespace

std::vector<CaseLine> published_lines(db::Read& read, const RegisterFilter& filter) {
  return lines_among(read, published_ids(read, filter), filter);
}

std::vector<CaseLine> lines_among(db::Read& read,
                                  const std::vector<std::int64_t>& ids,
                                  const RegisterFilter& filter) {
  const std::string top = units::is_top(filter.unit_path) ? "" : filter.unit_path;
  const auto [first, second] = units::subtree_range(top);
  std::vector<CaseLine> found;
  for (std::size_t from = 0; from < ids.size(); from += lines_at_once) {
    const std::size_t before = found.size();
    std::array<std::int64_t, lines_at_once> at{};  // No case has the number 0.
    std::copy_n(ids.begin() + static_cast<std::ptrdiff_t>(from),
                std::min(lines_at_once, ids.size() - from), at.begin());
    read.each(
        "SELECT f.id, f.code, f.public_title, u.name, f.received_at, f.state, f.about, "
        "f.recurrence, f.language, f.erased_at "
        "FROM feedback f JOIN unit u ON u.id = f.unit_id "
        "WHERE f.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, "
        "$17, $18, $19, $20) AND f.published_at IS NOT NULL "
        "AND ($21 = '' OR (f.unit_path >= $22 AND f.unit_path < $23)) "
        "AND ($24 = '' OR f.state = $24) AND ($25 = '' OR f.about = $25) "
        "AND ($26 = '' OR f.kind = $26)",
        [&](const db::Row& row) { found.push_back(line_from_row(row)); }, at[0], at[1], at[2],
        at[3], at[4], at[5], at[6], at[7], at[8], at[9], at[10], at[11], at[12], at[13], at[14],
        at[15], at[16], at[17], at[18], at[19], top, first, second, any_or(filter.state),
        any_or(filter.about), any_or(filter.kind));
    std::ranges::sort(found.begin() + static_cast<std::ptrdiff_t>(before), found.end(),
                      std::greater(), [](const CaseLine& line) { return line.id.value; });
    if (static_cast<std::int64_t>(found.size()) < filter.limit) continue;
    found.erase(found.begin() + static_cast<std::ptrdiff_t>(filter.limit), found.end());
    break;
  }
  return found;
}

}  // namespace ln::feedback
