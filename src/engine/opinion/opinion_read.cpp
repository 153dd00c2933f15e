#include "engine/opinion/opinion_read.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"

namespace ln::opinion {
namespace {

constexpr std::uint8_t not_voted = 0xFF;

// Columns that are read over: what can be counted from the others, and an id from elsewhere.
bool is_count(std::string_view column) {
  return column == "xid" || column == "n-comments" || column == "n-votes" || column == "n-agree" ||
         column == "n-disagree";
}

// Takes the next cell off a line; null after the last one.
class Cells {
 public:
  explicit Cells(std::string_view line) : rest_(line) {}
  std::optional<std::string_view> next() {
    if (is_done_) return std::nullopt;
    const std::size_t end = rest_.find(',');
    const std::string_view cell = rest_.substr(0, end);
    if (end == std::string_view::npos)
      is_done_ = true;
    else
      rest_.remove_prefix(end + 1);
    return cell;
  }

 private:
  std::string_view rest_;
  bool is_done_ = false;
};

}  // namespace

bool is_id(std::string_view text) {
  const auto is_wrong = [](char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    return byte < 0x20 || byte == 0x7F || c == '"' || c == ',';
  };
  return !text.empty() && text.size() <= id_size_max && std::ranges::none_of(text, is_wrong) &&
         is_utf8(text);
}

VoteReader::VoteReader(std::vector<std::string> left_out) : left_out_(std::move(left_out)) {}

std::optional<Complaint> VoteReader::take(std::string_view piece) {
  while (!piece.empty()) {
    const std::size_t size_max = votes_ ? line_size_max : header_size_max;
    const std::size_t end = piece.find('\n');
    const std::size_t size = std::min(end, piece.size());
    if (rest_.size() + size > size_max) return Complaint{Trouble::line_too_long, line_};
    if (end == std::string_view::npos) {
      rest_.append(piece);
      return std::nullopt;
    }
    std::optional<Complaint> wrong;
    if (rest_.empty()) {
      wrong = line(piece.substr(0, end));
    } else {
      rest_.append(piece.substr(0, end));
      wrong = line(rest_);
      rest_.clear();
    }
    if (wrong) return wrong;
    ++line_;
    piece.remove_prefix(end + 1);
  }
  return std::nullopt;
}

std::optional<Complaint> VoteReader::finish() {
  if (!rest_.empty())
    if (const auto wrong = line(rest_)) return wrong;
  rest_.clear();
  if (!votes_) return Complaint{Trouble::empty, 1};
  return nobody_twice();
}

std::size_t VoteReader::left_out() const {
  const auto ignored = std::ranges::count(columns_, is_ignored);
  return static_cast<std::size_t>(ignored) - counts_;
}

std::optional<Complaint> VoteReader::line(std::string_view text) {
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (!votes_) return header(text);
  if (text.empty()) {
    if (blank_ == 0) blank_ = line_;
    return std::nullopt;
  }
  // Only at the end may lines be empty: a person's line is then known from their number.
  if (blank_ != 0) return Complaint{Trouble::cells, blank_};
  return person(text);
}

std::optional<Complaint> VoteReader::header(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<std::string> names, statements;
  Cells cells(text);
  for (auto cell = cells.next(); cell; cell = cells.next()) {
    if (!is_id(*cell)) return Complaint{Trouble::bad_id, 1};
    names.emplace_back(*cell);
    if (*cell != "participant" && *cell != "group-id" && !is_count(*cell) &&
        std::ranges::find(left_out_, *cell) == left_out_.end())
      statements.emplace_back(*cell);
    if (statements.size() > statements_max) return Complaint{Trouble::too_many_statements, 1};
  }
  std::ranges::sort(statements, stands_before);
  if (std::ranges::adjacent_find(statements) != statements.end())
    return Complaint{Trouble::statement_twice, 1};
  std::unordered_map<std::string_view, std::uint16_t> places;
  for (std::size_t i = 0; i < statements.size(); ++i)
    places.emplace(statements[i], static_cast<std::uint16_t>(i));
  for (const std::string& name : names) {
    const auto found = places.find(name);
    columns_.push_back(found != places.end()   ? found->second
                       : name == "participant" ? is_person
                       : name == "group-id"    ? is_group
                                               : is_ignored);
  }
  counts_ = static_cast<std::size_t>(std::ranges::count_if(names, is_count));
  const auto persons = std::ranges::count(columns_, is_person);
  if (persons != 1) return Complaint{Trouble::no_participant, 1};
  if (std::ranges::count(columns_, is_group) > 1) return Complaint{Trouble::statement_twice, 1};
  said_.assign(statements.size(), not_voted);
  votes_.emplace(std::move(statements));
  return std::nullopt;
}

std::optional<Complaint> VoteReader::person(std::string_view text) {
  std::string_view id;
  int group = -1;
  Cells cells(text);
  for (const std::uint16_t column : columns_) {
    const auto cell = cells.next();
    if (!cell) return Complaint{Trouble::cells, line_};
    if (column == is_person) {
      if (!is_id(*cell)) return Complaint{Trouble::bad_id, line_};
      id = *cell;
    } else if (column == is_group) {
      if (cell->empty()) continue;
      const auto number = parse_number(*cell);
      if (!number || *number > 1'000) return Complaint{Trouble::not_a_group, line_};
      group = static_cast<int>(*number);
    } else if (column != is_ignored) {
      Said said = Said::pass;
      if (cell->empty()) {
        said_[column] = not_voted;
        continue;
      }
      if (*cell == "1") {
        said = Said::agree;
      } else if (*cell == "-1") {
        said = Said::disagree;
      } else if (*cell != "0") {
        return Complaint{Trouble::not_a_vote, line_};
      }
      said_[column] = static_cast<std::uint8_t>(said);
    }
  }
  if (cells.next()) return Complaint{Trouble::cells, line_};
  if (votes_->people() == people_max) return Complaint{Trouble::too_many_people, line_};
  row_.clear();
  for (std::size_t j = 0; j < said_.size(); ++j)
    if (said_[j] != not_voted) row_.emplace_back(j, static_cast<Said>(said_[j]));
  votes_->add(id, row_, group);
  return std::nullopt;
}

std::optional<Complaint> VoteReader::nobody_twice() const {
  const auto order = votes_->sorted_people();
  for (std::size_t i = 1; i < order.size(); ++i)
    if (votes_->id(order[i - 1]) == votes_->id(order[i]))
      return Complaint{Trouble::person_twice, std::uint64_t{std::max(order[i - 1], order[i])} + 2};
  return std::nullopt;
}

}  // namespace ln::opinion
