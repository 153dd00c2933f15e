#include "test/fault/served.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <thread>

#include "app/city.h"
#include "app/clock.h"
#include "base/text.h"
#include "core/units/units_store.h"
#include "test/world.h"

namespace ln::test {
namespace {

constexpr int patience_ms = 30'000;  // for what must happen; only a failing test waits so long

std::size_t body_size_in(const std::string& head) {
  const std::size_t at = head.find("Content-Length: ");
  return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
}

}  // namespace

Served::Served(Options options) {
  if (options.place.folder.empty()) options.place.folder = options.folder;
  const Place& place = options.place;
  log_path_ = place.folder + ".log";
  std::vector<std::string> words = {
      LN_BINARY "/langnghe", options.command, "--data", place.folder, "--listen",
      "127.0.0.1:0",         "--rate-limit",  "off"};
  if (!place.url.empty()) words.insert(words.end(), {"--db", place.url, "--schema", place.schema});
  words.insert(words.end(), options.more.begin(), options.more.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int log = ::open(log_path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  std::array<int, 2> ends{};
  REQUIRE((log >= 0 && ::pipe2(ends.data(), O_CLOEXEC) == 0));
  pid_ = ::fork();
  REQUIRE(pid_ >= 0);
  if (pid_ == 0) {                       // Nothing here but what is safe between fork and exec.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // A test that dies leaves no server behind.
    ::dup2(ends[1], 1);
    ::dup2(log, 2);
    for (const auto& [resource, soft] : options.limits) {
      rlimit bound{};
      ::getrlimit(static_cast<__rlimit_resource>(resource), &bound);
      bound.rlim_cur = bound.rlim_max = soft;
      ::setrlimit(static_cast<__rlimit_resource>(resource), &bound);
    }
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  ::close(log);
  ::close(ends[1]);
  said_ = ends[0];
}

Served::~Served() {
  kill();
  ::close(said_);
}

bool Served::serves() {
  std::string line;
  while (line.find('\n') == std::string::npos) {
    pollfd ready{said_, POLLIN, 0};
    REQUIRE(::poll(&ready, 1, patience_ms) == 1);
    std::array<char, 256> bytes{};
    const ssize_t count = ::read(said_, bytes.data(), bytes.size());
    if (count <= 0) return false;
    line.append(bytes.data(), static_cast<std::size_t>(count));
  }
  const std::string_view url = std::string_view(line).substr(0, line.find('\n'));
  port_ = static_cast<std::uint16_t>(parse_number(url.substr(url.rfind(':') + 1)).value_or(0));
  return port_ != 0;
}

std::string Served::log() const {
  std::ifstream file(log_path_, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool Served::says(const std::string& words) const {
  for (int waited = 0; waited < patience_ms; waited += 10) {
    if (log().find(words) != std::string::npos) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

void Served::bound(int resource, rlim_t soft) const {
  rlimit bound{};
  const auto which = static_cast<__rlimit_resource>(resource);
  REQUIRE(::prlimit(pid_, which, nullptr, &bound) == 0);
  bound.rlim_cur = std::min(soft, bound.rlim_max);
  REQUIRE(::prlimit(pid_, which, &bound, nullptr) == 0);
}

std::int64_t Served::memory() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/statm");
  std::int64_t all = 0, resident = 0;
  file >> all >> resident;
  return resident * ::sysconf(_SC_PAGESIZE);
}

void Served::kill() {
  if (pid_ == 0) return;
  ::kill(pid_, SIGKILL);
  wait();
}

int Served::stop() {
  ::kill(pid_, SIGTERM);
  return wait();
}

int Served::wait() {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void make_city(const Place& place) {
  SystemRandom random;
  app::City city(
      {.folder = place.folder, .url = place.url, .schema = place.schema, .clock = app::now},
      random);
  write(city.database(), [](db::Write& to) {
    units::insert(to, {.code = "01",
                       .valid_from = Day{std::chrono::days(0)},
                       .name = "Thành phố",
                       .kind = units::Kind::city,
                       .type = "Thành phố"});
  });
}

bool becomes(const std::function<bool()>& is) {
  for (int tries = 0; tries < 3000; ++tries) {
    if (is()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

std::optional<std::string> try_ask(std::uint16_t port, const std::string& bytes) {
  struct Socket {
    int number = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ~Socket() { ::close(number); }
  };
  const Socket socket;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket.number, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0)
    return std::nullopt;
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t count =
        ::send(socket.number, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) break;  // It may have answered all the same.
    sent += static_cast<std::size_t>(count);
  }
  std::string answer;
  for (;;) {
    const std::size_t head = answer.find("\r\n\r\n");
    if (head != std::string::npos && answer.size() >= head + 4 + body_size_in(answer))
      return answer;
    pollfd ready{socket.number, POLLIN, 0};
    if (::poll(&ready, 1, patience_ms) != 1) return std::nullopt;
    std::array<char, 16'384> piece;
    const ssize_t count = ::recv(socket.number, piece.data(), piece.size(), 0);
    if (count <= 0) return std::nullopt;
    answer.append(piece.data(), static_cast<std::size_t>(count));
  }
}

std::string submission(const std::string& key, const std::string& json) {
  return "POST /api/v1/feedback HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
         "Idempotency-Key: " +
         key + "\r\nContent-Length: " + std::to_string(json.size()) + "\r\n\r\n" + json;
}

}  // namespace ln::test
