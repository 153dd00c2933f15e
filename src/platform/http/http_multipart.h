// multipart/form-data, read as it arrives. Fields are kept in memory, files go straight to disk;
// at no time is more than one chunk and one field held.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/http.h"
#include "platform/http/http_parse.h"

namespace ln::http {

// The folder of files that are being uploaded. Thread-safe.
class UploadFolder {
 public:
  // Makes the folder when it is not there and removes what an earlier run left in it: files named
  // as ours, and nothing else. Throws std::runtime_error when it cannot be made.
  // Holds at most `size_max` bytes at a time.
  explicit UploadFolder(std::string path, std::int64_t size_max = std::int64_t{1} << 30U);
  // A path in it that no other file has.
  std::string next();
  // Room for so many more bytes; false when the folder is full of other people's uploads.
  [[nodiscard]] bool take(std::int64_t size);
  void give_back(std::int64_t size) { size_ -= size; }

 private:
  std::string path_;
  std::int64_t size_max_;
  std::atomic<std::int64_t> size_{0};
  std::atomic<std::uint64_t> count_{0};
};

// Removes the files of one request when the request ends, however it ends.
class TemporaryFiles {
 public:
  TemporaryFiles() = default;
  ~TemporaryFiles() { remove(); }
  TemporaryFiles(const TemporaryFiles&) = delete;
  TemporaryFiles& operator=(const TemporaryFiles&) = delete;
  void add(std::string path) { paths_.push_back(std::move(path)); }
  // Counts `size` bytes more of this request in `folder`, which outlives it; false when that is
  // full.
  [[nodiscard]] bool grow(UploadFolder& folder, std::int64_t size);
  void remove();

 private:
  std::vector<std::string> paths_;
  UploadFolder* folder_ = nullptr;
  std::int64_t size_ = 0;  // of what was counted
};

class MultipartParser {
 public:
  // Borrows all four. `boundary` as header_parameter gives it; a value may have `value_max` bytes.
  MultipartParser(std::string_view boundary,
                  Request& request,
                  UploadFolder& folder,
                  TemporaryFiles& files,
                  std::size_t value_max = field_value_max);
  ~MultipartParser();
  MultipartParser(const MultipartParser&) = delete;
  MultipartParser& operator=(const MultipartParser&) = delete;

  // The next bytes of the body. A refusal is final; a disk that takes no more is one (503).
  std::optional<Refusal> feed(std::string_view chunk);
  // The body is over; refuses one that ended in the middle.
  std::optional<Refusal> finish() const;

 private:
  enum class State : std::uint8_t { preamble, after_boundary, headers, data, over };
  std::optional<Refusal> step(bool& stuck);
  std::optional<Refusal> after_boundary(bool& stuck);
  std::optional<Refusal> headers(bool& stuck);
  std::optional<Refusal> data(bool& stuck);
  std::optional<Refusal> start_part(std::string_view head);
  std::optional<Refusal> start_file(std::string_view file_name, std::string_view content_type);
  std::optional<Refusal> take(std::string_view bytes);
  std::optional<Refusal> end_part();
  void close_file();

  std::string delimiter_;  // "\r\n--boundary"
  Request* request_;
  UploadFolder* folder_;
  TemporaryFiles* files_;
  std::size_t value_max_;
  State state_ = State::preamble;
  std::string waiting_ = "\r\n";  // not yet understood; the first boundary needs no line before it
  std::size_t parts_ = 0;

  // The part being read.
  std::string name_;
  std::string value_;
  std::optional<Upload> upload_;
  bool nameless_file_ = false;  // an <input type="file"> that nobody filled
  int descriptor_ = -1;
};

}  // namespace ln::http
