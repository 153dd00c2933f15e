// Files, for the few places that touch them: configuration, keys, the second file of the ledger,
// uploads. What people send is kept in the database; nodes of one city share no disk.
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace ln::file {

// The machine failed us: no space, no permission, larger than anything we would write. Caught where
// db::Failure is caught.
class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Owns a file descriptor; -1 is none.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  void close();

 private:
  int number_ = -1;
};

// The file's bytes; null when there is no such file. Throws Failure when it has more than
// `size_max` bytes or cannot be read.
std::optional<std::string> read_file(const std::string& path, std::size_t size_max);

// Who may read a file that is written.
enum class Readers { owner, everybody };

// After it returns, the file has these bytes, also after a power cut; before, and if it throws
// Failure, it has its old ones. There is no moment at which a reader sees half a file.
void write_file_durably(const std::string& path,
                        std::string_view bytes,
                        Readers readers = Readers::owner);

// A new empty folder that is removed with all it holds when the object goes.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }
  std::string operator/(std::string_view name) const;

 private:
  std::string path_;
};

}  // namespace ln::file
