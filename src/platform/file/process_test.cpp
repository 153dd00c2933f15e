#include "platform/file/process.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <functional>

#include "platform/file/sandbox.h"

using namespace ln;
using namespace std::chrono_literals;
using End = file::ProcessOutcome::End;

namespace {

file::ProcessOutcome run(const std::vector<std::string>& words,
                         const char* input = "/dev/null",
                         file::ProcessLimits limits = {.output_max = 1000, .wall_max = 20s}) {
  return file::run_process(words, file::Descriptor(::open(input, O_RDONLY | O_CLOEXEC)), limits);
}

// What the kernel says of a process that enters the sandbox and then does `deed`: "exit 3", …
std::string end_in_sandbox(const std::function<int()>& deed) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    try {
      file::enter_sandbox();
    } catch (const file::Failure&) {
      ::_exit(99);
    }
    ::_exit(deed());
  }
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status)) return "exit " + std::to_string(WEXITSTATUS(status));
  return WTERMSIG(status) == SIGSYS ? "killed" : "signal " + std::to_string(WTERMSIG(status));
}

}  // namespace

TEST_CASE("a process reads our input, and its output and end come back") {
  const file::TemporaryFolder folder;
  file::write_file_durably(folder / "in", "hello");
  const auto echoed = run({"/bin/cat"}, (folder / "in").c_str());
  CHECK(echoed.end == End::finished);
  CHECK(echoed.output == "hello");

  CHECK(run({"/bin/false"}).exit_code == 1);
  CHECK(run({"/bin/sh", "-c", "kill -9 $$"}).signal == SIGKILL);
  CHECK_THROWS_AS(run({"/bin/no-such-program"}), file::Failure);
}

TEST_CASE("a process that hangs or floods is killed") {
  CHECK(run({"/bin/sleep", "600"}, "/dev/null", {1000, 50ms}).end == End::too_slow);
  CHECK(run({"/usr/bin/yes"}).end == End::too_much_output);
  // Closing its output does not save it from being collected at once.
  CHECK(run({"/bin/sh", "-c", "exec >&-; sleep 600"}).signal == SIGKILL);
}

TEST_CASE("a process inherits no descriptor and no environment") {
  const file::Descriptor leaky(::open("/dev/null", O_RDONLY));  // without O_CLOEXEC
  REQUIRE(leaky.is_open());
  // 3 is the folder that ls itself has open.
  CHECK(run({"/bin/ls", "/proc/self/fd"}).output == "0\n1\n2\n3\n");
  CHECK(run({"/usr/bin/env"}).output.empty());
}

TEST_CASE("in the sandbox one can compute and answer, and nothing else") {
  CHECK(end_in_sandbox([] { return std::string(1'000'000, 'x').size() == 1'000'000 ? 3 : 4; }) ==
        "exit 3");
  CHECK(end_in_sandbox([] { return ::open("/etc/hostname", O_RDONLY) < 0 ? 5 : 6; }) == "exit 5");
  CHECK(end_in_sandbox([] { return ::socket(AF_INET, SOCK_STREAM, 0); }) == "killed");
  CHECK(end_in_sandbox([] { return static_cast<int>(::fork()); }) == "killed");
  CHECK(end_in_sandbox([] { return ::kill(::getppid(), 0); }) == "killed");
  CHECK(end_in_sandbox([] { return ::unlink("/tmp/nothing-of-this-name"); }) == "killed");
  CHECK(end_in_sandbox([] {
          char byte = 0;
          return static_cast<int>(::read(0, &byte, 1));
        }) == "killed");
  CHECK(end_in_sandbox([] { return static_cast<int>(::write(3, "x", 1)); }) == "killed");
}
