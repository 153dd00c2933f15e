// Households and parcels from the file of an office: bytes in, households out, with each row that
// is refused named by its line.
//
//   ho,chu_ho,dia_chi,thua_dat,dien_tich,loai_dat,vat_kien_truc,ho_tro
//   H-001,Nguyễn Văn An,Số 3 ngõ 12,"Tờ 5, thửa 12","120,5",ONT,85.000.000,20.000.000
//
// Separated by comma, semicolon or tab. Rows with the same `ho` are parcels of one household. There
// is no column for the price: it is that of the published table, the same for everybody.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "feature/project/project.h"

namespace ln::project {

inline constexpr std::size_t file_size_max = 200u << 10;  // bytes
inline constexpr std::size_t households_max = 300;        // of one file: their letters are one page

// A household as it stands in the file.
struct Entry {
  std::string number{}, holder{}, address{};
  std::vector<Line> lines{};
};
struct Refused {
  std::size_t row = 0;  // of the file, from 1; the first row of a household stands for all of them
  std::string number{};
  TextKey why{};
};
struct Import {
  std::vector<Entry> entries{};
  // A household with one wrong row is refused whole; a row that cannot be told whose it is refuses
  // all, because half of a file may be taken for the whole.
  std::vector<Refused> refused{};
};
// `known`: numbers that are in the project already. Refuses (invalid, beside "file") a file that is
// empty, too large, not in UTF-8, or has another first row.
Result<Import> read_file(std::string_view bytes,
                         const std::vector<Price>& prices,
                         const std::set<std::string>& known);

}  // namespace ln::project
