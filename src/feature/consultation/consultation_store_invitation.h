// Rows of invitations. No rules.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "feature/consultation/consultation_answer.h"
#include "feature/consultation/consultation_invitation.h"
#include "platform/db/db.h"

namespace ln::consultation {

// Its source is inserted before.
void insert(db::Write& write, const Invitation& invitation);
// Writes the key and when it was first replied to, when the row still has the revision it was read
// with; false otherwise.
bool save(db::Write& write, const Invitation& invitation);
// That it was taken back, when, by whom and why; false as save() says.
bool save_withdrawal(db::Write& write, const Invitation& invitation, std::int64_t by);
// After a reply was withdrawn: the first one that is left, or none.
void count_reply_again(db::Write& write, SourceId id);
std::optional<Invitation> find_invitation(db::Read& read, const Code& code);
std::optional<Invitation> find_invitation(db::Read& read, SourceId id);
// Of one consultation, in the order in which they were invited, with how many comments each sent
// that were not withdrawn.
struct CountedInvitation {
  Invitation invitation{};
  std::int64_t comments = 0;
};
std::vector<CountedInvitation> invitations_of(db::Read& read, ConsultationId id);

// Points under which social criticism stands.
std::set<std::int64_t> criticised_issues(db::Read& read, ConsultationId id);
// Those who were invited and stand behind a point, by what they were asked for.
struct BodyBehind {
  IssueId issue{};
  std::string name{};
  bool criticises = false;  // it was asked for social criticism
  std::int64_t comments = 0, supports = 0;
};
std::vector<BodyBehind> bodies_behind(db::Read& read, ConsultationId id);  // by point and name

}  // namespace ln::consultation
