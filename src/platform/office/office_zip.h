// Zip files, as office programs make them (PKWARE APPNOTE 6.3): read with bounds, written the same
// on every run. Stored and deflated entries only; no zip64, no encryption, no split archives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ln::office {

// Reads the directory at the end of the file and unpacks single entries. It believes nothing that
// the file says about sizes: unpacking stops at the bounds, and the checksum must fit.
class Archive {
 public:
  // `bytes` must outlive it. Refuses `too_large` ("office.error.too_large") beyond
  // document_size_max or 4,096 entries; `invalid`: "office.error.old_format" for the container of
  // Word 97 and of locked documents, "office.error.broken" for everything that is no sound zip, an
  // entry that stands twice among them.
  static Result<Archive> open(std::string_view bytes);

  bool has(std::string_view name) const { return entries_.contains(name); }
  // The unpacked entry. Refuses `too_large` beyond part_size_max, or 64 MiB over all reads, or when
  // it unpacks to more than a megabyte and three hundred times its size (a bomb);
  // "office.error.broken" when it is not there or damaged.
  Result<std::string> read(std::string_view name);

 private:
  struct Entry {
    std::string_view packed;
    std::uint32_t checksum = 0;
    std::uint32_t size = 0;
    bool is_deflated = false;
  };
  std::map<std::string_view, Entry, std::less<>> entries_;
  std::size_t unpacked_size_ = 0;
};

// Writes a zip into memory. Entries keep their order and bear no time (1 January 1980), no owner
// and no name of a program, so that the same content gives the same bytes as long as zlib is the
// same.
class ArchiveWriter {
 public:
  ArchiveWriter();
  ~ArchiveWriter();
  ArchiveWriter(ArchiveWriter&&) noexcept;
  ArchiveWriter& operator=(ArchiveWriter&&) noexcept;

  // Begins an entry, ending the one before. Precondition: the name is new and in ASCII.
  void begin(std::string_view name, bool is_deflated = true);
  // Adds to the entry that was begun.
  void write(std::string_view bytes);
  void add(std::string_view name, std::string_view bytes, bool is_deflated = true) {
    begin(name, is_deflated);
    write(bytes);
  }
  std::string finish() &&;

 private:
  struct Inside;
  void end_entry();
  std::unique_ptr<Inside> inside_;
};

}  // namespace ln::office
