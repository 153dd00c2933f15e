#include "core/units/units_reorganise.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "engine/text/text.h"

namespace ln::units {
namespace {

bool is_in_lists(Kind kind) {
  return kind == Kind::city || kind == Kind::district || kind == Kind::commune;
}

Relation relation_in(Change change) {
  switch (change) {
    case Change::full: return Relation::full;
    case Change::partial: return Relation::partial;
    case Change::keep: return Relation::keep;
    default: return Relation::renamed;
  }
}

class Planner {
 public:
  Planner(Day day,
          std::span<const Unit> before,
          std::span<const std::string> taken,
          const ReorganisationFiles& files)
      : before_(before), files_(files), taken_(taken.begin(), taken.end()) {
    plan_.day = day;
    for (const Unit& unit : before) {
      old_by_code_.emplace(unit.code, &unit);
      old_by_id_.emplace(unit.id, &unit);
    }
  }

  Plan plan() {
    take_list();
    take_mapping();
    close_listed();
    link_the_same();
    link_those_above();
    carry_others();
    sum_up();
    return std::move(plan_);
  }

 private:
  void refuse(bool in_mapping, std::size_t line, std::string_view code, TextKey what) {
    plan_.troubles.push_back({in_mapping, line, std::string(code), what});
  }
  bool stays(const Listed& unit) const;
  void take_list();
  void take_mapping();
  void close_listed();
  void link_the_same();
  void link_those_above();
  void carry_others();
  void sum_up();
  void link(const Unit& old_unit, Link link);
  // The unit of `kind` above the new unit with this code, or itself; empty when there is none.
  std::string above_of_kind(std::string code, Kind kind) const;

