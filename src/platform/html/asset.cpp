#include "platform/html/asset.h"

#include <algorithm>
#include <map>
#include <string>

#include "base/embedded.h"

namespace ln::html {
namespace {

constexpr std::string_view folder = "assets/dist/";
constexpr std::size_t hash_chars = 10;

// "main.css" of "main.99c58991f0.css"; empty when the name holds no hash. Packed neighbours
// ("main.99c58991f0.css.br") have none where it belongs.
std::string plain_name(std::string_view file) {
  const std::size_t ending = file.rfind('.');
  if (ending == std::string_view::npos || ending < hash_chars + 2) return {};
  const std::size_t dot = ending - hash_chars - 1;
  if (file[dot] != '.') return {};
  const std::string_view hash = file.substr(dot + 1, hash_chars);
  const bool is_hash = std::all_of(hash.begin(), hash.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  });
  if (!is_hash) return {};
  return std::string(file.substr(0, dot)) + std::string(file.substr(ending));
}

std::map<std::string, Url, std::less<>> all_assets() {
  std::map<std::string, Url, std::less<>> assets;
  for (const embedded::File& file : embedded::all()) {
    if (!file.path.starts_with(folder)) continue;
    const std::string_view name = file.path.substr(folder.size());
    if (const std::string plain = plain_name(name); !plain.empty())
      assets.emplace(plain, Url::path("/a/" + std::string(name)));
  }
  return assets;
}

}  // namespace

const Url& asset(std::string_view name) {
  static const auto assets = all_assets();
  static const Url missing = Url::path("/a/not-built");
  const auto found = assets.find(name);
  return found == assets.end() ? missing : found->second;
}

}  // namespace ln::html
