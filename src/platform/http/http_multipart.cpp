#include "platform/http/http_multipart.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#include "base/log.h"
#include "base/text.h"

namespace ln::http {
namespace {

constexpr std::size_t part_head_max = 4 * 1024;
constexpr std::size_t parts_max = fields_max + files_max;
constexpr std::size_t preamble_max = 4 * 1024;
constexpr std::string_view file_prefix = "upload-";

const auto broken = Refusal{400, "http.error.broken_form"_t};
const auto broken_text = Refusal{400, "http.error.broken_text"_t};
const auto too_large = Refusal{413, "error.too_large.body"_t};

// False when the disk takes no more.
bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// Full of others' uploads, of something else, or out of descriptors: it passes.
std::optional<Refusal> no_room(const char* why) {
  log::write(log::Level::error, "upload_failed",
             {{"why", std::string_view(why)}, {"errno", std::int64_t{errno}}});
  return Refusal{503, "error.not_stored.go_back"_t};
}

// Browsers write a quote and line ends inside a name as %22, %0D and %0A, and nothing else so.
std::string unescaped(std::string text) {
  const std::pair<std::string_view, char> escapes[] = {{"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}};
  for (const auto& [from, to] : escapes)
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + 1))
      text.replace(at, from.size(), 1, to);
  return text;
}

// The value of header `name` among the lines of a part's head.
std::string_view header_line(std::string_view head, std::string_view name) {
  while (!head.empty()) {
    const std::size_t end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    if (line.size() > name.size() && line[name.size()] == ':' &&
        equal_ignoring_case(line.substr(0, name.size()), name))
      return trimmed(line.substr(name.size() + 1));
  }
  return {};
}

}  // namespace

UploadFolder::UploadFolder(std::string path, std::int64_t size_max)
    : path_(std::move(path)), size_max_(size_max) {
  namespace fs = std::filesystem;
  std::error_code failure;
  fs::create_directories(path_, failure);
  if (failure)
    throw std::runtime_error("the folder for uploads cannot be made: " + path_ + ": " +
                             failure.message());
  fs::permissions(path_, fs::perms::owner_all, failure);
  for (const auto& entry : fs::directory_iterator(path_))
    if (entry.is_regular_file() && entry.path().filename().string().starts_with(file_prefix))
      fs::remove(entry.path(), failure);
}

std::string UploadFolder::next() {
  return path_ + "/" + std::string(file_prefix) + std::to_string(::getpid()) + "-" +
         std::to_string(++count_);
}

bool UploadFolder::take(std::int64_t size) {
  if ((size_ += size) <= size_max_) return true;
  size_ -= size;
  return false;
}

bool TemporaryFiles::grow(UploadFolder& folder, std::int64_t size) {
  if (!folder.take(size)) return false;
  folder_ = &folder;
  size_ += size;
  return true;
}

void TemporaryFiles::remove() {
  for (const std::string& path : paths_) ::unlink(path.c_str());
  paths_.clear();
  if (folder_ != nullptr) folder_->give_back(size_);
  folder_ = nullptr;
  size_ = 0;
}

MultipartParser::MultipartParser(std::string_view boundary,
                                 Request& request,
                                 UploadFolder& folder,
                                 TemporaryFiles& files,
                                 std::size_t value_max)
    : delimiter_("\r\n--" + std::string(boundary)),
      request_(&request),
      folder_(&folder),
      files_(&files),
      value_max_(value_max) {}

MultipartParser::~MultipartParser() { close_file(); }

void MultipartParser::close_file() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

std::optional<Refusal> MultipartParser::feed(std::string_view chunk) {
  if (state_ == State::over) return std::nullopt;  // An epilogue says nothing to us.
  waiting_ += chunk;
  for (bool stuck = false; !stuck;)
    if (auto refused = step(stuck)) return refused;
  return std::nullopt;
}

std::optional<Refusal> MultipartParser::finish() const {
  if (state_ != State::over) return broken;
  return std::nullopt;
}

// One step forward, or `stuck` until more bytes arrive.
std::optional<Refusal> MultipartParser::step(bool& stuck) {
  switch (state_) {
    case State::preamble: {
      const std::size_t at = waiting_.find(delimiter_);
      if (std::min(at, waiting_.size()) > preamble_max) return broken;
      stuck = at == std::string::npos;
      if (stuck) return std::nullopt;
      waiting_.erase(0, at + delimiter_.size());
      state_ = State::after_boundary;
      return std::nullopt;
    }
    case State::after_boundary: return after_boundary(stuck);
    case State::headers: return headers(stuck);
    case State::data: return data(stuck);
    case State::over: stuck = true; return std::nullopt;
  }
  return broken;
}

// "--" ends the body, a line end starts a part; anything else is no boundary of ours, and a sender
// whose boundary occurs inside its data has written a body that cannot be read safely.
std::optional<Refusal> MultipartParser::after_boundary(bool& stuck) {
  std::size_t at = 0;
  while (at < waiting_.size() && (waiting_[at] == ' ' || waiting_[at] == '\t')) ++at;
  if (at > 32) return broken;
  stuck = waiting_.size() < at + 2;
  if (stuck) return std::nullopt;
  const std::string_view next = std::string_view(waiting_).substr(at, 2);
  if (next == "--" && at == 0) {
    state_ = State::over;
    waiting_.clear();
    return std::nullopt;
  }
  if (next != "\r\n") return broken;
  // The line end stays: it may be the one before the empty line that closes a head without lines.
  waiting_.erase(0, at);
  state_ = State::headers;
  return std::nullopt;
}

std::optional<Refusal> MultipartParser::headers(bool& stuck) {
  const std::size_t end = waiting_.find("\r\n\r\n");
  stuck = end == std::string::npos;
  if (std::min(end, waiting_.size()) > part_head_max) return Refusal{431, too_large.text};
  if (stuck) return std::nullopt;
  const std::string head = waiting_.substr(2, std::max<std::size_t>(end, 2) - 2);
  waiting_.erase(0, end + 4);
  state_ = State::data;
  return start_part(head);
}

std::optional<Refusal> MultipartParser::start_part(std::string_view head) {
  if (++parts_ > parts_max) return too_large;
  const std::string_view disposition = header_line(head, "content-disposition");
  const std::string_view kind = trimmed(disposition.substr(0, disposition.find(';')));
  if (!equal_ignoring_case(kind, "form-data")) return broken;
  const auto name = header_parameter(disposition, "name");
  if (!name) return broken;
  auto clean = cleaned(unescaped(*name));
  if (!clean) return broken_text;
  if (clean->size() > field_name_max) return too_large;
  name_ = *std::move(clean);
  value_.clear();
  upload_.reset();
  nameless_file_ = false;
  if (const auto file_name = header_parameter(disposition, "filename"))
    return start_file(*file_name, header_line(head, "content-type"));
  if (request_->form.items().size() >= fields_max) return too_large;
  return std::nullopt;
}

std::optional<Refusal> MultipartParser::start_file(std::string_view file_name,
                                                   std::string_view content_type) {
  const auto clean = cleaned(unescaped(std::string(file_name)));
  const auto clean_type = cleaned(std::string(content_type));
  if (!clean || !clean_type) return broken_text;
  if (clean->empty()) {
    nameless_file_ = true;
    return std::nullopt;
  }
  if (request_->uploads.size() >= files_max) return too_large;
  std::string_view last = *clean;
  if (const std::size_t slash = last.find_last_of("/\\"); slash != std::string_view::npos)
    last.remove_prefix(slash + 1);
  std::string kept(first_chars(last, file_name_chars_max));
  std::replace(kept.begin(), kept.end(), '\n', ' ');
  std::replace(kept.begin(), kept.end(), '\t', ' ');
  upload_.emplace(Upload{name_, std::move(kept), std::string(first_chars(*clean_type, 100)),
                         folder_->next(), 0});
  descriptor_ = ::open(upload_->path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor_ < 0) return no_room("an uploaded file cannot be made");
  files_->add(upload_->path);
  return std::nullopt;
}

std::optional<Refusal> MultipartParser::data(bool& stuck) {
  const std::size_t at = waiting_.find(delimiter_);
  if (at == std::string::npos) {
    stuck = true;
    // All but what may be the beginning of a delimiter.
    const std::size_t kept = std::min(waiting_.size(), delimiter_.size() - 1);
    const std::size_t sure = waiting_.size() - kept;
    if (auto refused = take(std::string_view(waiting_).substr(0, sure))) return refused;
    waiting_.erase(0, sure);
    return std::nullopt;
  }
  if (auto refused = take(std::string_view(waiting_).substr(0, at))) return refused;
  waiting_.erase(0, at + delimiter_.size());
  state_ = State::after_boundary;
  return end_part();
}

std::optional<Refusal> MultipartParser::take(std::string_view bytes) {
  if (nameless_file_) {
    if (!bytes.empty()) return broken;
    return std::nullopt;
  }
  if (!upload_) {
    if (value_.size() + bytes.size() > value_max_) return too_large;
    value_ += bytes;
    return std::nullopt;
  }
  upload_->size += static_cast<std::int64_t>(bytes.size());
  // Only counted from here on: the form can then say which file is too large and keep what was
  // typed beside it. What the whole request may weigh still bounds how much is read.
  if (upload_->size > file_size_max) return std::nullopt;
  errno = 0;
  if (!files_->grow(*folder_, static_cast<std::int64_t>(bytes.size())))
    return no_room("too many uploads at once");
  if (!write_all(descriptor_, bytes)) return no_room("an uploaded file cannot be written");
  return std::nullopt;
}

std::optional<Refusal> MultipartParser::end_part() {
  if (upload_) {
    close_file();
    request_->uploads.push_back(*std::move(upload_));
    upload_.reset();
    return std::nullopt;
  }
  if (nameless_file_) return std::nullopt;
  auto clean = cleaned(std::move(value_));
  if (!clean) return broken_text;
  if (clean->size() > value_max_) return too_large;
  request_->form.add(name_, *std::move(clean));
  value_.clear();
  return std::nullopt;
}

}  // namespace ln::http
