#include "base/embedded.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <vector>

// Written by tools/embed.cpp: for each file its path, a zero byte, and two addresses.
extern "C" {
extern const char* const ln_embedded_table[];
extern const std::size_t ln_embedded_count;
}

namespace ln::embedded {

std::span<const File> all() {
  static const std::vector<File> files = [] {
    std::vector<File> made;
    made.reserve(ln_embedded_count);
    for (std::size_t i = 0; i < ln_embedded_count; ++i) {
      const char* const* row = ln_embedded_table + 3 * i;
      made.push_back({row[0], {row[1], static_cast<std::size_t>(row[2] - row[1])}});
    }
    return made;
  }();
  return files;
}

std::optional<std::string_view> find(std::string_view path) {
  const auto files = all();
  const auto found = std::lower_bound(files.begin(), files.end(), path,
                                      [](const File& f, std::string_view p) { return f.path < p; });
  if (found == files.end() || found->path != path) return std::nullopt;
  return found->bytes;
}

}  // namespace ln::embedded
