#include "platform/db/db.h"

#include <future>
#include <limits>
#include <mutex>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "platform/db/db_engine.h"
#include "platform/db/db_migrate.h"
#include "platform/db/db_version.h"
#include "platform/db/db_writer.h"

namespace ln::db {
namespace {

// Connections kept open for the next reader; more are closed when they come back.
constexpr std::size_t idle_readers_max = 16;

}  // namespace

std::unique_ptr<Engine> make_engine(const Options& options) {
  return options.url.empty() ? make_sqlite(options) : make_postgres(options);
}

struct Database::Inside {
  explicit Inside(const Options& options) : engine(make_engine(options)) {
    auto connection = engine->open_writer();
    connection->recents = recents;
    const auto migrations = options.migrations.empty() ? own_migrations() : options.migrations;
    migrate(*connection, *engine, migrations, options.now);
    connection->lock_down();
    writer.emplace(std::move(connection), options.batch_max, options.queue_max);
  }
  ~Inside() {
    // The writer goes last among the connections: it empties the write-ahead log.
    {
      const std::scoped_lock lock(mutex);
      idle.clear();
    }
    writer.reset();
  }

  std::unique_ptr<EngineConnection> lease() {
    {
      const std::scoped_lock lock(mutex);
      if (!idle.empty()) {
        auto taken = std::move(idle.back().connection);
        idle.pop_back();
        return taken;
      }
    }
    auto opened = engine->open_reader();
    opened->recents = recents;
    opened->remembers = true;
    return opened;
  }
  void give_back(std::unique_ptr<EngineConnection> connection) {
    if (connection->is_lost()) return;
    const std::scoped_lock lock(mutex);
    if (idle.size() < idle_readers_max) idle.push_back({std::move(connection), true});
  }
  void rest() {
    std::vector<std::unique_ptr<EngineConnection>> unused;  // Closed after the lock.
    const std::scoped_lock lock(mutex);
    for (Idle& each : idle)
      if (!std::exchange(each.was_used, false)) unused.push_back(std::move(each.connection));
    std::erase_if(idle, [](const Idle& each) { return each.connection == nullptr; });
  }

  std::size_t idle_count() {
    const std::scoped_lock lock(mutex);
    return idle.size();
  }

  const std::unique_ptr<Engine> engine;
  const std::shared_ptr<Recents> recents = std::make_shared<Recents>();
  std::mutex mutex;
  struct Idle {
    std::unique_ptr<EngineConnection> connection;
    bool was_used = true;  // since the last rest()
  };
  std::vector<Idle> idle;  // Guarded by mutex.
  std::optional<Writer> writer;
};

Database::Database(const Options& options) : inside_(std::make_unique<Inside>(options)) {}
Database::~Database() = default;

void Database::set_seal_hook(SealHook hook) { inside_->writer->set_seal_hook(std::move(hook)); }

bool Database::submit(Job job) { return inside_->writer->submit(std::move(job)); }

void Database::write_and_wait(const std::function<bool(Write&)>& work) {
  CHECK(!inside_->writer->is_this_thread());  // It would wait for itself.
  // Shared, because the writer may still be inside set_value() when we wake.
  const auto answer = std::make_shared<std::promise<void>>();
  auto answered = answer->get_future();
  const bool queued =
      submit({.work = work, .done = [answer](std::exception_ptr failure, const Seal&) {
                if (failure)
                  answer->set_exception(failure);
                else
                  answer->set_value();
              }});
  if (!queued)
    throw Failure("the writer's queue is full, or the database is closing", Failure::Kind::busy);
  answered.get();
}

void Database::rest() { inside_->rest(); }
void Database::scrub() { inside_->engine->scrub(); }
void Database::copy_to(const std::string& path) { inside_->engine->copy_to(path, {}); }
std::string Database::schema() { return inside_->engine->schema(); }
Database::Counters Database::counters() const {
  Counters counters = inside_->writer->counters();
  counters.idle_readers = inside_->idle_count();
  return counters;
}

Database::Lease::Lease(Database& database)
    : database_(&database), connection_(database.inside_->lease()) {
  connection_->begin_read();
  read_ = std::make_unique<Read>(*connection_);
}

Database::Lease::~Lease() {
  connection_->end_read();
  database_->inside_->give_back(std::move(connection_));
}

Erasure::Erasure(Write& write) : write_(&write) { Key::connection(write).allow_erasure(true); }
Erasure::~Erasure() { Key::connection(*write_).allow_erasure(false); }

std::optional<std::uint64_t> version_of(Read& read) { return Key::connection(read).version(); }

void TextIndex::put(Write& write,
                    std::int64_t id,
                    std::string_view marked,
                    std::string_view folded) const {
  Key::connection(write).text_put(name_, id, marked, folded);
}

void TextIndex::remove(Write& write, std::int64_t id) const {
  Key::connection(write).text_remove(name_, id);
}

void TextIndex::optimize(Write& write) const { Key::connection(write).text_optimize(name_); }

std::vector<std::int64_t> TextIndex::find(Read& read,
                                          Form form,
                                          std::span<const std::string> words,
                                          std::int64_t before,
                                          std::size_t limit) const {
  if (words.empty()) return {};
  EngineConnection& connection = Key::connection(read);
  const auto ask = [&](std::span<const std::string> asked, std::int64_t below, std::size_t most,
                       bool is_beginning) {
    return connection.text_find(name_, {.form = form,
                                        .words = asked,
                                        .before = below,
                                        .limit = most,
                                        .is_beginning = is_beginning});
  };
  // Short beginnings have an index of their own in FTS5. For a longer one it must first gather
  // every row of every word that begins so, which for a common word takes a hundred times as long
  // as its page; and somebody who typed a whole word meant it.
  constexpr std::size_t short_max = 3;
  const bool is_beginning =
      count_chars(words.back()) <= short_max ||
      ask(words.last(1), std::numeric_limits<std::int64_t>::max(), 1, false).empty();
  return ask(words, before, limit, is_beginning);
}

}  // namespace ln::db
