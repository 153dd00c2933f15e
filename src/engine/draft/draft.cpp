#include "engine/draft/draft.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/text.h"

namespace ln::draft {
namespace {

constexpr std::size_t note_chars = 60, number_digits_max = 4, key_size_max = 40;
constexpr int jump_max = 5;  // "9. Người ký" in the middle of a clause is a sentence, no clause
constexpr std::size_t title_paragraphs_max = 4;

// The letters of points in their order (Decree 30/2020: the Vietnamese alphabet), and how a key
// writes those that ASCII has not, as the Telex keyboard does.
struct Letter {
  std::string_view small, key;
};
constexpr std::array letters = {
    Letter{"a", "a"},  Letter{"b", "b"}, Letter{"c", "c"}, Letter{"d", "d"}, Letter{"đ", "dd"},
    Letter{"e", "e"},  Letter{"g", "g"}, Letter{"h", "h"}, Letter{"i", "i"}, Letter{"k", "k"},
    Letter{"l", "l"},  Letter{"m", "m"}, Letter{"n", "n"}, Letter{"o", "o"}, Letter{"p", "p"},
    Letter{"q", "q"},  Letter{"r", "r"}, Letter{"s", "s"}, Letter{"t", "t"}, Letter{"u", "u"},
    Letter{"ư", "uw"}, Letter{"v", "v"}, Letter{"x", "x"}, Letter{"y", "y"}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Whether `text` begins with one of the spellings of a word; takes it off.
bool take_word(std::string_view& text, std::initializer_list<std::string_view> spellings) {
  for (const std::string_view word : spellings) {
    if (!text.starts_with(word)) continue;
    std::string_view rest = text.substr(word.size());
    if (!rest.starts_with(' ') && !rest.starts_with("\u00a0")) continue;
    text = trimmed(rest);
    return true;
  }
  return false;
}

std::string_view take_digits(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && end <= number_digits_max && is_digit(text[end])) ++end;
  if (end == 0 || end > number_digits_max || text.front() == '0') return {};
  const std::string_view digits = text.substr(0, end);
  text.remove_prefix(end);
  return digits;
}

// "2a", "12": a number, perhaps with the letter of an insertion.
std::string take_number(std::string_view& text) {
  std::string number(take_digits(text));
  if (!number.empty() && !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
      (text.size() == 1 || text[1] == '.' || text[1] == ' ')) {
    number += text.front();
    text.remove_prefix(1);
  }
  return number;
}

// "IV" → 4; 0 for what is no Roman numeral of at most 50.
int roman(std::string_view text) {
  constexpr std::array<std::string_view, 10> ones = {"",  "I",  "II",  "III",  "IV",
                                                     "V", "VI", "VII", "VIII", "IX"};
  constexpr std::array<std::string_view, 5> tens = {"", "X", "XX", "XXX", "XL"};
  for (std::size_t ten = 0; ten < tens.size(); ++ten)
    for (std::size_t one = 0; one < ones.size(); ++one)
      if (ten + one > 0 && text == std::string(tens[ten]) + std::string(ones[one]))
        return static_cast<int>(ten * ones.size() + one);
  return 0;
}

int leading_number(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (!is_digit(c)) break;
    value = value * 10 + (c - '0');
  }
  return value;
}

// Dots, colons and spaces between a number and what it numbers.
std::string_view after_mark(std::string_view text) {
  text = trimmed(text);
  while (!text.empty() && (text.front() == '.' || text.front() == ':')) text.remove_prefix(1);
  return trimmed(text);
}

// What a paragraph begins with, by its look alone.
struct Head {
  Level level = Level::article;
  std::string number{};
  int value = 0;
  std::string_view rest{};
};

std::optional<Head> division(std::string_view text, Level level) {
  std::size_t end = 0;
  while (end < text.size() && text[end] != ' ' && text[end] != '.' && text[end] != ':') ++end;
  const std::string_view word = text.substr(0, end);
  const auto number = parse_number(word);
  int value = number && *number > 0 && *number < 1000 ? static_cast<int>(*number) : roman(word);
  if (value == 0) return std::nullopt;
  return Head{level, std::string(word), value, after_mark(text.substr(end))};
}

std::optional<Head> point_head(std::string_view text) {
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const std::string_view letter = letters[i].small;
    if (!text.starts_with(letter)) continue;
    const std::string_view rest = text.substr(letter.size());
    if (rest.starts_with(')'))
      return Head{Level::point, std::string(letter), static_cast<int>(i) + 1,
                  trimmed(rest.substr(1))};
  }
  return std::nullopt;
}

std::optional<Head> head_of(std::string_view text) {
  if (take_word(text, {"Phần", "PHẦN"})) return division(text, Level::part);
  if (take_word(text, {"Chương", "CHƯƠNG"})) return division(text, Level::chapter);
  if (take_word(text, {"Mục", "MỤC"})) return division(text, Level::section);
  if (take_word(text, {"Điều", "ĐIỀU"})) {
    std::string number = take_number(text);
    // "Điều 5 của Luật này" is a reference; a head has a dot, a colon or nothing after its number.
    if (number.empty() || (!text.empty() && text.front() != '.' && text.front() != ':'))
      return std::nullopt;
    const int value = leading_number(number);
    return Head{Level::article, std::move(number), value, after_mark(text)};
  }
  if (!text.empty() && is_digit(text.front())) {
    std::string number = take_number(text);
    if (number.empty() || !text.starts_with(". ")) return std::nullopt;
    const int value = leading_number(number);
    return Head{Level::clause, std::move(number), value, trimmed(text.substr(1))};
  }
  return point_head(text);
}

