#include "engine/opinion/opinion_comments.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace ln::opinion {
namespace {

// Cells of a table with quotes (RFC 4180), one row after the other.
class Rows {
 public:
  explicit Rows(std::string_view bytes) : rest_(bytes) {}
  bool at_end() const { return rest_.empty(); }
  std::uint64_t line() const { return line_; }

  // False when a quote is never closed or stands where none may.
  bool next(std::vector<std::string>& cells) {
    cells.clear();
    while (true) {
      cells.emplace_back();
      if (!cell(cells.back())) return false;
      if (rest_.starts_with(',')) {
        rest_.remove_prefix(1);
        continue;
      }
      if (rest_.starts_with("\r\n")) rest_.remove_prefix(1);
      if (!rest_.empty()) rest_.remove_prefix(1);  // the line feed
      ++line_;
      return true;
    }
  }

 private:
  bool cell(std::string& to) {
    if (!rest_.starts_with('"')) {
      const std::size_t end = std::min(rest_.find_first_of(",\n"), rest_.size());
      to = rest_.substr(0, end);
      rest_.remove_prefix(end);
      if (to.ends_with('\r') && (rest_.empty() || rest_[0] == '\n')) to.pop_back();
      return to.find('"') == std::string::npos;
    }
    rest_.remove_prefix(1);
    while (true) {
      const std::size_t end = rest_.find('"');
      if (end == std::string_view::npos) return false;
      to.append(rest_.substr(0, end));
      rest_.remove_prefix(end + 1);
      if (!rest_.starts_with('"')) break;
      to.push_back('"');
      rest_.remove_prefix(1);
    }
    line_ += static_cast<std::uint64_t>(std::ranges::count(to, '\n'));
    return rest_.empty() || rest_[0] == ',' || rest_[0] == '\n' || rest_.starts_with("\r\n");
  }

  std::string_view rest_;
  std::uint64_t line_ = 1;
};

std::string on_one_line(std::string_view text) {
  std::string made;
  for (const char c : text) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte > 0x20 && byte != 0x7F) {
      made.push_back(c);
    } else if (!made.empty() && made.back() != ' ') {
      made.push_back(' ');
    }
  }
  if (made.ends_with(' ')) made.pop_back();
  return std::string(first_chars(made, comment_chars_max));
}

}  // namespace

std::variant<std::vector<Comment>, Complaint> read_comments(std::string_view bytes) {
  CHECK(bytes.size() <= comments_size_max);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (!is_utf8(bytes)) return Complaint{Trouble::bad_text, 1};
  Rows rows(bytes);
  std::vector<std::string> cells;
  if (rows.at_end()) return Complaint{Trouble::empty, 1};
  if (!rows.next(cells)) return Complaint{Trouble::bad_text, 1};
  const auto place_of = [&](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(cells, name) - cells.begin());
  };
  const std::size_t width = cells.size(), id = place_of("comment-id");
  const std::size_t body = place_of("comment-body"), moderated = place_of("moderated");
  if (id == width || body == width) return Complaint{Trouble::no_comment, 1};
  std::vector<Comment> comments;
  while (!rows.at_end()) {
    const std::uint64_t line = rows.line();
    if (!rows.next(cells)) return Complaint{Trouble::bad_text, line};
    if (cells.size() == 1 && cells[0].empty()) continue;
    if (cells.size() != width) return Complaint{Trouble::cells, line};
    if (!is_id(cells[id])) return Complaint{Trouble::bad_id, line};
    if (comments.size() == statements_max) return Complaint{Trouble::too_many_statements, line};
    comments.push_back(
        {cells[id], on_one_line(cells[body]), moderated < width && cells[moderated] == "-1"});
  }
  std::ranges::sort(comments, stands_before, &Comment::id);
  if (std::ranges::adjacent_find(comments, {}, &Comment::id) != comments.end())
    return Complaint{Trouble::statement_twice, 1};
  return comments;
}

}  // namespace ln::opinion
