#include "feature/consultation/consultation_jobs_letter.h"

#include <algorithm>
#include <exception>
#include <functional>
#include <map>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_stop.h"
#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_jobs_letter_parts.h"

namespace ln::consultation {
namespace {

using letters::Entry;
using letters::Intake;
using letters::Stopped;
using letters::StoredTexts;

constexpr std::size_t placed_per_batch = 1'000, points_per_turn = 300;
// Of a letter that is there already, so many stand for it among the new ones.
constexpr std::int64_t anchors_of_each = 100;
constexpr std::chrono::seconds between_words{2};

// Where comments are to go.
struct Proposed {
  IssueId joins{};  // 0: a new point
  Origin origin = Origin::clause;
  std::string clause{}, title{};
  std::vector<CommentId> comments{};
};

// What was found, as points. Letters first, then clause by clause.
class Sorting {
 public:
  Sorting(const Intake& intake,
          const campaigns::Found& found,
          const campaigns::Texts& texts,
          const std::map<std::int64_t, std::string>& letters)
      : intake_(intake), found_(found), texts_(texts), letters_(letters) {}

  std::vector<Proposed> run() {
    const auto texts_of_group = members_of(found_);
    std::vector<std::vector<std::size_t>> of_group(found_.groups.size());
    for (std::size_t i = 0; i < intake_.entries.size(); ++i) {
      const campaigns::Distinct& text = found_.texts[found_.text_of[i]];
      if (text.group != campaigns::no_group && text.how != campaigns::How::quote)
        of_group[text.group].push_back(i);
    }
    is_settled_.assign(intake_.entries.size(), false);
    for (std::uint32_t group = 0; group < found_.groups.size(); ++group) {
      const auto size = static_cast<std::int64_t>(found_.groups[group].comments);
      if (size < letter_limits().senders_min) break;  // They come the largest first.
      // Those behind stay loose: the machine places nothing twice, so that the next press could not
      // make a letter of what this one put under its clause.
      if (all_.size() >= points_per_turn / 2)
        for (const std::size_t i : of_group[group]) is_settled_[i] = true;
      else
        settle(of_group[group], read_letter(found_, group, texts_of_group[group], texts_));
    }
    by_clause();
    if (all_.size() > points_per_turn) all_.resize(points_per_turn);
    return std::move(all_);
  }

 private:
  // One family. What is no letter is left to its clauses.
  void settle(const std::vector<std::size_t>& members, const LetterReading& reading) {
    if (!reading.is_letter()) return;
    std::map<std::int64_t, std::int64_t> anchors;
    std::map<std::string, std::int64_t> clauses;
    for (const std::size_t i : members) {
      const Entry& entry = intake_.entries[i];
      if (entry.anchor.value != 0)
        ++anchors[entry.anchor.value];
      else
        ++clauses[intake_.clauses[entry.clause]];
    }
    if (clauses.empty()) return;
    Proposed proposed{.origin = Origin::campaign};
    if (!anchors.empty()) {
      const auto most =
          std::ranges::max_element(anchors, {}, [](const auto& each) { return each.second; });
      proposed.joins = IssueId{most->first};
      proposed.clause = letters_.at(most->first);
    } else if (const auto clause = clause_of(clauses)) {
      proposed.clause = *clause;
    } else {
      return;
    }
    std::vector<std::size_t> strays;
    for (const std::size_t i : members) {
      const Entry& entry = intake_.entries[i];
      if (entry.anchor.value != 0) continue;
      if (proposed.clause == whole_draft || intake_.clauses[entry.clause] == proposed.clause)
        proposed.comments.push_back(entry.id);
      else
        strays.push_back(i);
    }
    const bool is_enough =
        proposed.joins.value != 0 || std::ssize(proposed.comments) >= letter_limits().senders_min;
    if (!is_enough) return;
    for (const std::size_t i : members) is_settled_[i] = true;
    if (proposed.comments.empty()) return;
    proposed.title = title_of_letter(reading.parts);
    all_.push_back(std::move(proposed));
  }

  void by_clause() {
    std::map<std::string, Proposed> clauses;
    for (std::size_t i = 0; i < intake_.entries.size(); ++i) {
      const Entry& entry = intake_.entries[i];
      if (entry.anchor.value == 0 && !is_settled_[i])
        clauses[intake_.clauses[entry.clause]].comments.push_back(entry.id);
    }
    for (const Entry& entry : intake_.hidden)
      clauses[intake_.clauses[entry.clause]].comments.push_back(entry.id);
    for (auto& [clause, each] : clauses) {
      each.clause = clause;
      each.title = title_of_clause(clause);
      all_.push_back(std::move(each));
    }
  }

