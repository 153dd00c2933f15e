#include "engine/text/text_redact.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <string>

#include "engine/text/text.h"
#include "engine/text/text_tokens.h"

namespace ln::text {
namespace {

using Words = std::span<const std::string_view>;

bool is_in(Words words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Digits that may belong together: "0912 345 678", "001.085.012345", "+84 912…".
struct Number {
  std::size_t first = 0;  // Tokens [first, last].
  std::size_t last = 0;
  std::string digits = {};
  bool is_split = false;   // There are separators inside.
  bool is_amount = false;  // 1.500.000
  bool is_date = false;    // 23-11-2026
};

class Search {
 public:
  explicit Search(std::string_view text) : text_(text), tokens_(tokens_of(text)) {}

  std::vector<Finding> run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const Token& token = tokens_[i];
      if (token.symbol == '@') find_email(i);
      if (token.kind == Class::number) {
        if (find_plate(i)) continue;
        if (i >= number_end_) find_number(i);
      }
      if (token.kind == Class::word) find_person(i);
    }
    find_houses();
    return settled();
  }

 private:
  bool is_kind(std::size_t i, Class kind) const {
    return i < tokens_.size() && tokens_[i].kind == kind;
  }
  bool is_symbol(std::size_t i, std::string_view any) const {
    return i < tokens_.size() && tokens_[i].symbol != 0 &&
           any.find(tokens_[i].symbol) != std::string_view::npos;
  }
  std::size_t size_of(std::size_t i) const { return tokens_[i].end - tokens_[i].begin; }
  std::string_view bytes_of(std::size_t i) const {
    return text_.substr(tokens_[i].begin, size_of(i));
  }
  void found(Private kind, std::size_t first, std::size_t last) {
    findings_.push_back({kind, tokens_[first].begin, tokens_[last].end - tokens_[first].begin});
  }

  // The folded words before token `i` in the same sentence, joined, nearest last: " so tai khoan ".
  std::string words_before(std::size_t i, std::size_t count) const {
    std::string out = " ";
    // Bounded, so that a text of nothing but numbers costs no more than one of words.
    for (std::size_t left = 4 * count; i > 0 && count > 0 && left > 0; --left) {
      const Token& before = tokens_[--i];
      if (before.ends_sentence) break;
      if (before.kind != Class::word) continue;
      out.insert(0, " " + before.folded);
      --count;
    }
    return out;
  }
  static bool mentions(const std::string& words, Words any) {
    return std::any_of(any.begin(), any.end(), [&](std::string_view phrase) {
      return words.find(" " + std::string(phrase) + " ") != std::string::npos;
    });
  }

