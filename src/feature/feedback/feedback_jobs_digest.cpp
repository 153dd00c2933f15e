#include "feature/feedback/feedback_jobs_digest.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/notice/notice_store.h"
#include "core/people/people_store.h"
#include "feature/feedback/feedback_actions_absence.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_store_lists.h"

namespace ln::feedback {
namespace {

constexpr std::chrono::hours morning{7}, noon{12};

bool works_on_cases(people::Role role) {
  return role == people::Role::clerk || role == people::Role::triage ||
         role == people::Role::handler || role == people::Role::head;
}

// The subtrees somebody works in, none below another, and all their own places.
struct Places {
  std::vector<std::string> tops;
  std::string own;
};
Places work_places(const std::vector<people::Grant>& grants) {
  std::vector<std::string> paths;
  for (const people::Grant& grant : grants)
    if (works_on_cases(grant.role)) paths.push_back(grant.unit_path);
  std::ranges::sort(paths);
  Places places;
  for (const std::string& path : paths) {
    if (places.tops.empty() || !units::is_within(path, places.tops.back()))
      places.tops.push_back(path);
    places.own += "," + path + ",";
  }
  return places;
}

struct Work {
  std::int64_t open = 0, overdue = 0, soon = 0;
};
Work work_of(db::Read& read, people::AccountId account, Instant now) {
  const Places places = work_places(people::grants(read, account));
  const Instant soon_until =
      calendar::due(now, {calendar::Measure::working_days, soon_days}, {}, *holidays()).at;
  Work work;
  for (const std::string& top : places.tops) {
    const QueueCounts counts =
        queue_counts(read, {.top = top, .own = places.own, .now = now, .soon_until = soon_until});
    work.open += counts.of_tab.at(static_cast<std::size_t>(Tab::open));
    work.overdue += counts.of_tab.at(static_cast<std::size_t>(Tab::overdue));
    work.soon += counts.of_tab.at(static_cast<std::size_t>(Tab::soon));
  }
  return work;
}

struct Letter {
  people::AccountId to{};
  std::string address{}, language{};
};
// To whoever wants it; while they are away to their substitute: on the list of notices alone, for
// only who asked for letters gets any. Nothing, when that one has a letter of their own or is away
// too.
std::optional<Letter> letter_for(db::Read& read,
                                 const notice::Reader& reader,
                                 const people::Account& account,
                                 Day today) {
  const auto absence = absence_on(read, account.id, today);
  if (!absence) return Letter{account.id, reader.address, account.language};
  const auto other = people::find_account(read, absence->substitute);
  if (!other || other->disabled_at || absence_on(read, other->id, today)) return std::nullopt;
  const auto theirs = notice::reader_of(read, {notice::staff_subject, other->id.value});
  if (theirs && theirs->pace == notice::Pace::daily && !theirs->address.empty())
    return std::nullopt;
  return Letter{other->id, {}, other->language};
}

}  // namespace

std::int64_t queue_digests(db::Database& database, Instant now) {
  const Day today = local_day(now);
  const Instant begin = at_local(today, morning), end = at_local(today, noon);
  if (now < begin || now >= end || !holidays()->is_working_day(today)) return 0;
  const auto wanted = [&](db::Read& read) {
    return notice::digest_readers(read, notice::staff_subject, today);
  };
  if (database.read([&](db::Read& read) { return wanted(read).empty(); })) return 0;
  const auto done = database.write([&](db::Write& write) -> Result<std::int64_t> {
    std::int64_t count = 0;
    for (const notice::Reader& reader : wanted(write)) {
      const people::AccountId id{reader.subject_id};
      notice::mark_told(write, {notice::staff_subject, id.value}, today);
      const auto account = people::find_account(write, id);
      if (!account || account->disabled_at) continue;
      // Who is away is not written to; who stands in is told of their own places, never of others.
      const std::optional<Letter> letter = letter_for(write, reader, *account, today);
      if (!letter) continue;
      const Work work = work_of(write, letter->to, now);
      if (work.open == 0) continue;
      notice::queue(write,
                    {.kind = "feedback.digest",
                     .to = notice::Recipient::staff(letter->to.value, letter->address),
                     .about = {notice::staff_subject, letter->to.value},
                     .text = "feedback.notice.digest"_t,
                     .values = {{"open", std::to_string(work.open)},
                                {"overdue", std::to_string(work.overdue)},
                                {"soon", std::to_string(work.soon)},
                                {"path", "/staff"}},
                     .language = letter->language,
                     .is_reply = true},
                    now);
      ++count;
    }
    return count;
  });
  return done.ok() ? done.value() : 0;
}

}  // namespace ln::feedback
