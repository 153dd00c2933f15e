#include "engine/campaigns/campaigns_template.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace ln::campaigns {
namespace {

// What each member has in one column or slot, as small numbers.
using Choice = std::vector<std::uint32_t>;

double entropy_of(const Choice& a) {
  std::map<std::uint32_t, int> counts;
  for (const std::uint32_t each : a) ++counts[each];
  double sum = 0;
  for (const auto& [value, count] : counts) sum += count * std::log(static_cast<double>(count));
  const auto n = static_cast<double>(a.size());
  return std::log(n) - sum / n;
}

// The entropy of both together, the second turned by `turn` members.
double joint_entropy(const Choice& a, const Choice& b, std::size_t turn) {
  Choice both(a.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    both[i] = a[i] << 16 | (b[(i + turn) % b.size()] & 0xFFFF);
  return entropy_of(both);
}

// How much of the poorer column the other one tells, from 0 (as much as chance) to 1 (all).
double dependence(const Choice& a, const Choice& b) {
  constexpr std::size_t turns = 6;
  const double own_a = entropy_of(a), own_b = entropy_of(b), poorer = std::min(own_a, own_b);
  if (poorer <= 0) return 0;
  double by_chance = 0;
  for (std::size_t t = 1; t <= turns; ++t)
    by_chance += (own_a + own_b - joint_entropy(a, b, t * a.size() / (turns + 1))) / turns;
  const double told = own_a + own_b - joint_entropy(a, b, 0);
  return poorer - by_chance < 1e-9 ? 0 : (told - by_chance) / (poorer - by_chance);
}

class Induction {
 public:
  Induction(const Profile& profile,
            std::span<const std::string> texts,
            std::span<const Words> words)
      : profile_(profile), texts_(texts), words_(words) {
    choices_.assign(profile.columns.size(), Choice(profile.members(), 0));
    for (std::size_t m = 0; m < profile.members(); ++m)
      for (std::size_t i = 0; i < profile.rows[m].size(); ++i)
        if (profile.rows[m][i] != Profile::aside)
          choices_[profile.rows[m][i]][m] = number_of(words[m].hashes[i]);
  }

  Template take() {
    Template made;
    const std::vector<bool> joins = joins_of_columns();
    for (std::size_t begin = 0; begin < profile_.columns.size();) {
      std::size_t end = begin + 1;
      while (end < profile_.columns.size() && joins[end]) ++end;
      add_slot(made, begin, end);
      begin = end;
    }
    find_repeats(made);
    made.comments = profile_.members();
    return made;
  }

 private:
  static constexpr double fixed_share = 0.97, same_slot = 0.5, repeats_share = 0.9;
  static constexpr std::size_t reach = 4;

  std::uint32_t number_of(Hash word) {
    return numbers_.try_emplace(word, static_cast<std::uint32_t>(numbers_.size() + 1))
        .first->second;
  }
  bool is_fixed(std::size_t column) const {
    int most = 0;
    for (const auto& [word, count] : profile_.columns[column].words) most = std::max(most, count);
    return most >= fixed_share * static_cast<double>(profile_.members());
  }
  // For each column whether it goes on with the slot of the one before it.
  std::vector<bool> joins_of_columns() const {
    std::vector<bool> joins(profile_.columns.size());
    for (std::size_t next = 1; next < profile_.columns.size(); ++next) {
      if (is_fixed(next)) {
        joins[next] = is_fixed(next - 1);
        continue;
      }
      for (std::size_t c = next; c-- > 0 && next - c <= reach && !is_fixed(c);)
        if (dependence(choices_[c], choices_[next]) > same_slot)
          std::fill(joins.begin() + static_cast<long>(c) + 1,
                    joins.begin() + static_cast<long>(next) + 1, true);
    }
    return joins;
  }

  void add_slot(Template& made, std::size_t begin, std::size_t end) {
    struct Seen {
      std::uint64_t members = 0;
      std::map<std::string, int> spellings;
    };
    std::map<std::vector<std::uint64_t>, Seen> seen;
    Choice choice(profile_.members(), 0);
    for (std::size_t m = 0; m < profile_.members(); ++m) {
      std::vector<std::uint64_t> option;
      std::string spelling;
      collect(m, begin, end, option, spelling);
      choice[m] =
          chosen_.try_emplace(option, static_cast<std::uint32_t>(chosen_.size())).first->second;
      Seen& entry = seen[option];
      ++entry.members;
      ++entry.spellings[spelling];
    }
    Slot slot;
    for (const auto& [words, entry] : seen) {
      if (entry.members < 2) continue;
      const auto common =
          std::ranges::max_element(entry.spellings, {}, [](const auto& s) { return s.second; });
      slot.options.push_back({common->first, words, entry.members});
    }
    std::ranges::stable_sort(slot.options, std::ranges::greater{}, &Option::members);
    slot.repeats = made.slots.size();
    if (slot.options.empty()) return;
    if (slot.options.size() == 1 && slot.options[0].words.empty()) return;
    made.slots.push_back(std::move(slot));
    slot_choices_.push_back(std::move(choice));
  }

  // The words of member `m` in columns [begin, end), and how they are written.
  void collect(std::size_t m,
               std::size_t begin,
               std::size_t end,
               std::vector<std::uint64_t>& option,
               std::string& spelling) const {
    std::size_t first = 0, last = 0;
    for (std::size_t i = 0; i < profile_.rows[m].size(); ++i) {
      const std::uint32_t column = profile_.rows[m][i];
      if (column == Profile::aside || column < begin || column >= end) continue;
      if (option.empty()) first = i;
      last = i;
      option.push_back(words_[m].hashes[i]);
    }
    if (option.empty()) return;
    spelling =
        texts_[m].substr(words_[m].begins[first], words_[m].ends[last] - words_[m].begins[first]);
  }

  // Slots of the same options whose choice is always that of an earlier one.
  void find_repeats(Template& made) const {
    for (std::size_t later = 0; later < made.slots.size(); ++later) {
      if (made.slots[later].is_fixed()) continue;
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        std::size_t same = 0;
        for (std::size_t m = 0; m < profile_.members(); ++m)
          same += slot_choices_[earlier][m] == slot_choices_[later][m] ? 1 : 0;
        if (static_cast<double>(same) < repeats_share * static_cast<double>(profile_.members()))
          continue;
        made.slots[later].repeats = earlier;
        break;
      }
    }
  }

  const Profile& profile_;
  std::span<const std::string> texts_;
  std::span<const Words> words_;
  std::vector<Choice> choices_, slot_choices_;
  std::map<Hash, std::uint32_t> numbers_;
  std::map<std::vector<std::uint64_t>, std::uint32_t> chosen_;
};

// Tries the options in their order and remembers where it failed, so that it asks each place once.
class Parser {
 public:
  Parser(const Template& made, std::span<const Hash> words)
      : made_(made), words_(words), failed_(made.slots.size() * (words.size() + 1)) {}

