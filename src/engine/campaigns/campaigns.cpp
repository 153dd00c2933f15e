#include "engine/campaigns/campaigns.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <tuple>

#include "base/check.h"
#include "engine/campaigns/campaigns_letters.h"
#include "engine/campaigns/campaigns_merged.h"
#include "engine/campaigns/campaigns_own.h"
#include "engine/campaigns/campaigns_table.h"
#include "engine/campaigns/campaigns_template.h"

namespace ln::campaigns {
namespace {

constexpr std::size_t rows_at_once = 64;       // for one call of `share`
constexpr std::size_t rows_per_step = 65'536;  // between two words about progress
// What an edit really has in common with its letter, counted and not sketched.
constexpr double contained_min = 0.4;
// Only the largest groups are looked for in other texts.
constexpr std::size_t quoted_groups_max = 10'000, quoted_samples_max = 64;
constexpr std::uint64_t quoted_comments_min = 3;

// How often each option was taken, by comments; added to by several threads.
class Counts {
 public:
  explicit Counts(const Template& made) {
    for (const Slot& slot : made.slots) {
      begins_.push_back(size_);
      size_ += slot.options.size();
    }
    options_ = std::vector<std::atomic<std::uint64_t>>(size_);
  }
  void add(const std::vector<std::uint32_t>& chosen, std::uint64_t comments) {
    fitting_ += comments;
    for (std::size_t s = 0; s < chosen.size(); ++s) options_[begins_[s] + chosen[s]] += comments;
  }
  void put(Template& made) const {
    made.fitting = fitting_;
    for (std::size_t s = 0; s < made.slots.size(); ++s) {
      auto& options = made.slots[s].options;
      for (std::size_t o = 0; o < options.size(); ++o)
        options[o].members = options_[begins_[s] + o];
      std::ranges::stable_sort(options, std::ranges::greater{}, &Option::members);
    }
  }

 private:
  std::vector<std::size_t> begins_;
  std::size_t size_ = 0;
  std::vector<std::atomic<std::uint64_t>> options_;
  std::atomic<std::uint64_t> fitting_ = 0;
};

// A group while it is being made.
struct Draft {
  std::uint32_t head = 0;  // the form of its letter
  std::uint64_t comments = 0, forms = 0;
  std::uint32_t family = no_group;
  std::optional<Letter> letter;
};

class Assembly {
 public:
  Assembly(const Table& table, const Texts& texts, const Share& share, const Progress& progress)
      : table_(table),
        texts_(texts),
        share_(share),
        progress_(progress),
        sorted_(forms_in(table)),
        letters_(letters_of(table, sorted_, share, progress)),
        families_(families_of(table, sorted_, letters_, texts, share, progress)) {}

  Found run() {
    draft();
    read_letters();
    found_.texts.resize(table_.rows.size());
    for (std::size_t begin = 0; begin < table_.rows.size(); begin += rows_per_step) {
      const std::size_t end = std::min(table_.rows.size(), begin + rows_per_step);
      share_((end - begin + rows_at_once - 1) / rows_at_once, [&](std::size_t part) {
        const std::size_t first = begin + part * rows_at_once;
        for (std::size_t r = first; r < std::min(end, first + rows_at_once); ++r)
          look_at(static_cast<std::uint32_t>(r));
      });
      if (progress_)
        progress_(Stage::own_text,
                  static_cast<double>(end) / static_cast<double>(table_.rows.size()));
    }
    settle();
    return std::move(found_);
  }

 private:
  const Form& form_of(std::uint32_t row) const { return sorted_.forms[sorted_.form_of[row]]; }
  std::string text(std::uint32_t row) const { return texts_.text_at(table_.rows[row].place); }

