// Style sheets, scripts, fonts and pictures under /a/: built files of assets/dist that travel
// inside the executable. Their names carry a hash of their content, so browsers may keep them for
// ever.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "platform/http/http_press.h"

namespace ln::http {

struct Asset {
  std::string_view content_type;
  std::string_view plain;
  std::string_view gzip;    // empty when the build made none
  std::string_view brotli;  // likewise
  std::string entity_tag;
  bool is_hashed = false;  // the name carries the hash of the content
};

class AssetShelf {
 public:
  AssetShelf();
  // The asset at a path such as "/a/main.e2eaa975e8.css"; null when there is none.
  const Asset* find(std::string_view path) const;

 private:
  std::unordered_map<std::string_view, Asset> by_name_;
};

}  // namespace ln::http
