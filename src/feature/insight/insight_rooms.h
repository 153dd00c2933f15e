// Figures of other rooms in open data: promises, what has to be disclosed, surveys, supervision and
// models. Each is counted from the rows of one table, by a rule that stands in the table
// "definitions" as it is counted here, so that anybody can do it again. Pure.
//
// The rows tell of offices and not of people; who is asked, who promised whom and who read is not
// in them. Where a room counts people it gives no number below its own floor, and what would need
// such a number is withheld here.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "feature/insight/insight_open.h"

namespace ln::insight {

// A rule adds terms with " + " and " - ". A term is "rows" (1), a column with whole numbers (its
// number), or conditions in brackets that must all hold (then 1): "[state=kept declared<=@due]". A
// condition is a column, one of = != <= >= < >, and another column behind "@", "@night" (the last
// day of the data), a word, or nothing. Words and days are compared as texts; < and its like hold
// for no empty cell.
class RoomRule {
 public:
  // Null when the rule is none, or names a column that is not there.
  static std::optional<RoomRule> read(std::string_view rule, std::span<const std::string> columns);
  // Null when a number it needs is not told, or is none.
  std::optional<std::int64_t> of(std::span<const std::string> cells, std::string_view night) const;

 private:
  struct Side {
    std::size_t column = 0;
    enum class Kind : std::uint8_t { column, night, word } kind = Kind::word;
    std::string word{};
    std::string_view text(std::span<const std::string> cells, std::string_view night) const;
  };
  struct Condition {
    Side left{}, right{};
    std::string op{};
    bool holds(std::span<const std::string> cells, std::string_view night) const;
  };
  struct Term {
    std::int64_t sign = 1;
    std::optional<std::size_t> column{};
    std::vector<Condition> conditions{};
  };
  static std::optional<Term> read_term(std::string_view text, std::span<const std::string> columns);

  std::vector<Term> terms_{};
};

enum class RoomKind : std::uint8_t {
  count,  // the numerator
  share,  // with Wilson's interval
  part,   // a share without an interval: everybody was counted, or the files do not give it
};
std::string_view to_text(RoomKind kind);

struct RoomFigure {
  std::string_view name, table;
  RoomKind kind;
  std::string_view numerator, denominator;
  bool is_each;             // one for each row, by its number; else by unit, and for the city
  std::string_view since;   // the column whose earliest day is that from which it counts
  std::string_view page;    // where the site prints it
  std::string_view source;  // where the rule is written
  TextKey title, sentence;
  std::string_view only{};  // a rule that is 1 for the rows that count; "": all of them
};
const std::vector<RoomFigure>& room_figures();
const RoomFigure* find_room_figure(std::string_view name);

// One number, as the table "room_figures" tells it; null: withheld.
struct RoomLine {
  std::string figure{};
  Place place{};
  std::string number{};  // of the row; "" where it is no figure of one row
  std::optional<stats::Share> share{};
  std::string value{}, low{}, high{};
};
// With value and interval. A share of nothing has neither.
RoomLine room_line(const RoomFigure& figure,
                   Place place,
                   std::string number,
                   const std::optional<stats::Share>& share);
// Its last six cells: numerator, denominator, value, low, high, withheld.
std::vector<std::string> cells_of(const RoomLine& line);

// All figures, added up row by row: as many sums as there are figures and units.
class RoomBook {
 public:
  explicit RoomBook(Day night) : night_(to_iso(night)) {}
  // The rows that follow are of this table. False when a column that a figure needs is not there.
  bool begin(std::string_view table, const std::vector<std::string>& columns);
  // Precondition: as many cells as columns. Null when all is well; else the name of a figure of
  // which the row gives less than nothing or more than the whole, and which it does not add to.
  std::optional<std::string_view> add(std::span<const std::string> cells);
  // By figure, then the city, the units by code, and the numbers.
  void each(const std::function<void(const RoomLine&)>& take) const;

 private:
  struct Key {
    std::size_t figure = 0;
    Place place{};
    std::string number{};
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Counted {
    std::size_t figure;
    RoomRule numerator, denominator, only;
  };
  void add_to(Key key, const std::optional<stats::Share>& share);

  std::string night_;
  std::vector<Counted> counted_{};
  std::optional<std::size_t> unit_{}, valid_from_{}, number_{};
  std::map<Key, std::optional<stats::Share>> sums_{};
};

}  // namespace ln::insight