  Plan plan_;
  std::span<const Unit> before_;
  const ReorganisationFiles& files_;
  std::set<std::string, std::less<>> taken_;
  std::map<std::string_view, const Unit*> old_by_code_;
  std::map<UnitId, const Unit*> old_by_id_;
  std::map<std::string_view, const Listed*> listed_;
  std::set<std::string_view> staying_;     // codes
  std::set<std::string_view> passed_on_;   // old codes of which a line says another new one
  std::set<UnitId> ends_;                  // ids of the units that end
  std::set<UnitId> said_abolished_;        // by a line
  std::map<UnitId, std::size_t> own_;      // how many successors a unit has
  std::map<UnitId, std::string> kept_as_;  // the one successor of a unit kept or renamed
};

bool Planner::stays(const Listed& unit) const {
  const auto found = old_by_code_.find(unit.code);
  if (found == old_by_code_.end() || passed_on_.contains(unit.code)) return false;
  const Unit& old = *found->second;
  if (old.kind != unit.kind || old.name != unit.name || old.type != unit.type) return false;
  if (unit.parent_code.empty()) return old.parent.value == 0;
  const auto above = old_by_id_.find(old.parent);
  return above != old_by_id_.end() && above->second->code == unit.parent_code &&
         staying_.contains(unit.parent_code);
}

void Planner::take_list() {
  for (const Mapped& line : files_.mapping)
    if (line.change == Change::abolished || line.old_code != line.new_code)
      passed_on_.insert(line.old_code);
  for (const Listed& unit : files_.units) {
    if (!listed_.emplace(unit.code, &unit).second) {
      refuse(false, unit.line, unit.code, "units.error.csv_twice"_t);
      continue;
    }
    const auto above = listed_.find(unit.parent_code);
    const bool is_below = above != listed_.end() && above->second->kind < unit.kind;
    if ((unit.kind == Kind::city) != unit.parent_code.empty() ||
        (unit.kind != Kind::city && !is_below)) {
      refuse(false, unit.line, unit.code, "units.error.csv_parent"_t);
      continue;
    }
    if (stays(unit)) {
      staying_.insert(unit.code);
      continue;
    }
    if (taken_.contains(unit.code))
      refuse(false, unit.line, unit.code, "units.reorganise.code_taken"_t);
    plan_.opening.push_back({.code = unit.code,
                             .name = unit.name,
                             .name_en = {},
                             .type = unit.type,
                             .kind = unit.kind,
                             .parent_code = unit.parent_code});
  }
  plan_.staying = staying_.size();
}

void Planner::link(const Unit& old_unit, Link link) {
  const bool is_kept = link.relation == Relation::keep || link.relation == Relation::renamed;
  if (++own_[old_unit.id] == 1 && is_kept)
    kept_as_[old_unit.id] = link.new_code;
  else
    kept_as_.erase(old_unit.id);
  plan_.links.push_back(std::move(link));
}

void Planner::take_mapping() {
  std::set<std::pair<std::string_view, std::string_view>> pairs;
  std::set<std::string_view> abolished, passed;
  for (const Mapped& line : files_.mapping) {
    const auto old_unit = old_by_code_.find(line.old_code);
    if (line.change != Change::added && old_unit == old_by_code_.end()) {
      refuse(true, line.line, line.old_code, "units.reorganise.old_unknown"_t);
      continue;
    }
    if (line.change != Change::abolished && !listed_.contains(line.new_code)) {
      refuse(true, line.line, line.new_code, "units.reorganise.new_unknown"_t);
      continue;
    }
    if (!pairs.emplace(line.old_code, line.new_code).second) {
      refuse(true, line.line, line.old_code, "units.error.csv_twice"_t);
      continue;
    }
    if (line.change == Change::added) continue;
    (line.change == Change::abolished ? abolished : passed).insert(line.old_code);
    if (abolished.contains(line.old_code) && passed.contains(line.old_code)) {
      refuse(true, line.line, line.old_code, "units.reorganise.contradiction"_t);
      continue;
    }
    const Unit& old = *old_unit->second;
    if (line.change == Change::abolished)
      said_abolished_.insert(old.id);
    else if (!staying_.contains(old.code))
      link(old, {old.id, line.new_code, relation_in(line.change), line.note, line.words});
  }
}

void Planner::close_listed() {
  for (const Unit& unit : before_) {
    if (!is_in_lists(unit.kind) || staying_.contains(unit.code)) continue;
    ends_.insert(unit.id);
    plan_.closing.push_back(unit.id);
  }
}

// The same code, name and kind, and only what stands above it is another: nobody needs a line.
void Planner::link_the_same() {
  for (const Unit& unit : before_) {
    if (!ends_.contains(unit.id) || own_.contains(unit.id) || said_abolished_.contains(unit.id))
      continue;
    const auto same = listed_.find(unit.code);
    if (same == listed_.end() || same->second->name != unit.name || same->second->kind != unit.kind)
      continue;
    link(unit, {unit.id, unit.code, Relation::keep, {}, {}});
  }
}

std::string Planner::above_of_kind(std::string code, Kind kind) const {
  while (!code.empty()) {
    const auto found = listed_.find(code);
    if (found == listed_.end()) return {};
    if (found->second->kind == kind) return code;
    code = found->second->parent_code;
  }
  return {};
}

// What no line speaks of and has units below it went where those went.
void Planner::link_those_above() {
  std::map<UnitId, std::map<std::string, std::size_t>> votes;
  const std::vector<Link> below = plan_.links;
  for (const Link& each : below) {
    for (auto at = old_by_id_.find(each.old_unit); at != old_by_id_.end();
         at = old_by_id_.find(at->second->parent)) {
      const Unit& unit = *at->second;
      if (unit.kind == Kind::commune || !ends_.contains(unit.id) || own_.contains(unit.id) ||
          said_abolished_.contains(unit.id))
        continue;
      if (const std::string to = above_of_kind(each.new_code, unit.kind); !to.empty())
        ++votes[unit.id][to];
    }
  }
  for (const auto& [id, by_code] : votes) {
    std::vector<std::pair<std::string, std::size_t>> order(by_code.begin(), by_code.end());
    std::ranges::stable_sort(order, std::ranges::greater(), &decltype(order)::value_type::second);
    const Relation relation = order.size() == 1 ? Relation::full : Relation::partial;
    for (const auto& [code, count] : order) link(*old_by_id_.at(id), {id, code, relation, {}, {}});
  }
}

void Planner::carry_others() {
  std::vector<const Unit*> others;
  for (const Unit& unit : before_)
    if (!is_in_lists(unit.kind)) others.push_back(&unit);
  // Whoever stands above comes first.
  std::ranges::stable_sort(others, {}, [](const Unit* unit) { return unit->path.size(); });
  for (const Unit* unit : others) {
    if (!ends_.contains(unit->parent)) continue;
    ends_.insert(unit->id);
    plan_.closing.push_back(unit->id);
    const auto above = kept_as_.find(unit->parent);
    if (above == kept_as_.end()) continue;
    if (taken_.contains(unit->code) || listed_.contains(unit->code)) {
      refuse(false, 0, unit->code, "units.reorganise.code_taken"_t);
      continue;
    }
    plan_.opening.push_back({.code = unit->code,
                             .name = unit->name,
                             .name_en = unit->name_en,
                             .type = unit->type,
                             .kind = unit->kind,
                             .parent_code = above->second,
                             .copied_from = unit->id});
    link(*unit, {unit->id, unit->code, Relation::keep, {}, {}});
    ++plan_.carried;
  }
}

void Planner::sum_up() {
  std::set<std::string_view> explained;
  for (const Link& each : plan_.links) explained.insert(each.new_code);
  for (const Mapped& line : files_.mapping) explained.insert(line.new_code);
  std::map<std::string_view, std::string_view> areas;
  for (const Mapped& line : files_.mapping)
    if (!line.area.empty()) areas.emplace(line.new_code, line.area);
  for (Opening& each : plan_.opening)
    if (const auto area = areas.find(each.code); area != areas.end()) each.area = area->second;
  for (const Opening& each : plan_.opening)
    if (each.kind == Kind::commune && !explained.contains(each.code))
      plan_.unexplained.push_back(each.code);
  for (const Unit& unit : before_) {
    if (!ends_.contains(unit.id)) continue;
    const auto own = own_.find(unit.id);
    if (own != own_.end()) {
      if (own->second > 1) plan_.splits.push_back(unit);
    } else if (unit.kind == Kind::city) {
      refuse(true, 0, unit.code, "units.reorganise.no_heir"_t);
    } else if (unit.kind == Kind::commune && !said_abolished_.contains(unit.id)) {
      plan_.undetermined.push_back(unit);
    } else {
      plan_.abolished.push_back(unit);
    }
  }
}

// The phrases of an address rule in the words of a place, both as keys.
bool has_phrase(std::string_view place,
                std::string_view rule,
                std::string (*key)(std::string_view)) {
  const std::string where = " " + key(place) + " ";
  while (!rule.empty()) {
    const std::size_t end = std::min(rule.find(';'), rule.size());
    const std::string phrase = key(rule.substr(0, end));
    rule.remove_prefix(std::min(end + 1, rule.size()));
    if (!phrase.empty() && where.find(" " + phrase + " ") != std::string::npos) return true;
  }
  return false;
}

}  // namespace

std::size_t Plan::count(Relation relation) const {
  return static_cast<std::size_t>(std::ranges::count(links, relation, &Link::relation));
}

Plan plan_reorganisation(Day day,
                         std::span<const Unit> before,
                         std::span<const std::string> taken,
                         const ReorganisationFiles& files) {
  return Planner(day, before, taken, files).plan();
}

Choice choose(const Heirs& heirs, Kind ended, std::string_view place) {
  CHECK(!heirs.candidates.empty());
  if (heirs.are_above && ended == Kind::commune) return {0, false};
  if (heirs.candidates.size() == 1) return {0, true};
  for (auto* const key : {&text::marked, &text::fold}) {
    std::vector<std::size_t> fit;
    for (std::size_t i = 0; i < heirs.candidates.size(); ++i)
      if (has_phrase(place, heirs.candidates[i].words, key)) fit.push_back(i);
    if (fit.size() == 1) return {fit.front(), true};
    if (fit.size() > 1) break;
  }
  return {0, false};
}

}  // namespace ln::units
