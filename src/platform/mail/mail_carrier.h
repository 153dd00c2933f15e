// Hands letters to a mail server (SMTP, RFC 5321). Bounded in time; what it says for the log names
// no address, neither ours nor the reader's.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "platform/mail/mail.h"

namespace ln::mail {

struct MailServer {
  // "smtp://host:587" or "smtps://host:465". The first goes over to TLS before anything is said
  // (STARTTLS); only a server on this machine may do without.
  std::string url;
  std::string user = {}, password = {};  // empty: it takes our letters without
};
// Whether it is one of the two, with a host, and no user, path or space in it.
bool is_server_url(std::string_view url);

struct Delivery {
  bool is_taken = false;
  // The server will never take this letter (RFC 5321, 4.2.1: a reply of 5xx to its reader); trying
  // again would be of no use.
  bool is_final = false;
  std::string failure = {};  // for the log
};

// Keeps its connection from letter to letter. For one thread.
class Carrier {
 public:
  explicit Carrier(MailServer server);
  ~Carrier();
  Carrier(const Carrier&) = delete;
  Carrier& operator=(const Carrier&) = delete;

  // Waits at most half a minute, and ends early when `stop` says so. Never throws for what others
  // do.
  Delivery send(const Letter& letter, Instant now, const std::stop_token& stop = {});
  // Whether the server answers, and takes our name and password; the failure is for people who run
  // the city.
  Delivery look(const std::stop_token& stop = {});

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace ln::mail