std::string key_letter(std::string_view number) {
  for (const Letter& letter : letters)
    if (letter.small == number) return std::string(letter.key);
  return std::string(number);
}

class Parser {
 public:
  explicit Parser(std::span<const std::string> paragraphs) : paragraphs_(paragraphs) {}

  Draft run() {
    for (at_ = 0; at_ < paragraphs_.size(); ++at_) {
      const std::string_view text = trimmed(paragraphs_[at_]);
      if (!text.empty()) take(text);
    }
    tell_missing_headings();
    take_title();
    if (draft_.count(Level::article) == 0) note(Doubt::no_article, 0);
    return std::move(draft_);
  }

 private:
  void take(std::string_view text) {
    auto head = head_of(text);
    if (!head) return take_text(text);
    // A document that numbers its grounds "1." before any article is not cut there.
    if (head->level == Level::clause && !is_clause(*head)) return take_text(text);
    if (head->level == Level::point && !is_point()) return take_text(text);
    if (head->level <= Level::article && !is_division(*head)) return take_text(text);
    add(*head);
  }

  bool is_division(const Head& head) {
    const int last = last_[static_cast<std::size_t>(head.level)];
    if (head.level == Level::article && head.value < last) {
      note(Doubt::out_of_order, at_);
      return false;
    }
    return true;
  }

  // A clause stands in an article, and its number follows the one before it.
  bool is_clause(const Head& head) {
    if (article_ == no_parent) {
      if (!draft_.clauses.empty()) note(Doubt::outside, at_);
      return false;
    }
    const int last = last_[static_cast<std::size_t>(Level::clause)];
    if (head.value < last || head.value > last + jump_max) {
      note(Doubt::out_of_order, at_);
      return false;
    }
    return true;
  }

  bool is_point() {
    if (article_ != no_parent) return true;
    if (!draft_.clauses.empty()) note(Doubt::outside, at_);
    return false;
  }

  void add(const Head& head) {
    const auto level = static_cast<std::size_t>(head.level);
    const int last = last_[level];
    if (head.value > last + 1) note(Doubt::jump, at_);
    last_[level] = head.value;
    Clause clause{.level = head.level, .number = head.number, .paragraph = at_};
    if (head.level <= Level::article)
      clause.heading = head.rest;
    else
      clause.text = head.rest;
    clause.parent = parent_of(head.level);
    clause.key = key_for(clause, head.value);
    if (keys_.contains(clause.key)) {
      note(Doubt::repeated, at_);
      clause.key = another(clause.key);
    }
    keys_.emplace(clause.key, 1);
    draft_.clauses.push_back(std::move(clause));
    enter(head.level);
  }

  // What is open above a new piece of this level.
  std::size_t parent_of(Level level) const {
    for (auto above = static_cast<std::size_t>(level); above > 0; --above)
      if (open_[above - 1] != no_parent) return open_[above - 1];
    return no_parent;
  }

  std::string key_for(const Clause& clause, int value) const {
    const std::string above = clause.parent == no_parent ? "" : draft_.clauses[clause.parent].key;
    switch (clause.level) {
      case Level::part: return "p" + std::to_string(value);
      case Level::chapter:
        return above.empty() ? "c" + std::to_string(value) : above + ".c" + std::to_string(value);
      case Level::section:
        return above.empty() ? "m" + std::to_string(value) : above + ".m" + std::to_string(value);
      case Level::article: return "d" + clause.number;
      case Level::clause: return above + "." + clause.number;
      case Level::point: return above + "." + key_letter(clause.number);
    }
    return {};
  }

  // "d5-2": the second of its number.
  std::string another(const std::string& key) {
    std::size_t& times = keys_[key];
    for (;;)
      if (std::string next = key + "-" + std::to_string(++times); !keys_.contains(next))
        return next;
  }

  void enter(Level level) {
    const auto place = static_cast<std::size_t>(level);
    open_[place] = draft_.clauses.size() - 1;
    for (std::size_t below = place + 1; below < open_.size(); ++below) {
      open_[below] = no_parent;
      // Articles and chapters are counted through; sections, clauses and points begin anew.
      if (below != static_cast<std::size_t>(Level::article) &&
          !(below == static_cast<std::size_t>(Level::chapter)))
        last_[below] = 0;
    }
    article_ = open_[static_cast<std::size_t>(Level::article)];
  }

  void take_text(std::string_view text) {
    if (draft_.clauses.empty()) {
      draft_.opening.emplace_back(text);
      return;
    }
    Clause& last = draft_.clauses.back();
    // "Chương I", and its name in the next line.
    if (last.level < Level::article && last.heading.empty() && last.text.empty()) {
      last.heading = text;
      return;
    }
    if (!last.text.empty()) last.text += '\n';
    last.text += text;
  }

