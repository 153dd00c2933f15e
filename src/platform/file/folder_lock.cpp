#include "platform/file/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace ln::file {

FolderLock::FolderLock(const std::string& folder) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure)
    throw Failure("cannot make the folder " + folder + ": " + failure.message() +
                  ". Give one that can be made and written.");
  const std::string path = folder + "/lock";
  file_ = Descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file_.is_open())
    throw Failure("cannot write in the folder " + folder + ": " + std::strerror(errno) +
                  ". Look at its rights and at the mount.");
  if (::flock(file_.number(), LOCK_EX | LOCK_NB) != 0)
    throw Failure("another server is running on " + folder +
                  ". Stop it first, or give this one a folder of its own.");
}

}  // namespace ln::file
