#include "feature/project/project_import.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "engine/csv/csv.h"
#include "engine/text/text_typed.h"

namespace ln::project {
namespace {

enum Column : std::size_t {
  col_number,
  col_holder,
  col_address,
  col_parcel,
  col_area,
  col_land,
  col_structures,
  col_support,
  columns_count
};
constexpr std::string_view names[columns_count] = {
    "ho", "chu_ho", "dia_chi", "thua_dat", "dien_tich", "loai_dat", "vat_kien_truc", "ho_tro"};

Error file_error(TextKey text) { return {ErrorKind::invalid, text, {{"file", text}}}; }

// Records one after the other, each with the line of the file on which it begins.
struct Records {
  std::string_view rest;
  std::size_t line = 1;

  bool next(std::string_view& record, std::size_t& at) {
    if (rest.empty()) return false;
    at = line;
    if (const auto end = csv::record_end(rest)) {
      record = rest.substr(0, end->size);
      rest.remove_prefix(end->with_break);
      line += end->lines;
    } else {
      record = rest;
      rest = {};
    }
    return true;
  }
};

// Control characters break rows, letters and prints of whoever reads on: C0, DEL and C1 of Unicode.
bool has_control(std::string_view cell) {
  constexpr unsigned char space = 0x20, del = 0x7F, c1_lead = 0xC2, c1_end = 0xA0;
  for (std::size_t at = 0; at < cell.size(); ++at) {
    const auto byte = static_cast<unsigned char>(cell[at]);
    if (byte < space || byte == del) return true;
    if (byte == c1_lead && at + 1 < cell.size() &&
        static_cast<unsigned char>(cell[at + 1]) < c1_end)
      return true;
  }
  return false;
}

struct Row {
  std::size_t at = 0;
  std::vector<std::string> cells;
};

// What is wrong with a row; none when it is fine.
TextKey read_row(const Row& row, const std::vector<Price>& prices, Line& line) {
  const auto& c = row.cells;
  if (std::ranges::any_of(c, has_control)) return "project.error.row_control"_t;
  if (c[col_holder].empty() || count_chars(c[col_holder]) > holder_chars_max)
    return "project.error.row_holder"_t;
  if (count_chars(c[col_address]) > name_chars_max) return "project.error.row_address"_t;
  if (c[col_parcel].empty() || count_chars(c[col_parcel]) > parcel_chars_max)
    return "project.error.row_parcel"_t;
  const auto area = read_area(c[col_area]);
  if (!area) return "project.error.row_area"_t;
  const Price* price = find_price(prices, c[col_land]);
  if (price == nullptr) return "project.error.row_land"_t;
  const auto amount = [](const std::string& cell) {
    return cell.empty() ? std::optional<std::int64_t>(0) : read_dong(cell);
  };
  const auto structures = amount(c[col_structures]), support = amount(c[col_support]);
  if (!structures || !support) return "project.error.row_dong"_t;
  line = {.parcel = c[col_parcel],
          .land_name = price->name,
          .amounts = {.area = *area,
                      .land_code = price->code,
                      .price = price->price,
                      .structures = *structures,
                      .support = *support}};
  return {};
}

}  // namespace

Result<Import> read_file(std::string_view bytes,
                         const std::vector<Price>& prices,
                         const std::set<std::string>& known) {
  if (bytes.empty()) return file_error("project.error.file_empty"_t);
  if (bytes.size() > file_size_max) return file_error("project.error.file_large"_t);
  if (!is_utf8(bytes)) return file_error("project.error.file_utf8"_t);
  if (bytes.starts_with(csv::byte_order_mark)) bytes.remove_prefix(csv::byte_order_mark.size());
  const csv::Form form{.separator = csv::separator_of(bytes), .cells_max = columns_count};
  Records records{bytes};
  std::string_view record;
  std::size_t at = 0;
  const auto head = records.next(record, at) ? csv::cells(record, form) : std::nullopt;
  if (!head || !std::ranges::equal(*head, names, {}, [](const std::string& each) {
        return std::string(trimmed(each));
      }))
    return file_error("project.error.file_head"_t);
  Import made;
  std::map<std::string, std::size_t> place;  // of an entry
  std::set<std::string> wrong;
  bool is_unsure = false;  // a row that cannot be told whose it is may be anybody's
  const auto refuse = [&](std::size_t row, const std::string& number, TextKey why) {
    made.refused.push_back({row, number, why});
    if (number.empty())
      is_unsure = true;
    else
      wrong.insert(number);
  };
  while (records.next(record, at)) {
    if (trimmed(record).empty()) continue;
    auto cells = csv::cells(record, form);
    if (!cells || cells->size() != columns_count) {
      refuse(at, {}, "project.error.row_cells"_t);
      continue;
    }
    for (std::string& cell : *cells) cell = text::tidied(cell);
    const Row row{at, *std::move(cells)};
    const std::string& number = row.cells[col_number];
    if (number.empty() || count_chars(number) > number_chars_max || has_control(number)) {
      refuse(at, {}, "project.error.row_number"_t);
      continue;
    }
    Line line;
    TextKey why = known.contains(number) ? "project.error.row_known"_t : TextKey{};
    if (why.is_none()) why = read_row(row, prices, line);
    const auto [found, is_new] = place.try_emplace(number, made.entries.size());
    if (is_new)
      made.entries.push_back(
          {.number = number, .holder = row.cells[col_holder], .address = row.cells[col_address]});
    Entry& entry = made.entries[found->second];
    if (why.is_none() &&
        (entry.holder != row.cells[col_holder] || entry.address != row.cells[col_address]))
      why = "project.error.row_other"_t;
    if (why.is_none() &&
        std::ranges::find(entry.lines, line.parcel, &Line::parcel) != entry.lines.end())
      why = "project.error.row_twice"_t;
    if (why.is_none() && entry.lines.size() >= lines_max) why = "project.error.row_many"_t;
    if (!why.is_none()) {
      refuse(at, number, why);
      continue;
    }
    line.seq = std::ssize(entry.lines) + 1;
    entry.lines.push_back(std::move(line));
  }
  if (is_unsure) made.entries.clear();
  std::erase_if(made.entries, [&](const Entry& each) { return wrong.contains(each.number); });
  if (made.entries.size() > households_max) return file_error("project.error.file_many"_t);
  return made;
}

}  // namespace ln::project
