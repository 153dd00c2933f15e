#include "platform/file/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "base/check.h"

namespace ln::file {
namespace {

void must(int code, const char* what) {
  if (code != 0) throw Failure(std::string(what) + ": " + std::generic_category().message(code));
}

// What the new process starts with.
class Start {
 public:
  Start(const Descriptor& input, const Descriptor& output) {
    must(posix_spawn_file_actions_init(&actions_), "spawn");
    must(posix_spawnattr_init(&attributes_), "spawn");
    // Were one of ours 0, 1 or 2, one dup2 would overwrite what the next one copies.
    CHECK(input.number() > 2 && output.number() > 2);
    must(posix_spawn_file_actions_adddup2(&actions_, input.number(), 0), "spawn");
    must(posix_spawn_file_actions_adddup2(&actions_, output.number(), 1), "spawn");
    must(posix_spawn_file_actions_addopen(&actions_, 2, "/dev/null", O_WRONLY, 0), "spawn");
    must(posix_spawn_file_actions_addclosefrom_np(&actions_, 3), "spawn");
    sigset_t signals;
    sigemptyset(&signals);
    must(posix_spawnattr_setsigmask(&attributes_, &signals), "spawn");
    sigfillset(&signals);
    must(posix_spawnattr_setsigdefault(&attributes_, &signals), "spawn");
    must(posix_spawnattr_setpgroup(&attributes_, 0), "spawn");
    must(posix_spawnattr_setflags(
             &attributes_, static_cast<short>(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                              POSIX_SPAWN_SETPGROUP)),
         "spawn");
  }
  ~Start() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Start(const Start&) = delete;
  Start& operator=(const Start&) = delete;

  pid_t run(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    std::array<char*, 1> environment{nullptr};
    pid_t pid = 0;
    must(posix_spawn(&pid, words.front().c_str(), &actions_, &attributes_, arguments.data(),
                     environment.data()),
         "start of a process");
    return pid;
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

// Readable when the time is over. A timer of the kernel, so that no clock is read here.
Descriptor timer_of(std::chrono::milliseconds wait) {
  Descriptor timer(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
  if (!timer.is_open()) must(errno, "timer");
  itimerspec when{};
  const auto seconds = std::chrono::floor<std::chrono::seconds>(wait);
  when.it_value.tv_sec = seconds.count();
  when.it_value.tv_nsec = std::chrono::nanoseconds(wait - seconds).count();
  if (::timerfd_settime(timer.number(), 0, &when, nullptr) != 0) must(errno, "timer");
  return timer;
}

// Kills the group and collects the process when it goes out of sight, whatever happened.
class Running {
 public:
  explicit Running(pid_t pid) : pid_(pid) {}
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() {
    if (pid_ > 0) end();
  }
  // Its wait status.
  int end() {
    ::kill(-pid_, SIGKILL);
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return status;
  }

 private:
  pid_t pid_;
};

ProcessOutcome::End collect(const Descriptor& from,
                            const ProcessLimits& limits,
                            std::string& output) {
  using End = ProcessOutcome::End;
  const Descriptor timer = timer_of(limits.wall_max);
  std::vector<char> chunk(64UL * 1024);
  for (;;) {
    std::array<pollfd, 2> waiting{{{from.number(), POLLIN, 0}, {timer.number(), POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), -1) < 0) {
      if (errno == EINTR) continue;
      must(errno, "poll");
    }
    if (waiting[1].revents != 0) return End::too_slow;
    if (waiting[0].revents == 0) continue;
    const ssize_t got = ::read(from.number(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return End::finished;
    if (output.size() + static_cast<std::size_t>(got) > limits.output_max)
      return End::too_much_output;
    output.append(chunk.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

ProcessOutcome run_process(const std::vector<std::string>& words,
                           const Descriptor& input,
                           const ProcessLimits& limits) {
  CHECK(!words.empty() && limits.wall_max.count() > 0);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) must(errno, "pipe");
  const Descriptor ours(ends[0]);
  Descriptor theirs(ends[1]);
  Running process(Start(input, theirs).run(words));
  theirs.close();
  ProcessOutcome outcome{};
  outcome.end = collect(ours, limits, outcome.output);
  const int status = process.end();
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  outcome.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  return outcome;
}

}  // namespace ln::file
