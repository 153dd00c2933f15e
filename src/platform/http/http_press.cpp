#include "platform/http/http_press.h"

#include <brotli/encode.h>
#include <sodium.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <bit>

#include "base/text.h"
#include "platform/http/http_parse.h"

namespace ln::http {
namespace {

constexpr int brotli_quality = 4;
constexpr int gzip_level = 5;

// Calls `each` with every item of a comma-separated header.
template <class Each>
void for_items(std::string_view list, Each each) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    each(trimmed(list.substr(0, end)));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

// "gzip;q=0" and "gzip; q=0.000" refuse the coding.
bool is_refused(std::string_view item) {
  const std::size_t q = item.find("q=");
  return q != std::string_view::npos &&
         item.find_first_not_of("0.", q + 2) == std::string_view::npos;
}

std::string with_brotli(std::string_view bytes) {
  // The window only needs to hold the page: a smaller one is made ready sooner.
  const int window = std::clamp(static_cast<int>(std::bit_width(bytes.size())), 10, 20);
  std::string out(BrotliEncoderMaxCompressedSize(bytes.size()), '\0');
  std::size_t size = out.size();
  if (BrotliEncoderCompress(brotli_quality, window, BROTLI_MODE_TEXT, bytes.size(),
                            as_bytes(bytes).data(), &size,
                            reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_FALSE)
    return {};
  out.resize(size);
  return out;
}

std::string with_gzip(std::string_view bytes) {
  z_stream stream{};
  constexpr int window_of_gzip = 15 + 16;  // zlib's way to ask for the gzip wrapper
  if (deflateInit2(&stream, gzip_level, Z_DEFLATED, window_of_gzip, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    return {};
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = const_cast<Bytef*>(as_bytes(bytes).data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(done ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

}  // namespace

std::string_view name_of(Coding coding) {
  switch (coding) {
    case Coding::identity: return "";
    case Coding::gzip: return "gzip";
    case Coding::brotli: return "br";
  }
  return "";
}

Coding best_coding(std::string_view accept_encoding) {
  Coding best = Coding::identity;
  for_items(accept_encoding, [&](std::string_view item) {
    if (is_refused(item)) return;
    const std::string_view name = trimmed(item.substr(0, item.find(';')));
    if (equal_ignoring_case(name, "br")) best = Coding::brotli;
    if (equal_ignoring_case(name, "gzip")) best = std::max(best, Coding::gzip);
  });
  return best;
}

bool is_compressible(std::string_view type) {
  type = type.substr(0, type.find(';'));
  return type.starts_with("text/") || type == "application/json" || type == "image/svg+xml" ||
         type.ends_with("+json") || type.ends_with("+xml") || type == "application/xml";
}

std::string compressed(std::string_view bytes, Coding coding) {
  std::string out;
  if (coding == Coding::brotli) out = with_brotli(bytes);
  if (coding == Coding::gzip) out = with_gzip(bytes);
  if (out.size() >= bytes.size()) out.clear();
  return out;
}

std::string entity_tag(std::string_view bytes) {
  // The key is public: nobody gains by making two pages of ours look alike to a browser.
  static constexpr std::array<std::uint8_t, crypto_shorthash_siphashx24_KEYBYTES> key{'l', 'n'};
  std::array<std::uint8_t, crypto_shorthash_siphashx24_BYTES> hash{};
  crypto_shorthash_siphashx24(hash.data(), as_bytes(bytes).data(), bytes.size(), key.data());
  return '"' + to_hex(hash) + '"';
}

std::string with_coding(std::string_view entity_tag, Coding coding) {
  std::string tag(entity_tag);
  if (coding != Coding::identity) tag.insert(tag.size() - 1, "-" + std::string(name_of(coding)));
  return tag;
}

bool is_named_in(std::string_view if_none_match, std::string_view entity_tag) {
  bool named = false;
  for_items(if_none_match, [&](std::string_view item) {
    if (item.starts_with("W/")) item.remove_prefix(2);
    named = named || item == entity_tag || item == "*";
  });
  return named;
}

std::shared_ptr<const std::string> PressCache::get(const std::string& tag,
                                                   std::string_view bytes,
                                                   Coding coding) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = by_tag_.find(tag); found != by_tag_.end()) return found->second;
  }
  // Not under the lock: two threads may do the same work once, nobody waits for it.
  auto made = std::make_shared<const std::string>(compressed(bytes, coding));
  const std::lock_guard lock(mutex_);
  if (size_ + made->size() > size_max_) {
    by_tag_.clear();
    size_ = 0;
  }
  if (by_tag_.emplace(tag, made).second) size_ += made->size();
  return made;
}

}  // namespace ln::http
