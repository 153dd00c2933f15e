#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include "platform/db/db_sqlite.h"

namespace ln::db {
namespace {

namespace fs = std::filesystem;

// Sorting never spills personal data into temporary files. Replacing a row fires the triggers that
// guard against deleting it.
#define LN_PRAGMAS                 \
  "PRAGMA trusted_schema = 0;"     \
  "PRAGMA temp_store = MEMORY;"    \
  "PRAGMA foreign_keys = 1;"       \
  "PRAGMA recursive_triggers = 1;" \
  "PRAGMA secure_delete = ON;"

// Caches are small so that an idle server stays small; the kernel's cache holds the hot pages, and
// readers share them through a bounded map.
constexpr const char* writer_pragmas = LN_PRAGMAS
    "PRAGMA cache_size = -8192;"
    "PRAGMA journal_size_limit = 16777216;";
// For a database that is worthless until it is whole and is synced then. Its batches are large:
// what does not fit into the cache is written twice, and read over and over once the file has
// gigabytes.
constexpr const char* built_at_once = "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -524288;";
constexpr const char* reader_pragmas = LN_PRAGMAS
    "PRAGMA query_only = 1;"
    "PRAGMA cache_size = -2048;"
    "PRAGMA mmap_size = 67108864;";
#undef LN_PRAGMAS

// A folder of its own for a database that lives as long as the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "langnghe-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw Failure("no temporary folder: " + name);
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string file() const { return (path_ / "database").string(); }

 private:
  fs::path path_;
};

// A new database can be read by its owner only; SQLite gives its other files the same rights.
void create_private(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0)
    throw Failure("cannot open " + path + ": " + std::generic_category().message(errno));
  ::close(file);
}

std::string word_of(SqliteConnection& connection, std::string_view sql) {
  std::string word;
  auto take = [&](const Row& row) { word = row.text(0); };
  connection.run(sql, {}, EachRow(take));
  return word;
}

class SqliteEngine final : public Engine {
 public:
  explicit SqliteEngine(const Options& options) : sync_full_(options.sync_full) {
    if (options.path == ":memory:") temporary_.emplace();
    path_ = temporary_ ? temporary_->file() : options.path;
  }

  std::unique_ptr<EngineConnection> open_writer() override {
    create_private(path_);
    auto made = open(SQLITE_OPEN_READWRITE, writer_pragmas);
    // Before the log is begun, which waits for the disk too.
    made->script(temporary_   ? "PRAGMA synchronous = OFF"
                 : sync_full_ ? "PRAGMA synchronous = FULL"
                              : built_at_once);
    if (word_of(*made, "PRAGMA journal_mode = WAL") != "wal")
      throw Failure("the file system does not carry a write-ahead log: " + path_);
    return made;
  }

  std::unique_ptr<EngineConnection> open_reader() override {
    auto made =
        std::make_unique<SqliteConnection>(path_, SQLITE_OPEN_READONLY, reader_pragmas, changes_);
    made->lock_down();
    return made;
  }

  std::string_view dialect() const override { return "sqlite"; }

  std::string text_index_sql(std::string_view name) const override {
    return "CREATE VIRTUAL TABLE " + std::string(name) +
           " USING fts5(marked, folded, prefix = '2 3', "
           "tokenize = 'unicode61 remove_diacritics 0');";
  }

  std::string translated(std::string sql) const override { return sql; }

  void copy_to(const std::string& path, const Progress& told) override;
  void scrub() override;
  std::string schema() override;

 private:
  std::unique_ptr<SqliteConnection> open(int flags, const char* pragmas) {
    return std::make_unique<SqliteConnection>(path_, flags, pragmas);
  }

  bool sync_full_;
  std::shared_ptr<std::atomic<std::uint64_t>> changes_ =
      std::make_shared<std::atomic<std::uint64_t>>(0);
  std::optional<TemporaryFolder> temporary_;
  std::string path_;
};