  std::size_t next_run(std::size_t i) const;
  std::vector<Number> numbers_at(std::size_t first) const;
  bool is_in_code(const Number& number) const;
  std::optional<Private> kind_of(const Number& number) const;
  void find_number(std::size_t i);
  void find_email(std::size_t at);
  bool find_plate(std::size_t i);
  bool is_place_before(std::size_t title) const;
  std::size_t name_end(std::size_t first) const;
  std::size_t small_name_end(std::size_t first) const;
  void find_person(std::size_t title);
  void find_houses();
  std::vector<Finding> settled();

  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t number_end_ = 0;  // Tokens before it have been read as a number.
  std::vector<Finding> findings_;
};

constexpr std::string_view identity_words[] = {"cccd",       "cmnd",     "cmt",      "cmtnd",
                                               "chung minh", "can cuoc", "dinh danh"};
constexpr std::string_view passport_words[] = {"ho chieu", "passport"};
constexpr std::string_view bank_words[] = {"tai khoan", "stk", "tk", "ngan hang"};
constexpr std::string_view tax_words[] = {"ma so thue", "mst"};
constexpr std::string_view insurance_words[] = {"bhxh", "bhyt", "bao hiem xa hoi", "bao hiem y te"};
constexpr std::string_view phone_words[] = {"dien thoai", "sdt", "dt", "zalo", "tel"};
constexpr std::string_view hotline_words[] = {"duong day nong", "hotline", "tong dai"};
// Right before a number they say that it is a paper's: "hồ sơ số 0912345678".
constexpr std::string_view paper_words[] = {
    " ho so ",   " bien nhan ", " bien lai ", " phan anh ",   " giay hen ", " hoa don ",
    " van ban ", " don ",       " cong van ", " quyet dinh ", " seri ",     " ma "};
constexpr std::string_view units_of_measure[] = {"dong", "d", "vnd", "usd", "trieu", "ty", "nghin",
                                                 "ngan", "m", "m2",  "km",  "kg",    "k"};

bool is_province(std::string_view three) {
  // Codes of the 63 provinces in numbers issued since 2016; mergers do not change issued numbers.
  constexpr std::string_view codes =
      "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 "
      "036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 "
      "074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096";
  return codes.find(three) % 4 == 0;
}

bool looks_like_citizen_id(std::string_view digits) {
  return digits.size() == 12 && is_province(digits.substr(0, 3)) && digits[3] <= '3';
}

bool looks_like_phone(const Number& number) {
  std::string local = number.digits;
  if (local.starts_with("84") && local.size() >= 11) local = "0" + local.substr(2);
  constexpr std::string_view mobile = "35789";
  if (local.size() == 10) return local[0] == '0' && mobile.find(local[1]) != std::string_view::npos;
  return local.size() == 11 && local.starts_with("02");
}

// Whether the words before a number end by naming a paper, "… hồ sơ số là", or a code, "… mã số".
bool names_paper(std::string before) {
  const auto ends_it = [&](std::string_view paper) { return before.ends_with(paper); };
  for (const std::string_view filler : {" la ", " so "}) {
    if (std::any_of(std::begin(paper_words), std::end(paper_words), ends_it)) return true;
    if (before.ends_with(filler)) before.resize(before.size() - filler.size() + 1);
  }
  return std::any_of(std::begin(paper_words), std::end(paper_words), ends_it);
}

// The run of digits that continues the one at `i`: after spaces, dots, hyphens, a bracket. 0 when
// none does.
std::size_t Search::next_run(std::size_t i) const {
  for (std::size_t next = i + 1; next <= i + 4 && next < tokens_.size(); ++next) {
    const Token& each = tokens_[next];
    if (each.kind == Class::number) return next;
    const bool space = each.kind == Class::space && size_of(next) <= 2;
    if (each.ends_sentence || !(space || is_symbol(next, ".-)"))) return 0;
  }
  return 0;
}

// All numbers that begin at `first`: of one run of digits, of two, …
std::vector<Number> Search::numbers_at(std::size_t first) const {
  constexpr std::size_t runs_max = 12;
  constexpr std::size_t digits_max = 24;
  constexpr std::string_view dates[] = {"1-1-4", "1-2-4", "2-1-4", "2-2-4", "4-2-2"};
  std::vector<Number> out;
  Number number{.first = first, .last = first};
  std::string shape;
  bool dotted = true;
  bool threes = size_of(first) <= 3 && bytes_of(first)[0] != '0';
  for (std::size_t i = first; out.size() < runs_max; i = next_run(i)) {
    if (i != first) {
      dotted = dotted && i == number.last + 2 && is_symbol(i - 1, ".");
      threes = threes && size_of(i) == 3;
      shape += '-';
    }
    number.last = i;
    number.digits += bytes_of(i);
    shape += std::to_string(size_of(i));
    number.is_split = i != first;
    number.is_amount = number.is_split && dotted && threes;
    number.is_date = is_in(dates, shape);
    if (number.digits.size() > digits_max) break;
    out.push_back(number);
    if (next_run(i) == 0) break;
  }
  return out;
}

// Letters, slashes and hyphens that make digits a part of a code: PHA230300003416, 1207/QĐ-UBND,
// H26-230101-0001. Letters before them may also say what follows: "SĐT0912345678".
bool Search::is_in_code(const Number& number) const {
  const std::size_t first = number.first;
  if (first > 0 && is_kind(first - 1, Class::word)) {
    const std::string own = words_before(first, 1);
    if (!mentions(own, identity_words) && !mentions(own, phone_words) &&
        !mentions(own, bank_words) && !mentions(own, tax_words))
      return true;
  }
  if (first > 0 && is_symbol(first - 1, "/")) return true;
  if (first > 1 && is_symbol(first - 1, "-.") && !is_kind(first - 2, Class::space)) return true;
  const std::size_t after = number.last + 1;
  if (is_symbol(after, "/")) return true;
  if (!is_kind(after, Class::word)) return false;
  return tokens_[after].is_capital || is_in(units_of_measure, tokens_[after].folded);
}

// What the number is; null when it is nothing private or nothing certain.
std::optional<Private> Search::kind_of(const Number& number) const {
  const std::string& digits = number.digits;
  const std::size_t size = digits.size();
  if (size < 6 || is_in_code(number)) return std::nullopt;
  const std::string before = words_before(number.first, 6);
  if ((size == 9 || size == 12) && mentions(before, identity_words)) return Private::citizen_id;
  if ((size == 10 || size == 13) && mentions(before, tax_words)) return Private::tax_number;
  if (digits.starts_with("1800") || digits.starts_with("1900")) return std::nullopt;
  if (mentions(before, hotline_words)) return std::nullopt;
  const std::string near = words_before(number.first, 4);
  if (looks_like_phone(number) && mentions(near, phone_words)) return Private::phone;
  if (size >= 10 && size <= 15 && mentions(before, insurance_words)) return Private::insurance;
  if (size <= 19 && mentions(before, bank_words)) return Private::bank_account;
  if (names_paper(near)) return std::nullopt;
  if (looks_like_citizen_id(digits)) return Private::citizen_id;
  if (looks_like_phone(number)) return Private::phone;
  // Nine digits in one piece without a word that says what they are: an old identity card, when the
  // first digit fits one and no unit of measure follows.
  const bool measured =
      number.last + 2 < tokens_.size() && is_in(units_of_measure, tokens_[number.last + 2].folded);
  if (size == 9 && !number.is_split && digits[0] <= '3' && !measured) return Private::citizen_id;
  return std::nullopt;
}

// Takes the longest number that is something, so that two phones in a row are two.
void Search::find_number(std::size_t i) {
  number_end_ = i + 1;
  const std::vector<Number> numbers = numbers_at(i);
  for (auto number = numbers.rbegin(); number != numbers.rend(); ++number) {
    const auto kind = kind_of(*number);
    if (number->is_date || (number->is_amount && kind != Private::citizen_id)) {
      number_end_ = number->last + 1;
      return;
    }
    if (!kind) continue;
    number_end_ = number->last + 1;
    const bool plus = i > 0 && is_symbol(i - 1, "+");
    return found(*kind, plus ? i - 1 : i, number->last);
  }
  // A passport: one letter and seven or eight digits, after the word.
  const bool letter = i > 0 && is_kind(i - 1, Class::word) && tokens_[i - 1].folded.size() == 1;
  const bool fits = size_of(i) == 7 || size_of(i) == 8;
  if (letter && fits && mentions(words_before(i - 1, 4), passport_words))
    found(Private::citizen_id, i - 1, i);
}

void Search::find_email(std::size_t at) {
  const auto is_part = [&](std::size_t i, std::string_view symbols) {
    if (!is_kind(i, Class::word) && !is_kind(i, Class::number)) return is_symbol(i, symbols);
    const std::string_view bytes = bytes_of(i);
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c > 0; });
  };
  std::size_t first = at;
  while (first > 0 && is_part(first - 1, "._%+-")) --first;
  std::size_t last = at;
  while (is_part(last + 1, ".-")) ++last;
  while (last > at && !is_kind(last, Class::word)) --last;  // The full stop of the sentence.
  const bool has_domain = last > at + 2 && is_symbol(last - 1, ".") && size_of(last) >= 2;
  if (first < at && has_domain) found(Private::email, first, last);
}

