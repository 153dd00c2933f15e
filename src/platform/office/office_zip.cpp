#include "platform/office/office_zip.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "platform/office/office.h"

namespace ln::office {
namespace {

constexpr std::size_t entry_count_max = 4'096;
constexpr std::size_t unpacked_size_max = 64 * 1024 * 1024;
constexpr std::size_t ratio_max = 300;
constexpr std::size_t ratio_free_size = 1024 * 1024;

constexpr std::uint32_t local_mark = 0x04034b50, entry_mark = 0x02014b50, end_mark = 0x06054b50;
constexpr std::size_t local_size = 30, entry_size = 46, end_size = 22;

Error broken() { return {ErrorKind::invalid, "office.error.broken"_t}; }
Error too_large() { return {ErrorKind::too_large, "office.error.too_large"_t}; }

// Precondition: at + 2 (or 4) <= bytes.size().
std::uint32_t number16(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]) |
         static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[at + 1])) << 8;
}
std::uint32_t number32(std::string_view bytes, std::size_t at) {
  return number16(bytes, at) | number16(bytes, at + 2) << 16;
}

// `size` bytes from `at`; null when there are not so many.
std::optional<std::string_view> piece(std::string_view bytes, std::size_t at, std::size_t size) {
  if (at > bytes.size() || size > bytes.size() - at) return std::nullopt;
  return bytes.substr(at, size);
}

std::uint32_t checksum_of(std::string_view bytes, std::uint32_t so_far = 0) {
  return static_cast<std::uint32_t>(crc32_z(so_far, as_bytes(bytes).data(), bytes.size()));
}

// What a deflated stream unpacks to; null when it is damaged, longer than `size_max`, or does not
// end where its bytes end.
struct Unpacked {
  std::string bytes{};
  bool is_too_large = false;
};
std::optional<Unpacked> inflated(std::string_view packed, std::size_t size_max) {
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw std::bad_alloc();
  const std::unique_ptr<z_stream, decltype(&inflateEnd)> owner(&stream, &inflateEnd);
  // zlib reads through a pointer that it declares writable, and does not write.
  stream.next_in = const_cast<Bytef*>(as_bytes(packed).data());
  stream.avail_in = static_cast<uInt>(packed.size());
  Unpacked out;
  std::array<char, 64 * 1024> buffer;
  for (;;) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    const int outcome = inflate(&stream, Z_NO_FLUSH);
    if (outcome != Z_OK && outcome != Z_STREAM_END) return std::nullopt;
    out.bytes.append(buffer.data(), buffer.size() - stream.avail_out);
    if (out.bytes.size() > size_max) {
      out.is_too_large = true;
      return out;
    }
    if (outcome == Z_STREAM_END) break;
  }
  if (stream.avail_in != 0) return std::nullopt;
  return out;
}

// Where the end record stands: the last one whose comment reaches to the end of the file.
std::optional<std::size_t> find_end(std::string_view bytes) {
  if (bytes.size() < end_size) return std::nullopt;
  const std::size_t first = bytes.size() - std::min<std::size_t>(bytes.size(), end_size + 0xFFFF);
  for (std::size_t at = bytes.size() - end_size + 1; at-- > first;)
    if (number32(bytes, at) == end_mark && number16(bytes, at + 20) == bytes.size() - at - end_size)
      return at;
  return std::nullopt;
}

}  // namespace

Result<Archive> Archive::open(std::string_view bytes) {
  if (bytes.size() > document_size_max) return too_large();
  if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
    return Error{ErrorKind::invalid, "office.error.old_format"_t};
  const auto end = find_end(bytes);
  if (!end) return broken();
  const std::size_t count = number16(bytes, *end + 10);
  if (count == 0xFFFF || count > entry_count_max) return too_large();
  const std::size_t size = number32(bytes, *end + 12), start = number32(bytes, *end + 16);
  if (start > *end || size > *end - start) return broken();
  std::size_t at = start;
  Archive archive;
  for (std::size_t i = 0; i < count; ++i) {
    const auto head = piece(bytes.substr(0, *end), at, entry_size);
    if (!head || number32(*head, 0) != entry_mark) return broken();
    const std::size_t name_size = number16(*head, 28);
    const auto name = piece(bytes, at + entry_size, name_size);
    at += entry_size + name_size + number16(*head, 30) + number16(*head, 32);
    if (!name || at > *end) return broken();
    const std::uint32_t flags = number16(*head, 8), method = number16(*head, 10);
    if ((flags & 1) != 0) return Error{ErrorKind::invalid, "office.error.old_format"_t};
    if (method != 0 && method != 8) return broken();
    const std::size_t local = number32(*head, 42), packed_size = number32(*head, 20);
    const auto local_head = piece(bytes.substr(0, start), local, local_size);
    if (!local_head || number32(*local_head, 0) != local_mark) return broken();
    const auto packed = piece(
        bytes.substr(0, start),
        local + local_size + number16(*local_head, 26) + number16(*local_head, 28), packed_size);
    if (!packed) return broken();
    const Entry entry{.packed = *packed,
                      .checksum = number32(*head, 16),
                      .size = number32(*head, 24),
                      .is_deflated = method == 8};
    // Of two with one name, one program opens the first and another the second.
    if (!archive.entries_.emplace(*name, entry).second) return broken();
  }
  return archive;
}

