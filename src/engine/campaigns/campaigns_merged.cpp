#include "engine/campaigns/campaigns_merged.h"

#include <algorithm>
#include <array>
#include <span>

#include "engine/campaigns/campaigns_template.h"

namespace ln::campaigns {
namespace {

constexpr std::uint32_t words_min = 20;
constexpr std::size_t bucket_max = 16;  // of each bucket only so many are compared
constexpr std::size_t pairs_at_once = 64;
constexpr int pair_min = 8, near_min = 7;  // of 128 places that must agree
constexpr double order_min = 0.27, fit_min = 0.7, length_min = 0.4;
constexpr std::size_t first_max = 200, sample_max = 400, members_min = 8, guides_max = 16;
constexpr std::size_t slice = 4096;  // forms that one call of `share` looks at
// The first looks are at few texts, which show the large families; the last one at all.
constexpr std::array<std::size_t, 3> look_at = {4096, 65536, no_group};

struct Pair {
  std::uint32_t a, b;
};

struct Near {
  std::uint32_t form;
  int agreeing;
};

class FamilySearch {
 public:
  FamilySearch(const Table& table,
               const Sorted& sorted,
               const std::vector<std::uint32_t>& letters,
               const Texts& texts,
               const Share& share)
      : table_(table), sorted_(sorted), texts_(texts), share_(share) {
    for (std::uint32_t f = 0; f < sorted.forms.size(); ++f)
      if (letters[f] == f && sorted.forms[f].sketches != 0 && sorted.forms[f].words >= words_min)
        open_.push_back(f);
  }

  std::vector<Family> run(const Progress& progress) {
    for (std::size_t look = 0; look < look_at.size(); ++look) {
      const std::size_t count = std::min(look_at[look], open_.size());
      for (std::size_t band = 0; band < bands; ++band) {
        for_band(band, std::min(count, open_.size()));
        const double done = static_cast<double>(look * bands + band + 1);
        if (progress) progress(Stage::templates, done / (look_at.size() * bands));
      }
      if (count == open_.size()) break;
    }
    return std::move(families_);
  }

 private:
  const Pairs& sketch(std::uint32_t form) const {
    return table_.sketches[sorted_.forms[form].sketches - 1].pairs;
  }
  std::string text(std::uint32_t form) const {
    return texts_.text_at(table_.rows[sorted_.forms[form].letter].place);
  }
  std::vector<Hash> words(std::uint32_t form) const {
    return words_and_stops_of(text(form)).hashes;
  }
  bool is_open(std::uint32_t form) const { return std::ranges::binary_search(open_, form); }

  // Pairs of open forms that one bucket of `band` holds and whose sketches are near, among the
  // first `count` forms; by bucket, and in each in the order of the forms.
  std::vector<Pair> pairs_in(std::size_t band, std::size_t count) const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> keyed(count);
    for (std::size_t i = 0; i < count; ++i) {
      const Pairs& own = sketch(open_[i]);
      keyed[i] = {static_cast<std::uint32_t>(own[band * 2] << 8 | own[band * 2 + 1]), open_[i]};
    }
    std::ranges::sort(keyed);
    std::vector<Pair> pairs;
    for (std::size_t begin = 0; begin < keyed.size();) {
      std::size_t end = begin;
      while (end < keyed.size() && keyed[end].first == keyed[begin].first) ++end;
      const std::size_t last = std::min(end, begin + bucket_max);
      for (std::size_t i = begin; i < last; ++i)
        for (std::size_t k = i + 1; k < last; ++k)
          if (agreeing(sketch(keyed[i].second), sketch(keyed[k].second)) >= pair_min)
            pairs.push_back({keyed[i].second, keyed[k].second});
      begin = end;
    }
    return pairs;
  }

  void for_band(std::size_t band, std::size_t count) {
    const std::vector<Pair> all = pairs_in(band, count);
    std::vector<Pair> some;
    for (std::size_t at = 0; at < all.size();) {
      some.clear();
      for (; at < all.size() && some.size() < pairs_at_once; ++at)
        if (is_open(all[at].a) && is_open(all[at].b)) some.push_back(all[at]);
      std::vector<char> is_true(some.size());
      share_(some.size(), [&](std::size_t i) {
        is_true[i] = order_likeness(Pattern(words(some[i].a)), words(some[i].b)) >= order_min;
      });
      for (std::size_t i = 0; i < some.size(); ++i)
        if (is_true[i] != 0 && is_open(some[i].a) && is_open(some[i].b)) try_family(some[i]);
    }
  }

  // Open forms that agree with the guides at `least` places or more, all guides together.
  std::vector<Near> near_to(std::span<const std::uint32_t> guides, int least, bool is_sum) const {
    std::vector<std::vector<Near>> parts((open_.size() + slice - 1) / slice);
    share_(parts.size(), [&](std::size_t part) {
      const std::size_t end = std::min(open_.size(), (part + 1) * slice);
      for (std::size_t i = part * slice; i < end; ++i) {
        int all = 0;
        for (const std::uint32_t guide : guides) {
          const int one = agreeing(sketch(guide), sketch(open_[i]));
          all = is_sum ? all + one : std::max(all, one);
        }
        if (all >= least) parts[part].push_back({open_[i], all});
      }
    });
    std::vector<Near> found;
    for (const auto& part : parts) found.insert(found.end(), part.begin(), part.end());
    return found;
  }