  const Intake& intake_;
  const campaigns::Found& found_;
  const campaigns::Texts& texts_;
  const std::map<std::int64_t, std::string>& letters_;  // clauses of letters that may be joined
  std::vector<bool> is_settled_;
  std::vector<Proposed> all_;
};

class GroupingWork {
 public:
  GroupingWork(db::Database& database,
               Random& random,
               const GroupingTools& tools,
               Grouping grouping)
      : database_(database), random_(random), tools_(tools), grouping_(std::move(grouping)) {}

  void run() {
    const Instant since = tools_.clock();
    Intake intake(random_.next());
    database_.read([&](db::Read& read) { take_all(read, intake); });
    intake.take();
    grouping_.comments =
        std::ssize(intake.hidden) +
        std::ranges::count(intake.entries, 0, [](const Entry& each) { return each.anchor.value; });
    const StoredTexts texts(database_, intake.entries, [this] { say_again(); });
    const campaigns::Found found =
        intake.finder.find(texts, [&](campaigns::Stage stage, double share) {
          say(step_of(stage), static_cast<std::int64_t>(share * 100));
        });
    const auto all = Sorting(intake, found, texts, letters_).run();
    std::int64_t done = 0;
    for (const Proposed& each : all) {
      say(GroupingStep::placing, done++ * 100 / std::ssize(all));
      const Placing placing = place_all(each, since);
      // What was read stands under other numbers now: whoever comes next reads it again.
      if (placing == Placing::moved) return leave();
      if (placing == Placing::over) break;
    }
    grouping_.ended_at = tools_.clock();
    say(GroupingStep::done, 100);
  }

  // Ends it: what was not placed yet stays loose.
  void fail() {
    grouping_.step = GroupingStep::done;
    grouping_.ended_at = tools_.clock();
    grouping_.is_failed = true;
    keep();
  }

  // Leaves it to whoever comes next.
  void leave() {
    grouping_.seen_at.reset();
    grouping_.step = GroupingStep::waiting;
    keep();
  }

 private:
  static GroupingStep step_of(campaigns::Stage stage) {
    switch (stage) {
      case campaigns::Stage::reading: return GroupingStep::reading;
      case campaigns::Stage::letters: return GroupingStep::letters;
      case campaigns::Stage::templates: return GroupingStep::templates;
      case campaigns::Stage::own_text: return GroupingStep::own_text;
    }
    return GroupingStep::reading;
  }

  void say(GroupingStep step, std::int64_t percent) {
    if (step != GroupingStep::done && tools_.is_stopping()) throw Stopped{};
    const Instant at = tools_.clock();
    const bool is_news = step != grouping_.step || !grouping_.seen_at;
    if (!is_news && at - *grouping_.seen_at < between_words) return;
    grouping_.step = step;
    grouping_.percent = std::clamp<std::int64_t>(percent, 0, 100);
    grouping_.seen_at = at;
    keep();
  }

  void say_again() { say(grouping_.step, grouping_.percent); }

  void keep() {
    const auto kept = database_.write([&](db::Write& write) -> Result<Done> {
      put(write, grouping_);
      return Done{};
    });
    static_cast<void>(kept);  // It refuses nothing.
  }

  void take_all(db::Read& read, Intake& intake) {
    const auto c = find(read, grouping_.consultation);
    version_ = c ? c->version : 0;
    for (const Letter& letter : letters_of(read, grouping_.consultation)) {
      const auto issue = find_issue(read, letter.issue);
      if (!issue || issue->answer || issue->origin != Origin::campaign) continue;
      letters_[issue->id.value] = issue->clause;
      each_shown_under(read, issue->id, anchors_of_each,
                       [&](const Loose& loose) { intake.add(loose, issue->id); });
    }
    each_never_placed(read, grouping_.consultation, [&](const Loose& loose, bool is_shown) {
      if (is_shown)
        intake.add(loose, IssueId{});
      else
        intake.add_hidden(loose);
    });
  }

  // over: the draft was decided meanwhile, or the ledger may not be written. moved: another version
  // of the draft was published, which gave clauses, comments and points other numbers. full: there
  // is no room for this point; others may still be joined.
  enum class Placing : std::uint8_t { done, full, moved, over };