void sync_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!done) throw Failure("cannot sync " + path + ": " + std::generic_category().message(errno));
}

void SqliteEngine::copy_to(const std::string& path, const Progress& told) {
  constexpr int pages_at_once = 1024;
  const std::string part = path + ".part";
  std::error_code ignored;
  fs::remove(part, ignored);
  create_private(part);
  {
    const auto source = open(SQLITE_OPEN_READONLY, reader_pragmas);
    // One snapshot for all steps, which holds no writer up. It begins with the first read.
    source->begin_read();
    static_cast<void>(word_of(*source, "SELECT name FROM sqlite_schema LIMIT 1"));
    SqliteConnection target(part, SQLITE_OPEN_READWRITE, "PRAGMA synchronous = FULL");
    sqlite3_backup* backup = sqlite3_backup_init(target.handle(), "main", source->handle(), "main");
    if (backup == nullptr) sqlite_fail(target.handle(), "copy to " + path);
    while (sqlite3_backup_step(backup, pages_at_once) == SQLITE_OK) {
      const auto all = static_cast<std::uint64_t>(sqlite3_backup_pagecount(backup));
      if (told) told(all - static_cast<std::uint64_t>(sqlite3_backup_remaining(backup)), all);
    }
    if (sqlite3_backup_finish(backup) != SQLITE_OK) sqlite_fail(target.handle(), "copy to " + path);
    // The copy is one file: without a write-ahead log beside it.
    if (word_of(target, "PRAGMA journal_mode = DELETE") != "delete")
      throw Failure("the copy is not whole: " + part);
  }
  sync_file(part);
  fs::rename(part, path);
  const std::string folder = fs::path(path).parent_path().string();
  sync_file(folder.empty() ? "." : folder);
}

void SqliteEngine::scrub() {
  // Deleting overwrites pages (secure_delete), but old copies of them stand in the write-ahead log
  // until it is moved into the database and cut.
  const auto connection = open(SQLITE_OPEN_READWRITE, writer_pragmas);
  // While the writer moves the log itself, SQLite answers at once that it is locked, without
  // waiting; no frame has been counted then. For readers it waits, and they are counted.
  constexpr int attempts_max = 200;
  constexpr std::chrono::milliseconds pause{50};
  for (int attempt = 1;; ++attempt) {
    int frames = -1;
    const int code = sqlite3_wal_checkpoint_v2(connection->handle(), nullptr,
                                               SQLITE_CHECKPOINT_TRUNCATE, &frames, nullptr);
    if (code == SQLITE_OK) return;
    if (code != SQLITE_BUSY || frames >= 0 || attempt == attempts_max)
      sqlite_fail(connection->handle(), "scrub");
    std::this_thread::sleep_for(pause);
  }
}

std::string SqliteEngine::schema() {
  const auto connection = open(SQLITE_OPEN_READONLY, reader_pragmas);
  std::string text =
      "-- The whole schema as the migrations make it, for reading. Written by ./dev schema.\n";
  auto take = [&](const Row& row) {
    const std::string_view sql = row.view(1);
    const bool index = sql.starts_with("CREATE VIRTUAL TABLE");
    text += '\n';
    text += index ? "-- text index " + row.text(0) : std::string(sql) + ";";
    text += '\n';
  };
  // The shadow tables of a text index are the engine's affair: they are named after it.
  connection->run(
      "SELECT name, sql FROM sqlite_schema s WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
      "AND NOT EXISTS (SELECT 1 FROM sqlite_schema v WHERE v.sql LIKE 'CREATE VIRTUAL TABLE%' "
      "AND s.name IN (v.name || '_data', v.name || '_idx', v.name || '_content', "
      "v.name || '_docsize', v.name || '_config')) "
      "ORDER BY tbl_name, CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name",
      {}, EachRow(take));
  return text;
}

}  // namespace

std::unique_ptr<Engine> make_sqlite(const Options& options) {
  return std::make_unique<SqliteEngine>(options);
}

}  // namespace ln::db
