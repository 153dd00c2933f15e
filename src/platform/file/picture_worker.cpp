#include <unistd.h>

#include <cerrno>
#include <exception>

#include "platform/file/picture.h"
#include "platform/file/picture_answer.h"
#include "platform/file/picture_codec.h"
#include "platform/file/sandbox.h"

namespace ln::file {
namespace {

// One byte more than allowed is enough to know that it is too much.
std::string read_input() {
  std::string bytes(codec::cover_word.size() + codec::cover_order_max + picture_size_max + 1, '\0');
  std::size_t had = 0;
  while (had < bytes.size()) {
    const ssize_t got = ::read(0, bytes.data() + had, bytes.size() - had);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    had += static_cast<std::size_t>(got);
  }
  bytes.resize(had);
  return bytes;
}

bool write_output(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(1, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

}  // namespace

// Ends by _exit: no destructor and no atexit function of any library runs inside the cage.
void picture_worker_main() {
  // Without its cage it does not look at the picture; in it, what throws has no memory left.
  Error refusal{ErrorKind::unavailable, "error.picture.unavailable"_t};
  try {
    // The bytes are read before the door closes, so that afterwards nothing can be read at all.
    const std::string bytes = read_input();
    enter_sandbox();
    refusal = codec::damaged();
    ::_exit(write_output(to_answer(codec::work(bytes))) ? 0 : 1);
  } catch (const std::exception&) {
    ::_exit(write_output(to_answer(refusal)) ? 0 : 1);
  }
}

}  // namespace ln::file
