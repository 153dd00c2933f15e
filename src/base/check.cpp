#include "base/check.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace ln {

void check_failed(const char* condition, const char* file, int line) {
  const std::string what =
      std::string(file) + ":" + std::to_string(line) + ": CHECK(" + condition + ") is false";
#ifdef NDEBUG
  throw Bug(what);
#else
  std::fprintf(stderr, "%s\n", what.c_str());
  std::abort();
#endif
}

}  // namespace ln
