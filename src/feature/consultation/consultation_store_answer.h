// Rows of points, of who put which comment under which, of answers, objections and decisions. No
// rules.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/consultation/consultation_answer.h"
#include "feature/consultation/consultation_store.h"
#include "platform/db/db.h"

namespace ln::consultation {

IssueId insert(db::Write& write, const Issue& issue);
// Writes what may change, when the row still has the revision it was read with; false otherwise.
bool save(db::Write& write, const Issue& issue);
std::optional<Issue> find_issue(db::Read& read, IssueId id);
// In the order of their ids.
std::vector<Issue> issues_of(db::Read& read, ConsultationId id);
// An objection opens it again; the answer stays readable.
void reopen(db::Write& write, IssueId id);
// Brings every point, and where it was taken up, to where its clause stands in the next version.
void move_issues(db::Write& write, ConsultationId id, const std::vector<draft::Match>& matches);

struct Placement {
  CommentId comment{};
  IssueId issue{};
  bool is_suggested = false;
  std::int64_t placed_by = 0;
  Instant placed_at{};
};
void place(db::Write& write, const Placement& placement);
// The point a comment stands under now.
std::optional<IssueId> issue_of(db::Read& read, CommentId id);
// How it came there, the first time first.
std::vector<Placement> placements_of(db::Read& read, CommentId id);

// Comments under no point that have words, oldest first, after the comment `after`.
std::vector<Comment> unplaced(db::Read& read,
                              ConsultationId id,
                              std::int64_t after,
                              std::int64_t limit);
std::int64_t unplaced_count(db::Read& read, ConsultationId id);
// What grouping them needs, the oldest first.
struct Loose {
  CommentId id{};
  std::string clause{}, body{};
};
std::vector<Loose> loose_comments(db::Read& read, ConsultationId id, std::int64_t limit);
// Under one point, oldest first, after the comment `after`; withdrawn ones too.
std::vector<Comment> comments_under(db::Read& read,
                                    const Issue& issue,
                                    std::int64_t after,
                                    std::int64_t limit);
// The codes of all comments under a point, in their order.
std::vector<std::string> codes_under(db::Read& read, const Issue& issue);

// How many stand behind a point: those that are not withdrawn, and who supported them.
struct Behind {
  std::int64_t comments = 0, supports = 0;
  std::int64_t imported = 0;
  std::vector<std::string> bodies{};  // that were invited, by name
  // Of those that came by this site.
  std::array<std::int64_t, all_strengths.size()> by_strength{};
};
std::map<std::int64_t, Behind> behind_of(db::Read& read, ConsultationId id);

void insert(db::Write& write, const Objection& objection);
void save_reply(db::Write& write, const Objection& objection);
std::optional<Objection> find_objection(db::Read& read, CommentId id);
// The oldest first.
std::vector<Objection> objections_of(db::Read& read, ConsultationId id);

void insert(db::Write& write, const Decision& decision);
// Of a comment that is withdrawn: its words go, and it waits for nobody any more.
void withdraw_objection(db::Write& write, CommentId id);
std::optional<Decision> find_decision(db::Read& read, ConsultationId id);

}  // namespace ln::consultation