  // A batch at a time, so that nobody who writes waits long.
  Placing place_all(const Proposed& proposed, Instant since) {
    const IssueDraws draws = draw_issue(random_);
    IssueId to{};
    for (std::size_t from = 0; from < proposed.comments.size(); from += placed_per_batch) {
      say_again();
      const auto part =
          std::span(proposed.comments)
              .subspan(from, std::min(placed_per_batch, proposed.comments.size() - from));
      const auto done = database_.write([&](db::Write& write) -> Result<std::int64_t> {
        IssueId target = to;
        std::int64_t count = 0;
        refused_ = Placing::over;
        TRY(const Consultation c, still_undecided(write));
        refused_ = Placing::moved;
        if (c.version != version_)
          return Error{ErrorKind::conflict, "consultation.error.changed"_t};
        refused_ = Placing::full;
        if (target.value != 0 && !is_still_to_fill(write, target))
          return Error{ErrorKind::conflict, "consultation.error.no_issue"_t};
        for (const CommentId comment : part) {
          if (!may_be_placed(write, comment, since)) continue;
          if (target.value == 0) {
            TRY(target, point_of(write, c, proposed, draws));
          }
          place(write, Placement{.comment = comment,
                                 .issue = target,
                                 .is_suggested = true,
                                 .placed_by = grouping_.asked_by,
                                 .placed_at = tools_.clock()});
          ++count;
        }
        if (count > 0) {
          mark_stale(write, target);
          // An answer that is being written has not seen them.
          reopen(write, target);
        }
        placed_in_ = target;
        return count;
      });
      if (!done.ok()) return refused_;
      to = placed_in_;
      grouping_.placed += done.value();
    }
    return Placing::done;
  }

  // Between two batches somebody may have answered the point, or taken the group apart.
  static bool is_still_to_fill(db::Read& read, IssueId id) {
    const auto issue = find_issue(read, id);
    if (!issue || issue->answer) return false;
    return issue->origin != Origin::campaign || find_letter(read, id);
  }

  Result<Consultation> still_undecided(db::Read& read) const {
    TRY([[maybe_unused]] const Done allowed, ledger::may_write());
    auto c = find(read, grouping_.consultation);
    if (!c || find_decision(read, c->id))
      return Error{ErrorKind::conflict, "consultation.error.decided"_t};
    return *std::move(c);
  }

  Result<IssueId> point_of(db::Write& write,
                           const Consultation& c,
                           const Proposed& proposed,
                           const IssueDraws& draws) {
    const auto before = issues_of(write, c.id);
    for (const Issue& issue : before) {
      if (issue.answer) continue;
      if (proposed.joins.value != 0 && issue.id == proposed.joins &&
          is_still_to_fill(write, issue.id))
        return issue.id;
      if (proposed.origin == Origin::clause && issue.origin == Origin::clause &&
          issue.clause == proposed.clause)
        return issue.id;
    }
    // Somebody answered the letter meanwhile, or took it apart. Too few to be a letter alone would
    // give a new point a title of their words.
    if (proposed.joins.value != 0 &&
        std::ssize(proposed.comments) < letter_limits().senders_min)
      return Error{ErrorKind::conflict, "consultation.error.no_issue"_t};
    if (std::ssize(before) >= issues_max)
      return Error{ErrorKind::conflict, "consultation.error.issues"_t};
    const Issue made = open_issue(
        write, c, {.clause = proposed.clause, .title = proposed.title, .origin = proposed.origin},
        grouping_.asked_by, tools_.clock(), draws);
    if (made.origin == Origin::campaign)
      put(write, Letter{.issue = made.id, .consultation = c.id, .title = made.title});
    return made.id;
  }

  db::Database& database_;
  Random& random_;
  const GroupingTools& tools_;
  Grouping grouping_;
  std::map<std::int64_t, std::string> letters_;
  IssueId placed_in_{};
  std::int64_t version_ = 0;  // of the draft, when its comments were read
  Placing refused_ = Placing::done;  // what a refused batch means
};

}  // namespace

bool group_next(db::Database& database, Random& random, const GroupingTools& tools) {
  const Instant now = tools.clock();
  // Most of the time there is none: nobody is kept from writing for that.
  const bool is_asked =
      database.read([&](db::Read& read) { return has_grouping(read, now - grouping_dead_after); });
  if (!is_asked) return false;
  std::optional<Grouping> mine;
  const auto claimed = database.write([&](db::Write& write) -> Result<Done> {
    mine = claim_grouping(write, now - grouping_dead_after, now);
    return Done{};
  });
  if (!claimed.ok() || !mine) return false;
  GroupingWork work(database, random, tools, *std::move(mine));
  try {
    work.run();
  } catch (const Stopped&) {
    work.leave();
  } catch (const std::exception&) {
    // Begun again it would break off again, every two minutes without end: the desk is told.
    work.fail();
    throw;
  }
  return true;
}

}  // namespace ln::consultation