  bool from(std::size_t slot, std::size_t at) {
    if (slot == made_.slots.size()) return at == words_.size();
    const std::size_t here = slot * (words_.size() + 1) + at;
    if (failed_[here]) return false;
    const auto& options = made_.slots[slot].options;
    for (std::uint32_t o = 0; o < options.size(); ++o) {
      const auto& option = options[o].words;
      if (option.size() > words_.size() - at ||
          !std::equal(option.begin(), option.end(), words_.begin() + static_cast<long>(at)))
        continue;
      chosen_.push_back(o);
      if (from(slot + 1, at + option.size())) return true;
      chosen_.pop_back();
    }
    failed_[here] = true;
    return false;
  }
  std::vector<std::uint32_t> take() { return std::move(chosen_); }

 private:
  const Template& made_;
  std::span<const Hash> words_;
  std::vector<bool> failed_;
  std::vector<std::uint32_t> chosen_;
};

}  // namespace

std::size_t Template::open_slots() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(slots, [](const Slot& slot) { return !slot.is_fixed(); }));
}

Template template_of(const Profile& profile,
                     std::span<const std::string> texts,
                     std::span<const Words> words) {
  return Induction(profile, texts, words).take();
}

std::optional<std::vector<std::uint32_t>> parse(const Template& made, std::span<const Hash> words) {
  Parser parser(made, words);
  if (!parser.from(0, 0)) return std::nullopt;
  return parser.take();
}

}  // namespace ln::campaigns
