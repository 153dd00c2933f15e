#include "engine/text/text_differences.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "engine/text/text_letters.h"

namespace ln::text {
namespace {

// The spaces before a word, and the word; the last one of a text may have no letters.
struct Word {
  std::string_view space;
  std::string_view letters;
  bool is_mark = false;  // punctuation or a symbol
  int id = 0;            // equal letters, equal ids
};

bool is_space(char32_t code) {
  return code == ' ' || (code >= 9 && code <= 13) || code == 0xA0 || code == 0x3000 ||
         (code >= 0x2000 && code <= 0x200A) || code == 0x2028 || code == 0x2029;
}

std::vector<Word> words_in(std::string_view text, std::unordered_map<std::string_view, int>& ids) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < text.size();) {
    const auto run = [&](const auto& belongs) {
      const std::size_t from = at;
      while (at < text.size()) {
        const Char next = decode(text, at);
        if (!belongs(next.code)) break;
        at += next.size;
      }
      return text.substr(from, at - from);
    };
    Word word;
    word.space = run(is_space);
    word.letters = run([](char32_t code) { return sort_of(code) != Sort::gap; });
    if (word.letters.empty() && at < text.size()) {
      word.letters = text.substr(at, decode(text, at).size);
      word.is_mark = true;
      at += word.letters.size();
    }
    word.id = ids.emplace(word.letters, static_cast<int>(ids.size())).first->second;
    words.push_back(word);
  }
  return words;
}

// A stretch of both texts.
struct Stretch {
  std::ptrdiff_t a_from, a_to, b_from, b_to;
  std::ptrdiff_t a_size() const { return a_to - a_from; }
  std::ptrdiff_t b_size() const { return b_to - b_from; }
};

// Finds which words stay. Those of `a` that do not are removed, those of `b` added.
class Comparison {
 public:
  Comparison(const std::vector<Word>& a, const std::vector<Word>& b, std::size_t work_max)
      : a_(a), b_(b), work_left_(static_cast<std::ptrdiff_t>(work_max)) {
    is_removed.resize(a.size());
    is_added.resize(b.size());
    forward_.resize(a.size() + b.size() + 5);
    backward_.resize(forward_.size());
    compare({0, std::ssize(a), 0, std::ssize(b)}, false);
  }
  std::vector<bool> is_removed, is_added;

 private:
  bool same(std::ptrdiff_t x, std::ptrdiff_t y) const {
    return a_[static_cast<std::size_t>(x)].id == b_[static_cast<std::size_t>(y)].id;
  }

  void change_all(const Stretch& part) {
    std::fill(is_removed.begin() + part.a_from, is_removed.begin() + part.a_to, true);
    std::fill(is_added.begin() + part.b_from, is_added.begin() + part.b_to, true);
  }

  void compare(Stretch part, bool is_piece) {
    while (part.a_size() > 0 && part.b_size() > 0 && same(part.a_from, part.b_from))
      ++part.a_from, ++part.b_from;
    while (part.a_size() > 0 && part.b_size() > 0 && same(part.a_to - 1, part.b_to - 1))
      --part.a_to, --part.b_to;
    if (part.a_size() == 0 || part.b_size() == 0) return change_all(part);
    if (const auto middle = middle_of(part)) {
      compare({part.a_from, middle->x, part.b_from, middle->y}, is_piece);
      compare({middle->x, part.a_to, middle->y, part.b_to}, is_piece);
    } else if (is_piece) {
      change_all(part);
    } else {
      compare_between_anchors(part);
    }
  }

  struct Point {
    std::ptrdiff_t x, y;
  };