// Two digits, a series (A, AB, H1), four or five digits: 29A-123.45, 29-H1 678.90, 30F12345.
bool Search::find_plate(std::size_t i) {
  const bool starts = size_of(i) == 2 && bytes_of(i)[0] != '0' &&
                      (i == 0 || !(is_kind(i - 1, Class::word) || is_symbol(i - 1, "/.,")));
  if (!starts) return false;
  std::size_t at = i + 1;
  if (is_symbol(at, "-")) ++at;
  if (!is_kind(at, Class::word) || tokens_[at].folded.size() > 2) return false;
  const std::string before = words_before(i, 4);
  constexpr std::string_view plate_words[] = {"bien so", "bien", "bks", "xe", "bien kiem soat"};
  const bool upper =
      tokens_[at].is_capital && (tokens_[at].is_shouted || tokens_[at].folded.size() == 1);
  if (!upper && !mentions(before, plate_words)) return false;
  ++at;
  // A digit of the series stands apart from the number that follows it.
  if (is_kind(at, Class::number) && size_of(at) == 1) ++at;
  const bool separated = is_symbol(at, "-.") || (is_kind(at, Class::space) && size_of(at) == 1);
  if (separated) ++at;
  if (!is_kind(at, Class::number)) return false;
  std::size_t last = at;
  std::size_t digits = size_of(at);
  if (digits == 3 && is_symbol(at + 1, ".") && is_kind(at + 2, Class::number)) {
    last = at + 2;
    digits += size_of(last);
  }
  const bool fits = digits == 4 || digits == 5 || (digits == 6 && !separated);
  if (!fits || is_symbol(last + 1, "/")) return false;
  found(Private::plate, i, last);
  number_end_ = std::max(number_end_, last + 1);
  return true;
}

