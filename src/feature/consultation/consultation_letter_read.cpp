// Reading one family of similar texts as a letter.
#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include "base/text.h"
#include "engine/campaigns/campaigns_own.h"
#include "engine/campaigns/campaigns_words.h"
#include "engine/text/text.h"
#include "feature/consultation/consultation_letter.h"

namespace ln::consultation {
namespace {

using campaigns::Span;

constexpr std::size_t compared_max = 200;  // texts that are asked what of the letter they know
constexpr std::string_view stops = ",.;:!?";
// Stands where a slot is, so that no three words in a row reach over it.
constexpr std::string_view no_word = "xqslotqx ";

// A place of a text by the two words before it: where each of many fills in something, those are
// the same.
campaigns::Hash place_before(const campaigns::Words& words, std::size_t word) {
  const campaigns::Hash before = word >= 1 ? words.hashes[word - 1] : 1;
  return campaigns::joined(word >= 2 ? words.hashes[word - 2] : 2, before);
}

constexpr std::string_view address_words[] = {"số",     "ngõ",  "ngách", "hẻm", "đường", "phố",
                                              "phường", "xã",   "thôn",  "xóm", "tổ",    "ấp",
                                              "khu",    "quận", "huyện", "tỉnh"};

// Words that begin with a capital or a digit, or are of an address.
bool is_name_word(std::string_view word) {
  const bool is_number = word.front() >= '0' && word.front() <= '9';
  return is_number || text::marked(word) != word || std::ranges::count(address_words, word) > 0;
}

// A name, an address, a number.
bool is_name_like(std::string_view text,
                  const campaigns::Words& words,
                  std::size_t from,
                  std::size_t to) {
  std::int64_t names = 0;
  for (std::size_t i = from; i < to; ++i) {
    if (is_name_word(text.substr(words.begins[i], words.ends[i] - words.begins[i]))) ++names;
  }
  return names * 100 >= letter_limits().names_percent_min * static_cast<std::int64_t>(to - from);
}

// Whether a value may be told. Five letters are not five people, and five people may share a house
// or a name: what has a word of those in it is not.
bool may_be_told(std::string_view value) {
  const campaigns::Words words = campaigns::words_of(value);
  for (std::size_t i = 0; i < words.size(); ++i)
    if (is_name_word(value.substr(words.begins[i], words.ends[i] - words.begins[i]))) return false;
  return true;
}

// Some neighbouring words of a text that are not the letter's.
struct Filling {
  std::uint32_t member = 0;
  Span span{};
  std::size_t words = 0;
  campaigns::Hash place = 0;
  bool may_be_slot = false;     // short, and like a name
  std::size_t engine_span = 0;  // that it stands in; of other texts its first word
};
constexpr std::size_t in_no_span = 1'000'000, own_words_min = 3;

class LetterReader {
 public:
  LetterReader(const campaigns::Found& found, std::uint32_t group, const campaigns::Texts& texts)
      : found_(found), group_(found.groups[group]), texts_(texts) {}

  LetterReading read(const std::vector<std::uint32_t>& members) {
    reading_.kind = group_.kind;
    head_ = texts_.text_at(found_.texts[group_.letter].place);
    head_words_ = campaigns::words_of(head_);
    support_.assign(head_words_.size(), 0);
    const std::size_t step = members.size() / compared_max + 1;
    for (std::size_t i = 0; i < members.size(); ++i) {
      const campaigns::Distinct& text = found_.texts[members[i]];
      reading_.members += static_cast<std::int64_t>(text.comments);
      if (i % step == 0 || members[i] == group_.letter) compare(members[i], text);
    }
    fix_words();
    for (const std::uint32_t member : members)
      if (!group_.merged || !found_.texts[member].spans.empty())
        look_at(member, found_.texts[member]);
    settle();
    put_parts();
    return std::move(reading_);
  }

