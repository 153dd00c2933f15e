#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <future>
#include <numeric>
#include <set>
#include <string>
#include <thread>

#include "base/log.h"
#include "base/result.h"
#include "platform/db/db.h"
#include "platform/db/ids.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::db {
namespace {

Options with_things(std::string path = ":memory:") {
  log::set_least(log::Level::warning);
  return test::on_engine(
      {.path = std::move(path),
       .migrations = {{"0001_thing",
                       "CREATE TABLE thing (id INTEGER NOT NULL PRIMARY KEY) STRICT;"
                       "CREATE TABLE part (thing_id INTEGER NOT NULL REFERENCES thing (id)"
                       " DEFERRABLE INITIALLY DEFERRED) STRICT"}}});
}

void insert(Write& write, std::int64_t id) { write.run("INSERT INTO thing (id) VALUES ($1)", id); }

std::vector<std::int64_t> ids(Database& database) {
  return database.read([](Read& read) {
    return read.all("SELECT id FROM thing ORDER BY id",
                    [](const Row& row) { return row.integer(0); });
  });
}

// Holds the writer in a job of its own, so that what a test submits meanwhile is one batch.
class HeldWriter {
 public:
  explicit HeldWriter(Database& database) {
    REQUIRE(database.submit({.work =
                                 [shared = shared_](Write&) {
                                   shared->running.set_value();
                                   shared->go_on.get_future().wait();
                                   return true;
                                 },
                             .done = [](const std::exception_ptr&, const Seal&) {}}));
    shared_->running.get_future().wait();
  }
  void let_go() { shared_->go_on.set_value(); }

 private:
  struct Shared {
    std::promise<void> running;
    std::promise<void> go_on;
  };
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

// The answers of some jobs, in words.
class Answers {
 public:
  Job job(std::string name, std::function<bool(Write&)> work) {
    const std::scoped_lock lock(mutex_);
    ++waiting_;
    return {.work = std::move(work),
            .done = [this, name](const std::exception_ptr& failure, const Seal& seal) {
              const std::scoped_lock locked(mutex_);
              text_ += name + (failure ? " failed" : " done") + (seal ? " " + *seal : "") + "\n";
              if (--waiting_ == 0) all_.notify_all();
            }};
  }
  std::string wait() {
    std::unique_lock lock(mutex_);
    all_.wait(lock, [&] { return waiting_ == 0; });
    return std::exchange(text_, "");
  }

