// Compression of answers, and the marks by which a browser knows that it has a page already.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace ln::http {

enum class Coding : std::uint8_t { identity, gzip, brotli };

// "", "gzip", "br".
std::string_view name_of(Coding coding);
// The best coding an Accept-Encoding header allows; a coding with q=0 is not.
Coding best_coding(std::string_view accept_encoding);
// True for text of any kind; pictures and fonts are compressed already.
bool is_compressible(std::string_view content_type);
// Quick rather than small: pages are made for one reader. Empty when it did not get smaller.
std::string compressed(std::string_view bytes, Coding coding);

// A strong entity tag of these bytes in this coding, with its quotes.
std::string entity_tag(std::string_view bytes);
std::string with_coding(std::string_view entity_tag, Coding coding);
// Whether an If-None-Match header names this tag.
bool is_named_in(std::string_view if_none_match, std::string_view entity_tag);

// Compressed forms of pages that many people ask for, so that each is compressed once. Thread-safe
// and bounded: when it is full, it starts again.
class PressCache {
 public:
  explicit PressCache(std::size_t size_max) : size_max_(size_max) {}
  // `tag` names bytes and coding: with_coding(entity_tag(bytes), coding). Empty when it did not get
  // smaller.
  std::shared_ptr<const std::string> get(const std::string& tag,
                                         std::string_view bytes,
                                         Coding coding);

 private:
  std::size_t size_max_;
  std::mutex mutex_;
  std::size_t size_ = 0;  // guarded by mutex_, as is by_tag_
  std::unordered_map<std::string, std::shared_ptr<const std::string>> by_tag_;
};

}  // namespace ln::http
