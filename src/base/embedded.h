// Files that travel inside the executable, by their path in the source tree: "assets/dist/…",
// "schema/…", "data/…". The bytes live as long as the program.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace ln::embedded {

struct File {
  std::string_view path;
  std::string_view bytes;
};

// All of them, sorted by path.
std::span<const File> all();
std::optional<std::string_view> find(std::string_view path);

}  // namespace ln::embedded