 private:
  std::mutex mutex_;
  std::condition_variable all_;
  int waiting_ = 0;
  std::string text_;
};

std::function<bool(Write&)> inserting(std::int64_t id) {
  return [id](Write& write) { return insert(write, id), true; };
}

TEST_CASE("what comes while the writer is busy shares one transaction") {
  Database database(with_things());
  Answers answers;
  HeldWriter held(database);
  for (int i = 1; i <= 100; ++i)
    REQUIRE(database.submit(answers.job(std::to_string(i), inserting(i))));
  CHECK(database.counters().waiting == 100);
  held.let_go();
  answers.wait();
  CHECK(ids(database).size() == 100);
  CHECK(database.counters().batches == 2);
  CHECK(database.counters().jobs == 101);
  CHECK(database.counters().syncs == 1);  // The job that held the writer changed nothing.
  CHECK(database.counters().replays == 0);
}

TEST_CASE("a batch has no more jobs than it may") {
  Options options = with_things();
  options.batch_max = 10;
  Database database(options);
  Answers answers;
  HeldWriter held(database);
  for (int i = 1; i <= 25; ++i)
    REQUIRE(database.submit(answers.job(std::to_string(i), inserting(i))));
  held.let_go();
  answers.wait();
  CHECK(database.counters().batches == 4);
}

TEST_CASE("one bad job fails alone, and its neighbours are run once more") {
  Database database(with_things());
  Answers answers;
  int runs = 0;
  HeldWriter held(database);
  REQUIRE(database.submit(answers.job("first", [&](Write& write) {
    ++runs;
    return insert(write, 1), true;
  })));
  REQUIRE(database.submit(answers.job("bad", [](Write& write) -> bool {
    insert(write, 2);
    throw std::runtime_error("after writing");
  })));
  REQUIRE(database.submit(answers.job("taken", inserting(1))));
  REQUIRE(database.submit(answers.job("swallowing", [](Write& write) {
    try {
      insert(write, 1);
    } catch (const Failure&) {
    }
    return true;
  })));
  REQUIRE(database.submit(answers.job("refusing", [](Write&) { return false; })));
  REQUIRE(database.submit(answers.job("last", inserting(3))));
  held.let_go();
  CHECK(answers.wait() ==
        "first done\nbad failed\ntaken failed\nswallowing failed\nrefusing done\nlast done\n");
  CHECK(runs == 2);
  CHECK(ids(database) == std::vector<std::int64_t>{1, 3});
  CHECK(database.counters().replays == 1);
}

TEST_CASE("ids that jobs give out have no gap where a job was undone, and none twice") {
  Database database(with_things());
  constexpr Ids thing_ids("thing");
  Answers answers;
  HeldWriter held(database);
  const auto giving = [&](bool fails) {
    return [thing_ids, fails](Write& write) -> bool {
      insert(write, thing_ids.next(write));
      insert(write, thing_ids.next(write));
      if (fails) throw std::runtime_error("after writing");
      return true;
    };
  };
  for (const bool fails : {false, true, false})
    REQUIRE(database.submit(answers.job(fails ? "bad" : "good", giving(fails))));
  held.let_go();
  CHECK(answers.wait() == "good done\nbad failed\ngood done\n");
  test::write(database, [&](Write& write) { insert(write, thing_ids.next(write)); });
  CHECK(ids(database) == std::vector<std::int64_t>{1, 2, 3, 4, 5});
}

TEST_CASE("many at once: each good row is there, and no bad one") {
  Database database(with_things());
  constexpr int threads = 8;
  constexpr int each = 50;
  std::atomic<int> failures = 0;
  {
    std::vector<std::jthread> people;
    for (int person = 0; person < threads; ++person)
      people.emplace_back([&, person] {
        for (int i = 0; i < each; ++i) {
          const int id = person * each + i;
          try {
            test::write(database, [&](Write& write) {
              insert(write, id);
              if (id % 10 == 3) throw std::runtime_error("no");
            });
          } catch (const std::runtime_error&) {
            ++failures;
          }
        }
      });
  }
  CHECK(failures == threads * each / 10);
  std::set<std::int64_t> expected;
  for (int id = 0; id < threads * each; ++id)
    if (id % 10 != 3) expected.insert(id);
  const auto found = ids(database);
  CHECK(std::set<std::int64_t>(found.begin(), found.end()) == expected);
}

// What the hook saw, in order.
SealHook telling(std::string& story, int& number) {
  return {.before_commit =
              [&](Write& write) {
                const auto count = write.one("SELECT count(*) FROM thing",
                                             [](const Row& row) { return row.integer(0); });
                story += "before:" + std::to_string(count.value_or(-1)) + " ";
                return std::make_shared<const std::string>("seal" + std::to_string(++number));
              },
          .after_commit = [&] { story += "after "; },
          .after_rollback = [&] { story += "rollback "; }};
}

TEST_CASE("a batch is sealed before COMMIT, synced after it, and then answered") {
  std::string story;
  int number = 0;
  Answers answers;
  Database database(with_things());
  database.set_seal_hook(telling(story, number));
  HeldWriter held(database);
  for (int i = 1; i <= 2; ++i) {
    Job job = answers.job(std::to_string(i), inserting(i));
    job.done = [&story, done = job.done](std::exception_ptr failure, const Seal& seal) {
      story += "answer ";
      done(std::move(failure), seal);
    };
    REQUIRE(database.submit(std::move(job)));
  }
  held.let_go();
  CHECK(answers.wait() == "1 done seal2\n2 done seal2\n");
  CHECK(story == "before:0 after before:2 after answer answer ");
}

TEST_CASE("a batch that is run again is sealed again, without what failed") {
  std::string story;
  int number = 0;
  Answers answers;
  Database database(with_things());
  HeldWriter held(database);
  database.set_seal_hook(telling(story, number));
  REQUIRE(database.submit(answers.job("good", inserting(1))));
  REQUIRE(database.submit(answers.job("bad", inserting(1))));
  held.let_go();
  CHECK(answers.wait() == "good done seal1\nbad failed seal1\n");
  CHECK(story == "rollback before:1 after ");
}

TEST_CASE("a batch that cannot be sealed is not stored, and everybody is told") {
  Database database(with_things());
  Answers answers;
  bool forgotten = false;
  database.set_seal_hook({.before_commit = [](Write& write) -> Seal {
                            insert(write, 77);
                            throw std::runtime_error("no key");
                          },
                          .after_commit = {},
                          .after_rollback = [&] { forgotten = true; }});
  HeldWriter held(database);
  REQUIRE(database.submit(answers.job("one", inserting(1))));
  REQUIRE(database.submit(answers.job("two", inserting(2))));
  held.let_go();
  CHECK(answers.wait() == "one failed\ntwo failed\n");
  CHECK(forgotten);
  database.set_seal_hook({});
  test::write(database, [](Write& write) { insert(write, 3); });
  CHECK(ids(database) == std::vector<std::int64_t>{3});
}

TEST_CASE("a COMMIT that fails fails its batch and nothing after it") {
  Database database(with_things());
  CHECK_THROWS_AS(
      test::write(database,
                  [](Write& write) { write.run("INSERT INTO part (thing_id) VALUES (5)"); }),
      Failure);
  test::write(database, [](Write& write) { insert(write, 1); });
  CHECK(ids(database) == std::vector<std::int64_t>{1});
}

TEST_CASE("when the second file cannot be written everybody is told, though the rows are there") {
  Database database(with_things());
  bool rolled_back = false;
  database.set_seal_hook({.before_commit = {},
                          .after_commit = [] { throw std::runtime_error("disk full"); },
                          .after_rollback = [&] { rolled_back = true; }});
  CHECK_THROWS_AS(test::write(database, [](Write& write) { insert(write, 1); }),
                  std::runtime_error);
  CHECK_FALSE(rolled_back);
  CHECK(ids(database) == std::vector<std::int64_t>{1});
}

TEST_CASE("a full queue refuses, and takes jobs again when there is room") {
  Options options = with_things();
  options.queue_max = 2;
  Database database(options);
  Answers answers;
  HeldWriter held(database);
  REQUIRE(database.submit(answers.job("1", inserting(1))));
  REQUIRE(database.submit(answers.job("2", inserting(2))));
  CHECK_FALSE(database.submit({.work = inserting(3), .done = {}}));
  CHECK_THROWS_AS(test::write(database, [](Write& write) { insert(write, 4); }), Failure);
  held.let_go();
  answers.wait();
  test::write(database, [](Write& write) { insert(write, 5); });
  CHECK(ids(database) == std::vector<std::int64_t>{1, 2, 5});
}

TEST_CASE("closing finishes what was submitted") {
  const test::Folder folder;
  const std::string path = (folder.path / "db").string();
  Answers answers;
  {
    Database database(with_things(path));
    HeldWriter held(database);
    for (int i = 1; i <= 20; ++i)
      REQUIRE(database.submit(answers.job(std::to_string(i), inserting(i))));
    held.let_go();
  }
  CHECK(answers.wait().find("20 done") != std::string::npos);
  Database database(with_things(path));
  CHECK(ids(database).size() == 20);
}

#ifndef NDEBUG
// Runs `body` in a child process without its complaints, and gives back how that ended. No other
// thread may run meanwhile: the child would inherit its locks and nobody to open them.
int status_of_child(const std::function<void()>& body) {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    signal(SIGABRT, SIG_DFL);
    close(STDERR_FILENO);
    body();
    _exit(0);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return status;
}
#endif

TEST_CASE("a refusal that comes after a write leaves nothing") {
  const auto refuse_late = [](Database& database) {
    Answers answers;
    HeldWriter held(database);
    REQUIRE(database.submit(answers.job("good", inserting(1))));
    REQUIRE(
        database.submit(answers.job("late", [](Write& write) { return insert(write, 2), false; })));
    held.let_go();
    return answers.wait();
  };
#ifdef NDEBUG
  Database database(with_things());
  CHECK(refuse_late(database) == "good done\nlate done\n");
  CHECK(ids(database) == std::vector<std::int64_t>{1});
#else
  // While developing it stops the program, so that the bug is found where it is.
  const test::Folder folder;
  const std::string path = (folder.path / "db").string();
  const int status = status_of_child([&] {
    Database database(with_things(path));
    refuse_late(database);
  });
  CHECK(WIFSIGNALED(status));
  Database database(with_things(path));
  CHECK(ids(database).empty());
#endif
}

TEST_CASE("a write cannot wait for itself") {
#ifdef NDEBUG
  Database database(with_things());
  CHECK_THROWS(test::write(
      database, [&](Write&) { test::write(database, [](Write& inner) { insert(inner, 1); }); }));
#else
  const test::Folder folder;  // What dies in the child does not tidy up after itself.
  CHECK(WIFSIGNALED(status_of_child([&] {
    Database own(with_things((folder.path / "db").string()));
    test::write(own, [&](Write&) { test::write(own, [](Write& inner) { insert(inner, 1); }); });
  })));
#endif
}

TEST_CASE("kill -9 in the middle of the work loses nothing that was answered") {
  const test::Folder folder;
  const std::string path = (folder.path / "db").string();
  std::array<int, 2> pipe_ends{};
  REQUIRE(pipe(pipe_ends.data()) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    Options options = with_things(path);
    options.sync_full = false;  // The kernel survives; only a power cut needs the sync.
    Database database(options);
    std::vector<std::jthread> people;
    for (int person = 0; person < 4; ++person)
      people.emplace_back([&, person] {
        for (std::int64_t id = person;; id += 4) {
          test::write(database, [&](Write& write) { insert(write, id); });
          if (write(pipe_ends[1], &id, sizeof id) != sizeof id) _exit(1);
        }
      });
    for (;;) pause();
  }
  close(pipe_ends[1]);
  std::set<std::int64_t> answered;
  std::int64_t id = 0;
  while (read(pipe_ends[0], &id, sizeof id) == sizeof id) {
    answered.insert(id);
    if (answered.size() == 400) kill(child, SIGKILL);
  }
  close(pipe_ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  REQUIRE(WIFSIGNALED(status));
  REQUIRE(answered.size() >= 400);
  Database database(with_things(path));
  const auto found = ids(database);
  CHECK(std::ranges::includes(found, answered));
}

}  // namespace
}  // namespace ln::db