  // The name of what is decided: the lines before the grounds ("Căn cứ …").
  void take_title() {
    std::size_t used = 0;
    for (const std::string& line : draft_.opening) {
      if (used == title_paragraphs_max || line.starts_with("Căn cứ") ||
          line.starts_with("Theo đề nghị") || line.starts_with("Xét đề nghị"))
        break;
      if (!draft_.title.empty()) draft_.title += ' ';
      draft_.title += line;
      ++used;
    }
    draft_.opening.erase(draft_.opening.begin(),
                         draft_.opening.begin() + static_cast<std::ptrdiff_t>(used));
  }

  void tell_missing_headings() {
    for (const Clause& each : draft_.clauses)
      if (each.level <= Level::article && each.heading.empty() && each.text.empty())
        note(Doubt::no_heading, each.paragraph);
  }

  void note(Doubt doubt, std::size_t paragraph) {
    if (draft_.notes.size() == notes_max) return;
    const std::string_view text =
        paragraph < paragraphs_.size() ? std::string_view(paragraphs_[paragraph]) : "";
    draft_.notes.push_back({doubt, paragraph, std::string(first_chars(text, note_chars))});
  }

  std::span<const std::string> paragraphs_;
  std::size_t at_ = 0;
  Draft draft_;
  std::map<std::string, std::size_t> keys_;  // how often each was drawn on
  std::array<std::size_t, 6> open_ = {no_parent, no_parent, no_parent,
                                      no_parent, no_parent, no_parent};
  std::array<int, 6> last_{};
  std::size_t article_ = no_parent;
};

}  // namespace

std::string_view to_text(Level level) {
  constexpr std::array<std::string_view, 6> words = {"part",    "chapter", "section",
                                                     "article", "clause",  "point"};
  return words[static_cast<std::size_t>(level)];
}

TextKey key_of(Doubt doubt) {
  switch (doubt) {
    case Doubt::no_article: return "draft.doubt.no_article"_t;
    case Doubt::jump: return "draft.doubt.jump"_t;
    case Doubt::repeated: return "draft.doubt.repeated"_t;
    case Doubt::out_of_order: return "draft.doubt.out_of_order"_t;
    case Doubt::no_heading: return "draft.doubt.no_heading"_t;
    case Doubt::outside: return "draft.doubt.outside"_t;
  }
  return {};
}

std::optional<std::size_t> Draft::find(std::string_view key) const {
  const auto found = std::ranges::find(clauses, key, &Clause::key);
  if (found == clauses.end()) return std::nullopt;
  return static_cast<std::size_t>(found - clauses.begin());
}

std::size_t Draft::count(Level level) const {
  return static_cast<std::size_t>(std::ranges::count(clauses, level, &Clause::level));
}

std::optional<Draft> parse(std::span<const std::string> paragraphs) {
  if (paragraphs.size() > paragraphs_max) return std::nullopt;
  std::size_t size = 0, numbered = 0;
  for (const std::string& each : paragraphs) {
    size += each.size() + 1;
    numbered += head_of(trimmed(each)) ? 1 : 0;
  }
  // Looking for a key is a walk through all: this bounds it.
  if (size > text_size_max || numbered > clauses_max) return std::nullopt;
  return Parser(paragraphs).run();
}

bool is_key(std::string_view text) {
  return !text.empty() && text.size() <= key_size_max && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '.' || c == '-';
  });
}

std::string cited(std::string_view key, bool in_english) {
  if (!is_key(key)) return {};
  std::vector<std::string_view> pieces;
  while (!key.empty()) {
    const std::size_t end = std::min(key.find('.'), key.size());
    if (end > 0) pieces.push_back(key.substr(0, end));
    key.remove_prefix(std::min(end + 1, key.size()));
  }
  std::string out;
  for (const std::string_view piece : pieces) {
    std::string said;
    const bool numbered = piece.size() > 1 && is_digit(piece[1]);
    if (piece.front() == 'd' && numbered)
      said = (in_english ? "Article " : "Điều ") + std::string(piece.substr(1));
    else if (piece.front() == 'c' && numbered)
      said = (in_english ? "Chapter " : "Chương ") + std::string(piece.substr(1));
    else if (piece.front() == 'm' && numbered)
      said = (in_english ? "Section " : "Mục ") + std::string(piece.substr(1));
    else if (piece.front() == 'p' && numbered)
      said = (in_english ? "Part " : "Phần ") + std::string(piece.substr(1));
    else if (is_digit(piece.front()))
      said = (in_english ? "clause " : "khoản ") + std::string(piece);
    else {
      std::string_view letter = piece.substr(0, piece.find('-'));
      for (const Letter& each : letters)
        if (each.key == letter) letter = each.small;
      said = (in_english ? "point " : "điểm ") + std::string(letter);
    }
    out = out.empty() ? said : said + (in_english ? ", " : " ") + out;
  }
  return out;
}

}  // namespace ln::draft
