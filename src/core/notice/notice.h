// Notices: what the system has to tell somebody.
//
// A notice is queued in the transaction of what happened (notice_store.h) and never sent from
// there. It shows at once: to a citizen on the page of their case, to staff in their list. Those
// with an address also wait in the outbox until a mailer takes them (notice_jobs.h), by e-mail or
// as a short message to a phone. Nobody is woken: from nine in the evening to seven nothing leaves
// but what answers somebody who wrote just now.
//
// A notice says that something happened, never what somebody wrote: it leaves the house by mail,
// and lies in other people's inboxes.
#pragma once

#include <array>
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

enum class Way : std::uint8_t { mail, message };
std::string_view to_text(Way way);
std::optional<Way> way_of(std::string_view word);

// Where somebody can be reached.
struct Destination {
  Way way = Way::mail;
  std::string address;  // "name@host.example", or "+84912345678"
  friend bool operator==(const Destination&, const Destination&) = default;
};

// How often a reader wants to be told of a subject.
enum class Pace : std::uint8_t { each, daily, none };
inline constexpr std::array all_paces = {Pace::each, Pace::daily, Pace::none};
std::string_view to_text(Pace pace);
std::optional<Pace> pace_of(std::string_view word);

// When a notice of `now` may leave: at once by day, else at seven; `daily`: with the next digest,
// at half past seven. Vietnam's time.
Instant leaves_at(Instant now, Pace pace);

// What a member of the staff is told about: their own work.
inline constexpr std::string_view staff_subject = "people_account";

// In the link by which a reader chooses. Who has it can change that, and nothing else.
using ReaderKey = std::array<std::uint8_t, 16>;

// Whom to tell. A citizen who gave no contact, or whose identity is sealed, has no address: they
// read it on the page of their case.
struct Recipient {
  std::optional<std::int64_t> account_id;  // of the staff; null for a citizen
  std::string address;                     // empty: on the page alone
  Way way = Way::mail;

  static Recipient citizen(std::string_view address = "", Way way = Way::mail) {
    return {std::nullopt, std::string(address), way};
  }
  static Recipient staff(std::int64_t account_id, std::string_view address = "") {
    return {account_id, std::string(address), Way::mail};
  }
};

// Values for the holes of the sentence: codes, dates, names of units. "path" is the page to look
// at, without a language.
using Values = std::vector<std::pair<std::string, std::string>>;

struct Draft {
  std::string_view kind;  // the word of what happened, as in the ledger: "feedback.answered"
  Recipient to;
  Subject about;
  TextKey text;
  Values values = {};
  std::string_view language = "vi";  // in which it is sent
  bool is_reply = false;             // to what its reader did just now: leaves at any hour
  // A way in for its reader alone, in place of "path", without a language: forgotten together with
  // the address. What has one was asked for just now: it leaves whatever its reader chose before.
  std::string link = {};
};

struct Notice {
  NoticeId id = {};
  std::string kind = {};
  std::optional<std::int64_t> account_id = {};  // null: to a citizen
  std::string subject_kind = {};
  std::int64_t subject_id = 0;
  TextKey text = {};  // none when no release knows the sentence any more
  Values values = {};
  std::string language = {};
  Instant created_at = {};
  std::optional<Instant> sent_at = {};
  std::optional<Instant> seen_at = {};
};

// One that a mailer should send now.
struct Outgoing {
  Notice notice = {};
  std::string address = {};
  Way way = Way::mail;
  std::int64_t attempts = 0;
  std::string link = {};
};

// How long to wait after the `attempts`-th failure (from 1): a minute, doubled each time, at most
// six hours; null when it is time to give up, after about two days.
std::optional<std::chrono::milliseconds> wait_after(std::int64_t attempts);

}  // namespace ln::notice
