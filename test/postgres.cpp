#include <doctest/doctest.h>
#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "test/engine.h"

namespace ln::test {
namespace {

namespace fs = std::filesystem;

// PostgreSQL refuses to run as root; its package brings a user.
const passwd* unprivileged() {
  if (geteuid() != 0) return nullptr;
  for (const char* name : {"postgres", "nobody"})
    if (const passwd* found = getpwnam(name)) return found;
  throw std::runtime_error("no user to run PostgreSQL as");
}

std::string program(const std::string& name) {
  std::vector<fs::path> found;
  std::error_code none;
  for (const auto& each : fs::directory_iterator("/usr/lib/postgresql", none))
    if (fs::exists(each.path() / "bin" / name)) found.push_back(each.path() / "bin" / name);
  if (found.empty()) throw std::runtime_error("PostgreSQL is not installed: postgresql-15");
  return *std::ranges::max_element(found);
}

void end(int& process, int signal) {
  kill(process, signal);
  waitpid(process, nullptr, 0);
  process = 0;
}

int run(const std::vector<std::string>& words, const std::string& log) {
  const passwd* user = unprivileged();
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t child = fork();
  if (child != 0) return child;
  if (user != nullptr &&
      (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0))
    _exit(126);
  // A test binary that dies takes its server with it.
  prctl(PR_SET_PDEATHSIG, SIGQUIT);
  const int file = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (file < 0) _exit(126);
  dup2(file, STDOUT_FILENO);
  dup2(file, STDERR_FILENO);
  execv(arguments[0], arguments.data());
  _exit(127);
}

bool answers(const std::string& url) { return PQping(url.c_str()) == PQPING_OK; }

// Each text in a transaction of its own: dropping a schema takes a lock for everything in it.
void execute(const std::string& url, const std::vector<std::string>& all) {
  PGconn* connection = PQconnectdb(url.c_str());
  PQsetNoticeProcessor(connection, [](void*, const char*) {}, nullptr);
  std::string why;
  for (const std::string& sql : all) {
    PGresult* result = PQexec(connection, sql.c_str());
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
      why += sql + ": " + PQerrorMessage(connection);
    PQclear(result);
  }
  PQfinish(connection);
  if (!why.empty()) throw std::runtime_error("PostgreSQL does not take " + why);
}

// Those with a connection: a world that several test cases share keeps its schema.
std::set<std::string> schemas_in_use(const std::string& url) {
  std::set<std::string> used;
  PGconn* connection = PQconnectdb(url.c_str());
  PGresult* result = PQexec(connection, "SELECT application_name FROM pg_stat_activity");
  for (int row = 0; row < PQntuples(result); ++row) {
    const std::string name = PQgetvalue(result, row, 0);
    used.insert(name.substr(name.find(' ') + 1));
  }
  PQclear(result);
  PQfinish(connection);
  return used;
}

struct Run {
  std::unique_ptr<PostgresServer> server;
  std::mutex mutex;
  struct Made {
    std::string schema;
    bool is_standard = false;  // has the program's own tables
  };
  std::map<std::string, Made> schemas;  // by path; what the test cases so far have made
  std::vector<std::string> emptied;     // have the program's own tables, and no rows
  int count = 0;
};
Run& this_run() {
  static Run run;
  return run;
}

// Making the tables takes many times as long as taking away the few rows of a test.
std::string emptying(const std::string& schema) {
  return "DO $$ DECLARE each record; BEGIN "
         "SET LOCAL session_replication_role = replica; "
         "FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = '" +
         schema + "' AND tablename <> 'schema_migration' LOOP EXECUTE 'DELETE FROM " + schema +
         ".' || each.tablename; END LOOP; "
         "FOR each IN SELECT sequencename FROM pg_sequences WHERE schemaname = '" +
         schema + "' AND last_value IS NOT NULL LOOP EXECUTE 'ALTER SEQUENCE " + schema +
         ".' || each.sequencename || ' RESTART'; END LOOP; END $$";
}

// Takes away what a test case has made.
struct Sweeper : doctest::IReporter {
  explicit Sweeper(const doctest::ContextOptions& /*options*/) {}
  void test_case_end(const doctest::CurrentTestCaseStats& /*stats*/) override {
    Run& run = this_run();
    const std::scoped_lock lock(run.mutex);
    if (run.server == nullptr || run.schemas.empty()) return;
    const std::set<std::string> used = schemas_in_use(run.server->url());
    std::vector<std::string> sweeps;
    for (const auto& [path, made] : run.schemas) {
      if (used.contains(made.schema)) continue;
      sweeps.push_back(made.is_standard ? emptying(made.schema)
                                        : "DROP SCHEMA IF EXISTS " + made.schema + " CASCADE");
      if (made.is_standard) run.emptied.push_back(made.schema);
    }
    execute(run.server->url(), sweeps);
    std::erase_if(run.schemas,
                  [&](const auto& each) { return !used.contains(each.second.schema); });
  }
  void report_query(const doctest::QueryData& /*query*/) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats& /*stats*/) override {}
  void test_case_start(const doctest::TestCaseData& /*data*/) override {}
  void test_case_reenter(const doctest::TestCaseData& /*data*/) override {}
  void test_case_exception(const doctest::TestCaseException& /*failure*/) override {}
  void subcase_start(const doctest::SubcaseSignature& /*subcase*/) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData& /*data*/) override {}
  void log_message(const doctest::MessageData& /*data*/) override {}
  void test_case_skipped(const doctest::TestCaseData& /*data*/) override {}
};
REGISTER_LISTENER("sweeper", 1, Sweeper);

}  // namespace

