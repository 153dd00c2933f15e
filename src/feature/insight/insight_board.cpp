#include "feature/insight/insight_board.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <string_view>

#include "engine/stats/stats_safe.h"

namespace ln::insight {
namespace {

std::string_view path_above(std::string_view path) {
  if (path.size() < 2) return {};
  const std::size_t slash = path.rfind('/', path.size() - 2);
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1);
}

// Where each unit hangs: the nearest one above it that is in the list, else the first.
std::vector<std::size_t> parents_of(const std::vector<OwnCounts>& own) {
  std::map<std::string_view, std::size_t> by_path;
  for (std::size_t i = 0; i < own.size(); ++i) by_path.emplace(own[i].unit.path, i);
  std::vector<std::size_t> parents(own.size());
  for (std::size_t i = 1; i < own.size(); ++i)
    for (std::string_view above = path_above(own[i].unit.path); !above.empty();
         above = path_above(above))
      if (const auto found = by_path.find(above); found != by_path.end()) {
        parents[i] = found->second;
        break;
      }
  return parents;
}

// Marks in each unit which counts of one table may be told. What an inner unit did itself hangs
// below it as a leaf of its own.
template <std::size_t columns, class CountOf>
void tell(std::vector<BoardUnit>& units,
          const std::vector<OwnCounts>& own,
          Told<columns> BoardUnit::* told,
          CountOf count_of) {
  std::vector<bool> is_inner(units.size());
  for (std::size_t i = 1; i < units.size(); ++i) is_inner[units[i].parent] = true;
  const auto counts_of = [&](std::size_t unit) {
    std::vector<std::int64_t> counts(columns);
    for (std::size_t c = 0; c < columns; ++c) counts[c] = count_of(own[unit], c);
    return counts;
  };
  std::vector<stats::SafeTree::Unit> tree;
  for (std::size_t i = 0; i < units.size(); ++i)
    tree.push_back({.parent = units[i].parent,
                    .counts = is_inner[i] ? std::vector<std::int64_t>{} : counts_of(i)});
  for (std::size_t i = 0; i < units.size(); ++i)
    if (is_inner[i] || units.size() == 1) tree.push_back({.parent = i, .counts = counts_of(i)});
  if (units.size() == 1) tree.front().counts.clear();
  const std::vector<std::int64_t> floors(columns + 1, stats::privacy_floor);
  const stats::SafeTree safe(tree, floors);
  for (std::size_t i = 0; i < units.size(); ++i) {
    Told<columns>& mine = units[i].*told;
    for (std::size_t c = 0; c < columns; ++c) mine.counts[c] = safe.count(i, c).has_value();
    mine.total = safe.total(i).has_value();
  }
}

template <std::size_t columns>
Counts sum_of(const std::array<Counts, columns>& all) {
  Counts sum;
  for (const Counts& each : all) sum.add(each);
  return sum;
}

}  // namespace

std::optional<Counts> BoardUnit::all() const {
  if (!received.total) return std::nullopt;
  Counts sum = sum_of(quarters);
  if (sum.received == 0) return std::nullopt;
  return sum;
}

std::optional<stats::Share> BoardUnit::on_time(std::size_t quarter) const {
  const stats::Share share = quarters[quarter].on_time_share();
  if (!due.counts[quarter] || share.whole == 0) return std::nullopt;
  return share;
}

std::optional<stats::Share> BoardUnit::satisfied(std::size_t quarter) const {
  const stats::Share share = satisfied_of(quarters[quarter].ratings);
  if (!rated.counts[quarter] || share.whole == 0) return std::nullopt;
  return share;
}

std::optional<stats::Share> BoardUnit::on_time() const {
  const stats::Share share = sum_of(quarters).on_time_share();
  if (!due.total || share.whole == 0) return std::nullopt;
  return share;
}

std::optional<stats::Ratings> BoardUnit::ratings() const {
  const stats::Ratings all = sum_of(quarters).ratings;
  if (!rated.total || all.count() == 0) return std::nullopt;
  return all;
}

const BoardUnit* Board::find(units::UnitId unit) const {
  const auto found =
      std::ranges::find_if(units, [&](const BoardUnit& each) { return each.unit.id == unit; });
  return found == units.end() ? nullptr : &*found;
}

std::vector<const BoardUnit*> Board::below(const BoardUnit& unit) const {
  std::vector<const BoardUnit*> all;
  const auto here = static_cast<std::size_t>(&unit - units.data());
  for (std::size_t i = 1; i < units.size(); ++i)
    if (units[i].parent == here) all.push_back(&units[i]);
  return all;
}

std::vector<Period> board_quarters_on(Day today) {
  const std::chrono::year_month_day date(today);
  const unsigned month = (static_cast<unsigned>(date.month()) - 1) / 3 * 3 + 1;
  Period last{.span = Span::quarter, .first = Day(date.year() / std::chrono::month(month) / 1)};
  std::vector<Period> all;
  for (std::size_t i = 0; i < board_quarters; ++i) {
    all.insert(all.begin(), last);
    last = last.before();
  }
  return all;
}

