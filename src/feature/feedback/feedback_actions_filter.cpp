#include "feature/feedback/feedback_actions_filter.h"

#include <algorithm>

#include "base/text.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_rights.h"

namespace ln::feedback {
namespace {

constexpr auto filters_limit = static_cast<std::int64_t>(filters_max);

// Kept as lines "name=value"; a control character in a value becomes a space.
std::string as_lines(const FilterQuery& query) {
  std::string out;
  for (const auto& [name, value] : query) {
    out += name + "=";
    for (const char c : value) out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    out += '\n';
  }
  return out;
}

FilterQuery from_lines(std::string_view lines) {
  FilterQuery query;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    if (const std::size_t at = line.find('='); at != std::string_view::npos)
      query.emplace_back(line.substr(0, at), line.substr(at + 1));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return query;
}

Filter filter_from_row(const db::Row& row) {
  return {row.id<FilterId>(0), row.integer(1), units::UnitId{row.maybe_integer(2).value_or(0)},
          std::string(row.view(3)), from_lines(row.view(4))};
}

#define FILTER_COLUMNS "id, account_id, unit_id, name, query "

std::vector<Filter> own_filters(db::Read& read, std::int64_t account) {
  return read.all("SELECT " FILTER_COLUMNS
                  "FROM feedback_filter WHERE account_id = $1 AND unit_id IS NULL ORDER BY id "
                  "LIMIT $2",
                  filter_from_row, account, filters_limit);
}

std::vector<Filter> filters_of_unit(db::Read& read, units::UnitId unit) {
  return read.all("SELECT " FILTER_COLUMNS
                  "FROM feedback_filter WHERE unit_id = $1 ORDER BY id LIMIT $2",
                  filter_from_row, unit, filters_limit);
}

// "/1/4/": 1 and 4.
std::vector<units::UnitId> units_on(std::string_view path) {
  std::vector<units::UnitId> ids;
  for (std::size_t at = 1; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    if (const auto id = parse_number(path.substr(at, end - at))) ids.push_back(units::UnitId{*id});
    at = end + 1;
  }
  return ids;
}

}  // namespace

std::vector<Filter> filters_for(db::Read& read, const people::Officer& officer) {
  std::vector<Filter> all = own_filters(read, officer.id().value);
  std::vector<units::UnitId> seen;
  for (const std::string& place : places_of(officer))
    for (const units::UnitId unit : units_on(place)) {
      if (std::ranges::find(seen, unit) != seen.end()) continue;
      seen.push_back(unit);
      for (Filter& each : filters_of_unit(read, unit)) all.push_back(std::move(each));
    }
  return all;
}

bool may_remove(db::Read& read, const people::Officer& officer, const Filter& filter) {
  if (filter.unit.value == 0) return filter.account_id == officer.id().value;
  const auto unit = units::find(read, filter.unit);
  return unit && officer.may(people::Role::head, unit->path);
}

Result<FilterId> save_filter(db::Write& write,
                             const people::Officer& officer,
                             const std::string& name,
                             const FilterQuery& query,
                             const std::optional<units::Unit>& unit,
                             Instant now) {
  if (unit && !officer.may(people::Role::head, unit->path))
    return Error{ErrorKind::forbidden, "feedback.error.not_your_part"_t};
  FieldErrors errors;
  const auto there =
      unit ? filters_of_unit(write, unit->id) : own_filters(write, officer.id().value);
  if (trimmed(name).empty() || count_chars(name) > filter_name_chars_max)
    errors.add("name", "feedback.error.filter_name"_t);
  else if (there.size() >= filters_max)
    errors.add("name", "feedback.error.filter_many"_t);
  if (!errors.empty()) return errors.take();
  return *write.returning(
      "INSERT INTO feedback_filter (account_id, unit_id, name, query, at) "
      "VALUES ($1, $2, $3, $4, $5) RETURNING id",
      [](const db::Row& row) { return row.id<FilterId>(0); }, officer.id(),
      unit ? std::optional(unit->id.value) : std::nullopt, name, as_lines(query), now);
}

Result<Done> remove_filter(db::Write& write, const people::Officer& officer, FilterId id) {
  const auto found =
      write.one("SELECT " FILTER_COLUMNS "FROM feedback_filter WHERE id = $1", filter_from_row, id);
  if (!found || !may_remove(write, officer, *found))
    return Error{ErrorKind::not_found, "feedback.error.filter_gone"_t};
  write.run("DELETE FROM feedback_filter WHERE id = $1", id);
  return Done{};
}

}  // namespace ln::feedback
