#include "test/mail_server.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/text.h"

namespace ln::test {
namespace {

namespace fs = std::filesystem;

std::string whole(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

MailServer::MailServer() {
  int ends[2];
  REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
  const std::string folder = folder_.path.string();
  child_ = fork();
  REQUIRE(child_ >= 0);
  if (child_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(ends[0], STDIN_FILENO);
    execl("/usr/bin/python3", "python3", "test/mail_server.py", folder.c_str(), nullptr);
    _exit(127);
  }
  close(ends[0]);
  input_ = ends[1];
  while (!fs::exists(folder + "/port")) {
    REQUIRE_MESSAGE(waitpid(child_, nullptr, WNOHANG) == 0, "the mail server did not start");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  port_ = whole(folder + "/port");
}

MailServer::~MailServer() {
  close(input_);
  waitpid(child_, nullptr, 0);
}

std::vector<std::string> MailServer::letters() const {
  std::vector<fs::path> paths;
  for (const auto& each : fs::directory_iterator(folder_.path))
    if (each.path().extension() == ".eml") paths.push_back(each.path());
  std::ranges::sort(paths);
  std::vector<std::string> all;
  for (const fs::path& path : paths) all.push_back(whole(path));
  return all;
}

std::string letter_body(const std::string& letter) {
  std::string encoded = letter.substr(letter.find("\r\n\r\n") + 4);
  std::erase_if(encoded, [](char c) { return c == '\r' || c == '\n'; });
  return from_base64(encoded).value_or("(no base64)");
}

std::string letter_header(const std::string& letter, const std::string& name) {
  const std::string head = "\r\n" + letter.substr(0, letter.find("\r\n\r\n")) + "\r\n";
  std::size_t at = head.find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  at += name.size() + 4;
  std::string value = head.substr(at, head.find("\r\n", at) - at);
  for (std::size_t end = head.find("\r\n", at); head[end + 2] == ' ';) {
    const std::size_t next = head.find("\r\n", end + 2);
    value += head.substr(end + 2, next - end - 2);
    end = next;
  }
  std::string plain;
  constexpr std::string_view open = "=?UTF-8?B?";
  for (std::size_t i = 0; i < value.size();) {
    if (value.compare(i, open.size(), open) != 0) {
      plain += value[i++];
      continue;
    }
    const std::size_t end = value.find("?=", i + open.size());
    plain += from_base64(value.substr(i + open.size(), end - i - open.size())).value_or("?");
    i = end + 2;
    // White space between two encoded words is no part of the text (RFC 2047, 6.2).
    if (value.compare(i, open.size() + 1, " " + std::string(open)) == 0) ++i;
  }
  return plain;
}

}  // namespace ln::test