  // Drafts by family and by letter, the largest first.
  void draft() {
    draft_of_.assign(sorted_.forms.size(), no_group);
    for (std::uint32_t f = 0; f < families_.size(); ++f) {
      drafts_.emplace_back().family = f;
      counts_.push_back(std::make_unique<Counts>(families_[f].made));
      for (const std::uint32_t form : families_[f].forms)
        draft_of_[form] = static_cast<std::uint32_t>(drafts_.size() - 1);
    }
    for (std::uint32_t f = 0; f < sorted_.forms.size(); ++f) {
      if (letters_[f] != f || draft_of_[f] != no_group) continue;
      draft_of_[f] = static_cast<std::uint32_t>(drafts_.size());
      drafts_.emplace_back().head = f;
    }
    for (std::uint32_t f = 0; f < sorted_.forms.size(); ++f) {
      draft_of_[f] = draft_of_[letters_[f]];
      Draft& draft = drafts_[draft_of_[f]];
      if (draft.forms == 0 && draft.family != no_group) draft.head = f;
      ++draft.forms;
      draft.comments += sorted_.forms[f].comments;
      if (draft.family != no_group &&
          sorted_.forms[f].comments > sorted_.forms[draft.head].comments)
        draft.head = f;
    }
  }

  void read_letters() {
    for (Draft& draft : drafts_)
      if (draft.family == no_group && draft.forms > 1) edited_.push_back(&draft);
    share_(edited_.size(), [&](std::size_t i) {
      edited_[i]->letter.emplace(text(sorted_.forms[edited_[i]->head].letter));
    });
    std::vector<std::uint32_t> large;
    for (std::uint32_t d = 0; d < drafts_.size(); ++d)
      if (drafts_[d].comments >= quoted_comments_min) large.push_back(d);
    std::ranges::sort(large, {}, [&](std::uint32_t d) {
      return std::tuple(~drafts_[d].comments, drafts_[d].head);
    });
    if (large.size() > quoted_groups_max) large.resize(quoted_groups_max);
    for (const std::uint32_t d : large) {
      if (drafts_[d].family == no_group) {
        quotes_.add(d, text(sorted_.forms[drafts_[d].head].letter));
        continue;
      }
      const auto& sample = families_[drafts_[d].family].sample;
      for (std::size_t i = 0; i < std::min(sample.size(), quoted_samples_max); ++i)
        quotes_.add(d, text(sorted_.forms[sample[i]].letter));
    }
  }

  void look_at(std::uint32_t row) {
    Distinct& distinct = found_.texts[row];
    distinct.place = table_.rows[row].place;
    distinct.comments = table_.rows[row].comments;
    const std::uint32_t form = sorted_.form_of[row];
    Draft& draft = drafts_[draft_of_[form]];
    if (draft.family != no_group) return look_at_merged(row, draft, distinct);
    if (form != draft.head) return look_at_edit(row, draft, distinct);
    if (draft.comments >= 2 && !is_nothing(row)) {
      distinct.group = draft_of_[form];
      distinct.how = How::copy;
      return;
    }
    look_for_quotes(words_of(text(row)), distinct);
  }

  // Nothing but white space.
  bool is_nothing(std::uint32_t row) const {
    return table_.rows[row].words == 0 &&
           text(row).find_first_not_of(" \t\r\n") == std::string::npos;
  }

  void look_at_merged(std::uint32_t row, const Draft& draft, Distinct& distinct) {
    const Family& family = families_[draft.family];
    const Words words = words_and_stops_of(text(row));
    distinct.group = draft_of_[sorted_.form_of[row]];
    distinct.how = How::merged;
    if (const auto chosen = parse(family.made, words.hashes)) {
      counts_[draft.family]->add(*chosen, distinct.comments);
      return;
    }
    const auto columns = family.pattern.aligned(words.hashes);
    std::vector<bool> known(words.size());
    for (std::size_t i = 0; i < known.size(); ++i) known[i] = columns[i] != Pattern::none;
    distinct.spans = own_spans(words, known);
  }