// Whether the title belongs to the name of a place: đường Bà Triệu, chợ Ông Lãnh, Hai Bà Trưng.
bool Search::is_place_before(std::size_t title) const {
  constexpr std::string_view one_word[] = {
      "duong", "pho",   "phuong", "xa",   "truong", "cho",  "cau",  "quan", "huyen",
      "ngo",   "hem",   "den",    "chua", "mieu",   "khu",  "nui",  "thon", "ap",
      "ben",   "ngach", "kiet",   "hai",  "tinh",   "thpt", "thcs", "kenh", "rach"};
  constexpr std::string_view two_words[] = {"mam non", "tieu hoc", "cong vien", "benh vien",
                                            "nga tu",  "nga ba",   "vong xoay", "trung hoc"};
  return mentions(words_before(title, 1), one_word) || mentions(words_before(title, 2), two_words);
}

// One past the last token of the capitalised name that begins at `first`; `first` when there is
// none.
std::size_t Search::name_end(std::size_t first) const {
  // A capital that begins what the person is or where they live.
  constexpr std::string_view no_name[] = {"phường", "quận", "đường", "số",   "tổ",  "thôn", "xã",
                                          "huyện",  "phố",  "chủ",   "giám", "trú", "khu",  "ngõ",
                                          "ông",    "bà",   "ubnd",  "hiện", "ở",   "tại"};
  const std::size_t syllables_max = tokens_[first].is_shouted ? 4 : 5;
  std::size_t end = first;
  for (std::size_t i = first; i < first + 2 * syllables_max && is_kind(i, Class::word); i += 2) {
    if (!tokens_[i].is_capital || (i > first && is_in(no_name, marked(bytes_of(i))))) break;
    // Initials are already a mask: ông V.P.S.
    if (is_symbol(i + 1, ".") && is_kind(i + 2, Class::word) && tokens_[i].folded.size() == 1)
      break;
    end = i + 1;
    if (!is_kind(i + 1, Class::space) || tokens_[i + 1].ends_sentence) break;
  }
  return end;
}

// Typed without capitals, only the commonest shape is certain: surname, văn or thị, a name.
std::size_t Search::small_name_end(std::size_t first) const {
  constexpr std::string_view surnames[] = {
      "nguyen", "tran",  "le",  "pham", "hoang", "huynh", "vu",   "vo",   "phan", "truong", "bui",
      "dang",   "do",    "ngo", "ho",   "duong", "dinh",  "doan", "lam",  "mai",  "trinh",  "dao",
      "ly",     "luong", "ta",  "cao",  "ha",    "to",    "luu",  "thai", "dam",  "nghiem"};
  const bool spaced = is_kind(first + 1, Class::space) && is_kind(first + 3, Class::space);
  if (!spaced || !is_kind(first + 2, Class::word) || !is_kind(first + 4, Class::word)) return first;
  const std::string& middle = tokens_[first + 2].folded;
  const bool fits = is_in(surnames, tokens_[first].folded) && (middle == "van" || middle == "thi");
  return fits ? first + 5 : first;
}