 private:
  // The words that most have, without what stands in their slots.
  void fix_words() {
    const std::int64_t least = std::max(letter_limits().senders_min, (compared_ * 3 + 3) / 4);
    std::string fixed;
    for (std::size_t i = 0; i < head_words_.size(); ++i) {
      is_fixed_.push_back(support_[i] >= least);
      fixed += is_fixed_[i] ? head_.substr(head_words_.begins[i],
                                           head_words_.ends[i] - head_words_.begins[i]) +
                                  " "
                            : std::string(no_word);
    }
    fixed_letter_ = campaigns::Letter(fixed);
  }

  void look_at(std::uint32_t member, const campaigns::Distinct& text) {
    const std::string own = texts_.text_at(text.place);
    const campaigns::Words words = campaigns::words_of(own);
    std::vector<bool> known = fixed_letter_.knows(words);
    // A merged text shares too few words in a row with any other: the template knows better.
    if (group_.merged) {
      known.assign(words.size(), true);
      for (std::size_t i = 0; i < words.size(); ++i)
        for (const Span& span : text.spans)
          if (words.begins[i] >= span.begin && words.begins[i] < span.end) known[i] = false;
    }
    for (std::size_t from = 0; from < words.size(); ++from) {
      if (known[from]) continue;
      std::size_t to = from + 1;
      while (to < words.size() && !known[to]) ++to;
      fill(member, text, own, words, {from, to});
      from = to;
    }
  }

  void fill(std::uint32_t member,
            const campaigns::Distinct& text,
            const std::string& own,
            const campaigns::Words& words,
            std::pair<std::size_t, std::size_t> run) {
    const auto [from, to] = run;
    Filling filling{.member = member,
                    .span = {words.begins[from], words.ends[to - 1]},
                    .words = to - from,
                    .place = place_before(words, from),
                    .engine_span = in_no_span};
    for (std::size_t i = 0; i < text.spans.size(); ++i)
      if (text.spans[i].begin < filling.span.end && filling.span.begin < text.spans[i].end)
        filling.engine_span = i;
    filling.may_be_slot = static_cast<std::int64_t>(to - from) <= letter_limits().slot_words_max &&
                          is_name_like(own, words, from, to);
    if (filling.may_be_slot) filled_[filling.place] += static_cast<std::int64_t>(text.comments);
    // What the finder calls somebody's own differs from the one letter it compares with, which may
    // be just the one with words of its own; what differs from all others does not.
    if (!group_.merged) filling.engine_span = filling.words < own_words_min ? in_no_span : from;
    if (filling.engine_span != in_no_span) fillings_.push_back(filling);
  }

  // Which words of the letter another text has too.
  void compare(std::uint32_t member, const campaigns::Distinct& text) {
    const auto weight = static_cast<std::int64_t>(text.comments);
    compared_ += weight;
    if (member == group_.letter) {
      for (auto& each : support_) each += weight;
      return;
    }
    const auto known = campaigns::Letter(texts_.text_at(text.place)).knows(head_words_);
    for (std::size_t i = 0; i < known.size(); ++i)
      if (known[i]) support_[i] += weight;
  }

  bool is_slot(campaigns::Hash place) const {
    const auto at = filled_.find(place);
    return at != filled_.end() &&
           at->second * 100 >= reading_.members * letter_limits().slot_percent_min;
  }

  // What fills no slot is its sender's own, when it is more than a word or two.
  void settle() {
    std::int64_t with_own = 0;
    for (std::size_t i = 0; i < fillings_.size();) {
      const Filling& first = fillings_[i];
      Span span{};
      std::size_t words = 0;
      for (; i < fillings_.size() && fillings_[i].member == first.member &&
             fillings_[i].engine_span == first.engine_span;
           ++i) {
        const Filling& each = fillings_[i];
        if (each.may_be_slot && is_slot(each.place)) continue;
        if (words == 0) span.begin = each.span.begin;
        span.end = each.span.end;
        words += each.words;
      }
      if (words < own_words_min) continue;
      auto& own = reading_.own[first.member];
      if (own.empty()) with_own += static_cast<std::int64_t>(found_.texts[first.member].comments);
      own.push_back(span);
    }
    reading_.fitting = reading_.members - with_own;
  }

