// The two small files beside the database: the log's private key, and the second file, which keeps
// the last signed head where no restored backup reaches it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "engine/merkle/merkle_checkpoint.h"

namespace ln::ledger {

// The key in the file at `path`; null when there is no such file. Throws db::Failure when the file
// is readable by others than its owner, is not a key or belongs to another origin.
std::optional<merkle::Signer> load_key(const std::string& path, std::string_view origin);
// Makes a key, writes it readable by its owner alone, and returns when it is durable. Throws
// db::Failure when it cannot, or when there is a file already.
merkle::Signer make_key(const std::string& path, const std::string& origin, Random& random);

// The second file: two places of fixed size that are written in turn, so that a write torn by a
// power cut leaves the other place whole, and one fdatasync is enough.
class SecondFile {
 public:
  // Opens or makes the file. Throws db::Failure when it cannot.
  explicit SecondFile(const std::string& path);
  SecondFile(const SecondFile&) = delete;
  SecondFile& operator=(const SecondFile&) = delete;
  ~SecondFile();

  // The larger of the heads in it that `log` has signed; null when nothing was ever written. Throws
  // db::Failure when something was written and neither place holds such a head.
  std::optional<merkle::Checkpoint> last(const merkle::Verifier& log) const;
  // Writes `note` and waits for the disk. Throws db::Failure.
  void write(std::string_view note);

 private:
  int file_;
  unsigned next_ = 0;  // the place to write, 0 or 1
};

// The newest head that `log` has signed in `bytes`, which are a second file or one signed note,
// such as /ledger/checkpoint gives out; null when there is none.
struct FoundHead {
  merkle::Checkpoint checkpoint;
  std::string note;
};
std::optional<FoundHead> head_in(std::string_view bytes, const merkle::Verifier& log);

}  // namespace ln::ledger
