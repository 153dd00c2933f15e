// A mail server of the test's own on this machine (test/mail_server.py).
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "test/folder.h"

namespace ln::test {

class MailServer {
 public:
  MailServer();  // Returns when it listens.
  ~MailServer();
  MailServer(const MailServer&) = delete;
  MailServer& operator=(const MailServer&) = delete;

  std::string url() const { return "smtp://127.0.0.1:" + port_; }
  // What it took, oldest first: whole letters, their reader in the header X-To.
  std::vector<std::string> letters() const;

 private:
  Folder folder_;
  pid_t child_ = 0;
  int input_ = -1;  // it ends when this closes
  std::string port_;
};

// The body of a letter whose body is in base64.
std::string letter_body(const std::string& letter);
// The header of this name with its encoded words in plain text; empty when there is none.
std::string letter_header(const std::string& letter, const std::string& name);

}  // namespace ln::test
