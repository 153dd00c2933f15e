// Comments in a file: JSON Lines, or CSV with a header.
//
// A line of JSON Lines is an object with "text" and perhaps "id" (a text or a whole number). A CSV
// file (RFC 4180) names the columns "text" and perhaps "id" in its first row; quoted fields may
// hold line breaks. Without an id a comment is known by its line. What is refused is refused with
// the number of the line on which the record begins.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/text_key.h"
#include "engine/campaigns/campaigns.h"
#include "engine/csv/csv.h"
#include "platform/file/file.h"

namespace ln::app {

inline constexpr std::size_t record_size_max = (1 << 20) - 1;
inline constexpr std::size_t id_size_max = 200;

// What one record says, or why it says nothing.
struct ReadComment {
  std::string id;  // empty: none
  std::string text;
};
using CommentOr = std::variant<ReadComment, TextKey>;

// One line of JSON Lines.
CommentOr comment_of_json(std::string_view line);

struct CsvColumns {
  std::size_t text = 0;
  std::optional<std::size_t> id;
  std::size_t count = 0;
};
// Null when the first row names no column "text", or one of them twice.
std::optional<CsvColumns> csv_columns(std::string_view header);
CommentOr comment_of_csv(std::string_view record, const CsvColumns& columns);

// Where the record that begins `bytes` ends. Null when no line break ends it.
std::optional<csv::RecordEnd> record_end(std::string_view bytes, bool is_csv);

struct Trouble {
  std::uint64_t line = 0;
  TextKey why;
};

class CommentFile final : public campaigns::Texts {
 public:
  // Throws Misuse (app/arguments.h) when there is no such file.
  explicit CommentFile(const std::string& path);

  // Appends comments to `batch`, a few thousand; none at the end of the file. Gives what is wrong
  // with the file, if anything; then there are no more.
  std::optional<Trouble> read(std::vector<campaigns::Comment>& batch);
  double share_read() const;
  std::string text_at(std::uint64_t place) const override;

 private:
  bool fill();  // false at the end of the file
  std::optional<Trouble> take(std::string_view record,
                              std::uint64_t at,
                              std::vector<campaigns::Comment>& batch) const;
  CommentOr comment_of(std::string_view record) const;

  file::Descriptor from_;
  bool is_csv_ = false, at_end_ = false, has_header_ = false;
  CsvColumns columns_;
  std::string buffer_;
  std::size_t used_ = 0;         // of the buffer
  std::uint64_t buffer_at_ = 0;  // where the buffer begins in the file
  std::uint64_t size_ = 0, line_ = 1;
};

}  // namespace ln::app