  // The forms of `near` for which `test` holds, in their order.
  template <class Test>
  std::vector<std::uint32_t> passing(const std::vector<Near>& near, const Test& test) const {
    std::vector<char> passes(near.size());
    constexpr std::size_t few = 16;
    share_((near.size() + few - 1) / few, [&](std::size_t part) {
      for (std::size_t i = part * few; i < std::min(near.size(), (part + 1) * few); ++i)
        passes[i] = test(near[i].form) ? 1 : 0;
    });
    std::vector<std::uint32_t> forms;
    for (std::size_t i = 0; i < near.size(); ++i)
      if (passes[i] != 0) forms.push_back(near[i].form);
    return forms;
  }

  static bool fits(const Pattern& pattern, const std::vector<Hash>& words, std::size_t usual) {
    const auto common = static_cast<double>(pattern.common(words));
    return common >= fit_min * static_cast<double>(words.size()) &&
           common >= length_min * static_cast<double>(usual);
  }

  struct Sample {
    std::vector<std::uint32_t> forms;
    std::vector<std::string> texts;
    std::vector<Words> read;
    std::vector<std::vector<Hash>> words;
    std::size_t usual = 0;  // words of the one in the middle
  };

  Sample sample_of(std::vector<std::uint32_t> forms, std::size_t count_max) const {
    Sample made;
    if (forms.size() > count_max) forms.resize(count_max);  // Their order is that of hashes.
    made.forms = std::move(forms);
    made.texts.resize(made.forms.size());
    made.read.resize(made.forms.size());
    share_(made.forms.size(), [&](std::size_t i) {
      made.texts[i] = text(made.forms[i]);
      made.read[i] = words_and_stops_of(made.texts[i]);
    });
    std::vector<std::size_t> sizes;
    for (const Words& each : made.read) {
      made.words.push_back(each.hashes);
      sizes.push_back(each.size());
    }
    std::ranges::nth_element(sizes, sizes.begin() + static_cast<long>(sizes.size() / 2));
    made.usual = sizes[sizes.size() / 2];
    return made;
  }

  std::vector<std::uint32_t> fitting_of(const Sample& sample, const Pattern& pattern) const {
    std::vector<std::uint32_t> forms;
    for (std::size_t i = 0; i < sample.forms.size(); ++i)
      if (fits(pattern, sample.words[i], sample.usual)) forms.push_back(sample.forms[i]);
    return forms;
  }

  void try_family(const Pair& pair) {
    const std::array<std::uint32_t, 2> two = {pair.a, pair.b};
    std::vector<Near> near = near_to(two, near_min, false);
    std::ranges::stable_sort(near, std::ranges::greater{}, &Near::agreeing);
    if (near.size() > 2 * first_max) near.resize(2 * first_max);
    std::ranges::sort(near, {}, &Near::form);
    const Pattern a(words(pair.a)), b(words(pair.b));
    const auto first = passing(near, [&](std::uint32_t form) {
      const std::vector<Hash> own = words(form);
      return std::max(order_likeness(a, own), order_likeness(b, own)) >= order_min;
    });
    if (first.size() < members_min) return;
    const Sample sample = sample_of(first, first_max);
    const Pattern pattern = profile_of(sample.words).pattern(2);
    const auto kept = fitting_of(sample, pattern);
    if (kept.size() < members_min || kept.size() * 2 < sample.forms.size()) return;
    const auto members = members_for(kept, pattern, sample.usual);
    if (members.size() < members_min) return;
    found(members);
  }

  // All open forms that fit, found by sketches that are near to several members.
  std::vector<std::uint32_t> members_for(const std::vector<std::uint32_t>& kept,
                                         const Pattern& pattern,
                                         std::size_t usual) const {
    std::vector<std::uint32_t> guides;
    for (std::size_t i = 0; i < guides_max; ++i)
      guides.push_back(kept[i * kept.size() / guides_max]);
    guides.erase(std::unique(guides.begin(), guides.end()), guides.end());
    const auto sum = [&](std::uint32_t form) {
      int all = 0;
      for (const std::uint32_t guide : guides)
        all += form == guide ? 0 : agreeing(sketch(guide), sketch(form));
      return all;
    };
    int least = sum(kept[0]);
    for (const std::uint32_t form : kept) least = std::min(least, sum(form));
    return passing(near_to(guides, std::max(1, least / 2), true),
                   [&](std::uint32_t form) { return fits(pattern, words(form), usual); });
  }

  void found(const std::vector<std::uint32_t>& members) {
    const Sample sample = sample_of(members, sample_max);
    const Profile profile = profile_of(sample.words);
    const int least = sample.forms.size() < 2 * members_min ? 1 : 2;
    Family family;
    family.pattern = profile.pattern(least);
    family.made = template_of(profile, sample.texts, sample.read);
    family.sample = sample.forms;
    // Once more with the better pattern: nobody is left out because the first was made from few.
    family.forms = members_for(sample.forms, family.pattern, sample.usual);
    std::vector<std::uint32_t> both;
    std::ranges::set_union(members, family.forms, std::back_inserter(both));
    family.forms = std::move(both);
    std::erase_if(open_,
                  [&](std::uint32_t f) { return std::ranges::binary_search(family.forms, f); });
    families_.push_back(std::move(family));
  }

  const Table& table_;
  const Sorted& sorted_;
  const Texts& texts_;
  const Share& share_;
  std::vector<std::uint32_t> open_;  // ascending
  std::vector<Family> families_;
};

}  // namespace

std::vector<Family> families_of(const Table& table,
                                const Sorted& sorted,
                                const std::vector<std::uint32_t>& letters,
                                const Texts& texts,
                                const Share& share,
                                const Progress& progress) {
  return FamilySearch(table, sorted, letters, texts, share).run(progress);
}

}  // namespace ln::campaigns