  void put_parts() {
    const campaigns::Template* made = group_.merged.get();
    if (made != nullptr) weigh_slots(*made);
    const bool is_template_good =
        made != nullptr && static_cast<std::int64_t>(made->fitting) * 100 >=
                               reading_.members * letter_limits().fits_percent_min;
    if (is_template_good)
      put_template(*made);
    else
      put_head();
  }

  void weigh_slots(const campaigns::Template& made) {
    std::int64_t all = 0, long_ones = 0;
    for (const campaigns::Slot& slot : made.slots)
      for (const campaigns::Option& option : slot.options) {
        const auto size = static_cast<std::int64_t>(option.words.size());
        const std::int64_t weight = size * static_cast<std::int64_t>(option.members);
        all += weight;
        if (!slot.is_fixed() && size > letter_limits().phrase_words_max) long_ones += weight;
      }
    if (all > 0) reading_.sentence_slots_percent = long_ones * 100 / all;
  }

  void add_text(std::string_view text) {
    if (text.empty()) return;
    auto& parts = reading_.parts;
    if (parts.empty() || parts.back().is_slot()) {
      parts.push_back({.text = std::string(text)});
      return;
    }
    if (stops.find(text.front()) == std::string_view::npos) parts.back().text += ' ';
    parts.back().text += text;
  }

  void put_template(const campaigns::Template& made) {
    const std::int64_t least = letter_limits().senders_min;
    for (std::size_t s = 0; s < made.slots.size(); ++s) {
      const campaigns::Slot& slot = made.slots[s];
      if (slot.is_fixed() && static_cast<std::int64_t>(slot.options[0].members) >= least) {
        add_text(slot.options[0].text);
        continue;
      }
      LetterPart& part = reading_.parts.emplace_back();
      for (const campaigns::Option& option : slot.options) {
        const auto senders = static_cast<std::int64_t>(option.members);
        if (senders >= least && !option.text.empty() && may_be_told(option.text) &&
            part.values.size() < values_shown_max)
          part.values.push_back({option.text, senders});
      }
    }
  }

  // The letter that most sent, with a slot where fewer than three of four have the same words.
  void put_head() {
    std::size_t from = 0;
    while (from < head_words_.size()) {
      std::size_t to = from + 1;
      while (to < head_words_.size() && is_fixed_[to] == is_fixed_[from]) ++to;
      if (is_fixed_[from]) {
        const std::size_t begin = head_words_.begins[from];
        const std::size_t end = to < head_words_.size() ? head_words_.begins[to] : head_.size();
        add_text(trimmed(std::string_view(head_).substr(begin, end - begin)));
      } else {
        // What stands there is like a name or somebody's own: no value is told.
        reading_.parts.emplace_back();
      }
      from = to;
    }
  }

  const campaigns::Found& found_;
  const campaigns::Group& group_;
  const campaigns::Texts& texts_;
  LetterReading reading_;
  std::string head_;
  campaigns::Words head_words_;
  std::vector<bool> is_fixed_;
  campaigns::Letter fixed_letter_{""};
  std::vector<std::int64_t> support_;
  std::int64_t compared_ = 0;
  std::vector<Filling> fillings_;
  std::map<campaigns::Hash, std::int64_t> filled_;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> members_of(const campaigns::Found& found) {
  std::vector<std::vector<std::uint32_t>> members(found.groups.size());
  for (std::uint32_t row = 0; row < found.texts.size(); ++row) {
    const campaigns::Distinct& text = found.texts[row];
    if (text.group != campaigns::no_group && text.how != campaigns::How::quote)
      members[text.group].push_back(row);
  }
  return members;
}

LetterReading read_letter(const campaigns::Found& found,
                          std::uint32_t group,
                          const std::vector<std::uint32_t>& members,
                          const campaigns::Texts& texts) {
  return LetterReader(found, group, texts).read(members);
}

}  // namespace ln::consultation
