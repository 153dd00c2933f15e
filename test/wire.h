// A client for tests of a running server that speaks bytes, so that it can speak them wrongly.
#pragma once

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace ln::test {

// One connection to a port of this machine.
class Wire {
 public:
  explicit Wire(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
  }
  ~Wire() { ::close(socket_); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  // False when the server takes no more; what it said is still to be read.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  // Everything up to and including `end`; what came, when the server closes first.
  std::string until(std::string_view end) {
    for (;;) {
      const std::size_t at = waiting_.find(end);
      if (at != std::string::npos) return take(at + end.size());
      if (!more()) return take(waiting_.size());
    }
  }
  // One whole answer: head, and body by its Content-Length.
  std::string answer(bool has_body = true) {
    std::string head = until("\r\n\r\n");
    const std::size_t at = head.find("Content-Length: ");
    if (at == std::string::npos || !has_body) return head;
    const std::size_t size = std::stoul(head.substr(at + 16));
    while (waiting_.size() < size && more()) {
    }
    return head + take(std::min(size, waiting_.size()));
  }
  // Whether the server has said something that was not read yet, or closed.
  bool has_answer() const {
    pollfd ready{socket_, POLLIN, 0};
    return !waiting_.empty() || ::poll(&ready, 1, 0) == 1;
  }
  std::string rest() {
    while (more()) {
    }
    return take(waiting_.size());
  }
  std::string ask(std::string_view bytes) {
    send(bytes);
    return answer();
  }

 private:
  std::string take(std::size_t size) {
    std::string taken = waiting_.substr(0, size);
    waiting_.erase(0, size);
    return taken;
  }
  // False when the server has closed. A server that says nothing for ten seconds fails the test.
  bool more() {
    pollfd ready{socket_, POLLIN, 0};
    REQUIRE(::poll(&ready, 1, 10'000) == 1);
    std::array<char, 65'536> bytes;
    const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (count <= 0) return false;
    waiting_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
  }
  int socket_;
  std::string waiting_;
};

// A form sent with a Content-Length; `lines` are more lines of the head.
inline std::string post(const std::string& path,
                        const std::string& body,
                        const std::string& lines = "") {
  return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + lines +
         "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

inline bool says(std::string_view text, std::string_view words) {
  return text.find(words) != text.npos;
}
inline int status_in(std::string_view answer) {
  return answer.size() < 12 ? 0 : std::stoi(std::string(answer.substr(9, 3)));
}
inline std::string body_of(const std::string& answer) {
  return answer.substr(answer.find("\r\n\r\n") + 4);
}
inline std::string header_in(const std::string& answer, const std::string& name) {
  const std::size_t at = answer.find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  const std::size_t from = at + name.size() + 4;
  return answer.substr(from, answer.find("\r\n", from) - from);
}

}  // namespace ln::test