  // A point on a shortest path from corner to corner, neither of them (Myers 4b: forward and
  // backward paths that grow by one change in turn, until they meet). Null when the work is spent.
  // Precondition: both sides have words, the first ones differ and so do the last ones.
  std::optional<Point> middle_of(const Stretch& part) {
    const std::ptrdiff_t n = part.a_size(), m = part.b_size(), delta = n - m;
    const bool is_odd = (delta & 1) != 0;
    const std::ptrdiff_t half = (n + m + 1) / 2;
    for (std::ptrdiff_t d = 0; d <= half; ++d) {
      work_left_ -= 2 * (d + 1);
      if (work_left_ < 0) return std::nullopt;
      for (std::ptrdiff_t k = -d; k <= d; k += 2) {
        std::ptrdiff_t x = next_on(forward_, d, k, part);
        if (x != unreached)
          for (; x < n && x - k < m && same(part.a_from + x, part.b_from + x - k); ++x)
            --work_left_;
        on(forward_, k) = x;
        const std::ptrdiff_t back = delta - k;
        if (is_odd && x != unreached && back >= -(d - 1) && back <= d - 1 &&
            on(backward_, back) != unreached && x + on(backward_, back) >= n)
          return Point{part.a_from + x, part.b_from + x - k};
      }
      for (std::ptrdiff_t k = -d; k <= d; k += 2) {
        std::ptrdiff_t x = next_on(backward_, d, k, part);
        if (x != unreached)
          for (; x < n && x - k < m && same(part.a_to - 1 - x, part.b_to - 1 - x + k); ++x)
            --work_left_;
        on(backward_, k) = x;
        const std::ptrdiff_t ahead = delta - k;
        if (!is_odd && x != unreached && ahead >= -d && ahead <= d &&
            on(forward_, ahead) != unreached && x + on(forward_, ahead) >= n)
          return Point{part.a_to - x, part.b_to - x + k};
      }
    }
    return std::nullopt;
  }

  static constexpr std::ptrdiff_t unreached = -1;

  // How far a path got on diagonal k (x - y == k), counted from the corner it began in.
  std::ptrdiff_t& on(std::vector<std::ptrdiff_t>& paths, std::ptrdiff_t k) const {
    return paths[static_cast<std::size_t>(std::ssize(paths) / 2 + k)];
  }
  // How far one more change gets on diagonal k, without leaving the stretch.
  std::ptrdiff_t next_on(std::vector<std::ptrdiff_t>& paths,
                         std::ptrdiff_t d,
                         std::ptrdiff_t k,
                         const Stretch& part) const {
    if (d == 0) return 0;
    std::ptrdiff_t x = unreached;
    if (k > -d && on(paths, k - 1) != unreached && on(paths, k - 1) < part.a_size())
      x = on(paths, k - 1) + 1;
    if (k < d && on(paths, k + 1) != unreached && on(paths, k + 1) - k <= part.b_size())
      x = std::max(x, on(paths, k + 1));
    return x;
  }

  // The words that stand once in both, in the longest order that both have.
  std::vector<Point> anchors_of(const Stretch& part) const {
    struct Seen {
      int a_count = 0, b_count = 0;
      std::ptrdiff_t x = 0, y = 0;
    };
    std::unordered_map<int, Seen> seen;
    for (auto x = part.a_from; x < part.a_to; ++x) {
      Seen& word = seen[a_[static_cast<std::size_t>(x)].id];
      ++word.a_count, word.x = x;
    }
    for (auto y = part.b_from; y < part.b_to; ++y) {
      Seen& word = seen[b_[static_cast<std::size_t>(y)].id];
      ++word.b_count, word.y = y;
    }
    std::vector<Point> once;
    for (auto x = part.a_from; x < part.a_to; ++x) {
      const Seen& word = seen.at(a_[static_cast<std::size_t>(x)].id);
      if (word.a_count == 1 && word.b_count == 1) once.push_back({x, word.y});
    }
    return longest_rising(once);
  }

  static std::vector<Point> longest_rising(const std::vector<Point>& points) {
    std::vector<std::size_t> ends;  // of the best chain of each length
    std::vector<std::optional<std::size_t>> before(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      const auto at = std::lower_bound(ends.begin(), ends.end(), points[i].y,
                                       [&](std::size_t e, auto y) { return points[e].y < y; });
      if (at != ends.begin()) before[i] = *(at - 1);
      if (at == ends.end())
        ends.push_back(i);
      else
        *at = i;
    }
    std::vector<Point> chain;
    for (auto i = ends.empty() ? std::nullopt : std::optional(ends.back()); i; i = before[*i])
      chain.push_back(points[*i]);
    std::reverse(chain.begin(), chain.end());
    return chain;
  }

  void compare_between_anchors(const Stretch& part) {
    Stretch piece = part;
    const auto compare_piece = [&](std::ptrdiff_t a_to, std::ptrdiff_t b_to) {
      piece.a_to = a_to, piece.b_to = b_to;
      work_left_ = 64 * (piece.a_size() + piece.b_size()) + 1'000;
      compare(piece, true);
    };
    for (const Point& anchor : anchors_of(part)) {
      compare_piece(anchor.x, anchor.y);
      piece.a_from = anchor.x + 1, piece.b_from = anchor.y + 1;
    }
    compare_piece(part.a_to, part.b_to);
    work_left_ = 0;  // What follows this stretch is cut at its anchors at once.
  }

