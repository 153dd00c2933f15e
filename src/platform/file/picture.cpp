#include "platform/file/picture.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include "base/check.h"
#include "base/log.h"
#include "platform/file/file.h"
#include "platform/file/picture_answer.h"
#include "platform/file/picture_codec.h"
#include "platform/file/picture_cover.h"
#include "platform/file/process.h"

namespace ln::file {
namespace {

// The running program itself, also when an upgrade has replaced its file meanwhile: both ends of
// the pipe must be of one version.
constexpr const char* this_program = "/proc/self/exe";

Result<Picture> clean_open(const Descriptor& input) {
  const ProcessOutcome outcome =
      run_process({this_program, std::string(picture_worker_word)}, input,
                  {.output_max = picture_answer_max, .wall_max = std::chrono::seconds(15)});
  if (outcome.end == ProcessOutcome::End::finished)
    if (auto answer = from_answer(outcome.output)) return *std::move(answer);
  // A process that dies has met a picture that crashes, hangs or exhausts a decoder, or one that
  // tried to break out. The sender hears the same as for any broken picture; we hear more.
  log::write(log::Level::warning, "picture_worker_died",
             {{"end", static_cast<std::int64_t>(outcome.end)},
              {"exit_code", std::int64_t{outcome.exit_code}},
              {"signal", std::int64_t{outcome.signal}}});

  return Error{ErrorKind::invalid, "error.picture.damaged"_t};
}

void write_all(const Descriptor& to, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(to.number(), bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) throw Failure("no memory for a picture");
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
}

Result<Picture> clean_in_memory(std::string_view order, std::string_view bytes) {
  if (bytes.size() > picture_size_max)
    return Error{ErrorKind::too_large, "error.picture.too_large"_t};
  const Descriptor input(::memfd_create("picture", MFD_CLOEXEC));
  if (!input.is_open()) throw Failure("no memory for a picture");
  write_all(input, order);
  write_all(input, bytes);
  if (::lseek(input.number(), 0, SEEK_SET) != 0) throw Failure("no memory for a picture");
  return clean_open(input);
}

}  // namespace

Result<Picture> clean_picture_file(const std::string& path) {
  const Descriptor input(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!input.is_open()) throw Failure("cannot open an uploaded picture");
  return clean_open(input);
}

Result<Picture> clean_picture(std::string_view bytes) { return clean_in_memory({}, bytes); }

Result<Picture> cover_picture(std::string_view bytes, std::span<const Box> boxes) {
  CHECK(boxes.size() <= boxes_max);
  return clean_in_memory(std::string(codec::cover_word) + to_text(boxes) + "\n", bytes);
}

}  // namespace ln::file
