// Notices: what the system has to tell somebody.
//
// A notice is queued in the transaction of what happened (notice_store.h) and never sent from
// there. It shows at once: to a citizen on the page of their case, to staff in their list. Those
// with an address also wait in the outbox until a mailer takes them. No mailer is installed yet, so
// nothing here says "sent" of anything that was not.
//
// A notice says that something happened, never what somebody wrote: it leaves the house by mail,
// and lies in other people's inboxes.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/text_key.h"
#include "base/time.h"

namespace ln::notice {

struct NoticeTable;
using NoticeId = Id<NoticeTable>;

// About what: a row of another room. `kind` is the name of its table.
struct Subject {
  std::string_view kind;
  std::int64_t id;
};

// Whom to tell. A citizen who gave no contact, or whose identity is sealed, has no address: they
// read it on the page of their case.
struct Recipient {
  std::optional<std::int64_t> account_id;  // of the staff; null for a citizen
  std::string address;                     // e-mail; empty: on the page alone

  static Recipient citizen(std::string_view address = "") {
    return {std::nullopt, std::string(address)};
  }
  static Recipient staff(std::int64_t account_id, std::string_view address = "") {
    return {account_id, std::string(address)};
  }
};

// Values for the holes of the sentence: codes, dates, names of units.
using Values = std::vector<std::pair<std::string, std::string>>;

struct Draft {
  std::string_view kind;  // the word of what happened, as in the ledger: "feedback.answered"
  Recipient to;
  Subject about;
  TextKey text;
  Values values = {};
  std::string_view language = "vi";  // in which it is sent
};

struct Notice {
  NoticeId id;
  std::string kind;
  std::optional<std::int64_t> account_id;  // null: to a citizen
  std::string subject_kind;
  std::int64_t subject_id = 0;
  TextKey text;  // none when no release knows the sentence any more
  Values values;
  std::string language;
  Instant created_at;
  std::optional<Instant> sent_at;
  std::optional<Instant> seen_at;
};

// One that a mailer should send now.
struct Outgoing {
  Notice notice;
  std::string address;
  std::int64_t attempts = 0;
};

// How long to wait after the `attempts`-th failure (from 1): a minute, doubled each time, at most
// six hours; null when it is time to give up, after about two days.
std::optional<std::chrono::milliseconds> wait_after(std::int64_t attempts);

}  // namespace ln::notice
