// Bodies that are asked for their view by name: other offices, the Fatherland Front, associations
// (Law 64/2025/QH15 and Decree 78/2025/NĐ-CP ask the drafting office to). Each has a day of its
// own, a letter with code and secret, and replies without an account. What is late is taken all the
// same and everybody reads that it was late.
//
// Types and rules; nothing here reads a database, a clock or a socket.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "feature/consultation/consultation_source.h"

namespace ln::consultation {

inline constexpr std::int64_t invitations_max = 500;                // of one consultation
inline constexpr int invited_days_min = 3, invited_days_max = 180;  // from the invitation on
inline constexpr std::int64_t replies_max = 500;                    // comments of one body

inline constexpr std::int64_t files_size_max = 100 * 1024 * 1024;  // of all replies of one body

// What a body is asked for. Social criticism (phản biện xã hội) is a right of the Fatherland Front
// and of the organisations of its members (Constitution 2013, art. 9; Law 75/2015/QH13, arts
// 32–36), and no view among others: it has a section of its own in the synthesis table, and "noted"
// is no answer to it. The words of SQL and text keys.
enum class InvitedFor : std::uint8_t { view, social_criticism };
inline constexpr std::array all_invited_for = {InvitedFor::view, InvitedFor::social_criticism};
std::string_view to_text(InvitedFor);
TextKey key_of(InvitedFor);

// The body's name and the day of the invitation stand in `source`.
struct Invitation {
  Source source{};
  std::optional<Code> code{};
  std::string citizen_key{};  // 32 bytes
  Day due_on{};
  InvitedFor kind = InvitedFor::view;
  std::optional<Instant> replied_at{};  // of the first reply that was not withdrawn
  std::int64_t revision = 1;
  std::optional<Instant> withdrawn_at{};  // the office took the invitation back …
  std::string withdrawn_reason{};         // … and why, for everybody
};

// How a body stands on `today`.
enum class Punctuality : std::uint8_t {
  waits,    // it has time left
  overdue,  // its day is over and it said nothing
  in_time,
  late,       // it replied after its day
  withdrawn,  // the invitation was taken back: it has no day any more
};
// After the decision `today` is the day of the decision: nobody can reply any more.
Punctuality punctuality_of(const Invitation& invitation, Day today);
// Days after the due day: of the first reply, or so far; 0 when it is not late.
int days_late(const Invitation& invitation, Day today);

// Refuses (invalid), beside "name" and "due_on": a name that is too short or too long, a day that
// is less than invited_days_min after `today` or over invited_days_max away. Tidies the name.
struct InvitedTyped {
  std::string name{};
  std::optional<Day> due_on{};
  InvitedFor kind = InvitedFor::view;
};
Result<InvitedTyped> check_invited(const InvitedTyped& typed, Day today);

// Why an invitation is taken back, tidied. Refuses (invalid) beside "reason".
inline constexpr std::size_t withdrawal_chars_min = 10, withdrawal_chars_max = 500;
Result<std::string> check_withdrawal(const std::string& reason);

// What the ledger fixes of an invitation.
std::string invitation_statement(const Invitation& invitation);

}  // namespace ln::consultation
