// A file that is written piece by piece and stands there whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include "platform/file/file.h"

namespace ln::app {

// Until finish() returns, nothing has this name that was not there before; and when the program
// ends before it, by a signal too, nothing is left behind: the bytes have no name yet (O_TMPFILE;
// on file systems without it the file has a passing name, which only a killed program leaves).
// Everything throws file::Failure when the machine refuses.
class WholeFile {
 public:
  explicit WholeFile(std::string path);
  ~WholeFile();
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;

  void write(std::string_view bytes);
  void finish();

 private:
  void flush();

  std::string path_, passing_;  // `passing_` is empty while the bytes have no name
  std::string waiting_;
  file::Descriptor to_;
};

}  // namespace ln::app
