#include "platform/file/sandbox.h"

#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "platform/file/file.h"

#if defined(__has_feature)
#define LN_HAS_FEATURE(name) __has_feature(name)
#else
#define LN_HAS_FEATURE(name) 0
#endif

namespace ln::file {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || \
    LN_HAS_FEATURE(address_sanitizer) || LN_HAS_FEATURE(thread_sanitizer)
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = false;
#endif

void limit(__rlimit_resource_t what, rlim_t most) {
  const rlimit both{most, most};
  if (::setrlimit(what, &both) != 0) throw Failure("a limit of the sandbox was refused");
}

void set_limits() {
  limit(RLIMIT_CPU, 10);
  if (!is_sanitized) limit(RLIMIT_AS, rlim_t{512} << 20U);
  limit(RLIMIT_NOFILE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NPROC, 0);
  limit(RLIMIT_CORE, 0);  // A dump would put somebody's picture on the disk.
  // The cage must not outlive the server, and nobody may look into it.
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::prctl(PR_SET_DUMPABLE, 0) != 0)
    throw Failure("the sandbox could not be closed");
}

class Filter {
 public:
  Filter() : filter_(seccomp_init(SCMP_ACT_KILL_PROCESS), &seccomp_release) {
    if (filter_ == nullptr) throw Failure("seccomp is not to be had");
  }
  template <class... Conditions>
  void allow(int call, Conditions... conditions) {
    add(SCMP_ACT_ALLOW, call, conditions...);
  }
  void refuse(int call) { add(SCMP_ACT_ERRNO(EACCES), call); }
  void load() {
    if (seccomp_load(filter_.get()) != 0) throw Failure("seccomp is not to be had");
  }

 private:
  template <class... Conditions>
  void add(std::uint32_t action, int call, Conditions... conditions) {
    if (seccomp_rule_add(filter_.get(), action, call, sizeof...(conditions), conditions...) != 0)
      throw Failure("a rule of the sandbox was refused");
  }
  std::unique_ptr<void, decltype(&seccomp_release)> filter_;
};

scmp_arg_cmp argument(unsigned index, scmp_compare how, std::uint64_t a, std::uint64_t b = 0) {
  return {index, how, a, b};
}

void set_filter() {
  Filter filter;
  filter.allow(SCMP_SYS(write), argument(0, SCMP_CMP_EQ, 1));
  filter.allow(SCMP_SYS(write), argument(0, SCMP_CMP_EQ, 2));
  filter.allow(SCMP_SYS(exit));
  filter.allow(SCMP_SYS(exit_group));
  filter.allow(SCMP_SYS(brk));
  filter.allow(SCMP_SYS(munmap));
  filter.allow(SCMP_SYS(mremap));
  filter.allow(SCMP_SYS(madvise));
  // Memory that can be run is never made.
  filter.allow(SCMP_SYS(mmap), argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  filter.allow(SCMP_SYS(mprotect), argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  filter.allow(SCMP_SYS(futex));
  filter.allow(SCMP_SYS(rt_sigreturn));
  filter.allow(SCMP_SYS(clock_gettime));
  filter.refuse(SCMP_SYS(open));
  filter.refuse(SCMP_SYS(openat));
  if (is_sanitized) {
    filter.allow(SCMP_SYS(getpid));
    filter.allow(SCMP_SYS(gettid));
    filter.allow(SCMP_SYS(sched_yield));
    filter.allow(SCMP_SYS(sigaltstack));
    filter.allow(SCMP_SYS(rt_sigaction));
    filter.allow(SCMP_SYS(rt_sigprocmask));
  }
  filter.load();
}

}  // namespace

void enter_sandbox() {
  set_limits();
  set_filter();
}

}  // namespace ln::file
