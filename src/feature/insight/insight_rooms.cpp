#include "feature/insight/insight_rooms.h"

#include <algorithm>
#include <cstdio>

#include "base/text.h"

namespace ln::insight {
namespace {

std::optional<std::size_t> place_of(std::string_view name, std::span<const std::string> columns) {
  const auto found = std::ranges::find(columns, name);
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9');
  });
}

std::string six_digits(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6f", value);
  return text;
}

}  // namespace

std::string_view RoomRule::Side::text(std::span<const std::string> cells,
                                      std::string_view night) const {
  switch (kind) {
    case Kind::column: return cells[column];
    case Kind::night: return night;
    case Kind::word: break;
  }
  return word;
}

bool RoomRule::Condition::holds(std::span<const std::string> cells, std::string_view night) const {
  const std::string_view a = left.text(cells, night), b = right.text(cells, night);
  if (op == "=") return a == b;
  if (op == "!=") return a != b;
  if (a.empty() || b.empty()) return false;
  if (op == "<") return a < b;
  if (op == ">") return a > b;
  return op == "<=" ? a <= b : a >= b;
}

std::optional<RoomRule::Term> RoomRule::read_term(std::string_view text,
                                                  std::span<const std::string> columns) {
  Term term;
  if (text == "rows") return term;
  if (!text.starts_with('[')) {
    term.column = place_of(text, columns);
    return term.column ? std::optional(term) : std::nullopt;
  }
  if (!text.ends_with(']')) return std::nullopt;
  text = text.substr(1, text.size() - 2);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view each = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t at = each.find_first_of("=!<>");
    if (at == each.npos) return std::nullopt;
    const std::size_t width = at + 1 < each.size() && each[at + 1] == '=' ? 2 : 1;
    Condition made{.op = std::string(each.substr(at, width))};
    const auto left = place_of(each.substr(0, at), columns);
    if (!left || made.op == "!") return std::nullopt;
    made.left = {.column = *left, .kind = Side::Kind::column};
    const std::string_view right = each.substr(at + width);
    const auto column = right.starts_with('@') ? place_of(right.substr(1), columns) : std::nullopt;
    if (right == "@night")
      made.right.kind = Side::Kind::night;
    else if (column)
      made.right = {.column = *column, .kind = Side::Kind::column};
    else if (right.empty() || is_name(right))
      made.right.word = right;
    else
      return std::nullopt;
    term.conditions.push_back(std::move(made));
  }
  return term.conditions.empty() ? std::nullopt : std::optional(std::move(term));
}

std::optional<RoomRule> RoomRule::read(std::string_view rule,
                                       std::span<const std::string> columns) {
  RoomRule made;
  std::int64_t sign = 1;
  while (true) {
    const std::size_t end = std::min({rule.find(" + "), rule.find(" - "), rule.size()});
    auto term = read_term(rule.substr(0, end), columns);
    if (!term) return std::nullopt;
    term->sign = sign;
    made.terms_.push_back(*std::move(term));
    if (end == rule.size()) return made;
    sign = rule[end + 1] == '+' ? 1 : -1;
    rule.remove_prefix(end + 3);
  }
}

std::optional<std::int64_t> RoomRule::of(std::span<const std::string> cells,
                                         std::string_view night) const {
  std::int64_t sum = 0;
  for (const Term& term : terms_) {
    if (term.column) {
      const auto number = parse_number(cells[*term.column]);
      if (!number) return std::nullopt;
      sum += term.sign * *number;
    } else if (std::ranges::all_of(term.conditions, [&](const Condition& each) {
                 return each.holds(cells, night);
               })) {
      sum += term.sign;
    }
  }
  return sum;
}

std::string_view to_text(RoomKind kind) {
  switch (kind) {
    case RoomKind::count: return "count";
    case RoomKind::share: return "share";
    case RoomKind::part: return "part";
  }
  return "";
}

const RoomFigure* find_room_figure(std::string_view name) {
  const auto found = std::ranges::find(room_figures(), name, &RoomFigure::name);
  return found == room_figures().end() ? nullptr : &*found;
}

RoomLine room_line(const RoomFigure& figure,
                   Place place,
                   std::string number,
                   const std::optional<stats::Share>& share) {
  RoomLine line{.figure = std::string(figure.name),
                .place = std::move(place),
                .number = std::move(number),
                .share = share};
  if (!share) return line;
  if (figure.kind == RoomKind::count) {
    line.value = std::to_string(share->part);
    return line;
  }
  if (share->whole <= 0) return line;
  const std::int64_t tenths = stats::tenths_of_percent(*share);
  line.value = std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
  if (figure.kind == RoomKind::part) return line;
  const stats::Interval interval = stats::wilson(*share);
  line.low = six_digits(interval.low);
  line.high = six_digits(interval.high);
  return line;
}

std::vector<std::string> cells_of(const RoomLine& line) {
  if (!line.share) return {"", "", "", "", "", "1"};
  return {std::to_string(line.share->part),
          std::to_string(line.share->whole),
          line.value,
          line.low,
          line.high,
          "0"};
}

bool RoomBook::begin(std::string_view table, const std::vector<std::string>& columns) {
  counted_.clear();
  unit_ = place_of("unit", columns);
  valid_from_ = place_of("valid_from", columns);
  number_ = place_of("number", columns);
  bool is_whole = true;
  for (std::size_t i = 0; i < room_figures().size(); ++i) {
    const RoomFigure& figure = room_figures()[i];
    if (figure.table != table) continue;
    auto numerator = RoomRule::read(figure.numerator, columns);
    auto denominator = RoomRule::read(figure.denominator, columns);
    auto only = RoomRule::read(figure.only.empty() ? "rows" : figure.only, columns);
    if (numerator && denominator && only && unit_ && valid_from_ && number_)
      counted_.push_back({i, *std::move(numerator), *std::move(denominator), *std::move(only)});
    else
      is_whole = false;
  }
  return is_whole;
}

std::optional<std::string_view> RoomBook::add(std::span<const std::string> cells) {
  std::optional<std::string_view> impossible;
  for (const Counted& each : counted_) {
    if (each.only.of(cells, night_) != 1) continue;
    const auto part = each.numerator.of(cells, night_), whole = each.denominator.of(cells, night_);
    if (part && whole && (*part < 0 || *part > *whole)) {
      impossible = room_figures()[each.figure].name;
      continue;
    }
    const auto share = part && whole ? std::optional(stats::Share{*part, *whole}) : std::nullopt;
    const Place place{cells[*unit_], cells[*valid_from_]};
    if (room_figures()[each.figure].is_each) {
      add_to({each.figure, place, cells[*number_]}, share);
    } else {
      if (place != Place{}) add_to({each.figure, place, {}}, share);
      add_to({each.figure, {}, {}}, share);
    }
  }
  return impossible;
}

void RoomBook::add_to(Key key, const std::optional<stats::Share>& share) {
  const auto [at, is_new] = sums_.try_emplace(std::move(key), share);
  if (is_new || !at->second) return;
  if (!share)
    at->second.reset();
  else
    at->second = stats::Share{at->second->part + share->part, at->second->whole + share->whole};
}

void RoomBook::each(const std::function<void(const RoomLine&)>& take) const {
  for (const auto& [key, share] : sums_)
    take(room_line(room_figures()[key.figure], key.place, key.number, share));
}

}  // namespace ln::insight