std::vector<std::size_t> age_groups(const Ages& city) {
  std::vector<std::size_t> groups;
  std::vector<std::int64_t> sums;
  const auto is_few = [](std::int64_t count) { return count > 0 && count < stats::privacy_floor; };
  for (std::size_t a = 0; a < age_classes; ++a) {
    if (!sums.empty() && is_few(sums.back())) {
      sums.back() += city[a];
      continue;
    }
    groups.push_back(a);
    sums.push_back(city[a]);
  }
  // What is left at the end joins the younger ones.
  while (sums.size() > 1 && is_few(sums.back())) {
    sums[sums.size() - 2] += sums.back();
    sums.pop_back();
    groups.pop_back();
  }
  return groups;
}

Ages grouped(const Ages& ages, std::span<const std::size_t> groups) {
  Ages made{};
  for (std::size_t a = 0, group = 0; a < age_classes; ++a) {
    if (group + 1 < groups.size() && a == groups[group + 1]) ++group;
    made[groups[group]] += ages[a];
  }
  return made;
}

std::vector<BoardUnit> board_units_of(std::vector<OwnCounts> own) {
  std::vector<BoardUnit> units;
  if (own.empty()) return units;
  std::ranges::sort(own, [](const OwnCounts& a, const OwnCounts& b) {
    const bool a_first = a.unit.kind == units::Kind::city,
               b_first = b.unit.kind == units::Kind::city;
    if (a_first != b_first) return a_first;
    return a.unit.path < b.unit.path;
  });
  const std::vector<std::size_t> parents = parents_of(own);
  for (std::size_t i = 0; i < own.size(); ++i)
    units.push_back({.unit = own[i].unit,
                     .parent = parents[i],
                     .quarters = own[i].quarters,
                     .ages = own[i].ages,
                     .response = own[i].response});
  for (std::size_t i = units.size(); i-- > 1;) {
    BoardUnit& above = units[units[i].parent];
    for (std::size_t q = 0; q < board_quarters; ++q) above.quarters[q].add(units[i].quarters[q]);
    for (std::size_t a = 0; a < age_classes; ++a) above.ages[a] += units[i].ages[a];
    above.response.asked += units[i].response.asked;
    above.response.rated += units[i].response.rated;
    above.response.satisfied += units[i].response.satisfied;
  }
  tell(units, own, &BoardUnit::received,
       [](const OwnCounts& of, std::size_t q) { return of.quarters[q].received; });
  tell(units, own, &BoardUnit::due,
       [](const OwnCounts& of, std::size_t q) { return of.quarters[q].on_time_share().whole; });
  tell(units, own, &BoardUnit::rated,
       [](const OwnCounts& of, std::size_t q) { return of.quarters[q].ratings.count(); });
  tell(units, own, &BoardUnit::aged, [](const OwnCounts& of, std::size_t a) { return of.ages[a]; });
  tell(units, own, &BoardUnit::asked,
       [](const OwnCounts& of, std::size_t) { return of.response.asked; });
  tell(units, own, &BoardUnit::responded,
       [](const OwnCounts& of, std::size_t) { return of.response.rated; });
  return units;
}

std::vector<std::optional<std::int64_t>> told_rhythm(const Rhythm& rhythm) {
  std::vector<std::optional<std::int64_t>> told;
  if (std::accumulate(rhythm.begin(), rhythm.end(), std::int64_t{0}) < stats::privacy_floor)
    return told;
  std::vector<stats::SafeTree::Unit> tree = {{}};
  for (std::size_t day = 0; day < week_days; ++day) {
    const auto from = rhythm.begin() + static_cast<std::ptrdiff_t>(day * day_blocks);
    tree.push_back({.parent = 0, .counts = {from, from + day_blocks}});
  }
  const std::vector<std::int64_t> floors(day_blocks + 1, stats::privacy_floor);
  const stats::SafeTree safe(tree, floors);
  for (std::size_t day = 0; day < week_days; ++day)
    for (std::size_t block = 0; block < day_blocks; ++block)
      told.push_back(safe.count(day + 1, block));
  return told;
}

std::vector<stats::Band> satisfied_bands(std::span<const BoardUnit* const> units) {
  std::vector<stats::Share> shares;
  for (const BoardUnit* each : units)
    if (const auto ratings = each->ratings()) shares.push_back(satisfied_of(*ratings));
  const std::vector<stats::Band> known = stats::bands_of(shares);
  std::vector<stats::Band> bands;
  std::size_t next = 0;
  for (const BoardUnit* each : units)
    bands.push_back(each->ratings() ? known[next++] : stats::Band::too_few);
  return bands;
}

std::vector<stats::Share> told_only(std::span<const std::optional<stats::Share>> all) {
  std::vector<stats::Share> told;
  for (const auto& each : all)
    if (each) told.push_back(*each);
  return told;
}

}  // namespace ln::insight
