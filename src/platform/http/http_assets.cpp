#include "platform/http/http_assets.h"

#include <algorithm>
#include <utility>

#include "base/embedded.h"

namespace ln::http {
namespace {

constexpr std::string_view folder = "assets/dist/";
constexpr std::string_view prefix = "/a/";

std::string_view type_of(std::string_view name) {
  const std::pair<std::string_view, std::string_view> types[] = {
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".woff2", "font/woff2"},
      {".png", "image/png"},
      {".webp", "image/webp"},
      {".jpg", "image/jpeg"},
      {".ico", "image/x-icon"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".txt", "text/plain; charset=utf-8"}};
  for (const auto& [ending, type] : types)
    if (name.ends_with(ending)) return type;
  return "application/octet-stream";
}

// "main.e2eaa975e8.css": the last but one piece is ten hexadecimal digits.
bool is_hashed(std::string_view name) {
  const std::size_t last = name.rfind('.');
  if (last == std::string_view::npos || last < 11 || name[last - 11] != '.') return false;
  return name.substr(last - 10, 10).find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

AssetShelf::AssetShelf() {
  for (const embedded::File& file : embedded::all()) {
    if (!file.path.starts_with(folder)) continue;
    const std::string_view name = file.path.substr(folder.size());
    if (name.ends_with(".br") || name.ends_with(".gz")) continue;
    const std::string path(file.path);
    by_name_.emplace(name, Asset{type_of(name), file.bytes,
                                 embedded::find(path + ".gz").value_or(std::string_view()),
                                 embedded::find(path + ".br").value_or(std::string_view()),
                                 entity_tag(file.bytes), is_hashed(name)});
  }
}

const Asset* AssetShelf::find(std::string_view path) const {
  if (!path.starts_with(prefix)) return nullptr;
  const auto found = by_name_.find(path.substr(prefix.size()));
  return found == by_name_.end() ? nullptr : &found->second;
}

}  // namespace ln::http