bool is_on_postgres() { return this_run().server != nullptr; }

PostgresServer& postgres() { return *this_run().server; }

void begin_engine(const std::string& name) {
  if (name == "postgresql")
    this_run().server = std::make_unique<PostgresServer>();
  else if (!name.empty() && name != "sqlite")
    throw std::runtime_error("--engine is sqlite or postgresql");
}

void end_engine() { this_run().server.reset(); }

db::Options on_engine(db::Options options) {
  if (!is_on_postgres()) return options;
  Run& run = this_run();
  const std::scoped_lock lock(run.mutex);
  const std::string key =
      options.path == ":memory:" ? "memory " + std::to_string(run.count) : options.path;
  auto [found, is_new] = run.schemas.try_emplace(key);
  Run::Made& made = found->second;
  if (is_new) {
    ++run.count;
    made.is_standard = options.migrations.empty();
    if (made.is_standard && !run.emptied.empty()) {
      made.schema = run.emptied.back();
      run.emptied.pop_back();
    } else {
      made.schema = "test_" + std::to_string(run.count);
    }
  }
  options.url = run.server->url();
  options.schema = made.schema;
  return options;
}

void tamper(const std::string& path, const std::string& sql) {
  if (is_on_postgres()) {
    const std::string schema = on_engine({.path = path}).schema;  // It is there already.
    // Bytes are written otherwise than in SQLite.
    std::string portable = sql;
    for (const auto& [from, to] : {std::pair("zeroblob(65)", "decode(repeat('00', 65), 'hex')"),
                                   std::pair("x'01'", "decode('01', 'hex')")})
      if (const std::size_t at = portable.find(from); at != std::string::npos)
        portable.replace(at, std::string_view(from).size(), to);
    execute(postgres().url(), {"SET search_path = " + schema +
                               "; SET session_replication_role = replica; " + portable});
    return;
  }
  sqlite3* handle = nullptr;
  std::string all;
  for (const char* table : {"entry", "leaf", "head", "crown", "tick"})
    for (const char* verb : {"update", "delete"})
      all += std::string("DROP TRIGGER IF EXISTS ledger_") + table + "_no_" + verb + ";";
  const bool done =
      sqlite3_open(path.c_str(), &handle) == SQLITE_OK &&
      sqlite3_exec(handle, (all + sql).c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  sqlite3_close(handle);
  if (!done) throw std::runtime_error("SQLite does not take: " + sql);
}

PostgresServer::PostgresServer() {
  std::string name = "/tmp/langnghe-pg-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = name;
  if (const passwd* user = unprivileged();
      user != nullptr && chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0)
    throw std::runtime_error("the folder cannot be given to another user");
  const pid_t child = run({program("initdb"), "-D", folder_ + "/data", "-U", "test", "-A", "trust",
                           "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"},
                          folder_ + "/log");
  int status = 0;
  if (waitpid(child, &status, 0) != child || status != 0)
    throw std::runtime_error("initdb failed: " + folder_ + "/log");
  start();
}

PostgresServer::~PostgresServer() {
  stop();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string PostgresServer::url() const {
  std::string socket;
  for (const char c : folder_) socket += c == '/' ? std::string("%2F") : std::string(1, c);
  return "postgresql://test@" + socket + "/postgres";
}

void PostgresServer::end_connections() {
  execute(url(), {"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                  "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"});
}

void PostgresServer::configure(std::vector<std::string> settings) {
  // In order, because cities of tests do not wait for the disk (`synchronous_commit`): what stop()
  // would tear away here is theirs, and how much depends on the moment.
  end(process_, SIGINT);
  settings_ = std::move(settings);
  start();
}

void PostgresServer::start() {
  std::vector<std::string> words = {program("postgres"), "-D", folder_ + "/data"};
  const auto set = [&](const std::string& setting) { words.insert(words.end(), {"-c", setting}); };
  for (const char* setting :
       {"listen_addresses=", "fsync=off", "full_page_writes=off", "autovacuum=off",
        "max_connections=200", "shared_buffers=64MB", "wal_level=minimal", "max_wal_senders=0"})
    set(setting);
  set("unix_socket_directories=" + folder_);
  for (const std::string& setting : settings_) set(setting);
  process_ = run(words, folder_ + "/log");
  for (int tries = 0; !answers(url()); ++tries) {
    if (tries > 1000 || waitpid(process_, nullptr, WNOHANG) != 0)
      throw std::runtime_error("PostgreSQL does not start: " + folder_ + "/log");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

void PostgresServer::signal_all(int signal) const {
  // Parents first when they stop: then they have no more children.
  if (signal == SIGSTOP) kill(process_, signal);
  const std::string process = std::to_string(process_);
  std::ifstream children("/proc/" + process + "/task/" + process + "/children");
  for (int child = 0; children >> child;) kill(child, signal);
  if (signal != SIGSTOP) kill(process_, signal);
}

void PostgresServer::freeze() {
  signal_all(SIGSTOP);
  is_frozen_ = true;
}

void PostgresServer::thaw() {
  signal_all(SIGCONT);
  is_frozen_ = false;
}

void PostgresServer::stop() {
  if (process_ == 0) return;
  if (is_frozen_) thaw();
  end(process_, SIGQUIT);
}

}  // namespace ln::test
