#include "feature/insight/insight_jobs_rooms.h"

#include <utility>

#include "base/check.h"

namespace ln::insight {
namespace {

void write_row(TableWriter& out, const OpenTable& table, const std::vector<std::string>& cells) {
  CHECK(cells.size() == table.columns.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string_view type = table.columns[i].type;
    if (type == "text" || type == "day")
      out.text(cells[i]);
    else
      out.decimal(cells[i]);
  }
  out.end_row();
}

}  // namespace

RoomFiles::RoomFiles(MakeFile make, std::vector<FileMade>& made)
    : make_(std::move(make)), made_(made) {}

void RoomFiles::table(std::string_view name, const std::function<void(const TakeRow&)>& rows) {
  const OpenTable& told = open_table(name);
  TableWriter out(told, {}, make_, made_);
  rows([&](const std::vector<std::string>& cells) { write_row(out, told, cells); });
  out.finish();
}

void RoomFiles::figure(std::string_view name,
                       Place place,
                       std::string number,
                       const std::optional<stats::Share>& share) {
  const RoomFigure* figure = find_room_figure(name);
  CHECK(figure != nullptr);
  lines_.push_back(room_line(*figure, std::move(place), std::move(number), share));
}

void RoomFiles::finish() {
  table("room_figures", [&](const TakeRow& take) {
    for (const RoomLine& line : lines_) {
      std::vector<std::string> cells = {line.figure, line.place.unit, line.place.valid_from,
                                        line.number};
      for (std::string& cell : cells_of(line)) cells.push_back(std::move(cell));
      take(cells);
    }
  });
}

}  // namespace ln::insight