  const std::vector<Word>& a_;
  const std::vector<Word>& b_;
  std::ptrdiff_t work_left_;
  std::vector<std::ptrdiff_t> forward_, backward_;
};

// Puts runs together: removed before added, neighbours of one kind as one.
class Runs {
 public:
  void same(std::string_view text) {
    if (text.empty()) return;
    flush();
    if (out_.empty() || out_.back().change != Change::same) out_.push_back({Change::same, {}});
    out_.back().text += text;
  }
  void removed(std::string_view text) { removed_ += text; }
  void added(std::string_view text) { added_ += text; }
  std::vector<Difference> take() {
    flush();
    return std::move(out_);
  }

 private:
  void flush() {
    if (!removed_.empty()) out_.push_back({Change::removed, std::move(removed_)});
    if (!added_.empty()) out_.push_back({Change::added, std::move(added_)});
    removed_.clear(), added_.clear();
  }
  std::vector<Difference> out_;
  std::string removed_, added_;
};

// Walks along both texts: `change` is called with each stretch of words that changed, `stay` with
// each pair that did not.
void walk(const Comparison& found,
          std::size_t a_size,
          std::size_t b_size,
          const auto& change,
          const auto& stay) {
  std::size_t x = 0, y = 0;
  while (x < a_size || y < b_size) {
    const std::size_t x_from = x, y_from = y;
    while (x < a_size && found.is_removed[x]) ++x;
    while (y < b_size && found.is_added[y]) ++y;
    if (x > x_from || y > y_from) change(x_from, x, y_from, y);
    if (x < a_size && y < b_size) stay(x++, y++);
  }
}

// A mark of punctuation alone between changes changes with them.
void clear_islands(Comparison& found, const std::vector<Word>& a, std::size_t b_size) {
  std::vector<std::pair<std::size_t, std::size_t>> islands;
  std::size_t stayed = 0;  // since the last change
  bool was_change = false;
  std::pair<std::size_t, std::size_t> last{};
  walk(
      found, a.size(), b_size,
      [&](std::size_t, std::size_t, std::size_t, std::size_t) {
        if (was_change && stayed == 1 && a[last.first].is_mark) islands.push_back(last);
        was_change = true, stayed = 0;
      },
      [&](std::size_t x, std::size_t y) { ++stayed, last = {x, y}; });
  for (const auto& [x, y] : islands) found.is_removed[x] = true, found.is_added[y] = true;
}

}  // namespace

std::vector<Difference> differences(std::string_view before,
                                    std::string_view after,
                                    std::size_t work_max) {
  Runs runs;
  if (before == after) {
    runs.same(before);
    return runs.take();
  }
  std::unordered_map<std::string_view, int> ids;
  const std::vector<Word> a = words_in(before, ids), b = words_in(after, ids);
  Comparison found(a, b, work_max);
  clear_islands(found, a, b.size());
  walk(
      found, a.size(), b.size(),
      [&](std::size_t x, std::size_t x_to, std::size_t y, std::size_t y_to) {
        for (; x < x_to; ++x) runs.removed(a[x].space), runs.removed(a[x].letters);
        for (; y < y_to; ++y) runs.added(b[y].space), runs.added(b[y].letters);
      },
      [&](std::size_t x, std::size_t y) {
        if (a[x].space == b[y].space) {
          runs.same(a[x].space);
        } else {
          runs.removed(a[x].space);
          runs.added(b[y].space);
        }
        runs.same(a[x].letters);
      });
  return runs.take();
}

double likeness(std::string_view before, std::string_view after) {
  if (before == after) return 1;
  std::unordered_map<std::string_view, int> ids;
  const std::vector<Word> a = words_in(before, ids), b = words_in(after, ids);
  if (a.empty() && b.empty()) return 1;
  const Comparison found(a, b, 2'000'000);
  const auto same =
      static_cast<double>(std::count(found.is_removed.begin(), found.is_removed.end(), false));
  return 2 * same / static_cast<double>(a.size() + b.size());
}

}  // namespace ln::text