  void look_at_edit(std::uint32_t row, const Draft& draft, Distinct& distinct) {
    const std::string own = text(row);
    const Words words = words_of(own);
    const std::vector<bool> known = draft.letter->knows(words);
    const double contained = draft.letter->contained(words);
    if (contained < contained_min || is_quotation(own, words, known))
      return look_for_quotes(words, distinct);
    distinct.group = draft_of_[sorted_.form_of[row]];
    distinct.how = How::edited;
    distinct.spans = own_spans(words, known);
  }

  void look_for_quotes(const Words& words, Distinct& distinct) const {
    Quotes::Found quote = quotes_.find(words);
    if (quote.group == no_group) return;
    distinct.group = quote.group;
    distinct.how = How::quote;
    distinct.spans = std::move(quote.spans);
  }

  // Groups of what has stayed in the drafts, numbered from the largest.
  void settle() {
    std::vector<Group> groups(drafts_.size());
    std::vector<bool> has_edits(drafts_.size());
    for (std::uint32_t r = 0; r < found_.texts.size(); ++r) {
      const Distinct& text = found_.texts[r];
      if (text.group == no_group) continue;
      Group& group = groups[text.group];
      if (text.how == How::quote) {
        group.quoted_by += text.comments;
        continue;
      }
      group.comments += text.comments;
      ++group.texts;
      if (!text.spans.empty()) group.with_own_text += text.comments;
      if (text.how == How::edited) has_edits[text.group] = true;
    }
    std::vector<std::uint32_t> order;
    for (std::uint32_t d = 0; d < drafts_.size(); ++d)
      if (groups[d].comments >= 2) order.push_back(d);
    std::ranges::sort(order, {}, [&](std::uint32_t d) {
      return std::tuple(~groups[d].comments, drafts_[d].head);
    });
    std::vector<std::uint32_t> number(drafts_.size(), no_group);
    for (const std::uint32_t d : order) {
      number[d] = static_cast<std::uint32_t>(found_.groups.size());
      groups[d].letter = sorted_.forms[drafts_[d].head].letter;
      groups[d].kind = drafts_[d].family != no_group ? Kind::merged
                       : has_edits[d]                ? Kind::edited
                                                     : Kind::exact;
      if (drafts_[d].family != no_group) put_template(drafts_[d].family, groups[d]);
      found_.groups.push_back(std::move(groups[d]));
    }
    for (Distinct& text : found_.texts) {
      if (text.group == no_group) continue;
      text.group = number[text.group];
      if (text.group == no_group) text = {text.place, text.comments, no_group, How::alone, {}};
    }
    found_.text_of = table_.row_of;
    found_.comments = table_.row_of.size();
  }

  void put_template(std::uint32_t family, Group& group) {
    group.merged = std::make_unique<Template>(std::move(families_[family].made));
    counts_[family]->put(*group.merged);
    group.merged->comments = group.comments;
  }

  const Table& table_;
  const Texts& texts_;
  const Share& share_;
  const Progress& progress_;
  Sorted sorted_;
  std::vector<std::uint32_t> letters_;
  std::vector<Family> families_;
  std::vector<Draft> drafts_;
  std::vector<Draft*> edited_;
  std::vector<std::unique_ptr<Counts>> counts_;
  std::vector<std::uint32_t> draft_of_;  // for each form
  Quotes quotes_;
  Found found_;
};

}  // namespace

void one_by_one(std::size_t count, const std::function<void(std::size_t)>& work) {
  for (std::size_t i = 0; i < count; ++i) work(i);
}

struct Finder::State {
  Table table;
  Share share;
};

Finder::Finder(std::uint64_t secret, Share share)
    : state_(std::make_unique<State>(State{Table(secret), std::move(share)})) {}
Finder::~Finder() = default;

void Finder::take(const std::vector<Comment>& batch) { state_->table.take(batch, state_->share); }

Found Finder::find(const Texts& texts, const Progress& progress) {
  return Assembly(state_->table, texts, state_->share, progress).run();
}

}  // namespace ln::campaigns
