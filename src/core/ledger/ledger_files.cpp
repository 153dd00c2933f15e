#include "core/ledger/ledger_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "base/text.h"
#include "platform/db/db.h"

namespace ln::ledger {
namespace {

constexpr std::size_t place_size = 2048;
constexpr std::size_t key_size_max = 1024;

[[noreturn]] void fail(const std::string& what) {
  throw db::Failure(what + ": " + std::generic_category().message(errno));
}

// An open file, closed at the end of the block.
class Opened {
 public:
  Opened(const std::string& path, int flags, mode_t mode = 0)
      : file_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
  ~Opened() {
    if (file_ >= 0) ::close(file_);
  }
  int operator*() const { return file_; }

 private:
  int file_;
};

bool write_all(int file, std::string_view bytes, off_t at) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file, bytes.data(), bytes.size(), at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    at += written;
  }
  return true;
}

std::string read_all(int file, std::size_t size_max, off_t at) {
  std::string bytes(size_max, '\0');
  std::size_t have = 0;
  while (have < size_max) {
    const ssize_t got =
        ::pread(file, bytes.data() + have, size_max - have, at + static_cast<off_t>(have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("cannot read a file of the ledger");
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

// A new name in a folder is durable only when the folder is.
void sync_folder_of(const std::string& path) {
  const auto folder = std::filesystem::absolute(path).parent_path().string();
  const Opened opened(folder, O_RDONLY | O_DIRECTORY);
  if (*opened < 0 || ::fsync(*opened) != 0) fail("cannot make " + path + " durable");
}

}  // namespace

std::optional<merkle::Signer> load_key(const std::string& path, std::string_view origin) {
  const Opened file(path, O_RDONLY);
  if (*file < 0 && errno == ENOENT) return std::nullopt;
  struct stat about{};
  if (*file < 0 || ::fstat(*file, &about) != 0) fail("cannot read the ledger's key " + path);
  if ((about.st_mode & 077U) != 0)
    throw db::Failure("the ledger's key " + path +
                      " can be read by others. Whoever reads it can sign in this log's name: check "
                      "who has, then chmod 600 it.");
  const std::string text = read_all(*file, key_size_max, 0);
  auto signer = merkle::Signer::parse(trimmed(text));
  if (!signer) throw db::Failure("the file " + path + " does not hold a key of the ledger.");
  if (signer->verifier().name != origin)
    throw db::Failure("the ledger's key " + path + " belongs to the log " +
                      signer->verifier().name + ", not to " + std::string(origin) + ".");
  return signer;
}

merkle::Signer make_key(const std::string& path, const std::string& origin, Random& random) {
  merkle::Signer signer(origin, random.bytes<32>());
  // Under another name until it is whole: a key cut short by a crash would stop every later start.
  const std::string part = path + ".new";
  const Opened file(part, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (*file < 0) fail("cannot make the ledger's key " + path);
  if (!write_all(*file, signer.text() + "\n", 0) || ::fsync(*file) != 0)
    fail("cannot write the ledger's key " + path);
  // Unlike a rename, a link takes the place of no key.
  if (::link(part.c_str(), path.c_str()) != 0 || ::unlink(part.c_str()) != 0)
    fail("cannot make the ledger's key " + path);
  sync_folder_of(path);
  return signer;
}

SecondFile::SecondFile(const std::string& path)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
  if (file_ < 0) fail("cannot open the ledger's second file " + path);
  // A copy of the city that signed into the same file would end both: the larger head of one is no
  // head of the other. A share that knows no locks is not refused for it.
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    ::close(file_);
    throw db::Failure("the ledger's second file " + path +
                      " is in use by another server: each needs its own. Was this folder copied?");
  }
  struct stat about{};
  if (::fstat(file_, &about) != 0) fail("cannot read the ledger's second file " + path);
  if (about.st_size >= static_cast<off_t>(2 * place_size)) return;
  // Its final size from the start: later writes change no size, which fdatasync would have to wait
  // for as well.
  if (!write_all(file_, std::string(2 * place_size - static_cast<std::size_t>(about.st_size), '\0'),
                 about.st_size) ||
      ::fsync(file_) != 0)
    fail("cannot write the ledger's second file " + path);
  sync_folder_of(path);
}

SecondFile::~SecondFile() { ::close(file_); }

std::optional<merkle::Checkpoint> SecondFile::last(const merkle::Verifier& log) const {
  std::optional<merkle::Checkpoint> last;
  bool empty = true;
  for (const std::size_t place : {std::size_t{0}, place_size}) {
    std::string note = read_all(file_, place_size, static_cast<off_t>(place));
    note.resize(std::min(note.find('\0'), note.size()));
    empty = empty && note.empty();
    auto checkpoint = merkle::open_checkpoint(note, log);
    if (checkpoint && (!last || checkpoint->size > last->size)) last = std::move(checkpoint);
  }
  if (!last && !empty)
    throw db::Failure(
        "the ledger's second file holds no head that this log has signed: it is damaged or belongs "
        "to another log. Find out which before you move it away.");
  return last;
}

void SecondFile::write(std::string_view note) {
  std::string place(note);
  if (place.size() >= place_size) throw db::Failure("a signed head is too long for its place");
  place.resize(place_size, '\0');
  if (!write_all(file_, place, static_cast<off_t>(next_ * place_size)) || ::fdatasync(file_) != 0)
    fail("cannot write the ledger's second file");
  next_ = 1 - next_;
}

std::optional<FoundHead> head_in(std::string_view bytes, const merkle::Verifier& log) {
  std::optional<FoundHead> found;
  for (std::size_t at = 0; at < std::min(bytes.size(), 2 * place_size); at += place_size) {
    std::string note(bytes.substr(at, place_size));
    note.resize(std::min(note.find('\0'), note.size()));
    auto checkpoint = merkle::open_checkpoint(note, log);
    if (checkpoint && (!found || checkpoint->size > found->checkpoint.size))
      found = FoundHead{*std::move(checkpoint), std::move(note)};
  }
  return found;
}

}  // namespace ln::ledger
