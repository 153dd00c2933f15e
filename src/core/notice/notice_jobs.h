// The mailer: takes what waits in the outbox and hands it on, by e-mail or to the gateway for short
// messages.
//
// Each notice is handed on at least once. It is taken in hand for ten minutes in one transaction
// and marked sent in another: of two nodes one has it, and what a crash between the two leaves is
// sent again afterwards. What fails waits longer each time and is given up after two days.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>

#include "base/random.h"
#include "core/notice/notice_hook.h"
#include "core/notice/notice_letter.h"
#include "platform/db/db.h"
#include "platform/mail/mail_carrier.h"

namespace ln::notice {

// Whoever has no server waits in the outbox, for a week.
struct Ways {
  std::optional<mail::MailServer> server = {};
  std::optional<Hook> hook = {};
  Sender sender = {};
  bool is_any() const { return server || hook; }
};

struct Round {
  std::int64_t sent = 0, failed = 0;  // notices
  std::set<std::string> failures;     // in words, without any address
};

// For one thread.
class Mailer {
 public:
  explicit Mailer(Ways ways);
  // Takes at most fifty notices and hands them on. Ends early when `stop` says so; what is left is
  // due again after ten minutes.
  Round round(db::Database& database,
              Random& random,
              Instant now,
              const std::stop_token& stop = {});

 private:
  mail::Delivery deliver(const Parcel& parcel, Instant now, const std::stop_token& stop);

  Ways ways_;
  std::unique_ptr<mail::Carrier> carrier_;
};

// Forgets the addresses of what has waited for a week.
void forget_stale(db::Database& database, Instant now);

}  // namespace ln::notice
