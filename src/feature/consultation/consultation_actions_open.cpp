#include "feature/consultation/consultation_actions_open.h"

#include <algorithm>
#include <array>
#include <map>

namespace ln::consultation {
namespace {

// How many said −1, 0 and +1.
using Cells = std::array<std::int64_t, 3>;

std::int64_t sum_of(const Cells& cells) { return cells[0] + cells[1] + cells[2]; }

bool has_small(const Cells& cells) {
  return std::ranges::any_of(cells, [](std::int64_t n) { return n > 0 && n < open_floor; });
}

void add_number(std::string& out, std::optional<std::int64_t> number) {
  out += ',';
  if (number) out += std::to_string(*number);
}

}  // namespace

std::optional<ToldShare> told_share(const stats::Share& share) {
  if (share.whole < open_floor || share.part < 0 || share.part > share.whole) return std::nullopt;
  constexpr std::int64_t widths[] = {5, 10, 20, 25, 50};  // that 100 is a multiple of
  std::int64_t width = 50;
  for (const std::int64_t each : widths)
    if (each * share.whole >= 100 * open_floor) {
      width = each;
      break;
    }
  const std::int64_t step = std::min(share.part * 100 / (share.whole * width), 100 / width - 1);
  return ToldShare{.from = static_cast<int>(step * width),
                   .to = static_cast<int>((step + 1) * width),
                   .about = share.whole / open_floor * open_floor};
}

OpenVotes open_votes(const std::vector<std::int64_t>& statements,
                     const std::vector<StoredVote>& votes,
                     const std::set<std::int64_t>& sharers) {
  std::map<std::int64_t, Cells> everybody, others;
  for (const StoredVote& each : votes) {
    const auto cell = static_cast<std::size_t>(each.said + 1);
    ++everybody[each.statement][cell];
    if (!sharers.contains(each.participant)) ++others[each.statement][cell];
  }
  OpenVotes open;
  std::map<std::int64_t, std::size_t> place;
  for (const std::int64_t statement : statements) {
    const Cells& all = everybody[statement];
    const Cells& rest = others[statement];
    OpenRow row{.statement = statement};
    if (sum_of(all) == 0 || sum_of(all) >= open_floor) row.people = sum_of(all);
    if (row.people && !has_small(all)) {
      row.disagree = all[0];
      row.pass = all[1];
      row.agree = all[2];
    }
    const bool is_column = sum_of(all) - sum_of(rest) >= open_floor && !has_small(rest) &&
                           (sum_of(rest) == 0 || sum_of(rest) >= open_floor);
    if (is_column && place.emplace(statement, open.columns.size()).second)
      open.columns.push_back(statement);
    open.table.push_back(row);
  }
  std::map<std::int64_t, std::vector<std::optional<int>>> rows;
  for (const StoredVote& each : votes) {
    const auto at = place.find(each.statement);
    if (at == place.end() || !sharers.contains(each.participant)) continue;
    auto& row = rows[each.participant];
    row.resize(open.columns.size());
    row[at->second] = each.said;
  }
  for (auto& [participant, row] : rows) open.rows.push_back(std::move(row));
  std::ranges::sort(open.rows);
  if (std::ssize(open.rows) < open_floor) {
    open.rows.clear();
    open.columns.clear();
  }
  return open;
}

std::string table_of_votes(const OpenVotes& open) {
  std::string out = "statement,people,agree,disagree,pass\n";
  for (const OpenRow& row : open.table) {
    out += std::to_string(row.statement);
    for (const auto& each : {row.people, row.agree, row.disagree, row.pass}) add_number(out, each);
    out += '\n';
  }
  return out;
}

std::string rows_of_votes(const OpenVotes& open) {
  if (open.rows.empty()) return {};
  std::string out = "participant,group-id,n-comments,n-votes,n-agree,n-disagree";
  for (const std::int64_t each : open.columns) out += "," + std::to_string(each);
  out += '\n';
  std::int64_t number = 0;
  for (const auto& row : open.rows) {
    std::int64_t count = 0, agree = 0, disagree = 0;
    for (const auto& said : row) {
      count += said ? 1 : 0;
      agree += said == 1 ? 1 : 0;
      disagree += said == -1 ? 1 : 0;
    }
    out += std::to_string(number++) + ",,";
    for (const std::int64_t each : {count, agree, disagree}) add_number(out, each);
    for (const auto& said : row) add_number(out, said);
    out += '\n';
  }
  return out;
}

}  // namespace ln::consultation