void Search::find_person(std::size_t title) {
  constexpr std::string_view titles[] = {"ông", "bà",  "anh", "chị", "cô",
                                         "chú", "bác", "ong", "ba",  "chi"};
  const std::string spelled = marked(bytes_of(title));
  if (!is_in(titles, spelled) || !is_kind(title + 1, Class::space)) return;
  const std::size_t first = title + 2;
  if (!is_kind(first, Class::word) || tokens_[title + 1].ends_sentence) return;
  const Token& word = tokens_[title];
  // "Hồ Chí Minh", "Lan Anh": a capital after a capital goes on with a name.
  const bool goes_on = title > 1 && word.is_capital && !word.is_shouted &&
                       is_kind(title - 1, Class::space) && tokens_[title - 2].is_capital;
  if (goes_on || is_place_before(title)) return;
  const std::size_t capital_end = name_end(first);
  const std::size_t end = capital_end > first ? capital_end : small_name_end(first);
  if (end == first) return;
  constexpr std::string_view places[] = {"rịa",
                                         "triệu",
                                         "trưng",
                                         "đen",
                                         "nà",
                                         "chiểu",
                                         "điểm",
                                         "lãnh",
                                         "tạ",
                                         "hom",
                                         "hồ",
                                         "ích khiêm",
                                         "huyện thanh quan",
                                         "dinh",
                                         "đình",
                                         "ria",
                                         "trieu"};
  const std::string name =
      marked(text_.substr(tokens_[first].begin, tokens_[end - 1].end - tokens_[first].begin));
  if (word.is_capital && is_in(places, name)) return;
  found(Private::person, first, end - 1);
}

// "số nhà 12", "nhà số 12", "số 12 ngõ 5", in a sentence that names somebody.
void Search::find_houses() {
  std::vector<std::size_t> people;
  for (const Finding& each : findings_)
    if (each.kind == Private::person) people.push_back(each.at);
  if (people.empty()) return;
  std::size_t sentence = 0;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (tokens_[i].ends_sentence) sentence = tokens_[i].end;
    if (!is_kind(i, Class::number) || i < 2 || !is_kind(i - 1, Class::space)) continue;
    if (size_of(i) > 4 || !is_kind(i - 2, Class::word)) continue;
    const std::string& own = tokens_[i - 2].folded;
    const std::string before = words_before(i, 2);
    std::size_t last = i;
    while (is_symbol(last + 1, "/") && is_kind(last + 2, Class::number)) last += 2;
    constexpr std::string_view lanes[] = {"ngo", "ngach", "hem", "kiet", "duong", "pho", "to"};
    const bool in_lane =
        own == "so" && last + 2 < tokens_.size() && is_in(lanes, tokens_[last + 2].folded);
    const bool of_house =
        own == "nha" || before.ends_with(" so nha ") || before.ends_with(" nha so ") || in_lane;
    if (!of_house || is_symbol(last + 1, "/")) continue;
    std::size_t stop = last;
    while (stop < tokens_.size() && !tokens_[stop].ends_sentence) ++stop;
    const std::size_t end = stop < tokens_.size() ? tokens_[stop].end : text_.size();
    const bool near = std::any_of(people.begin(), people.end(),
                                  [&](std::size_t at) { return at >= sentence && at < end; });
    if (is_kind(last + 1, Class::word) && size_of(last + 1) == 1) ++last;  // 12A
    if (near) found(Private::house, i, last);
  }
}

// Sorted; where two overlap, the one that begins first stays, and of those the longer.
std::vector<Finding> Search::settled() {
  std::sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
    return a.at != b.at ? a.at < b.at : a.size > b.size;
  });
  std::vector<Finding> out;
  for (const Finding& each : findings_)
    if (out.empty() || each.at >= out.back().at + out.back().size) out.push_back(each);
  return out;
}

}  // namespace

std::vector<Finding> find_private(std::string_view text) { return Search(text).run(); }

bool has_citizen_id(std::string_view text) {
  // Most texts have no seven digits at all; every submission asks, so this one answer is quick.
  constexpr std::ptrdiff_t digits_least = 7;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (std::count_if(text.begin(), text.end(), is_digit) < digits_least) return false;
  const std::vector<Finding> all = find_private(text);
  return std::any_of(all.begin(), all.end(),
                     [](const Finding& each) { return each.kind == Private::citizen_id; });
}

}  // namespace ln::text
