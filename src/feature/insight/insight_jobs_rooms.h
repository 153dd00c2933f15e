// The tables of other rooms in open data: what a room hands over, and how it becomes files.
//
// insight does not read these rooms: src/app asks each for its rows and for the figures that the
// room itself prints, and hands both over. So the figures are counted once by the room and once
// from the rows, and the two must agree.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feature/insight/insight_jobs_tables.h"
#include "feature/insight/insight_rooms.h"
#include "platform/db/db.h"

namespace ln::insight {

// In the order in which they are told; "room_figures" is the first.
std::span<const OpenTable> room_tables();

// Where rooms are told. Holds one row at a time, and the figures.
class RoomFiles {
 public:
  RoomFiles(MakeFile make, std::vector<FileMade>& made);

  // All rows of a table, by `rows`: it calls what it is given with the cells of each, in the order
  // of the columns; "" is none. Precondition: `table` is one of room_tables(), and told once.
  using TakeRow = std::function<void(const std::vector<std::string>& cells)>;
  void table(std::string_view table, const std::function<void(const TakeRow&)>& rows);
  // A figure as the room counted it; null: its floor withholds it. Precondition: one of
  // room_figures().
  void figure(std::string_view name,
              Place place,
              std::string number,
              const std::optional<stats::Share>& share);
  // Writes the figures.
  void finish();

 private:
  MakeFile make_;
  std::vector<FileMade>& made_;
  std::vector<RoomLine> lines_{};
};

// The last day of the data. What came later is not told; how what came before stands is told as it
// is in the snapshot.
using TellRooms = std::function<void(db::Read& read, Day night, RoomFiles& files)>;

}  // namespace ln::insight
