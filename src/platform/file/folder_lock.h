// One server for one folder.
#pragma once

#include <string>

#include "platform/file/file.h"

namespace ln::file {

// Holds a folder for this process. The kernel lets it go when the process ends, however it ends.
class FolderLock {
 public:
  // Makes the folder when it is not there. Throws Failure, with a sentence that says what to do,
  // when another process holds it or it cannot be made.
  explicit FolderLock(const std::string& folder);

 private:
  Descriptor file_;
};

}  // namespace ln::file