Result<std::string> Archive::read(std::string_view name) {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return broken();
  const Entry& entry = found->second;
  const std::size_t size_max =
      std::min({part_size_max, unpacked_size_max - unpacked_size_,
                std::max(ratio_free_size, ratio_max * entry.packed.size())});
  if (entry.size > size_max) return too_large();
  std::string out;
  if (entry.is_deflated) {
    auto unpacked = inflated(entry.packed, size_max);
    if (!unpacked) return broken();
    if (unpacked->is_too_large) return too_large();
    out = std::move(unpacked->bytes);
  } else {
    if (entry.packed.size() > size_max) return too_large();
    out = entry.packed;
  }
  if (out.size() != entry.size || checksum_of(out) != entry.checksum) return broken();
  unpacked_size_ += out.size();
  return out;
}

struct ArchiveWriter::Inside {
  struct Entry {
    std::string name;
    std::uint32_t checksum = 0;
    std::size_t packed_size = 0, size = 0, at = 0;
    bool is_deflated = true;
  };
  std::string out;
  std::vector<Entry> entries;
  bool is_open = false;
  z_stream stream{};

  void deflate_some(std::string_view bytes, int flush) {
    stream.next_in = const_cast<Bytef*>(as_bytes(bytes).data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::array<char, 32 * 1024> buffer;
    do {
      stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
      stream.avail_out = static_cast<uInt>(buffer.size());
      CHECK(deflate(&stream, flush) != Z_STREAM_ERROR);
      out.append(buffer.data(), buffer.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  }
  void put16(std::size_t value) {
    out += static_cast<char>(value & 0xFF);
    out += static_cast<char>(value >> 8 & 0xFF);
  }
  void put32(std::size_t value) {
    CHECK(value <= std::numeric_limits<std::uint32_t>::max());
    put16(value & 0xFFFF);
    put16(value >> 16);
  }
  // What the local and the central record have in common, from "version needed" on.
  void put_facts(const Entry& entry) {
    put16(20);
    put16(0);
    put16(entry.is_deflated ? 8 : 0);
    put16(0);
    put16(1 << 5 | 1);  // 1 January 1980
    put32(entry.checksum);
    put32(entry.packed_size);
    put32(entry.size);
    put16(entry.name.size());
    put16(0);
  }
};

ArchiveWriter::ArchiveWriter() : inside_(std::make_unique<Inside>()) {
  if (deflateInit2(&inside_->stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
}
ArchiveWriter::~ArchiveWriter() {
  if (inside_) deflateEnd(&inside_->stream);
}
ArchiveWriter::ArchiveWriter(ArchiveWriter&&) noexcept = default;
ArchiveWriter& ArchiveWriter::operator=(ArchiveWriter&& other) noexcept {
  std::swap(inside_, other.inside_);
  return *this;
}

void ArchiveWriter::begin(std::string_view name, bool is_deflated) {
  end_entry();
  Inside& in = *inside_;
  in.entries.push_back(
      {.name = std::string(name), .at = in.out.size(), .is_deflated = is_deflated});
  in.put32(local_mark);
  in.put_facts(in.entries.back());
  in.out += name;
  in.is_open = true;
}

void ArchiveWriter::write(std::string_view bytes) {
  Inside& in = *inside_;
  CHECK(in.is_open);
  Inside::Entry& entry = in.entries.back();
  entry.checksum = checksum_of(bytes, entry.checksum);
  entry.size += bytes.size();
  if (entry.is_deflated)
    in.deflate_some(bytes, Z_NO_FLUSH);
  else
    in.out += bytes;
}

void ArchiveWriter::end_entry() {
  Inside& in = *inside_;
  if (!in.is_open) return;
  in.is_open = false;
  Inside::Entry& entry = in.entries.back();
  if (entry.is_deflated) {
    in.deflate_some({}, Z_FINISH);
    CHECK(deflateReset(&in.stream) == Z_OK);
  }
  entry.packed_size = in.out.size() - entry.at - local_size - entry.name.size();
  // The sizes are known now: the record before the bytes is written again, in its place.
  const std::size_t end = in.out.size();
  in.put_facts(entry);
  const std::string facts = in.out.substr(end);
  in.out.resize(end);
  in.out.replace(entry.at + 4, facts.size(), facts);
}

std::string ArchiveWriter::finish() && {
  end_entry();
  Inside& in = *inside_;
  const std::size_t start = in.out.size();
  for (const Inside::Entry& entry : in.entries) {
    in.put32(entry_mark);
    in.put16(20);
    in.put_facts(entry);
    in.put16(0);  // no comment
    in.put16(0);  // first disk
    in.put16(0);
    in.put32(0);
    in.put32(entry.at);
    in.out += entry.name;
  }
  const std::size_t size = in.out.size() - start;
  in.put32(end_mark);
  in.put16(0);
  in.put16(0);
  in.put16(in.entries.size());
  in.put16(in.entries.size());
  in.put32(size);
  in.put32(start);
  in.put16(0);
  return std::move(in.out);
}

}  // namespace ln::office
