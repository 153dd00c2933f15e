#include "app/comment_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "app/arguments.h"
#include "base/text.h"
#include "engine/csv/csv.h"
#include "platform/json/json.h"

namespace ln::app {
namespace {

constexpr std::size_t read_size = 4 << 20, comments_at_once = 8192;
constexpr int size_bits = 20;  // of a place; the rest says where the record begins
static_assert(record_size_max < (std::size_t{1} << size_bits));

CommentOr checked(ReadComment comment) {
  if (comment.id.size() > id_size_max) return "campaigns.error.long_id"_t;
  return comment;
}

std::size_t read_some(int from, char* to, std::size_t size, std::uint64_t at) {
  for (;;) {
    const ssize_t got = ::pread(from, to, size, static_cast<off_t>(at));
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) throw file::Failure(std::string("cannot read: ") + std::strerror(errno));
  }
}

}  // namespace

CommentOr comment_of_json(std::string_view line) {
  const auto document =
      json::parse(line, {.size_max = record_size_max, .form = json::Form::as_sent});
  if (!document.ok()) return document.error().text;
  const json::Value root = document.value().root();
  const auto text = root.text("text");
  if (!text) return "campaigns.error.no_text"_t;
  ReadComment comment{"", std::string(*text)};
  if (const auto number = root.integer("id"))
    comment.id = std::to_string(*number);
  else if (const auto id = root.text("id"))
    comment.id = *id;
  else if (!root.find("id").is_null())
    return "campaigns.error.bad_id"_t;
  return checked(std::move(comment));
}

std::optional<CsvColumns> csv_columns(std::string_view header) {
  const auto cells = csv::cells(header);
  if (!cells || std::ranges::count(*cells, "text") != 1 || std::ranges::count(*cells, "id") > 1)
    return std::nullopt;
  CsvColumns columns;
  columns.count = cells->size();
  for (std::size_t i = 0; i < cells->size(); ++i) {
    if ((*cells)[i] == "text") columns.text = i;
    if ((*cells)[i] == "id") columns.id = i;
  }
  return columns;
}

CommentOr comment_of_csv(std::string_view record, const CsvColumns& columns) {
  if (!is_utf8(record)) return "campaigns.error.not_utf8"_t;
  auto cells = csv::cells(record);
  if (!cells) return "campaigns.error.quotes"_t;
  if (cells->size() != columns.count) return "campaigns.error.cells"_t;
  ReadComment comment{columns.id ? (*cells)[*columns.id] : "", (*cells)[columns.text]};
  return checked(std::move(comment));
}

std::optional<csv::RecordEnd> record_end(std::string_view bytes, bool is_csv) {
  if (is_csv) return csv::record_end(bytes);
  const std::size_t i = bytes.find('\n');
  if (i == std::string_view::npos) return std::nullopt;
  return csv::RecordEnd{i > 0 && bytes[i - 1] == '\r' ? i - 1 : i, i + 1, 1};
}

CommentFile::CommentFile(const std::string& path)
    : from_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), is_csv_(path.ends_with(".csv")) {
  struct stat about = {};
  if (!from_.is_open() || ::fstat(from_.number(), &about) != 0 || !S_ISREG(about.st_mode))
    throw Misuse{{"cli.error.no_file"_t, {{"path", path}}}};
  size_ = static_cast<std::uint64_t>(about.st_size);
  fill();
  if (std::string_view(buffer_).starts_with(csv::byte_order_mark))
    used_ = csv::byte_order_mark.size();
}

bool CommentFile::fill() {
  buffer_.erase(0, used_);
  buffer_at_ += used_;
  used_ = 0;
  const std::size_t kept = buffer_.size();
  buffer_.resize(kept + read_size);
  const std::size_t got =
      read_some(from_.number(), buffer_.data() + kept, read_size, buffer_at_ + kept);
  buffer_.resize(kept + got);
  at_end_ = got == 0;
  return got > 0;
}

CommentOr CommentFile::comment_of(std::string_view record) const {
  return is_csv_ ? comment_of_csv(record, columns_) : comment_of_json(record);
}

std::optional<Trouble> CommentFile::take(std::string_view record,
                                         std::uint64_t at,
                                         std::vector<campaigns::Comment>& batch) const {
  if (record.size() > record_size_max) return Trouble{line_, "campaigns.error.long"_t};
  if (record.empty()) return std::nullopt;
  CommentOr read = comment_of(record);
  if (const auto* why = std::get_if<TextKey>(&read)) return Trouble{line_, *why};
  auto& comment = std::get<ReadComment>(read);
  batch.push_back({comment.id.empty() ? std::to_string(line_) : std::move(comment.id),
                   std::move(comment.text), at << size_bits | record.size()});
  return std::nullopt;
}

std::optional<Trouble> CommentFile::read(std::vector<campaigns::Comment>& batch) {
  const std::size_t enough = batch.size() + comments_at_once;
  while (batch.size() < enough) {
    const std::string_view left = std::string_view(buffer_).substr(used_);
    auto end = record_end(left, is_csv_);
    if (!end && left.size() > record_size_max + 2) return Trouble{line_, "campaigns.error.long"_t};
    if (!end && fill()) continue;
    if (!end && left.empty()) return std::nullopt;
    const std::string_view rest = std::string_view(buffer_).substr(used_);
    if (!end) end = csv::RecordEnd{rest.size(), rest.size(), 1};
    const std::string_view record = rest.substr(0, end->size);
    if (is_csv_ && !has_header_) {
      const auto columns = csv_columns(record);
      if (!columns) return Trouble{line_, "campaigns.error.columns"_t};
      columns_ = *columns;
      has_header_ = true;
    } else if (auto wrong = take(record, buffer_at_ + used_, batch)) {
      return wrong;
    }
    used_ += end->with_break;
    line_ += end->lines;
  }
  return std::nullopt;
}

double CommentFile::share_read() const {
  return size_ == 0 ? 1 : static_cast<double>(buffer_at_ + used_) / static_cast<double>(size_);
}

std::string CommentFile::text_at(std::uint64_t place) const {
  std::string record(place & ((std::uint64_t{1} << size_bits) - 1), '\0');
  record.resize(read_some(from_.number(), record.data(), record.size(), place >> size_bits));
  CommentOr read = comment_of(record);
  auto* comment = std::get_if<ReadComment>(&read);
  return comment == nullptr ? "" : std::move(comment->text);
}

}  // namespace ln::app
